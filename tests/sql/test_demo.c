/*
 * The demo programme: exact where the model is exact, near where it draws.
 */
#include "db_test.h"
#include "demo/demo.h"
#include "load/load.h"

struct number {
	double value;
};

static double ask(struct ctx *cx, const struct db_query *q)
{
	struct number row = { NAN };

	return db_one(cx, q, NO_ARGS, &row) == OK ? row.value : NAN;
}

#define QUESTION(variable, text)                       \
	static const struct db_query variable = {      \
		.name = #variable,                     \
		.sql = (text),                         \
		.row_size = sizeof(struct number),     \
		.cols = { COL(struct number, value) }, \
		.ncols = 1,                            \
	}

QUESTION(units, "SELECT 1.0e0 * COUNT(*) FROM unit");
QUESTION(staff, "SELECT 1.0e0 * COUNT(*) FROM person WHERE NOT is_external");
QUESTION(managers, "SELECT 1.0e0 * COUNT(*) FROM posting p JOIN tier t"
		   " ON t.id = p.tier_id WHERE t.code = 'T2'");
QUESTION(leaders, "SELECT 1.0e0 * COUNT(*) FROM posting p JOIN tier t"
		  " ON t.id = p.tier_id WHERE t.code = 'T3'");
QUESTION(too_many, "SELECT 1.0e0 * COUNT(*) FROM session s WHERE s.booked <>"
		   " (SELECT COUNT(*) FROM booking b WHERE b.session_id = s.id"
		   " AND b.state = 'booked')");
QUESTION(two_rooms, "SELECT 1.0e0 * COUNT(*) FROM booking a JOIN booking b"
		    " ON a.person_id = b.person_id AND a.id < b.id"
		    " JOIN session s ON s.id = a.session_id"
		    " JOIN session t ON t.id = b.session_id"
		    " WHERE s.starts_at = t.starts_at");
QUESTION(rise, "SELECT AVG(CASE WHEN c.moment = 'post' THEN a.number END) -"
	       " AVG(CASE WHEN c.moment = 'pre' THEN a.number END)"
	       " FROM answer a JOIN collection c ON c.id = a.collection_id"
	       " JOIN session s ON s.id = c.session_id AND s.state = 'held'"
	       " WHERE a.item_key LIKE 'k\\_%' AND a.number IS NOT NULL");
QUESTION(unmarked, "SELECT 1.0e0 * ((SELECT COUNT(*) FROM person WHERE NOT"
		   " is_synthetic) + (SELECT COUNT(*) FROM unit WHERE NOT"
		   " is_synthetic) + (SELECT COUNT(*) FROM session WHERE NOT"
		   " is_synthetic) + (SELECT COUNT(*) FROM collection WHERE NOT"
		   " is_synthetic))");

QUESTION(to_decide,
	 "SELECT 1.0e0 * COUNT(*) FROM booking b JOIN session s"
	 " ON s.id = b.session_id AND s.state = 'open'"
	 " JOIN posting h ON h.unit_id = b.unit_id AND h.is_head"
	 " JOIN person p ON p.id = h.person_id AND p.staff_number = JSON_VALUE("
	 "  (SELECT value FROM setting WHERE name = 'demo.accounts'),"
	 "  '$[3].login')"
	 " WHERE b.state = 'applied' AND b.person_id <> h.person_id");
QUESTION(later_published,
	 "SELECT 1.0e0 * ((SELECT COUNT(*) FROM survey_version v"
	 "  JOIN collection c ON c.version_id = v.id"
	 "  WHERE c.opens_at < v.published_at) + (SELECT COUNT(*)"
	 "  FROM course_version v JOIN session s ON s.version_id = v.id"
	 "  WHERE s.starts_at < v.published_at))");
QUESTION(held_wrong,
	 "SELECT 1.0e0 * COUNT(*) FROM session s WHERE s.held <> COALESCE("
	 " (SELECT SUM(a.seats) FROM session_allotment a"
	 "  WHERE a.session_id = s.id), 0) - (SELECT COUNT(*) FROM booking b"
	 "  JOIN unit u ON u.id = b.unit_id JOIN session_allotment a"
	 "  ON a.session_id = b.session_id AND a.unit_id IN (u.id, u.parent_id)"
	 "  WHERE b.session_id = s.id AND b.state = 'booked')");
QUESTION(kept, "SELECT 1.0e0 * COUNT(*) FROM session WHERE held > 0");
QUESTION(debriefs, "SELECT 1.0e0 * COUNT(*) FROM debrief");
QUESTION(later_debriefs, "SELECT 1.0e0 * COUNT(*) FROM debrief"
			 " WHERE written_at > '2024-12-02'");

int main(void)
{
	const struct demo_options options = { 20240401, 3500 };
	struct load_content_report report = { 0 };
	struct test_db t;
	struct ctx *cx = &t.cx;

	test_db_open(&t, "DB_URL");
	CHECK(load_content(cx, t.config.content, &report) == OK);
	CHECK(report.nproblems == 0);
	CHECK_THAT(demo_load(cx, &options) == OK,
		   "the demo goes into an empty database");
	CHECK_NEAR(ask(cx, &units), 150.0, 0.0);
	CHECK_NEAR(ask(cx, &staff), 3500.0, 0.0);
	CHECK_NEAR(ask(cx, &managers), 124.0, 0.0);
	CHECK_NEAR(ask(cx, &leaders), 121.0, 0.0);
	CHECK_NEAR(ask(cx, &too_many), 0.0, 0.0);
	CHECK_THAT(ask(cx, &two_rooms) == 0.0,
		   "nobody is booked twice at the same time");
	CHECK_THAT(ask(cx, &rise) > 0.08, "comprehension rises");
	CHECK_THAT(ask(cx, &unmarked) == 0.0,
		   "every row is marked as invented");
	CHECK_THAT(ask(cx, &to_decide) >= 3.0,
		   "the head whose account is offered has something to decide");
	CHECK_THAT(ask(cx, &later_published) == 0.0,
		   "nothing was used before it was published");
	CHECK_THAT(ask(cx, &kept) == 1.0 && ask(cx, &held_wrong) == 0.0,
		   "one session keeps seats for a department, rightly counted");
	CHECK_THAT(ask(cx, &debriefs) >= 1.0 && ask(cx, &later_debriefs) == 0.0,
		   "somebody has reported, before the demo's today");
	CHECK_THAT(demo_load(cx, &options) == ERR_CONFLICT,
		   "the demo refuses a database with people in it");
	test_db_close(&t);
	return check_done();
}
