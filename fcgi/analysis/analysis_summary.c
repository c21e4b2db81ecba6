/*
 * analysis_summary.c: what to act on, and what else was found, from the parts
 * before this one.
 *
 * { status n
 *   act[]     the gravest first: kind, part, and what the sentence needs
 *     "unmet"     a need nobody meets: skill, name, tier, tier_name, mwds,
 *                 year
 *     "item"      an item to revise or drop: key, text, title (of a year),
 *                 number, form (place of its form), reason ("key", "rival",
 *                 "fell", "hard", ...), after, before, r
 *     "scale"     important and not satisfying: text, mean, r
 *     "unfair"    an item that favours: text, title, group, favours, delta
 *     "short"     far fewer seats than by need: name, offered, proposed
 *     "unit"      name, key ("change", "overall", "need", "returns"), figure
 *   act_more  items left out of act
 *   know[]    "change" (word, before, after), "items_fine" (keep), "first"
 *             (names, is_final), "driver" (text, share), "tiers" (about,
 *             verdict), "courses" (rose, judged), "trend" (what, name,
 *             tier_name, direction)
 *   nothing[] parts that say nothing: part, status, n, least }
 *
 * It only copies what those parts keep: nothing is here that they do not show.
 * What they call unclear is not a point; an interval decides, not a figure.
 */
#include "analysis/analysis.h"

#include "base/text.h"
#include "insight/smallest.h"

#include <math.h>

#define MOST_ITEMS 12

struct points {
	const json_t *before;
	json_t *act, *know;
	size_t left_out;
};

static bool says(const json_t *o, const char *key, const char *word)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s && text_equals(s, word);
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : (double)NAN;
}

/* The part, NULL when it says nothing. */
static const json_t *part(const struct points *p, const char *name)
{
	const json_t *o = json_object_get(p->before, name);

	return o && says(o, "status", "ok") ? o : NULL;
}

static json_t *point(json_t *list, const char *kind, const char *name)
{
	json_t *o = analysis_row(list);

	analysis_word(o, "kind", kind);
	analysis_word(o, "part", name);
	return o;
}

/* Members of `from` by name, ended by NULL, as they are. */
static void copy(json_t *to, const json_t *from, const char *const *keys)
{
	for (; *keys; keys++)
		if (json_object_get(from, *keys))
			json_object_set(to, *keys,
					json_object_get(from, *keys));
}

#define COPY(to, from, ...) \
	copy((to), (from), (const char *const[]){ __VA_ARGS__, NULL })

static void unmet(struct points *p)
{
	const json_t *needs = part(p, "needs"), *o;
	size_t i;

	json_array_foreach(json_object_get(needs, "unmet"), i, o) {
		json_t *to = point(p->act, "unmet", "needs");

		COPY(to, o, "skill", "name", "tier", "tier_name", "mwds");
		COPY(to, needs, "year");
	}
}

/* ---- items -------------------------------------------------------------- */

/* Gravest first; the place is the gravity. */
static const char *const reasons[] = {
	"key",  "rival",     "fell",         "hard",
	"weak", "weak_drop", "known_before", "dead",
};
#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

static size_t gravity(const json_t *item)
{
	const json_t *o;
	size_t i;

	if (!says(item, "verdict", "revise") && !says(item, "verdict", "drop"))
		return NREASONS;
	for (size_t r = 0; r < NREASONS; r++)
		json_array_foreach(json_object_get(item, "reasons"), i, o)
			if (text_equals(json_string_value(o), reasons[r]))
				return r;
	return NREASONS;
}

static void put_item(struct points *p, const json_t *form, size_t nform,
		     size_t nitem)
{
	const json_t *item =
		json_array_get(json_object_get(form, "items"), nitem);
	json_t *o = point(p->act, "item", "items");

	COPY(o, item, "key", "text", "verdict", "after", "before", "r");
	COPY(o, form, "title");
	analysis_count(o, "form", nform);
	analysis_count(o, "number", nitem + 1);
	analysis_word(o, "reason", reasons[gravity(item)]);
}

static void items(struct points *p)
{
	const json_t *all = part(p, "items"), *form, *item;
	size_t i, j, put = 0;
	json_t *o;

	for (size_t r = 0; r < NREASONS; r++)
		json_array_foreach(json_object_get(all, "forms"), i, form)
			json_array_foreach(json_object_get(form, "items"), j,
					   item) {
				if (gravity(item) != r)
					continue;
				if (put++ < MOST_ITEMS)
					put_item(p, form, i, j);
				else
					p->left_out++;
			}
	if (!all || put)
		return;
	o = json_object_get(all, "verdicts");
	if (number(o, "keep") > 0.0)
		COPY(point(p->know, "items_fine", "items"), o, "keep");
}

/* ---- what else calls for something --------------------------------------- */

static void scales(struct points *p)
{
	const json_t *portfolio =
		json_object_get(part(p, "drivers"), "portfolio");
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(portfolio, "items"), i, o)
		if (says(o, "act", "now"))
			COPY(point(p->act, "scale", "drivers"), o, "key",
			     "text", "mean", "r");
}

static void unfair_in(struct points *p, const json_t *course,
		      const json_t *comparison)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(comparison, "items"), i, item) {
		json_t *o;

		if (!says(item, "favours", "tier") &&
		    !says(item, "favours", "others"))
			continue;
		o = point(p->act, "unfair", "fairness");
		COPY(o, item, "text", "favours", "delta", "class");
		COPY(o, course, "title");
		json_object_set(o, "group",
				json_object_get(comparison, "name"));
	}
}

static void unfair(struct points *p)
{
	const json_t *course, *comparison;
	size_t i, j;

	json_array_foreach(json_object_get(part(p, "fairness"), "courses"), i,
			   course)
		json_array_foreach(json_object_get(course, "comparisons"), j,
				   comparison)
			unfair_in(p, course, comparison);
}

static void seats(struct points *p)
{
	const json_t *all = json_object_get(part(p, "needs"), "seats"), *o;
	size_t i;

	json_array_foreach(json_object_get(all, "skills"), i, o)
		if (json_is_true(json_object_get(o, "is_short")))
			COPY(point(p->act, "short", "needs"), o, "skill",
			     "name", "offered", "proposed");
}

/* Units that are worse than the whole: a need is worse when it is high. */
static void units(struct points *p)
{
	const json_t *of, *group;
	size_t i, j;

	json_array_foreach(json_object_get(part(p, "groups"), "units"), i, of)
		json_array_foreach(json_object_get(of, "groups"), j, group) {
			const bool need = says(of, "key", "need");
			json_t *o;

			if (!says(group, "verdict", need ? "high" : "low"))
				continue;
			o = point(p->act, "unit", "groups");
			COPY(o, group, "name", "figure");
			COPY(o, of, "key");
		}
}

/* ---- what was found besides ---------------------------------------------- */

static void change(struct points *p)
{
	const json_t *o = part(p, "change");

	if (o && !says(o, "word", ""))
		COPY(point(p->know, "change", "change"), o, "word", "before",
		     "after", "change");
}

/* Of a year: in how many courses did the ability surely rise? */
static void courses(struct points *p)
{
	const json_t *o;
	size_t i, judged = 0, rose = 0;
	json_t *to;

	json_array_foreach(json_object_get(part(p, "ability"), "courses"), i,
			   o) {
		const double lo = number(json_object_get(o, "change"), "lo");

		if (!says(o, "status", "ok") || isnan(lo))
			continue;
		judged++;
		rose += lo > SMALLEST_DZ ? 1 : 0;
	}
	if (!judged)
		return;
	to = point(p->know, "courses", "ability");
	analysis_count(to, "rose", rose);
	analysis_count(to, "judged", judged);
}

/* The needs that may be called the first, else the one that leads. */
static void first_needs(struct points *p)
{
	const json_t *needs = part(p, "needs"), *o;
	json_t *to, *names;
	size_t i;

	if (!json_array_size(json_object_get(needs, "skills")))
		return;
	to = point(p->know, "first", "needs");
	names = analysis_list(to, "names");
	json_array_foreach(json_object_get(needs, "skills"), i, o)
		if (json_is_true(json_object_get(o, "final")))
			json_array_append(names, json_object_get(o, "name"));
	analysis_flag(to, "is_final", json_array_size(names) > 0);
	o = json_array_get(json_object_get(needs, "skills"), 0);
	if (!json_array_size(names))
		json_array_append(names, json_object_get(o, "name"));
}

static void driver(struct points *p)
{
	const json_t *all = json_object_get(part(p, "drivers"), "drivers");
	const json_t *first = json_array_get(json_object_get(all, "items"), 0);

	if (first && says(all, "status", "ok") &&
	    json_is_true(json_object_get(all, "explains")))
		COPY(point(p->know, "driver", "drivers"), first, "text",
		     "share");
}

static void tiers_in(struct points *p, const json_t *list, const char *about)
{
	const json_t *o = json_array_get(list, 0);
	json_t *to;

	if (!o || says(o, "verdict", "unclear"))
		return;
	to = point(p->know, "tiers", "groups");
	COPY(to, o, "verdict");
	analysis_word(to, "about", about);
}

static void tiers(struct points *p)
{
	const json_t *groups = part(p, "groups");
	const json_t *score = json_object_get(groups, "score");
	const json_t *ratings = json_object_get(groups, "ratings");

	if (says(score, "status", "ok"))
		tiers_in(p, json_object_get(score, "outcomes"), "after");
	if (says(ratings, "status", "ok"))
		tiers_in(p, json_object_get(ratings, "items"), "overall");
}

/* Only what may be called a trend. */
static void trends(struct points *p)
{
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(part(p, "trend"), "lines"), i, o)
		if (says(o, "direction", "up") || says(o, "direction", "down"))
			COPY(point(p->know, "trend", "trend"), o, "what",
			     "name", "tier_name", "direction");
}

static void nothing(const struct points *p, json_t *out)
{
	json_t *list = analysis_list(out, "nothing");

	for (const struct analysis_part *a = analysis_parts; a->name; a++) {
		const json_t *o = json_object_get(p->before, a->name);
		json_t *row;

		if (!o || part(p, a->name) || text_equals(a->name, "summary"))
			continue;
		row = analysis_row(list);
		analysis_word(row, "part", a->name);
		COPY(row, o, "status", "n", "least");
	}
}

enum err analysis_summary(const struct analysis_work *w, json_t *out)
{
	struct points p = { .before = w->before };

	analysis_ok(out, w->set->nsheets);
	p.act = analysis_list(out, "act");
	p.know = analysis_list(out, "know");
	unmet(&p);
	items(&p);
	scales(&p);
	unfair(&p);
	seats(&p);
	units(&p);
	change(&p);
	courses(&p);
	first_needs(&p);
	driver(&p);
	tiers(&p);
	trends(&p);
	analysis_count(out, "act_more", p.left_out);
	nothing(&p, out);
	return OK;
}
