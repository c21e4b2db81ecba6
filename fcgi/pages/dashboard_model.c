/*
 * dashboard_model.c: sections of the dashboard. Charts: dashboard_charts.c.
 */
#include "pages/dashboard_model.h"

#include "analytics/items.h"
#include "base/clock.h"
#include "base/text.h"
#include "insight/smallest.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

/* The one sentence that says what happened. */
static const char *statement_key(const struct score_view *s)
{
	if (s->change.status == AN_EMPTY || !s->n_items)
		return TEXT_KEY("dash.statement_none");
	if (s->change.status == AN_SUPPRESSED)
		return TEXT_KEY("dash.statement_hidden");
	if (s->within_noise)
		return TEXT_KEY("dash.statement_same");
	if (s->change.lo > 0.0)
		return s->dz.lo >= SMALLEST_DZ ||
				       s->change.status == AN_ZERO_VARIANCE
			       ? TEXT_KEY("dash.statement_up")
			       : TEXT_KEY("dash.statement_small");
	if (s->change.hi < 0.0)
		return TEXT_KEY("dash.statement_down");
	return TEXT_KEY("dash.statement_unclear");
}

static void statement(const struct words *w, json_t *m,
		      const struct score_view *s)
{
	struct arena *a = &w->cx->arena;
	const char *n = text_from_count(a, (int64_t)s->n_pairs);

	model_text(m, "statement",
		   text_fill(a, request_text(w->rq, statement_key(s)), "before",
			     figure_text(w, &s->before, UNIT_SHARE), "after",
			     figure_text(w, &s->after, UNIT_SHARE), NULL));
	if (isnan(s->change.value)) {
		model_text(m, "statement_note",
			   text_with_n(w, "dash.matched_n",
				       (int64_t)s->n_pairs));
		return;
	}
	model_text(m, "statement_note",
		   text_fill(a, request_text(w->rq, "dash.statement_note"), "n",
			     n, "diff",
			     figure_text(w, &s->change, UNIT_SHARE_CHANGE),
			     "lo",
			     number_text(w, s->change.lo, s->change.n,
					 UNIT_SHARE_CHANGE),
			     "hi",
			     number_text(w, s->change.hi, s->change.n,
					 UNIT_SHARE_CHANGE),
			     NULL));
}

static void headlines(const struct words *w, json_t *m,
		      const struct session_view *v)
{
	json_t *list = model_list(m, "headlines");
	const struct figure none = figure_none("t", AN_EMPTY);

	model_headline(w, list, request_text(w->rq, "dash.change"),
		       &v->score.change, UNIT_SHARE_CHANGE);
	model_headline(w, list, request_text(w->rq, "dash.gain"),
		       &v->score.gain, UNIT_NUMBER);
	model_headline(w, list, request_text(w->rq, "dash.overall"),
		       v->overall.key ? &v->overall.mean : &none, UNIT_POINTS);
	model_headline_count(
		w, list, request_text(w->rq, "dash.answered"), v->funnel.post,
		text_with_n(w, "dash.of_booked", v->funnel.booked));
}

static void funnel(const struct words *w, json_t *m, const struct funnel *f)
{
	struct funnel_step steps[FUNNEL_STEPS];
	json_t *list = model_list(m, "funnel");
	const double all = f->applied ? (double)f->applied : 1.0;

	funnel_steps(w, f, steps);
	for (size_t i = 0; i < FUNNEL_STEPS; i++) {
		json_t *o = model_item(list);
		const double share = 100.0 * (double)steps[i].people / all;

		model_text(o, "label", steps[i].label);
		model_int(o, "people", steps[i].people);
		model_text(o, "people_text",
			   text_from_count(&w->cx->arena, steps[i].people));
		model_int(o, "percent", (int64_t)fmin(round(share), 100.0));
	}
}

static void score(const struct words *w, json_t *m, const struct score_view *s)
{
	json_t *o = model_object(m, "score");

	model_int(o, "matched", (int64_t)s->n_pairs);
	model_int(o, "only_before", (int64_t)s->only_pre);
	model_int(o, "only_after", (int64_t)s->only_post);
	model_int(o, "items", (int64_t)s->n_items);
	model_figure(w, o, "before", &s->before, UNIT_SHARE);
	model_figure(w, o, "after", &s->after, UNIT_SHARE);
	model_figure(w, o, "change", &s->change, UNIT_SHARE_CHANGE);
	model_figure(w, o, "median_shift", &s->median_shift, UNIT_SHARE_CHANGE);
	model_figure(w, o, "dz", &s->dz, UNIT_SIGNED);
	model_figure(w, o, "dav", &s->dav, UNIT_SIGNED);
	model_figure(w, o, "gain", &s->gain, UNIT_NUMBER);
	model_figure(w, o, "alpha", &s->alpha, UNIT_NUMBER);
	model_real(o, "p_value", s->p_value);
	model_real(o, "p_rank", s->p_rank);
	model_bool(o, "is_reference", s->is_reference);
	model_bool(o, "at_ceiling", s->at_ceiling);
	model_bool(o, "within_noise", s->within_noise);
	model_about(w, o, &s->change, UNIT_SHARE_CHANGE);
}

static void spread(const struct words *w, json_t *m, const char *key,
		   const struct spread *s, const struct survey_item *it,
		   size_t right)
{
	json_t *o = model_object(m, key), *list;
	const size_t all = s->n + s->dont_know + s->not_applicable + s->skipped;

	model_bool(o, "shown", s->shown);
	model_int(o, "n", s->shown ? (int64_t)s->n : 0);
	model_int(o, "dont_know", (int64_t)s->dont_know);
	model_int(o, "not_applicable", (int64_t)s->not_applicable);
	model_int(o, "skipped", (int64_t)s->skipped);
	list = model_list(o, "options");
	for (size_t i = 0; s->shown && i < s->noptions; i++) {
		json_t *option = model_item(list);
		const double share =
			all ? (double)s->count[i] / (double)all : (double)NAN;

		model_text(option, "label",
			   bilingual_text(w, it->options[i].label));
		model_bool(option, "right", i == right);
		model_int(option, "count", (int64_t)s->count[i]);
		model_real(option, "share", gate_round_share(share, all));
		model_text(option, "share_text",
			   number_text(w, gate_round_share(share, all), all,
				       UNIT_SHARE));
	}
}

static void flags(const struct words *w, json_t *o, unsigned set)
{
	static const struct {
		unsigned flag;
		const char *key;
	} names[] = {
		{ AN_ITEM_KEY, TEXT_KEY("dash.flag_key") },
		{ AN_ITEM_WEAK, TEXT_KEY("dash.flag_weak") },
		{ AN_ITEM_EASY, TEXT_KEY("dash.flag_easy") },
		{ AN_ITEM_HARD, TEXT_KEY("dash.flag_hard") },
		{ AN_ITEM_CONSTANT, TEXT_KEY("dash.flag_constant") },
	};
	json_t *list = model_list(o, "flags");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (set & names[i].flag)
			model_item_text(list,
					request_text(w->rq, names[i].key));
}

void dashboard_items(const struct words *w, json_t *m,
		     const struct item_view *items, size_t n)
{
	json_t *list = model_list(m, "items");

	for (size_t i = 0; i < n; i++) {
		const struct item_view *it = &items[i];
		json_t *o = model_item(list);

		model_text(o, "key", it->key);
		model_text(o, "text", bilingual_text(w, it->text));
		model_int(o, "number", (int64_t)i + 1);
		model_figure(w, o, "before", &it->before, UNIT_SHARE);
		model_figure(w, o, "after", &it->after, UNIT_SHARE);
		model_figure(w, o, "change", &it->change, UNIT_SHARE_CHANGE);
		model_figure(w, o, "discrimination", &it->discrimination,
			     UNIT_SIGNED);
		model_real(o, "p_value", it->p_value);
		model_real(o, "gain", it->gain);
		spread(w, o, "spread_before", &it->spread_before, it->item,
		       it->right);
		spread(w, o, "spread_after", &it->spread_after, it->item,
		       it->right);
		flags(w, o, it->flags);
	}
}

void dashboard_scales(const struct words *w, json_t *m, const char *key,
		      const struct scale_view *list, size_t n)
{
	json_t *out = model_list(m, key);

	for (size_t i = 0; i < n; i++) {
		const struct scale_view *s = &list[i];
		json_t *o = model_item(out);

		model_text(o, "key", s->key);
		model_text(o, "text", bilingual_text(w, s->text));
		model_figure(w, o, "mean", &s->mean, UNIT_POINTS);
		model_figure(w, o, "top", &s->top, UNIT_SHARE);
		model_figure(w, o, "importance", &s->importance, UNIT_SIGNED);
		model_real(o, "index", s->index);
		model_text(o, "index_text",
			   isnan(s->index) ? "–"
					   : arena_printf(&w->cx->arena, "%.1f",
							  s->index));
		model_text(o, "quadrant",
			   s->quadrant
				   ? request_text(w->rq,
						  arena_printf(&w->cx->arena,
							       "dash.quad_%s",
							       s->quadrant))
				   : "");
		spread(w, o, "spread", &s->spread, s->item, SIZE_MAX);
	}
}

static void scale_pairs(const struct words *w, json_t *m, const char *key,
			const struct scale_pair_view *list, size_t n)
{
	json_t *out = model_list(m, key);

	for (size_t i = 0; i < n; i++) {
		json_t *o = model_item(out);

		model_text(o, "key", list[i].key);
		model_text(o, "text", bilingual_text(w, list[i].text));
		model_figure(w, o, "before", &list[i].before, UNIT_POINTS);
		model_figure(w, o, "after", &list[i].after, UNIT_POINTS);
		model_figure(w, o, "change", &list[i].change,
			     UNIT_POINTS_CHANGE);
	}
}

void dashboard_needs(const struct words *w, json_t *m,
		     const struct need_view *needs, size_t n)
{
	json_t *list = model_list(m, "needs");

	/* Greatest need first, hidden ones last. */
	for (size_t rank = 1; rank <= n + 1; rank++)
		for (size_t i = 0; i < n; i++) {
			const struct need_view *c = &needs[i];
			json_t *o;

			if (c->rank ? c->rank != rank : rank != n + 1)
				continue;
			o = model_item(list);
			model_text(o, "skill", c->skill);
			model_text(o, "text", bilingual_text(w, c->text));
			model_int(o, "rank", (int64_t)c->rank);
			model_int(o, "rank_rds", (int64_t)c->rank_rds);
			model_figure(w, o, "importance", &c->importance,
				     UNIT_POINTS);
			model_figure(w, o, "level", &c->level, UNIT_POINTS);
			model_figure(w, o, "mwds", &c->mwds, UNIT_SIGNED);
			model_figure(w, o, "rds", &c->rds, UNIT_SIGNED);
			model_figure(w, o, "rate", &c->rate, UNIT_SHARE);
		}
}

void dashboard_wants(const struct words *w, json_t *m,
		     const struct want_view *wants, size_t n)
{
	json_t *list = model_list(m, "wants");

	for (size_t i = 0; i < n; i++) {
		json_t *o = model_item(list);
		const double share = wants[i].share.value;

		model_text(o, "key", wants[i].key);
		model_text(o, "text", bilingual_text(w, wants[i].text));
		model_int(o, "count", (int64_t)wants[i].count);
		model_int(o, "percent",
			  isnan(share) ? 0 : (int64_t)round(100.0 * share));
		model_figure(w, o, "share", &wants[i].share, UNIT_SHARE);
	}
}

static void comments(const struct words *w, json_t *m,
		     const struct session_view *v)
{
	json_t *list = model_list(m, "comments");

	for (size_t i = 0; i < v->ncomments; i++) {
		const struct comments_view *c = &v->comments[i];
		json_t *o = model_item(list), *texts;

		model_text(o, "question", bilingual_text(w, c->text));
		model_int(o, "n", (int64_t)c->n);
		model_text(o, "n_text",
			   text_with_n(w, "dash.comments_n", (int64_t)c->n));
		model_bool(o, "shown", c->shown);
		texts = model_list(o, "texts");
		for (size_t k = 0; k < c->ntexts; k++)
			model_item_text(texts, c->texts[k]);
	}
}

static void parts(const struct words *w, json_t *m,
		  const struct session_view *v)
{
	json_t *list = model_list(m, "parts");

	for (size_t i = 0; i < v->nparts; i++) {
		const struct part_view *p = &v->parts[i];
		json_t *o = model_item(list);
		int64_t at = 0;

		if (p->starts_at)
			instant_from_db(p->starts_at, &at);
		model_int(o, "session", p->session_id);
		model_text(o, "href",
			   arena_printf(&w->cx->arena,
					"/sessions/%lld/dashboard",
					(long long)p->session_id));
		model_text(o, "day",
			   date_to_iso(&w->cx->arena, date_in_japan(at)));
		model_text(o, "day_text",
			   date_to_text(&w->cx->arena, date_in_japan(at),
					w->rq->lang, DATE_LONG));
		model_figure(w, o, "before", &p->before, UNIT_SHARE);
		model_figure(w, o, "after", &p->after, UNIT_SHARE);
		model_figure(w, o, "change", &p->change, UNIT_SHARE_CHANGE);
		model_figure(w, o, "gain", &p->gain, UNIT_NUMBER);
		model_figure(w, o, "overall", &p->overall, UNIT_POINTS);
	}
	model_int(m, "parts_out", (int64_t)v->parts_out);
	model_text(m, "parts_out_text",
		   v->parts_out ? text_with_n(w, "dash.parts_out",
					      (int64_t)v->parts_out)
				: "");
}

void dashboard_model(const struct words *w, json_t *m,
		     const struct session_view *v)
{
	statement(w, m, &v->score);
	headlines(w, m, v);
	funnel_low_response(w, m, &v->funnel, v->nparts > 0);
	funnel(w, m, &v->funnel);
	score(w, m, &v->score);
	dashboard_items(w, m, v->items, v->nitems);
	dashboard_scales(w, m, "satisfaction", v->satisfaction,
			 v->nsatisfaction);
	dashboard_scales(w, m, "overall", &v->overall, v->overall.key ? 1 : 0);
	dashboard_scales(w, m, "other", v->other, v->nother);
	scale_pairs(w, m, "self", v->self, v->nself);
	scale_pairs(w, m, "attitude", v->attitude, v->nattitude);
	dashboard_needs(w, m, v->needs, v->nneeds);
	model_int(m, "needs_n", (int64_t)v->needs_n);
	dashboard_wants(w, m, v->wants, v->nwants);
	comments(w, m, v);
	parts(w, m, v);
	dashboard_charts(w, m, v);
	model_bool(m, "synthetic", v->is_synthetic);
}

void profile_model(const struct words *w, json_t *m,
		   const struct profile_view *v)
{
	json_t *list = model_list(m, "headlines");

	model_int(m, "n", (int64_t)v->n);
	model_bool(m, "closed", v->closed);
	model_headline_count(w, list, request_text(w->rq, "dash.pre"),
			     (int64_t)v->n, "");
	model_headline(w, list, request_text(w->rq, "profile.score"), &v->score,
		       UNIT_SHARE);
	model_figure(w, m, "score", &v->score, UNIT_SHARE);
	dashboard_items(w, m, v->items, v->nitems);
	dashboard_scales(w, m, "self", v->self, v->nself);
	dashboard_scales(w, m, "attitude", v->attitude, v->nattitude);
	dashboard_needs(w, m, v->needs, v->nneeds);
	dashboard_wants(w, m, v->wants, v->nwants);
	profile_charts(w, m, v);
	model_bool(m, "synthetic", v->is_synthetic);
}
