/*
 * analysis_keep.c: the manual is analysis_keep.h.
 */
#include "analysis/analysis_keep.h"

#include "base/clock.h"
#include "base/text.h"

static const struct {
	enum analysis_scope scope;
	const char *word;
} words[] = {
	{ ANALYSIS_SESSION, "session" },
	{ ANALYSIS_COURSE, "course" },
	{ ANALYSIS_YEAR, "year" },
};

const char *analysis_scope_word(enum analysis_scope scope)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].scope == scope)
			return words[i].word;
	return "";
}

bool analysis_scope_from(const char *word, enum analysis_scope *scope)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_equals(words[i].word, word)) {
			*scope = words[i].scope;
			return true;
		}
	return false;
}

struct answers_of analysis_answers(enum analysis_scope scope, int64_t scope_id)
{
	return (struct answers_of){
		.session_id = scope == ANALYSIS_SESSION ? scope_id : 0,
		.course_id = scope == ANALYSIS_COURSE ? scope_id : 0,
		.fiscal_year = scope == ANALYSIS_YEAR ? scope_id : 0,
	};
}

const char *analysis_rules(struct ctx *cx, const struct gate *g)
{
	return arena_printf(&cx->arena, "methods=%d k_score=%zu k_opinion=%zu",
			    ANALYSIS_METHODS, g->k_score, g->k_opinion);
}

enum err analysis_compute(struct ctx *cx, enum analysis_scope scope,
			  int64_t scope_id, analysis_progress *progress,
			  void *arg, json_t **ms)
{
	const struct answers_of of = analysis_answers(scope, scope_id);
	const struct gate g = gate_read(cx);
	struct analysis_kept kept = { .scope = analysis_scope_word(scope),
				      .scope_id = scope_id,
				      .rules = analysis_rules(cx, &g),
				      .computed_ms = cx->now_ms };
	json_t *result;

	/* First the stamp: what comes in from now on makes the result old. */
	TRY(store_analysis_stamp(cx, &of, &kept.stamp));
	if (!kept.stamp.sheets)
		return FAIL(cx, ERR_NOT_FOUND, "nobody has answered in %s %lld",
			    kept.scope, (long long)scope_id);
	TRY(analysis_run(cx, scope, scope_id, progress, arg, &result));
	kept.result = json_dumps(result, JSON_COMPACT);
	if (!kept.result)
		return FAIL(cx, ERR_INTERNAL, "the result is no JSON");
	if (ms)
		*ms = json_object_get(result, "ms");
	return store_analysis_keep(cx, &kept);
}

enum err analysis_queue_due(struct ctx *cx, struct analysis_due due,
			    int64_t *queued)
{
	const struct gate g = gate_read(cx);
	const int64_t *ids;
	size_t n;

	due.rules = analysis_rules(cx, &g);
	TRY(store_analysis_due(cx, &due, &ids, &n));
	for (size_t i = 0; i < n; i++) {
		const struct analysis_wish wish = { due.scope, ids[i], 0 };
		bool added;

		TRY(store_analysis_queue(cx, &wish, NULL, &added));
		*queued += added ? 1 : 0;
	}
	return OK;
}

static bool is_over(const char *job_state)
{
	return text_equals(job_state, "done") ||
	       text_equals(job_state, "failed");
}

static enum analysis_state state_of(const struct analysis_standing *s,
				    const struct analysis_row *row)
{
	int64_t ended = 0, kept = 0;

	if (row->job_state && !is_over(row->job_state))
		return text_equals(row->job_state, "running")
			       ? ANALYSIS_RUNNING
			       : ANALYSIS_WAITING;
	if (!s->now.sheets)
		return ANALYSIS_EMPTY;
	/* A failure counts until something newer is kept. */
	if (text_equals(row->job_state, "failed") && row->job_ended_at &&
	    instant_from_db(row->job_ended_at, &ended) &&
	    (!row->computed_at ||
	     (instant_from_db(row->computed_at, &kept) && kept < ended)))
		return ANALYSIS_FAILED;
	if (!s->computed_ms)
		return ANALYSIS_NEVER;
	return row->last_id == s->now.last_id ? ANALYSIS_CURRENT : ANALYSIS_OLD;
}

static const char *name_of(struct ctx *cx, enum analysis_scope scope,
			   int64_t scope_id, const struct analysis_row *row)
{
	return arena_printf(&cx->arena, "%s %lld %lld %lld %s %s",
			    analysis_scope_word(scope), (long long)scope_id,
			    (long long)row->sheets, (long long)row->last_id,
			    row->rules, row->computed_at);
}

enum err analysis_stand(struct ctx *cx, const struct gate *g,
			enum analysis_scope scope, int64_t scope_id,
			struct analysis_standing *s)
{
	const struct answers_of of = analysis_answers(scope, scope_id);
	struct analysis_row row = { .job_id = DB_NULL };
	bool found;

	*s = (struct analysis_standing){ 0 };
	TRY(store_analysis_find(cx, analysis_scope_word(scope), scope_id, &row,
				&found));
	TRY(store_analysis_last(cx, &of, &s->now.last_id));
	if (found && row.computed_at) {
		s->other_rules = !text_equals(row.rules, analysis_rules(cx, g));
		if (!s->other_rules &&
		    instant_from_db(row.computed_at, &s->computed_ms))
			s->name = name_of(cx, scope, scope_id, &row);
	}
	/* Counting costs more, and a current one has been counted. */
	s->now.sheets = row.sheets;
	if (s->now.last_id != row.last_id)
		TRY(store_analysis_stamp(cx, &of, &s->now));
	if (s->computed_ms)
		s->newer = s->now.sheets - row.sheets;
	s->job_id = row.job_id == DB_NULL ? 0 : row.job_id;
	s->progress = row.job_progress;
	s->state = state_of(s, &row);
	return OK;
}
