#!/usr/bin/env node
/*
 * What got its receipt is stored, once: while 20 people submit, a worker is
 * killed each second, and MariaDB is killed once and started again.
 *
 * 15 seconds; DURABLE_SECONDS=60 for a longer look.
 */
'use strict';
const { execFileSync, spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { filled, is, keyOf, ok, ownSite, signedIn, sleep, sql, test } =
	require('./lib.cjs');

ownSite(__filename, { MAY_DIE: '1',
	MARIADB_OPTIONS: '--innodb-flush-log-at-trx-commit=1' +
		' --innodb-flush-method=fsync' });

const seconds = Number(process.env.DURABLE_SECONDS) || 15;
const clients = 20, collections = 40 * seconds;
const folder = join(process.env.VAR, 'mariadb');
let stopped = false;

/* Surveys at large, every second one with nothing that links an answer. */
function prepare() {
	const [[version]] = sql(`SELECT version_id FROM survey
		WHERE code = 'pre-all.dx-basics'`);
	const rows = Array.from({ length: collections }, (_, i) =>
		`(${version}, 'atlarge', '${i % 2 ? 'unlinked' : 'named'}', 'open')`);

	sql(`INSERT INTO collection (version_id, moment, mode, state) VALUES
		${rows.join()}`);
	return sql(`SELECT id FROM collection WHERE moment = 'atlarge'
		ORDER BY id`).map(([id]) => id);
}

/* Surveys at large are for people who work here. */
function givePost(people) {
	sql(`INSERT INTO unit (code, kind, name, valid_from) VALUES
		('H1', 'section', '試験課', '2020-01-01');
		INSERT INTO posting (person_id, unit_id, tier_id, valid_from)
		SELECT p.id, LAST_INSERT_ID(), (SELECT MIN(id) FROM tier),
			'2020-01-01' FROM person p
		WHERE p.id IN (${people.map((who) => who.id).join()})`);
}

/* Until the answer is the one that people wait for, as a person would. */
async function insist(ask, good, counts) {
	for (;;) {
		const reply = await ask();

		if (good(reply))
			return reply;
		counts[reply.status] = (counts[reply.status] || 0) + 1;
		await sleep(50);
		if (stopped && counts.after++ > 400)
			throw new Error(`no way through: ${reply.status} ${
				reply.text.slice(0, 300)}`);
	}
}

/* One person answers survey after survey; what got a receipt is noted. */
async function answerAll(who, all, receipts, counts) {
	for (const id of all) {
		if (stopped)
			return;
		const form = await insist(() => who.get(`/surveys/${id}`),
			(reply) => reply.status === 200, counts);
		const fields = { _key: keyOf(form), _page: '1', ...filled(form),
			_do: 'submit' };
		const submit = () => who.post(`/surveys/${id}`, fields);

		await insist(submit, (reply) =>
			reply.headers.location === `/receipts/${id}`, counts);
		receipts.push(`${id} ${who.id}`);
		/* Now and then a second click, whose reply may be lost. */
		if (receipts.length % 3 === 0)
			await submit();
	}
}

async function killWorkers() {
	let killed = 0;

	while (!stopped) {
		await sleep(1000);
		const pids = spawnSync('pgrep', ['-P', process.env.SERVE_PID],
			{ encoding: 'utf8' }).stdout.split('\n').filter(Boolean);

		if (pids.length && !stopped) {
			process.kill(Number(pids[Math.floor(Math.random() *
				pids.length)]), 'SIGKILL');
			killed++;
		}
	}
	return killed;
}

async function killDatabase() {
	const pid = () => Number(readFileSync(join(folder, 'pid'), 'utf8'));
	const before = pid();

	await sleep(seconds * 400);
	process.kill(before, 'SIGKILL');
	await sleep(500);
	execFileSync(join(__dirname, '../../tools/mariadb'), ['start', folder,
		'--innodb-flush-log-at-trx-commit=1'], { stdio: 'ignore' });
	return pid() !== before;
}

test(async () => {
	const all = prepare(), receipts = [], counts = { after: 0 };
	const people = await Promise.all(Array.from({ length: clients },
		() => signedIn(['trainee'])));

	givePost(people);
	const work = people.map((who) => answerAll(who, all, receipts, counts));
	const killers = [killWorkers(), killDatabase()];

	await sleep(seconds * 1000);
	const restarted = await killers[1];

	stopped = true;
	await Promise.all(work);
	const killed = await killers[0];

	ok(killed >= seconds / 2, `${killed} workers were killed on the way`);
	ok(restarted, 'the database was killed and came back');
	ok(receipts.length > clients, `${receipts.length} receipts were had`);
	ok(Object.keys(counts).length > 1, 'and not everything went smoothly',
		JSON.stringify(counts));
	console.log(`# other replies: ${JSON.stringify(counts)}`);

	const done = new Set(sql('SELECT collection_id, person_id FROM completion')
		.map((row) => row.join(' ')));

	is(receipts.filter((key) => !done.has(key)).length, 0,
		'nobody with a receipt counts as open');
	const named = new Set(sql(`SELECT collection_id, person_id FROM submission
		WHERE person_id IS NOT NULL`).map((row) => row.join(' ')));
	const isNamed = new Set(sql(`SELECT id FROM collection
		WHERE mode = 'named'`).map(([id]) => id));

	is(receipts.filter((key) => isNamed.has(key.split(' ')[0]) &&
		!named.has(key)).length, 0, 'no answer with a receipt is missing');
	is(sql(`SELECT c.id FROM collection c WHERE
		(SELECT COUNT(*) FROM submission s WHERE s.collection_id = c.id) <>
		(SELECT COUNT(*) FROM completion d WHERE d.collection_id = c.id)`)
		.length, 0, 'each survey has as many answers as people who answered');
	is(sql(`SELECT collection_id FROM submission WHERE person_id IS NOT NULL
		GROUP BY collection_id, person_id HAVING COUNT(*) > 1`).length, 0,
	'nobody\'s answers are there twice');
});
