// narrow.mjs: what is a grid on a wide screen can be read on a telephone.
import { axe, base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const phone = { viewport: { width: 390, height: 844 } };

await test("a month is a list of days on which something is", async () => {
	const { page, close } = await visitor(phone);
	const [[month, day, title]] = sql(`SELECT DATE_FORMAT(m.starts_at, '%Y-%m'), DAY(m.starts_at + INTERVAL 9 HOUR), v.title
		FROM meeting m JOIN session s ON s.id = m.session_id JOIN course_version v ON v.id = s.version_id
		WHERE s.state = 'open' ORDER BY m.starts_at LIMIT 1`);

	await signIn(page, "planner");
	await page.goto(`${base}/calendar?month=${month}`);
	const link = page.locator(".calendar a", { hasText: title }).first(), box = await link.boundingBox();

	check(box.x >= 0 && box.x + box.width <= 390, `the title ends at ${box.x + box.width} px`);
	check(await page.locator(".calendar__long:visible", { hasText: `月${day}日（` }).count() === 1, "its day has the day of the week");
	equal(await page.locator(".calendar td:visible").evaluateAll((all) => all.filter((td) => !td.querySelector("li") && !td.matches(".today")).length), 0, "days with nothing");
	equal(await page.evaluate(() => document.querySelector(".calendar").scrollWidth - document.querySelector(".calendar").clientWidth), 0, "px to scroll sideways");
	equal((await axe(page)).join("\n"), "", "violations");
	await page.goto(`${base}/calendar?month=2035-05`);
	check((await page.locator(".calendar").innerText()).includes("予定はありません"), "an empty month says so");
	await page.setViewportSize({ width: 1280, height: 900 });
	check(await page.locator(".calendar td:visible").count() >= 35, "and is a grid on a wide screen");
	await close();
});

await done();
