#!/usr/bin/env node
/*
 * A city goes on from a backup on another server: the same people sign in.
 */
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { Browser, has, is, ok, ownSite, person, send, test, until } =
	require('./lib.cjs');

/* The program is stopped here, so the test has a site of its own. */
ownSite(__filename, { WORKERS: '2' });

const { VAR, DB_URL, DB_SOCKET, TERAKOYA } = process.env;
const mariadb = join(__dirname, '../../tools/mariadb');
const folder = join(VAR, 'second/mariadb'), socket = join(folder, 'sock');

const pack = (to) => execFileSync(TERAKOYA, ['backup', to],
	{ encoding: 'utf8' }).trim();

function restore(file) {
	mkdirSync(join(VAR, 'second'));
	execFileSync(mariadb, ['start', folder,
		'--innodb-flush-log-at-trx-commit=0'], { stdio: 'inherit' });
	execFileSync('sh', ['-c', `zcat "$0" | mariadb --no-defaults -S "$1" \\
		-u terakoya_migrate terakoya`, file, socket]);
}

/* The program ends, and comes back with the other server behind it. */
async function moveTo(url) {
	process.kill(Number(process.env.SERVE_PID), 'SIGTERM');
	ok(await until(async () => (await send('GET', '/readyz')).status === 502),
		'the program ends');
	const env = { ...process.env, DB_URL: url };

	execFileSync(TERAKOYA, ['migrate'], { env: { ...env,
		MIGRATE_DB_URL: `${url}_migrate` } });
	return spawn(TERAKOYA, ['serve'], { env, stdio: 'ignore' });
}

/* Who signed in before the backup, in what the program serves now. */
async function goesOn(who, before, late) {
	const after = new Browser();

	is((await after.signIn(who.number)).status, 303,
		'the same number and password sign in');
	const again = await after.get('/account');

	is(again.status, 200, 'and see their page');
	has(again.text, '試験 花子', 'under their name');
	is((await after.get('/plans')).status, 200, 'in their roles');
	is((await new Browser().signIn(who.number, 'mado no hikari 8')).status,
		422, 'another password does not');
	is((await before.get('/account')).status, 200,
		'who was signed in still is');
	is((await new Browser().signIn(late.number)).status, 422,
		'what came after the backup is not there');
}

test(async () => {
	const who = person({ roles: ['trainee', 'planner'] });
	const before = new Browser();
	let serve = null;

	await before.signIn(who.number);
	const page = await before.get('/account');
	const file = pack(VAR);
	const late = person();

	is(page.status, 200, 'somebody signs in, and a backup is made');
	is((await new Browser().signIn(late.number)).status, 303,
		'somebody else comes after it');
	try {
		restore(file);
		serve = await moveTo(DB_URL.replace(DB_SOCKET, socket));
		ok(await until(async () =>
			(await send('GET', '/readyz')).status === 200),
		'the program serves from the restored database');
		await goesOn(who, before, late);
	} finally {
		if (serve) {
			serve.kill();
			await until(() => serve.exitCode !== null);
		}
		execFileSync(mariadb, ['stop', folder]);
	}
});
