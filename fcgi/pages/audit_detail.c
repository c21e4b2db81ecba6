/* audit_detail.c: what the audit log keeps besides, in words. */
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "pages/audit_words.h"
#include "pages/course_words.h"
#include "pages/roles.h"
#include "view/texts.h"

#include <string.h>

struct detail {
	struct ctx *cx;
	const struct request *rq;
	const struct audit_row *row;
	const json_t *json;
};

static const struct {
	const char *code, *text;
} codes[] = {
	{ "unknown", TEXT_KEY("audit.reason_unknown") },
	{ "disabled", TEXT_KEY("audit.reason_disabled") },
	{ "locked", TEXT_KEY("audit.reason_locked") },
	{ "wrong", TEXT_KEY("audit.reason_wrong") },
	{ "named", TEXT_KEY("settings.mode_named") },
	{ "paired", TEXT_KEY("settings.mode_paired") },
	{ "unlinked", TEXT_KEY("settings.mode_unlinked") },
};

/* Numbers of something; only how many rows there were is worth a zero. */
static const struct {
	const char *key, *text;
} counts[] = {
	{ "rows", TEXT_KEY("audit.n_rows") },
	{ "new", TEXT_KEY("audit.n_new") },
	{ "moved", TEXT_KEY("audit.n_moved") },
	{ "changed", TEXT_KEY("audit.n_changed") },
	{ "left", TEXT_KEY("audit.n_left") },
	{ "units", TEXT_KEY("audit.n_units") },
	{ "ended", TEXT_KEY("audit.n_ended") },
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

/* A word of ours in words; anything else as it stands. */
static const char *word_text(const struct detail *d, const char *word)
{
	for (size_t i = 0; i < COUNT(codes); i++)
		if (!strcmp(codes[i].code, word))
			return request_text(d->rq, codes[i].text);
	return word;
}

static const char *count_part(const struct detail *d, const char *key,
			      int64_t n)
{
	const bool has_rows = text_starts(d->row->action, "export.") ||
			      text_starts(d->row->action, "import.");

	for (size_t i = 0; i < COUNT(counts); i++)
		if (!strcmp(counts[i].key, key))
			return n || (i == 0 && has_rows)
				       ? course_count_text(d->cx, d->rq,
							   counts[i].text, n)
				       : "";
	return NULL;
}

static const char *change_part(const struct detail *d)
{
	const char *before = json_string_value(
			   json_object_get(d->json, "before")),
		   *after =
			   json_string_value(json_object_get(d->json, "after"));

	if (!after)
		return "";
	after = *after ? word_text(d, after)
		       : request_text(d->rq, "audit.empty");
	if (!before || !*before)
		return text_fill(&d->cx->arena,
				 request_text(d->rq, "audit.set_to"), "after",
				 after, NULL);
	return text_fill(&d->cx->arena, request_text(d->rq, "audit.from_to"),
			 "before", word_text(d, before), "after", after, NULL);
}

static const char *text_part(const struct detail *d, const char *key,
			     const char *value)
{
	struct date day;

	if (!strcmp(key, "before"))
		return ""; /* said with what came after */
	if (!strcmp(key, "after"))
		return change_part(d);
	if (!strcmp(key, "day") && date_parse(value, &day))
		return date_to_text(&d->cx->arena, day, d->rq->lang, DATE_LONG);
	if (!strcmp(key, "role") && role_is_word(value))
		return role_text(d->rq, value);
	if (!strcmp(key, "reason"))
		return word_text(d, value);
	if (!strcmp(key, "why"))
		return value; /* as somebody wrote it */
	return NULL;
}

/* NULL: there are no words for it. */
static const char *part(const struct detail *d, const char *key,
			const json_t *value)
{
	if (json_is_integer(value))
		return count_part(d, key, json_integer_value(value));
	if (json_is_string(value))
		return text_part(d, key, json_string_value(value));
	return json_is_null(value) ? "" : NULL;
}

const char *audit_detail_text(struct ctx *cx, const struct request *rq,
			      const struct audit_row *row)
{
	json_t *json = json_loads(row->detail ? row->detail : "", 0, NULL);
	const struct detail d = { cx, rq, row, json };
	struct buf out = buf_new(&cx->arena);
	const char *key;
	json_t *value;

	if (!json_is_object(json))
		return row->detail;
	json_object_foreach(json, key, value) {
		const char *words = part(&d, key, value);

		if (!words)
			words = arena_printf(&cx->arena, "%s: %s", key,
					     json_dumps(value,
							JSON_ENCODE_ANY));
		if (*words && out.len)
			buf_puts(&out, rq->lang == LANG_EN ? ", " : "、");
		buf_puts(&out, words);
	}
	return out.len ? out.data : "";
}
