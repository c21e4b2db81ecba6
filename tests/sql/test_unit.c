/* A name begins on its day, and the names before it are not lost. */
#include "base/clock.h"
#include "db_test.h"
#include "store/store_unit.h"

static const struct unit *find(const struct unit *units, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (units[i].id == id)
			return &units[i];
	return NULL;
}

static const char *name_on(struct ctx *cx, int64_t id, const char *day)
{
	const struct unit *units, *u = NULL;
	size_t n;

	if (store_units_on(cx, day, &units, &n) == OK)
		u = find(units, n, id);
	return u ? u->name : NULL;
}

static void rename_from(struct ctx *cx, int64_t id, const char *name,
			const char *day)
{
	CHECK_OK(cx,
		 store_unit_rename(cx, &(struct unit_rename){ .unit_id = id,
							      .name = name,
							      .name_en = "",
							      .valid_from = day,
							      .by = DB_NULL }));
}

static void a_name_waits_for_its_day(struct ctx *cx, int64_t id)
{
	const struct unit_name *names;
	struct unit now;
	int64_t n;
	size_t count;

	cx->now_ms = instant_from_japan(2025, 3, 31, 23, 59);
	rename_from(cx, id, "Ｂ課", "2025-04-01");
	CHECK_OK(cx, store_unit_by_id(cx, id, &now));
	CHECK_TEXT(now.name, "A課");
	CHECK_OK(cx, store_unit_names_apply(cx, &n));
	CHECK_THAT(n == 0, "a minute before midnight nothing is due");
	cx->now_ms += MINUTE_MS;
	CHECK_OK(cx, store_unit_names_apply(cx, &n));
	CHECK_THAT(n == 1, "at midnight the name is");
	CHECK_OK(cx, store_unit_names_apply(cx, &n));
	CHECK_THAT(n == 0, "once");
	CHECK_OK(cx, store_unit_by_id(cx, id, &now));
	CHECK_TEXT(now.name, "Ｂ課");
	/* Only the width differs; the collation calls them the same. */
	rename_from(cx, id, "B課", "2025-04-02");
	cx->now_ms += DAY_MS;
	CHECK_OK(cx, store_unit_names_apply(cx, &n));
	CHECK_THAT(n == 1, "a name that differs in a small way is another");
	CHECK_TEXT(name_on(cx, id, "2024-05-01"), "A課");
	CHECK_TEXT(name_on(cx, id, "2025-04-01"), "Ｂ課");
	CHECK_TEXT(name_on(cx, id, "2025-04-02"), "B課");
	CHECK_TEXT(name_on(cx, id, "2020-03-31"), NULL);
	CHECK_OK(cx, store_unit_names(cx, id, &names, &count));
	CHECK(count == 3);
	CHECK_TEXT(names[2].name, "A課");
	CHECK_TEXT(names[2].valid_from, "2020-04-01");
	CHECK_ERR(cx,
		  store_unit_rename(
			  cx, &(struct unit_rename){ .unit_id = id,
						     .name = "C課",
						     .name_en = "",
						     .valid_from = "2025-04-02",
						     .by = DB_NULL }),
		  ERR_CONFLICT);
}

static void an_end_is_an_end(struct ctx *cx, int64_t id)
{
	struct unit_rest rest;
	int64_t below;

	CHECK_OK(cx, store_unit_add(cx,
				    &(struct unit_new){ .code = "U2",
							.kind = "section",
							.name = "下の課",
							.name_en = "",
							.parent_id = id,
							.valid_from =
								"2020-04-01" },
				    &below));
	CHECK_OK(cx, store_unit_rest(cx, id, "2025-12-31", &rest));
	CHECK(rest.units == 1 && rest.people == 0);
	CHECK_OK(cx, store_unit_end(cx, below, "2025-12-31"));
	CHECK_OK(cx, store_unit_rest(cx, id, "2025-12-31", &rest));
	CHECK(rest.units == 0);
	CHECK_OK(cx, store_unit_rest(cx, id, "2025-12-30", &rest));
	CHECK_THAT(rest.units == 1, "one day earlier it is still there");
	CHECK_TEXT(name_on(cx, below, "2025-12-31"), "下の課");
	CHECK_TEXT(name_on(cx, below, "2026-01-01"), NULL);
}

int main(void)
{
	struct test_db t;
	int64_t id;

	test_db_open(&t, "DB_URL");
	CHECK_OK(&t.cx, store_unit_add(&t.cx,
				       &(struct unit_new){
					       .code = "U1",
					       .kind = "bureau",
					       .name = "A課",
					       .name_en = "",
					       .parent_id = DB_NULL,
					       .valid_from = "2020-04-01" },
				       &id));
	a_name_waits_for_its_day(&t.cx, id);
	an_end_is_an_end(&t.cx, id);
	test_db_close(&t);
	return check_done();
}
