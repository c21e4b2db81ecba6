/*
 * date.h: days of the calendar as Japan's offices use them.
 *
 * A fiscal year runs from 1 April to 31 March and is named by the year it
 * begins in. Business days (開庁日) are days that are no Saturday, Sunday,
 * national holiday, 29 December to 3 January, nor closed by the city itself.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
	int year, month, day;
};

enum lang { LANG_JA, LANG_EN };

enum date_style {
	DATE_LONG,  /* 2024年12月20日（金） / Friday, 20 December 2024 */
	DATE_SHORT, /* 12月20日（金） / Fri 20 Dec */
	DATE_ERA,   /* 令和6年12月20日（金） / as DATE_LONG */
	DATE_BOTH, /* 2024年（令和6年）12月20日（金） / as DATE_LONG */
	DATE_MONTH /* 2024年12月 / December 2024 */
};

/* "2024-12-20" exactly; false for anything else or a day that never was. */
bool date_parse(const char *text, struct date *out);
bool date_is_valid(struct date d);

/* Days since 1970-01-01, and back. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);
struct date date_add(struct date d, int days);
int date_compare(struct date a, struct date b); /* <0, 0, >0 */

/* 0 Sunday ... 6 Saturday. */
int date_weekday(struct date d);

/* The day in Japan at an instant, and the fiscal year of a day. */
struct date date_in_japan(int64_t instant_ms);
int date_fiscal_year(struct date d);

/* "2024-12-20", for SQL, JSON and data files; lives in a. */
const char *date_to_iso(struct arena *a, struct date d);

/* As people read it; lives in a. */
const char *date_to_text(struct arena *a, struct date d, enum lang lang,
			 enum date_style style);

/* Japan time of an instant: "13:30", and "2024年12月20日（金）13:30". */
const char *time_to_text(struct arena *a, int64_t instant_ms);
const char *instant_to_text(struct arena *a, int64_t instant_ms, enum lang lang,
			    enum date_style style);

/* "令和6年度（2024年度）" / "FY2024 (Reiwa 6)"; lives in a. */
const char *fiscal_year_to_text(struct arena *a, int year, enum lang lang);

/*
 * A national holiday by the law as it stands for 2022 to 2050 (fixed days,
 * Happy Mondays, equinoxes by the usual formula, substitute and citizens'
 * holidays).
 */
bool date_is_holiday(struct date d);

/* Open for business by the national rules; the city's own days are data. */
bool date_is_open(struct date d);

/* n >= 0 open days after d (the day itself is not counted); n < 0: before. */
struct date date_add_open_days(struct date d, int n);

#endif
