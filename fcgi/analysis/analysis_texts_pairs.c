/*
 * analysis_texts_pairs.c: words that go together.
 */
#include "analysis/analysis_texts.h"

#define MOST_NODES 100 /* words whose pairs are looked at */
#define MOST_LINKS 60  /* drawn and listed */

/* The least number of comments that leaves MOST_NODES words at most. */
static size_t least_frequency(const struct an_terms *t)
{
	AN_SCRATCH(work);
	const size_t *order = texts_frequent(&work, t);

	if (t->nterms <= MOST_NODES)
		return TEXTS_PEOPLE;
	return t->df[order[MOST_NODES]] + 1;
}

static bool has(const struct an_terms *t, size_t doc, size_t term)
{
	for (size_t e = t->at[doc]; e < t->at[doc + 1]; e++)
		if (t->id[e] == term)
			return true;
	return false;
}

/* Keep the strongest pairs that may be shown, as words may; how many. */
static size_t strongest(const struct texts_group *g, struct an_network *net)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, g->n), kept = 0;

	for (size_t e = 0; e < net->nedges && kept < MOST_LINKS; e++) {
		const size_t a = net->keep[net->edge[e].a];
		const size_t b = net->keep[net->edge[e].b];
		size_t n = 0;

		for (size_t d = 0; d < g->n; d++)
			if (has(&g->terms, d, a) && has(&g->terms, d, b))
				doc[n++] = g->doc[d];
		if (texts_shared(g->t, doc, n))
			net->edge[kept++] = net->edge[e];
	}
	return kept;
}

/* Only words that are joined to others: nodes get their places in place[]. */
static void put_nodes(const struct texts_group *g, const struct an_network *net,
		      size_t nlinks, size_t *place, json_t *out)
{
	json_t *list = analysis_list(out, "nodes");
	size_t n = 0;

	for (size_t i = 0; i < net->m; i++) {
		bool joined = false;
		json_t *o;

		for (size_t e = 0; e < nlinks; e++)
			joined |= net->edge[e].a == i || net->edge[e].b == i;
		if (!joined)
			continue;
		place[i] = n++;
		o = analysis_row(list);
		analysis_word(o, "term", g->terms.term[net->keep[i]]);
		analysis_count(o, "count", g->terms.df[net->keep[i]]);
		analysis_count(o, "community", net->community[i]);
	}
}

static void put_links(const struct an_network *net, size_t nlinks,
		      const size_t *place, json_t *out)
{
	json_t *list = analysis_list(out, "links");

	for (size_t e = 0; e < nlinks; e++) {
		json_t *o = analysis_row(list);

		analysis_count(o, "a", place[net->edge[e].a]);
		analysis_count(o, "b", place[net->edge[e].b]);
		analysis_count(o, "both", net->edge[e].both);
		analysis_number(o, "jaccard", net->edge[e].jaccard);
	}
}

void texts_put_network(const struct texts_group *g, json_t *out)
{
	AN_SCRATCH(work);
	json_t *o = analysis_object(out, "network");
	struct an_network net;
	size_t nlinks, *place;

	if (!gate_may(g->t->w->g, GATE_NETWORK, g->n)) {
		(void)analysis_nothing(o, AN_TOO_FEW, g->n,
				       gate_least(g->t->w->g, GATE_NETWORK));
		return;
	}
	(void)an_cooccurrence(&g->terms, least_frequency(&g->terms),
			      TEXTS_PEOPLE, 0.2, &net);
	nlinks = strongest(g, &net);
	place = an_sizes(&work, net.m);
	if (nlinks) {
		analysis_ok(o, g->n);
		put_nodes(g, &net, nlinks, place, o);
		put_links(&net, nlinks, place, o);
	} else {
		(void)analysis_nothing(o, AN_EMPTY, g->n, 0);
	}
	an_network_free(&net);
}
