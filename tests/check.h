/*
 * check.h: TAP output for the C tests, read by prove(1).
 *
 * A test is a program: CHECK() as often as needed, then
 * "return check_done();". A failed check says its expression, file and line
 * and the program goes on; the exit status is 1 if any failed.
 */
#ifndef CHECK_H
#define CHECK_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int check_count, check_failures;

static inline bool check_(bool good, const char *what, const char *file,
			  int line)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++check_count, what);
	if (!good) {
		check_failures++;
		printf("# %s:%d\n", file, line);
	}
	return good;
}

static inline bool check_near_(double got, double want, double tol,
			       const char *what, const char *file, int line)
{
	/* The same rule as the golden files: absolute below 1, relative above.
	 */
	const double size = fabs(want) > 1.0 ? fabs(want) : 1.0;
	const bool good = fabs(got - want) <= tol * size;

	if (!check_(good, what, file, line))
		printf("# got %.17g, want %.17g\n", got, want);
	return good;
}

static inline bool check_text_(const char *got, const char *want,
			       const char *what, const char *file, int line)
{
	const bool good = got && want ? !strcmp(got, want) : got == want;

	if (!check_(good, what, file, line))
		printf("# got  %s\n# want %s\n", got ? got : "(null)",
		       want ? want : "(null)");
	return good;
}

/* The condition holds. */
#define CHECK(cond) check_((cond), #cond, __FILE__, __LINE__)

/* The condition holds; the sentence says what that proves. */
#define CHECK_THAT(cond, sentence) \
	check_((cond), (sentence), __FILE__, __LINE__)

/* |got - want| <= tol * max(1, |want|). */
#define CHECK_NEAR(got, want, tol) \
	check_near_((got), (want), (tol), #got, __FILE__, __LINE__)

/* Two strings are equal; NULL equals only NULL. */
#define CHECK_TEXT(got, want) \
	check_text_((got), (want), #got, __FILE__, __LINE__)

/* Leave this many checks out, with a clear word why. */
static inline void check_skip(const char *why)
{
	printf("ok %d # SKIP %s\n", ++check_count, why);
}

static inline int check_done(void)
{
	printf("1..%d\n", check_count);
	return check_failures ? 1 : 0;
}

#endif
