/*
 * analysis_texts_themes.c: comments sorted into themes.
 */
#include "analysis/analysis_texts.h"

#include "analytics/nmf.h"

#include <math.h>

#define LEAST_K     3
#define MOST_K      8
#define SAMPLE      3000 /* comments by which K is chosen, at most */
#define STABLE      0.8
#define NEARLY      0.02 /* as stable: then rather more themes */
#define PER_THEME   10   /* comments a theme has on average, at least */
#define THEME_TERMS 8
#define FAR         0.2  /* cosine below which a comment is of no theme */
#define FAINT       0.05 /* of a theme's heaviest word: no word of the theme */

struct themes {
	struct an_nmf f;
	double stability;
	size_t lost;   /* comments of themes that had too few people */
	size_t *theme; /* of each comment; f.k: none */
	size_t *count; /* k+1 */
};

static struct an_nmf new_nmf(struct an_scratch *s, const struct an_terms *t,
			     size_t k)
{
	return (struct an_nmf){ .k = k,
				.w = an_doubles(s, t->ndocs * k),
				.h = an_doubles(s, k * t->nterms),
				.loss = NAN };
}

/*
 * Comments to choose the number of themes by: all, or SAMPLE of them at even
 * steps. They stand in the order of their texts, so each kind has its share.
 */
static double *sample(const struct texts_group *g, struct an_scratch *s,
		      struct an_terms *out)
{
	AN_SCRATCH(work);
	const struct an_terms *t = &g->terms;
	const size_t n = g->n < SAMPLE ? g->n : SAMPLE;
	const char **word = an_alloc(&work, t->at[t->ndocs], sizeof(*word));
	size_t *doc = an_sizes(&work, t->at[t->ndocs]), pairs = 0;
	double *weight;

	for (size_t i = 0; i < n; i++) {
		const size_t d = i * g->n / n;

		for (size_t e = t->at[d]; e < t->at[d + 1]; e++) {
			doc[pairs] = i;
			word[pairs++] = t->term[t->id[e]];
		}
	}
	(void)an_terms_new(doc, word, pairs, n, out);
	weight = an_doubles(s, pairs);
	an_tfidf(out, an_doubles(&work, out->nterms), weight);
	return weight;
}

/*
 * The number of themes: the most stable, or more that are nearly as stable;
 * 0: none is stable.
 */
static enum err choose(const struct texts_group *g, size_t *chosen, double from,
		       double to)
{
	AN_SCRATCH(work);
	const size_t by_n = g->n / PER_THEME;
	const size_t most = by_n < MOST_K ? by_n : MOST_K;
	struct an_terms t;
	const double *weight = sample(g, &work, &t);
	double best = 0.0;
	enum err err = OK;

	*chosen = 0;
	for (size_t k = LEAST_K; k <= most && 2 * k <= t.nterms; k++) {
		AN_SCRATCH(one);
		struct an_nmf f = new_nmf(&one, &t, k);
		double stability;

		if (an_nmf_terms(&t, weight, AN_NMF_STARTS, g->seed + k, &f,
				 &stability) == AN_OK &&
		    stability >= STABLE && stability > best - NEARLY) {
			best = stability > best ? stability : best;
			*chosen = k;
		}
		err = analysis_tell(
			g->t->w, from + (to - from) *
						 (double)(k - LEAST_K + 1) /
						 (double)(most - LEAST_K + 2));
		if (err != OK)
			break;
	}
	an_terms_free(&t);
	return err;
}

/* How near a comment is to a theme: the cosine of their words. */
static double nearness(const struct texts_group *g, const struct themes *t,
		       size_t at, size_t theme)
{
	const double *h = t->f.h + theme * g->terms.nterms;
	double sum = 0.0;

	for (size_t e = g->terms.at[at]; e < g->terms.at[at + 1]; e++)
		sum += g->weight[e] * h[g->terms.id[e]];
	return sum;
}

static void assign(const struct texts_group *g, struct an_scratch *s,
		   struct themes *t)
{
	const size_t k = t->f.k;

	t->theme = an_sizes(s, g->n);
	t->count = an_sizes(s, k + 1);
	for (size_t i = 0; i < g->n; i++) {
		const double *w = t->f.w + i * k;
		size_t best = k;

		for (size_t p = 0; p < k; p++)
			if (w[p] > (best < k ? w[best] : 0.0))
				best = p;
		if (best < k && nearness(g, t, i, best) < FAR)
			best = k;
		t->theme[i] = best;
		t->count[best]++;
	}
}

/* A theme of few people is none: its comments join those of no theme. */
static void drop_small(const struct texts_group *g, struct themes *t)
{
	AN_SCRATCH(work);
	size_t *at = an_sizes(&work, g->n);

	for (size_t p = 0; p < t->f.k; p++) {
		size_t n = 0;

		for (size_t i = 0; i < g->n; i++)
			if (t->theme[i] == p)
				at[n++] = i;
		if (gate_may(g->t->w->g, GATE_COMMENT,
			     texts_people_of(g, at, n)))
			continue;
		for (size_t i = 0; i < n; i++)
			t->theme[at[i]] = t->f.k;
		t->count[t->f.k] += n;
		t->count[p] = 0;
		t->lost += n;
	}
}

static void put_theme_terms(const struct texts_group *g, const double *h,
			    json_t *o)
{
	json_t *list = analysis_list(o, "terms");
	double last = INFINITY, most = 0.0;
	size_t last_at = 0;

	for (size_t j = 0; j < g->terms.nterms; j++)
		most = fmax(most, h[j]);

	for (size_t i = 0; i < THEME_TERMS; i++) {
		size_t best = TEXTS_NONE;

		/* The next behind (last, last_at) by weight, then place. */
		for (size_t j = 0; j < g->terms.nterms; j++)
			if ((h[j] < last || (h[j] == last && j > last_at)) &&
			    h[j] > FAINT * most &&
			    (best == TEXTS_NONE || h[j] > h[best]))
				best = j;
		if (best == TEXTS_NONE)
			return;
		last = h[best];
		last_at = best;
		json_array_append_new(list, json_string(g->terms.term[best]));
	}
}

static void put_theme(const struct texts_group *g, const struct themes *t,
		      size_t p, json_t *rows)
{
	AN_SCRATCH(work);
	const double *h = t->f.h + p * g->terms.nterms;
	bool *in = an_alloc(&work, g->n, sizeof(*in));
	size_t *at = an_sizes(&work, g->n);
	json_t *o = analysis_row(rows);

	for (size_t i = 0; i < g->n; i++)
		in[i] = t->theme[i] == p;
	put_theme_terms(g, h, o);
	texts_put_share(g, o, t->count[p]);
	texts_put_verbatim(g, o, at, texts_sort_by(g, h, in, at));
}

/* All comments in k themes; false: they are not stable, or all small. */
static bool sort_into(const struct texts_group *g, struct an_scratch *s,
		      size_t k, struct themes *out)
{
	*out = (struct themes){ .f = new_nmf(s, &g->terms, k),
				.stability = NAN };
	if (an_nmf_terms(&g->terms, g->weight, AN_NMF_STARTS, g->seed, &out->f,
			 &out->stability) != AN_OK ||
	    !(out->stability >= STABLE))
		return false;
	assign(g, s, out);
	drop_small(g, out);
	return out->count[k] < g->n;
}

/* Rather fewer themes than themes of few people; false: there are none. */
static bool sort_comments(const struct texts_group *g, struct an_scratch *s,
			  size_t most, struct themes *out)
{
	bool found = false;

	for (size_t k = most; k >= LEAST_K; k--) {
		struct themes t;

		if (!sort_into(g, s, k, &t) || (found && t.lost >= out->lost))
			continue;
		*out = t;
		found = true;
		if (!t.lost)
			break;
	}
	return found;
}

enum err texts_put_themes(const struct texts_group *g, json_t *out, double from,
			  double to)
{
	AN_SCRATCH(work);
	json_t *o = analysis_object(out, "themes"), *rows;
	struct themes t;
	size_t most;

	if (!gate_may(g->t->w->g, GATE_THEMES, g->n))
		return analysis_nothing(o, AN_TOO_FEW, g->n,
					gate_least(g->t->w->g, GATE_THEMES));
	TRY(choose(g, &most, from, to));
	if (!sort_comments(g, &work, most, &t))
		return analysis_nothing(o, AN_NOT_IDENTIFIED, g->n, 0);
	analysis_ok(o, g->n);
	analysis_count(o, "k", t.f.k);
	analysis_number(o, "stability", t.stability);
	analysis_count(o, "other", t.count[t.f.k]);
	rows = analysis_list(o, "rows");
	for (size_t done = 0; done < t.f.k; done++) {
		size_t best = t.f.k;

		for (size_t p = 0; p < t.f.k; p++)
			if (t.count[p] &&
			    (best == t.f.k || t.count[p] > t.count[best]))
				best = p;
		if (best == t.f.k)
			break;
		put_theme(g, &t, best, rows);
		t.count[best] = 0;
	}
	return OK;
}
