// typing.mjs: what people typed is not lost when the sign-in or the network is.
import { accountOf, axe, base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const TEXT = "入力中の長い文章。\n二行目 ﾊﾝｶｸ 👩‍💻";
const path = (page) => new URL(page.url()).pathname;

/** A planner who has begun to write a proposal. */
async function writing(title) {
	const v = await visitor();
	await v.page.clock.install();
	await signIn(v.page, "planner");
	await v.page.goto(`${base}/proposals/new`);
	await v.page.fill("#title", title);
	await v.page.fill("textarea >> nth=0", TEXT);
	return v;
}

async function isKept(page, title) {
	equal(path(page), "/proposals/new", "the page stays");
	equal(await page.inputValue("#title"), title, "the title stays");
	equal(await page.inputValue("textarea >> nth=0"), TEXT, "and the text");
}

async function sends(v, title) {
	await Promise.all([v.page.waitForURL(/\/proposals\/\d+/), v.page.click("main form button[type=submit], main form .actions button >> nth=0")]);
	equal(sql(`SELECT COUNT(*) FROM proposal WHERE title = '${title}'`)[0][0], "1", "it is stored once");
}

const press = (v) => v.page.click("main form button[type=submit], main form .actions button >> nth=0");
const box = (v) => v.page.locator(".ending");

await test("who was signed out while typing signs in beside it and sends the text", async () => {
	const v = await writing("時間切れの提案");
	await v.context.clearCookies();
	await v.page.clock.fastForward("35:00");
	await press(v);
	await box(v).locator("a").waitFor({ timeout: 5000 });
	equal((await axe(v.page)).join("\n"), "", "what it says has no violations");
	await isKept(v.page, "時間切れの提案");
	await box(v).locator("button").click();
	await box(v).locator("a").waitFor();
	await isKept(v.page, "時間切れの提案");
	const other = await v.context.newPage();
	await signIn(other, "planner");
	await box(v).locator("button").click({ timeout: 2000 }).catch(() => {}); // the other tab may have told it already
	await box(v).waitFor({ state: "detached", timeout: 5000 });
	await isKept(v.page, "時間切れの提案");
	await sends(v, "時間切れの提案");
	await v.close();
});

await test("the warning that comes too late says so, too", async () => {
	const v = await writing("遅い警告");
	await v.context.clearCookies();
	await v.page.clock.fastForward("45:00");
	await box(v).waitFor({ timeout: 5000 });
	await box(v).locator("button").click();
	await box(v).locator("a").waitFor({ timeout: 5000 });
	await isKept(v.page, "遅い警告");
	await v.close();
});

await test("somebody else who signs in does not go on with it", async () => {
	const v = await writing("別の人");
	await v.context.clearCookies();
	await v.page.clock.fastForward("35:00");
	await press(v);
	await box(v).locator("a").waitFor({ timeout: 5000 });
	const other = await v.context.newPage();
	await signIn(other, "head");
	await box(v).locator("button").click({ timeout: 2000 }).catch(() => {});
	await v.page.waitForURL((u) => u.pathname === "/");
	check(!(await v.page.textContent("body")).includes("別の人"), "and sees nothing of it");
	await v.close();
});

await test("without a connection the text stays until there is one", async () => {
	const v = await writing("圏外の提案");
	await v.context.setOffline(true);
	await press(v);
	await box(v).waitFor({ timeout: 5000 });
	check((await box(v).innerText()).includes("つながりません"), "it says why");
	await box(v).locator("button").click();
	await isKept(v.page, "圏外の提案");
	await v.context.setOffline(false);
	await sends(v, "圏外の提案");
	await v.close();
});

await test("after a while of typing the form is sent as ever, once", async () => {
	const v = await writing("ゆっくり書いた提案");
	await v.page.clock.fastForward("10:00");
	await v.page.dblclick("main form .actions button >> nth=0");
	await v.page.waitForURL(/\/proposals\/\d+/);
	equal(sql("SELECT COUNT(*) FROM proposal WHERE title = 'ゆっくり書いた提案'")[0][0], "1", "it is stored once");
	await v.close();
});

await test("presses while the server is asked are one, however slow it is", async () => {
	const v = await writing("何度も押した提案"), seen = { stay: 0, proposals: 0 };
	const count = (name) => async (route) => {
		const n = route.request().method() === "POST" ? ++seen[name] : 0;

		// Answers come in another order than the questions, and late.
		if (n) await new Promise((go) => setTimeout(go, name === "stay" && n === 1 ? 200 : 900));
		await route.continue();
	};
	const other = await v.context.newPage();

	await v.page.route("**/account/stay", count("stay"));
	await v.page.route("**/proposals", count("proposals"));
	await v.page.clock.fastForward("10:00");
	await v.page.dblclick("main form .actions button >> nth=0");
	await other.goto(`${base}/account`); // another tab that tells this one it is alive
	await press(v).catch(() => {});
	await v.page.clock.fastForward("00:10"); // the form may be sent again by now
	await v.page.waitForURL(/\/proposals\/\d+/);
	equal(seen.stay, 1, "questions whether somebody is signed in");
	equal(seen.proposals, 1, "forms sent");
	equal(sql("SELECT COUNT(*) FROM proposal WHERE title = '何度も押した提案'")[0][0], "1", "it is stored once");
	await v.close();
});

await test("the button of the warning asks once", async () => {
	const v = await writing("警告");
	let asked = 0;

	await v.page.route("**/account/stay", async (route) => {
		asked++;
		await new Promise((go) => setTimeout(go, 300));
		await route.continue();
	});
	await v.page.clock.fastForward("29:00");
	await box(v).waitFor({ timeout: 5000 });
	await box(v).locator("button").dblclick();
	await box(v).waitFor({ state: "detached", timeout: 5000 });
	equal(asked, 1, "requests");
	await isKept(v.page, "警告");
	await v.close();
});

await test("nothing with the focus hides behind the totals of a plan", async () => {
	const v = await visitor({ viewport: { width: 390, height: 800 } });
	await signIn(v.page, "planner");
	await v.page.goto(`${base}/plans/${sql("SELECT MIN(plan_id) FROM plan_line")[0][0]}`);
	const [bar, hidden] = await v.page.evaluate(() => {
		const totals = document.querySelector(".totals"), behind = [];
		for (const one of document.querySelectorAll("main a, main button, main input, main summary")) {
			one.focus();
			const at = one.getBoundingClientRect(), top = totals.getBoundingClientRect();
			const stuck = Math.abs(top.bottom - innerHeight) < 2;
			if (at.height && stuck && at.bottom > top.top + 1 && at.top < top.bottom) behind.push(one.textContent.trim().slice(0, 20));
		}
		return [totals.getBoundingClientRect().height, behind];
	});
	check(bar < 64, `the totals take ${bar} px of a narrow screen`);
	equal(hidden.join(), "", "behind the totals");
	await v.close();
});

await done();
