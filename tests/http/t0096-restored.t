#!/usr/bin/env node
/*
 * A city goes on from a backup on another server: the same people sign in.
 */
'use strict';
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');
const { Browser, has, is, ok, person, send, sleep, test } =
	require('./lib.cjs');

/* The program is stopped here, so the test has a site of its own. */
if (!process.env.OWN_SITE) {
	const { status } = spawnSync(join(__dirname, '../with-server'),
		[__filename], { stdio: 'inherit', env: { ...process.env,
			OWN_SITE: '1', DEMO: '0', WORKERS: '2' } });

	process.exit(status);
}

const { VAR, DB_URL, DB_SOCKET, TERAKOYA } = process.env;
const mariadb = join(__dirname, '../../tools/mariadb');
const folder = join(VAR, 'second/mariadb'), socket = join(folder, 'sock');

/* Until it holds, for ten seconds at most. */
async function until(holds) {
	for (let i = 0; i < 100; i++) {
		if (await holds())
			return true;
		await sleep(100);
	}
	return false;
}

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
	await until(async () => (await send('GET', '/readyz')).status === 502);
	const env = { ...process.env, DB_URL: url };

	execFileSync(TERAKOYA, ['migrate'], { env: { ...env,
		MIGRATE_DB_URL: `${url}_migrate` } });
	return spawn(TERAKOYA, ['serve'], { env, stdio: 'ignore' });
}

test(async () => {
	const who = person({ roles: ['trainee', 'planner'] });
	const before = new Browser();

	await before.signIn(who.number);
	const page = await before.get('/account');
	const file = pack(VAR);
	const late = person();

	is(page.status, 200, 'somebody signs in, and a backup is made');
	restore(file);
	const serve = await moveTo(DB_URL.replace(DB_SOCKET, socket));

	try {
		ok(await until(async () =>
			(await send('GET', '/readyz')).status === 200),
		'the program serves from the restored database');
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
	} finally {
		serve.kill();
		await until(() => serve.exitCode !== null);
		execFileSync(mariadb, ['stop', folder]);
	}
});
