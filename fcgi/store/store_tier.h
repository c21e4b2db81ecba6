/*
 * store_tier.h: 階層, skills, the levels a tier is expected to have, themes.
 *
 * Tiers belong to a scheme of a fiscal year; the scheme in force in a year
 * is the newest one that began in it or before. Errors are those of db.h.
 */
#ifndef STORE_STORE_TIER_H
#define STORE_STORE_TIER_H

#include "db/db.h"

struct tier {
	int64_t id, scheme_id;
	const char *code; /* T1 ... */
	int64_t sort;     /* 1: highest */
	const char *name, *name_en;
	const char *who, *who_en;
	const char *role_text, *role_text_en; /* a line per point */
	int64_t is_priority;
	int64_t headcount;  /* DB_NULL: the city states none */
	int64_t is_default; /* 1: 標準設定（要編集） */
};

struct skill {
	int64_t id;
	const char *code; /* M B D E A P S H */
	int64_t sort;
	const char *name, *name_en;
	const char *description, *description_en;
};

struct tier_skill {
	const char *tier_code, *skill_code;
	int64_t level; /* 0 to 4 */
};

struct theme {
	const char *code;
	int64_t sort;
	const char *name, *name_en;
};

/* Tiers of the scheme in force in the fiscal year, highest first. */
enum err store_tiers(struct ctx *cx, int fiscal_year, const struct tier **tiers,
		     size_t *n) MUST_USE;
enum err store_tier_by_id(struct ctx *cx, int64_t id,
			  struct tier *tier) MUST_USE;

enum err store_skills(struct ctx *cx, const struct skill **skills,
		      size_t *n) MUST_USE;

/* The matrix of the scheme in force in the fiscal year. */
enum err store_tier_skills(struct ctx *cx, int fiscal_year,
			   const struct tier_skill **cells, size_t *n) MUST_USE;

enum err store_themes(struct ctx *cx, const struct theme **themes,
		      size_t *n) MUST_USE;

/*
 * Content: written again and again with the same result. A scheme, skill or
 * theme that is known by its code is brought up to date, else added.
 */
struct tier_scheme_new {
	const char *code, *name, *name_en;
	int fiscal_year;
	const char *adopted_on; /* ISO day or NULL */
	bool is_default;
};
enum err store_tier_scheme_put(struct ctx *cx,
			       const struct tier_scheme_new *scheme,
			       int64_t *id) MUST_USE;
enum err store_tier_put(struct ctx *cx, const struct tier *tier) MUST_USE;
enum err store_skill_put(struct ctx *cx, const struct skill *skill) MUST_USE;
enum err store_tier_skill_put(struct ctx *cx, int64_t scheme_id,
			      const struct tier_skill *cell) MUST_USE;
enum err store_theme_put(struct ctx *cx, const struct theme *theme) MUST_USE;

extern const struct db_query *const store_tier_queries[];

#endif
