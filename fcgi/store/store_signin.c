#include "store/store_signin.h"

#include "base/clock.h"
#include "base/date.h"

#include <sodium.h>

#define KEEP_MS (90 * DAY_MS) /* ended sign-ins are kept so long */

static const struct db_query signin_find = {
	.name = "signin_find",
	.sql = "SELECT s.id, s.person_id, s.csrf, s.created_at, s.seen_at,"
	       " p.family, p.given, (SELECT GROUP_CONCAT(r.role)"
	       " FROM person_role r WHERE r.person_id = s.person_id),"
	       " a.language, a.must_set, a.password_at, u.id, u.name, "
	       "u.name_en,"
	       " t.id, t.name, t.name_en"
	       " FROM signin s"
	       " JOIN account a ON a.person_id = s.person_id"
	       " JOIN person p ON p.id = s.person_id"
	       " LEFT JOIN posting o ON o.id = (SELECT x.id FROM posting x"
	       " WHERE x.person_id = s.person_id AND x.is_main"
	       " AND x.valid_from <= ?"
	       " AND (x.valid_to IS NULL OR x.valid_to >= ?)"
	       " ORDER BY x.valid_from DESC, x.id DESC LIMIT 1)"
	       " LEFT JOIN unit u ON u.id = o.unit_id"
	       " LEFT JOIN tier t ON t.id = o.tier_id"
	       " WHERE s.token_hash = ? AND s.ended_at IS NULL"
	       " AND NOT a.is_disabled"
	       " AND (p.left_on IS NULL OR p.left_on >= ?)",
	.row_size = sizeof(struct signin),
	.cols = { COL(struct signin, id), COL(struct signin, person_id),
		  COL(struct signin, csrf), COL(struct signin, created_at),
		  COL(struct signin, seen_at), COL(struct signin, family),
		  COL(struct signin, given), COL(struct signin, roles),
		  COL(struct signin, language), COL(struct signin, must_set),
		  COL(struct signin, password_at), COL(struct signin, unit_id),
		  COL(struct signin, unit_name),
		  COL(struct signin, unit_name_en), COL(struct signin, tier_id),
		  COL(struct signin, tier_name),
		  COL(struct signin, tier_name_en) },
	.ncols = 17,
	.remember = true,
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
	&signin_find,     &signin_add,        &signin_seen,
	&signin_end,      &signin_end_others, &signin_open_of,
	&signin_time_out, &signin_forget,     NULL,
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

enum err store_signin_find(struct ctx *cx, const unsigned char *token,
			   const struct signin_limits *limits,
			   struct signin *signin, bool *found)
{
	const char *today = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	unsigned char hash[SIGNIN_TOKEN];

	hash_token(token, hash);
	TRY(db_maybe(cx, &signin_find,
		     ARGS(db_text(today), db_text(today),
			  db_bytes(hash, sizeof(hash)), db_text(today)),
		     signin, found));
	*found = *found && is_fresh(cx, limits, signin);
	return OK;
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
