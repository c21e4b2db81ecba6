/*
 * findings.h: rules that turn figures into findings (所見).
 *
 * A rule names something only when the interval, not just the figure, lies
 * beyond its threshold, and only from figures that passed the gate. The rules
 * (findings_rules.c) are pure: views in, struct found out; findings_run()
 * reads, applies them and keeps what they found.
 *
 *   not_understood    share right after: Wilson upper limit below
 *                     finding.item_correct_below
 *   low_gain          of a class: even the upper limit of its gain (Hake's g)
 *                     is below finding.gain_below, and there was room to
 *                     improve (no ceiling). Of an item: hard before (share
 *                     right below one half), and even the upper limit of the
 *                     change leaves the share of possible improvement below
 *                     finding.gain_below; that takes some hundred people
 *   bad_item          discrimination surely negative, or surely below .20,
 *                     adjusted over the items (analytics/items.h)
 *   low_satisfaction  in the CS portfolio important but not satisfying, with
 *                     an improvement index (改善度指数) of 10 or more and a
 *                     correlation with the whole surely above 0.1;
 *                     without enough people for the portfolio: the interval of
 *                     the whole ends below finding.satisfaction_below
 *   unmet_need        importance surely above own level, among the first
 *                     three of a tier, and no seat offered to that tier in the
 *                     year; for a unit: need rate surely above one half and
 *                     nobody of it booked a course for that skill
 *   low_return        answers among booked people of a unit: Wilson upper
 *                     limit below finding.return_below, ten booked or more
 */
#ifndef INSIGHT_FINDINGS_H
#define INSIGHT_FINDINGS_H

#include "insight/needs_view.h"
#include "store/store_finding.h"
#include "store/store_funnel.h"

struct finding_limits {
	double item_correct_below; /* share */
	double gain_below;         /* share of the possible improvement */
	double satisfaction_below; /* points */
	double return_below;       /* share */
};

/* One thing found. Texts are those of the survey or the catalogue. */
struct found {
	const char *kind;                       /* as in the table finding */
	int64_t session_id, course_id, unit_id; /* DB_NULL: not about */
	const char *item_key, *skill_code, *tier_code; /* NULL: not about */
	double strength;                               /* 0 to 1 */
	struct figure figure;   /* what the rule looked at */
	double threshold;       /* what it was compared with */
	double before;          /* share right before, level of a need; NAN */
	double importance;      /* r, or importance of a need; NAN */
	int64_t seats;          /* offered; DB_NULL: not about seats */
	struct bilingual about; /* the question, skill or unit */
	const char *link;       /* page with the evidence */
};

struct found_list {
	struct arena *arena;
	struct found *list;
	size_t n, capacity;
};

/* Append; used by the rules. */
void found_add(struct found_list *fs, const struct found *f);

/* What a view is about: exactly one of the ids, and where it is shown. */
struct found_place {
	int64_t session_id, course_id; /* DB_NULL: not about */
	const char *link;              /* without an anchor */
};

void findings_of_view(const struct session_view *v,
		      const struct finding_limits *limits,
		      const struct found_place *where, struct found_list *out);
void findings_of_needs(const struct needs_view *v, struct found_list *out);

/* Seats that people of a unit booked in courses that raise a skill. */
void findings_of_unit_needs(const struct needs_view *v,
			    const struct funnel_unit_skill *booked, size_t n,
			    struct found_list *out);
void findings_of_returns(const struct funnel_unit *units, size_t n,
			 const struct finding_limits *limits,
			 struct found_list *out);

/*
 * {"n":48,"base":50,"missing":2,"method":"wilson","value":0.31,"lo":..,
 * "hi":..,"threshold":0.5,"before":..,"importance":..,"seats":0,
 * "about_ja":"..","about_en":".."}; what is not known is left out.
 */
const char *finding_evidence(struct ctx *cx, const struct found *f);

/* 16 bytes: kind and object. */
void finding_fingerprint(const struct found *f, unsigned char out[16]);

/* Told how far it is, in percent; may stop it by an error. */
typedef enum err findings_progress(struct ctx *cx, int percent, void *arg);

/* Counts of a run. */
struct findings_report {
	size_t courses, found;
	int64_t gone; /* new ones whose rule holds no more */
};

/*
 * Apply every rule to the courses, sessions and needs of a fiscal year and
 * keep the outcome. Running it again changes nothing. progress may be NULL.
 */
enum err findings_run(struct ctx *cx, int64_t fiscal_year,
		      findings_progress *progress, void *arg,
		      struct findings_report *report) MUST_USE;

#endif
