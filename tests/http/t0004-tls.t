#!/usr/bin/env node
/*
 * The TLS variant of the site file, and a socket that systemd passes.
 */
'use strict';
const { execFileSync, spawn, spawnSync } = require('node:child_process');
const http = require('node:http');
const https = require('node:https');
const { mkdtempSync, rmSync, existsSync, readFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { has, is, ok, skip, sleep, test, until } = require('./lib.cjs');

const folder = mkdtempSync(join(tmpdir(), 'terakoya-tls-'));
const running = [];

const freePort = () => new Promise((done) => {
	const server = createServer().listen(0, '127.0.0.1', () => {
		const { port } = server.address();

		server.close(() => done(port));
	});
});

function get(library, options) {
	return new Promise((done) => {
		library.get({ host: '127.0.0.1', path: '/sign-in',
			rejectUnauthorized: false, agent: false, ...options },
		(reply) => {
			let text = '';

			reply.on('data', (part) => text += part);
			reply.on('end', () => done({ status: reply.statusCode,
				headers: reply.headers, text,
				protocol: reply.socket.getProtocol?.() }));
		}).on('error', (why) => done({ status: 0, headers: {},
			text: why.message }));
	});
}

function start(command, args, env = {}) {
	const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'],
		env: { ...process.env, ...env } });

	child.log = '';
	child.stderr.on('data', (part) => child.log += part);
	running.push(child);
	return child;
}

/* A site of its own beside the shared database: secure cookies, TLS. */
async function tls() {
	const port = await freePort(), secure = await freePort();
	const certificate = join(folder, 'cert'), key = join(folder, 'key');
	const socket = join(folder, 'serve.sock');

	execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
		'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj',
		'/CN=localhost', '-keyout', key, '-out', certificate],
	{ stdio: 'ignore' });
	start(process.env.TERAKOYA, ['serve'], { SOCKET: socket, WORKERS: '1',
		SECURE_COOKIES: '1' });
	const conf = execFileSync(join(__dirname, '../../tools/nginx-conf'), {
		encoding: 'utf8', env: { ...process.env, VAR: folder,
			SOCKET: socket, BIND: '127.0.0.1', PORT: port,
			TLS_PORT: secure, CERTIFICATE: certificate,
			CERTIFICATE_KEY: key } }).trim();
	const nginx = start('nginx', ['-p', join(folder, 'nginx'), '-e', 'stderr',
		'-c', conf, '-g', 'daemon off;']);

	ok(await until(async () => (await get(https, { port: secure }))
		.status === 200), 'the site answers over TLS', nginx.log);
	const page = await get(https, { port: secure });

	has(page.headers['strict-transport-security'], 'max-age=63072000',
		'browsers are told to stay with TLS');
	has(page.headers['set-cookie']?.[0], /^__Host-visit=.*; Secure$/,
		'cookies are for this host over TLS only');
	is(page.protocol, 'TLSv1.3', 'with the newest TLS');
	is((await get(https, { port: secure, maxVersion: 'TLSv1.2' })).status,
		200, 'or 1.2');
	is((await get(https, { port: secure, minVersion: 'TLSv1.1',
		maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).status, 0,
	'and nothing older');
	const plain = await get(http, { port });

	is(plain.status, 308, 'plain HTTP leads to TLS');
	is(plain.headers.location, `https://127.0.0.1:${secure}/sign-in`,
		'to the same page');
	ok(!plain.headers['set-cookie'], 'without a cookie');
}

/* An own configuration beside the site's, and what a GET of it is answered. */
async function limited(env, options) {
	const port = await freePort(), secure = await freePort();
	const at = mkdtempSync(join(folder, 'limited-'));
	const conf = execFileSync(join(__dirname, '../../tools/nginx-conf'), {
		encoding: 'utf8', env: { ...process.env, VAR: at,
			SOCKET: join(folder, 'serve.sock'), BIND: '127.0.0.1',
			PORT: port, TLS_PORT: secure,
			CERTIFICATE: join(folder, 'cert'),
			CERTIFICATE_KEY: join(folder, 'key'), ...env } }).trim();
	const nginx = start('nginx', ['-p', join(at, 'nginx'), '-e', 'stderr',
		'-c', conf, '-g', 'daemon off;']);
	const replies = [];

	await until(async () => (await get(http, { port })).status !== 0);
	for (const one of options)
		replies.push(await get(https, { port: secure, ...one }));
	nginx.kill('SIGTERM');
	return replies;
}

async function addresses() {
	const [near, far] = await limited({ ALLOW: '127.0.0.1 10.0.0.0/8' },
		[{}, { localAddress: '127.0.0.2' }]);

	is(near.status, 200, 'an address that may come comes in');
	is(far.status, 403, 'another one does not');
	has(far.text, 'この端末からは利用できません', 'and is told so');
	has(far.headers['content-security-policy'], "default-src 'none'",
		'under the usual policy');
}

/* The site's own certificate is its own authority here. */
async function certificates() {
	const cert = readFileSync(join(folder, 'cert'));
	const key = readFileSync(join(folder, 'key'));
	const [without, shown] = await limited({ CLIENT_CA: join(folder, 'cert') },
		[{}, { cert, key }]);

	is(without.status, 403, 'a device without a certificate stays out');
	has(without.text, 'この端末からは利用できません', 'and is told so');
	is(shown.status, 200, 'one that shows it comes in');
	is(spawnSync(join(__dirname, '../../tools/nginx-conf'), { env: {
		...process.env, VAR: folder, CLIENT_CA: '/ca', TLS_PORT: '' } })
		.status, 2, 'without TLS nobody can show one');
}

/* What systemd does: it listens, and passes the descriptor. */
async function passedSocket() {
	const socket = join(folder, 'passed.sock');
	const ask = () => spawnSync('cgi-fcgi', ['-bind', '-connect', socket], {
		encoding: 'utf8', env: { PATH: process.env.PATH,
			REQUEST_METHOD: 'GET', REQUEST_URI: '/healthz' } }).stdout;

	if (spawnSync('which', ['systemd-socket-activate', 'cgi-fcgi'])
		.status !== 0) {
		skip('no systemd-socket-activate or cgi-fcgi here');
		return;
	}
	const child = start('systemd-socket-activate', ['-l', socket, '-E', 'VAR',
		'-E', 'DB_URL', '-E', 'CONTENT', '-E', 'SQL', '-E', 'ASSETS',
		process.env.TERAKOYA, 'serve']);

	await until(() => existsSync(socket));
	has(ask(), /Status: 200 OK[^]*ok\n$/,
		'a descriptor passed by systemd is served');
	child.kill('SIGTERM');
	await until(() => child.exitCode !== null || child.signalCode);
	ok(existsSync(socket), 'and the socket stays with systemd');
}

/* Two servers on one socket would answer in turns. */
function onlyOne() {
	const second = spawnSync(process.env.TERAKOYA, ['serve'],
		{ encoding: 'utf8', timeout: 5000 });

	is(second.status, 1, 'a second server on the same socket does not start');
	has(second.stderr, 'another server is running', 'and says why');
	ok(readFileSync(join(process.env.VAR, 'log/serve'), 'utf8')
		.includes('event=ready'), 'the first one is not disturbed');
}

test(async () => {
	try {
		await tls();
		await addresses();
		await certificates();
		await passedSocket();
		onlyOne();
	} finally {
		for (const child of running)
			child.kill('SIGTERM');
		await sleep(300);
		rmSync(folder, { recursive: true, force: true });
	}
});
