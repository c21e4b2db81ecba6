#!/usr/bin/env node
/*
 * A hundred and twenty browsers want 60 seats at the same moment, through
 * nginx and the workers.
 */
'use strict';
const { is, ok, signedIn, sql, test } = require('./lib.cjs');
const { dayIn, makeSession, states } = require('./sessions.cjs');

const CLIENTS = 120, SEATS = 60;

test(async () => {
	const planner = await signedIn(['planner']);
	const id = await makeSession(planner, { seats: SEATS, day: dayIn(27) });
	const people = await Promise.all(Array.from({ length: CLIENTS },
		(_, i) => signedIn(['trainee'], `127.0.3.${i + 1}`)));
	const replies = await Promise.all(people.map((one) =>
		one.post(`/sessions/${id}/book`)));

	ok(replies.every((reply) => reply.status === 303),
		'every application had its answer',
		replies.filter((reply) => reply.status !== 303)
			.map((reply) => reply.status).join(' '));
	is(states(id), `waiting ${CLIENTS - SEATS}, booked ${SEATS}`,
		'exactly the seats are booked, the rest wait');
	is(sql(`SELECT MAX(IF(state = 'booked', queue_no, 0)) <
		MIN(IF(state = 'waiting', queue_no, 999)) FROM booking
		WHERE session_id = ${id}`)[0][0], '1',
	'the seats went in order of the line');
	is(sql(`SELECT COUNT(*) FROM booking_event e JOIN booking b ON b.id =
		e.booking_id WHERE b.session_id = ${id}`)[0][0], `${CLIENTS}`,
	'every change is one row of history');
	await Promise.all(people.map((one, i) => (i % 2
		? one.post(`/sessions/${id}/cancel`)
		: one.post(`/sessions/${id}/book`))));
	is(states(id), 'booked 60, cancelled 60',
		'when half give up, the other half has the seats');
	is(sql(`SELECT booked FROM session WHERE id = ${id}`)[0][0], `${SEATS}`,
		'and the count agrees');
});
