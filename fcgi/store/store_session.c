/* Reads of sessions; changes are in store_session_edit.c. */
#include "store/store_session.h"

#include "store/booking_sql.h"
#include "store/instant_sql.h"

#include <string.h>

/*
 * One SELECT list for every list of sessions. Parameters in order: viewer,
 * viewer; then what the WHERE needs. Places in the line are counted for the
 * viewer's own booking only.
 */
#define SESSION_COLUMNS                                                      \
	"s.id, s.course_id, s.version_id, c.code, v.title, v.title_en,"      \
	" v.form, v.minutes, s.fiscal_year, s.run_no, s.seats, s.booked,"    \
	" s.held,"                                                           \
	" (SELECT COUNT(*)"                                                  \
	" FROM booking w"                                                    \
	" WHERE w.session_id = s.id AND w.state = 'waiting'), (SELECT"       \
	" COUNT(*)"                                                          \
	" FROM booking w"                                                    \
	" WHERE w.session_id = s.id AND w.state = 'applied'), s.approval,"   \
	" s.state, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.apply_from)"   \
	" DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.apply_until)" \
	" DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"                \
	" s.cancel_until) DIV 1000, TIMESTAMPDIFF(MICROSECOND,"              \
	" '1970-01-01', s.starts_at) DIV 1000, TIMESTAMPDIFF(MICROSECOND,"   \
	" '1970-01-01', s.ends_at) DIV 1000, (SELECT COUNT(*)"               \
	" FROM meeting x"                                                    \
	" WHERE x.session_id = s.id), r.code, r.name, r.name_en, r.place,"   \
	" r.place_en, s.is_synthetic, b.id, b.state, IF(b.state ="           \
	" 'waiting', (SELECT COUNT(*) + 1"                                   \
	" FROM booking w"                                                    \
	" WHERE w.session_id = s.id AND w.state = 'waiting' AND w.queue_no"  \
	" < b.queue_no), NULL), t.person_id IS NOT NULL"

#define SESSION_TABLES                                                     \
	" FROM session s JOIN course c ON c.id = s.course_id"              \
	" JOIN course_version v ON v.id = s.version_id"                    \
	" LEFT JOIN meeting m ON m.session_id = s.id AND m.meeting_no = 1" \
	" LEFT JOIN room r ON r.id = m.room_id"                            \
	" LEFT JOIN booking b ON b.session_id = s.id AND b.person_id = ?"  \
	" LEFT JOIN session_trainer t ON t.session_id = s.id"              \
	"   AND t.person_id = ?"

#define ROW(f)   COL(struct session_row, f)
#define FACTS(f) COL(struct session_facts, f)

#define SESSION_COLS(C)                                                      \
	C(id), C(course_id), C(version_id), C(course_code), C(title),        \
		C(title_en), C(form), C(minutes), C(fiscal_year), C(run_no), \
		C(seats), C(booked), C(held), C(waiting), C(applied),        \
		C(approval), C(state), C(apply_from), C(apply_until),        \
		C(cancel_until), C(starts_at), C(ends_at), C(meetings),      \
		C(room_code), C(room_name), C(room_name_en), C(place),       \
		C(place_en), C(is_synthetic), C(my_booking_id), C(my_state), \
		C(my_place), C(teaches)

#define FACTS_ROW(f) FACTS(row.f)

static const struct db_query find = {
	.name = "session_find",
	.sql = "SELECT " SESSION_COLUMNS
	       ", s.note, s.attendance_code, COALESCE(b.wheelchair, 0),"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.allot_until)"
	       " DIV 1000, s.debrief_days, s.revision" SESSION_TABLES
	       " WHERE s.id = ? AND (s.state <> 'draft' OR ? = 2"
	       "  OR t.person_id IS NOT NULL)"
	       " AND (? <> 1 OR t.person_id IS NOT NULL)",
	.row_size = sizeof(struct session_facts),
	.cols = { SESSION_COLS(FACTS_ROW), FACTS(note), FACTS(attendance_code),
		  FACTS(wheelchair), FACTS(allot_until), FACTS(debrief_days),
		  FACTS(revision) },
	.ncols = 39,
	.remember = true,
};

static const struct db_query list = {
	.name = "session_list",
	.sql = "SELECT " SESSION_COLUMNS SESSION_TABLES
	       " WHERE (s.state <> 'draft' OR ? = 2"
	       "  OR t.person_id IS NOT NULL)"
	       " AND (? = 0 OR s.course_id = ?)"
	       " AND s.starts_at >= COALESCE(?, '1900-01-01')"
	       " AND s.starts_at < COALESCE(?, '9999-01-01')"
	       " AND (? = 0 OR b.state IN ('applied', 'waiting', 'booked'))"
	       " ORDER BY s.starts_at, s.id LIMIT 500",
	.row_size = sizeof(struct session_row),
	.cols = { SESSION_COLS(ROW) },
	.ncols = 33,
};

/* Starts at the trainer's own rows, not at every session. */
static const struct db_query taught = {
	.name = "session_taught",
	.sql = "SELECT " SESSION_COLUMNS SESSION_TABLES
	       " WHERE t.person_id IS NOT NULL AND s.id IN"
	       "  (SELECT session_id FROM session_trainer WHERE person_id = ?)"
	       " AND (? = 0 OR s.course_id = ?)"
	       " AND s.starts_at >= COALESCE(?, '1900-01-01')"
	       " AND s.starts_at < COALESCE(?, '9999-01-01')"
	       " ORDER BY s.starts_at, s.id LIMIT 500",
	.row_size = sizeof(struct session_row),
	.cols = { SESSION_COLS(ROW) },
	.ncols = 33,
	.remember = true,
};

static const struct db_query upcoming = {
	.name = "session_upcoming",
	.sql = "SELECT " SESSION_COLUMNS SESSION_TABLES
	       " WHERE s.course_id = ? AND s.state = 'open' AND s.ends_at > ?"
	       " ORDER BY s.starts_at, s.id LIMIT 100",
	.row_size = sizeof(struct session_row),
	.cols = { SESSION_COLS(ROW) },
	.ncols = 33,
	.remember = true,
};

static const struct db_query mine = {
	.name = "session_mine",
	.sql = "SELECT " SESSION_COLUMNS SESSION_TABLES
	       " WHERE s.id IN (SELECT o.session_id FROM booking o"
	       "  WHERE o.person_id = ?"
	       "  AND o.state IN ('applied', 'waiting', 'booked'))"
	       " AND s.state = 'open' AND s.ends_at > ?"
	       " ORDER BY s.starts_at, s.id LIMIT 100",
	.row_size = sizeof(struct session_row),
	.cols = { SESSION_COLS(ROW) },
	.ncols = 33,
	.remember = true,
};

static const struct db_query next_of_courses = {
	.name = "session_next",
	.sql = "SELECT course_id, id, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', starts_at) DIV 1000, seats, booked, waiting,"
	       " held FROM ( SELECT s.course_id, s.id, s.starts_at, s.seats,"
	       " s.booked, s.held, (SELECT COUNT(*)"
	       " FROM booking w"
	       " WHERE w.session_id = s.id AND w.state = 'waiting') AS"
	       " waiting, ROW_NUMBER() OVER (PARTITION BY s.course_id"
	       " ORDER BY s.booked + s.held >= s.seats, s.starts_at, s.id) AS "
	       "no"
	       " FROM session s"
	       " WHERE s.state = 'open' AND s.starts_at > ?) x"
	       " WHERE no = 1"
	       " ORDER BY starts_at",
	.row_size = sizeof(struct session_next),
	.cols = { COL(struct session_next, course_id),
		  COL(struct session_next, session_id),
		  COL(struct session_next, starts_at),
		  COL(struct session_next, seats),
		  COL(struct session_next, booked),
		  COL(struct session_next, waiting),
		  COL(struct session_next, held) },
	.ncols = 7,
};

static const struct db_query meetings_of = {
	.name = "session_meetings",
	.sql = "SELECT m.id, m.session_id, m.meeting_no,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.starts_at) DIV"
	       " 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.ends_at)"
	       " DIV 1000, m.room_id, r.code, r.name, r.name_en, r.place,"
	       " r.place_en, r.equipment, r.equipment_en, m.online_url"
	       " FROM meeting m LEFT JOIN room r ON r.id = m.room_id"
	       " WHERE m.session_id = ?"
	       " ORDER BY m.meeting_no",
	.row_size = sizeof(struct meeting_row),
	.cols = { COL(struct meeting_row, id),
		  COL(struct meeting_row, session_id),
		  COL(struct meeting_row, meeting_no),
		  COL(struct meeting_row, starts_at),
		  COL(struct meeting_row, ends_at),
		  COL(struct meeting_row, room_id),
		  COL(struct meeting_row, room_code),
		  COL(struct meeting_row, room_name),
		  COL(struct meeting_row, room_name_en),
		  COL(struct meeting_row, place),
		  COL(struct meeting_row, place_en),
		  COL(struct meeting_row, equipment),
		  COL(struct meeting_row, equipment_en),
		  COL(struct meeting_row, online_url) },
	.ncols = 14,
	.remember = true,
};

static const struct db_query trainers_of = {
	.name = "session_trainers",
	.sql = "SELECT p.id, CONCAT(p.family, ' ', p.given),"
	       " CONCAT(p.family_kana, ' ', p.given_kana), p.staff_number,"
	       " p.email"
	       " FROM session_trainer t JOIN person p ON p.id = t.person_id"
	       " WHERE t.session_id = ?"
	       " ORDER BY p.family_kana, p.given_kana, p.id",
	.row_size = sizeof(struct trainer_row),
	.cols = { COL(struct trainer_row, person_id),
		  COL(struct trainer_row, name), COL(struct trainer_row, kana),
		  COL(struct trainer_row, staff_number),
		  COL(struct trainer_row, email) },
	.ncols = 5,
	.remember = true,
};

static const struct db_query allotments_of = {
	.name = "session_allotments",
	.sql = "SELECT a.unit_id, u.code, u.name, u.name_en, a.seats, 0"
	       " FROM session_allotment a JOIN unit u ON u.id = a.unit_id"
	       " WHERE a.session_id = ? ORDER BY u.code",
	.row_size = sizeof(struct allotment_row),
	.cols = { COL(struct allotment_row, unit_id),
		  COL(struct allotment_row, unit_code),
		  COL(struct allotment_row, unit_name),
		  COL(struct allotment_row, unit_name_en),
		  COL(struct allotment_row, seats),
		  COL(struct allotment_row, booked) },
	.ncols = 6,
};

/*
 * session.held counts what is kept for all units; what is kept for the
 * viewer's own unit is free for the viewer. Rows may be remembered for others
 * to see, so they are copied before that is taken off.
 */
static enum err take_off_own(struct ctx *cx, int64_t person_id,
			     const struct session_row **rows, size_t n)
{
	struct session_row *own;
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= (*rows)[i].held > 0;
	if (!any)
		return OK;
	own = ARENA_ARRAY(&cx->arena, struct session_row, n);
	memcpy(own, *rows, n * sizeof(*own));
	*rows = own;
	return booking_allot_list(cx, person_id, own, n);
}

enum err store_session_find(struct ctx *cx, int64_t id,
			    const struct session_viewer *viewer,
			    struct session_facts *out)
{
	TRY(db_one(cx, &find,
		   ARGS(db_i64(viewer->person_id), db_i64(viewer->person_id),
			db_i64(id), db_i64(viewer->scope),
			db_i64(viewer->scope)),
		   out));
	return out->row.held ? booking_allot_seen(cx, id, viewer->person_id,
						  &out->row.held)
			     : OK;
}

enum err store_session_list(struct ctx *cx, const struct session_filter *filter,
			    const struct session_row **rows, size_t *n)
{
	const struct db_arg who = db_i64(filter->viewer.person_id),
			    from = db_instant(cx, filter->from_ms),
			    to = db_instant(cx, filter->to_ms);

	if (filter->viewer.scope == SESSION_TAUGHT)
		TRY(db_all(cx, &taught,
			   ARGS(who, who, who, db_i64(filter->course_id),
				db_i64(filter->course_id), from, to),
			   rows, n));
	else
		TRY(db_all(cx, &list,
			   ARGS(who, who, db_i64(filter->viewer.scope),
				db_i64(filter->course_id),
				db_i64(filter->course_id), from, to,
				db_i64(filter->mine_only)),
			   rows, n));
	return take_off_own(cx, filter->viewer.person_id, rows, *n);
}

enum err store_session_upcoming(struct ctx *cx, int64_t course_id,
				int64_t person_id,
				const struct session_row **rows, size_t *n)
{
	TRY(db_all(cx, &upcoming,
		   ARGS(db_i64(person_id), db_i64(person_id), db_i64(course_id),
			db_instant_to(cx, MINUTE_MS)),
		   rows, n));
	return take_off_own(cx, person_id, rows, *n);
}

enum err store_session_mine(struct ctx *cx, int64_t person_id,
			    const struct session_row **rows, size_t *n)
{
	TRY(db_all(cx, &mine,
		   ARGS(db_i64(person_id), db_i64(person_id), db_i64(person_id),
			db_instant_to(cx, MINUTE_MS)),
		   rows, n));
	return take_off_own(cx, person_id, rows, *n);
}

enum err store_session_next(struct ctx *cx, const struct session_next **rows,
			    size_t *n)
{
	return db_all(cx, &next_of_courses, ARGS(db_instant(cx, cx->now_ms)),
		      rows, n);
}

enum err store_session_meetings(struct ctx *cx, int64_t session_id,
				const struct meeting_row **rows, size_t *n)
{
	return db_all(cx, &meetings_of, ARGS(db_i64(session_id)), rows, n);
}

enum err store_session_trainers(struct ctx *cx, int64_t session_id,
				const struct trainer_row **rows, size_t *n)
{
	return db_all(cx, &trainers_of, ARGS(db_i64(session_id)), rows, n);
}

enum err store_session_allotments(struct ctx *cx, int64_t session_id,
				  const struct allotment_row **rows, size_t *n)
{
	struct booking_lock s = { .id = session_id, .allot_until = INT64_MAX };
	struct allotment_row *kept;

	/* The people of each as the rules count them. */
	TRY(db_all(cx, &allotments_of, ARGS(db_i64(session_id)), &kept, n));
	TRY(booking_allot_read(cx, &s));
	for (size_t i = 0; i < *n && i < s.nallotments; i++)
		kept[i].booked = s.allotments[i].booked;
	*rows = kept;
	return OK;
}

const struct db_query *const store_session_queries[] = {
	&find,        &list,        &taught,
	&upcoming,    &mine,        &next_of_courses,
	&meetings_of, &trainers_of, &allotments_of,
	NULL,
};
