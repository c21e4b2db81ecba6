/*
 * store_submission.c: submissions; see store_submission.h.
 *
 * What a mode keeps is decided in keep_of(), nowhere else.
 */
#include "store/store_submission.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/date.h"
#include "survey/pairing.h"

#include <string.h>

#define MARK_SQL                                            \
	"INSERT INTO completion (collection_id, person_id)" \
	" VALUES (?, ?)"

#define KEEP_SQL                                                    \
	"INSERT INTO submission (collection_id, person_id,"         \
	" pairing_key, tier_id, unit_id, submitted_at, entered_by," \
	" form_key, slots) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

#define UNDRAFT_SQL \
	"DELETE FROM draft WHERE collection_id = ? AND person_id = ?"

static const struct db_query mark = {
	.name = "submission_mark",
	.sql = MARK_SQL,
};

static const struct db_query keep = {
	.name = "submission_keep",
	.sql = KEEP_SQL,
};

static const struct db_query undraft = {
	.name = "submission_undraft",
	.sql = UNDRAFT_SQL,
};

/* The three of them, whole or not at all, in one way to the database. */
static const struct db_query put = {
	.name = "submission_put",
	.sql = "BEGIN NOT ATOMIC"
	       " DECLARE EXIT HANDLER FOR SQLEXCEPTION"
	       " BEGIN ROLLBACK; RESIGNAL; END;"
	       " START TRANSACTION; " MARK_SQL "; " KEEP_SQL "; " UNDRAFT_SQL
	       "; COMMIT; END",
};

#define OPEN_SQL                                                          \
	"INSERT INTO answer_open (submission_id, item_no, number, text) " \
	"VALUES "

static const struct db_query open_1 = {
	.name = "answer_open_add",
	.sql = OPEN_SQL "(?, ?, ?, ?)",
};

static const struct db_query open_4 = {
	.name = "answer_open_add_4",
	.sql = OPEN_SQL
	"(?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?)",
};

static const struct db_query own_list = {
	.name = "submissions_own",
	.sql = "SELECT c.id, c.version_id, c.session_id, b.id, c.moment,"
	       " c.mode, COALESCE(NULLIF(c.title, ''), sv.title),"
	       " CASE WHEN c.title = '' THEN sv.title_en ELSE '' END,"
	       " co.code, cv.title, cv.title_en, s.starts_at"
	       " FROM completion k JOIN collection c ON c.id = k.collection_id"
	       " JOIN survey_version sv ON sv.id = c.version_id"
	       " LEFT JOIN session s ON s.id = c.session_id"
	       " LEFT JOIN booking b ON b.session_id = c.session_id"
	       "  AND b.person_id = k.person_id"
	       " LEFT JOIN course co ON co.id = s.course_id"
	       " LEFT JOIN course_version cv ON cv.id = s.version_id"
	       " WHERE k.person_id = ?"
	       " ORDER BY s.starts_at DESC, s.id, c.moment, c.id",
	.row_size = sizeof(struct submission_own),
	.cols = { COL(struct submission_own, collection_id),
		  COL(struct submission_own, version_id),
		  COL(struct submission_own, session_id),
		  COL(struct submission_own, booking_id),
		  COL(struct submission_own, moment),
		  COL(struct submission_own, mode),
		  COL(struct submission_own, title),
		  COL(struct submission_own, title_en),
		  COL(struct submission_own, course_code),
		  COL(struct submission_own, course_title),
		  COL(struct submission_own, course_title_en),
		  COL(struct submission_own, session_starts_at) },
	.ncols = 12,
};

static const struct db_query slots_of = {
	.name = "submission_slots",
	.sql = "SELECT tier_id, unit_id, slots FROM submission"
	       " WHERE collection_id = ?",
	.row_size = sizeof(struct submission_slots),
	.cols = { COL(struct submission_slots, tier_id),
		  COL(struct submission_slots, unit_id),
		  COL(struct submission_slots, slots) },
	.ncols = 3,
};

struct slots_row {
	int64_t id;
	struct bytes slots;
};

static const struct db_query own_slots = {
	.name = "submission_own_slots",
	.sql = "SELECT id, slots FROM submission WHERE collection_id = ?"
	       " AND (person_id = ? OR pairing_key = ?)",
	.row_size = sizeof(struct slots_row),
	.cols = { COL(struct slots_row, id), COL(struct slots_row, slots) },
	.ncols = 2,
};

struct open_row {
	int64_t item_no;
	double number;
	const char *text;
};

static const struct db_query own_open = {
	.name = "submission_own_open",
	.sql = "SELECT item_no, number, text FROM answer_open"
	       " WHERE submission_id = ? ORDER BY item_no",
	.row_size = sizeof(struct open_row),
	.cols = { COL(struct open_row, item_no), COL(struct open_row, number),
		  COL(struct open_row, text) },
	.ncols = 3,
};

/* What the row of a submission may say about its respondent. */
struct keep {
	int64_t person_id, unit_id;
	struct db_arg pairing_key;
	int64_t at_ms;
	const char *form_key;
};

static void key_of(const struct ctx *cx, int64_t booking_id, int64_t person_id,
		   unsigned char key[PAIRING_BYTES])
{
	if (booking_id != DB_NULL)
		pairing_key(cx->config->secret, booking_id, key);
	else
		pairing_key_person(cx->config->secret, person_id, key);
}

/* 0:00 in Japan of the day. */
static int64_t day_start(int64_t ms)
{
	return date_to_days(date_in_japan(ms)) * DAY_MS - JAPAN_MS;
}

/* 43 characters of the alphabet that form_key_new() uses. */
static bool is_form_key(const char *key)
{
	return key && strlen(key) == 43 &&
	       strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxy"
			   "z0123456789-_") == 43;
}

static struct keep keep_of(struct ctx *cx, const struct submission_new *s)
{
	struct keep k = { .person_id = DB_NULL,
			  .unit_id = s->unit_id,
			  .pairing_key = db_text(NULL),
			  .at_ms = s->at_ms ? s->at_ms : cx->now_ms,
			  .form_key = s->form_key };
	unsigned char *key;

	switch (s->mode) {
	case MODE_NAMED:
		k.person_id = s->person_id;
		break;
	case MODE_PAIRED:
		key = arena_alloc(&cx->arena, PAIRING_BYTES);
		key_of(cx, s->booking_id, s->person_id, key);
		k.pairing_key = db_bytes(key, PAIRING_BYTES);
		break;
	case MODE_UNLINKED:
		/* A tier in a small section, a time to the second or the key
		 * of the draft could each lead back to one person. */
		k.unit_id = DB_NULL;
		k.at_ms = day_start(k.at_ms);
		k.form_key = NULL;
		break;
	}
	if (!is_form_key(k.form_key))
		k.form_key = form_key_new(&cx->arena);
	return k;
}

static enum err add_open(struct ctx *cx, const struct answers *as,
			 int64_t submission_id)
{
	struct db_arg args[4 * 4];
	size_t i = 0;

	while (i < as->nopen) {
		const size_t n = as->nopen - i >= 4 ? 4 : 1;

		for (size_t r = 0; r < n; r++) {
			const struct open_answer *o = &as->open[i + r];

			args[4 * r] = db_i64(submission_id);
			args[4 * r + 1] = db_i64(o->item_no);
			args[4 * r + 2] = db_f64(o->number);
			args[4 * r + 3] = db_text(o->text);
		}
		TRY(db_exec(cx, n == 4 ? &open_4 : &open_1, args, 4 * n, NULL));
		i += n;
	}
	return OK;
}

/* The parameters of KEEP_SQL. */
#define KEEP_ARGS(cx, s, k)                                                   \
	db_i64((s)->collection_id), db_i64((k)->person_id), (k)->pairing_key, \
		db_i64((s)->tier_id), db_i64((k)->unit_id),                   \
		db_text(instant_to_db(&(cx)->arena, (k)->at_ms)),             \
		db_i64((s)->entered_by), db_text((k)->form_key),              \
		db_bytes((s)->answers->slots, (s)->answers->nslots)

struct addition {
	const struct submission_new *s;
	bool is_new;
};

static enum err add(struct ctx *cx, void *arg)
{
	struct addition *ad = arg;
	const struct submission_new *s = ad->s;
	const struct keep k = keep_of(cx, s);
	const struct db_arg where = db_i64(s->collection_id);
	const struct db_arg who = db_i64(s->person_id);
	const enum err e = db_exec(cx, &mark, ARGS(where, who), NULL);
	int64_t id;

	ad->is_new = e == OK;
	if (e == ERR_CONFLICT) {
		/* Answered before: the same receipt again. */
		ctx_forgive(cx);
		return OK;
	}
	TRY(e);
	TRY(db_insert(cx, &keep, ARGS(KEEP_ARGS(cx, s, &k)), &id));
	TRY(db_exec(cx, &undraft, ARGS(where, who), NULL));
	return add_open(cx, s->answers, id);
}

/* Without numbers and texts everything is known at once. */
static enum err add_at_once(struct ctx *cx, struct addition *ad)
{
	const struct submission_new *s = ad->s;
	const struct keep k = keep_of(cx, s);
	const struct db_arg where = db_i64(s->collection_id);
	const struct db_arg who = db_i64(s->person_id);
	const enum err e = db_transact_one(
		cx, &put, ARGS(where, who, KEEP_ARGS(cx, s, &k), where, who));

	ad->is_new = e == OK;
	if (e != ERR_CONFLICT)
		return e;
	/* Some key was taken; step by step it shows which. */
	ctx_forgive(cx);
	return db_transact(cx, add, ad);
}

enum err store_submission_add(struct ctx *cx, const struct submission_new *s,
			      bool *is_new)
{
	struct addition ad = { .s = s };
	bool takes = s->at_any_time;

	if (!takes)
		TRY(store_collection_takes(cx, s->collection_id, &takes));
	if (!takes)
		return FAIL(cx, ERR_CONFLICT,
			    "the collection takes no answers");
	if (s->answers->nopen || db_in_transaction(cx))
		TRY(db_transact(cx, add, &ad));
	else
		TRY(add_at_once(cx, &ad));
	*is_new = ad.is_new;
	return OK;
}

enum err store_submissions_own(struct ctx *cx, int64_t person_id,
			       const struct submission_own **rows, size_t *n)
{
	return db_all(cx, &own_list, ARGS(db_i64(person_id)), rows, n);
}

enum err store_submission_own(struct ctx *cx, int64_t person_id,
			      const struct submission_own *of,
			      struct answers *answers, bool *found)
{
	unsigned char key[PAIRING_BYTES];
	const struct open_row *open;
	struct slots_row row;

	key_of(cx, of->booking_id, person_id, key);
	TRY(db_maybe(cx, &own_slots,
		     ARGS(db_i64(of->collection_id), db_i64(person_id),
			  db_bytes(key, sizeof(key))),
		     &row, found));
	if (!*found)
		return OK;
	answers->nslots = row.slots.len;
	answers->slots =
		arena_memdup(&cx->arena, row.slots.data, row.slots.len);
	TRY(db_all(cx, &own_open, ARGS(db_i64(row.id)), &open,
		   &answers->nopen));
	answers->open =
		ARENA_ARRAY(&cx->arena, struct open_answer, answers->nopen);
	for (size_t i = 0; i < answers->nopen; i++)
		answers->open[i] =
			(struct open_answer){ (int)open[i].item_no,
					      open[i].number, open[i].text };
	return OK;
}

/* The row of db_each() under its own name. */
struct stream {
	enum err (*each)(struct ctx *cx, const struct submission_slots *row,
			 void *arg);
	void *arg;
};

static enum err pass_on(struct ctx *cx, const void *row, void *arg)
{
	const struct stream *stream = arg;

	return stream->each(cx, row, stream->arg);
}

enum err store_slots_each(struct ctx *cx, const int64_t *collection_ids,
			  size_t n,
			  enum err (*each)(struct ctx *cx,
					   const struct submission_slots *row,
					   void *arg),
			  void *arg)
{
	struct stream stream = { each, arg };

	for (size_t i = 0; i < n; i++)
		TRY(db_each(cx, &slots_of, ARGS(db_i64(collection_ids[i])),
			    pass_on, &stream));
	return OK;
}

const struct db_query *const store_submission_queries[] = {
	&mark,     &keep,     &undraft,   &put,      &open_1, &open_4,
	&own_list, &slots_of, &own_slots, &own_open, NULL,
};
