#include "base/clock.h"

#include "base/date.h"

#include <stdio.h>
#include <time.h>

static int64_t offset_ms;

int64_t clock_real(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
	return clock_real() + offset_ms;
}

void clock_set_offset(int64_t ms)
{
	offset_ms = ms;
}

struct parts {
	struct date date;
	int hour, minute, second, milli;
};

static struct parts split(int64_t ms)
{
	struct parts p;
	int64_t days = ms / DAY_MS, rest = ms % DAY_MS;

	if (rest < 0) {
		rest += DAY_MS;
		days--;
	}
	p.date = date_from_days(days);
	p.hour = (int)(rest / 3600000);
	p.minute = (int)(rest / 60000 % 60);
	p.second = (int)(rest / 1000 % 60);
	p.milli = (int)(rest % 1000);
	return p;
}

char *instant_to_iso(int64_t ms, char out[INSTANT_TEXT])
{
	const struct parts p = split(ms);

	snprintf(out, INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
		 p.date.year % 10000, p.date.month % 100, p.date.day % 100,
		 p.hour % 100, p.minute % 100, p.second % 100, p.milli % 1000);
	return out;
}

const char *instant_to_db(struct arena *a, int64_t ms)
{
	const struct parts p = split(ms);

	return arena_printf(a, "%04d-%02d-%02d %02d:%02d:%02d.%03d",
			    p.date.year, p.date.month, p.date.day, p.hour,
			    p.minute, p.second, p.milli);
}

/* n digits from *s on, then one of the sign, which may be 0 for none. */
static bool number(const char **s, int n, char sign, int *out)
{
	*out = 0;
	for (; n > 0; n--, ++*s) {
		if (**s < '0' || **s > '9')
			return false;
		*out = 10 * *out + (**s - '0');
	}
	return !sign || *(*s)++ == sign;
}

bool instant_from_db(const char *text, int64_t *ms)
{
	struct date d;
	int hour, minute, second;
	int64_t milli = 0, unit = 100;

	if (!text || !number(&text, 4, '-', &d.year) ||
	    !number(&text, 2, '-', &d.month) ||
	    !number(&text, 2, ' ', &d.day) || !number(&text, 2, ':', &hour) ||
	    !number(&text, 2, ':', &minute) || !number(&text, 2, 0, &second))
		return false;
	if (!date_is_valid(d) || hour > 23 || minute > 59 || second > 60)
		return false;
	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++) {
			milli += (*text - '0') * unit;
			unit /= 10;
		}
	if (*text)
		return false;
	*ms = date_to_days(d) * DAY_MS +
	      ((hour * 60LL + minute) * 60LL + second) * 1000LL + milli;
	return true;
}

int64_t instant_from_japan(int year, int month, int day, int hour, int minute)
{
	const struct date d = { year, month, day };

	return date_to_days(d) * DAY_MS + (hour * 60LL + minute) * MINUTE_MS -
	       JAPAN_MS;
}
