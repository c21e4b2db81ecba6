/*
 * analysis_texts.c: comments in words: terms, their network, themes, typical
 * comments, requests. Per question and together.
 *
 * {"status","n": people at least,"dictionary": name or null,
 *  "default_lists": bool,"is_cut": bool,
 *  "groups":[{"question": "all" or a word of enum measures,"text":{ja,en},
 *    "status","least","comments","blank","base","people",
 *    "terms":[{"term","count","share"}],
 *    "network":{"status","least","communities","nodes":[{"term","count",
 *      "community"}],"links":[{"a","b","both","jaccard"}]},
 *    "tiers":{"status","least","rows":[{"code","name":{ja,en},"n",
 *      "terms":[{"term","count","jaccard"}]}]},
 *    "codes": of all (analysis_texts_codes.c),
 *    "themes":{"status","least","k","stability","other",
 *      "rows":[{"terms":[8],"count","share","verbatim": bool,
 *        "typical":[{"id","text","count"}]}]},
 *    "requests":{"count","share","verbatim","typical":[the same]}}]}
 *
 * No word stands in it that fewer than three people of two departments used
 * (a word of a tier: of that tier), no comment of fewer people than the gate
 * asks for, and nobody's name (mask.h).
 */
#include "analysis/analysis_texts.h"

#include "base/config.h"

/* The comments of one question into doc; how many. */
static size_t select_question(const struct texts_work *t, size_t question,
			      size_t *doc)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->list[i].question == question)
			doc[n++] = i;
	return t->w->scope == ANALYSIS_SESSION ? n : texts_guard(t, doc, n);
}

/*
 * Those of the questions that are shown, and no others: sessions, courses and
 * questions cross, so that a total with more in it could be taken apart.
 */
static size_t select_all(const struct texts_work *t, size_t *doc)
{
	struct arena *a = &t->w->cx->arena;
	size_t *own = ARENA_ARRAY(a, size_t, t->n + 1), all = 0;
	bool *in = ARENA_ARRAY(a, bool, t->n + 1);

	for (size_t q = 0; q < TEXTS_QUESTIONS; q++) {
		const size_t n = select_question(t, q, own);
		const size_t people = texts_people(t, own, n);

		for (size_t i = 0; i < n; i++)
			in[own[i]] = gate_may(t->w->g, GATE_COMMENT, people);
	}
	for (size_t i = 0; i < t->n; i++)
		if (in[i])
			doc[all++] = i;
	return all;
}

/* The comments of one question, or of all (TEXTS_NONE). */
static struct texts_group select_group(const struct texts_work *t,
				       size_t question)
{
	struct arena *a = &t->w->cx->arena;
	size_t *doc = ARENA_ARRAY(a, size_t, t->n + 1);
	struct texts_group g = { .t = t,
				 .doc = doc,
				 .is_all = question == TEXTS_NONE };

	g.n = g.is_all ? select_all(t, doc) : select_question(t, question, doc);
	for (size_t q = 0; q < TEXTS_QUESTIONS; q++)
		if (question == q || g.is_all)
			g.base = t->asked[q] > g.base ? t->asked[q] : g.base;
	g.people = texts_people(t, doc, g.n);
	g.seed = t->w->seed * 8 + (g.is_all ? 7 : question);
	return g;
}

/* People who answered the question that most answered. */
static size_t most_people(const struct texts_work *t)
{
	size_t most = 0;

	for (size_t q = 0; q < TEXTS_QUESTIONS; q++) {
		const struct texts_group g = select_group(t, q);

		most = g.people > most ? g.people : most;
	}
	return most;
}

static void put_counts(const struct texts_group *g, size_t question,
		       json_t *out)
{
	const struct texts_work *t = g->t;
	size_t blank = 0;

	for (size_t q = 0; q < TEXTS_QUESTIONS; q++)
		if (question == q || question == TEXTS_NONE)
			blank += t->blank[q];
	analysis_count(out, "comments", g->n);
	analysis_count(out, "blank", blank);
	analysis_count(out, "base", g->base);
	analysis_count(out, "people", g->people);
	if (question == TEXTS_NONE) {
		analysis_word(out, "question", "all");
		return;
	}
	analysis_word(out, "question",
		      measures_word(texts_questions[question]));
	analysis_text(out, "text", t->text[question]);
}

static enum err put_group(const struct texts_work *t, size_t question,
			  json_t *out, size_t step)
{
	const double steps = TEXTS_QUESTIONS + 2;
	struct texts_group g = select_group(t, question);
	enum err err = OK;

	put_counts(&g, question, out);
	if (!gate_may(t->w->g, GATE_COMMENT, g.people))
		return analysis_nothing(out, g.n ? AN_TOO_FEW : AN_EMPTY,
					g.people,
					gate_least(t->w->g, GATE_COMMENT));
	analysis_ok(out, g.people);
	if (t->tagger && texts_terms(&g)) {
		texts_put_terms(&g, out);
		texts_put_network(&g, out);
		texts_put_tiers(&g, out);
		err = texts_put_themes(&g, out, (double)step / steps,
				       ((double)step + 1.0) / steps);
	}
	if (t->tagger && question == TEXTS_NONE)
		texts_put_codes(&g, out);
	texts_put_requests(&g, out);
	an_terms_free(&g.terms);
	return err;
}

static enum err put_all(struct texts_work *t, json_t *out)
{
	json_t *groups;
	struct texts_group all;

	TRY(texts_read(t));
	TRY(analysis_tell(t->w, 1.0 / (TEXTS_QUESTIONS + 2)));
	all = select_group(t, TEXTS_NONE);
	if (!all.n)
		return analysis_nothing(out, t->n ? AN_TOO_FEW : AN_EMPTY,
					most_people(t),
					gate_least(t->w->g, GATE_COMMENT));
	analysis_ok(out, all.people);
	json_object_set_new(out, "dictionary",
			    t->tagger ? json_string(an_tagger_name(t->tagger))
				      : json_null());
	analysis_flag(out, "default_lists", t->lists.is_default);
	analysis_flag(out, "is_cut", t->is_cut);
	groups = analysis_list(out, "groups");
	TRY(put_group(t, TEXTS_NONE, analysis_row(groups), 1));
	for (size_t q = 0; q < TEXTS_QUESTIONS; q++)
		TRY(put_group(t, q, analysis_row(groups), 2 + q));
	return OK;
}

enum err analysis_texts(const struct analysis_work *w, json_t *out)
{
	struct texts_work t = { .w = w };
	enum err err;

	t.tagger = an_tagger_new(w->cx->config->dictionary);
	err = put_all(&t, out);
	an_tagger_free(t.tagger);
	return err;
}
