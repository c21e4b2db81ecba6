// signin.mjs: people sign in, are warned before they are signed out, and find
// every page of their account usable.
import { accountOf, axe, base, check, done, equal, signIn, test, visitor } from "./lib.mjs";

const open = ["/sign-in", "/help", "/privacy", "/accessibility", "/nope"];
const own = ["/account", "/account/password"];

/** Nothing wider than the window, no violation, no other host, no error. */
async function looksRight(v, path) {
	await v.page.goto(base + path);
	const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	check(wide <= 0, `${path} is ${wide} px too wide`);
	equal((await axe(v.page)).join("\n"), "", `${path} has violations`);
	equal(v.strangers.join(), "", `${path} asks another host`);
	equal(v.errors.join(), "", `${path} has errors`);
	equal(await v.page.locator("h1").count(), 1, `${path} needs one h1`);
}

for (const [name, options] of [["1280 px in Japanese", {}], ["390 px in English", { viewport: { width: 390, height: 844 }, locale: "en-US" }]]) {
	await test(`open pages are usable at ${name}`, async () => {
		const v = await visitor(options);
		for (const path of open) await looksRight(v, path);
		await v.close();
	});
	await test(`the account's pages are usable at ${name}`, async () => {
		const v = await visitor(options);
		await signIn(v.page, "trainee");
		for (const path of own) await looksRight(v, path);
		await v.close();
	});
}

await test("one click signs in as a demo account", async () => {
	const v = await visitor();
	await v.page.goto(`${base}/sign-in?back=/account`);
	await v.page.getByRole("button", { name: "この人でサインイン (企画担当)" }).click();
	equal(new URL(v.page.url()).pathname, "/account", "the page asked for");
	check((await v.page.textContent("main")).includes((await accountOf("planner")).login), "the planner's account");
	await v.close();
});

await test("without JavaScript people sign in and out", async () => {
	const v = await visitor({ javaScriptEnabled: false });
	await signIn(v.page, "trainee");
	await v.page.goto(`${base}/account`);
	await v.page.locator("summary").first().click();
	await v.page.locator("form[action='/sign-out'] button").click();
	equal(new URL(v.page.url()).pathname, "/sign-in", "signed out");
	check((await v.page.textContent("main")).includes("サインアウトしました"), "a notice says so");
	await v.close();
});

await test("a wrong password is said at the field, which is reached by the summary", async () => {
	const v = await visitor();
	await v.page.goto(`${base}/sign-in`);
	await v.page.fill("#login", "000000");
	await v.page.fill("#password", "wrong");
	await v.page.click("#sign-in button");
	equal(await v.page.inputValue("#login"), "000000", "what was typed is kept");
	equal(await v.page.getAttribute("#login", "aria-invalid"), "true", "the field is marked");
	await v.page.click("#problems a");
	equal(await v.page.evaluate(() => document.activeElement.id), "login", "the link leads there");
	await v.close();
});

await test("before the time-out a warning asks, and the answer keeps the sign-in", async () => {
	const v = await visitor();
	await v.page.clock.install();
	await signIn(v.page, "trainee");
	await v.page.goto(`${base}/account`);
	await v.page.clock.fastForward("26:00");
	equal(await v.page.locator(".ending").count(), 0, "no warning after 26 minutes");
	await v.page.clock.fastForward("01:30");
	await v.page.locator(".ending").waitFor({ timeout: 3000 });
	equal((await axe(v.page)).join("\n"), "", "the warning has violations");
	const [reply] = await Promise.all([v.page.waitForResponse("**/account/stay"), v.page.click(".ending button")]);
	equal(reply.status(), 200, "the server agrees");
	await v.page.locator(".ending").waitFor({ state: "detached", timeout: 3000 });
	await v.close();
});

await done();
