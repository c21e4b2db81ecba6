/*
 * store_finding.c: the manual is store_finding.h.
 */
#include "store/store_finding.h"

#include "base/clock.h"

#define FINDING_SELECT                                                    \
	"SELECT f.id, f.kind, f.session_id, f.course_id, f.unit_id,"      \
	" f.item_key, f.skill_code, f.tier_code, f.strength, f.evidence," \
	" f.link, f.state, f.reason, f.dismissed_by,"                     \
	" CONCAT(d.family, ' ', d.given), f.dismissed_at,"                \
	" f.found_at, f.is_synthetic,"                                    \
	" co.code, cv.title, cv.title_en, s.run_no, s.fiscal_year,"       \
	" s.starts_at, u.name, u.name_en, sk.name, sk.name_en,"           \
	" (SELECT t.name FROM tier t WHERE t.code = f.tier_code"          \
	"   ORDER BY t.scheme_id DESC LIMIT 1),"                          \
	" (SELECT t.name_en FROM tier t WHERE t.code = f.tier_code"       \
	"   ORDER BY t.scheme_id DESC LIMIT 1),"                          \
	" (SELECT MAX(pf.proposal_id) FROM proposal_finding pf"           \
	"   WHERE pf.finding_id = f.id)"                                  \
	" FROM finding f"                                                 \
	" LEFT JOIN person d ON d.id = f.dismissed_by"                    \
	" LEFT JOIN session s ON s.id = f.session_id"                     \
	" LEFT JOIN course co ON co.id = f.course_id"                     \
	" LEFT JOIN course_version cv ON cv.id = co.version_id"           \
	" LEFT JOIN unit u ON u.id = f.unit_id"                           \
	" LEFT JOIN skill sk ON sk.code = f.skill_code"

#define F(field) COL(struct finding, field)
#define FINDING_COLS                        \
	.row_size = sizeof(struct finding), \
	.cols = { F(id),                    \
		  F(kind),                  \
		  F(session_id),            \
		  F(course_id),             \
		  F(unit_id),               \
		  F(item_key),              \
		  F(skill_code),            \
		  F(tier_code),             \
		  F(strength),              \
		  F(evidence),              \
		  F(link),                  \
		  F(state),                 \
		  F(reason),                \
		  F(dismissed_by),          \
		  F(dismisser),             \
		  F(dismissed_at),          \
		  F(found_at),              \
		  F(is_synthetic),          \
		  F(course_code),           \
		  F(course_title),          \
		  F(course_title_en),       \
		  F(run_no),                \
		  F(fiscal_year),           \
		  F(session_starts_at),     \
		  F(unit_name),             \
		  F(unit_name_en),          \
		  F(skill_name),            \
		  F(skill_name_en),         \
		  F(tier_name),             \
		  F(tier_name_en),          \
		  F(proposal_id) },         \
	.ncols = 31

static const struct db_query finding_list = {
	.name = "finding_list",
	.sql = FINDING_SELECT
	" WHERE (? IS NULL OR f.state = ?) AND (? IS NULL OR f.kind = ?)"
	" AND (? = 0 OR f.session_id = ?) AND (? = 0 OR f.course_id = ?)"
	" ORDER BY f.strength DESC, f.id LIMIT ?",
	FINDING_COLS,
	.remember = true,
};

static const struct db_query finding_by_id = {
	.name = "finding_by_id",
	.sql = FINDING_SELECT " WHERE f.id = ?",
	FINDING_COLS,
};

struct held {
	int64_t id;
};

static const struct db_query finding_hold = {
	.name = "finding_hold",
	.sql = "SELECT id FROM finding WHERE id = ? FOR UPDATE",
	.row_size = sizeof(struct held),
	.cols = { COL(struct held, id) },
	.ncols = 1,
};

static const struct db_query finding_of_proposal = {
	.name = "finding_of_proposal",
	.sql = FINDING_SELECT
	" JOIN proposal_finding x ON x.finding_id = f.id"
	" WHERE x.proposal_id = ? ORDER BY f.strength DESC, f.id",
	FINDING_COLS,
};

static const struct db_query finding_put = {
	.name = "finding_put",
	.sql = "INSERT INTO finding (kind, fingerprint, session_id, course_id,"
	       " unit_id, item_key, skill_code, tier_code, strength, evidence,"
	       " link, found_at, is_synthetic)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE strength = VALUES(strength),"
	       " evidence = VALUES(evidence), link = VALUES(link),"
	       " found_at = VALUES(found_at)",
};

static const struct db_query finding_sweep = {
	.name = "finding_sweep",
	.sql = "DELETE FROM finding WHERE state = 'new' AND found_at < ?"
	       " AND id NOT IN (SELECT finding_id FROM proposal_finding)"
	       " AND id NOT IN (SELECT finding_id FROM plan_line"
	       "  WHERE finding_id IS NOT NULL)",
};

static const struct db_query finding_dismiss = {
	.name = "finding_dismiss",
	.sql = "UPDATE finding SET state = 'dismissed', reason = ?,"
	       " dismissed_by = ?, dismissed_at = ?"
	       " WHERE id = ? AND state = 'new'",
};

static const struct db_query finding_restore = {
	.name = "finding_restore",
	.sql = "UPDATE finding SET state = 'new', reason = '',"
	       " dismissed_by = NULL, dismissed_at = NULL"
	       " WHERE id = ? AND state = 'dismissed'",
};

static const struct db_query finding_counts = {
	.name = "finding_counts",
	.sql = "SELECT COALESCE(SUM(state = 'new'), 0),"
	       " COALESCE(SUM(state = 'used'), 0),"
	       " COALESCE(SUM(state = 'dismissed'), 0) FROM finding",
	.row_size = sizeof(struct finding_counts),
	.cols = { COL(struct finding_counts, fresh),
		  COL(struct finding_counts, used),
		  COL(struct finding_counts, dismissed) },
	.ncols = 3,
};

enum err store_finding_list(struct ctx *cx, const struct finding_filter *filter,
			    const struct finding **rows, size_t *n)
{
	return db_all(cx, &finding_list,
		      ARGS(db_text(filter->state), db_text(filter->state),
			   db_text(filter->kind), db_text(filter->kind),
			   db_i64(filter->session_id),
			   db_i64(filter->session_id),
			   db_i64(filter->course_id), db_i64(filter->course_id),
			   db_i64(filter->limit ? filter->limit : 500)),
		      rows, n);
}

enum err store_finding_by_id(struct ctx *cx, int64_t id,
			     struct finding *finding)
{
	return db_one(cx, &finding_by_id, ARGS(db_i64(id)), finding);
}

enum err store_finding_hold(struct ctx *cx, int64_t id)
{
	struct held row;

	return db_one(cx, &finding_hold, ARGS(db_i64(id)), &row);
}

enum err store_finding_of_proposal(struct ctx *cx, int64_t proposal_id,
				   const struct finding **rows, size_t *n)
{
	return db_all(cx, &finding_of_proposal, ARGS(db_i64(proposal_id)), rows,
		      n);
}

enum err store_finding_put(struct ctx *cx, const struct finding *f,
			   const unsigned char *fingerprint)
{
	return db_exec(cx, &finding_put,
		       ARGS(db_text(f->kind), db_bytes(fingerprint, 16),
			    db_i64(f->session_id), db_i64(f->course_id),
			    db_i64(f->unit_id), db_text(f->item_key),
			    db_text(f->skill_code), db_text(f->tier_code),
			    db_f64(f->strength), db_text(f->evidence),
			    db_text(f->link),
			    db_text(instant_to_db(&cx->arena, cx->now_ms)),
			    db_i64(f->is_synthetic)),
		       NULL);
}

enum err store_finding_sweep(struct ctx *cx, const char *since, int64_t *gone)
{
	return db_exec(cx, &finding_sweep, ARGS(db_text(since)), gone);
}

enum err store_finding_dismiss(struct ctx *cx, int64_t id, int64_t by,
			       const char *reason)
{
	int64_t changed;

	TRY(db_exec(cx, &finding_dismiss,
		    ARGS(db_text(reason), db_i64(by),
			 db_text(instant_to_db(&cx->arena, cx->now_ms)),
			 db_i64(id)),
		    &changed));
	if (changed != 1)
		return FAIL(cx, ERR_CONFLICT, "finding is not new");
	return OK;
}

enum err store_finding_restore(struct ctx *cx, int64_t id)
{
	int64_t changed;

	TRY(db_exec(cx, &finding_restore, ARGS(db_i64(id)), &changed));
	if (changed != 1)
		return FAIL(cx, ERR_CONFLICT, "finding is not dismissed");
	return OK;
}

enum err store_finding_counts(struct ctx *cx, struct finding_counts *counts)
{
	return db_one(cx, &finding_counts, NO_ARGS, counts);
}

const struct db_query *const store_finding_queries[] = {
	&finding_hold,   &finding_list,  &finding_by_id,   &finding_of_proposal,
	&finding_put,    &finding_sweep, &finding_dismiss, &finding_restore,
	&finding_counts, NULL,
};
