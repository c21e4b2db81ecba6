/*
 * people_day.c: days as personnel systems write them.
 */
#include "base/text.h"
#include "load/people.h"

#include <string.h>

static const struct era {
	const char *name;
	int before_first; /* the year before year 1 of the era */
} eras[] = {
	{ "令和", 2018 }, { "R", 2018 },    { "平成", 1988 },
	{ "H", 1988 },    { "昭和", 1925 }, { "S", 1925 },
};

/* A run of digits, or 元 for 1; false if there is neither. */
static bool number(const char **at, int *n, size_t *digits)
{
	const char *s = *at;

	*n = 0;
	*digits = 0;
	if (text_starts(s, "元")) {
		*n = 1;
		*at = s + strlen("元");
		return true;
	}
	for (; *s >= '0' && *s <= '9' && *digits < 8; s++, ++*digits)
		*n = *n * 10 + (*s - '0');
	*at = s;
	return *digits > 0;
}

/* One of the separators; the Japanese ones stand behind their number. */
static bool separator(const char **at, const char *sign)
{
	if (text_starts(*at, sign)) {
		*at += strlen(sign);
		return true;
	}
	if (**at == '-' || **at == '/' || **at == '.') {
		++*at;
		return true;
	}
	return false;
}

bool people_day(struct arena *a, const char *text, struct date *out)
{
	const char *at = text_code(a, text);
	int before_first = 0;
	size_t digits;
	struct date d;

	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++)
		if (text_starts(at, eras[i].name)) {
			before_first = eras[i].before_first;
			at += strlen(eras[i].name);
			break;
		}
	if (!number(&at, &d.year, &digits))
		return false;
	if (digits == 8 && !before_first && !*at) {
		d = (struct date){ d.year / 10000, d.year / 100 % 100,
				   d.year % 100 };
		*out = d;
		return date_is_valid(d);
	}
	if ((!before_first && digits != 4) || !separator(&at, "年") ||
	    !number(&at, &d.month, &digits) || !separator(&at, "月") ||
	    !number(&at, &d.day, &digits))
		return false;
	if (text_starts(at, "日"))
		at += strlen("日");
	d.year += before_first;
	*out = d;
	return !*at && date_is_valid(d);
}
