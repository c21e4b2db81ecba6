/*
 * store_course.h: 研修, the catalogue.
 *
 * A course is known by its code and shows its current version. What lists
 * need stands in columns; the whole text is JSON in definition (made by
 * load/course_json.c, which documents its shape). Instants are database text
 * in UTC (see clock.h). Errors are those of db.h.
 */
#ifndef STORE_STORE_COURSE_H
#define STORE_STORE_COURSE_H

#include "db/db.h"

struct course {
	int64_t id, version_id, version_no;
	const char *code;
	const char *title, *title_en;
	const char *summary, *summary_en;
	const char *form;  /* classroom elearning workshop handson blended */
	const char *level; /* concept practice skill */
	int64_t minutes, meetings, seats;
	int64_t cost_per_run;   /* yen */
	const char *approval;   /* none head */
	const char *definition; /* JSON; only of store_course_by_* */
};

/* An entry of the list, seen by a person of one tier. */
struct course_item {
	struct course course;
	const char *demand; /* required recommended open; NULL: not for them */
	int64_t next_id;    /* next session to apply for, or DB_NULL */
	const char *next_starts_at;
	int64_t next_left; /* free seats there */
	int64_t total;     /* entries of the whole result, for paging */
};

/* What to list. Empty text: any. */
struct course_filter {
	const char *tier_code; /* of the viewer: sorts and labels by it */
	bool only_tier;        /* only courses with a demand for that tier */
	const char *theme, *form, *skill, *level;
	bool with_seats;    /* only with free seats in a session to come */
	const char *search; /* as typed; compared by text_search_key */
	int64_t limit, offset;
};

/*
 * The catalogue for a viewer at cx->now_ms: required first, then
 * recommended, open, the rest; inside by order of the catalogue. One statement.
 */
enum err store_course_list(struct ctx *cx, const struct course_filter *filter,
			   const struct course_item **items,
			   size_t *n) MUST_USE;

/* The current version; ERR_NOT_FOUND for unknown and retired courses. */
enum err store_course_by_code(struct ctx *cx, const char *code,
			      struct course *course) MUST_USE;
enum err store_course_by_id(struct ctx *cx, int64_t id,
			    struct course *course) MUST_USE;

/* Every course that is offered, by order of the catalogue, no definition. */
enum err store_course_all(struct ctx *cx, const struct course **courses,
			  size_t *n) MUST_USE;

/* For whom, what it raises, what it treats: of one version, or (id DB_NULL)
 * of the current versions of all courses. */
struct course_tier {
	int64_t course_id;
	const char *tier_code, *demand;
};
struct course_skill {
	int64_t course_id;
	const char *skill_code;
	int64_t level; /* 1 to 4 */
};
struct course_theme {
	int64_t course_id;
	const char *theme_code;
};
enum err store_course_tiers(struct ctx *cx, int64_t version_id,
			    const struct course_tier **rows,
			    size_t *n) MUST_USE;
enum err store_course_skills(struct ctx *cx, int64_t version_id,
			     const struct course_skill **rows,
			     size_t *n) MUST_USE;

/* Courses that raise a skill and are for a tier ("": any), those that raise
 * nothing else first. */
enum err store_course_for_skill(struct ctx *cx, const char *skill_code,
				const char *tier_code,
				const struct course_skill **rows,
				size_t *n) MUST_USE;
enum err store_course_themes(struct ctx *cx, int64_t version_id,
			     const struct course_theme **rows,
			     size_t *n) MUST_USE;

/* A course to take before, and whether the person has done it. */
struct course_before {
	const char *code, *title, *title_en;
	int64_t is_done; /* attended, see store_course_done rule below */
};

/*
 * Done means: booked in a session that is over, and present in at least one
 * meeting (a row of attendance with minutes > 0).
 */
enum err store_course_prerequisites(struct ctx *cx, int64_t version_id,
				    int64_t person_id,
				    const struct course_before **rows,
				    size_t *n) MUST_USE;

/* A course for the home page and why. */
struct course_advice {
	const char *code, *title, *title_en, *summary, *summary_en;
	const char *demand;
	const char *form, *level;
	int64_t minutes;
	const char *skill_name, *skill_name_en; /* the tier expects more here */
	const char *after_title, *after_title_en; /* done course it follows, or
						   * NULL */
	int64_t next_id;
	const char *next_starts_at;
	int64_t next_left;
};

/*
 * Up to limit courses of the person's tier that the person has neither done
 * nor booked, best first: required before recommended, prerequisites done,
 * a session to come.
 */
enum err store_course_advice(struct ctx *cx, int64_t person_id, int64_t tier_id,
			     int64_t limit, const struct course_advice **rows,
			     size_t *n) MUST_USE;

/* What somebody has done so far, for the home page. */
struct course_record {
	int64_t courses; /* done, see above */
	int64_t minutes; /* present, all meetings together */
	int64_t surveys; /* answered */
};
enum err store_course_record(struct ctx *cx, int64_t person_id,
			     struct course_record *record) MUST_USE;

/* A course as content says it; arrays may be empty. */
struct course_text {
	struct course course; /* id, version_id, version_no are not read */
	int64_t sort;
	const char *document;        /* XML as handed in */
	const unsigned char *sha256; /* 32 bytes, of document */
	const char *search_key;
	const struct course_tier *tiers;
	size_t ntiers;
	const struct course_skill *skills;
	size_t nskills;
	const char *const *themes;
	size_t nthemes;
	const char *const *before; /* codes of prerequisites */
	size_t nbefore;
};

/*
 * Publish a course: nothing if its current version has the same sha256
 * (*is_new false), else a new version that becomes the current one. Call
 * inside db_transact().
 */
enum err store_course_publish(struct ctx *cx, const struct course_text *text,
			      int64_t *version_id, bool *is_new) MUST_USE;

/*
 * How many courses treat a theme, made for a tier (required or recommended),
 * and how many of their sessions of a fiscal year are open or were held. A row
 * with tier_code "" counts each course once, whomever it is for. Themes and
 * tiers without courses have no row.
 */
struct course_coverage {
	const char *theme_code, *tier_code;
	int64_t courses, sessions;
};
enum err store_course_coverage(struct ctx *cx, int64_t year,
			       const struct course_coverage **rows,
			       size_t *n) MUST_USE;

extern const struct db_query *const store_course_coverage_queries[];
extern const struct db_query *const store_course_queries[];
extern const struct db_query *const store_course_advice_queries[];
extern const struct db_query *const store_course_done_queries[];
extern const struct db_query *const store_course_publish_queries[];

#endif
