/*
 * network.c: words that occur together, and their communities.
 */
#include "analytics/terms.h"

#include <math.h>
#include <stdlib.h>

static int by_jaccard(const void *a, const void *b)
{
	const struct an_edge *x = a, *y = b;

	if (x->jaccard != y->jaccard)
		return x->jaccard < y->jaccard ? 1 : -1;
	if (x->a != y->a)
		return x->a > y->a ? 1 : -1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Documents that have both kept terms a and b, in both[a*m + b]. */
static size_t *count_pairs(struct an_scratch *work, const struct an_terms *t,
			   const struct an_network *g)
{
	size_t *both = an_sizes(work, g->m * g->m);
	size_t *place = an_sizes(work, t->nterms);
	size_t *here = an_sizes(work, t->nterms);

	for (size_t i = 0; i < g->m; i++)
		place[g->keep[i]] = i + 1;
	for (size_t d = 0; d < t->ndocs; d++) {
		size_t n = 0;

		for (size_t e = t->at[d]; e < t->at[d + 1]; e++)
			if (place[t->id[e]])
				here[n++] = place[t->id[e]] - 1;
		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++)
				both[here[i] * g->m + here[j]]++;
	}
	return both;
}

static void edges(const struct an_terms *t, struct an_network *g,
		  size_t min_both, double min_jaccard)
{
	AN_SCRATCH(work);
	const size_t *both = count_pairs(&work, t, g);

	for (size_t pass = 0; pass < 2; pass++) {
		if (pass)
			g->edge =
				an_alloc(&g->own, g->nedges, sizeof(*g->edge));
		g->nedges = 0;
		for (size_t a = 0; a < g->m; a++)
			for (size_t b = a + 1; b < g->m; b++) {
				const size_t n = both[a * g->m + b];
				const size_t any = t->df[g->keep[a]] +
						   t->df[g->keep[b]] - n;
				const double j = (double)n / (double)any;

				if (n < min_both || !n || j < min_jaccard)
					continue;
				if (pass)
					g->edge[g->nedges] =
						(struct an_edge){ a, b, n, j };
				g->nedges++;
			}
	}
	qsort(g->edge, g->nedges, sizeof(*g->edge), by_jaccard);
	for (size_t e = 0; e < g->nedges; e++) {
		const struct an_edge *x = &g->edge[e];

		g->degree[x->a]++;
		g->degree[x->b]++;
		g->strength[x->a] += x->jaccard;
		g->strength[x->b] += x->jaccard;
	}
}

/* Weighted modularity of a division of the terms. */
static double modularity(const struct an_network *g, const size_t *part)
{
	AN_SCRATCH(work);
	double *inside = an_doubles(&work, g->m), *ends, all = 0.0, q = 0.0;

	ends = an_doubles(&work, g->m);
	for (size_t e = 0; e < g->nedges; e++) {
		const struct an_edge *x = &g->edge[e];

		all += x->jaccard;
		ends[part[x->a]] += x->jaccard;
		ends[part[x->b]] += x->jaccard;
		if (part[x->a] == part[x->b])
			inside[part[x->a]] += x->jaccard;
	}
	if (!(all > 0.0))
		return NAN;
	for (size_t i = 0; i < g->m; i++)
		q += inside[i] / all -
		     ends[i] / (2.0 * all) * (ends[i] / (2.0 * all));
	return q;
}

/* Give parts the numbers 0, 1, ... in the order of their first term. */
static size_t renumber(size_t *part, size_t m)
{
	AN_SCRATCH(work);
	size_t *number = an_sizes(&work, m), n = 0;

	for (size_t i = 0; i < m; i++) {
		if (!number[part[i]])
			number[part[i]] = ++n;
		part[i] = number[part[i]] - 1;
	}
	return n;
}

static void merge(size_t *part, size_t m, size_t from, size_t to)
{
	for (size_t i = 0; i < m; i++)
		if (part[i] == from)
			part[i] = to;
}

static void components(struct an_network *g)
{
	for (size_t i = 0; i < g->m; i++)
		g->component[i] = i;
	for (size_t e = 0; e < g->nedges; e++) {
		const size_t a = g->component[g->edge[e].a];
		const size_t b = g->component[g->edge[e].b];

		if (a != b)
			merge(g->component, g->m, a, b);
	}
	g->components = renumber(g->component, g->m);
	g->modularity_components = modularity(g, g->component);
}

/*
 * Merge the two communities that raise modularity most until none does.
 * e[a*m + b] is the share of weight between a and b (both ways), own[a] the
 * share of ends in a; a merge raises it by 2 (e_ab - own_a own_b).
 */
static void communities(struct an_network *g)
{
	AN_SCRATCH(work);
	const size_t m = g->m;
	double *e = an_doubles(&work, m * m), *own = an_doubles(&work, m);
	double all = 0.0;

	for (size_t i = 0; i < g->nedges; i++)
		all += 2.0 * g->edge[i].jaccard;
	for (size_t i = 0; i < g->nedges; i++) {
		const struct an_edge *x = &g->edge[i];

		e[x->a * m + x->b] = e[x->b * m + x->a] = x->jaccard / all;
		own[x->a] += x->jaccard / all;
		own[x->b] += x->jaccard / all;
	}
	for (size_t i = 0; i < m; i++)
		g->community[i] = i;
	for (;;) {
		double best = 1e-12;
		size_t to = m, from = m;

		for (size_t a = 0; a < m; a++)
			for (size_t b = a + 1; b < m; b++) {
				const double up =
					e[a * m + b] - own[a] * own[b];

				if (e[a * m + b] > 0.0 && up > best) {
					best = up;
					to = a;
					from = b;
				}
			}
		if (to == m)
			break;
		for (size_t i = 0; i < m; i++) {
			e[to * m + i] += e[from * m + i];
			e[i * m + to] = e[to * m + i];
			e[from * m + i] = e[i * m + from] = 0.0;
		}
		e[to * m + to] = 0.0;
		own[to] += own[from];
		own[from] = 0.0;
		merge(g->community, m, from, to);
	}
	g->communities = renumber(g->community, m);
	g->modularity = modularity(g, g->community);
}

enum an_status an_cooccurrence(const struct an_terms *t, size_t min_df,
			       size_t min_both, double min_jaccard,
			       struct an_network *out)
{
	*out = (struct an_network){ .modularity = NAN,
				    .modularity_components = NAN };
	out->keep = an_sizes(&out->own, t->nterms);
	out->m = an_terms_frequent(t, min_df, out->keep);
	out->degree = an_sizes(&out->own, out->m);
	out->strength = an_doubles(&out->own, out->m);
	out->component = an_sizes(&out->own, out->m);
	out->community = an_sizes(&out->own, out->m);
	if (!out->m)
		return AN_EMPTY;
	edges(t, out, min_both, min_jaccard);
	components(out);
	communities(out);
	return AN_OK;
}

void an_network_free(struct an_network *g)
{
	an_scratch_free(&g->own);
	g->m = g->nedges = 0;
}
