/*
 * analysis_texts_tiers.c: words of a tier.
 */
#include "analysis/analysis_texts.h"

#include "analytics/adjust.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>

#define TIER_TERMS 5
#define MOST_TIERS 16

struct tier_words {
	const struct answers_tier *tier;
	size_t n; /* comments */
	size_t people;
	size_t *doc; /* places in the list of all comments */
	size_t *at;  /* the same in the group */
};

/* Where in the group comments are; both lists ascend. */
static size_t *places_in(const struct texts_group *g, const size_t *doc,
			 size_t n)
{
	size_t *at = ARENA_ARRAY(&g->t->w->cx->arena, size_t, n + 1), d = 0;

	for (size_t i = 0; i < n; i++) {
		while (g->doc[d] != doc[i])
			d++;
		at[i] = d;
	}
	return at;
}

/* Tiers by code, so that the same tier of two schemes is one. */
static size_t find_tiers(const struct texts_group *g, struct tier_words *list)
{
	const struct texts_work *t = g->t;
	struct arena *a = &t->w->cx->arena;
	size_t n = 0;

	for (size_t i = 0; i < t->ntiers && n < MOST_TIERS; i++) {
		struct tier_words *x = &list[n];

		if (n && text_equals(list[n - 1].tier->code, t->tiers[i].code))
			continue;
		*x = (struct tier_words){ .tier = &t->tiers[i] };
		x->doc = ARENA_ARRAY(a, size_t, g->n + 1);
		for (size_t d = 0; d < g->n; d++)
			if (text_equals(t->list[g->doc[d]].tier,
					t->tiers[i].code))
				x->doc[x->n++] = g->doc[d];
		if (t->w->scope != ANALYSIS_SESSION)
			x->n = texts_guard(t, x->doc, x->n);
		x->people = texts_people(t, x->doc, x->n);
		x->at = places_in(g, x->doc, x->n);
		n += x->n ? 1 : 0;
	}
	return n;
}

/* The comments of each word: at[j] to at[j+1]-1 are those of word j. */
struct postings {
	size_t *at, *doc;
};

static struct postings post(struct an_scratch *work, const struct an_terms *t)
{
	struct postings p = { an_sizes(work, t->nterms + 1),
			      an_sizes(work, t->at[t->ndocs]) };
	size_t *next = an_sizes(work, t->nterms);

	for (size_t j = 0; j < t->nterms; j++)
		p.at[j + 1] = p.at[j] + t->df[j];
	for (size_t j = 0; j < t->nterms; j++)
		next[j] = p.at[j];
	for (size_t d = 0; d < t->ndocs; d++)
		for (size_t e = t->at[d]; e < t->at[d + 1]; e++)
			p.doc[next[t->id[e]]++] = d;
	return p;
}

/*
 * A word in a tier.
 *
 * more  more often than in the others, and it may be shown
 * p     how likely such a difference is by chance; NAN: not tested
 */
struct mark {
	size_t term, n;
	bool more;
	double jaccard, p;
};

/*
 * A cell of the table tier by word against chance: two-sided, from its
 * adjusted residual. Below five comments nothing is tested.
 */
static double chance(double seen, double row, double column, double all)
{
	const double expected = row * column / all;
	const double spread =
		expected * (1.0 - row / all) * (1.0 - column / all);

	return seen >= 5.0 && spread > 0.0
		       ? erfc(fabs(seen - expected) / sqrt(2.0 * spread))
		       : NAN;
}

static struct mark mark_of(const struct texts_group *g,
			   const struct tier_words *x, size_t term,
			   const size_t *doc, size_t n)
{
	const double row = (double)x->n, column = (double)g->terms.df[term];
	const double all = (double)g->n, seen = (double)n;

	return (struct mark){ .term = term,
			      .n = n,
			      .more = seen * all > row * column &&
				      texts_shared(g->t, doc, n),
			      .jaccard = seen / (row + column - seen),
			      .p = chance(seen, row, column, all) };
}

/* Every word in every tier that is shown; p corrected for their number. */
static struct mark *find_marks(struct an_scratch *work,
			       const struct texts_group *g,
			       const struct tier_words *tiers, size_t n,
			       const bool *shown)
{
	const struct an_terms *t = &g->terms;
	const struct postings in = post(work, t);
	struct mark *m = an_alloc(work, n * t->nterms, sizeof(*m));
	size_t *tier = an_sizes(work, g->n), *doc = an_sizes(work, g->n);
	double *p = an_doubles(work, n * t->nterms);

	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < tiers[i].n; d++)
			tier[tiers[i].at[d]] = i + 1;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < t->nterms; j++) {
			struct mark *one = &m[i * t->nterms + j];
			size_t found = 0;

			for (size_t e = in.at[j]; e < in.at[j + 1]; e++)
				if (tier[in.doc[e]] == i + 1)
					doc[found++] = g->doc[in.doc[e]];
			*one = mark_of(g, &tiers[i], j, doc, found);
			one->more = one->more && shown[i];
			p[i * t->nterms + j] = shown[i] ? one->p : NAN;
		}
	an_holm(p, n * t->nterms, p);
	for (size_t i = 0; i < n * t->nterms; i++)
		m[i].p = p[i];
	return m;
}

/* Those to show first, by Jaccard. */
static int by_jaccard(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->more != y->more)
		return x->more ? -1 : 1;
	if (x->jaccard != y->jaccard)
		return x->jaccard < y->jaccard ? 1 : -1;
	return (x->term > y->term) - (x->term < y->term);
}

static void put_tier(const struct texts_group *g, const struct tier_words *x,
		     const struct mark *m, size_t n, json_t *rows)
{
	json_t *o = analysis_row(rows), *list;
	const struct bilingual name = { x->tier->name, x->tier->name_en };

	analysis_word(o, "code", x->tier->code);
	analysis_text(o, "name", name);
	analysis_count(o, "n", x->n);
	list = analysis_list(o, "terms");
	for (size_t i = 0; i < n && i < TIER_TERMS && m[i].more; i++) {
		json_t *term = analysis_row(list);

		analysis_word(term, "term", g->terms.term[m[i].term]);
		analysis_count(term, "count", m[i].n);
		analysis_number(term, "jaccard", m[i].jaccard);
		analysis_flag(term, "sure", gate_p(m[i].p, g->n) < 0.05);
	}
}

/*
 * How many tiers have people enough. The comments of no tier are one more
 * group: whose tier is unknown, and those that texts_guard() took out.
 */
static size_t guard(const struct texts_group *g, const struct tier_words *tiers,
		    size_t n, bool *shown)
{
	AN_SCRATCH(work);
	size_t people[MOST_TIERS + 1] = { 0 }, nshown = 0, rest = 0;
	size_t *doc = an_sizes(&work, g->n);
	bool *taken = an_alloc(&work, g->n, sizeof(*taken));

	for (size_t i = 0; i < n; i++) {
		people[i] = tiers[i].people;
		for (size_t d = 0; d < tiers[i].n; d++)
			taken[tiers[i].at[d]] = true;
	}
	for (size_t d = 0; d < g->n; d++)
		if (!taken[d])
			doc[rest++] = g->doc[d];
	people[n] = texts_people(g->t, doc, rest);
	gate_groups(g->t->w->g, GATE_COMMENT, people, n + 1, shown);
	for (size_t i = 0; i < n; i++)
		nshown += shown[i] ? 1 : 0;
	return nshown;
}

static void put_tier_rows(const struct texts_group *g,
			  const struct tier_words *tiers, size_t n,
			  const bool *shown, json_t *rows)
{
	AN_SCRATCH(work);
	const size_t words = g->terms.nterms;
	struct mark *m = find_marks(&work, g, tiers, n, shown);

	for (size_t i = 0; i < n; i++) {
		if (!shown[i])
			continue;
		qsort(m + i * words, words, sizeof(*m), by_jaccard);
		put_tier(g, &tiers[i], m + i * words, words, rows);
	}
}

void texts_put_tiers(const struct texts_group *g, json_t *out)
{
	struct tier_words tiers[MOST_TIERS + 1];
	bool shown[MOST_TIERS + 1] = { false };
	json_t *o = analysis_object(out, "tiers");
	size_t n;

	if (!gate_may(g->t->w->g, GATE_NETWORK, g->n)) {
		(void)analysis_nothing(o, AN_TOO_FEW, g->n,
				       gate_least(g->t->w->g, GATE_NETWORK));
		return;
	}
	n = find_tiers(g, tiers);
	if (guard(g, tiers, n, shown) < 2) {
		(void)analysis_nothing(o, AN_SUPPRESSED, g->n, 0);
		return;
	}
	analysis_ok(o, g->n);
	put_tier_rows(g, tiers, n, shown, analysis_list(o, "rows"));
}
