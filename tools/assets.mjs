#!/usr/bin/env node
/*
 * assets: build what the browser loads into build/static.
 *
 *	content/styles/app.css     -> app.<hash>.css, with the used design tokens
 *	content/scripts/app.js     -> app.<hash>.js
 *	content/scripts/charts.js  -> charts.<hash>.js, with a part of ECharts
 *	content/static/*           -> as they are
 *	manifest.json              names to addresses
 *
 * Each text file also gets a .gz for nginx's gzip_static. Packages must be
 * installed (npm ci); nothing is fetched here. The same sources give the same
 * names. Writes to a folder beside and swaps it in, so that a running site
 * never sees half a build.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync,
	writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'build/static');
const fresh = `${out}.${process.pid}`;
const packages = join(root, 'node_modules');

function die(why) {
	console.error(`assets: ${why}`);
	process.exit(1);
}

/* The design tokens that the style sheet names, and those they name. */
function usedTokens(css) {
	const all = new Map();
	const file = join(packages,
		'@digital-go-jp/design-tokens/dist/tokens.css');
	const used = new Set();
	const want = (text) => {
		for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
			if (!all.has(name) || used.has(name))
				continue;
			used.add(name);
			want(all.get(name));
		}
	};

	for (const [, name, value] of readFileSync(file, 'utf8')
		.matchAll(/(--[\w-]+):\s*([^;]+);/g))
		all.set(name, value);
	want(css);
	return ':root{' + [...used].sort()
		.map((name) => `${name}:${all.get(name)}`).join(';') + '}';
}

function packageVersion(name) {
	return JSON.parse(readFileSync(join(packages, name, 'package.json'),
		'utf8')).version;
}

/* What the bundles contain of others, with their licences in full. */
function licences() {
	const names = ['@digital-go-jp/design-tokens', 'echarts', 'zrender',
		'tslib'];
	const files = ['LICENSE', 'LICENSE.txt', 'NOTICE'];

	return names.map((name) => [`${name} ${packageVersion(name)}`,
		...files.map((file) => join(packages, name, file))
			.filter(existsSync)
			.map((file) => readFileSync(file, 'utf8').trim()),
	].join('\n\n')).join(`\n\n${'-'.repeat(72)}\n\n`) + '\n';
}

function save(name, bytes) {
	writeFileSync(join(fresh, name), bytes);
	if (/\.(css|js|svg|txt)$/.test(name))
		writeFileSync(join(fresh, `${name}.gz`),
			gzipSync(bytes, { level: 9 }));
}

/* Save under a name with the hash of its content; the address. */
function saveHashed(name, bytes) {
	const hash = createHash('sha256').update(bytes).digest('hex')
		.slice(0, 10);
	const hashed = name.replace(/\.(\w+)$/, `.${hash}.$1`);

	save(hashed, bytes);
	return `/static/${hashed}`;
}

async function bundle(esbuild, entry, options) {
	const made = await esbuild.build({
		entryPoints: [join(root, entry)], bundle: true, minify: true,
		write: false, charset: 'utf8', legalComments: 'none',
		target: ['chrome109', 'firefox115', 'safari16'], ...options,
	});

	return made.outputFiles[0].text;
}

async function main() {
	if (!existsSync(join(packages, 'esbuild')))
		die('the packages are not installed; run: npm ci');
	const esbuild = await import('esbuild');

	mkdirSync(fresh, { recursive: true });
	const css = await bundle(esbuild, 'content/styles/app.css', {
		external: ['/static/*'],
	});
	const notice = '/*! Terakoya. Design tokens: デジタル庁デザインシステム' +
		' (MIT). See /static/licences.txt */\n';
	const iife = { format: 'iife' };
	const manifest = {
		css: saveHashed('app.css', notice + usedTokens(css) + css),
		js: saveHashed('app.js',
			await bundle(esbuild, 'content/scripts/app.js', iife)),
		charts: saveHashed('charts.js',
			'/*! With Apache ECharts. See /static/licences.txt */\n' +
			await bundle(esbuild, 'content/scripts/charts.js', iife)),
	};

	for (const name of readdirSync(join(root, 'content/static')))
		if (!name.endsWith('.md'))
			save(name, readFileSync(
				join(root, 'content/static', name)));
	save('licences.txt', licences());
	writeFileSync(join(fresh, 'manifest.json'),
		JSON.stringify(manifest, null, '\t') + '\n');
	rmSync(out, { recursive: true, force: true });
	renameSync(fresh, out);
	for (const [name, address] of Object.entries(manifest)) {
		const file = join(out, address.replace('/static/', ''));

		console.log(`${name}: ${address} ${
			readFileSync(file).length} bytes, ${
			readFileSync(`${file}.gz`).length} compressed`);
	}
}

main().catch((why) => {
	rmSync(fresh, { recursive: true, force: true });
	die(why.message);
});
