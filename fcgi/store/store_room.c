#include "store/store_room.h"

#include "store/instant_sql.h"

struct number {
	int64_t n;
};

static const struct db_query all_rooms = {
	.name = "room_all",
	.sql = "SELECT id, code, name, name_en, place, place_en, seats,"
	       " equipment, equipment_en, is_inhouse FROM room"
	       " ORDER BY sort, code",
	.row_size = sizeof(struct room_row),
	.cols = { COL(struct room_row, id), COL(struct room_row, code),
		  COL(struct room_row, name), COL(struct room_row, name_en),
		  COL(struct room_row, place), COL(struct room_row, place_en),
		  COL(struct room_row, seats), COL(struct room_row, equipment),
		  COL(struct room_row, equipment_en),
		  COL(struct room_row, is_inhouse) },
	.ncols = 10,
};

static const struct db_query holds = {
	.name = "room_holds",
	.sql = "SELECT h.id, h.room_id, r.code, r.name, r.name_en,"
	       " r.seats, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
	       " h.starts_at) DIV 1000, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', h.ends_at) DIV 1000, h.note"
	       " FROM room_hold h JOIN room r ON r.id = h.room_id"
	       " WHERE h.released_at IS NULL AND h.starts_at < ? AND"
	       " h.ends_at > ?"
	       " ORDER BY h.starts_at, r.sort, r.code",
	.row_size = sizeof(struct hold_row),
	.cols = { COL(struct hold_row, id), COL(struct hold_row, room_id),
		  COL(struct hold_row, room_code),
		  COL(struct hold_row, room_name),
		  COL(struct hold_row, room_name_en),
		  COL(struct hold_row, room_seats),
		  COL(struct hold_row, starts_at),
		  COL(struct hold_row, ends_at), COL(struct hold_row, note) },
	.ncols = 9,
};

static const struct db_query uses = {
	.name = "room_uses",
	.sql = "SELECT m.id, m.session_id, m.meeting_no, m.room_id,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.starts_at) DIV"
	       " 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.ends_at)"
	       " DIV 1000, c.code, v.title, v.title_en, s.run_no, s.seats,"
	       " s.booked, s.state"
	       " FROM meeting m JOIN session s ON s.id = m.session_id"
	       " JOIN course c ON c.id = s.course_id"
	       " JOIN course_version v ON v.id = s.version_id"
	       " WHERE s.state <> 'cancelled' AND m.starts_at < ? AND"
	       " m.ends_at > ?"
	       " ORDER BY m.starts_at, m.id",
	.row_size = sizeof(struct room_use),
	.cols = { COL(struct room_use, meeting_id),
		  COL(struct room_use, session_id),
		  COL(struct room_use, meeting_no),
		  COL(struct room_use, room_id),
		  COL(struct room_use, starts_at),
		  COL(struct room_use, ends_at),
		  COL(struct room_use, course_code),
		  COL(struct room_use, title), COL(struct room_use, title_en),
		  COL(struct room_use, run_no), COL(struct room_use, seats),
		  COL(struct room_use, booked), COL(struct room_use, state) },
	.ncols = 13,
};

static const struct db_query lock_room = {
	.name = "room_lock",
	.sql = "SELECT id FROM room WHERE id = ? FOR UPDATE",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query touching = {
	.name = "room_hold_touching",
	.sql = "SELECT COUNT(*) FROM room_hold WHERE room_id = ?"
	       " AND released_at IS NULL AND starts_at < ? AND ends_at > ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query put_hold = {
	.name = "room_hold_put",
	.sql = "INSERT INTO room_hold (room_id, starts_at, ends_at, note)"
	       " VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
	       " ends_at = VALUES(ends_at), note = VALUES(note),"
	       " released_at = NULL",
};

static const struct db_query hold_there = {
	.name = "room_hold_there",
	.sql = "SELECT id FROM room_hold WHERE id = ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query release = {
	.name = "room_hold_release",
	.sql = "UPDATE room_hold SET released_at = ?"
	       " WHERE id = ? AND released_at IS NULL",
};

enum err store_room_all(struct ctx *cx, const struct room_row **rows, size_t *n)
{
	return db_all(cx, &all_rooms, NO_ARGS, rows, n);
}

enum err store_room_holds(struct ctx *cx, int64_t from_ms, int64_t to_ms,
			  const struct hold_row **rows, size_t *n)
{
	return db_all(cx, &holds,
		      ARGS(db_instant(cx, to_ms), db_instant(cx, from_ms)),
		      rows, n);
}

enum err store_room_uses(struct ctx *cx, int64_t from_ms, int64_t to_ms,
			 const struct room_use **rows, size_t *n)
{
	return db_all(cx, &uses,
		      ARGS(db_instant(cx, to_ms), db_instant(cx, from_ms)),
		      rows, n);
}

struct hold_args {
	int64_t room_id, starts_at, ends_at;
	const char *note;
};

/* The room's row is locked, so no two holds of it are checked at once. */
static enum err run_hold(struct ctx *cx, void *arg)
{
	const struct hold_args *h = arg;
	struct number room, others;
	bool found;

	TRY(db_maybe(cx, &lock_room, ARGS(db_i64(h->room_id)), &room, &found));
	if (!found)
		return FAIL(cx, ERR_BAD_REQUEST, "no such room");
	TRY(db_one(cx, &touching,
		   ARGS(db_i64(h->room_id), db_instant(cx, h->ends_at),
			db_instant(cx, h->starts_at)),
		   &others));
	if (others.n > 0)
		return FAIL(cx, ERR_CONFLICT, "room is held then already");
	return db_exec(cx, &put_hold,
		       ARGS(db_i64(h->room_id), db_instant(cx, h->starts_at),
			    db_instant(cx, h->ends_at), db_text(h->note)),
		       NULL);
}

enum err store_room_hold_add(struct ctx *cx, int64_t room_id, int64_t starts_at,
			     int64_t ends_at, const char *note)
{
	struct hold_args args = { room_id, starts_at, ends_at, note };

	if (ends_at <= starts_at)
		return FAIL(cx, ERR_BAD_REQUEST, "a hold ends after it starts");
	return db_transact(cx, run_hold, &args);
}

enum err store_room_hold_release(struct ctx *cx, int64_t hold_id)
{
	struct number number;

	TRY(db_one(cx, &hold_there, ARGS(db_i64(hold_id)), &number));
	return db_exec(cx, &release,
		       ARGS(db_instant(cx, cx->now_ms), db_i64(hold_id)), NULL);
}

const struct db_query *const store_room_queries[] = {
	&all_rooms, &holds,      &uses,    &lock_room, &touching,
	&put_hold,  &hold_there, &release, NULL,
};
