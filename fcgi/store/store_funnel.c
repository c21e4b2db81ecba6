/*
 * store_funnel.c: counts of bookings, attendance and answers. The manual is
 * store_funnel.h.
 */
#include "store/store_funnel.h"

#include "base/clock.h"

#define FUNNEL_SQL                                                       \
	"SELECT COUNT(DISTINCT b.id),"                                   \
	" COUNT(DISTINCT IF(b.state = 'booked', b.id, NULL)),"           \
	" COUNT(DISTINCT IF(b.state = 'booked' AND a.minutes > 0, b.id," \
	" NULL))"                                                        \
	" FROM session s JOIN booking b ON b.session_id = s.id"          \
	" LEFT JOIN attendance a ON a.booking_id = b.id"

#define FUNNEL_COLS                                   \
	.row_size = sizeof(struct funnel_row),        \
	.cols = { COL(struct funnel_row, applied),    \
		  COL(struct funnel_row, booked),     \
		  COL(struct funnel_row, attended) }, \
	.ncols = 3

static const struct db_query funnel_of_session = {
	.name = "funnel_of_session",
	.sql = FUNNEL_SQL " WHERE s.id = ?",
	FUNNEL_COLS,
	.remember = true,
};

static const struct db_query funnel_of_course = {
	.name = "funnel_of_course",
	.sql = FUNNEL_SQL " WHERE s.course_id = ?",
	FUNNEL_COLS,
};

static const struct db_query funnel_of_year = {
	.name = "funnel_of_year",
	.sql = FUNNEL_SQL " WHERE s.fiscal_year = ?",
	FUNNEL_COLS,
};

#define S(field) COL(struct funnel_session, field)
static const struct db_query sessions_of_year = {
	.name = "funnel_sessions",
	.sql = "SELECT s.id, s.course_id, co.code, cv.title, cv.title_en,"
	       " s.fiscal_year, s.run_no, s.seats, s.state, s.starts_at,"
	       " COALESCE(x.applied, 0), s.booked, COALESCE(x.waiting, 0),"
	       " COALESCE(x.attended, 0),"
	       " (SELECT COUNT(*) FROM completion m JOIN collection c"
	       "   ON c.id = m.collection_id"
	       "   WHERE c.session_id = s.id AND c.moment = 'pre'),"
	       " (SELECT COUNT(*) FROM completion m JOIN collection c"
	       "   ON c.id = m.collection_id"
	       "   WHERE c.session_id = s.id AND c.moment = 'post'),"
	       " s.is_synthetic"
	       " FROM session s JOIN course co ON co.id = s.course_id"
	       " JOIN course_version cv ON cv.id = s.version_id"
	       " LEFT JOIN (SELECT b.session_id, COUNT(*) AS applied,"
	       "   SUM(b.state = 'waiting') AS waiting,"
	       "   SUM(b.state = 'booked' AND EXISTS (SELECT 1"
	       "     FROM attendance a WHERE a.booking_id = b.id"
	       "     AND a.minutes > 0)) AS attended"
	       "   FROM session t JOIN booking b ON b.session_id = t.id"
	       "   WHERE t.fiscal_year = ? GROUP BY b.session_id) x"
	       "  ON x.session_id = s.id"
	       " WHERE s.fiscal_year = ? AND s.state <> 'draft'"
	       " ORDER BY s.starts_at, s.id LIMIT 2000",
	.row_size = sizeof(struct funnel_session),
	.cols = { S(session_id), S(course_id), S(course_code), S(title),
		  S(title_en), S(fiscal_year), S(run_no), S(seats), S(state),
		  S(starts_at), S(applied), S(booked), S(waiting), S(attended),
		  S(pre), S(post), S(is_synthetic) },
	.ncols = 17,
};

static const struct db_query sessions_of_course = {
	.name = "funnel_sessions_of_course",
	.sql = "SELECT id, course_id, fiscal_year, run_no, seats, state,"
	       " starts_at FROM session WHERE course_id = ?"
	       " AND state <> 'draft' ORDER BY starts_at, id",
	.row_size = sizeof(struct funnel_session),
	.cols = { S(session_id), S(course_id), S(fiscal_year), S(run_no),
		  S(seats), S(state), S(starts_at) },
	.ncols = 7,
};

static const struct db_query years = {
	.name = "funnel_years",
	.sql = "SELECT DISTINCT fiscal_year FROM session"
	       " WHERE state <> 'draft' ORDER BY fiscal_year DESC",
	.row_size = sizeof(struct funnel_year),
	.cols = { COL(struct funnel_year, fiscal_year) },
	.ncols = 1,
};

static const struct db_query tiers_of_years = {
	.name = "funnel_tiers",
	.sql = "SELECT s.fiscal_year, t.code, COUNT(DISTINCT b.id),"
	       " COUNT(DISTINCT IF(b.state = 'booked' AND a.minutes > 0,"
	       " b.person_id, NULL))"
	       " FROM session s JOIN booking b ON b.session_id = s.id"
	       " LEFT JOIN attendance a ON a.booking_id = b.id"
	       " LEFT JOIN tier t ON t.id = b.tier_id"
	       " WHERE s.fiscal_year BETWEEN ? AND ?"
	       " AND s.state NOT IN ('draft', 'cancelled')"
	       " GROUP BY s.fiscal_year, t.code ORDER BY s.fiscal_year, t.code",
	.row_size = sizeof(struct funnel_tier),
	.cols = { COL(struct funnel_tier, fiscal_year),
		  COL(struct funnel_tier, tier_code),
		  COL(struct funnel_tier, applied),
		  COL(struct funnel_tier, came) },
	.ncols = 4,
};

static const struct db_query units_of_year = {
	.name = "funnel_units",
	.sql = "SELECT u.id, u.name, u.name_en, COUNT(*),"
	       " COALESCE(SUM(m.person_id IS NOT NULL), 0)"
	       " FROM session s JOIN collection c ON c.session_id = s.id"
	       " AND c.moment = 'post' AND c.state <> 'planned'"
	       " JOIN booking b ON b.session_id = s.id AND b.state = 'booked'"
	       " JOIN unit u ON u.id = b.unit_id"
	       " LEFT JOIN completion m ON m.collection_id = c.id"
	       " AND m.person_id = b.person_id"
	       " WHERE s.fiscal_year = ? AND s.ends_at < ?"
	       " GROUP BY u.id, u.name, u.name_en, u.sort"
	       " ORDER BY u.sort, u.id",
	.row_size = sizeof(struct funnel_unit),
	.cols = { COL(struct funnel_unit, unit_id),
		  COL(struct funnel_unit, name),
		  COL(struct funnel_unit, name_en),
		  COL(struct funnel_unit, booked),
		  COL(struct funnel_unit, answered) },
	.ncols = 5,
};

static const struct db_query units_of_course = {
	.name = "funnel_units_of_course",
	.sql = "SELECT b.unit_id, COUNT(*),"
	       " COALESCE(SUM(m.person_id IS NOT NULL), 0)"
	       " FROM session s JOIN collection c ON c.session_id = s.id"
	       " AND c.moment = 'post' AND c.state <> 'planned'"
	       " JOIN booking b ON b.session_id = s.id AND b.state = 'booked'"
	       " LEFT JOIN completion m ON m.collection_id = c.id"
	       " AND m.person_id = b.person_id"
	       " WHERE s.course_id = ? AND s.ends_at < ?"
	       " AND b.unit_id IS NOT NULL GROUP BY b.unit_id",
	.row_size = sizeof(struct funnel_unit),
	.cols = { COL(struct funnel_unit, unit_id),
		  COL(struct funnel_unit, booked),
		  COL(struct funnel_unit, answered) },
	.ncols = 3,
};

#define ASKED(of, where)                                                  \
	.name = "funnel_asked_of_" of,                                    \
	.sql = "SELECT b.tier_id, COUNT(*),"                              \
	       " COALESCE(SUM(m.person_id IS NOT NULL), 0)"               \
	       " FROM session s JOIN collection c ON c.session_id = s.id" \
	       " AND c.moment = 'post' AND c.state <> 'planned'"          \
	       " JOIN booking b ON b.session_id = s.id"                   \
	       " AND b.state = 'booked'"                                  \
	       " LEFT JOIN completion m ON m.collection_id = c.id"        \
	       " AND m.person_id = b.person_id"                           \
	       " WHERE " where " AND s.ends_at < ? GROUP BY b.tier_id",   \
	.row_size = sizeof(struct funnel_asked),                          \
	.cols = { COL(struct funnel_asked, tier_id),                      \
		  COL(struct funnel_asked, booked),                       \
		  COL(struct funnel_asked, answered) },                   \
	.ncols = 3

static const struct db_query asked_of_session = { ASKED("session",
							"s.id = ?") };
static const struct db_query asked_of_course = { ASKED("course",
						       "s.course_id = ?") };
static const struct db_query asked_of_year = { ASKED("year",
						     "s.fiscal_year = ?") };

static const struct db_query seats_of_year = {
	.name = "funnel_seats",
	.sql = "SELECT k.skill_code, t.tier_code, COUNT(*), SUM(s.seats),"
	       " SUM(1.0e0 * s.seats /"
	       "  ((SELECT COUNT(*) FROM course_skill x"
	       "    WHERE x.version_id = s.version_id) *"
	       "   (SELECT COUNT(*) FROM course_tier y"
	       "    WHERE y.version_id = s.version_id"
	       "    AND y.demand IN ('required', 'recommended'))))"
	       " FROM session s"
	       " JOIN course_skill k ON k.version_id = s.version_id"
	       " JOIN course_tier t ON t.version_id = s.version_id"
	       " AND t.demand IN ('required', 'recommended')"
	       " WHERE s.fiscal_year = ? AND s.state IN ('open', 'held')"
	       " GROUP BY k.skill_code, t.tier_code",
	.row_size = sizeof(struct funnel_seats),
	.cols = { COL(struct funnel_seats, skill_code),
		  COL(struct funnel_seats, tier_code),
		  COL(struct funnel_seats, sessions),
		  COL(struct funnel_seats, seats),
		  COL(struct funnel_seats, share) },
	.ncols = 5,
};

static const struct db_query unit_skills_of_year = {
	.name = "funnel_unit_skills",
	.sql = "SELECT b.unit_id, k.skill_code, COUNT(*)"
	       " FROM session s JOIN booking b ON b.session_id = s.id"
	       " AND b.state = 'booked'"
	       " JOIN course_skill k ON k.version_id = s.version_id"
	       " WHERE s.fiscal_year = ? AND b.unit_id IS NOT NULL"
	       " GROUP BY b.unit_id, k.skill_code",
	.row_size = sizeof(struct funnel_unit_skill),
	.cols = { COL(struct funnel_unit_skill, unit_id),
		  COL(struct funnel_unit_skill, skill_code),
		  COL(struct funnel_unit_skill, booked) },
	.ncols = 3,
};

static const struct db_query courses_of_year = {
	.name = "funnel_courses",
	.sql = "SELECT co.id, co.code, COUNT(DISTINCT s.id), MIN(s.id)"
	       " FROM session s JOIN course co ON co.id = s.course_id"
	       " JOIN collection c ON c.session_id = s.id"
	       " WHERE s.fiscal_year = ? AND EXISTS (SELECT 1 FROM submission b"
	       "  WHERE b.collection_id = c.id)"
	       " GROUP BY co.id, co.code ORDER BY co.id",
	.row_size = sizeof(struct funnel_course),
	.cols = { COL(struct funnel_course, course_id),
		  COL(struct funnel_course, code),
		  COL(struct funnel_course, sessions),
		  COL(struct funnel_course, session_id) },
	.ncols = 4,
};

enum err store_funnel(struct ctx *cx, const struct answers_of *of,
		      struct funnel_row *row)
{
	if (of->session_id)
		return db_one(cx, &funnel_of_session,
			      ARGS(db_i64(of->session_id)), row);
	if (of->course_id)
		return db_one(cx, &funnel_of_course,
			      ARGS(db_i64(of->course_id)), row);
	return db_one(cx, &funnel_of_year, ARGS(db_i64(of->fiscal_year)), row);
}

enum err store_funnel_sessions(struct ctx *cx, int64_t fiscal_year,
			       const struct funnel_session **rows, size_t *n)
{
	return db_all(cx, &sessions_of_year,
		      ARGS(db_i64(fiscal_year), db_i64(fiscal_year)), rows, n);
}

enum err store_funnel_sessions_of_course(struct ctx *cx, int64_t course_id,
					 const struct funnel_session **rows,
					 size_t *n)
{
	return db_all(cx, &sessions_of_course, ARGS(db_i64(course_id)), rows,
		      n);
}

enum err store_funnel_years(struct ctx *cx, const struct funnel_year **rows,
			    size_t *n)
{
	return db_all(cx, &years, NO_ARGS, rows, n);
}

enum err store_funnel_tiers(struct ctx *cx, int64_t first_year,
			    int64_t last_year, const struct funnel_tier **rows,
			    size_t *n)
{
	return db_all(cx, &tiers_of_years,
		      ARGS(db_i64(first_year), db_i64(last_year)), rows, n);
}

enum err store_funnel_units(struct ctx *cx, int64_t fiscal_year,
			    const struct funnel_unit **rows, size_t *n)
{
	return db_all(cx, &units_of_year,
		      ARGS(db_i64(fiscal_year),
			   db_text(instant_to_db(&cx->arena, cx->now_ms))),
		      rows, n);
}

enum err store_funnel_units_of(struct ctx *cx, const struct answers_of *of,
			       const struct funnel_unit **rows, size_t *n)
{
	*rows = NULL;
	*n = 0;
	if (of->session_id)
		return OK;
	if (!of->course_id)
		return store_funnel_units(cx, of->fiscal_year, rows, n);
	return db_all(cx, &units_of_course,
		      ARGS(db_i64(of->course_id),
			   db_text(instant_to_db(&cx->arena, cx->now_ms))),
		      rows, n);
}

enum err store_funnel_asked(struct ctx *cx, const struct answers_of *of,
			    const struct funnel_asked **rows, size_t *n)
{
	const struct db_arg now =
		db_text(instant_to_db(&cx->arena, cx->now_ms));

	if (of->session_id)
		return db_all(cx, &asked_of_session,
			      ARGS(db_i64(of->session_id), now), rows, n);
	if (of->course_id)
		return db_all(cx, &asked_of_course,
			      ARGS(db_i64(of->course_id), now), rows, n);
	return db_all(cx, &asked_of_year, ARGS(db_i64(of->fiscal_year), now),
		      rows, n);
}

enum err store_funnel_seats(struct ctx *cx, int64_t fiscal_year,
			    const struct funnel_seats **rows, size_t *n)
{
	return db_all(cx, &seats_of_year, ARGS(db_i64(fiscal_year)), rows, n);
}

enum err store_funnel_unit_skills(struct ctx *cx, int64_t fiscal_year,
				  const struct funnel_unit_skill **rows,
				  size_t *n)
{
	return db_all(cx, &unit_skills_of_year, ARGS(db_i64(fiscal_year)), rows,
		      n);
}

enum err store_funnel_courses(struct ctx *cx, int64_t fiscal_year,
			      const struct funnel_course **rows, size_t *n)
{
	return db_all(cx, &courses_of_year, ARGS(db_i64(fiscal_year)), rows, n);
}

const struct db_query *const store_funnel_queries[] = {
	&funnel_of_session,   &funnel_of_course,
	&funnel_of_year,      &sessions_of_year,
	&sessions_of_course,  &years,
	&units_of_year,       &units_of_course,
	&asked_of_session,    &asked_of_course,
	&asked_of_year,       &seats_of_year,
	&unit_skills_of_year, &courses_of_year,
	&tiers_of_years,      NULL,
};
