// analysis-charts.mjs: the figures of an analysis as a browser draws them:
// every chart beside its table, nothing wider than a phone, nothing that axe
// finds with all explanations and tables open, in both languages.
import { analysesComputed, axe, base, check, done, equal, signIn, test, visitor } from "./lib.mjs";

await test("the jobs of the demo have computed every analysis", analysesComputed);

const pages = { "/courses/dx-basics/analysis": "#ability", "/courses/service-design-managers/analysis": "#groups", "/analysis?year=2024": "#groups" };

for (const [lang, width] of [["ja", 1280], ["en", 390]]) {
	const v = await visitor({ viewport: { width, height: 900 } });
	await v.context.addCookies([{ name: "lang", value: lang, url: base }]);
	await signIn(v.page, "planner");
	for (const [path, part] of Object.entries(pages)) await test(`${path} ${part}, ${lang}, ${width} px`, async () => {
		await v.page.goto(base + path);
		const figures = v.page.locator(`${part} figure.chart`);
		const count = await figures.count();
		check(count > 2, `figures: ${count}`);
		for (let i = 0; i < count; i++) {
			await figures.nth(i).scrollIntoViewIfNeeded();
			await figures.nth(i).locator(".chart__area svg").waitFor({ timeout: 10000 });
			check(await figures.nth(i).locator("tbody tr").count() > 0, `figure ${i}: a table with rows`);
		}
		equal(await v.page.locator(`${part} .chart--failed`).count(), 0, "charts that failed");
		const texts = await v.page.locator(`${part} .chart__area svg text`).allTextContents();
		equal(texts.filter((t) => /^[-−]0(\.0+)?%?$/.test(t) || /NaN|undefined/.test(t)).join(), "", "words that are no numbers");
		equal(await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "wider than the screen");
		await v.page.locator(part).evaluate((section) => section.querySelectorAll("details").forEach((d) => { d.open = true; }));
		equal((await axe(v.page)).join("\n"), "", "axe");
	});
	await test(`no script broke and nobody else was asked, ${lang}`, async () => {
		equal([...v.errors, ...v.strangers].join("\n"), "", "errors and strangers");
	});
	await v.close();
}
await done();
