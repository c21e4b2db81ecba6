/*
 * analysis_run.c: the answers read once, then part by part.
 */
#include "analysis/analysis_keep.h"

#include "base/clock.h"
#include "insight/answers_parts.h"

/* Who listens, and how many parts are done of all. */
struct analysis_steps {
	analysis_progress *progress;
	void *arg;
	size_t done, all;
};

static enum err tell(struct ctx *cx, const struct analysis_steps *s,
		     double share)
{
	if (!s || !s->progress)
		return OK;
	return s->progress(
		cx, (int)(100.0 * ((double)s->done + share) / (double)s->all),
		s->arg);
}

enum err analysis_tell(const struct analysis_work *w, double share)
{
	return tell(w->cx, w->steps, share);
}

static size_t count_parts(enum analysis_scope scope)
{
	size_t n = 0;

	for (const struct analysis_part *p = analysis_parts; p->name; p++)
		n += p->scopes & (unsigned)scope ? 1 : 0;
	return n;
}

static enum err run_parts(const struct analysis_work *w,
			  struct analysis_steps *steps, json_t *parts,
			  json_t *ms)
{
	for (const struct analysis_part *p = analysis_parts; p->name; p++) {
		const int64_t began = clock_real();
		json_t *out;

		if (!(p->scopes & (unsigned)w->scope))
			continue;
		out = analysis_object(parts, p->name);
		TRY(p->function(w, out));
		analysis_int(ms, p->name, clock_real() - began);
		steps->done++;
		TRY(tell(w->cx, steps, 0.0));
	}
	return OK;
}

enum err analysis_run(struct ctx *cx, enum analysis_scope scope,
		      int64_t scope_id, analysis_progress *progress, void *arg,
		      json_t **result)
{
	const struct gate g = gate_read(cx);
	const struct answers_of of = analysis_answers(scope, scope_id);
	struct analysis_steps steps = { progress, arg, 0, count_parts(scope) };
	struct answers_set set;
	struct analysis_work work = {
		.cx = cx,
		.g = &g,
		.scope = scope,
		.scope_id = scope_id,
		.of = &of,
		.set = &set,
		.seed = (uint64_t)scope_id * 8 + (uint64_t)scope,
		.steps = &steps,
	};
	json_t *parts, *ms;

	TRY(answers_read(cx, &of, &set));
	if (scope != ANALYSIS_SESSION)
		answers_countable(cx, &g, &set);
	*result = json_object();
	parts = analysis_object(*result, "parts");
	ms = analysis_object(*result, "ms");
	work.before = parts;
	analysis_count(*result, "sheets", set.nsheets);
	analysis_count(*result, "pairs", set.npairs);
	analysis_flag(*result, "is_synthetic", set.is_synthetic);
	return run_parts(&work, &steps, parts, ms);
}
