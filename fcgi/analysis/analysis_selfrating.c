/*
 * analysis_selfrating.c: what people say they can do, against the test.
 *
 * Session and course: {"status","n","scope":"one",
 *   "asked"      questions of the self-rating (the most of a moment)
 *   "by_skill"   they are about the skills that the test asks for; false:
 *                there are none such, and all self-ratings are taken
 *   "moments":[{"moment":"pre"|"post",
 *     "rho"      figure: Spearman of score and self-rating
 *     "r"        figure: Pearson of the same
 *     "quarters":[{"place","n","status","diff"(figure),"random"}]}]}
 * Year: {"status","n","scope":"year",
 *   "courses":[{"title","status","n","least","rho","r"}]}, all after.
 *
 * quarters: by the score, the lowest first; an empty one (many with the same
 * score) is not there, none when there is but one; a hidden one has no n.
 * place: "lowest", "lower", "middle", "higher", "highest". diff is the mean of
 * z(self-rating) minus z(score) among all people of the moment; random what it
 * would be if the self-rating had nothing to do with the score. Too few people,
 * or few who all rate alike, are hidden; the differences of all add up to
 * nothing, so they are hidden as the parts of a total are (gate_groups).
 */
#include "analysis/analysis_sets.h"
#include "analytics/calibration.h"
#include "analytics/correlation.h"
#include "base/text.h"
#include "insight/session_view.h"

#include <math.h>

/* Score and self-rating of the people of one moment; NAN where there is none.*/
struct rated {
	const struct column **self;
	size_t nself;
	bool by_skill;
	double *score, *rating;
	size_t n;
};

static bool has_skill(const struct column *list, size_t n, const char *skill)
{
	for (size_t j = 0; j < n; j++)
		if (*skill && text_equals(list[j].skill, skill))
			return true;
	return false;
}

/* The self-ratings of the skills that the test is about; else all. */
static void choose_self(struct ctx *cx, const struct answers_set *set,
			enum moment moment, struct rated *r)
{
	size_t n, nk;
	const struct column *all =
		answers_columns(cx, set, moment, MEASURES_SELF, &n);
	const struct column *test =
		answers_columns(cx, set, moment, MEASURES_KNOWLEDGE, &nk);

	r->self = ARENA_ARRAY(&cx->arena, const struct column *, n + 1);
	for (size_t j = 0; j < n; j++)
		if (has_skill(test, nk, all[j].skill))
			r->self[r->nself++] = &all[j];
	r->by_skill = r->nself > 0;
	for (size_t j = 0; !r->by_skill && j < n; j++)
		r->self[r->nself++] = &all[j];
}

static void add(struct rated *r, double score, const struct sheet *s)
{
	r->score[r->n] = score;
	r->rating[r->n++] = columns_score(r->self, r->nself, s);
}

/*
 * The matched people, as everywhere; where too few can be matched, everybody
 * who answered after (see knowledge.h).
 */
static struct rated read_moment(const struct analysis_work *w,
				const struct answers_set *set,
				enum moment moment)
{
	struct ctx *cx = w->cx;
	const size_t most = set->npairs + set->nsheets + 1;
	struct rated r = { .score = ARENA_ARRAY(&cx->arena, double, most),
			   .rating = ARENA_ARRAY(&cx->arena, double, most) };
	size_t n;
	const struct column *test =
		answers_columns(cx, set, moment, MEASURES_KNOWLEDGE, &n);

	choose_self(cx, set, moment, &r);
	if (!n || !r.nself)
		return r;
	if (gate_may(w->g, GATE_SCORE, set->npairs)) {
		const struct pair_scores s = view_pair_scores(cx, set);

		for (size_t i = 0; i < set->npairs; i++)
			add(&r, moment == MOMENT_PRE ? s.pre[i] : s.post[i],
			    moment == MOMENT_PRE ? set->pairs[i].pre
						 : set->pairs[i].post);
		return r;
	}
	for (size_t i = 0; moment == MOMENT_POST && i < set->nsheets; i++)
		if (set->sheets[i].moment == moment)
			add(&r, columns_points(test, n, &set->sheets[i]),
			    &set->sheets[i]);
	return r;
}

static struct figure shown(const struct analysis_work *w, double value,
			   const double limits[2], const struct rated *r,
			   const struct an_correlation *c, const char *method)
{
	const struct an_estimate e = { .value = value,
				       .lo = limits[0],
				       .hi = limits[1],
				       .n = c->n,
				       .status = c->status,
				       .method = method };

	return figure_rounded(gate_figure(w->g, GATE_OPINION, e, r->n));
}

/* How many people have both. */
static size_t put_correlation(const struct analysis_work *w,
			      const struct rated *r, json_t *o)
{
	const struct an_correlation c =
		an_correlate(r->score, r->rating, r->n, 0.95);
	const double limits[2][2] = { { c.spearman_lo, c.spearman_hi },
				      { c.pearson_lo, c.pearson_hi } };
	const struct figure rho =
		shown(w, c.spearman, limits[0], r, &c, "spearman");
	const struct figure p =
		shown(w, c.pearson, limits[1], r, &c, "pearson");

	analysis_figure(o, "rho", &rho);
	analysis_figure(o, "r", &p);
	return c.n;
}

/* Those of a quarter all rate themselves alike, and are few. */
static void refuse_alike(const struct analysis_work *w, const struct rated *r,
			 const size_t *quarter,
			 size_t people[AN_SCORE_QUARTERS])
{
	bool refused[AN_SCORE_QUARTERS] = { false };

	for (size_t q = 0; q < AN_SCORE_QUARTERS; q++) {
		double first = NAN;
		bool alike = true;

		for (size_t i = 0; i < r->n; i++) {
			if (quarter[i] != q)
				continue;
			alike = alike &&
				(isnan(first) || r->rating[i] == first);
			first = r->rating[i];
		}
		refused[q] =
			alike && people[q] < gate_alike(w->g, GATE_OPINION);
	}
	set_refuse(people, refused, AN_SCORE_QUARTERS);
}

static void put_quarter(const struct analysis_work *w,
			const struct an_calibration_quarter *q, bool show,
			json_t *row)
{
	const struct an_estimate e = { .value = q->diff,
				       .lo = q->lo,
				       .hi = q->hi,
				       .n = q->n,
				       .status = q->status,
				       .method = "calibration" };
	const struct figure f =
		show ? figure_rounded(gate_figure(w->g, GATE_OPINION, e, q->n))
		     : figure_hidden("calibration");

	if (show)
		analysis_count(row, "n", q->n);
	analysis_word(row, "status", an_status_name(f.status));
	analysis_figure(row, "diff", &f);
	analysis_number(row, "random",
			gate_has(&f) ? gate_round_share(-q->score, q->n)
				     : (double)NAN);
}

/* The i-th of the groups that are there. */
static const char *place_of(size_t i, size_t groups)
{
	if (i == 0)
		return "lowest";
	if (i + 1 == groups)
		return "highest";
	return groups == 3 ? "middle" : i == 1 ? "lower" : "higher";
}

static void put_quarters(const struct analysis_work *w, const struct rated *r,
			 json_t *o)
{
	size_t *quarter = ARENA_ARRAY(&w->cx->arena, size_t, r->n + 1);
	const struct an_calibration c =
		an_calibrate(r->score, r->rating, r->n, 0.95, quarter);
	json_t *list = analysis_list(o, "quarters"), *row;
	size_t people[AN_SCORE_QUARTERS], groups = 0, at = 0;
	bool show[AN_SCORE_QUARTERS];

	if (c.status != AN_OK)
		return;
	for (size_t q = 0; q < AN_SCORE_QUARTERS; q++) {
		people[q] = c.quarter[q].n;
		groups += people[q] ? 1 : 0;
	}
	refuse_alike(w, r, quarter, people);
	gate_groups(w->g, GATE_OPINION, people, AN_SCORE_QUARTERS, show);
	for (size_t q = 0; q < AN_SCORE_QUARTERS && groups > 1; q++) {
		if (!c.quarter[q].n)
			continue;
		row = analysis_row(list);
		analysis_word(row, "place", place_of(at++, groups));
		put_quarter(w, &c.quarter[q], show[q], row);
	}
}

/* Before and after of one session or course. */
static enum err one(const struct analysis_work *w, json_t *out)
{
	static const enum moment moments[] = { MOMENT_PRE, MOMENT_POST };
	static const char *const names[] = { "pre", "post" };
	json_t *list = json_array();
	size_t most = 0, asked = 0;
	bool by_skill = false, any = false;

	for (size_t m = 0; m < 2; m++) {
		const struct rated r = read_moment(w, w->set, moments[m]);
		json_t *o;
		size_t n;

		if (!r.n)
			continue;
		any = true;
		o = analysis_row(list);
		analysis_word(o, "moment", names[m]);
		n = put_correlation(w, &r, o);
		if (gate_may(w->g, GATE_OPINION, n))
			put_quarters(w, &r, o);
		most = n > most ? n : most;
		asked = r.nself > asked ? r.nself : asked;
		by_skill |= r.by_skill;
	}
	if (!gate_may(w->g, GATE_OPINION, most))
		return analysis_nothing(out, any ? AN_TOO_FEW : AN_EMPTY, most,
					any ? gate_least(w->g, GATE_OPINION)
					    : 0);
	analysis_ok(out, most);
	analysis_word(out, "scope", "one");
	analysis_count(out, "asked", asked);
	analysis_flag(out, "by_skill", by_skill);
	json_object_set_new(out, "moments", list);
	return OK;
}

/* Each course by itself: scores of different tests have no common scale. */
static enum err year(const struct analysis_work *w, json_t *out)
{
	json_t *list = json_array();
	const struct set_course *courses;
	size_t n, most = 0, people = 0;

	TRY(set_courses(w, w->set, &courses, &n));
	for (size_t i = 0; i < n; i++) {
		const struct answers_set own =
			set_of_course(w->cx, w->set, courses[i].id);
		const struct rated r = read_moment(w, &own, MOMENT_POST);
		json_t *o;
		size_t both;
		bool enough;

		if (!r.n)
			continue;
		o = analysis_row(list);
		analysis_text(o, "title", courses[i].title);
		both = put_correlation(w, &r, o);
		enough = gate_may(w->g, GATE_OPINION, both);
		analysis_word(o, "status",
			      an_status_name(enough ? AN_OK : AN_TOO_FEW));
		analysis_count(o, "n", both);
		analysis_count(o, "least", gate_least(w->g, GATE_OPINION));
		most = both > most ? both : most;
		people += enough ? both : 0;
	}
	if (!people)
		return analysis_nothing(
			out, json_array_size(list) ? AN_TOO_FEW : AN_EMPTY,
			most,
			json_array_size(list) ? gate_least(w->g, GATE_OPINION)
					      : 0);
	analysis_ok(out, people);
	analysis_word(out, "scope", "year");
	json_object_set_new(out, "courses", list);
	return OK;
}

enum err analysis_selfrating(const struct analysis_work *w, json_t *out)
{
	return w->scope == ANALYSIS_YEAR ? year(w, out) : one(w, out);
}
