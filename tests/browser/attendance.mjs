// attendance.mjs: the trainer's desk in a browser, with and without scripts.
import { axe, base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const [[id, meeting]] = sql(`SELECT s.id, m.id FROM session s
	JOIN session_trainer t ON t.session_id = s.id JOIN person p ON p.id = t.person_id
	JOIN meeting m ON m.session_id = s.id AND m.meeting_no = 1
	WHERE p.email = (SELECT email FROM person WHERE is_external ORDER BY id LIMIT 1)
	AND s.state = 'open' AND s.booked > 5 ORDER BY s.starts_at LIMIT 1`);
const minutes = (booking) => sql(`SELECT minutes FROM attendance WHERE booking_id = ${booking} AND meeting_id = ${meeting}`)[0]?.[0];

async function trainer(options) {
	const seen = await visitor(options);

	await signIn(seen.page, "trainer");
	return seen;
}

await test("one tap marks a person and the list stays where it is", async () => {
	const { page, errors, strangers, close } = await trainer();

	await page.goto(`${base}/teach/${id}/attendance`);
	const row = page.locator("li[id^=b]").nth(4);
	const booking = (await row.getAttribute("id")).slice(1);

	await row.scrollIntoViewIfNeeded();
	const before = await page.evaluate(() => scrollY);

	await row.locator("button[value=present]").first().click();
	await page.locator(`#b${booking} .tag--ok`).waitFor();
	equal(await page.evaluate(() => scrollY), before, "the page did not jump");
	check(Number(minutes(booking)) > 0, "the mark is in the database");
	check((await page.textContent("[data-attendance-count]")).includes("1名"), "the count went up");
	equal(errors.length, 0, errors.join("; "));
	equal(strangers.length, 0, strangers.join(" "));
	await close();
});

await test("quick taps are sent in their order, and the last one counts", async () => {
	const { page, errors, close } = await trainer();
	let sent = 0, slow = true;

	await page.goto(`${base}/teach/${id}/attendance`);
	// The first is slow, so that a later one would be answered before it.
	await page.route("**/attendance", async (route) => {
		const wait = slow ? 600 : 0;

		if (route.request().method() === "POST") sent++;
		slow = false;
		await new Promise((go) => setTimeout(go, wait));
		await route.continue();
	});
	const rows = await page.locator("li[id^=b]").all();
	const [one, two, three] = await Promise.all(rows.slice(0, 3).map(async (row) => (await row.getAttribute("id")).slice(1)));
	const tap = (booking, what) => page.locator(`#b${booking} > .row__side > form button[value=${what}]`).click();

	await page.locator(`#b${one} button[value=present]`).dblclick();
	await tap(one, "absent");
	await tap(two, "present");
	await tap(three, "present");
	await page.locator(`#b${three} .tag--ok`).waitFor();
	equal(sent, 4, "taps sent, the double one once");
	equal(minutes(one), "0", "the last tap is what the database has");
	equal(await page.locator(`#b${one} .tag--stop`).count(), 1, "and what the row shows");
	check(Number(minutes(two)) > 0 && Number(minutes(three)) > 0, "nobody's mark is lost");
	check(/2名/.test(await page.textContent("[data-attendance-count]")) || /3名/.test(await page.textContent("[data-attendance-count]")), "the count is that of the last");
	equal(errors.length, 0, errors.join("; "));
	for (const booking of [one, two, three]) sql(`DELETE FROM attendance WHERE booking_id = ${booking} AND meeting_id = ${meeting}`);
	await close();
});

await test("the keyboard stays at the person, also after minutes", async () => {
	const { page, close } = await trainer();
	const at = () => page.evaluate(() => `${document.activeElement.closest("li")?.id} ${document.activeElement.tagName}`);

	await page.goto(`${base}/teach/${id}/attendance`);
	const row = page.locator("li[id^=b]").nth(6);
	const booking = (await row.getAttribute("id")).slice(1);
	const presses = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };

	await row.locator("button[value=present]").focus();
	await presses("Enter");
	await page.locator(`#b${booking} .tag--ok`).waitFor();
	equal(await at(), `b${booking} BUTTON`, "after a mark the focus is on its button");
	await presses("Tab", "Tab", "Enter", "Tab", "Control+A", "5", "Enter");
	await page.locator(`#b${booking}`, { hasText: "5分" }).waitFor();
	equal(await at(), `b${booking} SUMMARY`, "after minutes on what opens them");
	equal(minutes(booking), "5", "the minutes");
	await presses("Enter", "Tab", "Tab", "Tab", "Enter");
	await page.locator(`#b${booking} .tag--quiet`).waitFor();
	equal(await at(), `b${booking} SUMMARY`, "and so after taking the mark back");
	await close();
});

await test("without scripts the same button does the same", async () => {
	const { page, close } = await trainer({ javaScriptEnabled: false });

	await page.goto(`${base}/teach/${id}/attendance`);
	const row = page.locator("li[id^=b]").nth(5);
	const booking = (await row.getAttribute("id")).slice(1);

	await row.locator("button[value=absent]").click();
	check(page.url().endsWith(`#b${booking}`), "the page comes back to the person");
	equal(minutes(booking), "0", "absent is no minutes");
	await close();
});

await test("the desk counts by itself", async () => {
	const { page, errors, close } = await trainer();

	await page.goto(`${base}/teach/${id}`);
	sql(`UPDATE session SET seats = seats + 1, booked = booked + 1 WHERE id = ${id}`);
	const [[booked]] = sql(`SELECT booked FROM session WHERE id = ${id}`);

	await page.locator("[data-live-text=booked]", { hasText: booked }).waitFor({ timeout: 15000 });
	sql(`UPDATE session SET seats = seats - 1, booked = booked - 1 WHERE id = ${id}`);
	equal(errors.length, 0, errors.join("; "));
	await close();
});

await test("the code fills the screen of the projector", async () => {
	const { page, close } = await trainer();

	await page.goto(`${base}/teach/${id}`);
	await Promise.all([page.waitForURL("**/code"), page.click(`form[action="/teach/${id}/code"] button[value=open]`)]);
	const box = await page.locator(".projector__code").boundingBox();

	check(box.height > 150, `the digits are ${box.height} pixels high`);
	check(/^\d{3} \d{3}$/.test(await page.textContent(".projector__code")), "six digits in two groups");
	check((await axe(page)).length === 0, (await axe(page)).join("; "));
	await Promise.all([page.waitForURL(`**/teach/${id}`), page.click("button[value=close]")]);
	await close();
});

await test("the sheet to sign prints with every person and no buttons", async () => {
	const { page, close } = await trainer();

	await page.goto(`${base}/teach/${id}/roster`);
	await page.emulateMedia({ media: "print" });
	const [[booked]] = sql(`SELECT booked FROM session WHERE id = ${id}`);

	equal(await page.locator(".sheet tbody tr").count(), Number(booked), "a row for everybody");
	equal(await page.locator("main .button:visible").count(), 0, "buttons are not printed");
	equal(await page.locator("nav:visible").count(), 0, "nor the navigation");
	await close();
});

await done();
