/*
 * store_course_done.c: the part of store_course.h that knows what a person
 * has already done: prerequisites and the record.
 */
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
	.remember = true,
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
	.remember = true,
};

const struct db_query *const store_course_done_queries[] = { &before,
							     &record_of, NULL };

enum err store_course_prerequisites(struct ctx *cx, int64_t version_id,
				    int64_t person_id,
				    const struct course_before **rows,
				    size_t *n)
{
	return db_all(cx, &before, ARGS(db_i64(person_id), db_i64(version_id)),
		      rows, n);
}

enum err store_course_record(struct ctx *cx, int64_t person_id,
			     struct course_record *record)
{
	return db_one(cx, &record_of,
		      ARGS(db_i64(person_id), db_i64(person_id)), record);
}
