/*
 * session_view.c: the parts put together, and a course over its sessions.
 */
#include "insight/session_view.h"

#include "insight/answers_parts.h"
#include "insight/summary.h"
#include "store/store_funnel.h"

#include <string.h>

static bool is_this(int64_t session_id, const void *arg)
{
	return session_id == *(const int64_t *)arg;
}

/* A copy of the set that answers_keep() may narrow. */
static struct answers_set copy_of(struct ctx *cx, const struct answers_set *set)
{
	struct answers_set copy = *set;

	if (set->nsheets)
		copy.sheets = arena_memdup(&cx->arena, set->sheets,
					   set->nsheets * sizeof(*set->sheets));
	if (set->npairs)
		copy.pairs = arena_memdup(&cx->arena, set->pairs,
					  set->npairs * sizeof(*set->pairs));
	return copy;
}

static void read_part(struct ctx *cx, const struct gate *g,
		      const struct answers_set *set, int64_t session_id,
		      struct part_view *p)
{
	struct answers_set own = copy_of(cx, set);
	struct score_view score;
	const struct column *whole;
	size_t n;

	answers_keep(&own, is_this, &session_id);
	view_score(cx, g, &own, &score);
	whole = answers_columns(cx, &own, MOMENT_POST, MEASURES_OVERALL, &n);
	*p = (struct part_view){ .session_id = session_id,
				 .before = score.before,
				 .after = score.after,
				 .change = score.change,
				 .gain = score.gain,
				 .overall = figure_none("t", AN_EMPTY) };
	if (n)
		p->overall =
			view_scale(cx, g, &own, MOMENT_POST, &whole[0]).mean;
}

static void name_parts(struct session_view *v,
		       const struct funnel_session *rows, size_t n)
{
	for (size_t i = 0; i < v->nparts; i++)
		for (size_t k = 0; k < n; k++)
			if (rows[k].session_id == v->parts[i].session_id) {
				v->parts[i].starts_at = rows[k].starts_at;
				v->parts[i].fiscal_year = rows[k].fiscal_year;
				v->parts[i].run_no = rows[k].run_no;
			}
}

/* Each session on its own, then the course's set narrowed. */
static enum err read_parts(struct ctx *cx, const struct gate *g,
			   struct answers_set *set, int64_t course_id,
			   struct session_view *v)
{
	const struct answers_parts *s = answers_parts(cx, g, set);
	const struct funnel_session *rows;
	size_t nrows;

	v->parts = ARENA_ARRAY(&cx->arena, struct part_view, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		if (!s->pairs[i] && !s->posts[i])
			continue;
		read_part(cx, g, set, s->ids[i], &v->parts[v->nparts++]);
		v->parts_out += s->in[i] ? 0 : 1;
	}
	answers_narrow(cx, g, set, s);
	TRY(store_funnel_sessions_of_course(cx, course_id, &rows, &nrows));
	name_parts(v, rows, nrows);
	return OK;
}

static enum err read_funnel(struct ctx *cx, const struct answers_of *of,
			    const struct answers_set *set,
			    struct session_view *v)
{
	struct funnel_row row;

	TRY(store_funnel(cx, of, &row));
	v->funnel =
		(struct funnel){ row.applied,          row.booked,
				 row.attended,         (int64_t)set->n_pre,
				 (int64_t)set->n_post, (int64_t)set->npairs };
	return OK;
}

enum err session_view_read(struct ctx *cx, const struct gate *g,
			   const struct answers_of *of, struct session_view *v)
{
	struct answers_set set;

	*v = (struct session_view){ 0 };
	TRY(answers_read(cx, of, &set));
	TRY(read_funnel(cx, of, &set, v));
	v->is_synthetic = set.is_synthetic;
	if (of->course_id)
		TRY(read_parts(cx, g, &set, of->course_id, v));
	view_score(cx, g, &set, &v->score);
	view_items(cx, g, &set, &v->items, &v->nitems);
	view_satisfaction(cx, g, &set, v);
	view_scale_pairs(cx, g, &set, MEASURES_SELF, &v->self, &v->nself);
	view_scale_pairs(cx, g, &set, MEASURES_ATTITUDE, &v->attitude,
			 &v->nattitude);
	view_needs(cx, g, &set, &v->needs, &v->nneeds, &v->needs_n);
	view_wants(cx, g, &set, set.n_post ? MOMENT_POST : MOMENT_PRE,
		   &v->wants, &v->nwants);
	return view_comments(cx, g, of, &set, &v->comments, &v->ncomments);
}

enum err profile_view_read(struct ctx *cx, const struct gate *g,
			   int64_t session_id, struct profile_view *v)
{
	const struct answers_of of = { .session_id = session_id };
	struct scale_list self, attitude;
	struct answers_set set;
	size_t only_pre;

	*v = (struct profile_view){ .score = figure_none("t", AN_EMPTY) };
	TRY(answers_read(cx, &of, &set));
	v->n = set.n_pre;
	v->is_synthetic = set.is_synthetic;
	only_pre = set.n_pre - set.npairs;
	if (set.n_post && only_pre && !gate_may(g, GATE_OPINION, only_pre)) {
		v->closed = true;
		return OK;
	}
	view_items_before(cx, g, &set, &v->score, &v->items, &v->nitems);
	self = view_scales(cx, g, &set, MOMENT_PRE, MEASURES_SELF);
	attitude = view_scales(cx, g, &set, MOMENT_PRE, MEASURES_ATTITUDE);
	v->self = self.list;
	v->nself = self.n;
	v->attitude = attitude.list;
	v->nattitude = attitude.n;
	view_needs(cx, g, &set, &v->needs, &v->nneeds, &v->n);
	v->n = set.n_pre;
	view_wants(cx, g, &set, MOMENT_PRE, &v->wants, &v->nwants);
	return OK;
}

enum err insight_course_summary(struct ctx *cx, int64_t course_id,
				struct course_summary *out)
{
	const struct answers_of of = { .course_id = course_id };
	const struct gate g = gate_read(cx);
	struct answers_set set;
	struct score_view score;
	const struct answers_parts *s;
	const struct column *whole;
	size_t n;

	*out = (struct course_summary){ 0 };
	TRY(answers_read(cx, &of, &set));
	out->is_synthetic = set.is_synthetic;
	s = answers_parts(cx, &g, &set);
	out->sessions = s->with_answers;
	answers_narrow(cx, &g, &set, s);
	view_score(cx, &g, &set, &score);
	out->before = score.before;
	out->after = score.after;
	out->change = score.change;
	out->gain = score.gain;
	out->satisfaction = figure_none("t", AN_EMPTY);
	whole = answers_columns(cx, &set, MOMENT_POST, MEASURES_OVERALL, &n);
	if (n)
		out->satisfaction =
			view_scale(cx, &g, &set, MOMENT_POST, &whole[0]).mean;
	out->shown = out->change.status == AN_OK ||
		     out->satisfaction.status == AN_OK;
	return OK;
}
