/* Of two who change a session at once; see store_session.h. */
#include "store/store_session.h"

/*
 * Somebody's own changes in between are no surprise: a second press. But a
 * form that is older than the last change of anybody else knows nothing of it,
 * whoever came after. Assignments are made from left to right.
 */
static const struct db_query revise = {
	.name = "session_revise",
	.sql = "UPDATE session SET"
	       " own_from = IF(changed_by = ?, own_from, revision),"
	       " revision = revision + 1, changed_by = ?"
	       " WHERE id = ? AND (? = 0 OR revision = ?"
	       " OR (changed_by = ? AND own_from <= ?))",
};

const struct db_query *const store_session_revision_queries[] = { &revise,
								  NULL };

enum err session_revise(struct ctx *cx, int64_t id,
			const struct session_draft *d)
{
	const struct db_arg by = db_i64(d->by ? d->by : DB_NULL),
			    read = db_i64(d->revision);
	int64_t changed;

	TRY(db_exec(cx, &revise, ARGS(by, by, db_i64(id), read, read, by, read),
		    &changed));
	return changed ? OK
		       : FAIL(cx, ERR_CONFLICT,
			      "session was changed meanwhile");
}
