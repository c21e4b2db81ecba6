/*
 * needs_groups.c: sheets and people by tier and by unit, through the gate.
 */
#include "base/text.h"
#include "insight/needs_view.h"

#include <math.h>

#define NO_GROUP SIZE_MAX

const char *needs_tier_code(const struct needs_work *w, int64_t tier_id)
{
	for (size_t i = 0; i < w->ntiers; i++)
		if (w->tiers[i].id == tier_id)
			return w->tiers[i].code;
	return NULL;
}

static const struct answers_unit *unit_of(const struct needs_work *w,
					  int64_t id)
{
	for (size_t i = 0; i < w->nunits; i++)
		if (w->units[i].id == id)
			return &w->units[i];
	return NULL;
}

int64_t needs_unit_below(const struct needs_work *w, int64_t unit, int64_t top)
{
	const struct answers_unit *u = unit_of(w, unit);

	/* The chart has three levels; 16 steps end any mistake in the data. */
	for (int step = 0; u && step < 16; step++) {
		if (u->id == top)
			return DB_NULL;
		if (u->parent_id == top)
			return u->id;
		u = unit_of(w, u->parent_id);
	}
	return DB_NULL;
}

bool needs_is_within(const struct needs_work *w, int64_t unit, int64_t top)
{
	return top == DB_NULL || unit == top ||
	       needs_unit_below(w, unit, top) != DB_NULL;
}

/*
 * A partition of sheets and people into groups.
 *
 * group_of per sheet of the set, NO_GROUP for the rest and for what is not
 *          counted here
 * rest     those who are in the total and in no group; never shown
 * refused  groups that must not be shown, whatever their size; NULL: none
 */
struct partition {
	const struct needs_work *w;
	int64_t top; /* for units */
	struct needs_group *groups, rest;
	size_t n;
	size_t *group_of;
	struct needs_tables *tables; /* of each group */
	bool *refused;
	size_t (*find)(const struct partition *p, int64_t tier, int64_t unit);
};

static size_t find_tier(const struct partition *p, int64_t tier, int64_t unit)
{
	const char *code = needs_tier_code(p->w, tier);

	(void)unit;
	for (size_t i = 0; i < p->n && code; i++)
		if (text_equals(p->groups[i].tier_code, code))
			return i;
	return NO_GROUP;
}

/* The last group holds who is in the unit itself or in none. */
static size_t find_unit(const struct partition *p, int64_t tier, int64_t unit)
{
	const int64_t below = needs_unit_below(p->w, unit, p->top);

	(void)tier;
	if (!needs_is_within(p->w, unit, p->top))
		return NO_GROUP;
	for (size_t i = 0; i < p->n; i++)
		if (p->groups[i].unit_id == below)
			return i;
	return NO_GROUP;
}

/* The sheets of one group as a set of their own. */
static struct answers_set subset(const struct partition *p, size_t group)
{
	struct answers_set set = *p->w->set;

	set.sheets = ARENA_ARRAY(&p->w->cx->arena, struct sheet,
				 (group == NO_GROUP ? p->rest.sheets
						    : p->groups[group].sheets) +
					 1);
	set.nsheets = set.npairs = 0;
	for (size_t i = 0; i < p->w->set->nsheets; i++) {
		const struct sheet *s = &p->w->set->sheets[i];

		if (s->moment == MOMENT_PRE && p->group_of[i] == group)
			set.sheets[set.nsheets++] = *s;
	}
	return set;
}

/* Different people bound the n of a cell; who answered is somebody. */
static size_t people_of(const struct needs_group *grp, size_t cell)
{
	const size_t n = grp->cells[cell].mwds.n;

	if (n && !grp->people)
		return 1;
	return n < grp->people ? n : grp->people;
}

/* Hidden, though its people are enough: all of them say the same. */
static bool is_hidden(const struct need_view *c)
{
	return c->mwds.status == AN_SUPPRESSED ||
	       c->rate.status == AN_SUPPRESSED ||
	       c->importance.status == AN_SUPPRESSED ||
	       c->level.status == AN_SUPPRESSED;
}

/*
 * Per skill: small groups, and those that would give them away. What is hidden
 * for another reason counts as one person, so that it is not the only one.
 */
static void protect(const struct partition *p, size_t nskills)
{
	struct arena *a = &p->w->cx->arena;
	size_t *n = ARENA_ARRAY(a, size_t, p->n + 2);
	bool *shown = ARENA_ARRAY(a, bool, p->n + 2);

	for (size_t j = 0; j < nskills; j++) {
		for (size_t i = 0; i < p->n; i++) {
			const struct needs_group *grp = &p->groups[i];

			n[i] = people_of(grp, j);
			if (n[i] && (is_hidden(&grp->cells[j]) ||
				     (p->refused && p->refused[i])))
				n[i] = 1;
		}
		n[p->n] = p->rest.sheets ? people_of(&p->rest, j) : 0;
		gate_groups(p->w->g, GATE_OPINION, n, p->n + 1, shown);
		for (size_t i = 0; i < p->n; i++)
			if (!shown[i] && n[i])
				need_hide(&p->groups[i].cells[j]);
	}
}

/* What is not shown leaves no count either. */
static void settle(struct needs_group *grp, size_t nskills)
{
	grp->shown = false;
	for (size_t j = 0; j < nskills; j++)
		grp->shown |= grp->cells[j].mwds.status == AN_OK;
	if (!grp->shown)
		grp->people = grp->sheets = 0;
}

/* Rows of one person stand together; he or she counts once. */
static void count_once(int64_t person, int64_t *last, size_t *n)
{
	*n += *last != person ? 1 : 0;
	*last = person;
}

static void count_people(struct partition *p)
{
	const struct needs_work *w = p->w;
	int64_t *last = ARENA_ARRAY(&w->cx->arena, int64_t, p->n + 1);

	for (size_t i = 0; i < w->npeople; i++) {
		const struct answers_person *row = &w->people[i];
		const size_t at = p->find(p, row->tier_id, row->unit_id);
		const size_t place = at == NO_GROUP ? p->n : at;
		struct needs_group *grp =
			at == NO_GROUP ? &p->rest : &p->groups[at];

		count_once(row->person, &last[place], &grp->people);
	}
}

static void count_and_fill(struct partition *p, size_t nskills)
{
	const struct needs_work *w = p->w;

	p->group_of = ARENA_ARRAY(&w->cx->arena, size_t, w->set->nsheets + 1);
	for (size_t i = 0; i < w->set->nsheets; i++) {
		const struct sheet *s = &w->set->sheets[i];
		size_t at;

		if (s->moment != MOMENT_PRE)
			continue;
		at = p->find(p, s->tier_id, s->unit_id);
		p->group_of[i] = at;
		if (at != NO_GROUP)
			p->groups[at].sheets++;
		else
			p->rest.sheets++;
	}
	count_people(p);
	p->tables = ARENA_ARRAY(&w->cx->arena, struct needs_tables, p->n + 1);
	for (size_t i = 0; i < p->n; i++) {
		const struct answers_set own = subset(p, i);

		p->tables[i] = needs_tables_read(w->cx, &own);
		p->groups[i].cells = view_needs_of(w->cx, w->g, &p->tables[i]);
	}
	/* Of the units in a unit the others are outside of its total. */
	if (p->top != DB_NULL)
		p->rest.sheets = 0;
	if (p->rest.sheets) {
		const struct answers_set own = subset(p, NO_GROUP);
		const struct needs_tables t = needs_tables_read(w->cx, &own);

		p->rest.cells = view_needs_of(w->cx, w->g, &t);
	}
	protect(p, nskills);
}

/*
 * A unit inside a tier (or the reverse) that leaves 1 to k-1 people: both
 * shown, their difference would show those few. The unit gives way.
 */
static bool isolates(const struct needs_work *w, const struct needs_view *v,
		     const struct needs_group *unit)
{
	const size_t least = gate_least(w->g, GATE_OPINION);
	bool *in_unit = ARENA_ARRAY(&w->cx->arena, bool, w->npeople + 1);

	for (size_t i = 0; i < w->npeople; i++)
		in_unit[i] =
			needs_is_within(w, w->people[i].unit_id, unit->unit_id);
	for (size_t t = 0; t < v->ntiers; t++) {
		size_t both = 0, tier = 0, own = 0;
		int64_t last_both = 0, last_tier = 0, last_own = 0;

		for (size_t i = 0; i < w->npeople; i++) {
			const struct answers_person *p = &w->people[i];
			const bool in_tier =
				text_equals(needs_tier_code(w, p->tier_id),
					    v->tiers[t].tier_code);

			if (in_tier && in_unit[i])
				count_once(p->person, &last_both, &both);
			if (in_tier)
				count_once(p->person, &last_tier, &tier);
			if (in_unit[i])
				count_once(p->person, &last_own, &own);
		}
		if (!v->tiers[t].shown || !both)
			continue;
		if (both == own && tier > own && tier - own < least)
			return true;
		if (both == tier && own > tier && own - tier < least)
			return true;
	}
	return false;
}

enum err needs_tiers(const struct needs_work *w, struct needs_view *v)
{
	struct partition p = { .w = w, .top = DB_NULL, .find = find_tier };

	p.groups =
		ARENA_ARRAY(&w->cx->arena, struct needs_group, w->ntiers + 1);
	for (size_t i = 0; i < w->ntiers; i++) {
		bool known = false;

		for (size_t k = 0; k < p.n; k++)
			known |= text_equals(p.groups[k].tier_code,
					     w->tiers[i].code);
		if (known)
			continue;
		p.groups[p.n++] =
			(struct needs_group){ .tier_code = w->tiers[i].code,
					      .unit_id = DB_NULL,
					      .name = w->tiers[i].name,
					      .name_en = w->tiers[i].name_en };
	}
	count_and_fill(&p, v->nskills);
	for (size_t i = 0; i < p.n; i++) {
		struct needs_group *grp = &p.groups[i];

		settle(grp, v->nskills);
		grp->order = needs_order(w->cx, w->g, &p.tables[i], grp->cells,
					 grp->people);
	}
	v->tiers = p.groups;
	v->ntiers = p.n;
	return OK;
}

static bool has_children(const struct needs_work *w, int64_t id)
{
	for (size_t i = 0; i < w->nunits; i++)
		if (w->units[i].parent_id == id)
			return true;
	return false;
}

static struct partition units_below(const struct needs_work *w, int64_t top)
{
	struct partition p = { .w = w, .top = top, .find = find_unit };

	p.groups =
		ARENA_ARRAY(&w->cx->arena, struct needs_group, w->nunits + 1);
	for (size_t i = 0; i < w->nunits; i++) {
		const struct answers_unit *u = &w->units[i];

		if (u->parent_id != top)
			continue;
		p.groups[p.n++] = (struct needs_group){
			.unit_id = u->id,
			.name = u->name,
			.name_en = u->name_en,
			.has_units = has_children(w, u->id),
		};
	}
	p.groups[p.n++] = (struct needs_group){ .unit_id = DB_NULL,
						.name = "",
						.name_en = "" };
	return p;
}

/* The units below top, hidden where they must be. */
static struct partition level(const struct needs_work *w,
			      const struct needs_view *v, int64_t top)
{
	struct partition p = units_below(w, top);

	p.refused = ARENA_ARRAY(&w->cx->arena, bool, p.n + 1);
	for (size_t i = 0; i < p.n; i++)
		p.refused[i] = p.groups[i].unit_id != DB_NULL &&
			       isolates(w, v, &p.groups[i]);
	count_and_fill(&p, v->nskills);
	for (size_t i = 0; i < p.n; i++)
		settle(&p.groups[i], v->nskills);
	return p;
}

/* Is the unit shown where it stands, and all above it? */
static bool is_open(const struct needs_work *w, const struct needs_view *v,
		    const struct answers_unit *unit)
{
	while (unit) {
		const struct partition p = level(w, v, unit->parent_id);
		bool shown = false;

		for (size_t i = 0; i < p.n; i++)
			if (p.groups[i].unit_id == unit->id)
				shown = p.groups[i].shown;
		if (!shown)
			return false;
		unit = unit_of(w, unit->parent_id);
	}
	return true;
}

enum err needs_units(const struct needs_work *w, struct needs_view *v)
{
	const struct answers_unit *top = NULL;
	struct partition p;

	if (v->unit_id != DB_NULL) {
		top = unit_of(w, v->unit_id);
		if (!top || !is_open(w, v, top))
			return FAIL(w->cx, ERR_NOT_FOUND, "no such unit shown");
		v->unit_name = top->name;
		v->unit_name_en = top->name_en;
		v->unit_parent = top->parent_id;
	}
	p = level(w, v, v->unit_id);
	v->units = p.groups;
	v->nunits = p.n;
	return OK;
}
