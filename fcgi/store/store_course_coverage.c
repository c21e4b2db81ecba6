/*
 * store_course_coverage.c: which themes courses treat, and for whom.
 */
#include "store/store_course.h"

/* A course that is merely open to a tier was not made for it. */
#define COVERAGE(tier, join)                                               \
	"SELECT x.theme_code, " tier ", COUNT(DISTINCT c.id),"             \
	" COUNT(DISTINCT s.id) FROM course c"                              \
	" JOIN course_theme x ON x.version_id = c.version_id" join         \
	" LEFT JOIN session s ON s.course_id = c.id AND s.fiscal_year = ?" \
	"  AND s.state IN ('open', 'held')"                                \
	" WHERE c.is_retired = 0 GROUP BY x.theme_code, " tier

#define FOR_TIERS                                            \
	" JOIN course_tier t ON t.version_id = c.version_id" \
	" AND t.demand <> 'open'"

static const struct db_query coverage = {
	.name = "course_coverage",
	.sql = COVERAGE("t.tier_code", FOR_TIERS) " UNION ALL " COVERAGE("''",
									 ""),
	.row_size = sizeof(struct course_coverage),
	.cols = { COL(struct course_coverage, theme_code),
		  COL(struct course_coverage, tier_code),
		  COL(struct course_coverage, courses),
		  COL(struct course_coverage, sessions) },
	.ncols = 4,
};

const struct db_query *const store_course_coverage_queries[] = { &coverage,
								 NULL };

enum err store_course_coverage(struct ctx *cx, int64_t year,
			       const struct course_coverage **rows, size_t *n)
{
	return db_all(cx, &coverage, ARGS(db_i64(year), db_i64(year)), rows, n);
}
