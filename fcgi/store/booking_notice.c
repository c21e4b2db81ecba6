/*
 * booking_notice.c: what people are told about their places. A notice is a
 * row of the outbox, written in the transaction of the change it tells of.
 */
#include "base/date.h"
#include "store/booking_sql.h"
#include "store/instant_sql.h"
#include "store/store_booking.h"
#include "store/store_setting.h"

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
	       ", ?, ?" NOTICE_FROM
	       " JOIN posting h ON h.unit_id = ? AND h.is_head"
	       " AND h.valid_from <= ?"
	       " AND (h.valid_to IS NULL OR h.valid_to >= ?)"
	       " WHERE s.id = ?",
};

/* Once: a reminder of the same session in these days is enough. */
static const struct db_query remind = {
	.name = "booking_remind",
	.sql = "INSERT INTO outbox (person_id, kind, params, link, created_at)"
	       " SELECT b.person_id, ?," NOTICE_FACTS
	       ", CONCAT('/sessions/', s.id), ?" NOTICE_FROM
	       " JOIN booking b ON b.session_id = s.id AND b.state = 'booked'"
	       " WHERE s.state = 'open' AND s.starts_at > ?"
	       " AND s.starts_at <= ? AND NOT EXISTS"
	       " (SELECT 1 FROM outbox o WHERE o.person_id = b.person_id"
	       "  AND o.kind = ? AND o.link = CONCAT('/sessions/', s.id)"
	       "  AND o.created_at > ?)",
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
			      int64_t unit_id, const char *key,
			      const char *link)
{
	return db_exec(cx, &notice_heads,
		       ARGS(db_text(key), db_text(link),
			    db_instant(cx, cx->now_ms), db_i64(unit_id),
			    db_text(today(cx)), db_text(today(cx)),
			    db_i64(session_id)),
		       NULL);
}

enum err store_booking_remind(struct ctx *cx, int64_t *people)
{
	const int64_t days = store_setting_int(cx, "booking.reminder_days", 3);
	const struct db_arg kind = db_text("notice.reminder"),
			    now = db_instant(cx, cx->now_ms);

	*people = 0;
	if (days <= 0 || days > 30)
		return OK;
	return db_exec(cx, &remind,
		       ARGS(kind, now, now,
			    db_instant(cx, cx->now_ms + days * DAY_MS), kind,
			    db_instant(cx, cx->now_ms - days * DAY_MS)),
		       people);
}

const struct db_query *const store_booking_notice_queries[] = {
	&notice_one, &notice_all, &notice_heads, &remind, NULL,
};
