/*
 * relations.mjs: what must happen to a result when its data change.
 *
 *	tests/reference/relations.t [METHOD ...]    only these methods
 *
 * No reference value is needed to know that the order of people is of no
 * consequence, that a shift of all scores leaves a difference alone, or that
 * the table turned round has the same chi-square. Each relation changes the
 * input of a method (inputs.mjs) and says what the result must become; every
 * method that the program lists has at least one.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { methods } from "./inputs.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.TERAKOYA ?? join(top, "build", process.env.BUILD ?? "debug", "terakoya");
const only = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), "relations."));

/* ---- changing data: text of a file -> text of a file ------------------------ */

const parse = (text) => { const [head, ...body] = text.trimEnd().split("\n").map((l) => l.split(",")); return { head, body }; };
const print = ({ head, body }) => `${[head, ...body].map((r) => r.join(",")).join("\n")}\n`;
/** Positions 0..n-1 in another order, the same each time. */
const mixed = (n) => Array.from({ length: n }, (_, i) => i).sort((a, b) => ((a * 7 + 3) % 11) - ((b * 7 + 3) % 11) || b - a);
const shuffle = (t) => { const { head, body } = parse(t); return print({ head, body: mixed(body.length).map((i) => body[i]) }); };
const twice = (t) => { const { head, body } = parse(t); return print({ head, body: [...body, ...body] }); };
/** Columns in another order, from the given one on. */
const columns = (t, from = 0) => {
	const { head, body } = parse(t), at = [...Array(from).keys(), ...mixed(head.length - from).map((i) => i + from)];
	return print({ head: at.map((j) => head[j]), body: body.map((r) => at.map((j) => r[j])) });
};
/** f of the cells of these columns (all without names). */
const cells = (f, ...names) => (t) => {
	const { head, body } = parse(t);
	return print({ head, body: body.map((r) => r.map((c, j) => (names.length && !names.includes(head[j]) ? c : f(isNaN(c) || c === "" ? c : Number(c))))) });
};
const plus = (k, ...names) => cells((x) => x + k, ...names);
const times = (k, ...names) => cells((x) => x * k, ...names);
const turn = (t) => { const { head, body } = parse(t); return print({ head: body.map((_, i) => `c${i}`), body: head.map((_, j) => body.map((r) => r[j])) }); };
/** Columns renamed: the contents of one stand under the name of another. */
const rename = (names) => (t) => { const { head, body } = parse(t); return print({ head: head.map((h) => names[h] ?? h), body }); };
const swapCells = (a, b) => cells((x) => (x === a ? b : x === b ? a : x));
/** One change for every file. */
const all = (f) => (files) => Object.fromEntries(Object.entries(files).map(([k, t]) => [k, f(t)]));
const each = (changes) => (files) => Object.fromEntries(Object.entries(files).map(([k, t]) => [k, (changes[k] ?? ((x) => x))(t)]));

/* ---- what the result becomes: result, files -> result ------------------------ */

const at = (o, path) => path.split(".").reduce((v, k) => v?.[k], o);
const map = (v, f) => (Array.isArray(v) ? v.map((x) => map(x, f)) : typeof v === "number" ? f(v) : v);
/** [path, f or nothing, kind, g]: this value, changed by f on the way; a list as a whole, compared to what g sees. */
const same = (...paths) => paths.map((p) => [p, null]);
const by = (f, ...paths) => paths.map((p) => [p, f]);
const order = (from = 0) => (v) => (Array.isArray(v) ? mixed(v.length).map((i) => v[i]) : v);
const inOrder = (...paths) => paths.map((p) => [p, order(), "list"]);
const scaled = (k, ...paths) => by((x) => k * x, ...paths);
const moved = (k, ...paths) => by((x) => x + k, ...paths);
const negated = (...paths) => by((x) => -x, ...paths);
const small = (row) => row.map((x) => x === 1);
const whole = (...but) => [["", null, "whole", new Set([...but, "seed", "generator"])]];

/* Relations: [sentence, change of the files, what is compared, options]. */
const people = (...but) => ["the order of people is of no consequence", all(shuffle), whole(...but)];
const relations = {
	univariate: [people("lag1"),
		["a shift moves the mean and leaves the spread", all(plus(1000)), [...moved(1000, "mean", "min", "max", "median", "mean_lo", "mean_hi"), ...same("sd", "lag1")]],
		["a scale scales all but the correlation", all(times(3)), [...scaled(3, "mean", "sd", "min", "max", "median", "mean_lo", "mean_hi"), ...same("lag1")]],
		["everybody twice has the same mean", all(twice), same("mean", "median", "min", "max")]],
	correlation: [people(),
		["units are of no consequence", each({ data: (t) => plus(9, "x")(times(4, "y")(t)) }), whole()],
		["both sides are alike", all(rename({ x: "y", y: "x" })), whole()],
		["a side turned round turns the sign", all(times(-1, "y")), [...negated("pearson", "spearman", "kendall_S", "kendall_tau_b", "kendall_z"), ...same("pearson_p", "spearman_p", "kendall_p")]],
		["ranks do not change by a cube", all(cells((x) => x ** 3, "x")), same("spearman", "kendall_tau_b", "kendall_p")],
		["everybody twice has the same r", all(twice), same("pearson", "spearman")]],
	calibration: [people(),
		["units are of no consequence", each({ data: (t) => plus(9, "score")(times(4, "self")(t)) }), same("spearman", "quarter.n", "quarter.score", "quarter.self", "quarter.diff", "quarter.diff_lo", "quarter.diff_hi")],
		["a scale moves the cuts", each({ data: times(3, "score") }), [...scaled(3, "cut"), ...same("quarter.diff", "pearson")]],
		["a self-rating turned round is as far on the other side", each({ data: times(-1, "self") }), [...negated("quarter.self", "spearman"), ...same("quarter.n", "quarter.score", "cut")]]],
	proportion: [["rows are judged alone", all(shuffle), inOrder("wilson_lo", "wilson_hi", "cp_lo", "cp_hi")],
		["right and wrong are mirror images", (f) => ({ data: print({ ...parse(f.data), body: parse(f.data).body.map(([x, n]) => [n - x, n]) }) }),
			[["wilson_lo", (x) => 1 - x, "of", "wilson_hi"], ["cp_lo", (x) => 1 - x, "of", "cp_hi"]]]],
	proportion_difference: [["rows are judged alone", all(shuffle), inOrder("diff", "newcombe_lo", "newcombe_hi")],
		["the other way round is minus", all(rename({ x1: "x2", x2: "x1", n1: "n2", n2: "n1" })), [...negated("diff"), ["newcombe_lo", (x) => -x, "of", "newcombe_hi"], ["newcombe_hi", (x) => -x, "of", "newcombe_lo"]]]],
	p_adjust: [["the order of tests is of no consequence", all(shuffle), inOrder("holm", "bh", "bonferroni")]],
	gauss_hermite: [["nodes and weights are symmetric", (f) => f, [["node", (v) => v.map((x) => -x).reverse(), "list"], ["weight", (v) => [...v].reverse(), "list"]]]],
	noncentral_t_cdf: [["rows are judged alone", all(shuffle), inOrder("p")],
		["the law is symmetric", all(times(-1, "t", "nc")), by((x) => 1 - x, "p")]],
	noncentral_f_cdf: [["rows are judged alone", all(shuffle), inOrder("p")]],
	noncentral_t_ci: [["rows are judged alone", all(shuffle), inOrder("nc_lo", "nc_hi")],
		["the law is symmetric", all(times(-1, "t")), [["nc_lo", (x) => -x, "of", "nc_hi"], ["nc_hi", (x) => -x, "of", "nc_lo"]]]],
	signrank_cdf: [["rows are judged alone", all(shuffle), inOrder("p")],
		["both tails are alike", all((t) => print({ ...parse(t), body: parse(t).body.map(([q, n]) => [n * (Number(n) + 1) / 2 - q - 1, n]) })), by((x) => 1 - x, "p")]],
	ranksum_cdf: [["both groups are alike", all(rename({ m: "n", n: "m" })), whole()],
		["both tails are alike", all((t) => print({ ...parse(t), body: parse(t).body.map(([q, m, n]) => [m * n - q - 1, m, n]) })), by((x) => 1 - x, "p")]],
	item_analysis: [people(),
		["the order of items is of no consequence", all((t) => columns(t)), [...inOrder("item.mean", "item.sd", "item.difficulty", "item.r_item_rest", "item.r_item_total", "item.D27", "item.alpha_if_deleted"), ...same("alpha", "sd_total", "mean_total")]],
		["the unit of the points is of no consequence", all(times(4)), [...same("alpha", "item.difficulty", "item.r_item_rest", "item.D27", "item.alpha_if_deleted"), ...scaled(4, "mean_total", "sd_total")], { max_score: 20 }],
		["points for everybody leave the correlations", all(plus(7, "b")), same("alpha", "item.r_item_rest", "item.alpha_if_deleted", "sd_total")],
		["an item turned round turns its sign", all(cells((x) => 6 - x, "a", "b", "c", "d")), same("alpha", "item.r_item_rest")]],
	reliability: [people("omega_lo", "omega_hi"),
		["the order of items is of no consequence", all((t) => columns(t)), [...same("alpha", "alpha_lo", "alpha_hi", "alpha_std", "guttman_lambda2", "omega_total", "ml_discrepancy", "sem"), ...inOrder("loadings", "uniqueness")]],
		["unit and origin are of no consequence", all((t) => plus(5)(times(3)(t))), [...same("alpha", "alpha_lo", "alpha_std", "guttman_lambda2", "omega_total", "loadings", "uniqueness", "k_for_080"), ...scaled(3, "sem", "sd_total")]],
		["everybody twice has the same coefficients", all(twice), same("alpha", "alpha_std", "guttman_lambda2", "omega_total", "loadings")]],
	paired_change: [people("hake_person", "rci"),
		["a shift of both sides leaves the change", all(plus(3)), same("mean_diff", "sd_diff", "t", "p_t", "dz", "dav", "V", "p_wilcoxon_exact", "hl", "hl_lo", "rank_biserial", "p_sign")],
		["the unit of the points is of no consequence", all(times(5)), [...same("t", "p_t", "dz", "dz_lo", "dav", "V", "p_wilcoxon_exact", "rank_biserial", "hake_class", "hake_class_lo", "change_c_mean"), ...scaled(5, "mean_diff", "sd_diff", "hl", "hl_hi", "diff_lo")], { max_score: 100 }],
		["back is minus forth", all(rename({ pre: "post", post: "pre" })), [...negated("mean_diff", "t", "dz", "dav", "hl", "rank_biserial", "z_wilcoxon"), ...same("p_t", "p_wilcoxon_exact", "p_sign"), ["diff_lo", (x) => -x, "of", "diff_hi"], ["hl_lo", (x) => -x, "of", "hl_hi"]]],
		["everybody twice has the same change", all(twice), same("mean_diff", "hake_class", "hake_person_mean", "change_c_mean")]],
	mcnemar: [["back is minus forth", all(rename({ wrong_to_right: "right_to_wrong", right_to_wrong: "wrong_to_right" })), [...negated("diff", "diff_adj", "cohen_g"), ...same("p_exact", "p_mid"), ["diff_lo", (x) => -x, "of", "diff_hi"], ["or_lo", (x) => 1 / x, "of", "or_hi"]]],
		["who did not change says nothing to the test", all(plus(50, "n11", "n00")), same("p_exact", "p_mid", "odds_ratio", "or_lo")]],
	mcnemar_items: [people(),
		["back is minus forth", (f) => ({ pre: f.post, post: f.pre }), [...negated("diff", "diff_adj"), ...same("p_exact", "p_holm")], {}],
		["the order of items is of no consequence", all((t) => columns(t)), inOrder("diff", "p_exact", "p_holm", "diff_lo")]],
	bca_given_indices: [["unit and origin follow", each({ data: (t) => plus(8)(times(3)(t)) }), [...scaled(3, "t0", "lo", "hi", "boot_se"), ...same("z0", "a")]],
		["the order of resamples is of no consequence", each({ indices: shuffle }), whole()]],
	bca_own_rng: [["the unit of the points is of no consequence", all(times(5)), same("t0", "lo", "hi", "boot_se"), { max_score: 100 }]],
	needs: [people(),
		["the order of items is of no consequence", all((t) => columns(t)), inOrder("gap", "mwds", "rds", "p_gap", "rank_mwds", "mwds_lo", "need_rate")],
		["the gap is in points, the weighted one in points squared", all(times(2)), [...scaled(2, "gap", "gap_se"), ...scaled(4, "mwds", "mwds_lo"), ...same("rds", "p_gap", "rank_mwds", "need_rate")]],
		["everybody twice has the same needs", all(twice), same("gap", "mwds", "rds", "need_rate")]],
	needs_bca: [["the weighted gap is in points squared", all(times(2)), [...scaled(4, "mwds.t0", "mwds.lo", "mwds.hi"), ...same("rank_stability.p_top", "rank_stability.mean_rank", "rank_stability.mean_kendall_tau")]],
		["the order of items is of no consequence", all((t) => columns(t)), inOrder("mwds.t0", "mwds.lo", "mwds.hi", "rank_stability.p_top")]],
	kendall_w: [people(),
		["only ranks count", all((t) => print({ ...parse(t), body: parse(t).body.map((r, i) => r.map((x) => (i + 2) * x + i)) })), whole()],
		["the order of items is of no consequence", all((t) => columns(t)), [...same("W", "p_chi2", "p_F", "mean_spearman"), ...inOrder("rank_sums")]]],
	cohen_kappa: [people(),
		["both readers are alike", all(rename({ a: "b", b: "a" })), whole()],
		["names of categories are of no consequence", all(cells((x) => ({ A: "U", B: "V", C: "W" })[x] ?? x)), whole("category")],
		["everything twice has the same kappa", all(twice), same("kappa", "agreement", "expected")]],
	staff_forecast: [["twice the people stay twice the people", each({ data: times(2) }), scaled(2, "headcount")]],
	largest_remainder: [["only shares count", all(times(1000)), whole()],
		["the order of rows is of no consequence", all(shuffle), inOrder("seats")]],
	suppress: [["rows in another order have the same small cells", all(shuffle), [["mask", (m) => mixed(m.length).map((k) => small(m[k])), "list", (m) => m.map(small)]]]],
	groups: [people(),
		["unit and origin are of no consequence", all((t) => plus(5, "y")(times(3, "y")(t))), same("kruskal", "anova.F", "anova.p", "anova.eta2", "welch", "brown_forsythe", "jonckheere", "mean_rank")],
		["the other way round turns the trend", (f) => f, [...same("kruskal", "welch"), ...negated("jonckheere.z"), ["mean", (v) => [...v].reverse(), "list"]], { order: ["C", "B", "A"] }],
		["only ranks count for ranks", all(cells((x) => x ** 3, "y")), same("kruskal", "jonckheere", "mean_rank")],
		["names of groups are of no consequence", all(cells((x) => ({ A: "U", B: "V", C: "W" })[x] ?? x, "group")), same("kruskal", "anova", "welch", "mean", "dunn.z"), { order: ["U", "V", "W"] }]],
	two_groups: [people(),
		["unit and origin are of no consequence", all((t) => plus(5, "y")(times(3, "y")(t))), [...same("W", "p_exact", "cliff_delta", "t_welch", "df_welch", "p_welch", "hedges_g"), ...scaled(3, "diff", "diff_lo", "diff_hi")]],
		["the other way round is minus", (f) => f, [...negated("cliff_delta", "t_welch", "diff", "hedges_g", "z"), ...same("p_exact", "p_welch"), ["diff_lo", (x) => -x, "of", "diff_hi"]], { order: ["B", "A"] }]],
	anova: [people(), ["unit and origin are of no consequence", all((t) => plus(5, "y")(times(3, "y")(t))), [...same("F", "p", "eta2", "r2"), ...scaled(3, "residual_sd"), ...scaled(9, "ss_between", "ss_within")]]],
	shrink_normal: [people(),
		["unit and origin follow", all((t) => plus(5, "y")(times(3, "y")(t))), [...by((x) => 3 * x + 5, "mu", "shrunk", "raw_mean", "lo95", "hi95"), ...scaled(3, "se_mu", "blup", "cond_sd", "pev_se"), ...scaled(9, "tau2", "sigma2"), ...same("icc", "reliability")]]],
	shrink_bayes: [["the order of groups is of no consequence", all(shuffle), [...same("mu_mean", "mu_sd", "tau_mean", "tau_median"), ...inOrder("shrunk", "post_sd", "weight", "lo95", "hi95")]],
		["unit and origin follow", all((t) => plus(5, "y")(times(3, "y", "se")(t))), [...by((x) => 3 * x + 5, "mu_mean", "shrunk", "lo95"), ...scaled(3, "mu_sd", "tau_mean", "tau_median", "post_sd"), ...same("weight")], { scale: 3 }]],
	shrink_betabinomial: [["the order of groups is of no consequence", all(shuffle), [...same("alpha", "beta", "loglik"), ...inOrder("shrunk", "lo95", "hi95")]],
		["right and wrong are mirror images", all((t) => print({ ...parse(t), body: parse(t).body.map(([g, x, n]) => [g, n - x, n]) })), [["alpha", (x) => x, "of", "beta"], ...same("precision", "rho", "loglik"), ...by((x) => 1 - x, "mean", "shrunk", "raw"), ["lo95", (x) => 1 - x, "of", "hi95"]]]],
	stratified_mean_fpc: [people(),
		["unit and origin follow", each({ data: (t) => plus(5, "y")(times(3, "y")(t)) }), [...by((x) => 3 * x + 5, "post_stratified_mean", "unweighted_mean", "mean_h", "lo95", "hi95"), ...scaled(3, "se_fpc", "se_no_fpc"), ...same("df", "response_rate")]]],
	ols: [people(),
		["a predictor in another unit has another slope and the same test", all(times(4, "x")), [...same("t", "p", "r2", "F", "sigma", "rss"), ["b", (v) => [v[0], v[1] / 4, v[2]], "list"], ["se_hc3", (v) => [v[0], v[1] / 4, v[2]], "list"]]],
		["a shift of y moves the intercept only", all(plus(100, "y")), [["b", (v) => [v[0] + 100, v[1], v[2]], "list"], ...same("se", "r2", "sigma", "se_hc3", "tier_p")]],
		["everybody twice has the same line", all(twice), same("b", "r2")]],
	drivers: [["the order of people is of no consequence", all(shuffle), same("r2", "adj_r2", "item.r", "item.beta", "item.vif", "item.johnson_rw", "item.general_dominance")],
		["units are of no consequence", all((t) => times(7, "x")(plus(4, "y")(t))), whole()],
		["a predictor turned round explains as much", all(times(-1, "x")), [...same("r2", "item.johnson_rw", "item.general_dominance", "item.vif", "item.dominance_pct_lo"), ["item.beta", ([a, b]) => [-a, b], "list"]]]],
	cs_portfolio: [["the order of people is of no consequence", all(shuffle), whole("p_rank3")],
		["the order of items is of no consequence", all((t) => columns(t)), inOrder("satisfaction", "importance_r", "t_importance", "improvement_index", "quadrant", "rank")],
		["the unit of the overall rating is of no consequence", each({ overall: (t) => plus(3)(times(2)(t)) }), whole()]],
	trend: [["the order of rows is of no consequence", all(shuffle), whole()],
		["later is not steeper", all(plus(5, "t")), same("slope", "se_slope", "p_slope", "forecast", "pi_lo", "theil_sen_slope", "mann_kendall_S", "mann_kendall_p_exact")],
		["right and wrong are mirror images", all(cells((x) => 1 - x, "y")), [...negated("slope", "intercept", "theil_sen_slope", "mann_kendall_S"), ...same("p_slope", "se_slope"), ...by((x) => 1 - x, "forecast"), ["pi_lo", (x) => 1 - x, "of", "pi_hi"]]],
		["weights count by their ratios", all(times(8, "w")), same("slope", "se_slope", "p_slope", "forecast", "ci_lo")]],
	trend_season: [["the order of rows is of no consequence", each({ data: shuffle }), whole()],
		["later is not steeper", all(plus(5, "t")), same("slope", "se_slope", "p_slope", "F_quarters", "quarter_effect", "forecast", "pi_lo", "theil_sen_slope", "mann_kendall_S")],
		["right and wrong are mirror images", all(cells((x) => 1 - x, "y")), [...negated("slope", "intercept", "theil_sen_slope", "mann_kendall_S", "quarter_effect"), ...same("p_slope", "se_slope", "F_p"), ...by((x) => 1 - x, "forecast"), ["pi_lo", (x) => 1 - x, "of", "pi_hi"]]],
		["names of quarters are of no consequence", all(cells((x) => (x === "" ? x : 5 - x), "quarter")), [...same("slope", "se_slope", "F_quarters", "forecast", "pi_lo", "mann_kendall_z"), ["quarter_effect", (v) => [...v].reverse(), "list"]]],
		["weights count by their ratios", all(times(8, "w")), same("slope", "se_slope", "p_slope", "forecast", "ci_lo")]],
	poststratify: [["the order of rows is of no consequence", each({ waves: shuffle }), whole()],
		["unit and origin follow", each({ waves: (t) => plus(5, "mean")(times(3, "mean")(t)) }), [...by((x) => 3 * x + 5, "y"), ...same("n_effective", "merged")]],
		["of the staff only shares count", each({ population: times(7, "N") }), whole()],
		["twice the answers count twice", each({ waves: times(2, "n") }), [...same("y"), ...scaled(2, "n_effective")]]],
	holt_damped: [["unit and origin follow", all((t) => plus(5)(times(3)(t))), [...by((x) => 3 * x + 5, "level", "one_step", "forecast"), ...scaled(3, "trend"), ...scaled(9, "sse")]]],
	power_paired_t: [["rows are judged alone", all(shuffle), inOrder("power", "pairs_needed_80", "min_detectable_dz_80")],
		["a loss is found as well as a gain", all(times(-1, "dz")), whole()]],
	distractor: [people(),
		["names of options are of no consequence", each({ choices: cells((x) => x.replace(/[ABC]/, (c) => ({ A: "X", B: "Y", C: "Z" })[c])), key: cells((x) => ({ A: "X", B: "Y", C: "Z" })[x] ?? x, "key") }), whole("option"), { options: ["X", "Y", "Z"] }],
		["everybody twice has the same shares", all(twice), same("table.prop", "table.mean_rest", "table.r_option_rest")]],
	dif_mh: [people(),
		["names of strata are of no consequence", all(times(10, "stratum")), whole()],
		["the other group is minus", (f) => f, [...negated("ets_delta"), ...by((x) => 1 / x, "mh_or"), ...same("se_log_or", "mh_chi2_cc", "p")], { focal: "r" }],
		["right and wrong are mirror images", all(cells((x) => 1 - x, "correct")), [...negated("ets_delta"), ...by((x) => 1 / x, "mh_or"), ...same("se_log_or", "mh_chi2_cc", "p")]],
		["everybody twice has the same odds", all(twice), same("mh_or", "ets_delta")]],
	dif_mh_items: [people(),
		["the order of items is of no consequence", all((t) => columns(t, 1)), inOrder("mh_or", "ets_delta", "p", "ets_class")],
		["the other group is minus", (f) => f, [...negated("ets_delta"), ...same("p")], { focal: "r" }]],
	crosstab: [["the order of rows is of no consequence", all(shuffle), [...same("chi2", "df", "p", "cramers_v", "cramers_v_bc", "min_expected"), ...inOrder("adj_residuals")], { monte_carlo: false }],
		["a table turned round has the same test", all(turn), [...same("chi2", "df", "p", "cramers_v", "min_expected"), ["adj_residuals", (m) => m[0].map((_, j) => m.map((r) => r[j])), "list"]]],
		["ten times the people have ten times the chi-square", all(times(10)), [...scaled(10, "chi2"), ...same("df", "cramers_v")]]],
	irt_1pl: [people("scores", "scores_first30", "scores_first40", "max_abs_gradient"),
		["the order of items is of no consequence", all((t) => columns(t)), [...same("loglik", "a"), ...inOrder("d", "b", "se_d")]],
		["right and wrong are mirror images", all(cells((x) => 1 - x)), [...same("loglik", "a", "se_d"), ...negated("d", "b", "scores.eap")]],
		["everybody twice has twice the likelihood", all(twice), [...scaled(2, "loglik"), ...same("a", "d")]]],
	irt_2pl: [people("scores", "scores_first30", "scores_first40", "max_abs_gradient", "em_cycles"),
		["right and wrong are mirror images", all(cells((x) => 1 - x)), [...same("loglik", "a"), ...negated("d", "b")]],
		["everybody twice has twice the likelihood", all(twice), [...scaled(2, "loglik"), ...same("a", "d")]]],
	irt_2pl_map: [people("scores", "scores_first30", "scores_first40", "max_abs_gradient", "em_cycles"),
		["the order of items is of no consequence", all((t) => columns(t)), [...same("loglik"), ...inOrder("a", "d", "se_a")]],
		["right and wrong are mirror images", all(cells((x) => 1 - x)), [...same("loglik", "a", "se_a"), ...negated("d", "scores.eap", "scores.wle")]]],
	irt_score: [["people are scored alone", each({ responses: shuffle }), [...same("eap_reliability"), ...inOrder("eap", "psd", "wle", "wle_se")]],
		["items are found by their names", each({ parameters: shuffle }), whole()],
		["right and wrong are mirror images", each({ parameters: times(-1, "d"), responses: cells((x) => 1 - x) }), [...negated("eap", "wle"), ...same("psd", "wle_se")]]],
	grm: [people("scores", "scores_first30", "scores_first40", "max_abs_gradient", "em_cycles"),
		["the order of items is of no consequence", all((t) => columns(t)), [...same("loglik"), ...inOrder("a", "d", "b")]],
		["only the order of categories counts", all((t) => plus(10)(times(2)(t))), same("loglik", "a", "d", "b", "scores")],
		["a scale turned round is its mirror image", all(cells((x) => 6 - x)), [...same("loglik", "a"), ["d", (m) => m.map((r) => r.map((x) => -x).reverse()), "list"], ...negated("scores.eap")]]],
	text_tokens: [["comments are read alone", each({ comments: shuffle }), inOrder("tokens")],
		["the order of stop words is of no consequence", each({ "stopwords.txt": (t) => t.split("\n").reverse().join("\n").trimStart() }), whole()]],
	tfidf: [["words that all say weigh by how often they stand there", all(twice), [...same("vocabulary", "df", "idf"), ...scaled(2, "tf_total")]]],
	cooccurrence: [["a word twice is there once", all(twice), whole()],
		["names of documents are of no consequence", all(cells((x) => 13 - x, "doc")), same("n_communities", "n_components", "fast_greedy_modularity")]],
	characteristic_terms: [["a word twice is there once", each({ tokens: twice }), whole()],
		["names of groups are of no consequence", each({ groups: cells((x) => ({ A: "P", B: "Q" })[x] ?? x, "group") }), same("table.term", "table.jaccard", "table.n_in_group")]],
	codes: [["a word twice is there once", each({ tokens: twice }), whole()],
		["the order of words is of no consequence", each({ tokens: shuffle }), whole()],
		["names of codes are of no consequence", each({ book: cells((x) => ({ 時間: "U", 講師: "V" })[x] ?? x, "code") }), whole("code")]],
	nmf: [["the unit is of no consequence", all(times(4)), [...scaled(16, "loss"), ...same("stability")]]],
};

/* ---- running and comparing --------------------------------------------------- */

/* Models are fitted by iteration: as near as the iteration ends. */
const loose = { irt_1pl: 2e-4, irt_2pl: 1e-4, irt_2pl_map: 1e-5, grm: 1e-5, reliability: 1e-6, shrink_betabinomial: 1e-6, shrink_bayes: 1e-7, shrink_normal: 1e-7, nmf: 1e-3 };

function run(method, files, options) {
	const args = ["analyse", method];
	for (const [name, text] of Object.entries(files)) {
		const path = join(dir, name);
		writeFileSync(path, text);
		args.push("--input", path);
	}
	const r = spawnSync(program, [...args, "--options", JSON.stringify(options)], { encoding: "utf8" });
	if (r.status !== 0) throw new Error(`exit status ${r.status ?? r.signal}: ${r.stderr.trim()}`);
	return JSON.parse(r.stdout);
}

function differ(got, want, tol, path, but, out) {
	if (typeof want === "number" && typeof got === "number") {
		if (!(Math.abs(got - want) <= tol * Math.max(1, Math.abs(want)))) out.push(`${path}: want ${want}, got ${got}`);
	} else if (want && got && typeof want === "object" && typeof got === "object") {
		for (const k of new Set([...Object.keys(want), ...Object.keys(got)]))
			if (!but.has(k)) differ(got[k], want[k], tol, `${path}.${k}`, but, out);
	} else if (want !== got) {
		out.push(`${path}: want ${JSON.stringify(want)}, got ${JSON.stringify(got)}`);
	}
}

function compare(before, after, rules, tol) {
	const wrong = [], none = new Set();
	for (const [path, f, kind, extra] of rules) {
		if (kind === "whole") { differ(after, before, tol, "", extra, wrong); continue; }
		const was = at(before, kind === "of" ? extra : path), is = at(after, path);
		if (was === undefined || is === undefined) { wrong.push(`${path}: not there`); continue; }
		differ(kind === "list" && extra ? extra(is) : is, !f ? was : kind === "list" ? f(was) : map(was, f), tol, path, none, wrong);
	}
	return wrong;
}

const names = execFileSync(program, ["analyse", "--list"], { encoding: "utf8" }).trimEnd().split("\n").map((l) => l.split(" ")[0]);
let count = 0;
try {
	for (const method of names.filter((n) => !only.length || only.includes(n))) {
		const list = relations[method] ?? [["has no relation in this test", null]];
		const [files, options] = methods[method] ?? [{}, {}];
		for (const [sentence, change, rules, more] of list) {
			let wrong = ["add one"];
			try {
				if (change) wrong = compare(run(method, files, options), run(method, change(files), { ...options, ...more }), rules, loose[method] ?? 1e-9);
			} catch (e) { wrong = [e.message]; }
			console.log(`${wrong.length ? "not " : ""}ok ${++count} - ${method}: ${sentence}`);
			for (const w of wrong.slice(0, 6)) console.log(`#   ${w}`);
			if (wrong.length) process.exitCode = 1;
		}
	}
	console.log(`1..${count}`);
} finally {
	rmSync(dir, { recursive: true, force: true });
}
