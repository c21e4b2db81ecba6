#!/usr/bin/env node
/*
 * Kept analyses: who sees them, how the page says how things stand, and that
 * one button makes one job. On the demo programme, whose jobs are at work.
 */
'use strict';
const { analysed, has, is, now, ok, root, signedIn, sleep, sql,
	test } = require('./lib.cjs');
const { fullest } = require('./sessions.cjs');

let planner, session, path;

const stateOf = async (browser, where) =>
	(await browser.json(`${where}?only=state`)).data;

/* Until the jobs process has done what is queued for this page. */
async function settled(where) {
	for (let i = 0; i < 600; i++) {
		const data = await stateOf(planner, where);

		if (!['waiting', 'running'].includes(data?.state))
			return data;
		await sleep(200);
	}
	return null;
}

const utc = () => new Date(now()).toISOString().slice(0, 23).replace('T', ' ');
/* Jobs for one session: those of others come and go meanwhile. */
const jobs = (id = session) => Number(sql(`SELECT COUNT(*) FROM job
	WHERE kind = 'analysis' AND JSON_VALUE(input, '$.scope') = 'session'
	AND JSON_VALUE(input, '$.id') = ${id}`)[0][0]);
const forget = () => sql(`UPDATE analysis SET result = NULL,
	computed_at = NULL, job_id = NULL WHERE scope = 'session'
	AND scope_id = ${session}`);

/*
 * Nothing computes while body runs: the round of the jobs would queue what
 * the test forgets. Not stopped while it holds a lock that pages wait for.
 */
async function withoutJobs(body) {
	const pid = Number(process.env.JOBS_PID || 'none');
	const locks = () => Number(root(`SELECT COUNT(*)
		FROM information_schema.innodb_trx WHERE trx_rows_locked > 0`)[0][0]);

	process.kill(pid, 'SIGSTOP');
	try {
		while (locks()) {
			process.kill(pid, 'SIGCONT');
			await sleep(20);
			process.kill(pid, 'SIGSTOP');
		}
		return await body();
	} finally {
		process.kill(pid, 'SIGCONT');
	}
}

/* Somebody answers the post-survey of the session once more. */
function answerOnce() {
	sql(`INSERT INTO submission (collection_id, submitted_at, form_key, slots)
		SELECT b.collection_id, '${utc()}', CONCAT(SUBSTRING(UUID(), 1, 36),
			'frame-7'), b.slots
		FROM submission b JOIN collection c ON c.id = b.collection_id
		WHERE c.session_id = ${session} AND c.moment = 'post' LIMIT 1`);
}

async function whoSeesIt() {
	const trainer = await signedIn(['trainer']);
	const trainee = await signedIn(['trainee']);
	const course = sql(`SELECT c.code FROM session s JOIN course c
		ON c.id = s.course_id WHERE s.id = ${session}`)[0][0];

	is((await planner.get(path)).status, 200, 'a planner sees the analysis');
	for (const where of [path, `/courses/${course}/analysis`]) {
		is((await trainer.get(where)).status, 404,
			'a trainer of another session does not');
		is((await trainer.post(where)).status, 404,
			'and cannot have it computed');
		is((await trainee.get(where)).status, 403, 'a trainee never');
	}
	is((await trainer.get('/analysis')).status, 403,
		'the year is for planners');
	await theTrainerSeesIt(course);
}

async function theTrainerSeesIt(course) {
	const trainer = await signedIn(['trainer']);
	const other = sql(`SELECT code FROM course WHERE code <> '${course}'
		LIMIT 1`)[0][0];

	sql(`INSERT INTO session_trainer (session_id, person_id)
		VALUES (${session}, ${trainer.id})`);
	is((await trainer.get(path)).status, 200, 'the trainer of it does');
	const { data } = await trainer.json(`/courses/${course}/analysis`);

	is(data.links.map((link) => link.href).join(), path,
		'a trainer is led to the own sessions of a course only');
	ok(!data.ways, 'and not to the year');
	for (const page of ['analysis', 'dashboard'])
		is((await trainer.get(`/courses/${other}/${page}`)).status, 404,
			`no ${page} of a course the trainer does not teach`);
	sql(`DELETE FROM session_trainer WHERE person_id = ${trainer.id}`);
}

async function fromNeverToCurrent() {
	await settled(path);
	await withoutJobs(async () => {
		forget();
		const before = jobs(), page = (await planner.get(path)).text;

		is((await stateOf(planner, path)).state, 'never', 'nothing is kept');
		has(page, `<form method="post" action="${path}">`,
			'there is a button');
		ok(!page.includes('id="change"'), 'and no figure');
		is(jobs(), before, 'looking computes nothing');
		const reply = await planner.post(path);

		is(`${reply.status} ${reply.headers.location}`, `303 ${path}`,
			'the button leads back');
		await planner.post(path);
		is(jobs(), before + 1, 'pressed twice it makes one job');
		is((await stateOf(planner, path)).state, 'waiting',
			'which waits for its turn');
	});
	is((await settled(path))?.state, 'current', 'and is done');
	const data = (await planner.json(path)).data;
	const shown = (await planner.get(path)).text;

	ok(data.kept && data.sections.length > 5 && data.times.length ===
		data.sections.length, 'parts and their times are there');
	for (const { href } of data.sections)
		ok(shown.includes(`id="${href.slice(1)}"`), `${href} leads somewhere`);
	has(shown, '観測された変化', 'change is called observed change');
	ok(!/研修の効果(?!とは限りません)/.test(shown), 'and not the effect of the training');
	const many = data.reliability.rows.filter(({ lost, alpha }) =>
		lost > 0.05 * (lost + alpha.n));

	is(data.reliability.notes.length, many.length,
		'a score that leaves out many people says so');
	ok(data.reliability.notes.every((note) => shown.includes(note)),
		'beside the table, not only in it');
	has(shown, '自己評価は、学んだ量の物差しではありません',
		'a self-rating is no measure of learning');
	ok(data.selfrating.rows.every(({ rho }) => rho.n >= 10 &&
		rho.base === rho.n + rho.missing), 'it says of how many');
	ok(!shown.includes('<form method="post" action="/sessions'),
		'there is nothing to press any more');
}

/* Of many at once, so that every worker answers: is this the result? */
async function everywhere(base_text) {
	const visits = Array.from({ length: 24 }, () => planner.get(path));
	const pages = await Promise.all(visits);
	const models = await Promise.all(visits.map(() => planner.json(path)));

	return pages.every(({ text }) => text.includes(base_text)) &&
		models.every(({ data }) => data.base_text === base_text);
}

async function aNewResultShowsAtOnce(before, now) {
	ok(now !== before && await everywhere(now),
		'every worker shows the new result at once, none the old');
	sql(`UPDATE analysis SET result = JSON_SET(result, '$.sheets', 987654),
		computed_at = computed_at + INTERVAL 1000 MICROSECOND
		WHERE scope = 'session' AND scope_id = ${session}`);
	ok((await planner.json(path)).data.base_text.includes('987,654') &&
		await everywhere((await planner.json(path)).data.base_text),
	'also one of the same answers that was kept a millisecond later');
}

async function newAnswersMakeItOld() {
	answerOnce();
	answerOnce();
	const data = (await planner.json(path)).data;

	ok(await everywhere(data.base_text), 'every worker has it ready');
	const page = (await planner.get(path)).text;

	is(data.state, 'old', 'new answers make it old');
	has(data.old_text, '2 件', 'and are counted');
	has(page, data.old_text, 'the page says so');
	has(page, 'id="change"', 'and still shows what there is');
	await planner.post(path);
	is((await settled(path))?.submissions, data.submissions,
		'it is computed with them');
	is((await stateOf(planner, path)).state, 'current', 'and current again');
	await aNewResultShowsAtOnce(data.base_text,
		(await planner.json(path)).data.base_text);
}

async function atWorkAndFailed() {
	const job = () => sql(`SELECT job_id FROM analysis WHERE scope = 'session'
		AND scope_id = ${session}`)[0][0];
	const set = (state, progress) => sql(`UPDATE job SET state = '${state}',
		progress = ${progress}, ended_at = '${utc()}' WHERE id = ${job()}`);

	set('running', 40);
	let page = (await planner.get(path)).text;

	has(page, /data-job="[^"]+only=state"/, 'a script can wait for it');
	has(page, '<progress max="100" value="40"', 'how far it is');
	has(page, new RegExp(`<a [^>]*href="${path}">`),
		'and a link for those without');
	has(page, 'id="change"', 'what was kept stays');
	is((await stateOf(planner, path)).progress, 40, 'JSON says so too');
	ok(!('sections' in await stateOf(planner, path)),
		'without the figures when only the state is asked for');
	await sleep(10);
	set('failed', 0);
	page = (await planner.get(path)).text;
	has(page, 'role="alert"', 'a failure is said');
	has(page, job(), 'with the number of the job');
	has(page, `<form method="post" action="${path}"`, 'and a button');
	has(page, 'id="change"', 'above what was kept');
	await planner.post(path);
	is((await settled(path))?.state, 'current', 'which tries again');
}

async function nothingToAnalyse() {
	const [[empty]] = sql(`INSERT INTO session (course_id, version_id,
		fiscal_year, run_no, seats, state, starts_at, ends_at)
		SELECT course_id, version_id, fiscal_year, 90, seats, 'open',
			starts_at, ends_at FROM session WHERE id = ${session};
		SELECT LAST_INSERT_ID()`);
	const where = `/sessions/${empty}/analysis`;
	const page = (await planner.get(where)).text;

	is((await stateOf(planner, where)).state, 'empty', 'no answers, no state');
	ok(!page.includes(`<form method="post" action="${where}"`),
		'no button either');
	await planner.post(where);
	is(jobs(empty), 0, 'and pressing an old one does nothing');
	sql(`DELETE FROM session WHERE id = ${empty}`);
	is((await planner.get('/sessions/999999/analysis')).status, 404,
		'a session that is not there');
	is((await planner.get('/courses/nix/analysis')).status, 404, 'a course');
	is((await planner.get('/analysis?year=abc')).status, 404, 'a year');
}

async function courseAndYear() {
	const year = (await planner.json('/analysis')).data;

	is(year.year, 2024, 'the year of today is the default');
	has(year.heading, '令和6年度', 'and the heading says which');
	ok(year.links.length > 0, 'it leads to courses');
	const course = (await planner.json(year.links[0].href)).data;

	ok(course.links.length > 0 && course.ways[0].href === '/analysis?year=2024',
		'a course leads to its sessions and back');
	const one = (await planner.json(course.links[0].href)).data;

	is(one.ways[0].href, year.links[0].href, 'and a session to its course');
	for (const where of ['/overview', '/needs'])
		has((await planner.get(where)).text, 'href="/analysis?year=2024',
			`${where} leads to the analysis`);
	for (const base of [path.replace('/analysis', ''),
		year.links[0].href.replace('/analysis', '')]) {
		const page = (await planner.get(`${base}/dashboard`)).text;

		has(page, `href="${base}/analysis"`, `${base}: a tab`);
	}
}

/* Every figure in a model, with the way to it. */
function* figures(model, way = '') {
	if (!model || typeof model !== 'object')
		return;
	if ('value' in model && 'status' in model && 'n' in model)
		yield { way, ...model };
	for (const [key, value] of Object.entries(model))
		yield* figures(value, `${way}.${key}`);
}

/* Four people answered before and after: enough for no figure at all. */
async function ofFour() {
	const [[few]] = sql(`SELECT s.id FROM session s
		JOIN collection c ON c.session_id = s.id AND c.moment = 'post'
		JOIN submission b ON b.collection_id = c.id
		WHERE s.state = 'held' GROUP BY s.id
		HAVING COUNT(*) BETWEEN 1 AND 4 LIMIT 1`);
	const where = `/sessions/${few}/analysis`;
	const data = await analysed(planner, where);

	is(data.sections.filter((s) => s.shown).map((s) => s.href).join(),
		'#summary', 'of four people no part is shown');
	has(data.change.why, '5 名以上', 'the page says how many it needs');
	is([...figures(data)].filter((f) => f.value !== null).length, 0,
		'and has no figure');
	has((await planner.get(where)).text, data.change.why, 'also in HTML');
}

async function smallGroupsStayHidden() {
	for (const where of [path, '/analysis?year=2024']) {
		const all = [...figures(await analysed(planner, where))];
		const numbers = all.filter((f) => typeof f.value === 'number');
		const few = numbers.find((f) => f.n < 5);

		ok(numbers.length > 50, `${where}: there are figures`, all.length);
		ok(!few, `${where}: none of fewer than 5`, JSON.stringify(few));
		ok(all.every((f) => !f.is_hidden || f.value === null),
			`${where}: what is hidden has no value`);
		ok(where === path || all.some((f) => f.is_hidden),
			`${where}: something is hidden`);
	}
	await ofFour();
}

/* As it was before, for tests that come after: others press the button. */
function tidy() {
	sql("DELETE FROM submission WHERE form_key LIKE '%frame-7'");
	sql(`UPDATE analysis SET result = NULL, computed_at = NULL
		WHERE (scope = 'session' AND scope_id = ${session})
		OR (scope = 'course' AND scope_id =
			(SELECT course_id FROM session WHERE id = ${session}))
		OR scope = 'year'`);
}

test(async () => {
	planner = await signedIn(['planner']);
	session = fullest();
	path = `/sessions/${session}/analysis`;
	try {
		await whoSeesIt();
		await fromNeverToCurrent();
		await newAnswersMakeItOld();
		await atWorkAndFailed();
		await nothingToAnalyse();
		await courseAndYear();
		await smallGroupsStayHidden();
	} finally {
		tidy();
	}
});
