/*
 * store_code.c: the manual is store_code.h.
 */
#include "store/store_code.h"

#include "base/clock.h"
#include "store/store_audit.h"

#include <inttypes.h>

#define SAMPLE_COLS                                   \
	.row_size = sizeof(struct code_sample),       \
	.cols = { COL(struct code_sample, id),        \
		  COL(struct code_sample, scope),     \
		  COL(struct code_sample, scope_id),  \
		  COL(struct code_sample, book),      \
		  COL(struct code_sample, codes),     \
		  COL(struct code_sample, seed),      \
		  COL(struct code_sample, generator), \
		  COL(struct code_sample, people),    \
		  COL(struct code_sample, size) },    \
	.ncols = 9
#define SAMPLE_SELECT                                                \
	"SELECT s.id, s.scope, s.scope_id, s.book, s.codes, s.seed," \
	" s.generator, s.people, s.size FROM code_sample s"

static const struct db_query code_find = {
	.name = "code_find",
	.sql = SAMPLE_SELECT
	" WHERE s.scope = ? AND s.scope_id = ? AND s.book = ?",
	SAMPLE_COLS,
};

static const struct db_query code_checked = {
	.name = "code_checked",
	.sql = SAMPLE_SELECT
	" WHERE s.book = ? AND (SELECT COUNT(*) FROM code_reader r"
	"  WHERE r.sample_id = s.id AND r.finished_at IS NOT NULL) >= 2"
	" ORDER BY s.id DESC LIMIT 1",
	SAMPLE_COLS,
};

struct stamp_row {
	int64_t finished;
};

static const struct db_query code_stamp = {
	.name = "code_stamp",
	.sql = "SELECT COUNT(finished_at) FROM code_reader",
	.row_size = sizeof(struct stamp_row),
	.cols = { COL(struct stamp_row, finished) },
	.ncols = 1,
	.remember = true,
};

static const struct db_query code_comments = {
	.name = "code_comments",
	.sql = "SELECT place, question, text, rules FROM code_sample_comment"
	       " WHERE sample_id = ? ORDER BY place",
	.row_size = sizeof(struct code_comment),
	.cols = { COL(struct code_comment, place),
		  COL(struct code_comment, question),
		  COL(struct code_comment, text),
		  COL(struct code_comment, rules) },
	.ncols = 4,
};

static const struct db_query code_readers = {
	.name = "code_readers",
	.sql = "SELECT r.person_id, p.family, p.given,"
	       " (SELECT COUNT(*) FROM code_reading x WHERE x.sample_id ="
	       "  r.sample_id AND x.person_id = r.person_id),"
	       " r.finished_at IS NOT NULL FROM code_reader r"
	       " JOIN person p ON p.id = r.person_id WHERE r.sample_id = ?"
	       " ORDER BY r.finished_at IS NULL, r.finished_at, r.person_id",
	.row_size = sizeof(struct code_reader),
	.cols = { COL(struct code_reader, person_id),
		  COL(struct code_reader, family),
		  COL(struct code_reader, given),
		  COL(struct code_reader, comments),
		  COL(struct code_reader, finished) },
	.ncols = 5,
};

static const struct db_query code_readings = {
	.name = "code_readings",
	.sql = "SELECT place, codes FROM code_reading WHERE sample_id = ?"
	       " AND person_id = ? ORDER BY place",
	.row_size = sizeof(struct code_reading),
	.cols = { COL(struct code_reading, place),
		  COL(struct code_reading, codes) },
	.ncols = 2,
};

static const struct db_query code_add_sample = {
	.name = "code_add_sample",
	.sql = "INSERT IGNORE INTO code_sample (scope, scope_id, book, codes,"
	       " seed, generator, people, size, drawn_by, drawn_at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query code_add_comment = {
	.name = "code_add_comment",
	.sql = "INSERT INTO code_sample_comment (sample_id, place, question,"
	       " text, rules) VALUES (?, ?, ?, ?, ?)",
};

static const struct db_query code_add_reader = {
	.name = "code_add_reader",
	.sql = "INSERT IGNORE INTO code_reader (sample_id, person_id)"
	       " VALUES (?, ?)",
};

struct reader_row {
	int64_t finished, comments;
};

/* Held, so that nothing is ticked while it is finished. */
static const struct db_query code_reader_of = {
	.name = "code_reader_of",
	.sql = "SELECT r.finished_at IS NOT NULL, (SELECT COUNT(*)"
	       " FROM code_reading x WHERE x.sample_id = r.sample_id"
	       " AND x.person_id = r.person_id) FROM code_reader r"
	       " WHERE r.sample_id = ? AND r.person_id = ? FOR UPDATE",
	.row_size = sizeof(struct reader_row),
	.cols = { COL(struct reader_row, finished),
		  COL(struct reader_row, comments) },
	.ncols = 2,
};

static const struct db_query code_put_reading = {
	.name = "code_put_reading",
	.sql = "INSERT INTO code_reading (sample_id, person_id, place, codes)"
	       " VALUES (?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE codes = VALUES(codes)",
};

static const struct db_query code_end_reading = {
	.name = "code_end_reading",
	.sql = "UPDATE code_reader SET finished_at = ?"
	       " WHERE sample_id = ? AND person_id = ?",
};

const struct db_query *const store_code_queries[] = {
	&code_find,
	&code_checked,
	&code_stamp,
	&code_comments,
	&code_readers,
	&code_readings,
	&code_add_sample,
	&code_add_comment,
	&code_add_reader,
	&code_reader_of,
	&code_put_reading,
	&code_end_reading,
	NULL,
};

enum err store_code_find(struct ctx *cx, const char *scope, int64_t scope_id,
			 const char *book, struct code_sample *s, bool *found)
{
	return db_maybe(cx, &code_find,
			ARGS(db_text(scope), db_i64(scope_id), db_text(book)),
			s, found);
}

enum err store_code_checked(struct ctx *cx, const char *book,
			    struct code_sample *s, bool *found)
{
	return db_maybe(cx, &code_checked, ARGS(db_text(book)), s, found);
}

enum err store_code_stamp(struct ctx *cx, int64_t *finished)
{
	struct stamp_row row;

	TRY(db_one(cx, &code_stamp, NO_ARGS, &row));
	*finished = row.finished;
	return OK;
}

enum err store_code_comments(struct ctx *cx, int64_t sample_id,
			     const struct code_comment **rows, size_t *n)
{
	return db_all(cx, &code_comments, ARGS(db_i64(sample_id)), rows, n);
}

enum err store_code_readers(struct ctx *cx, int64_t sample_id,
			    const struct code_reader **rows, size_t *n)
{
	return db_all(cx, &code_readers, ARGS(db_i64(sample_id)), rows, n);
}

enum err store_code_readings(struct ctx *cx, int64_t sample_id,
			     int64_t person_id,
			     const struct code_reading **rows, size_t *n)
{
	return db_all(cx, &code_readings,
		      ARGS(db_i64(sample_id), db_i64(person_id)), rows, n);
}

/* What one of the changes below works on. */
struct change {
	const struct code_sample *s;
	const struct code_comment *comments;
	const struct code_actor *by;
	const struct code_reading *reading;
};

static enum err audit(struct ctx *cx, const struct change *c,
		      const char *action)
{
	const struct audit row = {
		.person_id = c->by->person_id,
		.address = c->by->address,
		.action = action,
		.object = arena_printf(&cx->arena, "%s:%" PRId64, c->s->scope,
				       c->s->scope_id),
	};

	return store_audit_add(cx, &row);
}

static enum err draw(struct ctx *cx, void *arg)
{
	const struct change *c = arg;
	const struct code_sample *s = c->s;
	struct code_sample kept;
	int64_t added;
	bool found;

	TRY(db_exec(cx, &code_add_sample,
		    ARGS(db_text(s->scope), db_i64(s->scope_id),
			 db_text(s->book), db_text(s->codes), db_i64(s->seed),
			 db_text(s->generator), db_i64(s->people),
			 db_i64(s->size), db_i64(c->by->person_id),
			 db_text(instant_to_db(&cx->arena, cx->now_ms))),
		    &added));
	if (!added)
		return OK;
	TRY(store_code_find(cx, s->scope, s->scope_id, s->book, &kept, &found));
	for (int64_t i = 0; i < s->size; i++) {
		const struct code_comment *one = &c->comments[i];

		TRY(db_exec(cx, &code_add_comment,
			    ARGS(db_i64(kept.id), db_i64(one->place),
				 db_text(one->question), db_text(one->text),
				 db_text(one->rules)),
			    NULL));
	}
	return audit(cx, c, "comment.sample");
}

static enum err read_one(struct ctx *cx, void *arg)
{
	const struct change *c = arg;
	struct reader_row row;
	int64_t added;

	TRY(db_exec(cx, &code_add_reader,
		    ARGS(db_i64(c->s->id), db_i64(c->by->person_id)), &added));
	if (added)
		TRY(audit(cx, c, "comment.read"));
	TRY(db_one(cx, &code_reader_of,
		   ARGS(db_i64(c->s->id), db_i64(c->by->person_id)), &row));
	if (row.finished)
		return FAIL(cx, ERR_CONFLICT, "the reading is finished");
	return db_exec(cx, &code_put_reading,
		       ARGS(db_i64(c->s->id), db_i64(c->by->person_id),
			    db_i64(c->reading->place),
			    db_text(c->reading->codes)),
		       NULL);
}

static enum err finish(struct ctx *cx, void *arg)
{
	const struct change *c = arg;
	struct reader_row row;
	bool found;

	TRY(db_maybe(cx, &code_reader_of,
		     ARGS(db_i64(c->s->id), db_i64(c->by->person_id)), &row,
		     &found));
	if (!found || row.comments < c->s->size)
		return FAIL(cx, ERR_CONFLICT, "some are not read yet");
	if (row.finished)
		return OK;
	TRY(db_exec(cx, &code_end_reading,
		    ARGS(db_text(instant_to_db(&cx->arena, cx->now_ms)),
			 db_i64(c->s->id), db_i64(c->by->person_id)),
		    NULL));
	return audit(cx, c, "comment.sorted");
}

enum err store_code_draw(struct ctx *cx, const struct code_sample *s,
			 const struct code_comment *comments,
			 const struct code_actor *by)
{
	struct change c = { .s = s, .comments = comments, .by = by };

	return db_transact(cx, draw, &c);
}

enum err store_code_read(struct ctx *cx, const struct code_sample *s,
			 const struct code_actor *by,
			 const struct code_reading *reading)
{
	struct change c = { .s = s, .by = by, .reading = reading };

	return db_transact(cx, read_one, &c);
}

enum err store_code_finish(struct ctx *cx, const struct code_sample *s,
			   const struct code_actor *by)
{
	struct change c = { .s = s, .by = by };

	return db_transact(cx, finish, &c);
}
