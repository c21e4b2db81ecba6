/*
 * analysis.h: everything the answers can say about a session, a course or a
 * fiscal year, computed by a job and kept until new answers come.
 *
 * A dashboard (insight/) is read while somebody waits; what takes longer
 * (bootstrap, item response theory, texts) is a *part* of an analysis. Each
 * part is one function in a file of its own, analysis_<part>.c: answers in, a
 * JSON object out. The object is what is kept, so it holds no language (texts
 * are {"ja","en"} pairs, methods and statuses are their machine words) and
 * nothing that has not passed the gate: what may not be shown is not kept.
 *
 * The object of a part always has
 *   "status"  "ok", or why there is nothing ("too_few", "suppressed", ...)
 *   "n"       people it rests on; "least" people needed, when too few
 * and the members its file describes. Numbers that are not defined are null.
 */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "insight/answers.h"
#include "insight/gate.h"

#include <jansson.h>

/* What an analysis is about; a scope has one kept analysis at most. */
enum analysis_scope {
	ANALYSIS_SESSION = 1,
	ANALYSIS_COURSE = 2, /* all held sessions of it */
	ANALYSIS_YEAR = 4    /* the programme of a fiscal year */
};

/* Told how far all is, in percent; may stop it by an error. */
typedef enum err analysis_progress(struct ctx *cx, int percent, void *arg);

/*
 * What a part works on. set holds only answers of sessions that may be
 * counted (answers_parts.h); a part that needs more of the database reads it
 * through store/. seed is the same for the same scope, so a second run gives
 * the same digits. Memory is cx->arena.
 */
struct analysis_work {
	struct ctx *cx;
	const struct gate *g;
	enum analysis_scope scope;
	int64_t scope_id; /* session or course id, or the fiscal year */
	const struct answers_of *of;
	const struct answers_set *set;
	uint64_t seed;
	/* the parts before this one, by name: summaries read them */
	const json_t *before;
	/* who is told how far it is (analysis_tell); NULL: nobody */
	const struct analysis_steps *steps;
};

/* Fill out (an empty object). An error ends the whole analysis. */
typedef enum err analysis_fn(const struct analysis_work *w, json_t *out);

/* One row of the table of parts (analysis_parts.c), ended by { NULL }. */
struct analysis_part {
	const char *name; /* member of the result, partial _analysis_<name> */
	unsigned scopes;  /* enum analysis_scope, added up */
	analysis_fn *function;
};
extern const struct analysis_part analysis_parts[];

/*
 * Compute all parts of a scope. *result: {"parts":{NAME:{...}},
 * "ms":{NAME:milliseconds},"sheets":n,"pairs":n,"is_synthetic":bool}, in
 * cx->arena. Of what is not there it is the analysis of no answers. progress
 * may be NULL.
 */
enum err analysis_run(struct ctx *cx, enum analysis_scope scope,
		      int64_t scope_id, analysis_progress *progress, void *arg,
		      json_t **result) MUST_USE;

/* A long part says how far it is (share 0..1 of the part). */
enum err analysis_tell(const struct analysis_work *w, double share) MUST_USE;

/* The parts, in the order of the page. */
analysis_fn analysis_people;      /* who answered, and for whom it speaks */
analysis_fn analysis_change;      /* attrition, power, reliable change */
analysis_fn analysis_items;       /* difficulty, discrimination, verdicts */
analysis_fn analysis_reliability; /* alpha, omega, standard error */
analysis_fn analysis_ability;     /* one scale over all sessions */
analysis_fn analysis_selfrating;  /* self-ratings against the test */
analysis_fn analysis_fairness;    /* items that favour a tier */
analysis_fn analysis_groups;      /* tiers and units compared */
analysis_fn analysis_needs;       /* intervals, stability, agreement */
analysis_fn analysis_drivers;     /* what satisfaction goes with */
analysis_fn analysis_texts;       /* terms, network, themes, comments */
analysis_fn analysis_trend;       /* over sessions, three years ahead */
analysis_fn analysis_summary;     /* what to act on, from the parts above */

/* ---- writing the JSON (analysis_json.c) --------------------------------- */

/* A number, null when NAN. */
void analysis_number(json_t *o, const char *key, double value);

/* A whole number; how many; yes or no; a word of the code ("" for NULL). */
void analysis_int(json_t *o, const char *key, int64_t n);
void analysis_count(json_t *o, const char *key, size_t n);
void analysis_flag(json_t *o, const char *key, bool is);
void analysis_word(json_t *o, const char *key, const char *word);

/* {"value","lo","hi","n","base","missing","method","status"} */
void analysis_figure(json_t *o, const char *key, const struct figure *f);

/* {"ja","en"} */
void analysis_text(json_t *o, const char *key, struct bilingual text);

/* A new list or object at the key; a new object at the end of a list. */
json_t *analysis_list(json_t *o, const char *key);
json_t *analysis_object(json_t *o, const char *key);
json_t *analysis_row(json_t *list);

/* The part has nothing to show: why, of how many, of how many it needs. */
enum err analysis_nothing(json_t *out, enum an_status status, size_t n,
			  size_t least);

/* The part can be shown: status "ok" and n. */
void analysis_ok(json_t *out, size_t n);

#endif
