/*
 * curve.js: curves over a number: one that counts, others thin behind it, and
 * upright lines with a word where something stands.
 */
import { blue, firm, format, orange, quiet, type, valueAxis }
	from './look.js';

const HEIGHT = 340;

/*
 * Before is orange, after blue; their words point away from each other. The
 * top is the end of an axis, or the start of one that is turned round.
 */
export function marks(list, position) {
	const colours = [orange, blue];
	const order = [...list].sort((a, b) => a.at - b.at);

	return {
		symbol: 'none', silent: true, z: 1,
		data: order.map(({ at, text }, i) => ({ xAxis: at,
			lineStyle: { color: colours[list.indexOf(order[i])],
				width: 2, type: 'dashed' },
			label: { ...type(), position, distance: 4, padding: [0, 4],
				color: colours[list.indexOf(order[i])],
				align: i === 0 && order.length > 1 ? 'right'
					: 'left',
				formatter: text } })),
	};
}

export function curve(chart) {
	const points = (values) => values.map((v, i) => [chart.x[i], v]);

	return {
		height: HEIGHT,
		grid: { left: 56, right: 24, top: 44, bottom: 64,
			outerBoundsMode: 'none' },
		xAxis: valueAxis(chart.axis_x, { nameGap: 36 }),
		yAxis: valueAxis(chart.axis, { nameLocation: 'end', nameGap: 20,
			nameTextStyle: { ...type(), color: quiet, align: 'left',
				padding: [0, 0, 0, -40] },
			axisLine: { show: false, onZero: false } }),
		tooltip: { renderMode: 'richText', confine: true,
			trigger: 'axis', formatter: (list) => {
				const at = list.find((p) =>
					p.seriesIndex === 0);

				return at ? `${chart.axis_x?.name ?? ''} ${
					format(at.value[0], { decimals: 1 })}\n${
					at.seriesName} ${
					format(at.value[1], chart)}` : '';
			} },
		series: chart.series.map((s, k) => ({
			type: 'line', name: s.name, data: points(s.values),
			showSymbol: false, z: k ? 1 : 2,
			emphasis: { disabled: true },
			lineStyle: k ? { color: firm, width: 1 }
				: { color: blue, width: 3 },
			itemStyle: { color: k ? firm : blue },
			markLine: k || !chart.marks?.length ? undefined
				: marks(chart.marks, 'end'),
		})),
	};
}
