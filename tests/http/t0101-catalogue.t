#!/usr/bin/env node
/*
 * Somebody finds a course, reads about it, and sees at home what to do.
 * Runs beside tests/with-server with content/ loaded, demo or not.
 */
'use strict';
const { has, is, ok, signedIn, sleep, sql, test } = require('./lib.cjs');

/* A posting in a tier of the scheme in force, so that there is a tier. */
function post(person, tier) {
	sql(`INSERT INTO unit (code, kind, name, valid_from, is_synthetic)
		VALUES ('H101', 'section', '試験課', '2020-04-01', 1)
		ON DUPLICATE KEY UPDATE name = VALUES(name);
		INSERT INTO posting (person_id, unit_id, tier_id, valid_from)
		SELECT ${person}, u.id, t.id, '2020-04-01' FROM unit u, tier t
		WHERE u.code = 'H101' AND t.code = '${tier}'
		ORDER BY t.id DESC LIMIT 1`);
}

/* A session to come with this many free seats; its id. */
function session(code, seats) {
	return sql(`INSERT INTO session (course_id, version_id, fiscal_year,
		run_no, seats, state, starts_at, ends_at, is_synthetic)
		SELECT c.id, c.version_id, 2090, 1 + COALESCE((SELECT
			MAX(s.run_no) FROM session s WHERE s.course_id = c.id
			AND s.fiscal_year = 2090), 0), ${seats}, 'open',
			'2090-06-01 00:00', '2090-06-01 03:00', 1
		FROM course c WHERE c.code = '${code}';
		SET @s = LAST_INSERT_ID();
		INSERT INTO meeting (session_id, meeting_no, starts_at, ends_at)
		VALUES (@s, 1, '2090-06-01 00:00', '2090-06-01 03:00');
		SELECT @s`)[0][0];
}

const codes = (reply) => reply.data.courses.map((c) => c.code);

async function ownTierComesFirst(browser) {
	const page = await browser.json('/catalogue');

	is(page.status, 200, 'the catalogue is there');
	is(page.data.filters.tier.options.find((o) => o.chosen).value, 'T3',
		'the own tier is chosen');
	is(page.data.courses[0].demand, 'required', 'required courses come first');
	ok(page.data.courses.every((c) => c.demand),
		'every course is for the tier');
	ok(!codes(page).includes('executive-dx'),
		'a course for another tier is not listed');
	const all = await browser.json('/catalogue?tier=all');

	ok(all.data.total >= 16, 'all courses are sixteen or more');
	ok(codes(all).includes('executive-dx'), 'all means all');
}

async function searchIgnoresSpelling(browser) {
	const find = async (q) => codes(await browser.json(
		`/catalogue?q=${encodeURIComponent(q)}`)).join();
	const want = await find('キャッシュレス');

	has(want, 'cashless', 'a word of the title finds the course');
	is(await find('ｷｬｯｼｭﾚｽ'), want, 'half-width kana find the same');
	is(await find('きゃっしゅれす'), want, 'hiragana find the same');
	has(await find('pmh'), 'pmh', 'letters find a course as well');
	is(await find('ＰＭＨ'), await find('pmh'), 'width of letters is ignored');
	is(await find('PmH'), await find('pmh'), 'case is ignored');
	const none = await browser.get('/catalogue?q=%27%22%3Cb%3E');

	is(none.status, 200, 'signs of HTML and SQL are only text');
	ok(!none.text.includes('<b>"'), 'and are written escaped');
	has((await browser.get('/catalogue?q=zzzz')).text, 'class="empty"',
		'nothing found says so');
}

async function filtersWorkTogether(browser) {
	const pmh = await browser.json('/catalogue?tier=all&theme=pmh');
	const form = await browser.json('/catalogue?tier=all&form=handson');
	const skill = await browser.json('/catalogue?tier=all&skill=E');

	is(codes(pmh).join(), 'pmh', 'a theme keeps its courses');
	ok(form.data.courses.length > 2 &&
		form.data.courses.every((c) => c.form === 'handson'),
	'a form keeps its courses');
	ok(codes(skill).includes('ebpm-data'), 'a skill keeps its courses');
	const id = session('pmh', 1);
	const free = await browser.json('/catalogue?tier=all&theme=pmh&seats=1');

	ok(free.data.courses.length === 1 && free.data.courses[0].next_left >= 1,
		'free seats are counted');
	sql(`DELETE FROM meeting WHERE session_id = ${id};
		DELETE FROM session WHERE id = ${id}`);
	is((await browser.get('/catalogue?page=x&tier=%00')).status < 500, true,
		'nonsense in the address is no error of ours');
}

async function coursePageTellsAll(browser) {
	const id = session('ebpm-data', 12);
	const page = await browser.get('/courses/ebpm-data');
	const model = (await browser.json('/courses/ebpm-data')).data;

	is(page.status, 200, 'the course page is there');
	has(page.text, 'ロジックモデル', 'it holds the text of the course');
	has(page.text, `action="/sessions/${id}/book"`, 'a date has its button');
	has(page.text, '残り12席', 'free seats are said in words');
	is(model.before.map((b) => b.is_done).join(), 'false,false',
		'prerequisites say what is not done');
	ok(!('cost_per_run' in model), 'a trainee does not see the cost');
	browser.cookies.set('lang', 'en');
	has((await browser.get('/courses/ebpm-data')).text, 'logic model',
		'the English page has the English text');
	browser.cookies.delete('lang');
	is((await browser.get('/courses/no-such')).status, 404,
		'an unknown course is not found');
	sql(`INSERT INTO booking (session_id, person_id, state, queue_no,
		changed_at) VALUES (${id}, ${browser.id}, 'booked', 1,
		'2024-04-01'); UPDATE session SET booked = 1 WHERE id = ${id}`);
	await sleep(1100); // what others than the server write shows later
	has((await browser.get('/courses/ebpm-data')).text, '申込済み',
		'a booked date says so');
	return id;
}

async function homeShowsWhatComes(browser, id) {
	const home = (await browser.json('/')).data;

	ok(home.due.some((d) => d.href === `/sessions/${id}`),
		'a booked session is on the home page');
	is(home.advice.length, 3, 'three courses are recommended');
	ok(home.advice.every((a) => a.why_tier.includes('DX推進リーダー')),
		'each says for which tier');
	ok(home.advice.some((a) => a.why_skill), 'and which skill it raises');
	ok(home.advice.every((a) => a.code !== 'ebpm-data'),
		'what is booked is not recommended');
	ok(home.record.is_empty, 'nothing was attended yet');
	sql(`DELETE FROM booking WHERE session_id = ${id};
		DELETE FROM meeting WHERE session_id = ${id};
		DELETE FROM session WHERE id = ${id}`);
	has((await browser.get('/')).text, '/catalogue',
		'an empty home page leads to the catalogue');
}

/* Workers keep the list for a moment; it is that of a tier and a language. */
async function oneListForEachTier(browser) {
	const other = await signedIn(['trainee']);
	const tier = (page) => /value="([^"]*)" selected/.exec(page.text)?.[1];
	const seen = [];

	post(other.id, 'T1');
	await sleep(1100); // a sign-in is remembered with its posting
	for (let i = 0; i < 8; i++)
		seen.push(tier(await browser.get('/catalogue')),
			tier(await other.get('/catalogue')),
			tier(await other.get('/catalogue?tier=T3')));
	is([...new Set(seen)].join(), 'T3,T1', 'one sees the own tier first');
	is(seen.every((t, i) => t === (i % 3 === 1 ? 'T1' : 'T3')), true,
		'whoever asked before');
	other.cookies.set('lang', 'en');
	for (let i = 0; i < 4; i++)
		await browser.get('/catalogue');
	const page = await other.get('/catalogue');

	has(page.text, 'Courses', 'and in the own language');
}

test(async () => {
	const browser = await signedIn(['trainee']);

	post(browser.id, 'T3');
	await ownTierComesFirst(browser);
	await searchIgnoresSpelling(browser);
	await filtersWorkTogether(browser);
	await oneListForEachTier(browser);
	await homeShowsWhatComes(browser, await coursePageTellsAll(browser));
});
