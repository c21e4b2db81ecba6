/*
 * page_catalogue.c: what one can learn.
 *
 * GET /catalogue?tier=&theme=&form=&skill=&seats=&q=&page=
 *	Courses, own tier first. Without tier the own one is taken; tier=all
 *	lists every course, labelled by the own tier.
 */
#include "base/text.h"
#include "pages/choices.h"
#include "pages/course_words.h"
#include "pages/pages.h"
#include "pages/paging.h"
#include "pages/ready.h"
#include "store/store_tier.h"
#include "view/model.h"
#include "view/texts.h"

#include <string.h>

#define PAGE_SIZE  20
#define SEARCH_MAX 100 /* characters */

static const char *const all_forms[] = { "classroom", "elearning", "workshop",
					 "handson", "blended" };

struct catalogue {
	struct ctx *cx;
	const struct request *rq;
	json_t *model;
	const struct tier *tiers;
	size_t ntiers;
	const char *own_tier; /* code; "": none */
	const char *tier;     /* chosen code, or "all" */
	struct course_filter filter;
};

/* A value of the query; "" where absent or longer than any real one. */
static const char *query(const struct request *rq, const char *name)
{
	const char *value = request_query(rq, name);

	return value && text_length(value) <= SEARCH_MAX ? value : "";
}

static bool has_tier(const struct catalogue *c, const char *code)
{
	for (size_t i = 0; i < c->ntiers; i++)
		if (!strcmp(c->tiers[i].code, code))
			return true;
	return false;
}

/* The chosen tier if there is one, "all", else the own one. */
static void choose_tier(struct catalogue *c)
{
	const char *asked = request_query(c->rq, "tier");

	c->own_tier = "";
	for (size_t i = 0; i < c->ntiers; i++)
		if (c->tiers[i].id == c->rq->user->tier_id)
			c->own_tier = c->tiers[i].code;
	if (asked && has_tier(c, asked))
		c->tier = asked;
	else if (asked || !c->own_tier[0])
		c->tier = "all";
	else
		c->tier = c->own_tier;
	/* A search from the header looks at everything. */
	if (!asked && *query(c->rq, "q"))
		c->tier = "all";
}

static void read_filter(struct catalogue *c, int64_t page)
{
	const bool all = !strcmp(c->tier, "all");

	c->filter = (struct course_filter){
		.tier_code = all ? c->own_tier : c->tier,
		.only_tier = !all,
		.theme = query(c->rq, "theme"),
		.form = query(c->rq, "form"),
		.skill = query(c->rq, "skill"),
		.level = query(c->rq, "level"),
		.with_seats = text_equals(request_query(c->rq, "seats"), "1"),
		.search = query(c->rq, "q"),
		.limit = PAGE_SIZE,
		.offset = (page - 1) * PAGE_SIZE,
	};
}

static enum err add_filters(struct catalogue *c)
{
	const struct request *rq = c->rq;
	const struct theme *themes;
	const struct skill *skills;
	size_t nthemes, nskills;
	json_t *f = model_object(c->model, "filters"), *s;

	TRY(store_themes(c->cx, &themes, &nthemes));
	TRY(store_skills(c->cx, &skills, &nskills));
	s = choice_list(f, "tier", request_text(rq, "catalogue.tier"));
	choice_add(s, "all", request_text(rq, "catalogue.all_tiers"), c->tier);
	for (size_t i = 0; i < c->ntiers; i++)
		choice_add(s, c->tiers[i].code,
			   by_language(rq, c->tiers[i].name,
				       c->tiers[i].name_en),
			   c->tier);
	s = choice_list(f, "theme", request_text(rq, "catalogue.theme"));
	choice_add(s, "", request_text(rq, "catalogue.any"), c->filter.theme);
	for (size_t i = 0; i < nthemes; i++)
		choice_add(s, themes[i].code,
			   by_language(rq, themes[i].name, themes[i].name_en),
			   c->filter.theme);
	s = choice_list(f, "form", request_text(rq, "catalogue.form"));
	choice_add(s, "", request_text(rq, "catalogue.any"), c->filter.form);
	for (size_t i = 0; i < sizeof(all_forms) / sizeof(*all_forms); i++)
		choice_add(s, all_forms[i], course_form_text(rq, all_forms[i]),
			   c->filter.form);
	s = choice_list(f, "skill", request_text(rq, "catalogue.skill"));
	choice_add(s, "", request_text(rq, "catalogue.any"), c->filter.skill);
	for (size_t i = 0; i < nskills; i++)
		choice_add(s, skills[i].code,
			   by_language(rq, skills[i].name, skills[i].name_en),
			   c->filter.skill);
	model_text(f, "q", c->filter.search);
	model_bool(f, "seats", c->filter.with_seats);
	return OK;
}

static void add_course(struct catalogue *c, const struct course_item *item)
{
	const struct course *course = &item->course;
	json_t *m = model_item(model_list(c->model, "courses"));

	model_text(m, "code", course->code);
	model_format(m, "href", "/courses/%s", course->code);
	model_text(m, "title",
		   by_language(c->rq, course->title, course->title_en));
	model_text(m, "summary",
		   by_language(c->rq, course->summary, course->summary_en));
	model_text(m, "demand", item->demand);
	model_text(m, "demand_text",
		   item->demand ? course_demand_text(c->rq, item->demand)
				: NULL);
	model_text(m, "demand_tag", course_demand_tag(item->demand));
	model_text(m, "form", course->form);
	model_text(m, "form_text", course_form_text(c->rq, course->form));
	model_text(m, "level", course->level);
	model_text(m, "level_text", course_level_text(c->rq, course->level));
	model_int(m, "minutes", course->minutes);
	model_text(m, "minutes_text",
		   course_minutes_text(c->cx, c->rq, course->minutes));
	course_next_to_model(c->cx, c->rq, m, item->next_starts_at,
			     item->next_left);
}

static void add_empty(struct catalogue *c)
{
	json_t *empty = model_object(c->model, "empty");

	model_text(empty, "title", request_text(c->rq, "catalogue.none"));
	model_text(empty, "text", request_text(c->rq, "catalogue.none_text"));
	model_text(empty, "href", "/catalogue?tier=all");
	model_text(empty, "action", request_text(c->rq, "catalogue.show_all"));
}

/* All that the page says, into c->model. */
static enum err fill(struct catalogue *c)
{
	const struct request *rq = c->rq;
	const int64_t page = paging_number(rq);
	const struct course_item *items;
	int64_t total;
	size_t n;

	read_filter(c, page);
	TRY(add_filters(c));
	TRY(store_course_list(c->cx, &c->filter, &items, &n));
	total = n > 0 ? items[0].total : 0;
	model_int(c->model, "total", total);
	model_text(c->model, "total_text",
		   course_count_text(c->cx, rq, TEXT_KEY("catalogue.count"),
				     total));
	model_list(c->model, "courses");
	for (size_t i = 0; i < n; i++)
		add_course(c, &items[i]);
	if (n == 0)
		add_empty(c);
	paging_to_model(c->cx, rq, c->model,
			&(struct paging){ .page = page,
					  .size = PAGE_SIZE,
					  .total = total });
	return OK;
}

static enum err make(struct ctx *cx, json_t *part, void *arg)
{
	struct catalogue *c = arg;

	c->model = json_object();
	TRY(fill(c));
	return ready_render(cx, c->rq, "catalogue_parts", c->model, part);
}

/* It is the same for everybody of a tier, at the same address. */
static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct catalogue c = { .cx = cx, .rq = rq, .model = rp->model };

	TRY(store_tiers(cx, date_fiscal_year(date_in_japan(cx->now_ms)),
			&c.tiers, &c.ntiers));
	choose_tier(&c);
	model_text(rp->model, "title", request_text(rq, "catalogue.title"));
	if (rq->wants_json)
		return fill(&c);
	return ready_put_read(cx, rp->model,
			      arena_printf(&cx->arena, "catalogue %d %s %s",
					   (int)rq->lang, c.own_tier, rq->uri),
			      make, &c);
}

const struct route catalogue_routes[] = {
	{ GET, "/catalogue", WHO_SIGNED_IN, show, "catalogue" },
	{ .page = NULL },
};
