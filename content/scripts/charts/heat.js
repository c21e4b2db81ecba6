/*
 * heat.js: rows by columns, shaded, each cell with its number. A hidden cell
 * is crossed, never pale: pale would look like little.
 */
import { firm, format, ink, labelAxis, labelRoom, type, white }
	from './look.js';

const shades = ['#fff5ed', '#ffdfca', '#ffc199', '#ffa66d', '#ff7628',
	'#8b3200'];
const ROW = 40;

function cell(chart, row, column, level) {
	const value = chart.cells[row][column];

	return (params, api) => {
		const [x, y] = api.coord([column, row]);
		const [w, h] = api.size([1, 1]);
		const box = { x: x - w / 2 + 1, y: y - h / 2 + 1, width: w - 2,
			height: h - 2 };
		const shapes = [{ type: 'rect', shape: box, style: {
			fill: value === null ? white : shades[level],
			stroke: value === null ? firm : 'none' } }];

		if (value === null)
			shapes.push({ type: 'line', shape: { x1: box.x,
				y1: box.y + box.height, x2: box.x + box.width,
				y2: box.y }, style: { stroke: firm } });
		else
			shapes.push({ type: 'text', style: { x, y,
				text: format(value, chart), textAlign: 'center',
				textVerticalAlign: 'middle', fontSize: 14,
				fontFamily: type().fontFamily,
				fill: level === 5 ? white : ink } });
		return { type: 'group', children: shapes };
	};
}

export function heat(chart, width) {
	const room = labelRoom(chart.rows, width);
	const all = chart.cells.flat().filter((v) => v !== null);
	const low = chart.axis?.min ?? Math.min(...all);
	const high = chart.axis?.max ?? Math.max(...all);
	const level = (v) => (v === null ? 0 : Math.max(0, Math.min(5,
		Math.floor(6 * (v - low) / (high - low || 1)))));
	const data = chart.cells.flatMap((row, r) => row.map((v, c) =>
		({ value: [c, r], draw: cell(chart, r, c, level(v)) })));

	return {
		height: 56 + ROW * chart.rows.length,
		grid: { left: room + 16, right: 8, top: 48, bottom: 8,
			outerBoundsMode: 'none' },
		xAxis: { type: 'category', data: chart.categories,
			position: 'top', axisLine: { show: false },
			axisTick: { show: false },
			axisLabel: { ...type(), interval: 0, lineHeight: 18,
				width: (width - room - 24) /
					chart.categories.length - 4,
				overflow: 'break' } },
		yAxis: labelAxis(chart.rows, room),
		tooltip: { renderMode: 'richText', confine: true,
			formatter: ({ value: [c, r] }) => `${chart.rows[r]}\n${
				chart.categories[c]} ${
				format(chart.cells[r][c], chart)}` },
		series: [{ type: 'custom', data, renderItem: (params, api) =>
			data[params.dataIndex].draw(params, api) }],
	};
}
