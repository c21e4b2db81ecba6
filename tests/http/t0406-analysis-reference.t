#!/usr/bin/env node
/*
 * From answers to the figures on a page, on sets whose figures are known: the
 * 1,000 people of LSAT section 6 (Bock & Lieberman 1970, real answers, read
 * from ../shared/golden) against values computed in R, and an invented set in
 * which one item favours a tier, against the formula written down here.
 *
 * On a database of its own, so that nothing else is in it.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { has, is, ok, ownSite, signedIn, skip, sql, test } =
	require('./lib.cjs');

const top = join(__dirname, '../..');
const golden = process.env.GOLDEN || join(top, '../shared/golden');

ownSite(__filename);

let planner, trainer;

/* The answers as a held session, analysed; its id. */
function load(code, title, csv) {
	const tool = join(top, 'build', process.env.BUILD || 'debug',
		'tests/http/answers_load');
	const id = execFileSync(tool, [code, title], { cwd: top, input: csv,
		encoding: 'utf8' }).trim();

	for (const scope of [['session', id], ['course', code]])
		execFileSync(process.env.TERAKOYA, ['analysis', ...scope],
			{ cwd: top, stdio: 'pipe' });
	sql(`INSERT INTO session_trainer (session_id, person_id)
		VALUES (${id}, ${trainer.id})`);
	return id;
}

const read = (name, file) => readFileSync(join(golden, name, file), 'utf8');
const expected = (name) => JSON.parse(read(name, 'expected.json')).expected;
/* A thousand people: figures are kept to 0.001 and shown to 0.01. */
const signed = (v) => `${v > 0 ? '+' : ''}${
	(Math.round(v * 1000) / 1000).toFixed(2)}`;

/* The rows of the first table after a heading or caption, as lists of texts. */
function tableAfter(page, words) {
	const html = page.slice(page.indexOf(words));
	const body = html.match(/<tbody>([\s\S]*?)<\/tbody>/)?.[1] ?? '';

	return body.split('</tr>').slice(0, -1).map((row) =>
		[...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)]
			.map(([, cell]) => cell.replace(/<[^>]*>/g, ' ')
				.replace(/\s+/g, ' ').trim()));
}

/* One session: how each item works. */
async function itemsOfLsat(session) {
	const want = expected('items-lsat6').item;
	const path = `/sessions/${session}/analysis`;
	const { data } = await trainer.json(path);
	const page = (await trainer.get(path)).text;
	const rows = data.items.rows.filter((r) => /^q\d/.test(r.text) ||
		/q\d$/.test(r.text));
	const at = (name) => rows.find((r) => r.text.endsWith(name));

	is(rows.length, 5, 'LSAT: the five items are on the page');
	has(data.items.base_text, '1,000', 'LSAT: of a thousand people');
	want.item.forEach((name, j) => {
		const row = at(name), text = JSON.stringify(row);

		is(row.after.value_text, `${(100 * want.difficulty[j]).toFixed(1)}%`,
			`LSAT ${name}: difficulty`);
		has(text, want.r_item_rest[j].toFixed(2),
			`LSAT ${name}: discrimination`);
		has(text, want.D27[j].toFixed(2), `LSAT ${name}: D27`);
		has(text, want.alpha_if_deleted[j].toFixed(2),
			`LSAT ${name}: alpha without it`);
		has(page, row.after.value_text, `LSAT ${name}: in HTML`);
	});
	const alpha = expected('items-lsat6').alpha.toFixed(2);

	is(data.reliability.rows[0].alpha.value_text, alpha, 'LSAT: alpha');
	has(page, `信頼性 α ${alpha}`, 'LSAT: alpha in HTML');
	has((await trainer.get(path.replace('analysis', 'dashboard'))).text,
		alpha, 'LSAT: and on the dashboard');
}

/* The course: one scale. */
async function scaleOfLsat() {
	const want = expected('irt-lsat6-1pl');
	const two = expected('irt-lsat6-2pl');
	const path = '/courses/lsat6/analysis';
	const { data } = await trainer.json(path), { ability } = data;
	const page = (await trainer.get(path)).text;
	const table = tableAfter(page, '設問ごとの難しさ（易しい順）');
	const order = want.b.map((b, j) => ({ b, j })).sort((x, y) => x.b - y.b);

	ok(ability.shown, 'LSAT: there is a scale');
	is(table.length, 5, 'LSAT: five items in the table');
	order.forEach(({ b, j }, i) => {
		const half = 1.959964 * want.se_b[j];

		has(table[i][0], `q${j + 1}`, `LSAT: item ${i + 1} by difficulty`);
		is(table[i][1].split(' ')[0], signed(b),
			`LSAT q${j + 1}: difficulty on the scale`);
		has(table[i][1], `${signed(b - half)}〜${signed(b + half)}`,
			`LSAT q${j + 1}: its interval`);
		is(table[i][2], `${want.a[j].toFixed(2)} ± ${
			(1.959964 * want.se_a[j]).toFixed(2)}`,
		`LSAT q${j + 1}: slope`);
	});
	has(page, `1PL が ${want.bic.toFixed(1)}`, 'LSAT: BIC of the 1PL');
	has(page, `2PL が ${two.bic.toFixed(1)}`, 'LSAT: BIC of the 2PL');
	has(page, `χ² = ${(2 * (two.loglik - want.loglik)).toFixed(2)}`,
		'LSAT: and their likelihood ratio');
	ok(!data.groups.shown && !data.groups.why.includes('30 名以上'),
		'LSAT: a thousand people of no tier are not too few');
	has(ability.note, '差 +0.00', 'the same answers again are no change');
	has((await planner.get(`${path}?lang=en`)).text,
		`${want.bic.toFixed(1)} for the 1PL`, 'LSAT: in English too');
}

/* ---- an item that favours a tier ---- */

const ITEMS = 8, EACH = 300, ODD = 4;

/* People of two tiers of equal ability; item 4 is harder for tier 1. */
function invented() {
	let state = 20241202;
	const random = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 4294967296;
	};
	const rows = [];

	for (let i = 0; i < 2 * EACH; i++) {
		const tier = i % 2 + 1;
		const able = random() + random() + random() - 1.5;

		rows.push([tier, ...Array.from({ length: ITEMS }, (_, j) => {
			const hard = (j - 3.5) / 3 + (j + 1 === ODD && tier === 1
				? 1.6 : 0);

			return random() < 1 / (1 + Math.exp(hard - 2 * able)) ? 1 : 0;
		})]);
	}
	return rows;
}

/* Mantel-Haenszel over equal totals; above 0: easier for tier 1. */
function delta(rows, item) {
	const strata = new Map();
	let up = 0, down = 0;

	for (const [tier, ...right] of rows) {
		const total = right.reduce((a, b) => a + b, 0);
		const s = strata.get(total) ?? [0, 0, 0, 0];

		s[(tier === 1 ? 0 : 2) + (right[item] ? 0 : 1)]++;
		strata.set(total, s);
	}
	for (const [a, b, c, d] of strata.values()) {
		up += a * d / (a + b + c + d);
		down += b * c / (a + b + c + d);
	}
	return 2.35 * Math.log(up / down);
}

async function fairness() {
	const rows = invented();
	const names = rows[0].slice(1).map((_, j) => `q${j + 1}`);

	load('fair', '公平さの試験', [['tier', ...names], ...rows]
		.map((row) => row.join()).join('\n'));
	const path = '/courses/fair/analysis';
	const { fairness: part } = (await planner.json(path)).data;
	const page = (await planner.get(path)).text;
	const one = part.courses[0].comparisons[0];

	is(part.courses[0].comparisons.length, 1,
		'two tiers are one comparison, not two');
	is(one.rows.map((r) => r.delta.value_text).join(), names
		.map((_, j) => signed(delta(rows, j))).join(),
	'the differences by the formula');
	is(one.rows.filter((r) => r.class === 'C').map((r) => r.text).join(),
		`設問 q${ODD}`, 'the item made harder is a large difference');
	has(one.rows[ODD - 1].reading, '大きく不利', 'against the right tier');
	is(one.rows.map((r) => r.is_trouble).join(), one.rows
		.map((r) => r.class === 'C').join(), 'only class C is trouble');
	has(page, '見直しが必要です', 'and the page says what to do');
	has(one.statement, `${one.rows.filter((r) => r.is_trouble).length} 問`,
		'the heading counts');
	const [row] = tableAfter(page, '設問ごとの有利・不利').slice(ODD - 1);

	has(row.join(' '), signed(delta(rows, ODD - 1)), 'the table has it');
	const few = load('few', '少人数', [['tier', ...names],
		...rows.slice(0, 150)].map((r) => r.join()).join('\n'));

	ok(few && !(await planner.json('/courses/few/analysis')).data.fairness
		.shown, 'with 75 people a tier nothing is judged');
	has((await planner.get('/courses/few/analysis')).text, '100 名以上',
		'and the page says how many it needs');
}

test(async () => {
	planner = await signedIn(['planner']);
	trainer = await signedIn(['trainer']);
	await fairness();
	if (!existsSync(join(golden, 'items-lsat6'))) {
		skip('LSAT 6: ../shared/golden is not here');
		return;
	}
	const lsat = load('lsat6', 'LSAT 第6部',
		read('items-lsat6', 'responses.csv'));

	await itemsOfLsat(lsat);
	await scaleOfLsat();
});
