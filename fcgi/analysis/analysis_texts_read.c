/*
 * analysis_texts_read.c: from the database to masked comments in words.
 */
#include "analysis/analysis_texts.h"

#include "analysis/analysis_grouping.h"
#include "analysis/analysis_sets.h"
#include "base/text.h"
#include "store/store_person.h"

#include <string.h>

const enum measures texts_questions[TEXTS_QUESTIONS] = {
	MEASURES_COMMENT_GOOD, MEASURES_COMMENT_IMPROVE, MEASURES_COMMENT_NEED
};

static size_t question_of(const struct survey_item *it)
{
	for (size_t q = 0; it && q < TEXTS_QUESTIONS; q++)
		if (texts_questions[q] == it->measures)
			return q;
	return TEXTS_NONE;
}

static const char *tier_of(const struct texts_work *t, int64_t id)
{
	for (size_t i = 0; i < t->ntiers; i++)
		if (t->tiers[i].id == id)
			return t->tiers[i].code;
	return NULL;
}

/* On how many sheets each question was. */
static void count_asked(struct texts_work *t)
{
	const struct answers_set *set = t->w->set;

	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];

		for (size_t q = 0; q < TEXTS_QUESTIONS; q++) {
			size_t from = 0;

			if (s->moment == MOMENT_POST &&
			    survey_next(set->surveys[s->survey],
					texts_questions[q], &from))
				t->asked[q]++;
		}
	}
}

static struct mask *names(const struct texts_work *t,
			  const struct person *people, size_t npeople,
			  const struct org *org)
{
	struct mask *m =
		mask_new(&t->w->cx->arena, t->tagger, &t->lists.rules.terms);

	for (size_t i = 0; i < npeople; i++) {
		const struct mask_person p = { people[i].family,
					       people[i].given,
					       people[i].family_kana,
					       people[i].former_family };

		mask_add_person(m, &p);
	}
	for (size_t i = 0; i < org->nunits; i++)
		mask_add_unit(m, org->units[i].name);
	mask_ready(m);
	return m;
}

/* A comment among the texts; false: it is none of ours, or says nothing. */
static bool take(struct texts_work *t, const struct answers_writing *row,
		 struct writing *out)
{
	const struct answers_set *set = t->w->set;
	const struct survey_item *it =
		answers_open_item(set, row->version_id, row->item_no);
	const size_t q = question_of(it);

	if (q == TEXTS_NONE || !text_equals(row->moment, "post") ||
	    (set->keep && !set->keep(row->session_id, set->keep_arg)))
		return false;
	t->text[q] = it->text;
	if (an_text_is_blank(row->text, &t->lists.rules.blank)) {
		t->blank[q]++;
		return false;
	}
	*out = (struct writing){
		.question = q,
		.course_id = set_course_of_session(set, row->session_id),
		.fiscal_year = set_year_of_session(set, row->session_id),
		.session_id = row->session_id,
		.submission_id = row->submission_id,
		.unit_id = row->unit_id,
		.tier_id = row->tier_id,
		.tier = tier_of(t, row->tier_id)
	};
	return true;
}

/* Words of all comments: as people write them, one way of writing each. */
static void read_words(struct texts_work *t)
{
	AN_SCRATCH(work);
	struct ctx *cx = t->w->cx;
	const char **plain = ARENA_ARRAY(&cx->arena, const char *, t->n + 1);
	struct an_tokens tokens;

	for (size_t i = 0; i < t->n; i++)
		plain[i] = t->list[i].plain;
	(void)an_tokenise(t->tagger, plain, t->n, &t->lists.rules, &tokens);
	for (size_t i = 0; i < t->n; i++) {
		const struct an_comment *c = &tokens.comment[i];
		struct writing *wr = &t->list[i];

		wr->nwords = c->n;
		wr->word = ARENA_ARRAY(&cx->arena, const char *, c->n);
		wr->token = ARENA_ARRAY(&cx->arena, const char *, c->n);
		for (size_t j = 0; j < c->n; j++) {
			const char *word =
				text_lists_same(cx, &t->lists, c->word[j]);

			wr->token[j] = arena_strdup(&cx->arena, word);
			wr->word[j] = arena_strdup(
				&cx->arena,
				an_text_readable(t->tagger, &work, word));
		}
	}
	an_tokens_free(&tokens);
}

enum err texts_read(struct texts_work *t)
{
	struct ctx *cx = t->w->cx;
	const struct answers_writing *rows;
	const struct person *people;
	size_t nrows, npeople;
	const struct mask *mask;
	struct org org;

	text_lists_read(cx, &t->lists);
	TRY(store_answers_writings(cx, t->w->of, &rows, &nrows));
	TRY(org_read(cx, &org));
	t->tiers = org.tiers;
	t->ntiers = org.ntiers;
	TRY(store_person_all(cx, &people, &npeople));
	mask = names(t, people, npeople, &org);
	t->is_cut = nrows >= ANSWERS_MAX_WRITINGS;
	t->list = ARENA_ARRAY(&cx->arena, struct writing, nrows + 1);
	count_asked(t);
	for (size_t i = 0; i < nrows; i++) {
		struct writing *wr = &t->list[t->n];
		const struct answers_unit *department;
		struct masked m;

		if (!take(t, &rows[i], wr))
			continue;
		department = org_department(&org, rows[i].unit_id);
		wr->department = department ? department->id : DB_NULL;
		m = mask_text(mask, text_trim(&cx->arena, rows[i].text));
		wr->shown = m.shown;
		wr->plain = m.plain;
		wr->request = an_text_is_request(m.plain, &t->lists.rules);
		t->n++;
	}
	if (t->tagger && t->n)
		read_words(t);
	return OK;
}
