/*
 * change_people.c: who stayed, and who changed by more than chance; the manual
 * is change.h.
 */
#include "analysis/change.h"

#include "analysis/analysis_sets.h"
#include "analytics/describe.h"
#include "analytics/groups.h"
#include "analytics/paired.h"
#include "analytics/reliability.h"
#include "insight/answers_parts.h"

#include <math.h>

static json_t *with_status(json_t *out, const char *key, enum an_status status)
{
	json_t *o = analysis_object(out, key);

	analysis_word(o, "status", an_status_name(status));
	return o;
}

static void count(json_t *o, const char *key, size_t n)
{
	analysis_count(o, key, n);
}

/* ---- attrition ---------------------------------------------------------- */

/* Mean points before over the items of the score; NAN without any. */
static double score_before(const struct pair_scores *s, const struct sheet *pre)
{
	double sum = 0.0;
	size_t n = 0;

	for (size_t j = 0; j < s->items.n; j++) {
		const double x = column_points(&s->items.pre[j], pre);

		if (isnan(x))
			continue;
		sum += x;
		n++;
	}
	return n ? sum / (double)n : (double)NAN;
}

static bool has_left(const struct pair_scores *s, const struct sheet *sheet)
{
	return sheet->moment == MOMENT_PRE && !sheet->is_matched &&
	       !isnan(score_before(s, sheet));
}

/*
 * Sessions whose leavers count: of a course not those that few left. With them
 * it would be those few more than the sessions that show theirs.
 */
struct leaving {
	const struct answers_parts *parts;
	bool *in, any;
};

static struct leaving sessions_of_leavers(const struct analysis_work *w,
					  const struct pair_scores *s)
{
	const struct answers_set *set = w->set;
	const struct answers_parts *p = answers_parts(w->cx, w->g, set);
	size_t *left = ARENA_ARRAY(&w->cx->arena, size_t, p->n + 1);
	struct leaving l = { p, ARENA_ARRAY(&w->cx->arena, bool, p->n + 1),
			     false };

	for (size_t i = 0; i < set->nsheets; i++)
		for (size_t k = 0; k < p->n; k++)
			left[k] += set->sheets[i].session_id == p->ids[k] &&
						   has_left(s, &set->sheets[i])
					   ? 1
					   : 0;
	parts_choose(w->cx, w->g, GATE_EFFECT, p, left, l.in);
	for (size_t k = 0; k < p->n; k++)
		l.any |= l.in[k];
	return l;
}

static bool counts(const struct leaving *l, int64_t session_id)
{
	for (size_t k = 0; l->any && k < l->parts->n; k++)
		if (l->parts->ids[k] == session_id)
			return l->in[k];
	return true; /* too few in all: they are counted, and hidden */
}

/* How many leavers count; enough: they may be shown. */
static size_t scores_of_leavers(const struct analysis_work *w,
				const struct pair_scores *s, double *out,
				bool *enough)
{
	const struct leaving l = sessions_of_leavers(w, s);
	size_t n = 0;

	for (size_t i = 0; i < w->set->nsheets; i++) {
		const struct sheet *sheet = &w->set->sheets[i];

		if (has_left(s, sheet) && counts(&l, sheet->session_id))
			out[n++] = score_before(s, sheet);
	}
	*enough = l.any && gate_may(w->g, GATE_EFFECT, n);
	return n;
}

void change_attrition(const struct analysis_work *w, const struct score_view *v,
		      const struct pair_scores *s, json_t *out)
{
	double *left = ARENA_ARRAY(&w->cx->arena, double, w->set->nsheets + 1);
	bool enough;
	const size_t n = scores_of_leavers(w, s, left, &enough);
	const struct an_two t = an_two_groups(s->pre, w->set->npairs, left, n);
	const bool shown =
		enough && gate_may(w->g, GATE_EFFECT, w->set->npairs);
	const struct an_estimate diff = { .value = t.diff,
					  .lo = t.diff_lo,
					  .hi = t.diff_hi,
					  .n = t.n1 + t.n2,
					  .status = t.status,
					  .method = "welch" };
	struct figure f;
	json_t *o = with_status(out, "attrition",
				!n      ? AN_EMPTY
				: shown ? AN_OK
					: AN_TOO_FEW);

	count(o, "left_n", w->set->n_pre - w->set->npairs);
	count(o, "least", gate_least(w->g, GATE_EFFECT));
	if (!shown)
		return;
	analysis_figure(o, "stayed", &v->before);
	f = figure_rounded(
		gate_figure(w->g, GATE_EFFECT, an_mean_ci(left, n, 0.95), n));
	analysis_figure(o, "left", &f);
	f = figure_rounded(gate_figure(w->g, GATE_EFFECT, diff, diff.n));
	analysis_figure(o, "difference", &f);
	analysis_number(o, "p", gate_p(t.p, t.n1 + t.n2));
}

/* ---- reliable change ---------------------------------------------------- */

/* One course: its pairs in the scope, and the reliability of its test. */
struct course {
	int64_t id;
	double *pre, *post;
	size_t n;
	struct an_estimate r;
};

/* Alpha before of everybody who was asked all items of the course. */
static struct an_estimate alpha_before(struct ctx *cx,
				       const struct answers_set *set,
				       int64_t course_id)
{
	size_t all, k = 0, n = 0, nsheets = 0;
	const struct column *c =
		answers_columns(cx, set, MOMENT_PRE, MEASURES_KNOWLEDGE, &all);
	const struct column **used =
		ARENA_ARRAY(&cx->arena, const struct column *, all + 1);
	const struct sheet **sheets =
		ARENA_ARRAY(&cx->arena, const struct sheet *, set->nsheets + 1);
	double *x;

	for (size_t i = 0; i < set->nsheets; i++)
		if (set->sheets[i].moment == MOMENT_PRE &&
		    set_course_of(set, &set->sheets[i]) == course_id)
			sheets[nsheets++] = &set->sheets[i];
	/* The newest form of the course is its test. */
	for (size_t j = 0; nsheets && j < all; j++)
		if (column_asked(&c[j], sheets[nsheets - 1]))
			used[k++] = &c[j];
	x = ARENA_ARRAY(&cx->arena, double, (nsheets + 1) * (k + 1));
	for (size_t i = 0; i < nsheets; i++) {
		const struct sheet *s = sheets[i];
		bool whole = true;

		for (size_t j = 0; whole && j < k; j++) {
			x[n * k + j] = column_points(used[j], s);
			whole = !isnan(x[n * k + j]);
		}
		n += whole ? 1 : 0;
	}
	return an_alpha(&(struct an_table){ x, n, k }, AN_LISTWISE, 0.95);
}

/* The courses of the pairs; scores without a value are left out. */
static struct course *courses_of(const struct analysis_work *w,
				 const struct pair_scores *s, size_t *n)
{
	struct arena *a = &w->cx->arena;
	struct course *list =
		ARENA_ARRAY(a, struct course, w->set->ncollections + 1);

	*n = 0;
	for (size_t i = 0; i < w->set->npairs; i++) {
		const int64_t id = set_course_of(w->set, w->set->pairs[i].pre);
		size_t at = 0;

		while (at < *n && list[at].id != id)
			at++;
		if (at == *n) {
			list[(*n)++] = (struct course){
				.id = id,
				.pre = ARENA_ARRAY(a, double, w->set->npairs),
				.post = ARENA_ARRAY(a, double, w->set->npairs),
			};
		}
		if (isnan(s->pre[i]) || isnan(s->post[i]))
			continue;
		list[at].pre[list[at].n] = s->pre[i];
		list[at].post[list[at].n++] = s->post[i];
	}
	return list;
}

/* The answers a session's reliability rests on: those of its course. */
static enum err course_answers(const struct analysis_work *w, int64_t course_id,
			       const struct answers_set **set)
{
	const struct answers_of of = { .course_id = course_id };
	struct answers_set *whole =
		ARENA_NEW(&w->cx->arena, struct answers_set);

	*set = w->set;
	if (w->scope != ANALYSIS_SESSION)
		return OK;
	TRY(answers_read(w->cx, &of, whole));
	answers_countable(w->cx, w->g, whole);
	if (whole->n_pre > w->set->n_pre)
		*set = whole;
	return OK;
}

struct tally {
	size_t n, improved, unchanged, declined, courses;
	double threshold;
};

static bool judge(const struct analysis_work *w, const struct course *c,
		  struct tally *t)
{
	const struct an_paired_options options = { 1.0, c->r.value, 0.95 };
	struct an_paired p;

	if (!gate_may(w->g, GATE_EFFECT, c->n) ||
	    !gate_may(w->g, GATE_FLAG, c->r.n) || !(c->r.value > 0.0))
		return false;
	p = an_paired_change(c->pre, c->post, c->n, &options, NULL, NULL);
	if (p.rci.status != AN_OK)
		return false;
	t->n += c->n;
	t->improved += p.rci.n_improved;
	t->unchanged += p.rci.n_unchanged;
	t->declined += p.rci.n_declined;
	t->threshold = p.rci.threshold;
	t->courses++;
	return true;
}

/* Why nobody was judged: the first course says it. */
static enum an_status why_not(const struct analysis_work *w,
			      const struct course *list, size_t n)
{
	if (n == 1 && gate_may(w->g, GATE_EFFECT, list[0].n) &&
	    gate_may(w->g, GATE_FLAG, list[0].r.n))
		return AN_NOT_IDENTIFIED; /* alpha is 0 or below */
	return AN_TOO_FEW;
}

enum err change_reliable(const struct analysis_work *w, json_t *out)
{
	const struct pair_scores s = view_pair_scores(w->cx, w->set);
	const struct answers_set *whole = w->set;
	struct tally t = { 0 };
	bool shown;
	size_t n;
	struct course *list = courses_of(w, &s, &n);
	json_t *o;

	for (size_t i = 0; i < n; i++) {
		TRY(course_answers(w, list[i].id, &whole));
		list[i].r = alpha_before(w->cx, whole, list[i].id);
		judge(w, &list[i], &t);
	}
	shown = t.courses &&
		gate_distribution(w->g, GATE_EFFECT,
				  (const size_t[]){ t.improved, t.unchanged,
						    t.declined },
				  3);
	o = with_status(out, "reliable",
			shown       ? AN_OK
			: t.courses ? AN_SUPPRESSED
				    : why_not(w, list, n));
	count(o, "n", t.n);
	count(o, "courses", t.courses);
	analysis_word(o, "of",
		      w->scope == ANALYSIS_COURSE || whole != w->set ? "course"
								     : "scope");
	if (!shown)
		return OK;
	count(o, "improved", t.improved);
	count(o, "unchanged", t.unchanged);
	count(o, "declined", t.declined);
	analysis_number(o, "r", n == 1 ? list[0].r.value : NAN);
	count(o, "r_n", n == 1 ? list[0].r.n : 0);
	analysis_number(o, "threshold", n == 1 ? t.threshold : NAN);
	return OK;
}
