#!/usr/bin/env node
/*
 * texts.t: the catalogues of both languages, the views and the C code agree.
 *
 * In C a key is a literal in a call of text_of(), request_text() or
 * reply_done(), or stands in TEXT_KEY(). A literal with a "%" ("state.%s")
 * counts as a use of every key that fits. "KEY.one" is a count's text for
 * exactly one, in a language that needs it; KEY is then a key of its own.
 * "area.what_thing" (for model_what()) is a use of itself and of three more:
 * what_thing_read, what_thing_formula and what_thing_source.
 */
const fs = require('fs');
const path = require('path');

const root = path.join(__dirname, '../..');
let count = 0, failed = 0;

function check(sentence, wrong) {
	console.log(`${wrong.length ? 'not ' : ''}ok ${++count} - ${sentence}`);
	for (const line of wrong)
		console.log(`# ${line}`);
	failed += wrong.length > 0;
}

function files(folder, ending) {
	const full = path.join(root, folder);

	if (!fs.existsSync(full))
		return [];
	return fs.readdirSync(full, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
		.map((entry) => path.join(entry.parentPath ?? entry.path,
			entry.name))
		.sort();
}

function catalogue(lang) {
	const all = new Map();

	for (const file of files(`content/lang/${lang}`, '.json'))
		for (const [key, text] of
			Object.entries(JSON.parse(fs.readFileSync(file))))
			all.set(key, text);
	return all;
}

const named = (text) => [...new Set(
	[...text.matchAll(/\{([a-z][\w.]*)\}/g)].map((m) => m[1]))].sort().join();
const ja = catalogue('ja'), en = catalogue('en');
const both = new Set([...ja.keys(), ...en.keys()]);
const ones = [...both].filter((key) => key.endsWith('.one'));

for (const key of ones)
	both.delete(key);

check('there are texts, views and code to compare',
	[[ja.size, 'Japanese texts'], [en.size, 'English texts'],
		[files('content/views', '.mustache').length, 'views'],
		[files('fcgi', '.c').length, 'files of C']]
		.filter(([n]) => n < 100).map(([n, what]) => `${n} ${what}`));
check('both languages have the same keys',
	[...both].filter((key) => !ja.has(key)).map((k) => `ja lacks ${k}`)
		.concat([...both].filter((key) => !en.has(key))
			.map((k) => `en lacks ${k}`)));
check('a key is area.thing in small letters',
	[...both].filter((key) => !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(key)));
check('a text for exactly one belongs to a count', ones.filter((key) =>
	!(en.get(key.slice(0, -4)) ?? '').includes('{n}')));
check('no text is empty', [...both].filter((key) =>
	ja.get(key)?.trim() === '' || en.get(key)?.trim() === ''));
check('both languages fill the same names', [...both]
	.filter((key) => ja.has(key) && en.has(key) &&
		named(ja.get(key)) !== named(en.get(key)))
	.map((key) => `${key}: {${named(ja.get(key))}} {${named(en.get(key))}}`));

const used = new Set(), missing = [], patterns = [], foreign = [];
const want = (key, file) => {
	used.add(key);
	if (!both.has(key))
		missing.push(`${path.relative(root, file)}: ${key}`);
};

for (const file of files('content/views', '.mustache')) {
	const text = fs.readFileSync(file, 'utf8');

	for (const [, key] of text.matchAll(/\{\{\s*msg\.([\w.-]+)\s*\}\}/g))
		want(key, file);
	if (!file.endsWith('styleguide.mustache') &&
	    /[\u3040-\u30ff\u4e00-\u9fff]/.test(
		    text.replace(/\{\{![^}]*\}\}/g, '')
			    .replace(/lang="ja">[^<]*/g, '')))
		foreign.push(path.relative(root, file));
}
for (const file of files('fcgi', '.c').concat(files('fcgi', '.h'))) {
	const text = fs.readFileSync(file, 'utf8')
		.replace(/\/\*[^]*?\*\//g, '').replace(/"\s*"/g, '');
	const calls = new RegExp('\\b(?:TEXT_KEY|text_of|request_text|reply_done)' +
		'\\s*\\((?:[^"();]|\\([^"();]*\\))*"([a-z0-9_.%]+)"', 'g');

	for (const [, key] of text.matchAll(calls))
		if (!key.includes('%'))
			want(key, file);
	for (const [, literal] of text.matchAll(/"([a-z0-9_]+\.[a-z0-9_.%]+)"/g))
		if (literal.includes('%'))
			patterns.push(new RegExp(`^${literal.replaceAll('.', '\\.')
				.replace(/%[a-z0-9]*[sdu]/g, '[a-z0-9_]+')}$`));
		else if (/^[a-z0-9_]+\.what_[a-z0-9_]+$/.test(literal))
			for (const end of ['', '_read', '_formula', '_source'])
				want(literal + end, file);
		else
			used.add(literal);
}
check('every text that is asked for is there', [...new Set(missing)]);
check('every text is used somewhere', [...both].filter((key) =>
	!used.has(key) && !patterns.some((p) => p.test(key))));
check('no view holds Japanese of its own', foreign);
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
