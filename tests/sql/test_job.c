/*
 * A job is taken once, tried again after a failure, and found when its
 * process died.
 */
#include "base/clock.h"
#include "db/db_script.h"
#include "db_test.h"
#include "store/store_job.h"

static struct job job;
static bool found;
static int64_t id;

static void test_good(struct ctx *cx)
{
	CHECK_OK(cx, store_job_add(cx, "test", "{\"n\":1}", 0, 0, &id));
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK(found && job.id == id && job.attempts == 1);
	CHECK_TEXT(job.input, "{\"n\":1}");
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_THAT(!found, "a job that runs is not taken again");
	CHECK_OK(cx, store_job_progress(cx, id, 40));
	CHECK_OK(cx, store_job_done(cx, id, "{}"));
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_THAT(!found, "nor one that is done");
}

static const struct db_query lock_first = {
	.name = "test_lock",
	.sql = "UPDATE job SET progress = progress + 1 WHERE id = ?",
};

/* Another process is about to take the first one: its row is locked. */
static enum err both_take(struct ctx *cx, void *arg)
{
	struct ctx *other = arg;

	CHECK_OK(cx, db_exec(cx, &lock_first, ARGS(db_i64(id)), NULL));
	CHECK_OK(other, store_job_take(other, MINUTE_MS, &job, &found));
	CHECK_THAT(found && job.id == id + 1,
		   "who comes second takes the next one and does not wait");
	return OK;
}

static void test_two(struct ctx *cx, struct ctx *other)
{
	int64_t second;

	CHECK_OK(cx, store_job_add(cx, "test", "{}", 0, 0, &id));
	CHECK_OK(cx, store_job_add(cx, "test", "{}", 0, 0, &second));
	CHECK(second == id + 1);
	other->now_ms = cx->now_ms;
	CHECK_OK(cx, db_transact(cx, both_take, other));
	CHECK_OK(cx, db_script(cx, "clean", "DELETE FROM job"));
}

static void test_failed(struct ctx *cx)
{
	CHECK_OK(cx, store_job_add(cx, "test", "{}", 0, 0, &id));
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_OK(cx, store_job_failed(cx, id, "later", cx->now_ms + 5000));
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_THAT(!found, "a failed one waits");
	cx->now_ms += 6000;
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_THAT(found && job.id == id && job.attempts == 2,
		   "and is tried again");
	CHECK_OK(cx, store_job_failed(cx, id, "never", 0));
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_THAT(!found, "unless it failed for good");
}

static void test_dead(struct ctx *cx, struct ctx *other)
{
	struct job_counts counts;

	CHECK_OK(cx, store_job_add(cx, "test", "{}", 0, 0, &id));
	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	other->now_ms = cx->now_ms + 2 * MINUTE_MS;
	CHECK_OK(other, store_job_take(other, MINUTE_MS, &job, &found));
	CHECK_THAT(found && job.id == id && job.attempts == 2,
		   "one without a sign of life is taken over");
	CHECK_OK(cx, store_job_add(cx, "test", "{}", 0, cx->now_ms + MINUTE_MS,
				   &id));
	CHECK_OK(cx, store_job_take(cx, 10 * MINUTE_MS, &job, &found));
	CHECK_THAT(!found, "one for later is left alone");
	CHECK_OK(cx, store_job_counts(cx, &counts));
	CHECK(counts.queued == 1 && counts.running == 1 && counts.failed == 1);
	CHECK(counts.oldest_at != NULL);
	CHECK_ERR(cx, store_job_find(cx, id, 1, &job), ERR_NOT_FOUND);
}

static void test_tidy(struct ctx *cx)
{
	int64_t gone;

	CHECK_OK(cx, store_job_tidy(cx, &gone));
	CHECK_THAT(gone == 0, "jobs of today are kept");
	cx->now_ms += 31 * DAY_MS;
	CHECK_OK(cx, store_job_tidy(cx, &gone));
	CHECK_THAT(gone == 2, "those that ended a month ago are forgotten");
	CHECK_OK(cx, store_job_take(cx, 100 * DAY_MS, &job, &found));
	CHECK_THAT(found && job.id == id, "one that waits is not");
}

int main(void)
{
	struct test_db one, two;

	test_db_open(&one, "DB_URL");
	test_db_open(&two, "DB_URL");
	test_two(&one.cx, &two.cx);
	test_good(&one.cx);
	test_failed(&one.cx);
	test_dead(&one.cx, &two.cx);
	test_tidy(&one.cx);
	CHECK_OK(&one.cx, db_script(&one.cx, "clean", "DELETE FROM job"));
	test_db_close(&two);
	test_db_close(&one);
	return check_done();
}
