/*
 * From 5,000 people on every difference is significant: no part of an
 * analysis keeps a p-value then, below that they are there; and what is named
 * is what lies beyond the smallest effect of interest.
 *
 * Two tiers that answered ten items before and after and rated the training;
 * some answered before only.
 */
#include "held_fixture.h"

#include "../unit/answers_case.h"
#include "base/text.h"

#define ITEMS   10
#define LEAVERS 40

static struct answers_case c;
static uint64_t state;

static double chance(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double)(state >> 11) / 9007199254740992.0;
}

/* 1 (right) with this chance, else 2. */
static unsigned char mark(double right)
{
	return chance() < right ? 1 : 2;
}

/* people pairs, half of each tier; every `apart` the lower tier is better. */
static void begin(size_t people, double apart)
{
	const size_t most = 2 * people + LEAVERS;

	state = 20240401;
	case_begin(&c, ITEMS, 2, 1);
	c.set.sheets = ARENA_ARRAY(&c.cx.arena, struct sheet, most);
	c.set.pairs = ARENA_ARRAY(&c.cx.arena, struct sheet_pair, people);
	for (size_t i = 0; i < people + LEAVERS; i++) {
		const size_t tier = i % 2;
		unsigned char pre[CASE_ITEMS] = { 0 }, post[CASE_ITEMS] = { 0 };
		const double able = 0.2 * chance() + apart * (double)tier;

		for (size_t j = 0; j < ITEMS; j++) {
			pre[j] = mark(0.3 + able);
			post[j] = mark(0.5 + able);
		}
		post[ITEMS] = (unsigned char)(1.0 + 4.0 * chance() +
					      3.0 * apart * (double)tier);
		if (i < people)
			case_pair(&c, pre, post);
		else
			case_sheet(&c, 0, pre);
	}
	for (size_t i = 0; i < c.set.npairs; i++) {
		struct sheet *s = c.set.sheets + 2 * i;

		s[0].tier_id = s[1].tier_id = 8001 + (int64_t)(i % 2);
	}
}

static json_t *run(analysis_fn *part)
{
	const struct gate g = gate_standard();
	const struct answers_of of = { .session_id = 1 };
	const struct analysis_work w = { .cx = cx,
					 .g = &g,
					 .scope = ANALYSIS_SESSION,
					 .scope_id = 1,
					 .of = &of,
					 .set = &c.set,
					 .seed = 9 };
	json_t *out = json_object();

	CHECK_OK(cx, part(&w, out));
	CHECK_TEXT(json_string_value(json_object_get(out, "status")), "ok");
	return out;
}

/* Members "p", "p_..." of o and of all in it: how many there are, and how
 * many of them are numbers. */
static void count_p(json_t *o, size_t *there, size_t *numbers)
{
	const char *key;
	json_t *v;
	size_t i;

	json_object_foreach(o, key, v) {
		if (text_equals(key, "p") || !strncmp(key, "p_", 2)) {
			(*there)++;
			*numbers += json_is_number(v) ? 1 : 0;
		}
		count_p(v, there, numbers);
	}
	json_array_foreach(o, i, v)
		count_p(v, there, numbers);
}

static void p_values(analysis_fn *part, const char *name, bool are_shown)
{
	size_t there = 0, numbers = 0;

	count_p(run(part), &there, &numbers);
	printf("# %s of %zu people: %zu of %zu p-values\n", name, c.set.npairs,
	       numbers, there);
	CHECK_THAT(there > 0 && (numbers > 0) == are_shown,
		   are_shown ? "p-values are shown below 5,000 people"
			     : "none is shown from 5,000 people on");
}

static const char *word(json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* Tiers of `people`: what is said of scores, ratings and of two tiers. */
static void verdicts(size_t people, double apart, const char *all,
		     const char *pair)
{
	json_t *out, *score, *rating, *two;

	begin(people, apart);
	out = run(analysis_groups);
	score = json_array_get(
		json_object_get(json_object_get(out, "score"), "outcomes"), 0);
	rating = json_array_get(
		json_object_get(json_object_get(out, "ratings"), "items"), 0);
	two = json_array_get(json_object_get(rating, "pairs"), 0);
	printf("# %zu people, %.2f apart: epsilon2 %.3f, from %.3f to %.3f\n",
	       people, apart,
	       json_number_value(json_object_get(rating, "epsilon2")),
	       json_number_value(json_object_get(rating, "epsilon2_lo")),
	       json_number_value(json_object_get(rating, "epsilon2_hi")));
	CHECK_TEXT(word(score, "verdict"), all);
	CHECK_TEXT(word(rating, "verdict"), all);
	CHECK_TEXT(word(two, "verdict"), pair);
	CHECK(json_is_number(json_object_get(two, "lo")) &&
	      json_is_number(json_object_get(two, "hi")));
}

static void sizes_that_matter(void)
{
	verdicts(6000, 0.0, "same", "same");
	verdicts(200, 0.0, "no_difference_found", "unclear");
	verdicts(6000, 0.3, "lower_higher", "b_higher");
}

int main(void)
{
	held_open(8001, 2035);
	begin(400, 0.1);
	p_values(analysis_groups, "groups", true);
	p_values(analysis_change, "change", true);
	begin(10400, 0.1);
	p_values(analysis_groups, "groups", false);
	p_values(analysis_change, "change", false);
	sizes_that_matter();
	test_db_close(&held);
	return check_done();
}
