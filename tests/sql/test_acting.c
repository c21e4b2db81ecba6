/*
 * What to act on, on the demo: needs, drivers, trend and their summary say
 * what was planted (docs/demo-model.md), and say it as the other pages do.
 */
#include "db_test.h"

#include "analysis/analysis.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "insight/needs_view.h"
#include "load/load.h"

#define SEED     20240401
#define THE_YEAR 2024

static struct test_db t;
static struct ctx *cx = &t.cx;

static const json_t *part_of(const json_t *result, const char *name)
{
	return json_object_get(json_object_get(result, "parts"), name);
}

static double number(const json_t *o, const char *key)
{
	return json_number_value(json_object_get(o, key));
}

static int64_t whole(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static const char *word(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* The row of a list whose member says this. */
static const json_t *row_of(const json_t *list, const char *key,
			    const char *value)
{
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o)
		if (!strcmp(word(o, key), value))
			return o;
	return NULL;
}

static void needs_agree_with_their_page(const json_t *needs)
{
	const struct gate g = gate_read(cx);
	const json_t *skills = json_object_get(needs, "skills");
	struct needs_view v;
	bool same = true;

	CHECK_OK(cx, needs_view_read(cx, &g, THE_YEAR, DB_NULL, &v));
	CHECK(json_array_size(skills) == v.nskills && v.nskills == 8);
	for (size_t i = 0; i < v.all.order.n; i++) {
		const struct needs_rank *r = &v.all.order.ranks[i];
		const json_t *o = json_array_get(skills, i);
		const json_t *mwds = json_object_get(o, "mwds");

		same = same &&
		       !strcmp(word(o, "code"), v.skills[r->skill].code) &&
		       number(mwds, "value") == r->mwds.value &&
		       number(mwds, "lo") == r->mwds.lo &&
		       number(o, "rank_hi") == r->rank_hi;
	}
	CHECK_THAT(same, "each skill has the figures of /needs");
}

static void the_planted_need_is_unmet(const json_t *needs)
{
	const json_t *first =
		json_array_get(json_object_get(needs, "skills"), 0);
	const json_t *unmet = json_object_get(needs, "unmet"), *o;
	size_t i;

	CHECK_TEXT(word(first, "code"), "E");
	CHECK(json_is_true(json_object_get(first, "final")));
	CHECK_NEAR(number(first, "p_top"), 1.0, 0.0);
	CHECK(number(first, "rank_biserial") > 0.9 &&
	      number(first, "p_holm") < 0.001);
	CHECK_THAT(row_of(unmet, "skill", "E"),
		   "data is a need that nobody meets");
	json_array_foreach(unmet, i, o)
		CHECK_THAT(!strcmp(word(o, "skill"), "E"),
			   "and nothing else was planted as such");
}

static void seats_follow_the_need(const json_t *needs)
{
	const json_t *seats = json_object_get(needs, "seats"), *o;
	const json_t *data =
		row_of(json_object_get(seats, "skills"), "skill", "E");
	int64_t proposed = 0, offered = 0, runs = whole(data, "runs");
	size_t i;

	json_array_foreach(json_object_get(seats, "skills"), i, o) {
		proposed += whole(o, "proposed");
		offered += whole(o, "offered");
	}
	CHECK_THAT(proposed == whole(seats, "total"),
		   "the seats that are shared are the seats there are");
	CHECK(llabs(offered - whole(seats, "total")) <= 4); /* rounding */
	CHECK_THAT(json_is_true(json_object_get(data, "is_short")),
		   "data has far too few of them");
	CHECK((runs - 1) * whole(seats, "capacity") < whole(data, "proposed") &&
	      whole(data, "proposed") <= runs * whole(seats, "capacity"));
}

static void tiers_agree_in_part(const json_t *needs)
{
	const json_t *agreement = json_object_get(needs, "agreement");
	const json_t *tiers = json_object_get(agreement, "tiers");
	const json_t *units = json_object_get(agreement, "units"), *o, *s;
	size_t i, j;

	CHECK(whole(tiers, "m") >= 3 && whole(tiers, "k") == 8);
	CHECK_TEXT(word(tiers, "reading"), "mixed");
	CHECK_THAT(!strcmp(word(units, "reading"), "common"),
		   "bureaus want the same: the model has no bureaus");
	json_array_foreach(json_object_get(needs, "tiers"), i, o) {
		CHECK(whole(o, "people") >= 10);
		json_array_foreach(json_object_get(o, "skills"), j, s)
			CHECK(whole(s, "rank") >= 1);
	}
}

static void the_year(void)
{
	const json_t *needs;
	json_t *result;

	CHECK_OK(cx, analysis_run(cx, ANALYSIS_YEAR, THE_YEAR, NULL, NULL,
				  &result));
	needs = part_of(result, "needs");
	CHECK_TEXT(word(needs, "status"), "ok");
	needs_agree_with_their_page(needs);
	the_planted_need_is_unmet(needs);
	seats_follow_the_need(needs);
	tiers_agree_in_part(needs);
}

int main(void)
{
	const struct demo_options options = { SEED, 3500 };
	struct load_content_report content = { 0 };

	test_db_open(&t, "DB_URL");
	CHECK_OK(cx, load_content(cx, t.config.content, &content));
	CHECK_OK(cx, demo_load(cx, &options));
	cx->now_ms = instant_from_japan(2024, 12, 2, 9, 0);
	the_year();
	test_db_close(&t);
	return check_done();
}
