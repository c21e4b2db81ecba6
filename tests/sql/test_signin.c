/*
 * Sign-ins: who is found behind a token, and what they are today.
 */
#include "submission_fixture.h"

#include "base/clock.h"
#include "store/store_signin.h"

SQL(add_account, "INSERT INTO account (person_id) VALUES (9001)");
SQL(add_roles, "INSERT INTO person_role (person_id, role, granted_at) VALUES"
	       " (9001, 'trainee', '2024-04-01'),"
	       " (9001, 'planner', '2024-04-01')");
SQL(add_units, "INSERT INTO unit (id, code, kind, name, valid_from) VALUES"
	       " (9002, '0098', 'section', '前の課', '2020-04-01'),"
	       " (9003, '0097', 'section', '次の課', '2020-04-01'),"
	       " (9004, '0096', 'section', '兼務の課', '2020-04-01')");
SQL(end_posting, "UPDATE posting SET valid_to = '2025-03-31'"
		 " WHERE person_id = 9001");
SQL(more_postings,
    "INSERT INTO posting (person_id, unit_id, tier_id, valid_from, valid_to,"
    " is_main) VALUES (9001, 9002, 9001, '2023-04-01', '2024-03-31', 1),"
    " (9001, 9003, 9001, '2025-04-01', NULL, 1),"
    " (9001, 9004, 9001, '2024-06-01', NULL, 0)");
SQL(leave, "UPDATE person SET left_on = '2024-12-19' WHERE id = 9001");
SQL(come_back, "UPDATE person SET left_on = NULL WHERE id = 9001");
SQL(no_roles, "DELETE FROM person_role WHERE person_id = 9001");
SQL(disable, "UPDATE account SET is_disabled = 1 WHERE person_id = 9001");

static struct test_db t;
static struct ctx *cx = &t.cx;
static const unsigned char token[SIGNIN_TOKEN] = "test";

static struct signin at(const char *utc, bool *found)
{
	const struct signin_limits limits = { .idle_ms = 1000 * DAY_MS,
					      .age_ms = 1000 * DAY_MS };
	struct signin s = { 0 };

	CHECK(instant_from_db(utc, &cx->now_ms));
	CHECK_OK(cx, store_signin_find(cx, token, &limits, &s, found));
	return s;
}

static void fixture(void)
{
	static const struct db_query *const all[] = {
		&add_scheme,  &add_tier,      &add_unit,  &add_units,
		&add_people,  &add_account,   &add_roles, &add_postings,
		&end_posting, &more_postings,
	};
	const struct signin_new s = { .person_id = 9001,
				      .token = token,
				      .csrf = "",
				      .address = "",
				      .agent = "" };
	int64_t id;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		CHECK_OK(cx, db_exec(cx, all[i], NO_ARGS, NULL));
	CHECK(instant_from_db("2022-12-01 00:00:00.000", &cx->now_ms));
	CHECK_OK(cx, store_signin_add(cx, &s, &id));
}

static void posting_of_the_day(void)
{
	struct signin s;
	bool found;

	s = at("2024-12-19 03:00:00.000", &found);
	CHECK_THAT(found && s.unit_id == 9001 && s.tier_id == 9001,
		   "a person stands where the main posting of today is");
	CHECK_TEXT(s.roles, "trainee,planner");
	s = at("2024-03-31 14:59:59.999", &found);
	CHECK_THAT(found && s.unit_id == 9002,
		   "a posting holds on its last day in Japan");
	s = at("2024-03-31 15:00:00.000", &found);
	CHECK_THAT(found && s.unit_id == 9001,
		   "a posting begins at midnight in Japan");
	CHECK_TEXT(s.unit_name, "試験課");
	s = at("2025-04-01 03:00:00.000", &found);
	CHECK(found && s.unit_id == 9003);
	s = at("2023-03-01 03:00:00.000", &found);
	CHECK_THAT(found && s.unit_id == DB_NULL && !s.unit_name &&
			   s.tier_id == DB_NULL && !s.tier_code,
		   "before the first posting there is neither unit nor tier");
	CHECK_TEXT(s.roles, "trainee,planner");
}

static void who_may_not(void)
{
	struct signin s;
	bool found;

	CHECK_OK(cx, db_exec(cx, &leave, NO_ARGS, NULL));
	at("2024-12-19 14:59:59.999", &found);
	CHECK_THAT(found, "the last day in office is one");
	at("2024-12-19 15:00:00.000", &found);
	CHECK_THAT(!found, "whoever has left is signed in no longer");
	CHECK_OK(cx, db_exec(cx, &come_back, NO_ARGS, NULL));
	CHECK_OK(cx, db_exec(cx, &no_roles, NO_ARGS, NULL));
	s = at("2024-12-19 15:00:00.000", &found);
	CHECK_THAT(found && !s.roles && s.unit_id == 9001,
		   "a role that was taken away is gone at once");
	CHECK_OK(cx, db_exec(cx, &disable, NO_ARGS, NULL));
	at("2024-12-19 15:00:00.000", &found);
	CHECK_THAT(!found, "a disabled account is signed in no longer");
}

int main(void)
{
	test_db_open(&t, "MIGRATE_DB_URL");
	fixture();
	posting_of_the_day();
	who_may_not();
	test_db_close(&t);
	return check_done();
}
