#!/usr/bin/env node
/*
 * The trainer's desk: roster, attendance by tap and by code, what it leads to.
 */
'use strict';
const { has, is, now, ok, signedIn, sql, test } = require('./lib.cjs');
const { dayIn, makeSession } = require('./sessions.cjs');

let planner, trainer, id, meeting, people;

/* The session runs now: it began an hour ago and ends in two. */
function runsNow(hours = 2) {
	const at = (h) => new Date(now() + h * 3600000).toISOString()
		.slice(0, 19).replace('T', ' ');

	for (const table of ['session', 'meeting'])
		sql(`UPDATE ${table} SET starts_at = '${at(hours - 3)}',
			ends_at = '${at(hours)}' WHERE
			${table === 'session' ? 'id' : 'session_id'} = ${id}`);
}

const mark = (fields) => trainer.post(`/teach/${id}/attendance`,
	{ meeting, ...fields });
const minutesOf = (one) => sql(`SELECT COALESCE((SELECT minutes FROM
	attendance a WHERE a.booking_id = b.id), 'none') FROM booking b WHERE
	b.session_id = ${id} AND b.person_id = ${one.id}`)[0][0];
const bookingOf = (one) => sql(`SELECT id FROM booking WHERE session_id =
	${id} AND person_id = ${one.id}`)[0][0];

async function deskAndRoster() {
	const other = await signedIn(['trainer']);

	has((await trainer.get('/teach')).text, `/teach/${id}`,
		'the trainer sees the own session');
	ok(!(await other.get('/teach')).text.includes(`/teach/${id}"`),
		'another trainer does not');
	is((await other.get(`/teach/${id}`)).status, 404,
		'nor the desk behind it');
	is((await people[0].get(`/teach/${id}`)).status, 403,
		'people have no desk');
	const desk = await trainer.get(`/teach/${id}`);

	has(desk.text, '3名中0名', 'the desk counts answers');
	ok(!desk.text.includes(people[0].number), 'and names nobody');
	const live = (await trainer.json(`/teach/${id}/live`)).data;

	is(live.booked, 3, 'the counts come as JSON');
	is(live.surveys[0].moment, 'pre', 'with the surveys');
	const roster = await trainer.get(`/teach/${id}/roster`);

	has(roster.text, 'シケン ハナコ', 'the sheet to sign has the kana');
	has(roster.text, '署名', 'and room for a signature');
	for (const sheet of ['departments', 'plates'])
		is((await trainer.get(`/teach/${id}/roster?sheet=${sheet}`))
			.status, 200, `the sheet ${sheet} is there`);
}

async function byTap() {
	const page = await trainer.get(`/teach/${id}/attendance`);

	has(page.text, 'data-attendance', 'a list of people');
	meeting = page.text.match(/name="meeting" value="(\d+)"/)[1];
	const tap = await mark({ booking: bookingOf(people[0]), mark: 'present' });

	is(tap.status, 303, 'one tap is enough');
	is(minutesOf(people[0]), '180', 'present is the whole meeting');
	await mark({ booking: bookingOf(people[1]), mark: 'absent' });
	is(minutesOf(people[1]), '0', 'absent is no minutes');
	await mark({ booking: bookingOf(people[1]), minutes: '134' });
	is(minutesOf(people[1]), '134', 'minutes can be given');
	is((await mark({ booking: bookingOf(people[1]), minutes: '181' }))
		.status, 422, 'but not more than there are');
	await mark({ booking: bookingOf(people[0]), mark: 'clear' });
	is(minutesOf(people[0]), 'none', 'a mark can be taken back');
	is((await mark({ booking: '999999', mark: 'present' })).status, 404,
		'nobody is marked who has no seat');
}

async function byCode() {
	const open = await trainer.post(`/teach/${id}/code`, { action: 'open' });
	const page = await trainer.get(open.headers.location);
	const [code] = page.text.match(/aria-label="(\d{6})"/)[1].match(/\d+/);
	const stranger = await signedIn(['trainee']);
	const wrong = code === '000000' ? '111111' : '000000';

	has((await people[0].get(`/sessions/${id}`)).text, 'href="/attend"',
		'booked people find the way to enter it');
	await people[0].get('/attend');
	has((await people[0].post('/attend', { code: wrong })).text,
		'番号が違います', 'a wrong code is said to be wrong');
	const full = `${code.slice(0, 3)} ${code.slice(3)}`.replace(/\d/g, (d) =>
		String.fromCharCode(d.charCodeAt(0) + 0xfee0));

	is((await people[0].post('/attend', { code: full })).status, 303,
		'full-width digits with a gap are right as well');
	is(minutesOf(people[0]), '180', 'and mark the person present');
	await stranger.get('/attend');
	has((await stranger.post('/attend', { code })).text, '申込がありません',
		'without a seat the right code does nothing');
	for (let i = 0; i < 10; i++)
		await stranger.post('/attend', { code: wrong });
	has((await stranger.post('/attend', { code })).text, '続いたため',
		'who guesses is stopped');
	await trainer.get(`/teach/${id}`);
	await trainer.post(`/teach/${id}/code`, { action: 'close' });
	await people[2].get('/attend');
	is((await people[2].post('/attend', { code })).status, 422,
		'a closed code does nothing');
}

async function whatItLeadsTo() {
	is((await mark({ mark: 'rest' })).status, 303, 'the rest was there');
	is(minutesOf(people[2]), '180', 'all who were not marked are present');
	is(minutesOf(people[1]), '134', 'who was marked keeps the minutes');
	runsNow(-1);
	const page = await people[0].get(`/sessions/${id}`);

	has(page.text, `/sessions/${id}/certificate`,
		'who completed it finds a certificate');
	const paper = await people[0].get(`/sessions/${id}/certificate`);

	is(paper.status, 200, 'and gets it');
	has(paper.text, '試験', 'with the name');
	is((await people[1].get(`/sessions/${id}/certificate`)).status, 404,
		'who missed more than a quarter does not');
	await mark({ booking: bookingOf(people[1]), minutes: '135' });
	is((await people[1].get(`/sessions/${id}/certificate`)).status, 200,
		'exactly a quarter is not more than a quarter');
	is((await trainer.post(`/teach/${id}/held`)).status, 303,
		'the session is over');
	is(sql(`SELECT state FROM session WHERE id = ${id}`)[0][0], 'held',
		'and stays so');
}

test(async () => {
	planner = await signedIn(['planner']);
	trainer = await signedIn(['trainer']);
	people = [];
	id = await makeSession(planner, { seats: 3, day: dayIn(25),
		trainers: trainer.number });
	for (let i = 0; i < 3; i++) {
		people.push(await signedIn(['trainee']));
		await people[i].get(`/sessions/${id}`);
		await people[i].post(`/sessions/${id}/book`);
	}
	runsNow();
	await deskAndRoster();
	await byTap();
	await byCode();
	await whatItLeadsTo();
});
