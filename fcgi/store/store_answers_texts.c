/*
 * store_answers_texts.c: what people wrote. The manual is store_answers.h.
 */
#include "store/answers_sql.h"

#include <stdlib.h>
#include <string.h>

/* Put in order in C: sorting TEXT here would make a table on disk. */
#define TEXT_FROM                                                  \
	" FROM session s JOIN collection c ON c.session_id = s.id" \
	" JOIN submission b ON b.collection_id = c.id"             \
	" JOIN answer_open o ON o.submission_id = b.id"            \
	" WHERE o.text IS NOT NULL"
#define TEXT_SQL                                                         \
	"SELECT STRAIGHT_JOIN s.id, c.version_id, o.item_no, c.moment, " \
	"o.text" TEXT_FROM
#define WRITING_SQL                                                            \
	"SELECT STRAIGHT_JOIN s.id, c.version_id, o.item_no, b.id, b.tier_id," \
	" b.unit_id, c.moment, o.text" TEXT_FROM

#define TEXT_COLS                                       \
	.row_size = sizeof(struct answers_text),        \
	.cols = { COL(struct answers_text, session_id), \
		  COL(struct answers_text, version_id), \
		  COL(struct answers_text, item_no),    \
		  COL(struct answers_text, moment),     \
		  COL(struct answers_text, text) },     \
	.ncols = 5

static const struct db_query texts_of_session = {
	.name = "answers_texts_of_session",
	.sql = TEXT_SQL " AND s.id = ?",
	TEXT_COLS,
};

static const struct db_query texts_of_course = {
	.name = "answers_texts_of_course",
	.sql = TEXT_SQL " AND s.course_id = ? LIMIT 5000",
	TEXT_COLS,
};

static const struct db_query texts_of_year = {
	.name = "answers_texts_of_year",
	.sql = TEXT_SQL " AND s.fiscal_year = ? LIMIT 20000",
	TEXT_COLS,
};

#define W(field) COL(struct answers_writing, field)
#define WRITING_COLS                                                          \
	.row_size = sizeof(struct answers_writing),                           \
	.cols = { W(session_id), W(version_id), W(item_no), W(submission_id), \
		  W(tier_id),    W(unit_id),    W(moment),  W(text) },        \
	.ncols = 8

static const struct db_query writings_of_session = {
	.name = "answers_writings_of_session",
	.sql = WRITING_SQL " AND s.id = ?",
	WRITING_COLS,
};

static const struct db_query writings_of_course = {
	.name = "answers_writings_of_course",
	.sql = WRITING_SQL " AND s.course_id = ? LIMIT 100000",
	WRITING_COLS,
};

static const struct db_query writings_of_year = {
	.name = "answers_writings_of_year",
	.sql = WRITING_SQL " AND s.fiscal_year = ? LIMIT 100000",
	WRITING_COLS,
};

/* Neither time nor number of the submission shows in the order of texts. */
static int by_item(int64_t item, int64_t other, const char *text,
		   const char *another)
{
	if (item != other)
		return item < other ? -1 : 1;
	return strcmp(text, another);
}

static int by_text(const void *a, const void *b)
{
	const struct answers_text *x = a, *y = b;

	return by_item(x->item_no, y->item_no, x->text, y->text);
}

static int by_writing(const void *a, const void *b)
{
	const struct answers_writing *x = a, *y = b;
	const int order = by_item(x->item_no, y->item_no, x->text, y->text);

	/* Of equal texts nobody sees the order; a seed gives one result. */
	return order ? order
		     : (x->submission_id > y->submission_id) -
			       (x->submission_id < y->submission_id);
}

enum err store_answers_texts(struct ctx *cx, const struct answers_of *of,
			     const struct answers_text **rows, size_t *n)
{
	static const struct db_query *const by[] = { &texts_of_session,
						     &texts_of_course,
						     &texts_of_year };
	const struct answers_choice c = answers_choose(of, by);
	struct answers_text *all;

	TRY(db_all(cx, c.query, &c.arg, 1, &all, n));
	if (*n)
		qsort(all, *n, sizeof(*all), by_text);
	*rows = all;
	return OK;
}

enum err store_answers_writings(struct ctx *cx, const struct answers_of *of,
				const struct answers_writing **rows, size_t *n)
{
	static const struct db_query *const by[] = { &writings_of_session,
						     &writings_of_course,
						     &writings_of_year };
	const struct answers_choice c = answers_choose(of, by);
	struct answers_writing *all;

	TRY(db_all(cx, c.query, &c.arg, 1, &all, n));
	if (*n)
		qsort(all, *n, sizeof(*all), by_writing);
	*rows = all;
	return OK;
}

const struct db_query *const store_answers_texts_queries[] = {
	&texts_of_session,
	&texts_of_course,
	&texts_of_year,
	&writings_of_session,
	&writings_of_course,
	&writings_of_year,
	NULL,
};
