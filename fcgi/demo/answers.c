#include "demo/answers.h"

#include "survey/slots.h"

#include <math.h>
#include <string.h>

#define SLOPE      1.3
#define SKIP_SHARE 0.03

struct demo_course_model demo_course_model(uint64_t seed, size_t number)
{
	struct dice dice = dice_of(seed, 10, number);
	struct demo_course_model m = { .number = number };

	/* Every sixth course is hard to follow and leaves little behind. */
	if (number % 6 == 4) {
		m.gain = 0.12;
		m.difficulty = 4.3;
		m.useful = 2.9;
	} else {
		m.gain = dice_normal(&dice, 1.0, 0.15);
		m.difficulty = dice_normal(&dice, 3.1, 0.2);
		m.useful = dice_normal(&dice, 3.9, 0.2);
	}
	m.has_hard_item = number % 2 == 0;
	m.has_bad_item = number % 3 == 1;
	return m;
}

/* The same number for the same key, whatever else changes. */
static uint64_t hash_of(const char *key)
{
	uint64_t h = 1469598103934665603u;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return h;
}

static double logistic(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

static size_t right_option(const struct survey_item *it)
{
	for (size_t i = 0; i < it->noptions; i++)
		if (it->options[i].points > 0.0)
			return i;
	return 0;
}

/* The number-th knowledge item of a survey. */
static unsigned char answer_knowledge(const struct survey_item *it,
				      size_t number, bool is_last,
				      const struct demo_respondent *r,
				      struct dice *dice)
{
	struct dice item = dice_of(hash_of(it->key), 11, 0);
	const double theta =
		r->person->ability + (r->is_after ? r->growth : 0.0);
	double a = SLOPE, b = dice_normal(&item, -0.1, 0.6), p;
	size_t wrong;

	if (r->course->has_hard_item && is_last)
		b = 2.6;
	if (r->course->has_bad_item && number == 2)
		a = -0.9;
	p = logistic(a * (theta - b));
	if (dice_chance(dice, p))
		return (unsigned char)(right_option(it) + 1);
	if (it->has_dont_know && dice_chance(dice, r->is_after ? 0.10 : 0.35))
		return SLOT_DONT_KNOW;
	if (it->noptions < 2)
		return SLOT_SKIPPED;
	wrong = dice_below(dice, it->noptions - 1);
	return (unsigned char)(wrong + (wrong >= right_option(it)) + 1);
}

/* How important a skill is to a tier, and how able people feel in it. */
static double importance(const char *skill, size_t tier)
{
	if (*skill == 'E') /* data: wanted everywhere, offered nowhere */
		return 4.5;
	if (*skill == 'A')
		return tier == DEMO_T4 ? 4.4 : 3.9;
	if (*skill == 'P')
		return tier == DEMO_T3 ? 4.4 : 3.2;
	if (*skill == 'H')
		return tier == DEMO_T2 || tier == DEMO_T1 ? 4.3 : 3.0;
	return 3.7;
}

static double level_of(const char *skill, const struct demo_respondent *r)
{
	const double after = r->is_after ? 0.4 * r->growth : 0.0;
	const double base = *skill == 'E' ? 1.9 : *skill == 'P' ? 2.3 : 2.8;

	return base + 0.45 * r->person->ability + after;
}

/* The mean rating of a scale item or grid row; people differ about it. */
static double mean_rating(const struct survey_item *it, const char *skill,
			  const struct demo_respondent *r)
{
	const struct demo_person *p = r->person;

	switch (it->measures) {
	case MEASURES_NEED_IMPORTANCE:
		return importance(skill, p->tier) + 0.3 * p->rigour;
	case MEASURES_NEED_LEVEL:
	case MEASURES_SELF:
		return level_of(skill, r);
	case MEASURES_ATTITUDE:
	case MEASURES_ROLE:
		return 3.3 + 0.2 * p->ability + (r->is_after ? 0.35 : 0.0);
	case MEASURES_SATISFACTION:
		return (strstr(it->key, "use") ? r->course->useful : 3.9) +
		       r->mood + 0.3 * p->rigour;
	case MEASURES_INTENTION:
		return r->course->useful + r->mood;
	case MEASURES_OVERALL:
		return 0.5 * r->course->useful + 2.0 + 1.1 * r->mood +
		       0.3 * p->rigour;
	case MEASURES_DIFFICULTY:
		return r->course->difficulty - 0.2 * p->ability;
	case MEASURES_PACE:
		return 3.2;
	case MEASURES_NOTHING:
	case MEASURES_KNOWLEDGE:
	case MEASURES_WANT:
	case MEASURES_COMMENT_GOOD:
	case MEASURES_COMMENT_IMPROVE:
	case MEASURES_COMMENT_NEED:
	default:
		return 3.5;
	}
}

static unsigned char answer_rating(const struct survey_item *it,
				   const char *skill,
				   const struct demo_respondent *r,
				   struct dice *dice)
{
	const int rating = dice_rating(dice, mean_rating(it, skill, r), 0.75);
	const int most = (int)it->noptions;

	if (it->has_not_applicable && dice_chance(dice, 0.02))
		return SLOT_NOT_APPLICABLE;
	if (it->has_dont_know && dice_chance(dice, 0.03))
		return SLOT_DONT_KNOW;
	return (unsigned char)(rating > most ? most : rating);
}

/* Two or three ticks; "other" and "none of these" are left alone. */
static void answer_ticks(const struct survey_item *it, struct dice *dice,
			 unsigned char *slots)
{
	size_t ticks = 2 + dice_below(dice, 2);

	memset(slots, SLOT_NOT_TICKED, it->nslots);
	if (it->max_ticks && ticks > (size_t)it->max_ticks)
		ticks = (size_t)it->max_ticks;
	while (ticks-- > 0) {
		const size_t i = dice_below(dice, it->noptions);

		if (!it->options[i].is_other && !it->options[i].is_none)
			slots[i] = SLOT_TICKED;
	}
	/* Two people in three want to use their data. */
	for (size_t i = 0; i < it->noptions; i++)
		if (!strcmp(it->options[i].key, "ebpm") &&
		    dice_chance(dice, 0.66))
			slots[i] = SLOT_TICKED;
	if (!memchr(slots, SLOT_TICKED, it->nslots))
		slots[0] = SLOT_TICKED;
}

static void answer_grid(const struct survey_item *it,
			const struct demo_respondent *r, struct dice *dice,
			unsigned char *slots)
{
	for (size_t i = 0; i < it->nrows; i++)
		slots[i] = answer_rating(it, it->rows[i].skill, r, dice);
}

static size_t count_knowledge(const struct survey *sv)
{
	size_t n = 0;

	for (size_t i = 0; i < sv->nitems; i++)
		n += sv->items[i].kind == ITEM_KNOWLEDGE;
	return n;
}

void demo_answer(const struct survey *sv, const struct demo_respondent *r,
		 struct dice *dice, struct answers *as)
{
	const size_t nknowledge = count_knowledge(sv);
	size_t knowledge = 0;

	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];
		unsigned char *slots = as->slots + it->slot;
		const bool is_skipped =
			!it->required && dice_chance(dice, SKIP_SHARE);

		if (it->kind == ITEM_KNOWLEDGE) {
			*slots = answer_knowledge(it, knowledge,
						  knowledge + 1 == nknowledge,
						  r, dice);
			knowledge++;
		}
		if (is_skipped || it->kind == ITEM_KNOWLEDGE || !it->nslots)
			continue;
		if (it->kind == ITEM_MULTIPLE)
			answer_ticks(it, dice, slots);
		else if (it->kind == ITEM_GRID)
			answer_grid(it, r, dice, slots);
		else if (it->kind == ITEM_SCALE)
			*slots = answer_rating(it, it->skill, r, dice);
		else
			*slots = (unsigned char)(1 + dice_below(dice,
								it->noptions));
	}
}

static const char *comment_list(enum measures m)
{
	switch ((int)m) {
	case MEASURES_COMMENT_GOOD:
		return "good";
	case MEASURES_COMMENT_IMPROVE:
		return "improve";
	case MEASURES_COMMENT_NEED:
		return "need";
	default:
		return NULL;
	}
}

const char *demo_comment(const struct demo *d, const struct survey_item *it,
			 const struct demo_respondent *r, struct dice *dice)
{
	const char *list = comment_list(it->measures);
	const json_t *texts;
	double share = 0.25;

	if (!list)
		return NULL;
	if (it->measures == MEASURES_COMMENT_IMPROVE &&
	    r->course->difficulty > 4.0)
		share = 0.45;
	if (!dice_chance(dice, share))
		return NULL;
	if (dice_chance(dice, 0.15))
		list = "blank";
	texts = json_object_get(d->comments, list);
	return json_string_value(json_array_get(
		texts, dice_below(dice, json_array_size(texts))));
}
