#!/usr/bin/env node
/*
 * Who answered, and what the answers say about everybody asked: what the page
 * says against the counts of the database and a mean weighted here.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const { analysed, has, is, keptOf, ok, signedIn, some, sql, test } =
	require('./lib.cjs');
const { fullest } = require('./sessions.cjs');

const course = 'service-design-managers';
let planner;

const asked = (where) => sql(`SELECT COUNT(*), SUM(m.person_id IS NOT NULL)
	FROM session s JOIN collection c ON c.session_id = s.id
		AND c.moment = 'post' AND c.state <> 'planned'
	JOIN booking b ON b.session_id = s.id AND b.state = 'booked'
	LEFT JOIN completion m ON m.collection_id = c.id
		AND m.person_id = b.person_id
	WHERE ${where} AND s.state = 'held'`)[0].map(Number);

const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);
const again = (...words) => execFileSync(process.env.TERAKOYA,
	['analysis', ...words.map(String)], { encoding: 'utf8' });

/* The mean of each tier times its share of those who were asked. */
function weighted(kept, groups) {
	const { rows } = kept.tiers;
	const all = sum(rows, (r) => r.booked);
	const means = groups.ratings.items[0].groups.map((g) => g.mean.value);

	is(rows.map((r) => r.name.ja).join(),
		groups.ratings.groups.map((g) => g.name.ja).join(),
		'tiers are those that are compared');
	return sum(rows, (r) => r.booked / all * means[rows.indexOf(r)]);
}

async function ofScope(path, scope, id, where) {
	const { people } = await analysed(planner, path);
	const kept = keptOf('people', scope, id);
	const groups = keptOf('groups', scope, id);
	const [booked, answered] = asked(where);

	is(`${kept.booked} ${kept.answered}`, `${booked} ${answered}`,
		`${scope}: who was asked and who answered`);
	ok(Math.abs(kept.rate.value - answered / booked) < 0.006 &&
		kept.rate.lo === null, `${scope}: the rate has no interval`);
	has(people.statement, String(booked), `${scope}: in words`);
	some(kept.tiers.rows, `${scope}: tiers`, 2);
	ok(kept.tiers.rows.every((r) => r.answered >= 10),
		`${scope}: no tier of fewer than ten`);
	ok(sum(kept.tiers.rows, (r) => r.booked) <= booked,
		`${scope}: tiers are among all`);
	ok(Math.abs(weighted(kept, groups) - kept.overall.mean.value) < 0.011,
		`${scope}: each tier weighs as many as were asked of it`);
	ok(kept.overall.mean.hi - kept.overall.mean.lo <
		kept.overall.raw.hi - kept.overall.raw.lo,
	`${scope}: having asked nearly all makes the interval narrower`);
	is(kept.overall.n < answered, people.left_out_text.includes(
		` ${answered - kept.overall.n} 名分`),
	`${scope}: and how many are not in it`);
	is(people.is_low, kept.is_low, `${scope}: low or not`);
	return people;
}

/* Most answers of a session are forgotten: the page warns. */
async function fewAnswered() {
	const id = fullest(course), path = `/sessions/${id}/analysis`;
	const few = `DELETE m FROM completion m JOIN collection c
		ON c.id = m.collection_id AND c.moment = 'post'
		WHERE c.session_id = ${id} AND m.person_id MOD 5 <> 0`;

	again('session', id);
	ok(!(await planner.get(path)).text.includes('偏りの恐れ'),
		'no warning where most answered');
	sql(few);
	again('session', id);
	has((await planner.get(path)).text, '回答率が 50% に届いていません',
		'fewer than half is a warning at the top of the analysis');
}

async function onTheDashboard() {
	const id = fullest(course);
	const path = `/sessions/${id}/dashboard`;

	ok(!(await planner.get(path)).text.includes('半分に届いていません'),
		'the dashboard of a session that most answered does not warn');
	sql(`INSERT INTO booking (session_id, person_id, state, queue_no,
		changed_at) SELECT ${id}, p.id, 'booked', 9000 + p.id,
		'2024-06-01' FROM person p WHERE NOT EXISTS (SELECT 1
		FROM booking b WHERE b.session_id = ${id}
		AND b.person_id = p.id) LIMIT 200`);
	has((await planner.get(path)).text, '半分に届いていません',
		'and warns where fewer than half did');
}

/* All who answered say the same; that is not yet what the others say. */
async function allAlike() {
	const id = fullest(course);

	sql(`UPDATE submission b JOIN collection c ON c.id = b.collection_id
		JOIN (SELECT MAX(x.slots) AS slots FROM submission x
			JOIN collection y ON y.id = x.collection_id
			WHERE y.session_id = ${id} AND y.moment = 'post') same
		SET b.slots = same.slots
		WHERE c.session_id = ${id} AND c.moment = 'post'`);
	again('session', id);
	const kept = keptOf('people', 'session', id);
	const { people } = (await planner.json(`/sessions/${id}/analysis`)).data;

	ok(kept.overall.n < kept.overall.booked && !kept.overall.is_census,
		'some who all say the same are no census');
	is(people.overall_text, '', 'and nothing is said of all');
}

test(async () => {
	planner = await signedIn(['planner']);
	const [[id]] = sql(`SELECT id FROM course WHERE code = '${course}'`);
	const page = await ofScope(`/courses/${course}/analysis`, 'course', id,
		`s.course_id = ${id}`);

	ok(page.what.read.length > 60 && /Cochran/.test(page.what.source),
		'what it is is explained');
	has(page.overall_text, `回答をお願いした人全体（のべ ${
		page.booked_text} 名）`, 'of several sessions places are counted');
	await ofScope('/analysis?year=2024', 'year', 2024,
		's.fiscal_year = 2024');
	await fewAnswered();
	await onTheDashboard();
	await allAlike();
	const english = (await planner.json(
		`/courses/${course}/analysis?lang=en`)).data.people;

	ok(!/[\u3040-\u30ff]/.test(JSON.stringify(english)),
		'nothing is left in Japanese in English');
});
