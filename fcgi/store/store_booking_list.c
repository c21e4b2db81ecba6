/*
 * store_booking_list.c: reads of bookings: rosters, histories, a head's
 * applications. Each list is one statement.
 */
#include "base/date.h"
#include "store/booking_sql.h"
#include "store/instant_sql.h"
#include "store/store_booking.h"

#define ROSTER_SELECT                                                       \
	"SELECT b.id, b.session_id, b.person_id, p.staff_number,"           \
	" CONCAT(p.family, ' ', p.given), CONCAT(p.family_kana, ' ',"       \
	" p.given_kana), p.email, p.terminal, u.code, u.name, u.name_en,"   \
	" d.name, d.name_en,"                                               \
	" t.name, t.name_en, b.way, b.state, b.queue_no, b.wheelchair,"     \
	" TIMESTAMPDIFF(MICROSECOND, '1970-01-01', b.changed_at) DIV 1000," \
	" a.minutes, COALESCE(a.marked, 0)"                                 \
	" FROM booking b JOIN person p ON p.id = b.person_id"               \
	" LEFT JOIN unit u ON u.id = b.unit_id"                             \
	" LEFT JOIN unit d ON d.id = u.parent_id"                           \
	" LEFT JOIN tier t ON t.id = b.tier_id"                             \
	" LEFT JOIN (SELECT at.booking_id, SUM(at.minutes) AS minutes,"     \
	" COUNT(*) AS marked"                                               \
	" FROM booking ab JOIN attendance at ON at.booking_id = ab.id"      \
	" WHERE ab.session_id = ?"                                          \
	" GROUP BY at.booking_id) a ON a.booking_id = b.id"                 \
	" WHERE b.session_id = ?"

#define ROSTER_COLS                                           \
	.row_size = sizeof(struct booking_row),               \
	.cols = { COL(struct booking_row, id),                \
		  COL(struct booking_row, session_id),        \
		  COL(struct booking_row, person_id),         \
		  COL(struct booking_row, staff_number),      \
		  COL(struct booking_row, name),              \
		  COL(struct booking_row, kana),              \
		  COL(struct booking_row, email),             \
		  COL(struct booking_row, terminal),          \
		  COL(struct booking_row, unit_code),         \
		  COL(struct booking_row, unit_name),         \
		  COL(struct booking_row, unit_name_en),      \
		  COL(struct booking_row, department),        \
		  COL(struct booking_row, department_en),     \
		  COL(struct booking_row, tier_name),         \
		  COL(struct booking_row, tier_name_en),      \
		  COL(struct booking_row, way),               \
		  COL(struct booking_row, state),             \
		  COL(struct booking_row, queue_no),          \
		  COL(struct booking_row, wheelchair),        \
		  COL(struct booking_row, changed_at),        \
		  COL(struct booking_row, minutes_present),   \
		  COL(struct booking_row, meetings_marked) }, \
	.ncols = 22

static const struct db_query list_booked = {
	.name = "booking_list_booked",
	.sql = ROSTER_SELECT " AND b.state = 'booked'"
			     " ORDER BY p.family_kana, p.given_kana, p.id",
	ROSTER_COLS,
};

static const struct db_query list_line = {
	.name = "booking_list_line",
	.sql = ROSTER_SELECT " AND b.state IN ('waiting', 'applied')"
			     " ORDER BY FIELD(b.state, 'waiting', 'applied'),"
			     " b.queue_no",
	ROSTER_COLS,
};

static const struct db_query list_all = {
	.name = "booking_list_all",
	.sql = ROSTER_SELECT " ORDER BY b.queue_no",
	ROSTER_COLS,
};

static const struct db_query events_of = {
	.name = "booking_events_of",
	.sql = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', e.at) DIV"
	       " 1000, CONCAT(a.family, ' ', a.given), CONCAT(p.family, '"
	       " ', p.given), e.from_state, e.to_state, e.reason"
	       " FROM booking b"
	       " JOIN booking_event e ON e.booking_id = b.id"
	       " JOIN person p ON p.id = b.person_id"
	       " LEFT JOIN person a ON a.id = e.actor_id"
	       " WHERE b.session_id = ? AND (b.id = ? OR ? = 0)"
	       " ORDER BY e.id DESC LIMIT 1000",
	.row_size = sizeof(struct booking_event_row),
	.cols = { COL(struct booking_event_row, at),
		  COL(struct booking_event_row, actor_name),
		  COL(struct booking_event_row, person_name),
		  COL(struct booking_event_row, from_state),
		  COL(struct booking_event_row, to_state),
		  COL(struct booking_event_row, reason) },
	.ncols = 6,
};

/* The units a head answers for today. Parameters: head, day, day. */
#define OWN_UNITS                                                     \
	" JOIN (SELECT DISTINCT h.unit_id FROM posting h"             \
	"  WHERE h.person_id = ? AND h.is_head AND h.valid_from <= ?" \
	"  AND (h.valid_to IS NULL OR h.valid_to >= ?)) own"          \
	"  ON own.unit_id = b.unit_id"

#define APPLICATION_SELECT                                                   \
	"SELECT b.id, b.session_id, b.person_id, CONCAT(p.family, ' ',"      \
	" p.given), CONCAT(p.family_kana, ' ', p.given_kana), u.name,"       \
	" u.name_en,"                                                        \
	" (SELECT po.post"                                                   \
	" FROM posting po"                                                   \
	" WHERE po.person_id = p.id AND po.unit_id = b.unit_id"              \
	" ORDER BY po.valid_from DESC LIMIT 1), c.code, v.title,"            \
	" v.title_en, s.run_no, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"    \
	" s.starts_at) DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"   \
	" s.ends_at) DIV 1000, s.seats, s.booked, s.held, (SELECT COUNT(*)"  \
	" FROM booking w"                                                    \
	" WHERE w.session_id = s.id AND w.state = 'waiting'), b.state,"      \
	" b.way, (SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"           \
	" MIN(e.at)) DIV 1000"                                               \
	" FROM booking_event e"                                              \
	" WHERE e.booking_id = b.id), TIMESTAMPDIFF(MICROSECOND,"            \
	" '1970-01-01', b.changed_at) DIV 1000, (SELECT COUNT(DISTINCT"      \
	" o.person_id)"                                                      \
	" FROM booking o JOIN session os ON os.id = o.session_id"            \
	" WHERE o.unit_id = b.unit_id AND o.state = 'booked' AND"            \
	" o.person_id <> b.person_id AND DATE(os.starts_at + INTERVAL 9"     \
	" HOUR) = DATE(s.starts_at + INTERVAL 9 HOUR))"                      \
	" FROM booking b" OWN_UNITS " JOIN session s ON s.id = b.session_id" \
	" JOIN course c ON c.id = s.course_id"                               \
	" JOIN course_version v ON v.id = s.version_id"                      \
	" JOIN person p ON p.id = b.person_id"                               \
	" JOIN unit u ON u.id = b.unit_id"

#define APPLICATION_COLS                                     \
	.row_size = sizeof(struct application_row),          \
	.cols = { COL(struct application_row, booking_id),   \
		  COL(struct application_row, session_id),   \
		  COL(struct application_row, person_id),    \
		  COL(struct application_row, person_name),  \
		  COL(struct application_row, kana),         \
		  COL(struct application_row, unit_name),    \
		  COL(struct application_row, unit_name_en), \
		  COL(struct application_row, post),         \
		  COL(struct application_row, course_code),  \
		  COL(struct application_row, title),        \
		  COL(struct application_row, title_en),     \
		  COL(struct application_row, run_no),       \
		  COL(struct application_row, starts_at),    \
		  COL(struct application_row, ends_at),      \
		  COL(struct application_row, seats),        \
		  COL(struct application_row, booked),       \
		  COL(struct application_row, held),         \
		  COL(struct application_row, waiting),      \
		  COL(struct application_row, state),        \
		  COL(struct application_row, way),          \
		  COL(struct application_row, applied_at),   \
		  COL(struct application_row, changed_at),   \
		  COL(struct application_row, away) },       \
	.ncols = 23

static const struct db_query applications_open = {
	.name = "applications_open",
	.sql = APPLICATION_SELECT
	" WHERE b.state = 'applied' AND b.person_id <> ?"
	" AND s.state = 'open' AND s.ends_at > ?"
	" ORDER BY b.id LIMIT 500",
	APPLICATION_COLS,
};

static const struct db_query applications_away = {
	.name = "applications_away",
	.sql = APPLICATION_SELECT
	" WHERE b.state = 'booked' AND b.person_id <> ?"
	" AND s.state = 'open' AND s.ends_at > ?"
	" ORDER BY s.starts_at, p.family_kana, p.given_kana LIMIT 500",
	APPLICATION_COLS,
};

/* What a head decided: an event from applied by somebody. */
static const struct db_query applications_decided = {
	.name = "applications_decided",
	.sql = APPLICATION_SELECT
	" WHERE b.state <> 'applied' AND b.person_id <> ?"
	" AND s.starts_at > ? - INTERVAL 400 DAY"
	" AND EXISTS (SELECT 1 FROM booking_event e WHERE e.booking_id = b.id"
	"  AND e.from_state = 'applied' AND e.actor_id <> b.person_id)"
	" ORDER BY b.changed_at DESC LIMIT 100",
	APPLICATION_COLS,
};

struct found_person {
	int64_t id;
};

static const struct db_query person_by_number = {
	.name = "booking_person_by_number",
	.sql = "SELECT id FROM person WHERE staff_number = ?"
	       " AND (left_on IS NULL OR left_on >= ?)",
	.row_size = sizeof(struct found_person),
	.cols = { COL(struct found_person, id) },
	.ncols = 1,
};

enum err store_booking_list(struct ctx *cx, int64_t session_id,
			    enum booking_which which,
			    const struct booking_row **rows, size_t *n)
{
	const struct db_query *const lists[] = {
		[BOOKINGS_BOOKED] = &list_booked,
		[BOOKINGS_LINE] = &list_line,
		[BOOKINGS_ALL] = &list_all,
	};

	return db_all(cx, lists[which],
		      ARGS(db_i64(session_id), db_i64(session_id)), rows, n);
}

enum err store_booking_events(struct ctx *cx, int64_t session_id,
			      int64_t booking_id,
			      const struct booking_event_row **rows, size_t *n)
{
	return db_all(cx, &events_of,
		      ARGS(db_i64(session_id), db_i64(booking_id),
			   db_i64(booking_id)),
		      rows, n);
}

enum err store_application_list(struct ctx *cx, int64_t head_id,
				enum application_which which,
				const struct application_row **rows, size_t *n)
{
	const struct db_query *const lists[] = {
		[APPLICATIONS_OPEN] = &applications_open,
		[APPLICATIONS_AWAY] = &applications_away,
		[APPLICATIONS_DECIDED] = &applications_decided,
	};
	const char *day = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	struct application_row *found;

	TRY(db_all(cx, lists[which],
		   ARGS(db_i64(head_id), db_text(day), db_text(day),
			db_i64(head_id), db_instant(cx, cx->now_ms)),
		   &found, n));
	for (size_t i = 0; i < *n; i++)
		if (found[i].held)
			TRY(booking_allot_seen(cx, found[i].session_id,
					       found[i].person_id,
					       &found[i].held));
	*rows = found;
	return OK;
}

enum err store_booking_people(struct ctx *cx, const char *const *numbers,
			      size_t n, int64_t *ids)
{
	const char *day = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	struct found_person person;
	bool found;

	for (size_t i = 0; i < n; i++) {
		TRY(db_maybe(cx, &person_by_number,
			     ARGS(db_text(numbers[i]), db_text(day)), &person,
			     &found));
		ids[i] = found ? person.id : DB_NULL;
	}
	return OK;
}

const struct db_query *const store_booking_list_queries[] = {
	&list_booked,
	&list_line,
	&list_all,
	&events_of,
	&applications_open,
	&applications_away,
	&applications_decided,
	&person_by_number,
	NULL,
};
