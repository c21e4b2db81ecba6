#include "store/store_once.h"

#include "base/clock.h"

struct place_row {
	const char *place;
};

static const struct db_query once_add = {
	.name = "once_add",
	.sql = "INSERT INTO form_once (form_key, place, at) VALUES (?, '', ?)",
};

static const struct db_query once_forget = {
	.name = "once_forget",
	.sql = "DELETE FROM form_once WHERE at < ?",
};

static const struct db_query once_place = {
	.name = "once_place",
	.sql = "UPDATE form_once SET place = ? WHERE form_key = ?",
};

static const struct db_query once_find = {
	.name = "once_find",
	.sql = "SELECT place FROM form_once WHERE form_key = ?",
	.row_size = sizeof(struct place_row),
	.cols = { COL(struct place_row, place) },
	.ncols = 1,
};

const struct db_query *const store_once_queries[] = { &once_add, &once_forget,
						      &once_place, &once_find,
						      NULL };

enum err store_once_add(struct ctx *cx, const unsigned char *key)
{
	return db_exec(cx, &once_add,
		       ARGS(db_bytes(key, ONCE_KEY),
			    db_text(instant_to_db(&cx->arena, cx->now_ms))),
		       NULL);
}

enum err store_once_forget(struct ctx *cx)
{
	return db_exec(
		cx, &once_forget,
		ARGS(db_text(instant_to_db(&cx->arena, cx->now_ms - ONCE_MS))),
		NULL);
}

enum err store_once_place(struct ctx *cx, const unsigned char *key,
			  const char *place)
{
	return db_exec(cx, &once_place,
		       ARGS(db_text(place), db_bytes(key, ONCE_KEY)), NULL);
}

enum err store_once_find(struct ctx *cx, const unsigned char *key,
			 const char **place, bool *found)
{
	struct place_row row;

	TRY(db_maybe(cx, &once_find, ARGS(db_bytes(key, ONCE_KEY)), &row,
		     found));
	*place = *found ? row.place : NULL;
	return OK;
}
