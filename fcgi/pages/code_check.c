/*
 * code_check.c: the manual is code_check.h.
 */
#include "pages/code_check.h"

#include "base/text.h"
#include "pages/analysis_model.h"

#include <math.h>
#include <string.h>

#define READERS 2

double code_kappa(double kappa)
{
	return fabs(kappa) < 0.005 ? 0.0 : kappa;
}

bool code_is_in(const char *codes, const char *id)
{
	const size_t n = strlen(id);

	while (*(codes += strspn(codes, " "))) {
		const size_t len = strcspn(codes, " ");

		if (len == n && !strncmp(codes, id, n))
			return true;
		codes += len;
	}
	return false;
}

const char **code_ids(struct ctx *cx, const char *codes, size_t *n)
{
	const char **ids =
		ARENA_ARRAY(&cx->arena, const char *, strlen(codes) + 1);

	*n = 0;
	while (*(codes += strspn(codes, " "))) {
		const size_t len = strcspn(codes, " ");

		ids[(*n)++] = arena_strndup(&cx->arena, codes, len);
		codes += len;
	}
	return ids;
}

/* What the two ticked and what the rules say, comment by comment. */
struct sheets {
	const struct code_reading *read[READERS];
	const struct code_comment *comments;
	size_t n;
};

static enum err read_sheets(struct ctx *cx, const struct code_sample *s,
			    struct sheets *sheets)
{
	const struct code_reader *readers;
	size_t n, comments;

	*sheets = (struct sheets){ .n = 0 };
	TRY(store_code_readers(cx, s->id, &readers, &n));
	if (n < READERS || !readers[READERS - 1].finished)
		return OK;
	TRY(store_code_comments(cx, s->id, &sheets->comments, &comments));
	for (size_t r = 0; r < READERS; r++) {
		TRY(store_code_readings(cx, s->id, readers[r].person_id,
					&sheets->read[r], &n));
		if (n != comments)
			return FAIL(cx, ERR_INTERNAL, "a reading has gaps");
	}
	sheets->n = comments;
	return OK;
}

static struct code_result result_of(struct ctx *cx, const struct sheets *s,
				    const char *id)
{
	size_t *a = ARENA_ARRAY(&cx->arena, size_t, s->n + 1);
	size_t *b = ARENA_ARRAY(&cx->arena, size_t, s->n + 1);
	struct code_result out = { .id = id };

	for (size_t i = 0; i < s->n; i++) {
		const size_t rule = code_is_in(s->comments[i].rules, id);

		a[i] = code_is_in(s->read[0][i].codes, id);
		b[i] = code_is_in(s->read[1][i].codes, id);
		out.first += a[i] ? 1 : 0;
		out.second += b[i] ? 1 : 0;
		out.alike += a[i] == b[i] ? 1 : 0;
		out.with_rules += a[i] == b[i] && a[i] == rule ? 1 : 0;
	}
	out.kappa = an_cohen_kappa(a, b, s->n, 2);
	out.is_checked =
		out.kappa.status == AN_OK && out.kappa.kappa >= CODE_KAPPA;
	return out;
}

enum err code_check_results(struct ctx *cx, const struct code_sample *s,
			    const struct code_result **list, size_t *n)
{
	struct sheets sheets;
	struct code_result *all;
	const char **ids;

	*list = NULL;
	*n = 0;
	TRY(read_sheets(cx, s, &sheets));
	if (!sheets.n)
		return OK;
	ids = code_ids(cx, s->codes, n);
	all = ARENA_ARRAY(&cx->arena, struct code_result, *n + 1);
	for (size_t i = 0; i < *n; i++)
		all[i] = result_of(cx, &sheets, ids[i]);
	*list = all;
	return OK;
}

json_t *code_part(const json_t *texts)
{
	json_t *group, *codes = NULL;
	size_t i;

	json_array_foreach(json_object_get(texts, "groups"), i, group)
		if (!codes)
			codes = json_object_get(group, "codes");
	return codes;
}

enum err code_check_mark(struct ctx *cx, json_t *texts)
{
	json_t *codes = code_part(texts), *row;
	const struct code_result *list;
	struct code_sample s;
	size_t n, i;
	bool found;

	if (!kept_is_ok(codes))
		return OK;
	TRY(store_code_checked(cx, kept_word(codes, "book"), &s, &found));
	if (!found)
		return OK;
	TRY(code_check_results(cx, &s, &list, &n));
	analysis_int(codes, "checked_on", s.size);
	json_array_foreach(json_object_get(codes, "rows"), i, row)
		for (size_t j = 0; j < n; j++)
			if (text_equals(kept_word(row, "id"), list[j].id)) {
				analysis_number(
					row, "kappa",
					code_kappa(list[j].kappa.kappa));
				analysis_flag(row, "checked",
					      list[j].is_checked);
			}
	return OK;
}
