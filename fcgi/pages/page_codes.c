/*
 * page_codes.c: two people check the code book on a sample of comments.
 *
 * GET  /courses/:code/analysis/codes    ?at= a comment of the sample
 * GET  /analysis/codes                  ?year= ?at=
 * POST to each of them                  do=draw, do=read (to=before goes back),
 *                                       do=finish
 *
 * The sample is what the kept analysis drew, copied when somebody begins. A
 * reader sees neither what the rules say nor what the other ticked before
 * both have finished. Each comment is kept as it is read, so one can go on
 * another day.
 */
#include "pages/pages.h"

#include "analysis/analysis_keep.h"
#include "base/text.h"
#include "pages/code_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

static enum err read_mine(struct code_check *c)
{
	struct ctx *cx = c->w->cx;
	const int64_t me = c->w->rq->user->person_id;

	TRY(store_code_readers(cx, c->s.id, &c->readers, &c->nreaders));
	for (size_t i = 0; i < c->nreaders; i++) {
		c->finished += c->readers[i].finished ? 1 : 0;
		if (c->readers[i].person_id == me)
			c->me = &c->readers[i];
	}
	return store_code_readings(cx, c->s.id, me, &c->mine, &c->nmine);
}

static enum err read_check(const struct words *w,
			   const struct analysis_place *p, struct code_check *c)
{
	const struct gate g = gate_read(w->cx);
	const json_t *sample;
	bool found;

	*c = (struct code_check){ .w = w, .place = p };
	TRY(comments_kept(w, p, &c->texts));
	c->codes = code_part(c->texts);
	if (!kept_is_ok(c->codes))
		return OK;
	sample = json_object_get(c->codes, "sample");
	c->can_draw = sample && gate_may(&g, GATE_COMMENT,
					 (size_t)kept_int(sample, "people"));
	TRY(store_code_find(w->cx, analysis_scope_word(p->scope), p->id,
			    kept_word(c->codes, "book"), &c->s, &found));
	if (!found || !gate_may(&g, GATE_COMMENT, (size_t)c->s.people)) {
		c->s.id = 0;
		c->can_draw = c->can_draw && !found;
		return OK;
	}
	return read_mine(c);
}

static enum err show(const struct words *w, struct reply *rp,
		     const struct analysis_place *p)
{
	struct arena *a = &w->cx->arena;
	json_t *m = rp->model;
	struct code_check c;

	TRY(read_check(w, p, &c));
	model_title(m, request_text(w->rq, "codes.title"));
	model_text(m, "action", comments_href(w, p, "codes"));
	model_bool(m, "can_draw", c.can_draw && !c.s.id);
	model_bool(m, "drawn", c.s.id != 0);
	model_bool(m, "nothing", !c.can_draw && !c.s.id);
	model_bool(m, "is_reading", false);
	model_bool(m, "is_through", false);
	model_bool(m, "has_results", false);
	if (!c.s.id)
		return OK;
	model_text(m, "sample_text",
		   text_fill(a, request_text(w->rq, "codes.sample"), "n",
			     text_from_count(a, c.s.size), "seed",
			     arena_printf(a, "%" PRId64, c.s.seed), "generator",
			     c.s.generator, NULL));
	code_model_readers(&c, m);
	if (c.finished >= 2)
		return code_model_results(&c, m);
	model_bool(m, "is_waiting", c.me && c.me->finished);
	return c.me && c.me->finished ? OK : code_model_reading(&c, m);
}

/* The kept sample as rows to be written. */
static enum err draw(const struct code_check *c, const struct code_actor *by)
{
	struct arena *a = &c->w->cx->arena;
	const json_t *sample = json_object_get(c->codes, "sample");
	const json_t *rows = json_object_get(sample, "rows"), *o;
	struct code_comment *list =
		ARENA_ARRAY(a, struct code_comment, json_array_size(rows) + 1);
	struct code_sample s = {
		.scope = analysis_scope_word(c->place->scope),
		.scope_id = c->place->id,
		.book = kept_word(c->codes, "book"),
		.codes = "",
		.seed = kept_int(sample, "seed"),
		.generator = kept_word(sample, "generator"),
		.people = kept_int(sample, "people"),
		.size = (int64_t)json_array_size(rows),
	};
	size_t i;

	json_array_foreach(json_object_get(sample, "ids"), i, o)
		s.codes = arena_printf(a, "%s%s%s", s.codes, i ? " " : "",
				       json_string_value(o));
	json_array_foreach(rows, i, o)
		list[i] = (struct code_comment){ (int64_t)i + 1,
						 kept_word(o, "question"),
						 kept_word(o, "text"),
						 kept_word(o, "codes") };
	return store_code_draw(c->w->cx, &s, list, by);
}

/* What the form ticks, in the order of the book. */
static const char *codes_of_form(const struct code_check *c)
{
	struct arena *a = &c->w->cx->arena;
	const char *all = "";
	size_t n;
	const char **ids = code_ids(c->w->cx, c->s.codes, &n);

	for (size_t i = 0; i < n; i++)
		if (request_form(c->w->rq, arena_printf(a, "code-%s", ids[i])))
			all = arena_printf(a, "%s%s%s", all, *all ? " " : "",
					   ids[i]);
	return all;
}

static bool has_read(const struct code_check *c, int64_t place)
{
	for (size_t i = 0; i < c->nmine; i++)
		if (c->mine[i].place == place)
			return true;
	return false;
}

/* Going back keeps the ticks as well; without any it is not read yet. */
static enum err read_one(const struct code_check *c, struct reply *rp,
			 const struct code_actor *by)
{
	const bool back = text_equals(request_form(c->w->rq, "to"), "before");
	const char *asked = request_form(c->w->rq, "place");
	struct code_reading r = { .codes = codes_of_form(c) };

	if (!asked || !text_to_i64(asked, 1, c->s.size, &r.place))
		return FAIL(c->w->cx, ERR_NOT_FOUND, "no such comment");
	if (!back || *r.codes || has_read(c, r.place))
		TRY(store_code_read(c->w->cx, &c->s, by, &r));
	if (back && r.place > 1)
		return reply_redirect(c->w->cx, rp, "%s",
				      code_href(c, r.place - 1));
	return reply_redirect(c->w->cx, rp, "%s",
			      r.place < c->s.size
				      ? code_href(c, r.place + 1)
				      : comments_href(c->w, c->place, "codes"));
}

static enum err change(const struct words *w, struct reply *rp,
		       const struct analysis_place *p)
{
	const struct code_actor by = { w->rq->user->person_id, w->rq->address };
	const char *what = request_form(w->rq, "do");
	struct code_check c;

	TRY(read_check(w, p, &c));
	if (text_equals(what, "draw")) {
		if (c.can_draw && !c.s.id)
			TRY(draw(&c, &by));
	} else if (!c.s.id) {
		return FAIL(w->cx, ERR_NOT_FOUND, "no sample is drawn");
	} else if (c.finished >= 2 || (c.me && c.me->finished)) {
		/* An older page's button: what came of it. */
		return reply_redirect(w->cx, rp, "%s",
				      comments_href(w, p, "codes"));
	} else if (text_equals(what, "finish")) {
		TRY(store_code_finish(w->cx, &c.s, &by));
	} else {
		return read_one(&c, rp, &by);
	}
	return reply_redirect(w->cx, rp, "%s", comments_href(w, p, "codes"));
}

static enum err show_course(struct ctx *cx, const struct request *rq,
			    struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(comments_place(&w, rp->model, ANALYSIS_COURSE, &p));
	return show(&w, rp, &p);
}

static enum err show_year(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(comments_place(&w, rp->model, ANALYSIS_YEAR, &p));
	return show(&w, rp, &p);
}

static enum err change_course(struct ctx *cx, const struct request *rq,
			      struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(comments_place(&w, rp->model, ANALYSIS_COURSE, &p));
	return change(&w, rp, &p);
}

static enum err change_year(struct ctx *cx, const struct request *rq,
			    struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(comments_place(&w, rp->model, ANALYSIS_YEAR, &p));
	return change(&w, rp, &p);
}

const struct route code_routes[] = {
	{ GET, "/courses/:code/analysis/codes", PLANNER, show_course, "codes" },
	{ POST, "/courses/:code/analysis/codes", PLANNER, change_course, NULL },
	{ GET, "/analysis/codes", PLANNER, show_year, "codes" },
	{ POST, "/analysis/codes", PLANNER, change_year, NULL },
	{ .page = NULL },
};
