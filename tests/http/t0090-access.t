#!/usr/bin/env node
/*
 * Every address as every role: docs/access.md says who may use what, and the
 * product does what it says.
 *
 * After a route was added or changed: tests/http/t0090-access.t --write, and
 * read the difference before it is committed.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Browser, is, ok, ownSite, parse, person, test } =
	require('./lib.cjs');

const root = join(__dirname, '../..');
const file = join(root, 'docs/access.md');
const columns = ['anyone', 'trainee', 'head', 'trainer', 'planner', 'admin'];
const head = `# Who may use which address

A row per route; \`tests/http/t0090-access.t\` asks for each of them as each role and compares. A page also looks at the object:
a trainer sees the own sessions only, a head the own section, a trainee the own record. "anyone" needs no sign-in.

| Method | Address | ${columns.join(' | ')} |
|---|---|${columns.map(() => ':-:').join('|')}|
`;

function routes() {
	return JSON.parse(execFileSync(process.env.TERAKOYA || join(root,
		`build/${process.env.BUILD || 'debug'}/terakoya`),
	['check', 'routes'], { encoding: 'utf8' }))
		.sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1
			: a.method < b.method ? -1 : 1);
}

const row = (route) => `| ${route.method} | \`${route.path}\` | ${columns
	.map((name) => route.who.includes('anyone') || route.who.includes(name)
		? 'yes' : '–').join(' | ')} |`;

if (process.argv[2] === '--write') {
	writeFileSync(file, `${head}${routes().map(row).join('\n')}\n`);
	process.exit(0);
}

/* Forms are sent for real, so the test has a site of its own. */
ownSite(__filename);

/* The table as it is written: "GET /path" to the set of columns. */
function table() {
	const rows = new Map();

	for (const line of readFileSync(file, 'utf8').split('\n')) {
		const cells = line.split('|').map((cell) => cell.trim());

		if (cells[1] !== 'GET' && cells[1] !== 'POST')
			continue;
		rows.set(`${cells[1]} ${cells[2].replaceAll('`', '')}`,
			new Set(columns.filter((_, i) => cells[3 + i] === 'yes')));
	}
	return rows;
}

/* An address of the pattern, of something that is not there. */
const fill = (path) => path.replace(/:(\w+)/g, (_, name) =>
	/id|collection|session|unit/.test(name) ? '999999999' : 'not-there');

/* May this browser use it? null: the product broke. */
function judge(reply) {
	if (reply.status === 0 || reply.status >= 500)
		return null;
	if (reply.status === 401)
		return false;
	if (reply.status === 403)
		return parse(reply.text)?.error?.code !== 'forbidden' && null;
	return true;
}

async function ask(browser, route) {
	const headers = { Accept: 'application/json' };
	const path = fill(route.path);

	if (route.method === 'GET')
		return browser.send('GET', path, { headers });
	await browser.get('/help');
	return browser.post(path, {}, headers);
}

/* What may end the sign-in, and with it the walk. */
const ENDS = /^\/(sign-|account)/;

async function walk(name, all, written) {
	const people = name === 'anyone' ? null : person({ roles: [name] });
	const login = async () => {
		const browser = new Browser();

		if (people)
			await browser.signIn(people.number);
		return browser;
	};
	let browser = await login();
	const wrong = [];

	for (const route of all) {
		const reply = await ask(browser, route);
		const may = judge(reply), key = `${route.method} ${route.path}`;

		if (may !== Boolean(written.get(key)?.has(name)))
			wrong.push(`${key}: ${reply.status} ${may}`);
		if (route.method === 'POST' && ENDS.test(route.path))
			browser = await login();
	}
	is(wrong.join('\n'), '', `${name} may do what the table says, and no more`);
}

test(async () => {
	const all = routes(), written = table();
	const keys = all.map((route) => `${route.method} ${route.path}`);

	is(keys.filter((key) => !written.has(key)).join('\n'), '',
		'every route stands in docs/access.md');
	is([...written.keys()].filter((key) => !keys.includes(key)).join('\n'), '',
		'and nothing else does');
	is(new Set(keys).size, keys.length, 'no address is there twice');
	ok(all.length >= 10, 'there are routes at all');
	for (const name of columns)
		await walk(name, all, written);
});
