# analytics.R: what analytics.c times, in R, on the same data.
#
#   Rscript analytics.R WHAT DIR ROWS
#
# Prints JSON like analytics.c: "seconds" of one call (median of as many as fit
# into half a second) and "values". Plain R does what base, psych or boot offer;
# the EM is written in matrix operations, without a loop over people.
arg <- commandArgs(TRUE)
what <- arg[1]; dir <- arg[2]; rows <- as.integer(arg[3])
items <- 30L; needs <- 4L; few <- 20L; draws <- 2000L; seed <- 20240401L

column <- function(name, k = 1L) {
  x <- readBin(file.path(dir, name), "double", rows * k)
  if (k == 1L) x else matrix(x, rows, k, byrow = TRUE)
}

# The 2PL model by EM over 61 nodes on [-6, 6], as an_irt_fit does it: at most
# five Newton steps an item and cycle, until no slope or level moves by 1e-4.
em <- function(X) {
  K <- ncol(X); x <- seq(-6, 6, length.out = 61); w <- exp(-x^2 / 2); w <- w / sum(w)
  p <- pmin(pmax(colMeans(X), 0.02), 0.98); a <- rep(1, K); d <- qlogis(p)
  right <- colSums(X); n <- nrow(X)
  expect <- function() {
    eta <- outer(a, x) + d
    L <- X %*% eta
    L <- L + rep(log(w) - colSums(log1p(exp(eta))), each = n)
    top <- L[cbind(seq_len(n), max.col(L, "first"))]
    L <- exp(L - top); s <- rowSums(L)
    L <- L / s
    list(loglik = sum(top + log(s)), n = colSums(L), s1 = colSums(X * as.vector(L %*% x)))
  }
  cycles <- 0
  repeat {
    e <- expect(); a0 <- a; d0 <- d; moving <- rep(TRUE, K)
    for (round in 1:5) {
      P <- plogis(outer(a, x) + d); NP <- P * rep(e$n, each = K); V <- NP * (1 - P)
      g1 <- e$s1 - as.vector(NP %*% x); g0 <- right - rowSums(NP)
      h11 <- as.vector(V %*% x^2); h01 <- as.vector(V %*% x); h00 <- rowSums(V)
      det <- h11 * h00 - h01^2
      da <- pmax(-a / 2, pmin((h00 * g1 - h01 * g0) / det, 1))
      dd <- pmax(-2, pmin((h11 * g0 - h01 * g1) / det, 2))
      a <- a + da * moving; d <- d + dd * moving
      moving <- moving & abs(da) + abs(dd) >= 1e-8
      if (!any(moving)) break
    }
    if (max(abs(a - a0), abs(d - d0)) < 1e-4) break
    cycles <- cycles + 1
  }
  e <- expect()
  c(e$loglik, cycles, as.vector(rbind(a, d)))
}

alpha_base <- function(X) {
  S <- crossprod(X - rep(colMeans(X), each = nrow(X))) / (nrow(X) - 1)
  k <- ncol(X); v <- diag(S); t <- sum(S); c <- rowSums(S)
  rest <- t - 2 * c + v
  list(alpha = k / (k - 1) * (1 - sum(v) / t), r = (c - v) / sqrt(v * rest),
       deleted = (k - 1) / (k - 2) * (1 - (sum(v) - v) / rest))
}
alpha_values <- function(o) as.vector(c(o$alpha, unlist(lapply(seq_len(items), function(j)
  if (j <= 10) c(o$r[j], o$deleted[j]) else o$r[j]))))

# Statistic, acceleration and limits of component j; t replaces the replicates.
bca <- function(b, j, t = NULL) {
  L <- boot::empinf(b, index = j, type = "jack"); L <- L - mean(L)
  if (!is.null(t)) b$R <- length(t) / length(b$t0)
  r <- if (is.null(t)) b$t[, j] else if (length(b$t0) == 1) as.vector(t) else t[, j]
  o <- boot::boot.ci(b, type = "bca", t0 = b$t0[j], t = r, L = L)$bca
  c(b$t0[j], sum(L^3) / (6 * sum(L^2)^1.5), o[4:5])
}
draw <- function() matrix(readBin(file.path(dir, "draws.bin"), "double", draws * rows), draws, rows, byrow = TRUE)
given <- NULL

tasks <- list(
  # Everything psych::alpha has to say, and the shortest way by hand.
  alpha = function() { X <- column("ratings.bin", items); colnames(X) <- paste0("i", seq_len(items))
    function() { o <- psych::alpha(X, warnings = FALSE)
      alpha_values(list(alpha = o$total$raw_alpha, r = o$item.stats$r.drop, deleted = o$alpha.drop$raw_alpha)) } },
  alpha_base = function() { X <- column("ratings.bin", items); function() alpha_values(alpha_base(X)) },
  crossprod = function() { X <- column("ratings.bin", items); function() crossprod(X)[1, 1] },
  irt = function() { X <- column("answers.bin", items); function() em(X) },
  # The time is that of boot's own resamples; the values come from given ones,
  # so that they can be compared to the last digit.
  bca_alpha = function() { X <- column("small.bin", few)
    f <- function(x, i) { S <- cov(x[i, ]); k <- ncol(S); k / (k - 1) * (1 - sum(diag(S)) / sum(S)) }
    given <<- function() bca(boot::boot(X, f, 10), 1, t(apply(draw(), 1, function(i) f(X, i))))
    function() { set.seed(seed); bca(boot::boot(X, f, draws), 1) } },
  bca_needs = function() { X <- cbind(column("small.bin", few), column("small2.bin", few))
    f <- function(x, i) { m <- colMeans(x[i, ]); a <- m[1:few]; a * (a - m[few + 1:few]) }
    given <<- function() { b <- boot::boot(X, f, 10); t <- t(apply(draw(), 1, function(i) f(X, i)))
      unlist(lapply(1:few, function(j) bca(b, j, t)[c(1, 3, 4)])) }
    function() { set.seed(seed); b <- boot::boot(X, f, draws)
      unlist(lapply(1:few, function(j) bca(b, j)[c(1, 3, 4)])) } },
  signed_rank = function() { x <- column("pre.bin"); y <- column("post.bin")
    function() { o <- wilcox.test(y, x, paired = TRUE, exact = FALSE, correct = FALSE); c(o$statistic, o$p.value) } },
  paired_t = function() { x <- column("pre.bin"); y <- column("post.bin")
    function() { o <- t.test(y, x, paired = TRUE); c(o$statistic, o$estimate, o$conf.int) } },
  describe = function() { x <- column("pre.bin"); function() c(mean(x), sd(x), median(x)) },
  mcnemar = function() { A <- column("before.bin", needs); B <- column("after.bin", needs)
    function() as.vector(sapply(1:needs, function(j) { t <- table(A[, j], B[, j]); b <- t[1, 2]; c <- t[2, 1]
      c(binom.test(b, b + c)$p.value, (b - c) / nrow(A)) })) })

run <- tasks[[what]]()
seconds <- numeric(0)
while (length(seconds) < 3 || (sum(seconds) < 0.5 && length(seconds) < 50)) {
  start <- as.numeric(Sys.time())
  values <- suppressWarnings(run())
  seconds <- c(seconds, as.numeric(Sys.time()) - start)
}
if (!is.null(given)) values <- given()
cat(sprintf('{"seconds": %.9g, "values": [%s]}\n', median(seconds),
            paste(sprintf("%.17g", values), collapse = ", ")))
