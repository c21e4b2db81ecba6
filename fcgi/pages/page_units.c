/*
 * page_units.c: the organisation, of today or of another day.
 *
 * GET /units?on=DAY   bureaus, departments and sections with people by tier
 */
#include "pages/course_words.h"
#include "pages/pages.h"
#include "store/store_tier.h"
#include "store/store_unit.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

struct units_page {
	const struct unit *units;
	size_t nunits;
	const struct tier *tiers;
	size_t ntiers;
	int64_t *people; /* nunits-by-ntiers, units below included */
};

static size_t unit_index(const struct units_page *p, int64_t id)
{
	size_t i = 0;

	while (i < p->nunits && p->units[i].id != id)
		i++;
	return i;
}

static size_t tier_index(const struct units_page *p, const char *code)
{
	size_t i = 0;

	while (i < p->ntiers && strcmp(p->tiers[i].code, code) != 0)
		i++;
	return i;
}

/* A count belongs to its unit and to every unit above it. */
static void add_up(struct units_page *p, const struct unit_tier_count *c)
{
	const size_t t = tier_index(p, c->tier_code);
	size_t u = unit_index(p, c->unit_id);

	/* The depth bounds the way up. */
	for (int level = 0; level < 10 && u < p->nunits && t < p->ntiers;
	     level++) {
		p->people[u * p->ntiers + t] += c->people;
		u = p->units[u].parent_id == DB_NULL
			    ? p->nunits
			    : unit_index(p, p->units[u].parent_id);
	}
}

static void add_unit(const struct request *rq, json_t *list,
		     const struct units_page *p, size_t i)
{
	const struct unit *u = &p->units[i];
	json_t *m = model_item(list), *cells = model_list(m, "tiers");
	int64_t all = 0;

	model_int(m, "id", u->id);
	model_text(m, "code", u->code);
	model_text(m, "name", by_language(rq, u->name, u->name_en));
	model_text(m, "kind", u->kind);
	model_int(m, "depth", u->depth);
	model_bool(m, "is_top", u->depth == 0);
	model_bool(m, "is_second", u->depth == 1);
	model_bool(m, "is_lower", u->depth >= 2);
	model_format(m, "href", "/units/%" PRId64, u->id);
	model_format(m, "people_href", "/people?unit=%" PRId64, u->id);
	for (size_t t = 0; t < p->ntiers; t++) {
		model_item_int(cells, p->people[i * p->ntiers + t]);
		all += p->people[i * p->ntiers + t];
	}
	model_int(m, "people", all);
}

/* ?on=2023-04-01, or today. */
static struct date chosen_day(const struct ctx *cx, const struct request *rq)
{
	const char *text = request_query(rq, "on");
	struct date d;

	return text && date_parse(text, &d) ? d : date_in_japan(cx->now_ms);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct date on = chosen_day(cx, rq);
	const char *day = date_to_iso(&cx->arena, on);
	const struct unit_tier_count *counts;
	struct units_page p;
	json_t *tiers = model_list(rp->model, "tiers");
	json_t *units = model_list(rp->model, "units");
	size_t n;

	TRY(store_units_on(cx, day, &p.units, &p.nunits));
	TRY(store_tiers(cx, date_fiscal_year(on), &p.tiers, &p.ntiers));
	TRY(store_unit_tiers_on(cx, day, &counts, &n));
	p.people = ARENA_ARRAY(&cx->arena, int64_t, p.nunits * p.ntiers + 1);
	for (size_t i = 0; i < n; i++)
		add_up(&p, &counts[i]);
	model_text(rp->model, "title", request_text(rq, "units.title"));
	model_text(rp->model, "on", day);
	model_text(rp->model, "count_text",
		   course_count_text(cx, rq, TEXT_KEY("units.count"),
				     (int64_t)p.nunits));
	for (size_t t = 0; t < p.ntiers; t++) {
		json_t *m = model_item(tiers);

		model_text(m, "code", p.tiers[t].code);
		model_text(m, "name",
			   by_language(rq, p.tiers[t].name,
				       p.tiers[t].name_en));
	}
	for (size_t i = 0; i < p.nunits; i++)
		add_unit(rq, units, &p, i);
	return OK;
}

const struct route units_routes[] = {
	{ GET, "/units", PLANNER | ADMIN, show, "units" },
	{ .page = NULL },
};
