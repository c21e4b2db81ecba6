// story.mjs: the whole way, from a file of new people to a line of the plan.
//
// Twelve people are imported. One of them goes the way in Chromium; the other
// eleven send the same forms, so that the class is large enough to be shown.
import { base, check, done, equal, signIn, sql, test, visitor } from "./lib.mjs";

const COURSE = "generative-ai", PASSWORD = "story of a class 2024", NUMBERS = Array.from({ length: 12 }, (_, i) => String(900101 + i));
const unit = sql("SELECT code FROM unit WHERE kind = 'section' ORDER BY sort LIMIT 1")[0][0];
const csv = "職員番号,氏,名,氏カナ,名カナ,旧姓,メール,所属コード,所属名,階層,職名,兼務,所属長,発令日,端末,退職日\r\n" +
	NUMBERS.map((n, i) => `${n},物語,第${i + 1},モノガタリ,ダイ,,story${i + 1}@city.example,${unit},,一般職員,主事,,,2024-12-01,ノート,\r\n`).join("");

const admin = await visitor(), trainer = await visitor(), planner = await visitor(), trainee = await visitor();
const passwords = {};
let session, pre, post, others;

/** Send a form of the page shown, as its button would; wait for what follows. */
async function press(page, selector) {
	await page.locator(selector).first().scrollIntoViewIfNeeded();
	const next = page.waitForEvent("load");
	await page.locator(selector).first().click();
	await next;
}

/** Somebody without a window: the same addresses and forms, sent one by one. */
function quiet(context) {
	const request = context.request;
	const get = async (path) => (await request.get(base + path)).text();
	const token = (html) => /name="csrf" value="([^"]+)"/.exec(html)?.[1];
	return {
		get,
		async post(path, form, from = path) {
			const reply = await request.post(base + path, { form: { csrf: token(await get(from)), ...form }, maxRedirects: 0 });
			equal(reply.status(), 303, `POST ${path}`);
			return reply.headers().location;
		},
	};
}

/** Answers to a survey form: options picked by a rule, one per question. */
function answers(html, pick) {
	const byName = {};
	for (const [, name, value] of html.matchAll(/<input type="radio" name="([^"]+)" value="([^"]+)"/g)) (byName[name] ??= []).push(value);
	return Object.fromEntries(Object.entries(byName).map(([name, values]) => [name, pick(name, values.filter((v) => !v.startsWith("_")))]));
}

const definition = (id) => JSON.parse(sql(`SELECT v.definition FROM survey_version v JOIN collection c ON c.version_id = v.id WHERE c.id = ${id}`)[0][0].replaceAll("\\\\", "\\"));
const rightOption = (survey, key) => survey.items.find((item) => item.key === key)?.options.find((o) => o.points === 1)?.key;

async function answerQuietly(person, collection, share, number) {
	const html = await person.get(`/surveys/${collection}`);
	const survey = definition(collection);
	let k = 0;
	const given = answers(html, (name, values) => {
		const right = rightOption(survey, name);
		if (!right || !name.startsWith("k_")) return values[(number + name.length) % values.length];
		return (k++ + number) % 10 < share * 10 ? right : values.find((v) => v !== right);
	});
	const location = await person.post(`/surveys/${collection}`, { _key: /name="_key" value="([\w-]{43})"/.exec(html)[1], _page: "1", ...given, _do: "submit" });
	equal(location, `/receipts/${collection}`, "the receipt");
}

async function answerByHand(page, collection, share) {
	await page.goto(`${base}/surveys/${collection}`);
	const survey = definition(collection);
	let k = 0;
	const given = answers(await page.content(), (name, values) => {
		const right = rightOption(survey, name);
		if (!right || !name.startsWith("k_")) return values[1];
		return k++ < share * 6 ? right : values.find((v) => v !== right);
	});
	for (const [name, value] of Object.entries(given))
		await page.locator(`input[name="${name}"][value="${value}"]`).check({ force: true });
	await press(page, "button[name=_do][value=review]");
	await press(page, "button[name=_do][value=submit]");
	check(page.url().endsWith(`/receipts/${collection}`), `after submitting: ${page.url()}`);
}

await test("an administrator imports twelve people from a file", async () => {
	await signIn(admin.page, "admin");
	await admin.page.goto(`${base}/admin/import`);
	await admin.page.setInputFiles("#file", { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeff${csv}`) });
	await admin.page.fill("#as_of", "2024-12-01");
	await press(admin.page, "form[action='/admin/import'] button");
	check(/\/admin\/import\/\d+/.test(admin.page.url()), "the dry run is shown");
	equal(await admin.page.locator("main .warning").allInnerTexts().then((t) => t.join()), "", "problems of the file");
	equal(sql(`SELECT COUNT(*) FROM person WHERE staff_number IN (${NUMBERS})`)[0][0], "0", "people before it is applied");
	await press(admin.page, "form[action$='/apply'] button");
	equal(sql(`SELECT COUNT(*) FROM person WHERE staff_number IN (${NUMBERS})`)[0][0], "12", "people after it");
	for (const [id, number] of sql(`SELECT id, staff_number FROM person WHERE staff_number IN (${NUMBERS}) ORDER BY staff_number`)) {
		await admin.page.goto(`${base}/people/${id}`);
		await press(admin.page, `form[action='/people/${id}/password'] button`);
		passwords[number] = await admin.page.locator("dd strong").innerText();
	}
});

await test("each sets a password at the first sign-in", async () => {
	const { page } = trainee;
	await page.goto(`${base}/sign-in`);
	await page.fill("input[name=login]", NUMBERS[0]);
	await page.fill("input[name=password]", passwords[NUMBERS[0]]);
	await Promise.all([page.waitForURL("**/account/password**"), page.press("input[name=password]", "Enter")]);
	await page.fill("#new", PASSWORD);
	await page.fill("#again", PASSWORD);
	await press(page, "form[action='/account/password'] button");
	await page.goto(`${base}/`);
	check((await page.locator("body").innerText()).includes("物語"), "the name stands in the header");
	others = [];
	for (const number of NUMBERS.slice(1)) {
		const person = quiet((await visitor()).context);
		await person.post("/sign-in", { login: number, password: passwords[number] });
		await person.post("/account/password", { new: PASSWORD, again: PASSWORD });
		others.push(person);
	}
});

await test("they find the course and book", async () => {
	const { page } = trainee;
	await page.goto(`${base}/catalogue?q=${encodeURIComponent("ｾｲｾｲAI")}`);
	[session] = sql(`SELECT s.id FROM session s JOIN course c ON c.id = s.course_id WHERE c.code = '${COURSE}' AND s.state = 'open'
		AND s.approval = 'none' ORDER BY s.starts_at DESC LIMIT 1`)[0];
	sql(`UPDATE booking SET state = 'cancelled' WHERE session_id = ${session}; DELETE o FROM answer_open o JOIN submission s ON s.id = o.submission_id JOIN collection c ON c.id = s.collection_id WHERE c.session_id = ${session};
		DELETE FROM completion WHERE collection_id IN (SELECT id FROM collection WHERE session_id = ${session});
		DELETE FROM submission WHERE collection_id IN (SELECT id FROM collection WHERE session_id = ${session}); UPDATE session SET booked = 0 WHERE id = ${session};
		INSERT IGNORE INTO session_trainer SELECT ${session}, id FROM person WHERE email = 'producer1@partner.example'`);
	await page.goto(`${base}/sessions/${session}`);
	await press(page, `form[action='/sessions/${session}/book'] button`);
	for (const person of others) await person.post(`/sessions/${session}/book`, {}, `/sessions/${session}`);
	equal(sql(`SELECT booked FROM session WHERE id = ${session}`)[0][0], "12", "people booked");
	[pre, post] = sql(`SELECT id FROM collection WHERE session_id = ${session} ORDER BY moment`).map(([id]) => id);
});

await test("they answer the survey before it", async () => {
	await answerByHand(trainee.page, pre, 0.35);
	for (const [i, person] of others.entries()) await answerQuietly(person, pre, 0.3, i);
	equal(sql(`SELECT COUNT(*) FROM submission WHERE collection_id = ${pre}`)[0][0], "12", "submissions");
	equal(sql(`SELECT COUNT(person_id) FROM submission WHERE collection_id = ${pre}`)[0][0], "0", "of them with a person");
});

await test("the trainer sees the class profile before it starts", async () => {
	await signIn(trainer.page, "trainer");
	await trainer.page.goto(`${base}/teach/${session}/profile`);
	check(/12/.test(await trainer.page.locator("main").innerText()), "n is shown");
});

await test("attendance is taken by the code on the projector", async () => {
	// The day has come.
	sql(`SET @now = DATE_ADD(UTC_TIMESTAMP(3), INTERVAL (SELECT value FROM setting WHERE name = 'clock.offset_ms') * 1000 MICROSECOND);
		UPDATE meeting SET starts_at = DATE_SUB(@now, INTERVAL 20 MINUTE), ends_at = DATE_ADD(@now, INTERVAL 2 HOUR) WHERE session_id = ${session};
		UPDATE session SET starts_at = DATE_SUB(@now, INTERVAL 20 MINUTE), ends_at = DATE_ADD(@now, INTERVAL 2 HOUR) WHERE id = ${session}`);
	await trainer.page.goto(`${base}/teach/${session}`);
	await press(trainer.page, `form[action='/teach/${session}/code'] button[value=open]`);
	const code = sql(`SELECT attendance_code FROM session WHERE id = ${session}`)[0][0];
	await trainee.page.goto(`${base}/attend`);
	await trainee.page.fill("#code", code);
	await press(trainee.page, "form[action='/attend'] button");
	for (const person of others) await person.post("/attend", { code });
	equal(sql(`SELECT COUNT(*) FROM attendance a JOIN booking b ON b.id = a.booking_id WHERE b.session_id = ${session} AND a.minutes > 0 AND a.way = 'code'`)[0][0], "12", "present");
});

await test("the trainer opens the survey after it and they answer", async () => {
	await trainer.page.goto(`${base}/teach/${session}`);
	await press(trainer.page, `form[action='/collections/${post}/open'] button`);
	await answerByHand(trainee.page, post, 0.8);
	for (const [i, person] of others.entries()) await answerQuietly(person, post, 0.8, i);
	equal(sql(`SELECT COUNT(*) FROM submission WHERE collection_id = ${post}`)[0][0], "12", "submissions");
});

await test("the dashboard says what happened, with n and interval", async () => {
	await trainer.page.goto(`${base}/sessions/${session}/dashboard`);
	const text = await trainer.page.locator("main").innerText();
	check(/前後とも回答した 12 名/.test(text), `12 matched people: ${text.slice(0, 400)}`);
	check(/95/.test(text), "an interval");
	check(await trainer.page.locator("figure[data-chart] svg").count() >= 4, "four charts are drawn");
	check(!NUMBERS.some((n) => text.includes(n)) && !/物語/.test(text), "no name on it");
});

await test("the trainee sees the own growth, and nobody else's", async () => {
	await trainee.page.goto(`${base}/record`);
	check((await trainee.page.locator("main").innerText()).length > 50, "the record");
	const reply = await trainee.page.request.get(`${base}/sessions/${session}/dashboard`);
	equal(reply.status(), 403, "the dashboard for a trainee");
});

await test("a finding becomes a proposal, and the proposal a line of the plan", async () => {
	const { page } = planner;
	await signIn(page, "planner");
	await page.goto(`${base}/findings`);
	await press(page, "form[action='/findings/compute'] button");
	for (let i = 0; i < 60 && sql("SELECT COUNT(*) FROM finding")[0][0] === "0"; i++) await page.waitForTimeout(500);
	await page.goto(`${base}/findings`);
	await press(page, "form[action='/proposals/from-finding'] button");
	check(/\/proposals\/\d+/.test(page.url()), `the proposal: ${page.url()}`);
	const id = /\/proposals\/(\d+)/.exec(page.url())[1];
	await page.goto(`${base}/proposals/${id}/edit`);
	await page.fill("input[name=people]", "400");
	await press(page, `form[action='/proposals/${id}'] button`);
	for (const to of ["review", "accepted"]) {
		await page.goto(`${base}/proposals/${id}`);
		await page.fill("#reason", "根拠の数字を確かめました。");
		await press(page, `button[name=to][value=${to}]`);
	}
	equal(sql(`SELECT state FROM proposal WHERE id = ${id}`)[0][0], "accepted", "the proposal");
	await page.goto(`${base}/plans`);
	await page.fill("#name", "三か年計画（物語）");
	await page.fill("#first_year", "2024");
	await press(page, "form[action='/plans'] button");
	await page.goto(`${base}/proposals/${id}`);
	await press(page, "form[action='/plans/lines-from-proposal'] button");
	check(Number(sql(`SELECT COUNT(*) FROM plan_line WHERE proposal_id = ${id}`)[0][0]) > 0, "lines of the plan");
});

await test("the plan's file says what the database says", async () => {
	const { page } = planner;
	const plan = sql("SELECT MAX(id) FROM plan")[0][0];
	const bytes = await (await page.request.get(`${base}/plans/${plan}.csv`)).body();
	const text = bytes.toString("utf8");
	check(text.startsWith("\ufeff") && text.includes("\r\n"), "UTF-8 with BOM, CRLF");
	const [head, ...rows] = text.slice(1).trim().split("\r\n").map((line) => line.split(","));
	const lines = sql(`SELECT fiscal_year, people, seats, runs FROM plan_line WHERE plan_id = ${plan} ORDER BY fiscal_year, sort, id`);
	equal(rows.length, lines.length, "rows");
	const at = ["fiscal_year", "people", "seats", "runs"].map((name) => head.indexOf(name));
	check(!at.includes(-1), `columns ${head}`);
	equal(JSON.stringify(rows.map((r) => at.map((i) => r[i]))), JSON.stringify(lines), "figures");
	for (const [, people, seats, runs] of lines) {
		const rate = Number(sql(`SELECT show_rate FROM plan_line WHERE plan_id = ${plan} LIMIT 1`)[0][0]);
		equal(Number(runs), Math.ceil(Number(people) / (Number(seats) * rate)), "runs = people / (seats x show rate)");
	}
});

await test("nobody asked another host for anything", async () => {
	equal([admin, trainer, planner, trainee].flatMap((v) => [...v.strangers, ...v.errors]).join(" "), "", "requests and errors");
});
await done();
