# edges.R: the cases edge-*, where data say little or everything.
#
#	Rscript tests/reference/edges.R tests/reference
#
# Base R 4.2.2; 合成データ (invented data), CC0. Values come from R's own
# functions where they exist, else from the formula written out here.
out <- commandArgs(TRUE)[1]
num <- function(x) if (is.na(x)) "null" else if (is.infinite(x))
	if (x < 0) '"-Inf"' else '"Inf"' else
	formatC(x, digits = 17, width = 1, format = "g")
text <- function(s) paste0('"', s, '"')
json <- function(x) {
	if (is.list(x)) return(paste0("{", paste0(text(names(x)), ": ",
		vapply(x, json, ""), collapse = ",\n  "), "}"))
	v <- if (is.character(x)) ifelse(is.na(x), "null", text(x)) else
		vapply(x, num, "")
	if (length(v) == 1 && is.null(attr(x, "list"))) v else
		paste0("[", paste(v, collapse = ", "), "]")
}
many <- function(x) structure(x, list = TRUE)
edge <- function(name, method, inputs, expected, by, options = list(),
		 tol = list()) {
	d <- file.path(out, paste0("edge-", name))
	dir.create(d, showWarnings = FALSE)
	for (f in names(inputs))
		write.csv(inputs[[f]], file.path(d, f), na = "", quote = FALSE,
			  row.names = FALSE)
	writeLines(paste0("{\n ", paste(c(
		paste0('"case": ', text(paste0("edge-", name))),
		paste0('"method": ', text(method)),
		paste0('"inputs": ', json(many(names(inputs)))),
		if (length(options)) paste0('"options": ', json(options)),
		paste0('"tolerance": {"default": 1e-9', paste0(sprintf(
			', "%s": %g', names(tol), unlist(tol)), collapse = ""), "}"),
		'"source": "invented (tests/reference/edges.R)"',
		'"licence": "CC0 (invented for this project)"',
		paste0('"verified_by": ', json(many(by))),
		paste0('"expected": ', json(expected))), collapse = ",\n "),
		"\n}"), file.path(d, "expected.json"))
}

# Three people: Fisher's limits with an infinite error are everything.
x <- c(1, 2, 4); y <- c(2, 1, 5)
edge("correlation-three", "correlation", list("data.csv" = data.frame(x, y)),
     list(n = 3, pearson = cor(x, y), pearson_lo = -1, pearson_hi = 1,
	  pearson_p = cor.test(x, y)$p.value, spearman = 0.5,
	  spearman_lo = -1, spearman_hi = 1, kendall_S = 1,
	  kendall_tau_b = cor(x, y, method = "kendall")), "cor.test")
edge("correlation-constant", "correlation",
     list("data.csv" = data.frame(x = rep(3, 6), y = 1:6)),
     list(n = 6, pearson = NA, spearman = NA, kendall_S = 0,
	  kendall_tau_b = NA, kendall_p = NA), "no pair goes up or down")

# Raters of one mind, and raters who tell nothing apart.
M <- matrix(rep(1:6, 4), 4, byrow = TRUE)
f <- friedman.test(M)
edge("kendall-w-agreed", "kendall_w", list("ratings.csv" = data.frame(M)),
     list(m = 4, n = 6, rank_sums = colSums(M), W = 1, W_uncorrected = 1,
	  chi2 = unname(f$statistic), df = 5, p_chi2 = f$p.value, F = Inf,
	  df1 = 4.5, df2 = 13.5, p_F = 0, mean_spearman = 1), "friedman.test")
edge("kendall-w-tied", "kendall_w",
     list("ratings.csv" = data.frame(matrix(2, 3, 4))),
     list(m = 3, n = 4, rank_sums = rep(7.5, 4), W = NA, W_uncorrected = 0,
	  chi2 = NA, df = 3, p_chi2 = NA, F = NA, df1 = 3 - 2 / 3,
	  df2 = 2 * (3 - 2 / 3), p_F = NA), "by construction")

# Equal totals: no correlation with the total, but one with the rest.
X <- data.frame(q1 = c(1, 1, 0, 0, 1), q2 = c(0, 0, 1, 1, 0),
		q3 = c(1, 0, 1, 0, 1), q4 = c(0, 1, 0, 1, 0))
rest <- sapply(1:4, function(j) cor(X[, j], rowSums(X[, -j])))
edge("items-equal-totals", "item_analysis", list("responses.csv" = X),
     list(n_used = 5, sd_total = 0, alpha = NA,
	  item = list(mean = unname(colMeans(X)), r_item_total = rep(NA_real_, 4),
		      r_item_rest = unname(rest), D27 = rep(NA_real_, 4))),
     "cor", list(missing = "listwise"))

# An item nobody was asked twice: p is 1 and counts in its family.
A <- data.frame(q1 = c(0, 0, 0, 0, 0, 0, 0, 1), q2 = NA, q3 = c(0, 0, 1, 1, 0, 0, 1, 0))
B <- data.frame(q1 = c(1, 1, 1, 1, 1, 1, 0, 1), q2 = 1, q3 = c(1, 0, 0, 1, 1, 1, 1, 1))
p <- c(binom.test(6, 6)$p.value, 1, binom.test(4, 5)$p.value)
up <- c(7, 1, 5) / c(10, 2, 10); down <- c(1, 1, 2) / c(10, 2, 10)
gap <- up - down # Bonett and Price
half <- qnorm(.975) * sqrt((up + down - gap^2) / c(10, 2, 10))
edge("mcnemar-items-unasked", "mcnemar_items",
     list("pre.csv" = A, "post.csv" = B),
     list(n = c(8, 0, 8), b = c(6, 0, 4), c = c(0, 0, 1),
	  p_pre = c(1, NA, 3) / 8, diff = c(6, NA, 3) / 8, p_exact = p,
	  diff_lo = pmax(-1, gap - half), diff_hi = pmin(1, gap + half),
	  odds_ratio = c(NA, NA, 4), p_holm = p.adjust(p, "holm"),
	  p_bh = p.adjust(p, "BH")), c("binom.test", "p.adjust"),
     list(missing = "pairwise by item"))

# A tier that is all of one mind, and one that nobody answered from.
g <- rep(c("a", "b", "c"), each = 4); v <- c(3, 3, 3, 3, 5, 6, 7, 8, 1, 2, 2, 9)
k <- kruskal.test(v, factor(g)); an <- anova(lm(v ~ g))
edge("groups-one-mind", "groups", list("data.csv" = data.frame(
	group = c(g, "d", "d"), y = c(v, NA, NA))),
     list(levels = c("a", "b", "c"), n = c(4, 4, 4), n_missing = 2,
	  kruskal = list(H = unname(k$statistic), df = 2, p = k$p.value),
	  anova = list(F = an$F[1], df1 = 2, df2 = 9, p = an$Pr[1]),
	  welch = list(F = NA, df1 = 2, df2 = NA, p = NA)),
     c("kruskal.test", "anova"))

# No spread inside the groups: F has no end.
edge("anova-apart", "anova", list("data.csv" = data.frame(
	group = rep(c("a", "b", "c"), each = 3), y = rep(c(1, 2, 4), each = 3))),
     list(F = Inf, df1 = 2, df2 = 6, p = 0, ss_between = 14, ss_within = 0,
	  r2 = 1, residual_sd = 0), "by construction")

# Everybody of one group right: no odds ratio, and p says class A.
d <- data.frame(stratum = rep(1:2, each = 4), group = rep(rep(c("a", "b"), each = 2), 2),
		correct = c(1, 1, 0, 0, 1, 1, 0, 1))
mh <- mantelhaen.test(table(d$group, d$correct, d$stratum))
edge("dif-no-odds", "dif_mh", list("data.csv" = d),
     list(strata_used = 2, mh_or = Inf, ets_delta = -Inf,
	  mh_chi2_cc = unname(mh$statistic),
	  p = mh$p.value, ets_class = "A"), "mantelhaen.test",
     list(focal = "b"))
edge("seats-none", "largest_remainder",
     list("data.csv" = data.frame(weight = c(1, 2))), list(seats = c(0, 0)),
     "by construction", list(seats = 0))

# Limits of another level; a network without an edge.
x <- c(3, 5, 6, 2, 9, 8, 4, 7, 1, 6); y <- c(2, 6, 5, 3, 7, 9, 5, 5, 2, 8)
t90 <- cor.test(x, y, conf.level = .9)
edge("correlation-90", "correlation", list("data.csv" = data.frame(x, y)),
     list(pearson_lo = t90$conf.int[1], pearson_hi = t90$conf.int[2],
	  pearson_p = t90$p.value), "cor.test", list(level = .9))
b99 <- binom.test(9, 13, conf.level = .99)$conf.int
edge("mcnemar-99", "mcnemar", list("counts.csv" = data.frame(n11 = 20,
	wrong_to_right = 9, right_to_wrong = 4, n00 = 7)),
     list(n = 40, p_exact = binom.test(9, 13)$p.value, odds_ratio = 9 / 4,
	  or_lo = b99[1] / (1 - b99[1]), or_hi = b99[2] / (1 - b99[2]),
	  diff_lo = 5 / 42 - qnorm(.995) * sqrt((15 / 42 - (5 / 42)^2) / 42),
	  diff_hi = 5 / 42 + qnorm(.995) * sqrt((15 / 42 - (5 / 42)^2) / 42)),
     "binom.test", list(level = .99))
edge("words-apart", "cooccurrence", list("tokens.csv" = data.frame(
	doc = c(1, 2, 3, 4, 5, 6), token = rep(c("研修", "資料"), each = 3))),
     list(terms = c("研修", "資料"), edges = list(a = many(character(0)),
	b = many(character(0)), n_both = many(numeric(0)),
	jaccard = many(numeric(0))), degree = c(0, 0), strength = c(0, 0),
	n_components = 2), "by construction", list(min_df = 3))

# Items that only one group got right, or wrong, in every stratum.
d <- data.frame(group = rep(c("a", "b"), each = 6),
		q1 = c(1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1),
		q2 = c(0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1),
		q3 = c(0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0))
edge("dif-items-no-odds", "dif_mh_items", list("responses.csv" = d), {
	total <- rowSums(d[-1])
	sums <- sapply(d[-1], function(q) rowSums(sapply(unique(total), function(s) {
		n <- table(factor(d$group), factor(q, 0:1), total == s)[, , "TRUE"]
		if (any(rowSums(n) == 0) || any(colSums(n) == 0)) c(0, 0) else
			c(n["a", "1"] * n["b", "0"], n["a", "0"] * n["b", "1"]) / sum(n)
	})))
	list(mh_or = unname(sums[1, ] / sums[2, ]),
	     ets_delta = unname(-2.35 * log(sums[1, ] / sums[2, ])))
}, "the formula", list(focal = "b"))

# The same people and items, the columns of one file in another order.
A <- data.frame(q1 = c(0, 0, 1, 0, 1), q2 = c(1, 0, 0, 0, 1))
B <- data.frame(q2 = c(1, 1, 1, 0, 1), q1 = c(1, 0, 1, 1, 0))
edge("mcnemar-items-order", "mcnemar_items",
     list("pre.csv" = A, "post.csv" = B),
     list(item = c("q1", "q2"), b = colSums(A < B[names(A)]),
	  c = colSums(A > B[names(A)])), "by construction")
edge("needs-order", "needs", list("importance.csv" = A + 3,
	"proficiency.csv" = B + 2),
     list(item = c("q1", "q2"), gap = colMeans(A + 1 - B[names(A)])),
     "by construction")

# One value far from all others, and the first: the others keep their digits.
g <- rep(c("a", "b", "c"), each = 3)
v <- c(1e9, 0.1234567, 0.7654321, 0.2345678, 0.3456789, 0.4567891, 1e-8, 2e-8,
       2.1e-8)
k <- kruskal.test(v, factor(g))
edge("groups-far-first", "groups", list("data.csv" = data.frame(group = g, y = v)),
     list(mean = unname(tapply(v, g, mean)), sd = unname(tapply(v, g, sd)),
	  median = unname(tapply(v, g, median)),
	  mean_rank = unname(tapply(rank(v), g, mean)),
	  kruskal = list(H = unname(k$statistic), p = k$p.value)),
     "kruskal.test")

# Points far from 0 that differ little: still no constant item.
X <- data.frame(q1 = 1700000000 + c(7, 14, 1, 8, 0, 12, 4) %% 5 + 0.25,
		q2 = c(1, 4, 2, 2, 4, 1, 0), q3 = c(3, 5, 1, 4, 2, 2, 2))
rest <- sapply(1:3, function(j) cor(X[, j], rowSums(X[, -j])))
edge("items-far-from-0", "item_analysis", list("responses.csv" = X),
     list(n_used = 7, item = list(sd = unname(sapply(X, sd)),
	r_item_total = unname(sapply(X, cor, rowSums(X))),
	r_item_rest = rest)), "cor", list(missing = "listwise"))

# How large differences are: Cliff's delta by all pairs of answers, epsilon2 as
# eta2 of the ranks, the trend as a correlation with the place of the group.
cliff <- function(x, y) {
	m <- length(x); n <- length(y)
	D <- sign(outer(x, y, "-")); d <- mean(D); t <- qt(.975, m + n - 2)
	if (abs(d) == 1) {
		b <- min(m, n); r <- (b - t^2) / (b + t^2)
		return(c(d, if (d > 0) c(r, 1) else c(-1, -r)))
	}
	v <- ((n - 1) * var(rowMeans(D)) + (m - 1) * var(colMeans(D)) +
		sum((D - d)^2) / ((m - 1) * (n - 1))) / (m * n)
	h <- t * sqrt(v) * sqrt((1 - d^2)^2 + t^2 * v)
	c(d, (d - d^3 + c(-1, 1) * h) / (1 - d^2 + t^2 * v))
}
noncentrality <- function(f, a, b, p) if (pf(f, a, b) < p) 0 else
	uniroot(function(nc) pf(f, a, b, nc) - p, c(0, 1e3), tol = 1e-13)$root
Y <- list(a = c(5, 4, 4, 5, 3, 5, 4, 2, 5, 4, 5, 5),
	  b = c(3, 4, 2, 4, 3, 5, 1, 3, 4),
	  c = c(2, 2, 1, 3, 2, 1, 2), d = c(5, 5, 4, 5))
v <- unlist(Y); g <- rep(1:4, lengths(Y)); n <- length(v)
an <- anova(lm(rank(v) ~ factor(g)))
nc <- sapply(c(.95, .05), noncentrality, f = an$F[1], a = 3, b = n - 4)
r <- cor(g, v, method = "spearman")
z <- atanh(r) + c(-1, 1) * qnorm(.975) * sqrt((1 + r^2 / 2) / (n - 3))
i <- combn(4, 2); d <- apply(i, 2, function(j) cliff(Y[[j[1]]], Y[[j[2]]]))
edge("groups-sizes", "groups", list("data.csv" = data.frame(
	group = names(Y)[g], y = v)),
     list(kruskal = list(H = unname(kruskal.test(v, g)$statistic),
			 epsilon2 = an$`Sum Sq`[1] / sum(an$`Sum Sq`),
			 epsilon2_lo90 = nc[1] / (nc[1] + n),
			 epsilon2_hi90 = nc[2] / (nc[2] + n)),
	  jonckheere = list(spearman = r, spearman_lo95 = tanh(z[1]),
			    spearman_hi95 = tanh(z[2])),
	  dunn = list(cliff_delta = d[1, ], cliff_lo95 = d[2, ],
		      cliff_hi95 = d[3, ])),
     c("all pairs by outer()", "anova of ranks, pf", "kruskal.test"),
     tol = list(epsilon2_lo90 = 1e-7, epsilon2_hi90 = 1e-7)) # pf has 4e-10
d <- cliff(Y$b, Y$a)
edge("two-sizes", "two_groups", list("data.csv" = data.frame(
	group = rep(c("b", "a"), c(9, 12)), y = c(Y$b, Y$a))),
     list(cliff_delta = d[1], cliff_lo95 = d[2], cliff_hi95 = d[3]),
     "all pairs by outer()", list(order = many(c("b", "a"))))

# A key with which people do no better elsewhere; a warning from 30 people on.
ability <- rep(c(0, 1), 15)
pick <- function(right) ifelse(right == 1, "a", ifelse(seq_along(right) %% 3, "b", "c"))
C <- data.frame(q1 = pick(1 - ability), q2 = pick(ability),
		q3 = pick(rep(c(0, 1, 1, 1, 0, 1), 5)), q4 = pick(ability))
X <- 1 * (C == "a"); total <- rowSums(X); O <- c("a", "b", "c", "omit")
r <- c(sapply(1:4, function(j) sapply(O, function(o)
	suppressWarnings(cor(1 * (C[, j] == o), total - X[, j])))))
back <- 1 * (rep(O == "a", 4) & !is.na(r) & r <= 0)
for (n in c(30, 29)) edge(paste0("distractor-key-", n), "distractor",
     list("choices.csv" = C[seq_len(n), ],
	  "key.csv" = data.frame(item = names(C), key = "a")),
     list(n = n, table = if (n < 30) list(key_backwards = 0 * back) else
	  list(r_option_rest = unname(r), key_backwards = back)),
     "cor", list(options = many(c("a", "b", "c"))))
