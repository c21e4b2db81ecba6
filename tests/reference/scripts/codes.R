# codes.R: reference values of codes, by R 4.2.2 with package jsonlite: words
# found in lines and prop.test, nothing of ours.
# Run in this folder: Rscript codes.R
library(jsonlite)

dir <- file.path("..", "text-codes-kenshu")
tokens <- read.csv(file.path(dir, "tokens.csv"), colClasses = c("integer", "character"), encoding = "UTF-8")
book <- read.csv(file.path(dir, "book.csv"), colClasses = "character", encoding = "UTF-8")
n <- 40
# A document as one line of words between bars, so that a word is found whole.
line <- vapply(seq_len(n), function(d) paste0("|", paste(tokens$token[tokens$doc == d], collapse = "|"), "|"), "")
has <- function(word) grepl(paste0("|", word, "|"), line, fixed = TRUE)

part <- function(row) {
  found <- vapply(strsplit(row$words, " ")[[1]], has, logical(n))
  switch(row$need, any = apply(found, 1, any), all = apply(found, 1, all), not = !apply(found, 1, any))
}
codes <- unique(book$code)
matrix <- sapply(codes, function(code) {
  of <- book[book$code == code, ]
  rules <- sapply(unique(of$rule), function(r) {
    rows <- of[of$rule == r, ]
    Reduce(`&`, lapply(seq_len(nrow(rows)), function(i) part(rows[i, ])))
  })
  apply(rules, 1, any)
})
x <- unname(colSums(matrix))
wilson <- function(x, n) {
  # as prop.test without correction inverts the score test
  t(sapply(x, function(k) suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int[1:2])))
}
ci <- wilson(x, n)
expected <- list(code = codes, n = x, share = x / n, lo = ci[, 1], hi = ci[, 2],
                 docs = lapply(codes, function(c) which(matrix[, c])), n_documents = unbox(n),
                 uncoded = unbox(sum(!apply(matrix, 1, any))), status = unbox("ok"))
all <- list(case = unbox("text-codes-kenshu"), method = unbox("codes"), inputs = c("tokens.csv", "book.csv"),
            options = list(n_documents = unbox(n)), tolerance = list(default = unbox(1e-9)),
            source = unbox("invented comments"), licence = unbox("CC0 (invented for this project)"),
            verified_by = c("R sets", "prop.test"), expected = expected)
writeLines(toJSON(all, digits = NA, pretty = TRUE), file.path(dir, "expected.json"))
