#!/usr/bin/env node
/*
 * In English a unit has its English name on every page that lists people of a
 * session; where there is none, the Japanese one. Nowhere are both mixed.
 */
'use strict';
const { has, is, ok, signedIn, sql, test } = require('./lib.cjs');
const { courses, dayIn, fieldsOf, makeSession, section } =
	require('./sessions.cjs');

const english = (browser) => {
	browser.cookies.set('lang', 'en');
	return browser;
};

async function pagesOf(planner, id, head) {
	const [[collection]] = sql(`SELECT id FROM collection
		WHERE session_id = ${id} ORDER BY id LIMIT 1`);

	return [[planner, `/sessions/${id}/edit`], [planner, `/sessions/${id}/people`],
		[planner, `/teach/${id}/attendance`], [planner, `/teach/${id}/roster`],
		[planner, `/teach/${id}/roster?sheet=departments`],
		[planner, `/collections/${collection}`], [head, '/applications']];
}

test(async () => {
	const planner = await signedIn(['planner', 'trainer']);
	const head = await signedIn(['head', 'trainee']);
	const [who, other] = [await signedIn(['trainee']), await signedIn(['trainee'])];
	const code = section(head, [who, other]);
	const day = dayIn(44);
	const id = await makeSession(planner, { seats: 9, day, approval: 'head',
		course: courses()[3] });
	const name = `Division of Trials ${code}`;

	await planner.post(`/sessions/${id}/edit`, { ...fieldsOf({ seats: 9, day,
		approval: 'head' }), unit_1: code, kept_1: '2',
	allot_until: `${dayIn(40)}T17:00` });
	await who.post(`/sessions/${id}/book`);
	await other.post(`/sessions/${id}/book`);
	const [[first]] = sql(`SELECT id FROM booking WHERE session_id = ${id}
		AND person_id = ${who.id}`);

	await head.get('/applications');
	await head.post(`/applications/${first}/approve`);
	is(sql(`SELECT state FROM booking WHERE id = ${first}`)[0][0], 'booked',
		'somebody has a seat, somebody has applied');
	for (const browser of [planner, head])
		english(browser);
	for (const [browser, path] of await pagesOf(planner, id, head))
		has((await browser.get(path)).text, '試験課',
			`${path}: without an English name the Japanese one`);
	sql(`UPDATE unit SET name_en = '${name}' WHERE code = '${code}'`);
	for (const [browser, path] of await pagesOf(planner, id, head)) {
		const { text } = await browser.get(path);

		has(text, name, `${path}: in English the English name`);
		/* Other units of the list of suggestions may have none. */
		ok(!text.includes(`${code} 試験課`) && !/試験課 *</.test(text),
			`${path}: and nowhere the Japanese one`,
			text.match(/.{80}試験課.{40}/)?.[0]);
	}
	const saved = await planner.post(`/sessions/${id}/edit`, { ...fieldsOf({
		seats: 9, day, approval: 'head' }), unit_1: name, kept_1: '2',
	allot_until: `${dayIn(40)}T17:00` });

	is(saved.status, 303, 'a unit may be typed by its whole English name');
});
