/*
 * network.js: words of the comments and how they go together. It always
 * stands beside its word list.
 */
import { firm, ink, lines, white } from './look.js';

export function network(chart, width) {
	const most = Math.max(...chart.nodes.map((n) => n.size), 1);
	const heavy = Math.max(...chart.links.map((l) => l.weight), 1);

	return {
		height: Math.round(Math.min(480, Math.max(320, width * 0.6))),
		tooltip: { show: false },
		series: [{
			type: 'graph', layout: 'force', layoutAnimation: false,
			force: { initLayout: 'circular', repulsion: width * 0.5,
				edgeLength: [width * 0.06, width * 0.18],
				gravity: .12,
				layoutAnimation: false },
			left: 40, right: 40, top: 24, bottom: 24,
			data: chart.nodes.map((n, i) => ({
				id: String(i), name: n.label,
				symbolSize: 10 + 26 * Math.sqrt(n.size / most),
				itemStyle: { color:
					lines[(n.group ?? 0) % lines.length],
				borderColor: white, borderWidth: 1 },
			})),
			links: chart.links.map((l) => ({
				source: String(l.from), target: String(l.to),
				lineStyle: { width: 1 + 4 * l.weight / heavy },
			})),
			lineStyle: { color: firm, opacity: .6 },
			emphasis: { disabled: true },
			label: { show: true, position: 'bottom', distance: 2, fontSize: 14,
				color: ink },
			labelLayout: { hideOverlap: true },
		}],
	};
}
