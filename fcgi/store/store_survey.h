/*
 * store_survey.h: surveys and their published versions.
 *
 * A published version never changes, so the definitions a worker has opened
 * stay in an arena of their own for the life of the process.
 */
#ifndef STORE_STORE_SURVEY_H
#define STORE_STORE_SURVEY_H

#include "db/db.h"
#include "survey/survey.h"

extern const struct db_query *const store_survey_queries[];
extern const struct db_query *const store_survey_meaning_queries[];

/* One row of the list of surveys: its current version. */
struct survey_listed {
	int64_t survey_id, version_id, version_no;
	const char *code, *title, *title_en, *published_at;
	int64_t nversions, ncollections;
};

/* One version of a survey. */
struct survey_version_row {
	int64_t version_id, version_no, slots, ncollections, nsubmissions;
	const char *title, *published_at;
};

/*
 * The definition of a published version. Immutable; lives as long as the
 * process. ERR_NOT_FOUND if there is no such version.
 */
enum err store_survey_open(struct ctx *cx, int64_t version_id,
			   const struct survey **sv) MUST_USE;

/* The version used for new collections; ERR_NOT_FOUND if there is none. */
enum err store_survey_current(struct ctx *cx, const char *code,
			      int64_t *version_id) MUST_USE;

/*
 * Publish sv under sv->code. document is the XML it was made from (kept for
 * the record). If the current version has the same definition nothing is
 * added and *version_id is that one; *is_new (may be NULL) says which. Call
 * it inside or outside a transaction.
 */
enum err store_survey_publish(struct ctx *cx, const struct survey *sv,
			      const char *document, int64_t *version_id,
			      bool *is_new) MUST_USE;

/*
 * What each byte and each open answer of a new version means, for people with
 * SQL (survey_slot, survey_code, survey_open_item). Part of publishing.
 */
enum err store_survey_meanings_add(struct ctx *cx, const struct survey *sv,
				   int64_t version_id) MUST_USE;

/* Lists for the planner's pages. */
enum err store_survey_list(struct ctx *cx, const struct survey_listed **rows,
			   size_t *n) MUST_USE;
enum err store_survey_versions(struct ctx *cx, const char *code,
			       const struct survey_version_row **rows,
			       size_t *n) MUST_USE;

/* The JSON definition and the XML document of a version, as stored. */
enum err store_survey_texts(struct ctx *cx, int64_t version_id,
			    const char **definition,
			    const char **document) MUST_USE;

#endif
