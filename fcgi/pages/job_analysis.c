/*
 * job_analysis.c: the job kind "analysis".
 *
 * input {"scope":"session","id":12} (course, year: the fiscal year). The
 * result is kept by analysis/analysis_keep.h; that of the job is
 * {"ms":{"items":120,...}}. When what is kept is current already, as after a
 * crash between keeping and saying so, nothing is computed and ms is empty.
 */
#include "pages/job_analysis.h"

#include "analysis/analysis_keep.h"
#include "base/clock.h"
#include "base/log.h"

#define QUIET_MS (10 * MINUTE_MS) /* nobody has answered for so long */
#define YEAR_MS  (60 * MINUTE_MS) /* between two analyses of a year */
#define LOOK_MS  (10 * MINUTE_MS) /* between looks without new answers */
#define AT_ONCE  5                /* scopes of a kind in one round */

static enum err progress(struct ctx *cx, int percent, void *arg)
{
	if (jobs_asked_to_end())
		return FAIL(cx, ERR_BUSY, "the process was asked to end");
	return job_progress(cx, arg, percent);
}

/* One line with the time of every part, for whoever looks for slow ones. */
static void log_parts(struct ctx *cx, const char *scope, int64_t id, json_t *ms)
{
	const char *name, *parts = "";
	json_t *value;
	int64_t all = 0;

	json_object_foreach(ms, name, value) {
		all += json_integer_value(value);
		parts = arena_printf(&cx->arena, "%s %s=%lld", parts, name,
				     (long long)json_integer_value(value));
	}
	log_event("analysis", "id=%s scope=%s of=%lld ms=%lld%s",
		  cx->request_id, scope, (long long)id, (long long)all, parts);
}

enum err job_analysis(struct ctx *cx, struct job_run *run)
{
	const json_t *input = json_loads(run->input, 0, NULL);
	const char *word = json_string_value(json_object_get(input, "scope"));
	const int64_t id = json_integer_value(json_object_get(input, "id"));
	const struct gate g = gate_read(cx);
	struct analysis_standing s;
	enum analysis_scope scope;
	json_t *ms;

	if (!word || !analysis_scope_from(word, &scope) || id <= 0)
		return FAIL(cx, ERR_BAD_REQUEST,
			    "an analysis needs a scope and its number");
	TRY(analysis_stand(cx, &g, scope, id, &s));
	if (s.computed_ms && !s.newer)
		return OK;
	TRY(analysis_compute(cx, scope, id, progress, run, &ms));
	log_parts(cx, word, id, ms);
	run->result = arena_printf(&cx->arena, "{\"ms\":%s}",
				   json_dumps(ms, JSON_COMPACT));
	return OK;
}

static enum err queue_due(struct ctx *cx, const char *scope, int64_t since_ms,
			  int64_t *queued)
{
	const struct analysis_due due = {
		.scope = scope,
		.answered_ms = cx->now_ms - QUIET_MS,
		.computed_ms = cx->now_ms - since_ms,
		.most = AT_ONCE,
	};

	return analysis_queue_due(cx, due, queued);
}

enum err job_analysis_round(struct ctx *cx, struct analysis_round *round,
			    int64_t *queued)
{
	int64_t newest;

	*queued = 0;
	TRY(store_analysis_newest(cx, &newest));
	if (newest == round->newest && clock_real() < round->next_ms)
		return OK;
	TRY(queue_due(cx, "session", QUIET_MS, queued));
	TRY(queue_due(cx, "course", QUIET_MS, queued));
	TRY(queue_due(cx, "year", YEAR_MS, queued));
	round->newest = newest;
	round->next_ms = *queued ? 0 : clock_real() + LOOK_MS;
	return OK;
}
