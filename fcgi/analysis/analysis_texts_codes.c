/*
 * analysis_texts_codes.c: all comments counted by the code book.
 *
 * {"status","n": people at least,"default_book": bool,"book": its version,
 *  "sample" (analysis_texts_sample.c),
 *  "uncoded": {"count","people","share"},
 *  "rows":[{"id","name":{ja,en},"count","people","share"}]}
 *
 * A cell (a code, or no code) that is hidden (analysis_texts_cells.c) has a
 * share with a status and no count.
 */
#include "analysis/analysis_texts_codes.h"

#include "analytics/proportion.h"

/* All words of the group's comments, rare ones as well. */
static void terms_of(const struct texts_group *g, struct an_terms *out)
{
	AN_SCRATCH(work);
	const char **word;
	size_t *doc, n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->t->list[g->doc[i]].nwords;
	word = an_alloc(&work, n, sizeof(*word));
	doc = an_sizes(&work, n);
	n = 0;
	for (size_t i = 0; i < g->n; i++) {
		const struct writing *wr = &g->t->list[g->doc[i]];

		for (size_t j = 0; j < wr->nwords; j++) {
			word[n] = wr->token[j];
			doc[n++] = i;
		}
	}
	(void)an_terms_new(doc, word, n, g->n, out);
}

/* Which comment is in which cell; false: the book is no good. */
static bool sort_into_cells(struct codes *c)
{
	AN_SCRATCH(work);
	const size_t n = c->g->n, k = c->book.n;
	struct an_code_count *count = an_alloc(&work, k, sizeof(*count));
	bool *has = an_alloc(&work, n * k, sizeof(*has));
	struct an_terms t;
	enum an_status status;
	size_t uncoded;

	terms_of(c->g, &t);
	status = an_codes(&t, c->book.code, k, has, count, &uncoded);
	an_terms_free(&t);
	for (size_t i = 0; i < n; i++) {
		bool any = false;

		for (size_t j = 0; j < k; j++) {
			c->in[i * c->cells + j] = has[i * k + j];
			any |= has[i * k + j];
		}
		c->in[i * c->cells + k] = !any;
	}
	return status == AN_OK;
}

static void put_cell(const struct codes *c, size_t j, bool shown, json_t *o)
{
	const struct texts_group *g = c->g;
	size_t n;
	const size_t people = codes_people(c, j, &n);
	struct figure f = figure_hidden("wilson");

	f.n = f.base = g->n;
	if (shown)
		f = gate_share(g->t->w->g, GATE_COMMENT,
			       an_wilson(n, g->n, 0.95), g->n);
	analysis_figure(o, "share", &f);
	if (!gate_has(&f))
		return;
	analysis_count(o, "count", n);
	analysis_count(o, "people", people);
}

/* Places of the codes: the most frequent that are shown, then the hidden. */
static void put_rows(const struct codes *c, const bool *shown, json_t *rows)
{
	AN_SCRATCH(work);
	size_t *count = an_sizes(&work, c->book.n);
	bool *done = an_alloc(&work, c->book.n, sizeof(*done));

	for (size_t j = 0; j < c->book.n; j++) {
		(void)codes_people(c, j, &count[j]);
		count[j] = shown[j] ? count[j] + 1 : 0;
	}
	for (size_t k = 0; k < c->book.n; k++) {
		size_t best = c->book.n;
		json_t *o = analysis_row(rows);

		for (size_t j = 0; j < c->book.n; j++)
			if (!done[j] &&
			    (best == c->book.n || count[j] > count[best]))
				best = j;
		done[best] = true;
		analysis_word(o, "id", c->book.id[best]);
		analysis_text(o, "name", c->book.name[best]);
		put_cell(c, best, shown[best], o);
	}
}

void texts_put_codes(const struct texts_group *g, json_t *out)
{
	struct arena *a = &g->t->w->cx->arena;
	json_t *o = analysis_object(out, "codes");
	struct codes c = { .g = g };
	bool *shown;

	codebook_read(g->t->w->cx, &g->t->lists, &c.book);
	codes_begin(&c);
	shown = ARENA_ARRAY(a, bool, c.cells);
	if (!c.book.n || !sort_into_cells(&c)) {
		(void)analysis_nothing(o, AN_EMPTY, 0, 0);
		return;
	}
	codes_find_shown(&c, shown);
	analysis_ok(o, g->people);
	analysis_flag(o, "default_book", c.book.is_default);
	analysis_word(o, "book", c.book.version);
	put_rows(&c, shown, analysis_list(o, "rows"));
	texts_put_sample(g, &c.book, c.in, c.cells, o);
	put_cell(&c, c.book.n, shown[c.book.n], analysis_object(o, "uncoded"));
}
