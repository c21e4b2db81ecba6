/*
 * store_collection_part.c: one person and the collections; see
 * store_collection.h.
 *
 * Everybody opens the form at the same minute, so what is the same for all is
 * read apart from what is a person's own, and that is had by keys alone: the
 * database spends longer on planning a statement with subqueries than on
 * several that read one row each.
 */
#include "store/store_collection.h"

#include "base/date.h"
#include "store/collection_sql.h"
#include "store/instant_sql.h"

#include <string.h>

/* The same for everybody, so one read serves all for a second. */
static const struct db_query facts = {
	.name = "collection_facts",
	.sql = "SELECT " COLLECTION_SQL COLLECTION_FROM " WHERE c.id = ?",
	.row_size = sizeof(struct collection),
	.cols = { COLLECTION_COLS(struct collection, ) },
	.ncols = 21,
	.remember = true,
};

/* How a person stands to it, before the rule of the audience. */
struct part_row {
	struct collection_part part;
	struct collection_draft draft;
	const char *booking_state; /* or NULL */
};

static const struct db_query part = {
	.name = "collection_part",
	.sql = "SELECT b.id, b.state, k.person_id IS NOT NULL,"
	       " st.person_id IS NOT NULL, d.form_key, d.fields, d.saved_at"
	       " FROM person p"
	       " LEFT JOIN booking b ON b.session_id = ?"
	       "  AND b.person_id = p.id"
	       " LEFT JOIN completion k ON k.collection_id = ?"
	       "  AND k.person_id = p.id"
	       " LEFT JOIN session_trainer st ON st.session_id = ?"
	       "  AND st.person_id = p.id"
	       " LEFT JOIN draft d ON d.collection_id = ?"
	       "  AND d.person_id = p.id"
	       " WHERE p.id = ?",
	.row_size = sizeof(struct part_row),
	.cols = { COL(struct part_row, part.booking_id),
		  COL(struct part_row, booking_state),
		  COL(struct part_row, part.is_done),
		  COL(struct part_row, part.is_trainer),
		  COL(struct part_row, draft.form_key),
		  COL(struct part_row, draft.fields),
		  COL(struct part_row, draft.saved_at) },
	.ncols = 7,
	.remember = true,
};

/* Of it, what whoever only submits needs. */
struct place_row {
	int64_t id;
	const char *state;
};

static const struct db_query place = {
	.name = "collection_place",
	.sql = "SELECT id, state FROM booking"
	       " WHERE session_id = ? AND person_id = ?",
	.row_size = sizeof(struct place_row),
	.cols = { COL(struct place_row, id), COL(struct place_row, state) },
	.ncols = 2,
	.remember = true,
};

/* A due collection with what the rule of the audience needs. */
struct due_row {
	struct collection_due due;
	int64_t booking_id;     /* DB_NULL: at large */
	const char *tier_codes; /* at large */
};

#define DUE_SQL                                                             \
	"SELECT c.id, c.session_id, c.moment, c.mode, " TITLES ", " ENDS_AT \
	", d.person_id IS NOT NULL, c.tier_codes,"

#define DUE_COLS                                                               \
	COL(struct due_row, due.collection_id),                                \
		COL(struct due_row, due.session_id),                           \
		COL(struct due_row, due.moment),                               \
		COL(struct due_row, due.mode), COL(struct due_row, due.title), \
		COL(struct due_row, due.title_en),                             \
		COL(struct due_row, due.closes_at),                            \
		COL(struct due_row, due.has_draft),                            \
		COL(struct due_row, tier_codes),                               \
		COL(struct due_row, booking_id),                               \
		COL(struct due_row, due.course_code),                          \
		COL(struct due_row, due.course_title),                         \
		COL(struct due_row, due.course_title_en),                      \
		COL(struct due_row, due.session_starts_at)

static const struct db_query due_booked = {
	.name = "collections_due_booked",
	.sql = DUE_SQL " b.id, co.code, cv.title, cv.title_en, s.starts_at"
		       " FROM booking b"
		       " JOIN collection c ON c.session_id = b.session_id"
		       " JOIN survey_version sv ON sv.id = c.version_id"
		       " JOIN session s ON s.id = c.session_id"
		       " JOIN course co ON co.id = s.course_id"
		       " JOIN course_version cv ON cv.id = s.version_id"
		       " LEFT JOIN completion k ON k.collection_id = c.id"
		       "  AND k.person_id = b.person_id"
		       " LEFT JOIN draft d ON d.collection_id = c.id"
		       "  AND d.person_id = b.person_id"
		       " WHERE b.person_id = ? AND b.state = 'booked'"
		       "  AND k.person_id IS NULL AND " IS_OPEN,
	.row_size = sizeof(struct due_row),
	.cols = { DUE_COLS },
	.ncols = 14,
	.remember = true,
};

static const struct db_query due_at_large = {
	.name = "collections_due_at_large",
	.sql = DUE_SQL " NULL, NULL, NULL, NULL, NULL"
		       " FROM collection c"
		       " JOIN survey_version sv ON sv.id = c.version_id"
		       " LEFT JOIN session s ON s.id = c.session_id"
		       " LEFT JOIN completion k ON k.collection_id = c.id"
		       "  AND k.person_id = ?"
		       " LEFT JOIN draft d ON d.collection_id = c.id"
		       "  AND d.person_id = ?"
		       " WHERE c.session_id IS NULL AND k.person_id IS NULL"
		       "  AND " IS_OPEN,
	.row_size = sizeof(struct due_row),
	.cols = { DUE_COLS },
	.ncols = 14,
	.remember = true,
};

struct one_row {
	int64_t n;
};

/* There is hardly ever one, and this is soon said. */
static const struct db_query any_at_large = {
	.name = "collections_any_at_large",
	.sql = "SELECT 1 FROM collection"
	       " WHERE session_id IS NULL AND state = 'open' LIMIT 1",
	.row_size = sizeof(struct one_row),
	.cols = { COL(struct one_row, n) },
	.ncols = 1,
	.remember = true,
};

static const struct db_query was_there = {
	.name = "collection_was_there",
	.sql = "SELECT COUNT(*) FROM attendance"
	       " WHERE booking_id = ? AND minutes > 0",
	.row_size = sizeof(struct one_row),
	.cols = { COL(struct one_row, n) },
	.ncols = 1,
	.remember = true,
};

static const struct db_query was_taken = {
	.name = "collection_was_taken",
	.sql = "SELECT 1 FROM meeting m"
	       " JOIN attendance a ON a.meeting_id = m.id"
	       " WHERE m.session_id = ? LIMIT 1",
	.row_size = sizeof(struct one_row),
	.cols = { COL(struct one_row, n) },
	.ncols = 1,
	.remember = true,
};

struct tier_row {
	const char *code;
};

static const struct db_query own_tier = {
	.name = "collection_own_tier",
	.sql = "SELECT t.code FROM posting p JOIN tier t ON t.id = p.tier_id"
	       " WHERE p.person_id = ? AND p.is_main = 1"
	       " AND p.valid_from <= ?"
	       " AND (p.valid_to IS NULL OR p.valid_to >= ?)"
	       " ORDER BY p.valid_from DESC LIMIT 1",
	.row_size = sizeof(struct tier_row),
	.cols = { COL(struct tier_row, code) },
	.ncols = 1,
	.remember = true,
};

/* Somebody booked is asked: before always; after if there, or nobody knows. */
static enum err asks_booked(struct ctx *cx, const char *moment,
			    int64_t booking_id, int64_t session_id, bool *asks)
{
	struct one_row row;
	bool taken;

	*asks = true;
	if (!strcmp(moment, "pre"))
		return OK;
	TRY(db_one(cx, &was_there, ARGS(db_i64(booking_id)), &row));
	if (row.n > 0)
		return OK;
	TRY(db_maybe(cx, &was_taken, ARGS(db_i64(session_id)), &row, &taken));
	*asks = !taken;
	return OK;
}

/* The word stands in a list with commas. */
static bool has_word(const char *list, const char *word)
{
	const size_t n = strlen(word);

	for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == n && !strncmp(s, word, n))
			return true;
	return false;
}

/* At large: a posting today, in one of the tiers where some are named. */
static enum err asks_posted(struct ctx *cx, const struct collection_person *who,
			    const char *tier_codes, bool *asks)
{
	const struct db_arg day =
		db_text(date_to_iso(&cx->arena, date_in_japan(cx->now_ms)));
	struct tier_row tier = { who->tier_code };

	*asks = true;
	if (!tier.code)
		TRY(db_maybe(cx, &own_tier, ARGS(db_i64(who->id), day, day),
			     &tier, asks));
	*asks = *asks && (!*tier_codes || has_word(tier_codes, tier.code));
	return OK;
}

static enum err read_facts(struct ctx *cx, int64_t id, struct collection *c)
{
	const struct db_arg at = db_instant_to(cx, SECOND_MS);

	return db_one(cx, &facts, ARGS(at, at, at, db_i64(id)), c);
}

enum err store_collection_takes(struct ctx *cx, int64_t id, bool *takes)
{
	struct collection c;
	int64_t opens = INT64_MIN, closes = INT64_MAX;

	TRY(read_facts(cx, id, &c));
	if (c.opens_at && !instant_from_db(c.opens_at, &opens))
		return FAIL(cx, ERR_INTERNAL, "opens_at");
	if (c.closes_at && !instant_from_db(c.closes_at, &closes))
		return FAIL(cx, ERR_INTERNAL, "closes_at");
	*takes = !strcmp(c.state, "open") && opens <= cx->now_ms &&
		 closes > cx->now_ms &&
		 !(c.session_state && !strcmp(c.session_state, "cancelled"));
	return OK;
}

/* booking: its state, or NULL; the rest of view is there. */
static enum err put_invited(struct ctx *cx, const struct collection_person *who,
			    const char *booking, struct collection_view *view)
{
	const struct collection *c = &view->c;
	bool asks = false;

	if (c->session_id == DB_NULL)
		TRY(asks_posted(cx, who, c->tier_codes, &asks));
	else if (booking && !strcmp(booking, "booked"))
		TRY(asks_booked(cx, c->moment_text, view->part.booking_id,
				c->session_id, &asks));
	view->part.is_invited = asks;
	return OK;
}

enum err store_collection_view(struct ctx *cx, int64_t id,
			       const struct collection_person *who,
			       struct collection_view *view)
{
	struct part_row row = { .part.booking_id = DB_NULL };
	struct db_arg session;
	bool known;

	TRY(read_facts(cx, id, &view->c));
	session = db_i64(view->c.session_id);
	TRY(db_maybe(cx, &part,
		     ARGS(session, db_i64(id), session, db_i64(id),
			  db_i64(who->id)),
		     &row, &known));
	view->part = row.part;
	view->draft = row.draft;
	return put_invited(cx, who, row.booking_state, view);
}

enum err store_collection_place(struct ctx *cx, int64_t id,
				const struct collection_person *who,
				struct collection_view *view)
{
	struct place_row row = { .id = DB_NULL };
	bool booked;

	*view = (struct collection_view){ .part.booking_id = DB_NULL };
	TRY(read_facts(cx, id, &view->c));
	if (view->c.session_id != DB_NULL)
		TRY(db_maybe(cx, &place,
			     ARGS(db_i64(view->c.session_id), db_i64(who->id)),
			     &row, &booked));
	view->part.booking_id = row.id;
	return put_invited(cx, who, row.state, view);
}

/* a is due before b; what has no end comes last. */
static bool is_sooner(const struct collection_due *a,
		      const struct collection_due *b)
{
	if (!a->closes_at || !b->closes_at)
		return a->closes_at != NULL;
	return strcmp(a->closes_at, b->closes_at) < 0;
}

static void insert(struct collection_due *list, size_t *n,
		   const struct collection_due *due)
{
	size_t at = (*n)++;

	for (; at > 0 && is_sooner(due, &list[at - 1]); at--)
		list[at] = list[at - 1];
	list[at] = *due;
}

/* The open collections at large that this person has not answered. */
static enum err find_at_large(struct ctx *cx, struct db_arg who,
			      struct db_arg at, const struct due_row **large,
			      size_t *nlarge)
{
	struct one_row row;
	bool any;

	*nlarge = 0;
	TRY(db_maybe(cx, &any_at_large, NO_ARGS, &row, &any));
	if (!any)
		return OK;
	return db_all(cx, &due_at_large, ARGS(who, who, at, at, at), large,
		      nlarge);
}

enum err store_collections_due(struct ctx *cx,
			       const struct collection_person *person,
			       const struct collection_due **rows, size_t *n)
{
	const struct db_arg at = db_instant_to(cx, SECOND_MS);
	const struct db_arg who = db_i64(person->id);
	const struct due_row *booked, *large = NULL;
	struct collection_due *list;
	size_t nbooked, nlarge;
	bool asks;

	TRY(db_all(cx, &due_booked, ARGS(who, at, at, at), &booked, &nbooked));
	TRY(find_at_large(cx, who, at, &large, &nlarge));
	list = ARENA_ARRAY(&cx->arena, struct collection_due, nbooked + nlarge);
	*n = 0;
	for (size_t i = 0; i < nbooked; i++) {
		TRY(asks_booked(cx, booked[i].due.moment, booked[i].booking_id,
				booked[i].due.session_id, &asks));
		if (asks)
			insert(list, n, &booked[i].due);
	}
	for (size_t i = 0; i < nlarge; i++) {
		TRY(asks_posted(cx, person, large[i].tier_codes, &asks));
		if (asks)
			insert(list, n, &large[i].due);
	}
	*rows = list;
	return OK;
}

const struct db_query *const store_collection_part_queries[] = {
	&facts,        &part,      &place,     &due_booked, &due_at_large,
	&any_at_large, &was_there, &was_taken, &own_tier,   NULL,
};
