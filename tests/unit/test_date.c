#include "base/date.h"

#include "base/clock.h"
#include "check.h"

static struct arena arena;

static const char *after(const char *start, int n)
{
	struct date d = { 0, 0, 0 };

	date_parse(start, &d);
	return date_to_iso(&arena, date_add_open_days(d, n));
}

static bool holiday(const char *text)
{
	struct date d = { 0, 0, 0 };

	return date_parse(text, &d) && date_is_holiday(d);
}

int main(void)
{
	struct date d = { 2024, 12, 20 };
	int64_t ms;

	CHECK(date_weekday(d) == 5);
	CHECK_TEXT(date_to_text(&arena, d, LANG_JA, DATE_LONG),
		   "2024年12月20日（金）");
	CHECK_TEXT(date_to_text(&arena, d, LANG_JA, DATE_MONTH), "2024年12月");
	CHECK_TEXT(date_to_text(&arena, d, LANG_EN, DATE_MONTH),
		   "December 2024");
	CHECK_TEXT(date_to_text(&arena, d, LANG_JA, DATE_BOTH),
		   "2024年（令和6年）12月20日（金）");
	CHECK_TEXT(date_to_text(&arena, d, LANG_EN, DATE_SHORT), "Fri 20 Dec");
	CHECK_TEXT(fiscal_year_to_text(&arena, 2019, LANG_JA),
		   "令和元年度（2019年度）");
	CHECK(date_fiscal_year((struct date){ 2025, 3, 31 }) == 2024);
	CHECK(date_fiscal_year((struct date){ 2025, 4, 1 }) == 2025);

	CHECK(!date_parse("2023-02-29", &d));
	CHECK(!date_parse("2024-2-9", &d));
	CHECK(date_parse("2024-02-29", &d) && d.day == 29);

	/* Vectors checked against a public holiday data set. */
	CHECK(holiday("2026-05-06"));
	CHECK(holiday("2026-09-22"));
	CHECK(holiday("2032-09-21"));
	CHECK(holiday("2027-03-22"));
	CHECK(holiday("2025-02-24"));
	CHECK(!holiday("2025-02-25"));
	CHECK_TEXT(after("2026-09-17", 5), "2026-09-29");
	CHECK_TEXT(after("2026-12-24", 5), "2027-01-06");
	CHECK_TEXT(after("2027-04-28", 5), "2027-05-11");
	CHECK_TEXT(after("2026-05-01", 5), "2026-05-13");
	CHECK_TEXT(after("2024-12-20", -1), "2024-12-19");

	CHECK(instant_from_db("2024-12-20 04:30:00.250", &ms));
	CHECK_TEXT(instant_to_db(&arena, ms), "2024-12-20 04:30:00.250");
	CHECK_TEXT(time_to_text(&arena, ms), "13:30");
	CHECK(instant_from_japan(2024, 12, 20, 13, 30) + 250 == ms);
	CHECK(!instant_from_db("2024-12-20", &ms));
	CHECK(!instant_from_db("2024-12-20 04:30:0", &ms));
	CHECK(!instant_from_db("2024-12-20 04:30:00x", &ms));
	CHECK(!instant_from_db("2024-13-20 04:30:00", &ms));
	CHECK(!instant_from_db("2024-12-20 24:30:00", &ms));
	CHECK(instant_from_db("1970-01-01 00:00:01.5", &ms) && ms == 1500);
	CHECK_THAT(date_in_japan(instant_from_japan(2025, 1, 1, 0, 0)).day == 1,
		   "midnight in Japan belongs to the day that begins");
	arena_release(&arena);
	return check_done();
}
