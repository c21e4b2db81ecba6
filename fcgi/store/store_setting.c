#include "store/store_setting.h"

#include "base/clock.h"
#include "base/text.h"

static const struct db_query value_of = {
	.name = "setting value_of",
	.sql = "SELECT name, value, is_default, changed_at FROM setting"
	       " WHERE name = ?",
	.row_size = sizeof(struct setting),
	.cols = { COL(struct setting, name), COL(struct setting, value),
		  COL(struct setting, is_default),
		  COL(struct setting, changed_at) },
	.ncols = 4,
	.remember = true,
};

static const struct db_query all = {
	.name = "setting all",
	.sql = "SELECT name, value, is_default, changed_at FROM setting"
	       " ORDER BY name",
	.row_size = sizeof(struct setting),
	.cols = { COL(struct setting, name), COL(struct setting, value),
		  COL(struct setting, is_default),
		  COL(struct setting, changed_at) },
	.ncols = 4,
};

static const struct db_query set = {
	.name = "setting set",
	.sql = "INSERT INTO setting (name, value, is_default, changed_at)"
	       " VALUES (?, ?, 0, ?) ON DUPLICATE KEY UPDATE"
	       " value = VALUES(value), is_default = 0,"
	       " changed_at = VALUES(changed_at)",
};

const struct db_query *const store_setting_queries[] = { &value_of, &all, &set,
							 NULL };

const char *store_setting_text(struct ctx *cx, const char *name,
			       const char *otherwise)
{
	const struct fault before = cx->fault;
	struct setting row;
	bool found;

	if (db_maybe(cx, &value_of, ARGS(db_text(name)), &row, &found) != OK) {
		cx->fault = before;
		return otherwise;
	}
	return found ? row.value : otherwise;
}

int64_t store_setting_int(struct ctx *cx, const char *name, int64_t otherwise)
{
	const char *text = store_setting_text(cx, name, NULL);
	int64_t n;

	if (!text || !text_to_i64(text, INT64_MIN + 1, INT64_MAX, &n))
		return otherwise;
	return n;
}

double store_setting_real(struct ctx *cx, const char *name, double otherwise)
{
	const char *text = store_setting_text(cx, name, NULL);
	double x;

	if (!text || !text_to_f64(text, &x))
		return otherwise;
	return x;
}

enum err store_setting_all(struct ctx *cx, struct setting **list, size_t *n)
{
	return db_all(cx, &all, NO_ARGS, list, n);
}

enum err store_setting_set(struct ctx *cx, const char *name, const char *value)
{
	return db_exec(cx, &set,
		       ARGS(db_text(name), db_text(value),
			    db_text(instant_to_db(&cx->arena, cx->now_ms))),
		       NULL);
}
