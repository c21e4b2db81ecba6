#!/usr/bin/env node
/*
 * A session from the draft to the waiting list, by the pages people use.
 */
'use strict';
const { has, is, ok, person, signedIn, sql, test } = require('./lib.cjs');
const { courses, dayIn, fieldsOf, makeSession, section, states } =
	require('./sessions.cjs');

let planner, trainee;

async function plannersMakeSessions() {
	const trainer = await signedIn(['trainer']);
	const fields = fieldsOf({ day: '2027-01-03', trainers: trainer.number,
		room: 1, seats: 1 });
	const blank = await planner.get('/sessions/new');

	is(blank.status, 200, 'a planner sees the form');
	has(blank.text, '<h1>開催回を作る</h1>', 'in Japanese');
	const wrong = await planner.post('/sessions/new', { ...fields,
		date_1: '2027-02-30', seats: '0', trainers: 'nobody' });

	is(wrong.status, 422, 'wrong fields are shown again');
	has(wrong.text, 'href="#date_1"', 'a day that never was is named');
	has(wrong.text, 'href="#seats"', 'no seats are named');
	has(wrong.text, 'href="#trainers"', 'an unknown trainer is named');
	has(wrong.text, 'value="2027-02-30"', 'what was typed is kept');
	const made = await planner.post('/sessions/new', fields);

	is(made.status, 303, 'a holiday and a room not held do not stop it');
	const edit = await planner.get(made.headers.location);

	has(edit.text, '閉庁日', 'a closed day warns');
	has(edit.text, '契約期間の外', 'a day outside the contract warns');
	has(edit.text, '確保がありません', 'a room that is not held warns');
	const id = made.headers.location.match(/\d+/)[0];

	is(sql(`SELECT GROUP_CONCAT(CONCAT(moment, ' ', state) ORDER BY id)
		FROM collection WHERE session_id = ${id}`)[0][0],
	'pre open,post planned', 'it has a survey before and one after');
	is((await trainee.get(`/sessions/${id}`)).status, 404,
		'nobody else sees a draft');
	is((await trainer.get(`/sessions/${id}`)).status, 200,
		'but its trainer does');
	is((await planner.post(`/sessions/${id}/open`)).status, 303,
		'it is published');
	is((await trainee.get(`/sessions/${id}`)).status, 200,
		'then people see it');
	is((await trainee.get('/sessions/new')).status, 403,
		'people make no sessions');
	is((await trainee.get(`/sessions/${id}/edit`)).status, 403,
		'nor change them');
	const second = await makeSession(planner, { ...fieldsOf(),
		course: courses()[1], day: '2027-01-03', room: 1 });

	has((await planner.get(`/sessions/${second}/edit`)).text, '重なって',
		'a room that is taken warns');
}

async function seatsAndTheLine() {
	const id = await makeSession(planner, { seats: 1, day: dayIn(31) });
	const [a, b, c] = await Promise.all([1, 2, 3].map(() =>
		signedIn(['trainee'])));
	const page = await a.get(`/sessions/${id}`);

	has(page.text, '残り1席', 'seats are said in words');
	ok(page.text.length < 40000, 'the page is light', page.text.length);
	const booked = await a.post(`/sessions/${id}/book`, { wheelchair: 1 });

	is(booked.status, 303, 'a seat is booked');
	const after = await a.get(booked.headers.location);

	has(after.text, '席を確保しました', 'the page says it was');
	has(after.text, 'checked', 'the wheelchair tick is kept');
	has(after.text, 'まで取り消せます', 'until when it can be cancelled');
	const again = await a.post(`/sessions/${id}/book`);

	is(again.status, 422, 'nobody books twice');
	has(again.text, 'すでに申し込んでいます', 'and the page says why');
	await b.get(`/sessions/${id}`);
	has((await b.get(`/sessions/${id}`)).text, 'キャンセル待ちに並ぶ',
		'a full session offers the line');
	await b.post(`/sessions/${id}/book`);
	has((await b.get(`/sessions/${id}`)).text, '1番目',
		'the place in the line is said');
	await c.get(`/sessions/${id}`);
	await c.post(`/sessions/${id}/book`);
	has((await c.get(`/sessions/${id}`)).text, '2番目', 'and the next');
	await a.post(`/sessions/${id}/cancel`);
	has((await b.get(`/sessions/${id}`)).text, '申込済み',
		'a freed seat goes to the first in line');
	is(states(id), 'waiting 1, booked 1, cancelled 1', 'the rest wait');
	const data = (await c.json(`/sessions/${id}`)).data;

	is(data.my.state, 'waiting', 'the same model is the JSON reply');
	is(data.starts_at, `${dayIn(31)}T00:00:00.000Z`, 'times are ISO');
	is((await c.post(`/sessions/${id}/cancel`, { csrf: 'x' })).status, 403,
		'a form from elsewhere is refused');
	const file = await a.get(`/sessions/${id}/calendar.ics`);

	has(file.headers['content-type'], 'text/calendar', 'an iCalendar file');
	has(file.text, `DTSTART:${dayIn(31).replace(/-/g, '')}T000000Z`,
		'holds the meeting in UTC');
	is((await a.get(`/sessions/${id}/certificate`)).status, 404,
		'there is no certificate before it is completed');
	const later = await makeSession(planner, { seats: 3, day: dayIn(41) });

	has((await b.get(`/sessions/${id}`)).text, '別の回に変える',
		'another session of the course is offered');
	is((await b.post(`/sessions/${id}/change`, { to: later })).headers
		.location, `/sessions/${later}`, 'a place moves there');
	is(states(id), 'booked 1, cancelled 2', 'and the line moves up');
	is((await a.get('/sessions/999999')).status, 404,
		'an unknown session is not found');
}

async function seatsAreKeptForUnits() {
	const id = await makeSession(planner, { seats: 2, day: dayIn(33) });
	const [mine, other] = [await signedIn(['trainee']),
		await signedIn(['trainee'])];
	const code = section(mine, []);
	const fields = { ...fieldsOf({ seats: 2, day: dayIn(33) }),
		unit_1: `${code} 試験課`, kept_1: '2',
		allot_until: `${dayIn(30)}T17:00` };
	const edit = `/sessions/${id}/edit`;
	const wrong = async (change, text) => {
		const reply = await planner.post(edit, { ...fields, ...change });

		is(reply.status, 422, `refused: ${text}`);
		has(reply.text, text, 'and the page says why');
	};

	await planner.get(edit);
	await wrong({ unit_1: 'NOSUCH' }, '所属が見つかりません');
	await wrong({ kept_1: '3' }, '定員を超えています');
	await wrong({ allot_until: '' }, '確保する期限を入れて');
	await wrong({ allot_until: `${dayIn(33)}T09:01` }, '開始日時まで');
	is((await planner.post(edit, { ...fields,
		allot_until: `${dayIn(33)}T09:00` })).status, 303,
	'the very start of the first meeting is not too late');
	await wrong({ unit_2: code, kept_2: '1' }, '二度');
	is((await planner.post(edit, fields)).status, 303, 'seats are kept');
	has((await planner.get(edit)).text, `value="${code} 試験課"`,
		'the form shows for whom');
	const page = await other.get(`/sessions/${id}`);

	has(page.text, '満席', 'others find no free seat');
	has(page.text, '試験課 2席', 'and read for whom they are kept');
	await other.post(`/sessions/${id}/book`);
	has((await mine.get(`/sessions/${id}`)).text, '残り2席',
		'the unit finds them free');
	await mine.post(`/sessions/${id}/book`);
	is(states(id), 'waiting 1, booked 1', 'and books one');
	is((await planner.post(edit, { ...fields, kept_1: '1' })).status, 303,
		'one is given up');
	is(states(id), 'booked 2', 'the line moves up');
	sql(`UPDATE unit SET valid_to = '${dayIn(31)}' WHERE code = '${code}'`);
	is((await planner.post(edit, { ...fields, kept_1: '1' })).status, 303,
		'a session that keeps seats for a unit that ends can be saved');
	is(sql(`SELECT u.code FROM session_allotment a JOIN unit u
		ON u.id = a.unit_id WHERE a.session_id = ${id}`)[0][0], code,
	'and keeps them');
	const later = await makeSession(planner, { day: dayIn(36) });
	const gone = await planner.post(`/sessions/${later}/edit`,
		{ ...fields, ...fieldsOf({ day: dayIn(36) }) });

	is(gone.status, 422, 'a new one cannot ask for seats for it');
	has(gone.text, '所属が見つかりません', 'and says so');
	ok(!(await planner.get(`/sessions/${later}/edit`)).text
		.includes(`value="${code} `), 'nor is it suggested');
}

/* Whoever leaves a row empty has still typed the others. */
async function rowsAfterAnEmptyOne() {
	const id = await makeSession(planner, { seats: 9, day: dayIn(37) });
	const code = section(await signedIn(['trainee']), []);
	const at = (n, day, from = '09:00', to = '12:00') => ({
		[`date_${n}`]: day, [`from_${n}`]: from, [`to_${n}`]: to,
		[`room_${n}`]: '', [`url_${n}`]: '' });
	const fields = { ...fieldsOf({ seats: 9 }), ...at(1, '', '', ''),
		...at(2, '', '', ''), ...at(3, dayIn(37)), unit_1: '', kept_1: '',
		unit_2: '', kept_2: '', unit_3: code, kept_3: '2',
		allot_until: `${dayIn(36)}T17:00` };
	const edit = `/sessions/${id}/edit`;

	sql(`UPDATE unit SET valid_from = '${dayIn(35)}' WHERE code = '${code}'`);
	await planner.get(edit);
	const wrong = await planner.post(edit, { ...fields, seats: '',
		...at(5, '', '13:00', '15:00') });

	is(wrong.status, 422, 'something is wrong');
	has(wrong.text, 'name="from_5" type="time" value="13:00"',
		'a row without a date is shown again with what is in it');
	has(wrong.text, `name="unit_3" value="${code}"`, 'so is a later unit');
	const saved = await planner.post(edit, fields);

	is(saved.status, 303, 'the third row alone makes the session');
	is(sql(`SELECT CONCAT(DATE(m.starts_at + INTERVAL 9 HOUR), ' ', a.seats)
		FROM meeting m JOIN session_allotment a ON a.session_id = m.session_id
		WHERE m.session_id = ${id}`).flat().join(), `${dayIn(37)} 2`,
	'with seats for a unit that is there on that day');
	const nobody = await planner.post(edit, { ...fields, unit_2: '',
		kept_2: '4' });

	is(nobody.status, 422, 'seats for nobody are asked about');
	has(nobody.text, 'name="kept_2" type="number" min="1" max="500" ' +
		'inputmode="numeric" value="4"', 'and not thrown away');
}

async function headsDecide() {
	const id = await makeSession(planner, { seats: 5, day: dayIn(32),
		approval: 'head', course: courses()[2] });
	const [head, stranger] = [await signedIn(['trainee', 'head']),
		await signedIn(['trainee', 'head'])];
	const [a, b] = [await signedIn(['trainee']), await signedIn(['trainee'])];

	section(head, [a, b]);
	section(stranger, []);
	for (const one of [a, b]) {
		await one.get(`/sessions/${id}`);
		await one.post(`/sessions/${id}/book`);
	}
	has((await a.get(`/sessions/${id}`)).text, '承認待ち',
		'an application waits for the head');
	const page = await head.get('/applications');
	const ids = [...page.text.matchAll(/\/applications\/(\d+)\/approve/g)]
		.map((found) => found[1]);

	is(ids.length, 2, 'the head sees both');
	ok(!(await stranger.get('/applications')).text.includes('/approve'),
		'the head of another section sees none');
	is((await stranger.post(`/applications/${ids[0]}/approve`)).status, 404,
		'and decides none');
	is((await a.get('/applications')).status, 403, 'others have no such page');
	is((await head.post(`/applications/${ids[0]}/approve`)).status, 303,
		'one is approved');
	is((await head.post(`/applications/${ids[1]}/decline`)).status, 422,
		'to decline takes a reason');
	is((await head.post(`/applications/${ids[1]}/decline`,
		{ reason: '窓口の当番' })).status, 303, 'with one it is declined');
	is(states(id), 'booked 1, declined 1', 'the states are so');
	has((await head.get('/applications')).text, '研修で不在になる職員',
		'the head sees who is away');
	has((await b.get(`/sessions/${id}`)).text, '窓口の当番',
		'the person reads the reason');
}

async function plannersEnterPeople() {
	const id = await makeSession(planner, { seats: 2, day: dayIn(33),
		course: courses()[3] });
	const people = [1, 2, 3, 4].map(() => person());
	const enter = (numbers, act) => planner.post(`/sessions/${id}/people`,
		{ numbers, act });

	await planner.get(`/sessions/${id}/people`);
	const wrong = await enter(`${people[0].number}\nNOBODY1`, 'nominate');

	is(wrong.status, 422, 'an unknown number is an error');
	has(wrong.text, 'NOBODY1: この職員番号', 'that names it');
	is(states(id), '', 'and nobody is entered');
	is((await enter(people.slice(0, 3).map((one) => one.number.toLowerCase())
		.join('\n'), 'nominate')).status, 303, 'a whole list is entered');
	is(states(id), 'waiting 1, booked 2', 'seats first, then the line');
	const seat = sql(`SELECT id FROM booking WHERE session_id = ${id}
		ORDER BY queue_no LIMIT 1`)[0][0];

	is((await planner.post(`/sessions/${id}/people/substitute`, {
		booking: seat, number: people[3].number })).status, 303,
	'a seat changes hands');
	is(sql(`SELECT state FROM booking WHERE session_id = ${id} AND
		person_id = ${people[3].id}`)[0][0], 'booked',
	'nobody in line jumps in between');
	const other = await makeSession(planner, { seats: 9, day: dayIn(40),
		course: courses()[3] });

	is((await planner.post(`/sessions/${id}/call-off`, { to: other,
		reason: '台風' })).status, 303, 'a typhoon is one action');
	is(states(other), 'booked 3', 'everybody is moved');
	is(states(id), 'cancelled 4', 'nobody is left');
	is(sql(`SELECT COUNT(*) FROM outbox WHERE kind = 'notice.session_moved'
		AND person_id IN (${people.map((one) => one.id)})`)[0][0], '3',
	'and everybody is told');
}

async function roomsAndDays() {
	const day = dayIn(50), month = day.slice(0, 7);
	const hold = (fields) => planner.post('/calendar/holds', { date: day,
		from: '08:00', to: '17:30', room: 1, note: '', ...fields });

	is((await planner.get('/calendar')).status, 200, 'the month is there');
	is((await hold({})).status, 303, 'a room is held');
	is((await hold({ from: '10:00' })).status, 422, 'but not twice');
	is((await hold({ to: '07:00' })).status, 422, 'nor backwards');
	const page = await planner.get(`/calendar?month=${month}`);
	const link = page.text.match(/\/sessions\/new\?hold=(\d+)/);

	ok(link, 'a free hold offers to plan a session');
	has((await planner.get(link[0])).text, `value="${day}"`,
		'whose form is filled in');
	has((await planner.get('/calendar?view=list')).text, '契約期間外',
		'days outside the contract are marked');
	const released = () => sql(`SELECT released_at FROM room_hold
		WHERE id = ${link[1]}`)[0][0];

	is((await planner.post(`/calendar/holds/${link[1]}/release`)).status,
		303, 'it is given back');
	const at = released();

	is((await planner.post(`/calendar/holds/${link[1]}/release`)).headers
		.location, '/calendar?view=list', 'a second press ends there, too');
	is(released(), at, 'but it was given back once');
	is((await trainee.get('/calendar')).status, 403, 'planners only');
}

test(async () => {
	planner = await signedIn(['planner']);
	trainee = await signedIn(['trainee']);
	await plannersMakeSessions();
	await seatsAndTheLine();
	await seatsAreKeptForUnits();
	await rowsAfterAnEmptyOne();
	await headsDecide();
	await plannersEnterPeople();
	await roomsAndDays();
});
