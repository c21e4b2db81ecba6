#!/usr/bin/env node
/*
 * People sign in and out; guessing, stolen and forgotten browsers are stopped.
 */
'use strict';
const { Browser, PASSWORD, has, is, ok, person, signedIn, sleep, sql, test } =
	require('./lib.cjs');

const cookieOf = (reply, name) => (reply.headers['set-cookie'] || [])
	.find((line) => line.startsWith(`${name}=`)) || '';

async function signsIn() {
	const who = person(), browser = new Browser();
	const page = await browser.get('/sign-in?back=/account');

	is(page.status, 200, 'the sign-in page is there');
	has(page.text, 'value="/account"', 'it keeps where to go back to');
	const visit = browser.cookies.get('visit');
	const reply = await browser.post('/sign-in', { login: who.number,
		password: PASSWORD, back: '/account' });
	const cookie = cookieOf(reply, 'terakoya');

	is(reply.status, 303, 'the right password is answered with a redirect');
	is(reply.headers.location, '/account', 'it leads back to the page');
	has(cookie, /^terakoya=[\w-]{43};/, 'the cookie holds 32 random bytes');
	has(cookie, 'HttpOnly', 'no script can read the cookie');
	has(cookie, 'SameSite=Lax', 'no other site can send the cookie');
	ok(!/Max-Age|Expires/i.test(cookie), 'it goes with the browser');
	ok(!browser.cookies.has('visit') && visit,
		'the cookie from before sign-in is forgotten');
	const token = browser.cookies.get('terakoya');
	const kept = sql(`SELECT COUNT(*) FROM signin WHERE person_id = ${who.id}
		AND HEX(token_hash) <> HEX(FROM_BASE64('${token
	.replace(/-/g, '+').replace(/_/g, '/')}='))`);

	is(kept[0][0], '1', 'the database holds a hash, not the token');
	is((await browser.get('/account')).status, 200,
		'a signed-in person sees the account page');
	const again = await browser.get('/sign-in?back=/help');

	is(again.headers.location, '/help', 'who is signed in need not again');
}

/* Passwords here are hashed at the lowest cost, as none of today is. */
async function hashesAnew() {
	const who = person({ mustSet: 1 });
	const account = () => sql(`SELECT password_hash, password_at, must_set
		FROM account WHERE person_id = ${who.id}`)[0];
	const [old, since] = account();

	await new Browser().signIn(who.number, 'not the password');
	is(account()[0], old, 'a wrong password leaves the hash as it is');
	await new Browser().signIn(who.number);
	const [fresh, at, mustSet] = account();

	has(fresh, /^\$argon2id\$v=19\$m=65536,t=2,p=1\$/,
		'a hash of a lower cost is made anew by its owner');
	is(at, since, 'which makes the password no younger');
	is(mustSet, '1', 'and lets nobody off choosing a first one');
	is((await new Browser().signIn(who.number)).status, 303,
		'the same password goes with it');
	is(account()[0], fresh, 'and it stays from then on');
}

async function otherWaysToWrite() {
	const who = person();
	const ways = {
		'full-width digits': who.number.replace(/[0-9]/g, (digit) =>
			String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
		'small letters and blanks': ` ${who.number.toLowerCase()} `,
		'the e-mail address': `${who.number}@City.Example`,
	};

	for (const [name, login] of Object.entries(ways)) {
		const reply = await new Browser().signIn(login);

		is(reply.status, 303, `${name} work as well`);
	}
}

async function staysOnOwnSite() {
	const bad = ['//evil.example/', 'https://evil.example/', '/\\evil.example',
		'javascript:alert(1)', '/\t/evil.example', ''];

	for (const back of bad) {
		const who = person(), browser = new Browser();

		await browser.get('/sign-in');
		const reply = await browser.post('/sign-in', { login: who.number,
			password: PASSWORD, back });

		is(reply.headers.location, '/',
			`back=${JSON.stringify(back)} leads home`);
	}
}

/* The quickest of four replies to a wrong password: what it takes at least. */
async function quickest(login) {
	const times = [];

	for (let i = 0; i < 4; i++)
		times.push((await new Browser().signIn(login, `guess ${i}`)).ms);
	return Math.min(...times);
}

/* Who signed in once has a hash that takes as long as those of today. */
async function takesAsLong() {
	const who = person();

	await new Browser().signIn(who.number);
	const wrong = await quickest(who.number);
	const nobody = await quickest('H-nobody');

	ok(nobody > wrong / 3 && wrong > nobody / 3,
		'a number that is nobody\'s takes as long as a wrong password',
		`${nobody} ms, ${wrong} ms`);
}

async function tellsNothing() {
	const who = person(), browser = new Browser();
	const wrong = await browser.signIn(who.number, 'not the password');
	const nobody = await browser.signIn('H-nobody', 'not the password');
	const sentence = (reply) => reply.text.match(/id="login-error">.*?<\/p>/s)
		?.[0];

	is(wrong.status, 422, 'a wrong password shows the form again');
	is(nobody.status, 422, 'so does a number that is nobody\'s');
	ok(sentence(wrong)?.length > 30, 'with a sentence', sentence(wrong));
	is(sentence(nobody), sentence(wrong), 'and both with the same one');
	ok(!wrong.text.includes('not the password'),
		'the password is not in the page');
	await takesAsLong();
	is((await browser.post('/sign-in', { login: '', password: '' })).status,
		422, 'empty fields are said, not guessed');
}

async function locks() {
	const who = person(), limit = 10;

	for (let i = 0; i < limit; i++)
		await new Browser().signIn(who.number, `guess ${i}`);
	const locked = await new Browser().signIn(who.number);

	is(locked.status, 422, 'after ten wrong ones the right one fails too');
	is(sql(`SELECT failures FROM account WHERE person_id = ${who.id}`)[0][0],
		'10', 'a locked account counts no further');
	sql(`UPDATE account SET locked_until = '2000-01-01'
		WHERE person_id = ${who.id}`);
	is((await new Browser().signIn(who.number, 'guess')).status, 422,
		'after the lock a wrong one is wrong');
	is(sql(`SELECT failures FROM account WHERE person_id = ${who.id}`)[0][0],
		'1', 'and counts as the first');
	is((await new Browser().signIn(who.number)).status, 303,
		'and the right one is right again');
	is(sql(`SELECT failures FROM account WHERE person_id = ${who.id}`)[0][0],
		'0', 'which takes the count back');
}

async function guessesAtOnce() {
	const who = person();

	await Promise.all(Array.from({ length: 24 }, (_, i) =>
		new Browser().signIn(who.number, `guess ${i}`)));
	const [failures, checked] = sql(`SELECT failures, (SELECT COUNT(*)
		FROM audit WHERE object = 'person:${who.id}'
		AND detail LIKE '%wrong%') FROM account
		WHERE person_id = ${who.id}`)[0];

	is(failures, '10', '24 guesses at once are counted to the limit');
	is(checked, '10', 'and no more than ten were looked at');
}

async function rotates() {
	const who = person(), browser = new Browser();

	await browser.signIn(who.number);
	const first = browser.cookies.get('terakoya');
	const planted = new Browser();

	planted.cookies.set('terakoya', first);
	/* Signed in already: the form is refused its token without a page. */
	await planted.get('/account');
	await planted.post('/sign-in', { login: who.number, password: PASSWORD });
	ok(planted.cookies.get('terakoya') !== first,
		'each sign-in has a new session id');
	is((await browser.get('/account')).status, 303,
		'and the one before is worth nothing');
}

async function signsOut() {
	const browser = await signedIn(['trainee']);
	const token = browser.cookies.get('terakoya');
	const reply = await browser.post('/sign-out');

	is(reply.headers.location, '/sign-in', 'signing out leads to the page');
	ok(!browser.cookies.has('terakoya'), 'the cookie is gone');
	const page = await browser.get('/sign-in');

	has(page.text, 'サインアウトしました', 'the page says that it worked');
	has((await browser.get('/sign-in')).text, /<h1>/, 'once');
	ok(!(await browser.get('/sign-in')).text.includes('サインアウトしました'),
		'and not again');
	const thief = new Browser();

	thief.cookies.set('terakoya', token);
	is((await thief.get('/account')).status, 303,
		'a copy of the old cookie is worth nothing');
}

/* Each worker remembers who is signed in, but no longer than it is true. */
async function allWorkersKnow() {
	const browser = await signedIn(['trainee']), copies = [];

	for (let i = 0; i < 32; i++) {
		copies.push(new Browser());
		copies[i].cookies.set('terakoya', browser.cookies.get('terakoya'));
	}
	const before = await Promise.all(copies.map((b) => b.get('/account')));

	await browser.post('/sign-out');
	const after = await Promise.all(copies.map((b) => b.get('/account')));

	ok(before.every((reply) => reply.status === 200),
		'every worker has seen the cookie');
	ok(after.every((reply) => reply.status === 303),
		'and none takes it when its browser has signed out');
}

async function endsOthers() {
	const who = person(), one = new Browser(), two = new Browser();

	await one.signIn(who.number);
	await two.signIn(who.number);
	const page = await one.get('/account');

	has(page.text, '/account/end-others', 'two browsers: ending one is offered');
	is((await one.post('/account/end-others')).status, 303, 'it is done');
	is((await two.get('/account')).status, 303, 'the other one is out');
	is((await one.get('/account')).status, 200, 'this one is not');
}

async function timesOut() {
	const browser = await signedIn(['trainee']);
	const seen = (minutes) => sql(`UPDATE signin SET seen_at =
		seen_at - INTERVAL ${minutes} MINUTE WHERE person_id = ${browser.id}`);

	seen(29);
	is((await browser.get('/account')).status, 200, '29 idle minutes are fine');
	const [[age]] = sql(`SELECT TIMESTAMPDIFF(SECOND, seen_at, created_at)
		FROM signin WHERE person_id = ${browser.id}`);

	ok(Math.abs(Number(age)) < 60, 'and a request makes them none');
	seen(31);
	const out = await browser.get('/account');

	is(out.status, 303, '31 are not');
	is(out.headers.location, '/sign-in?back=/account',
		'the way leads to the sign-in page and back');
	is((await browser.get('/catalogue?tier=T2&q=%E7%A0%94')).headers.location,
		'/sign-in?back=/catalogue%3Ftier%3DT2%26q%3D%25E7%25A0%2594',
		'with everything the address said');
	const post = await browser.post('/account/password', { new: 'x' });

	is(post.headers.location, '/sign-in?back=/account/password',
		'a form sent too late leads back to the form');
	const api = await browser.json('/account');

	is(api.status, 401, 'a script is told 401');
	is(api.data?.error?.code, 'signed_out', 'with a code');
}

async function lastsADayAtMost() {
	const browser = await signedIn(['trainee']);

	sql(`UPDATE signin SET created_at = created_at - INTERVAL 13 HOUR
		WHERE person_id = ${browser.id}`);
	is((await browser.get('/account')).status, 303,
		'after twelve hours even a busy sign-in ends');
}

async function staysOnRequest() {
	const browser = await signedIn(['trainee']);
	const reply = await browser.send('POST', '/account/stay', { headers: {
		Accept: 'application/json', 'X-CSRF-Token': browser.csrf } });

	is(reply.status, 200, 'the answer to the warning needs no form');
	has(reply.text, '"idle_seconds":1800', 'and says how long it lasts now');
	is((await browser.send('POST', '/account/stay', { headers: {
		Accept: 'application/json' } })).status, 403,
	'but it needs the token');
}

async function firstPassword() {
	const who = person({ mustSet: 1 }), browser = new Browser();
	const reply = await browser.signIn(who.number);
	const fresh = 'yoru no hoshi 12';

	is(reply.headers.location, '/account/password',
		'the first sign-in leads to a new password');
	is((await browser.get('/account')).headers.location, '/account/password',
		'and every other page as well');
	await browser.get('/account/password');
	const bad = {
		short: ['short', 'short'],
		'with the own number': [`${who.number}abcdef`, `${who.number}abcdef`],
		common: ['password123', 'password123'],
		'typed in two ways': [fresh, `${fresh}3`],
		'the same as before': [PASSWORD, PASSWORD],
	};

	for (const [name, [first, again]] of Object.entries(bad))
		is((await browser.post('/account/password',
			{ new: first, again })).status, 422, `one that is ${name} is not taken`);
	is((await browser.post('/account/password',
		{ new: fresh, again: fresh })).headers.location, '/',
	'a good one leads home');
	is((await browser.get('/account')).status, 200, 'and opens every page');
	is((await new Browser().signIn(who.number)).status, 422,
		'the old one is worth nothing');
	is((await new Browser().signIn(who.number, fresh)).status, 303,
		'the new one works');
}

/* Workers look at settings every two seconds. */
async function oldPassword() {
	const browser = await signedIn(['trainee']);
	const days = async (n) => {
		sql(`UPDATE setting SET value = '${n}'
			WHERE name = 'password.max_age_days'`);
		await sleep(2300);
	};

	sql(`UPDATE account SET password_at = '2001-01-01'
		WHERE person_id = ${browser.id}`);
	is((await browser.get('/account')).status, 200,
		'without a rule a password may be old');
	await days(90);
	is((await browser.get('/account')).headers.location,
		'/account/password', 'with one it must be changed');
	await days(0);
}

async function changesPassword() {
	const browser = await signedIn(['trainee']), other = new Browser();
	const fresh = 'umi no kaze 2024';

	await other.signIn(browser.number);
	is((await browser.post('/account/password', { now: 'wrong', new: fresh,
		again: fresh })).status, 422, 'a change needs the current password');
	is((await browser.post('/account/password', { now: PASSWORD, new: fresh,
		again: fresh })).headers.location, '/account', 'with it, it is done');
	is((await other.get('/account')).status, 303,
		'and other browsers are signed out');
}

async function switchedOff() {
	const browser = await signedIn(['trainee']);

	sql(`UPDATE account SET is_disabled = 1 WHERE person_id = ${browser.id}`);
	is((await browser.get('/account')).status, 303,
		'an account that is switched off is out at once');
	is((await new Browser().signIn(browser.number)).status, 422,
		'and cannot come in');
	sql(`UPDATE account SET is_disabled = 0 WHERE person_id = ${browser.id};
		UPDATE person SET left_on = '2020-01-01' WHERE id = ${browser.id}`);
	is((await new Browser().signIn(browser.number)).status, 422,
		'nor can somebody who left');
}

async function isWrittenDown() {
	const browser = await signedIn(['trainee']);
	const rows = sql(`SELECT action, is_ok, address FROM audit
		WHERE object = 'person:${browser.id}' ORDER BY id`);

	is(rows[0]?.[0], 'signin.ok', 'a sign-in is in the audit log');
	is(rows[0]?.[1], '1', 'as allowed');
	ok(/^[0-9a-f.:]+$/.test(rows[0]?.[2]), 'with its address');
	await new Browser().signIn(browser.number, 'wrong');
	const failed = sql(`SELECT person_id, is_ok, detail FROM audit WHERE
		object = 'person:${browser.id}' AND action = 'signin.failed'`);

	is(failed[0]?.join(' '), 'NULL 0 {"reason":"wrong"}',
		'a failure is there too, and is nobody\'s');
}

async function language() {
	const browser = new Browser({ 'Accept-Language': 'en-US,en;q=0.9' });

	has((await browser.get('/sign-in')).text, 'lang="en"',
		'the browser\'s language is taken');
	await browser.post('/language', { lang: 'ja', back: '/sign-in' });
	has((await browser.get('/sign-in')).text, '<html lang="ja"',
		'a choice counts more');
	has((await browser.get('/sign-in?lang=en')).text, '<html lang="en"',
		'the address counts most');
	has((await browser.get('/sign-in')).text, '<html lang="ja"',
		'for that page only');
	const who = person();

	await browser.signIn(who.number);
	await browser.get('/account');
	await browser.post('/language', { lang: 'en', back: '/account' });
	const elsewhere = new Browser();

	await elsewhere.signIn(who.number);
	has((await elsewhere.get('/account')).text, '<html lang="en"',
		'the account keeps it for the next browser');
}

test(async () => {
	for (const part of [signsIn, hashesAnew, otherWaysToWrite, staysOnOwnSite,
		tellsNothing, locks, guessesAtOnce, rotates, signsOut, allWorkersKnow,
		endsOthers, timesOut, lastsADayAtMost, staysOnRequest, firstPassword,
		oldPassword, changesPassword, switchedOff, isWrittenDown, language])
		await part();
});
