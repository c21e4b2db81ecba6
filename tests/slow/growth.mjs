/*
 * growth.mjs: does a method of terakoya analyse take time in proportion to its
 * rows? Time of the processor, so that other programs matter little.
 *
 * ROWS="10000 100000 1000000"   sizes; the first that takes 0.01 seconds
 *                               is compared with those above it
 * ONLY=REGEX                    these methods
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.TERAKOYA ?? join(top, "build", process.env.BUILD ?? "debug", "terakoya");
const sizes = (process.env.ROWS ?? "10000 100000 1000000").split(" ").map(Number);
const only = new RegExp(process.env.ONLY ?? "");
const LIMIT = 1.5;
const SHORT = 0.05; /* seconds; the clock of times(1) shows hundredths */
const ENOUGH = 1; /* seconds after which no larger size is tried */

let state = 1;
const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const whole = (k) => Math.floor(next() * k);
const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const table = (header, n, row) => {
	const parts = [header];
	for (let i = 0; i < n; i++)
		parts.push(row(i).join(","));
	return `${parts.join("\n")}\n`;
};
const names = (k, of = "q") => Array.from({ length: k }, (_, j) => `${of}${j}`);
/* One trait and k answers that follow it, from 0 to most. */
const answers = (n, k, most = 1) => table(names(k), n, () => {
	const trait = normal();
	return names(k).map((_, j) => Math.max(0, Math.min(most, Math.round(most / 2 + (trait + normal() + (j - k / 2) / k) * Math.max(1, most / 4)))));
});
const ratings = (n, k) => table(names(k), n, () => {
	const trait = normal();
	return names(k).map(() => Math.max(1, Math.min(5, Math.round(3 + 0.6 * trait + 0.8 * normal()))));
});
const pairs = (n) => table("pre,post", n, () => { const x = whole(15); return [x, Math.min(20, x + whole(6))]; });
const fine = (n) => table("pre,post", n, () => { const x = 10 + normal(); return [x, x + 0.5 + normal()]; });
const grouped = (n, k) => table("group,y", n, () => { const g = whole(k); return [`g${g}`, 1 + whole(5) + (g % 3)]; });
const loose = (n, k) => table("group,y", n, () => { const g = whole(k); return [`g${g}`, normal() + (g % 3) / 10]; });
/* Words by Zipf's law. */
const tokens = (n, words, per = 8) => table("doc,token", n, (i) => [1 + Math.floor(i / per), `w${Math.floor(Math.exp(next() * Math.log(words)))}`]);
const said = ["説明が分かりやすい", "時間が足りない。もう少し長くしてほしい", "演習がよかった", "特になし", "資料の文字が小さく読みづらい", "職場で使えそうです"];
const items = (k) => table("item,a,d", k, (j) => [`q${j}`, 0.8 + (j % 5) / 5, (j - k / 2) / k]);

/* [method, what, n -> files, options, the largest size] */
export const cases = [
	["univariate", "", (n) => [table("y", n, () => [normal()])], {}],
	["correlation", "no ties", (n) => [table("x,y", n, () => { const x = normal(); return [x, x + normal()]; })], {}],
	["correlation", "ties", (n) => [table("x,y", n, () => [whole(5), whole(5)])], {}],
	["proportion", "", (n) => [table("x,n", n, () => { const m = 10 + whole(90); return [whole(m), m]; })], {}],
	["proportion_difference", "", (n) => [table("x1,n1,x2,n2", n, () => [whole(20), 30, whole(20), 40])], {}],
	["p_adjust", "", (n) => [table("p", n, () => [next()])], {}],
	["noncentral_t_cdf", "", (n) => [table("t,df,nc", n, () => [4 * next(), 5 + whole(60), next()])], {}],
	["noncentral_f_cdf", "", (n) => [table("q,df1,df2,nc", n, () => [4 * next(), 3, 5 + whole(60), next()])], {}],
	["noncentral_t_ci", "", (n) => [table("t,df", n, () => [4 * next(), 5 + whole(60)])], {}, 10000],
	["signrank_cdf", "", (n) => [table("q,n", n, () => [whole(200), 20])], {}],
	["ranksum_cdf", "", (n) => [table("q,m,n", n, () => [whole(200), 12, 15])], {}],
	["item_analysis", "20 items", (n) => [answers(n, 20)], {}],
	["reliability", "20 items", (n) => [answers(n, 20)], {}],
	["reliability", "8 items, B 20", (n) => [ratings(n, 8)], { B: 20 }],
	["paired_change", "points", (n) => [pairs(n)], { max_score: 20, r_xx: 0.8 }],
	["paired_change", "no ties", (n) => [fine(n)], { max_score: 20, r_xx: 0.8 }],
	["mcnemar_items", "20 items", (n) => [answers(n, 20), answers(n, 20)], {}],
	["bca_given_indices", "B 5", (n) => [pairs(n), table(names(n), 5, () => names(n).map(() => 1 + whole(n)))], { statistic: "class Hake gain", max_score: 20 }, 100000],
	...["mean(post-pre)", "median(post-pre)", "class Hake gain"].map((statistic) =>
		["bca_own_rng", statistic, pairs, { statistic, max_score: 20, B: 20 }]),
	["bca_own_rng", "alpha", (n) => [ratings(n, 8)], { statistic: "alpha", B: 20 }],
	["needs_bca", "8 items, B 20", (n) => [ratings(n, 8), ratings(n, 8)], { B: 20 }],
	["needs", "8 items", (n) => [ratings(n, 8), ratings(n, 8)], {}],
	["kendall_w", "8 things", (n) => [ratings(n, 8)], {}],
	["cohen_kappa", "5 categories", (n) => [table("a,b", n, () => { const x = whole(5); return [`c${x}`, `c${next() < 0.8 ? x : whole(5)}`]; })], {}],
	["largest_remainder", "", (n) => [table("weight", n, () => [1 + next()])], { seats: 17 }],
	["largest_remainder", "many seats", (n) => [table("weight", n, () => [1 + next()])], { seats: 100000 }],
	["suppress", "8 columns", (n) => [table(names(8), n, () => names(8).map(() => whole(40)))], { k: 5 }],
	["suppress", "few small", (n) => [table(names(8), n, () => names(8).map(() => (next() < 0.001 ? 3 : 10 + whole(40))))], { k: 5 }],
	["groups", "5 groups, ties", (n) => [grouped(n, 5)], {}],
	["groups", "5 groups, no ties", (n) => [loose(n, 5)], {}],
	["groups", "200 groups", (n) => [grouped(n, 200)], {}],
	["two_groups", "ties", (n) => [grouped(n, 2)], {}],
	["two_groups", "no ties", (n) => [loose(n, 2)], {}],
	["anova", "5 groups", (n) => [loose(n, 5)], {}],
	["anova", "groups of ten", (n) => [grouped(n, n / 10)], {}],
	["shrink_normal", "50 groups", (n) => [loose(n, 50)], {}],
	["stratified_mean_fpc", "5 strata", (n) => [table("stratum,y", n, () => [`s${whole(5)}`, normal()]), table("stratum,N", 5, (i) => [`s${i}`, n])], {}],
	["stratified_mean_fpc", "strata of ten", (n) => [table("stratum,y", n, (i) => [`s${i % (n / 10)}`, normal()]), table("stratum,N", n / 10, (i) => [`s${i}`, 20])], {}],
	["ols", "5 predictors", (n) => [table("y,a,b,c,d,e", n, () => names(6).map(normal))], {}],
	["ols", "a polynomial", (n) => [table("y,x", n, () => { const x = normal(); return [x * x + normal(), x]; })], { polynomial_degree: 3 }],
	["ols", "weights", (n) => [table("y,a,b,w", n, () => [normal(), normal(), normal(), 1 + next()])], { weights: true }],
	["drivers", "6 predictors", (n) => [table(`y,${names(6)}`, n, () => { const x = names(6).map(normal); return [x[0] + x[1] + normal(), ...x]; })], {}],
	["drivers", "6 predictors, B 50", (n) => [table(`y,${names(6)}`, n, () => { const x = names(6).map(normal); return [x[0] + x[1] + normal(), ...x]; })], { B: 50 }, 100000],
	["cs_portfolio", "8 items, B 20", (n) => [ratings(n, 8), ratings(n, 1)], { B: 20 }],
	["holt_damped", "", (n) => [table("y", n, (i) => [Math.sin(i / 50) + normal()])], { alpha: 0.5, beta: 0.3, phi: 0.9 }],
	["holt_damped", "tuned", (n) => [table("y", n, (i) => [Math.sin(i / 50) + normal()])], {}, 100000],
	["power_paired_t", "", (n) => [table("n,dz", n, () => [10 + whole(90), 0.2 + next()])], {}, 10000],
	["distractor", "10 items", (n) => [table(names(10), n, () => names(10).map(() => "ABCD"[whole(4)])), table("item,key", 10, (j) => [`q${j}`, "ABCD"[j % 4]])], { options: ["A", "B", "C", "D"] }],
	["dif_mh", "20 strata", (n) => [table("stratum,group,correct", n, () => [whole(20), "rf"[whole(2)], whole(2)])], { focal: "f" }],
	["dif_mh", "strata of ten", (n) => [table("stratum,group,correct", n, () => [whole(n / 10), "rf"[whole(2)], whole(2)])], { focal: "f" }],
	["dif_mh_items", "20 items", (n) => [table(`group,${names(20)}`, n, () => { const t = normal(); return ["rf"[whole(2)], ...names(20).map(() => (t + normal() > 0 ? 1 : 0))]; })], { focal: "f" }],
	["crosstab", "5 columns", (n) => [table(names(5), n, () => names(5).map(() => 10 + whole(40)))], {}],
	["irt_1pl", "8 items", (n) => [answers(n, 8)], {}, 100000],
	["irt_2pl", "8 items", (n) => [answers(n, 8)], {}, 100000],
	["irt_2pl_map", "8 items", (n) => [answers(n, 8)], {}, 100000],
	["irt_2pl", "30 items", (n) => [answers(n, 30)], { quadrature: "grid 21 on [-5,5]" }, 100000],
	["irt_score", "20 items", (n) => [items(20), answers(n, 20)], {}, 100000],
	["grm", "6 items", (n) => [ratings(n, 6)], {}, 100000],
	["text_tokens", "", (n) => [table("comment", n, (i) => [said[i % said.length]])], {}, 100000],
	["tfidf", "as many words as comments", (n) => [tokens(n, n / 4)], {}],
	["cooccurrence", "", (n) => [tokens(n, 1000)], {}, 100000],
	["characteristic_terms", "6 groups", (n) => [tokens(n, 2000), table("doc,group", n / 8, (i) => [i + 1, `g${whole(6)}`])], {}],
	["nmf", "20 words", (n) => [table(names(20), n, () => names(20).map(() => (next() < 0.3 ? next() : 0)))], { rank: 3, starts: 1, iterations: 5 }, 10000],
];

const dir = mkdtempSync(join(tmpdir(), "growth-"));

/* Seconds of the processor. */
function seconds(method, files, options, times = 1) {
	const args = files.flatMap((f) => ["--input", f]);
	const r = spawnSync("sh", ["-c", 'n=$1; shift; while [ $n -gt 0 ]; do "$@" >/dev/null || exit; n=$((n - 1)); done; times', "sh", String(times), program, "analyse", method, ...args, "--options", JSON.stringify(options)], { encoding: "utf8" });

	if (r.status !== 0)
		throw new Error(`${method}: ${r.stderr}`);
	return r.stdout.trim().split("\n").at(-1).split(" ").reduce((sum, t) => {
		const [m, s] = t.replace("s", "").split("m");
		return sum + 60 * Number(m) + Number(s);
	}, 0) / times;
}

/* The least of a few runs; short ones many times, for the clock shows no less
 * than hundredths. */
function measure(method, files, options) {
	const first = seconds(method, files, options);

	if (first < SHORT)
		return Math.min(...[1, 2].map(() => seconds(method, files, options, 20)));
	return Math.min(first, ...Array.from({ length: first < 1 ? 2 : 0 }, () => seconds(method, files, options)));
}

function prepare(make, n) {
	state = 1;
	const made = make(n);
	return (Array.isArray(made) ? made : [made]).map((text, i) => {
		const path = join(dir, `${i}.csv`);
		writeFileSync(path, text);
		return path;
	});
}

/* Each size and its seconds, and how much longer a row takes at worst. */
function grow(make, method, options, most) {
	const seen = [];

	for (const n of sizes.map((size) => (most < sizes[1] ? size / 10 : size)).filter((size) => size <= (most ?? Infinity))) {
		if (seen.length > 1 && seen.at(-1).s > ENOUGH)
			break;
		seen.push({ n, s: measure(method, prepare(make, n), options) });
	}
	const base = seen.slice(0, -1).find((x) => x.s >= SHORT / 5) ?? seen.at(-2);
	const worst = Math.max(1, ...seen.filter((x) => x.n > base.n).map((x) => (x.s / x.n) / (base.s / base.n)));
	return { seen, worst };
}

let number = 0;
try {
	for (const [method, what, make, options, most] of cases.filter(([m, w]) => only.test(`${m}, ${w}`))) {
		let { seen, worst } = grow(make, method, options, most);

		if (worst > LIMIT) /* once more, for other programs run besides */
			({ seen, worst } = grow(make, method, options, most));
		console.log(`${worst <= LIMIT ? "ok" : "not ok"} ${++number} - ${method}${what && `, ${what}`}: time grows as rows do`);
		console.log(`# ${seen.map(({ n, s }) => `${n}: ${s.toFixed(3)} s, ${(1e6 * s / n).toFixed(2)} us a row`).join("; ")}; x ${worst.toFixed(2)}`);
		process.exitCode ||= worst <= LIMIT ? 0 : 1;
	}
	console.log(`1..${number}`);
} finally {
	rmSync(dir, { recursive: true });
}
