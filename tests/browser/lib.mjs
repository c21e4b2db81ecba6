// lib.mjs: what the browser tests share: Chromium, TAP, axe, people.
//
// A test is a module that calls test("sentence", async () => {...}) and ends
// with done(). It runs inside tests/with-server, which sets BASE_URL.
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const base = process.env.BASE_URL ?? "http://localhost:8080";
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let count = 0, failures = 0, browser;

/** Run one check; a thrown error is a failure with its message. */
export async function test(sentence, body) {
	try {
		await body();
		console.log(`ok ${++count} - ${sentence}`);
	} catch (error) {
		failures++;
		console.log(`not ok ${++count} - ${sentence}`);
		for (const line of String(error.stack ?? error).split("\n").slice(0, 12)) console.log(`# ${line}`);
	}
}

export function check(condition, sentence) {
	if (!condition) throw new Error(sentence);
}

export function equal(got, want, sentence) {
	if (got !== want) throw new Error(`${sentence}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

export async function done() {
	await browser?.close();
	console.log(`1..${count}`);
	process.exit(failures ? 1 : 0);
}

async function start() {
	browser ??= await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync"],
	});
	return browser;
}

/**
 * A visitor: a browser context of its own with the page, and what it caused:
 * requests to other hosts, errors on the console, and whatever belongs to a
 * page (style, script, picture, data) and did not come.
 */
export async function visitor(options = {}) {
	const context = await (await start()).newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo",
		viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();
	const strangers = [], errors = [], broken = [];

	page.on("request", (r) => { if (!r.url().startsWith(base) && !/^(data|blob|about):/.test(r.url())) strangers.push(r.url()); });
	page.on("pageerror", (e) => errors.push(String(e)));
	page.on("console", (m) => { if (m.type() === "error" && !/Failed to load resource/.test(m.text())) errors.push(m.text()); });
	page.on("response", (r) => { if (r.status() >= 400 && r.request().resourceType() !== "document") broken.push(`${r.status()} ${r.url()}`); });
	return { context, page, strangers, errors, broken, close: () => context.close() };
}

let accounts;

// "  role  sign-in name  password", as terakoya load demo leaves them.
function readAccounts() {
	return readFileSync(`${process.env.VAR}/demo-accounts`, "utf8").trim().split("\n").map((line) => {
		const [role, login, password] = line.trim().split(/\s+/);
		return { role, login, password };
	});
}

/** The demo accounts by role, as the sign-in page offers them. */
export async function accountOf(role) {
	accounts ??= readAccounts();
	const account = accounts.find((a) => a.role === role);
	if (!account) throw new Error(`no demo account for ${role}`);
	return account;
}

/** Sign in by hand, through the form. */
export async function signIn(page, role) {
	const { login, password } = await accountOf(role);
	await page.goto(`${base}/sign-in`);
	await page.fill("input[name=login]", login);
	await page.fill("input[name=password]", password);
	await Promise.all([page.waitForURL((u) => !u.pathname.startsWith("/sign-in")), page.press("input[name=password]", "Enter")]);
}

/** Rows of the test's own database, as lists of texts. */
export function sql(text) {
	const out = execFileSync("mariadb", ["--socket", process.env.DB_SOCKET, "--user", "root", "--batch", "--skip-column-names",
		"--default-character-set=utf8mb4", "terakoya", "-e", text], { encoding: "utf8" });
	return out.trim().split("\n").filter(Boolean).map((line) => line.split("\t"));
}

/** Until the jobs of the demo have computed every analysis, five minutes at most. */
export async function analysesComputed() {
	const jobs = (states) => Number(sql(`SELECT COUNT(*) FROM job WHERE kind = 'analysis' AND state IN (${states})`)[0][0]);
	for (let i = 0; i < 600 && jobs("'queued', 'running'"); i++) await new Promise((go) => setTimeout(go, 500));
	equal(jobs("'queued', 'running'"), 0, "analyses that are not computed after five minutes");
	equal(jobs("'failed'"), 0, "analyses that failed");
	check(jobs("'done'") > 20, "there are analyses at all");
}

/** A model as JSON, with the visitor's cookies. */
export async function model(page, path) {
	const reply = await page.request.get(base + path, { headers: { Accept: "application/json" } });
	if (!reply.ok()) throw new Error(`${path}: ${reply.status()}`);
	return reply.json();
}

/** Violations of WCAG 2.2 A and AA that axe finds on the page shown. */
export async function axe(page) {
	await page.evaluate(axeSource);
	const result = await page.evaluate(() => globalThis.axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"],
	}));
	return result.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")})`);
}
