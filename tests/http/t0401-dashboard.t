#!/usr/bin/env node
/*
 * Dashboards: who sees them, what they hide, and that the page, its JSON and
 * the exports show the same. On the demo programme.
 */
'use strict';
const { has, is, ok, signedIn, sleep, some, sql, test } = require('./lib.cjs');

let planner;

/* Sessions that are over with their matched people, most first. */
const held = () => sql(`SELECT s.id, COUNT(*) FROM session s
	JOIN collection a ON a.session_id = s.id AND a.moment = 'pre'
	JOIN collection b ON b.session_id = s.id AND b.moment = 'post'
	JOIN submission x ON x.collection_id = a.id
	JOIN submission y ON y.collection_id = b.id
		AND y.pairing_key = x.pairing_key
	GROUP BY s.id ORDER BY COUNT(*) DESC, s.id`)
	.map(([id, n]) => ({ id: Number(id), n: Number(n) }));

/* Every figure in a model, with the way to it. */
function* figures(model, way = '') {
	if (!model || typeof model !== 'object')
		return;
	if ('value' in model && 'status' in model)
		yield { way, ...model };
	for (const [key, value] of Object.entries(model))
		yield* figures(value, `${way}.${key}`);
}

/* Rows of a CSV file, by its header. */
function rows(text) {
	const lines = text.replace(/^\ufeff/, '').split('\r\n').slice(0, -1)
		.map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
			.map((m) => m[1].replace(/^"|"$/g, '').replace(/""/g, '"')));

	return lines.slice(1).map((cells) => Object.fromEntries(
		lines[0].map((name, i) => [name, cells[i]])));
}

async function whoSeesIt(session) {
	const trainer = await signedIn(['trainer']);
	const trainee = await signedIn(['trainee']);

	is((await planner.get(`/sessions/${session}/dashboard`)).status, 200,
		'a planner sees the dashboard');
	is((await trainer.get(`/sessions/${session}/dashboard`)).status, 404,
		'a trainer of another session does not');
	is((await trainee.get(`/sessions/${session}/dashboard`)).status, 403,
		'a trainee never');
	sql(`INSERT INTO session_trainer (session_id, person_id)
		VALUES (${session}, ${trainer.id})`);
	is((await trainer.get(`/sessions/${session}/dashboard`)).status, 200,
		'the trainer of the session does');
	is((await trainer.get(`/exports/results.csv?session=${session}`)).status,
		403, 'but gets no files');
	sql(`DELETE FROM session_trainer WHERE person_id = ${trainer.id}`);
}

async function whatItSays(session, matched) {
	const { data, status } =
		await planner.json(`/sessions/${session}/dashboard`);

	is(status, 200, 'the dashboard is JSON too');
	is(data.score.matched, matched, 'matched people as the database says');
	for (const chart of ['funnel', 'items', 'satisfaction', 'self', 'needs'])
		ok(data.charts[chart]?.categories.length > 0,
			`chart ${chart} has something to draw`);
	for (const f of figures(data))
		if (!(f.n <= f.base && f.base - f.n === f.missing && f.method))
			return ok(false, 'every figure has n, base, missing, method',
				JSON.stringify(f));
	ok(true, 'every figure has n, base, missing, method');
	const shares = [...figures(data)].filter((f) => f.status === 'ok' &&
		/(before|after|top|share|rate)$/.test(f.way) && f.n < 100 &&
		!/self|attitude/.test(f.way));
	const bare = shares.filter((f) =>
		Math.abs(f.value * 100 - Math.round(f.value * 100)) > 1e-6);

	some(shares, 'shares of fewer than 100 people', 10);
	ok(bare.length === 0, 'shares of fewer than 100 people are whole percent',
		JSON.stringify(bare[0]));
	const page = (await planner.get(`/sessions/${session}/dashboard`)).text;

	has(page, '観測された変化', 'change is called observed change');
	ok(!/研修の効果/.test(page), 'and not the effect of the training');
}

async function fewPeopleStayHidden({ id, n }) {
	const { data } = await planner.json(`/sessions/${id}/dashboard`);
	const shown = [...figures(data)].filter((f) => f.value !== null &&
		f.n < 5);

	ok(shown.length === 0, 'nothing is shown for fewer than 5 people',
		JSON.stringify(shown[0]));
	is(data.score.change.value === null, n < 5,
		`the change of ${n} people is shown or hidden`);
	const opinions = [...figures({ a: data.satisfaction, b: data.overall,
		c: data.needs, d: data.wants, e: data.self })]
		.filter((f) => f.value !== null && f.n < 10);

	ok(opinions.length === 0, 'no opinion of fewer than 10',
		JSON.stringify(opinions[0]));
	ok(data.comments.every((c) => c.shown || c.texts.length === 0),
		'nor a word of fewer than 10');
	ok(data.items.every((i) => i.spread_after.shown ||
		i.spread_after.options.length === 0), 'nor their options');
}

async function aRaisedLimitIsSaid(session) {
	const set = (k) => sql(`UPDATE setting SET value = '${k}'
		WHERE name = 'privacy.k_opinion'`);
	const [[before]] = sql(`SELECT value FROM setting
		WHERE name = 'privacy.k_opinion'`);

	set(90);
	await sleep(1200); /* settings are remembered for a second */
	const page = (await planner.get(`/sessions/${session}/dashboard`)).text;
	const files = (await planner.get('/exports')).text;

	set(before);
	await sleep(1200);
	has(page, '満足度は、回答が 90 名以上になると表示します',
		'a page says from how many people on, as set');
	has(page, '90 名に満たないときは表示しません', 'of comments, too');
	has(files, '90 名以上のときに出します', 'and the page of files');
}

async function filesHideTheSame(session) {
	const { data } = await planner.json(`/sessions/${session}/dashboard`);
	const file = await planner.get(`/exports/results.csv?session=${session}`);
	const table = rows(file.text);

	is(file.status, 200, 'the figures come as a file');
	ok(file.text.startsWith('\ufeff'), 'with a byte order mark');
	for (const key of ['before', 'after', 'change', 'dz', 'gain', 'alpha']) {
		const row = table.find((r) => r.section === 'score' &&
			r.measure === key);

		ok(row.status === data.score[key].status &&
			(row.value === '') === (data.score[key].value === null),
		`score ${key} is shown or hidden in both`, JSON.stringify(row));
	}
	for (const item of data.items) {
		const row = table.find((r) => r.key === item.key &&
			r.measure === 'after');

		is(row.status, item.after.status, `so is item ${item.key}`);
	}
}

async function needsHideTheSame() {
	const { data } = await planner.json('/needs?year=2024');
	const table = rows((await planner.get('/exports/needs.csv?year=2024'))
		.text);
	let same = true;

	for (const group of data.tiers)
		group.cells.forEach((cell, i) => {
			const row = table.find((r) => r.tier_code === group.tier &&
				r.skill_code === data.skills[i].code);

			same = same && row && row.status === cell.mwds.status &&
				(row.n === '') === (cell.mwds.value === null);
		});
	some(table, 'rows of needs', 10);
	ok(same, 'needs hide the same cells on the page and in the file');
	const hidden = data.tiers.filter((t) => t.cells.some((c) =>
		c.mwds.status === 'suppressed'));

	ok(hidden.length > 1,
		'a tier is hidden, and not alone, so that it cannot be subtracted',
		hidden.map((t) => t.tier).join());
	const json = (await planner.json('/exports/needs.json?year=2024')).data;

	is(json.rows.length, table.length, 'JSON has as many rows as CSV');
	has((await planner.get('/exports/needs.csv?year=2024&encoding=cp932'))
		.headers['content-type'], 'Shift_JIS', 'CP932 comes on request');
	is((await planner.json(
		'/exports/needs.csv?year=2024&encoding=cp932&report=1')).data.total,
	0, 'with a report of what does not fit');
}

async function rawAnswers(big, small) {
	const pre = (id) => sql(`SELECT id FROM collection WHERE session_id =
		${id} AND moment = 'pre'`)[0][0];
	const file = await planner.get(
		`/exports/answers.csv?collection=${pre(big)}`);
	const header = file.text.split('\r\n')[0];

	is(file.status, 200, 'a closed collection is given out');
	ok(!/person|pair|key_|time|submitted|comment/i.test(header),
		'without anything that leads to a person', header);
	is((await planner.get(`/exports/answers.csv?collection=${pre(small)}`))
		.status, 403, 'a small one is not');
	is(sql(`SELECT COUNT(*) > 0 FROM audit WHERE action = 'export.answers'
		AND object = 'collection:${pre(big)}'
		AND person_id = ${planner.id}`)[0][0], '1',
	'and the audit log knows');
}

test(async () => {
	const sessions = held();
	const big = sessions[0], small = sessions[sessions.length - 1];

	planner = await signedIn(['planner']);
	ok(big && big.n >= 30, 'the demo has a session to look at');
	await whoSeesIt(big.id);
	await whatItSays(big.id, big.n);
	for (const one of [big, small])
		await fewPeopleStayHidden(one);
	await aRaisedLimitIsSaid(big.id);
	for (const one of [big, small])
		await filesHideTheSame(one.id);
	await needsHideTheSame();
	await rawAnswers(big.id, small.id);
});
