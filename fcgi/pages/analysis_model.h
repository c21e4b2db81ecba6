/*
 * analysis_model.h: a kept analysis (analysis/analysis.h) as a page.
 *
 * Each part has a function here, a partial content/views/_analysis_<part> and
 * texts in an area of its own (content/lang/LANG/an_<part>.json). A part that
 * has nothing to show needs neither: the object it gets in the model says why
 *   { shown, n_text, why, ... } and, when shown, what its function adds.
 */
#ifndef PAGES_ANALYSIS_MODEL_H
#define PAGES_ANALYSIS_MODEL_H

#include "analysis/analysis.h"
#include "pages/insight_model.h"

/*
 * Fill m (the part's object in the model) from the kept part, whose status is
 * "ok"; charts: the page's charts, each name beginning with the part's.
 */
typedef void analysis_model_fn(const struct words *w, json_t *m,
			       const json_t *part, json_t *charts);

analysis_model_fn analysis_people_model, analysis_change_model,
	analysis_items_model, analysis_reliability_model,
	analysis_ability_model, analysis_selfrating_model,
	analysis_fairness_model, analysis_groups_model, analysis_needs_model,
	analysis_drivers_model, analysis_texts_model, analysis_trend_model,
	analysis_summary_model;

/* How it stands: state (its word), progress, newer answers, when computed. */
struct analysis_standing;
void analysis_model_state(const struct words *w, json_t *m,
			  const struct analysis_standing *s);

/* The part of this name in a result of analysis_run(); NULL: not of its scope.
 */
const json_t *analysis_part(const json_t *result, const char *name);

/*
 * Fill m with a part, under its name, and with its member charts. A part says
 * nothing of another.
 */
void analysis_model_part(const struct words *w, json_t *m, const char *name,
			 const json_t *result);

/* All parts, one after the other. */
void analysis_model(const struct words *w, json_t *m, const json_t *result);

/* Which analysis a request is about, once it is allowed to see it. */
struct analysis_place {
	enum analysis_scope scope;
	int64_t id;
	const char *path; /* of its page */
};

/*
 * Everything that what is kept for a place says, as this worker has it ready
 * (pages/ready.h) or from the database: for a view rendered (parts_html), for
 * JSON as text of its members; with sections, times and base_text. name: that
 * of analysis_stand(). ERR_NOT_FOUND when nothing is kept any more.
 */
enum err analysis_ready(const struct words *w, struct reply *rp,
			const struct analysis_place *p,
			const char *name) MUST_USE;

/* Reading what analysis_figure() and its like wrote. What is missing or of
 * another type is an empty figure, NAN, 0, "". */
struct figure kept_figure(const json_t *o, const char *key);
double kept_number(const json_t *o, const char *key);
int64_t kept_int(const json_t *o, const char *key);
bool kept_bool(const json_t *o, const char *key);
const char *kept_word(const json_t *o, const char *key);
const char *kept_text(const struct words *w, const json_t *o, const char *key);

/* Of a part, or of an object in one that begins like a part: is its status
 * "ok", and if not, why there is nothing to show. */
bool kept_is_ok(const json_t *o);
const char *kept_why(const struct words *w, const json_t *o);

/*
 * "What is this?" for the partial _what: m[key] = { title, read, formula,
 * source } from the texts <name>, <name>_read, <name>_formula, <name>_source
 * (name: "an_items.what_difficulty"), each at least a sentence.
 */
void model_what(const struct words *w, json_t *m, const char *key,
		const char *name);

#endif
