/*
 * store_course_publish.c: the part of store_course.h that writes.
 */
#include "base/clock.h"
#include "store/store_course.h"

#include <string.h>

struct current_row {
	int64_t id, version_id, version_no;
	struct bytes sha256;
};

static const struct db_query current = {
	.name = "course current",
	.sql = "SELECT c.id, v.id, v.version_no, v.sha256 FROM course c"
	       " LEFT JOIN course_version v ON v.id = c.version_id"
	       " WHERE c.code = ? FOR UPDATE",
	.row_size = sizeof(struct current_row),
	.cols = { COL(struct current_row, id),
		  COL(struct current_row, version_id),
		  COL(struct current_row, version_no),
		  COL(struct current_row, sha256) },
	.ncols = 4,
};

static const struct db_query add_course = {
	.name = "course add",
	.sql = "INSERT INTO course (code) VALUES (?)",
};

static const struct db_query add_version = {
	.name = "course add_version",
	.sql = "INSERT INTO course_version (course_id, version_no, title,"
	       " title_en, summary, summary_en, form, level, minutes,"
	       " meetings, seats, cost_per_run, approval, sort, definition,"
	       " document, sha256, search_key, published_at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	       " ?, ?)",
};

static const struct db_query add_tier = {
	.name = "course add_tier",
	.sql = "INSERT INTO course_tier (version_id, tier_code, demand)"
	       " VALUES (?, ?, ?)",
};

static const struct db_query add_skill = {
	.name = "course add_skill",
	.sql = "INSERT INTO course_skill (version_id, skill_code, level)"
	       " VALUES (?, ?, ?)",
};

static const struct db_query add_theme = {
	.name = "course add_theme",
	.sql = "INSERT INTO course_theme (version_id, theme_code)"
	       " VALUES (?, ?)",
};

static const struct db_query add_before = {
	.name = "course add_before",
	.sql = "INSERT INTO course_prerequisite (version_id, course_code)"
	       " VALUES (?, ?)",
};

static const struct db_query show = {
	.name = "course show",
	.sql = "UPDATE course SET version_id = ?, is_retired = 0 WHERE id = ?",
};

const struct db_query *const store_course_publish_queries[] = {
	&current,   &add_course, &add_version, &add_tier, &add_skill,
	&add_theme, &add_before, &show,        NULL
};

static enum err add_version_row(struct ctx *cx, const struct course_text *t,
				const struct current_row *at, int64_t *id)
{
	const struct course *c = &t->course;

	return db_insert(cx, &add_version,
			 ARGS(db_i64(at->id), db_i64(at->version_no + 1),
			      db_text(c->title), db_text(c->title_en),
			      db_text(c->summary), db_text(c->summary_en),
			      db_text(c->form), db_text(c->level),
			      db_i64(c->minutes), db_i64(c->meetings),
			      db_i64(c->seats), db_i64(c->cost_per_run),
			      db_text(c->approval), db_i64(t->sort),
			      db_text(c->definition), db_text(t->document),
			      db_bytes(t->sha256, 32), db_text(t->search_key),
			      db_text(instant_to_db(&cx->arena, cx->now_ms))),
			 id);
}

static enum err add_lists(struct ctx *cx, const struct course_text *t,
			  int64_t id)
{
	for (size_t i = 0; i < t->ntiers; i++)
		TRY(db_exec(cx, &add_tier,
			    ARGS(db_i64(id), db_text(t->tiers[i].tier_code),
				 db_text(t->tiers[i].demand)),
			    NULL));
	for (size_t i = 0; i < t->nskills; i++)
		TRY(db_exec(cx, &add_skill,
			    ARGS(db_i64(id), db_text(t->skills[i].skill_code),
				 db_i64(t->skills[i].level)),
			    NULL));
	for (size_t i = 0; i < t->nthemes; i++)
		TRY(db_exec(cx, &add_theme,
			    ARGS(db_i64(id), db_text(t->themes[i])), NULL));
	for (size_t i = 0; i < t->nbefore; i++)
		TRY(db_exec(cx, &add_before,
			    ARGS(db_i64(id), db_text(t->before[i])), NULL));
	return OK;
}

enum err store_course_publish(struct ctx *cx, const struct course_text *text,
			      int64_t *version_id, bool *is_new)
{
	struct current_row at = { .version_no = 0 };
	bool found;

	*is_new = true;
	TRY(db_maybe(cx, &current, ARGS(db_text(text->course.code)), &at,
		     &found));
	if (found && at.sha256.len == 32 &&
	    !memcmp(at.sha256.data, text->sha256, 32)) {
		*version_id = at.version_id;
		*is_new = false;
		return OK;
	}
	if (!found) {
		at.version_no = 0;
		TRY(db_insert(cx, &add_course, ARGS(db_text(text->course.code)),
			      &at.id));
	} else if (at.version_no == DB_NULL) {
		at.version_no = 0;
	}
	TRY(add_version_row(cx, text, &at, version_id));
	TRY(add_lists(cx, text, *version_id));
	return db_exec(cx, &show, ARGS(db_i64(*version_id), db_i64(at.id)),
		       NULL);
}
