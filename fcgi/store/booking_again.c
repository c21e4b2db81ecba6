/* booking_again.c: what is refused because the same person did it just now. */
#include "store/booking_sql.h"
#include "store/store_booking.h"

#include <string.h>

struct last_row {
	int64_t actor_id; /* DB_NULL: the rules */
	const char *to_state, *reason;
	int64_t wheelchair;
};

static const struct db_query last_change = {
	.name = "booking_last_change",
	.sql = "SELECT e.actor_id, e.to_state, e.reason, b.wheelchair"
	       " FROM booking b JOIN booking_event e ON e.booking_id = b.id"
	       " WHERE b.session_id = ? AND b.person_id = ?"
	       " ORDER BY e.id DESC LIMIT 1",
	.row_size = sizeof(struct last_row),
	.cols = { COL(struct last_row, actor_id),
		  COL(struct last_row, to_state), COL(struct last_row, reason),
		  COL(struct last_row, wheelchair) },
	.ncols = 4,
};

static bool leads_to(enum booking_act act, enum booking_state state)
{
	switch (act) {
	case BOOKING_APPLY:
	case BOOKING_NOMINATE:
	case BOOKING_RECOMMEND:
		return state == BOOKING_BOOKED || state == BOOKING_WAITING ||
		       state == BOOKING_APPLIED;
	case BOOKING_APPROVE:
	case BOOKING_PROMOTE:
	case BOOKING_TAKE_OVER:
		return state == BOOKING_BOOKED || state == BOOKING_WAITING;
	case BOOKING_DECLINE:
		return state == BOOKING_DECLINED;
	case BOOKING_CANCEL:
		return state == BOOKING_CANCELLED;
	}
	return false;
}

enum err booking_again(struct ctx *cx, int64_t session_id, int64_t person_id,
		       const struct booking_press *press, bool *again)
{
	const bool *wheelchair = press->wheelchair;
	struct last_row last;
	bool found;

	TRY(db_maybe(cx, &last_change,
		     ARGS(db_i64(session_id), db_i64(person_id)), &last,
		     &found));
	*again = found && last.actor_id == press->actor->person_id &&
		 leads_to(press->act, booking_state_from(last.to_state)) &&
		 !strcmp(last.reason, press->actor->reason) &&
		 (!wheelchair || *wheelchair == (last.wheelchair != 0));
	return OK;
}

const struct db_query *const store_booking_again_queries[] = { &last_change,
							       NULL };
