#!/usr/bin/env node
/*
 * A form that is sent after the sign-in has ended is not lost: the same person
 * sends it after signing in again, and nobody else sees or sends it.
 */
'use strict';
const { Browser, PASSWORD, has, is, ok, person, signedIn, sleep, sql, test } =
	require('./lib.cjs');

/* So long idle that it is over; workers remember a sign-in for a second. */
async function expire(who) {
	sql(`UPDATE signin SET seen_at = seen_at - INTERVAL 2 HOUR
		WHERE person_id = ${who.id}`);
	await sleep(1100);
}

const made = (title) => sql(`SELECT HEX(evidence_text) FROM proposal
	WHERE title = '${title}'`).map(([hex]) => Buffer.from(hex, 'hex')
	.toString('utf8'));
const fieldsIn = (text) => Object.fromEntries([...text.matchAll(
	/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
	([, name, value]) => [name, value.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>').replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'").replace(/&amp;/g, '&')]));
const signIn = (browser, asked, who, password = PASSWORD) =>
	browser.post('/sign-in', { ...fieldsIn(asked.text.match(
		/<form[^>]*id="sign-in">[\s\S]*?<\/form>/)[0]),
	login: who.number, password });

const WORDS = ' 現状は"紙"です。\n<b>二行目</b> & \'三\' \n';
let count = 0;

/* A planner whose form comes too late; the page that answers. */
async function late(fields = {}, { headers, spoil = (x) => x } = {}) {
	const who = await signedIn(['planner']);
	const title = `遅れた提案${who.number}${++count}`;
	const csrf = who.csrf;

	await expire(who);
	const asked = await who.post('/proposals', spoil({ csrf, title,
		evidence: WORDS, ...fields }), headers);

	return { who, title, asked };
}

async function samePerson() {
	const { who, title, asked } = await late();

	is(asked.status, 401, 'a form that comes too late is answered by the sign-in');
	has(asked.text, '入力し直さずに送信できます', 'which says that nothing is lost');
	ok(!asked.text.includes('二行目'), 'and shows nothing of it to a passer-by');
	const wrong = await signIn(who, asked, who, 'not the password');

	is(wrong.status, 422, 'a wrong password is said');
	ok(!wrong.text.includes('二行目'), 'still nothing is shown');
	const shown = await signIn(who, wrong, who);

	is(shown.status, 200, 'the right one shows the form again');
	has(shown.text, '&lt;b&gt;二行目&lt;/b&gt;', 'and what was written');
	has(shown.text, 'action="/proposals"', 'for the place it was meant for');
	is(made(title).length, 0, 'nothing is sent unasked');
	const fields = fieldsIn(shown.text);

	is((await who.post('/proposals', { ...fields, csrf: 'x' })).status, 403,
		'without a token of now it is refused');
	is((await who.post('/proposals', fields)).status, 303,
		'a press sends it');
	is(made(title).length, 1, 'and it is there');
	is(made(title)[0], WORDS.trim(),
		'as it was written');
}

async function otherPerson() {
	const { title, asked, who } = await late();
	const other = person({ roles: ['planner'] });
	const reply = await signIn(who, asked, other);

	is(`${reply.status} ${reply.headers.location}`, '303 /',
		'another person who signs in comes home');
	const home = await who.get('/');

	has(home.text, '別の方のものか', 'is told that something was left');
	ok(!home.text.includes('二行目'), 'and sees nothing of it');
	is(made(title).length, 0, 'nothing was sent');
}

async function onlyOurForms() {
	const wrong = await late({}, { spoil: (x) => ({ ...x, csrf: 'x'.repeat(86) }) });

	is(`${wrong.asked.status} ${wrong.asked.headers.location}`,
		'303 /sign-in?back=/proposals',
		'a form without the token of that sign-in is not carried');
	const site = await late({}, { headers: { 'Sec-Fetch-Site': 'cross-site' } });

	is(site.asked.status, 303, 'nor one that another site sent');
	const stranger = new Browser();

	await stranger.get('/sign-in');
	is((await stranger.post('/proposals', { title: 'x' })).status, 303,
		'nor one of a browser that was never signed in');
	const json = await late({}, { headers: { Accept: 'application/json' } });

	is(json.asked.status, 401, 'a script is told');
	ok(json.asked.headers['content-type'].startsWith('application/json'),
		'in its own way');
}

async function sealed() {
	const { who, asked } = await late();
	const value = asked.text.match(/name="carry_0" value="([\w-]+)"/)[1];
	const spoilt = `${value.slice(0, 60)}${value[60] === 'A' ? 'B' : 'A'}` +
		value.slice(61);

	for (const [what, text] of [['changed', spoilt], ['cut', value.slice(0, 90)],
		['none', ''], ['nonsense', '!'.repeat(50)], ['short', 'AAAA']]) {
		const browser = new Browser();

		await browser.get('/sign-in');
		const reply = await browser.post('/sign-in', { login: who.number,
			password: PASSWORD, carry_0: text });

		is(`${reply.status} ${reply.headers.location}`, '303 /',
			`what is sealed and ${what} is nothing`);
	}
}

async function sizes() {
	const large = await late({ evidence: `長い${'あ'.repeat(21000)}終`,
		issue: 'x'.repeat(60000), effect: 'y'.repeat(60000) });

	is(large.asked.status, 401, 'a long form is carried');
	const names = [...large.asked.text.matchAll(/name="(carry_\d)"/g)];

	ok(new Set(names.map(([, name]) => name)).size > 3, 'in several parts');
	const shown = await signIn(large.who, large.asked, large.who);

	is(fieldsIn(shown.text).evidence.length, 21003, 'whole');
	is(fieldsIn(shown.text).effect.length, 60000, 'to its end');
	const quoted = '"\n'.repeat(30000);
	const escaped = await late({ issue: quoted, effect: quoted, timing: quoted });

	is(escaped.asked.status, 401, 'and one of quotation marks and lines, too');
	ok(fieldsIn((await signIn(escaped.who, escaped.asked, escaped.who)).text)
		.timing === quoted, 'though sealing makes it twice as long');
	const huge = await late(Object.fromEntries(Array.from({ length: 5 },
		(_, i) => [`f${i}`, 'z'.repeat(60000)])));

	is(huge.asked.status, 303, 'one over the limit is not, and the sign-in comes');
	const many = await late(Object.fromEntries(Array.from({ length: 1900 },
		(_, i) => [`f${i}`, 'z'])));

	is(many.asked.status, 401, 'many fields are carried');
	is(Object.keys(fieldsIn((await signIn(many.who, many.asked, many.who)).text))
		.filter((name) => /^f\d/.test(name)).length, 1900, 'all of them');
}

async function notCarried() {
	const who = await signedIn(['admin', 'planner']);

	await expire(who);
	const csrf = who.csrf;
	const password = await who.post('/account/password', { csrf,
		now: PASSWORD, new: 'katsuo no tataki 9' });

	is(password.status, 303, 'passwords are not carried');
	ok(!password.text.includes('katsuo'), 'nor shown');
	who.csrf = csrf;
	is((await who.upload('/admin/import', { as_of: '2024-04-01' }, { field: 'file',
		name: 'p.csv', type: 'text/csv', bytes: 'x' })).status, 303,
	'nor files');
	who.csrf = csrf;
	is((await who.post('/findings/compute', { csrf })).status, 303,
		'nor a button with nothing behind it');
}

/* Signed in again in another tab: the form has the token of before. */
async function otherTab() {
	const who = await signedIn(['planner']);
	const title = `別のタブ${who.number}`;
	const form = { csrf: who.csrf, title, evidence: WORDS };

	await expire(who);
	await who.signIn(who.number);
	const asked = await who.post('/proposals', form);

	is(asked.status, 409, 'a form of an earlier sign-in is shown again');
	has(asked.text, '二行目', 'with what was written');
	is(made(title).length, 0, 'and not sent unasked');
	is((await who.post('/proposals', fieldsIn(asked.text))).status, 303,
		'a press sends it');
	const other = await signedIn(['planner']);

	is((await other.post('/proposals', form)).status, 403,
		'by another person it is refused');
	await who.get('/account');
	is((await who.post('/admin/settings', { csrf: who.csrf, x: '1' })).status, 403,
		'what the role does not allow stays refused');
}

/* Two tabs ask for the sign-in; it is given in one, then in the other. */
async function twoTabs() {
	const who = await signedIn(['planner']);
	const titles = [1, 2].map((n) => `二つのタブ${who.number}${n}`);
	const { csrf } = who;

	await expire(who);
	const asked = [];

	for (const title of titles)
		asked.push(await who.post('/proposals', { csrf, title, evidence: WORDS }));
	const plain = await who.get('/sign-in?back=/plans');
	const one = await signIn(who, asked[0], who);
	const two = await signIn(who, asked[1], who);

	is(`${one.status} ${two.status}`, '200 200', 'both tabs come to their form');
	for (const [i, shown] of [one, two].entries()) {
		has(shown.text, titles[i], 'which is its own');
		is((await who.post('/proposals', fieldsIn(shown.text))).status, 303,
			'and is sent by a press');
	}
	const third = await signIn(who, plain, who);

	is(`${third.status} ${third.headers.location}`, '303 /plans',
		'a third tab without a form goes on');
	const other = person({ roles: ['planner'] });

	is((await signIn(who, plain, other)).status, 403,
		'with another number it is refused: nobody acts as somebody else');
}

/* Half a day later it is too late. */
async function tooOld() {
	const { who, asked } = await late();
	const move = (sign) => sql(`UPDATE setting SET
		value = value ${sign} 46800000 WHERE name = 'clock.offset_ms'`);

	move('+');
	await sleep(2200);
	const reply = await signIn(who, asked, who);

	move('-');
	is(`${reply.status} ${reply.headers.location}`, '303 /',
		'what is older than half a day is not sent');
	await sleep(2200);
}

test(async () => {
	await samePerson();
	await otherPerson();
	await onlyOurForms();
	await sealed();
	await sizes();
	await notCarried();
	await otherTab();
	await twoTabs();
	await tooOld();
});
