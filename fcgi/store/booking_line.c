/* booking_line.c: the waiting list, its order and its moving up. */
#include "store/booking_sql.h"

struct number {
	int64_t n;
};

static const struct db_query waiting_list = {
	.name = "booking_waiting_list",
	.sql = "SELECT person_id FROM booking"
	       " WHERE session_id = ? AND state = 'waiting'"
	       " ORDER BY queue_no LIMIT 500",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query ahead = {
	.name = "booking_ahead",
	.sql = "SELECT COUNT(*) FROM booking WHERE session_id = ?"
	       " AND state = 'waiting' AND queue_no < ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static enum err move_up_one(struct ctx *cx, struct booking_lock *s,
			    int64_t person_id, int64_t *n)
{
	struct booking_subject p;
	struct booking_case c;

	TRY(booking_lock_person(cx, s, person_id, &p));
	c = booking_case_of(cx, s, &p);
	c.act = BOOKING_PROMOTE;
	if (booking_decide(&c).refusal != BOOKING_FINE)
		return OK;
	++*n;
	return booking_write(
		cx, s, &p,
		&(struct booking_write){ .to = BOOKING_BOOKED,
					 .notice = "notice.promoted" });
}

enum err booking_move_up(struct ctx *cx, struct booking_lock *s, int64_t *n)
{
	const struct number *people;
	size_t npeople;

	*n = 0;
	if (s->booked >= s->seats || cx->now_ms >= s->starts_at)
		return OK;
	TRY(db_all(cx, &waiting_list, ARGS(db_i64(s->id)), &people, &npeople));
	for (size_t i = 0; i < npeople && s->booked < s->seats; i++)
		TRY(move_up_one(cx, s, people[i].n, n));
	return OK;
}

enum err booking_place(struct ctx *cx, int64_t session_id,
		       const struct booking_subject *p, int64_t *place)
{
	struct number before;

	*place = 0;
	if (p->state != BOOKING_WAITING)
		return OK;
	TRY(db_one(cx, &ahead, ARGS(db_i64(session_id), db_i64(p->queue_no)),
		   &before));
	*place = before.n + 1;
	return OK;
}

const struct db_query *const store_booking_line_queries[] = {
	&waiting_list,
	&ahead,
	NULL,
};
