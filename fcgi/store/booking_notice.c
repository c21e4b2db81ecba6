/*
 * booking_notice.c: what people are told about their places. A notice is a
 * row of the outbox, written in the transaction of the change it tells of.
 */
#include "base/date.h"
#include "store/booking_sql.h"
#include "store/instant_sql.h"

/* What every notice about a session may say; texts pick what they need. */
#define NOTICE_FACTS                                                        \
	" JSON_OBJECT('session', s.id, 'course', c.code, 'title', v.title," \
	" 'title_en', v.title_en, 'run_no', s.run_no, 'starts_at',"         \
	" DATE_FORMAT(s.starts_at, '%Y-%m-%dT%H:%i:%s.000Z'))"
#define NOTICE_FROM                                           \
	" FROM session s JOIN course c ON c.id = s.course_id" \
	" JOIN course_version v ON v.id = s.version_id"

static const struct db_query notice_one = {
	.name = "booking_notice_one",
	.sql = "INSERT INTO outbox (person_id, kind, params, link, created_at)"
	       " SELECT ?, ?," NOTICE_FACTS
	       ", CONCAT('/sessions/', s.id), ?" NOTICE_FROM " WHERE s.id = ?",
};

static const struct db_query notice_all = {
	.name = "booking_notice_all",
	.sql = "INSERT INTO outbox (person_id, kind, params, link, created_at)"
	       " SELECT b.person_id, ?," NOTICE_FACTS
	       ", CONCAT('/sessions/', s.id), ?" NOTICE_FROM
	       " JOIN booking b ON b.session_id = s.id"
	       " AND b.state IN ('applied', 'waiting', 'booked')"
	       " WHERE s.id = ? ORDER BY b.queue_no",
};

static const struct db_query notice_heads = {
	.name = "booking_notice_heads",
	.sql = "INSERT INTO outbox (person_id, kind, params, link, created_at)"
	       " SELECT DISTINCT h.person_id, ?," NOTICE_FACTS
	       ", '/applications', ?" NOTICE_FROM
	       " JOIN posting h ON h.unit_id = ? AND h.is_head"
	       " AND h.valid_from <= ?"
	       " AND (h.valid_to IS NULL OR h.valid_to >= ?)"
	       " WHERE s.id = ?",
};

static const char *today(struct ctx *cx)
{
	return date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
}

enum err booking_notice(struct ctx *cx, int64_t session_id, int64_t person_id,
			const char *key)
{
	return db_exec(cx, &notice_one,
		       ARGS(db_i64(person_id), db_text(key),
			    db_instant(cx, cx->now_ms), db_i64(session_id)),
		       NULL);
}

enum err booking_notice_all(struct ctx *cx, int64_t session_id, const char *key)
{
	return db_exec(cx, &notice_all,
		       ARGS(db_text(key), db_instant(cx, cx->now_ms),
			    db_i64(session_id)),
		       NULL);
}

enum err booking_notice_heads(struct ctx *cx, int64_t session_id,
			      int64_t unit_id)
{
	return db_exec(cx, &notice_heads,
		       ARGS(db_text("notice.to_decide"),
			    db_instant(cx, cx->now_ms), db_i64(unit_id),
			    db_text(today(cx)), db_text(today(cx)),
			    db_i64(session_id)),
		       NULL);
}

const struct db_query *const store_booking_notice_queries[] = {
	&notice_one,
	&notice_all,
	&notice_heads,
	NULL,
};
