#!/usr/bin/env node
/*
 * What the page of an analysis says of comments, against what was kept, and
 * that nothing written by few people is on it. On the demo programme, whose
 * jobs are at work.
 */
'use strict';
const { analysed, has, is, ok, signedIn, sql, test } = require('./lib.cjs');

const year = '/analysis?year=2024';
let planner;

const keptOf = (scope, id) => JSON.parse(sql(`SELECT JSON_EXTRACT(result,
	'$.parts.texts') FROM analysis WHERE scope = '${scope}' AND
	scope_id = ${id}`)[0][0]);

/* What somebody wrote, as a page would have it. */
const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function themesOf(part, kept, page) {
	const groups = kept.groups.filter((g) => g.question !== 'all');

	is(part.questions.map((q) => q.id).join(), groups.map((g) => g.question)
		.join(), 'every question is there');
	groups.forEach((g, i) => {
		const { themes } = part.questions[i];

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

async function ofYear() {
	const data = await analysed(planner, year), part = data.texts;
	const page = (await planner.get(year)).text;
	const kept = keptOf('year', 2024);

	ok(part.shown, 'a year of comments is shown');
	themesOf(part, kept, page);
	networkOf(part, kept, data.charts.texts_network);
	is(part.tiers.rows.length, kept.groups[0].tiers.rows.length,
		'a row a tier');
	for (const about of ['themes', 'requests', 'network', 'tiers']) {
		const { what } = part[`about_${about}`];

		ok(page.includes(what.title) && what.read && what.formula &&
			/\d{4}/.test(what.source), `${what.title} is explained`);
	}
}

/* What fewer than ten people wrote of a question is nowhere. */
async function fewAreHidden() {
	const [[session]] = sql(`SELECT scope_id FROM analysis WHERE
		scope = 'session' AND JSON_VALUE(result,
		'$.parts.texts.groups[1].status') = 'too_few' AND JSON_VALUE(
		result, '$.parts.texts.groups[2].status') = 'ok' LIMIT 1`);
	const path = `/sessions/${session}/analysis`;
	const { texts } = await analysed(planner, path);
	const page = (await planner.get(path)).text;
	const [few] = texts.questions.filter((q) => q.id === 'comment-good');
	const kept = keptOf('session', session).groups[1];

	ok(!few.shown && !few.themes && !few.terms && kept.n < 10,
		'a question with few answers shows none');
	has(few.why, `10 名以上の回答が必要です（今は ${kept.n} 名）`, 'and says why');
	has(page, few.why, 'on the page too');
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
	await ofYear();
	await fewAreHidden();
	await inEnglish();
});
