#include "base/date.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

/* Reiwa began on 1 May 2019; nothing we hold is older. */
#define REIWA_OFFSET 2018

static const char *const weekdays_ja[] = { "日", "月", "火", "水",
					   "木", "金", "土" };
static const char *const weekdays_en[] = { "Sunday",    "Monday",   "Tuesday",
					   "Wednesday", "Thursday", "Friday",
					   "Saturday" };
static const char *const months_en[] = { "January", "February", "March",
					 "April",   "May",      "June",
					 "July",    "August",   "September",
					 "October", "November", "December" };

static bool is_leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_days(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };

	return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

bool date_is_valid(struct date d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 &&
	       d.day >= 1 && d.day <= month_days(d.year, d.month);
}

bool date_parse(const char *text, struct date *out)
{
	static const char shape[] = "dddd-dd-dd";
	struct date d;

	if (!text || strlen(text) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; shape[i]; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9'
				    : text[i] != '-')
			return false;
	d.year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 +
		 (text[2] - '0') * 10 + (text[3] - '0');
	d.month = (text[5] - '0') * 10 + (text[6] - '0');
	d.day = (text[8] - '0') * 10 + (text[9] - '0');
	if (!date_is_valid(d))
		return false;
	*out = d;
	return true;
}

/* Days and civil dates after Howard Hinnant's "chrono-compatible" scheme. */
int64_t date_to_days(struct date d)
{
	const int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	const int64_t era = (y >= 0 ? y : y - 399) / 400;
	const int64_t yoe = y - era * 400;
	const int64_t doy =
		(153LL * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day -
		1;
	const int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct date date_from_days(int64_t days)
{
	struct date d;
	int64_t era, doe, yoe, doy, mp;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	d.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	d.year = (int)(yoe + era * 400 + (d.month <= 2));
	return d;
}

struct date date_add(struct date d, int days)
{
	return date_from_days(date_to_days(d) + days);
}

int date_compare(struct date a, struct date b)
{
	const int64_t x = date_to_days(a), y = date_to_days(b);

	return (x > y) - (x < y);
}

int date_weekday(struct date d)
{
	const int64_t w = (date_to_days(d) + 4) % 7;

	return (int)(w < 0 ? w + 7 : w);
}

struct date date_in_japan(int64_t instant_ms)
{
	const int64_t ms = instant_ms + JAPAN_MS;

	return date_from_days(ms >= 0 ? ms / DAY_MS
				      : (ms - DAY_MS + 1) / DAY_MS);
}

int date_fiscal_year(struct date d)
{
	return d.month >= 4 ? d.year : d.year - 1;
}

const char *date_to_iso(struct arena *a, struct date d)
{
	return arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static const char *era_year(struct arena *a, int year)
{
	const int n = year - REIWA_OFFSET;

	return n == 1 ? "令和元年" : arena_printf(a, "令和%d年", n);
}

const char *date_to_text(struct arena *a, struct date d, enum lang lang,
			 enum date_style style)
{
	const int w = date_weekday(d);
	const char *day_ja = arena_printf(a, "%d月%d日（%s）", d.month, d.day,
					  weekdays_ja[w]);

	if (lang == LANG_EN) {
		if (style == DATE_MONTH)
			return arena_printf(a, "%s %d", months_en[d.month - 1],
					    d.year);
		if (style == DATE_SHORT)
			return arena_printf(a, "%.3s %d %.3s", weekdays_en[w],
					    d.day, months_en[d.month - 1]);
		return arena_printf(a, "%s, %d %s %d", weekdays_en[w], d.day,
				    months_en[d.month - 1], d.year);
	}
	switch (style) {
	case DATE_SHORT:
		return day_ja;
	case DATE_ERA:
		return arena_printf(a, "%s%s", era_year(a, d.year), day_ja);
	case DATE_BOTH:
		return arena_printf(a, "%d年（%s）%s", d.year,
				    era_year(a, d.year), day_ja);
	case DATE_MONTH:
		return arena_printf(a, "%d年%d月", d.year, d.month);
	case DATE_LONG:
	default:
		return arena_printf(a, "%d年%s", d.year, day_ja);
	}
}

const char *time_to_text(struct arena *a, int64_t instant_ms)
{
	int64_t ms = (instant_ms + JAPAN_MS) % DAY_MS;

	if (ms < 0)
		ms += DAY_MS;
	return arena_printf(a, "%d:%02d", (int)(ms / 3600000),
			    (int)(ms / 60000 % 60));
}

const char *instant_to_text(struct arena *a, int64_t instant_ms, enum lang lang,
			    enum date_style style)
{
	const char *day =
		date_to_text(a, date_in_japan(instant_ms), lang, style);
	const char *time = time_to_text(a, instant_ms);

	return arena_printf(a, lang == LANG_EN ? "%s, %s" : "%s%s", day, time);
}

const char *fiscal_year_to_text(struct arena *a, int year, enum lang lang)
{
	const int n = year - REIWA_OFFSET;

	if (lang == LANG_EN)
		return arena_printf(a, "FY%d (Reiwa %d)", year, n);
	return arena_printf(a, "%s度（%d年度）", era_year(a, year), year);
}

/* Equinox day of March or September, good for 1980 to 2099. */
static int equinox(int year, int month)
{
	const double base = month == 3 ? 20.8431 : 23.2488;

	return (int)(base + 0.242194 * (year - 1980)) - (year - 1980) / 4;
}

static bool is_nth_monday(struct date d, int nth)
{
	return date_weekday(d) == 1 && (d.day - 1) / 7 + 1 == nth;
}

/* Holidays named by the law, without substitutes. */
static bool is_named_holiday(struct date d)
{
	switch (d.month) {
	case 1:
		return d.day == 1 || is_nth_monday(d, 2);
	case 2:
		return d.day == 11 || d.day == 23;
	case 3:
		return d.day == equinox(d.year, 3);
	case 4:
		return d.day == 29;
	case 5:
		return d.day >= 3 && d.day <= 5;
	case 7:
		return is_nth_monday(d, 3);
	case 8:
		return d.day == 11;
	case 9:
		return d.day == equinox(d.year, 9) || is_nth_monday(d, 3);
	case 10:
		return is_nth_monday(d, 2);
	case 11:
		return d.day == 3 || d.day == 23;
	default:
		return false;
	}
}

bool date_is_holiday(struct date d)
{
	struct date back;

	if (is_named_holiday(d))
		return true;

	/* Substitute: the first free day after a holiday on a Sunday. */
	for (back = date_add(d, -1); is_named_holiday(back);
	     back = date_add(back, -1))
		if (date_weekday(back) == 0)
			return true;

	/* Citizens' holiday: a day between two holidays. */
	return is_named_holiday(date_add(d, -1)) &&
	       is_named_holiday(date_add(d, 1)) && date_weekday(d) != 0;
}

bool date_is_open(struct date d)
{
	const int w = date_weekday(d);

	if (w == 0 || w == 6 || date_is_holiday(d))
		return false;
	return !((d.month == 12 && d.day >= 29) ||
		 (d.month == 1 && d.day <= 3));
}

struct date date_add_open_days(struct date d, int n)
{
	const int step = n < 0 ? -1 : 1;

	for (int left = n < 0 ? -n : n; left > 0;) {
		d = date_add(d, step);
		if (date_is_open(d))
			left--;
	}
	return d;
}
