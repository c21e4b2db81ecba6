/*
 * store_survey.c: surveys and their versions; see store_survey.h.
 */
#include "store/store_survey.h"

#include "base/clock.h"

#include <sodium.h>
#include <string.h>

struct survey_head {
	int64_t id, version_id; /* version_id: DB_NULL before the first */
	const char *definition; /* of the current version, or NULL */
};

static const struct db_query survey_definition = {
	.name = "survey_definition",
	.sql = "SELECT definition, document FROM survey_version WHERE id = ?",
	.row_size = 2 * sizeof(const char *),
	.cols = { { DB_TEXT, 0 }, { DB_TEXT, sizeof(const char *) } },
	.ncols = 2,
};

static const struct db_query survey_current = {
	.name = "survey_current",
	.sql = "SELECT version_id FROM survey"
	       " WHERE code = ? AND version_id IS NOT NULL",
	.row_size = sizeof(int64_t),
	.cols = { { DB_I64, 0 } },
	.ncols = 1,
};

static const struct db_query survey_lock = {
	.name = "survey_lock",
	.sql = "SELECT s.id, s.version_id, v.definition FROM survey s"
	       " LEFT JOIN survey_version v ON v.id = s.version_id"
	       " WHERE s.code = ? FOR UPDATE",
	.row_size = sizeof(struct survey_head),
	.cols = { COL(struct survey_head, id),
		  COL(struct survey_head, version_id),
		  COL(struct survey_head, definition) },
	.ncols = 3,
};

static const struct db_query survey_add = {
	.name = "survey_add",
	.sql = "INSERT INTO survey (code) VALUES (?)",
};

static const struct db_query version_add = {
	.name = "survey_version_add",
	.sql = "INSERT INTO survey_version (survey_id, version_no, title,"
	       " title_en, definition, document, sha256, slots, published_at)"
	       " SELECT ?, COALESCE(MAX(version_no), 0) + 1, ?, ?, ?, ?, ?, ?,"
	       " ? FROM survey_version WHERE survey_id = ?",
};

static const struct db_query survey_point = {
	.name = "survey_point",
	.sql = "UPDATE survey SET version_id = ? WHERE id = ?",
};

static const struct db_query survey_list = {
	.name = "survey_list",
	.sql = "SELECT s.id, v.id, v.version_no, s.code, v.title, v.title_en,"
	       " v.published_at,"
	       " (SELECT COUNT(*) FROM survey_version x"
	       "   WHERE x.survey_id = s.id),"
	       " (SELECT COUNT(*) FROM survey_version x"
	       "   JOIN collection c ON c.version_id = x.id"
	       "   WHERE x.survey_id = s.id)"
	       " FROM survey s JOIN survey_version v ON v.id = s.version_id"
	       " ORDER BY s.code",
	.row_size = sizeof(struct survey_listed),
	.cols = { COL(struct survey_listed, survey_id),
		  COL(struct survey_listed, version_id),
		  COL(struct survey_listed, version_no),
		  COL(struct survey_listed, code),
		  COL(struct survey_listed, title),
		  COL(struct survey_listed, title_en),
		  COL(struct survey_listed, published_at),
		  COL(struct survey_listed, nversions),
		  COL(struct survey_listed, ncollections) },
	.ncols = 9,
};

static const struct db_query version_list = {
	.name = "survey_version_list",
	.sql = "SELECT v.id, v.version_no, v.slots,"
	       " (SELECT COUNT(*) FROM collection c WHERE c.version_id = v.id),"
	       " (SELECT COUNT(*) FROM collection c"
	       "   JOIN submission b ON b.collection_id = c.id"
	       "   WHERE c.version_id = v.id),"
	       " v.title, v.published_at"
	       " FROM survey s JOIN survey_version v ON v.survey_id = s.id"
	       " WHERE s.code = ? ORDER BY v.version_no DESC",
	.row_size = sizeof(struct survey_version_row),
	.cols = { COL(struct survey_version_row, version_id),
		  COL(struct survey_version_row, version_no),
		  COL(struct survey_version_row, slots),
		  COL(struct survey_version_row, ncollections),
		  COL(struct survey_version_row, nsubmissions),
		  COL(struct survey_version_row, title),
		  COL(struct survey_version_row, published_at) },
	.ncols = 7,
};

/* Published versions never change: what is here is never invalid. */
struct opened {
	struct opened *next;
	int64_t version_id;
	const struct survey *sv;
};

static struct arena opened_arena;
static struct opened *opened;

enum err store_survey_open(struct ctx *cx, int64_t version_id,
			   const struct survey **sv)
{
	const char *texts[2];
	const struct survey *read;
	struct survey *own;
	struct opened *entry;

	for (entry = opened; entry; entry = entry->next)
		if (entry->version_id == version_id) {
			*sv = entry->sv;
			return OK;
		}
	TRY(db_one(cx, &survey_definition, ARGS(db_i64(version_id)), texts));
	read = survey_from_json(&opened_arena, texts[0]);
	if (!read)
		return FAIL(cx, ERR_INTERNAL, "survey version is no survey");
	own = ARENA_NEW(&opened_arena, struct survey);
	*own = *read;
	own->version_id = version_id;
	entry = ARENA_NEW(&opened_arena, struct opened);
	*entry = (struct opened){ opened, version_id, own };
	opened = entry;
	*sv = own;
	return OK;
}

enum err store_survey_current(struct ctx *cx, const char *code,
			      int64_t *version_id)
{
	return db_one(cx, &survey_current, ARGS(db_text(code)), version_id);
}

enum err store_survey_texts(struct ctx *cx, int64_t version_id,
			    const char **definition, const char **document)
{
	const char *texts[2];

	TRY(db_one(cx, &survey_definition, ARGS(db_i64(version_id)), texts));
	*definition = texts[0];
	*document = texts[1];
	return OK;
}

enum err store_survey_list(struct ctx *cx, const struct survey_listed **rows,
			   size_t *n)
{
	return db_all(cx, &survey_list, NO_ARGS, rows, n);
}

enum err store_survey_versions(struct ctx *cx, const char *code,
			       const struct survey_version_row **rows,
			       size_t *n)
{
	return db_all(cx, &version_list, ARGS(db_text(code)), rows, n);
}

struct publication {
	const struct survey *sv;
	const char *document, *definition;
	int64_t version_id;
	bool is_new;
};

static enum err add_version(struct ctx *cx, struct publication *p,
			    int64_t survey_id)
{
	unsigned char sha[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(sha, (const unsigned char *)p->document,
			   strlen(p->document));
	TRY(db_insert(cx, &version_add,
		      ARGS(db_i64(survey_id), db_text(p->sv->title.ja),
			   db_text(p->sv->title.en), db_text(p->definition),
			   db_text(p->document), db_bytes(sha, sizeof(sha)),
			   db_i64((int64_t)p->sv->nslots),
			   db_text(instant_to_db(&cx->arena, cx->now_ms)),
			   db_i64(survey_id)),
		      &p->version_id));
	TRY(store_survey_meanings_add(cx, p->sv, p->version_id));
	p->is_new = true;
	return db_exec(cx, &survey_point,
		       ARGS(db_i64(p->version_id), db_i64(survey_id)), NULL);
}

static enum err publish(struct ctx *cx, void *arg)
{
	struct publication *p = arg;
	struct survey_head head;
	bool found;

	TRY(db_maybe(cx, &survey_lock, ARGS(db_text(p->sv->code)), &head,
		     &found));
	if (!found) {
		TRY(db_insert(cx, &survey_add, ARGS(db_text(p->sv->code)),
			      &head.id));
		head.version_id = DB_NULL;
		head.definition = NULL;
	}
	if (head.definition && !strcmp(head.definition, p->definition)) {
		p->version_id = head.version_id;
		p->is_new = false;
		return OK;
	}
	return add_version(cx, p, head.id);
}

enum err store_survey_publish(struct ctx *cx, const struct survey *sv,
			      const char *document, int64_t *version_id,
			      bool *is_new)
{
	struct publication p = { .sv = sv, .document = document };

	p.definition = survey_to_json(&cx->arena, sv);
	TRY(db_transact(cx, publish, &p));
	*version_id = p.version_id;
	if (is_new)
		*is_new = p.is_new;
	return OK;
}

const struct db_query *const store_survey_queries[] = {
	&survey_definition, &survey_current, &survey_lock,
	&survey_add,        &version_add,    &survey_point,
	&survey_list,       &version_list,   NULL,
};
