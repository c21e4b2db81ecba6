#!/usr/bin/env node
/*
 * Places in sessions pressed for twice: a seat, a decision of a head, a mark of
 * attendance. Who gets what was wanted sees no error.
 */
'use strict';
const { has, is, ok, signedIn, some, sql, test } = require('./lib.cjs');
const { atOnce, pressedBy, twice } = require('./presses.cjs');
const { courses, dayIn, makeSession, section } = require('./sessions.cjs');

let planner, other;

/* Places: two presses change one, and the history has each change once. */
async function booking() {
	const [who, one, two] = await Promise.all([1, 2, 3].map(() =>
		signedIn(['trainee'])));
	const at = (n, more) => makeSession(planner, { course: courses()[0], seats: 9,
		day: dayIn(n), ...more });
	const [id, to] = [await at(61), await at(62)];
	const changes = (session, person) => sql(`SELECT GROUP_CONCAT(e.to_state
		ORDER BY e.id) FROM booking b JOIN booking_event e ON e.booking_id = b.id
		WHERE b.session_id = ${session} AND b.person_id = ${person.id}`)[0][0];
	const self = (path, fields) => () => who.post(`/sessions/${path}`, fields);

	await twice(self(`${id}/book`, { wheelchair: 1 }), 'booking a seat');
	is((await self(`${id}/book`)()).status, 422, 'without the tick it is another');
	await twice(self(`${id}/change`, { to }), 'changing to another session');
	is(changes(id, who) + changes(to, who), 'booked,cancelledbooked', 'once');
	await atOnce(self(`${to}/cancel`), 'giving the seat back');
	await atOnce(self(`${to}/book`), 'booking it again');
	is(changes(to, who), 'booked,cancelled,booked', 'each once');
	const staff = (what, fields) => (by) =>
		by.post(`/sessions/${to}/people${what}`, fields);

	await twice(staff('', { act: 'nominate', numbers: one.number }),
		'nominating somebody');
	const [[seat]] = sql(`SELECT id FROM booking WHERE session_id = ${to}
		AND person_id = ${one.id}`);

	await atOnce(staff('/substitute', { booking: seat, number: two.number,
		reason: '' }), 'putting somebody in their place');
	is(changes(to, one) + changes(to, two), 'booked,cancelledbooked', 'once');
	const [[next]] = sql(`SELECT id FROM booking WHERE session_id = ${to}
		AND person_id = ${two.id}`);
	const off = staff('/cancel', { booking: next, reason: '異動のため' });

	await twice(off, 'cancelling for somebody');
	is((await off(other)).status, 422, 'a colleague did not');
}

async function deciding() {
	const [head, one, two] = [await signedIn(['head', 'trainee']),
		await signedIn(['trainee']), await signedIn(['trainee'])];
	const id = await makeSession(planner, { course: courses()[0], seats: 9,
		day: dayIn(63), approval: 'head' });

	section(head, [one, two]);
	for (const who of [one, two])
		await who.post(`/sessions/${id}/book`);
	const [a, b] = [one, two].map((who) => sql(`SELECT id FROM booking
		WHERE session_id = ${id} AND person_id = ${who.id}`)[0][0]);
	const press = (booking, what, reason = '') => () =>
		head.post(`/applications/${booking}/${what}`, { reason });
	const decide = async (booking, what, reason) => {
		const both = [await press(booking, what, reason)(),
			await press(booking, what, reason)()];

		is(both.map((r) => r.status).join(), '303,303', `to ${what} twice is once`);
	};

	await decide(a, 'approve');
	await decide(b, 'decline', '繁忙期のため');
	is((await press(b, 'decline', '別の理由')()).status, 422,
		'another reason comes too late');
	is((await press(a, 'decline', '繁忙期のため')()).status, 422,
		'and so does another decision');
	is((await press(b, 'approve')()).status, 422, 'either way');
}

async function marking() {
	const id = await makeSession(planner, { course: courses()[2], seats: 9 });
	const people = await Promise.all(Array.from({ length: 6 },
		() => signedIn(['trainee'])));

	for (const who of people)
		await who.post(`/sessions/${id}/book`);
	const [[meeting]] = sql(`SELECT id FROM meeting WHERE session_id = ${id}`);
	const bookings = sql(`SELECT id FROM booking WHERE session_id = ${id}
		AND state = 'booked'`).map(([one]) => one);
	const mark = (fields) => planner.post(`/teach/${id}/attendance`,
		{ meeting, ...fields });

	some(bookings, 'people with a seat', 5);
	for (let round = 0; round < 8; round++) {
		const replies = await Promise.all([
			...bookings.flatMap((booking) => [
				mark({ booking, mark: 'present' }),
				mark({ booking, mark: 'present' })]),
			mark({ mark: 'rest' }), mark({ mark: 'rest' })]);

		ok(replies.every((r) => r.status === 303), 'taps at once are all taken',
			replies.map((r) => r.status).join());
		is(sql(`SELECT COUNT(*) FROM attendance WHERE meeting_id = ${meeting}
			AND minutes = 180`)[0][0], String(bookings.length),
		'and everybody is present once');
		sql(`DELETE FROM attendance WHERE meeting_id = ${meeting}`);
	}
	await people[0].post(`/sessions/${id}/cancel`);
	const gone = sql(`SELECT id FROM booking WHERE session_id = ${id}
		AND state <> 'booked'`)[0][0];
	const late = await mark({ booking: gone, mark: 'present' });

	is(late.status, 409, 'who gave the seat back meanwhile is not marked');
	has(late.text, '席は、その間になくなりました', 'and that is said');
}

test(async () => {
	planner = await signedIn(['planner', 'trainer']);
	other = await signedIn(['planner', 'trainer']);
	pressedBy(planner);
	await booking();
	await deciding();
	await marking();
});
