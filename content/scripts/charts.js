/*
 * charts.js: draws every <figure data-chart> from its JSON; the contract is
 * in content/static/README.md. Loaded by app.js where a page has a chart.
 *
 * Under the strict content security policy: SVG, no style attributes, no HTML
 * in tooltips, no data addresses. Nothing is animated. On paper the areas get
 * patterns besides their colours.
 */
import { create } from './charts/echarts.js';
import { dumbbell, interval } from './charts/rows.js';
import { diverging, funnel } from './charts/bars.js';
import { trend } from './charts/trend.js';
import { quadrant } from './charts/quadrant.js';
import { heat } from './charts/heat.js';
import { network } from './charts/network.js';
import { curve } from './charts/curve.js';
import { base } from './charts/look.js';

const kinds = { dumbbell, interval, diverging, funnel, trend, quadrant, heat,
	network, curve };
const replies = new Map();

/* The chart's object: the reply of an address, or the member behind "#". */
async function fetchChart(address) {
	const [url, member] = address.split('#');

	if (!replies.has(url))
		replies.set(url, fetch(url, {
			headers: { Accept: 'application/json' },
		}).then((reply) => {
			if (!reply.ok)
				throw new Error(`${url}: ${reply.status}`);
			return reply.json();
		}));
	const model = await replies.get(url);

	return member ? member.split('.')
		.reduce((inside, key) => inside?.[key], model) : model;
}

/* A place in front of the table. */
function makePlace(figure, chart) {
	const place = document.createElement('div');
	const caption = figure.querySelector('figcaption')?.textContent.trim();

	place.className = 'chart__area';
	place.setAttribute('role', 'img');
	place.setAttribute('aria-label',
		chart.description || caption || chart.title || '');
	const below = figure.querySelector('details, .table-box');

	if (below)
		below.before(place);
	else
		figure.append(place);
	return place;
}

function draw(place, chart, drawn, paper) {
	const width = Math.round(paper ? 640 : place.clientWidth);

	if (!width)
		return drawn;
	const { height, ...option } = kinds[chart.kind](chart, width);

	place.style.height = `${height}px`;
	const echart = drawn ?? create(place);

	echart.resize({ width, height });
	echart.setOption({ ...base(paper), ...option }, { notMerge: true });
	return echart;
}

async function show(figure) {
	let drawn = null, wide = 0;
	const chart = await fetchChart(figure.dataset.chart);

	chart.kind = figure.dataset.kind || chart.kind;
	if (!kinds[chart.kind])
		throw new Error(`no chart of kind ${chart.kind}`);
	const place = makePlace(figure, chart);
	const again = (paper) => {
		drawn = draw(place, chart, drawn, paper);
	};

	again(false);
	new ResizeObserver(() => {
		if (Math.abs(place.clientWidth - wide) < 2)
			return;
		wide = place.clientWidth;
		requestAnimationFrame(() => again(false));
	}).observe(place);
	addEventListener('beforeprint', () => again(true));
	addEventListener('afterprint', () => again(false));
}

for (const figure of document.querySelectorAll('figure[data-chart]'))
	show(figure).catch((why) => {
		console.warn(why.message);
		figure.classList.add('chart--failed');
		figure.querySelector('details')?.setAttribute('open', '');
	});
