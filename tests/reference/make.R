# make.R -- the cases made later than the others, from data invented here (CC0).
# Run: Rscript tests/reference/make.R ../shared/golden/scripts [case ...]
# The formulas are those of ref_lib.R there; each is held against R's own.
args <- commandArgs(TRUE); SD <- args[1]; only <- args[-1]
source(file.path(SD, "ref_lib.R"))
OUT <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
case <- function(id, ...) if (!length(only) || id %in% only)
  emit(id, ..., source = "synthetic", licence = "CC0 (invented for this project)")

## --- two groups: ranks need no spread, and one person on a side is enough
x <- 5; y <- c(1, 2, 3, 4, 6); o <- ref_two(x, y)
w <- wilcox.test(x, y, exact = TRUE); chk(c(o$W, o$p_exact), c(w$statistic, w$p.value), 1e-12, "one")
case("two-one-person", "two_groups", list("data.csv" = data.frame(group = c("a", rep("b", 5)), y = c(x, y))), o,
     verified = "wilcox.test", notes = "Welch's test needs two on a side: null")
o <- ref_two(rep(2, 5), rep(2, 4)); o$t_welch <- o$df_welch <- o$p_welch <- o$diff_lo <- o$diff_hi <- o$cohen_d <- o$hedges_g <- o$z <- o$p_normal <- NA
case("two-all-equal", "two_groups", list("data.csv" = data.frame(group = rep(c("a", "b"), c(5, 4)), y = 2)), o,
     verified = "by construction", notes = "all tied: W is half of n1 n2, delta 0, p 1; nothing varies: no z, no t")

## --- two pairs: J(1) is 0
x <- c(1, 2); y <- c(3, 5); o <- ref_paired(x, y, 10, .5); t <- t.test(y, x, paired = TRUE); chk(c(o$t, o$p_t), c(t$statistic, t$p.value), 1e-12, "t")
case("paired-two-pairs", "paired_change", list("data.csv" = data.frame(pre = x, post = y)), o, options = list(max_score = 10, r_xx = .5),
     tol = list(default = 1e-8, dz_lo = 1e-6, dz_hi = 1e-6), verified = "t.test")

## --- a parabola with robust errors
x <- c(3, 4, 4, 5, 7, 8, 8, 9, 11, 12, 15, 16, 19, 22); y <- c(14, 11, 15, 12, 9, 10, 7, 9, 8, 11, 12, 15, 23, 30)
o <- ref_ols(cbind(x, x^2), y)[-1]; m <- lm(y ~ x + I(x^2)); chk(c(o$b$v, o$se$v), c(coef(m), sqrt(diag(vcov(m)))), 1e-9, "lm")
X <- model.matrix(m); u <- resid(m) / (1 - hatvalues(m)); V <- solve(crossprod(X)); chk(o$se_hc3$v, sqrt(diag(V %*% crossprod(X * u) %*% V)), 1e-9, "hc3")
case("ols-parabola", "ols", list("data.csv" = data.frame(y = y, x = x)), o, options = list(intercept = TRUE, polynomial_degree = 2), verified = "lm; HC3 from hatvalues")

## --- noncentral t with few degrees of freedom: u = s^(df/8) and 300 pieces of 64 points
fine <- function(t, df, nc) { p <- 8 / df; f <- function(u) pnorm(t * u^p - nc) * p * exp(log(2) + df / 2 * log(df / 2) - lgamma(df / 2) + 7 * log(u) - df * u^(2 * p) / 2)
  b <- seq(0, 60^(1 / p), length.out = 301); sum(sapply(1:300, function(i) { h <- (b[i + 1] - b[i]) / 2; h * sum(GL64$w * f((b[i] + b[i + 1]) / 2 + h * GL64$x)) })) }
g <- expand.grid(t = c(-20, -1, .2, 3, 50, 1000), df = c(.5, 1, 1.5, 2.5, 4), nc = c(-3, .4, 6)); g$p <- mapply(fine, g$t, g$df, g$nc); i <- g$t <= 3; chk(g$p[i], suppressWarnings(mapply(pt, g$t, g$df, g$nc))[i], 1e-9, "pt")
case("dist-nct-few-df", "noncentral_t_cdf", list("grid.csv" = g[1:3]), list(p = arr(g$p)), tol = list(default = 1e-12), verified = c("R pt where t <= 3", "mpmath to 1e-14"))

## --- a joint test of weighted answers
x <- c(2, 5, 3, 8, 6, 9, 4, 7, 1, 10, 6, 3); z <- rep(0:2, 4); y <- c(3, 6, 7, 9, 8, 14, 5, 9, 4, 10, 9, 8); w <- c(12, 40, 8, 31, 25, 9, 17, 22, 30, 6, 14, 19)
X <- cbind(x = x, T2 = 1 * (z == 1), T3 = 1 * (z == 2)); o <- ref_ols(X, y, TRUE, w); m <- lm(y ~ X, weights = w); chk(c(o$b$v, o$se$v), c(coef(m), sqrt(diag(vcov(m)))), 1e-9, "wlm")
a <- anova(lm(y ~ x, weights = w), m); o$tier_F <- a$F[2]; o$tier_df1 <- a$Df[2]; o$tier_p <- a$`Pr(>F)`[2]
case("ols-weighted-tiers", "ols", list("data.csv" = data.frame(y = y, X, w = w)), o, options = list(weights = TRUE, tested_terms = arr(c("T2", "T3"))), verified = c("lm with weights", "anova"))

## --- one answer in a tier: a mean, but no error
s <- c("a", "a", "a", "b"); y <- c(1, 2, 4, 3); N <- c(a = 10, b = 5); o <- ref_fpc(s, y, N)
case("fpc-single-answer", "stratified_mean_fpc", list("data.csv" = data.frame(stratum = s, y = y), "population.csv" = data.frame(stratum = names(N), N = N)), o,
     verified = "by hand", notes = "se and limits are null: a tier with one answer has no variance")

## --- comments as MeCab alone reads them
if (!length(only) || "text-tokens-as-is" %in% only) {
  eval(parse(text = readLines(file.path(SD, "text_lib.R"))))
  cases <- emit; emit <- function(id, method, ..., source, licence) if (method == "text_tokens") cases("text-tokens-as-is", method, ..., source = "invented comments", licence = licence)
  C <- c("会場の空調が効きすぎて寒かったです。", "オンラインで参加できるのはありがたい。", "Excelの関数がわからない人にはつらい内容だった。",
    "ＶＢＡについても学びたい", "もっと早く知りたかった。", "資料が読みづらく、後で見返しにくい。", "", "特になし", "特にありません。", "なし。",
    "例題が少なくて、実務で使えるかわからなかった。", "同じ内容を何度も受けたくない。", "研修を受けなければよかったとは思わない。",
    "時間が足りなくなり、最後まで終わらなかった。", "講師の声が聞こえづらかった。", "次回も参加したいです。", "上級編の開催を希望します！",
    "スマホで見られない資料があった。", "業務に活かせそうもない。", "難しすぎず、ちょうどよかった。", "個人情報保護法の改正点がわかりやすかった。",
    "他の自治体の事例も知りたい。", "会場までの移動時間がもったいない。", "オンラインだと質問しにくい。", "メモを取る時間がほしい。",
    "内容が理解できなかった。", "資料が理解しがたい。", "業務が忙しくて、参加できない職員もいる。", "受講の記録が残らないのは問題だ。",
    "課題が多く、提出に間に合わない。", "課題は楽しくなかった。", "テストの問題が難しく、解けなかった。", "お願いします。",
    "講師に聞きたいことが聞けず、残念だった。", "使わざるを得ない。", "知らないではすまない。", "見たことがありません。",
    "申し込みづらいので、改善をお願いします。", "良くない研修。", "難しくもなく簡単でもない。", "させていただけない", "泣かずに済んだ。",
    "見ておらず、知らん。", "時間がなく困る。", "静かではない。", "やりやすくない。", "食べづらくなかった。", "研修をやらないほうがいい",
    "2024年12月に100人が参加した", "・会場が狭い（第２会議室）。")
  text_cases("", data.frame(id = seq_along(C), group = rep(c("a", "b"), length.out = length(C)), comment = C), 1, "CC0 (invented for this project)",
    c("個人情報保護法", "移動時間", "会議室", "自治体"), 2)
}

## --- two questions that ask nearly the same: what one factor leaves of each pair
set.seed(31); n <- 90; f <- rnorm(n); d <- rnorm(n)
X <- as.data.frame(lapply(1:7, function(j) pmin(5, pmax(1, round(3 + .8 * f + .8 * (j > 5) * d + rnorm(n, 0, .8)))))); names(X) <- paste0("q", 1:7)
X[7, 2] <- NA; o <- ref_reliability(X); Y <- X[complete.cases(X), ]; l <- o$loadings$v; E <- cor(Y) - tcrossprod(l); diag(E) <- 0
fa <- factanal(Y, 1, control = list(nstart = 5)); L <- c(fa$loadings) * sign(sum(fa$loadings)); chk(l, L, 1e-4, "factanal"); P <- suppressMessages(psych::fa(Y, fm = "ml"))$residual; diag(P) <- 0; chk(E, P, 1e-4, "psych::fa")
o$residual <- arr(lapply(1:7, function(j) arr(E[j, ]))); loose <- list(default = 1e-9, omega_total = 1e-6, omega_observed_var = 1e-6, loadings = 1e-5, uniqueness = 1e-5, ml_discrepancy = 1e-7, residual = 1e-5)
case("reliability-residual", "reliability", list("responses.csv" = X), o, options = list(missing = "listwise", level = .95), tol = loose, verified = c("factanal", "psych::fa(fm = \"ml\")$residual"))

## --- self-rating against test: a score with ties, people who left one out
set.seed(10); n <- 64; f <- rnorm(n)
D <- data.frame(score = pmin(10, pmax(0, round(5 + 2 * f + rnorm(n, 0, 1.5)))), self = round(pmin(5, pmax(1, 3 + .5 * f + rnorm(n, 0, .8))) * 4) / 4)
D$self[c(5, 40)] <- NA; D$score[23] <- NA; Y <- D[complete.cases(D), ]; cut <- unname(quantile(Y$score, c(.25, .5, .75))); q <- findInterval(Y$score, cut, left.open = TRUE)
z <- scale(Y); d <- z[, "self"] - z[, "score"]; ci <- sapply(0:3, function(j) t.test(d[q == j])$conf.int); r <- cor(Y$score, Y$self, method = "spearman"); w <- qnorm(.975) * sqrt((1 + r^2 / 2) / (nrow(Y) - 3))
p <- cor.test(Y$score, Y$self); by <- function(x) arr(unname(c(tapply(x, q, mean))))
o <- list(n = nrow(Y), n_missing = n - nrow(Y), spearman = r, spearman_lo = tanh(atanh(r) - w), spearman_hi = tanh(atanh(r) + w), pearson = unname(p$estimate), pearson_lo = p$conf.int[1], pearson_hi = p$conf.int[2],
  cut = arr(cut), quarter = list(n = arr(as.integer(table(q))), score = by(z[, "score"]), self = by(z[, "self"]), diff = by(d), diff_lo = arr(ci[1, ]), diff_hi = arr(ci[2, ])))
case("calibration-selfrating", "calibration", list("data.csv" = D), o, verified = c("quantile", "findInterval", "scale", "t.test", "cor.test"))
