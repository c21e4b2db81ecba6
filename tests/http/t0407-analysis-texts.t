#!/usr/bin/env node
/*
 * What the page of an analysis says of comments, against what was kept, and
 * that nothing written by few people is on it. On the demo programme, whose
 * jobs are at work.
 */
'use strict';
const { analysed, has, is, keptOf, ok, signedIn, some, sql, test } =
	require('./lib.cjs');

const year = '/analysis?year=2024';
let planner;

const candidatesOf = (group) => [...group.themes.rows, group.requests]
	.flatMap((r) => r.typical ?? []);

/* Nothing is quoted before a planner found it fit; then it is, and back. */
async function screened() {
	const path = '/analysis/comments?year=2024';
	const { texts } = await analysed(planner, year);
	const kept = keptOf('texts', 'year', 2024).groups.slice(1);
	const all = kept.flatMap(candidatesOf);
	const before = (await planner.get(year)).text;
	const [one] = kept[1].themes.rows[0].typical;
	const mark = (id, fit) => planner.post(path, { id, fit });
	const [[last]] = sql('SELECT COALESCE(MAX(id), 0) FROM audit');

	some(all, 'candidates', 20);
	ok(texts.questions.every((q) => q.themes.rows.every((r) =>
		!r.typical.length)) && !all.some((c) =>
		before.includes(escaped(c.text))), 'none is shown before');
	has(before, path, 'the page says where they are read');
	has((await planner.get(path)).text, escaped(one.text), 'here they are');
	is((await mark('0'.repeat(32), 'yes')).status, 404,
		'only candidates can be marked');
	is((await mark(one.id, 'yes')).status, 303, 'one is fit');
	is((await mark(one.id, 'yes')).status, 303, 'a second press is no other');
	has((await planner.get(year)).text, escaped(one.text), 'it is shown');
	is(sql(`SELECT action, object FROM audit WHERE action IN
		('comment.fit', 'comment.unfit') AND id > ${last}`)
		.join(), 'comment.fit,year:2024', 'and who said so is on record');
	await mark(one.id, 'no');
	ok(!(await planner.get(year)).text.includes(escaped(one.text)),
		'taken back, it is not');
	for (const c of all)
		await mark(c.id, 'yes');
}

/* What somebody wrote, as a page would have it. */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function themesOf(part, kept, page) {
	const groups = kept.groups.filter((g) => g.question !== 'all');

	is(part.questions.map((q) => q.id).join(), groups.map((g) => g.question)
		.join(), 'every question is there');
	some(groups, 'questions', 3);
	groups.forEach((g, i) => {
		const { themes } = part.questions[i];

		some(themes.rows, `${g.question}: themes`, 3);
		ok(themes.rows.every((r) => r.typical.length > 0 &&
			r.typical.length <= 3),
		`${g.question}: each with comments`);
		is(themes.rows.map((r) => r.count).join(), g.themes.rows
			.map((r) => r.count).join(), `${g.question}: its themes`);
		ok(themes.rows.every((r) => r.count >= 10 && r.share.n >= 10),
			'none of them of fewer than ten');
		ok(themes.rows.every((r) => r.typical.every((t) =>
			page.includes(escaped(t.text)))),
		'with what people wrote');
	});
	has(part.statement, `${part.questions[1].themes.rows[0].title}`,
		'the first sentence names what is to be improved most');
}

function networkOf(part, kept, chart) {
	const { nodes, links } = kept.groups[0].network;

	some(nodes, 'words', 10);
	some(part.network.pairs, 'pairs of words', 10);
	is(chart.nodes.map((n) => n.label).join(), nodes.map((n) => n.term)
		.join(), 'the chart has the words');
	is(chart.links.length, part.network.pairs.length,
		'and as many lines as the table has pairs');
	part.network.pairs.forEach((pair, i) => {
		const { from, to } = chart.links[i];

		ok(pair.a === chart.nodes[from].label &&
			pair.b === chart.nodes[to].label &&
			pair.jaccard === links[i].jaccard, `${pair.a}, ${pair.b}`);
	});
	ok(nodes.every((n) => n.count >= 3), 'of three people and more');
}

/* The table and the chart of the code book, against what was kept. */
function codesOf(part, kept, page, chart) {
	const { codes } = part, rows = kept.groups[0].codes.rows;

	some(codes.rows, 'codes', 10);
	is(codes.rows.map((r) => [r.id, r.count].join()).join(' '),
		rows.map((r) => [r.id, r.count].join()).join(' '), 'as kept');
	ok(codes.rows.every((r) => r.shown === ('count' in r) && (!r.shown ||
		r.people === 0 || r.people >= 10)), 'ten people a code, or none');
	ok(codes.rows.every((r) => r.share.n === kept.groups[0].comments),
		'of all comments');
	is(chart.categories.join(), codes.rows.filter((r) => r.shown)
		.map((r) => r.name).join(), 'the chart has those that are shown');
	ok(codes.uncoded.shown ? codes.uncoded.count <= codes.uncoded.share.n
		: !('count' in codes.uncoded), 'and how many have no code');
	has(page, 'まだ読み手が確かめていません', 'nobody has checked it yet');
	has(page, 'コードブックは標準設定（要編集）のままです', 'nor edited');
}

async function ofYear() {
	const data = await analysed(planner, year), part = data.texts;
	const page = (await planner.get(year)).text;
	const kept = keptOf('texts', 'year', 2024);

	ok(part.shown, 'a year of comments is shown');
	themesOf(part, kept, page);
	networkOf(part, kept, data.charts.texts_network);
	codesOf(part, kept, page, data.charts.texts_codes);
	some(part.tiers.rows, 'tiers', 2);
	is(part.tiers.rows.length, kept.groups[0].tiers.rows.length,
		'a row a tier');
	for (const about of ['themes', 'requests', 'network', 'tiers']) {
		const { what } = part[`about_${about}`];

		ok(page.includes(what.title) && what.read && what.formula &&
			/\d{4}/.test(what.source), `${what.title} is explained`);
	}
}

/* A session few people praised and more criticised, and its page. */
async function fewPraised() {
	for (const [id] of sql(`SELECT id FROM session WHERE state = 'held'
		ORDER BY id`)) {
		const path = `/sessions/${id}/analysis`;
		const { texts } = await analysed(planner, path);
		const [, good, improve] = keptOf('texts', 'session', id).groups ?? [];

		if (good?.status === 'too_few' && improve.status === 'ok')
			return { id, path, texts, n: good.n };
	}
	throw new Error('no session that few people praised');
}

const written = (session, key) => sql(`SELECT DISTINCT a.text FROM answer a
	JOIN collection c ON c.id = a.collection_id
	WHERE c.session_id = ${session} AND a.item_key = '${key}'
	AND CHAR_LENGTH(a.text) > 8`).map(([text]) => text);

/* What fewer than ten people wrote of a question is nowhere. */
async function fewAreHidden() {
	const { id, path, texts, n } = await fewPraised();
	const page = (await planner.get(path)).text;
	const [few] = texts.questions.filter((q) => q.id === 'comment-good');
	const [more] = texts.questions.filter((q) => q.id === 'comment-improve');
	const others = written(id, 'comment_improve');
	const praise = written(id, 'comment_good').filter((text) =>
		!others.includes(text));

	ok(!few.shown && !few.themes && !few.terms && n > 0 && n < 10,
		'a question with few answers shows none');
	has(few.why, `10 名以上の回答が必要です（今は ${n} 名）`, 'and says why');
	has(page, few.why, 'on the page too');
	some(praise, 'comments nobody may see', 2);
	is(praise.filter((text) => page.includes(escaped(text)) ||
		JSON.stringify(texts).includes(text)).join(), '',
	'and none of them is on the page');
	ok(more.shown, 'another question of the same session is shown');
	some(more.terms, 'with its words', 3);
}

/* A course of which only codes that nobody mentions can be shown. */
async function hiddenIsNotNone() {
	const { texts } = await analysed(planner,
		'/courses/service-design-managers/analysis');
	const { rows, statement } = texts.codes;

	ok(rows.some((r) => !r.shown) && rows.every((r) => !r.count),
		'what was written of is hidden');
	has(statement, '書いた方が少ない', 'and not said to be nothing');
}

async function inEnglish() {
	await planner.post('/language', { lang: 'en', back: year });
	const page = (await planner.get(year)).text;
	const { texts } = (await planner.json(year)).data;

	has(texts.statement, 'The commonest theme of “', 'in English');
	ok(!/an_texts\./.test(page), 'no text is missing');
	has(page, '<span lang="ja">', 'what was written is marked as Japanese');
}

test(async () => {
	planner = await signedIn(['planner']);
	await screened();
	await ofYear();
	await fewAreHidden();
	await hiddenIsNotNone();
	await inEnglish();
});
