/*
 * export_view.h: what leaves the house as data. The same gate as the screens.
 *
 * Raw answers are given out per collection, only after it has closed (so two
 * files never differ by one person), only from k people on, and without
 * anything that leads to a person or joins two surveys: no names, no pairing
 * key, no time, no free text. Rows stand in the order of their answers, not
 * as they came in. The tier is given only where every tier is large enough
 * (gate_groups), else it is empty.
 */
#ifndef INSIGHT_EXPORT_VIEW_H
#define INSIGHT_EXPORT_VIEW_H

#include "insight/needs_view.h"

/* A slot of the survey: a column of the file and lines of the code list. */
struct raw_column {
	const char *key;  /* item, or item.part */
	const char *part; /* grid row or option; "" */
	const struct survey_item *item;
	struct bilingual label; /* of item and part */
	size_t slot;
};

struct raw_row {
	const char *tier; /* code; "" when not given */
	const unsigned char *slots;
	size_t nslots;
};

struct raw_view {
	int64_t collection_id;
	const char *survey; /* code */
	const char *moment;
	size_t people;
	bool shown; /* false: too few people, or still open; no rows */
	bool is_closed;
	struct raw_column *columns;
	size_t ncolumns;
	struct raw_row *rows;
	size_t nrows;
};

/* ERR_NOT_FOUND for an unknown collection. */
enum err raw_view_read(struct ctx *cx, const struct gate *g,
		       int64_t collection_id, struct raw_view *v) MUST_USE;

/*
 * The text of a byte in the file: the option's number, or one of "skipped",
 * "dont_know", "not_applicable", "not_shown"; ticks are 1 and 0.
 */
const char *raw_code_text(struct arena *a, unsigned char code);

#endif
