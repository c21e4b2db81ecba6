// nojs.mjs: the ways people go, with JavaScript off.
//
// One trainee, one trainer and one planner do what they come for through
// plain links and forms; then what happens to who sends a form twice.
import { accountOf, base, check, done, equal, model, signIn, sql, test, visitor } from "./lib.mjs";

const one = (text) => sql(text)[0]?.[0];
const { login } = await accountOf("trainee");
const me = one(`SELECT id FROM person WHERE staff_number = '${login}'`);

// A session to book at once: it is far off, has seats, and no head decides.
const [session, code, collection] = sql(`SELECT s.id, co.code, c.id FROM session s
	JOIN course co ON co.id = s.course_id JOIN course_version v ON v.id = s.version_id
	JOIN collection c ON c.session_id = s.id AND c.moment = 'pre'
	WHERE s.state = 'open' AND v.approval = 'none' AND s.booked < s.seats - 2
	AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = s.id AND b.state = 'waiting')
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN session o ON o.id = b.session_id
		WHERE b.person_id = ${me} AND o.course_id = s.course_id)
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN session o ON o.id = b.session_id
		WHERE b.person_id = ${me} AND b.state = 'booked' AND DATE(o.starts_at) = DATE(s.starts_at))
	ORDER BY s.starts_at DESC LIMIT 1`)[0];
const mine = () => one(`SELECT state FROM booking WHERE session_id = ${session} AND person_id = ${me}`);
const answers = () => Number(one(`SELECT COUNT(*) FROM submission WHERE collection_id = ${collection}`));
const plain = () => visitor({ javaScriptEnabled: false });
const path = (page) => new URL(page.url()).pathname;
const heading = (page) => page.locator("h1").first().innerText();

async function press(page, locator) {
	await Promise.all([page.waitForEvent("load"), locator.click()]);
	const status = await page.locator("main").count();
	check(status === 1, `${page.url()} is a page`);
}

async function signOut(page) {
	await page.locator(".menu summary").click();
	await press(page, page.locator("form[action='/sign-out'] button"));
	equal(path(page), "/sign-in", "after signing out");
}

// The last answer of each question of the step, and a word in each free field.
async function answer(page) {
	const form = page.locator("form[action^='/surveys/']").first();

	for (const name of await form.locator("input[type=radio]").evaluateAll((all) => [...new Set(all.map((i) => i.name))]))
		await form.locator(`input[type=radio][name="${name}"]`).first().check();
	for (const name of await form.locator("input[type=checkbox]").evaluateAll((all) => [...new Set(all.map((i) => i.name))]))
		await form.locator(`input[type=checkbox][name="${name}"]`).first().check();
	for (const area of await form.locator("textarea").all()) await area.fill("帳票の集計を自動にしたいです。");
}

const trainee = await plain();

await test("a trainee signs in and sees what is due", async () => {
	await signIn(trainee.page, "trainee");
	equal(path(trainee.page), "/", "after signing in");
	check((await heading(trainee.page)).length > 0, "the page has a heading");
	check(await trainee.page.locator("nav a[href='/catalogue']").count() > 0, "the way to the catalogue");
});

await test("the catalogue filters, and finds full-width titles by half-width kana", async () => {
	const { page } = trainee;

	await page.goto(`${base}/catalogue`);
	await page.selectOption("select[name=tier]", { index: 0 });
	await page.fill(".filters input[name=q]", "ｾｷｭﾘﾃｨ");
	await press(page, page.locator(".filters button"));
	check(await page.locator("a[href='/courses/security-basics']").count() > 0, "the course on security is found");
	check(await page.locator("a[href='/courses/mindset']").count() === 0, "others are not");
});

await test("a seat is booked, given back and booked again", async () => {
	const { page } = trainee;

	await page.goto(`${base}/courses/${code}`);
	await press(page, page.locator(`form[action^='/sessions/${session}/book'] button`));
	equal(mine(), "booked", "after booking");
	await page.goto(`${base}/sessions/${session}`);
	await press(page, page.locator(`form[action='/sessions/${session}/cancel'] button`));
	check(mine() !== "booked", "the seat is given back");
	await press(page, page.locator(`form[action='/sessions/${session}/book'] button`));
	equal(mine(), "booked", "after booking again");
	check(await page.locator(`a[href='/surveys/${collection}']`).count() > 0, "the survey before it is there");
});

let fields, receipt, number, otherTab;

await test("a half-filled survey waits for who signs out and in again", async () => {
	const { page } = trainee;

	await page.goto(`${base}/surveys/${collection}`);
	await answer(page);
	const filled = await page.locator("form input:checked").count();

	check(filled > 5, "questions were answered");
	await press(page, page.locator("button[value=save]"));
	check(await page.locator("[role=status]").count() > 0, "the page says that the answers are kept");
	await signOut(page);
	await page.goto(`${base}/surveys/${collection}`);
	equal(path(page), "/sign-in", "who is signed out sees nothing of it");
	await signIn(page, "trainee");
	await page.goto(`${base}/`);
	await press(page, page.locator(`.row__side a[href='/surveys/${collection}']`));
	equal(await page.locator("form input:checked").count(), filled, "what was answered is still there");
});

await test("it goes on to the review, and to a receipt", async () => {
	const { context, page } = trainee;

	for (let step = 0; step < 20 && !path(page).endsWith("/review"); step++) {
		await answer(page);
		await press(page, page.locator("button[value=next], button[value=review]").first());
	}
	equal(path(page), `/surveys/${collection}/review`, "after the last question");
	check(await page.locator(".facts--answers dd").count() > 5, "the review shows the answers");
	otherTab = await context.newPage();
	await otherTab.goto(`${base}/surveys/${collection}`);
	fields = await page.locator("main form").first().evaluate((form) => Object.fromEntries(new FormData(form)));
	const before = answers();

	await press(page, page.locator("button[value=submit]"));
	receipt = path(page);
	equal(receipt, `/receipts/${collection}`, "after submitting");
	number = await page.locator(".receipt strong").first().innerText();
	equal(answers(), before + 1, "submissions");
});

await test("the back button after it offers no second submission", async () => {
	const { page } = trainee, before = answers();

	await page.goBack();
	equal(path(page), receipt, "going back leads to the receipt again");
	equal(await page.locator("button[value=submit]").count(), 0, "buttons to submit");
	equal(answers(), before, "submissions");
});

await test("the same form sent twice gives the same receipt", async () => {
	const { page } = trainee, before = answers();
	const again = () => page.request.post(`${base}/surveys/${collection}`, { form: { ...fields, _do: "submit" } });

	for (const reply of await Promise.all([again(), again()])) {
		equal(new URL(reply.url()).pathname, receipt, "both lead to the receipt");
		check((await reply.text()).includes(number), "with the same number");
	}
	equal(answers(), before, "submissions");
});

await test("a second tab that still shows the form comes to the receipt", async () => {
	const before = answers();

	await press(otherTab, otherTab.locator("button[value=save]"));
	equal(path(otherTab), receipt, "after saving in the other tab");
	equal(answers(), before, "submissions");
	await otherTab.close();
});

await test("the record is there, the language changes, and signing out ends it", async () => {
	const { page } = trainee, before = one(`SELECT COALESCE(language, '') FROM account WHERE person_id = ${me}`) ?? "";

	await page.goto(`${base}/record`);
	check((await heading(page)).length > 0, "the record has a heading");
	await press(page, page.locator("form[action='/language'] button"));
	equal(await page.locator("html").getAttribute("lang"), "en", "language");
	equal(path(page), "/record", "the page stays");
	sql(`UPDATE account SET language = NULLIF('${before}', '') WHERE person_id = ${me}`);
	await page.goto(`${base}/sessions/${session}`);
	await press(page, page.locator(`form[action='/sessions/${session}/cancel'] button`));
	await signOut(page);
	await page.goto(`${base}/record`);
	equal(path(page), "/sign-in", "the record of who signed out");
});

await test("no page of the trainee asked another host for anything", async () => {
	equal(trainee.strangers.join(" "), "", "requests to other hosts");
	await trainee.close();
});

await test("a trainer marks attendance and opens the survey after it", async () => {
	const { page, close } = await plain();

	await signIn(page, "trainer");
	const trainer = one(`SELECT id FROM person WHERE email = '${(await accountOf("trainer")).login}'`);
	const [id, post] = sql(`SELECT s.id, c.id FROM session s JOIN session_trainer t ON t.session_id = s.id
		JOIN collection c ON c.session_id = s.id AND c.moment = 'post'
		WHERE t.person_id = ${trainer} AND s.state = 'open' ORDER BY s.starts_at LIMIT 1`)[0];

	await page.goto(`${base}/teach/${id}/attendance`);
	check(await page.locator(".warning").count() === 1, "before the day a line warns");
	const row = page.locator("li[id^=b]").first(), booking = (await row.getAttribute("id")).slice(1);

	await press(page, row.locator("button[value=present]"));
	check(Number(one(`SELECT minutes FROM attendance WHERE booking_id = ${booking}`)) > 0, "present is in the database");
	await page.locator(`#b${booking} details summary`).click();
	await press(page, page.locator(`#b${booking} button[value=clear]`));
	equal(one(`SELECT COUNT(*) FROM attendance WHERE booking_id = ${booking} AND minutes IS NOT NULL`), "0", "marks taken back");
	await page.goto(`${base}/teach/${id}`);
	await press(page, page.locator(`form[action='/collections/${post}/open'] button`));
	equal(one(`SELECT state FROM collection WHERE id = ${post}`), "open", "the survey after it");
	await page.goto(`${base}/teach/${id}`);
	await press(page, page.locator(`form[action='/collections/${post}/close'] button`));
	equal(one(`SELECT state FROM collection WHERE id = ${post}`), "closed", "the survey after closing it");
	sql(`UPDATE collection SET state = 'planned' WHERE id = ${post}`);
	await close();
});

await test("what a planner wrote outlives the sign-in", async () => {
	const { page, close } = await visitor({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	const planner = await accountOf("planner"), words = "現状は紙の申請です。\n来年度は電子申請にします。";
	const shot = (name) => process.env.NOJS_SHOTS && page.screenshot({ path: `${process.env.NOJS_SHOTS}/${name}.png`, fullPage: true });

	await signIn(page, "planner");
	await page.goto(`${base}/proposals/new`);
	await page.fill("input[name=title]", "途中で切れた提案");
	await page.fill("textarea[name=evidence]", words);
	sql(`UPDATE signin s JOIN person p ON p.id = s.person_id SET s.seen_at = s.seen_at - INTERVAL 2 HOUR
		WHERE p.staff_number = '${planner.login}'`);
	await new Promise((go) => setTimeout(go, 1100));
	await press(page, page.locator("main form button").first());
	check((await page.textContent("main")).includes("入力し直さずに送信できます"), "the sign-in says that nothing is lost");
	await shot("signin");
	await page.fill("input[name=login]", planner.login);
	await page.fill("input[name=password]", planner.password);
	await press(page, page.locator("#sign-in button"));
	check((await page.textContent("main")).includes("来年度は電子申請にします"), "the words are shown");
	await shot("carried");
	await press(page, page.locator("main form button"));
	check(/^\/proposals\/\d+$/.test(path(page)), "the proposal is there");
	check((await page.textContent("main")).includes("来年度は電子申請にします"), "with what was written");
	await close();
});

await test("a dashboard shows its tables where charts would be", async () => {
	const { page, close } = await plain();
	const held = one("SELECT id FROM session WHERE state = 'held' ORDER BY booked DESC LIMIT 1");

	await signIn(page, "planner");
	await page.goto(`${base}/sessions/${held}/dashboard`);
	const charts = await page.locator("[data-chart]").all();

	check(charts.length > 0, "the dashboard has charts");
	equal(await page.locator(".chart__area svg").count(), 0, "charts drawn");
	for (const chart of charts) {
		const fold = chart.locator("details");

		if (await fold.count() && await fold.getAttribute("open") === null) await fold.locator("summary").first().click();
		check(await chart.locator("table").first().isVisible(), "the table can be read");
	}
	await close();
});

await test("a planner opens needs, findings, proposals and a plan, and signs out", async () => {
	const { page, close } = await plain();

	await signIn(page, "planner");
	for (const place of ["/overview", "/needs", "/findings", "/proposals", "/plans"]) {
		await page.locator("nav a[href='/overview']").first().click();
		await press(page, page.locator(`nav a[href='${place}']`).last());
		equal(path(page), place, "the page opened");
		equal(await page.locator(`.nav__items a[href='${place}']`).getAttribute("aria-current"), "page", `${place} is marked`);
	}
	await press(page, page.locator("main a[href^='/plans/']").first());
	check(await page.locator("table").count() > 0, "the plan shows its lines");
	check((await model(page, path(page))).plan.version >= 1, "and is there as a model");
	await page.goto(`${base}/sessions/${session}`);
	check(await page.locator(".nav__items a[href='/calendar'][aria-current]").count() === 1, "a session is part of the programme");
	await signOut(page);
	await close();
});

await done();
