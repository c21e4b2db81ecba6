/*
 * analysis_texts_model.h: what pages about comments share.
 */
#ifndef PAGES_ANALYSIS_TEXTS_MODEL_H
#define PAGES_ANALYSIS_TEXTS_MODEL_H

#include "pages/analysis_model.h"

/* Of a kept part "texts": is the group a question of its own on the page? All
 * comments together are, when no question has themes and they do. */
bool texts_has_place(const json_t *part, const json_t *group);

/* What was asked; what a theme is called: 時間・増やす・操作. */
const char *texts_question(const struct words *w, const json_t *group);
const char *texts_theme_title(const struct words *w, const json_t *theme);

/* Members shown and why; true when there is something to show. The second: of
 * what needs so many comments, not people. */
bool texts_standing(const struct words *w, json_t *m, const json_t *kept);
bool texts_standing_on_comments(const struct words *w, json_t *m,
				const json_t *kept);

/* The network of words with its chart; the words of each tier. */
void texts_network_model(const struct words *w, json_t *m, const json_t *kept,
			 json_t *charts);
void texts_tiers_model(const struct words *w, json_t *m, const json_t *kept);

/* The requests among the comments of a group that has a place are shown. */
bool texts_has_requests(const json_t *group);

/* "said 3 times", "" for once. */
const char *texts_same(const struct words *w, const json_t *candidate);

/*
 * Candidates for typical comments that somebody found fit get "fit": true,
 * "by" (a name) and "at" (milliseconds). part: a kept part "texts", which is
 * changed; NULL is fine.
 */
enum err texts_mark_fit(struct ctx *cx, json_t *part) MUST_USE;

/* Call each for every candidate of a group, until it returns true. */
bool texts_each_candidate(json_t *group, bool (*each)(json_t *one, void *arg),
			  void *arg);

#endif
