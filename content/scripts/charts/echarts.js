/* echarts.js: the parts of Apache ECharts that we use, and no others. */
import { init, use } from 'echarts/core';
import { BarChart, CustomChart, GraphChart, LineChart, ScatterChart }
	from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent,
	TooltipComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, GraphChart, LineChart, ScatterChart, AriaComponent,
	GridComponent, LegendComponent, MarkLineComponent, TooltipComponent,
	LabelLayout, SVGRenderer]);

export function create(place) {
	return init(place, null, { renderer: 'svg' });
}
