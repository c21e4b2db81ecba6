#include "analytics/items.h"
#include "check.h"
#include "insight/findings.h"

static const struct finding_limits limits = { 0.5, 0.3, 3.5, 0.5 };
static const struct found_place place = { DB_NULL, 7, "/courses/x/dashboard" };
static struct arena arena;

static struct figure figure(double value, double lo, double hi, size_t n)
{
	const struct figure f = { value, lo, hi, n, n, 0, "wilson", AN_OK };

	return f;
}

static struct item_view item(void)
{
	const struct item_view it = {
		.key = "k_x_1",
		.text = { "問い", "question" },
		.before = figure(0.6, 0.5, 0.7, 50),
		.after = figure(0.8, 0.7, 0.9, 50),
		.change = figure(0.2, 0.1, 0.3, 50),
		.discrimination = figure(0.4, 0.2, 0.6, 50),
	};

	return it;
}

static struct found_list look(struct item_view *it)
{
	struct session_view v = { .items = it, .nitems = 1 };
	struct found_list fs = { .arena = &arena };

	findings_of_view(&v, &limits, &place, &fs);
	return fs;
}

static void items_are_named_only_beyond_the_interval(void)
{
	struct item_view it = item();
	struct found_list fs = look(&it);

	CHECK_THAT(fs.n == 0, "a good item is no finding");
	it.after = figure(0.4, 0.3, 0.52, 50);
	CHECK_THAT(look(&it).n == 0, "an interval over the threshold is none");
	it.after = figure(0.4, 0.3, 0.49, 50);
	fs = look(&it);
	CHECK(fs.n == 1);
	CHECK_TEXT(fs.list[0].kind, "not_understood");
	CHECK_TEXT(fs.list[0].item_key, "k_x_1");
	CHECK_TEXT(fs.list[0].link, "/courses/x/dashboard#items");
	CHECK(fs.list[0].course_id == 7 && fs.list[0].session_id == DB_NULL);
	CHECK(fs.list[0].strength > 0.0 && fs.list[0].strength <= 1.0);
	it.after = figure_hidden("wilson");
	CHECK_THAT(look(&it).n == 0, "a hidden figure is no finding");
}

static void low_gain_needs_a_hard_item(void)
{
	struct item_view it = item();
	struct found_list fs;

	it.change = figure(0.02, -0.05, 0.1, 50);
	CHECK_THAT(look(&it).n == 0, "an easy item may stay as it is");
	it.before = figure(0.4, 0.3, 0.5, 50);
	fs = look(&it);
	CHECK(fs.n == 1);
	CHECK_TEXT(fs.list[0].kind, "low_gain");
	it.change.hi = 0.25; /* 0.25/0.6 is above 0.3 */
	CHECK_THAT(look(&it).n == 0, "a gain that may be large is not low");
}

static void low_gain_of_a_class(void)
{
	struct session_view v = {
		.score = { .before = figure(0.38, 0.33, 0.43, 69),
			   .gain = figure(0.05, -0.05, 0.15, 69) }
	};
	struct found_list fs = { .arena = &arena };

	findings_of_view(&v, &limits, &place, &fs);
	CHECK(fs.n == 1 && !fs.list[0].item_key);
	CHECK_TEXT(fs.list[0].kind, "low_gain");
	CHECK_TEXT(fs.list[0].link, "/courses/x/dashboard#score");
	CHECK_NEAR(fs.list[0].before, 0.38, 1e-12);
	v.score.gain.hi = 0.31;
	fs.n = 0;
	findings_of_view(&v, &limits, &place, &fs);
	CHECK_THAT(fs.n == 0, "a gain that may reach the threshold is not low");
	v.score.gain.hi = 0.15;
	v.score.at_ceiling = true;
	findings_of_view(&v, &limits, &place, &fs);
	CHECK_THAT(fs.n == 0, "where nearly all knew it there is no room");
	v.score.at_ceiling = false;
	v.score.gain = figure_hidden("hake");
	findings_of_view(&v, &limits, &place, &fs);
	CHECK(fs.n == 0);
}

static void bad_items_are_named_by_their_flags(void)
{
	struct item_view it = item();
	struct found_list fs;

	it.flags = AN_ITEM_HARD;
	CHECK_THAT(look(&it).n == 0, "hard is not bad");
	it.flags = AN_ITEM_WEAK;
	it.discrimination = figure(0.1, -0.1, 0.3, 50);
	fs = look(&it);
	CHECK_THAT(fs.n == 1 && fs.list[0].threshold > 0.1,
		   "one that hardly tells people apart is named");
	it.flags = AN_ITEM_KEY | AN_ITEM_WEAK;
	fs = look(&it);
	CHECK(fs.n == 1);
	CHECK_TEXT(fs.list[0].kind, "bad_item");
	it.discrimination = figure_hidden("item_rest_r");
	CHECK(look(&it).n == 0);
}

static void satisfaction_counts_where_it_matters(void)
{
	struct scale_view s[2] = {
		{ .key = "sat_time",
		  .text = { "時間", "time" },
		  .mean = figure(3.1, 2.9, 3.3, 60),
		  .importance = figure(0.6, 0.4, 0.8, 60),
		  .quadrant = "priority_improve",
		  .index = 12.0 },
		{ .key = "sat_room",
		  .text = { "会場", "room" },
		  .mean = figure(3.0, 2.8, 3.2, 60),
		  .importance = figure(0.1, -0.2, 0.3, 60),
		  .quadrant = "improve",
		  .index = 4.0 },
	};
	struct session_view v = { .satisfaction = s, .nsatisfaction = 2 };
	struct found_list fs = { .arena = &arena };

	findings_of_view(&v, &limits, &place, &fs);
	CHECK_THAT(fs.n == 1, "only what matters for the whole is named");
	CHECK_TEXT(fs.list[0].item_key, "sat_time");
	CHECK_NEAR(fs.list[0].importance, 0.6, 1e-12);

	fs = (struct found_list){ .arena = &arena };
	v = (struct session_view){ .overall = { .key = "sat_overall",
						.mean = figure(3.0, 2.7, 3.3,
							       20) } };
	findings_of_view(&v, &limits, &place, &fs);
	CHECK_THAT(fs.n == 1 && isnan(fs.list[0].importance),
		   "without correlations the whole speaks");
}

static void unmet_needs_have_no_seats(void)
{
	struct need_view cell = { .skill = "E",
				  .importance = figure(4.5, NAN, NAN, 40),
				  .level = figure(2.0, NAN, NAN, 40),
				  .mwds = figure(11.0, 9.0, 13.0, 40),
				  .rate = figure(0.9, 0.8, 0.95, 40),
				  .rank = 1 };
	struct needs_skill skill = { "E", { "データ", "data" }, 0 };
	struct needs_group tier = { .tier_code = "T2",
				    .unit_id = DB_NULL,
				    .shown = true,
				    .cells = &cell };
	struct needs_offer offer = { "E", "T2", 1, 60, 60.0 };
	struct needs_view v = { .fiscal_year = 2024,
				.skills = &skill,
				.nskills = 1,
				.tiers = &tier,
				.ntiers = 1,
				.unit_id = DB_NULL };
	struct found_list fs = { .arena = &arena };

	findings_of_needs(&v, &fs);
	CHECK_THAT(fs.n == 1 && fs.list[0].seats == 0,
		   "a need without seats is unmet");
	v.offers = &offer;
	v.noffers = 1;
	fs.n = 0;
	findings_of_needs(&v, &fs);
	CHECK_THAT(fs.n == 0, "a need with seats is met");
	offer.tier_code = "T4";
	findings_of_needs(&v, &fs);
	CHECK_THAT(fs.n == 1, "seats for another tier do not count");
	cell.mwds = figure_hidden("borich_jackknife");
	fs.n = 0;
	findings_of_needs(&v, &fs);
	CHECK(fs.n == 0);
}

static void units_that_answer_little(void)
{
	static const struct funnel_unit units[] = {
		{ 1, "静か", "", 20, 3 },
		{ 2, "ふつう", "", 20, 12 },
		{ 3, "小さい", "", 9, 0 },
	};
	struct found_list fs = { .arena = &arena };

	findings_of_returns(units, 3, &limits, &fs);
	CHECK_THAT(fs.n == 1 && fs.list[0].unit_id == 1,
		   "few answers of many, and only with ten people or more");
	CHECK(fs.list[0].figure.n == 20 && fs.list[0].figure.missing == 17);
}

static void the_same_finding_has_the_same_fingerprint(void)
{
	struct found f = { .kind = "bad_item",
			   .session_id = DB_NULL,
			   .course_id = 7,
			   .unit_id = DB_NULL,
			   .item_key = "k_x_1",
			   .strength = 0.4 };
	unsigned char a[16], b[16];

	finding_fingerprint(&f, a);
	f.strength = 0.9;
	finding_fingerprint(&f, b);
	CHECK_THAT(!memcmp(a, b, 16), "its strength may change");
	f.item_key = "k_x_2";
	finding_fingerprint(&f, b);
	CHECK_THAT(memcmp(a, b, 16) != 0, "its object may not");
}

int main(void)
{
	items_are_named_only_beyond_the_interval();
	low_gain_needs_a_hard_item();
	low_gain_of_a_class();
	bad_items_are_named_by_their_flags();
	satisfaction_counts_where_it_matters();
	unmet_needs_have_no_seats();
	units_that_answer_little();
	the_same_finding_has_the_same_fingerprint();
	arena_release(&arena);
	return check_done();
}
