#!/usr/bin/env node
/*
 * What the page of an analysis says of the ability on one scale, against what
 * was kept. On the demo programme, whose jobs are at work.
 */
'use strict';
const { analysed, has, is, keptOf, ok, signedIn, some, sql, test } =
	require('./lib.cjs');
const { fullest } = require('./sessions.cjs');

const course = 'dx-basics';
let planner;

const signed = (v) => `${v > 0 ? '+' : ''}${v.toFixed(2)}`;

async function ofCourse() {
	const path = `/courses/${course}/analysis`;
	const data = await analysed(planner, path), part = data.ability;
	const [[id]] = sql(`SELECT id FROM course WHERE code = '${course}'`);
	const kept = keptOf('ability', 'course', id);
	const page = (await planner.get(path)).text;

	ok(part.shown && !part.is_year, 'a course has a scale');
	some(kept.sessions, 'sessions', 2);
	some(kept.items, 'items', 5);
	has(part.statement, `上から${Math.round(100 * kept.place)}番目`,
		'the mean after is put among those before');
	for (const f of [kept.before, kept.after, kept.change])
		has(part.note, signed(f.value), 'before, after and change');
	has(part.note, '観測された変化', 'it is an observed change');
	ok(!/研修の効果(?!とは限りません)/.test(page), 'never the effect');
	is(part.sessions.length, kept.sessions.length, 'a row a session');
	is(part.rows.map((r) => r.difficulty.value).join(), kept.items
		.map((i) => i.b.value).sort((a, b) => a - b).join(),
	'items from the easiest to the hardest');
	has(page, part.rows[0].difficulty.value_text, 'their place on the page');
	is(data.charts.ability_items.series[0].values.join(),
		part.rows.map((r) => r.difficulty.value).join(),
		'the chart shows what the table says');
	is(data.charts.ability_items.marks.map((m) => m.at).join(),
		`${kept.before.value},${kept.after.value}`,
		'and where people stand on average');
	is(data.charts.ability_curve.series.length, kept.items.length + 1,
		'one curve an item and one for the whole');
	theCurveAddsUp(data.charts.ability_curve);
	has(part.reliability_text, kept.reliability.toFixed(2), 'reliability');
	has(part.reliability_text, '一人ひとりの判定には使えません',
		'one this low judges nobody');
	for (const about of ['scale', 'map', 'drift', 'curve', 'model',
		'reliability']) {
		const { what } = part[`about_${about}`];

		ok(page.includes(what.title) && what.read && what.formula &&
			/\d{4}/.test(what.source), `${what.title} is explained`);
	}
}

/* The information of the test is the sum of that of its items. */
function theCurveAddsUp(chart) {
	const [whole, ...items] = chart.series.map((s) => s.values);
	some(whole, 'points of the curve', 10);
	ok(whole.some((v) => v > 0.5), 'and something is measured somewhere',
		whole);
	const worst = Math.max(...whole.map((v, i) => Math.abs(v -
		items.reduce((sum, item) => sum + item[i], 0))));

	ok(worst < 0.0006 * items.length, 'the curves of the items add up',
		worst);
}

async function ofYear() {
	const { ability: part, sections } = await analysed(planner, '/analysis?year=2024');
	const page = (await planner.get('/analysis?year=2024')).text;
	const kept = keptOf('ability', 'year', 2024);
	const shown = kept.courses.filter((c) => c.status === 'ok');

	ok(part.is_year && sections.some((s) => s.href === '#ability'),
		'a year has the growth of each course');
	some(shown, 'courses with a scale', 2);
	is(part.courses.length, shown.length, 'those with a scale');
	some(part.others, 'courses without one');
	is(part.others.length, kept.courses.length - shown.length,
		'and the others');
	for (const { why } of part.others)
		has(why, '事前の回答が', 'each with a reason');
	has(page, '研修どうしで数字の大小を比べないでください',
		'they are not to be compared');
	is(part.courses.map((c) => c.title).join(), shown
		.map((c) => c.title.ja).join(), 'in the order held, not of merit');
	part.courses.forEach((c, i) => is(c.reading === 'まだ言えない',
		shown[i].change.lo < 0.2 && shown[i].change.hi > -0.2 &&
		!(shown[i].change.lo > -0.2 && shown[i].change.hi < 0.2),
		`${c.title}: a direction only where the interval has one`));
}

async function inEnglish() {
	const data = (await planner.json(`/courses/${course}/analysis?lang=en`))
		.data.ability;

	has(data.statement, 'After the training the average stands',
		'the statement in English');
	has(data.note, 'not necessarily the effect', 'and what it is not');
	ok(!/[\u3040-\u30ff]/.test(JSON.stringify(data)),
		'nothing of it is left in Japanese');
}

test(async () => {
	planner = await signedIn(['planner']);
	await ofCourse();
	await ofYear();
	await inEnglish();
	ok(!(await analysed(planner, `/sessions/${fullest()}/analysis`)).ability,
		'one session has no scale of its own');
});
