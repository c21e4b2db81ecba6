/*
 * collection_sql.h: what the statements about collections share.
 *
 * c is the collection, s its session (or NULL), sv the survey version, co and
 * cv the course and its version. Inside store/ only.
 */
#ifndef STORE_COLLECTION_SQL_H
#define STORE_COLLECTION_SQL_H

/* c is open at ?, ?, ? (three times now); s is its session or NULL. */
#define IS_OPEN                                             \
	"(c.state = 'open'"                                 \
	" AND (c.opens_at IS NULL OR c.opens_at <= ?)"      \
	" AND (c.closes_at IS NULL OR c.closes_at > ?)"     \
	" AND (s.id IS NULL OR (s.state <> 'cancelled' AND" \
	"      (c.moment <> 'pre' OR s.starts_at > ?))))"

/* A pre collection ends with the session's start at the latest. */
#define ENDS_AT                                                        \
	"CASE WHEN c.moment = 'pre' AND s.id IS NOT NULL"              \
	" THEN LEAST(COALESCE(c.closes_at, s.starts_at), s.starts_at)" \
	" ELSE c.closes_at END"

#define TITLES                                     \
	"COALESCE(NULLIF(c.title, ''), sv.title)," \
	" CASE WHEN c.title = '' THEN sv.title_en ELSE '' END"

#define COLLECTION_SQL                                                      \
	"c.id, c.version_id, c.session_id, s.course_id, c.moment, c.mode,"  \
	" c.state, c.opens_at, " ENDS_AT ", c.tier_codes, " TITLES ","      \
	" co.code, cv.title, cv.title_en, s.starts_at, s.ends_at, s.state," \
	" s.run_no, " IS_OPEN ", c.is_synthetic"

#define COLLECTION_FROM                                   \
	" FROM collection c"                              \
	" JOIN survey_version sv ON sv.id = c.version_id" \
	" LEFT JOIN session s ON s.id = c.session_id"     \
	" LEFT JOIN course co ON co.id = s.course_id"     \
	" LEFT JOIN course_version cv ON cv.id = s.version_id"

#define COLLECTION_COLS(T, f)                                                 \
	COL(T, f id), COL(T, f version_id), COL(T, f session_id),             \
		COL(T, f course_id), COL(T, f moment_text),                   \
		COL(T, f mode_text), COL(T, f state), COL(T, f opens_at),     \
		COL(T, f closes_at), COL(T, f tier_codes), COL(T, f title),   \
		COL(T, f title_en), COL(T, f course_code),                    \
		COL(T, f course_title), COL(T, f course_title_en),            \
		COL(T, f session_starts_at), COL(T, f session_ends_at),       \
		COL(T, f session_state), COL(T, f run_no), COL(T, f is_open), \
		COL(T, f is_synthetic)

#endif
