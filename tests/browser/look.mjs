/*
 * look.mjs: the style guide and one chart of each kind, rendered without the
 * server and served under the site's content security policy.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, existsSync, mkdtempSync, rmSync, writeFileSync }
	from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const root = new URL('../..', import.meta.url).pathname;
const program = join(root, 'build', process.env.BUILD || 'debug', 'terakoya');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const types = { '.css': 'text/css', '.js': 'text/javascript',
	'.svg': 'image/svg+xml', '.json': 'application/json' };
const policy = "default-src 'none'; style-src 'self'; script-src 'self';" +
	" img-src 'self'; connect-src 'self'; form-action 'self';" +
	" base-uri 'none'; frame-ancestors 'none'";
const folder = mkdtempSync(join(tmpdir(), 'terakoya-look-'));
let count = 0, failed = 0;

function ok(good, sentence, detail = '') {
	console.log(`${good ? '' : 'not '}ok ${++count} - ${sentence}`);
	if (!good && detail)
		console.log(String(detail).replace(/^/gm, '# '));
	failed += !good;
}

function render(view, model, lang) {
	const assets = JSON.parse(readFileSync(
		join(root, 'build/static/manifest.json'), 'utf8'));
	const file = join(folder, 'model.json');

	writeFileSync(file, JSON.stringify({
		...JSON.parse(readFileSync(join(root, model), 'utf8')), assets,
		lang }));
	return execFileSync(program, ['render', join(root, view), file, lang]);
}

const pages = {
	'/guide': render('content/views/styleguide.mustache',
		'tests/views/styleguide.json', 'ja'),
	'/guide-en': render('content/views/styleguide.mustache',
		'tests/views/styleguide.json', 'en'),
	'/charts': render('tests/views/charts.mustache',
		'tests/views/charts.json', 'ja'),
};
const server = createServer((request, reply) => {
	const file = [join(root, 'build', request.url),
		join(root, 'tests/views', request.url.replace('/static', ''))]
		.find((f) => request.url.startsWith('/static/') && existsSync(f));

	if (pages[request.url])
		reply.writeHead(200, { 'Content-Type': 'text/html',
			'Content-Security-Policy': policy })
			.end(pages[request.url]);
	else if (file)
		reply.writeHead(200, { 'Content-Type':
			types[extname(file)] ?? 'text/plain' })
			.end(readFileSync(file));
	else
		reply.writeHead(404).end();
});

await new Promise((done) => server.listen(0, '127.0.0.1', done));
const site = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });

async function open(path, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1280,
		height: 900 }, ...options });
	const page = await context.newPage();

	page.said = [];
	page.on('console', (line) => page.said.push(line.text()));
	page.on('pageerror', (why) => page.said.push(why.message));
	await page.goto(site + path);
	return page;
}

const overflow = (page) => page.evaluate(() =>
	document.documentElement.scrollWidth -
	document.documentElement.clientWidth);
const isTrouble = (line) => /Content Security|Refused|Error|chart/i.test(line)
	&& !/favicon|example-dumbbell|404/.test(line);

for (const width of [1280, 390, 320]) {
	const page = await open('/guide', { viewport: { width, height: 800 } });

	ok(await overflow(page) <= 0,
		`the style guide does not scroll sideways at ${width} px`);
	await page.context().close();
}
for (const path of ['/guide', '/guide-en']) {
	const page = await open(path, { bypassCSP: true });

	await page.addScriptTag({ path: axe });
	const found = await page.evaluate(async () => (await axe.run({
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
			'wcag22aa'] })).violations.map((v) =>
		`${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`));

	ok(!found.length, `axe finds nothing on ${path}`, found.join('\n'));
	await page.context().close();
}
{
	const page = await open('/charts');

	await page.waitForFunction(() => document.querySelectorAll(
		'.chart svg').length >= 9, null, { timeout: 15000 })
		.catch(() => {});
	ok(await page.locator('.chart__area svg').count() === 9,
		'a chart of every kind is drawn');
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await page.waitForTimeout(200);
	ok(await page.locator('.chart__area pattern').count() > 0,
		'areas have patterns on paper');
	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	ok(!page.said.some(isTrouble),
		'the content security policy stops nothing of it',
		page.said.join('\n'));
	await page.setViewportSize({ width: 390, height: 800 });
	await page.waitForTimeout(300);
	ok(await overflow(page) <= 0, 'charts shrink to 390 px');
	await page.context().close();
}
{
	const page = await open('/guide');

	await page.waitForSelector('.chart--failed', { timeout: 5000 })
		.catch(() => {});
	ok(await page.locator('.chart details[open]').count() === 1,
		'a chart without its data opens its table');
	ok(await page.evaluate(() => document.activeElement.id) === 'problems',
		'the summary of problems has the keyboard');
	ok(await page.locator('#t1-error').count() === 1,
		'a problem stands beside its field');
	await page.locator('.menu summary').click();
	await page.keyboard.press('Escape');
	ok(await page.locator('.menu[open]').count() === 0,
		'Escape closes the menu');
	await page.context().close();
}
await browser.close();
server.close();
rmSync(folder, { recursive: true });
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
