#!/usr/bin/env node
/*
 * The code book that is shipped: its words can be found in comments, and its
 * codes are those that a reader would give to comments written down here.
 */
'use strict';
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } =
	require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const top = join(__dirname, '../..');
const program = process.env.TERAKOYA ??
	join(top, 'build', process.env.BUILD ?? 'debug', 'terakoya');
const folder = mkdtempSync(join(tmpdir(), 'codebook.'));
let count = 0, failed = 0;

function ok(good, sentence, detail = '') {
	console.log(`${good ? '' : 'not '}ok ${++count} - ${sentence}`);
	if (!good)
		console.log(`# ${detail}`);
	failed += good ? 0 : 1;
}

const lines = (name) => readFileSync(join(top, 'content/words',
	`${name}.txt`), 'utf8').split('\n').filter((l) => l && l[0] !== '#');
const same = new Map(lines('same').flatMap((line) => {
	const [as, ...others] = line.split(' ');

	return others.map((other) => [other, as]);
}));
const counted = (word) => {
	const [plain, mark] = [word.replace('[否定]', ''), word.includes('[否定]')];

	return (same.get(plain) ?? plain) + (mark ? '[否定]' : '');
};

const xml = readFileSync(join(top, 'content/codebook/codebook.xml'), 'utf8');
const book = [...xml.matchAll(/<code id="([^"]+)">(.*?)<\/code>/gs)].map(
	([, id, body]) => ({ id, rules: [...body.matchAll(
		/<rule>(.*?)<\/rule>/gs)].map(([, rule]) => [...rule.matchAll(
		/<(any|all|not)>([^<]+)</g)].map(([, need, words]) =>
		({ need, words: words.trim().split(/\s+/).map(counted) }))) }));

function analyse(method, files, options = {}) {
	const inputs = Object.entries(files).flatMap(([name, text]) => {
		writeFileSync(join(folder, name), text);
		return ['--input', join(folder, name)];
	});

	return JSON.parse(execFileSync(program, ['analyse', method, ...inputs,
		'--options', JSON.stringify(options)], { encoding: 'utf8' }));
}

/* A comment and its codes, as somebody who reads it would say. */
const read = {
	'時間が足りず、演習が途中で終わってしまいました。': 'time-short exercise',
	'時間は十分に足りました。': '',
	'短い時間で要点がまとまっていました。': '',
	'専門用語が多く、初心者には難しく感じました。': 'hard',
	'思ったより難しくなかったです。': '',
	'内容が簡単すぎて物足りないです。': 'easy',
	'説明の速さについていけないところがありました。': 'pace instructor',
	'予定より早く終わりました。': '',
	'手を動かす演習がよかったです。': 'exercise',
	'資料の字が小さいです。': 'material',
	'講師の説明が丁寧でした。': 'instructor',
	'仕事にすぐ使える内容でした。': 'relevance',
	'業務の都合で途中退席しました。': '',
	'会場のマイクの音が小さいです。': 'place',
	'市民の声を聞くことが大切だと分かりました。': '',
	'他の課の人と意見交換ができました。': 'exchange',
	'録画で見直せるとよいです。': 'online',
	'続編をお願いします。': 'continue',
	'参加できる回を増やしてほしいです。': 'continue',
	'業務に応用したいと思います。': '',
};

try {
	const words = book.flatMap((c) => c.rules.flat().flatMap((p) => p.words));
	const stop = new Set(lines('stop'));
	const comments = Object.keys(read);
	const { tokens } = analyse('text_tokens', {
		'comments.csv': `comment\n${comments.join('\n')}\n`,
		'stop.txt': lines('stop').join('\n'),
		'terms.txt': lines('terms').join('\n'),
		'blank.txt': lines('blank').join('\n') });
	const result = analyse('codes', {
		'tokens.csv': `doc,token\n${tokens.flatMap((list, i) => list.map(
			(word) => `${i + 1},${counted(word)}\n`)).join('')}`,
		'book.csv': `code,rule,need,words\n${book.flatMap((c) =>
			c.rules.flatMap((r, i) => r.map((p) => `${c.id},${i + 1},${
				p.need},${p.words.join(' ')}\n`))).join('')}`,
	}, { n_documents: comments.length });

	ok(book.length >= 10 && words.length > 80, 'there are codes with words',
		`${book.length} codes, ${words.length} words`);
	ok(words.every((w) => !stop.has(w)), 'no word is one that never counts',
		words.filter((w) => stop.has(w)).join(' '));
	comments.forEach((comment, i) => {
		const got = result.code.filter((_, c) =>
			result.docs[c].includes(i + 1)).join(' ');

		ok(got === read[comment], comment, `${got} of ${tokens[i]}`);
	});
	ok(book.every((c) => Object.values(read).some((codes) =>
		codes.split(' ').includes(c.id))), 'each code was found once at least');
} finally {
	rmSync(folder, { recursive: true });
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
