#!/usr/bin/env node
/*
 * The pages everybody opens read no table of people, bookings or answers from
 * end to end: their cost does not grow with the city.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const { has, is, now, ok, signedIn, sleep, sql, test } = require('./lib.cjs');

const LARGE = ['person', 'posting', 'booking', 'submission', 'attendance',
	'completion', 'draft', 'signin', 'outbox', 'answer_open'];

const MANY = 100000;

/* As root: only root may see the statements of others. */
function root(statement) {
	return execFileSync('mariadb', ['--no-defaults', '--batch', '--raw',
		'--skip-column-names', `--socket=${process.env.DB_SOCKET}`,
		'--user=root', '--default-character-set=utf8mb4', 'terakoya',
		'-e', statement], { encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'] });
}

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
		has(root(`EXPLAIN SELECT * FROM ${table}`), `\t${MANY}\t`,
			`${table} is taken to be large`);
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
		AND argument LIKE '%.token\\_hash = %'`).trim().split('\n');

	is(own.length, 1, `${path} is made on one connection`);
	return root(`SELECT HEX(argument) FROM mysql.general_log
		WHERE command_type = 'Execute' AND thread_id = ${Number(own[0])}
		ORDER BY event_time`).split('\n')
		.map((line) => Buffer.from(line, 'hex').toString('utf8'))
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
	const plan = JSON.parse(root(`EXPLAIN FORMAT=JSON ${statement}`));

	for (const table of tablesOf(plan))
		if (large.has(table.table_name) &&
			['ALL', 'index'].includes(table.access_type))
			scans.push(`${large.get(table.table_name)}: ${statement}`);
	return scans;
}

/* A session to come that is open, with a seat for who comes here. */
function book(person) {
	const at = new Date(now()).toISOString().slice(0, 19).replace('T', ' ');
	const [[session, collection]] = sql(`SELECT s.id, c.id FROM session s
		JOIN collection c ON c.session_id = s.id AND c.moment = 'pre'
			AND c.state = 'open'
		WHERE s.state = 'open' AND s.starts_at > '${at}'
		ORDER BY s.id DESC LIMIT 1`);

	sql(`INSERT INTO booking (session_id, person_id, state, queue_no,
		changed_at) VALUES (${session}, ${person}, 'booked', 9999,
		'2024-04-01')`);
	return { session, collection };
}

test(async () => {
	const trainee = await signedIn(['trainee']);
	const planner = await signedIn(['planner']);
	const { session, collection } = book(trainee.id);
	const [[held, course]] = sql(`SELECT s.id, c.code FROM session s
		JOIN course c ON c.id = s.course_id WHERE s.state = 'held'
		ORDER BY s.booked DESC LIMIT 1`);

	grow();
	for (const statement of ['SELECT family FROM person WHERE given = "x"',
		'SELECT fields FROM draft WHERE form_key = "x"',
		'SELECT csrf FROM signin WHERE address = "x"'])
		is(scansOf(statement).length, 1, `a scan is found: ${statement}`);
	for (const [browser, path] of [
		[trainee, '/'],
		[trainee, '/catalogue'],
		[trainee, '/catalogue?tier=all&q=data&seats=1'],
		[trainee, `/courses/${course}`],
		[trainee, `/sessions/${session}`],
		[trainee, `/surveys/${collection}`],
		[planner, `/sessions/${held}/dashboard`],
		[planner, `/sessions/${held}/analysis`],
		[planner, `/courses/${course}/analysis`],
		[planner, '/analysis?year=2024'],
	]) {
		const statements = await statementsOf(browser, path);
		const scans = statements.flatMap(scansOf);

		ok(statements.length > 0, `${path} makes statements`);
		ok(scans.length === 0, `${path} reads no large table whole`,
			scans.join('\n'));
	}
	root("SET GLOBAL log_output = 'FILE'; TRUNCATE mysql.general_log");
});
