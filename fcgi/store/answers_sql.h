/*
 * answers_sql.h: a statement for a session, a course or a year. Inside store/
 * only.
 */
#ifndef STORE_ANSWERS_SQL_H
#define STORE_ANSWERS_SQL_H

#include "store/store_answers.h"

/* The statement for what is asked, and its only parameter. */
struct answers_choice {
	const struct db_query *query;
	struct db_arg arg;
};

static inline struct answers_choice answers_choose(
	const struct answers_of *of, const struct db_query *const by[3])
{
	struct answers_choice c = { by[2], db_i64(of->fiscal_year) };

	if (of->session_id)
		c = (struct answers_choice){ by[0], db_i64(of->session_id) };
	else if (of->course_id)
		c = (struct answers_choice){ by[1], db_i64(of->course_id) };
	return c;
}

#endif
