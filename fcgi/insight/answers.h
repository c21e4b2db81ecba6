/*
 * answers.h: the answers of a session, a course or a year, in memory.
 *
 * answers_read() streams the submissions once; everything else is arithmetic
 * over what it read. A *sheet* is one submission. Sheets of one person in one
 * session before and after make a *pair*; the key behind it stays in here,
 * and no statistic sees who somebody is.
 *
 * A *column* is one question that is answered in one slot: a single item, a
 * row of a grid, an option of a multiple choice. Columns are found by what an
 * item measures, never by the name of its key, and join the same key over
 * versions of a survey.
 */
#ifndef INSIGHT_ANSWERS_H
#define INSIGHT_ANSWERS_H

#include "store/store_answers.h"
#include "store/store_collection.h"
#include "survey/slots.h"
#include "survey/survey.h"

struct sheet {
	size_t collection; /* place in answers_set.collections */
	size_t survey;     /* place in answers_set.surveys */
	int64_t session_id;
	enum moment moment;
	int64_t tier_id, unit_id; /* DB_NULL: unknown */
	const unsigned char *slots;
	size_t nslots;
	unsigned char pair[16];
	bool has_pair;
	bool is_matched; /* belongs to a pair */
};

struct sheet_pair {
	const struct sheet *pre, *post;
};

struct answers_set {
	const struct answers_collection *collections;
	size_t ncollections;
	const struct survey **surveys; /* each version once */
	size_t nsurveys;
	struct sheet *sheets;
	size_t nsheets;
	struct sheet_pair *pairs;
	size_t npairs;
	size_t n_pre, n_post; /* sheets of that moment */
	bool is_synthetic;    /* 合成データ is in it */
	/* of a course or a year: who answered in several sessions */
	const struct answers_again *again;
	size_t nagain;
	/* set by answers_keep(): which sessions still count; NULL: all */
	bool (*keep)(int64_t session_id, const void *arg);
	const void *keep_arg;
};

/* Everything lives in cx->arena. */
enum err answers_read(struct ctx *cx, const struct answers_of *of,
		      struct answers_set *set) MUST_USE;

/* Drop the sheets (and pairs) of sessions for which keep() is false. */
void answers_keep(struct answers_set *set,
		  bool (*keep)(int64_t session_id, const void *arg),
		  const void *arg);

/*
 * How many sheets of one moment in some sessions are at most of somebody who
 * has another one there: so many fewer people there are than sheets. in: for
 * each row of set->again, whether its session is one of these.
 */
size_t answers_repeats(const struct answers_set *set, const bool *in);

struct column {
	const char *key;
	const char *part;      /* grid row or option; "" for the item itself */
	const char *skill;     /* of item or row; "" if none */
	struct bilingual text; /* the question; the row's or option's label */
	const struct survey_item *item; /* as in the first survey that has it */
	/* per survey of the set: the item (NULL: not asked) and its slot */
	const struct survey_item **items;
	size_t *slots;
};

/* Columns that measure m in surveys used at that moment, in their order. */
const struct column *answers_columns(struct ctx *cx,
				     const struct answers_set *set,
				     enum moment moment, enum measures m,
				     size_t *n);

/* Was this question on that sheet's form? */
bool column_asked(const struct column *c, const struct sheet *s);

/* The byte; SLOT_NOT_SHOWN where the question was not on the form. */
unsigned char column_code(const struct column *c, const struct sheet *s);

/* Points by item_points(); NAN also where it was not on the form. */
double column_points(const struct column *c, const struct sheet *s);

/*
 * What somebody scores on a scale of n ratings: the mean of those that were on
 * the form and answered, if two thirds of those on the form are; else NAN. The
 * one place where a sheet's ratings become one number.
 */
double columns_score(const struct column *const *c, size_t n,
		     const struct sheet *s);

/* What somebody scores in a test of n items: the mean points of those that
 * were on the form (a blank one is 0); NAN where none was. */
double columns_points(const struct column *c, size_t n, const struct sheet *s);

/*
 * Place of the chosen option in c->item->options, by its key, so that
 * versions with another order agree; SIZE_MAX for reserved codes and options
 * that c->item does not have.
 */
size_t column_option(const struct column *c, const struct sheet *s);

/* Questions asked both before and after: pre[i] and post[i] are one. */
struct column_pairs {
	const struct column *pre, *post;
	size_t n;
};

/* Those that measure m, in the order of the form after. */
struct column_pairs answers_column_pairs(struct ctx *cx,
					 const struct answers_set *set,
					 enum measures m);

/* How important something is and how far one has come in it. */
struct column_need {
	const struct column *importance, *level;
};

/*
 * Those asked at that moment, in the order of the importance: both name the
 * same skill, or without a skill the same row.
 */
const struct column_need *answers_needs(struct ctx *cx,
					const struct answers_set *set,
					enum moment moment, size_t *n);

/* The item behind a number or a text that somebody wrote; NULL: none. */
const struct survey_item *answers_open_item(const struct answers_set *set,
					    int64_t version_id,
					    int64_t item_no);

#endif
