#!/usr/bin/env node
/*
 * 復命: a session asks for a report, people write it, their head reads it.
 */
'use strict';
const { has, is, ok, signedIn, sql, test } = require('./lib.cjs');
const { dayIn, fieldsOf, makeSession, section } = require('./sessions.cjs');

const plannersAsk = async (planner) => {
	const fields = fieldsOf({ day: dayIn(35), seats: 9 });
	const id = await makeSession(planner, { seats: 9, day: dayIn(35) });
	const edit = `/sessions/${id}/edit`;
	const wrong = await planner.post(edit, { ...fields, debrief_days: 61 });

	is(wrong.status, 422, '61 days are too many');
	has(wrong.text, 'href="#debrief_days"', 'and the field is named');
	is((await planner.post(edit, { ...fields, debrief_days: 5 })).status,
		303, 'a session asks for a report');
	has((await planner.get(edit)).text, /name="debrief_days"[^>]*value="5"/,
		'and the form shows it');
	return id;
};

/* The session was held on a day that is over. */
function hold(id) {
	for (const table of ['session', 'meeting'])
		sql(`UPDATE ${table} SET starts_at = starts_at - INTERVAL 42 DAY,
			ends_at = ends_at - INTERVAL 42 DAY WHERE
			${table === 'session' ? 'id' : 'session_id'} = ${id}`);
}

const absent = (id, one) => sql(`INSERT INTO attendance (booking_id,
	meeting_id, minutes, way, marked_at) SELECT b.id, m.id, 0, 'tap',
	m.ends_at FROM booking b JOIN meeting m ON m.session_id = b.session_id
	WHERE b.session_id = ${id} AND b.person_id = ${one.id}`);

async function peopleWrite(id, one, away) {
	const path = `/sessions/${id}/debrief`;

	is((await one.get(path)).status, 404, 'nobody reports before it is over');
	has((await one.get(`/sessions/${id}`)).text, '5開庁日以内',
		'but everybody reads that one will be asked for');
	hold(id);
	absent(id, away);
	await new Promise((done) => setTimeout(done, 1100)); /* db_remember.c */
	has((await one.get('/')).text, `href="${path}"`, 'home says it is due');
	ok(!(await away.get('/')).text.includes(path),
		'who was absent owes none');
	is((await away.get(path)).status, 404, 'and has no page for it');
	is((await one.get(path)).status, 200, 'it has a form');
	const half = await one.post(path, { learned: '手順', plans: '  ' });

	is(half.status, 422, 'half a report is none');
	has(half.text, '>手順</textarea>', 'what was typed is kept');
	const done = await one.post(path, { learned: '業務の棚卸しの手順',
		plans: '窓口の<手引き>を作る' });

	is(done.status, 303, 'it is handed in');
	has((await one.get(path)).text, '書き直して提出する',
		'and can still be changed');
	ok(!(await one.get('/')).text.includes(`href="${path}"`),
		'home has forgotten it');
	is((await one.post(path, { learned: '別の手順', plans: '活用' })).status,
		303, 'it is changed');
	is(sql(`SELECT COUNT(*) FROM debrief d JOIN booking b ON b.id =
		d.booking_id WHERE b.session_id = ${id}`)[0][0], '1',
	'there is one, not two');
	is((await one.post(path, { learned: 'x'.repeat(2001), plans: 'y' }))
		.status, 422, 'too much is refused');
}

async function headsRead(id, one, head, stranger, planner) {
	const page = await head.get('/debriefs');
	const [, which] = page.text.match(/\/debriefs\/(\d+)\/seen/) || [];

	has(page.text, '別の手順', 'the head reads it');
	ok((await head.get('/notices')).text.includes('復命が提出されました'),
		'and was told');
	is(sql(`SELECT COUNT(*) FROM outbox WHERE person_id = ${head.id} AND
		kind = 'notice.debrief'`)[0][0], '1', 'once');
	ok(!(await stranger.get('/debriefs')).text.includes('別の手順'),
		'the head of another section reads nothing');
	is((await stranger.post(`/debriefs/${which}/seen`)).status, 404,
		'and marks nothing');
	is((await one.get('/debriefs')).status, 403, 'others have no such page');
	const people = await planner.get(`/sessions/${id}/people`);

	has(people.text, '1名のうち1名が提出', 'planners see who handed it in');
	ok(!people.text.includes('別の手順'), 'but not what it says');
	const trainer = await signedIn(['trainer']);

	sql(`INSERT INTO session_trainer (session_id, person_id)
		VALUES (${id}, ${trainer.id})`);
	const taught = await trainer.json(`/sessions/${id}/people`);

	is(taught.data?.places.length > 0, true, 'the trainer sees the people');
	is(taught.data.debriefs_text ?? taught.data.debriefs ?? null, null,
		'and nothing of what they owe their heads');
	const presses = await Promise.all([1, 2, 3].map(() =>
		head.post(`/debriefs/${which}/seen`)));

	is(presses.map((r) => r.status).join(), '303,303,303',
		'the head has read it, and a double click is no mistake');
	is(sql(`SELECT COUNT(*) FROM outbox WHERE person_id = ${one.id} AND
		kind = 'notice.debrief_seen'`)[0][0], '1',
	'the writer is told once');
	is((await stranger.post(`/debriefs/${which}/seen`)).status, 404,
		'another head still marks nothing');
	const late = await one.post(`/sessions/${id}/debrief`,
		{ learned: 'まだ直す', plans: '直す' });

	is(late.status, 422, 'what was read is not changed');
	has((await one.get(`/sessions/${id}/debrief`)).text, '別の手順',
		'it stays as it was read');
	has((await one.get('/notices')).text, '復命を確認しました',
		'and the writer is told');
}

test(async () => {
	const [planner, head, stranger, one, away] = await Promise.all([
		['planner'], ['trainee', 'head'], ['trainee', 'head'],
		['trainee'], ['trainee']].map((roles) => signedIn(roles)));
	const id = await plannersAsk(planner);

	section(head, [one, away]);
	section(stranger, []);
	for (const person of [one, away]) {
		await person.get(`/sessions/${id}`);
		await person.post(`/sessions/${id}/book`);
	}
	await peopleWrite(id, one, away);
	await headsRead(id, one, head, stranger, planner);
});
