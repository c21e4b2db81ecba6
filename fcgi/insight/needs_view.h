/*
 * needs_view.h: what a fiscal year's answers say people need, by tier, by
 * unit and by skill.
 *
 * A cell is importance against own level of one skill in one group. Groups
 * below k people are hidden, and so are the others that would give them away
 * by subtraction: from the whole (gate_groups, per skill), and between a unit
 * and a tier of which one contains the other. k counts different people, not
 * sheets: somebody who answers before five sessions is one person.
 */
#ifndef INSIGHT_NEEDS_VIEW_H
#define INSIGHT_NEEDS_VIEW_H

#include "insight/needs_order.h"

/* A group: a tier or a unit with everything below it. */
struct needs_group {
	const char *tier_code; /* NULL: a unit */
	int64_t unit_id;       /* DB_NULL: a tier, or people without a unit */
	const char *name, *name_en;
	bool has_units;           /* units below it, to go into */
	size_t people;            /* different people; 0 when hidden */
	size_t sheets;            /* submissions; 0 when hidden */
	bool shown;               /* at least one cell is shown */
	struct need_view *cells;  /* nskills of them, by needs_view.skills */
	struct needs_order order; /* of the whole and of tiers; else empty */
};

struct needs_skill {
	const char *code;
	struct bilingual name;
	int64_t seats; /* offered in the year, all tiers */
};

/* Seats offered in the year for a tier by courses that raise a skill. */
struct needs_offer {
	const char *skill_code, *tier_code;
	int64_t sessions, seats;
	double share; /* of the seats there are, see store_funnel.h */
};

struct needs_view {
	int64_t fiscal_year;
	struct needs_skill *skills;
	size_t nskills;
	size_t answered; /* different people, shown or not */
	struct needs_group all;
	struct needs_group *tiers;
	size_t ntiers;
	struct needs_group *units; /* the units below `unit_id` */
	size_t nunits;
	int64_t unit_id;                      /* DB_NULL: the top */
	const char *unit_name, *unit_name_en; /* NULL at the top */
	int64_t unit_parent;                  /* DB_NULL: the top */
	struct needs_offer *offers;
	size_t noffers;
	struct want_view *wants;
	size_t nwants;
	bool is_synthetic;
};

/*
 * unit_id DB_NULL: the top of the organisation. ERR_NOT_FOUND for an unknown
 * unit, and for a unit that is itself hidden one level up.
 */
enum err needs_view_read(struct ctx *cx, const struct gate *g,
			 int64_t fiscal_year, int64_t unit_id,
			 struct needs_view *v) MUST_USE;

/*
 * The needs of the answers of a session or a course (set, read from of)
 * against what the fiscal year offers: skills, all and offers; no tiers, units
 * or wishes.
 */
enum err needs_view_of_set(struct ctx *cx, const struct gate *g,
			   const struct answers_of *of,
			   const struct answers_set *set,
			   struct needs_view *v) MUST_USE;

/* Seats offered to a tier (NULL: to all) by courses that raise a skill. */
int64_t needs_seats(const struct needs_view *v, const char *skill,
		    const char *tier);

/* The parts (needs_groups.c). The groups get cells, then the gate, then
 * their order. */
struct needs_work {
	struct ctx *cx;
	const struct gate *g;
	const struct answers_set *set;
	const struct answers_tier *tiers;
	size_t ntiers;
	const struct answers_unit *units;
	size_t nunits;
	const struct answers_person *people; /* whose sheets count */
	size_t npeople;
};
enum err needs_tiers(const struct needs_work *w, struct needs_view *v) MUST_USE;
enum err needs_units(const struct needs_work *w, struct needs_view *v) MUST_USE;

/* Tier code of an id, NULL if unknown. */
const char *needs_tier_code(const struct needs_work *w, int64_t tier_id);

/* The unit directly below `top` that holds `unit` (or is it); DB_NULL when
 * the unit is `top` itself or lies elsewhere. top DB_NULL: the top. */
int64_t needs_unit_below(const struct needs_work *w, int64_t unit, int64_t top);

/* Is `unit` at or below `top`? Everything is below DB_NULL. */
bool needs_is_within(const struct needs_work *w, int64_t unit, int64_t top);

#endif
