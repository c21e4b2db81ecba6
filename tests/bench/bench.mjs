// bench.mjs: the speed table, as ratios measured in one run.
//
// Runs inside tests/with-server (release build, demo loaded), which sets
// BASE_URL, VAR, DB_SOCKET, ASSETS, SERVE_PID and JOBS_PID (the jobs stand
// still while speed is measured). Every comparison is the median of three
// interleaved rounds; errors are counted and must be zero.
// BENCH_SECONDS (3) a round, BENCH_ROWS (1000000) submissions to scan,
// BENCH_PEOPLE (350000) people in the large database.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { analytics, verdict } from "./bench-analytics.mjs";

const { BASE_URL: base, DB_SOCKET: socket, ASSETS: statics, SERVE_PID: supervisor, TERAKOYA: program } = process.env;
const jobs = Number(process.env.JOBS_PID);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const people = Number(process.env.BENCH_PEOPLE ?? 350_000);
const build = process.env.BENCH_BUILD ?? "build/release/tests/bench";
const dir = mkdtempSync(join(tmpdir(), "bench."));
const table = [];
let failed = 0, met = 0, skipped = 0;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const run = (program, ...args) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });

// The table with a row per answer is the bench's own: the product's account may not see it.
const asRoot = (program, ...args) => execFileSync(program, args, { encoding: "utf8",
	env: { ...process.env, DB_URL: `mariadb:///terakoya?socket=${socket}&user=root` } });

function sql(text) {
	return run("mariadb", "--socket", socket, "--user", "root", "--batch", "--skip-column-names",
		"--default-character-set=utf8mb4", "terakoya", "-e", text).trim();
}

/** One target. With {zeros} in a number of its address no worker has the page ready. */
function wrk(path, connections, env = {}) {
	if (path.includes("{zeros}"))
		return wrk(path.replace("{zeros}", ""), connections, { ...env, BENCH_PATH: path });
	return new Promise((resolve, reject) => {
		const child = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", "tests/bench/load.lua", base + path],
			{ env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
		let out = "";
		child.stdout.on("data", (d) => { out += d; });
		child.on("close", () => {
			const line = out.split("\n").find((l) => l.startsWith("{"));
			if (line) resolve(JSON.parse(line)); else reject(new Error(`wrk said nothing for ${path}: ${out}`));
		});
	});
}

/** Rates by round, median rate, p50, p99 and all errors of targets measured in turn. */
async function interleaved(targets) {
	const seen = targets.map(() => []);
	for (let round = 0; round < 3; round++)
		for (let i = 0; i < targets.length; i++) seen[i].push(await targets[i].measure());
	return Object.fromEntries(targets.map((t, i) => [t.name, {
		rates: seen[i].map((s) => s.rate), rate: median(seen[i].map((s) => s.rate)), p50: median(seen[i].map((s) => s.p50)), p99: median(seen[i].map((s) => s.p99)),
		errors: seen[i].reduce((sum, s) => sum + s.errors, 0),
	}]));
}

function report(what, value, goal, good, note = "") {
	if (good) met++; else failed++;
	table.push([good ? "ok  " : "MISS", what, value, goal, note]);
	console.log(`${good ? "ok  " : "MISS"} ${what.padEnd(62)} ${String(value).padStart(10)}  goal ${goal}  ${note}`);
}

/** A line that cannot be measured here; it counts as neither met nor missed. */
function skip(what, why) {
	skipped++;
	console.log(`skip ${what}: ${why}`);
}

const timing = (m) => `${m.rate.toFixed(0)}/s p50 ${m.p50.toFixed(1)} ms p99 ${m.p99.toFixed(1)} ms, ${m.errors} errors`;

/** Of each round, then the median: what else the machine does lasts longer than a round, and both sides of one have it. */
function ratio(what, a, b, least) {
	const value = median(a.rates.map((rate, round) => rate / b.rates[round]));
	report(what, value.toFixed(3), `>= ${least}`, value >= least && a.errors === 0 && b.errors === 0, timing(a));
}

/** Cookie lines of people who are signed in. */
function cookies(n) {
	return run(join(build, "signins"), String(n)).trim().split("\n").map((line) => {
		const [token, csrf, person] = line.split(" ");
		return { cookie: `terakoya=${token}`, csrf, person };
	});
}

/** Everybody gets the page itself: a redirect is quick and would count as good. */
async function mustBeThere(path, list) {
	for (const { cookie } of list) {
		const { status } = await fetch(base + path, { headers: { Cookie: cookie }, redirect: "manual" });
		if (status !== 200) throw new Error(`${path} answers ${status}, so its rate would mean nothing`);
	}
}

function cookieFile(list) {
	const file = join(dir, `cookies.${Math.random()}`);
	writeFileSync(file, list.map((c) => c.cookie).join("\n") + "\n");
	return { BENCH_COOKIES: file };
}

/** Compute what the answers of a session, a course or a year say, and keep it. */
function keep(scope, id) {
	run(program, "analysis", scope, id);
}

// ---- pages -----------------------------------------------------------------

async function pages() {
	const size = (await (await fetch(`${base}/healthz`)).arrayBuffer()).byteLength;
	writeFileSync(join(statics, "bench.txt"), "x".repeat(size));
	const trainees = cookies(60);
	const due = sql("SELECT c.id FROM collection c JOIN session s ON s.id = c.session_id WHERE c.moment = 'pre' AND c.state = 'open' AND s.starts_at > (SELECT DATE_ADD(UTC_TIMESTAMP(), INTERVAL (SELECT value FROM setting WHERE name = 'clock.offset_ms') / 1000 SECOND)) ORDER BY s.booked DESC LIMIT 1");
	const invited = sql(`SELECT b.person_id FROM booking b JOIN collection c ON c.session_id = b.session_id WHERE c.id = ${due} AND b.state = 'booked' AND b.person_id NOT IN (SELECT person_id FROM completion WHERE collection_id = ${due})`).split("\n");
	const all = cookies(3700);
	const respondents = all.filter((c) => invited.includes(c.person));
	const planner = all.filter((c) => c.person === sql("SELECT MIN(person_id) FROM person_role WHERE role = 'planner'"));
	const session = sql("SELECT s.id FROM session s WHERE s.state = 'held' ORDER BY (SELECT COUNT(*) FROM submission x JOIN collection c ON c.id = x.collection_id WHERE c.session_id = s.id) DESC LIMIT 1");

	await mustBeThere("/", trainees);
	await mustBeThere("/catalogue", trainees);
	await mustBeThere(`/surveys/${due}`, respondents);
	await mustBeThere(`/sessions/${session}/dashboard`, planner);
	await wrk("/healthz", 64);
	const m = await interleaved([
		{ name: "static", measure: () => wrk("/static/bench.txt", 64) },
		{ name: "empty", measure: () => wrk("/healthz", 64) },
		{ name: "home", measure: () => wrk("/", 16, cookieFile(trainees)) },
		{ name: "catalogue", measure: () => wrk("/catalogue", 16, cookieFile(trainees)) },
		{ name: "form", measure: () => wrk(`/surveys/${due}`, 16, cookieFile(respondents)) },
		{ name: "dashboard", measure: () => wrk(`/sessions/${session}/dashboard`, 16, cookieFile(planner)) },
		{ name: "anew", measure: () => wrk(`/sessions/{zeros}${session}/dashboard`, 16, cookieFile(planner)) },
	]);
	ratio("empty page through nginx and libfcgi / nginx static file", m.empty, m.static, 0.18);
	report("  its p99 at 64 clients, ms", m.empty.p99.toFixed(1), "< 20", m.empty.p99 < 20);
	ratio("catalogue, signed in / empty page", m.catalogue, m.empty, 0.30);
	ratio("survey form, signed in / empty page", m.form, m.empty, 0.30);
	ratio("session dashboard / empty page", m.dashboard, m.empty, 0.05);
	ratio("  the same, computed for each request", m.anew, m.empty, 0.05);
	return { session, planner, trainees, analyses: await analyses(session, planner) };
}

/**
 * A page of kept results against one that is computed for each request, in one
 * run: the session's dashboard, half of it for the course, as the dashboard of
 * a course takes twice the time, and the needs of the year. For a planner. The
 * numbers of a chart come as JSON.
 */
async function analyses(session, planner) {
	const [course, year] = sql(`SELECT co.code, s.fiscal_year FROM session s JOIN course co ON co.id = s.course_id WHERE s.id = ${session}`).split("\t");
	const dashboard = `/sessions/{zeros}${session}/dashboard`;
	const pairs = [
		["session analysis page / session dashboard, computed", `/sessions/${session}/analysis`, dashboard, 1.0],
		["  the same as JSON, which its charts are drawn from", `/sessions/${session}/analysis`, dashboard, 1.0, "application/json"],
		["course analysis page / session dashboard, computed", `/courses/${course}/analysis`, dashboard, 0.5],
		["analysis page of a year / needs of the year", `/analysis?year=${year}`, `/needs?year=${year}`, 1.0],
	];

	keep("session", session);
	keep("course", course);
	keep("year", year);
	for (const [what, kept, other, least, accept] of pairs) {
		const env = { ...cookieFile(planner), ...(accept && { BENCH_ACCEPT: accept }) };

		await mustBeThere(other.replace("{zeros}", ""), planner);
		await mustSayMuch(kept, planner);
		const m = await interleaved([
			{ name: "kept", measure: () => wrk(kept, 16, env) },
			{ name: "other", measure: () => wrk(other, 16, env) },
		]);
		ratio(what, m.kept, m.other, least);
	}
	return pairs.filter(([, , , , accept]) => !accept).map(([, kept]) => kept);
}

/** A page that says that nothing was computed yet is quick. */
async function mustSayMuch(path, [{ cookie }]) {
	const { kept, sections = [] } = await (await fetch(base + path, { headers: { Cookie: cookie, Accept: "application/json" } })).json();
	if (!kept || !sections.some((s) => s.shown)) throw new Error(`${path} shows no results, so its rate would mean nothing`);
}

// ---- submissions -------------------------------------------------------------

/** Form bodies for one collection at large, one per person and attempt. */
async function submissions() {
	mustBeDurable();
	// A collection for everybody on a survey with 25 closed slots or so.
	const version = sql("SELECT v.id FROM survey_version v JOIN survey s ON s.version_id = v.id ORDER BY ABS(v.slots - 25), v.id LIMIT 1");
	const slots = Number(sql(`SELECT slots FROM survey_version WHERE id = ${version}`));
	const all = cookies(3500);
	const definition = JSON.parse(sql(`SELECT definition FROM survey_version WHERE id = ${version}`));
	const fields = bodyOf(definition);
	const make = () => sql(`INSERT INTO collection (version_id, moment, mode, state) VALUES (${version}, 'atlarge', 'paired', 'open'); SELECT LAST_INSERT_ID()`);
	const rates = [], row = [], both = [];
	let errors = 0, m;

	for (let round = 0; round < 3; round++) {
		const file = join(dir, `posts.${round}`), lines = [];
		for (let copy = 0; copy < 12; copy++) {
			const id = make();
			for (const c of all)
				lines.push(`/surveys/${id}\t${c.cookie}\t${fields}&csrf=${encodeURIComponent(c.csrf)}&_key=${key()}`);
		}
		writeFileSync(file, lines.join("\n") + "\n");
		m = await wrk("/", 16, { BENCH_POSTS: file, BENCH_STATUS: "303" });
		rates.push(m.rate);
		errors += m.errors;
		for (const [what, list] of [["row", row], ["both", both]]) {
			const first = make();
			for (let more = 1; more < 12; more++) make();
			list.push(Number(run(join(build, "insert"), what, first, String(seconds), "16", String(slots))));
		}
	}
	for (const [bare, what] of [[row, "the same packed insert from a bare C loop"], [both, "a bare C loop that marks the completion as well"]]) {
		const value = median(rates) / median(bare);
		report(`submission of ${slots} answers, durable, 16 connections / ${what}`, value.toFixed(3), ">= 0.40", value >= 0.40 && errors === 0,
			`${median(rates).toFixed(0)}/s p50 ${m.p50.toFixed(1)} ms p99 ${m.p99.toFixed(1)} ms against ${median(bare).toFixed(0)}/s, ${errors} errors`);
	}
}

/** What is called durable here must reach the disk, as it does in production. */
function mustBeDurable() {
	const [flush, method, twice] = sql("SELECT @@innodb_flush_log_at_trx_commit, @@innodb_flush_method, @@innodb_doublewrite").split("\t");
	if (flush !== "1" || /nosync/i.test(method) || twice === "0" || twice === "OFF")
		throw new Error(`the database does not write to the disk (${flush}, ${method}, ${twice}): start it as make bench does`);
}

const key = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

/** One valid answer for every closed item of a stored definition. */
function bodyOf(definition) {
	const pairs = [];
	for (const item of definition.items ?? []) {
		const option = item.options?.[0]?.key;
		if (item.kind === "grid") for (const row of item.rows) pairs.push([`${item.key}.${row.key}`, option]);
		else if (["single", "multiple", "scale", "knowledge"].includes(item.kind)) pairs.push([item.key, option]);
	}
	return [...pairs, ["_page", "1"], ["_do", "submit"]].map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`).join("&");
}

// ---- size of the database ------------------------------------------------------

async function scale({ session, planner, trainees }) {
	const have = Number(sql("SELECT COUNT(*) FROM person"));
	// Both sizes within minutes of each other, each against its own empty page.
	const targets = [
		{ name: "empty", measure: () => wrk("/healthz", 64) },
		{ name: "home", measure: () => wrk("/", 16, cookieFile(trainees)) },
		{ name: "catalogue", measure: () => wrk("/catalogue?page={zeros}1", 16, cookieFile(trainees)) },
		{ name: "dashboard", measure: () => wrk(`/sessions/{zeros}${session}/dashboard`, 16, cookieFile(planner)) },
	];
	const small = await interleaved(targets);
	for (let at = have; at < people; at += 50_000) {
		const n = Math.min(50_000, people - at);
		sql(`INSERT INTO person (staff_number, family, given, family_kana, given_kana, search_key, is_synthetic)
			SELECT CONCAT('X', ${at} + seq), '合成', '職員', 'ゴウセイ', 'ショクイン', CONCAT('合成職員', ${at} + seq), TRUE FROM seq_1_to_${n};
			INSERT INTO posting (person_id, unit_id, tier_id, valid_from)
			SELECT p.id, (SELECT MIN(id) + MOD(p.id, 120) FROM unit), (SELECT tier_id FROM posting ORDER BY id DESC LIMIT 1), '2024-04-01'
			FROM person p LEFT JOIN posting o ON o.person_id = p.id WHERE o.id IS NULL AND p.staff_number LIKE 'X%'`);
	}
	sql("ANALYZE TABLE person, posting");
	const m = await interleaved(targets);
	for (const name of ["home", "catalogue", "dashboard"]) {
		const value = (small[name].rate / small.empty.rate) / (m[name].rate / m.empty.rate);
		report(`${name} with ${have} people / with ${people} people`, value.toFixed(3), "<= 1.3", value <= 1.3 && m[name].errors === 0, timing(m[name]));
	}
}

// ---- a million submissions -------------------------------------------------------

function stream() {
	const [version, session, id] = sql(`SET @version = (SELECT MIN(id) FROM survey_version);
		INSERT INTO session (course_id, version_id, fiscal_year, run_no, seats, state, starts_at, ends_at)
		SELECT course_id, version_id, fiscal_year, 999, seats, 'held', starts_at, ends_at FROM session LIMIT 1;
		SET @session = LAST_INSERT_ID();
		INSERT INTO collection (version_id, session_id, moment, mode, state) VALUES (@version, @session, 'post', 'unlinked', 'closed');
		SELECT @version, @session, LAST_INSERT_ID()`).split("\t");
	const bytes = Array.from({ length: 25 }, () => "CHAR(1 + FLOOR(RAND() * 5))").join(", ");
	for (let at = 0; at < rows; at += 100_000)
		sql(`INSERT INTO submission (collection_id, tier_id, unit_id, submitted_at, form_key, slots)
			SELECT ${id}, 1 + MOD(seq, 5), 1, '2024-12-02', CONCAT('bench', ${at} + seq), CONCAT(${bytes}) FROM seq_1_to_${Math.min(100_000, rows - at)}`);
	sql(`CREATE TABLE bench_answer (submission_id BIGINT, item_no INT, tier_id BIGINT, code INT, PRIMARY KEY (submission_id, item_no));
		INSERT INTO bench_answer SELECT s.id, q.seq, s.tier_id, ORD(SUBSTRING(s.slots, q.seq, 1)) FROM submission s JOIN seq_1_to_25 q WHERE s.collection_id = ${id}`);
	const times = [0, 1, 2].map(() => JSON.parse(asRoot(join(build, "stream"), session)));
	const t = { stream: median(times.map((x) => x.stream)), memory: median(times.map((x) => x.memory)), group: median(times.map((x) => x.group_by)) };
	report(`${rows} submissions x 25 counted: streamed / C loop in memory`, (t.stream / t.memory).toFixed(1), "<= 20", t.stream / t.memory <= 20,
		`${t.stream.toFixed(2)} s against ${t.memory.toFixed(3)} s`);
	report("  the same / GROUP BY over a row per answer", (t.stream / t.group).toFixed(4), "<= 0.05", t.group > 0 && t.stream / t.group <= 0.05,
		`GROUP BY ${t.group.toFixed(1)} s`);
	sql("DROP TABLE bench_answer");
}

// ---- memory ------------------------------------------------------------------------

/** Fields of /proc/PID/stat after the name, of which the second is the parent; none of a process that is gone. */
function statOf(pid) {
	try { return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" "); } catch { return []; }
}

const workerPids = () => readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && statOf(pid)[1] === supervisor);

/** Processor time so far, in ticks of the kernel. */
const ticks = (pid) => Number(statOf(pid)[11] ?? 0) + Number(statOf(pid)[12] ?? 0);

/** PSS of every worker in MiB, from the kernel's own sums. */
function pss() {
	return workerPids().flatMap((pid) => {
		try { return [Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]) / 1024]; } catch { return []; }
	});
}

async function memory({ session, planner, trainees, analyses }) {
	const loads = [
		["/catalogue", trainees],
		[`/sessions/${session}/dashboard`, planner],
		["/", trainees],
		...analyses.map((path) => [path, planner]),
	];
	// What a worker remembers (docs/adr/0014, 0015, 0026) fills and is emptied again, so it is the top that must not rise. It is
	// looked for between the loads: during them it depends on whether a look meets a page half made. That counts for the most.
	let workers = 0;
	const look = () => {
		const each = pss();
		workers = Math.max(workers, each.length);
		return Math.max(0, ...each);
	};
	const half = async () => {
		let most = 0, rest = 0;
		const often = setInterval(() => { most = Math.max(most, look()); }, 250);
		for (const [path, who] of [...loads, ...loads]) {
			await wrk(path, 16, cookieFile(who));
			await settled();
			rest = Math.max(rest, look());
		}
		clearInterval(often);
		if (!rest) throw new Error("no worker is found, so its memory is not known");
		return { most: Math.max(most, rest), rest };
	};
	await half(); // what is filled once
	const before = await half();
	const after = await half();
	const most = Math.max(before.most, after.most);
	// What workers share is divided among them: with fewer of them each has more.
	report(`memory of the largest of ${workers} workers, PSS in MiB`, most.toFixed(1), "<= 12", most <= 12);
	report("  between requests: second half of the load less first", (after.rest - before.rest).toFixed(2), "<= 0.5", after.rest - before.rest <= 0.5,
		`${before.rest.toFixed(2)}, then ${after.rest.toFixed(2)}; at any moment ${before.most.toFixed(1)}, then ${after.most.toFixed(1)}`);
}

/** wrk leaves requests behind when its time is over; the workers end them first. */
async function settled() {
	const busy = () => workerPids().reduce((sum, pid) => sum + ticks(pid), 0);
	for (let before = -1, now = busy(); now !== before; before = now, now = busy())
		await new Promise((done) => { setTimeout(done, 100); });
}

const only = process.env.BENCH_ONLY?.split(",") ?? ["pages", "submissions", "memory", "scale", "stream", "analytics"];
// Analyses of the demo, which the jobs process computes now, would be timed as well.
if (!(jobs > 1)) throw new Error("JOBS_PID names no process to stop: run this inside tests/with-server");
process.kill(jobs, "SIGSTOP");
try {
	const state = only.includes("pages") || only.includes("memory") || only.includes("scale") ? await pages() : null;
	if (only.includes("submissions")) await submissions();
	if (only.includes("memory")) await memory(state);
	if (only.includes("scale")) await scale(state);
	if (only.includes("stream")) stream();
	if (only.includes("analytics")) analytics({ report, skip, build });
	console.log(`\n${verdict({ met, failed, skipped })}`);
} finally {
	process.kill(jobs, "SIGCONT");
	rmSync(dir, { recursive: true, force: true });
	rmSync(join(statics, "bench.txt"), { force: true });
}
process.exit(failed ? 1 : 0);
