/*
 * rows.js: one line an item. dumbbell: from before to after; interval: a
 * point with its interval and a line at the reference.
 */
import { blue, ends, firm, format, ink, labelAxis, labelRoom, orange, quiet,
	signed, soft, type, valueAxis, white, widthOf } from './look.js';
import { marks } from './curve.js';

const ROW = 48, LINE = 18, TOP = 36, BOTTOM = 56;
const NARROW = 560; /* below it the numbers are left to the table */

function text(x, y, words, align, fill = ink, bold = false) {
	return { type: 'text', style: { x, y, text: words, textAlign: align,
		textVerticalAlign: 'middle', fill, fontSize: 14,
		fontWeight: bold ? 'bold' : 'normal',
		fontFamily: type().fontFamily,
		stroke: white, lineWidth: 3 } };
}

function stroke(x1, y1, x2, y2, colour, width) {
	return { type: 'line', shape: { x1, y1, x2, y2 },
		style: { stroke: colour, lineWidth: width } };
}

function dot(cx, cy, colour, filled) {
	return { type: 'circle', shape: { cx, cy, r: 6 },
		style: { fill: filled ? colour : white, stroke: colour,
			lineWidth: 2 } };
}

function whisker(at, y, low, high, colour) {
	if (low === null || low === undefined || high === null ||
	    high === undefined)
		return [];
	const a = at(low), b = at(high);

	return [stroke(a, y, b, y, colour, 1.5), stroke(a, y - 3, a, y + 3,
		colour, 1.5), stroke(b, y - 3, b, y + 3, colour, 1.5)];
}

function bar(at, y, value) {
	return { type: 'rect', shape: { x: at(0), y: y - 10,
		width: at(value) - at(0), height: 20 },
	style: { fill: soft } };
}

/* Nothing is drawn outside: the axis must hold points and intervals. */
function reach(series, axis, others = []) {
	const all = [...others, ...series.flatMap((s) => [...s.values,
		...(s.low ?? []), ...(s.high ?? [])])].filter((v) => v !== null);

	return ends(axis, all, 0.04, 6);
}

function rowsOption(chart, width, labels, axis, right, render, tip) {
	const room = labelRoom(labels, width);
	const most = Math.max(...labels.map((label) =>
		Math.ceil(widthOf(label) * 1.1 / room)));

	return {
		height: TOP + BOTTOM + Math.max(ROW, LINE * most + 8) *
			labels.length,
		grid: { left: room + 24, right, top: TOP, bottom: BOTTOM,
			outerBoundsMode: 'none' },
		xAxis: valueAxis(axis),
		yAxis: labelAxis(labels, room),
		tooltip: { renderMode: 'richText', confine: true,
			formatter: ({ dataIndex }) => tip(dataIndex) },
		series: [{ type: 'custom', data: labels.map((_, i) => [0, i]),
			clip: false, renderItem: (params, api) => {
				const row = params.dataIndex;
				const at = (v) => api.coord([v, row])[0];

				return { type: 'group', children: render(row,
					at, api.coord([0, row])[1], params) };
			} }],
	};
}

const spread = (s, i, chart) => (s.low?.[i] === undefined ||
	s.low[i] === null ? '' : `（${format(s.low[i], chart)}–${
		format(s.high[i], chart)}）`);

export function dumbbell(chart, width) {
	const [before, after] = chart.series;
	const change = (i) => (before.values[i] === null ||
		after.values[i] === null ? null
		: after.values[i] - before.values[i]);
	const order = chart.categories.map((_, i) => i);

	if (!chart.sorted)
		order.sort((a, b) => (change(b) ?? -Infinity) -
			(change(a) ?? -Infinity));
	const render = (row, at, y, params) => {
		const i = order[row], b = before.values[i], a = after.values[i];
		const edge = params.coordSys.x + params.coordSys.width;

		if (b === null || a === null)
			return [text(at(b ?? a ?? 0), y, '–', 'center', quiet)];
		const x = at(b), z = at(a), up = z >= x ? 1 : -1;
		const shapes = [
			...whisker(at, y + 12, before.low?.[i],
				before.high?.[i], orange),
			...whisker(at, y + 18, after.low?.[i], after.high?.[i],
				blue),
			stroke(x, y, z, y, firm, 3),
			dot(x, y, orange, false), dot(z, y, blue, true),
			text(edge + 64, y, signed(a - b, chart), 'right',
				a < b ? orange : blue, true),
		];

		if (width >= NARROW)
			shapes.push(text(x - up * 12, y, format(b, chart),
				up > 0 ? 'right' : 'left', quiet),
			text(z + up * 12, y, format(a, chart),
				up > 0 ? 'left' : 'right', ink));
		if (row === 0)
			shapes.push(
				text(x - up * 6, y - 24, before.name,
					up > 0 ? 'right' : 'left', orange),
				text(z + up * 6, y - 24, after.name,
					up > 0 ? 'left' : 'right', blue));
		return shapes;
	};

	return rowsOption(chart, width, order.map((i) => chart.categories[i]),
		reach(chart.series, chart.axis), 80, render, (row) => {
			const i = order[row];

			return [chart.categories[i], ...chart.series.map((s) =>
				`${s.name} ${format(s.values[i], chart)}${
					spread(s, i, chart)}`)].join('\n');
		});
}

export function interval(chart, width) {
	const [points] = chart.series;
	const option = rowsOption(chart, width, chart.categories,
		reach(chart.series, chart.axis,
			chart.marks?.map(({ at }) => at)), 72, (i, at, y) => {
			const v = points.values[i];

			if (v === null)
				return [];
			return [...(chart.bars ? [bar(at, y, v)] : []),
				...whisker(at, y, points.low?.[i],
					points.high?.[i], chart.bars ? ink : blue),
				...(chart.bars ? [] : [dot(at(v), y, blue, true)]),
				text(at(points.high?.[i] ?? v) + 12, y,
					format(v, chart), 'left')];
		}, (i) => `${chart.categories[i]}\n${
			format(points.values[i], chart)}${
			spread(points, i, chart)}`);

	if (chart.reference !== undefined && chart.reference !== null)
		option.series.push({ type: 'scatter', data: [], markLine: {
			symbol: 'none', silent: true, z: 1,
			label: { ...type(), position: 'start', distance: 6,
				formatter: chart.reference_text ?? '' },
			lineStyle: { color: orange, width: 2, type: 'dashed' },
			data: [{ xAxis: chart.reference }] } });
	if (chart.marks?.length)
		option.series.push({ type: 'scatter', data: [],
			markLine: marks(chart.marks, 'start') });
	return option;
}
