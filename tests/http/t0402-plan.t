#!/usr/bin/env node
/*
 * From a finding to a line of the plan, and the file that carries it.
 */
'use strict';
const { has, is, ok, signedIn, sleep, sql, test } = require('./lib.cjs');

let planner;

async function findings() {
	const queued = await planner.post('/findings/compute');

	is(queued.status, 303, 'the rules are queued');
	for (let i = 0; i < 240; i++) {
		const { data } = await planner.json(queued.headers.location);

		if (data.is_done || data.is_failed)
			break;
		await sleep(250);
	}
	const { data } = await planner.json('/findings');
	const kinds = new Set(sql('SELECT DISTINCT kind FROM finding').flat());

	ok(kinds.size >= 3, 'the demo has findings of several kinds',
		[...kinds].join());
	ok(data.findings.every((f) => f.figure.n > 0 && f.link.startsWith('/')),
		'each has its n and a link to its evidence');
	for (const f of data.findings.slice(0, 8))
		is((await planner.get(f.link.split('#')[0])).status, 200,
			`${f.link} leads somewhere`);
	return data.findings;
}

async function dismissing(one) {
	await planner.get('/findings');
	is((await planner.post(`/findings/${one.id}/dismiss`, { reason: ' ' }))
		.status, 422, 'dismissing asks for a reason');
	is((await planner.post(`/findings/${one.id}/dismiss`,
		{ reason: '対応済み' })).status, 303, 'with one it goes');
	is(sql(`SELECT state, reason FROM finding WHERE id = ${one.id}`)[0]
		.join(), 'dismissed,対応済み', 'and the reason stays');
}

async function proposal(one) {
	const made = await planner.post('/proposals/from-finding',
		{ finding: one.id });
	const path = made.headers.location;
	const again = await planner.post('/proposals/from-finding',
		{ finding: one.id });

	is(again.headers.location, path, 'a double click makes one proposal');
	const { data } = await planner.json(path);

	has(data.proposal.parts[0].text, one.sentence,
		'the evidence is filled in');
	ok(data.proposal.parts.every((part) => !part.text.includes('/sess')),
		'without an address nobody can read');
	is(data.findings[0].id, one.id, 'the proposal names its finding');
	const fields = { title: '改めた題名', revision: '1', people: '130' };

	is((await planner.post(path, fields)).status, 303, 'it can be edited');
	is((await planner.post(path, fields)).headers.location, path,
		'the same once more ends on the same page');
	const stale = await planner.post(path, { ...fields, title: '古い題名' });

	is(stale.status, 409, 'an older revision does not overwrite');
	has(stale.text, '改めた題名', 'and both versions are shown');
	has(stale.text, 'value="古い題名"', 'the one that was typed in its field');
	await planner.post(path, { ...fields, revision: '2',
		evidence: '要望が多い。\n/needs?year=2024\n以上' });
	const page = (await planner.get(path)).text;

	has(page, '<a href="/needs?year=2024">ニーズの画面を見る</a>',
		'an address in the evidence is a link with words');
	ok(!page.includes('>/needs'), 'and is not shown as it is');
	has(page, '要望が多い。\n以上', 'the rest stands as written');
	await planner.post(`${path}/state`, { to: 'review', revision: '3' });
	is((await planner.post(`${path}/state`, { to: 'accepted',
		revision: '4' })).status, 422, 'accepting asks for a reason');
	is((await planner.post(`${path}/state`, { to: 'accepted', revision: '4',
		reason: '必要' })).status, 303, 'with one it is accepted');
	return path;
}

async function plan(path) {
	const name = `試験の計画 ${Date.now()}`;
	const made = await planner.post('/plans', { name, first_year: '2024' });
	const id = made.headers.location.split('/').pop();

	await planner.post('/plans/lines-from-proposal', { plan: id,
		proposal: path.split('/').pop() });
	const lines = () => sql(`SELECT COUNT(*) FROM plan_line
		WHERE plan_id = ${id}`)[0][0];
	const once = lines();

	ok(Number(once) > 0, 'a proposal becomes lines of the plan');
	await Promise.all([1, 2].map(() => planner.post(
		'/plans/lines-from-proposal', { plan: id,
			proposal: path.split('/').pop() })));
	is(lines(), once, 'once, however often the button is pressed');
	is((await planner.post(`/plans/${id}/lines`, { title: '=1+1',
		fiscal_year: '2026', people: '121', seats: '２０', rate: '70',
		minutes: '180', cost_per_run: '50,000', runs: '' })).status, 303,
	'a line is added by hand');
	is((await planner.post(`/plans/${id}/lines`, { title: 'x',
		fiscal_year: '2030', people: '-1', seats: '0', rate: '0',
		minutes: '', cost_per_run: '1' })).status, 422,
	'nonsense is not');
	const { data } = await planner.json(`/plans/${id}?rate=35`);
	const all = data.totals[3];

	is(all.runs, Number(sql(`SELECT SUM(runs) FROM plan_line
		WHERE plan_id = ${id}`)[0][0]), 'totals are those of the lines');
	is(data.what_if[3].runs > all.runs, true,
		'half the show rate needs more runs');
	return { id, name };
}

async function csv({ id }) {
	const file = await planner.get(`/plans/${id}.csv`);
	const lines = file.text.split('\r\n').slice(0, -1);

	is(file.status, 200, 'the plan comes as a file');
	is(lines.length - 1, Number(sql(`SELECT COUNT(*) FROM plan_line
		WHERE plan_id = ${id}`)[0][0]), 'a row a line');
	has(file.text, '"\'=1+1"', 'a formula is made harmless');
	const row = lines.find((line) => line.includes('=1+1')).split(',');
	const names = lines[0].replace(/^\ufeff/, '').split(',');

	is(row[names.indexOf('runs')], '9', '121 / (20 x 0.7) is 9 runs');
	is(row[names.indexOf('cost_yen')], '450000', 'and 450,000 yen');
	ok(lines.some((line) => line.split(',')[names.indexOf('proposal_id')]),
		'a line names the proposal it came from');
}

/* One press makes lines for every year that remains, from the figures. */
async function fromNeed({ id }) {
	const form = { plan: id, year: '2024', skill: 'E', tier: 'T2' };
	const lines = () => sql(`SELECT fiscal_year, people, runs, seats,
		show_rate, course_id, tier_code, need_year, note FROM plan_line
		WHERE plan_id = ${id} AND need_skill = 'E'
		ORDER BY fiscal_year`);
	const page = (await planner.get('/needs?year=2024&skill=E&tier=T2'))
		.text;

	has(page, 'action="/plans/lines-from-need"', '/needs has the form');
	has(page, '<option value="T2" selected>', 'with what was asked for');
	const { data } = await planner.json('/needs?year=2024');
	const at = data.skills.findIndex((skill) => skill.code === 'E');
	const rate = data.tiers.find((tier) => tier.tier === 'T2')
		.cells[at].rate.value;
	const staff = Number(sql(`SELECT COUNT(*) FROM posting p JOIN tier t
		ON t.id = p.tier_id AND t.code = 'T2' WHERE p.valid_from <=
		'2024-12-02' AND (p.valid_to IS NULL
		OR p.valid_to > '2024-12-02')`)[0][0]);

	is((await planner.post('/plans/lines-from-need', form)).status, 303,
		'a need becomes lines of the plan');
	const made = lines();

	is(made.map((line) => line[0]).join(), '2024,2025,2026',
		'one for each of the three years');
	is(made.reduce((sum, line) => sum + Number(line[1]), 0),
		Math.round(staff * rate), 'people are staff times need rate');
	ok(made.every(([, people, runs, seats, show]) => Number(runs) ===
		Math.ceil(people / (seats * show) - 1e-9)),
	'runs follow from seats and show rate');
	is(new Set(made.map((line) => line.slice(6, 8).join())).size, 1,
		'all for the tier and from the year');
	has(made[0][8], 'ニーズ', 'the figures stand in the note');
	has((await planner.get(`/plans/${id}`)).text,
		'/needs?year=2024&amp;skill=E&amp;tier=T2#ranking',
		'the plan leads back to the need');
	is(sql(`SELECT COUNT(*) FROM audit WHERE action = 'plan.need'
		AND object = 'plan:${id}'`)[0][0], '1', 'the log has it');
	has((await planner.get((await planner.post('/plans/lines-from-need', form))
		.headers.location)).text, 'すでに計画に入っています',
	'a second press is told that it is there');
	is(lines().length, 3, 'and adds nothing');
	await fromNobody(form);
	await refused(id, form);
	const [[line]] = sql(`SELECT MAX(id) FROM plan_line WHERE plan_id = ${id}
		AND need_skill = 'E'`);

	is((await planner.post(`/plans/${id}/lines/${line}/delete`)).status, 303,
		'a line can be taken out again');
	is(lines().length, 2, 'and is gone');
}

/* No staff of the tier, or no year that remains: no line, and it says so. */
async function fromNobody(form) {
	const said = async (first) => {
		const made = await planner.post('/plans',
			{ name: `空の計画 ${first} ${Date.now()}`, first_year: first });
		const id = made.headers.location.split('/').pop();
		const reply = await planner.post('/plans/lines-from-need',
			{ ...form, plan: id });

		is(sql(`SELECT COUNT(*) FROM plan_line WHERE plan_id = ${id}`)[0][0],
			'0', 'no line is made');
		return (await planner.get(reply.headers.location)).text;
	};
	const was = sql(`SELECT id, headcount FROM tier WHERE code = 'T2'`);

	sql(`UPDATE tier SET headcount = 0 WHERE code = 'T2'`);
	await sleep(1100); /* db_remember.c */
	has(await said('2024'), '0 名のため、計画行は加えていません',
		'where it comes to nobody');
	for (const [id, n] of was)
		sql(`UPDATE tier SET headcount = ${n} WHERE id = ${id}`);
	has(await said('2020'), '対象年度が残っていない',
		'where the plan is over');
}

async function refused(id, form) {
	const trainee = await signedIn(['trainee']);
	const count = () => sql(`SELECT COUNT(*) FROM plan_line
		WHERE plan_id = ${id}`)[0][0];
	const before = count();

	is((await planner.post('/plans/lines-from-need', { ...form,
		tier: 'T5' })).status, 404, 'a hidden need is none to plan by');
	is((await planner.post('/plans/lines-from-need', { ...form,
		skill: 'none' })).status, 404, 'nor one that does not exist');
	is((await planner.post('/plans/lines-from-need', { ...form, year: 'x' }))
		.status, 400, 'nor one of no year');
	is((await trainee.post('/plans/lines-from-need', form)).status, 403,
		'it is for planners');
	is((await planner.post('/plans/lines-from-need', { ...form, skill: 'A',
		csrf: 'wrong' })).status, 403, 'a form of somebody else is refused');
	is(count(), before, 'and none of them adds a line');
}

async function deciding({ id }) {
	const line = sql(`SELECT MIN(id) FROM plan_line WHERE plan_id = ${id}`)[0];

	has((await planner.get(`/plans/${id}`)).text, '令和6年度のみ契約の対象',
		'the plan says what is under contract');
	is((await planner.post(`/plans/${id}/decide`)).status, 303,
		'the plan is decided');
	is((await planner.post(`/plans/${id}/lines/${line}/delete`)).status, 409,
		'a decided plan is frozen');
	const next = await planner.post(`/plans/${id}/version`);

	is((await planner.json(next.headers.location)).data.plan.version, 2,
		'changes start the next version');
}

test(async () => {
	planner = await signedIn(['planner']);
	const found = await findings();

	await dismissing(found[found.length - 1]);
	const path = await proposal(found.find((f) => f.kind === 'unmet_need') ||
		found[0]);
	const made = await plan(path);

	await csv(made);
	await fromNeed(made);
	await deciding(made);
	const trainee = await signedIn(['trainee']);

	for (const page of ['/needs', '/findings', '/proposals', '/plans',
		'/exports', '/overview'])
		is((await trainee.get(page)).status, 403,
			`${page} is the planner's`);
});
