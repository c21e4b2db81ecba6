#include "store/store_signin.h"

#include "base/clock.h"
#include "base/date.h"

#include <sodium.h>
#include <string.h>

#define PAST_MS (7 * DAY_MS)  /* a form may be so old and still be known */
#define KEEP_MS (90 * DAY_MS) /* ended sign-ins are kept so long */

/* One for each role and each main posting of today, hardly ever over three. */
struct find_row {
	struct signin signin; /* but for the roles */
	const char *role;
	int64_t posting_id;
	const char *posted_on, *posted_to; /* first and last day, or NULL */
	const char *left_on;               /* of the person, or NULL */
};

/*
 * Every request begins with it. Rows that are put together here cost the
 * database half of what a statement with subqueries for them does, days that
 * are compared here leave it nothing to plan, and the names of units and tiers,
 * which a worker remembers, would cost it a third more.
 */
static const struct db_query signin_find = {
	.name = "signin_find",
	.sql = "SELECT STRAIGHT_JOIN s.id, s.person_id, s.csrf, s.created_at,"
	       " s.seen_at, p.family, p.given, r.role, a.language, a.must_set,"
	       " a.password_at, o.id, o.valid_from,"
	       " o.valid_to, p.left_on, o.unit_id, o.tier_id"
	       " FROM signin s"
	       " JOIN account a ON a.person_id = s.person_id"
	       " JOIN person p ON p.id = s.person_id"
	       " LEFT JOIN person_role r ON r.person_id = s.person_id"
	       " LEFT JOIN posting o ON o.person_id = s.person_id"
	       "  AND o.is_main"
	       " WHERE s.token_hash = ? AND s.ended_at IS NULL"
	       " AND NOT a.is_disabled",
	.row_size = sizeof(struct find_row),
	.cols = { COL(struct find_row, signin.id),
		  COL(struct find_row, signin.person_id),
		  COL(struct find_row, signin.csrf),
		  COL(struct find_row, signin.created_at),
		  COL(struct find_row, signin.seen_at),
		  COL(struct find_row, signin.family),
		  COL(struct find_row, signin.given),
		  COL(struct find_row, role),
		  COL(struct find_row, signin.language),
		  COL(struct find_row, signin.must_set),
		  COL(struct find_row, signin.password_at),
		  COL(struct find_row, posting_id),
		  COL(struct find_row, posted_on),
		  COL(struct find_row, posted_to),
		  COL(struct find_row, left_on),
		  COL(struct find_row, signin.unit_id),
		  COL(struct find_row, signin.tier_id) },
	.ncols = 17,
	.remember = true,
};

struct named {
	int64_t id;
	const char *code, *name, *name_en;
};

#define NAMED_COLS                                                       \
	.row_size = sizeof(struct named),                                \
	.cols = { COL(struct named, id), COL(struct named, code),        \
		  COL(struct named, name), COL(struct named, name_en) }, \
	.ncols = 4, .remember = true

static const struct db_query signin_units = {
	.name = "signin_units",
	.sql = "SELECT id, code, name, name_en FROM unit",
	NAMED_COLS,
};

static const struct db_query signin_tiers = {
	.name = "signin_tiers",
	.sql = "SELECT id, code, name, name_en FROM tier",
	NAMED_COLS,
};

static const struct db_query signin_add = {
	.name = "signin_add",
	.sql = "INSERT INTO signin (token_hash, person_id, csrf, created_at,"
	       " seen_at, address, agent) VALUES (?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query signin_seen = {
	.name = "signin_seen",
	.sql = "UPDATE signin SET seen_at = ? WHERE id = ?",
};

static const struct db_query signin_end = {
	.name = "signin_end",
	.sql = "UPDATE signin SET ended_at = ?"
	       " WHERE id = ? AND ended_at IS NULL",
};

static const struct db_query signin_end_others = {
	.name = "signin_end_others",
	.sql = "UPDATE signin SET ended_at = ?"
	       " WHERE person_id = ? AND id <> ? AND ended_at IS NULL",
};

static const struct db_query signin_open_of = {
	.name = "signin_open_of",
	.sql = "SELECT id, created_at, seen_at, address, agent FROM signin"
	       " WHERE person_id = ? AND ended_at IS NULL"
	       " AND seen_at > ? AND created_at > ?"
	       " ORDER BY seen_at DESC, id DESC LIMIT 100",
	.row_size = sizeof(struct signin_open),
	.cols = { COL(struct signin_open, id),
		  COL(struct signin_open, created_at),
		  COL(struct signin_open, seen_at),
		  COL(struct signin_open, address),
		  COL(struct signin_open, agent) },
	.ncols = 5,
};

#define SIGNIN_PAST                                   \
	.row_size = sizeof(struct signin_past),       \
	.cols = { COL(struct signin_past, person_id), \
		  COL(struct signin_past, csrf) },    \
	.ncols = 2

static const struct db_query signin_past = {
	.name = "signin_past",
	.sql = "SELECT person_id, csrf FROM signin WHERE token_hash = ?"
	       " AND seen_at > ?",
	SIGNIN_PAST,
};

static const struct db_query signin_earlier = {
	.name = "signin_earlier",
	.sql = "SELECT person_id, csrf FROM signin WHERE person_id = ?"
	       " AND seen_at > ? ORDER BY id DESC LIMIT 50",
	SIGNIN_PAST,
};

static const struct db_query signin_time_out = {
	.name = "signin_time_out",
	.sql = "UPDATE signin SET ended_at = ? WHERE ended_at IS NULL"
	       " AND (seen_at <= ? OR created_at <= ?)",
};

static const struct db_query signin_forget = {
	.name = "signin_forget",
	.sql = "DELETE FROM signin WHERE ended_at < ? LIMIT 1000",
};

const struct db_query *const store_signin_queries[] = {
	&signin_find, &signin_units,   &signin_tiers,      &signin_add,
	&signin_seen, &signin_end,     &signin_end_others, &signin_open_of,
	&signin_past, &signin_earlier, &signin_time_out,   &signin_forget,
	NULL,
};

/* An instant so long ago, as a parameter. */
static struct db_arg ago(struct ctx *cx, int64_t ms)
{
	return db_text(instant_to_db(&cx->arena, cx->now_ms - ms));
}

static void hash_token(const unsigned char *token,
		       unsigned char hash[SIGNIN_TOKEN])
{
	crypto_generichash(hash, SIGNIN_TOKEN, token, SIGNIN_TOKEN, NULL, 0);
}

/* Looked at here and not by the statement, which thus is asked alike. */
static bool is_fresh(const struct ctx *cx, const struct signin_limits *limits,
		     const struct signin *s)
{
	int64_t seen, created;

	return instant_from_db(s->seen_at, &seen) &&
	       instant_from_db(s->created_at, &created) &&
	       cx->now_ms - seen < limits->idle_ms &&
	       cx->now_ms - created < limits->age_ms;
}

/* a began after b; of two of one day the one entered last. */
static bool is_later(const struct find_row *a, const struct find_row *b)
{
	const int order = a->posted_on && b->posted_on
				  ? strcmp(a->posted_on, b->posted_on)
				  : 0;

	return order > 0 || (!order && a->posting_id > b->posting_id);
}

/* today is a day from one to the other; NULL: no bound. Days as text. */
static bool holds(const char *from, const char *to, const char *today)
{
	return (!from || strcmp(from, today) <= 0) &&
	       (!to || strcmp(to, today) >= 0);
}

/* The one of today's posting; NULL: of no posting. */
static const struct find_row *latest(const struct find_row *rows, size_t n,
				     const char *today)
{
	const struct find_row *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (rows[i].posting_id != DB_NULL &&
		    holds(rows[i].posted_on, rows[i].posted_to, today) &&
		    (!best || is_later(&rows[i], best)))
			best = &rows[i];
	return best;
}

/* The person of these rows, of which the posting is of another day. */
static struct signin unposted(const struct find_row *row)
{
	struct signin s = row->signin;

	s.unit_id = s.tier_id = DB_NULL;
	return s;
}

/* The row of this id in the list; all NULL without one. */
static enum err find_named(struct ctx *cx, const struct db_query *list,
			   int64_t id, struct named *out)
{
	const struct named *rows;
	size_t n;

	*out = (struct named){ .id = DB_NULL };
	if (id == DB_NULL)
		return OK;
	TRY(db_all(cx, list, NO_ARGS, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id)
			*out = rows[i];
	return OK;
}

static enum err add_names(struct ctx *cx, struct signin *s)
{
	struct named unit, tier;

	TRY(find_named(cx, &signin_units, s->unit_id, &unit));
	TRY(find_named(cx, &signin_tiers, s->tier_id, &tier));
	s->unit_name = unit.name;
	s->unit_name_en = unit.name_en;
	s->tier_code = tier.code;
	s->tier_name = tier.name;
	s->tier_name_en = tier.name_en;
	return OK;
}

/* "planner,trainee" from the rows of one posting; NULL: none. */
static const char *roles_of(struct ctx *cx, const struct find_row *rows,
			    size_t n, int64_t posting_id)
{
	const char *roles = NULL;

	for (size_t i = 0; i < n; i++)
		if (rows[i].posting_id == posting_id && rows[i].role)
			roles = roles ? arena_printf(&cx->arena, "%s,%s", roles,
						     rows[i].role)
				      : rows[i].role;
	return roles;
}

enum err store_signin_find(struct ctx *cx, const unsigned char *token,
			   const struct signin_limits *limits,
			   struct signin *signin, bool *found)
{
	const char *today = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	unsigned char hash[SIGNIN_TOKEN];
	const struct find_row *rows, *row;
	size_t n;

	*found = false;
	hash_token(token, hash);
	TRY(db_all(cx, &signin_find, ARGS(db_bytes(hash, sizeof(hash))), &rows,
		   &n));
	if (!n || !holds(NULL, rows->left_on, today))
		return OK;
	row = latest(rows, n, today);
	*signin = row ? row->signin : unposted(rows);
	signin->roles =
		roles_of(cx, rows, n, row ? row->posting_id : rows->posting_id);
	*found = is_fresh(cx, limits, signin);
	return *found ? add_names(cx, signin) : OK;
}

enum err store_signin_past(struct ctx *cx, const unsigned char *token,
			   struct signin_past *past, bool *found)
{
	unsigned char hash[SIGNIN_TOKEN];

	hash_token(token, hash);
	return db_maybe(cx, &signin_past,
			ARGS(db_bytes(hash, sizeof(hash)), ago(cx, PAST_MS)),
			past, found);
}

enum err store_signin_earlier(struct ctx *cx, int64_t person_id,
			      const struct signin_past **rows, size_t *n)
{
	return db_all(cx, &signin_earlier,
		      ARGS(db_i64(person_id), ago(cx, PAST_MS)), rows, n);
}

enum err store_signin_add(struct ctx *cx, const struct signin_new *s,
			  int64_t *id)
{
	unsigned char hash[SIGNIN_TOKEN];

	hash_token(s->token, hash);
	return db_insert(cx, &signin_add,
			 ARGS(db_bytes(hash, sizeof(hash)),
			      db_i64(s->person_id), db_text(s->csrf),
			      ago(cx, 0), ago(cx, 0), db_text(s->address),
			      db_text(s->agent)),
			 id);
}

enum err store_signin_seen(struct ctx *cx, int64_t id)
{
	return db_exec(cx, &signin_seen, ARGS(ago(cx, 0), db_i64(id)), NULL);
}

enum err store_signin_end(struct ctx *cx, int64_t id)
{
	return db_exec(cx, &signin_end, ARGS(ago(cx, 0), db_i64(id)), NULL);
}

enum err store_signin_end_others(struct ctx *cx, int64_t person_id,
				 int64_t keep_id, int64_t *ended)
{
	return db_exec(cx, &signin_end_others,
		       ARGS(ago(cx, 0), db_i64(person_id), db_i64(keep_id)),
		       ended);
}

enum err store_signin_open_of(struct ctx *cx, int64_t person_id,
			      const struct signin_limits *limits,
			      const struct signin_open **rows, size_t *n)
{
	return db_all(cx, &signin_open_of,
		      ARGS(db_i64(person_id), ago(cx, limits->idle_ms),
			   ago(cx, limits->age_ms)),
		      rows, n);
}

enum err store_signin_tidy(struct ctx *cx, const struct signin_limits *limits,
			   int64_t *ended)
{
	TRY(db_exec(cx, &signin_time_out,
		    ARGS(ago(cx, 0), ago(cx, limits->idle_ms),
			 ago(cx, limits->age_ms)),
		    ended));
	return db_exec(cx, &signin_forget, ARGS(ago(cx, KEEP_MS)), NULL);
}
