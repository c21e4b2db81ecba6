#include "store/store_unit.h"

#define UNIT_ROW                                                                \
	.row_size = sizeof(struct unit),                                        \
	.cols = { COL(struct unit, id),         COL(struct unit, code),         \
		  COL(struct unit, kind),       COL(struct unit, name),         \
		  COL(struct unit, name_en),    COL(struct unit, parent_id),    \
		  COL(struct unit, sort),       COL(struct unit, depth),        \
		  COL(struct unit, people),     COL(struct unit, is_synthetic), \
		  COL(struct unit, valid_from), COL(struct unit, valid_to) },   \
	.ncols = 12

/* The name of a day, of one who has had several. */
#define NAME_ON_DAY(column)                                 \
	" COALESCE((SELECT n." column " FROM unit_name n"   \
	"  WHERE n.unit_id = tree.id AND n.valid_from <= ?" \
	"  ORDER BY n.valid_from DESC LIMIT 1), tree." column "),"
#define NAMES_ON_DAY NAME_ON_DAY("name") NAME_ON_DAY("name_en")

/* The path sorts a unit behind the one above it; eight levels are plenty. */
static const struct db_query on_day = {
	.name = "unit on_day",
	.sql = "WITH RECURSIVE tree AS ("
	       " SELECT id, code, kind, name, name_en, parent_id, sort,"
	       " is_synthetic, valid_from, valid_to, 0 AS depth,"
	       " CAST(CONCAT(LPAD(sort, 8, '0'), code) AS CHAR(200)) AS path"
	       " FROM unit WHERE parent_id IS NULL AND valid_from <= ?"
	       " AND (valid_to IS NULL OR valid_to >= ?)"
	       " UNION ALL"
	       " SELECT u.id, u.code, u.kind, u.name, u.name_en, u.parent_id,"
	       " u.sort, u.is_synthetic, u.valid_from, u.valid_to, t.depth + 1,"
	       " CONCAT(t.path, '/', LPAD(u.sort, 8, '0'), u.code)"
	       " FROM unit u JOIN tree t ON t.id = u.parent_id"
	       " WHERE t.depth < 8 AND u.valid_from <= ?"
	       " AND (u.valid_to IS NULL OR u.valid_to >= ?))"
	       " SELECT tree.id, code, kind," NAMES_ON_DAY
	       " parent_id, sort, depth, COALESCE(p.people, 0), is_synthetic,"
	       " valid_from, valid_to FROM tree"
	       " LEFT JOIN (SELECT unit_id, COUNT(*) AS people FROM posting"
	       "  WHERE is_main = 1 AND valid_from <= ?"
	       "  AND (valid_to IS NULL OR valid_to >= ?) GROUP BY unit_id) p"
	       " ON p.unit_id = tree.id ORDER BY path",
	UNIT_ROW,
};

static const struct db_query by_id = {
	.name = "unit by_id",
	.sql = "SELECT id, code, kind, name, name_en, parent_id, sort, 0, 0,"
	       " is_synthetic, valid_from, valid_to FROM unit WHERE id = ?",
	UNIT_ROW,
};

static const struct db_query by_code = {
	.name = "unit by_code",
	.sql = "SELECT id, code, kind, name, name_en, parent_id, sort, 0, 0,"
	       " is_synthetic, valid_from, valid_to FROM unit"
	       " WHERE code = ? AND valid_from <= ?"
	       " AND (valid_to IS NULL OR valid_to >= ?)"
	       " ORDER BY valid_from DESC LIMIT 1",
	UNIT_ROW,
};

static const struct db_query tiers_on = {
	.name = "unit tiers_on",
	.sql = "SELECT p.unit_id, t.code, COUNT(*) FROM posting p"
	       " JOIN tier t ON t.id = p.tier_id"
	       " WHERE p.is_main = 1 AND p.valid_from <= ?"
	       " AND (p.valid_to IS NULL OR p.valid_to >= ?)"
	       " GROUP BY p.unit_id, t.code",
	.row_size = sizeof(struct unit_tier_count),
	.cols = { COL(struct unit_tier_count, unit_id),
		  COL(struct unit_tier_count, tier_code),
		  COL(struct unit_tier_count, people) },
	.ncols = 3,
};

static const struct db_query add = {
	.name = "unit add",
	.sql = "INSERT INTO unit (code, kind, name, name_en, parent_id, sort,"
	       " valid_from, is_synthetic) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
};

const struct db_query *const store_unit_queries[] = { &on_day,  &by_id,
						      &by_code, &tiers_on,
						      &add,     NULL };

enum err store_units_on(struct ctx *cx, const char *day,
			const struct unit **units, size_t *n)
{
	const struct db_arg d = db_text(day);

	return db_all(cx, &on_day, ARGS(d, d, d, d, d, d, d, d), units, n);
}

enum err store_unit_by_id(struct ctx *cx, int64_t id, struct unit *unit)
{
	return db_one(cx, &by_id, ARGS(db_i64(id)), unit);
}

enum err store_unit_by_code(struct ctx *cx, const char *code, const char *day,
			    struct unit *unit, bool *found)
{
	return db_maybe(cx, &by_code,
			ARGS(db_text(code), db_text(day), db_text(day)), unit,
			found);
}

enum err store_unit_tiers_on(struct ctx *cx, const char *day,
			     const struct unit_tier_count **rows, size_t *n)
{
	return db_all(cx, &tiers_on, ARGS(db_text(day), db_text(day)), rows, n);
}

enum err store_unit_add(struct ctx *cx, const struct unit_new *u, int64_t *id)
{
	return db_insert(cx, &add,
			 ARGS(db_text(u->code), db_text(u->kind),
			      db_text(u->name), db_text(u->name_en),
			      db_i64(u->parent_id), db_i64(u->sort),
			      db_text(u->valid_from), db_i64(u->is_synthetic)),
			 id);
}
