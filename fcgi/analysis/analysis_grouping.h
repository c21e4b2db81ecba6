/*
 * analysis_grouping.h: people of a scope in tiers or departments, so that no
 * group is shown that is too small and none can be worked out.
 *
 * A *case* is one pair or one sheet; its group is a place, or NO_GROUP. Four
 * things protect people:
 *
 *   - A group inside one session may be shown there, or put together with
 *     another. What is too small to be shown there stays out of the groups of
 *     the course where course minus sessions would be those few; the same
 *     for the courses of a year, which leaves out what they do (cases_guard).
 *   - Tiers stand in an order, so one that is too small, or in which all say
 *     the same, is put together with its smaller neighbour, never dropped.
 *   - Departments have no order: they are hidden (gate_groups).
 *   - Who is in no group (tier unknown, or kept out) is in the total all the
 *     same. When these are few, total minus groups would be them: then a
 *     group is hidden with them.
 *
 * One person in several sessions is one person: the different people, where
 * they are known, bound what a group's cases count.
 */
#ifndef ANALYSIS_ANALYSIS_GROUPING_H
#define ANALYSIS_ANALYSIS_GROUPING_H

#include "analysis/analysis.h"

#define NO_GROUP SIZE_MAX

/* What people are grouped by: everything but the answers. */
struct org {
	const struct answers_tier *tiers;
	size_t ntiers;
	const struct answers_unit *units;
	size_t nunits;
};
enum err org_read(struct ctx *cx, struct org *org) MUST_USE;

/* The department a unit is (in); outside of all departments the topmost unit
 * above it; NULL: no such unit. */
const struct answers_unit *org_department(const struct org *org, int64_t unit);

/* A kind of groups: all tiers in their order, all departments in theirs. */
struct grouping {
	size_t n;
	struct bilingual *name;
	/* the group of somebody of this tier and unit */
	size_t (*find)(const struct org *org, const struct grouping *gr,
		       int64_t tier_id, int64_t unit_id);
	const int64_t *unit; /* of departments: their ids */
	const char **code; /* of tiers: their codes, the same in all schemes */
};
struct grouping grouping_tiers(struct ctx *cx, const struct org *org);

/* Departments; somebody outside of all of them belongs to the topmost unit. */
struct grouping grouping_departments(struct ctx *cx, const struct org *org);

/*
 * n cases: their session, group and values. value[v][i], NAN missing; what is
 * shown of a group must be allowed for each of the nvalues.
 * course: of each case; NULL outside a year.
 * told: the case was taken out of its group together with others whose sum
 * is shown elsewhere, so that it is no secret who is in no group.
 * has_order: neighbours may be put together.
 * people: different people of each group, SIZE_MAX where not known.
 */
struct cases {
	size_t n, ngroups;
	const int64_t *session, *course;
	size_t *group;
	bool *told, has_order;
	double *const *value;
	size_t nvalues;
	size_t *people;
	struct bilingual *name; /* of the groups */
};

/* Room for n cases of a grouping; names and people are filled. */
struct cases cases_new(struct ctx *cx, const struct grouping *gr, size_t n,
		       size_t nvalues);

/* The different people who answered at a moment ("pre", "post") of the scope
 * bound the groups; does nothing for a session. */
enum err cases_bound(const struct analysis_work *w, const struct org *org,
		     const struct grouping *gr, const char *moment,
		     struct cases *c) MUST_USE;

/*
 * Take out of their groups (NO_GROUP) the cases of sessions, in a year also
 * of courses, that whole minus parts would give away.
 */
void cases_guard(struct ctx *cx, const struct gate *g, enum gate_what what,
		 struct cases *c);

/*
 * Put small groups together until each may be shown; empty groups vanish.
 * c->ngroups is what is left. Returns whether any two were put together.
 */
bool cases_merge(struct ctx *cx, const struct gate *g, enum gate_what what,
		 struct cases *c);

/*
 * Which groups may be shown as they are. inside: another grouping of the same
 * cases that is shown too (tiers); a group that differs from one of it by a
 * few people is hidden. May be NULL.
 */
void cases_hide(struct ctx *cx, const struct gate *g, enum gate_what what,
		const struct cases *c, const struct cases *inside, bool *shown);

/*
 * When few people are in no group, the smallest group joins them, hidden
 * (NO_GROUP); c->ngroups is what is left. Returns whether it had to.
 */
bool cases_leave_out(const struct gate *g, enum gate_what what,
		     struct cases *c);

/* People in no group, by the value that fewest of them have; not those who
 * were told. group: of each case, c->group or what it was before. */
size_t cases_ungrouped(const struct cases *c, const size_t *group);

/* Different people behind the fewest values of a group. */
size_t cases_fewest(const struct cases *c, size_t group);

/* A group too small, or all of one value, to be shown. */
bool cases_is_small(const struct gate *g, enum gate_what what,
		    const struct cases *c, size_t group);

/* All cases of a group. */
size_t cases_size(const struct cases *c, size_t group);

/* Cases of a group with a value v. */
size_t cases_count(const struct cases *c, size_t group, size_t v);

#endif
