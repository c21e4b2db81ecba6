#include "store/store_system.h"

#include "base/clock.h"
#include "base/date.h"

/*
 * Sizes and the length of the audit log come from the server's own
 * statistics: counting them would cost more the longer the system runs.
 */
static const struct db_query facts = {
	.name = "system facts",
	.sql = "SELECT VERSION(),"
	       " (SELECT CAST(SUM(data_length + index_length) AS SIGNED)"
	       "  FROM information_schema.tables"
	       "  WHERE table_schema = DATABASE()),"
	       " (SELECT COUNT(*) FROM person WHERE is_external = 0"
	       "  AND (left_on IS NULL OR left_on >= ?)),"
	       " (SELECT COUNT(*) FROM signin WHERE ended_at IS NULL"
	       "  AND seen_at >= ?),"
	       " (SELECT COUNT(*) FROM outbox WHERE mailed_at IS NULL),"
	       " (SELECT table_rows FROM information_schema.tables"
	       "  WHERE table_schema = DATABASE() AND table_name = 'audit'),"
	       " (SELECT MAX(at) FROM audit_seal)",
	.row_size = sizeof(struct system_facts),
	.cols = { COL(struct system_facts, database),
		  COL(struct system_facts, bytes),
		  COL(struct system_facts, people),
		  COL(struct system_facts, signins),
		  COL(struct system_facts, unsent),
		  COL(struct system_facts, audit_rows),
		  COL(struct system_facts, sealed_at) },
	.ncols = 7,
};

struct measured {
	const char *table, *what, *kind, *text;
};

static const struct db_query measure = {
	.name = "system measure",
	.sql = "ANALYZE TABLE person, posting, booking, attendance, session,"
	       " meeting, collection, completion, submission, answer_open",
	.row_size = sizeof(struct measured),
	.cols = { COL(struct measured, table), COL(struct measured, what),
		  COL(struct measured, kind), COL(struct measured, text) },
	.ncols = 4,
};

const struct db_query *const store_system_queries[] = { &facts, &measure,
							NULL };

enum err store_system_facts(struct ctx *cx, struct system_facts *out)
{
	struct arena *a = &cx->arena;

	return db_one(
		cx, &facts,
		ARGS(db_text(date_to_iso(a, date_in_japan(cx->now_ms))),
		     db_text(instant_to_db(a, cx->now_ms - 30 * MINUTE_MS))),
		out);
}

enum err store_system_measure(struct ctx *cx)
{
	struct measured *rows;
	size_t n;

	return db_all(cx, &measure, NO_ARGS, &rows, &n);
}
