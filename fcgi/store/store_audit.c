#include "store/store_audit.h"

#include "base/clock.h"
#include "base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define HASH 32

static const struct db_query audit_add = {
	.name = "audit_add",
	.sql = "INSERT INTO audit (at, person_id, address, action, object,"
	       " detail, is_ok, request_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
};

/* The number behind "person:" and the like. */
#define OBJECT_ID "CAST(SUBSTRING_INDEX(a.object, ':', -1) AS UNSIGNED)"

/* What an object is called now, in one language; NULL: it has no name. */
#define OBJECT_NAME(en)                                                 \
	" CASE SUBSTRING_INDEX(a.object, ':', 1)"                       \
	" WHEN 'person' THEN (SELECT CONCAT_WS(' ', o.family, o.given," \
	"  o.staff_number) FROM person o WHERE o.id = " OBJECT_ID ")"   \
	" WHEN 'unit' THEN (SELECT o.name" en                           \
	"  FROM unit o WHERE o.id = " OBJECT_ID ")"                     \
	" WHEN 'session' THEN (SELECT CONCAT(v.title" en                \
	"  , ' #', o.run_no) FROM session o JOIN course_version v"      \
	"  ON v.id = o.version_id WHERE o.id = " OBJECT_ID ")"          \
	" WHEN 'collection' THEN (SELECT IF(o.title = '', v.title" en   \
	"  , o.title) FROM collection o JOIN survey_version v"          \
	"  ON v.id = o.version_id WHERE o.id = " OBJECT_ID ")"          \
	" WHEN 'course' THEN (SELECT v.title" en                        \
	"  FROM course o JOIN course_version v ON v.id = o.version_id"  \
	"  WHERE o.id = " OBJECT_ID ")"                                 \
	" WHEN 'survey_version' THEN (SELECT o.title" en                \
	"  FROM survey_version o WHERE o.id = " OBJECT_ID ")"           \
	" WHEN 'finding' THEN (SELECT v.title" en                       \
	"  FROM finding o LEFT JOIN session s ON s.id = o.session_id"   \
	"  JOIN course c ON c.id = COALESCE(o.course_id, s.course_id)"  \
	"  JOIN course_version v ON v.id = c.version_id"                \
	"  WHERE o.id = " OBJECT_ID ")"                                 \
	" WHEN 'proposal' THEN (SELECT o.title FROM proposal o"         \
	"  WHERE o.id = " OBJECT_ID ")"                                 \
	" WHEN 'plan' THEN (SELECT o.name FROM plan o"                  \
	"  WHERE o.id = " OBJECT_ID ") END"

#define NAME_JA OBJECT_NAME("")
#define NAME_EN OBJECT_NAME("_en")

#define AUDIT_COLUMNS                                                        \
	"SELECT a.id, a.at, a.person_id, p.family, p.given, p.staff_number," \
	" a.address, a.action, a.object, a.detail, a.is_ok,"                 \
	" a.request_id," NAME_JA "," NAME_EN ","                             \
	" IF(SUBSTRING_INDEX(a.object, ':', 1) = 'course',"                  \
	"  (SELECT o.code FROM course o WHERE o.id = " OBJECT_ID "), NULL)"  \
	" FROM audit a LEFT JOIN person p ON p.id = a.person_id"

#define AUDIT_FIELDS                                     \
	.row_size = sizeof(struct audit_row),            \
	.cols = { COL(struct audit_row, id),             \
		  COL(struct audit_row, at),             \
		  COL(struct audit_row, person_id),      \
		  COL(struct audit_row, family),         \
		  COL(struct audit_row, given),          \
		  COL(struct audit_row, staff_number),   \
		  COL(struct audit_row, address),        \
		  COL(struct audit_row, action),         \
		  COL(struct audit_row, object),         \
		  COL(struct audit_row, detail),         \
		  COL(struct audit_row, is_ok),          \
		  COL(struct audit_row, request_id),     \
		  COL(struct audit_row, object_name),    \
		  COL(struct audit_row, object_name_en), \
		  COL(struct audit_row, object_code) },  \
	.ncols = 15

static const struct db_query audit_list = {
	.name = "audit_list",
	.sql = AUDIT_COLUMNS " WHERE (? IS NULL OR LEFT(a.action, ?) = ?)"
			     " AND (? IS NULL OR a.person_id = ?)"
			     " AND (? IS NULL OR a.at >= ?)"
			     " AND (? IS NULL OR a.at < ?)"
			     " AND (? IS NULL OR a.id < ?)"
			     " ORDER BY a.id DESC LIMIT ?",
	AUDIT_FIELDS,
};

#define CHAIN_COLUMNS                                                       \
	"SELECT a.id, a.at, a.person_id, NULL, NULL, NULL, a.address,"      \
	" a.action, a.object, a.detail, a.is_ok, a.request_id, NULL, NULL," \
	" NULL"                                                             \
	" FROM audit a WHERE a.id > ? AND a.id <= ? ORDER BY a.id"

/* With the lock it waits for rows that are not committed yet. */
static const struct db_query audit_to_seal = {
	.name = "audit_to_seal",
	.sql = CHAIN_COLUMNS " LOCK IN SHARE MODE",
	AUDIT_FIELDS,
};

static const struct db_query audit_sealed = {
	.name = "audit_sealed",
	.sql = CHAIN_COLUMNS,
	AUDIT_FIELDS,
};

struct last_row {
	int64_t id;
};

static const struct db_query audit_last = {
	.name = "audit_last",
	.sql = "SELECT COALESCE(MAX(id), 0) FROM audit",
	.row_size = sizeof(struct last_row),
	.cols = { COL(struct last_row, id) },
	.ncols = 1,
};

struct seal_row {
	int64_t last_id;
	struct bytes hash;
};

static const struct db_query seal_last = {
	.name = "seal_last",
	.sql = "SELECT last_id, hash FROM audit_seal"
	       " ORDER BY last_id DESC LIMIT 1 FOR UPDATE",
	.row_size = sizeof(struct seal_row),
	.cols = { COL(struct seal_row, last_id), COL(struct seal_row, hash) },
	.ncols = 2,
};

static const struct db_query seal_all = {
	.name = "seal_all",
	.sql = "SELECT last_id, hash FROM audit_seal ORDER BY last_id",
	.row_size = sizeof(struct seal_row),
	.cols = { COL(struct seal_row, last_id), COL(struct seal_row, hash) },
	.ncols = 2,
};

static const struct db_query seal_add = {
	.name = "seal_add",
	.sql = "INSERT INTO audit_seal (last_id, hash, at) VALUES (?, ?, ?)",
};

const struct db_query *const store_audit_queries[] = {
	&audit_add, &audit_list, &audit_to_seal, &audit_sealed, &audit_last,
	&seal_last, &seal_all,   &seal_add,      NULL,
};

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

enum err store_audit_add(struct ctx *cx, const struct audit *row)
{
	return db_exec(cx, &audit_add,
		       ARGS(db_text(instant_to_db(&cx->arena, cx->now_ms)),
			    db_i64(row->person_id ? row->person_id : DB_NULL),
			    db_text(or_empty(row->address)),
			    db_text(row->action),
			    db_text(or_empty(row->object)),
			    db_text(or_empty(row->detail)),
			    db_i64(!row->refused), db_text(cx->request_id)),
		       NULL);
}

enum err store_audit_list(struct ctx *cx, const struct audit_filter *filter,
			  const struct audit_row **rows, size_t *n)
{
	const char *action =
		filter->action && *filter->action ? filter->action : NULL;
	const struct db_arg person =
		db_i64(filter->person_id ? filter->person_id : DB_NULL);
	const struct db_arg before =
		db_i64(filter->before_id ? filter->before_id : DB_NULL);

	return db_all(cx, &audit_list,
		      ARGS(db_text(action),
			   db_i64(action ? (int64_t)strlen(action) : 0),
			   db_text(action), person, person,
			   db_text(filter->from), db_text(filter->from),
			   db_text(filter->to), db_text(filter->to), before,
			   before, db_i64(filter->limit)),
		      rows, n);
}

/* The chain on its way: the hash so far and where it ends. */
struct chain {
	crypto_generichash_state state;
	int64_t last_id, rows;
};

static void chain_begin(struct chain *c, const unsigned char before[HASH])
{
	crypto_generichash_init(&c->state, NULL, 0, HASH);
	crypto_generichash_update(&c->state, before, HASH);
	c->rows = 0;
}

/* Each part with its length in front, so that no two rows read alike. */
static void chain_text(struct chain *c, const char *s)
{
	char length[24];

	snprintf(length, sizeof(length), "%zu:", strlen(s));
	crypto_generichash_update(&c->state, (const unsigned char *)length,
				  strlen(length));
	crypto_generichash_update(&c->state, (const unsigned char *)s,
				  strlen(s));
}

static enum err chain_row(struct ctx *cx, const void *row, void *arg)
{
	const struct audit_row *r = row;
	struct chain *c = arg;
	char numbers[80];

	(void)cx;
	snprintf(numbers, sizeof(numbers), "%lld/%lld/%lld", (long long)r->id,
		 (long long)r->person_id, (long long)r->is_ok);
	chain_text(c, numbers);
	chain_text(c, r->at);
	chain_text(c, r->address);
	chain_text(c, r->action);
	chain_text(c, r->object);
	chain_text(c, r->detail);
	chain_text(c, r->request_id);
	c->last_id = r->id;
	c->rows++;
	return OK;
}

struct sealing {
	int64_t upto;
	int64_t *sealed;
};

static enum err seal(struct ctx *cx, void *arg)
{
	const struct sealing *s = arg;
	unsigned char hash[HASH] = { 0 };
	struct seal_row last = { 0 };
	struct chain c;
	bool found;

	*s->sealed = 0;
	TRY(db_maybe(cx, &seal_last, NO_ARGS, &last, &found));
	if (found && last.hash.len == HASH)
		memcpy(hash, last.hash.data, HASH);
	chain_begin(&c, hash);
	TRY(db_each(cx, &audit_to_seal,
		    ARGS(db_i64(found ? last.last_id : 0), db_i64(s->upto)),
		    chain_row, &c));
	if (c.rows == 0)
		return OK;
	crypto_generichash_final(&c.state, hash, HASH);
	*s->sealed = c.rows;
	return db_exec(cx, &seal_add,
		       ARGS(db_i64(c.last_id), db_bytes(hash, HASH),
			    db_text(instant_to_db(&cx->arena, cx->now_ms))),
		       NULL);
}

enum err store_audit_last(struct ctx *cx, int64_t *id)
{
	struct last_row row;

	TRY(db_one(cx, &audit_last, NO_ARGS, &row));
	*id = row.id;
	return OK;
}

enum err store_audit_seal(struct ctx *cx, int64_t upto, int64_t *sealed)
{
	struct sealing s = { upto, sealed };

	return db_transact(cx, seal, &s);
}

enum err store_audit_verify(struct ctx *cx, int64_t *seals, int64_t *broken)
{
	unsigned char hash[HASH] = { 0 };
	struct seal_row *list;
	int64_t from = 0;
	size_t n;

	*broken = 0;
	TRY(db_all(cx, &seal_all, NO_ARGS, &list, &n));
	*seals = (int64_t)n;
	for (size_t i = 0; i < n; i++) {
		struct chain c;

		chain_begin(&c, hash);
		TRY(db_each(cx, &audit_sealed,
			    ARGS(db_i64(from), db_i64(list[i].last_id)),
			    chain_row, &c));
		crypto_generichash_final(&c.state, hash, HASH);
		if (list[i].hash.len != HASH ||
		    sodium_memcmp(hash, list[i].hash.data, HASH) != 0) {
			*broken = list[i].last_id;
			return OK;
		}
		from = list[i].last_id;
	}
	return OK;
}
