#!/usr/bin/env node
/*
 * 合成データ: whatever shows the invented programme says so, as a page, as JSON
 * and as a file, to everybody who may see it.
 */
'use strict';
const { readFileSync } = require('node:fs');
const { Browser, is, now, ok, test } = require('./lib.cjs');

/* One of a kind is asked for: numbers and codes do not make another. */
const kind = (address) => {
	const [path, query = ''] = address.split('?');

	return `${path.replace(/\/\d+/g, '/:n')
		.replace(/^\/courses\/[^/]+/, '/courses/:code')}?${
		[...new URLSearchParams(query).keys()].sort().join()}`;
};

/* Addresses a page leads to; those of its forms are for sending. */
const linksOf = (text) => [...text.matchAll(/ href="(\/[^"#]*)/g)]
	.map(([, address]) => address.replaceAll('&amp;', '&'))
	.filter((address) => !/^\/(static\/|language)/.test(address));

/* What people wrote for the city, which stays when the demo is gone. */
const REAL = /^\/(surveys\/\d+\/(document|definition)|admin\/import\/sample)/;

const isMarked = (reply) => /合成データ/.test(reply.text) ||
	/%E5%90%88%E6%88%90/.test(reply.headers['content-disposition'] || '');

async function walk(browser) {
	const seen = new Set(), waiting = ['/'], wrong = [];

	while (waiting.length) {
		const path = waiting.shift();

		if (seen.has(kind(path)) || REAL.test(path))
			continue;
		seen.add(kind(path));
		const reply = await browser.get(path);
		const isPage = /html/.test(reply.headers['content-type']);

		if (reply.status === 303 || reply.status === 302) {
			waiting.push(reply.headers.location);
			continue;
		}
		if (reply.status !== 200)
			wrong.push(`${path}: ${reply.status}`);
		else if (!isMarked(reply))
			wrong.push(`${path}: no 合成データ`);
		if (!isPage)
			continue;
		waiting.push(...linksOf(reply.text));
		if ((await browser.json(path)).data?.demo !== true)
			wrong.push(`${path}: JSON without demo`);
	}
	return { wrong, seen };
}

test(async () => {
	/* A copy of a template made days ago goes on from the same day. */
	const after = now() - Date.UTC(2024, 11, 2);

	ok(after >= 0 && after < 30 * 60000,
		'the demo plays on the morning of 2 December 2024', after);
	const accounts = readFileSync(`${process.env.VAR}/demo-accounts`, 'utf8')
		.trim().split('\n').map((line) => line.trim().split(/\s+/));

	for (const [role, login, password] of accounts) {
		const browser = new Browser();

		is((await browser.signIn(login, password)).status, 303,
			`the demo account of a ${role} signs in`);
		const { wrong, seen } = await walk(browser);

		is(wrong.join('\n'), '', `all a ${role} is led to opens, and says ` +
			'that it is invented');
		ok(seen.size > 12, `the ${role} was led to ${seen.size} pages`);
	}
	const nobody = await new Browser().get('/sign-in');

	ok(isMarked(nobody), 'so does the page to sign in');
});
