#!/usr/bin/env node
/*
 * Two planners check the code book on a sample of comments: each reads alone,
 * kappa is computed when both have finished, and the page of the analysis says
 * which codes are checked. On the demo programme, whose jobs are at work.
 */
'use strict';
const { analysed, has, is, keptOf, ok, signedIn, some, sql, test } =
	require('./lib.cjs');

const year = '/analysis?year=2024', path = '/analysis/codes?year=2024';
const at = (place) => `${path}&at=${place}`;
const post = (who, form) => who.post(path, form);
const partOf = async (who) => (await analysed(who, year)).texts.codes;
const words = (text) => text.split(' ').filter(Boolean);

/* A form with these codes ticked. */
const ticks = (place, codes) => Object.fromEntries([['do', 'read'],
	['place', String(place)], ...codes.map((c) => [`code-${c}`, 'yes'])]);

const rules = () => sql(`SELECT place, rules FROM code_sample_comment
	ORDER BY place`).map(([, codes]) => words(codes));

/* Cohen's kappa of two lists of yes and no, from its definition. */
function kappa(a, b) {
	const n = a.length, share = (x) => x.filter(Boolean).length / n;
	const alike = a.filter((x, i) => x === b[i]).length / n;
	const chance = share(a) * share(b) + (1 - share(a)) * (1 - share(b));

	return (alike - chance) / (1 - chance);
}

async function drawn(first) {
	const before = await partOf(first);

	has(before.standing, 'まだ読み手が確かめていません', 'nobody has read yet');
	has((await first.get(year)).text, path, 'the page says where to');
	is((await post(first, ticks(1, []))).status, 404, 'nothing to read yet');
	is((await post(first, { do: 'draw' })).status, 303, 'a sample is drawn');
	is((await post(first, { do: 'draw' })).status, 303, 'once');
	is(sql('SELECT size, people >= 10 FROM code_sample').join(), '50,1',
		'of fifty comments of ten people at least');
	is(rules().length, 50, 'they are kept');
	is(sql('SELECT seed FROM code_sample').join(),
		String(keptOf('texts', 'year', 2024).groups[0].codes.sample.seed),
		'with the seed of the draw');
}

async function read(who, codesOf) {
	for (let place = 1; place <= 50; place++) {
		const reply = await post(who, ticks(place, codesOf(place - 1)));

		if (reply.status !== 303)
			throw new Error(`place ${place} says ${reply.status}`);
	}
}

async function firstReads(first, all) {
	const page = await first.get(path);

	has(page.text, '50 件中 1 件目', 'the first comment is shown');
	ok(!/ checked[ >]/.test(page.text), 'without what the rules say');
	is((await first.get(at(51))).status, 404, 'there are fifty');
	is((await post(first, ticks(51, []))).status, 404, 'and no more');
	await post(first, ticks(1, all[0]));
	has((await first.get(path)).text, '50 件中 2 件目', 'one goes on later');
	is((await first.get(at(1))).text.match(/ checked[ >]/g)?.length ?? 0,
		all[0].length, 'what was ticked is there again');
	is((await post(first, { ...ticks(2, []), to: 'before' })).headers
		.location, at(1), 'one goes back');
	has((await first.get(path)).text, '50 件中 2 件目',
		'and what has no tick is not read by that');
	await post(first, { ...ticks(2, ['pace']), to: 'before' });
	has((await first.get(path)).text, '50 件中 3 件目',
		'what has one is kept');
	is((await post(first, { do: 'finish' })).status, 409,
		'not to be finished before all are read');
	await read(first, (i) => all[i]);
	has((await first.get(path)).text, '50 件すべてに目を通しました', 'all read');
	is((await post(first, { do: 'finish' })).status, 303, 'finished');
	await post(first, ticks(1, ['pace']));
	is(sql(`SELECT codes FROM code_reading WHERE place = 1`).join(),
		all[0].join(' '), 'then it stays as it is');
	has((await first.get(path)).text, 'もう 1 名が読み終えると',
		'one reader is not enough');
	has((await partOf(first)).standing, 'まだ読み手が確かめていません',
		'nor on the page of the analysis');
}

/* The other sees exercises elsewhere, and the rest as the first did. */
async function secondReads(second, all) {
	const other = all.map((codes, i) => [
		...codes.filter((c) => c !== 'exercise'),
		...(i % 2 ? ['exercise'] : [])]);

	ok(!/ checked[ >]/.test((await second.get(at(1))).text),
		'the second does not see what the first ticked');
	await read(second, (i) => other[i]);
	await post(second, { do: 'finish' });
	return other;
}

async function results(first, all, other) {
	const { data } = await first.json(path);
	const page = await partOf(first);

	some(data.results, 'codes', 10);
	for (const r of data.results) {
		const [a, b] = [all, other].map((list) =>
			list.map((codes) => codes.includes(r.id)));
		const want = kappa(a, b);

		if (Number.isNaN(want))
			ok(r.kappa.value === null && !r.is_checked,
				`${r.id}: nobody found it, it is not checked`);
		else
			ok(Math.abs(r.kappa.value - want) < (Math.abs(want) < .005 ? .005 : 1e-9) &&
				r.is_checked === (want >= .6),
			`${r.id}: kappa ${want.toFixed(2)}`);
	}
	ok(data.results.some((r) => r.is_checked) &&
		data.results.some((r) => r.id === 'exercise' && !r.is_checked),
	'some are checked, that on which they differ is not');
	has(page.standing, '読み手 2 名が標本 50 件を読んで', 'the page says so');
	is(page.rows.filter((r) => r.checked).map((r) => r.id).sort().join(),
		data.results.filter((r) => r.is_checked).map((r) => r.id).sort()
			.join(), 'and which codes');
	is(sql(`SELECT action FROM audit WHERE action IN ('comment.sample',
		'comment.read', 'comment.sorted') ORDER BY id`).join(' '),
	'comment.sample comment.read comment.sorted comment.read comment.sorted',
	'who read comments is on record');
}

test(async () => {
	const first = await signedIn(['planner']);
	const second = await signedIn(['planner']);

	await analysed(first, year);
	await drawn(first);
	const all = rules();
	await firstReads(first, all);
	const other = await secondReads(second, all);
	await results(first, all, other);
	await first.post('/language', { lang: 'en', back: path });
	const page = (await first.get(path)).text;
	has(page, 'codes are checked', 'in English');
	ok(!/\bcodes\.[a-z_]+\b/.test(page), 'no text is missing');
});
