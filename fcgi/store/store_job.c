#include "store/store_job.h"

#include "base/clock.h"

#define KEEP_MS (30 * DAY_MS) /* jobs that ended are kept so long */

static const struct db_query job_add = {
	.name = "job_add",
	.sql = "INSERT INTO job (kind, input, run_after, created_by, "
	       "created_at)"
	       " VALUES (?, ?, ?, ?, ?)",
};

#define JOB_COLUMNS                                                  \
	"SELECT id, kind, input, state, progress, result, attempts," \
	" created_by, created_at, ended_at FROM job"

#define JOB_FIELDS                                                          \
	.row_size = sizeof(struct job),                                     \
	.cols = { COL(struct job, id),         COL(struct job, kind),       \
		  COL(struct job, input),      COL(struct job, state),      \
		  COL(struct job, progress),   COL(struct job, result),     \
		  COL(struct job, attempts),   COL(struct job, created_by), \
		  COL(struct job, created_at), COL(struct job, ended_at) }, \
	.ncols = 10

static const struct db_query job_find = {
	.name = "job_find",
	.sql = JOB_COLUMNS " WHERE id = ? AND created_by = ?",
	JOB_FIELDS,
};

/* ended_at holds the last sign of life while a job runs. */
static const struct db_query job_next = {
	.name = "job_next",
	.sql = JOB_COLUMNS " WHERE (state = 'queued' AND run_after <= ?)"
			   " OR (state = 'running' AND ended_at <= ?)"
			   " ORDER BY run_after, id LIMIT 1"
			   " FOR UPDATE SKIP LOCKED",
	JOB_FIELDS,
};

static const struct db_query job_start = {
	.name = "job_start",
	.sql = "UPDATE job SET state = 'running', attempts = attempts + 1,"
	       " progress = 0, ended_at = ? WHERE id = ?",
};

static const struct db_query job_progress = {
	.name = "job_progress",
	.sql = "UPDATE job SET progress = ?, ended_at = ?"
	       " WHERE id = ? AND state = 'running'",
};

static const struct db_query job_end = {
	.name = "job_end",
	.sql = "UPDATE job SET state = ?, progress = ?, result = ?,"
	       " ended_at = ?, run_after = COALESCE(?, run_after)"
	       " WHERE id = ?",
};

static const struct db_query job_counts = {
	.name = "job_counts",
	.sql = "SELECT COALESCE(SUM(state = 'queued'), 0),"
	       " COALESCE(SUM(state = 'running'), 0),"
	       " COALESCE(SUM(state = 'failed' AND ended_at > ?), 0),"
	       " MIN(IF(state = 'queued', created_at, NULL)) FROM job",
	.row_size = sizeof(struct job_counts),
	.cols = { COL(struct job_counts, queued),
		  COL(struct job_counts, running),
		  COL(struct job_counts, failed),
		  COL(struct job_counts, oldest_at) },
	.ncols = 4,
};

/* The newest job of an analysis tells how that one went. */
static const struct db_query job_tidy = {
	.name = "job_tidy",
	.sql = "DELETE FROM job WHERE state IN ('done', 'failed')"
	       " AND run_after < ? AND ended_at < ? AND NOT EXISTS"
	       " (SELECT 1 FROM analysis a WHERE a.job_id = job.id)"
	       " LIMIT 1000",
};

const struct db_query *const store_job_queries[] = {
	&job_add, &job_find,   &job_next, &job_start, &job_progress,
	&job_end, &job_counts, &job_tidy, NULL,
};

static struct db_arg at(struct ctx *cx, int64_t ms)
{
	return db_text(instant_to_db(&cx->arena, ms));
}

enum err store_job_add(struct ctx *cx, const char *kind, const char *input,
		       int64_t created_by, int64_t run_after_ms, int64_t *id)
{
	return db_insert(cx, &job_add,
			 ARGS(db_text(kind), db_text(input),
			      at(cx, run_after_ms ? run_after_ms : cx->now_ms),
			      db_i64(created_by ? created_by : DB_NULL),
			      at(cx, cx->now_ms)),
			 id);
}

enum err store_job_find(struct ctx *cx, int64_t id, int64_t person_id,
			struct job *job)
{
	return db_one(cx, &job_find, ARGS(db_i64(id), db_i64(person_id)), job);
}

enum err store_job_counts(struct ctx *cx, struct job_counts *counts)
{
	return db_one(cx, &job_counts, ARGS(at(cx, cx->now_ms - DAY_MS)),
		      counts);
}

struct taking {
	int64_t stale_ms;
	struct job *job;
	bool *found;
};

static enum err take(struct ctx *cx, void *arg)
{
	const struct taking *t = arg;

	TRY(db_maybe(cx, &job_next,
		     ARGS(at(cx, cx->now_ms), at(cx, cx->now_ms - t->stale_ms)),
		     t->job, t->found));
	if (!*t->found)
		return OK;
	t->job->attempts++;
	return db_exec(cx, &job_start,
		       ARGS(at(cx, cx->now_ms), db_i64(t->job->id)), NULL);
}

enum err store_job_take(struct ctx *cx, int64_t stale_ms, struct job *job,
			bool *found)
{
	struct taking t = { stale_ms, job, found };

	return db_transact(cx, take, &t);
}

enum err store_job_progress(struct ctx *cx, int64_t id, int64_t percent)
{
	cx->now_ms = clock_now();
	return db_exec(cx, &job_progress,
		       ARGS(db_i64(percent), at(cx, cx->now_ms), db_i64(id)),
		       NULL);
}

enum err store_job_done(struct ctx *cx, int64_t id, const char *result)
{
	return db_exec(cx, &job_end,
		       ARGS(db_text("done"), db_i64(100), db_text(result),
			    at(cx, cx->now_ms), db_text(NULL), db_i64(id)),
		       NULL);
}

enum err store_job_failed(struct ctx *cx, int64_t id, const char *sentence,
			  int64_t run_after_ms)
{
	const bool again = run_after_ms != 0;

	return db_exec(cx, &job_end,
		       ARGS(db_text(again ? "queued" : "failed"), db_i64(0),
			    db_text(sentence), at(cx, cx->now_ms),
			    again ? at(cx, run_after_ms) : db_text(NULL),
			    db_i64(id)),
		       NULL);
}

enum err store_job_tidy(struct ctx *cx, int64_t *gone)
{
	const struct db_arg before = at(cx, cx->now_ms - KEEP_MS);

	return db_exec(cx, &job_tidy, ARGS(before, before), gone);
}
