/*
 * store_collection.c: collections and who is asked; see store_collection.h.
 *
 * The two rules, when a collection takes answers and who is in its audience,
 * stand once as text below; the statements differ only in what they list.
 */
#include "store/store_collection.h"

#include "base/clock.h"
#include "base/date.h"

#include <string.h>

/* c is open at ?, ?, ? (three times now); s is its session or NULL. */
#define IS_OPEN                                             \
	"(c.state = 'open'"                                 \
	" AND (c.opens_at IS NULL OR c.opens_at <= ?)"      \
	" AND (c.closes_at IS NULL OR c.closes_at > ?)"     \
	" AND (s.id IS NULL OR (s.state <> 'cancelled' AND" \
	"      (c.moment <> 'pre' OR s.starts_at > ?))))"

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

/* A pre collection ends with the session's start at the latest. */
#define ENDS_AT                                                        \
	"CASE WHEN c.moment = 'pre' AND s.id IS NOT NULL"              \
	" THEN LEAST(COALESCE(c.closes_at, s.starts_at), s.starts_at)" \
	" ELSE c.closes_at END"

#define TITLES                                     \
	"COALESCE(NULLIF(c.title, ''), sv.title)," \
	" CASE WHEN c.title = '' THEN sv.title_en ELSE '' END"

#define COLLECTION_SQL                                                      \
	"c.id, c.version_id, c.session_id, s.course_id, c.moment, c.mode,"  \
	" c.state, c.opens_at, " ENDS_AT ", c.tier_codes, " TITLES ","      \
	" co.code, cv.title, cv.title_en, s.starts_at, s.ends_at, s.state," \
	" s.run_no, " IS_OPEN ", c.is_synthetic"

#define COLLECTION_FROM                                   \
	" FROM collection c"                              \
	" JOIN survey_version sv ON sv.id = c.version_id" \
	" LEFT JOIN session s ON s.id = c.session_id"     \
	" LEFT JOIN course co ON co.id = s.course_id"     \
	" LEFT JOIN course_version cv ON cv.id = s.version_id"

#define COLLECTION_COLS(T, f)                                                 \
	COL(T, f id), COL(T, f version_id), COL(T, f session_id),             \
		COL(T, f course_id), COL(T, f moment_text),                   \
		COL(T, f mode_text), COL(T, f state), COL(T, f opens_at),     \
		COL(T, f closes_at), COL(T, f tier_codes), COL(T, f title),   \
		COL(T, f title_en), COL(T, f course_code),                    \
		COL(T, f course_title), COL(T, f course_title_en),            \
		COL(T, f session_starts_at), COL(T, f session_ends_at),       \
		COL(T, f session_state), COL(T, f run_no), COL(T, f is_open), \
		COL(T, f is_synthetic)

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

static const struct db_query collection_view = {
	.name = "collection_view",
	.sql = "SELECT " COLLECTION_SQL ", b.id,"
	       " CASE WHEN c.session_id IS NOT NULL"
	       "  THEN b.id IS NOT NULL AND " IS_ASKED
	       "  ELSE EXISTS (SELECT 1 FROM posting p"
	       "   JOIN tier t ON t.id = p.tier_id"
	       "   WHERE p.person_id = ? AND " IS_POSTED ") END,"
	       " k.person_id IS NOT NULL, st.person_id IS NOT NULL,"
	       " d.form_key, d.fields, d.saved_at" COLLECTION_FROM
	       " LEFT JOIN booking b ON b.session_id = c.session_id"
	       "  AND b.person_id = ?"
	       " LEFT JOIN completion k ON k.collection_id = c.id"
	       "  AND k.person_id = ?"
	       " LEFT JOIN session_trainer st ON st.session_id = c.session_id"
	       "  AND st.person_id = ?"
	       " LEFT JOIN draft d ON d.collection_id = c.id"
	       "  AND d.person_id = ?"
	       " WHERE c.id = ?",
	.row_size = sizeof(struct collection_view),
	.cols = { COLLECTION_COLS(struct collection_view, c.),
		  COL(struct collection_view, part.booking_id),
		  COL(struct collection_view, part.is_invited),
		  COL(struct collection_view, part.is_done),
		  COL(struct collection_view, part.is_trainer),
		  COL(struct collection_view, draft.form_key),
		  COL(struct collection_view, draft.fields),
		  COL(struct collection_view, draft.saved_at) },
	.ncols = 28,
};

#define DUE_SQL                                                          \
	"SELECT c.id AS id, c.session_id, c.moment, c.mode, " TITLES "," \
	" co.code, cv.title AS course_title, cv.title_en,"               \
	" " ENDS_AT " AS ends_at, s.starts_at, d.person_id IS NOT NULL"

#define DUE_JOINS                                           \
	" LEFT JOIN completion k ON k.collection_id = c.id" \
	"  AND k.person_id = ?"                             \
	" LEFT JOIN draft d ON d.collection_id = c.id"      \
	"  AND d.person_id = ?"

static const struct db_query collection_due = {
	.name = "collections_due",
	.sql = "(" DUE_SQL " FROM booking b"
	       " JOIN collection c ON c.session_id = b.session_id"
	       " JOIN survey_version sv ON sv.id = c.version_id"
	       " JOIN session s ON s.id = c.session_id"
	       " JOIN course co ON co.id = s.course_id"
	       " JOIN course_version cv ON cv.id = s.version_id" DUE_JOINS
	       " WHERE b.person_id = ? AND k.person_id IS NULL"
	       "  AND " IS_ASKED " AND " IS_OPEN ")"
	       " UNION ALL (" DUE_SQL COLLECTION_FROM
	       " JOIN posting p ON p.person_id = ?"
	       " JOIN tier t ON t.id = p.tier_id" DUE_JOINS
	       " WHERE c.session_id IS NULL AND k.person_id IS NULL"
	       "  AND " IS_POSTED " AND " IS_OPEN ")"
	       " ORDER BY ends_at IS NULL, ends_at, id",
	.row_size = sizeof(struct collection_due),
	.cols = { COL(struct collection_due, collection_id),
		  COL(struct collection_due, session_id),
		  COL(struct collection_due, moment),
		  COL(struct collection_due, mode),
		  COL(struct collection_due, title),
		  COL(struct collection_due, title_en),
		  COL(struct collection_due, course_code),
		  COL(struct collection_due, course_title),
		  COL(struct collection_due, course_title_en),
		  COL(struct collection_due, closes_at),
		  COL(struct collection_due, session_starts_at),
		  COL(struct collection_due, has_draft) },
	.ncols = 12,
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

#define MISSING_SQL                                       \
	"SELECT pe.id, CONCAT(pe.family, ' ', pe.given)," \
	" CONCAT(pe.family_kana, ' ', pe.given_kana), u.name, pe.email"

#define MISSING_COLS                                         \
	.row_size = sizeof(struct collection_missing),       \
	.cols = { COL(struct collection_missing, person_id), \
		  COL(struct collection_missing, name),      \
		  COL(struct collection_missing, kana),      \
		  COL(struct collection_missing, unit_name), \
		  COL(struct collection_missing, email) },   \
	.ncols = 5

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

static struct db_arg now(struct ctx *cx)
{
	return db_text(instant_to_db(&cx->arena, cx->now_ms));
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

enum err store_collection_view(struct ctx *cx, int64_t id, int64_t person_id,
			       struct collection_view *view)
{
	const struct db_arg at = now(cx), day = today(cx),
			    who = db_i64(person_id);

	return db_one(cx, &collection_view,
		      ARGS(at, at, at, who, day, day, who, who, who, who,
			   db_i64(id)),
		      view);
}

enum err store_collections_of_session(struct ctx *cx, int64_t session_id,
				      const struct collection **rows, size_t *n)
{
	const struct db_arg at = now(cx);

	return db_all(cx, &collection_of_session,
		      ARGS(at, at, at, db_i64(session_id)), rows, n);
}

enum err store_collections_due(struct ctx *cx, int64_t person_id,
			       const struct collection_due **rows, size_t *n)
{
	const struct db_arg at = now(cx), day = today(cx),
			    who = db_i64(person_id);

	return db_all(cx, &collection_due,
		      ARGS(who, who, who, at, at, at, who, who, who, day, day,
			   at, at, at),
		      rows, n);
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
	&collection_add,
	&collection_find,
	&collection_of_session,
	&collection_view,
	&collection_due,
	&collection_counts,
	&missing_booked,
	&missing_posted,
	&collection_open,
	&collection_close,
	NULL,
};
