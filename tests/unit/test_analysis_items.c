/*
 * Verdicts about knowledge items, and what of them is hidden.
 */
#include "analysis/analysis.h"
#include "analysis/knowledge.h"
#include "analysis/verdict.h"
#include "answers_case.h"
#include "check.h"
#include "insight/session_view.h"

#define FINE(why) (1u << REASON_##why)

static struct item_facts fine(void)
{
	return (struct item_facts){ .n = 60,
				    .least = 30,
				    .after = 0.8,
				    .after_hi = 0.88,
				    .before = 0.6,
				    .before_lo = 0.47,
				    .change_hi = 0.3,
				    .r = 0.4,
				    .r_lo = 0.2,
				    .alpha = 0.6,
				    .alpha_without = 0.5 };
}

static bool gives(const struct item_facts *f, enum verdict v, unsigned reasons)
{
	const struct judgement j = item_judge(f);

	return j.verdict == v && j.reasons == reasons;
}

static void the_rule(void)
{
	struct item_facts f = fine();

	CHECK(gives(&f, VERDICT_KEEP, FINE(GOOD)));
	f.r_lo = -0.1;
	CHECK(gives(&f, VERDICT_KEEP, FINE(NOTHING)));
	f.n = 29;
	f.has_rival = f.is_weak = true;
	CHECK_THAT(gives(&f, VERDICT_UNDECIDED, FINE(TOO_FEW)),
		   "29 people judge nothing, whatever it looks like");
	f = fine();
	f.before_lo = 0.86;
	f.has_dead = true;
	CHECK_THAT(gives(&f, VERDICT_DROP, FINE(KNOWN_BEFORE)),
		   "what everybody knew before goes, whatever else");
	f = fine();
	f.is_weak = true;
	f.r = -0.2;
	CHECK_THAT(gives(&f, VERDICT_REVISE, FINE(KEY)),
		   "a negative discrimination: look at the key first");
	f.r = 0.02;
	CHECK(gives(&f, VERDICT_REVISE, FINE(WEAK)));
	f.alpha_without = 0.65;
	CHECK_THAT(gives(&f, VERDICT_DROP, FINE(WEAK_DROP)),
		   "what only harms the scale goes");
	f.after_hi = 0.49;
	CHECK_THAT(gives(&f, VERDICT_REVISE, FINE(HARD) | FINE(WEAK)),
		   "but not where something explains it");
	f = fine();
	f.has_rival = f.has_dead = true;
	CHECK(gives(&f, VERDICT_REVISE, FINE(RIVAL) | FINE(DEAD)));
	f = fine();
	f.change_hi = -0.04;
	CHECK_THAT(gives(&f, VERDICT_KEEP, FINE(GOOD)),
		   "a fall that may be smaller than 5 points is not named");
	f.change_hi = -0.06;
	CHECK(gives(&f, VERDICT_REVISE, FINE(FELL)));
	f = fine();
	f.after = 0.97;
	f.r_lo = NAN;
	CHECK(gives(&f, VERDICT_KEEP, FINE(LEARNED)));
	f.before = f.before_lo = f.change_hi = NAN;
	CHECK_THAT(gives(&f, VERDICT_UNDECIDED, FINE(EASY_UNKNOWN)),
		   "learned or always known: nobody can tell");
}

static void dead_options(void)
{
	/* 40 of 100 wrong, over 4 options: 10 each were to be expected */
	CHECK(option_is_dead(1, 100, 40, 4) == 1);
	CHECK(option_is_dead(6, 100, 40, 4) == 0);
	CHECK_THAT(option_is_dead(4, 100, 40, 4) == 1 &&
			   option_is_dead(2, 50, 20, 4) == 0,
		   "two of fifty may be chance, four of a hundred hardly");
	CHECK_THAT(option_is_dead(0, 100, 12, 3) == -1,
		   "too few are wrong to miss anybody");
	CHECK(option_is_dead(0, 0, 0, 3) == -1);
}

/* ---- a session of n people ---------------------------------------------- */

enum { RIGHT = 1, WRONG = 2, OTHER = 3, LAST = 4 };

static struct answers_case c;

static json_t *run_with(analysis_fn *part, const struct gate *g)
{
	return case_analyse(&c, part, ANALYSIS_SESSION, g);
}

static json_t *run(analysis_fn *part)
{
	return run_with(part, NULL);
}

static const char *word(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

static const json_t *item(const json_t *out, size_t j)
{
	const json_t *form = json_array_get(json_object_get(out, "forms"), 0);

	return json_array_get(json_object_get(form, "items"), j);
}

static bool has_reason(const json_t *it, const char *reason)
{
	const json_t *list = json_object_get(it, "reasons");

	for (size_t i = 0; i < json_array_size(list); i++)
		if (!strcmp(json_string_value(json_array_get(list, i)), reason))
			return true;
	return false;
}

/*
 * Sixty people, five items of four options. Person i is able from i = 30 on.
 *   k1  the able are right, the others spread over what is wrong
 *   k2  its key is wrong: the able choose option 2
 *   k3  nobody chooses option 4
 *   k4  right before and after, all but one
 *   k5  right from i = 20 on after, nobody before
 */
static void fill_sixty(bool with_pre)
{
	static const unsigned char wrong[3] = { WRONG, OTHER, LAST };

	case_begin(&c, 5, 4, 0);
	for (size_t i = 0; i < 60; i++) {
		const bool able = i >= 30;
		const unsigned char slots[5] = {
			able != (i % 10 == 0) ? RIGHT : wrong[i % 3],
			able != (i % 10 == 1) ? WRONG : (i % 2 ? RIGHT : OTHER),
			able != (i % 10 == 2) ? RIGHT
			: i % 2               ? WRONG
					      : OTHER,
			i == 7 ? WRONG : RIGHT,
			i >= 20 ? RIGHT : wrong[i % 3],
		};
		const unsigned char before[5] = { slots[0], slots[1], slots[2],
						  slots[3], wrong[i % 3] };

		if (with_pre)
			case_pair(&c, before, slots);
		else
			case_sheet(&c, 1, slots);
	}
}

static void sixty_people(void)
{
	const json_t *out, *option;

	fill_sixty(true);
	out = run(analysis_items);
	CHECK_TEXT(word(out, "status"), "ok");
	CHECK(json_is_true(json_object_get(out, "is_matched")));
	CHECK_TEXT(word(item(out, 0), "verdict"), "keep");
	CHECK_TEXT(word(item(out, 1), "verdict"), "revise");
	CHECK_THAT(has_reason(item(out, 1), "key") &&
			   has_reason(item(out, 1), "rival"),
		   "a wrong key is seen, and which option wants to be it");
	CHECK_TEXT(
		word(json_array_get(json_object_get(item(out, 1), "rivals"), 0),
		     "en"),
		"option 2");
	CHECK_TEXT(word(item(out, 2), "verdict"), "revise");
	CHECK(has_reason(item(out, 2), "dead"));
	CHECK_TEXT(word(item(out, 3), "verdict"), "drop");
	CHECK(has_reason(item(out, 3), "known_before"));
	CHECK_NEAR(number(json_object_get(item(out, 4), "after"), "value"),
		   0.67, 1e-12);
	CHECK_NEAR(number(item(out, 4), "gain"), 40.0 / 60.0, 1e-12);
	option = json_array_get(json_object_get(item(out, 0), "options"), 0);
	CHECK(json_is_true(json_object_get(option, "right")) &&
	      number(option, "n") == 30.0);
	CHECK_NEAR(number(option, "r"),
		   number(json_object_get(item(out, 0), "r"), "value"), 1e-12);
	CHECK(!json_is_true(json_object_get(option, "backwards")));
	option = json_array_get(json_object_get(item(out, 1), "options"), 0);
	CHECK_THAT(json_is_true(json_object_get(option, "backwards")),
		   "a key whose choosers do no better elsewhere is warned of");
}

static void a_handful_stays_hidden(void)
{
	const json_t *out, *it, *options;

	fill_sixty(true);
	out = run(analysis_items);
	it = item(out, 3);
	CHECK_TEXT(word(json_object_get(it, "r"), "status"), "suppressed");
	CHECK_THAT(isnan(number(it, "d27")) &&
			   isnan(number(it, "alpha_deleted")),
		   "one wrong answer tells nothing about its giver");
	options = json_object_get(it, "options");
	for (size_t o = 0; o < json_array_size(options); o++)
		CHECK_THAT(isnan(number(json_array_get(options, o), "rest")),
			   "nor how the others did, from which it follows");
}

/* Item k5: all wrong before; k4: three were not asked it before. */
static void a_change_tells_no_hidden_share(void)
{
	static const struct gate usual = { 5, 10 }, strict = { 8, 10 };
	struct item_view *views;
	const json_t *out, *it;
	size_t n;

	case_begin(&c, 5, 4, 0);
	for (size_t i = 0; i < 40; i++) {
		const unsigned char before[5] = { i % 2 ? RIGHT : WRONG, RIGHT,
						  WRONG,
						  i < 3   ? SLOT_NOT_SHOWN
						  : i % 3 ? RIGHT
							  : WRONG,
						  WRONG };
		const unsigned char after[5] = { RIGHT, i % 3 ? RIGHT : WRONG,
						 i % 4 ? RIGHT : OTHER,
						 i % 5 ? RIGHT : LAST,
						 i % 2 ? RIGHT : LAST };

		case_pair(&c, before, after);
	}
	out = run(analysis_items);
	it = item(out, 3);
	CHECK_THAT(isnan(number(json_object_get(it, "change"), "value")) &&
			   isnan(number(it, "gain")),
		   "after minus before and change would be three people");
	CHECK(!isnan(number(json_object_get(it, "after"), "value")) &&
	      !isnan(number(json_object_get(it, "before"), "value")));
	CHECK(!isnan(number(json_object_get(item(out, 4), "change"), "value")));
	view_items(&c.cx, &usual, &c.set, &views, &n);
	CHECK_THAT(n == 5 && views[3].spread_after.shown &&
			   !gate_has(&views[3].after) &&
			   !gate_has(&views[3].change) &&
			   gate_has(&views[3].before),
		   "nor does the dashboard, beside everybody's options");
	CHECK(gate_has(&views[2].after) && gate_has(&views[2].change));
	/* With 12 people all wrong is a secret, where k is 8. */
	c.set.npairs = 12;
	out = run_with(analysis_items, &strict);
	it = item(out, 4);
	CHECK_TEXT(word(json_object_get(it, "before"), "status"), "suppressed");
	CHECK_TEXT(word(json_object_get(it, "change"), "status"), "suppressed");
	CHECK_THAT(isnan(number(it, "gain")),
		   "after minus change would be the share before");
	view_items(&c.cx, &strict, &c.set, &views, &n);
	CHECK(n == 5 && views[4].before.status == AN_SUPPRESSED &&
	      gate_has(&views[4].after));
	CHECK_THAT(!gate_has(&views[4].change) && isnan(views[4].gain) &&
			   isnan(views[4].p_value),
		   "on the dashboard neither");
}

static void without_a_survey_before(void)
{
	const json_t *out;

	fill_sixty(false);
	out = run(analysis_items);
	CHECK(json_is_false(json_object_get(out, "is_matched")));
	CHECK(number(out, "n") == 60.0);
	CHECK_TEXT(word(item(out, 3), "verdict"), "undecided");
	CHECK(has_reason(item(out, 3), "easy_unknown"));
	CHECK_TEXT(word(json_object_get(item(out, 0), "before"), "status"),
		   "empty");
}

static void few_people(void)
{
	const unsigned char slots[5] = { RIGHT, RIGHT, WRONG, RIGHT,
					 SLOT_SKIPPED };
	const json_t *out;

	case_begin(&c, 5, 4, 0);
	for (size_t i = 0; i < 9; i++)
		case_pair(&c, slots, slots);
	out = run(analysis_items);
	CHECK_TEXT(word(out, "status"), "too_few");
	CHECK_THAT(!json_object_get(out, "forms") &&
			   number(out, "least") == 10.0,
		   "nine people: how many it needs, nothing else");
	for (size_t i = 0; i < 4; i++) /* answered only after */
		case_sheet(&c, 1, slots);
	CHECK_THAT(number(run(analysis_items), "n") == 9.0,
		   "four who answered once do not stand beside nine pairs");
	case_begin(&c, 0, 4, 0);
	CHECK_TEXT(word(run(analysis_items), "status"), "empty");
}

/* Two versions: the second asks one item more. */
static void a_survey_that_was_changed(void)
{
	static const struct gate g = { 5, 10 };
	const unsigned char slots[4] = { RIGHT, WRONG, RIGHT, RIGHT };
	struct forms f;

	case_begin(&c, 3, 3, 0);
	c.pre = case_survey(&c.cx.arena, 1, 4, 3, 0);
	c.collections[0].moment = "post";
	for (size_t i = 0; i < 20; i++)
		case_sheet(&c, 1, slots);
	for (size_t i = 0; i < 12; i++) {
		case_sheet(&c, 0, slots)->moment = MOMENT_POST;
	}
	f = knowledge_forms(&c.cx, &g, &c.set);
	CHECK(f.nforms == 2 && f.n == 32);
	CHECK_THAT(f.list[0].k == 3 && f.list[0].n == 32,
		   "what both ask is judged on everybody");
	CHECK_THAT(f.list[1].k == 4 && f.list[1].n == 12 && !f.list[1].own[0] &&
			   f.list[1].own[3],
		   "the new item among the old ones, on those who had it");
}

int main(void)
{
	the_rule();
	dead_options();
	sixty_people();
	a_handful_stays_hidden();
	a_change_tells_no_hidden_share();
	without_a_survey_before();
	few_people();
	a_survey_that_was_changed();
	arena_release(&c.cx.arena);
	return check_done();
}
