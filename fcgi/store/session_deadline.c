/* The deadlines of a session; see store_session.h. */
#include "base/clock.h"
#include "base/date.h"
#include "store/store_session.h"

int64_t session_cancel_by(int64_t starts_at, int64_t cancel_until)
{
	struct date day;

	if (cancel_until != DB_NULL)
		return cancel_until;
	day = date_add_open_days(date_in_japan(starts_at), -1);
	return instant_from_japan(day.year, day.month, day.day, 17, 0);
}

int64_t session_apply_by(int64_t starts_at, int64_t apply_until)
{
	return apply_until != DB_NULL && apply_until < starts_at ? apply_until
								 : starts_at;
}
