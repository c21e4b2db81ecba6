/*
 * store_survey_meaning.c: the code list of a survey version.
 *
 * A survey has some three hundred codes, so rows go in eight at a time.
 */
#include "store/store_survey.h"

#include "survey/slots.h"

#include <string.h>

#define TIMES8(row) \
	row ", " row ", " row ", " row ", " row ", " row ", " row ", " row

#define SLOT_SQL                                                            \
	"INSERT INTO survey_slot (version_id, slot_no, item_key, part_key," \
	" kind, label) VALUES "
#define CODE_SQL                                                          \
	"INSERT INTO survey_code (version_id, slot_no, code, option_key," \
	" label, points) VALUES "
#define ROW "(?, ?, ?, ?, ?, ?)"

#define COLUMNS 6

static const struct db_query slot_1 = { .name = "survey_slot_add",
					.sql = SLOT_SQL ROW };
static const struct db_query slot_8 = { .name = "survey_slot_add_8",
					.sql = SLOT_SQL TIMES8(ROW) };
static const struct db_query code_1 = { .name = "survey_code_add",
					.sql = CODE_SQL ROW };
static const struct db_query code_8 = { .name = "survey_code_add_8",
					.sql = CODE_SQL TIMES8(ROW) };
static const struct db_query open_add = {
	.name = "survey_open_item_add",
	.sql = "INSERT INTO survey_open_item (version_id, item_no, item_key,"
	       " part_key, kind, label) VALUES " ROW,
};

/* Rows of six columns that wait for company. */
struct batch {
	const struct db_query *one, *eight;
	struct db_arg args[8 * COLUMNS];
	size_t n;
};

static enum err batch_flush(struct ctx *cx, struct batch *b)
{
	const size_t n = b->n;

	b->n = 0;
	if (n == 8)
		return db_exec(cx, b->eight, b->args, 8 * COLUMNS, NULL);
	for (size_t i = 0; i < n; i++)
		TRY(db_exec(cx, b->one, b->args + i * COLUMNS, COLUMNS, NULL));
	return OK;
}

static enum err batch_add(struct ctx *cx, struct batch *b,
			  const struct db_arg row[COLUMNS])
{
	memcpy(b->args + b->n * COLUMNS, row, COLUMNS * sizeof(*row));
	return ++b->n == 8 ? batch_flush(cx, b) : OK;
}

/* The first 500 characters, as the column holds them. */
static const char *cut(struct arena *a, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; text[i]; i++) {
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
		if (n > 500)
			return arena_strndup(a, text, i);
	}
	return text;
}

static const char *joined(struct arena *a, const char *item, const char *part)
{
	return part[0] ? cut(a, arena_printf(a, "%s / %s", item, part))
		       : cut(a, item);
}

static const char *slot_kind(enum item_kind kind)
{
	return kind == ITEM_MULTIPLE ? "tick" : item_kind_word(kind);
}

static enum err add_code(struct ctx *cx, struct batch *b,
			 const struct db_arg of[2], unsigned char code,
			 const struct survey_option *option)
{
	return batch_add(cx, b,
			 (const struct db_arg[COLUMNS]){
				 of[0], of[1], db_i64(code),
				 db_text(option->key),
				 db_text(cut(&cx->arena, option->label.ja)),
				 db_f64(option->points) });
}

/* Every value the byte of this slot can have. */
static enum err add_codes(struct ctx *cx, struct batch *b,
			  const struct survey_item *it,
			  const struct db_arg of[2])
{
	struct survey_option reserved[] = {
		{ .key = "not_shown", .label = { "表示なし", "" } },
		{ .key = "dont_know", .label = { "わからない", "" } },
		{ .key = "not_applicable", .label = { "該当なし", "" } },
		{ .key = "skipped", .label = { "無回答", "" } },
	};
	const struct survey_option ticks[] = {
		{ .key = "no", .label = { "選択なし", "" }, .points = 0 },
		{ .key = "yes", .label = { "選択", "" }, .points = 1 },
	};

	for (unsigned char i = 0; i < 4; i++) {
		const unsigned char code = (unsigned char)(SLOT_NOT_SHOWN + i);

		reserved[i].points = item_points(it, code);
		TRY(add_code(cx, b, of, code, &reserved[i]));
	}
	if (it->kind == ITEM_MULTIPLE) {
		TRY(add_code(cx, b, of, SLOT_NOT_TICKED, &ticks[0]));
		return add_code(cx, b, of, SLOT_TICKED, &ticks[1]);
	}
	for (size_t i = 0; i < it->noptions; i++) {
		struct survey_option option = it->options[i];

		option.points = item_points(it, (unsigned char)(i + 1));
		TRY(add_code(cx, b, of, (unsigned char)(i + 1), &option));
	}
	return OK;
}

struct meanings {
	int64_t version_id;
	struct batch slots, codes;
};

static enum err add_slots(struct ctx *cx, struct meanings *m,
			  const struct survey_item *it)
{
	for (size_t i = 0; i < it->nslots; i++) {
		const char *key = "", *label = "";

		if (it->kind == ITEM_GRID) {
			key = it->rows[i].key;
			label = it->rows[i].label.ja;
		} else if (it->kind == ITEM_MULTIPLE) {
			key = it->options[i].key;
			label = it->options[i].label.ja;
		}
		TRY(batch_add(cx, &m->slots,
			      (const struct db_arg[COLUMNS]){
				      db_i64(m->version_id),
				      db_i64((int64_t)(it->slot + i + 1)),
				      db_text(it->key), db_text(key),
				      db_text(slot_kind(it->kind)),
				      db_text(joined(&cx->arena, it->text.ja,
						     label)) }));
	}
	return OK;
}

static enum err add_opens(struct ctx *cx, const struct meanings *m,
			  const struct survey_item *it)
{
	const char *label = cut(&cx->arena, it->text.ja);

	if (it->open_no)
		TRY(db_exec(cx, &open_add,
			    ARGS(db_i64(m->version_id), db_i64(it->open_no),
				 db_text(it->key), db_text(""),
				 db_text(it->kind == ITEM_NUMBER ? "number"
								 : "text"),
				 db_text(label)),
			    NULL));
	if (it->other_no)
		TRY(db_exec(cx, &open_add,
			    ARGS(db_i64(m->version_id), db_i64(it->other_no),
				 db_text(it->key), db_text("other"),
				 db_text("other"), db_text(label)),
			    NULL));
	return OK;
}

enum err store_survey_meanings_add(struct ctx *cx, const struct survey *sv,
				   int64_t version_id)
{
	struct meanings m = { .version_id = version_id,
			      .slots = { .one = &slot_1, .eight = &slot_8 },
			      .codes = { .one = &code_1, .eight = &code_8 } };

	for (size_t i = 0; i < sv->nitems; i++) {
		TRY(add_slots(cx, &m, &sv->items[i]));
		TRY(add_opens(cx, &m, &sv->items[i]));
	}
	TRY(batch_flush(cx, &m.slots)); /* codes refer to slots */
	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];

		for (size_t s = 0; s < it->nslots; s++) {
			const struct db_arg of[2] = {
				db_i64(version_id),
				db_i64((int64_t)(it->slot + s + 1))
			};

			TRY(add_codes(cx, &m.codes, it, of));
		}
	}
	return batch_flush(cx, &m.codes);
}

const struct db_query *const store_survey_meaning_queries[] = {
	&slot_1, &slot_8, &code_1, &code_8, &open_add, NULL,
};
