/*
 * analysis_people.c: who answered, of the people who were asked, and what the
 * answers say about all of them.
 *
 * { status n (answered) booked answered rate(figure) is_low, is_places (of
 *   several sessions: places, not people)
 *   tiers { status n least merged hidden
 *     rows [{ name booked answered rate(figure) is_low }] }
 *   overall { status n, text, raw(figure), mean(figure), booked, is_census,
 *     by_tier } }
 *   booked   places of sessions that are over and whose survey after was opened
 *   is_low   fewer than half answered
 *   tiers    those of the part "groups" (ratings): small ones put together
 *   overall  overall satisfaction: raw, the mean of the answers; mean, that of
 *            everybody booked (tiers weighted by their places, finite
 *            population correction); by_tier: tiers could be told apart
 *
 * Each tier that is weighted is one that may be shown: the weighted mean beside
 * the plain one would give away a small tier.
 */
#include "analysis/analysis_groups_parts.h"

#include "analytics/describe.h"
#include "analytics/population.h"
#include "store/store_funnel.h"

#include <math.h>

#define HALF 0.5 /* response below which answers may be one-sided */

/* People asked and answered, of a tier or a stratum. */
struct asked {
	size_t booked, answered;
};

/* tier: of each tier; all: with those whose tier is unknown. */
struct asking {
	struct asked *tier, all;
};

/* Strata: tiers as they may be shown; NO_GROUP: a tier is in none. */
struct strata {
	size_t n, *of_tier;
	struct asked *asked;
	struct cases cases;
	bool merged, hidden;
};

static enum err read_asking(const struct groups_work *k, struct asking *out)
{
	const struct grouping *gr = &k->tiers;
	const struct funnel_asked *rows;
	size_t n;

	*out = (struct asking){ .tier = ARENA_ARRAY(&k->w->cx->arena,
						    struct asked, gr->n + 1) };
	TRY(store_funnel_asked(k->w->cx, k->w->of, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const size_t at = gr->find(&k->org, gr, rows[i].tier_id, 0);

		out->all.booked += (size_t)rows[i].booked;
		out->all.answered += (size_t)rows[i].answered;
		if (at == NO_GROUP)
			continue;
		out->tier[at].booked += (size_t)rows[i].booked;
		out->tier[at].answered += (size_t)rows[i].answered;
	}
	return OK;
}

/*
 * Where each tier went when small ones were put together. One that nobody
 * answered from goes with its neighbour; one that is hidden is in none.
 */
static void follow(const struct groups_work *k, const size_t *before,
		   struct strata *s)
{
	const struct cases *c = &s->cases;
	const size_t none = NO_GROUP - 1; /* nobody answered */
	size_t last = none;

	for (size_t t = 0; t < k->tiers.n; t++)
		s->of_tier[t] = none;
	for (size_t i = 0; i < c->n; i++)
		if (before[i] != NO_GROUP && s->of_tier[before[i]] == none)
			s->of_tier[before[i]] = c->group[i];
	for (size_t t = 0; t < k->tiers.n; t++)
		if (s->of_tier[t] == none)
			s->of_tier[t] = last;
		else if (s->of_tier[t] != NO_GROUP)
			last = s->of_tier[t];
	/* Those before the first one that answered. */
	for (size_t t = k->tiers.n; t-- > 0;)
		if (s->of_tier[t] == none)
			s->of_tier[t] = last == none ? NO_GROUP : 0;
}

/* The strata; false where tiers cannot be told apart. */
static bool stratify(const struct groups_work *k, const struct asking *asking,
		     struct strata *s)
{
	struct ctx *cx = k->w->cx;
	struct cases *c = &s->cases;
	const size_t *before =
		arena_memdup(&cx->arena, c->group, (c->n + 1) * sizeof(size_t));
	size_t people = 0;

	s->of_tier = ARENA_ARRAY(&cx->arena, size_t, k->tiers.n + 1);
	s->merged = cases_merge(cx, k->w->g, GATE_OPINION, c);
	s->hidden = cases_leave_out(k->w->g, GATE_OPINION, c);
	s->n = c->ngroups;
	for (size_t i = 0; i < c->n; i++)
		people += c->group[i] != NO_GROUP ? 1 : 0;
	if (s->n < 2 || !gate_may(k->w->g, GATE_COMPARE, people))
		return false;
	follow(k, before, s);
	s->asked = ARENA_ARRAY(&cx->arena, struct asked, s->n + 1);
	for (size_t t = 0; t < k->tiers.n; t++) {
		if (s->of_tier[t] == NO_GROUP)
			continue;
		s->asked[s->of_tier[t]].booked += asking->tier[t].booked;
		s->asked[s->of_tier[t]].answered += asking->tier[t].answered;
	}
	return true;
}

/*
 * No interval: who answered is known of everybody who was asked. Not hidden:
 * it says nothing about what anybody answered, and dashboards count the same.
 */
static void put_rate(const struct asked *a, json_t *o)
{
	const double share = (double)a->answered / (double)a->booked;
	const struct figure rate = figure_rounded(
		(struct figure){ .value = share,
				 .lo = NAN,
				 .hi = NAN,
				 .n = a->booked,
				 .base = a->booked,
				 .method = "response",
				 .status = a->booked ? AN_OK : AN_EMPTY });

	analysis_count(o, "booked", a->booked);
	analysis_count(o, "answered", a->answered);
	analysis_figure(o, "rate", &rate);
	analysis_flag(o, "is_low", share < HALF);
}

static void put_tiers(const struct strata *s, json_t *o)
{
	size_t people = 0;
	json_t *rows;

	for (size_t h = 0; h < s->n; h++)
		people += s->asked[h].answered;
	analysis_ok(o, people);
	analysis_flag(o, "merged", s->merged);
	analysis_flag(o, "hidden", s->hidden);
	rows = analysis_list(o, "rows");
	for (size_t h = 0; h < s->n; h++) {
		json_t *row = analysis_row(rows);

		analysis_text(row, "name", s->cases.name[h]);
		put_rate(&s->asked[h], row);
	}
}

/* Overall satisfaction of everybody asked; strata NULL: all as one. */
static void put_overall(const struct groups_work *k, const struct cases *c,
			const struct strata *s, const struct asking *asking,
			json_t *out)
{
	struct arena *a = &k->w->cx->arena;
	const size_t h = s ? s->n : 1;
	struct an_stratum *strata = ARENA_ARRAY(a, struct an_stratum, h);
	double *y = ARENA_ARRAY(a, double, c->n + 1);
	size_t *stratum = ARENA_ARRAY(a, size_t, c->n + 1), n = 0, booked = 0;
	struct an_stratified m;
	struct an_estimate e;
	struct figure f;

	for (size_t j = 0; j < h; j++) {
		const size_t all = s ? s->asked[j].booked : asking->all.booked;

		strata[j].population = (double)all;
		booked += all;
	}
	for (size_t i = 0; i < c->n; i++)
		if (!isnan(c->value[0][i]) && (!s || c->group[i] != NO_GROUP)) {
			stratum[n] = s ? c->group[i] : 0;
			y[n++] = c->value[0][i];
		}
	m = an_stratified_mean(y, stratum, n, strata, h);
	e = (struct an_estimate){ .value = m.mean,
				  .lo = m.lo,
				  .hi = m.hi,
				  .n = n,
				  .status = m.status,
				  .method = "stratified_fpc" };
	if (m.status == AN_OK && !(m.se_no_fpc > 0.0))
		e.status = AN_ZERO_VARIANCE; /* all said the same */
	f = figure_rounded(gate_figure(k->w->g, GATE_OPINION, e, booked));
	analysis_word(out, "status", an_status_name(f.status));
	analysis_count(out, "n", n);
	analysis_count(out, "booked", booked);
	analysis_text(out, "text", k->rating[0]->text);
	analysis_flag(out, "by_tier", s != NULL);
	/* No tier has more answers than places, so all have as many. */
	analysis_flag(out, "is_census", m.status == AN_OK && n == booked);
	analysis_figure(out, "mean", &f);
	f = figure_rounded(
		gate_figure(k->w->g, GATE_OPINION, an_mean_ci(y, n, 0.95), n));
	analysis_figure(out, "raw", &f);
}

enum err analysis_people(const struct analysis_work *w, json_t *out)
{
	struct groups_work k = { .w = w };
	struct strata s = { 0 };
	struct asking asking;
	json_t *tiers;
	bool apart;

	TRY(org_read(w->cx, &k.org));
	k.tiers = grouping_tiers(w->cx, &k.org);
	TRY(read_asking(&k, &asking));
	if (!asking.all.booked)
		return analysis_nothing(out, AN_EMPTY, 0, 0);
	if (!gate_may(w->g, GATE_SCORE, asking.all.answered))
		return analysis_nothing(out, AN_TOO_FEW, asking.all.answered,
					gate_least(w->g, GATE_SCORE));
	analysis_ok(out, asking.all.answered);
	put_rate(&asking.all, out);
	analysis_flag(out, "is_places", w->scope != ANALYSIS_SESSION);
	groups_find_ratings(&k);
	TRY(groups_rating_cases(&k, &k.tiers, &s.cases));
	apart = stratify(&k, &asking, &s);
	tiers = analysis_object(out, "tiers");
	if (apart)
		put_tiers(&s, tiers);
	else
		analysis_nothing(
			tiers, s.hidden ? AN_SUPPRESSED : AN_TOO_FEW, s.cases.n,
			s.hidden || gate_may(w->g, GATE_COMPARE, s.cases.n)
				? 0
				: gate_least(w->g, GATE_COMPARE));
	if (k.has_overall)
		put_overall(&k, &s.cases, apart ? &s : NULL, &asking,
			    analysis_object(out, "overall"));
	return OK;
}
