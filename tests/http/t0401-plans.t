#!/usr/bin/env node
/*
 * The pages everybody opens read no table of people, bookings or answers from
 * end to end: their cost does not grow with the city.
 */
'use strict';
const { is, ok, root, signedIn, sleep, sql, test } =
	require('./lib.cjs');
const { dayIn, fullest, makeSession } = require('./sessions.cjs');

const LARGE = ['person', 'posting', 'booking', 'submission', 'attendance',
	'completion', 'draft', 'signin', 'outbox', 'answer_open'];

const MANY = 100000;

/*
 * The tables are explained as those of a large city: a table of a few rows is
 * read whole because that is the best way. What the server keeps in
 * table_stats goes before what it counts, and does not change by itself.
 */
function grow() {
	root(`ANALYZE TABLE ${LARGE.join()}`);
	for (const table of LARGE)
		root(`REPLACE INTO mysql.table_stats (db_name, table_name,
			cardinality) VALUES ('terakoya', '${table}', ${MANY})`);
	root(`FLUSH TABLES ${LARGE.join()}`);
	for (const table of LARGE)
		ok(root(`EXPLAIN SELECT * FROM ${table}`)[0].includes(`${MANY}`),
			`${table} is taken to be large`);
}

/* What the server knew of them is gone, for tests that come after. */
function shrink() {
	root(`DELETE FROM mysql.table_stats WHERE db_name = 'terakoya'
		AND table_name IN ('${LARGE.join("', '")}');
		FLUSH TABLES ${LARGE.join()};
		SET GLOBAL general_log = 0; SET GLOBAL log_output = 'FILE';
		TRUNCATE mysql.general_log`);
}

/*
 * The statements a page makes, with their values, from the server's log. The
 * jobs work at the same time on connections of their own: a page's is the one
 * that looked for the visitor's token.
 */
async function statementsOf(browser, path) {
	await sleep(1100); // nothing is remembered any more
	root(`SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log;
		SET GLOBAL general_log = 1`);
	const reply = await browser.get(path);

	root('SET GLOBAL general_log = 0');
	is(reply.status, 200, `${path} is there`);
	const own = root(`SELECT DISTINCT thread_id FROM mysql.general_log
		WHERE command_type = 'Execute'
		AND argument LIKE '%.token\\_hash = %'`);

	is(own.length, 1, `${path} is made on one connection`);
	return root(`SELECT HEX(argument) FROM mysql.general_log
		WHERE command_type = 'Execute' AND thread_id = ${Number(own[0])}
		ORDER BY event_time`)
		.map(([line]) => Buffer.from(line, 'hex').toString('utf8'))
		.filter((text) => /^\(?(SELECT|WITH)/.test(text))
		.map(completed);
}

/* The log garbles the bytes of a token, or then leaves out every value. */
function completed(statement) {
	const token = sql('SELECT HEX(MAX(token_hash)) FROM signin')[0][0];

	return statement
		.replace(/token_hash = .* AND s\.ended_at/s,
			`token_hash = X'${token}' AND s.ended_at`)
		.replaceAll(/((?:LIMIT|OFFSET|id (?:=|<>|IN)) \(?)\?/g, '$11')
		.replaceAll(/([ (])\?/g, "$1'2024-12-02'");
}

/* Names under which a statement reads the large tables. */
function aliases(statement) {
	const found = new Map();
	const each = new RegExp(
		`(?:FROM|JOIN|,) (${LARGE.join('|')})(?: (?:AS )?([a-z_]+))?\\b`,
		'g');

	for (const [, table, alias] of statement.matchAll(each))
		found.set(alias || table, table).set(table, table);
	return found;
}

/* Every table of a plan, however deep. */
function* tablesOf(plan) {
	if (!plan || typeof plan !== 'object')
		return;
	if (plan.table_name && plan.access_type)
		yield plan;
	for (const part of Object.values(plan))
		yield* tablesOf(part);
}

function scansOf(statement) {
	const large = aliases(statement), scans = [];

	if (!large.size)
		return scans;
	const plan = JSON.parse(
		root(`EXPLAIN FORMAT=JSON ${statement}`).flat().join('\n'));

	for (const table of tablesOf(plan))
		if (large.has(table.table_name) &&
			['ALL', 'index'].includes(table.access_type))
			scans.push(`${large.get(table.table_name)}: ${statement}`);
	return scans;
}

/* A session to come in which somebody has a seat, and its survey before. */
async function book(planner, trainee) {
	const session = await makeSession(planner, { seats: 3, day: dayIn(45) });
	const [[collection]] = sql(`SELECT id FROM collection
		WHERE session_id = ${session} AND moment = 'pre'`);

	await trainee.get(`/sessions/${session}`);
	is((await trainee.post(`/sessions/${session}/book`)).status, 303,
		'somebody has a seat');
	return { session, collection };
}

async function noScans(browser, path) {
	const statements = await statementsOf(browser, path);
	const scans = statements.flatMap(scansOf);

	ok(statements.length > 0, `${path} makes statements`);
	ok(scans.length === 0, `${path} reads no large table whole`,
		scans.join('\n'));
}

test(async () => {
	const trainee = await signedIn(['trainee']);
	const planner = await signedIn(['planner']);
	const { session, collection } = await book(planner, trainee);
	const held = fullest();
	const [[course]] = sql(`SELECT c.code FROM session s
		JOIN course c ON c.id = s.course_id WHERE s.id = ${held}`);

	try {
		grow();
		for (const statement of [
			'SELECT family FROM person WHERE given = "x"',
			'SELECT fields FROM draft WHERE form_key = "x"',
			'SELECT csrf FROM signin WHERE address = "x"'])
			is(scansOf(statement).length, 1,
				`a scan is found: ${statement}`);
		for (const path of ['/', '/catalogue',
			'/catalogue?tier=all&q=data&seats=1', `/courses/${course}`,
			`/sessions/${session}`, `/surveys/${collection}`])
			await noScans(trainee, path);
		for (const path of [`/sessions/${held}/dashboard`,
			`/sessions/${held}/analysis`, `/courses/${course}/analysis`,
			'/analysis?year=2024'])
			await noScans(planner, path);
	} finally {
		shrink();
	}
});
