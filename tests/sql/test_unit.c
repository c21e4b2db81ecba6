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

static int64_t unit_of(struct ctx *cx, const char *code, int64_t parent_id,
		       const char *day)
{
	int64_t id = 0;

	CHECK_OK(cx, store_unit_add(cx,
				    &(struct unit_new){ .code = code,
							.kind = "section",
							.name = "下の課",
							.name_en = "",
							.parent_id = parent_id,
							.valid_from = day },
				    &id));
	return id;
}

static struct unit_end end_on(struct ctx *cx, int64_t id, const char *day)
{
	struct unit_end e = { .unit_id = id, .last_day = day };

	CHECK_OK(cx, store_unit_end(cx, &e));
	return e;
}

static void an_end_is_an_end(struct ctx *cx, int64_t id)
{
	const int64_t below = unit_of(cx, "U2", id, "2020-04-01");
	struct unit_end e = end_on(cx, id, "2025-12-31");

	CHECK(e.why == UNIT_END_UNITS_LEFT && e.left == 1);
	CHECK(end_on(cx, below, "2020-03-31").why == UNIT_END_TOO_EARLY);
	CHECK(end_on(cx, below, "2025-12-31").why == UNIT_END_FINE);
	CHECK_THAT(end_on(cx, id, "2025-12-30").why == UNIT_END_UNITS_LEFT,
		   "one day earlier it is still there");
	CHECK(end_on(cx, id, "2025-12-31").why == UNIT_END_FINE);
	CHECK_TEXT(name_on(cx, below, "2025-12-31"), "下の課");
	CHECK_TEXT(name_on(cx, below, "2026-01-01"), NULL);
}

/* A name that is to come is no name of a unit that is gone by then. */
static void names_come_before_the_end(struct ctx *cx)
{
	const int64_t id = unit_of(cx, "U5", DB_NULL, "2020-04-01");
	bool done;

	rename_from(cx, id, "E課", "2030-04-01");
	CHECK(end_on(cx, id, "2030-03-31").why == UNIT_END_NAME_COMES);
	CHECK(end_on(cx, id, "2030-04-01").why == UNIT_END_FINE);
	CHECK(end_on(cx, id, NULL).why == UNIT_END_FINE);
	CHECK_OK(cx, store_unit_take_back(cx, id, "2030-04-01", &done));
	CHECK_THAT(done && end_on(cx, id, "2030-03-31").why == UNIT_END_FINE,
		   "without the name it ends");
}

/* The unit above has ended: one below it would hang in the air. */
static void goes_on_only_in_its_frame(struct ctx *cx, int64_t id)
{
	const int64_t first = unit_of(cx, "U3", DB_NULL, "2020-04-01"),
		      below = unit_of(cx, "U4", id, "2020-04-01");

	CHECK(end_on(cx, below, NULL).why == UNIT_END_ABOVE_ENDS);
	CHECK(end_on(cx, below, "2026-01-01").why == UNIT_END_ABOVE_ENDS);
	CHECK(end_on(cx, below, "2025-12-31").why == UNIT_END_FINE);
	CHECK(end_on(cx, first, "2024-03-31").why == UNIT_END_FINE);
	unit_of(cx, "U3", DB_NULL, "2024-04-01");
	CHECK(end_on(cx, first, NULL).why == UNIT_END_CODE_TAKEN);
	CHECK(end_on(cx, first, "2024-04-01").why == UNIT_END_CODE_TAKEN);
	CHECK(end_on(cx, first, "2024-03-31").why == UNIT_END_FINE);
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
	goes_on_only_in_its_frame(&t.cx, id);
	names_come_before_the_end(&t.cx);
	test_db_close(&t);
	return check_done();
}
