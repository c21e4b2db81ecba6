/*
 * store_course_advice.c: the part of store_course.h that knows what a person
 * has already done: prerequisites and the advice on the home page.
 */
#include "base/clock.h"
#include "store/store_course.h"

/*
 * Courses a person (one parameter) has done. The order of the tables is ours:
 * from the person's own bookings, so that the cost is theirs and does not
 * grow with everybody's attendance.
 */
#define DONE                                                          \
	"done AS (SELECT DISTINCT STRAIGHT_JOIN z.course_id"          \
	" FROM booking b"                                             \
	" JOIN attendance a ON a.booking_id = b.id AND a.minutes > 0" \
	" JOIN session z ON z.id = b.session_id"                      \
	" WHERE b.person_id = ? AND b.state = 'booked')"

static const struct db_query before = {
	.name = "course before",
	.sql = "WITH " DONE
	       " SELECT c.code, v.title, v.title_en, d.course_id IS NOT NULL"
	       " FROM course_prerequisite q"
	       " JOIN course c ON c.code = q.course_code"
	       " JOIN course_version v ON v.id = c.version_id"
	       " LEFT JOIN done d ON d.course_id = c.id"
	       " WHERE q.version_id = ? ORDER BY v.sort, c.code",
	.row_size = sizeof(struct course_before),
	.cols = { COL(struct course_before, code),
		  COL(struct course_before, title),
		  COL(struct course_before, title_en),
		  COL(struct course_before, is_done) },
	.ncols = 4,
};

/*
 * wanted: how far the tier's expectation is above what the done courses
 * reach, per skill. The course's best such skill is the reason shown.
 */
static const struct db_query advice = {
	.name = "course advice",
	.sql = "WITH " DONE ", wanted AS ("
	       " SELECT k.code, k.sort, k.name, k.name_en,"
	       "  ts.level - COALESCE((SELECT MAX(x.level) FROM done d"
	       "   JOIN course dc ON dc.id = d.course_id"
	       "   JOIN course_skill x ON x.version_id = dc.version_id"
	       "   WHERE x.skill_code = k.code), 0) AS gap"
	       " FROM tier_skill ts JOIN skill k ON k.id = ts.skill_id"
	       " WHERE ts.tier_id = ?)"
	       " SELECT c.code, v.title, v.title_en, v.summary, v.summary_en,"
	       " ct.demand, v.form, v.level, v.minutes, w.name, w.name_en,"
	       " pv.title, pv.title_en, s.id, s.starts_at, s.seats - s.booked"
	       " FROM tier t"
	       " JOIN course_tier ct ON ct.tier_code = t.code"
	       "  AND ct.demand IN ('required', 'recommended')"
	       " JOIN course c ON c.version_id = ct.version_id"
	       " JOIN course_version v ON v.id = c.version_id"
	       " LEFT JOIN wanted w ON w.code = (SELECT x.skill_code"
	       "  FROM course_skill x JOIN wanted y ON y.code = x.skill_code"
	       "  WHERE x.version_id = v.id AND y.gap > 0"
	       "  ORDER BY LEAST(x.level, y.gap) DESC, y.sort LIMIT 1)"
	       " LEFT JOIN course pc ON pc.id = (SELECT pd.id"
	       "  FROM course_prerequisite q"
	       "  JOIN course pd ON pd.code = q.course_code"
	       "  JOIN done d ON d.course_id = pd.id"
	       "  WHERE q.version_id = v.id LIMIT 1)"
	       " LEFT JOIN course_version pv ON pv.id = pc.version_id"
	       " LEFT JOIN session s ON s.id = (SELECT n.id FROM session n"
	       "  WHERE n.course_id = c.id AND n.state = 'open'"
	       "  AND n.starts_at > ?"
	       "  AND (n.apply_from IS NULL OR n.apply_from <= ?)"
	       "  AND (n.apply_until IS NULL OR n.apply_until > ?)"
	       "  ORDER BY n.booked >= n.seats, n.starts_at LIMIT 1)"
	       " WHERE t.id = ? AND c.is_retired = 0"
	       " AND c.id NOT IN (SELECT course_id FROM done)"
	       " AND NOT EXISTS (SELECT 1 FROM booking mb"
	       "  JOIN session ms ON ms.id = mb.session_id"
	       "  WHERE mb.person_id = ? AND ms.course_id = c.id"
	       "  AND mb.state IN ('applied', 'waiting', 'booked')"
	       "  AND ms.state <> 'cancelled' AND ms.ends_at > ?)"
	       " ORDER BY (SELECT COUNT(*) FROM course_prerequisite q"
	       "  JOIN course qc ON qc.code = q.course_code"
	       "  WHERE q.version_id = v.id"
	       "  AND qc.id NOT IN (SELECT course_id FROM done)) > 0,"
	       " ct.demand = 'required' DESC, s.id IS NOT NULL DESC,"
	       " w.code IS NOT NULL DESC, v.sort LIMIT ?",
	.row_size = sizeof(struct course_advice),
	.cols = { COL(struct course_advice, code),
		  COL(struct course_advice, title),
		  COL(struct course_advice, title_en),
		  COL(struct course_advice, summary),
		  COL(struct course_advice, summary_en),
		  COL(struct course_advice, demand),
		  COL(struct course_advice, form),
		  COL(struct course_advice, level),
		  COL(struct course_advice, minutes),
		  COL(struct course_advice, skill_name),
		  COL(struct course_advice, skill_name_en),
		  COL(struct course_advice, after_title),
		  COL(struct course_advice, after_title_en),
		  COL(struct course_advice, next_id),
		  COL(struct course_advice, next_starts_at),
		  COL(struct course_advice, next_left) },
	.ncols = 16,
};

static const struct db_query record_of = {
	.name = "course record_of",
	.sql = "SELECT STRAIGHT_JOIN COUNT(DISTINCT z.course_id),"
	       " CAST(COALESCE(SUM(a.minutes), 0) AS SIGNED),"
	       " (SELECT COUNT(*) FROM completion c WHERE c.person_id = ?)"
	       " FROM booking b"
	       " JOIN attendance a ON a.booking_id = b.id AND a.minutes > 0"
	       " JOIN session z ON z.id = b.session_id"
	       " WHERE b.person_id = ? AND b.state = 'booked'",
	.row_size = sizeof(struct course_record),
	.cols = { COL(struct course_record, courses),
		  COL(struct course_record, minutes),
		  COL(struct course_record, surveys) },
	.ncols = 3,
};

const struct db_query *const store_course_advice_queries[] = { &before, &advice,
							       &record_of,
							       NULL };

enum err store_course_prerequisites(struct ctx *cx, int64_t version_id,
				    int64_t person_id,
				    const struct course_before **rows,
				    size_t *n)
{
	return db_all(cx, &before, ARGS(db_i64(person_id), db_i64(version_id)),
		      rows, n);
}

enum err store_course_advice(struct ctx *cx, int64_t person_id, int64_t tier_id,
			     int64_t limit, const struct course_advice **rows,
			     size_t *n)
{
	const struct db_arg now =
		db_text(instant_to_db(&cx->arena, cx->now_ms));
	const struct db_arg person = db_i64(person_id), tier = db_i64(tier_id);

	return db_all(cx, &advice,
		      ARGS(person, tier, now, now, now, tier, person, now,
			   db_i64(limit)),
		      rows, n);
}

enum err store_course_record(struct ctx *cx, int64_t person_id,
			     struct course_record *record)
{
	return db_one(cx, &record_of,
		      ARGS(db_i64(person_id), db_i64(person_id)), record);
}
