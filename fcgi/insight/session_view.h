/*
 * session_view.h: what a dashboard shows of a session, or of a course over
 * its sessions. The page, its JSON, its charts and the exports are all made
 * from this one projection, so they show and hide the same.
 *
 * Knowledge scores are shares of the points, 0 to 1; scales are their points
 * (5 = best). "before" and "after" always are the matched people, the same in
 * both, so that nobody who answered only once can be worked out. Every figure
 * has passed the gate (gate.h). Without a comparison group all change is
 * observed change, not the effect of the training.
 *
 * A course counts only the sessions that can be shown on their own, unless
 * the small ones together are enough people (answers_parts.h).
 */
#ifndef INSIGHT_SESSION_VIEW_H
#define INSIGHT_SESSION_VIEW_H

#include "insight/answers.h"
#include "insight/gate.h"

#define VIEW_MAX_OPTIONS 12

/* People on the way from application to matched answers. */
struct funnel {
	int64_t applied, booked, attended; /* from bookings and attendance */
	int64_t pre, post, matched;        /* answers */
};

/* Knowledge over all items. */
struct score_view {
	size_t n_pairs, only_pre, only_post;
	size_t n_items;
	struct figure before, after; /* mean share of points, 0..1 */
	struct figure change;        /* difference with t interval */
	struct figure median_shift;  /* Hodges-Lehmann */
	struct figure dz, dav;       /* standardised effects */
	struct figure gain;          /* class g; AN_CEILING when no room */
	struct figure alpha;         /* reliability of the score after */
	double p_value;              /* paired t; NAN when not shown */
	double p_rank;               /* exact Wilcoxon; NAN when not shown */
	bool is_reference;           /* 参考値: 5 to 9 pairs */
	bool at_ceiling;             /* mean before above .85 */
	bool within_noise;           /* interval inside +-.2 sd: no change of
					any size that matters */
};

/* How many chose each option, by people. */
struct spread {
	bool shown;
	size_t n; /* answered with an option */
	size_t dont_know, not_applicable, skipped;
	size_t noptions;
	size_t count[VIEW_MAX_OPTIONS];
};

/* One knowledge item. */
struct item_view {
	const char *key;
	struct bilingual text;
	const struct survey_item *item;
	size_t right;                /* place of the right option */
	struct figure before, after; /* share right, Wilson */
	struct figure change;        /* paired difference, Bonett-Price */
	double p_value;              /* exact McNemar, BH over the items */
	double gain; /* (after - before)/(1 - before), NAN if not shown */
	struct spread spread_before, spread_after;
	struct figure discrimination; /* item-rest r after, Fisher */
	unsigned flags;               /* enum an_item_flag; 0 below 30 people */
};

/* One five-point question. */
struct scale_view {
	const char *key;
	const char *skill; /* "" if none */
	struct bilingual text;
	const struct survey_item *item;
	struct figure mean, top; /* points; share of the two best */
	struct spread spread;
	struct figure importance; /* r with the overall satisfaction */
	const char *quadrant;     /* CS portfolio: priority_improve,
				     priority_keep, keep, improve; NULL: hidden */
	double index; /* 改善度指数: 10 act now, 5 improve; NAN: hidden */
};

/* The same question before and after (self-rated skills, attitudes). */
struct scale_pair_view {
	const char *key, *skill;
	struct bilingual text;
	struct figure before, after, change;
};

/* A need: importance against own level. */
struct need_view {
	const char *skill;
	struct bilingual text;
	struct figure importance, level; /* points */
	struct figure mwds;              /* Borich, with interval */
	struct figure rds;               /* -100 greatest need .. 100 */
	struct figure rate;              /* share with importance > level */
	size_t rank, rank_rds;           /* 1 = greatest; 0: hidden */
};

/* A topic people ticked. */
struct want_view {
	const char *key;
	struct bilingual text;
	struct figure share; /* of the people who ticked anything */
	size_t count;        /* 0 when hidden */
};

/* Free text of one question. */
struct comments_view {
	enum measures measures;
	struct bilingual text; /* the question */
	size_t n;              /* comments with something in them */
	bool shown;            /* false: fewer people than k wrote one */
	const char *const *texts;
	size_t ntexts;
};

/* A session within a course, for the lines over time. */
struct part_view {
	int64_t session_id;
	const char *starts_at; /* UTC */
	int64_t fiscal_year, run_no;
	struct figure before, after, change, gain, overall;
};

struct session_view {
	struct funnel funnel;
	struct score_view score;
	struct item_view *items;
	size_t nitems;
	struct scale_view *satisfaction; /* parts, and whether it is used */
	size_t nsatisfaction;
	struct scale_view overall; /* key NULL: not asked */
	struct scale_view *other;  /* difficulty, pace, roles */
	size_t nother;
	struct scale_pair_view *self;
	size_t nself;
	struct scale_pair_view *attitude;
	size_t nattitude;
	struct need_view *needs;
	size_t nneeds;
	size_t needs_n; /* people behind them */
	struct want_view *wants;
	size_t nwants;
	struct comments_view *comments;
	size_t ncomments;
	struct part_view *parts; /* of a course */
	size_t nparts;
	size_t parts_out; /* sessions kept out of the totals */
	bool is_synthetic;
};

/* Read and compute everything; g: gate_read(). */
enum err session_view_read(struct ctx *cx, const struct gate *g,
			   const struct answers_of *of,
			   struct session_view *v) MUST_USE;

/*
 * The class before the session, from the pre-survey: knowledge per item
 * (before only), self-ratings, needs, wants. Empty and *closed true once the
 * post-survey has answers and fewer than k people answered only before:
 * then the difference to the dashboard would show those few.
 */
struct profile_view {
	size_t n;            /* sheets */
	struct figure score; /* mean share of points */
	struct item_view *items;
	size_t nitems;
	struct scale_view *self;
	size_t nself;
	struct scale_view *attitude;
	size_t nattitude;
	struct need_view *needs;
	size_t nneeds;
	struct want_view *wants;
	size_t nwants;
	bool closed;
	bool is_synthetic;
};
enum err profile_view_read(struct ctx *cx, const struct gate *g,
			   int64_t session_id, struct profile_view *v) MUST_USE;

/*
 * The scores behind view_score(), as raw as it gets: per pair the mean points
 * (0..1) over the items both sheets were asked, NAN without any. For other
 * statistics of the same people, which pass the gate themselves.
 */
struct pair_scores {
	struct column_pairs items;
	double *pre, *post; /* npairs of the set */
};
struct pair_scores view_pair_scores(struct ctx *cx,
				    const struct answers_set *set);

/* The parts, each in a file of its own; used by other views as well. */
void view_score(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, struct score_view *out);
void view_items(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, struct item_view **out,
		size_t *n);
void view_items_before(struct ctx *cx, const struct gate *g,
		       const struct answers_set *set, struct figure *score,
		       struct item_view **out, size_t *n);
struct scale_view view_scale(struct ctx *cx, const struct gate *g,
			     const struct answers_set *set, enum moment moment,
			     const struct column *c);
struct scale_list {
	struct scale_view *list;
	size_t n;
};
struct scale_list view_scales(struct ctx *cx, const struct gate *g,
			      const struct answers_set *set, enum moment moment,
			      enum measures m);
void view_scale_pairs(struct ctx *cx, const struct gate *g,
		      const struct answers_set *set, enum measures m,
		      struct scale_pair_view **out, size_t *n);
void view_satisfaction(struct ctx *cx, const struct gate *g,
		       const struct answers_set *set, struct session_view *v);
void view_needs(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, struct need_view **out,
		size_t *n, size_t *people);
void view_wants(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, enum moment moment,
		struct want_view **out, size_t *n);
enum err view_comments(struct ctx *cx, const struct gate *g,
		       const struct answers_of *of,
		       const struct answers_set *set,
		       struct comments_view **out, size_t *n) MUST_USE;

/* How options of a column were chosen at a moment; matched: only by people
 * of a pair. shown is decided by the gate. */
struct spread view_spread(const struct gate *g, enum gate_what what,
			  const struct answers_set *set, enum moment moment,
			  const struct column *c, bool matched);

#endif
