/*
 * sessions.cjs: what the tests of sessions share: days ahead, sections,
 * sessions made the way planners make them.
 */
'use strict';
const { now, sql } = require('./lib.cjs');

const DAY = 86400000;

/* "2026-12-20" in Japan, so many days from now. */
function dayIn(days) {
	return new Date(now() + 9 * 3600000 + days * DAY)
		.toISOString().slice(0, 10);
}

/* A section with a head; members are given as person ids. Its code. */
function section(head, members) {
	const code = `U${Math.random().toString(36).slice(2, 10)}`;
	const posting = (id, isHead) => `INSERT INTO posting (person_id,
		unit_id, tier_id, is_head, valid_from) SELECT ${id}, @unit, id,
		${isHead}, '2020-04-01' FROM tier ORDER BY id LIMIT 1;`;

	sql(`INSERT INTO unit (code, kind, name, valid_from, is_synthetic)
		VALUES ('${code}', 'section', '試験課', '2020-04-01', 1);
		SET @unit = LAST_INSERT_ID(); ${posting(head.id, 1)}
		${members.map((one) => posting(one.id, 0)).join('')}`);
	return code;
}

/* Fields of the form for a session of one meeting. */
function fieldsOf({ course = 1, day = dayIn(20), from = '09:00', to = '12:00',
	seats = 2, approval = 'none', trainers = '', room = '' } = {}) {
	return { course, seats, approval, trainers, date_1: day, from_1: from,
		to_1: to, room_1: room, url_1: '', apply_from: '',
		apply_until: '', cancel_until: '', note: '' };
}

/* Make and publish one through the pages; its id. */
async function makeSession(planner, options) {
	const made = await planner.post('/sessions/new', fieldsOf(options));
	const [, id] = String(made.headers.location)
		.match(/\/sessions\/(\d+)\/edit/) || [];

	if (!id)
		throw new Error(`no session: ${made.status} ${
			made.text.match(/class="problems"[\s\S]{0,600}/)}`);
	await planner.post(`/sessions/${id}/open`);
	return id;
}

const courses = () => sql('SELECT id FROM course ORDER BY id')
	.map(([id]) => id);
const states = (id) => sql(`SELECT state, COUNT(*) FROM booking
	WHERE session_id = ${id} GROUP BY state ORDER BY state`)
	.map((row) => row.join(' ')).join(', ');

/* The held session most people had a seat in, of a course or of all. */
const fullest = (code = '') => sql(`SELECT s.id FROM session s
	JOIN course c ON c.id = s.course_id WHERE s.state = 'held'
	AND '${code}' IN ('', c.code) ORDER BY s.booked DESC, s.id LIMIT 1`)[0][0];

module.exports = { courses, dayIn, fieldsOf, fullest, makeSession, section,
	states };
