#include "store/store_summary.h"

/* Counting a million submissions row by row takes longer than it is worth. */
static const struct db_query summary_all = {
	.name = "summary_all",
	.sql = "SELECT (SELECT COUNT(*) FROM person),"
	       " (SELECT COUNT(*) FROM person_role r JOIN account a"
	       "   ON a.person_id = r.person_id"
	       "   WHERE r.role = 'admin' AND a.password_hash IS NOT NULL"
	       "   AND a.is_disabled = 0),"
	       " (SELECT COUNT(*) FROM course),"
	       " (SELECT COUNT(*) FROM session),"
	       " (SELECT COALESCE(table_rows, 0)"
	       "   FROM information_schema.tables"
	       "   WHERE table_schema = DATABASE()"
	       "   AND table_name = 'submission'),"
	       " EXISTS (SELECT 1 FROM person WHERE is_synthetic = 1)",
	.row_size = sizeof(struct summary),
	.cols = { COL(struct summary, people), COL(struct summary, admins),
		  COL(struct summary, courses), COL(struct summary, sessions),
		  COL(struct summary, submissions),
		  COL(struct summary, is_synthetic) },
	.ncols = 6,
};

const struct db_query *const store_summary_queries[] = { &summary_all, NULL };

enum err store_summary(struct ctx *cx, struct summary *s)
{
	return db_one(cx, &summary_all, NO_ARGS, s);
}
