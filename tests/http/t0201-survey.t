#!/usr/bin/env node
/*
 * People answer a survey: drafts are kept, one person's answers are stored
 * once, and who may see what holds.
 */
'use strict';
const { Browser, filled, has, is, keyOf, ok, signedIn, sleep, sql, test } =
	require('./lib.cjs');

const COURSE = 'dx-basics';
const versionOf = (template) => sql(`SELECT version_id FROM survey
	WHERE code = '${template}.${COURSE}'`)[0][0];
const [[courseId, courseVersion]] = sql(`SELECT id, version_id FROM course
	WHERE code = '${COURSE}'`);
let runs = 9000 + (process.pid % 1000) * 10;

/* A session far ahead with a trainer, and one collection. */
function session({ moment = 'pre', mode = 'paired', trainer = null,
	state = 'open', template = 'pre-all' } = {}) {
	const id = sql(`INSERT INTO session (course_id, version_id, fiscal_year,
		run_no, seats, state, starts_at, ends_at, is_synthetic) VALUES
		(${courseId}, ${courseVersion}, 2099, ${++runs}, 60, 'open',
		 '2099-12-20 00:00', '2099-12-20 03:00', 1);
		SELECT LAST_INSERT_ID()`)[0][0];
	const collection = sql(`INSERT INTO collection (version_id, session_id,
		moment, mode, state) VALUES (${versionOf(template)}, ${id},
		'${moment}', '${mode}', '${state}'); SELECT LAST_INSERT_ID()`)[0][0];

	if (trainer)
		sql(`INSERT INTO session_trainer VALUES (${id}, ${trainer.id})`);
	return { id, collection };
}

function book(at, who, state = 'booked') {
	sql(`INSERT INTO booking (session_id, person_id, state, queue_no,
		changed_at) VALUES (${at.id}, ${who.id}, '${state}', ${who.id},
		'2024-04-01')`);
}

const count = (what, where) =>
	Number(sql(`SELECT COUNT(*) FROM ${what} WHERE ${where}`)[0][0]);

async function wholeWay() {
	const who = await signedIn(['trainee']), at = session();

	book(at, who);
	const form = await who.get(`/surveys/${at.collection}`);

	is(form.status, 200, 'who is booked gets the form');
	has(form.text, '仮名：', 'the form says how answers are kept');
	has(form.text, '人事評価には使いません', 'and what they are used for');
	ok(form.text.indexOf('仮名：') < form.text.indexOf('<fieldset'),
		'both stand above the first question');
	is(count('draft', `collection_id = ${at.collection}`), 0,
		'looking at the form writes nothing');

	const fields = { _key: keyOf(form), _page: '1', ...filled(form),
		paper_hours: '２．５', comment_need: '窓口 <b>と</b> & "紙"',
		want_topics: 'other', 'want_topics.other': 'その他の話' };
	const saved = await who.post(`/surveys/${at.collection}/draft`, fields,
		{ Accept: 'application/json' });

	is(saved.status, 200, 'the script can keep a draft');
	has(JSON.parse(saved.text).saved_text, /^\d?\d:\d\d に保存しました$/,
		'and hears when it was kept');

	const other = new Browser();

	await other.signIn(who.number);
	const again = await other.get(`/surveys/${at.collection}`);

	has(again.text, '窓口 &lt;b&gt;と&lt;/b&gt; &amp; &quot;紙&quot;',
		'another browser finds what was typed');
	has(again.text, 'value="２．５"', 'exactly as it was typed');
	is(keyOf(again), fields._key, 'both tabs hold the same form key');
	has(again.text, /\d:\d\d に保存しました/, 'and say when it was kept');

	const review = await who.post(`/surveys/${at.collection}`,
		{ ...fields, _do: 'review' });

	is(review.headers.location, `/surveys/${at.collection}/review`,
		'a form without problems leads to the review');
	const shown = await who.get(review.headers.location);

	has(shown.text, 'まだ提出していません', 'the review says nothing is sent yet');
	has(shown.text, 'その他：その他の話', 'it shows answers in words');
	has(shown.text, '2.5 時間', 'and numbers with their unit');
	is(count('submission', `collection_id = ${at.collection}`), 0,
		'nothing is stored before the last button');

	const due = async () => (await who.json('/')).data.due
		.some((one) => one.href === `/surveys/${at.collection}`);

	ok(await due(), 'home says that it is due');
	const replies = await Promise.all([1, 2, 3].map(() =>
		who.post(`/surveys/${at.collection}`, { ...fields, _do: 'submit' })));

	for (const reply of replies)
		is(reply.headers.location, `/receipts/${at.collection}`,
			'each of three clicks leads to the receipt');
	ok(!await due(), 'and a moment later that it is not');
	is(count('submission', `collection_id = ${at.collection}`), 1,
		'three clicks store one submission');
	is(count('draft', `collection_id = ${at.collection}`), 0,
		'the draft is gone');
	is(count('submission', `collection_id = ${at.collection}
		AND person_id IS NULL AND pairing_key IS NOT NULL`), 1,
	'mode paired keeps a key and no person');
	const number = /<strong class="nowrap">([^<]+)</;
	const one = (await who.get(`/receipts/${at.collection}`)).text;
	const two = (await other.get(`/receipts/${at.collection}`)).text;

	has(one, number, 'the receipt has a number');
	is(one.match(number)[1], two.match(number)[1],
		'every look shows the same number');
	is((await who.get(`/surveys/${at.collection}`)).headers.location,
		`/receipts/${at.collection}`, 'the form leads to the receipt now');
	const plain = sql(`SELECT text FROM answer WHERE collection_id =
		${at.collection} AND item_key = 'want_topics'
		AND part_key = 'other' AND slot_no IS NULL`);

	is(plain[0][0], 'その他の話', 'the text behind other has a row of its own');
}

async function problems() {
	const who = await signedIn(['trainee']);
	const at = session({ template: 'post-all', moment: 'post' });

	book(at, who);
	const form = await who.get(`/surveys/${at.collection}`);
	const reply = await who.post(`/surveys/${at.collection}`, {
		_key: keyOf(form), _page: '1', _do: 'submit', att_1: '4',
		comment_good: 'あ'.repeat(1001), att_2: 'nonsense' });

	is(reply.status, 422, 'a form with problems is not stored');
	has(reply.text, /href="#sat_overall">問\d+：回答してください。/,
		'the summary names what is missing and leads there');
	has(reply.text, /href="#comment_good">問\d+：1000 文字まで/,
		'and what is too long');
	has(reply.text, /href="#att_2">問\d+：選択肢から/,
		'and what was never an option');
	has(reply.text, 'あ'.repeat(1001), 'what was typed is still there');
	has(reply.text, /id="att_1-4" checked/, 'and what was chosen');
	has((await who.get(`/surveys/${at.collection}`)).text, 'あ'.repeat(1001),
		'and it is kept for later');
	const json = await who.json(`/surveys/${at.collection}`);

	ok(json.data.sections.length > 2 && json.data.mode === 'paired',
		'the same model is there as JSON');
}

async function notForEverybody() {
	const who = await signedIn(['trainee']), waits = await signedIn(['trainee']);
	const trainer = await signedIn(['trainer']);
	const planner = await signedIn(['planner']);
	const at = session({ trainer }), other = session();

	book(at, who);
	book(at, waits, 'waiting');
	is((await new Browser().get(`/surveys/${at.collection}`)).status, 303,
		'who is not signed in is asked to sign in');
	const outside = await waits.get(`/surveys/${at.collection}`);

	is(outside.status, 403, 'who waits for a place is not asked');
	has(outside.text, '対象になっていません', 'and is told so');
	is((await waits.get(`/receipts/${at.collection}`)).headers.location,
		`/surveys/${at.collection}`, 'without answers there is no receipt');
	is((await who.get('/surveys/999999999')).status, 404,
		'a collection that is not there is not found');
	is((await who.get(`/collections/${at.collection}`)).status, 403,
		'trainees do not see who has answered');
	const run = await trainer.get(`/collections/${at.collection}`);

	is(run.status, 200, 'the trainer of the session does');
	has(run.text, '試験 花子', 'and finds who has not answered');
	has(run.text, '引き算', 'beside the rules of anonymity');
	is((await trainer.get(`/collections/${other.collection}`)).status, 403,
		'but not of somebody else’s session');
	is((await planner.get(`/collections/${other.collection}`)).status, 200,
		'planners see every collection');

	sql(`UPDATE session SET starts_at = '2000-01-01', ends_at = '2000-01-02'
		WHERE id = ${at.id}`);
	// What is changed behind the server's back shows after a second.
	await sleep(1100);
	has((await who.get(`/surveys/${at.collection}`)).text,
		'研修が始まったため', 'a pre-survey ends when the session starts');
	is((await who.post(`/surveys/${at.collection}`, { _do: 'submit' })).status,
		409, 'and takes nothing from then on');
	const late = await trainer.post(`/collections/${at.collection}/open`);

	is(late.status, 303, 'opening it then is answered with words');
	is(count('collection', `id = ${at.collection}
		AND opened_by IS NOT NULL`), 0, 'and not done');
}

async function trainerOpensPost() {
	const who = await signedIn(['trainee']), trainer = await signedIn(['trainer']);
	const at = session({ moment: 'post', template: 'post-all', trainer,
		mode: 'unlinked', state: 'planned' });

	book(at, who);
	has((await who.get(`/surveys/${at.collection}`)).text,
		'まだ始まっていません', 'a post-survey waits for the trainer');
	await trainer.get(`/collections/${at.collection}`);
	const opened = await trainer.post(`/collections/${at.collection}/open`,
		{ csrf: trainer.csrf, back: 'teach' });

	is(opened.headers.location, `/teach/${at.id}`,
		'opening leads back to where the button was');
	const form = await who.get(`/surveys/${at.collection}`);

	has(form.text, '無記名：', 'the form says that it is anonymous');
	const fields = { _key: keyOf(form), ...filled(form), _do: 'submit' };

	is((await who.post(`/surveys/${at.collection}`, fields)).headers.location,
		`/receipts/${at.collection}`, 'and takes answers');
	is(count('submission', `collection_id = ${at.collection} AND
		person_id IS NULL AND pairing_key IS NULL AND unit_id IS NULL
		AND TIME(submitted_at) = '15:00:00' AND form_key <>
		'${fields._key}'`), 1, 'nothing kept leads to the person');
	const late = await signedIn(['trainee']);

	book(at, late);
	await trainer.get(`/collections/${at.collection}`);
	// Every worker has just seen it open.
	for (let i = 0; i < 12; i++)
		await late.get(`/surveys/${at.collection}`);
	await trainer.post(`/collections/${at.collection}/close`);
	const answers = await Promise.all(Array.from({ length: 12 }, () =>
		late.post(`/surveys/${at.collection}`, fields)));

	ok(answers.every((r) => r.status === 409),
		'from the button on no worker takes an answer');
	is(count('submission', `collection_id = ${at.collection}`), 1,
		'and none is stored');
	has((await late.get(`/surveys/${at.collection}`)).text,
		'受付は終わりました', 'a closed survey says so');
}

async function paper() {
	const who = await signedIn(['trainee']), trainer = await signedIn(['trainer']);
	const at = session({ moment: 'post', template: 'post-all', trainer });

	book(at, who);
	const form = await trainer.get(`/collections/${at.collection}/paper`);

	is(form.status, 200, 'a trainer can enter paper forms');
	const nobody = await trainer.post(`/collections/${at.collection}/paper`,
		{ _key: keyOf(form), ...filled(form) });

	is(nobody.status, 422, 'it must be said who filled it in');
	await trainer.post(`/collections/${at.collection}/paper`,
		{ _key: keyOf(form), ...filled(form), _person: who.id });
	is(count('submission', `collection_id = ${at.collection} AND
		entered_by = ${trainer.id}`), 1, 'it is marked who entered it');
	is(count('audit', `action = 'survey.paper' AND
		object = 'collection:${at.collection}'`), 1, 'and noted');
	is((await who.get(`/surveys/${at.collection}`)).headers.location,
		`/receipts/${at.collection}`, 'the person has answered with it');
}

async function ownRecord() {
	const who = await signedIn(['trainee']), at = session();
	const post = sql(`INSERT INTO collection (version_id, session_id, moment,
		mode, state) VALUES (${versionOf('post-all')}, ${at.id}, 'post',
		'paired', 'open'); SELECT LAST_INSERT_ID()`)[0][0];

	book(at, who);
	for (const [collection, pick] of [[at.collection, '_dk'], [post, 'a']]) {
		const form = await who.get(`/surveys/${collection}`);
		const fields = { _key: keyOf(form), ...filled(form), _do: 'submit' };

		for (const name of Object.keys(fields))
			if (name.startsWith('k_'))
				fields[name] = pick;
		await who.post(`/surveys/${collection}`, fields);
	}
	const record = await who.json('/record'), own = record.data.sessions[0];

	is(record.data.sessions.length, 1, 'the own record shows the session');
	ok(own.all >= 5 && own.before.right === 0,
		'don’t know counts as not correct');
	ok(own.after.right >= 0 && own.after.answered && own.levels.length > 0,
		'knowledge and own level stand before and after');
	const page = await who.get('/record');

	has(page.text, 'あなただけに表示', 'the page says it is private');
	const else_ = await (await signedIn(['trainee'])).get('/record');

	has(else_.text, 'まだ記録がありません', 'others see nothing of it');
}

async function management() {
	const planner = await signedIn(['planner']);
	const list = await planner.get('/surveys');
	const send = (what, xml) => planner.upload('/surveys', { _do: what },
		{ field: 'document', name: 'a.xml', type: 'text/xml', bytes: xml });
	const good = `<survey code="http-test-${process.pid}"><title><ja>試験票</ja>` +
		'</title><purpose><ja>試験</ja></purpose>\n<short-text key="a">' +
		'<text><ja>一つ</ja></text></short-text>\n</survey>';
	const bad = good.replace('</survey>', '<short-text key="a"><text><ja>二つ' +
		'</ja></text></short-text></survey>');
	const surveys = () => count('survey', `code = 'http-test-${process.pid}'`);

	is(list.status, 200, 'planners see the surveys');
	has(list.text, `pre-all.${COURSE}`, 'with those of the courses');
	const wrong = await send('publish', bad);

	is(wrong.status, 422, 'a document with problems is not published');
	has(wrong.text, '3 行目：同じ key の設問', 'the problem has its line');
	const xxe = await send('publish', '<!DOCTYPE survey [<!ENTITY x SYSTEM ' +
		'"file:///etc/passwd">]><survey code="x"><title><ja>&x;</ja></title>' +
		'</survey>');

	is(xxe.status, 422, 'a document with a DOCTYPE is refused');
	ok(!/root:/.test(xxe.text), 'and no other file is read');
	has((await send('check', good)).text, '問題はありません',
		'a check says that nothing is wrong');
	is(surveys(), 0, 'and publishes nothing');
	is((await send('publish', good)).status, 303, 'publishing does');
	is(surveys(), 1, 'and adds the survey');
	const id = sql(`SELECT version_id FROM survey
		WHERE code = 'http-test-${process.pid}'`)[0][0];

	has((await planner.get(`/surveys/${id}/preview`)).text, '一つ',
		'the preview shows the questions');
	is(JSON.parse((await planner.get(`/surveys/${id}/definition`)).text).code,
		`http-test-${process.pid}`, 'the definition is there as JSON');
	has((await planner.get(`/surveys/${id}/document`)).text, '<survey code',
		'and the document as it was handed in');
}

test(async () => {
	await wholeWay();
	await problems();
	await notForEverybody();
	await trainerOpensPost();
	await paper();
	await ownRecord();
	await management();
});
