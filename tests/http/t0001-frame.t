#!/usr/bin/env node
/*
 * What holds for every address: methods, headers, errors, limits.
 */
'use strict';
const net = require('node:net');
const { Browser, base, has, is, ok, parse, person, send, signedIn, sql, test } =
	require('./lib.cjs');

const JSON_TYPE = { Accept: 'application/json' };

async function health() {
	const live = await send('GET', '/healthz'), ready = await send('GET',
		'/readyz');

	is(live.text, 'ok\n', '/healthz says ok');
	is(ready.text, 'ready\n', '/readyz says ready');
	ok(!live.headers['set-cookie'], 'neither sets a cookie');
	const newest = sql('SELECT MAX(number) FROM schema_migration')[0][0];

	sql(`CREATE TABLE keep_migration AS SELECT * FROM schema_migration
		WHERE number = ${newest};
		DELETE FROM schema_migration WHERE number = ${newest}`);
	try {
		is((await send('GET', '/readyz')).status, 503,
			'a missing migration is not ready');
	} finally {
		sql(`INSERT INTO schema_migration SELECT * FROM keep_migration;
			DROP TABLE keep_migration`);
	}
	is((await send('GET', '/readyz')).status, 200, 'and then it is');
}

async function headers() {
	const page = await send('GET', '/sign-in');
	const policy = page.headers['content-security-policy'];

	is(page.status, 200, 'the sign-in page is open to everybody');
	for (const rule of ['default-src \'none\'', 'style-src \'self\'',
		'script-src \'self\'', 'img-src \'self\'', 'connect-src \'self\'',
		'form-action \'self\'', 'base-uri \'none\'',
		'frame-ancestors \'none\''])
		has(policy, rule, `the policy has ${rule}`);
	ok(!/unsafe|data:|\*/.test(policy), 'and nothing loose');
	is(page.headers['x-content-type-options'], 'nosniff', 'types hold');
	is(page.headers['referrer-policy'], 'same-origin',
		'no other site learns an address');
	has(page.headers['permissions-policy'], 'camera=()', 'no camera');
	is(page.headers['cross-origin-opener-policy'], 'same-origin',
		'no window of others');
	is(page.headers['cache-control'], 'no-store', 'pages are not kept');
	ok(!/nginx\/|terakoya/i.test(page.headers.server), 'no version is told');
	has(page.headers['set-cookie'][0], /^visit=.*HttpOnly; SameSite=Lax/,
		'the cookie before sign-in is closed as well');
	for (const path of ['/nope', '/static/nope.css', '/healthz'])
		has((await send('GET', path)).headers['content-security-policy'],
			'default-src \'none\'', `${path} has the policy too`);
}

async function errors() {
	const html = await send('GET', '/nope');

	is(html.status, 404, 'what is not there is 404');
	has(html.text, 'ページが見つかりません', 'in Japanese');
	has((await send('GET', '/nope?lang=en')).text, 'There is no such page',
		'or English');
	has(html.text, /<h1>[^<]+<\/h1>/, 'on a page of the product');
	const json = await send('GET', '/nope', { headers: JSON_TYPE });

	is(json.headers['content-type'], 'application/json; charset=utf-8',
		'JSON is answered with JSON');
	is(parse(json.text)?.error?.code, 'not_found', 'that has a code');
	ok(parse(json.text)?.error?.message, 'and a sentence');
	const outside = await send('GET', '/static/nope.css');

	is(outside.status, 404, 'a static file that is not there is 404');
	has(outside.text, /lang="ja"[^]*lang="en"/, 'in both languages');
	is(parse((await send('GET', '/static/nope.css', { headers: JSON_TYPE }))
		.text)?.error?.code, 'not_found', 'and in JSON');
	is((await send('GET', '/errors/404.html')).status, 404,
		'error pages have no address of their own');
	is((await send('GET', '/static/../http.inc')).status, 404,
		'nothing above the static files is served');
	is((await send('GET', '/static/%2e%2e/manifest.json')).status, 404,
		'however it is written');
	is((await send('GET', '/errors/error.css')).headers['content-type'],
		'text/css; charset=utf-8', 'error pages have their style');
}

async function methods() {
	const browser = await signedIn(['trainee']);

	for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
		const reply = await send(method, '/sign-in');

		is(reply.status, 405, `${method} is 405`);
		is(reply.headers.allow, 'GET, HEAD, POST',
			'and the reply says what is allowed');
	}
	is((await browser.get('/account/stay')).status, 405,
		'GET of an address that only takes POST is 405');
	is((await browser.post('/help')).status, 405, 'and the reverse');
	const head = await send('HEAD', '/help'), get = await send('GET', '/help');

	is(head.status, 200, 'HEAD is answered as GET is');
	is(head.text, '', 'without the body');
	ok(Math.abs(head.headers['content-length'] - get.headers['content-length'])
		< 9, 'with its length');
}

async function tokens() {
	const browser = await signedIn(['trainee']);
	const thief = await signedIn(['trainee']);

	is((await browser.post('/account/end-others', { csrf: '' })).status, 403,
		'a form without its token is refused');
	is((await browser.post('/account/end-others', { csrf: thief.csrf }))
		.status, 403, 'so is one with somebody else\'s');
	is((await browser.post('/account/end-others', {},
		{ 'Sec-Fetch-Site': 'cross-site' })).status, 403,
	'so is one that another site sent');
	is((await browser.post('/account/end-others', {},
		{ 'Sec-Fetch-Site': 'same-origin' })).status, 303,
	'the page\'s own is not');
	is((await new Browser().post('/sign-in', { login: 'a', password: 'b',
		csrf: 'x' })).status, 403, 'sign-in needs a token as well');
	is((await new Browser().post('/language', { lang: 'en' })).status, 403,
		'and so does the language');
	const first = new Browser(), second = new Browser();

	await first.get('/sign-in');
	await second.get('/sign-in');
	second.csrf = first.csrf;
	is((await second.post('/language', { lang: 'en' })).status, 403,
		'a token from another browser is refused before sign-in too');
}

async function identity() {
	const claims = { 'Remote-User': 'admin', 'X-Remote-User': 'admin',
		'X-Forwarded-User': 'admin', 'X-User': '1', 'X-Forwarded-For':
		'203.0.113.9', 'X-Real-IP': '203.0.113.9', Authorization:
		'Basic YWRtaW46YWRtaW4=', Proxy: 'http://evil.example',
		'Remote-Addr': '203.0.113.9', 'X-HTTP-Method-Override': 'POST' };

	is((await send('GET', '/account', { headers: claims })).status, 303,
		'no header makes somebody signed in');
	const browser = new Browser(claims);

	const who = person();

	await browser.signIn(who.number, 'nothing');
	is(sql(`SELECT address FROM audit WHERE action = 'signin.failed'
		AND object = 'person:${who.id}'`).join(' '), '127.0.0.1',
	'nor somebody from elsewhere');
}

async function limits() {
	const browser = await signedIn(['trainee']);
	const big = await browser.post('/account/password',
		{ new: 'a'.repeat(70000) });

	is(big.status, 413, 'a field over 64 KiB is 413');
	is((await browser.post('/account/password',
		{ new: 'a'.repeat(1100000) })).status, 413, 'so is a form over 1 MiB');
	const huge = await browser.post('/account/password',
		{ new: 'a'.repeat(9500000) });

	is(huge.status, 413, 'so is one that nginx stops');
	has(huge.text, /lang="ja"[^]*lang="en"/, 'with a page in both languages');
	is((await send('GET', `/help?${'a'.repeat(3000)}`)).status, 400,
		'an address over 2048 bytes is 400');
	const many = Array.from({ length: 2100 }, (_, i) => `f${i}=1`).join('&');

	is((await browser.send('POST', '/account/password', { body: many,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded',
			'Content-Length': many.length } })).status, 400,
	'more than 2000 fields are 400');
	is((await browser.send('POST', '/account/password', { body: '{}',
		headers: { 'Content-Type': 'application/json',
			'Content-Length': 2 } })).status, 400,
	'a body that is no form is 400');
	is((await send('GET', '/help', { headers: { Cookie: `a=${'b'.repeat(9000)}`,
	} })).status, 200, 'a cookie that is too long is left out');
}

async function badText() {
	is((await send('GET', '/%ff')).status, 400, 'a path that is no UTF-8 is 400');
	is((await send('GET', '/help?q=%c0%af')).status, 400,
		'so is a query');
	is((await send('GET', '/help?q=%00')).status, 400, 'so is a NUL');
	const browser = await signedIn(['trainee']);
	const body = `csrf=${browser.csrf}&new=%ed%a0%80`;

	is((await browser.send('POST', '/account/password', { body, headers: {
		'Content-Type': 'application/x-www-form-urlencoded',
		'Content-Length': body.length } })).status, 400, 'so is a form');
	const page = await send('GET',
		'/sign-in?back=%2F%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E');

	ok(!page.text.includes('<script>alert'), 'markup in a value stays text');
	const split = await send('GET', '/account?a=%0d%0aX-Evil:1');

	ok(!split.headers['x-evil'], 'a line end in an address makes no header');
}

/* A client that sends its body byte by byte holds no worker. */
async function slowBody() {
	const slow = Array.from({ length: 12 }, () => {
		const socket = net.connect(base.port, base.hostname);

		socket.on('error', () => {});
		socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\n' +
			'Content-Type: application/x-www-form-urlencoded\r\n' +
			'Content-Length: 1000\r\n\r\nlogin=');
		return socket;
	});

	await new Promise((done) => setTimeout(done, 300));
	const began = Date.now(), reply = await send('GET', '/healthz');

	is(reply.status, 200, 'twelve slow clients hold up nobody');
	ok(Date.now() - began < 3000, 'not for three seconds');
	for (const socket of slow)
		socket.destroy();
}

async function statics() {
	const page = await send('GET', '/sign-in');
	const css = page.text.match(/href="(\/static\/[^"]+\.css)"/)?.[1];
	const file = await send('GET', css, {
		headers: { 'Accept-Encoding': 'gzip' } });

	is(file.status, 200, 'the style sheet is there');
	has(file.headers['cache-control'], 'immutable', 'kept for ever');
	is(file.headers['content-encoding'], 'gzip', 'and comes compressed');
	for (const [, address] of page.text.matchAll(
		/(?:src|href|action)="([^#"][^"]*)"/g))
		ok(address.startsWith('/') && !address.startsWith('//'),
			`${address} is on our own site`);
}

async function audit() {
	const browser = await signedIn(['trainee']);
	let refused = 0;

	for (const what of ['UPDATE audit SET action = \'x\'',
		'DELETE FROM audit'])
		try {
			sql(`${what} WHERE person_id = ${browser.id}`);
		} catch {
			refused++;
		}
	is(refused, 2, 'the database refuses to change or delete audit rows');
}

test(async () => {
	for (const part of [health, headers, errors, methods, tokens, identity,
		limits, badText, slowBody, statics, audit])
		await part();
});
