#include "check.h"
#include "load/people.h"

static struct arena a;

static bool is_day(const char *text, int year, int month, int day)
{
	struct date d;

	return people_day(&a, text, &d) && d.year == year && d.month == month &&
	       d.day == day;
}

int main(void)
{
	struct date d;

	CHECK(is_day("2024-04-01", 2024, 4, 1));
	CHECK(is_day("2024/4/1", 2024, 4, 1));
	CHECK(is_day("2024.4.1", 2024, 4, 1));
	CHECK(is_day("20240401", 2024, 4, 1));
	CHECK(is_day("2024年4月1日", 2024, 4, 1));
	CHECK(is_day("２０２４／４／１", 2024, 4, 1));
	CHECK_THAT(is_day("令和6年4月1日", 2024, 4, 1), "eras are read");
	CHECK(is_day("R6.4.1", 2024, 4, 1));
	CHECK(is_day("令和元年5月1日", 2019, 5, 1));
	CHECK(is_day("H31.4.30", 2019, 4, 30));
	CHECK(is_day("昭和64年1月7日", 1989, 1, 7));
	CHECK_THAT(!people_day(&a, "2024-02-30", &d), "a day that never was");
	CHECK(!people_day(&a, "4/1", &d));
	CHECK(!people_day(&a, "24/4/1", &d));
	CHECK(!people_day(&a, "2024-04-01 x", &d));
	CHECK(!people_day(&a, "", &d));
	CHECK(!people_day(&a, "令和", &d));
	arena_release(&a);
	return check_done();
}
