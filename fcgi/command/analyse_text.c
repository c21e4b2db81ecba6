/*
 * analyse_text.c: comments as words, networks and topics.
 */
#include "command/analyse.h"

#include <math.h>
#include <string.h>

/* MeCab takes time by the square of a word's length: a second for this. */
#define COMMENT 30000

/* The lines of input i as a list; an empty one if it was not named. */
static bool word_list(struct analysis *a, size_t i, struct an_words *out)
{
	*out = (struct an_words){ NULL, 0 };
	if (analyse_has_input(a, i))
		out->word = analyse_lines(a, i, &out->n);
	return !a->problem;
}

static bool has_one(const char *text, const struct an_words *phrase)
{
	for (size_t i = 0; text && i < phrase->n; i++)
		if (strstr(text, phrase->word[i]))
			return true;
	return false;
}

/*
 * A comment is a request as the rules say, or by a pattern, if one is given:
 * that is held against the comment as it stands, full stop and all. An empty
 * cell is no answer, neither blank nor other.
 */
static void put_tokens(json_t *o, const struct an_tokens *t,
		       const char *const *comment,
		       const struct an_words *pattern)
{
	json_t *all = model_list(o, "tokens");
	json_t *blank = model_list(o, "blank_docs");
	json_t *empty = model_list(o, "empty_docs");
	json_t *request = model_list(o, "request_docs");

	for (size_t i = 0; i < t->n; i++) {
		const struct an_comment *c = &t->comment[i];
		json_t *one = json_array();

		for (size_t j = 0; j < c->n; j++)
			model_item_text(one, c->word[j]);
		json_array_append_new(all, one);
		if (c->blank)
			model_item_int(comment[i] ? blank : empty,
				       (int64_t)i + 1);
		if (pattern ? has_one(comment[i], pattern) : c->request)
			model_item_int(request, (int64_t)i + 1);
	}
	model_int(o, "n_morphemes", (int64_t)t->morphemes);
	model_int(o, "n_kept", (int64_t)t->kept);
}

static bool text_tokens(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const char **comment = s ? analyse_texts(a, s, "comment") : NULL;
	const char *pattern = analyse_word(a, "request_regex", NULL);
	const char *plain = analyse_word(a, "normalise", "NFKC");
	struct an_text_rules rules = { .as_is = !strncmp(plain, "none", 4) };
	struct an_words given;
	struct an_tagger *tagger;
	struct an_tokens t;

	if (!comment || !word_list(a, 1, &rules.stop) ||
	    !word_list(a, 2, &rules.terms) || !word_list(a, 3, &rules.blank))
		return false;
	rules.requests = analyse_words(a, "ほしい|欲しい|希望|お願い", "|");
	given = analyse_words(a, pattern ? pattern : "", "|");
	for (size_t i = 0; i < s->rows; i++)
		if (comment[i] && strlen(comment[i]) > COMMENT)
			analyse_refuse(a,
				       "the comment in line %zu is longer "
				       "than %d bytes",
				       i + 2, COMMENT);
	if (a->problem)
		return false;
	tagger = an_tagger_new(NULL);
	if (!tagger)
		return REFUSE(a, "MeCab's dictionary "
				 "mecab-ipadic-utf8 is not installed");
	analyse_status(a->result,
		       an_tokenise(tagger, comment, s->rows, &rules, &t));
	model_text(a->result, "dictionary", an_tagger_name(tagger));
	put_tokens(a->result, &t, comment, pattern ? &given : NULL);
	an_tokens_free(&t);
	an_tagger_free(tagger);
	return true;
}

#define MOST_DOCS 10000000

static bool tfidf(struct analysis *a)
{
	static const char *const lists[] = { "doc", "term", "weight", NULL };
	struct an_terms t = { 0 };
	double *idf, *weight;
	json_t *o;

	if (!analyse_terms(a, 0, MOST_DOCS, &t))
		return false;
	idf = ARENA_ARRAY(a->arena, double, t.nterms);
	weight = ARENA_ARRAY(a->arena, double, t.at[t.ndocs]);
	an_tfidf(&t, idf, weight);
	analyse_put_texts(a->result, "vocabulary", t.term, t.nterms);
	analyse_put_sizes(a->result, "df", t.df, t.nterms);
	analyse_put(a->result, "idf", idf, t.nterms);
	analyse_put(a->result, "tf_total", t.total, t.nterms);
	o = model_object(a->result, "triplets");
	analyse_lists(o, lists);
	for (size_t i = 0; i < t.ndocs; i++)
		for (size_t e = t.at[i]; e < t.at[i + 1]; e++) {
			model_item_int(model_list(o, "doc"), (int64_t)i + 1);
			model_item_text(model_list(o, "term"), t.term[t.id[e]]);
			model_item_real(model_list(o, "weight"), weight[e]);
		}
	analyse_status(a->result, t.nterms ? AN_OK : AN_EMPTY);
	an_terms_free(&t);
	return true;
}

static void put_network(json_t *o, const struct an_terms *t,
			const struct an_network *g)
{
	static const char *const lists[] = { "a", "b", "n_both", "jaccard",
					     NULL };
	json_t *edges = model_object(o, "edges");

	model_list(o, "terms");
	analyse_lists(edges, lists);
	for (size_t i = 0; i < g->m; i++)
		model_item_text(model_list(o, "terms"), t->term[g->keep[i]]);
	for (size_t e = 0; e < g->nedges; e++) {
		const struct an_edge *x = &g->edge[e];

		model_item_text(model_list(edges, "a"), t->term[g->keep[x->a]]);
		model_item_text(model_list(edges, "b"), t->term[g->keep[x->b]]);
		model_item_int(model_list(edges, "n_both"), (int64_t)x->both);
		model_item_real(model_list(edges, "jaccard"), x->jaccard);
	}
	analyse_put_sizes(o, "degree", g->degree, g->m);
	analyse_put(o, "strength", g->strength, g->m);
	analyse_put_sizes(o, "component", g->component, g->m);
	analyse_put_sizes(o, "community", g->community, g->m);
	model_int(o, "n_components", (int64_t)g->components);
	model_int(o, "n_communities", (int64_t)g->communities);
	model_real(o, "fast_greedy_modularity", g->modularity);
	model_real(o, "modularity_of_components", g->modularity_components);
}

static bool cooccurrence(struct analysis *a)
{
	const size_t min_df = analyse_count(a, "min_df", 3, 1000000);
	const size_t min_both = analyse_count(a, "min_both", 2, 1000000);
	const double min_jaccard = analyse_number(a, "min_jaccard", 0.2);
	struct an_terms t = { 0 };
	struct an_network g;
	size_t words = 0;

	if (!analyse_terms(a, 0, MOST_DOCS, &t))
		return false;
	for (size_t j = 0; j < t.nterms; j++)
		words += t.df[j] >= min_df ? 1 : 0;
	if (!analyse_at_most(a, "words", words, 3000)) {
		an_terms_free(&t);
		return false;
	}
	analyse_status(a->result,
		       an_cooccurrence(&t, min_df, min_both, min_jaccard, &g));
	put_network(a->result, &t, &g);
	an_network_free(&g);
	an_terms_free(&t);
	return true;
}

/* groups.csv: the group of each document; false after refusing. */
static bool document_groups(struct analysis *a, size_t ndocs,
			    struct levels *out)
{
	const struct sheet *s = analyse_sheet(a, 1);
	const double *doc = s ? analyse_numbers(a, s, "doc") : NULL;
	const char **group = doc ? analyse_texts(a, s, "group") : NULL;
	const char **word = ARENA_ARRAY(a->arena, const char *, ndocs);

	for (size_t i = 0; group && i < s->rows; i++) {
		if (!(doc[i] >= 1.0 && doc[i] <= (double)ndocs) ||
		    doc[i] != floor(doc[i]))
			return REFUSE(a, "%s names document %g of %zu", s->path,
				      doc[i], ndocs);
		word[(size_t)doc[i] - 1] = group[i];
	}
	return group && analyse_levels(a, word, ndocs, NULL, out);
}

#define MOST_GROUPS 200 /* each takes a place a word */

static bool characteristic(struct analysis *a)
{
	const size_t min_df = analyse_count(a, "min_df", 3, 1000000);
	const size_t top = analyse_count(a, "top", 5, 1000);
	struct an_terms t = { 0 };
	static const char *const lists[] = { "group", "term", "n_in_group",
					     "jaccard", NULL };
	struct an_characteristic *c;
	struct levels g = { 0 };
	json_t *o;
	const struct sheet *s = analyse_sheet(a, 1);
	size_t n;

	if (!s || !analyse_terms(a, s->rows, MOST_DOCS, &t))
		return false;
	if (!document_groups(a, t.ndocs, &g) ||
	    !analyse_at_most(a, "groups", g.k, MOST_GROUPS)) {
		an_terms_free(&t);
		return false;
	}
	c = ARENA_ARRAY(a->arena, struct an_characteristic, g.k * top);
	n = an_characteristic_terms(&t, g.level, g.k, min_df, top, c);
	o = model_object(a->result, "table");
	analyse_lists(o, lists);
	for (size_t i = 0; i < n; i++) {
		model_item_text(model_list(o, "group"), g.name[c[i].group]);
		model_item_text(model_list(o, "term"), t.term[c[i].term]);
		model_item_int(model_list(o, "n_in_group"), (int64_t)c[i].n);
		model_item_real(model_list(o, "jaccard"), c[i].jaccard);
	}
	analyse_status(a->result, n ? AN_OK : AN_EMPTY);
	an_terms_free(&t);
	return true;
}

/* Twice as many as a page has time for: a command may look longer. */
#define STARTS 40
#define ROUNDS 1500

/* Values that are not 0 times topics times rounds of all starts: minutes. */
#define NMF_MOST 1e11

/* Is that work for minutes, not for hours? */
static bool nmf_ends(struct analysis *a, const struct an_table *v, size_t k,
		     size_t starts, size_t rounds)
{
	const size_t cells = an_nmf_entries(v) + k * (v->n + v->k);

	return (double)cells * (double)(k * rounds * starts) <= NMF_MOST ||
	       REFUSE(a,
		      "%zu rows of %zu columns in %zu topics are too much for "
		      "%zu starts of %zu rounds, lower the option starts",
		      v->n, v->k, k, starts, rounds);
}

/* W0 and H0 (topics in its columns) of inputs 1 and 2 into f. */
static bool given_start(struct analysis *a, const struct an_table *v,
			struct an_nmf *f)
{
	const struct sheet *s1 = analyse_sheet(a, 1);
	const struct sheet *s2 = s1 ? analyse_sheet(a, 2) : NULL;
	struct an_table w, h;

	if (!s2 || !analyse_matrix(a, s1, 0, &w) ||
	    !analyse_matrix(a, s2, 0, &h))
		return false;
	if (w.n != v->n || w.k != f->k || h.n != v->k || h.k != f->k)
		return REFUSE(a,
			      "the start must have %zu columns and "
			      "the rows of V and its columns",
			      f->k);
	for (size_t i = 0; i < w.n * w.k; i++)
		f->w[i] = w.x[i];
	for (size_t j = 0; j < h.n; j++)
		for (size_t p = 0; p < f->k; p++)
			f->h[p * h.n + j] = an_at(&h, j, p);
	return true;
}

static struct an_nmf nmf_new(struct analysis *a, const struct an_table *v,
			     size_t k)
{
	const struct an_nmf f = { k, ARENA_ARRAY(a->arena, double, v->n *k),
				  ARENA_ARRAY(a->arena, double, k * v->k), NAN,
				  a->progress };
	return f;
}

static bool nmf(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const struct sheet *w0 =
		analyse_has_input(a, 1) ? analyse_sheet(a, 1) : NULL;
	const size_t k = analyse_count(a, "rank", w0 ? w0->cols : 3, 64);
	const size_t rounds = analyse_count(a, "iterations", 500, 100000);
	const size_t starts = analyse_count(a, "starts", STARTS, 1000);
	const size_t most = rounds > ROUNDS ? rounds : ROUNDS;
	const size_t seed = analyse_count(a, "seed", 20240401, SIZE_MAX);
	struct an_nmf f, best;
	struct an_table v;
	double stability;
	enum an_status status;

	if (!s || !analyse_matrix(a, s, 0, &v) || a->problem ||
	    !nmf_ends(a, &v, k, starts, most))
		return false;
	f = nmf_new(a, &v, k);
	best = nmf_new(a, &v, k);
	status = an_nmf_best(&v, most, starts, seed, &best, &stability);
	if (analyse_has_input(a, 1)) {
		if (!given_start(a, &v, &f))
			return false;
		status = an_nmf(&v, rounds, &f);
	} else {
		f = best;
	}
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "values must not be negative or "
				 "missing");
	analyse_put_matrix(a->result, "W", f.w, v.n, k);
	analyse_put_matrix(a->result, "H", f.h, k, v.k);
	model_real(a->result, "loss", f.loss);
	model_real(a->result, "best_loss", best.loss);
	if (starts == STARTS) /* as reference values call it */
		model_real(a->result, "best_loss_of_40_starts", best.loss);
	model_real(a->result, "stability", stability);
	model_int(a->result, "starts", (int64_t)starts);
	model_int(a->result, "seed", (int64_t)seed);
	model_text(a->result, "generator", AN_GENERATOR);
	analyse_status(a->result, status);
	return true;
}

const struct method analyse_text_methods[] = {
	{ "text_tokens",
	  "comments.csv: comment, [stopwords.txt, user_terms.txt, "
	  "blank_answers.txt]",
	  "comments as words", text_tokens },
	{ "tfidf", "tokens.csv: doc,token", "weights of words", tfidf },
	{ "cooccurrence", "tokens.csv: doc,token", "network of words",
	  cooccurrence },
	{ "characteristic_terms",
	  "tokens.csv: doc,token, groups.csv: doc,group",
	  "words that mark a group", characteristic },
	{ "nmf", "V.csv, [W0.csv, H0_transposed.csv]", "topics", nmf },
	{ .name = NULL },
};
