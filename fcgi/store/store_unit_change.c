/*
 * store_unit_change.c: a unit gets another name, or ends.
 */
#include "base/clock.h"
#include "base/date.h"
#include "store/store_unit.h"

#include <string.h>

static const struct db_query names = {
	.name = "unit_names",
	.sql = "SELECT n.name, n.name_en, n.valid_from, p.family, p.given"
	       " FROM unit_name n LEFT JOIN person p ON p.id = n.noted_by"
	       " WHERE n.unit_id = ? ORDER BY n.valid_from DESC",
	.row_size = sizeof(struct unit_name),
	.cols = { COL(struct unit_name, name), COL(struct unit_name, name_en),
		  COL(struct unit_name, valid_from),
		  COL(struct unit_name, family), COL(struct unit_name, given) },
	.ncols = 5,
};

struct newest_row {
	const char *valid_from; /* of the newest name, or of the unit */
	int64_t names;
	const char *valid_to; /* of the unit; NULL: it goes on */
};

/* The row of the unit is held: of two who rename it one comes first. */
static const struct db_query newest = {
	.name = "unit_newest_name",
	.sql = "SELECT COALESCE((SELECT MAX(n.valid_from) FROM unit_name n"
	       "  WHERE n.unit_id = u.id), u.valid_from),"
	       " (SELECT COUNT(*) FROM unit_name n WHERE n.unit_id = u.id),"
	       " u.valid_to FROM unit u WHERE u.id = ? FOR UPDATE",
	.row_size = sizeof(struct newest_row),
	.cols = { COL(struct newest_row, valid_from),
		  COL(struct newest_row, names),
		  COL(struct newest_row, valid_to) },
	.ncols = 3,
};

static const struct db_query keep_first = {
	.name = "unit_keep_first_name",
	.sql = "INSERT INTO unit_name (unit_id, name, name_en, valid_from,"
	       " noted_at) SELECT id, name, name_en, valid_from, ? FROM unit"
	       " WHERE id = ?",
};

static const struct db_query add = {
	.name = "unit_add_name",
	.sql = "INSERT INTO unit_name (unit_id, name, name_en, valid_from,"
	       " noted_by, noted_at) VALUES (?, ?, ?, ?, ?, ?)",
};

static const struct db_query drop = {
	.name = "unit_drop_name",
	.sql = "DELETE FROM unit_name WHERE unit_id = ? AND valid_from = ?",
};

struct due_row {
	int64_t unit_id;
	const char *name, *name_en;
};

/* Asked each minute: only what differs is written. */
static const struct db_query due = {
	.name = "unit_names_due",
	.sql = "SELECT n.unit_id, n.name, n.name_en FROM unit_name n"
	       " JOIN unit u ON u.id = n.unit_id WHERE n.valid_from ="
	       "  (SELECT MAX(m.valid_from) FROM unit_name m"
	       "   WHERE m.unit_id = n.unit_id AND m.valid_from <= ?)"
	       " AND (n.name <> u.name COLLATE utf8mb4_bin"
	       "  OR n.name_en <> u.name_en COLLATE utf8mb4_bin)",
	.row_size = sizeof(struct due_row),
	.cols = { COL(struct due_row, unit_id), COL(struct due_row, name),
		  COL(struct due_row, name_en) },
	.ncols = 3,
};

static const struct db_query set_name = {
	.name = "unit_set_name",
	.sql = "UPDATE unit SET name = ?, name_en = ? WHERE id = ?",
};

/* What is in a unit after a day: postings, and units directly below it. */
struct rest_row {
	int64_t people, units;
};

static const struct db_query rest_after = {
	.name = "unit_rest",
	.sql = "SELECT (SELECT COUNT(DISTINCT person_id) FROM posting"
	       "  WHERE unit_id = ? AND (valid_to IS NULL OR valid_to > ?)),"
	       " (SELECT COUNT(*) FROM unit WHERE parent_id = ?"
	       "  AND (valid_to IS NULL OR valid_to > ?))",
	.row_size = sizeof(struct rest_row),
	.cols = { COL(struct rest_row, people), COL(struct rest_row, units) },
	.ncols = 2,
};

struct frame_row {
	int64_t parent_id;
	const char *valid_from;
};

/*
 * Held: a posting into the unit, or a unit below it, refers to this row, so
 * one that is not committed yet is waited for and seen. One that comes later
 * waits, and is only refused if whoever writes it looks after that.
 */
static const struct db_query frame = {
	.name = "unit_frame",
	.sql = "SELECT parent_id, valid_from FROM unit WHERE id = ?"
	       " FOR UPDATE",
	.row_size = sizeof(struct frame_row),
	.cols = { COL(struct frame_row, parent_id),
		  COL(struct frame_row, valid_from) },
	.ncols = 2,
};

struct end_row {
	const char *valid_to;
};

static const struct db_query end_above = {
	.name = "unit_end_above",
	.sql = "SELECT valid_to FROM unit WHERE id = ? FOR UPDATE",
	.row_size = sizeof(struct end_row),
	.cols = { COL(struct end_row, valid_to) },
	.ncols = 1,
};

/* Shared: two imports into one unit do not wait for each other. */
static const struct db_query hold = {
	.name = "unit_hold",
	.sql = "SELECT valid_to FROM unit WHERE id = ? LOCK IN SHARE MODE",
	.row_size = sizeof(struct end_row),
	.cols = { COL(struct end_row, valid_to) },
	.ncols = 1,
};

struct begin_row {
	const char *valid_from; /* NULL: there is none */
};

static const struct db_query next_of_code = {
	.name = "unit_next_of_code",
	.sql = "SELECT MIN(n.valid_from) FROM unit n JOIN unit u"
	       " ON u.code = n.code AND n.valid_from > u.valid_from"
	       " WHERE u.id = ?",
	.row_size = sizeof(struct begin_row),
	.cols = { COL(struct begin_row, valid_from) },
	.ncols = 1,
};

static const struct db_query set_end = {
	.name = "unit_end",
	.sql = "UPDATE unit SET valid_to = ? WHERE id = ?",
};

const struct db_query *const store_unit_change_queries[] = {
	&names,        &newest,   &keep_first, &add,   &drop,
	&due,          &set_name, &rest_after, &frame, &end_above,
	&next_of_code, &set_end,  &hold,       NULL,
};

enum err store_unit_names(struct ctx *cx, int64_t unit_id,
			  const struct unit_name **rows, size_t *n)
{
	return db_all(cx, &names, ARGS(db_i64(unit_id)), rows, n);
}

enum err store_unit_names_apply(struct ctx *cx, int64_t *n)
{
	const char *today = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	const struct due_row *rows;
	size_t nrows;

	TRY(db_all(cx, &due, ARGS(db_text(today)), &rows, &nrows));
	for (size_t i = 0; i < nrows; i++)
		TRY(db_exec(cx, &set_name,
			    ARGS(db_text(rows[i].name),
				 db_text(rows[i].name_en),
				 db_i64(rows[i].unit_id)),
			    NULL));
	*n = (int64_t)nrows;
	return OK;
}

enum err store_unit_rename(struct ctx *cx, const struct unit_rename *r)
{
	const char *now = instant_to_db(&cx->arena, cx->now_ms);
	struct newest_row last;
	int64_t n;

	TRY(db_one(cx, &newest, ARGS(db_i64(r->unit_id)), &last));
	if (strcmp(r->valid_from, last.valid_from) <= 0)
		return FAIL(cx, ERR_CONFLICT, "a later name is there");
	if (last.valid_to && strcmp(r->valid_from, last.valid_to) > 0)
		return FAIL(cx, ERR_CONFLICT, "the unit has ended by then");
	if (!last.names)
		TRY(db_exec(cx, &keep_first,
			    ARGS(db_text(now), db_i64(r->unit_id)), NULL));
	TRY(db_exec(cx, &add,
		    ARGS(db_i64(r->unit_id), db_text(r->name),
			 db_text(r->name_en), db_text(r->valid_from),
			 db_i64(r->by), db_text(now)),
		    NULL));
	return store_unit_names_apply(cx, &n);
}

enum err store_unit_take_back(struct ctx *cx, int64_t unit_id,
			      const char *valid_from, bool *done)
{
	struct newest_row last;
	int64_t n;

	TRY(db_one(cx, &newest, ARGS(db_i64(unit_id)), &last));
	*done = last.names > 1 && !strcmp(valid_from, last.valid_from);
	if (!*done)
		return OK;
	TRY(db_exec(cx, &drop, ARGS(db_i64(unit_id), db_text(valid_from)),
		    NULL));
	return store_unit_names_apply(cx, &n);
}

enum err store_unit_hold(struct ctx *cx, int64_t unit_id, const char **valid_to)
{
	struct end_row row;

	TRY(db_one(cx, &hold, ARGS(db_i64(unit_id)), &row));
	*valid_to = row.valid_to;
	return OK;
}

/* What stands in the way of ending. */
static enum err check_below(struct ctx *cx, struct unit_end *e)
{
	const struct db_arg id = db_i64(e->unit_id), d = db_text(e->last_day);
	struct newest_row name;
	struct rest_row rest;

	TRY(db_one(cx, &newest, ARGS(id), &name));
	TRY(db_one(cx, &rest_after, ARGS(id, d, id, d), &rest));
	if (name.names && strcmp(e->last_day, name.valid_from) < 0) {
		e->why = UNIT_END_NAME_COMES;
	} else if (rest.people) {
		e->why = UNIT_END_PEOPLE_LEFT;
		e->left = rest.people;
	} else if (rest.units) {
		e->why = UNIT_END_UNITS_LEFT;
		e->left = rest.units;
	}
	return OK;
}

/* What stands in the way of going on until then. */
static enum err check_frame(struct ctx *cx, struct unit_end *e,
			    int64_t parent_id)
{
	struct begin_row next;
	struct end_row above = { NULL };

	if (parent_id != DB_NULL)
		TRY(db_one(cx, &end_above, ARGS(db_i64(parent_id)), &above));
	TRY(db_one(cx, &next_of_code, ARGS(db_i64(e->unit_id)), &next));
	if (above.valid_to &&
	    (!e->last_day || strcmp(e->last_day, above.valid_to) > 0))
		e->why = UNIT_END_ABOVE_ENDS;
	else if (next.valid_from &&
		 (!e->last_day || strcmp(e->last_day, next.valid_from) >= 0))
		e->why = UNIT_END_CODE_TAKEN;
	return OK;
}

enum err store_unit_end(struct ctx *cx, struct unit_end *e)
{
	struct frame_row own;

	e->why = UNIT_END_FINE;
	e->left = 0;
	TRY(db_one(cx, &frame, ARGS(db_i64(e->unit_id)), &own));
	if (e->last_day && strcmp(e->last_day, own.valid_from) < 0)
		e->why = UNIT_END_TOO_EARLY;
	else if (e->last_day)
		TRY(check_below(cx, e));
	if (e->why == UNIT_END_FINE)
		TRY(check_frame(cx, e, own.parent_id));
	if (e->why != UNIT_END_FINE)
		return OK;
	return db_exec(cx, &set_end,
		       ARGS(db_text(e->last_day), db_i64(e->unit_id)), NULL);
}
