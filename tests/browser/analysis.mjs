// analysis.mjs: waiting for an analysis. With a script the page follows the
// job and shows the result by itself; without one a link looks again.
import { analysesComputed, axe, base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const session = sql("SELECT id FROM session WHERE state = 'held' ORDER BY booked DESC, id LIMIT 1")[0][0];
const path = `/sessions/${session}/analysis`;
const row = `scope = 'session' AND scope_id = ${session}`;
const offset = Number(sql("SELECT value FROM setting WHERE name = 'clock.offset_ms'")[0][0]);
const utc = () => new Date(Date.now() + offset).toISOString().slice(0, 23).replace("T", " ");

await test("the jobs of the demo have computed every analysis", analysesComputed);

const [[job]] = sql(`SELECT job_id FROM analysis WHERE ${row}`);
const set = (state, progress) => sql(`UPDATE job SET state = '${state}', progress = ${progress}, ended_at = '${utc()}' WHERE id = ${job}`);

const v = await visitor();
await signIn(v.page, "planner");

await test("the bar moves while the job is at work, and the result comes by itself", async () => {
	set("running", 20);
	await v.page.goto(base + path);
	equal((await axe(v.page)).join("\n"), "", "the page while it waits");
	check(await v.page.locator("[data-job-link]").isHidden(), "nothing to press while a script looks");
	check(await v.page.locator("#summary").isVisible(), "the result before stays");
	set("running", 60);
	await v.page.waitForFunction(() => document.querySelector("[data-job-percent]").textContent === "60", null, { timeout: 15000 });
	equal(await v.page.locator("[data-job] progress").evaluate((bar) => bar.value), 60, "the bar");
	set("done", 100);
	await v.page.waitForSelector("[data-job]", { state: "detached", timeout: 15000 });
	check(await v.page.locator("#summary").isVisible(), "the result");
});

await test("the button computes what was never computed", async () => {
	sql(`UPDATE analysis SET result = NULL, computed_at = NULL, job_id = NULL WHERE ${row}`);
	await v.page.goto(base + path);
	equal((await axe(v.page)).join("\n"), "", "the page before anything is computed");
	await v.page.click(`form[action='${path}'] button`);
	await v.page.waitForSelector("#summary", { timeout: 60000 });
});

await test("the explanation of a figure opens and closes by keyboard", async () => {
	const summary = v.page.locator("details.what > summary").first();
	check(await summary.count() === 1, "there is an explanation");
	await summary.focus();
	await v.page.keyboard.press("Enter");
	check(await v.page.locator("details.what[open] .what__box").first().isVisible(), "open");
	equal((await axe(v.page)).join("\n"), "", "the page with an open explanation");
	await v.page.keyboard.press("Enter");
	equal(await v.page.locator("details.what[open]").count(), 0, "closed");
});

await test("no script broke and nobody else was asked", async () => {
	equal([...v.errors, ...v.strangers].join("\n"), "", "errors and strangers");
});

await test("without scripts a link looks again", async () => {
	const plain = await visitor({ javaScriptEnabled: false });
	await signIn(plain.page, "planner");
	const [[again]] = sql(`SELECT job_id FROM analysis WHERE ${row}`);
	sql(`UPDATE job SET state = 'running', progress = 30, ended_at = '${utc()}' WHERE id = ${again}`);
	await plain.page.goto(base + path);
	equal(await plain.page.locator("[data-job] progress").getAttribute("value"), "30", "how far it is");
	sql(`UPDATE job SET state = 'done', progress = 100 WHERE id = ${again}`);
	await plain.page.locator("[data-job-link] a").click();
	await plain.page.waitForSelector("#summary");
	equal(await plain.page.locator("[data-job]").count(), 0, "nothing to wait for");
	await plain.close();
});
await v.close();
await done();
