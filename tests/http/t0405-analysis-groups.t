#!/usr/bin/env node
/*
 * What the page of an analysis says of tiers and departments, against what was
 * kept. On the demo programme, whose jobs are at work.
 */
'use strict';
const { analysed, has, is, keptOf, ok, signedIn, some, sql, test } =
	require('./lib.cjs');
const { fullest } = require('./sessions.cjs');

const course = 'service-design-managers';
let planner;

const percent = (v) => `${v > 0 ? '+' : ''}${Math.round(100 * v)}`;

function tiers(part, kept, charts) {
	const [after, change] = kept.score.outcomes;

	some(kept.score.groups, 'tiers', 2);
	some(kept.ratings.items, 'ratings', 2);
	is(part.score.rows.map((r) => r.name).join(), kept.score.groups
		.map((g) => g.name.ja).join(), 'tiers stand in their order');
	is(part.score.rows.map((r) => r.change.value_text).join(),
		change.groups.map((g) => percent(g.mean.value)).join(),
		'with their changes');
	is(charts.groups_after.series[0].values.map((v) => v / 100)
		.map((v) => v.toFixed(3)).join(), after.groups
		.map((g) => g.mean.value.toFixed(3)).join(),
	'the chart shows the means after');
	is(part.score.rows.filter((r) => r.is_reference).length, 1,
		'one tier is the reference');
	kept.score.outcomes.forEach((o, i) => {
		const { statement } = part.score.outcomes[i];

		is(/見つかりません/.test(statement),
			o.verdict === 'no_difference_found',
			`${o.key}: no difference is claimed that was not found`);
		is(/実質的な差はありません/.test(statement), o.epsilon2_hi < 0.01,
			`${o.key}: the same only where the interval says so`);
		ok(o.epsilon2_lo <= o.epsilon2 && o.epsilon2 <= o.epsilon2_hi,
			`${o.key}: the size has an interval`);
		ok(o.epsilon2_lo > 0.01 || Math.min(Math.abs(o.trend.lo),
			Math.abs(o.trend.hi)) > 0.1 || !/ほど|違います/
			.test(statement), `${o.key}: named only beyond what matters`);
	});
	has(part.ratings.test, `「${kept.ratings.items[0].text.ja}」`,
		'the test says of which question it is');
	ok(part.ratings.pairs.every((p) => /\d/.test(p.delta_range)),
		'every delta has its interval');
	has(part.score.adjusted_text, '差の原因までは分かりません',
		'and no cause is named');
	is(part.ratings.rows.length, kept.ratings.items.length,
		'a row a rating');
}

function departments(part, kept, charts) {
	some(kept.units.filter((u) => u.status === 'ok'), 'departments compared');
	some(kept.units.filter((u) => u.status !== 'ok'), 'or not, for a reason');
	is(part.units.length, kept.units.length, 'everything compared is said');
	kept.units.forEach((unit, i) => {
		const seen = part.units[i];

		is(seen.shown, unit.status === 'ok', `${unit.key}: shown or why`);
		ok(seen.statement.length > 10, `${unit.key}: in words`,
			seen.statement);
		if (!seen.shown)
			return;
		some(seen.rows, `${unit.key}: departments`, 5);
		is(seen.rows.map((r) => r.name).join(), unit.groups
			.map((g) => g.name.ja).join(),
		`${unit.key}: in the order of the organisation`);
		ok(seen.rows.every((r) => r.figure.n >= 5),
			`${unit.key}: nobody of fewer than five`);
		is(seen.rows.map((r) => r.verdict !== 'はっきりした差はない').join(),
			unit.groups.map((g) => g.verdict !== '').join(),
			`${unit.key}: named as found`);
		is(charts[seen.chart].categories.length, unit.groups.length,
			`${unit.key}: a chart of it`);
	});
}

async function ofCourse() {
	const path = `/courses/${course}/analysis`;
	const { groups, charts } = await analysed(planner, path);
	const [[id]] = sql(`SELECT id FROM course WHERE code = '${course}'`);
	const page = (await planner.get(path)).text;
	const kept = keptOf('groups', 'course', id);

	tiers(groups, kept, charts);
	departments(groups, kept, charts);
	has(page, '所属に順位は付けません', 'departments are not ranked');
	for (const about of ['score', 'adjusted', 'ratings', 'units']) {
		const { what } = groups[`about_${about}`];

		ok(page.includes(what.title) && /\d{4}/.test(what.source),
			`${what.title} is explained`);
	}
}

async function ofYear() {
	const { groups, charts } = await analysed(planner, '/analysis?year=2024');
	const kept = keptOf('groups', 'year', 2024);

	departments(groups, kept, charts);
	has(groups.score.outcomes[0].base, '同じ研修の平均との差',
		'a year compares within courses');
	is(charts.groups_after.reference, 0, 'around the mean of the course');
}

async function ofSession() {
	const path = `/sessions/${fullest(course)}/analysis`;
	const { groups } = await analysed(planner, path);

	ok(groups.shown && !groups.units?.length,
		'one session compares tiers, no departments');
	has((await planner.get(path)).text, '所属は比べません', 'and says so');
}

test(async () => {
	planner = await signedIn(['planner']);
	await ofCourse();
	await ofYear();
	await ofSession();
	const english = (await planner.json(
		`/courses/${course}/analysis?lang=en`)).data.groups;

	ok(!/[\u3040-\u30ff]/.test(JSON.stringify(english)),
		'nothing is left in Japanese in English');
});
