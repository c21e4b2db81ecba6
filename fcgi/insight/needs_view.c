/*
 * needs_view.c: the whole and what is offered.
 */
#include "insight/needs_view.h"

#include "base/text.h"
#include "insight/answers_parts.h"
#include "store/store_funnel.h"

static enum err read_offers(struct ctx *cx, struct needs_view *v)
{
	const struct funnel_seats *rows;
	size_t n;

	TRY(store_funnel_seats(cx, v->fiscal_year, &rows, &n));
	v->offers = ARENA_ARRAY(&cx->arena, struct needs_offer, n + 1);
	for (size_t i = 0; i < n; i++) {
		v->offers[v->noffers++] = (struct needs_offer){
			rows[i].skill_code, rows[i].tier_code, rows[i].sessions,
			rows[i].seats, rows[i].share
		};
		for (size_t k = 0; k < v->nskills; k++)
			if (text_equals(v->skills[k].code, rows[i].skill_code))
				v->skills[k].seats += rows[i].seats;
	}
	return OK;
}

static size_t count_people(const struct needs_work *w)
{
	return w->npeople ? (size_t)w->people[w->npeople - 1].person : 0;
}

/* From w's set and the people who answered (none given: one a sheet). */
static void read_all(const struct needs_work *w, const struct needs_tables *t,
		     struct needs_view *v)
{
	const size_t sheets = t->importance.n, people = count_people(w);
	struct needs_group *all = &v->all;

	*all = (struct needs_group){ .unit_id = DB_NULL,
				     .name = "",
				     .name_en = "" };
	all->cells = view_needs_of(w->cx, w->g, t);
	all->sheets = sheets;
	v->nskills = t->importance.k;
	v->answered = w->npeople && people < sheets ? people : sheets;
	all->people = v->answered;
	v->skills =
		ARENA_ARRAY(&w->cx->arena, struct needs_skill, v->nskills + 1);
	for (size_t j = 0; j < v->nskills; j++) {
		v->skills[j].code = all->cells[j].skill;
		v->skills[j].name = all->cells[j].text;
		if (!gate_may(w->g, GATE_OPINION, all->people))
			need_hide(&all->cells[j]);
		all->shown |= all->cells[j].mwds.status == AN_OK;
	}
	if (!all->shown)
		all->people = all->sheets = 0;
	all->order = needs_order(w->cx, w->g, t, all->cells, all->people);
}

int64_t needs_seats(const struct needs_view *v, const char *skill,
		    const char *tier)
{
	int64_t seats = 0;

	for (size_t i = 0; i < v->noffers; i++)
		if (text_equals(v->offers[i].skill_code, skill) &&
		    (!tier || text_equals(v->offers[i].tier_code, tier)))
			seats += v->offers[i].seats;
	return seats;
}

enum err needs_view_of_set(struct ctx *cx, const struct gate *g,
			   const struct answers_of *of,
			   const struct answers_set *set, struct needs_view *v)
{
	const struct needs_tables t = needs_tables_read(cx, set);
	struct needs_work w = { .cx = cx, .g = g, .set = set };

	*v = (struct needs_view){ .unit_id = DB_NULL,
				  .unit_parent = DB_NULL,
				  .is_synthetic = set->is_synthetic };
	v->fiscal_year = date_fiscal_year(date_in_japan(cx->now_ms));
	TRY(store_answers_people(cx, of, moment_word(t.moment),
				 &(struct answers_sessions){ set->keep,
							     set->keep_arg },
				 &w.people, &w.npeople));
	read_all(&w, &t, v);
	return read_offers(cx, v);
}

enum err needs_view_read(struct ctx *cx, const struct gate *g,
			 int64_t fiscal_year, int64_t unit_id,
			 struct needs_view *v)
{
	const struct answers_of of = { .fiscal_year = fiscal_year };
	struct needs_work w = { .cx = cx, .g = g };
	struct needs_tables t;
	struct answers_set set;

	*v = (struct needs_view){ .fiscal_year = fiscal_year,
				  .unit_id = unit_id,
				  .unit_parent = DB_NULL };
	TRY(answers_read(cx, &of, &set));
	/* Courses and sessions show theirs: not what is left beside them. */
	answers_countable_before(cx, g, &set);
	w.set = &set;
	TRY(store_answers_tiers(cx, &w.tiers, &w.ntiers));
	TRY(store_answers_units(cx, &w.units, &w.nunits));
	TRY(store_answers_people(cx, &of, "pre",
				 &(struct answers_sessions){ set.keep,
							     set.keep_arg },
				 &w.people, &w.npeople));
	v->is_synthetic = set.is_synthetic;
	t = needs_tables_read(cx, &set);
	read_all(&w, &t, v);
	TRY(read_offers(cx, v));
	TRY(needs_tiers(&w, v));
	TRY(needs_units(&w, v));
	view_wants(cx, g, &set, MOMENT_PRE, &v->wants, &v->nwants);
	return OK;
}
