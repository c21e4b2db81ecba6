/*
 * huge.mjs: every method of terakoya analyse on a million rows of thirty
 * columns, or as much of its kind: it ends with a result or with one sentence
 * that names a limit, never by a signal, without a word on standard error, in
 * a bounded time.
 *
 * ROWS=1000000    rows; fewer for a look
 * ONLY=REGEX      these methods
 * SECONDS=600     of the processor, for each
 */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const build = process.env.BUILD ?? "debug";
const program = process.env.TERAKOYA ?? join(top, "build", build, "terakoya");
const FULL = 1000000;
const N = Number(process.env.ROWS ?? FULL);
const only = new RegExp(process.env.ONLY ?? "");
const patience = Number(process.env.SECONDS ?? 600);
const ITEMS = 30;
const dir = mkdtempSync(join(tmpdir(), "huge-"));

/* ---- files ------------------------------------------------------------------ */

let state = 1;
const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const whole = (k) => Math.floor(next() * k);
const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const names = (k, of = "q") => Array.from({ length: k }, (_, j) => `${of}${j}`);
const range = (x, lo, hi) => Math.max(lo, Math.min(hi, x));

/** The path of a file of this name, written once. */
function file(name, header, n, row) {
	const path = join(dir, name);

	if (existsSync(path)) return path;
	const f = openSync(path, "w");
	let lines = [header];
	state = 1;
	for (let i = 0; i < n; i++) {
		lines.push(row(i).join(","));
		if (lines.length > 10000) { writeSync(f, `${lines.join("\n")}\n`); lines = []; }
	}
	if (lines.length) writeSync(f, `${lines.join("\n")}\n`);
	closeSync(f);
	return path;
}

/* Rows of one trait and k answers that follow it; a share of them missing. */
const traits = (k, answer, missing = 0) => () => {
	const trait = normal();
	return Array.from({ length: k }, (_, j) => (missing && next() < missing ? "" : answer(trait, j)));
};
const right = (trait, j) => (trait + normal() + (2 * j - ITEMS) / ITEMS > 0 ? 1 : 0);
const rating = (trait) => range(Math.round(3 + 0.6 * trait + 0.8 * normal()), 1, 5);
const noise = () => normal().toFixed(6);

const rights = () => file("rights", names(ITEMS), N, traits(ITEMS, right));
const later = () => file("later", names(ITEMS), N, traits(ITEMS, (t, j) => right(t + 0.4, j)));
const gaps = () => file("gaps", names(ITEMS), N, traits(ITEMS, right, 0.02));
const ratings = () => file("ratings", names(ITEMS), N, traits(ITEMS, rating));
const holed = () => file("holed", names(ITEMS), N, traits(ITEMS, (t) => rating(t - 0.5), 0.02));
const scores = () => file("scores", "pre,post", N, () => { const x = whole(15); return [next() < 0.02 ? "" : x, Math.min(20, x + whole(6))]; });
const complete = () => file("complete", "pre,post", N, () => { const x = whole(15); return [x, Math.min(20, x + whole(6))]; });
const fine = () => file("fine", "pre,post", N, () => { const x = 10 + normal(); return [x, x + 0.5 + normal()]; });
const xy = () => file("xy", "x,y", N, () => { const x = normal(); return [x.toFixed(6), (x + normal()).toFixed(6)]; });
const grouped = (k) => file(`grouped${k}`, "group,y", N, () => { const g = whole(k); return [`g${g}`, 1 + whole(5) + (g % 3)]; });
const loose = (k) => file(`loose${k}`, "group,y", N, () => { const g = whole(k); return [`g${g}`, (normal() + (g % 3) / 10).toFixed(6)]; });
const strata = (k) => [file(`strata${k}`, "stratum,y", N, (i) => [`s${i % k}`, noise()]), file(`known${k}`, "stratum,N", k, (i) => [`s${i}`, 2 * N])];
const predictors = (k) => file(`predictors${k}`, ["y", ...names(k)], N, () => { const x = names(k).map(normal); return [x[0] + x[1] + normal(), ...x].map((v) => v.toFixed(4)); });
const counts = (name, cell) => file(name, names(ITEMS), N, () => Array.from({ length: ITEMS }, cell));
const words = () => counts("V", () => (next() < 0.3 ? next().toFixed(4) : 0));
/* Words by Zipf's law, eight a comment. */
const tokens = (n, words) => file(`tokens${words}`, "doc,token", n, (i) => [1 + Math.floor(i / 8), `w${Math.floor(Math.exp(next() * Math.log(words)))}`]);
const said = ["説明が分かりやすい", "時間が足りない。もう少し長くしてほしい", "演習がよかった", "特になし", "資料の文字が小さく読みづらい", "職場で使えそうです", ""];
const comments = (n) => file(`comments${n}`, "comment", n, (i) => [said[i % said.length] + (i % 3 ? "" : `第${whole(99)}回の演習`)]);
const key = () => file("key", "item,key", ITEMS, (j) => [`q${j}`, "ABCD"[j % 4]]);
const known = () => file("items", "item,a,d", ITEMS, (j) => [`q${j}`, 0.8 + (j % 5) / 5, (j - ITEMS / 2) / ITEMS]);

/* [method, what, () => files, options, "refuses" where that many rows are above
 * a limit that is documented] */
const cases = [
	["univariate", "", () => [file("y", "y", N, () => [noise()])], {}],
	["correlation", "no ties", () => [xy()], {}],
	["correlation", "ties", () => [file("ties", "x,y", N, () => [whole(5), whole(5)])], {}],
	["calibration", "points", () => [file("self", "score,self", N, () => { const x = whole(20); return [x, range(Math.round(x / 4 + normal()), 1, 5)]; })], {}],
	["calibration", "no ties", () => [file("selves", "score,self", N, () => { const x = normal(); return [x.toFixed(6), (x + normal()).toFixed(6)]; })], {}],
	["proportion", "", () => [file("shares", "x,n", N, () => { const n = 10 + whole(90); return [whole(n), n]; })], {}],
	["proportion_difference", "", () => [file("two", "x1,n1,x2,n2", N, () => [whole(20), 30, whole(20), 40])], {}],
	["p_adjust", "", () => [file("p", "p", N, () => [next()])], {}],
	["gauss_hermite", "300 nodes", () => [], { n: 300 }],
	["noncentral_t_cdf", "a tenth of the rows", () => [file("t", "t,df,nc", N / 10, () => [4 * next(), 5 + whole(60), next()])], {}],
	["noncentral_f_cdf", "a tenth of the rows", () => [file("f", "q,df1,df2,nc", N / 10, () => [4 * next(), 3, 5 + whole(60), next()])], {}],
	["noncentral_t_ci", "a hundredth of the rows", () => [file("tci", "t,df", N / 100, () => [4 * next(), 5 + whole(60)])], {}],
	["signrank_cdf", "", () => [file("v", "q,n", N, () => [whole(200), 20 + whole(20)])], {}],
	["ranksum_cdf", "", () => [file("w", "q,m,n", N, () => [whole(200), 12, 15])], {}],
	["ranksum_cdf", "as large as may be", () => [file("w200", "q,m,n", 1, () => [19000, 200, 200])], {}],
	["ranksum_cdf", "too large", () => [file("w1000", "q,m,n", 1, () => [400000, 1000, 1000])], {}, "refuses"],
	["signrank_cdf", "as large as may be", () => [file("v1000", "q,n", 1, () => [250000, 1000])], {}],
	["item_analysis", "right or wrong", () => [rights()], {}],
	["item_analysis", "gaps", () => [gaps()], { missing: "zero" }],
	["reliability", "ratings", () => [ratings()], {}],
	["reliability", "gaps, B 10", () => [holed()], { B: 10 }],
	["paired_change", "points", () => [scores()], { max_score: 20, r_xx: 0.8 }],
	["paired_change", "no ties", () => [fine()], { max_score: 20, r_xx: 0.8 }],
	["mcnemar", "large counts", () => [file("four", "n11,wrong_to_right,right_to_wrong,n00", 1, () => [N, 2 * N, N + 1, N])], {}],
	["mcnemar_items", "", () => [rights(), later()], {}],
	["bca_given_indices", "B 5", () => [complete(), file("indices", names(N), 5, () => Array.from({ length: N }, () => 1 + whole(N)))], { statistic: "class Hake gain", max_score: 20 }],
	...["mean(post-pre)", "median(post-pre)", "class Hake gain"].map((statistic) =>
		["bca_own_rng", statistic, () => [complete()], { statistic, max_score: 20, B: 20 }]),
	["bca_own_rng", "alpha", () => [ratings()], { statistic: "alpha", B: 10 }],
	["needs_bca", "B 10", () => [ratings(), holed()], { B: 10 }],
	["needs", "", () => [ratings(), holed()], {}],
	["kendall_w", "", () => [ratings()], {}],
	["cohen_kappa", "5 categories", () => [file("readers", "a,b", N, () => { const x = whole(5); return [`c${x}`, `c${next() < 0.8 ? x : whole(5)}`]; })], {}],
	["largest_remainder", "as many seats", () => [file("weights", "weight", N, () => [1 + next()])], { seats: N }],
	["suppress", "", () => [counts("cells", () => whole(40))], { k: 5 }],
	["groups", "5 groups", () => [grouped(5)], { order: ["g0", "g1", "g2", "g3", "g4"] }],
	["groups", "200 groups, no ties", () => [loose(200)], {}],
	["groups", "too many groups", () => [grouped(N / 10)], {}, "refuses"],
	["two_groups", "ties", () => [grouped(2)], {}],
	["two_groups", "no ties", () => [loose(2)], {}],
	["anova", "groups of ten", () => [loose(N / 10)], {}],
	["shrink_normal", "50 groups", () => [loose(50)], {}],
	["shrink_normal", "groups of ten", () => [loose(N / 10)], {}],
	["stratified_mean_fpc", "5 strata", () => strata(5), {}],
	["stratified_mean_fpc", "strata of ten", () => strata(N / 10), {}],
	...[[500], [N, "too many", "refuses"]].flatMap(([n, what, refuses]) => [
		["shrink_bayes", `${what ?? n} groups`, () => [file(`effects${n}`, "group,y,se", n, (i) => [`g${i}`, noise(), 1 + next()])], { scale: 1 }, refuses],
		["shrink_betabinomial", `${what ?? n} groups`, () => [file(`departments${n}`, "group,x,n", n, (i) => { const m = 10 + whole(90); return [`g${i}`, whole(m), m]; })], {}, refuses],
	]),
	["ols", "29 predictors", () => [predictors(ITEMS - 1)], {}],
	["drivers", "15 predictors", () => [predictors(15)], { B: 5 }],
	["cs_portfolio", "B 5", () => [ratings(), file("overall", "o", N, () => [1 + whole(5)])], { B: 5 }],
	["trend", "2,000 points", () => [file("points", "t,y", 2000, (i) => [i, noise()])], { horizon: 3 }],
	["trend", "too many points", () => [file("toomany", "t,y", N, (i) => [i, noise()])], { horizon: 3 }, "refuses"],
	["holt_damped", "given", () => [file("series", "y", N, (i) => [(Math.sin(i / 50) + normal()).toFixed(6)])], { alpha: 0.5, beta: 0.3, phi: 0.9 }],
	["holt_damped", "tuned", () => [file("series", "y", N, (i) => [(Math.sin(i / 50) + normal()).toFixed(6)])], {}],
	["staff_forecast", "1,000 tiers", () => [file("tiers", "headcount,intake", 1000, () => [whole(100), 3]), file("promotion", names(1000), 1000, (i) => Array.from({ length: 1000 }, (_, j) => (i === j ? 0.7 : j === i + 1 ? 0.2 : 0)))], { years: 10 }],
	["staff_forecast", "too many tiers", () => [file("moretiers", "headcount,intake", N, () => [whole(100), 3]), file("nopromotion", names(3), 3, () => [0.5, 0.1, 0.1])], {}, "refuses"],
	["power_paired_t", "a hundredth of the rows", () => [file("power", "n,dz", N / 100, () => [10 + whole(90), 0.2 + next()])], {}],
	["trend_season", "2,000 points", () => [file("quarters", "t,y,quarter", 2000, (i) => [2000 + i / 4, noise(), 1 + (i % 4)])], {}],
	["trend_season", "too many points", () => [file("morequarters", "t,y,quarter", N, (i) => [2000 + i / 4, noise(), 1 + (i % 4)])], {}, "refuses"],
	["poststratify", "2,000 waves of 200 strata", () => [file("waves", "wave,stratum,mean,n", Math.min(N, 400000), (i) => [i % 2000, `s${Math.floor(i / 2000)}`, noise(), 3 + whole(20)]), file("staff", "stratum,N", 200, (i) => [`s${i}`, 40 + i])], { least: 2 }],
	["poststratify", "too many waves", () => [file("morewaves", "wave,stratum,mean,n", N, (i) => [i, "s0", noise(), 3]), file("onestaff", "stratum,N", 1, () => ["s0", 40])], { least: 2 }, "refuses"],
	["distractor", "", () => [file("choices", names(ITEMS), N, traits(ITEMS, (t, j) => "ABCD"[right(t, j) ? j % 4 : whole(4)], 0.02)), key()], { options: ["A", "B", "C", "D"] }],
	["dif_mh", "20 strata", () => [file("onedif", "stratum,group,correct", N, () => [whole(20), "rf"[whole(2)], whole(2)])], { focal: "f" }],
	["dif_mh", "strata of ten", () => [file("moredif", "stratum,group,correct", N, () => [whole(N / 10), "rf"[whole(2)], whole(2)])], { focal: "f" }],
	["dif_mh_items", "", () => [file("dif", ["group", ...names(ITEMS)], N, () => ["rf"[whole(2)], ...traits(ITEMS, right, 0.02)()])], { focal: "f" }],
	["crosstab", "", () => [counts("table", () => 10 + whole(40))], {}],
	["crosstab", "too many to resample", () => [counts("table", () => 10 + whole(40))], { monte_carlo: true, B: 99 }, "refuses"],
	["irt_1pl", "", () => [rights()], {}],
	["irt_2pl", "", () => [rights()], {}],
	["irt_2pl", "gaps", () => [gaps()], {}],
	["irt_2pl_map", "", () => [rights()], {}],
	["irt_2pl", "too many items", () => [file("wide", names(1000), 100, traits(1000, right))], {}, "refuses"],
	["irt_score", "gaps", () => [known(), gaps()], {}],
	["grm", "", () => [ratings()], {}],
	["grm", "too many thresholds", () => [file("widest", names(1000), 100, traits(1000, rating))], {}, "refuses"],
	["text_tokens", "", () => [comments(N)], {}],
	["tfidf", "as many words as comments", () => [tokens(N, N / 4)], {}],
	["cooccurrence", "2,000 words", () => [tokens(N, 2000)], {}],
	["cooccurrence", "too many words", () => [tokens(N, N / 4)], {}, "refuses"],
	["characteristic_terms", "6 groups", () => [tokens(N, N / 4), file("docgroups", "doc,group", N / 8, (i) => [i + 1, `g${whole(6)}`])], {}],
	["codes", "200 codes", () => [tokens(N, 2000), file("book", "code,rule,need,words", 1000, (i) => [`c${Math.floor(i / 5)}`, 1 + (i % 5), "any", `w${1 + whole(2000)} w${1 + whole(2000)}`])], {}],
	["codes", "too many codes", () => [tokens(N, 2000), file("manycodes", "code,rule,need,words", N, (i) => [`c${i}`, 1, "any", "w1"])], {}, "refuses"],
	["codes", "too many words", () => [tokens(N, 2000), file("manywords", "code,rule,need,words", N, () => ["c", 1, "any", `w${1 + whole(2000)}`])], {}, "refuses"],
	["codes", "too many comments", () => [file("manytokens", "doc,token", 10, (i) => [N + i, "w1"]), file("onecode", "code,rule,need,words", 1, () => ["c", 1, "any", "w1"])], {}, "refuses"],
	["nmf", "one start", () => [words()], { rank: 3, starts: 1 }],
	["nmf", "too many starts", () => [words()], { rank: 3 }, "refuses"],
];

/* ---- running ------------------------------------------------------------------ */

const VALUE = String.raw`(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|\[\]|\{\}|[[{])`;
const LINE = new RegExp(String.raw`^ *(?:(?:"(?:[^"\\]|\\.)*": )?${VALUE}|[\]}]),?$`);

/**
 * What is wrong with a result, one value a line; null if nothing is. It may be
 * longer than the longest string of JavaScript, so it is read in pieces.
 */
function fault(path) {
	const f = openSync(path, "r"), chunk = Buffer.alloc(1 << 24);
	let open = "", status = false, rest = Buffer.alloc(0);
	try {
		for (let got; (got = readSync(f, chunk, 0, chunk.length, null)) > 0;) {
			const all = Buffer.concat([rest, chunk.subarray(0, got)]), end = all.lastIndexOf(10);
			for (const line of all.subarray(0, Math.max(0, end)).toString().split("\n")) {
				if (!LINE.test(line)) return `a line is no JSON: ${line.slice(0, 200)}`;
				status ||= line.startsWith(' "status": ');
				const last = line.at(-1) === "," ? line.at(-2) : line.at(-1);
				if (/[[{]$/.test(line)) open += last;
				else if (/^ *[\]}],?$/.test(line)) {
					if (open.at(-1) !== (last === "]" ? "[" : "{")) return `"${last}" closes "${open.at(-1)}"`;
					open = open.slice(0, -1);
				}
			}
			rest = Buffer.from(all.subarray(end + 1));
		}
	} finally {
		closeSync(f);
	}
	if (open || rest.length) return "the result is cut off";
	return status ? null : "no status";
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;
const clock = existsSync("/usr/bin/time") ? `/usr/bin/time -o ${quoted(join(dir, "used"))} -f '%U %S %M'` : "";

function run(method, files, options, refuses) {
	const args = [method, ...files.flatMap((f) => ["--input", f]), "--options", JSON.stringify(options)];
	const r = spawnSync("sh", ["-c", `ulimit -c 0; ulimit -t ${patience}; ${clock} ${quoted(program)} analyse ${args.map(quoted).join(" ")} >${quoted(join(dir, "out"))} 2>${quoted(join(dir, "err"))}`]);
	const said = readFileSync(join(dir, "err"), "utf8");
	/* It puts a line of its own before the numbers where the program failed. */
	const used = clock ? readFileSync(join(dir, "used"), "utf8").trim().split("\n").at(-1).split(" ").map(Number) : null;
	const spent = used ? `${(used[0] + used[1]).toFixed(1)} s, ${Math.round(used[2] / 1024)} MB` : "";
	const size = statSync(join(dir, "out")).size;
	let wrong = null;

	if (r.status === 0)
		wrong = said ? `said ${said.slice(0, 2000)}` : refuses && N >= FULL ? "a limit that is documented does not hold" : fault(join(dir, "out"));
	else if (r.status !== 2)
		wrong = `ended with ${r.status ?? r.signal}: ${said.slice(0, 4000)}`;
	else if (size || !said.startsWith(`terakoya analyse ${method}: `) || said.trimEnd().includes("\n") || said.length > 400)
		wrong = `not one sentence: ${said.slice(0, 2000)}`;
	else if (!refuses)
		wrong = `refused: ${said}`;
	return { wrong, spent, end: r.status === 2 ? said.trim() : `${Math.round(size / 1024)} KB` };
}

const listed = spawnSync(program, ["analyse", "--list"], { encoding: "utf8" }).stdout.trimEnd().split("\n").map((l) => l.split(" ")[0]);
let number = 0;
try {
	for (const [method, what, make, options, refuses] of cases.filter(([m, w]) => only.test(`${m}, ${w}`))) {
		const { wrong, spent, end } = run(method, make(), options, refuses);

		console.log(`${wrong ? "not ok" : "ok"} ${++number} - ${method}${what && `, ${what}`}: ends well on ${N} rows`);
		console.log(`# ${spent}: ${wrong ? wrong.trimEnd().replaceAll("\n", "\n# ") : end}`);
		if (wrong) process.exitCode = 1;
	}
	for (const method of listed.filter((m) => !process.env.ONLY && !cases.some(([c]) => c === m))) {
		console.log(`not ok ${++number} - ${method} has a case here`);
		process.exitCode = 1;
	}
	console.log(`1..${number}`);
} finally {
	rmSync(dir, { recursive: true });
}
