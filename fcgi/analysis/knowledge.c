/*
 * knowledge.c: forms and their tables; the manual is knowledge.h.
 */
#include "analysis/knowledge.h"

#include "base/text.h"
#include "store/store_course.h"

#include <math.h>

/* What the forms are made from. */
struct source {
	struct ctx *cx;
	const struct answers_set *set;
	const struct column *after, *before;
	size_t nafter, nbefore;
	struct respondent *people;
	size_t n;
	size_t *answered; /* per survey: people who answered it after */
	bool *taken;      /* per column after: some form has it as its own */
};

size_t knowledge_right(const struct survey_item *it)
{
	for (size_t i = 0; i < it->noptions; i++)
		if (it->options[i].points > 0.0)
			return i;
	return SIZE_MAX;
}

static void choose_people(struct source *s, const struct gate *g,
			  struct forms *out)
{
	const struct answers_set *set = s->set;

	s->people =
		ARENA_ARRAY(&s->cx->arena, struct respondent, set->nsheets + 1);
	out->is_matched = gate_may(g, GATE_SCORE, set->npairs);
	for (size_t i = 0; out->is_matched && i < set->npairs; i++)
		s->people[s->n++] = (struct respondent){ set->pairs[i].pre,
							 set->pairs[i].post };
	for (size_t i = 0; !out->is_matched && i < set->nsheets; i++)
		if (set->sheets[i].moment == MOMENT_POST)
			s->people[s->n++] =
				(struct respondent){ NULL, &set->sheets[i] };
	out->n = s->n;
	s->answered = ARENA_ARRAY(&s->cx->arena, size_t, set->nsurveys + 1);
	for (size_t i = 0; i < s->n; i++)
		s->answered[s->people[i].post->survey]++;
}

/* Every item that a asks, b asks too. */
static bool asks_all(const struct source *s, size_t a, size_t b)
{
	for (size_t j = 0; j < s->nafter; j++)
		if (s->after[j].items[a] && !s->after[j].items[b])
			return false;
	return true;
}

static size_t people_asked(const struct source *s, size_t survey)
{
	size_t n = 0;

	for (size_t v = 0; v < s->set->nsurveys; v++)
		n += s->answered[v] && asks_all(s, survey, v) ? s->answered[v]
							      : 0;
	return n;
}

/* An item of this survey that no form has yet. */
static bool has_new(const struct source *s, size_t survey)
{
	for (size_t j = 0; j < s->nafter; j++)
		if (s->after[j].items[survey] && !s->taken[j])
			return true;
	return false;
}

static const struct column *same_before(const struct source *s,
					const struct column *c)
{
	for (size_t j = 0; j < s->nbefore; j++)
		if (text_equals(s->before[j].key, c->key) &&
		    text_equals(s->before[j].part, c->part))
			return &s->before[j];
	return NULL;
}

static void add_items(struct source *s, size_t survey, struct form *f)
{
	struct arena *a = &s->cx->arena;

	f->items = ARENA_ARRAY(a, const struct column *, s->nafter);
	f->before = ARENA_ARRAY(a, const struct column *, s->nafter);
	f->own = ARENA_ARRAY(a, bool, s->nafter);
	for (size_t j = 0; j < s->nafter; j++) {
		if (!s->after[j].items[survey])
			continue;
		f->items[f->k] = &s->after[j];
		f->before[f->k] = same_before(s, &s->after[j]);
		f->own[f->k++] = !s->taken[j];
		s->taken[j] = true;
	}
}

static void add_people(struct source *s, size_t survey, struct form *f)
{
	struct arena *a = &s->cx->arena;
	double *x = ARENA_ARRAY(a, double, (s->n + 1) * (f->k + 1));

	f->people = ARENA_ARRAY(a, struct respondent, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		const struct sheet *post = s->people[i].post;
		bool whole = asks_all(s, survey, post->survey);

		for (size_t j = 0; whole && j < f->k; j++) {
			x[f->n * f->k + j] = column_points(f->items[j], post);
			whole = !isnan(x[f->n * f->k + j]);
		}
		if (whole)
			f->people[f->n++] = s->people[i];
	}
	f->points = (struct an_table){ x, f->n, f->k };
	if (f->n)
		f->course_id =
			s->set->collections[f->people[0].post->collection]
				.course_id;
}

struct forms knowledge_forms(struct ctx *cx, const struct gate *g,
			     const struct answers_set *set)
{
	struct source s = { .cx = cx, .set = set };
	struct forms out = { 0 };

	s.after = answers_columns(cx, set, MOMENT_POST, MEASURES_KNOWLEDGE,
				  &s.nafter);
	s.before = answers_columns(cx, set, MOMENT_PRE, MEASURES_KNOWLEDGE,
				   &s.nbefore);
	s.taken = ARENA_ARRAY(&cx->arena, bool, s.nafter + 1);
	choose_people(&s, g, &out);
	out.list = ARENA_ARRAY(&cx->arena, struct form, set->nsurveys + 1);
	for (;;) {
		size_t best = set->nsurveys, most = 0;
		struct form *f = &out.list[out.nforms];

		for (size_t v = 0; v < set->nsurveys; v++) {
			const size_t n =
				has_new(&s, v) ? people_asked(&s, v) : 0;

			if (n > most) {
				most = n;
				best = v;
			}
		}
		if (best == set->nsurveys)
			return out;
		add_items(&s, best, f);
		add_people(&s, best, f);
		out.nforms++;
	}
}

struct an_mcnemar form_change(const struct form *f, size_t j)
{
	size_t n[2][2] = { { 0, 0 }, { 0, 0 } };

	for (size_t i = 0; i < f->n && f->before[j]; i++) {
		const struct sheet *pre = f->people[i].pre;
		const double was =
			pre ? column_points(f->before[j], pre) : (double)NAN;

		if (!isnan(was))
			n[was > 0.5][an_at(&f->points, i, j) > 0.5]++;
	}
	return an_mcnemar(n[1][1], n[0][1], n[1][0], n[0][0]);
}

enum err form_write_title(const struct analysis_work *w, const struct form *f,
			  json_t *o)
{
	const struct survey *sv = w->set->surveys[f->people[0].post->survey];
	struct course course;
	struct bilingual title;
	enum err err;

	if (w->scope != ANALYSIS_YEAR)
		return OK;
	err = store_course_by_id(w->cx, f->course_id, &course);
	if (err == ERR_NOT_FOUND) {
		ctx_forgive(w->cx);
		analysis_text(o, "title", sv->title);
		return OK;
	}
	TRY(err);
	title = (struct bilingual){ course.title, course.title_en };
	analysis_text(o, "title", title);
	return OK;
}
