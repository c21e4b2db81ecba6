#include "serve.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "store/store_setting.h"

#include <stdio.h>
#include <string.h>

#define FRESH_MS 2000 /* a change shows after this long at the latest */

/*
 * What every request needs of the settings, read once in a while. When the
 * database is away, what was read last still holds.
 */
static struct serve_settings now = {
	.idle_ms = 30 * MINUTE_MS,
	.warn_ms = 3 * MINUTE_MS,
	.age_ms = 12 * 60 * MINUTE_MS,
};

static void take(const struct setting *s)
{
	int64_t number = 0;
	const bool counts =
		text_to_i64(s->value, INT64_MIN + 1, INT64_MAX, &number);

	if (text_equals(s->name, "city.name"))
		snprintf(now.city[LANG_JA], sizeof(now.city[0]), "%s",
			 s->value);
	else if (text_equals(s->name, "city.name_en"))
		snprintf(now.city[LANG_EN], sizeof(now.city[0]), "%s",
			 s->value);
	else if (!counts)
		return;
	else if (text_equals(s->name, "demo.loaded"))
		now.is_demo = number == 1;
	else if (text_equals(s->name, "clock.offset_ms"))
		now.offset_ms = number;
	else if (text_equals(s->name, "signin.idle_minutes") && number > 0)
		now.idle_ms = number * MINUTE_MS;
	else if (text_equals(s->name, "signin.warn_minutes") && number > 0)
		now.warn_ms = number * MINUTE_MS;
	else if (text_equals(s->name, "signin.max_hours") && number > 0)
		now.age_ms = number * 60 * MINUTE_MS;
	else if (text_equals(s->name, "password.max_age_days") && number >= 0)
		now.password_ms = number * DAY_MS;
}

const struct serve_settings *serve_settings(struct ctx *cx)
{
	struct setting *list;
	size_t n;

	if (clock_real() - now.read_ms < FRESH_MS)
		return &now;
	if (store_setting_all(cx, &list, &n) != OK) {
		ctx_forgive(cx);
		return &now;
	}
	for (size_t i = 0; i < n; i++)
		take(&list[i]);
	now.read_ms = clock_real();
	/* Tests set the clock by the environment; else the setting rules. */
	if (!cx->config->now_ms) {
		clock_set_offset(now.offset_ms);
		cx->now_ms = clock_now();
	}
	return &now;
}
