#include "store/store_demo.h"

struct id_row {
	int64_t id;
};

static const struct db_query people_count = {
	.name = "demo_people_count",
	.sql = "SELECT COUNT(*) FROM person",
	.row_size = sizeof(struct id_row),
	.cols = { COL(struct id_row, id) },
	.ncols = 1,
};

static const struct db_query tier_id = {
	.name = "demo_tier_id",
	.sql = "SELECT id FROM tier WHERE code = ?"
	       " ORDER BY scheme_id DESC LIMIT 1",
	.row_size = sizeof(struct id_row),
	.cols = { COL(struct id_row, id) },
	.ncols = 1,
};

static const struct db_query courses = {
	.name = "demo_courses",
	.sql = "SELECT c.id, v.id, c.code, v.minutes, v.meetings, v.seats,"
	       " v.approval, v.form,"
	       " (SELECT GROUP_CONCAT(t.tier_code) FROM course_tier t"
	       "   WHERE t.version_id = v.id AND t.demand = 'required'),"
	       " (SELECT GROUP_CONCAT(t.tier_code) FROM course_tier t"
	       "   WHERE t.version_id = v.id AND t.demand <> 'required')"
	       " FROM course c JOIN course_version v ON v.id = c.version_id"
	       " WHERE NOT c.is_retired ORDER BY v.sort, c.code",
	.row_size = sizeof(struct demo_course_row),
	.cols = { COL(struct demo_course_row, course_id),
		  COL(struct demo_course_row, version_id),
		  COL(struct demo_course_row, code),
		  COL(struct demo_course_row, minutes),
		  COL(struct demo_course_row, meetings),
		  COL(struct demo_course_row, seats),
		  COL(struct demo_course_row, approval),
		  COL(struct demo_course_row, form),
		  COL(struct demo_course_row, required),
		  COL(struct demo_course_row, welcome) },
	.ncols = 10,
};

static const struct db_query holds = {
	.name = "demo_holds",
	.sql = "SELECT h.room_id, h.starts_at, h.ends_at, r.seats"
	       " FROM room_hold h JOIN room r ON r.id = h.room_id"
	       " WHERE h.released_at IS NULL ORDER BY r.sort, r.code, "
	       "h.starts_at",
	.row_size = sizeof(struct demo_hold_row),
	.cols = { COL(struct demo_hold_row, room_id),
		  COL(struct demo_hold_row, starts_at),
		  COL(struct demo_hold_row, ends_at),
		  COL(struct demo_hold_row, seats) },
	.ncols = 4,
};

static const struct db_query unit_add = {
	.name = "demo_unit_add",
	.sql = "INSERT INTO unit (code, kind, name, name_en,"
	       " parent_id, sort, valid_from, is_synthetic) VALUES (?,"
	       " ?, ?, ?, ?, ?, ?, TRUE)",
};

static const struct db_query person_add = {
	.name = "demo_person_add",
	.sql = "INSERT INTO person (staff_number, family, given,"
	       " family_kana, given_kana, email, terminal, search_key,"
	       " is_external, is_synthetic) VALUES (?, ?, ?, ?, ?, ?,"
	       " ?, ?, ?, TRUE)",
};

static const struct db_query posting_add = {
	.name = "demo_posting_add",
	.sql = "INSERT INTO posting (person_id, unit_id, tier_id,"
	       " post, is_head, valid_from) VALUES (?, ?, ?, ?, ?, ?)",
};

static const struct db_query account_add = {
	.name = "demo_account_add",
	.sql = "INSERT INTO account (person_id, password_hash,"
	       " must_set) VALUES (?, ?, FALSE)",
};

static const struct db_query role_add = {
	.name = "demo_role_add",
	.sql = "INSERT INTO person_role (person_id, role, granted_at)"
	       " VALUES (?, ?, ?)",
};

static const struct db_query session_add = {
	.name = "demo_session_add",
	.sql = "INSERT INTO session (course_id, version_id,"
	       " fiscal_year, run_no, seats, approval, state,"
	       " starts_at, ends_at, is_synthetic) VALUES (?, ?, ?, ?,"
	       " ?, ?, ?, ?, ?, TRUE)",
};

static const struct db_query meeting_add = {
	.name = "demo_meeting_add",
	.sql = "INSERT INTO meeting (session_id, meeting_no,"
	       " starts_at, ends_at, room_id) VALUES (?, ?, ?, ?, ?)",
};

static const struct db_query trainer_add = {
	.name = "demo_trainer_add",
	.sql = "INSERT INTO session_trainer (session_id, person_id)"
	       " VALUES (?, ?)",
};

static const struct db_query booking_add = {
	.name = "demo_booking_add",
	.sql = "INSERT INTO booking (session_id, person_id, way,"
	       " state, queue_no, unit_id, tier_id, changed_at) VALUES"
	       " (?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query event_add = {
	.name = "demo_event_add",
	.sql = "INSERT INTO booking_event (booking_id, at, actor_id,"
	       " from_state, to_state) VALUES (?, ?, ?, ?, ?)",
};

static const struct db_query attendance_add = {
	.name = "demo_attendance_add",
	.sql = "INSERT INTO attendance (booking_id, meeting_id,"
	       " minutes, way, marked_at) VALUES (?, ?, ?, 'tap', ?)",
};

static const struct db_query counts_set = {
	.name = "demo_counts_set",
	.sql = "UPDATE session s SET booked = (SELECT COUNT(*) FROM"
	       " booking b WHERE b.session_id = s.id AND b.state ="
	       " 'booked'), next_queue_no = 1 + COALESCE((SELECT"
	       " MAX(b.queue_no) FROM booking b WHERE b.session_id ="
	       " s.id), 0)",
};

static const struct db_query recent_places = {
	.name = "demo_recent_places",
	.sql = "SELECT b.id, b.session_id, b.person_id FROM booking b"
	       " JOIN session s ON s.id = b.session_id AND s.state = 'held'"
	       " WHERE b.unit_id = ? AND b.person_id <> ?"
	       " AND b.state = 'booked' AND s.ends_at > ?"
	       " AND EXISTS (SELECT 1 FROM attendance a"
	       "  WHERE a.booking_id = b.id AND a.minutes > 0)"
	       " ORDER BY s.starts_at, b.id",
	.row_size = sizeof(struct demo_place_row),
	.cols = { COL(struct demo_place_row, booking_id),
		  COL(struct demo_place_row, session_id),
		  COL(struct demo_place_row, person_id) },
	.ncols = 3,
};

static const struct db_query ask_debrief = {
	.name = "demo_ask_debrief",
	.sql = "UPDATE session SET debrief_days = ? WHERE id = ?",
};

static const struct db_query allot = {
	.name = "demo_allot",
	.sql = "INSERT INTO session_allotment (session_id, unit_id, seats)"
	       " SELECT ?, parent_id, ? FROM unit WHERE id = ?",
};

static const struct db_query allot_until = {
	.name = "demo_allot_until",
	.sql = "UPDATE session s JOIN session_allotment a"
	       " ON a.session_id = s.id SET s.allot_until = ?,"
	       " s.held = GREATEST(0, a.seats - (SELECT COUNT(*)"
	       "  FROM booking b JOIN unit u ON u.id = b.unit_id"
	       "  WHERE b.session_id = s.id AND b.state = 'booked'"
	       "  AND a.unit_id IN (u.id, u.parent_id))) WHERE s.id = ?",
};

static const struct db_query courses_published = {
	.name = "demo_courses_published",
	.sql = "UPDATE course_version SET published_at = ?",
};

static const struct db_query surveys_published = {
	.name = "demo_surveys_published",
	.sql = "UPDATE survey_version SET published_at = ?",
};

static const struct db_query setting_set = {
	.name = "demo_setting_set",
	.sql = "INSERT INTO setting (name, value, is_default) VALUES"
	       " (?, ?, TRUE) ON DUPLICATE KEY UPDATE value ="
	       " VALUES(value)",
};

const struct db_query *const store_demo_queries[] = {
	&people_count, &tier_id,     &courses,           &holds,
	&unit_add,     &person_add,  &posting_add,       &account_add,
	&role_add,     &session_add, &meeting_add,       &trainer_add,
	&booking_add,  &event_add,   &attendance_add,

	&counts_set,   &setting_set, &recent_places,     &ask_debrief,
	&allot,        &allot_until, &courses_published, &surveys_published,
	NULL,
};

enum err store_demo_recent_places(struct ctx *cx, int64_t unit_id,
				  int64_t head_id, const char *since,
				  struct demo_place_row **rows, size_t *n)
{
	return db_all(cx, &recent_places,
		      ARGS(db_i64(unit_id), db_i64(head_id), db_text(since)),
		      rows, n);
}

enum err store_demo_ask_debrief(struct ctx *cx, int64_t session_id,
				int64_t days)
{
	return db_exec(cx, &ask_debrief, ARGS(db_i64(days), db_i64(session_id)),
		       NULL);
}

enum err store_demo_keep_seats(struct ctx *cx, int64_t session_id,
			       int64_t unit_id, int64_t seats,
			       const char *until)
{
	TRY(db_exec(cx, &allot,
		    ARGS(db_i64(session_id), db_i64(seats), db_i64(unit_id)),
		    NULL));
	return db_exec(cx, &allot_until,
		       ARGS(db_text(until), db_i64(session_id)), NULL);
}

enum err store_demo_published_set(struct ctx *cx, const char *at)
{
	TRY(db_exec(cx, &courses_published, ARGS(db_text(at)), NULL));
	return db_exec(cx, &surveys_published, ARGS(db_text(at)), NULL);
}

enum err store_demo_people_count(struct ctx *cx, int64_t *n)
{
	struct id_row row = { 0 };

	TRY(db_one(cx, &people_count, NO_ARGS, &row));
	*n = row.id;
	return OK;
}

enum err store_demo_tier_id(struct ctx *cx, const char *code, int64_t *id)
{
	struct id_row row = { 0 };

	TRY(db_one(cx, &tier_id, ARGS(db_text(code)), &row));
	*id = row.id;
	return OK;
}

enum err store_demo_courses(struct ctx *cx, struct demo_course_row **rows,
			    size_t *n)
{
	return db_all(cx, &courses, NO_ARGS, rows, n);
}

enum err store_demo_holds(struct ctx *cx, struct demo_hold_row **rows,
			  size_t *n)
{
	return db_all(cx, &holds, NO_ARGS, rows, n);
}

enum err store_demo_unit_add(struct ctx *cx, const struct demo_unit_row *row,
			     int64_t *id)
{
	return db_insert(cx, &unit_add,
			 ARGS(db_text(row->code), db_text(row->kind),
			      db_text(row->name), db_text(row->name_en),
			      db_i64(row->parent_id), db_i64(row->sort),
			      db_text(row->valid_from)),
			 id);
}

enum err store_demo_person_add(struct ctx *cx,
			       const struct demo_person_row *row, int64_t *id)
{
	TRY(db_insert(cx, &person_add,
		      ARGS(db_text(row->staff_number), db_text(row->family),
			   db_text(row->given), db_text(row->family_kana),
			   db_text(row->given_kana), db_text(row->email),
			   db_text(row->terminal), db_text(row->search_key),
			   db_i64(row->is_external)),
		      id));
	if (row->unit_id)
		TRY(db_exec(cx, &posting_add,
			    ARGS(db_i64(*id), db_i64(row->unit_id),
				 db_i64(row->tier_id), db_text(row->post),
				 db_i64(row->is_head),
				 db_text(row->valid_from)),
			    NULL));
	return db_exec(cx, &account_add,
		       ARGS(db_i64(*id), db_text(row->password_hash)), NULL);
}

enum err store_demo_role_add(struct ctx *cx, int64_t person_id,
			     const char *role, const char *at)
{
	return db_exec(cx, &role_add,
		       ARGS(db_i64(person_id), db_text(role), db_text(at)),
		       NULL);
}

enum err store_demo_session_add(struct ctx *cx,
				const struct demo_session_row *row, int64_t *id)
{
	return db_insert(cx, &session_add,
			 ARGS(db_i64(row->course_id), db_i64(row->version_id),
			      db_i64(row->fiscal_year), db_i64(row->run_no),
			      db_i64(row->seats), db_text(row->approval),
			      db_text(row->state), db_text(row->starts_at),
			      db_text(row->ends_at)),
			 id);
}

enum err store_demo_meeting_add(struct ctx *cx, int64_t session_id,
				int64_t meeting_no,
				const struct demo_hold_row *slot, int64_t *id)
{
	return db_insert(cx, &meeting_add,
			 ARGS(db_i64(session_id), db_i64(meeting_no),
			      db_text(slot->starts_at), db_text(slot->ends_at),
			      db_i64(slot->room_id)),
			 id);
}

enum err store_demo_trainer_add(struct ctx *cx, int64_t session_id,
				int64_t person_id)
{
	return db_exec(cx, &trainer_add,
		       ARGS(db_i64(session_id), db_i64(person_id)), NULL);
}

/* The history of a booking: applied for, then what became of it. */
enum err store_demo_booking_add(struct ctx *cx,
				const struct demo_booking_row *row, int64_t *id)
{
	TRY(db_insert(cx, &booking_add,
		      ARGS(db_i64(row->session_id), db_i64(row->person_id),
			   db_text(row->way), db_text(row->state),
			   db_i64(row->queue_no), db_i64(row->unit_id),
			   db_i64(row->tier_id), db_text(row->changed_at)),
		      id));
	TRY(db_exec(cx, &event_add,
		    ARGS(db_i64(*id), db_text(row->applied_at),
			 db_i64(row->person_id), db_text(NULL),
			 db_text(row->first_state)),
		    NULL));
	if (row->first_state == row->state)
		return OK;
	return db_exec(cx, &event_add,
		       ARGS(db_i64(*id), db_text(row->changed_at),
			    db_i64(row->person_id), db_text(row->first_state),
			    db_text(row->state)),
		       NULL);
}

enum err store_demo_attendance_add(struct ctx *cx, int64_t booking_id,
				   int64_t meeting_id, int64_t minutes,
				   const char *at)
{
	return db_exec(cx, &attendance_add,
		       ARGS(db_i64(booking_id), db_i64(meeting_id),
			    db_i64(minutes), db_text(at)),
		       NULL);
}

enum err store_demo_counts_set(struct ctx *cx)
{
	return db_exec(cx, &counts_set, NO_ARGS, NULL);
}

enum err store_demo_setting_set(struct ctx *cx, const char *name,
				const char *value)
{
	return db_exec(cx, &setting_set, ARGS(db_text(name), db_text(value)),
		       NULL);
}
