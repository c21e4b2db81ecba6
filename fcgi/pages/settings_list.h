/*
 * settings_list.h: the settings people may change, and what fits each.
 *
 * A new setting gets a row in settings_list.c and texts "settings.NAME"
 * (points as underscores) and "settings.NAME_hint".
 */
#ifndef PAGES_SETTINGS_LIST_H
#define PAGES_SETTINGS_LIST_H

#include <stdbool.h>
#include <stddef.h>

enum setting_kind {
	SETTING_TEXT,  /* one line */
	SETTING_INT,   /* min to max */
	SETTING_SHARE, /* a decimal number, min to max */
	SETTING_DAY,   /* 2024-09-01 */
	SETTING_CLOCK, /* 08:00 */
	SETTING_MODE   /* named, paired, unlinked */
};

struct setting_rule {
	const char *name;
	const char
		*group; /* text key of the group; rows of one stand together */
	const char *label, *hint; /* text keys */
	enum setting_kind kind;
	double min, max;
};

/* All, ended by a row without name. */
extern const struct setting_rule setting_rules[];

/* The value fits the rule. */
bool setting_fits(const struct setting_rule *rule, const char *value);

#endif
