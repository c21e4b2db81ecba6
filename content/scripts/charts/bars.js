/*
 * bars.js: diverging: shares of classes around the middle, the middle class
 * split; funnel: counts one under the other.
 */
import { blue, format, ink, labelAxis, labelRoom, quiet, ramps, type,
	valueAxis, white } from './look.js';

const ROW = 44;

/* White on the dark ends of a ramp, ink on the rest. */
const onColour = (i, n) => (i === 0 || i === n - 1 ||
	(n === 7 && (i === 1 || i === 5)) ? white : ink);

/* Shares below this many percent have no room for their number. */
const leastShown = (width) => (width < 560 ? 20 : 9);

function part(s, i, n, share, sign, least) {
	return {
		type: 'bar', stack: 'all', name: s.name, barWidth: 26,
		itemStyle: { color: ramps[n][i], borderColor: white,
			borderWidth: 1 },
		data: s.values.map((v) => (v === null ? null
			: sign * v * share)),
		label: { show: share === 1, color: onColour(i, n),
			fontSize: 14, textBorderWidth: 0,
			formatter: ({ value }) => (Math.abs(value) < least ? ''
				: Math.abs(value).toFixed(0)) },
		emphasis: { disabled: true },
	};
}

export function diverging(chart, width) {
	const n = chart.series.length, middle = (n - 1) / 2;
	const room = labelRoom(chart.categories, width);
	const least = leastShown(width);
	const series = [];

	/* Bars grow from zero outwards, so the inner classes come first. */
	for (let i = Math.ceil(middle) - 1; i >= 0; i--)
		series.push(part(chart.series[i], i, n, 1, -1, least));
	for (let i = Math.floor(middle) + 1; i < n; i++)
		series.push(part(chart.series[i], i, n, 1, 1, least));
	if (Number.isInteger(middle)) {
		series.unshift(part(chart.series[middle], middle, n, .5, 1,
			least));
		series.unshift(part(chart.series[middle], middle, n, .5, -1,
			least));
	}
	const narrow = width < 560, top = narrow ? 80 : 44;

	return {
		height: top + 40 + ROW * chart.categories.length,
		color: ramps[n],
		grid: { left: room + 16, right: 16, top, bottom: 40,
			outerBoundsMode: 'none' },
		legend: { top: 0, left: narrow ? 0 : room + 16, icon: 'rect',
			itemWidth: 14, itemHeight: 14, selectedMode: false,
			data: chart.series.map((s) => s.name),
			textStyle: type() },
		xAxis: valueAxis({ min: -100, max: 100 }, {
			axisLabel: { ...type(), color: quiet,
				formatter: (v) => `${Math.abs(v)}%` } }),
		yAxis: { ...labelAxis(chart.categories, room),
			axisLine: { show: true, onZero: false,
				lineStyle: { color: 'transparent' } } },
		tooltip: { renderMode: 'richText', confine: true,
			formatter: ({ dataIndex }) => [
				chart.categories[dataIndex],
				...chart.series.map((s) => `${s.name} ${
					format(s.values[dataIndex],
						{ ...chart, unit: '%' })}`),
			].join('\n') },
		series: [...series, { type: 'bar', stack: 'all', data: [],
			silent: true, markLine: { symbol: 'none', silent: true,
				label: { show: false },
				lineStyle: { color: ink, width: 1,
					type: 'solid' },
				data: [{ xAxis: 0 }] } }],
	};
}

export function funnel(chart, width) {
	const [counts] = chart.series;
	const room = labelRoom(chart.categories, width);
	const [all] = counts.values;

	return {
		height: 16 + 40 * chart.categories.length,
		grid: { left: room + 16, right: 128, top: 8, bottom: 8,
			outerBoundsMode: 'none' },
		xAxis: valueAxis({ min: 0, max: all || 1 }, { show: false }),
		yAxis: labelAxis(chart.categories, room),
		series: [{
			type: 'bar', barWidth: 24, data: counts.values,
			itemStyle: { color: blue }, showBackground: true,
			backgroundStyle: { color: '#f2f2f2' },
			emphasis: { disabled: true },
			label: { show: true, position: 'right', fontSize: 14,
				color: ink, formatter: ({ value }) =>
					(value === null ? '' : `${format(value,
						{ unit: chart.unit ?? '',
							decimals: 0 })}${all
						? ` (${(100 * value / all)
							.toFixed(1)}%)`
						: ''}`) },
		}],
	};
}
