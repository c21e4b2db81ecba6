/*
 * store_answers.c: streams of submissions. The manual is store_answers.h.
 * Texts: store_answers_texts.c; people: store_answers_people.c.
 */
#include "store/answers_sql.h"

#include "base/clock.h"

#define COLLECTION_COLS                                          \
	.row_size = sizeof(struct answers_collection),           \
	.cols = { COL(struct answers_collection, id),            \
		  COL(struct answers_collection, version_id),    \
		  COL(struct answers_collection, session_id),    \
		  COL(struct answers_collection, course_id),     \
		  COL(struct answers_collection, moment),        \
		  COL(struct answers_collection, mode),          \
		  COL(struct answers_collection, state),         \
		  COL(struct answers_collection, is_synthetic),  \
		  COL(struct answers_collection, fiscal_year) }, \
	.ncols = 9

static const struct db_query collections_of_session = {
	.name = "answers_collections_of_session",
	.sql = "SELECT c.id, c.version_id, s.id, s.course_id, c.moment, c.mode,"
	       " c.state, c.is_synthetic, s.fiscal_year"
	       " FROM session s JOIN collection c ON c.session_id = s.id"
	       " WHERE s.id = ? ORDER BY c.moment, c.id",
	COLLECTION_COLS,
	.remember = true,
};

static const struct db_query collections_of_course = {
	.name = "answers_collections_of_course",
	.sql = "SELECT c.id, c.version_id, s.id, s.course_id, c.moment, c.mode,"
	       " c.state, c.is_synthetic, s.fiscal_year"
	       " FROM session s JOIN collection c ON c.session_id = s.id"
	       " WHERE s.course_id = ? ORDER BY s.starts_at, c.moment, c.id",
	COLLECTION_COLS,
};

static const struct db_query collections_of_year = {
	.name = "answers_collections_of_year",
	.sql = "SELECT c.id, c.version_id, s.id, s.course_id, c.moment, c.mode,"
	       " c.state, c.is_synthetic, s.fiscal_year"
	       " FROM session s JOIN collection c ON c.session_id = s.id"
	       " WHERE s.fiscal_year = ?"
	       " ORDER BY s.starts_at, s.id, c.moment, c.id",
	COLLECTION_COLS,
};

/* The pair is the key, or in mode named the person written in 16 bytes. */
#define SUBMISSION_SQL                                                      \
	"SELECT STRAIGHT_JOIN b.id, b.collection_id, b.tier_id, b.unit_id," \
	" COALESCE(b.pairing_key,"                                          \
	" UNHEX(LPAD(HEX(b.person_id), 32, '0'))), b.slots"                 \
	" FROM session s JOIN collection c ON c.session_id = s.id"          \
	" JOIN submission b ON b.collection_id = c.id"

#define SUBMISSION_COLS                                          \
	.row_size = sizeof(struct answers_submission),           \
	.cols = { COL(struct answers_submission, id),            \
		  COL(struct answers_submission, collection_id), \
		  COL(struct answers_submission, tier_id),       \
		  COL(struct answers_submission, unit_id),       \
		  COL(struct answers_submission, pair),          \
		  COL(struct answers_submission, slots) },       \
	.ncols = 6

static const struct db_query submissions_of_session = {
	.name = "answers_of_session",
	.sql = SUBMISSION_SQL " WHERE s.id = ?",
	SUBMISSION_COLS,
};

static const struct db_query submissions_of_course = {
	.name = "answers_of_course",
	.sql = SUBMISSION_SQL " WHERE s.course_id = ?",
	SUBMISSION_COLS,
};

static const struct db_query submissions_of_year = {
	.name = "answers_of_year",
	.sql = SUBMISSION_SQL " WHERE s.fiscal_year = ?",
	SUBMISSION_COLS,
};

static const struct db_query all_tiers = {
	.name = "answers_tiers",
	.sql = "SELECT id, code, sort, name, name_en FROM tier"
	       " ORDER BY sort, code, id DESC",
	.row_size = sizeof(struct answers_tier),
	.cols = { COL(struct answers_tier, id), COL(struct answers_tier, code),
		  COL(struct answers_tier, sort),
		  COL(struct answers_tier, name),
		  COL(struct answers_tier, name_en) },
	.ncols = 5,
	.remember = true,
};

#define NAMES_SQL(where)                                                  \
	"SELECT p.family, p.given, p.family_kana, p.former_family"        \
	" FROM session s JOIN booking b ON b.session_id = s.id"           \
	" JOIN person p ON p.id = b.person_id WHERE " where               \
	" UNION SELECT p.family, p.given, p.family_kana, p.former_family" \
	" FROM session s JOIN session_trainer t ON t.session_id = s.id"   \
	" JOIN person p ON p.id = t.person_id WHERE " where

#define NAMES_COLS                                           \
	.row_size = sizeof(struct answers_name),             \
	.cols = { COL(struct answers_name, family),          \
		  COL(struct answers_name, given),           \
		  COL(struct answers_name, family_kana),     \
		  COL(struct answers_name, former_family) }, \
	.ncols = 4, .remember = true

static const struct db_query names_of_session = {
	.name = "answers_names_of_session",
	.sql = NAMES_SQL("s.id = ?"),
	NAMES_COLS,
};

static const struct db_query names_of_course = {
	.name = "answers_names_of_course",
	.sql = NAMES_SQL("s.course_id = ?"),
	NAMES_COLS,
};

static const struct db_query all_units = {
	.name = "answers_units",
	.sql = "SELECT id, parent_id, code, kind, name, name_en, sort"
	       " FROM unit ORDER BY sort, code, id",
	.row_size = sizeof(struct answers_unit),
	.cols = { COL(struct answers_unit, id),
		  COL(struct answers_unit, parent_id),
		  COL(struct answers_unit, code),
		  COL(struct answers_unit, kind),
		  COL(struct answers_unit, name),
		  COL(struct answers_unit, name_en),
		  COL(struct answers_unit, sort) },
	.ncols = 7,
	.remember = true,
};

#define EXPORTABLE_SQL                                                       \
	"SELECT c.id, c.version_id, s.id, c.moment,"                         \
	" (c.state = 'closed' OR c.closes_at <= ?"                           \
	"  OR (c.moment = 'pre' AND s.starts_at <= ?)),"                     \
	" (SELECT COUNT(*) FROM submission b WHERE b.collection_id = c.id)," \
	" co.code, v.title, v.title_en, s.starts_at"                         \
	" FROM session s JOIN collection c ON c.session_id = s.id"           \
	" JOIN course co ON co.id = s.course_id"                             \
	" JOIN course_version v ON v.id = s.version_id"

#define E(field) COL(struct answers_exportable, field)
#define EXPORTABLE_COLS                                                   \
	.row_size = sizeof(struct answers_exportable),                    \
	.cols = { E(id),        E(version_id), E(session_id),  E(moment), \
		  E(is_closed), E(people),     E(course_code), E(title),  \
		  E(title_en),  E(starts_at) },                           \
	.ncols = 10

static const struct db_query exportable_of_year = {
	.name = "answers_exportable",
	.sql = EXPORTABLE_SQL " WHERE s.fiscal_year = ?"
			      " ORDER BY s.starts_at, s.id, c.moment",
	EXPORTABLE_COLS,
};

static const struct db_query exportable_by_id = {
	.name = "answers_exportable_by_id",
	.sql = EXPORTABLE_SQL " WHERE c.id = ?",
	EXPORTABLE_COLS,
};

static const struct db_query submissions_of_collection = {
	.name = "answers_of_collection",
	.sql = SUBMISSION_SQL " WHERE c.id = ?",
	SUBMISSION_COLS,
};

enum err store_answers_collections(struct ctx *cx, const struct answers_of *of,
				   const struct answers_collection **rows,
				   size_t *n)
{
	static const struct db_query *const by[] = { &collections_of_session,
						     &collections_of_course,
						     &collections_of_year };
	const struct answers_choice c = answers_choose(of, by);

	return db_all(cx, c.query, &c.arg, 1, rows, n);
}

struct relay {
	enum err (*each)(struct ctx *cx, const struct answers_submission *row,
			 void *arg);
	void *arg;
};

static enum err pass_on(struct ctx *cx, const void *row, void *arg)
{
	const struct relay *r = arg;

	return r->each(cx, row, r->arg);
}

enum err store_answers_each(
	struct ctx *cx, const struct answers_of *of,
	enum err (*each)(struct ctx *cx, const struct answers_submission *row,
			 void *arg),
	void *arg)
{
	static const struct db_query *const by[] = { &submissions_of_session,
						     &submissions_of_course,
						     &submissions_of_year };
	const struct answers_choice c = answers_choose(of, by);
	struct relay r = { each, arg };

	return db_each(cx, c.query, &c.arg, 1, pass_on, &r);
}

enum err store_answers_of_collection(
	struct ctx *cx, int64_t collection_id,
	enum err (*each)(struct ctx *cx, const struct answers_submission *row,
			 void *arg),
	void *arg)
{
	struct relay r = { each, arg };

	return db_each(cx, &submissions_of_collection,
		       ARGS(db_i64(collection_id)), pass_on, &r);
}

enum err store_answers_exportable(struct ctx *cx, int64_t fiscal_year,
				  const struct answers_exportable **rows,
				  size_t *n)
{
	const char *now = instant_to_db(&cx->arena, cx->now_ms);

	return db_all(cx, &exportable_of_year,
		      ARGS(db_text(now), db_text(now), db_i64(fiscal_year)),
		      rows, n);
}

enum err store_answers_exportable_by_id(struct ctx *cx, int64_t id,
					struct answers_exportable *row)
{
	const char *now = instant_to_db(&cx->arena, cx->now_ms);

	return db_one(cx, &exportable_by_id,
		      ARGS(db_text(now), db_text(now), db_i64(id)), row);
}

enum err store_answers_names(struct ctx *cx, const struct answers_of *of,
			     const struct answers_name **rows, size_t *n)
{
	const int64_t id = of->session_id ? of->session_id : of->course_id;

	*rows = NULL;
	*n = 0;
	if (!id)
		return OK;
	return db_all(cx, of->session_id ? &names_of_session : &names_of_course,
		      ARGS(db_i64(id), db_i64(id)), rows, n);
}

enum err store_answers_tiers(struct ctx *cx, const struct answers_tier **rows,
			     size_t *n)
{
	return db_all(cx, &all_tiers, NO_ARGS, rows, n);
}

enum err store_answers_units(struct ctx *cx, const struct answers_unit **rows,
			     size_t *n)
{
	return db_all(cx, &all_units, NO_ARGS, rows, n);
}

const struct db_query *const store_answers_queries[] = {
	&collections_of_session,
	&collections_of_course,
	&names_of_session,
	&names_of_course,
	&collections_of_year,
	&submissions_of_session,
	&submissions_of_course,
	&submissions_of_year,
	&all_tiers,
	&all_units,
	&exportable_of_year,
	&exportable_by_id,
	&submissions_of_collection,
	NULL,
};
