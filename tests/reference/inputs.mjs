/*
 * inputs.mjs: a small good input of every method of terakoya analyse.
 *
 * methods.NAME is [files, options]: the text of each file, in the order they
 * are named, and an object.
 */

export const rows = (n, f) => Array.from({ length: n }, (_, i) => f(i));
export const table = (header, n, f) => `${header}\n${rows(n, (i) => f(i).join(",")).join("\n")}\n`;
const code = (i, m) => (i * 7919 + (i * i) % 31) % m;
const answers = (n) => table("a,b,c,d", n, (i) => rows(4, (j) => (code(i + 13 * j, 7) < 3 + (i % 3) ? 1 : 0)));
const ratings = (n) => table("a,b,c,d", n, (i) => rows(4, (j) => 1 + ((i % 5) + code(i * 3 + j, 3)) % 5));
const levels = (n) => table("a,b,c,d", n, (i) => rows(4, (j) => 1 + ((i % 4) + code(i * 5 + j, 4)) % 5));
const pairs = table("pre,post", 24, (i) => [code(i, 9), code(i, 9) + code(i + 5, 4)]);
const grouped = table("group,y", 24, (i) => ["ABC"[i % 3], code(i, 11) + (i % 3)]);
const tokens = table("doc,token", 60, (i) => [1 + Math.floor(i / 5), ["研修", "時間", "資料", "講師", "足りない", "演習"][code(i, 6)]]);
const comments = "comment\n説明が分かりやすい\n特になし\n時間が足りない。もう少し長くしてほしい\n演習がよかった\n";

export const methods = {
	univariate: [{ data: table("y", 20, (i) => [code(i, 13)]) }, { level: 0.9 }],
	calibration: [{ data: table("score,self", 40, (i) => [code(i, 13), code(i, 5) + (i % 3)]) }, { level: 0.9 }],
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
	cohen_kappa: [{ data: table("a,b", 30, (i) => ["ABC"[i % 3], "ABC"[(i + (i % 7 === 0)) % 3]]) }, {}],
	staff_forecast: [{ data: table("headcount,intake", 3, (i) => [100 * (i + 1), 10]), promotion: table("x,y,z", 3, (i) => [0.8 - i / 10, 0.1, 0.05]) }, { years: 3 }],
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
	trend_season: [{ data: table("t,y,quarter,w", 14, (i) => [2020 + i / 4, (20 + i + 5 * (i % 4 === 0)) / 60, 1 + (i % 4), 30 + i]), future: table("t,quarter", 3, (i) => [2024 + i, ["", 2, 3][i]]) }, { transform: "logit", weights: true }],
	poststratify: [{ waves: table("wave,stratum,mean,n", 12, (i) => [2020 + Math.floor(i / 3), "ABC"[i % 3], 2 + code(i, 9) / 4, 6 + code(i, 5)]), population: "stratum,N\nA,40\nB,90\nC,20\n" }, { least: 2 }],
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
	codes: [{ tokens, book: "code,rule,need,words\n時間,1,any,時間 演習\n時間,1,not,資料\n時間,2,all,足りない 講師\n講師,1,any,講師\n" }, { n_documents: 14 }],
	nmf: [{ V: table("a,b,c,d", 12, (i) => rows(4, (j) => code(i * 4 + j, 5))) }, { rank: 2, iterations: 20, starts: 2, seed: 1 }],
};
