/*
 * course_words.h: how pages say what a course is.
 *
 * Words of the database (classroom, required, ...) and figures become texts
 * of the visitor's language here, so they read the same on the home page, in
 * the catalogue and on the course page. Texts: content/lang/.../course.json.
 */
#ifndef PAGES_COURSE_WORDS_H
#define PAGES_COURSE_WORDS_H

#include "http/http.h"
#include "store/store_course.h"

/* Texts of the words of course_version and course_tier; "" for others. */
const char *course_form_text(const struct request *rq, const char *form);
const char *course_level_text(const struct request *rq, const char *level);
const char *course_demand_text(const struct request *rq, const char *demand);

/* Class of the tag of a demand: must, should, open. */
const char *course_demand_tag(const char *demand);

/* "2時間30分" / "2 h 30 min". */
const char *course_minutes_text(struct ctx *cx, const struct request *rq,
				int64_t minutes);

/* "残り12席", or that there is only a waiting list. */
const char *course_left_text(struct ctx *cx, const struct request *rq,
			     int64_t left);

/* One {n} of a text filled with a count. */
const char *course_count_text(struct ctx *cx, const struct request *rq,
			      const char *key, int64_t n);

/*
 * The next session of a course: next_starts_at (ISO), next_day_text,
 * next_left, left_text, is_full; all null without one.
 */
void course_next_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			  const char *starts_at, int64_t left);

#endif
