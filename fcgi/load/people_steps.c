/*
 * people_steps.c: which postings end and begin for one person.
 *
 * A posting that fits the row stays. One that differs ends the day before the
 * row takes effect, and a new one begins; so the row must take effect after
 * the posting began. A 兼務 that the file does not name any more ends too.
 */
#include "base/text.h"
#include "load/people.h"

#include <string.h>

/* The organisation's unit of a row: its id, or the index of a new one. */
struct unit_ref {
	int64_t id; /* DB_NULL: new */
	size_t new_unit;
	const char *end; /* its last day, or NULL */
};

static const struct unit *known_unit(const struct people_import *im,
				     const char *code)
{
	for (size_t i = 0; i < im->nunits; i++)
		if (!strcmp(im->units[i].code, code))
			return &im->units[i];
	return NULL;
}

static size_t new_unit_index(const struct people_import *im, const char *code)
{
	for (size_t i = 0; i < im->nnew_units; i++)
		if (!strcmp(im->new_units[i].code, code))
			return i;
	return PEOPLE_NO_COLUMN;
}

static bool same_name(struct arena *a, const char *x, const char *y)
{
	return !strcmp(text_search_key(a, x), text_search_key(a, y));
}

static void set_above(struct people_import *im, const struct people_row *row,
		      struct people_unit *u)
{
	const struct unit *above;

	u->above = DB_NULL;
	u->above_new = PEOPLE_NO_COLUMN;
	if (!row->unit_above[0])
		return;
	above = known_unit(im, row->unit_above);
	if (above)
		u->above = above->id;
	else
		u->above_new = new_unit_index(im, row->unit_above);
	if (!above && u->above_new == PEOPLE_NO_COLUMN)
		people_problem(im, row->line, PEOPLE_UNIT_ABOVE,
			       row->unit_above,
			       TEXT_KEY("load.people_unit_unknown"));
	if (above && people_outlasts(NULL, above->valid_to))
		people_problem(im, row->line, PEOPLE_UNIT_ABOVE,
			       row->unit_above,
			       TEXT_KEY("load.people_unit_ends"));
}

/* A row that names an unknown unit makes it, if it says its name. */
static size_t add_unit(struct people_import *im, const struct people_row *row)
{
	struct people_unit *u;

	if (im->nnew_units == im->new_units_cap) {
		const size_t cap =
			im->new_units_cap ? im->new_units_cap * 2 : 64;
		struct people_unit *more =
			ARENA_ARRAY(im->a, struct people_unit, cap);

		if (im->nnew_units)
			memcpy(more, im->new_units,
			       im->nnew_units * sizeof(*more));
		im->new_units = more;
		im->new_units_cap = cap;
	}
	u = &im->new_units[im->nnew_units];
	*u = (struct people_unit){ .code = row->unit_code,
				   .name = row->unit_name,
				   .kind = row->unit_kind,
				   .id = DB_NULL,
				   .from = date_to_iso(im->a, row->from),
				   .line = row->line };
	set_above(im, row, u);
	return im->nnew_units++;
}

static struct unit_ref unit_of(struct people_import *im,
			       const struct people_row *row)
{
	const struct unit *u = known_unit(im, row->unit_code);
	struct unit_ref ref = { .id = DB_NULL, .new_unit = PEOPLE_NO_COLUMN };
	const char *name;

	if (u) {
		ref.id = u->id;
		ref.end = u->valid_to;
		name = u->name;
	} else {
		ref.new_unit = new_unit_index(im, row->unit_code);
		if (ref.new_unit == PEOPLE_NO_COLUMN && !row->unit_name[0]) {
			people_problem(im, row->line, PEOPLE_UNIT,
				       row->unit_code,
				       TEXT_KEY("load.people_unit_unknown"));
			return ref;
		}
		if (ref.new_unit == PEOPLE_NO_COLUMN)
			ref.new_unit = add_unit(im, row);
		name = im->new_units[ref.new_unit].name;
	}
	if (row->unit_name[0] && !same_name(im->a, row->unit_name, name))
		people_problem(im, row->line, PEOPLE_UNIT_NAME, row->unit_name,
			       TEXT_KEY("load.people_unit_name"));
	return ref;
}

static const struct tier *tier_by_code(const struct people_import *im,
				       const char *code)
{
	for (size_t i = 0; i < im->ntiers; i++)
		if (!strcmp(im->tiers[i].code, code))
			return &im->tiers[i];
	return NULL;
}

/*
 * The tier a row names by code or name. Not given: as before; for somebody
 * new T2 as head of a unit, else T4 (every section head is a DX manager).
 */
static const struct tier *tier_of(struct people_import *im,
				  const struct people_row *row,
				  const struct posting *before)
{
	const char *usual = row->is_head == 1 ? "T2" : "T4";
	const struct tier *t;

	if (!row->tier[0]) {
		if (before && !(row->is_head == 1 && !before->is_head))
			usual = before->tier_code;
		t = tier_by_code(im, usual);
	} else {
		t = tier_by_code(im, text_code(im->a, row->tier));
		for (size_t i = 0; !t && i < im->ntiers; i++)
			if (same_name(im->a, im->tiers[i].name, row->tier) ||
			    same_name(im->a, im->tiers[i].name_en, row->tier))
				t = &im->tiers[i];
	}
	if (!t)
		people_problem(im, row->line, PEOPLE_TIER,
			       row->tier[0] ? row->tier : usual,
			       TEXT_KEY("load.people_tier"));
	return t;
}

static bool lasts(const struct posting *p, const char *day)
{
	return !p->valid_to || strcmp(p->valid_to, day) >= 0;
}

/* The posting a row is about: the main one, or the 兼務 at its unit. */
static const struct posting *posting_of(const struct people_person *p,
					const struct people_row *row,
					const char *day)
{
	const struct posting *found = NULL;

	for (size_t i = 0; i < p->npostings; i++) {
		const struct posting *at = &p->postings[i];

		if (!lasts(at, day) || (at->is_main == 1) != row->is_main)
			continue;
		if (!row->is_main && strcmp(at->unit_code, row->unit_code) != 0)
			continue;
		if (!found || strcmp(at->valid_from, found->valid_from) > 0)
			found = at;
	}
	return found;
}

static struct people_step *add_step(struct people_import *im,
				    struct people_person *p)
{
	if (!p->steps)
		p->steps = ARENA_ARRAY(im->a, struct people_step,
				       p->nrows + p->npostings + 1);
	p->steps[p->nsteps] =
		(struct people_step){ .end_id = DB_NULL,
				      .new_unit = PEOPLE_NO_COLUMN };
	return &p->steps[p->nsteps++];
}

static const char *day_before(struct people_import *im, struct date d)
{
	return date_to_iso(im->a, date_add(d, -1));
}

/* The posting as the row wants it. */
static struct posting wish_of(const struct people_row *row,
			      const struct posting *before,
			      const struct tier *tier)
{
	struct posting w = { .unit_code = row->unit_code,
			     .is_main = row->is_main };

	w.tier_id = tier ? tier->id : DB_NULL;
	w.tier_code = tier ? tier->code : "";
	w.post = row->post ? row->post : before ? before->post : "";
	w.is_head = row->is_head >= 0 ? row->is_head
		    : before          ? before->is_head
				      : 0;
	return w;
}

static bool fits(const struct posting *at, const struct posting *wish)
{
	return !strcmp(at->unit_code, wish->unit_code) &&
	       !strcmp(at->tier_code, wish->tier_code) &&
	       !strcmp(at->post, wish->post) && at->is_head == wish->is_head;
}

static void row_step(struct people_import *im, struct people_person *p,
		     const struct people_row *row)
{
	const char *day = date_to_iso(im->a, row->from);
	const struct posting *at = posting_of(p, row, day);
	const struct unit_ref unit = unit_of(im, row);
	struct posting wish = wish_of(row, at, tier_of(im, row, at));
	struct people_step *s;

	if (at && fits(at, &wish))
		return;
	if (p->wanted.left_on && strcmp(p->wanted.left_on, day) < 0)
		return; /* nothing begins after the last day */
	if (at && strcmp(at->valid_from, day) >= 0) {
		people_problem(im, row->line, PEOPLE_FROM, day,
			       TEXT_KEY("load.people_backwards"));
		return;
	}
	if (people_outlasts(p->wanted.left_on, unit.end))
		people_problem(im, row->line, PEOPLE_UNIT, row->unit_code,
			       TEXT_KEY("load.people_unit_ends"));
	s = add_step(im, p);
	if (at) {
		s->end_id = at->id;
		s->last_day = day_before(im, row->from);
		p->loses_head |= at->is_head == 1;
	}
	wish.unit_id = unit.id;
	wish.valid_from = day;
	wish.valid_to = p->wanted.left_on;
	s->new_unit = unit.new_unit;
	s->line = row->line;
	s->begin = wish;
	s->begins = true;
	p->gains_head |= wish.is_head == 1;
}

static bool named(const struct people_person *p, const struct posting *at)
{
	for (size_t i = 0; i < p->nrows; i++)
		if (!p->rows[i]->is_main &&
		    !strcmp(p->rows[i]->unit_code, at->unit_code))
			return true;
	return false;
}

static bool has_step(const struct people_person *p, int64_t id)
{
	for (size_t i = 0; i < p->nsteps; i++)
		if (p->steps[i].end_id == id)
			return true;
	return false;
}

/* 兼務 the file does not name any more, and everything of those who left. */
static void end_rest(struct people_import *im, struct people_person *p)
{
	const char *left = p->wanted.left_on;
	const bool says = im->header.at[PEOPLE_SECOND] != PEOPLE_NO_COLUMN;
	const struct date from = p->rows[0]->from;

	for (size_t i = 0; i < p->npostings; i++) {
		const struct posting *at = &p->postings[i];
		const char *last = NULL;

		if (has_step(p, at->id))
			continue;
		if (left && (!at->valid_to || strcmp(at->valid_to, left) > 0) &&
		    strcmp(at->valid_from, left) <= 0)
			last = left;
		else if (says && !left && at->is_main == 0 && !at->valid_to &&
			 !named(p, at) &&
			 strcmp(at->valid_from, date_to_iso(im->a, from)) < 0)
			last = day_before(im, from);
		if (last) {
			struct people_step *s = add_step(im, p);

			s->end_id = at->id;
			s->last_day = last;
			p->loses_head |= at->is_head == 1;
		}
	}
}

static const char *place(struct people_import *im, const struct posting *at,
			 const char *unit)
{
	return arena_printf(im->a, "%s%s%s", unit, at->post[0] ? " " : "",
			    at->post);
}

/* The row of the report. */
static void describe(struct people_import *im, struct people_person *p)
{
	const struct people_row *row = p->rows[0];
	const struct posting *before =
		posting_of(p, row, date_to_iso(im->a, row->from));
	struct people_line *l = &p->line;

	l->line = row->line;
	l->staff_number = row->number;
	l->name = arena_printf(im->a, "%s %s", row->family, row->given);
	l->before = before ? place(im, before, before->unit_name) : "";
	l->after = l->before;
	for (size_t i = 0; i < p->nsteps; i++)
		if (p->steps[i].begins && p->steps[i].begin.is_main) {
			const struct unit *u = known_unit(im, row->unit_code);

			l->after = place(im, &p->steps[i].begin,
					 u ? u->name : row->unit_name);
		}
	if (!p->known)
		l->change = PEOPLE_NEW;
	else if (p->wanted.left_on &&
		 !text_equals(p->wanted.left_on, p->known->left_on))
		l->change = PEOPLE_LEFT;
	else if (p->nsteps > 0)
		l->change = PEOPLE_MOVED;
	else
		l->change = p->is_changed ? PEOPLE_CHANGED : PEOPLE_SAME;
}

void people_steps(struct people_import *im, struct people_person *p)
{
	for (size_t i = 0; i < p->nrows; i++)
		row_step(im, p, p->rows[i]);
	end_rest(im, p);
	describe(im, p);
}
