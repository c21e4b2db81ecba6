/*
 * answers_parts.h: what a course or a year may count of its sessions.
 *
 * Sessions are shown on pages of their own. What is hidden there must not
 * come back as the course minus the other sessions, or the year minus its
 * courses:
 *
 *   - A session of too few people stays out, unless all such sessions of its
 *     course in its fiscal year together are enough; or else those that are
 *     not, together: in a course those of all years, in a year those of all
 *     courses (parts_choose). So no page holds a part of what another one
 *     tells as a whole. Who answered in several of them is one person.
 *   - A question that too few of a session answered, or all alike, counts as
 *     not asked there, by the same rule.
 */
#ifndef INSIGHT_ANSWERS_PARTS_H
#define INSIGHT_ANSWERS_PARTS_H

#include "insight/answers.h"
#include "insight/gate.h"

/*
 * Sessions of a set, each once.
 *
 * pool          of a set of one course the fiscal year, else the course
 * pairs, posts  matched people; sheets after
 * in            counts in the figures of the course or year
 * with_answers  how many have a sheet after or a pair
 * set, again    where they are from; the place in ids of each row of set->again
 * row           room for parts_repeats(), a place for each of those rows
 */
struct answers_parts {
	int64_t *ids, *pool;
	size_t *pairs, *posts;
	bool *in;
	size_t n, with_answers;
	const struct answers_set *set;
	size_t *again;
	bool *row;
};

/* Everything lives in cx->arena. The set is not changed. */
struct answers_parts *answers_parts(struct ctx *cx, const struct gate *g,
				    const struct answers_set *set);

/* Drop what does not count: sessions, and answers to single questions. The
 * set's sheets are changed; slots are copied before. */
void answers_narrow(struct ctx *cx, const struct gate *g,
		    struct answers_set *set, const struct answers_parts *parts);

/* Both: keep only what the figures of a course or a year may count. */
void answers_countable(struct ctx *cx, const struct gate *g,
		       struct answers_set *set);

/* The same for what is asked before the session: by the sheets before. */
void answers_countable_before(struct ctx *cx, const struct gate *g,
			      struct answers_set *set);

/*
 * Which sessions may be in the total of one kind of figure, by the people each
 * has for it: as gate_parts() within each pool; those left over once more,
 * all together. in: s->n places; may be s->in.
 */
void parts_choose(struct ctx *cx, const struct gate *g, enum gate_what what,
		  const struct answers_parts *s, const size_t *people,
		  bool *in);

/* How many sheets of these parts are at most of somebody who has another one
 * in them (answers_repeats). */
size_t parts_repeats(const struct answers_parts *s, const bool *in);

#endif
