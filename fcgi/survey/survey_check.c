/*
 * survey_check.c: what a schema cannot say of a survey.
 *
 * Keys are unique, every text has a Japanese form, scales run from 1 without
 * a gap, a knowledge item has one right option, what an item measures suits
 * its kind, and everything fits into the slots.
 */
#include "survey/problems.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define TEXT_MAX 500 /* characters of any one text */

static void bad(struct problems *ps, int line, const char *key,
		const char *detail)
{
	problems_add(ps, line, key, detail);
}

static void check_text(struct problems *ps, int line, struct bilingual text,
		       const char *of)
{
	if (!text.ja[0])
		bad(ps, line, TEXT_KEY("survey.doc.no_japanese"), of);
	if (text_length(text.ja) > TEXT_MAX || text_length(text.en) > TEXT_MAX)
		bad(ps, line, TEXT_KEY("survey.doc.text_long"), of);
}

static void check_options(struct problems *ps, int line,
			  const struct survey_item *it)
{
	size_t others = 0, nones = 0, right = 0, scored = 0;

	if (it->noptions < 2 || it->noptions > SURVEY_MAX_OPTIONS)
		bad(ps, line, TEXT_KEY("survey.doc.options_count"), it->key);
	for (size_t i = 0; i < it->noptions; i++) {
		const struct survey_option *o = &it->options[i];

		others += o->is_other;
		nones += o->is_none;
		scored += isnan(o->points) ? 0 : 1;
		right += o->points > 0.0;
		check_text(ps, line, o->label, it->key);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(it->options[j].key, o->key))
				bad(ps, line,
				    TEXT_KEY("survey.doc.option_twice"),
				    o->key);
	}
	if (others > 1 || nones > 1)
		bad(ps, line, TEXT_KEY("survey.doc.special_twice"), it->key);
	if (nones && it->kind != ITEM_MULTIPLE)
		bad(ps, line, TEXT_KEY("survey.doc.none_outside"), it->key);
	if (scored && scored < it->noptions)
		bad(ps, line, TEXT_KEY("survey.doc.points_partly"), it->key);
	if (it->kind == ITEM_KNOWLEDGE && right != 1)
		bad(ps, line, TEXT_KEY("survey.doc.one_correct"), it->key);
}

/* Points 1, 2, ... n: the code of an answer is its points. */
static void check_scale(struct problems *ps, int line,
			const struct survey_item *it)
{
	bool in_order = it->noptions >= 2;

	for (size_t i = 0; i < it->noptions; i++) {
		const double due = (double)(i + 1);

		in_order = in_order && fabs(it->options[i].points - due) < 0.5;
		check_text(ps, line, it->options[i].label, it->key);
	}
	if (!in_order)
		bad(ps, line, TEXT_KEY("survey.doc.scale_points"), it->key);
}

static void check_rows(struct problems *ps, int line,
		       const struct survey_item *it)
{
	if (it->nrows < 1 || it->nrows > SURVEY_MAX_OPTIONS)
		bad(ps, line, TEXT_KEY("survey.doc.rows_count"), it->key);
	for (size_t i = 0; i < it->nrows; i++) {
		check_text(ps, line, it->rows[i].label, it->key);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(it->rows[j].key, it->rows[i].key))
				bad(ps, line, TEXT_KEY("survey.doc.row_twice"),
				    it->rows[i].key);
	}
}

static bool is_points(enum item_kind kind)
{
	return kind == ITEM_SCALE || kind == ITEM_GRID;
}

static bool is_written(enum item_kind kind)
{
	return kind == ITEM_SHORT_TEXT || kind == ITEM_LONG_TEXT;
}

/* The statistics rely on these pairs. */
static bool suits(enum measures m, enum item_kind kind)
{
	switch (m) {
	case MEASURES_NOTHING:
		return true;
	case MEASURES_KNOWLEDGE:
		return kind == ITEM_KNOWLEDGE;
	case MEASURES_WANT:
		return kind == ITEM_MULTIPLE;
	case MEASURES_NEED_IMPORTANCE:
	case MEASURES_NEED_LEVEL:
		return kind == ITEM_GRID;
	case MEASURES_COMMENT_GOOD:
	case MEASURES_COMMENT_IMPROVE:
	case MEASURES_COMMENT_NEED:
		return is_written(kind);
	case MEASURES_SELF:
	case MEASURES_ATTITUDE:
	case MEASURES_SATISFACTION:
	case MEASURES_OVERALL:
	case MEASURES_INTENTION:
	case MEASURES_DIFFICULTY:
	case MEASURES_PACE:
	case MEASURES_ROLE:
		return is_points(kind);
	}
	return false;
}

static void check_use(struct problems *ps, int line,
		      const struct survey_item *it)
{
	const bool is_need = it->measures == MEASURES_NEED_IMPORTANCE ||
			     it->measures == MEASURES_NEED_LEVEL;

	if (!suits(it->measures, it->kind))
		bad(ps, line, TEXT_KEY("survey.doc.measures_kind"), it->key);
	if (it->measures == MEASURES_SELF && it->kind == ITEM_SCALE &&
	    !it->skill[0])
		bad(ps, line, TEXT_KEY("survey.doc.skill_missing"), it->key);
	for (size_t i = 0; is_need && i < it->nrows; i++)
		if (!it->rows[i].skill[0])
			bad(ps, line, TEXT_KEY("survey.doc.skill_missing"),
			    it->rows[i].key);
}

static void check_item(struct problems *ps, int line,
		       const struct survey_item *it)
{
	if (it->kind == ITEM_PAGE_BREAK)
		return;
	check_text(ps, line, it->text, it->key);
	if (it->hint.en[0] || it->hint.ja[0])
		check_text(ps, line, it->hint, it->key);
	if (it->kind == ITEM_SECTION)
		return;
	if (!strcmp(it->key, "csrf"))
		bad(ps, line, TEXT_KEY("survey.doc.key_reserved"), it->key);
	if (is_points(it->kind))
		check_scale(ps, line, it);
	else if (it->kind == ITEM_SINGLE || it->kind == ITEM_MULTIPLE ||
		 it->kind == ITEM_KNOWLEDGE)
		check_options(ps, line, it);
	if (it->kind == ITEM_GRID)
		check_rows(ps, line, it);
	if (it->kind == ITEM_NUMBER && it->min > it->max)
		bad(ps, line, TEXT_KEY("survey.doc.number_bounds"), it->key);
	check_use(ps, line, it);
}

void survey_check(const struct survey *sv, const int *lines,
		  struct problems *ps)
{
	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];

		check_item(ps, lines[i], it);
		for (size_t j = 0; it->key[0] && j < i; j++)
			if (!strcmp(sv->items[j].key, it->key))
				bad(ps, lines[i],
				    TEXT_KEY("survey.doc.key_twice"), it->key);
	}
	if (sv->nslots > SURVEY_MAX_SLOTS)
		bad(ps, 0, TEXT_KEY("survey.doc.too_many_slots"), NULL);
}
