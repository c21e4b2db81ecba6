#!/usr/bin/env node
/*
 * Processes come and go, and nobody notices more than they must.
 */
'use strict';
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const { cpSync, existsSync, mkdtempSync, readFileSync, rmSync,
	writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Browser, has, is, ok, ownSite, person, send, sleep, test, until } =
	require('./lib.cjs');

/* Processes are stopped here, so the test has a site and views of its own. */
if (!process.env.OWN_SITE) {
	const content = mkdtempSync(join(tmpdir(), 'terakoya-content-'));

	process.on('exit', () => rmSync(content, { recursive: true }));
	cpSync(join(__dirname, '../../content'), content, { recursive: true });
	ownSite(__filename, { MAY_DIE: '1', WORKERS: '4', CONTENT: content });
}

const serve = Number(process.env.SERVE_PID);
const log = () => readFileSync(join(process.env.VAR, 'log/serve'), 'utf8');
const workers = () => spawnSync('pgrep', ['-P', String(serve)],
	{ encoding: 'utf8' }).stdout.split('\n').filter(Boolean).map(Number);

/* Eight clients ask for a page over and over while something is done. */
async function underLoad(path, during) {
	const seen = {};
	let on = true;
	const clients = Array.from({ length: 8 }, async () => {
		while (on) {
			const { status } = await send('GET', path);

			seen[status] = (seen[status] || 0) + 1;
		}
	});

	await sleep(200);
	await during();
	await sleep(200);
	on = false;
	await Promise.all(clients);
	return seen;
}

async function replacesDead() {
	const before = workers();

	is(before.length, 4, 'there are as many workers as were asked for');
	process.kill(before[0], 'SIGKILL');
	ok(await until(() => workers().length === 4 &&
		!workers().includes(before[0])), 'one that is killed is replaced');
	has(log(), 'event=worker_died signal=9', 'and the log says so');
	const seen = await underLoad('/sign-in', async () => {
		for (let i = 0; i < 5; i++) {
			process.kill(workers()[0], 'SIGKILL');
			await sleep(200);
		}
	});
	const good = seen[200] || 0;
	const lost = Object.entries(seen).reduce((sum, [status, n]) =>
		sum + (status === '200' ? 0 : n), 0);

	ok(good > 50, 'others answer meanwhile');
	ok(lost <= 5, 'at most the request in hand is lost with its worker',
		JSON.stringify(seen));
}

async function reloads() {
	const seen = await underLoad('/sign-in', async () => {
		for (let i = 0; i < 10; i++) {
			process.kill(serve, 'SIGHUP');
			await sleep(150);
		}
	});

	is(Object.keys(seen).join(), '200', 'ten reloads under load fail nothing');
	ok(seen[200] > 100, 'and there was load');
	ok(await until(() => workers().length === 4),
		'afterwards there are as many workers as before');
	has(log(), 'event=reloaded', 'the log says that it reloaded');
}

/* What is read again shows; what cannot be read changes nothing. */
async function readsAgain() {
	const view = join(process.env.CONTENT, 'views/help.mustache');
	const before = readFileSync(view, 'utf8');
	const reload = (event) => {
		const n = log().split(event).length;

		process.kill(serve, 'SIGHUP');
		return until(() => log().split(event).length > n);
	};

	writeFileSync(view, `${before}<p onclick="{{x}}">broken</p>`);
	ok(await reload('event=reload_refused'), 'a view that is refused is said');
	is((await send('GET', '/help')).status, 200, 'and the old one stays');
	writeFileSync(view, `${before}<p>now with more</p>`);
	ok(await reload('event=reloaded'), 'a good one is taken');
	ok(await until(async () => (await send('GET', '/help')).text
		.includes('now with more')), 'and shows');
	writeFileSync(view, before);
}

async function databaseAway() {
	const who = person(), browser = new Browser();

	await browser.signIn(who.number);
	is((await browser.get('/account')).status, 200, 'signed in, a page shows');
	const tools = join(__dirname, '../../tools/mariadb');
	const folder = join(process.env.VAR, 'mariadb');

	execFileSync(tools, ['stop', folder]);
	const away = await browser.get('/account');

	is(away.status, 503, 'without its database the page is 503');
	has(away.text, 'もう一度お試しください', 'and says to try again');
	ok(away.headers['retry-after'], 'also to machines');
	is((await browser.json('/account')).data?.error?.code, 'busy',
		'JSON has its code');
	is((await send('GET', '/healthz')).status, 200,
		'/healthz does not need a database');
	is((await send('GET', '/readyz')).status, 503, '/readyz does');
	execFileSync(tools, ['start', folder,
		'--innodb-flush-log-at-trx-commit=0'], { stdio: 'ignore' });
	ok(await until(async () => (await browser.get('/account')).status === 200),
		'when it is back, so is the page, and nobody was signed out');
	const again = [];

	for (let i = 0; i < 12; i++)
		again.push((await browser.get('/account')).status);
	ok(again.filter((status) => status !== 200).length === 0,
		'every worker has found it', again.join());
}

async function drains() {
	const who = person(), browsers = Array.from({ length: 6 }, () =>
		new Browser());

	/* Sign-ins take tens of milliseconds each: they are in hand below. */
	await Promise.all(browsers.map((browser) => browser.get('/sign-in')));
	const slow = browsers.map((browser) => browser.post('/sign-in',
		{ login: who.number, password: 'wrong' }));

	await sleep(60);
	process.kill(serve, 'SIGTERM');
	const seen = (await Promise.all(slow)).map((reply) => reply.status);

	ok(seen.filter((status) => status === 422).length >= 1,
		'what is in hand is finished', seen.join());
	ok(await until(() => !workers().length && log().includes('event=stopped')),
		'and then all processes end');
	const gone = await send('GET', '/healthz');

	is(gone.status, 502, 'without the product nginx answers');
	has(gone.text, /lang="ja"[^]*lang="en"/, 'with its own page');
	ok(gone.headers['content-security-policy'], 'under the same policy');
}

/* As systemd does: it holds the socket, and starts the program for it. */
const HOLDER = `use Socket; use POSIX ();
	$^F = 3; my ($path, $program) = @ARGV; unlink $path;
	socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die $!;
	bind($s, sockaddr_un($path)) or die $!; chmod 0666, $path;
	listen($s, 512) or die $!; POSIX::dup2(fileno($s), 3); $| = 1;
	while (<STDIN>) {
		my $pid = fork;
		if (!$pid) {
			$ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = 1;
			open STDIN, '<', '/dev/null';
			exec $program, 'serve';
		}
		print "$pid\n";
	}`;

async function activatedBySystemd() {
	const holder = spawn('perl', ['-e', HOLDER, process.env.SOCKET,
		process.env.TERAKOYA], { stdio: ['pipe', 'pipe', 'ignore'] });
	const start = () => new Promise((done) => {
		holder.stdout.once('data', (text) => done(Number(text)));
		holder.stdin.write('start\n');
	});
	const first = await start();

	ok(await until(async () => (await send('GET', '/healthz')).status === 200),
		'a socket that is passed on is listened to');
	process.kill(first, 'SIGTERM');
	ok(await until(() => spawnSync('pgrep', ['-P', String(first)],
		{ encoding: 'utf8' }).stdout === ''), 'the program ends');
	ok(existsSync(process.env.SOCKET),
		'and leaves the socket, which is not its own');
	const waiting = send('GET', '/healthz');

	await sleep(300);
	const second = await start();

	is((await waiting).status, 200,
		'a request meanwhile waits for the next start and is answered');
	process.kill(second, 'SIGTERM');
	holder.stdin.end();
	await until(() => spawnSync('pgrep', ['-P', String(second)],
		{ encoding: 'utf8' }).stdout === '');
}

test(async () => {
	for (const part of [replacesDead, reloads, readsAgain, databaseAway, drains,
		activatedBySystemd])
		await part();
});
