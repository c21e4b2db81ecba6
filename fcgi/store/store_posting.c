#include "store/store_posting.h"

#define POSTING_COLUMNS                                                   \
	"SELECT p.id, p.person_id, p.unit_id, p.tier_id, u.code, u.name," \
	" u.name_en, t.code, t.name, t.name_en, p.post, p.is_main,"       \
	" p.is_head, p.valid_from, p.valid_to FROM posting p"             \
	" JOIN unit u ON u.id = p.unit_id JOIN tier t ON t.id = p.tier_id"

#define POSTING_ROW                                  \
	.row_size = sizeof(struct posting),          \
	.cols = { COL(struct posting, id),           \
		  COL(struct posting, person_id),    \
		  COL(struct posting, unit_id),      \
		  COL(struct posting, tier_id),      \
		  COL(struct posting, unit_code),    \
		  COL(struct posting, unit_name),    \
		  COL(struct posting, unit_name_en), \
		  COL(struct posting, tier_code),    \
		  COL(struct posting, tier_name),    \
		  COL(struct posting, tier_name_en), \
		  COL(struct posting, post),         \
		  COL(struct posting, is_main),      \
		  COL(struct posting, is_head),      \
		  COL(struct posting, valid_from),   \
		  COL(struct posting, valid_to) },   \
	.ncols = 15

static const struct db_query of_person = {
	.name = "posting of_person",
	.sql = POSTING_COLUMNS " WHERE p.person_id = ?"
			       " ORDER BY p.valid_from DESC, p.is_main DESC,"
			       " p.id DESC",
	POSTING_ROW,
};

static const struct db_query main_on = {
	.name = "posting main_on",
	.sql = POSTING_COLUMNS " WHERE p.person_id = ? AND p.is_main = 1"
			       " AND p.valid_from <= ?"
			       " AND (p.valid_to IS NULL OR p.valid_to >= ?)"
			       " ORDER BY p.valid_from DESC LIMIT 1",
	POSTING_ROW,
};

static const struct db_query open_on = {
	.name = "posting open_on",
	.sql = POSTING_COLUMNS " WHERE p.valid_to IS NULL OR p.valid_to >= ?"
			       " ORDER BY p.person_id, p.is_main DESC,"
			       " p.valid_from DESC",
	POSTING_ROW,
};

static const struct db_query add = {
	.name = "posting add",
	.sql = "INSERT INTO posting (person_id, unit_id, tier_id, post,"
	       " is_main, is_head, valid_from, valid_to)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query end = {
	.name = "posting end",
	.sql = "UPDATE posting SET valid_to = ? WHERE id = ?",
};

const struct db_query *const store_posting_queries[] = { &of_person, &main_on,
							 &open_on,   &add,
							 &end,       NULL };

enum err store_postings_of(struct ctx *cx, int64_t person_id,
			   const struct posting **rows, size_t *n)
{
	return db_all(cx, &of_person, ARGS(db_i64(person_id)), rows, n);
}

enum err store_posting_on(struct ctx *cx, int64_t person_id, const char *day,
			  struct posting *posting, bool *found)
{
	return db_maybe(cx, &main_on,
			ARGS(db_i64(person_id), db_text(day), db_text(day)),
			posting, found);
}

enum err store_postings_open(struct ctx *cx, const char *day,
			     const struct posting **rows, size_t *n)
{
	return db_all(cx, &open_on, ARGS(db_text(day)), rows, n);
}

enum err store_posting_add(struct ctx *cx, const struct posting *p, int64_t *id)
{
	return db_insert(cx, &add,
			 ARGS(db_i64(p->person_id), db_i64(p->unit_id),
			      db_i64(p->tier_id), db_text(p->post),
			      db_i64(p->is_main), db_i64(p->is_head),
			      db_text(p->valid_from), db_text(p->valid_to)),
			 id);
}

enum err store_posting_end(struct ctx *cx, int64_t id, const char *last_day)
{
	return db_exec(cx, &end, ARGS(db_text(last_day), db_i64(id)), NULL);
}
