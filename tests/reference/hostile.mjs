/*
 * hostile.mjs: every method against every kind of bad file and bad option.
 *
 *	tests/reference/hostile.t [METHOD ...]    only these methods
 *	HOSTILE=all tests/reference/hostile.t     each method with everything
 *
 * Whatever comes in, the program ends with 0 and one JSON object that says a
 * status and holds no NaN, or with 2, nothing on standard output and one
 * sentence. It never ends by a signal, never says more than that, and never
 * takes long. Without HOSTILE=all every method meets all numbers that go wrong,
 * and the ways to spoil a file or an option, which one reader handles for all,
 * take turns. HOSTILE_PREFIX ("valgrind -q ...") runs the program under a
 * checker.
 */
import { spawn, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.TERAKOYA ?? join(top, "build", process.env.BUILD ?? "debug", "terakoya");
const prefix = process.env.HOSTILE_PREFIX ?? "";
const all = process.env.HOSTILE === "all";
/* Seconds of one run: of the processor, so that a busy machine is no fault. */
const patience = prefix || process.env.BUILD === "asan" ? 100 : 8;
const dir = mkdtempSync(join(tmpdir(), "hostile."));

/* ---- a small good input of every method ------------------------------------ */

const rows = (n, f) => Array.from({ length: n }, (_, i) => f(i));
const table = (header, n, f) => `${header}\n${rows(n, (i) => f(i).join(",")).join("\n")}\n`;
const code = (i, m) => (i * 7919 + (i * i) % 31) % m;
const answers = (n) => table("a,b,c,d", n, (i) => rows(4, (j) => (code(i + 13 * j, 7) < 3 + (i % 3) ? 1 : 0)));
const ratings = (n) => table("a,b,c,d", n, (i) => rows(4, (j) => 1 + ((i % 5) + code(i * 3 + j, 3)) % 5));
const levels = (n) => table("a,b,c,d", n, (i) => rows(4, (j) => 1 + ((i % 4) + code(i * 5 + j, 4)) % 5));
const pairs = table("pre,post", 24, (i) => [code(i, 9), code(i, 9) + code(i + 5, 4)]);
const grouped = table("group,y", 24, (i) => ["ABC"[i % 3], code(i, 11) + (i % 3)]);
const tokens = table("doc,token", 60, (i) => [1 + Math.floor(i / 5), ["研修", "時間", "資料", "講師", "足りない", "演習"][code(i, 6)]]);
const comments = "comment\n説明が分かりやすい\n特になし\n時間が足りない。もう少し長くしてほしい\n演習がよかった\n";

const methods = {
	univariate: [{ data: table("y", 20, (i) => [code(i, 13)]) }, { level: 0.9 }],
	correlation: [{ data: table("x,y", 20, (i) => [i, code(i, 13)]) }, {}],
	proportion: [{ data: table("x,n", 5, (i) => [i, 9]) }, { level: 0.95 }],
	proportion_difference: [{ data: table("x1,n1,x2,n2", 3, (i) => [i, 9, 3, 8]) }, { level: 0.95 }],
	p_adjust: [{ p: table("p", 6, (i) => [i / 10]) }, {}],
	gauss_hermite: [{}, { n: 7 }],
	noncentral_t_cdf: [{ grid: table("t,df,nc", 4, (i) => [i, 5, 1]) }, {}],
	noncentral_f_cdf: [{ grid: table("q,df1,df2,nc", 4, (i) => [i, 3, 9, 1]) }, {}],
	noncentral_t_ci: [{ grid: table("t,df", 3, (i) => [i, 9]) }, { level: 0.95 }],
	signrank_cdf: [{ grid: table("q,n", 4, (i) => [i * 3, 8]) }, {}],
	ranksum_cdf: [{ grid: table("q,m,n", 4, (i) => [i * 3, 5, 6]) }, {}],
	item_analysis: [{ responses: ratings(40) }, { missing: "listwise", max_score: 5 }],
	reliability: [{ responses: ratings(40) }, { missing: "zero", level: 0.95, B: 50, seed: 1 }],
	paired_change: [{ data: pairs }, { max_score: 20, r_xx: 0.8, level: 0.95 }],
	mcnemar: [{ counts: "n11,wrong_to_right,right_to_wrong,n00\n5,4,2,6\n" }, {}],
	mcnemar_items: [{ pre: answers(20), post: answers(20) }, {}],
	bca_given_indices: [{ data: pairs, indices: table(rows(24, (i) => `i${i}`).join(","), 40, (i) => rows(24, (j) => 1 + code(i * 24 + j, 24))) },
		{ statistic: "median(post-pre)", level: 0.95 }],
	bca_own_rng: [{ data: pairs }, { statistic: "class Hake gain", max_score: 20, B: 200, seed: 3, level: 0.95 }],
	needs_bca: [{ importance: ratings(30), proficiency: levels(30) }, { B: 100, seed: 1, level: 0.95, top: 2 }],
	needs: [{ importance: ratings(30), proficiency: levels(30) }, {}],
	kendall_w: [{ ratings: ratings(6) }, {}],
	largest_remainder: [{ data: table("weight", 6, (i) => [i + 0.5]) }, { seats: 17 }],
	suppress: [{ table: table("a,b,c", 4, (i) => [i * 4, 12, 30 - i]) }, { k: 5 }],
	groups: [{ data: grouped }, { order: ["A", "B", "C"] }],
	two_groups: [{ data: table("group,y", 20, (i) => ["AB"[i % 2], code(i, 11)]) }, { order: ["A", "B"] }],
	anova: [{ data: grouped }, {}],
	shrink_normal: [{ data: grouped }, {}],
	shrink_bayes: [{ data: table("group,y,se", 5, (i) => [`g${i}`, code(i, 9), 1.5]) }, { scale: 1 }],
	shrink_betabinomial: [{ data: table("group,x,n", 6, (i) => [`g${i}`, code(i, 9), 12 + i]) }, {}],
	stratified_mean_fpc: [{ data: table("stratum,y", 20, (i) => ["AB"[i % 2], code(i, 9)]), population: "stratum,N\nA,40\nB,60\n" }, {}],
	ols: [{ data: table("y,x,z", 20, (i) => [code(i, 11), i, code(i + 3, 7)]) }, { intercept: true, weights: false, tested_terms: ["x"], polynomial_degree: 1 }],
	drivers: [{ data: table("y,x,z", 30, (i) => [code(i, 11), i % 9, code(i + 3, 7)]) }, { B: 50, seed: 1, level: 0.95 }],
	cs_portfolio: [{ satisfaction: ratings(30), overall: table("o", 30, (i) => [1 + (i % 5)]) }, { satisfaction: "top2", top: 4, B: 50, seed: 1, level: 0.95 }],
	trend: [{ data: table("t,y,w", 8, (i) => [i, (i + 2) / 20, 30 + i]) }, { transform: "logit", weights: true, horizon: 3 }],
	holt_damped: [{ data: table("y", 10, (i) => [i + code(i, 3)]) }, { alpha: 0.5, beta: 0.3, phi: 0.9, h: 3 }],
	power_paired_t: [{ data: table("n,dz", 3, (i) => [10 + i, 0.4]) }, { alpha: 0.05 }],
	distractor: [{ choices: table("q1,q2,q3", 36, (i) => rows(3, (j) => "ABC"[code(i + j, 3)])), key: "item,key\nq1,A\nq2,B\nq3,C\n" }, { options: ["A", "B", "C"] }],
	dif_mh: [{ data: table("stratum,group,correct", 40, (i) => [i % 4, "rf"[Math.floor(i / 4) % 2], code(i, 2)]) }, { focal: "f" }],
	dif_mh_items: [{ responses: table("group,a,b,c", 40, (i) => ["rf"[i % 2], code(i, 2), code(i + 1, 2), code(i + 7, 2)]) }, { focal: "f" }],
	crosstab: [{ table: table("a,b,c", 3, (i) => [i + 1, 2, 6 - i]) }, { B: 99, seed: 1, monte_carlo: true, level: 0.95 }],
	irt_1pl: [{ responses: answers(60) }, { quadrature: "grid 21 on [-5,5]" }],
	irt_2pl: [{ responses: answers(60) }, { em_only: false, em_tolerance: 1e-3, quadrature: "gauss-hermite 11", weights_column: null }],
	irt_2pl_map: [{ responses: answers(60) }, { sd_log_a: 0.5, sd_d: 3 }],
	irt_score: [{ parameters: "item,a,d\na,1,0\nb,1.2,0.3\nc,0.8,-1\nd,1,1\n", responses: answers(10) }, {}],
	grm: [{ responses: ratings(60) }, { map: true, constrained: false, quadrature: "grid 21 on [-5,5]" }],
	text_tokens: [{ comments, "stopwords.txt": "こと\nもの\n", "terms.txt": "表計算\n", "blank.txt": "特になし\n" }, { request_regex: "ほしい|希望" }],
	tfidf: [{ tokens }, { n_documents: 12 }],
	cooccurrence: [{ tokens }, { min_df: 2, min_both: 1, min_jaccard: 0.1 }],
	characteristic_terms: [{ tokens, groups: table("doc,group", 12, (i) => [i + 1, "AB"[i % 2]]) }, { min_df: 1, top: 3 }],
	nmf: [{ V: table("a,b,c,d", 12, (i) => rows(4, (j) => code(i * 4 + j, 5))) }, { rank: 2, iterations: 20, starts: 2, seed: 1 }],
};

/* ---- what may go wrong with a file ------------------------------------------ */

const lines = (text) => text.trimEnd().split("\n");
const head = (text) => lines(text)[0];
const body = (text) => lines(text).slice(1);
/** Every number cell replaced; words of groups and items stay. */
const cells = (text, f) => `${head(text)}\n${body(text).map((line) => line.split(",").map((c) => (/^[-\d.e]+$/.test(c) ? f(c) : c)).join(",")).join("\n")}\n`;
/** Only the number cells of the row in the middle. */
const middle = (text, f) => {
	const all = body(text), at = Math.floor(all.length / 2);
	all[at] = cells(`h\n${all[at] ?? ""}`, f).split("\n")[1];
	return `${head(text)}\n${all.join("\n")}\n`;
};
const bytes = (text, ...more) => Buffer.concat([Buffer.from(text), Buffer.from(more)]);

/** The number cells of a row replaced by what f makes of all of them. */
const inRows = (text, f) => `${head(text)}\n${body(text).map((line, i) => {
	const cell = line.split(","), at = cell.flatMap((c, j) => (/^[-\d.e]+$/.test(c) ? [j] : []));
	f(at.map((j) => Number(cell[j])), i).forEach((v, j) => { cell[at[j]] = v; });
	return cell.join(",");
}).join("\n")}\n`;

/* Numbers that are hard: every method meets each of them. */
const hard = {
	"empty file": (t) => "",
	"header only": (t) => `${head(t)}\n`,
	"one row": (t) => `${head(t)}\n${body(t)[0] ?? ""}\n`,
	"two rows": (t) => `${head(t)}\n${body(t).slice(0, 2).join("\n")}\n`,
	"constant columns": (t) => `${head(t)}\n${body(t).map(() => body(t)[0]).join("\n")}\n`,
	"all zero": (t) => cells(t, () => "0"),
	"all missing": (t) => `${head(t)}\n${body(t).map((l) => l.replace(/[^,]+/g, "")).join("\n")}\n`,
	"numbers missing": (t) => cells(t, () => ""),
	"half missing": (t) => { let n = 0; return cells(t, (c) => (n++ % 2 ? "" : c)); },
	"negative numbers": (t) => cells(t, (c) => `-${c}`),
	"one negative": (t) => middle(t, () => "-3"),
	"fractions": (t) => middle(t, () => "0.37"),
	"1e300": (t) => cells(t, (c) => `${c}e300`),
	"1e-300": (t) => cells(t, (c) => `${c}e-300`),
	"1e15": (t) => middle(t, () => "1000000000000000"),
	"1e19": (t) => middle(t, () => "1e19"),
	"large and close": (t) => cells(t, (c) => `${1e15 + Number(c)}`),
	"one column less": (t) => `${lines(t).map((l) => l.replace(/,?[^,]*$/, "")).join("\n")}\n`,
	"many columns": (t) => `${lines(t).map((l, i) => `${l},${rows(120, (j) => (i ? j % 2 : `n${j}`)).join(",")}`).join("\n")}\n`,
	"1e308": (t) => cells(t, () => "1e308"),
	"1e308 of both signs": (t) => { let n = 0; return cells(t, () => (n++ % 2 ? "1e308" : "-1e308")); },
	"the smallest numbers": (t) => cells(t, (c) => `${c}e-323`),
	"every row twice": (t) => `${head(t)}\n${body(t).flatMap((l) => [l, l]).join("\n")}\n`,
	"columns the same": (t) => inRows(t, (x) => x.map(() => x[0])),
	"columns that add up": (t) => inRows(t, (x) => [...x.slice(0, -1), x.slice(0, -1).reduce((a, b) => a + b, 0)]),
	"columns that double": (t) => inRows(t, (x, i) => x.map((_, j) => (i + 1) * 2 ** j)),
	"one differs": (t) => { let n = 0; return cells(t, () => (n++ ? "1" : "2")); },
};
/* Files no reader should trip over: the methods take turns. */
const spoil = {
	"letters": (t) => middle(t, () => "abc"),
	"the word Inf": (t) => middle(t, () => "Inf"),
	"the word NaN": (t) => middle(t, () => "NaN"),
	"1e999": (t) => middle(t, () => "1e999"),
	"hexadecimal": (t) => middle(t, () => "0x1p3"),
	"full-width digits": (t) => middle(t, () => "１２"),
	"CRLF": (t) => t.replaceAll("\n", "\r\n"),
	"BOM": (t) => `\uFEFF${t}`,
	"quoted": (t) => t.replace(/[^,\n]+/g, '"$&"'),
	"no last line end": (t) => t.trimEnd(),
	"CP932": (t) => bytes(t, 0x8c, 0xa4, 0x8f, 0x43, 0x0a),
	"UTF-16": (t) => Buffer.from(`\uFEFF${t}`, "utf16le"),
	"NUL bytes": (t) => t.replace(/.\n$/, "\0\n"),
	"NUL in the header": (t) => t.replace(/^./, "\0"),
	"a row too long": (t) => `${t}${"1,".repeat(40)}1\n`,
	"a row too short": (t) => (head(t).includes(",") ? `${t}1\n` : `${t}1,1\n`),
	"an open quotation mark": (t) => `${t}"1`,
	"a header twice": (t) => `${head(t).replace(/[^,]+/g, "x")}\n${body(t).join("\n")}\n`,
	"other columns": (t) => `${head(t).replace(/[^,]+/g, (c) => `no_${c}`)}\n${body(t).join("\n")}\n`,
	"a long cell": (t) => `${head(t)}\n${"9".repeat(100_000)}\n`,
	"a long header": (t) => `${"h".repeat(100_000)},${t}`,
	"only commas": (t) => `${",".repeat(5000)}\n`,
	"only line ends": (t) => "\n".repeat(5000),
	"bytes of any kind": () => Buffer.from(rows(5000, (i) => (i * 7919 + (i * i) % 251) % 256)),
};
const mustRefuse = new Set(["empty file", "letters", "the word Inf", "the word NaN", "1e999", "hexadecimal", "full-width digits",
	"CP932", "UTF-16", "NUL bytes", "NUL in the header", "an open quotation mark"]);
const mustNotBeOk = new Set(["1e300", "1e308", "1e308 of both signs"]);
const mustEqual = new Set(["CRLF", "BOM", "quoted", "no last line end"]);

/* ---- what may go wrong with options ------------------------------------------ */

const values = ["null", "true", "false", '"word"', '""', '"\\u0000"', "[]", "{}", "[1]", '[["A"]]', "-1", "0", "1", "0.5", "1.5", "2", "-0.0",
	"1e308", "-1e308", "1e-308", "9007199254740993", "18446744073709551615", "1.8446744073709552e19", "1000000000000", "1e400", '"grid 1000000 on [-6,6]"', '"gauss-hermite 0"'];
const keys = (options) => new Set([...Object.keys(options), "level", "seed", "B"]);
const badOptions = ["", "{", "[]", "null", "1", '"x"', "{}x", '{"level":0.5,"level":0.6}', `${"[".repeat(100_000)}`,
	`{"level":${"[".repeat(5000)}${"]".repeat(5000)}}`, '{"a\\u0000b":1}', "{'level':1}", '{"level":NaN}', "\u00ff{"];

/* ---- running ------------------------------------------------------------------ */

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** A shell that runs one command line after another: far cheaper than a process of this program's own each time. */
function shell(id) {
	const out = join(dir, `out${id}`), err = join(dir, `err${id}`);
	const child = spawn("sh", [], { cwd: dir, stdio: ["pipe", "pipe", "inherit"] });
	let heard = "", answer = null;
	child.stdout.on("data", (d) => {
		heard += d;
		if (!heard.endsWith("\n")) return;
		const status = Number(heard);
		heard = "";
		answer({ status, out: readFileSync(out, "utf8"), err: readFileSync(err, "utf8") });
	});
	child.stdin.write(`ulimit -c 0; ulimit -t ${patience}\n`);
	return {
		run: (args) => new Promise((resolve) => {
			answer = resolve;
			child.stdin.write(`${prefix} ${quoted(program)} analyse ${args.map(quoted).join(" ")} >out${id} 2>err${id} </dev/null; echo $?\n`);
		}),
		end: () => child.stdin.end(),
	};
}

/* Numbers between 0 and 1, and between -1 and 1. */
const chance = /^p$|^p_(?!adjust)|_p$/;
const bounded = new Set(["r", "pearson", "spearman", "kendall_tau_b", "rho", "rank_biserial", "cliff_delta", "r2", "eta2", "cramers_v", "cramers_v_bc", "jaccard", "r_item_rest", "r_item_total"]);

/** What is wrong with how a run ended; null if nothing is. */
function fault(method, r) {
	if (r.status > 128) return `ended by signal ${r.status - 128}: ${r.err.slice(0, 600)}`;
	if (r.status === 0) {
		if (r.err) return `said on standard error: ${r.err.slice(0, 600)}`;
		let odd = null;
		try {
			const o = JSON.parse(r.out, (key, value) => {
				for (const x of [value].flat(9))
					if (typeof x === "number" && (!Number.isFinite(x) || (chance.test(key) && !(x >= 0 && x <= 1)) || (bounded.has(key) && Math.abs(x) > 1)))
						odd ??= `${key} is ${x}`;
				for (const [k, hi] of Object.entries(value ?? {}).filter(([k]) => /(^|_)hi$/.test(k))) {
					const lo = value[k.replace(/hi$/, "lo")];
					[hi].flat().forEach((x, i) => { if (x !== null && [lo].flat()[i] > x) odd ??= `${k} ${x} is below ${[lo].flat()[i]}`; });
				}
				return value;
			});
			if (odd) return odd;
			if (typeof o.status !== "string" && !Array.isArray(o.status)) return "no status";
		} catch (e) { return `no JSON: ${e.message}`; }
		return null;
	}
	if (r.status !== 2) return `status ${r.status}: ${r.err.slice(0, 600)}`;
	if (r.out) return "refused and wrote a result";
	if (!r.err.startsWith(`terakoya analyse ${method}: `) || !r.err.endsWith("\n") || r.err.trimEnd().includes("\n"))
		return `not one sentence: ${r.err.slice(0, 600)}`;
	return r.err.length > 400 ? `a sentence of ${r.err.length} characters` : /[\x00-\x09\x0b-\x1f]/.test(r.err) ? "control characters" : null;
}

const only = process.argv.slice(2);
const names = execFileSync(program, ["analyse", "--list"], { encoding: "utf8" }).trimEnd().split("\n").map((l) => l.split(" ")[0]);
const fine = () => null;
let turn = 0;

/** The command line of a method on these files. */
const command = (method, files, options) => [method, ...files.flatMap((f) => ["--input", f]), ...(options === undefined ? [] : ["--options", options])];

/** Every run of a method: the good one first. */
function plan(method) {
	const [inputs, options] = methods[method], jobs = [];
	const files = Object.entries(inputs).map(([name, text]) => {
		const path = join(method, name.includes(".") ? name : `${name}.csv`);
		mkdirSync(join(dir, method), { recursive: true });
		writeFileSync(join(dir, path), text);
		return path;
	});
	const good = JSON.stringify(options);
	let plain = null;
	const add = (what, args, check = fine) => jobs.push({ what, args, check });
	/* One of n such runs, another one each time. */
	const inTurn = (n, what, args, check) => { if (all || only.length || turn++ % n === 0) add(what, args, check); };

	add("the good input", command(method, files, good), (r) => {
		plain = r.out;
		return r.status ? `refused: ${r.err}` : null;
	});
	Object.keys(inputs).forEach((name, at) => {
		const put = (path) => command(method, files.map((f, i) => (i === at ? path : f)), good);
		const damaged = (what, f, one) => {
			const path = join(method, `${at}.${what.replaceAll(" ", "_")}`), text = f(inputs[name]);
			/* Words, one a line: letters and blanks are good there; and where no cell is a number the text stays as it was. */
			const same = text === inputs[name] || (name.endsWith(".txt") && !/CP932|UTF-16|NUL|bytes/.test(what));
			const check = same ? fine : (r) => (mustRefuse.has(what) && r.status !== 2 ? "was not refused"
				: mustNotBeOk.has(what) && !/^noncentral|^power/.test(method) && r.status === 0 && /"status": "ok"/.test(r.out) ? "is ok"
				: mustEqual.has(what) && r.out !== plain ? `gave another result: ${r.err}` : null);
			writeFileSync(join(dir, path), text);
			one(`${name}: ${what}`, put(path), check);
		};
		for (const [what, f] of Object.entries(hard)) damaged(what, f, add);
		for (const [what, f] of Object.entries(spoil)) damaged(what, f, (...job) => inTurn(9, ...job));
		const others = { "a file that is not there": "nowhere.csv", "a folder": ".", "a device": "/dev/null", "a name with a line end": "no\nwhere.csv", "a long name": "x".repeat(5000) };
		for (const [what, path] of Object.entries(others)) inTurn(9, `${name}: ${what}`, put(path), (r) => (r.status === 2 || name.endsWith(".txt") ? null : "was not refused"));
	});
	if (files.length) add("no input", command(method, [], good), (r) => (r.status === 2 ? null : "was not refused"));
	inTurn(5, "the first input eight times", command(method, rows(8, () => files[0] ?? "x"), good));
	for (const key of keys(options))
		for (const value of values) {
			const rest = Object.entries(options).filter(([k]) => k !== key).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`);
			inTurn(19, `option ${key} = ${value}`, command(method, files, `{${[...rest, `${JSON.stringify(key)}:${value}`].join(",")}}`));
		}
	for (const value of badOptions)
		inTurn(19, `options ${value.slice(0, 30)}`, command(method, files, value), (r) => (r.status === 2 || value.startsWith('{"a') || value.startsWith('{"level":[') ? null : "were not refused"));
	return jobs;
}

try {
	const wrong = new Map(), queue = [];
	let count = 0, runs = 0, worst = 0, worstOf = "";
	for (const name of names)
		if (methods[name] && (!only.length || only.includes(name))) {
			wrong.set(name, []);
			queue.push([name, plan(name)]);
		}
	await Promise.all([0, 1].map(async (id) => {
		const sh = shell(id);
		while (queue.length) {
			const [method, jobs] = queue.shift();
			for (const job of jobs) {
				const start = Date.now(), r = await sh.run(job.args), took = Date.now() - start;
				const problem = fault(method, r) ?? job.check(r);
				if (problem) wrong.get(method).push(`${job.what}: ${problem}`);
				if (took > worst) [worst, worstOf] = [took, `${method}, ${job.what}`];
				runs++;
			}
		}
		sh.end();
	}));
	for (const name of names) {
		const list = wrong.get(name);
		if (only.length && !only.includes(name)) continue;
		console.log(`${list?.length === 0 ? "" : "not "}ok ${++count} - ${name} ends well whatever comes in`);
		if (!list) console.log(`# there is no good input of ${name} in this test`);
		for (const w of list ?? []) console.log(`# ${w.trimEnd().replaceAll("\n", "\n# ")}`);
		if (list?.length !== 0) process.exitCode = 1;
	}
	console.log(`# ${runs} runs, the longest ${worst} ms (${worstOf})`);
	console.log(`1..${count}`);
} finally {
	rmSync(dir, { recursive: true, force: true });
}
