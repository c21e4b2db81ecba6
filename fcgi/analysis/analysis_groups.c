/*
 * analysis_groups.c: tiers and departments compared.
 *
 * { status n least is_year
 *   score { status n least base merged hidden groups [{ name n }]
 *     outcomes [{ key "after"|"change", groups [{ mean(figure) }],
 *       welch { f df1 df2 p } epsilon2 epsilon2_lo epsilon2_hi (90 %)
 *       trend { z p, r lo hi (95 %) } verdict "upper_higher" "lower_higher"
 *       "differ" "small" "same" "no_difference_found" "unclear",
 *       pairs [{ a b difference(figure) p verdict }] }]
 *     adjusted { status, test { f df1 df2 p } reference,
 *       groups [{ difference(figure) }] } }
 *   ratings { status n least base merged hidden groups [{ name n }]
 *     items [{ text, groups [{ mean(figure) }], h df p, epsilon2 .. verdict
 *       as above, pairs [{ a b delta lo hi p verdict }] }] }
 *   units [{ key "change"|"overall"|"need"|"returns", skill (of "need"),
 *     status units least n hidden mean(figure) icc (of means),
 *     groups [{ name figure verdict "high"|"low"|"" }] }] }
 *   n, base   people of the groups shown; all who answered
 *   merged    small tiers were put together with their neighbours
 *   hidden    of tiers: one is hidden with the few who are in none; of
 *             departments: how many are
 *   a, b, reference   places in groups
 *   units     departments that can be compared, least: that are needed; an
 *             empty list in a session
 * Numbers of the score are shares of the points; in a year distances from the
 * mean of the same course. p of ratings are adjusted over the ratings; p of
 * GATE_CROWD people or more are null.
 */
#include "analysis/analysis_groups_parts.h"

#include "analysis/analysis_sets.h"
#include "insight/session_view.h"

#include <math.h>
#include <string.h>

int64_t *groups_course_ids(const struct groups_work *k, const struct cases *c)
{
	const struct answers_set *set = k->w->set;
	int64_t *id;

	if (k->w->scope != ANALYSIS_YEAR)
		return NULL;
	id = ARENA_ARRAY(&k->w->cx->arena, int64_t, c->n + 1);
	for (size_t i = 0; i < c->n; i++)
		id[i] = set_course_of_session(set, c->session[i]);
	return id;
}

enum err groups_score_cases(struct groups_work *k, const struct grouping *gr,
			    struct cases *c)
{
	struct ctx *cx = k->w->cx;
	const struct answers_set *set = k->w->set;
	const struct pair_scores s = view_pair_scores(cx, set);
	int64_t *session = ARENA_ARRAY(&cx->arena, int64_t, set->npairs + 1);

	*c = cases_new(cx, gr, set->npairs, SCORE_VALUES);
	c->session = session;
	for (size_t i = 0; i < set->npairs; i++) {
		const struct sheet_pair *p = &set->pairs[i];

		session[i] = p->post->session_id;
		c->value[BEFORE][i] = s.pre[i];
		c->value[AFTER][i] = s.post[i];
		c->value[CHANGE][i] = s.post[i] - s.pre[i];
		c->group[i] = isnan(c->value[CHANGE][i])
				      ? NO_GROUP
				      : gr->find(&k->org, gr, p->post->tier_id,
						 p->post->unit_id);
	}
	c->course = groups_course_ids(k, c);
	TRY(cases_bound(k->w, &k->org, gr, "pre", c));
	TRY(cases_bound(k->w, &k->org, gr, "post", c));
	cases_guard(cx, k->w->g, GATE_SCORE, c);
	return OK;
}

void groups_find_ratings(struct groups_work *k)
{
	static const enum measures kinds[] = { MEASURES_OVERALL,
					       MEASURES_SATISFACTION };
	const struct answers_set *set = k->w->set;

	for (size_t m = 0; m < 2; m++) {
		size_t n;
		const struct column *list = answers_columns(
			k->w->cx, set, MOMENT_POST, kinds[m], &n);
		const struct column **more =
			ARENA_ARRAY(&k->w->cx->arena, const struct column *,
				    k->nratings + n + 1);

		if (k->nratings)
			memcpy(more, k->rating,
			       k->nratings * sizeof(*k->rating));
		k->rating = more;
		for (size_t j = 0; j < n; j++) {
			size_t rated = 0;

			for (size_t i = 0; i < set->nsheets; i++)
				rated += set->sheets[i].moment == MOMENT_POST &&
							 !isnan(column_points(
								 &list[j],
								 &set->sheets
									  [i]))
						 ? 1
						 : 0;
			if (!gate_may(k->w->g, GATE_COMPARE, rated))
				continue;
			more[k->nratings++] = &list[j];
			k->has_overall |= m == 0;
		}
	}
}

enum err groups_rating_cases(struct groups_work *k, const struct grouping *gr,
			     struct cases *c)
{
	struct ctx *cx = k->w->cx;
	const struct answers_set *set = k->w->set;
	int64_t *session = ARENA_ARRAY(&cx->arena, int64_t, set->nsheets + 1);
	size_t n = 0;

	*c = cases_new(cx, gr, set->nsheets, k->nratings);
	c->session = session;
	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];

		if (s->moment != MOMENT_POST)
			continue;
		session[n] = s->session_id;
		c->group[n] = gr->find(&k->org, gr, s->tier_id, s->unit_id);
		for (size_t v = 0; v < k->nratings; v++)
			c->value[v][n] = column_points(k->rating[v], s);
		n++;
	}
	c->n = n;
	c->course = groups_course_ids(k, c);
	TRY(cases_bound(k->w, &k->org, gr, "post", c));
	cases_guard(cx, k->w->g, GATE_OPINION, c);
	return OK;
}

size_t groups_courses(const struct groups_work *k, const struct cases *c,
		      size_t *course)
{
	const struct answers_set *set = k->w->set;
	int64_t *ids =
		ARENA_ARRAY(&k->w->cx->arena, int64_t, set->ncollections + 1);
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		size_t at = 0;

		if (c->group[i] == NO_GROUP)
			continue;
		for (size_t j = 0; j < set->ncollections; j++) {
			if (set->collections[j].session_id != c->session[i])
				continue;
			while (at < n &&
			       ids[at] != set->collections[j].course_id)
				at++;
			if (at == n)
				ids[n++] = set->collections[j].course_id;
			break;
		}
		course[i] = at;
	}
	return n;
}

/* Mean of a course over the cases in groups; NAN when all are in one. */
static double course_mean(const struct cases *c, size_t v, const size_t *course,
			  size_t which)
{
	size_t first = NO_GROUP, n = 0;
	bool several = false;
	double sum = 0.0;

	for (size_t i = 0; i < c->n; i++) {
		if (course[i] != which || c->group[i] == NO_GROUP ||
		    isnan(c->value[v][i]))
			continue;
		several |= first != NO_GROUP && first != c->group[i];
		first = c->group[i];
		sum += c->value[v][i];
		n++;
	}
	return several ? sum / (double)n : (double)NAN;
}

double *groups_centred(const struct groups_work *k, const struct cases *c,
		       size_t v)
{
	struct arena *a = &k->w->cx->arena;
	double *y = ARENA_ARRAY(a, double, c->n + 1);
	size_t *course = ARENA_ARRAY(a, size_t, c->n + 1);
	size_t n;

	for (size_t i = 0; i < c->n; i++)
		y[i] = c->value[v][i];
	if (k->w->scope != ANALYSIS_YEAR)
		return y;
	n = groups_courses(k, c, course);
	for (size_t which = 0; which < n; which++) {
		const double m = course_mean(c, v, course, which);

		for (size_t i = 0; i < c->n; i++)
			if (course[i] == which)
				y[i] -= m;
	}
	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] == NO_GROUP)
			y[i] = NAN;
	return y;
}

/* People behind the largest of the things compared. */
static size_t people(const json_t *out)
{
	const json_int_t score = json_integer_value(
		json_object_get(json_object_get(out, "score"), "n"));
	const json_int_t ratings = json_integer_value(
		json_object_get(json_object_get(out, "ratings"), "n"));

	return (size_t)(score > ratings ? score : ratings);
}

static bool is_ok(const json_t *o)
{
	const char *word = json_string_value(json_object_get(o, "status"));

	return word && !strcmp(word, an_status_name(AN_OK));
}

enum err analysis_groups(const struct analysis_work *w, json_t *out)
{
	struct groups_work k = { .w = w };
	const json_t *units, *one;
	bool shown;
	size_t i;

	TRY(org_read(w->cx, &k.org));
	k.tiers = grouping_tiers(w->cx, &k.org);
	k.departments = grouping_departments(w->cx, &k.org);
	groups_find_ratings(&k);
	TRY(groups_tiers(&k, out));
	TRY(groups_units(&k, out));
	analysis_flag(out, "is_year", w->scope == ANALYSIS_YEAR);
	shown = is_ok(json_object_get(out, "score")) ||
		is_ok(json_object_get(out, "ratings"));
	units = json_object_get(out, "units");
	json_array_foreach(units, i, one)
		shown |= is_ok(one);
	/* Many people of one group are not too few: no number would help. */
	if (!shown)
		return analysis_nothing(
			out, AN_TOO_FEW, people(out),
			gate_may(w->g, GATE_COMPARE, people(out))
				? 0
				: gate_least(w->g, GATE_COMPARE));
	analysis_ok(out, people(out));
	return OK;
}
