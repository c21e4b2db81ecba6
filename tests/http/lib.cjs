/*
 * lib.cjs: what the HTTP tests share: TAP, a browser without a screen, SQL.
 *
 * A test runs beside tests/with-server, which names the site in BASE_URL and
 * the database in DB_SOCKET. Staff numbers made here start with "H".
 */
'use strict';
const { execFileSync, spawnSync } = require('node:child_process');
const http = require('node:http');
const { randomInt } = require('node:crypto');
const { join } = require('node:path');

const base = new URL(process.env.BASE_URL || 'http://localhost:8080');
let count = 0, failed = 0;

/* The sentence holds; details are printed when it does not. */
function ok(good, sentence, details) {
	count++;
	console.log(`${good ? '' : 'not '}ok ${count} - ${sentence}`);
	if (!good) {
		failed++;
		if (details !== undefined)
			console.log(`# ${String(details).replace(/\n/g, '\n# ')
				.slice(0, 2000)}`);
	}
	return good;
}

function is(got, want, sentence) {
	return ok(got === want, sentence, `got ${got}, want ${want}`);
}

function has(text, part, sentence) {
	return ok(part instanceof RegExp ? part.test(text)
		: String(text).includes(part), sentence,
	`no ${part} in: ${String(text).slice(0, 600)}`);
}

/* There is something to check: a loop over nothing says nothing. */
function some(list, sentence, least = 1) {
	return ok(list?.length >= least, `there are some: ${sentence}`,
		`${list?.length}, want ${least}`);
}

/* What cannot be checked here, and why. */
function skip(why) {
	console.log(`ok ${++count} # SKIP ${why}`);
}

/* Run a test: an async function. Whatever it throws is a failure. */
function test(body) {
	Promise.resolve().then(body).catch((why) => {
		ok(false, `the test runs to its end: ${why.message}`, why.stack);
	}).then(() => {
		console.log(`1..${count}`);
		process.exitCode = failed ? 1 : 0;
	});
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/* Until it holds, for ten seconds at most; false: it never did. */
async function until(holds) {
	for (let i = 0; i < 100; i++) {
		if (await holds())
			return true;
		await sleep(100);
	}
	return false;
}

/*
 * The test in this file runs on a site of its own, without the demo: it stops
 * processes, or nothing else may be in the database. Comes back there only.
 */
function ownSite(file, env = {}) {
	if (process.env.OWN_SITE === file)
		return;
	const { status } = spawnSync(join(__dirname, '../with-server'), [file],
		{ stdio: 'inherit', env: { ...process.env, OWN_SITE: file,
			DEMO: '0', ...env } });

	process.exit(status ?? 1);
}

/* One request. Never follows, never throws on a status; code 0: no reply. */
function send(method, path, { headers = {}, body = null, agent, from } = {}) {
	return new Promise((done) => {
		const began = Date.now();
		const rq = http.request({
			host: base.hostname, port: base.port, method, path, headers,
			...(from && { localAddress: from, family: 4 }),
			agent: agent || new http.Agent({ keepAlive: false }),
		}, (reply) => {
			const parts = [];

			reply.on('data', (part) => parts.push(part));
			reply.on('error', () => done({ status: 0, headers: {},
				text: '' }));
			reply.on('end', () => {
				const bytes = Buffer.concat(parts);

				done({ status: reply.statusCode,
					headers: reply.headers, bytes,
					text: bytes.toString('utf8'),
					ms: Date.now() - began });
			});
		});

		rq.on('error', (why) => done({ status: 0, headers: {}, text: '',
			why: why.message }));
		rq.end(body);
	});
}

const formOf = (fields) => new URLSearchParams(fields).toString();

/*
 * A browser: keeps cookies, knows the form token of the last page. from is
 * the address it comes from (127.0.0.0/8), for tests with so many that the
 * limit of one address would stop them.
 */
class Browser {
	constructor(headers = {}, from = undefined) {
		this.cookies = new Map();
		this.headers = headers;
		this.from = from;
		this.csrf = '';
	}

	async send(method, path, { headers = {}, body = null } = {}) {
		const cookie = [...this.cookies]
			.map(([name, value]) => `${name}=${value}`).join('; ');
		const reply = await send(method, path, { body, from: this.from,
			headers: {
			...(cookie && { Cookie: cookie }), ...this.headers,
			...headers } });

		for (const line of reply.headers['set-cookie'] || []) {
			const [, name, value] = line.match(/^([^=]+)=([^;]*)/);

			if (/Max-Age=0/i.test(line))
				this.cookies.delete(name);
			else
				this.cookies.set(name, value);
		}
		const token = reply.text.match(/name="csrf" value="([^"]+)"/);

		if (token)
			this.csrf = token[1];
		return reply;
	}

	get(path, headers = {}) {
		return this.send('GET', path, { headers });
	}

	json(path) {
		return this.send('GET', path, {
			headers: { Accept: 'application/json' },
		}).then((reply) => ({ ...reply, data: parse(reply.text) }));
	}

	/* POST a form; the token is added unless it is there ('' is sent). */
	post(path, fields = {}, headers = {}) {
		const body = formOf('csrf' in fields ? fields
			: { csrf: this.csrf, ...fields });

		return this.send('POST', path, { body, headers: {
			'Content-Type': 'application/x-www-form-urlencoded',
			'Content-Length': Buffer.byteLength(body), ...headers } });
	}

	/* POST a form with a file: { field, name, type, bytes }. */
	upload(path, fields, file) {
		const edge = `----${randomInt(1e9)}`;
		const part = (name, more) => `--${edge}\r\nContent-Disposition: ` +
			`form-data; name="${name}"${more}`;
		const body = Buffer.concat([...Object.entries({ csrf: this.csrf,
			...fields }).map(([name, value]) => Buffer.from(
			part(name, `\r\n\r\n${value}\r\n`))),
		Buffer.from(part(file.field, `; filename="${file.name}"\r\n` +
			`Content-Type: ${file.type}\r\n\r\n`)),
		Buffer.from(file.bytes), Buffer.from(`\r\n--${edge}--\r\n`)]);

		return this.send('POST', path, { body, headers: {
			'Content-Type': `multipart/form-data; boundary=${edge}`,
			'Content-Length': body.length } });
	}

	/* A page, then its form's address: the way people come. */
	async signIn(login, password = PASSWORD) {
		await this.get('/sign-in');
		return this.post('/sign-in', { login, password });
	}
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/* What the server answers to an account: lines of columns between tabs. */
function ask(user, statement) {
	return execFileSync('mariadb', ['--no-defaults', '--batch', '--raw',
		'--skip-column-names', `--socket=${process.env.DB_SOCKET}`,
		`--user=${user}`, '--default-character-set=utf8mb4',
		'terakoya', '-e', statement], { encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'] });
}

const rows = (text) => text.split('\n').slice(0, -1)
	.map((line) => line.split('\t'));

/* Rows of a statement, each an array of texts, by the migrating account. */
const sql = (statement) => rows(ask('terakoya_migrate', statement));

/* The same as root, who alone sees what others do. */
const root = (statement) => rows(ask('root', statement));

/* The product's now: the demo programme plays in a year of its own. */
function now() {
	return Date.now() + Number(sql(`SELECT value FROM setting
		WHERE name = 'clock.offset_ms'`)[0][0]);
}

/* The password of people made here; the hash is cheap, tests are many. */
const PASSWORD = 'mado no hikari 7';
const HASH = '$argon2id$v=19$m=8,t=1,p=1$T6QSzCO5qHgba6TkXaiN4Q' +
	'$Ir8nF27ATJFy10kziTb7VZMfwiT/54bTQfw0sXdjXgs';

/* A new person who can sign in; the staff number and the row id. */
function person({ roles = ['trainee'], mustSet = 0 } = {}) {
	const number = `H${String(randomInt(1e9)).padStart(9, '0')}`;
	const id = sql(`INSERT INTO person (staff_number, family, given,
		family_kana, given_kana, email, is_synthetic) VALUES
		('${number}', '試験', '花子', 'シケン', 'ハナコ',
		 '${number.toLowerCase()}@city.example', 1);
		SET @id = LAST_INSERT_ID();
		INSERT INTO account (person_id, password_hash, must_set)
			VALUES (@id, '${HASH}', ${mustSet});
		${roles.map((role) => `INSERT INTO person_role (person_id, role,
			granted_at) VALUES (@id, '${role}', '2024-04-01');`)
		.join('')} SELECT @id`)[0][0];

	return { number, id };
}

/* A browser that is signed in as a new person of these roles. */
async function signedIn(roles, from) {
	const who = person({ roles });
	const browser = new Browser({}, from);
	const reply = await browser.signIn(who.number);

	if (reply.status !== 303)
		throw new Error(`sign-in says ${reply.status}`);
	await browser.get('/account');
	return Object.assign(browser, who);
}

/*
 * The model of the page of an analysis. Asked for as by the button when it is
 * not there yet: the round of the jobs comes once a minute.
 */
async function analysed(browser, path) {
	for (let i = 0; i < 600; i++) {
		const { data } = await browser.json(path);

		if (data.kept)
			return data;
		if (data.state === 'never')
			await browser.post(path);
		await sleep(200);
	}
	throw new Error(`no analysis at ${path} after two minutes`);
}

/* One part of the analysis that is kept of a scope. */
const keptOf = (part, scope, id) => JSON.parse(sql(`SELECT JSON_EXTRACT(
	result, '$.parts.${part}') FROM analysis WHERE scope = '${scope}'
	AND scope_id = ${id}`)[0][0]);

/* What a survey's form carries to be stored once. */
const keyOf = (page) => page.text.match(/name="_key" value="([\w-]{43})"/)[1];

/* The first option of every question, as a browser would send it. */
function filled(page) {
	const fields = {};

	for (const [, name, value] of page.text.matchAll(
		/<input type="radio" name="([^"]+)" value="([^"]+)"/g))
		fields[name] ??= value;
	return fields;
}

module.exports = { Browser, PASSWORD, analysed, base, filled, formOf, has, is,
	keptOf, keyOf, now, ok, ownSite, parse, person, root, send, signedIn, skip,
	sleep, some, sql, test, until };
