#!/usr/bin/env node
/*
 * A survey in steps, without scripts: what was typed stays, whichever way
 * people go, in two tabs, and when the line breaks as they submit.
 */
'use strict';
const http = require('node:http');
const { Browser, base, formOf, has, is, keyOf, ok, signedIn, sleep, sql, test,
	until } = require('./lib.cjs');

const CODE = `steps-${process.pid}`;
const DOCUMENT = `<survey code="${CODE}"><title><ja>三段の試験票</ja></title>
<purpose><ja>試験</ja></purpose>
<short-text key="name" required="yes"><text><ja>一つめ</ja></text></short-text>
<multiple key="many"><text><ja>いくつでも</ja></text>
<option key="a"><ja>あ</ja></option><option key="b"><ja>い</ja></option>
</multiple>
<page-break/>
<short-text key="two" required="yes"><text><ja>二つめ</ja></text></short-text>
<page-break/>
<short-text key="three"><text><ja>三つめ</ja></text></short-text></survey>`;

/* A planner publishes it; a session of its own asks one person. */
async function publish() {
	const planner = await signedIn(['planner']);
	const reply = await planner.upload('/surveys', { _do: 'publish' },
		{ field: 'document', name: 'a.xml', type: 'text/xml',
			bytes: DOCUMENT });

	is(reply.status, 303, 'a survey of three steps is published');
	return sql(`SELECT version_id FROM survey WHERE code = '${CODE}'`)[0][0];
}

let run = 8000 + process.pid % 1000;

function ask(version, who) {
	return sql(`INSERT INTO session (course_id, version_id, fiscal_year,
		run_no, seats, state, starts_at, ends_at, is_synthetic)
		SELECT id, version_id, 2099, ${++run}, 60, 'open',
		'2099-12-20 00:00', '2099-12-20 03:00', 1 FROM course
		WHERE code = 'dx-basics';
		SET @s = LAST_INSERT_ID();
		INSERT INTO collection (version_id, session_id, moment, mode, state)
		VALUES (${version}, @s, 'pre', 'named', 'open');
		SET @c = LAST_INSERT_ID();
		INSERT INTO booking (session_id, person_id, state, queue_no,
		changed_at) VALUES (@s, ${who.id}, 'booked', 1, '2024-04-01');
		SELECT @c`)[0][0];
}

const submissions = (id) => Number(sql(`SELECT COUNT(*) FROM submission
	WHERE collection_id = ${id}`)[0][0]);
const kept = (page, name) => page.text.match(
	new RegExp(`name="${name}"[^>]*value="([^"]*)"`))?.[1] ?? '';

/* What a form without scripts sends for one step, and where that leads. */
async function send(who, id, step, what, fields) {
	const page = await who.get(`/surveys/${id}?page=${step}`);

	return who.post(`/surveys/${id}`, { _key: keyOf(page),
		_page: String(step), _do: what, ...fields });
}

async function backAndForth(version) {
	const who = await signedIn(['trainee']), id = ask(version, who);
	const at = (page) => `/surveys/${id}?page=${page}`;
	const first = await who.get(`/surveys/${id}`);

	ok(first.text.includes('一つめ') && !first.text.includes('二つめ'),
		'the first step shows its own questions only');
	ok(!/value="back"/.test(first.text), 'and no way back');
	const lacking = await send(who, id, 1, 'next', { name: '', many: 'b' });

	is(lacking.status, 422, 'a step is not left with a question unanswered');
	has(lacking.text, /id="many-b" checked/, 'and keeps what was ticked');
	is((await send(who, id, 1, 'next', { name: '山田', many: 'a' }))
		.headers.location, at(2), 'then the second step comes');
	is((await send(who, id, 2, 'back', { two: '途中' })).headers.location,
		at(1), 'back is free, also from a half-filled step');
	const again = await who.get(at(1));

	is(kept(again, 'name'), '山田', 'the first step is as it was left');
	has(again.text, /id="many-a" checked/, 'with its ticks');
	is((await send(who, id, 1, 'next', { name: '山田' })).headers.location,
		at(2), 'a tick is taken back and the way goes on');
	is(kept(await who.get(at(2)), 'two'), '途中',
		'the second step kept what was half typed');
	ok(!/id="many-a" checked/.test((await who.get(at(1))).text),
		'and the tick stays away');
	await send(who, id, 2, 'next', { two: '二' });
	const review = await send(who, id, 3, 'review', { three: '三' });

	is(review.headers.location, `/surveys/${id}/review`,
		'the last step leads to the review');
	const shown = await who.get(review.headers.location);

	ok(['山田', '二', '三'].every((word) => shown.text.includes(word)),
		'which shows the answers of all three');
	is((await who.get(`/surveys/${id}?page=4`)).status, 200,
		'a step that is not there is the first');
	is(submissions(id), 0, 'nothing is stored before the last button');
	return { who, id };
}

/* The tab that is behind cannot undo what the other one said elsewhere. */
async function twoTabs(version) {
	const who = await signedIn(['trainee']), id = ask(version, who);
	const left = await who.get(`/surveys/${id}`);
	const fields = (page, step, more) => ({ _key: keyOf(page),
		_page: String(step), ...more });

	await who.post(`/surveys/${id}`, fields(left, 1, { _do: 'next',
		name: '左' }));
	await send(who, id, 2, 'next', { two: '左の二' });
	await who.post(`/surveys/${id}`, fields(left, 1, { _do: 'save',
		name: '右' }));
	is(kept(await who.get(`/surveys/${id}?page=2`), 'two'), '左の二',
		'saving the first step in an old tab leaves the second');
	is(kept(await who.get(`/surveys/${id}`), 'name'), '右',
		'and of one step the last word counts');
	const old = await who.get(`/surveys/${id}?page=2`);

	await send(who, id, 3, 'review', { three: '' });
	await submit(who, id);
	is((await who.post(`/surveys/${id}`, fields(old, 2, { _do: 'next',
		two: '遅れて' }))).headers.location, `/receipts/${id}`,
	'after submitting, the other tab comes to the receipt');
	is(submissions(id), 1, 'and adds nothing');
	is(sql(`SELECT text FROM answer WHERE collection_id = ${id}
		AND item_key = 'two' AND text IS NOT NULL`)[0][0], '左の二',
	'nor does it change what was submitted');
}

/* The form of the review page: every answer, and the button. */
async function reviewed(who, id) {
	const page = await who.get(`/surveys/${id}/review`);
	const fields = { _do: 'submit' };

	for (const [, name, value] of page.text.matchAll(
		/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
		if (!name.startsWith('csrf'))
			fields[name] = value;
	return fields;
}

async function submit(who, id) {
	return who.post(`/surveys/${id}`, await reviewed(who, id));
}

/*
 * The line breaks after so many bytes of the form, or once all of it is out:
 * nobody sees a reply.
 */
function sendAndLose(who, id, fields, most = Infinity) {
	const body = Buffer.from(formOf({ csrf: who.csrf, ...fields }));
	const gone = body.subarray(0, most);

	return new Promise((done) => {
		const rq = http.request({ host: base.hostname, port: base.port,
			method: 'POST', path: `/surveys/${id}`, headers: {
				Cookie: [...who.cookies].map((c) => c.join('=')).join('; '),
				'Content-Type': 'application/x-www-form-urlencoded',
				'Content-Length': body.length } });

		rq.on('error', () => done());
		rq.write(gone, () => setTimeout(() => {
			rq.destroy();
			done();
		}, 20));
	});
}

/* The line broke in the middle of the form: half a form is none. */
async function halfArrives({ who, id }) {
	const fields = await reviewed(who, id);

	await sendAndLose(who, id, fields, 200);
	await sleep(300);
	is(submissions(id), 0, 'half a form stores nothing');
	is((await who.get(`/surveys/${id}/review`)).status, 200,
		'and the answers wait at the review');
}

/* All of it arrived, and only the reply was lost. */
async function replyIsLost({ who, id }) {
	const fields = await reviewed(who, id);

	await sendAndLose(who, id, fields);
	ok(await until(() => submissions(id) === 1),
		'a whole form is stored though nobody hears of it');
	is((await who.post(`/surveys/${id}`, fields)).headers.location,
		`/receipts/${id}`, 'sending the same form again leads to the receipt');
	is(submissions(id), 1, 'and one submission is stored');
	const number = (page) => page.text.match(
		/<strong class="nowrap">([^<]+)</)?.[1];
	const elsewhere = new Browser();

	await elsewhere.signIn(who.number);
	const one = number(await who.get(`/receipts/${id}`));

	ok(one && one === number(await elsewhere.get(`/receipts/${id}`)),
		'with one number, also from another machine');
	is((await who.post(`/surveys/${id}`, fields)).headers.location,
		`/receipts/${id}`, 'and a third time');
	is(submissions(id), 1, 'changes nothing');
}

test(async () => {
	const version = await publish();
	const done = await backAndForth(version);

	await twoTabs(version);
	await halfArrives(done);
	await replyIsLost(done);
});
