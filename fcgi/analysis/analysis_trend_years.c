/*
 * analysis_trend_years.c: applications, needs and people to reach over fiscal
 * years, by tier.
 */
#include "analysis/analysis_needs.h"
#include "analysis/analysis_trend.h"

#include "analytics/population.h"
#include "base/date.h"
#include "base/text.h"
#include "store/store_funnel.h"

#include <math.h>

#define BACK 9 /* years before this one that are looked at */

/* What the lines are made of: the needs of each year, oldest first. */
struct years {
	const struct analysis_work *w;
	struct needs_view *views;
	int64_t *year;
	size_t n;
	const struct needs_view *now; /* the last one */
	const struct funnel_tier *tiers;
	size_t ntiers;
	const int64_t *staff; /* of the tiers of now */
	struct trend_ahead ahead;
	bool is_over; /* this fiscal year */
	json_t *lines;
};

static struct bilingual name_of(const struct needs_group *g)
{
	return (struct bilingual){ g->name ? g->name : "",
				   g->name_en ? g->name_en : "" };
}

static const struct bilingual nobody = { "", "" };

/* Applications or people who came, of a tier (NULL: of all). */
static void count_line(struct years *y, const struct needs_group *tier,
		       bool came)
{
	struct trend_line l = { .what = came ? "came" : "applications",
				.unit = "count",
				.tier = tier ? tier->tier_code : "",
				.name = nobody,
				.tier_name = tier ? name_of(tier) : nobody,
				.ends = { NAN, NAN },
				.so_far = NAN };

	l.waves = ARENA_ARRAY(&y->w->cx->arena, struct trend_wave, y->n + 1);
	for (size_t i = 0; i < y->n; i++) {
		double sum = 0.0;

		for (size_t k = 0; k < y->ntiers; k++) {
			const struct funnel_tier *f = &y->tiers[k];

			if (f->fiscal_year != y->year[i] ||
			    (tier && !text_equals(f->tier_code, l.tier)))
				continue;
			sum += (double)(came ? f->came : f->applied);
		}
		/* Half a year of applications is not a year of them. */
		if (y->year[i] == y->w->scope_id && !y->is_over)
			l.so_far = sum;
		else
			l.waves[l.n++] =
				(struct trend_wave){ .t = (double)y->year[i] +
							  TREND_MIDDLE,
						     .y = sum,
						     .n = sum,
						     .weight = sum };
	}
	(void)trend_put(y->w, y->lines, &l, &y->ahead);
}

/* The group of a view with that tier code; NULL: not in that year. */
static const struct needs_group *tier_in(const struct needs_view *v,
					 const char *code)
{
	if (!code)
		return &v->all;
	for (size_t t = 0; t < v->ntiers; t++)
		if (text_equals(v->tiers[t].tier_code, code))
			return &v->tiers[t];
	return NULL;
}

/* The share of a group with the need in one year; NULL: not to be shown. */
static const struct figure *rate_in(const struct needs_view *v,
				    const char *tier, const char *skill)
{
	const struct needs_group *g = tier_in(v, tier);

	for (size_t j = 0; g && j < v->nskills; j++)
		if (text_equals(v->skills[j].code, skill) &&
		    gate_has(&g->cells[j].rate))
			return &g->cells[j].rate;
	return NULL;
}

/*
 * The line of everybody as the staff of now would have given it: shares of the
 * tiers that may be shown, by their head counts. All its waves, or none.
 */
static void standardise(const struct years *y, struct trend_line *l)
{
	struct arena *a = &y->w->cx->arena;
	const size_t h = y->now->ntiers, all = l->n * h;
	double *mean = ARENA_ARRAY(a, double, all + 1);
	double *answers = ARENA_ARRAY(a, double, all + 1);
	double *staff = ARENA_ARRAY(a, double, h + 1);
	double *value = ARENA_ARRAY(a, double, l->n + 1);
	double *weight = ARENA_ARRAY(a, double, l->n + 1);
	const struct an_wave_strata strata = { mean, answers, staff,
					       l->n, h,       1.0 };

	for (size_t t = 0; t < h; t++)
		staff[t] = (double)y->staff[t];
	for (size_t i = 0, at = 0; i < y->n && at < l->n; i++) {
		if ((double)y->year[i] + TREND_MIDDLE != l->waves[at].t)
			continue; /* a year without a figure */
		for (size_t t = 0; t < h; t++) {
			const struct figure *f =
				rate_in(&y->views[i],
					y->now->tiers[t].tier_code, l->skill);

			mean[at * h + t] = f ? f->value : 0.0;
			answers[at * h + t] = f ? (double)f->n : 0.0;
		}
		at++;
	}
	l->is_standard = an_poststratify(&strata, value, weight, NULL) == AN_OK;
	for (size_t i = 0; i < l->n; i++)
		l->is_standard = l->is_standard && !isnan(value[i]);
	for (size_t i = 0; i < l->n && l->is_standard; i++) {
		l->waves[i].y = value[i];
		l->waves[i].weight = weight[i];
	}
}

static struct projection rate_line(struct years *y, size_t skill,
				   const struct needs_group *tier)
{
	const struct needs_skill *s = &y->now->skills[skill];
	struct trend_line l = { .what = "rate",
				.unit = "share",
				.skill = s->code,
				.name = s->name,
				.tier = tier ? tier->tier_code : "",
				.tier_name = tier ? name_of(tier) : nobody,
				.ends = { 0.0, 1.0 },
				.so_far = NAN };

	l.waves = ARENA_ARRAY(&y->w->cx->arena, struct trend_wave, y->n + 1);
	for (size_t i = 0; i < y->n; i++) {
		const struct figure *f = rate_in(
			&y->views[i], tier ? tier->tier_code : NULL, s->code);

		if (f)
			l.waves[l.n++] = (struct trend_wave){
				.t = (double)y->year[i] + TREND_MIDDLE,
				.y = f->value,
				.n = (double)f->n,
				.weight = (double)f->n,
			};
	}
	if (!tier)
		standardise(y, &l);
	return trend_put(y->w, y->lines, &l, &y->ahead);
}

static void put_reach(json_t *o, const struct figure *rate, int64_t staff)
{
	const double people = (double)staff;

	analysis_figure(o, "rate", rate);
	analysis_int(o, "staff", staff);
	analysis_number(o, "people", people * rate->value);
	analysis_number(o, "people_lo", people * rate->lo);
	analysis_number(o, "people_hi", people * rate->hi);
}

/* The first needs: the share that has them, and how many people that is. */
static enum err put_needs(struct years *y, json_t *out)
{
	const struct needs_view *v = y->now;
	json_t *reach = analysis_list(out, "reach");
	const int64_t *staff;

	TRY(needs_staff(y->w->cx, v, &y->staff));
	staff = y->staff;
	for (size_t i = 0; i < v->all.order.n && i < NEEDS_TOP; i++) {
		const struct needs_rank *r = &v->all.order.ranks[i];

		if (!r->rank)
			continue;
		(void)rate_line(y, r->skill, NULL);
		for (size_t t = 0; t < v->ntiers; t++) {
			const struct needs_group *g = &v->tiers[t];
			const struct projection p = rate_line(y, r->skill, g);
			json_t *o = analysis_row(reach);

			analysis_word(o, "skill", v->skills[r->skill].code);
			analysis_text(o, "name", v->skills[r->skill].name);
			analysis_word(o, "tier", g->tier_code);
			analysis_text(o, "tier_name", name_of(g));
			put_reach(o, &g->cells[r->skill].rate, staff[t]);
			trend_put_ahead(o, &p, &y->ahead, (double)staff[t]);
		}
	}
	return OK;
}

/* The years there are up to this one, oldest first, and their needs. */
static enum err read_years(struct years *y)
{
	const struct analysis_work *w = y->w;
	struct arena *a = &w->cx->arena;
	const struct funnel_year *rows;
	size_t n;

	TRY(store_funnel_years(w->cx, &rows, &n));
	y->year = ARENA_ARRAY(a, int64_t, n + 1);
	y->views = ARENA_ARRAY(a, struct needs_view, n + 1);
	for (size_t i = n; i-- > 0;)
		if (rows[i].fiscal_year <= w->scope_id &&
		    rows[i].fiscal_year >= w->scope_id - BACK)
			y->year[y->n++] = rows[i].fiscal_year;
	for (size_t i = 0; i < y->n; i++) {
		TRY(needs_view_read(w->cx, w->g, y->year[i], DB_NULL,
				    &y->views[i]));
		TRY(analysis_tell(w, (double)(i + 1) / (double)y->n));
	}
	y->now = y->n ? &y->views[y->n - 1] : NULL;
	return store_funnel_tiers(w->cx, w->scope_id - BACK, w->scope_id,
				  &y->tiers, &y->ntiers);
}

enum err trend_years(const struct analysis_work *w, json_t *out)
{
	const int year = date_fiscal_year(date_in_japan(w->cx->now_ms));
	struct years y = { .w = w,
			   .ahead = trend_ahead(w->scope_id),
			   .is_over = w->scope_id < year };

	TRY(read_years(&y));
	if (!y.n)
		return analysis_nothing(out, AN_EMPTY, 0, 0);
	analysis_ok(out, y.now->all.people);
	analysis_word(out, "by", "year");
	analysis_int(out, "least", PROJECTION_LEAST);
	y.lines = analysis_list(out, "lines");
	count_line(&y, NULL, false);
	for (size_t t = 0; t < y.now->ntiers; t++)
		count_line(&y, &y.now->tiers[t], false);
	count_line(&y, NULL, true);
	return put_needs(&y, out);
}
