/*
 * analysis_texts_codes.c: all comments counted by the code book.
 *
 * {"status","n": people at least,"default_book": bool,"book": its version,
 *  "sample" (analysis_texts_sample.c),
 *  "uncoded": {"count","people","share"},
 *  "rows":[{"id","name":{ja,en},"count","people","share"}]}
 *
 * A cell (a code, or no code) has a count where its people are nobody, or
 * enough; where it is hidden it has a share with a status and no count. The
 * people without a code are enough, or nobody, as well: total minus cell is no
 * small group.
 *
 * A course shows its cells beside those of its sessions, a year beside those
 * of its courses. What is hidden in some of them must not be the rest of a
 * sum: those comments, together, are of two sessions and of enough people, or
 * the cell is hidden in the whole, too.
 */
#include "analysis/analysis_texts.h"

#include "analytics/proportion.h"
#include "insight/codebook.h"

#include <stdlib.h>

struct codes {
	const struct texts_group *g;
	struct codebook book;
	size_t cells;  /* of a comment: the codes, then none of them */
	bool *in;      /* comments * cells */
	bool *loose;   /* the same: no page tells how many these are */
	size_t *order; /* places in the group by course, then session */
};

static const struct writing *at(const struct codes *c, size_t i)
{
	return &c->g->t->list[c->g->doc[i]];
}

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

/* ---- which cells may be shown -------------------------------------------- */

/* Some of the group's comments: places in c->order. */
struct range {
	size_t first, end;
};

/* People behind the comments of a range that are in cell j, or not. */
static size_t people_in(const struct codes *c, struct range r, size_t j,
			bool in, size_t *n)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, r.end - r.first);

	*n = 0;
	for (size_t i = r.first; i < r.end; i++)
		if (c->in[c->order[i] * c->cells + j] == in)
			doc[(*n)++] = c->g->doc[c->order[i]];
	return texts_people(c->g->t, doc, *n);
}

/* Nobody, or enough. */
static bool is_fine(const struct codes *c, size_t people)
{
	return !people || gate_may(c->g->t->w->g, GATE_COMMENT, people);
}

/* Few people who all say it, or none of whom does, are not shown as such. */
static bool may_stand(const struct codes *c, struct range r, size_t j)
{
	const size_t alike = gate_alike(c->g->t->w->g, GATE_COMMENT);
	size_t with, without;
	const size_t people = people_in(c, r, j, true, &with);
	const size_t others = people_in(c, r, j, false, &without);

	return people + others > 0 && is_fine(c, people) &&
	       is_fine(c, others) &&
	       ((with && without) || people + others >= alike);
}

/* What is loose of cell j: none, or of two sessions and enough people. */
static bool rest_is_fine(const struct codes *c, struct range r, size_t j)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, r.end - r.first), n = 0;
	bool several = false;

	for (size_t i = r.first; i < r.end; i++) {
		const size_t place = c->order[i];

		if (!c->loose[place * c->cells + j])
			continue;
		doc[n++] = c->g->doc[place];
		several |= c->g->t->list[doc[0]].session_id !=
			   at(c, place)->session_id;
	}
	return !n || (several && gate_may(c->g->t->w->g, GATE_COMMENT,
					  texts_people(c->g->t, doc, n)));
}

/*
 * Comments that have only hidden codes are what total minus uncoded minus
 * codes shown is at least: were they few, the uncoded are hidden as well.
 */
static bool hidden_are_fine(const struct codes *c, struct range r,
			    const bool *shown)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, r.end - r.first), n = 0;

	for (size_t i = r.first; i < r.end; i++) {
		const bool *in = c->in + c->order[i] * c->cells;
		bool hidden = false, other = false;

		for (size_t j = 0; j < c->book.n; j++) {
			hidden |= in[j] && !shown[j];
			other |= in[j] && shown[j];
		}
		if (hidden && !other)
			doc[n++] = c->g->doc[c->order[i]];
	}
	return is_fine(c, texts_people(c->g->t, doc, n));
}

/* The cells of a range on its page. is_part: no page is inside of it. */
static void publish(struct codes *c, struct range r, bool is_part, bool *shown)
{
	for (size_t j = 0; j < c->cells; j++)
		shown[j] = may_stand(c, r, j) &&
			   (is_part || rest_is_fine(c, r, j));
	shown[c->book.n] = shown[c->book.n] && hidden_are_fine(c, r, shown);
	for (size_t i = r.first; i < r.end; i++)
		for (size_t j = 0; j < c->cells; j++) {
			const size_t e = c->order[i] * c->cells + j;

			c->loose[e] =
				!shown[j] && (is_part ? c->in[e] : c->loose[e]);
		}
}

/* Where the part that begins at a place ends. */
static size_t end_of(const struct codes *c, struct range r,
		     enum analysis_scope part)
{
	const struct writing *first = at(c, c->order[r.first]);
	size_t i = r.first;

	while (i < r.end &&
	       (part == ANALYSIS_SESSION
			? at(c, c->order[i])->session_id == first->session_id
			: at(c, c->order[i])->course_id == first->course_id))
		i++;
	return i;
}

/*
 * A session shows the questions that enough people there answered; comments on
 * the others are told by none of its cells.
 */
static void publish_session(struct codes *c, struct range r, bool *shown)
{
	AN_SCRATCH(work);
	const struct texts_work *t = c->g->t;
	size_t *doc = an_sizes(&work, r.end - r.first);
	size_t *rest = an_sizes(&work, r.end - r.first), nrest = 0;
	bool is_shown[TEXTS_QUESTIONS];
	struct range front = { r.first, r.first };

	for (size_t q = 0; q < TEXTS_QUESTIONS; q++) {
		size_t n = 0;

		for (size_t i = r.first; i < r.end; i++)
			if (at(c, c->order[i])->question == q)
				doc[n++] = c->g->doc[c->order[i]];
		is_shown[q] = gate_may(t->w->g, GATE_COMMENT,
				       texts_people(t, doc, n));
	}
	for (size_t i = r.first; i < r.end; i++) {
		const size_t place = c->order[i];

		if (is_shown[at(c, place)->question]) {
			c->order[front.end++] = place;
			continue;
		}
		rest[nrest++] = place;
		for (size_t j = 0; j < c->cells; j++)
			c->loose[place * c->cells + j] =
				c->in[place * c->cells + j];
	}
	for (size_t i = 0; i < nrest; i++)
		c->order[front.end + i] = rest[i];
	publish(c, front, true, shown);
}

static void publish_course(struct codes *c, struct range r, bool *shown)
{
	for (size_t i = r.first; i < r.end;) {
		const size_t end =
			end_of(c, (struct range){ i, r.end }, ANALYSIS_SESSION);

		publish_session(c, (struct range){ i, end }, shown);
		i = end;
	}
	publish(c, r, false, shown);
}

static void publish_year(struct codes *c, struct range r, bool *shown)
{
	for (size_t i = r.first; i < r.end;) {
		const size_t end =
			end_of(c, (struct range){ i, r.end }, ANALYSIS_COURSE);

		publish_course(c, (struct range){ i, end }, shown);
		i = end;
	}
	publish(c, r, false, shown);
}

static int by_part(const void *a, const void *b, void *arg)
{
	const struct codes *c = arg;
	const size_t i = *(const size_t *)a, k = *(const size_t *)b;
	const struct writing *x = at(c, i), *y = at(c, k);

	if (x->course_id != y->course_id)
		return x->course_id < y->course_id ? -1 : 1;
	if (x->session_id != y->session_id)
		return x->session_id < y->session_id ? -1 : 1;
	return (i > k) - (i < k);
}

static void find_shown(struct codes *c, bool *shown)
{
	const struct range all = { 0, c->g->n };

	for (size_t i = 0; i < c->g->n; i++)
		c->order[i] = i;
	if (c->g->n)
		qsort_r(c->order, c->g->n, sizeof(*c->order), by_part, c);
	switch (c->g->t->w->scope) {
	case ANALYSIS_SESSION:
		publish(c, all, true, shown);
		break;
	case ANALYSIS_COURSE:
		publish_course(c, all, shown);
		break;
	case ANALYSIS_YEAR:
		publish_year(c, all, shown);
		break;
	}
}

/* ---- writing them down --------------------------------------------------- */

static void put_cell(const struct codes *c, size_t j, bool shown, json_t *o)
{
	const struct texts_group *g = c->g;
	size_t n;
	const size_t people =
		people_in(c, (struct range){ 0, g->n }, j, true, &n);
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
		(void)people_in(c, (struct range){ 0, c->g->n }, j, true,
				&count[j]);
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
	c.cells = c.book.n + 1;
	c.in = ARENA_ARRAY(a, bool, g->n *c.cells + 1);
	c.loose = ARENA_ARRAY(a, bool, g->n *c.cells + 1);
	c.order = ARENA_ARRAY(a, size_t, g->n + 1);
	shown = ARENA_ARRAY(a, bool, c.cells);
	if (!c.book.n || !sort_into_cells(&c)) {
		(void)analysis_nothing(o, AN_EMPTY, 0, 0);
		return;
	}
	find_shown(&c, shown);
	analysis_ok(o, g->people);
	analysis_flag(o, "default_book", c.book.is_default);
	analysis_word(o, "book", c.book.version);
	put_rows(&c, shown, analysis_list(o, "rows"));
	texts_put_sample(g, &c.book, c.in, c.cells, o);
	put_cell(&c, c.book.n, shown[c.book.n], analysis_object(o, "uncoded"));
}
