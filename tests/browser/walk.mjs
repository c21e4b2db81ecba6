// walk.mjs: every page as every role that may open it, in Chromium.
//
// The routes come from the program itself, so a new page is walked without
// being named here; only what its address needs (an id, a code) is.
// WALK_ONLY=REGEX walks the routes and roles that fit ("planner /people");
// WALK_SHOTS=FOLDER keeps a picture of each page at both widths.
import { execFileSync } from "node:child_process";
import { accountOf, analysesComputed, axe, base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const roles = ["anyone", "trainee", "head", "trainer", "planner", "admin"];
const LIGHT_BYTES = 200_000, LIGHT_REQUESTS = 5;
const only = new RegExp(process.env.WALK_ONLY ?? ""), shots = process.env.WALK_SHOTS;

const routes = JSON.parse(execFileSync(process.env.TERAKOYA, ["check", "routes"], { encoding: "utf8" }))
	.filter((r) => r.method === "GET" && r.view && !/\.csv$|\/exports\/:file$/.test(r.path));

const one = (text) => sql(text)[0]?.[0];
const login = async (role) => (await accountOf(role)).login;

// What stands for :id and :code, by the beginning of the address; the person
// must be allowed to see the object, so some depend on the role.
async function filler(role) {
	const who = role === "anyone" ? "0" : one(`SELECT id FROM person WHERE staff_number = '${await login(role)}' OR email = '${await login(role)}'`);
	const mine = `JOIN booking b ON b.session_id = s.id AND b.person_id = ${who} AND b.state = 'booked'`;
	const taught = role === "trainer" ? `JOIN session_trainer t ON t.session_id = s.id AND t.person_id = ${who}` : "";
	const held = one(`SELECT s.id FROM session s ${taught} WHERE s.state = 'held' ORDER BY s.booked DESC LIMIT 1`);
	const coming = one(`SELECT s.id FROM session s ${taught} WHERE s.state = 'open' ORDER BY s.starts_at LIMIT 1`);
	const due = one(`SELECT c.id FROM collection c JOIN session s ON s.id = c.session_id ${mine} WHERE c.moment = 'pre' AND s.state = 'open' ORDER BY s.starts_at LIMIT 1`);
	const done = one(`SELECT collection_id FROM completion WHERE person_id = ${who} LIMIT 1`);
	const collection = one(`SELECT c.id FROM collection c JOIN session s ON s.id = c.session_id ${taught} WHERE c.moment = 'post' AND s.state = 'held' LIMIT 1`);
	const certificate = one(`SELECT s.id FROM session s ${mine} JOIN attendance a ON a.booking_id = b.id WHERE s.state = 'held' AND a.minutes > 0 LIMIT 1`);
	const debrief = one(`SELECT s.id FROM session s ${mine} JOIN attendance a ON a.booking_id = b.id WHERE s.state = 'held' AND s.debrief_days > 0 AND a.minutes > 0 LIMIT 1`);
	const row = (table) => one(`SELECT MIN(id) FROM ${table}`);
	return (path) => {
		if (/^\/sessions\/:id\/certificate/.test(path)) return certificate;
		if (/^\/sessions\/:id\/debrief/.test(path)) return debrief;
		if (/^\/sessions\/:id\/(dashboard|charts|analysis)/.test(path)) return held;
		if (/^\/sessions/.test(path)) return coming;
		if (/^\/teach/.test(path)) return held;
		if (/^\/surveys\/:id\/(preview|definition|document)/.test(path)) return row("survey_version");
		if (/^\/surveys/.test(path)) return due;
		if (/^\/receipts/.test(path)) return done;
		if (/^\/collections/.test(path)) return collection;
		if (/^\/people/.test(path)) return who;
		if (/^\/(needs\/)?units/.test(path)) return one("SELECT unit_id FROM submission GROUP BY unit_id ORDER BY COUNT(*) DESC LIMIT 1");
		if (/^\/applications/.test(path)) return one("SELECT MIN(id) FROM booking WHERE state = 'applied'");
		if (/^\/findings\/jobs/.test(path)) return one(`SELECT MAX(id) FROM job WHERE kind = 'findings' AND created_by = ${who}`);
		if (/^\/admin\/import/.test(path)) return `${one("SELECT MAX(id) FROM upload")}?as_of=2024-12-02`; // the day it is to hold from
		for (const table of ["finding", "proposal", "plan", "room", "job"])
			if (path.startsWith(`/${table}`)) return row(table) === "NULL" ? undefined : row(table);
		return undefined;
	};
}

async function address(route, fill) {
	let path = route.path;
	if (path.includes(":code")) path = path.replace(":code", path.startsWith("/surveys") ? "pre-all.mindset" : "generative-ai");
	if (path.includes(":")) {
		const id = await fill(route.path);
		if (!id || id === "NULL") return null;
		path = path.replace(/:\w+/, id);
		path = path.replace(":line", () => one(`SELECT MIN(id) FROM plan_line WHERE plan_id = ${id}`));
	}
	return path.includes(":") ? null : path;
}

async function look(v, path) {
	let bytes = 0, requests = 0;
	const count = async (response) => {
		requests++;
		bytes += (await response.request().sizes().catch(() => ({ responseBodySize: 0 }))).responseBodySize;
	};
	v.page.on("response", count);
	const response = await v.page.goto(base + path, { waitUntil: "load" });
	for (const figure of await v.page.locator("[data-chart]").all())
		await figure.locator("svg").first().waitFor({ state: "attached", timeout: 15000 });
	v.page.off("response", count);
	return { response, bytes, requests };
}

// A proposal to look at, made the way planners make one.
{
	const v = await visitor();
	await signIn(v.page, "planner");
	await v.page.goto(`${base}/findings`);
	await Promise.all([v.page.waitForEvent("load"), v.page.click("form[action='/findings/compute'] button")]);
	for (let i = 0; i < 120 && one("SELECT COUNT(*) FROM finding WHERE state = 'new'") === "0"; i++) await v.page.waitForTimeout(250);
	await v.page.goto(`${base}/findings`);
	await Promise.all([v.page.waitForEvent("load"), v.page.locator("form[action='/proposals/from-finding'] button").first().click()]);
	await v.close();
}

// A file of people that waits to be applied.
{
	const v = await visitor();
	await signIn(v.page, "admin");
	await v.page.goto(`${base}/admin/import`);
	await v.page.setInputFiles("input[type=file]", { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(
		"職員番号,氏,名,氏カナ,名カナ,メール,所属コード,所属名,階層,職名,兼務,所属長,発令日\r\n0W1,歩行,花子,ホコウ,ハナコ,,W1,歩行課,T4,主事,,,\r\n") });
	await Promise.all([v.page.waitForURL(/\/admin\/import\/\d+/), v.page.locator("form:has(input[type=file]) button").first().click()]);
	await v.close();
}

// Analyses show what there is to show once the jobs of the demo are done.
await test("the jobs of the demo have computed every analysis", analysesComputed);

async function shoot(v, role, path, lang) {
	if (shots) await v.page.screenshot({ path: `${shots}/${lang}-${role}${path.replace(/\W+/g, "-")}.png`, fullPage: true });
}

const walked = new Set();

for (const role of roles) {
	const mine = routes.filter((r) => r.who.includes(role) && only.test(`${role} ${r.path}`));
	if (!mine.length) continue;
	const fill = await filler(role);
	const wide = await visitor(), narrow = await visitor({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
	if (role !== "anyone") {
		await signIn(wide.page, role);
		await signIn(narrow.page, role);
	}
	for (const route of mine) {
		const path = await address(route, fill);
		if (!path) {
			console.log(`# ${role}: ${route.path} has no object to show for this person`);
			continue;
		}
		walked.add(route.path);
		await test(`${role}: ${route.path} is sound, accessible and stays at home`, async () => {
			const [{ response, bytes, requests }] = await Promise.all([look(wide, path), look(narrow, path)]);
			check(response.status() < 400, `${path}: status ${response.status()}`);
			if (!/text\/html/.test(response.headers()["content-type"] ?? "")) return;
			if (role === "trainee") {
				check(bytes < LIGHT_BYTES, `${path} weighs ${bytes} bytes`);
				check(requests <= LIGHT_REQUESTS, `${path} makes ${requests} requests`);
			}
			await Promise.all([[wide, "ja", 1280], [narrow, "en", 390]].map(async ([v, lang, width]) => {
				await shoot(v, role, path, lang);
				equal((await axe(v.page)).join("\n"), "", `${path}, ${lang}, ${width} pixels`);
				equal(await v.page.locator("html").getAttribute("lang"), lang, "language");
				const text = await v.page.locator("body").innerText();
				check(!/msg\.|\{\{|undefined|NaN/.test(text), `${path} shows a raw word`);
			}));
			check(await narrow.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than 390 pixels`);
		});
	}
	await test(`${role}: no page asked another host for anything, lacked a file or broke a script`, async () => {
		equal([...wide.strangers, ...narrow.strangers].join(" "), "", "requests to other hosts");
		equal([...wide.broken, ...narrow.broken].join("\n"), "", "what did not come");
		equal([...wide.errors, ...narrow.errors].join("\n"), "", "errors on the console");
	});
	await wide.close();
	await narrow.close();
}
// Who teaches or plans has no certificate of the own; somebody must have one.
if (!process.env.WALK_ONLY)
	await test("every page was walked by somebody", () => {
		equal(routes.filter((r) => !walked.has(r.path)).map((r) => r.path).join(" "), "", "pages nobody could open");
	});
await done();
