// comments.mjs: comments that people read: typical ones before they are shown,
// a sample by which two check the code book. By keyboard, on a phone, and
// without scripts.
import { analysesComputed, axe, base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const codes = `${base}/analysis/codes?year=2024`, typical = `${base}/analysis/comments?year=2024`;
const v = await visitor({ viewport: { width: 390, height: 900 } });
const { page } = v;

await test("the jobs of the demo have computed every analysis", analysesComputed);
await signIn(page, "planner");

await test("a typical comment is shown and taken back by one press each", async () => {
	await page.goto(typical);
	equal((await axe(page)).join("\n"), "", "axe");
	await page.locator(".screen button").first().press("Enter");
	await page.locator(".screen .tag--ok").first().waitFor();
	await page.locator(".screen button").first().press("Enter");
	await page.waitForFunction(() => !document.querySelector(".screen .tag--ok"));
});

await test("a sample is read by keyboard alone, and gone on with later", async () => {
	await page.goto(codes);
	await page.locator('form[action^="/analysis/codes"] button').press("Enter");
	await page.locator("#comment").waitFor();
	equal(await page.evaluate(() => document.activeElement.id), "comment", "where reading begins");
	equal((await axe(page)).join("\n"), "", "axe");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Space");
	await page.keyboard.press("Enter");
	await page.waitForURL(/at=2/);
	equal(sql("SELECT COUNT(*), MIN(codes) <> '' FROM code_reading").join(), "1,1", "kept with its tick");
	await page.goto(codes);
	check((await page.locator("h2").first().textContent()).includes("2 件目"), "the next one is shown");
	equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "wider than the screen");
});

await test("and without scripts", async () => {
	const plain = await visitor({ javaScriptEnabled: false, storageState: await v.context.storageState() });
	await plain.page.goto(codes);
	await plain.page.locator("input[type=checkbox]").nth(1).check();
	await plain.page.locator("main form button").first().click();
	await plain.page.waitForURL(/at=3/);
	equal(sql("SELECT COUNT(*) FROM code_reading")[0][0], "2", "two are kept");
	await plain.page.locator("input[type=checkbox]").nth(2).check();
	await plain.page.locator("main form button[name=to]").click();
	await plain.page.waitForURL(/at=2/);
	equal(sql("SELECT COUNT(*), MIN(codes <> '') FROM code_reading").join(), "3,1", "going back keeps the ticks");
	await plain.close();
});

await test("no script broke and nobody else was asked", async () => {
	equal([...v.errors, ...v.strangers].join("\n"), "", "errors and strangers");
});
await v.close();
await done();
