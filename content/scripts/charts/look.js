/*
 * look.js: colours, type and axes that all charts share. The colours are the
 * blue and orange of the design tokens: told apart by everybody, and light
 * from dark in print.
 */
export const ink = '#333333', quiet = '#4d4d4d', line = '#cccccc';
export const firm = '#949494', white = '#ffffff';
export const blue = '#0017c1', orange = '#c74700', soft = '#7096f8';
export const lines = [blue, orange, '#008299', '#5c10be', '#6e6e6e'];

/* From low to high, by the number of classes. */
export const ramps = {
	3: [orange, '#d9d9d9', blue],
	4: [orange, '#ffa66d', '#7096f8', blue],
	5: [orange, '#ffa66d', '#d9d9d9', '#7096f8', blue],
	7: ['#8b3200', orange, '#ffa66d', '#d9d9d9', '#7096f8', '#264af4',
		'#00118f'],
};

export const type = () => ({
	fontFamily: getComputedStyle(document.body).fontFamily,
	fontSize: 14,
	color: ink,
});

/* What every chart has; decals are the patterns for paper. */
export function base(paper) {
	return {
		animation: false,
		textStyle: type(),
		aria: { enabled: true, label: { enabled: false },
			decal: { show: paper } },
		tooltip: { renderMode: 'richText', confine: true,
			backgroundColor: white, borderColor: firm,
			borderWidth: 1, padding: [8, 12],
			textStyle: { ...type(), lineHeight: 20 } },
	};
}

export function format(value, chart) {
	if (value === null || value === undefined || Number.isNaN(value))
		return '–';
	return value.toLocaleString('ja-JP', {
		minimumFractionDigits: chart.decimals ?? 1,
		maximumFractionDigits: chart.decimals ?? 1,
		signDisplay: 'negative', /* no −0 */
	}) + (chart.unit ?? '');
}

/* With its sign: a change always says which way it went. */
export function signed(value, chart) {
	if (value === null || Number.isNaN(value))
		return '–';
	const sign = value > 0 ? '+' : value < 0 ? '−' : '±';

	return sign + format(Math.abs(value), { ...chart, unit: '' });
}

let ruler;

/* Width of a text in pixels, as the chart will write it. */
export function widthOf(text, size = 14) {
	ruler ??= document.createElement('canvas').getContext('2d');
	ruler.font = `${size}px ${type().fontFamily}`;
	return ruler.measureText(text).width;
}

/* Room for the labels at the left: as wide as needed, at most two fifths. */
export function labelRoom(labels, width) {
	const widest = Math.max(...labels.map((label) => widthOf(label)), 24);

	return Math.ceil(Math.min(widest + 4, width * 0.4));
}

/* A round step that makes about so many parts of it. */
function stepOf(range, parts) {
	const rough = range / parts, power = 10 ** Math.floor(Math.log10(rough));

	return [1, 2, 5, 10].find((m) => m * power >= rough) * power;
}

/*
 * Ends of an axis: as given, or round, so that every value has air around it
 * (a share of their range).
 */
export function ends(axis, values, air, parts) {
	const low = Math.min(...values), high = Math.max(...values);
	const pad = (high - low || 1) * air;
	const step = stepOf(high - low + 2 * pad, parts);
	const round = (x) => Number((x * step).toFixed(10));

	return { ...axis, interval: axis?.interval ??
		(axis?.min === undefined && axis?.max === undefined
			? step : undefined),
		min: axis?.min ?? round(Math.floor((low - pad) / step)),
		max: axis?.max ?? round(Math.ceil((high + pad) / step)) };
}

export function valueAxis(axis = {}, more = {}) {
	return {
		type: 'value', min: axis.min, max: axis.max,
		interval: axis.interval, name: axis.name,
		nameLocation: 'middle', nameGap: 32,
		nameTextStyle: { ...type(), color: quiet },
		axisLabel: { ...type(), color: quiet, hideOverlap: true },
		axisLine: { show: false }, axisTick: { show: false },
		splitLine: { lineStyle: { color: line } },
		...more,
	};
}

export function labelAxis(labels, room) {
	return {
		type: 'category', data: labels, inverse: true,
		axisLabel: { ...type(), width: room, overflow: 'break',
			lineHeight: 18, interval: 0, margin: 12 },
		axisLine: { lineStyle: { color: firm } },
		axisTick: { show: false },
	};
}
