/*
 * findings_rules.c: the rules. They are listed in findings.h.
 */
#include "insight/findings.h"

#include "analytics/items.h"
#include "analytics/proportion.h"
#include "base/text.h"
#include "insight/smallest.h"

#include <math.h>

#define HARD         0.5  /* share right before, below which an item is hard */
#define WEAK_R       0.2  /* discrimination that is too small */
#define TO_IMPROVE   10.0 /* 改善度指数 from which an item is named */
#define RETURN_LEAST 10   /* booked people before a rate is judged */

void found_add(struct found_list *fs, const struct found *f)
{
	if (fs->n == fs->capacity) {
		const size_t wider = fs->capacity ? 2 * fs->capacity : 32;
		struct found *more =
			ARENA_ARRAY(fs->arena, struct found, wider);

		for (size_t i = 0; i < fs->n; i++)
			more[i] = fs->list[i];
		fs->list = more;
		fs->capacity = wider;
	}
	fs->list[fs->n++] = *f;
}

static double between_0_and_1(double x)
{
	return isnan(x) ? 0.0 : fmin(fmax(x, 0.0), 1.0);
}

static struct found blank(const char *kind)
{
	return (struct found){ .kind = kind,
			       .session_id = DB_NULL,
			       .course_id = DB_NULL,
			       .unit_id = DB_NULL,
			       .before = NAN,
			       .importance = NAN,
			       .seats = DB_NULL,
			       .about = { "", "" } };
}

static const char *with_anchor(struct found_list *out, const char *link,
			       const char *anchor)
{
	return arena_printf(out->arena, "%s#%s", link, anchor);
}

static struct found at_place(const char *kind, const struct found_place *where,
			     const char *link)
{
	struct found f = blank(kind);

	f.session_id = where->session_id;
	f.course_id = where->course_id;
	f.link = link;
	return f;
}

static void understanding(const struct item_view *it,
			  const struct finding_limits *limits,
			  const struct found_place *where,
			  struct found_list *out)
{
	const double before = it->before.value;
	const double best = it->change.hi / (1.0 - before);
	const char *link = with_anchor(out, where->link, "items");
	struct found f;

	if (it->after.status != AN_OK)
		return;
	if (it->after.hi < limits->item_correct_below) {
		f = at_place("not_understood", where, link);
		f.figure = it->after;
		f.threshold = limits->item_correct_below;
		f.strength =
			0.5 + 0.5 * (1.0 - it->after.value /
						   limits->item_correct_below);
	} else if (before < HARD && best < limits->gain_below) {
		f = at_place("low_gain", where, link);
		f.figure = it->change;
		f.threshold = limits->gain_below;
		f.strength = 0.4 + 0.4 * (1.0 - best / limits->gain_below);
	} else {
		return;
	}
	f.before = before;
	f.item_key = it->key;
	f.about = it->text;
	f.strength = between_0_and_1(f.strength);
	found_add(out, &f);
}

/*
 * What single items cannot show with the people of a course, all of them
 * together can: that the whole hardly rose.
 */
static void gain(const struct score_view *s,
		 const struct finding_limits *limits,
		 const struct found_place *where, struct found_list *out)
{
	struct found f = at_place("low_gain", where,
				  with_anchor(out, where->link, "score"));

	if (!s->gain.n || s->gain.status != AN_OK || s->at_ceiling ||
	    !(s->gain.hi < limits->gain_below))
		return;
	f.figure = s->gain;
	f.threshold = limits->gain_below;
	f.before = s->before.value;
	f.strength = between_0_and_1(
		0.5 + 0.5 * (1.0 - s->gain.hi / limits->gain_below));
	found_add(out, &f);
}

static void quality(const struct item_view *it, const struct found_place *where,
		    struct found_list *out)
{
	struct found f;

	if (it->discrimination.status != AN_OK ||
	    !(it->flags & (AN_ITEM_KEY | AN_ITEM_WEAK)))
		return;
	f = at_place("bad_item", where, with_anchor(out, where->link, "items"));
	f.figure = it->discrimination;
	f.threshold = it->flags & AN_ITEM_KEY ? 0.0 : WEAK_R;
	f.item_key = it->key;
	f.about = it->text;
	f.strength = between_0_and_1(
		it->flags & AN_ITEM_KEY
			? 0.9
			: 0.5 + WEAK_R - it->discrimination.value);
	found_add(out, &f);
}

static void satisfaction(const struct session_view *v,
			 const struct finding_limits *limits,
			 const struct found_place *where,
			 struct found_list *out)
{
	const char *link = with_anchor(out, where->link, "satisfaction");
	size_t named = 0;

	for (size_t i = 0; i < v->nsatisfaction; i++) {
		const struct scale_view *s = &v->satisfaction[i];
		struct found f = at_place("low_satisfaction", where, link);

		named += s->quadrant ? 1 : 0;
		if (!text_equals(s->quadrant, "priority_improve") ||
		    !(s->index >= TO_IMPROVE) ||
		    !(s->importance.lo > SMALLEST_R))
			continue;
		f.figure = s->mean;
		f.threshold = s->index;
		f.importance = s->importance.value;
		f.item_key = s->key;
		f.about = s->text;
		f.strength = between_0_and_1(s->index / 20.0);
		found_add(out, &f);
	}
	if (!named && v->overall.key &&
	    v->overall.mean.hi < limits->satisfaction_below) {
		struct found f = at_place("low_satisfaction", where, link);

		f.figure = v->overall.mean;
		f.threshold = limits->satisfaction_below;
		f.item_key = v->overall.key;
		f.about = v->overall.text;
		f.strength = between_0_and_1(
			0.4 +
			(limits->satisfaction_below - f.figure.value) / 2);
		found_add(out, &f);
	}
}

void findings_of_view(const struct session_view *v,
		      const struct finding_limits *limits,
		      const struct found_place *where, struct found_list *out)
{
	gain(&v->score, limits, where, out);
	for (size_t i = 0; i < v->nitems; i++) {
		understanding(&v->items[i], limits, where, out);
		quality(&v->items[i], where, out);
	}
	satisfaction(v, limits, where, out);
}

static const char *needs_link(struct found_list *out,
			      const struct needs_view *v)
{
	return arena_printf(out->arena, "/needs?year=%d", (int)v->fiscal_year);
}

/* The page that lists the units of this view. */
static const char *unit_link(struct found_list *out, const struct needs_view *v)
{
	if (v->unit_id == DB_NULL)
		return arena_printf(out->arena, "%s#units", needs_link(out, v));
	return arena_printf(out->arena, "%s&unit=%lld#units",
			    needs_link(out, v), (long long)v->unit_id);
}

void findings_of_needs(const struct needs_view *v, struct found_list *out)
{
	for (size_t t = 0; t < v->ntiers; t++)
		for (size_t j = 0; j < v->nskills; j++) {
			const struct need_view *c = &v->tiers[t].cells[j];
			struct found f = blank("unmet_need");

			f.seats = needs_seats(v, v->skills[j].code,
					      v->tiers[t].tier_code);
			if (c->mwds.status != AN_OK || !(c->mwds.lo > 0.0) ||
			    c->rank > NEEDS_TOP || f.seats > 0)
				continue;
			f.figure = c->mwds;
			f.threshold = 0.0;
			f.importance = c->importance.value;
			f.before = c->level.value;
			f.skill_code = v->skills[j].code;
			f.tier_code = v->tiers[t].tier_code;
			f.about = v->skills[j].name;
			f.link = needs_link(out, v);
			/* MWDS of 5 is importance 5 and a gap of one level. */
			f.strength = between_0_and_1(c->mwds.value / 8.0);
			found_add(out, &f);
		}
}

static int64_t booked_for(const struct funnel_unit_skill *booked, size_t n,
			  int64_t unit, const char *skill)
{
	int64_t people = 0;

	for (size_t i = 0; i < n; i++)
		if (booked[i].unit_id == unit &&
		    text_equals(booked[i].skill_code, skill))
			people += booked[i].booked;
	return people;
}

void findings_of_unit_needs(const struct needs_view *v,
			    const struct funnel_unit_skill *booked, size_t n,
			    struct found_list *out)
{
	for (size_t u = 0; u < v->nunits; u++)
		for (size_t j = 0; j < v->nskills; j++) {
			const struct needs_group *unit = &v->units[u];
			const struct need_view *c = &unit->cells[j];
			struct found f = blank("unmet_need");

			if (unit->unit_id == DB_NULL || unit->has_units ||
			    c->rate.status != AN_OK || !(c->rate.lo > 0.5))
				continue;
			f.seats = booked_for(booked, n, unit->unit_id,
					     v->skills[j].code);
			if (f.seats > 0)
				continue;
			f.figure = c->rate;
			f.threshold = 0.5;
			f.unit_id = unit->unit_id;
			f.skill_code = v->skills[j].code;
			f.importance = c->importance.value;
			f.before = c->level.value;
			f.about = v->skills[j].name;
			f.link = unit_link(out, v);
			f.strength = between_0_and_1(c->rate.value);
			found_add(out, &f);
		}
}

void findings_of_returns(const struct funnel_unit *units, size_t n,
			 const struct finding_limits *limits,
			 struct found_list *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct funnel_unit *u = &units[i];
		const size_t booked = (size_t)u->booked;
		const struct an_estimate e =
			an_wilson((size_t)u->answered, booked, 0.95);
		struct found f = blank("low_return");

		if (booked < RETURN_LEAST || !(e.hi < limits->return_below))
			continue;
		f.figure = (struct figure){ gate_round_share(e.value, booked),
					    gate_round_share(e.lo, booked),
					    gate_round_share(e.hi, booked),
					    booked,
					    booked,
					    booked - (size_t)u->answered,
					    "wilson",
					    AN_OK };
		f.threshold = limits->return_below;
		f.unit_id = u->unit_id;
		f.about = (struct bilingual){ u->name, u->name_en };
		f.link = "/overview#units";
		f.strength =
			between_0_and_1(0.3 + limits->return_below - e.value);
		found_add(out, &f);
	}
}
