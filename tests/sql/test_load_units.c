/* People from a file and units that end: nobody is left behind. */
#include "load_fixture.h"
#include "store/store_person.h"
#include "store/store_unit.h"

#include <stdlib.h>
#include <string.h>

static struct unit unit_of(struct ctx *cx, const char *code)
{
	struct unit u = { .id = 0 };
	bool is_there = false;

	CHECK_OK(cx, store_unit_by_code(cx, code, "2024-12-01", &u, &is_there));
	CHECK(is_there);
	return u;
}

/* 0103 gets its last day from somebody else while a file is applied. */
struct ending {
	struct ctx *other;
	const char *csv;
	struct load_people_report report;
};

static enum err end_meanwhile(struct ctx *cx, void *arg)
{
	struct ending *e = arg;
	struct unit_end end = { .unit_id = unit_of(cx, "0103").id,
				.last_day = "2024-12-31" };
	const struct load_people_options o = { .as_of = { 2024, 4, 1 } };

	/* From here on this transaction sees what was there now. */
	CHECK_OK(e->other, store_unit_end(e->other, &end));
	CHECK(end.why == UNIT_END_FINE);
	return load_people(cx, e->csv, strlen(e->csv), &o, &e->report);
}

/* A unit without people ends under the hands of an import. */
static void nobody_stays_behind_in_a_unit_that_ends(struct ctx *cx)
{
	struct test_db other;
	struct ending e = { .other = &other.cx,
			    .csv = HEAD
			    "0095,木,一,キ,イチ,,0103,,T4,,,,2024-10-01,\n" };
	int64_t id;
	struct person p;
	bool is_there;

	test_db_open(&other, "DB_URL");
	CHECK_OK(cx, store_unit_add(cx,
				    &(struct unit_new){ .code = "0103",
							.kind = "section",
							.name = "終わる課",
							.name_en = "",
							.parent_id = DB_NULL,
							.valid_from =
								"2020-04-01" },
				    &id));
	CHECK_OK(cx, db_transact(cx, end_meanwhile, &e));
	CHECK_THAT(e.report.nproblems == 1 && e.report.problems[0].line == 2 &&
			   !strcmp(e.report.problems[0].text,
				   "load.people_unit_ends"),
		   "a unit that was ended meanwhile takes nobody");
	CHECK_OK(cx, store_person_by_staff_number(cx, "0095", &p, &is_there));
	CHECK_THAT(!is_there, "and nothing of the file is written");
	refuses(cx, "0095,木,一,キ,イチ,,0103,,T4,,,,2024-10-01,\n",
		"load.people_unit_ends");
	CHECK_THAT(people(cx,
			  HEAD "0095,木,一,キ,イチ,,0103,,T4,,,,2024-10-01,"
			       "2024-12-31\n",
			  true)
				   .nproblems == 0,
		   "who leaves with it may be there");
	CHECK_OK(cx, store_unit_end(cx, &(struct unit_end){
						.unit_id = id,
						.last_day = "2024-03-31" }));
	refuses(cx, "0095,木,一,キ,イチ,,0103,終わる課,T4,,,,2024-03-01,\n",
		"load.people_unit_ends");
	CHECK_THAT(people(cx,
			  HEAD "0095,木,一,キ,イチ,,0103,次の課,T4,,,,"
			       "2024-10-01,\n",
			  true)
				   .nproblems == 0,
		   "the code is free after it");
	test_db_close(&other);
}

int main(void)
{
	struct load_content_report r;
	struct test_db t;

	json_arena_install();
	test_db_open(&t, "DB_URL");
	json_arena_use(&t.cx.arena);
	CHECK_OK(&t.cx, load_content(&t.cx, getenv("CONTENT"), &r));
	nobody_stays_behind_in_a_unit_that_ends(&t.cx);
	json_arena_use(NULL);
	test_db_close(&t);
	return check_done();
}
