/*
 * network.js: words of the comments and how they go together. It always
 * stands beside its word list.
 */
import { firm, ink, lines, white, widthOf } from './look.js';
import { places } from './places.js';

const LABEL = 22; /* height of a label with the space above it */

export function network(chart, width) {
	const most = Math.max(...chart.nodes.map((n) => n.size), 1);
	const heavy = Math.max(...chart.links.map((l) => l.weight), 1e-9);
	const boxes = chart.nodes.map((n) => {
		const size = 10 + 26 * Math.sqrt(n.size / most);

		return { size, width: Math.max(size, widthOf(n.label)),
			height: size + LABEL };
	});
	const found = places(boxes, chart.links, width - 2);
	/* The label hangs below: the dot stands in the upper part of its box. */
	const at = found.at.map(([x, y], i) =>
		[x + 1, y - boxes[i].height / 2 + boxes[i].size / 2]);
	const [left, right] = [0, 1].map((end) => Math[end ? 'max' : 'min'](
		...at.map((p) => p[0])));
	const [top, bottom] = [0, 1].map((end) => Math[end ? 'max' : 'min'](
		...at.map((p) => p[1])));

	return {
		height: Math.ceil(found.height) + 2,
		tooltip: { show: false },
		series: [{
			type: 'graph', layout: 'none',
			left, top, width: right - left, height: bottom - top,
			data: chart.nodes.map((n, i) => ({
				id: String(i), name: n.label,
				x: at[i][0], y: at[i][1], symbolSize: boxes[i].size,
				itemStyle: { color:
					lines[(n.group ?? 0) % lines.length],
				borderColor: white, borderWidth: 1 },
			})),
			links: chart.links.map((l) => ({
				source: String(l.from), target: String(l.to),
				lineStyle: { width: 1 + 3 * l.weight / heavy },
			})),
			lineStyle: { color: firm, opacity: .6 },
			emphasis: { disabled: true },
			label: { show: true, position: 'bottom', distance: 2, fontSize: 14,
				color: ink, textBorderColor: white,
				textBorderWidth: 3 },
		}],
	};
}
