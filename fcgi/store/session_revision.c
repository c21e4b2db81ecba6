/* Of two who change a session at once; see store_session.h. */
#include "store/store_session.h"

/* Somebody's own changes in between are no surprise: a second press. */
static const struct db_query revise = {
	.name = "session_revise",
	.sql = "UPDATE session SET revision = revision + 1, changed_by = ?"
	       " WHERE id = ? AND (? = 0 OR revision = ? OR changed_by = ?)",
};

const struct db_query *const store_session_revision_queries[] = { &revise,
								  NULL };

enum err session_revise(struct ctx *cx, int64_t id,
			const struct session_draft *d)
{
	const int64_t by = d->by ? d->by : DB_NULL;
	int64_t changed;

	TRY(db_exec(cx, &revise,
		    ARGS(db_i64(by), db_i64(id), db_i64(d->revision),
			 db_i64(d->revision), db_i64(by)),
		    &changed));
	return changed ? OK
		       : FAIL(cx, ERR_CONFLICT,
			      "session was changed meanwhile");
}
