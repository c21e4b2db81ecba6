/*
 * A kept analysis: computed by one job at a time, old after a new answer,
 * gone when the rules change, queued by the round when nobody answers any
 * more. On six people, because no number matters here.
 */
#include "held_fixture.h"

#include "analysis/analysis_keep.h"
#include "pages/job_analysis.h"
#include "store/store_job.h"
#include "store/store_setting.h"

#define SESSION 9001
#define COURSE  9001
#define YEAR    2032

SQL(add_many, "INSERT INTO submission (collection_id, submitted_at, form_key,"
	      " slots) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
	      "  SELECT i + 1 FROM n WHERE i < 900)"
	      " SELECT ?, '2032-07-01', LPAD(i, 43, 'm'), X'02' FROM n");

struct rows_read {
	int64_t n;
};

/* Index entries and rows that this connection has read so far. */
static const struct db_query rows_read = {
	.name = "test rows_read",
	.sql = "SELECT CAST(SUM(VARIABLE_VALUE) AS INTEGER)"
	       " FROM information_schema.SESSION_STATUS"
	       " WHERE VARIABLE_NAME LIKE 'Handler_read%'",
	.row_size = sizeof(struct rows_read),
	.cols = { COL(struct rows_read, n) },
	.ncols = 1,
};

static const char xml[] =
	"<survey code=\"analysis\">"
	"<title><ja>票</ja></title><purpose><ja>試験</ja></purpose>"
	"<knowledge key=\"k1\" measures=\"knowledge\"><text><ja>一</ja></text>"
	"<option key=\"x\"><ja>誤</ja></option>"
	"<option key=\"y\" correct=\"yes\"><ja>正</ja></option></knowledge>"
	"</survey>";

static int64_t pre, next_person = 9001;

/* A job sets cx->now_ms by the clock, so that is what moves. */
static void later(int64_t ms)
{
	clock_set_offset(clock_now() + ms - clock_real());
	cx->now_ms = clock_now();
}

/* Somebody answers now. */
static void answer(void)
{
	const int64_t id = next_person++;
	unsigned char slot = 2;
	const struct answers answers = { &slot, 1, NULL, 0 };

	held_person(id);
	held_answer(pre, held_book(SESSION, id, first_id), id, first_id,
		    &answers);
}

static void hold_a_session(void)
{
	held_course(COURSE, "analysis");
	held_session(SESSION, COURSE, 1);
	pre = held_collect(SESSION, held_publish(xml), MOMENT_PRE);
}

static struct analysis_standing stand(void)
{
	const struct gate g = gate_read(cx);
	struct analysis_standing s;

	CHECK_OK(cx, analysis_stand(cx, &g, ANALYSIS_SESSION, SESSION, &s));
	return s;
}

static const char *computed_at(void)
{
	struct analysis_row row = { 0 };
	bool found;

	CHECK_OK(cx, store_analysis_find(cx, "session", SESSION, &row, &found));
	return row.computed_at;
}

/* Take the job that is due and do it, as the jobs process does. */
static enum err work(struct job_run *run)
{
	struct job job;
	bool found = false;
	enum err e;

	CHECK_OK(cx, store_job_take(cx, MINUTE_MS, &job, &found));
	CHECK_THAT(found, "there is a job to do");
	if (!found)
		return ERR_NOT_FOUND;
	*run = (struct job_run){ .id = job.id, .input = job.input };
	e = job_analysis(cx, run);
	if (e == OK)
		CHECK_OK(cx, store_job_done(cx, job.id,
					    run->result ? run->result : "{}"));
	return e;
}

static const struct analysis_wish wish = { "session", SESSION, 0 };

static void one_job_at_a_time(void)
{
	struct job_run run;
	int64_t first, second;
	const char *kept;
	bool added;

	CHECK(stand().state == ANALYSIS_EMPTY);
	for (int i = 0; i < 6; i++)
		answer();
	CHECK(stand().state == ANALYSIS_NEVER);
	CHECK_OK(cx, store_analysis_queue(cx, &wish, &first, &added));
	CHECK(added && stand().state == ANALYSIS_WAITING);
	CHECK_OK(cx, store_analysis_queue(cx, &wish, &second, &added));
	CHECK_THAT(!added && first == second,
		   "a second wish does not make a second job");
	CHECK_OK(cx, work(&run));
	CHECK(run.id == first && strstr(run.result, "{\"ms\":{\"people\":"));
	CHECK(stand().state == ANALYSIS_CURRENT && stand().newer == 0 &&
	      stand().progress == 100);
	CHECK_OK(cx, store_analysis_result(cx, "session", SESSION, &kept));
	CHECK(strstr(kept, "\"sheets\":6") && strstr(kept, "\"summary\":"));
	CHECK_THAT(!strstr(kept, "\"trend\":"),
		   "a session has no trend over sessions");
}

static void twice_changes_nothing(void)
{
	struct job_run run;
	const char *before = computed_at();
	bool added;

	later(MINUTE_MS);
	CHECK_OK(cx, store_analysis_queue(cx, &wish, NULL, &added));
	CHECK(added);
	CHECK_OK(cx, work(&run));
	CHECK_TEXT(computed_at(), before);
}

static void a_new_answer_makes_it_old(void)
{
	struct analysis_standing s;
	struct job_run run;

	answer();
	s = stand();
	CHECK(s.state == ANALYSIS_OLD && s.newer == 1 && s.computed_ms != 0);
	CHECK_OK(cx, store_analysis_queue(cx, &wish, NULL, NULL));
	s = stand();
	CHECK_THAT(s.state == ANALYSIS_WAITING && s.computed_ms != 0,
		   "the old result stays while the new one is computed");
	CHECK_OK(cx, work(&run));
	CHECK(stand().state == ANALYSIS_CURRENT && stand().now.sheets == 7);
}

static void other_rules_hide_it(void)
{
	struct analysis_standing s;

	CHECK_OK(cx, store_setting_set(cx, "privacy.k_opinion", "30"));
	s = stand();
	CHECK_THAT(s.state == ANALYSIS_NEVER && s.other_rules && !s.computed_ms,
		   "what was kept for groups of 10 is not shown for 30");
	CHECK_OK(cx, store_setting_set(cx, "privacy.k_opinion", "10"));
	CHECK(stand().state == ANALYSIS_CURRENT);
}

/* Is the scope in the list of what is due? */
static bool is_due(const char *scope, int64_t id)
{
	const struct gate g = gate_read(cx);
	const struct analysis_due due = { .scope = scope,
					  .rules = analysis_rules(cx, &g),
					  .answered_ms =
						  cx->now_ms - 10 * MINUTE_MS,
					  .computed_ms =
						  cx->now_ms - 10 * MINUTE_MS,
					  .most = 100 };
	const int64_t *ids;
	bool found = false;
	size_t n;

	CHECK_OK(cx, store_analysis_due(cx, &due, &ids, &n));
	for (size_t i = 0; i < n; i++)
		found = found || ids[i] == id;
	return found;
}

static void a_failure_is_not_repeated_at_once(void)
{
	int64_t job;

	answer();
	CHECK_THAT(!is_due("session", SESSION), "people still answer");
	later(11 * MINUTE_MS);
	CHECK(is_due("session", SESSION) && is_due("course", COURSE) &&
	      is_due("year", YEAR));
	CHECK_OK(cx, store_analysis_queue(cx, &wish, &job, NULL));
	CHECK(!is_due("session", SESSION));
	CHECK_OK(cx, store_job_failed(cx, job, "it broke", 0));
	CHECK(stand().state == ANALYSIS_FAILED && stand().newer == 1 &&
	      stand().job_id == job);
	CHECK_THAT(!is_due("session", SESSION), "not again on the same day");
	later(DAY_MS + MINUTE_MS);
	CHECK_THAT(is_due("session", SESSION), "but on the next");
}

static void the_round_queues_what_is_due(void)
{
	struct analysis_round round = { 0 };
	struct job_run run;
	int64_t queued;

	CHECK_OK(cx, job_analysis_round(cx, &round, &queued));
	CHECK_THAT(queued == 3, "session, course and year");
	CHECK_OK(cx, job_analysis_round(cx, &round, &queued));
	CHECK(queued == 0);
	for (int i = 0; i < 3; i++)
		CHECK_OK(cx, work(&run));
	CHECK(stand().state == ANALYSIS_CURRENT);
	answer();
	later(20 * MINUTE_MS);
	CHECK_OK(cx, job_analysis_round(cx, &round, &queued));
	CHECK_THAT(queued == 2, "the year at most once an hour");
	later(60 * MINUTE_MS);
	round.next_ms = 0;
	CHECK_OK(cx, job_analysis_round(cx, &round, &queued));
	CHECK(queued == 1);
	for (int i = 0; i < 3; i++)
		CHECK_OK(cx, work(&run));
	CHECK_OK(cx, job_analysis_round(cx, &round, &queued));
	CHECK(queued == 0);
}

static void wrong_jobs_say_so(void)
{
	struct job_run run = { .input = "{\"scope\":\"city\",\"id\":1}" };

	CHECK_ERR(cx, job_analysis(cx, &run), ERR_BAD_REQUEST);
	run.input = "nonsense";
	CHECK_ERR(cx, job_analysis(cx, &run), ERR_BAD_REQUEST);
	run.input = "{\"scope\":\"session\",\"id\":9999}";
	CHECK_ERR(cx, job_analysis(cx, &run), ERR_NOT_FOUND);
}

/* Somebody who waits stands in front of what the product queued. */
static void people_come_first(void)
{
	const struct analysis_wish own = { "year", YEAR, 9001 };
	struct job_run run;
	int64_t mine;

	answer();
	CHECK_OK(cx, store_analysis_queue(cx, &wish, NULL, NULL));
	CHECK_OK(cx, store_analysis_queue(cx, &own, &mine, NULL));
	CHECK_OK(cx, work(&run));
	CHECK(run.id == mine);
	CHECK_OK(cx, work(&run));
}

static int64_t read_so_far(void)
{
	struct rows_read row = { 0 };

	CHECK_OK(cx, db_one(cx, &rows_read, NO_ARGS, &row));
	return row.n;
}

/* Nine hundred people more answer; looking whether anything is due or new
 * reads none of them. Asking for the count reads some by itself. */
static void looking_reads_no_submissions(void)
{
	const struct answers_of of = { .fiscal_year = YEAR };
	int64_t before, asking, last, all;

	CHECK_OK(cx, db_exec(cx, &add_many, ARGS(db_i64(pre)), NULL));
	before = read_so_far();
	asking = read_so_far() - before;
	CHECK(is_due("session", SESSION) && is_due("course", COURSE) &&
	      is_due("year", YEAR));
	CHECK_OK(cx, store_analysis_last(cx, &of, &last));
	CHECK_OK(cx, store_analysis_newest(cx, &all));
	CHECK(last == all);
	before = read_so_far() - before - 2 * asking;
	if (!CHECK_THAT(before < 300, "a look reads no submissions"))
		printf("# %lld rows\n", (long long)before);
}

int main(void)
{
	held_open(9001, YEAR);
	later(cx->now_ms - clock_now());
	hold_a_session();
	one_job_at_a_time();
	twice_changes_nothing();
	a_new_answer_makes_it_old();
	other_rules_hide_it();
	a_failure_is_not_repeated_at_once();
	the_round_queues_what_is_due();
	wrong_jobs_say_so();
	people_come_first();
	later(2 * DAY_MS);
	looking_reads_no_submissions();
	test_db_close(&held);
	return check_done();
}
