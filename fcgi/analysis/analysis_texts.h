/*
 * analysis_texts.h: what the files of the part "texts" share. Not for others.
 *
 * Comments are those written after sessions, as on the dashboards. A comment
 * that says nothing (特になし) is counted as blank and is no comment.
 *
 * People, not comments, decide what is shown. In one session each submission
 * is somebody; over sessions nobody may be recognised, so people are counted
 * as at least as many as must be different (see texts_people()).
 */
#ifndef ANALYSIS_ANALYSIS_TEXTS_H
#define ANALYSIS_ANALYSIS_TEXTS_H

#include "analysis/analysis.h"
#include "analytics/terms.h"
#include "insight/mask.h"
#include "insight/text_lists.h"

#define TEXTS_NONE SIZE_MAX

/* A word is shown when so many people of so many departments used it. */
#define TEXTS_PEOPLE      3
#define TEXTS_DEPARTMENTS 2

/* The questions whose comments are looked at. */
#define TEXTS_QUESTIONS 3
extern const enum measures texts_questions[TEXTS_QUESTIONS];

/* A comment. Who wrote it stays in here: it is counted, never put out. */
struct writing {
	size_t question; /* place in texts_questions */
	int64_t course_id, fiscal_year, session_id, submission_id, unit_id,
		tier_id;
	int64_t department; /* unit; DB_NULL: unknown */
	const char *tier;   /* code; NULL: unknown */
	const char *shown;  /* masked */
	const char *plain;  /* masked, for reading */
	const char **word;  /* as shown to people */
	const char **token; /* the same with marks of negation */
	size_t nwords;
	bool request;
};

struct texts_work {
	const struct analysis_work *w;
	struct an_tagger *tagger; /* NULL: no dictionary */
	struct text_lists lists;
	const struct answers_tier *tiers;
	size_t ntiers;
	struct writing *list;
	size_t n;
	/* by question */
	size_t blank[TEXTS_QUESTIONS], asked[TEXTS_QUESTIONS];
	struct bilingual text[TEXTS_QUESTIONS];
	bool is_cut; /* there are more than are read */
};

/* Read the comments: masked, in words. t->w and t->tagger are set. */
enum err texts_read(struct texts_work *t) MUST_USE;

/* Some of the comments: of one question, or all. Places in t->list. */
struct texts_group {
	const struct texts_work *t;
	const size_t *doc;
	size_t n;
	size_t people; /* at least */
	size_t base;   /* sheets that asked */
	bool is_all;   /* of all questions: a person has up to three */
	/* words that may be shown, by document; weights of an_tfidf() */
	struct an_terms terms;
	double *weight;
	uint64_t seed;
};

/*
 * People behind comments, at least: in one session as many as submissions.
 * Over sessions people of one unit and tier may be the same, so of them those
 * of the session with the most count. doc: places in t->list.
 */
size_t texts_people(const struct texts_work *t, const size_t *doc, size_t n);

/*
 * For a course or a year: leave out the comments of sessions that are shown on
 * their own, but are too few people for it: with them the total minus the
 * others would be those few. They stay when they are enough people together in
 * their course and year, or with those that are not: of a course in other
 * years, of a year in other courses (insight/answers_parts.h). Too few in all
 * stay, too, for the caller to hide.
 * Returns how many comments are left in doc.
 */
size_t texts_guard(const struct texts_work *t, size_t *doc, size_t n);

/* The same for comments of one course of a year, as the page of the course has
 * them; their order is another. */
size_t texts_guard_course(const struct texts_work *t, size_t *doc, size_t n);

/* May something that these comments have in common be shown? */
bool texts_shared(const struct texts_work *t, const size_t *doc, size_t n);

/* Fill g->terms and g->weight; false: no word may be shown. */
bool texts_terms(struct texts_group *g);

/* Places of the terms, the most frequent first. */
size_t *texts_frequent(struct an_scratch *work, const struct an_terms *t);

/* "share" of the group's comments, through the gate, and "count" if shown. */
void texts_put_share(const struct texts_group *g, json_t *o, size_t x);

/* The members "terms", "network", "tiers" of the group's object. */
void texts_put_terms(const struct texts_group *g, json_t *out);
void texts_put_network(const struct texts_group *g, json_t *out);
void texts_put_tiers(const struct texts_group *g, json_t *out);

/* The member "themes". from, to: how far the part is, for analysis_tell(). */
enum err texts_put_themes(const struct texts_group *g, json_t *out, double from,
			  double to) MUST_USE;

/* Places in g->doc of the comments that are in[], by falling cosine with a
 * weight per word; how many these are. out has g->n places. */
size_t texts_sort_by(const struct texts_group *g, const double *words,
		     const bool *in, size_t *out);

/* People behind n comments of the group; at: places in g->doc. */
size_t texts_people_of(const struct texts_group *g, const size_t *at, size_t n);

/*
 * The members "verbatim" and "typical" of n comments in the order of
 * texts_sort_by(). Typical are candidates: pages show three at most, and only
 * those that somebody has read and found fit to be shown (store_comment.h).
 */
void texts_put_verbatim(const struct texts_group *g, json_t *o,
			const size_t *at, size_t n);

/* The member "codes": the comments counted by the code book. */
void texts_put_codes(const struct texts_group *g, json_t *out);

/*
 * The member "sample" of "codes" in a course or a year with comments enough:
 * comments for two readers to check the codes by. in: which comment has which
 * code, cells a comment.
 */
struct codebook;
void texts_put_sample(const struct texts_group *g, const struct codebook *book,
		      const bool *in, size_t cells, json_t *o);

/* The member "requests". */
void texts_put_requests(const struct texts_group *g, json_t *out);

#endif
