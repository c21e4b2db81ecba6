/*
 * store_collection.c: collections and who is asked; see store_collection.h.
 *
 * Who is in the audience stands here for lists of people and in
 * store_collection_part.c for one person at a time, where it must be fast.
 */
#include "store/store_collection.h"

#include "base/clock.h"
#include "base/date.h"
#include "store/collection_sql.h"
#include "store/instant_sql.h"

#include <string.h>

/* b, a booking of the collection's session, is asked. */
#define IS_ASKED                                              \
	"(b.state = 'booked' AND (c.moment = 'pre'"           \
	"  OR EXISTS (SELECT 1 FROM attendance a"             \
	"       WHERE a.booking_id = b.id AND a.minutes > 0)" \
	"  OR NOT EXISTS (SELECT 1 FROM meeting m"            \
	"       JOIN attendance a ON a.meeting_id = m.id"     \
	"       WHERE m.session_id = b.session_id)))"

/* A collection at large asks the holder of posting p (tier t) on day ?, ?. */
#define IS_POSTED                                      \
	"p.is_main = 1 AND p.valid_from <= ?"          \
	" AND (p.valid_to IS NULL OR p.valid_to >= ?)" \
	" AND (c.tier_codes = '' OR FIND_IN_SET(t.code, c.tier_codes) > 0)"

static const struct db_query collection_add = {
	.name = "collection_add",
	.sql = "INSERT INTO collection (version_id, session_id, moment, mode,"
	       " state, opens_at, closes_at, tier_codes, title, is_synthetic)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query collection_find = {
	.name = "collection_find",
	.sql = "SELECT " COLLECTION_SQL COLLECTION_FROM " WHERE c.id = ?",
	.row_size = sizeof(struct collection),
	.cols = { COLLECTION_COLS(struct collection, ) },
	.ncols = 21,
};

static const struct db_query collection_of_session = {
	.name = "collections_of_session",
	.sql = "SELECT " COLLECTION_SQL COLLECTION_FROM
	       " WHERE c.session_id = ? ORDER BY c.moment, c.id",
	.row_size = sizeof(struct collection),
	.cols = { COLLECTION_COLS(struct collection, ) },
	.ncols = 21,
};

static const struct db_query collection_counts = {
	.name = "collection_counts",
	.sql = "SELECT c.id, c.version_id, c.moment, c.mode, c.state, " TITLES
	       ", c.opens_at, " ENDS_AT ", " IS_OPEN ","
	       " (SELECT COUNT(*) FROM booking b"
	       "   WHERE b.session_id = c.session_id AND " IS_ASKED "),"
	       " (SELECT COUNT(*) FROM completion k"
	       "   WHERE k.collection_id = c.id)"
	       " FROM collection c"
	       " JOIN survey_version sv ON sv.id = c.version_id"
	       " JOIN session s ON s.id = c.session_id"
	       " WHERE c.session_id = ? ORDER BY c.moment, c.id",
	.row_size = sizeof(struct collection_counts),
	.cols = { COL(struct collection_counts, collection_id),
		  COL(struct collection_counts, version_id),
		  COL(struct collection_counts, moment),
		  COL(struct collection_counts, mode),
		  COL(struct collection_counts, state),
		  COL(struct collection_counts, title),
		  COL(struct collection_counts, title_en),
		  COL(struct collection_counts, opens_at),
		  COL(struct collection_counts, closes_at),
		  COL(struct collection_counts, is_open),
		  COL(struct collection_counts, invited),
		  COL(struct collection_counts, answered) },
	.ncols = 12,
};

#define MISSING_SQL                                            \
	"SELECT pe.id, CONCAT(pe.family, ' ', pe.given),"      \
	" CONCAT(pe.family_kana, ' ', pe.given_kana), u.name," \
	" u.name_en, pe.email"

#define MISSING_COLS                                            \
	.row_size = sizeof(struct collection_missing),          \
	.cols = { COL(struct collection_missing, person_id),    \
		  COL(struct collection_missing, name),         \
		  COL(struct collection_missing, kana),         \
		  COL(struct collection_missing, unit_name),    \
		  COL(struct collection_missing, unit_name_en), \
		  COL(struct collection_missing, email) },      \
	.ncols = 6

static const struct db_query missing_booked = {
	.name = "collection_missing_booked",
	.sql = MISSING_SQL
	" FROM collection c"
	" JOIN booking b ON b.session_id = c.session_id"
	" JOIN person pe ON pe.id = b.person_id"
	" LEFT JOIN unit u ON u.id = b.unit_id"
	" LEFT JOIN completion k ON k.collection_id = c.id"
	"  AND k.person_id = b.person_id"
	" WHERE c.id = ? AND k.person_id IS NULL AND " IS_ASKED
	" ORDER BY pe.family_kana, pe.given_kana, pe.id",
	MISSING_COLS,
};

static const struct db_query missing_posted = {
	.name = "collection_missing_posted",
	.sql = MISSING_SQL " FROM collection c JOIN posting p ON p.is_main = 1"
			   " JOIN tier t ON t.id = p.tier_id"
			   " JOIN person pe ON pe.id = p.person_id"
			   " LEFT JOIN unit u ON u.id = p.unit_id"
			   " LEFT JOIN completion k ON k.collection_id = c.id"
			   "  AND k.person_id = p.person_id"
			   " WHERE c.id = ? AND c.session_id IS NULL"
			   "  AND k.person_id IS NULL AND " IS_POSTED
			   " ORDER BY pe.family_kana, pe.given_kana, pe.id",
	MISSING_COLS,
};

static const struct db_query collection_open = {
	.name = "collection_open",
	.sql = "UPDATE collection SET state = 'open', opened_by = ?,"
	       " closes_at = IF(closes_at <= ?, NULL, closes_at),"
	       " opens_at = IF(opens_at <= ?, opens_at, ?) WHERE id = ?",
};

static const struct db_query collection_close = {
	.name = "collection_close",
	.sql = "UPDATE collection SET state = 'closed' WHERE id = ?",
};

static const char *const moments[] = { "pre", "post", "followup", "atlarge" };
static const char *const modes[] = { "named", "paired", "unlinked" };

const char *moment_word(enum moment m)
{
	return moments[m];
}

const char *mode_word(enum mode m)
{
	return modes[m];
}

bool moment_from_word(const char *word, enum moment *m)
{
	for (size_t i = 0; word && i < sizeof(moments) / sizeof(*moments); i++)
		if (!strcmp(word, moments[i])) {
			*m = (enum moment)i;
			return true;
		}
	return false;
}

bool mode_from_word(const char *word, enum mode *m)
{
	for (size_t i = 0; word && i < sizeof(modes) / sizeof(*modes); i++)
		if (!strcmp(word, modes[i])) {
			*m = (enum mode)i;
			return true;
		}
	return false;
}

/* Whole seconds, as pages ask: what opens now is open in their eyes too. */
static struct db_arg now(struct ctx *cx)
{
	return db_instant_to(cx, SECOND_MS);
}

static struct db_arg today(struct ctx *cx)
{
	return db_text(date_to_iso(&cx->arena, date_in_japan(cx->now_ms)));
}

enum err store_collection_create(struct ctx *cx, const struct collection_new *c,
				 int64_t *id)
{
	return db_insert(cx, &collection_add,
			 ARGS(db_i64(c->version_id), db_i64(c->session_id),
			      db_text(moment_word(c->moment)),
			      db_text(mode_word(c->mode)),
			      db_text(c->is_open ? "open" : "planned"),
			      db_text(c->opens_at), db_text(c->closes_at),
			      db_text(c->tier_codes ? c->tier_codes : ""),
			      db_text(c->title ? c->title : ""),
			      db_i64(c->is_synthetic)),
			 id);
}

enum err store_collection_find(struct ctx *cx, int64_t id, struct collection *c)
{
	return db_one(cx, &collection_find,
		      ARGS(now(cx), now(cx), now(cx), db_i64(id)), c);
}

enum err store_collections_of_session(struct ctx *cx, int64_t session_id,
				      const struct collection **rows, size_t *n)
{
	const struct db_arg at = now(cx);

	return db_all(cx, &collection_of_session,
		      ARGS(at, at, at, db_i64(session_id)), rows, n);
}

enum err store_collection_counts(struct ctx *cx, int64_t session_id,
				 const struct collection_counts **rows,
				 size_t *n)
{
	const struct db_arg at = now(cx);

	return db_all(cx, &collection_counts,
		      ARGS(at, at, at, db_i64(session_id)), rows, n);
}

enum err store_collection_missing(struct ctx *cx, int64_t id,
				  const struct collection_missing **rows,
				  size_t *n)
{
	const struct db_arg day = today(cx);
	struct collection c;

	TRY(store_collection_find(cx, id, &c));
	if (c.session_id != DB_NULL)
		return db_all(cx, &missing_booked, ARGS(db_i64(id)), rows, n);
	return db_all(cx, &missing_posted, ARGS(db_i64(id), day, day), rows, n);
}

enum err store_collection_open(struct ctx *cx, int64_t id, int64_t by)
{
	const struct db_arg at = now(cx);
	struct collection c;
	int64_t starts;

	TRY(store_collection_find(cx, id, &c));
	if (!strcmp(c.moment_text, "pre") && c.session_starts_at &&
	    instant_from_db(c.session_starts_at, &starts) &&
	    starts <= cx->now_ms)
		return FAIL(cx, ERR_CONFLICT,
			    "the session of the collection has started");
	return db_exec(cx, &collection_open,
		       ARGS(db_i64(by), at, at, at, db_i64(id)), NULL);
}

enum err store_collection_close(struct ctx *cx, int64_t id)
{
	struct collection c;

	TRY(store_collection_find(cx, id, &c));
	return db_exec(cx, &collection_close, ARGS(db_i64(id)), NULL);
}

const struct db_query *const store_collection_queries[] = {
	&collection_add,    &collection_find,  &collection_of_session,
	&collection_counts, &missing_booked,   &missing_posted,
	&collection_open,   &collection_close, NULL,
};
