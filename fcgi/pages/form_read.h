/*
 * form_read.h: fields that the forms of proposals and plans share.
 */
#ifndef PAGES_FORM_READ_H
#define PAGES_FORM_READ_H

#include "pages/insight_model.h"

/* Trimmed text of at most max characters; false and a problem if longer. */
bool form_read_text(const struct words *w, struct reply *rp, const char *name,
		    size_t max, const char **out);

/* Whole numbers; full-width digits and commas are fine. */
struct number_rule {
	int64_t min, max;
	bool must; /* empty is a problem; else DB_NULL */
};
bool form_read_number(const struct words *w, struct reply *rp, const char *name,
		      struct number_rule rule, int64_t *out);

/* A share in percent, 0 to 100, as 0..1; NAN when empty. */
bool form_read_percent(const struct words *w, struct reply *rp,
		       const char *name, double *out);

/* The fields course (row id; DB_NULL: none) and tier (NULL: all). */
enum err form_read_course(const struct words *w, int64_t *course_id) MUST_USE;
const char *form_read_tier(const struct words *w);

/* Lists courses[] and tiers[] {value label chosen} to choose from. */
enum err form_courses(const struct words *w, json_t *m,
		      int64_t chosen) MUST_USE;
enum err form_tiers(const struct words *w, json_t *m,
		    const char *chosen) MUST_USE;

/* "" for DB_NULL. */
const char *form_number_text(const struct words *w, int64_t number);

#endif
