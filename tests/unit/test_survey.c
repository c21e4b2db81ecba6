/*
 * Answers: from the form to the slots, to points and back.
 */
#include "survey/survey.h"

#include "check.h"
#include "survey/slots.h"

static struct arena arena;

#define NUMBER(list) (sizeof(list) / sizeof((list)[0]))

static const struct survey_option yes_no[] = {
	{ .key = "a", .label = { "はい", "" }, .points = NAN },
	{ .key = "b", .label = { "他", "" }, .points = NAN, .is_other = true },
	{ .key = "c", .label = { "なし", "" }, .points = NAN, .is_none = true },
};

static const struct survey_option five[] = {
	{ .key = "1", .label = { "1", "" }, .points = 1 },
	{ .key = "2", .label = { "2", "" }, .points = 2 },
	{ .key = "3", .label = { "3", "" }, .points = 3 },
	{ .key = "4", .label = { "4", "" }, .points = 4 },
	{ .key = "5", .label = { "5", "" }, .points = 5 },
};

static const struct survey_option quiz[] = {
	{ .key = "a", .label = { "誤", "" }, .points = 0 },
	{ .key = "b", .label = { "正", "" }, .points = 1 },
};

static const struct survey_row rows[] = {
	{ .key = "M", .label = { "M", "" }, .skill = "M" },
	{ .key = "B", .label = { "B", "" }, .skill = "B" },
};

#define PLAIN                                                              \
	.skill = "", .text = { "問", "" }, .hint = { "", "" }, .min = NAN, \
	.max = NAN, .unit = { "", "" }

static struct survey_item items[] = {
	{ .kind = ITEM_SINGLE,
	  .key = "one",
	  .options = yes_no,
	  .noptions = 2,
	  .required = true,
	  .has_dont_know = true,
	  PLAIN },
	{ .kind = ITEM_MULTIPLE,
	  .key = "many",
	  .options = yes_no,
	  .noptions = 3,
	  PLAIN },
	{ .kind = ITEM_SCALE,
	  .key = "back",
	  .options = five,
	  .noptions = 5,
	  .is_reverse = true,
	  .has_not_applicable = true,
	  PLAIN },
	{ .kind = ITEM_GRID,
	  .key = "g",
	  .options = five,
	  .noptions = 5,
	  .rows = rows,
	  .nrows = 2,
	  PLAIN },
	{ .kind = ITEM_KNOWLEDGE,
	  .key = "k",
	  .options = quiz,
	  .noptions = 2,
	  .has_dont_know = true,
	  .measures = MEASURES_KNOWLEDGE,
	  PLAIN },
	{ .kind = ITEM_NUMBER,
	  .key = "n",
	  .is_integer = true,
	  .skill = "",
	  .text = { "数", "" },
	  .hint = { "", "" },
	  .unit = { "", "" },
	  .min = 0,
	  .max = 10 },
	{ .kind = ITEM_LONG_TEXT, .key = "l", .max_length = 5, PLAIN },
};

/* Slots: one 0, many 1-3, back 4, g 5-6, k 7. Open: 1 other of one, 2 other
 * of many, 3 n, 4 l. */
static struct survey sv = { .code = "t",
			    .items = items,
			    .nitems = NUMBER(items) };

static const struct problem *problems;

static struct answers read_form(const struct given *list, size_t n)
{
	return survey_read(&arena, &sv, (struct givens){ list, n }, &problems);
}

#define READ(...)                                        \
	read_form((const struct given[]){ __VA_ARGS__ }, \
		  NUMBER(((const struct given[]){ __VA_ARGS__ })))

/* An answer that is not there has no text and no number. */
static struct open_answer open_of(const struct answers *as, int item_no)
{
	for (size_t i = 0; i < as->nopen; i++)
		if (as->open[i].item_no == item_no)
			return as->open[i];
	return (struct open_answer){ .item_no = 0, .number = NAN };
}

static void layout(void)
{
	CHECK(sv.nslots == 8);
	CHECK(sv.nopen == 4);
	CHECK(sv.items[4].slot == 7);
	CHECK(sv.items[5].open_no == 3);
	CHECK(survey_count_items(&sv) == 7);
}

static void whole_form(void)
{
	static const unsigned char want[] = { 2, 1, 1, 0, 4, 5, 255, 2 };
	struct answers as =
		READ({ "one", "b" }, { "one.other", " 別の " }, { "many", "a" },
		     { "many", "b" }, { "many.other", "他" }, { "back", "4" },
		     { "g.M", "5" }, { "k", "b" }, { "n", "７" },
		     { "l", "長い文" }, { "nobody", "asked" });
	const struct givens back = survey_to_givens(&arena, &sv, &as);
	const struct problem *again;

	CHECK_THAT(!problems, "a form filled in well has no problems");
	CHECK_THAT(as.nslots == 8 && !memcmp(as.slots, want, 8),
		   "each answer stands in its own slot");
	CHECK_TEXT(open_of(&as, 1).text, "別の");
	CHECK_TEXT(open_of(&as, 2).text, "他");
	CHECK_NEAR(open_of(&as, 3).number, 7, 1e-12);
	CHECK_TEXT(open_of(&as, 4).text, "長い文");
	CHECK(survey_count_answered(&sv, &as) == 7);

	as = survey_read(&arena, &sv, back, &again);
	CHECK_THAT(!again && !memcmp(as.slots, want, 8) && as.nopen == 4,
		   "answers turned into a form read as the same answers");
}

static void four_kinds_of_nothing(void)
{
	struct answers as = READ({ "one", "_dk" }, { "back", "_na" });

	CHECK(!problems);
	CHECK_THAT(as.slots[0] == SLOT_DONT_KNOW, "don't know is kept as such");
	CHECK_THAT(as.slots[4] == SLOT_NOT_APPLICABLE,
		   "not applicable is kept as such");
	CHECK_THAT(as.slots[7] == SLOT_SKIPPED, "skipped is kept as such");
	CHECK_THAT(as.slots[1] == SLOT_SKIPPED,
		   "a multiple choice left alone is skipped, not all unticked");
	as = READ({ "one", "a" }, { "many", "c" });
	CHECK_THAT(as.slots[1] == SLOT_NOT_TICKED && as.slots[3] == SLOT_TICKED,
		   "an option not ticked beside a ticked one is a 0");
	(void)READ({ "one", "a" }, { "back", "_dk" });
	CHECK_THAT(problems && !strcmp(problems->where, "back"),
		   "don't know is refused where it is not offered");
}

static void points(void)
{
	const struct survey_item *back = &sv.items[2], *k = &sv.items[4];

	CHECK_NEAR(item_points(back, 4), 2, 1e-12);
	CHECK_THAT(isnan(item_points(back, SLOT_SKIPPED)),
		   "a scale that was skipped has no points");
	CHECK_NEAR(item_points(k, 2), 1, 1e-12);
	CHECK_NEAR(item_points(k, 1), 0, 1e-12);
	CHECK_NEAR(item_points(k, SLOT_DONT_KNOW), 0, 1e-12);
	CHECK_NEAR(item_points(k, SLOT_SKIPPED), 0, 1e-12);
	CHECK_THAT(isnan(item_points(k, SLOT_NOT_SHOWN)),
		   "a knowledge item that was not shown is missing, not wrong");
	CHECK_THAT(isnan(item_points(k, 77)), "an unknown code has no points");
}

static void problem_is(struct answers as, const char *where, const char *key)
{
	(void)as;
	CHECK_TEXT(problems ? problems->where : NULL, where);
	CHECK_TEXT(problems ? problems->key : NULL, key);
}

static void each_problem(void)
{
	problem_is(READ({ "l", "a" }), "one", "survey.problem.required");
	problem_is(READ({ "one", "zzz" }), "one", "survey.problem.choice");
	problem_is(READ({ "one", "a" }, { "many", "a" }, { "many", "c" }),
		   "many", "survey.problem.none_and_others");
	problem_is(READ({ "one", "a" }, { "g.M", "6" }), "g",
		   "survey.problem.choice");
	problem_is(READ({ "one", "a" }, { "n", "seven" }), "n",
		   "survey.problem.number");
	problem_is(READ({ "one", "a" }, { "n", "7.5" }), "n",
		   "survey.problem.integer");
	problem_is(READ({ "one", "a" }, { "n", "11" }), "n",
		   "survey.problem.range");
	problem_is(READ({ "one", "a" }, { "l", "六文字あるよ" }), "l",
		   "survey.problem.too_long");
	CHECK_NEAR(problems->max, 5, 1e-12);
}

static void an_other_text_needs_its_option(void)
{
	struct answers as = READ({ "one", "a" }, { "one.other", "別の" });

	CHECK_THAT(!problems && !open_of(&as, 1).item_no,
		   "a text behind an option that was not chosen is dropped");
}

static void composition(void)
{
	static struct survey_item tmpl_items[] = {
		{ .kind = ITEM_SCALE,
		  .key = "self_M",
		  .options = five,
		  .noptions = 5,
		  .measures = MEASURES_SELF,
		  .skill = "M",
		  .text = { "M", "" },
		  .hint = { "", "" } },
		{ .kind = ITEM_SCALE,
		  .key = "self_B",
		  .options = five,
		  .noptions = 5,
		  .measures = MEASURES_SELF,
		  .skill = "B",
		  .text = { "B", "" },
		  .hint = { "", "" } },
		{ .kind = ITEM_LONG_TEXT, .key = "l", .max_length = 5, PLAIN },
	};
	static struct survey_item course_items[] = {
		{ .kind = ITEM_KNOWLEDGE,
		  .key = "k_x_1",
		  .options = quiz,
		  .noptions = 2,
		  .measures = MEASURES_KNOWLEDGE,
		  .skill = "B",
		  .text = { "問", "" },
		  .hint = { "", "" } },
	};
	struct survey tmpl = { .code = "pre",
			       .title = { "前", "Pre" },
			       .nitems = 3,
			       .course_at = 2 };
	struct survey course = { .code = "", .nitems = 1, .course_at = 2 };
	const struct survey *made;

	survey_lay_out(&tmpl, tmpl_items);
	survey_lay_out(&course, course_items);
	made = survey_compose(&arena, &tmpl, &course, "bpr",
			      (struct bilingual){ "研修", "Course" },
			      &problems);
	CHECK(made && !problems);
	CHECK_TEXT(made->code, "pre.bpr");
	CHECK_TEXT(made->title.ja, "研修：前");
	CHECK_THAT(made->nitems == 3 && survey_item(made, "self_B") &&
			   !survey_item(made, "self_M"),
		   "only the own levels of skills the course teaches stay");
	CHECK_TEXT(made->items[1].key, "k_x_1");
	CHECK(made->items[1].slot == 1 && made->nslots == 2);

	course_items[0].key = "l";
	CHECK_THAT(!survey_compose(&arena, &tmpl, &course, "bpr",
				   (struct bilingual){ "研修", "Course" },
				   &problems) &&
			   problems,
		   "a key that both have is a problem");
}

int main(void)
{
	survey_lay_out(&sv, items);
	layout();
	whole_form();
	four_kinds_of_nothing();
	points();
	each_problem();
	an_other_text_needs_its_option();
	composition();
	arena_release(&arena);
	return check_done();
}
