/*
 * trend.js: how a value went over the sessions, with intervals. Where the
 * wording of an item changed the line is broken, visibly.
 */
import { blue, firm, format, lines, orange, quiet, type, valueAxis, widthOf, white }
	from './look.js';

const HEIGHT = 320;

/* Before and after look the same in every chart. */
const moments = { before: orange, after: blue };

/* The values of one stretch between two breaks, null elsewhere. */
function stretches(values, breaks) {
	const edges = [0, ...(breaks ?? []), values.length];

	return edges.slice(0, -1).map((from, k) => values.map((v, i) =>
		(i >= from && i < edges[k + 1] ? v : null)));
}

function band(s, colour) {
	return {
		type: 'custom', silent: true, z: 1,
		data: s.values.map((_, i) => [i, s.low[i], s.high[i]]),
		renderItem: (params, api) => {
			if (s.low[params.dataIndex] === null)
				return null;
			const [x, low] = api.coord([api.value(0), api.value(1)]);
			const [, high] = api.coord([api.value(0), api.value(2)]);
			const at = (x1, y1, x2, y2) => ({ type: 'line',
				shape: { x1, y1, x2, y2 },
				style: { stroke: colour, lineWidth: 2 } });

			return { type: 'group', children: [at(x, low, x, high),
				at(x - 4, low, x + 4, low),
				at(x - 4, high, x + 4, high)] };
		},
	};
}

export function trend(chart, width) {
	const names = chart.series.map((s) => s.name);
	const right = Math.min(Math.max(...names.map((n) => widthOf(n))) + 24,
		width * 0.35);
	const series = [];

	chart.series.forEach((s, k) => {
		const colour = moments[s.moment] ?? lines[k % lines.length];
		const parts = stretches(s.values, chart.breaks);

		if (s.low && s.high)
			series.push(band(s, colour));
		parts.forEach((data, p) => series.push({
			type: 'line', name: s.name, data, z: 2,
			symbol: k % 2 ? 'rect' : 'circle', symbolSize: 9,
			lineStyle: { color: colour, width: 3 },
			itemStyle: { color: colour, borderColor: white,
				borderWidth: 1 },
			emphasis: { disabled: true },
			endLabel: { show: p === parts.length - 1, distance: 12,
				formatter: s.name, fontSize: 14, color: colour,
				width: right - 16, overflow: 'break' },
			labelLayout: { moveOverlap: 'shiftY' },
			markLine: k || p ? undefined : {
				symbol: 'none', silent: true,
				label: { ...type(), color: quiet,
					position: 'end', rotate: 0,
					formatter: chart.break_text ?? '' },
				lineStyle: { color: firm, type: 'dashed' },
				data: (chart.breaks ?? []).map((i) =>
					({ xAxis: i })) },
		}));
	});
	return {
		height: HEIGHT,
		grid: { left: 56, right, top: 44, bottom: 48,
			outerBoundsMode: 'none' },
		xAxis: { type: 'category', data: chart.categories,
			axisLabel: { ...type(), color: quiet,
				hideOverlap: true },
			axisLine: { lineStyle: { color: firm } },
			axisTick: { show: false } },
		yAxis: valueAxis(chart.axis, {
			nameLocation: 'end', nameGap: 20,
			nameTextStyle: { ...type(), color: quiet, align: 'left',
				padding: [0, 0, 0, -40] },
			min: chart.axis?.min, max: chart.axis?.max }),
		tooltip: { renderMode: 'richText', confine: true,
			formatter: ({ seriesName, name, value }) =>
				`${name}\n${seriesName} ${format(value, chart)}` },
		series,
	};
}
