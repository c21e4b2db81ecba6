# waves.R: reference values of trend_season and poststratify, by R 4.2.2 with
# packages survey and jsonlite. Run in this folder: Rscript waves.R
library(jsonlite)

emit <- function(case, method, files, options, expected, verified, tolerance = 1e-9) {
  dir <- file.path("..", case)
  dir.create(dir, showWarnings = FALSE)
  for (name in names(files))
    write.csv(files[[name]], file.path(dir, name), row.names = FALSE, quote = FALSE, na = "")
  all <- list(case = unbox(case), method = unbox(method), inputs = names(files), options = options,
              tolerance = list(default = unbox(tolerance)), source = unbox("invented for this project"),
              licence = unbox("CC0 (invented for this project)"), verified_by = verified,
              expected = expected)
  writeLines(toJSON(all, digits = NA, pretty = TRUE, na = "null", null = "null"), file.path(dir, "expected.json"))
}
one <- function(x) lapply(x, unbox)
close <- function(a, b, what) stopifnot(setNames(max(abs(a - b)) < 1e-9, what))

# Mann-Kendall of one quarter: S, and its variance with ties.
kendall <- function(t, y) {
  s <- 0; slope <- c()
  for (i in seq_along(t)) for (j in seq_len(i - 1)) {
    s <- s + sign((y[i] - y[j]) * (t[i] - t[j]))
    slope <- c(slope, (y[i] - y[j]) / (t[i] - t[j]))
  }
  n <- length(y); ties <- table(y)
  list(s = s, slope = slope, v = (n * (n - 1) * (2 * n + 5) - sum(ties * (ties - 1) * (2 * ties + 5))) / 18)
}

season <- function(t, y, q, w, newt, newq, logit = FALSE) {
  z <- if (logit) qlogis(y) else y
  back <- if (logit) plogis else identity
  d <- data.frame(t = t, z = z, f = factor(q), w = w)
  contrasts(d$f) <- contr.sum(nlevels(d$f))
  fit <- lm(z ~ t + f, d, weights = w)
  line <- lm(z ~ t, d, weights = w)
  co <- summary(fit)$coefficients
  b <- coef(fit); v <- vcov(fit); s2 <- summary(fit)$sigma^2; df <- fit$df.residual
  x <- t(sapply(seq_along(newt), function(i) c(1, newt[i], if (is.na(newq[i])) rep(0, nlevels(d$f) - 1) else contrasts(d$f)[as.character(newq[i]), ])))
  at <- as.numeric(x %*% b); vf <- rowSums((x %*% v) * x); pe <- sqrt(vf + s2 / mean(w))
  # the same by predict() where a quarter is named
  named <- which(!is.na(newq))
  p <- predict(fit, data.frame(t = newt[named], f = factor(newq[named], levels(d$f))), interval = "prediction", weights = mean(w))
  close(p[, 1], at[named], "predict"); close(p[, 2], (at - qt(.975, df) * pe)[named], "predict lo")
  a <- anova(line, fit)
  ks <- lapply(split(seq_along(t), q), function(i) kendall(t[i], y[i]))
  s <- sum(sapply(ks, `[[`, "s")); kv <- sum(sapply(ks, `[[`, "v"))
  mkz <- if (s == 0) 0 else (s - sign(s)) / sqrt(kv)
  ci <- confint(fit)["t", ]
  effects <- rep(NA, 4); effects[as.integer(levels(d$f))] <- contrasts(d$f) %*% b[-(1:2)]
  c(one(list(n = length(t), quarters = nlevels(d$f), intercept = b[[1]], slope = b[[2]], se_slope = co["t", 2], df = df,
             sigma = sqrt(s2), t_slope = co["t", 3], p_slope = co["t", 4], slope_lo = ci[[1]], slope_hi = ci[[2]],
             F_quarters = a$F[2], F_df1 = a$Df[2], F_p = a$`Pr(>F)`[2],
             theil_sen_slope = median(unlist(lapply(ks, `[[`, "slope"))), mann_kendall_S = s, mann_kendall_z = mkz,
             mann_kendall_p_normal = 2 * pnorm(-abs(mkz)))),
    list(quarter_effect = effects, forecast = back(at), ci_lo = back(at - qt(.975, df) * sqrt(vf)), ci_hi = back(at + qt(.975, df) * sqrt(vf)),
         pi_lo = back(at - qt(.975, df) * pe), pi_hi = back(at + qt(.975, df) * pe),
         pi50_lo = back(at - qt(.75, df) * pe), pi50_hi = back(at + qt(.75, df) * pe),
         pi80_lo = back(at - qt(.9, df) * pe), pi80_hi = back(at + qt(.9, df) * pe)))
}

# Applications of 14 quarters from April 2021 on: many in April.
set.seed(20241121)
t <- 2021.375 + (0:13) / 4; q <- rep(1:4, length.out = 14); w <- c(42, 51, 38, 60, 55, 47, 62, 58, 49, 66, 71, 64, 59, 73)
y <- round(60 + 1.8 * (t - 2021) + c(6, -1, -4, -1)[q] + rnorm(14, 0, 1.2), 1)
newt <- c(2024.875, 2025.125, 2025.75, 2026.75); newq <- c(3, 4, NA, NA)
emit("trend-quarters", "trend_season",
     list("data.csv" = data.frame(t, y, quarter = q, w), "future.csv" = data.frame(t = newt, quarter = newq)),
     one(list(weights = TRUE, transform = "none")), season(t, y, q, w, newt, newq), c("lm + predict", "anova of two lm"))

# Shares of three quarters only (nothing is held in January to March), with ties.
t <- c(2020.3, 2020.6, 2020.8, 2021.3, 2021.5, 2021.8, 2022.3, 2022.6, 2022.9, 2023.3, 2023.6, 2023.8, 2024.4); q <- c(1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1)
y <- c(.52, .44, .41, .55, .44, .46, .58, .47, .49, .58, .55, .52, .66)
newt <- c(2024.6, 2025.75); newq <- c(2, NA)
emit("trend-quarters-share", "trend_season",
     list("data.csv" = data.frame(t, y, quarter = q), "future.csv" = data.frame(t = newt, quarter = newq)),
     one(list(weights = FALSE, transform = "logit")), season(t, y, q, rep(1, 13), newt, newq, TRUE), c("lm on qlogis + predict"))

# Five tiers over six waves; the second tier answers little in wave 3, the
# last not at all in wave 5, the first hardly in wave 6.
N <- c(480, 620, 350, 210, 90)
n <- rbind(c(30, 44, 25, 16, 9), c(52, 31, 28, 12, 10), c(18, 1, 40, 20, 8), c(25, 25, 25, 25, 25), c(61, 70, 33, 14, 0), c(2, 40, 1, 30, 12))
m <- round(rbind(c(.41, .52, .6, .7, .5), c(.4, .5, .62, .71, .55), c(.43, 1, .57, .68, .4), c(.44, .53, .58, .66, .52), c(.45, .55, .6, .69, 0), c(.5, .56, 0, .72, .49)), 2)
m[n == 0] <- NA
# Which strata stand for one, by hand from the rule with least = 5.
into <- list(1:5, 1:5, c(1, 2, 2, 3, 4), 1:5, c(1, 2, 3, 4, 4), c(1, 1, 2, 2, 3))
y <- w <- merged <- numeric(6)
library(survey)
for (i in 1:6) {
  g <- into[[i]]; nn <- tapply(n[i, ], g, sum); NN <- tapply(N, g, sum)
  mm <- tapply(ifelse(n[i, ] > 0, n[i, ] * m[i, ], 0), g, sum) / nn; W <- NN / sum(NN)
  y[i] <- sum(W * mm); w[i] <- 1 / sum(W^2 / nn); merged[i] <- 5 - length(nn)
  # survey: everybody of a merged stratum has its mean, so svymean is ours
  d <- data.frame(y = rep(mm, nn), g = factor(rep(seq_along(nn), nn)))
  ps <- postStratify(svydesign(~1, data = d, weights = rep(1, nrow(d))), ~g, data.frame(g = factor(seq_along(nn)), Freq = as.numeric(NN)))
  close(coef(svymean(~y, ps)), y[i], "svymean")
  close(sum(weights(ps))^2 / sum(weights(ps)^2), w[i], "Kish")
}
cells <- expand.grid(stratum = 1:5, wave = 2019:2024)
cells$n <- as.vector(t(n)); cells$mean <- as.vector(t(m)); cells <- cells[cells$n > 0, c("wave", "stratum", "mean", "n")]
emit("poststratify-waves", "poststratify",
     list("waves.csv" = cells, "population.csv" = data.frame(stratum = 1:5, N)),
     one(list(least = 5)), list(wave = as.character(2019:2024), y = y, n_effective = w, merged = merged),
     c("survey postStratify + svymean", "Kish's effective sample size of its weights"))
