/*
 * analysis_state_model.c: how a kept analysis stands, for the partial
 * _analysis_state and for the script that waits.
 */
#include "pages/analysis_model.h"

#include "analysis/analysis_keep.h"
#include "base/clock.h"
#include "view/model.h"
#include "view/texts.h"

static const char *const state_words[] = {
	[ANALYSIS_EMPTY] = "empty",     [ANALYSIS_NEVER] = "never",
	[ANALYSIS_WAITING] = "waiting", [ANALYSIS_RUNNING] = "running",
	[ANALYSIS_FAILED] = "failed",   [ANALYSIS_OLD] = "old",
	[ANALYSIS_CURRENT] = "current",
};

void analysis_model_state(const struct words *w, json_t *m,
			  const struct analysis_standing *s)
{
	const enum analysis_state state = s->state;
	struct arena *a = &w->cx->arena;
	const char *when = "";
	char iso[INSTANT_TEXT];

	if (s->computed_ms)
		when = instant_to_text(a, s->computed_ms, w->rq->lang,
				       DATE_LONG);
	model_text(m, "state", state_words[state]);
	model_bool(m, "is_empty", state == ANALYSIS_EMPTY);
	model_bool(m, "is_never", state == ANALYSIS_NEVER);
	model_bool(m, "is_computing",
		   state == ANALYSIS_WAITING || state == ANALYSIS_RUNNING);
	model_bool(m, "is_waiting", state == ANALYSIS_WAITING);
	model_bool(m, "is_failed", state == ANALYSIS_FAILED);
	model_bool(m, "is_old", state == ANALYSIS_OLD);
	model_bool(m, "other_rules", s->other_rules);
	model_int(m, "progress", s->progress);
	model_int(m, "job", s->job_id);
	model_int(m, "submissions", s->now.sheets);
	model_text(m, "submissions_text",
		   text_with_n(w, "analysis.answers", s->now.sheets));
	model_bool(m, "kept", s->computed_ms != 0);
	model_text(m, "computed_at",
		   s->computed_ms ? instant_to_iso(s->computed_ms, iso) : NULL);
	model_text(m, "computed_text",
		   s->computed_ms
			   ? text_fill(a,
				       request_text(w->rq, "analysis.computed"),
				       "when", when, NULL)
			   : "");
	model_text(
		m, "failed_text",
		text_fill(a, request_text(w->rq, "analysis.failed_help"), "job",
			  arena_printf(a, "%lld", (long long)s->job_id), NULL));
	model_text(m, "old_text",
		   text_fill(a, text_with_n(w, "analysis.newer", s->newer),
			     "when", when, NULL));
}
