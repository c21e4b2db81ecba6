/*
 * quadrant.js: needs against current level and the like: labelled points, cut
 * in four at the split, each corner with its word.
 */
import { blue, firm, format, ink, quiet, type, valueAxis, white, widthOf }
	from './look.js';

const BOX = { left: 72, right: 24, top: 16, bottom: 64 };

function corners(chart) {
	return {
		type: 'custom', silent: true, data: [0],
		renderItem: ({ coordSys: box }) => {
			const right = box.x + box.width - 10;
			const bottom = box.y + box.height - 14;
			const places = [[box.x + 10, box.y + 14, 'left'],
				[right, box.y + 14, 'right'],
				[right, bottom, 'right'],
				[box.x + 10, bottom, 'left']];

			return { type: 'group', children: (chart.corners ?? [])
				.slice(0, 4).map((word, i) => ({ type: 'text',
					style: { text: word, x: places[i][0],
						y: places[i][1], fill: quiet,
						textAlign: places[i][2],
						textVerticalAlign: 'middle',
						fontWeight: 'bold', fontSize: 14,
						fontFamily: type().fontFamily } })) };
		},
	};
}

/* Ends of an axis: as given, or so that every point has air around it. */
function ends(axis, values) {
	const low = Math.min(...values), high = Math.max(...values);
	const pad = (high - low || 1) * 0.1;

	return { ...axis, min: axis?.min ?? Math.floor((low - pad) * 10) / 10,
		max: axis?.max ?? Math.ceil((high + pad) * 10) / 10 };
}

const apart = (a, b) => a.x2 <= b.x1 || b.x2 <= a.x1 || a.y2 <= b.y1 ||
	b.y2 <= a.y1;

/*
 * For each point the first side on which its label covers no point, no other
 * label and stays inside; a label that finds none is left out, as the table
 * below has it.
 */
function placeLabels(points, xs, ys, width, height) {
	const inner = { w: width - BOX.left - BOX.right,
		h: height - BOX.top - BOX.bottom };
	const at = points.map((p) => ({
		x: BOX.left + inner.w * (p.x - xs.min) / (xs.max - xs.min),
		y: BOX.top + inner.h * (1 - (p.y - ys.min) / (ys.max - ys.min)),
	}));
	const taken = at.map(({ x, y }) => ({ x1: x - 7, x2: x + 7, y1: y - 7,
		y2: y + 7 }));

	return points.map((p, i) => {
		const w = widthOf(p.label), { x, y } = at[i];
		const sides = {
			right: { x1: x + 9, x2: x + 13 + w, y1: y - 9, y2: y + 9 },
			left: { x1: x - 13 - w, x2: x - 9, y1: y - 9, y2: y + 9 },
			top: { x1: x - w / 2, x2: x + w / 2, y1: y - 28,
				y2: y - 9 },
			bottom: { x1: x - w / 2, x2: x + w / 2, y1: y + 9,
				y2: y + 28 },
		};
		const side = Object.keys(sides).find((name) => {
			const box = sides[name];

			return box.x1 >= BOX.left && box.x2 <= width &&
				box.y1 >= 0 && box.y2 <= BOX.top + inner.h &&
				taken.every((other) => apart(box, other));
		});

		if (side)
			taken.push(sides[side]);
		return side;
	});
}

export function quadrant(chart, width) {
	const height = Math.round(Math.min(520, Math.max(360, width * 0.62)));
	const xs = ends(chart.axis_x, chart.points.map((p) => p.x));
	const ys = ends(chart.axis_y, chart.points.map((p) => p.y));
	const sides = placeLabels(chart.points, xs, ys, width, height);

	return {
		height,
		grid: { ...BOX, outerBoundsMode: 'none' },
		xAxis: valueAxis(xs, { nameGap: 36 }),
		yAxis: valueAxis(ys, { nameGap: 44 }),
		tooltip: { renderMode: 'richText', confine: true,
			formatter: ({ data }) => `${data.name}\n${
				xs.name ?? ''} ${format(data.value[0], chart)}\n${
				ys.name ?? ''} ${format(data.value[1], chart)}${
				data.n ? `\nn = ${data.n}` : ''}` },
		series: [corners(chart), {
			type: 'scatter', symbolSize: 12, z: 3,
			itemStyle: { color: blue, borderColor: white,
				borderWidth: 1 },
			label: { color: ink, fontSize: 14, distance: 6,
				formatter: '{b}' },
			data: chart.points.map((p, i) => ({ name: p.label,
				n: p.n, value: [p.x, p.y],
				label: { show: Boolean(sides[i]),
					position: sides[i] ?? 'right' } })),
			markLine: !chart.split ? undefined : {
				symbol: 'none', silent: true,
				label: { show: false },
				lineStyle: { color: firm, type: 'solid',
					width: 1.5 },
				data: [{ xAxis: chart.split.x },
					{ yAxis: chart.split.y }] },
		}],
	};
}
