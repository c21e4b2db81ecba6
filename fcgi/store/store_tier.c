#include "store/store_tier.h"

/* The newest scheme begun by the year; before the first one, the nearest. */
#define SCHEME_OF_YEAR                     \
	"(SELECT id FROM tier_scheme"      \
	" ORDER BY fiscal_year <= ? DESC," \
	" ABS(fiscal_year - ?), id DESC LIMIT 1)"

#define TIER_COLUMNS                                                   \
	"t.id, t.scheme_id, t.code, t.sort, t.name, t.name_en, t.who," \
	" t.who_en, t.role_text, t.role_text_en, t.is_priority,"       \
	" t.headcount, s.is_default FROM tier t"                       \
	" JOIN tier_scheme s ON s.id = t.scheme_id"

#define TIER_ROW                                                                 \
	.row_size = sizeof(struct tier),                                         \
	.cols = { COL(struct tier, id),          COL(struct tier, scheme_id),    \
		  COL(struct tier, code),        COL(struct tier, sort),         \
		  COL(struct tier, name),        COL(struct tier, name_en),      \
		  COL(struct tier, who),         COL(struct tier, who_en),       \
		  COL(struct tier, role_text),   COL(struct tier, role_text_en), \
		  COL(struct tier, is_priority), COL(struct tier, headcount),    \
		  COL(struct tier, is_default) },                                \
	.ncols = 13

static const struct db_query of_year = {
	.name = "tier of_year",
	.sql = "SELECT " TIER_COLUMNS " WHERE t.scheme_id = " SCHEME_OF_YEAR
	       " ORDER BY t.sort, t.code",
	TIER_ROW,
	.remember = true,
};

static const struct db_query by_id = {
	.name = "tier by_id",
	.sql = "SELECT " TIER_COLUMNS " WHERE t.id = ?",
	TIER_ROW,
	.remember = true,
};

static const struct db_query skills = {
	.name = "skill all",
	.sql = "SELECT id, code, sort, name, name_en, description,"
	       " description_en FROM skill ORDER BY sort, code",
	.row_size = sizeof(struct skill),
	.cols = { COL(struct skill, id), COL(struct skill, code),
		  COL(struct skill, sort), COL(struct skill, name),
		  COL(struct skill, name_en), COL(struct skill, description),
		  COL(struct skill, description_en) },
	.ncols = 7,
	.remember = true,
};

static const struct db_query matrix = {
	.name = "tier_skill of_year",
	.sql = "SELECT t.code, k.code, ts.level FROM tier_skill ts"
	       " JOIN tier t ON t.id = ts.tier_id"
	       " JOIN skill k ON k.id = ts.skill_id"
	       " WHERE t.scheme_id = " SCHEME_OF_YEAR
	       " ORDER BY t.sort, k.sort",
	.row_size = sizeof(struct tier_skill),
	.cols = { COL(struct tier_skill, tier_code),
		  COL(struct tier_skill, skill_code),
		  COL(struct tier_skill, level) },
	.ncols = 3,
};

static const struct db_query themes = {
	.name = "theme all",
	.sql = "SELECT code, sort, name, name_en FROM theme"
	       " ORDER BY sort, code",
	.row_size = sizeof(struct theme),
	.cols = { COL(struct theme, code), COL(struct theme, sort),
		  COL(struct theme, name), COL(struct theme, name_en) },
	.ncols = 4,
	.remember = true,
};

static const struct db_query put_scheme = {
	.name = "tier_scheme put",
	.sql = "INSERT INTO tier_scheme (code, fiscal_year, name, name_en,"
	       " adopted_on, is_default) VALUES (?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id),"
	       " name = VALUES(name), name_en = VALUES(name_en),"
	       " adopted_on = VALUES(adopted_on),"
	       " is_default = VALUES(is_default)",
};

static const struct db_query put_tier = {
	.name = "tier put",
	.sql = "INSERT INTO tier (scheme_id, code, sort, name, name_en, who,"
	       " who_en, role_text, role_text_en, is_priority, headcount)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE sort = VALUES(sort),"
	       " name = VALUES(name), name_en = VALUES(name_en),"
	       " who = VALUES(who), who_en = VALUES(who_en),"
	       " role_text = VALUES(role_text),"
	       " role_text_en = VALUES(role_text_en),"
	       " is_priority = VALUES(is_priority),"
	       " headcount = VALUES(headcount)",
};

static const struct db_query put_skill = {
	.name = "skill put",
	.sql = "INSERT INTO skill (code, sort, name, name_en, description,"
	       " description_en) VALUES (?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE sort = VALUES(sort),"
	       " name = VALUES(name), name_en = VALUES(name_en),"
	       " description = VALUES(description),"
	       " description_en = VALUES(description_en)",
};

static const struct db_query put_cell = {
	.name = "tier_skill put",
	.sql = "INSERT INTO tier_skill (tier_id, skill_id, level)"
	       " SELECT t.id, k.id, ? FROM tier t, skill k"
	       " WHERE t.scheme_id = ? AND t.code = ? AND k.code = ?"
	       " ON DUPLICATE KEY UPDATE level = VALUES(level)",
};

static const struct db_query put_theme = {
	.name = "theme put",
	.sql = "INSERT INTO theme (code, sort, name, name_en)"
	       " VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
	       " sort = VALUES(sort), name = VALUES(name),"
	       " name_en = VALUES(name_en)",
};

const struct db_query *const store_tier_queries[] = {
	&of_year,  &by_id,     &skills,   &matrix,    &themes, &put_scheme,
	&put_tier, &put_skill, &put_cell, &put_theme, NULL
};

enum err store_tiers(struct ctx *cx, int fiscal_year, const struct tier **tiers,
		     size_t *n)
{
	return db_all(cx, &of_year,
		      ARGS(db_i64(fiscal_year), db_i64(fiscal_year)), tiers, n);
}

enum err store_tier_by_id(struct ctx *cx, int64_t id, struct tier *tier)
{
	return db_one(cx, &by_id, ARGS(db_i64(id)), tier);
}

enum err store_skills(struct ctx *cx, const struct skill **list, size_t *n)
{
	return db_all(cx, &skills, NO_ARGS, list, n);
}

enum err store_tier_skills(struct ctx *cx, int fiscal_year,
			   const struct tier_skill **cells, size_t *n)
{
	return db_all(cx, &matrix,
		      ARGS(db_i64(fiscal_year), db_i64(fiscal_year)), cells, n);
}

enum err store_themes(struct ctx *cx, const struct theme **list, size_t *n)
{
	return db_all(cx, &themes, NO_ARGS, list, n);
}

enum err store_tier_scheme_put(struct ctx *cx,
			       const struct tier_scheme_new *scheme,
			       int64_t *id)
{
	return db_insert(
		cx, &put_scheme,
		ARGS(db_text(scheme->code), db_i64(scheme->fiscal_year),
		     db_text(scheme->name), db_text(scheme->name_en),
		     db_text(scheme->adopted_on), db_i64(scheme->is_default)),
		id);
}

enum err store_tier_put(struct ctx *cx, const struct tier *t)
{
	return db_exec(cx, &put_tier,
		       ARGS(db_i64(t->scheme_id), db_text(t->code),
			    db_i64(t->sort), db_text(t->name),
			    db_text(t->name_en), db_text(t->who),
			    db_text(t->who_en), db_text(t->role_text),
			    db_text(t->role_text_en), db_i64(t->is_priority),
			    db_i64(t->headcount)),
		       NULL);
}

enum err store_skill_put(struct ctx *cx, const struct skill *k)
{
	return db_exec(cx, &put_skill,
		       ARGS(db_text(k->code), db_i64(k->sort), db_text(k->name),
			    db_text(k->name_en), db_text(k->description),
			    db_text(k->description_en)),
		       NULL);
}

enum err store_tier_skill_put(struct ctx *cx, int64_t scheme_id,
			      const struct tier_skill *cell)
{
	return db_exec(cx, &put_cell,
		       ARGS(db_i64(cell->level), db_i64(scheme_id),
			    db_text(cell->tier_code),
			    db_text(cell->skill_code)),
		       NULL);
}

enum err store_theme_put(struct ctx *cx, const struct theme *t)
{
	return db_exec(cx, &put_theme,
		       ARGS(db_text(t->code), db_i64(t->sort), db_text(t->name),
			    db_text(t->name_en)),
		       NULL);
}
