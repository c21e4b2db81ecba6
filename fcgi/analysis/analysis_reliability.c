/*
 * analysis_reliability.c: how exact the scores are.
 *
 * {"status","n","scales":[{"what":"knowledge"|"satisfaction",
 *   "title"(of a year: the course),"n","lost","k","max",
 *   "alpha"   figure, Feldt limits
 *   "omega"   figure; too_few below 50 people, limits from 100 people
 *   "lambda2","sem","sd","needed"   numbers; sem and sd in points of the
 *             total, which reaches from 0 (knowledge) or k to max
 *   "band":"individual"|"group"|"class"|"none", "band_sure"
 *   "dimension"   dimension.h: do the questions measure one thing}]}
 *
 * lost: people left out because an answer of the scale is missing. band: what
 * the score is good for by alpha; sure when the interval lies in one band.
 */
#include "analysis/analysis.h"

#include "analysis/dimension.h"
#include "analysis/knowledge.h"
#include "analytics/reliability.h"

#include <math.h>

#define RESAMPLES   2000
#define SCALE_ITEMS 3 /* fewer items are no scale of satisfaction */

/* A table of points and what is needed to judge it. */
struct scale {
	const char *what;
	const struct column *const *items;
	struct an_table points;
	size_t lost;
	double max; /* of the total */
	enum gate_what alpha, omega, omega_ci;
};

static const char *band_of(double alpha)
{
	if (isnan(alpha))
		return "none";
	return alpha >= 0.80 ? "individual" : alpha >= 0.70 ? "group" : "class";
}

static void write_alpha(const struct analysis_work *w, const struct scale *s,
			const struct an_reliability *r, json_t *o)
{
	const struct an_estimate e = { .value = r->alpha,
				       .lo = r->alpha_lo,
				       .hi = r->alpha_hi,
				       .n = r->n_used,
				       .status = r->status,
				       .method = "feldt" };
	const struct figure f =
		gate_figure(w->g, s->alpha, e, r->n_used + s->lost);
	const bool shown = gate_has(&f);

	analysis_figure(o, "alpha", &f);
	analysis_number(o, "lambda2", shown ? r->guttman_lambda2 : NAN);
	analysis_number(o, "sem", shown && r->alpha >= 0.0 ? r->sem : NAN);
	analysis_number(o, "sd", shown ? r->sd_total : NAN);
	analysis_number(o, "needed", shown ? ceil(r->k_for_080 - 1e-9) : NAN);
	analysis_word(o, "band", band_of(shown ? r->alpha : NAN));
	analysis_flag(o, "band_sure",
		      shown && band_of(r->alpha_lo) == band_of(r->alpha_hi));
}

/* Resampling takes long: only where the interval may be shown. */
static void write_omega(const struct analysis_work *w, const struct scale *s,
			const struct an_reliability *r, json_t *o)
{
	const size_t n = s->points.n;
	const struct an_resampling how = { .resamples = RESAMPLES,
					   .seed = w->seed,
					   .level = 0.95 };
	struct an_estimate e = { .value = r->omega_total,
				 .lo = NAN,
				 .hi = NAN,
				 .n = r->n_used,
				 .status = r->omega_status };
	struct figure f = figure_none("omega", AN_TOO_FEW);

	f.n = f.base = n;
	if (gate_may(w->g, s->omega, n)) {
		if (gate_may(w->g, s->omega_ci, n))
			e = an_omega_ci(&s->points, AN_LISTWISE, &how);
		e.method = "omega";
		f = gate_figure(w->g, s->omega, e, n + s->lost);
	}
	analysis_figure(o, "omega", &f);
}

static json_t *write_scale(const struct analysis_work *w, const struct scale *s,
			   json_t *scales)
{
	const struct an_reliability r =
		an_reliability(&s->points, AN_LISTWISE, 0.95, NULL);
	const struct dimension d = { .points = &s->points,
				     .items = s->items,
				     .what = s->omega,
				     .divides = s->omega == GATE_OMEGA };
	json_t *o = analysis_row(scales);

	analysis_word(o, "what", s->what);
	analysis_count(o, "n", s->points.n);
	analysis_count(o, "lost", s->lost);
	analysis_count(o, "k", s->points.k);
	analysis_number(o, "max", s->max);
	write_alpha(w, s, &r, o);
	write_omega(w, s, &r, o);
	dimension_write(w, &d, o);
	return o;
}

static enum err knowledge(const struct analysis_work *w, json_t *scales,
			  size_t *most)
{
	const struct forms all = knowledge_forms(w->cx, w->g, w->set);

	for (size_t i = 0; i < all.nforms; i++) {
		const struct form *f = &all.list[i];
		const struct scale s = { .what = "knowledge",
					 .items = f->items,
					 .points = f->points,
					 .max = (double)f->k,
					 .alpha = GATE_ALPHA,
					 .omega = GATE_OMEGA,
					 .omega_ci = GATE_OMEGA_CI };

		*most = f->n > *most ? f->n : *most;
		if (f->k > 1 && gate_may(w->g, GATE_ALPHA, f->n))
			TRY(form_write_title(w, f, write_scale(w, &s, scales)));
	}
	return OK;
}

/* Was it asked in every survey after that somebody answered? */
static bool is_common(const struct answers_set *set, const struct column *c)
{
	for (size_t i = 0; i < set->nsheets; i++)
		if (set->sheets[i].moment == MOMENT_POST &&
		    !column_asked(c, &set->sheets[i]))
			return false;
	return true;
}

/* Points of everybody who answered all questions on satisfaction. */
static struct scale satisfaction_scale(const struct analysis_work *w)
{
	struct arena *a = &w->cx->arena;
	size_t all, k = 0, n = 0, asked = 0;
	const struct column *c = answers_columns(w->cx, w->set, MOMENT_POST,
						 MEASURES_SATISFACTION, &all);
	const struct column **used =
		ARENA_ARRAY(a, const struct column *, all + 1);
	struct scale s = { .what = "satisfaction",
			   .alpha = GATE_SCALE,
			   .omega = GATE_SCALE_OMEGA,
			   .omega_ci = GATE_SCALE_OMEGA_CI };
	double *x;

	for (size_t j = 0; j < all; j++)
		if (is_common(w->set, &c[j])) {
			s.max += (double)c[j].item->noptions;
			used[k++] = &c[j];
		}
	x = ARENA_ARRAY(a, double, (w->set->nsheets + 1) * (k + 1));
	for (size_t i = 0; i < w->set->nsheets; i++) {
		const struct sheet *sheet = &w->set->sheets[i];
		bool whole = sheet->moment == MOMENT_POST;

		asked += whole ? 1 : 0;
		for (size_t j = 0; whole && j < k; j++) {
			x[n * k + j] = column_points(used[j], sheet);
			whole = !isnan(x[n * k + j]);
		}
		n += whole ? 1 : 0;
	}
	s.items = used;
	s.points = (struct an_table){ x, n, k };
	s.lost = asked - n;
	return s;
}

enum err analysis_reliability(const struct analysis_work *w, json_t *out)
{
	const struct scale satisfaction = satisfaction_scale(w);
	const size_t rated = satisfaction.points.k >= SCALE_ITEMS
				     ? satisfaction.points.n
				     : 0;
	json_t *scales = json_array();
	size_t most = 0;

	TRY(knowledge(w, scales, &most));
	if (gate_may(w->g, GATE_SCALE, rated))
		write_scale(w, &satisfaction, scales);
	if (!json_array_size(scales) && !most && rated)
		return analysis_nothing(out, AN_TOO_FEW, rated,
					gate_least(w->g, GATE_SCALE));
	if (!json_array_size(scales))
		return analysis_nothing(out, most ? AN_TOO_FEW : AN_EMPTY, most,
					most ? gate_least(w->g, GATE_ALPHA)
					     : 0);
	analysis_ok(out, w->set->n_post);
	json_object_set_new(out, "scales", scales);
	return OK;
}
