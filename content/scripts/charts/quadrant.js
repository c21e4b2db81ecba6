/*
 * quadrant.js: needs against current level and the like: labelled points, cut
 * in four at the split, each corner with its word.
 *
 * Where the labels find no room, on narrow screens above all, the points get
 * numbers, and the labels stand under the plot. A quiet point, one of very
 * many, has its label only under the pointer.
 */
import { blue, ends, firm, format, ink, quiet, type, valueAxis, white, widthOf }
	from './look.js';

const BOX = { left: 72, right: 24, top: 16, bottom: 64 };
const KEY_ROW = 22;

/* Where each corner's word stands, for the drawing and for the labels. */
function cornerPlaces(words, box) {
	const right = box.x + box.width - 10, left = box.x + 10;
	const top = box.y + 14, bottom = box.y + box.height - 14;

	return (words ?? []).slice(0, 4).map((word, i) => {
		const isRight = i === 1 || i === 2, w = widthOf(word, 15);
		const y = i < 2 ? top : bottom;

		return { word, x: isRight ? right : left, y,
			align: isRight ? 'right' : 'left',
			x1: isRight ? right - w : left,
			x2: isRight ? right : left + w, y1: y - 10, y2: y + 10 };
	});
}

function corners(chart) {
	return {
		type: 'custom', silent: true, data: [0],
		renderItem: ({ coordSys: box }) => ({ type: 'group',
			children: cornerPlaces(chart.corners, box).map((c) => ({
				type: 'text', style: { text: c.word, x: c.x, y: c.y,
					fill: quiet, textAlign: c.align,
					textVerticalAlign: 'middle',
					fontWeight: 'bold', fontSize: 14,
					fontFamily: type().fontFamily } })) }),
	};
}

const apart = (a, b) => a.x2 <= b.x1 || b.x2 <= a.x1 || a.y2 <= b.y1 ||
	b.y2 <= a.y1;

/* Boxes a label may take around its point, the best first. */
function sidesOf(w, { x, y }) {
	const at = (left, middle) => ({ x1: left, x2: left + w + 4,
		y1: middle - 10, y2: middle + 10 });

	return [at(x + 10, y), at(x - 14 - w, y), at(x - w / 2 - 2, y - 18),
		at(x - w / 2 - 2, y + 18), at(x + 6, y - 16), at(x + 6, y + 16),
		at(x - 10 - w, y - 16), at(x - 10 - w, y + 16)];
}

/*
 * For each point the first box that covers no point, no other label, no word
 * of a corner and stays inside; undefined for one that finds none.
 */
function placeLabels(labels, at, words, area) {
	const taken = [...at.map(({ x, y }) => ({ x1: x - 7, x2: x + 7,
		y1: y - 7, y2: y + 7 })), ...words];

	return labels.map((label, i) => {
		const box = label && sidesOf(widthOf(label), at[i]).find((b) =>
			b.x1 >= area.x && b.x2 <= area.x + area.width + BOX.right &&
			b.y1 >= area.y && b.y2 <= area.y + area.height &&
			taken.every((other) => apart(b, other)));

		if (box)
			taken.push(box);
		return box;
	});
}

/* The numbers and what they stand for, in as many columns as there is room. */
function keyBelow(points, width, top) {
	const words = points.map((p) => `${p.number}  ${p.label}`);
	const widest = Math.max(...words.map((word) => widthOf(word)));
	const columns = Math.max(1, Math.floor(width / (widest + 32)));
	const rows = Math.ceil(words.length / columns);

	return { height: rows * KEY_ROW + 8, series: [{
		type: 'custom', silent: true, data: [0], clip: false,
		renderItem: () => ({ type: 'group', children: words.map(
			(text, i) => ({ type: 'text', style: { text, fill: ink,
				x: 8 + Math.floor(i / rows) * (width / columns),
				y: top + (i % rows) * KEY_ROW + 8, fontSize: 14,
				textVerticalAlign: 'middle',
				fontFamily: type().fontFamily } })) }) }] };
}

/* Beside its point, clear of lines; a number that finds no room stays on it. */
function labelOf(box, at, text) {
	const place = box ? [box.x1 + 2 - at.x + 6,
		(box.y1 + box.y2) / 2 - 7 - at.y + 6] : 'inside';

	return { show: Boolean(text), position: place, color: box ? ink : white,
		fontSize: box ? 14 : 10, textBorderColor: box ? white : undefined,
		textBorderWidth: box ? 3 : 0, formatter: text };
}

export function quadrant(chart, width) {
	const plot = Math.round(Math.min(520, Math.max(360, width * 0.62)));
	const xs = ends(chart.axis_x, chart.points.map((p) => p.x),
		0.12, 8);
	const ys = ends(chart.axis_y, chart.points.map((p) => p.y),
		0.12, 8);
	const area = { x: BOX.left, y: BOX.top,
		width: width - BOX.left - BOX.right,
		height: plot - BOX.top - BOX.bottom };
	const at = chart.points.map((p) => ({
		x: area.x + area.width * (p.x - xs.min) / (xs.max - xs.min),
		y: area.y + area.height * (1 - (p.y - ys.min) /
			(ys.max - ys.min)) }));
	const words = cornerPlaces(chart.corners, area);
	const loud = chart.points.filter((p) => !p.quiet)
		.map((p, i) => ({ ...p, number: `${i + 1}`, at: p }));
	let labels = chart.points.map((p) => (p.quiet ? '' : p.label));
	let boxes = placeLabels(labels, at, words, area);
	let key = { height: 0, series: [] };

	if (boxes.some((box, i) => !box && labels[i])) {
		labels = chart.points.map((p) => loud.find((one) =>
			one.at === p)?.number ?? '');
		boxes = placeLabels(labels, at, words, area);
		key = keyBelow(loud, width, plot);
	}
	return {
		height: plot + key.height,
		grid: { ...BOX, bottom: BOX.bottom + key.height,
			outerBoundsMode: 'none' },
		xAxis: valueAxis(xs, { nameGap: 36 }),
		yAxis: valueAxis(ys, { nameGap: 44 }),
		tooltip: { renderMode: 'richText', confine: true,
			formatter: ({ data }) => `${data.name}\n${
				xs.name ?? ''} ${format(data.value[0],
				{ ...chart, ...chart.axis_x })}\n${
				ys.name ?? ''} ${format(data.value[1],
				{ ...chart, ...chart.axis_y })}${
				data.n ? `\nn = ${data.n}` : ''}` },
		series: [corners(chart), ...key.series, {
			type: 'scatter', symbolSize: 12, z: 3,
			itemStyle: { color: blue, borderColor: white,
				borderWidth: 1 },
			data: chart.points.map((p, i) => ({ name: p.label,
				n: p.n, value: [p.x, p.y],
				label: labelOf(boxes[i], at[i], labels[i]) })),
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
