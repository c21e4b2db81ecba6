#include "store/store_course.h"

#include "base/text.h"
#include "store/instant_sql.h"

#define COURSE_COLUMNS                                                      \
	"c.id, v.id, v.version_no, c.code, v.title, v.title_en, v.summary," \
	" v.summary_en, v.form, v.level, v.minutes, v.meetings, v.seats,"   \
	" v.cost_per_run, v.approval"

#define COURSE_COLS(T, in)                                                  \
	COL(T, in id), COL(T, in version_id), COL(T, in version_no),        \
		COL(T, in code), COL(T, in title), COL(T, in title_en),     \
		COL(T, in summary), COL(T, in summary_en), COL(T, in form), \
		COL(T, in level), COL(T, in minutes), COL(T, in meetings),  \
		COL(T, in seats), COL(T, in cost_per_run),                  \
		COL(T, in approval), COL(T, in definition)

#define COURSE_ROW                         \
	.row_size = sizeof(struct course), \
	.cols = { COURSE_COLS(struct course, ) }, .ncols = 16

#define COURSE_FROM \
	" FROM course c JOIN course_version v ON v.id = c.version_id"

static const struct db_query by_code = {
	.name = "course by_code",
	.sql = "SELECT " COURSE_COLUMNS ", v.definition" COURSE_FROM
	       " WHERE c.code = ? AND c.is_retired = 0",
	COURSE_ROW,
	.remember = true,
};

static const struct db_query by_id = {
	.name = "course by_id",
	.sql = "SELECT " COURSE_COLUMNS ", v.definition" COURSE_FROM
	       " WHERE c.id = ?",
	COURSE_ROW,
	.remember = true,
};

static const struct db_query all = {
	.name = "course all",
	.sql = "SELECT " COURSE_COLUMNS ", ''" COURSE_FROM
	       " WHERE c.is_retired = 0 ORDER BY v.sort, c.code",
	COURSE_ROW,
};

/* A session that takes applications: one with free seats, else the next. */
#define NEXT_SESSION                                           \
	"(SELECT n.id FROM session n WHERE n.course_id = c.id" \
	" AND n.state = 'open' AND n.starts_at > ?"            \
	" AND (n.apply_from IS NULL OR n.apply_from <= ?)"     \
	" AND (n.apply_until IS NULL OR n.apply_until > ?)"    \
	" ORDER BY n.booked + n.held >= n.seats, n.starts_at LIMIT 1)"

static const struct db_query list = {
	.name = "course list",
	.sql = "SELECT " COURSE_COLUMNS ", '', ct.demand, s.id, s.starts_at,"
	       " GREATEST(s.seats - s.booked - s.held, 0), COUNT(*) OVER "
	       "()" COURSE_FROM
	       " LEFT JOIN course_tier ct ON ct.version_id = v.id"
	       "  AND ct.tier_code = ?"
	       " LEFT JOIN session s ON s.id = " NEXT_SESSION
	       " WHERE c.is_retired = 0"
	       " AND (? = 0 OR ct.demand IS NOT NULL)"
	       " AND (? = '' OR EXISTS (SELECT 1 FROM course_theme th"
	       "  WHERE th.version_id = v.id AND th.theme_code = ?))"
	       " AND (? = '' OR v.form = ?)"
	       " AND (? = '' OR EXISTS (SELECT 1 FROM course_skill sk"
	       "  WHERE sk.version_id = v.id AND sk.skill_code = ?))"
	       " AND (? = '' OR v.level = ?)"
	       " AND (? = 0 OR s.booked + s.held < s.seats)"
	       " AND (? = '' OR LOCATE(?, v.search_key) > 0)"
	       " ORDER BY FIELD(COALESCE(ct.demand, ''), 'required',"
	       "  'recommended', 'open', ''), v.sort, c.code"
	       " LIMIT ? OFFSET ?",
	.row_size = sizeof(struct course_item),
	.cols = { COURSE_COLS(struct course_item, course.),
		  COL(struct course_item, demand),
		  COL(struct course_item, next_id),
		  COL(struct course_item, next_starts_at),
		  COL(struct course_item, next_left),
		  COL(struct course_item, total) },
	.ncols = 21,
	.remember = true,
};

static const struct db_query tiers_of = {
	.name = "course tiers_of",
	.sql = "SELECT v.course_id, x.tier_code, x.demand FROM course_tier x"
	       " JOIN course_version v ON v.id = x.version_id"
	       " WHERE x.version_id = ? ORDER BY x.tier_code",
	.row_size = sizeof(struct course_tier),
	.cols = { COL(struct course_tier, course_id),
		  COL(struct course_tier, tier_code),
		  COL(struct course_tier, demand) },
	.ncols = 3,
	.remember = true,
};

static const struct db_query tiers_all = {
	.name = "course tiers_all",
	.sql = "SELECT c.id, x.tier_code, x.demand FROM course c"
	       " JOIN course_tier x ON x.version_id = c.version_id"
	       " WHERE c.is_retired = 0 ORDER BY c.id, x.tier_code",
	.row_size = sizeof(struct course_tier),
	.cols = { COL(struct course_tier, course_id),
		  COL(struct course_tier, tier_code),
		  COL(struct course_tier, demand) },
	.ncols = 3,
};

static const struct db_query skills_of = {
	.name = "course skills_of",
	.sql = "SELECT v.course_id, x.skill_code, x.level FROM course_skill x"
	       " JOIN course_version v ON v.id = x.version_id"
	       " WHERE x.version_id = ? ORDER BY x.level DESC, x.skill_code",
	.row_size = sizeof(struct course_skill),
	.cols = { COL(struct course_skill, course_id),
		  COL(struct course_skill, skill_code),
		  COL(struct course_skill, level) },
	.ncols = 3,
	.remember = true,
};

static const struct db_query skills_all = {
	.name = "course skills_all",
	.sql = "SELECT c.id, x.skill_code, x.level FROM course c"
	       " JOIN course_skill x ON x.version_id = c.version_id"
	       " WHERE c.is_retired = 0 ORDER BY c.id, x.skill_code",
	.row_size = sizeof(struct course_skill),
	.cols = { COL(struct course_skill, course_id),
		  COL(struct course_skill, skill_code),
		  COL(struct course_skill, level) },
	.ncols = 3,
};

static const struct db_query themes_of = {
	.name = "course themes_of",
	.sql = "SELECT v.course_id, x.theme_code FROM course_theme x"
	       " JOIN course_version v ON v.id = x.version_id"
	       " WHERE x.version_id = ? ORDER BY x.theme_code",
	.row_size = sizeof(struct course_theme),
	.cols = { COL(struct course_theme, course_id),
		  COL(struct course_theme, theme_code) },
	.ncols = 2,
	.remember = true,
};

static const struct db_query themes_all = {
	.name = "course themes_all",
	.sql = "SELECT c.id, x.theme_code FROM course c"
	       " JOIN course_theme x ON x.version_id = c.version_id"
	       " WHERE c.is_retired = 0 ORDER BY c.id, x.theme_code",
	.row_size = sizeof(struct course_theme),
	.cols = { COL(struct course_theme, course_id),
		  COL(struct course_theme, theme_code) },
	.ncols = 2,
};

static const struct db_query for_skill = {
	.name = "course for_skill",
	.sql = "SELECT c.id, x.skill_code, x.level FROM course c"
	       " JOIN course_skill x ON x.version_id = c.version_id"
	       " WHERE c.is_retired = 0 AND x.skill_code = ?"
	       " AND (? = '' OR EXISTS (SELECT 1 FROM course_tier t"
	       "  WHERE t.version_id = c.version_id AND t.tier_code = ?))"
	       " ORDER BY (SELECT COUNT(*) FROM course_skill o"
	       "  WHERE o.version_id = c.version_id), x.level DESC, c.id",
	.row_size = sizeof(struct course_skill),
	.cols = { COL(struct course_skill, course_id),
		  COL(struct course_skill, skill_code),
		  COL(struct course_skill, level) },
	.ncols = 3,
};

enum err store_course_for_skill(struct ctx *cx, const char *skill_code,
				const char *tier_code,
				const struct course_skill **rows, size_t *n)
{
	return db_all(cx, &for_skill,
		      ARGS(db_text(skill_code), db_text(tier_code),
			   db_text(tier_code)),
		      rows, n);
}

const struct db_query *const store_course_queries[] = {
	&by_code,   &by_id,      &all,       &list,
	&tiers_of,  &tiers_all,  &skills_of, &skills_all,
	&themes_of, &themes_all, &for_skill, NULL
};

enum err store_course_by_code(struct ctx *cx, const char *code,
			      struct course *course)
{
	return db_one(cx, &by_code, ARGS(db_text(code)), course);
}

enum err store_course_by_id(struct ctx *cx, int64_t id, struct course *course)
{
	return db_one(cx, &by_id, ARGS(db_i64(id)), course);
}

enum err store_course_all(struct ctx *cx, const struct course **courses,
			  size_t *n)
{
	return db_all(cx, &all, NO_ARGS, courses, n);
}

/* NULL counts as empty: no wish. */
static struct db_arg wish(const char *text)
{
	return db_text(text ? text : "");
}

enum err store_course_list(struct ctx *cx, const struct course_filter *f,
			   const struct course_item **items, size_t *n)
{
	const struct db_arg now = db_instant_to(cx, MINUTE_MS);
	const struct db_arg key = db_text(
		text_search_key(&cx->arena, f->search ? f->search : ""));
	const struct db_arg theme = wish(f->theme), form = wish(f->form);
	const struct db_arg skill = wish(f->skill), level = wish(f->level);

	return db_all(cx, &list,
		      ARGS(wish(f->tier_code), now, now, now,
			   db_i64(f->only_tier), theme, theme, form, form,
			   skill, skill, level, level, db_i64(f->with_seats),
			   key, key, db_i64(f->limit), db_i64(f->offset)),
		      items, n);
}

enum err store_course_tiers(struct ctx *cx, int64_t version_id,
			    const struct course_tier **rows, size_t *n)
{
	if (version_id == DB_NULL)
		return db_all(cx, &tiers_all, NO_ARGS, rows, n);
	return db_all(cx, &tiers_of, ARGS(db_i64(version_id)), rows, n);
}

enum err store_course_skills(struct ctx *cx, int64_t version_id,
			     const struct course_skill **rows, size_t *n)
{
	if (version_id == DB_NULL)
		return db_all(cx, &skills_all, NO_ARGS, rows, n);
	return db_all(cx, &skills_of, ARGS(db_i64(version_id)), rows, n);
}

enum err store_course_themes(struct ctx *cx, int64_t version_id,
			     const struct course_theme **rows, size_t *n)
{
	if (version_id == DB_NULL)
		return db_all(cx, &themes_all, NO_ARGS, rows, n);
	return db_all(cx, &themes_of, ARGS(db_i64(version_id)), rows, n);
}
