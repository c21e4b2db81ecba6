/*
 * analysis_texts_sample.c: comments by which two readers check the code book.
 *
 * {"seed","generator","people": at least,"ids":[codes of the book],
 *  "rows":[{"question","text": masked,"codes": ids with blanks}]}
 *
 * The same answers give the same sample. The page keeps a copy when the first
 * reader begins, so it stays what it is while they read.
 */
#include "analysis/analysis_texts.h"

#include "analytics/bootstrap.h"
#include "insight/codebook.h"

#define SAMPLE 50

/* The codes that the rules give a comment. */
static const char *codes_of(struct arena *a, const struct codebook *book,
			    const bool *in)
{
	const char *all = "";

	for (size_t j = 0; j < book->n; j++)
		if (in[j])
			all = arena_printf(a, "%s%s%s", all, *all ? " " : "",
					   book->id[j]);
	return all;
}

/* SAMPLE different places of n, each as likely as any other, in random order:
 * the first of a shuffle. */
static void draw(size_t *place, size_t n, uint64_t seed)
{
	struct an_random random;

	an_random_seed(&random, seed);
	for (size_t i = 0; i < n; i++)
		place[i] = i;
	for (size_t i = 0; i < SAMPLE; i++) {
		const size_t other = i + an_random_index(&random, n - i);
		const size_t first = place[i];

		place[i] = place[other];
		place[other] = first;
	}
}

void texts_put_sample(const struct texts_group *g, const struct codebook *book,
		      const bool *in, size_t cells, json_t *o)
{
	AN_SCRATCH(work);
	struct arena *a = &g->t->w->cx->arena;
	size_t *place = an_sizes(&work, g->n);
	json_t *sample, *ids, *rows;

	if (g->t->w->scope == ANALYSIS_SESSION || g->n < SAMPLE ||
	    !gate_may(g->t->w->g, GATE_COMMENT, g->people))
		return;
	draw(place, g->n, g->seed);
	sample = analysis_object(o, "sample");
	analysis_int(sample, "seed", (int64_t)g->seed);
	analysis_word(sample, "generator", AN_GENERATOR);
	analysis_count(sample, "people", g->people);
	ids = analysis_list(sample, "ids");
	for (size_t j = 0; j < book->n; j++)
		json_array_append_new(ids, json_string(book->id[j]));
	rows = analysis_list(sample, "rows");
	for (size_t i = 0; i < SAMPLE; i++) {
		const struct writing *wr = &g->t->list[g->doc[place[i]]];
		json_t *row = analysis_row(rows);

		analysis_word(row, "question",
			      measures_word(texts_questions[wr->question]));
		analysis_word(row, "text", wr->shown);
		analysis_word(row, "codes",
			      codes_of(a, book, in + place[i] * cells));
	}
}
