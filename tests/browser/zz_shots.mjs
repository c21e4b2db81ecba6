import { base, signIn, sql, visitor } from "./lib.mjs";
const out = "/tmp/items-shots";
const parts = (process.env.PARTS ?? "change").split(",");
const scopes = (process.env.SCOPES ?? "session,course,year,few").split(",");
const kinds = (process.env.KINDS ?? "ja1280,ja390,en1280,en390").split(",");
const held = sql("SELECT s.id, c.code FROM session s JOIN course c ON c.id = s.course_id WHERE s.state = 'held' ORDER BY s.booked DESC, s.id LIMIT 1")[0];
const few = sql(`SELECT s.id FROM session s JOIN collection k ON k.session_id = s.id AND k.moment = 'post' JOIN submission b ON b.collection_id = k.id WHERE s.state = 'held' GROUP BY s.id HAVING COUNT(*) >= 6 ORDER BY COUNT(*), s.id LIMIT 1`)[0]?.[0];
const paths = { session: `/sessions/${held[0]}/analysis`, course: `/courses/${held[1]}/analysis`, year: "/analysis?year=2024", few: `/sessions/${few}/analysis` };
console.log(JSON.stringify(paths));
for (let i = 0; i < 600 && Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'analysis' AND state IN ('queued', 'running')")[0][0]); i++) await new Promise((go) => setTimeout(go, 500));
for (const k of kinds) {
	const lang = k.slice(0, 2), width = Number(k.slice(2));
	const v = await visitor({ viewport: { width, height: 900 }, locale: lang === "ja" ? "ja-JP" : "en-US" });
	await signIn(v.page, "planner");
	if (lang === "en") {
		await v.page.goto(base + paths.session);
		const b = v.page.locator("form[action='/language'] button, [name=lang][value=en], a[hreflang=en], button[lang=en]").first();
		if ((await v.page.getAttribute("html", "lang")) !== "en") { await Promise.all([v.page.waitForNavigation(), b.evaluate((x) => x.click())]); } else console.log("no language button");
	}
	for (const s of scopes) {
		await v.page.goto(base + paths[s]);
		if (!(await v.page.locator("#summary").count())) {
			const b = v.page.locator("form[action$='/analysis'] button").first();
			if (await b.count()) await b.click(); else console.log(s, await v.page.locator("main").innerText());
			await v.page.waitForSelector("#summary", { timeout: 120000 });
		}
		await v.page.waitForTimeout(700);
		if (process.env.OPEN) await v.page.evaluate(() => document.querySelectorAll("details").forEach((d) => { if (!d.classList.contains("what") || location.search.includes("what")) d.open = true; }));
		if (process.env.OPEN) await v.page.waitForTimeout(300);
		for (const p of parts) {
			if (p === "slices") { const h = await v.page.evaluate(() => document.documentElement.scrollHeight); for (let y = 0, i = 0; y < h; y += 1500, i++) await v.page.screenshot({ path: `${out}/${s}-${k}-${String(i).padStart(2, "0")}.png`, fullPage: true, clip: { x: 0, y, width, height: Math.min(1500, h - y) } }); }
			else if (p === "page") await v.page.screenshot({ path: `${out}/${s}-page-${k}.png`, fullPage: true });
			else if (p === "json") {
				const r = await v.page.request.get(base + paths[s], { headers: { Accept: "application/json" } });
				(await import("node:fs")).writeFileSync(`${out}/${s}.json`, await r.text());
			} else if (p.includes("@")) { const [id, n] = p.split("@"); const f = v.page.locator(`#${id} figure`).nth(Number(n)); if (await f.count()) await f.screenshot({ path: `${out}/${s}-${id}${n}-${k}.png` }); }
			else await v.page.locator("#" + p).screenshot({ path: `${out}/${s}-${p}-${k}.png` });
		}
		const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		if (wide > 0) console.log("too wide", s, k, wide);
	}
	if (v.errors.length) console.log("errors", v.errors.join("\n"));
	await v.close();
}
process.exit(0);
