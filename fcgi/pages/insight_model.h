/*
 * insight_model.h: figures on pages, always with what belongs to them.
 *
 * A figure in a model is an object
 *   { value, lo, hi, n, base, missing, method, status,
 *     shown, value_text, interval_text, n_text, why }
 * with numbers as numbers (null where not defined or hidden), the machine
 * words of method and status, and the sentences for people: why is the reason
 * a number is not there.
 */
#ifndef PAGES_INSIGHT_MODEL_H
#define PAGES_INSIGHT_MODEL_H

#include "http/http.h"
#include "insight/gate.h"
#include "insight/session_view.h"
#include "store/store_answers.h"

/* How a figure reads. */
enum figure_unit {
	UNIT_SHARE,        /* 0..1 as percent */
	UNIT_SHARE_CHANGE, /* difference of shares as points of percent */
	UNIT_POINTS,       /* of five */
	UNIT_POINTS_CHANGE,
	UNIT_NUMBER, /* an index, two decimals */
	UNIT_SIGNED  /* an index around 0, two decimals */
};

/* What a page of figures carries around. */
struct words {
	struct ctx *cx;
	const struct request *rq;
};

/* "71%", "+17", "4.12"; a dash where there is no value. Lives in the arena. */
const char *figure_text(const struct words *w, const struct figure *f,
			enum figure_unit unit);
const char *number_text(const struct words *w, double value, size_t n,
			enum figure_unit unit);

/* "95% 区間 12〜22", or "" without an interval. */
const char *interval_text(const struct words *w, const struct figure *f,
			  enum figure_unit unit);

/* A p-value to three places: "0.013", "<0.001"; a dash for NAN. */
const char *p_text(const struct words *w, double p);

/* The object described above, at m[key] or in an object of its own. */
json_t *model_figure(const struct words *w, json_t *m, const char *key,
		     const struct figure *f, enum figure_unit unit);

/* "About this number": { n_text base missing method interval hidden }. */
void model_about(const struct words *w, json_t *m, const struct figure *f,
		 enum figure_unit unit);

/* A headline figure for the part _figure, appended to a list. */
void model_headline(const struct words *w, json_t *list, const char *label,
		    const struct figure *f, enum figure_unit unit);

/* A headline that is a plain count. */
void model_headline_count(const struct words *w, json_t *list,
			  const char *label, int64_t count, const char *note);

/* Sentence of a status ("status.<word>") and name of a method. */
const char *status_text(const struct words *w, enum an_status status);
const char *method_text(const struct words *w, const char *method);

/* The text in the visitor's language; en may be NULL or empty. */
const char *either(const struct words *w, const char *ja, const char *en);
const char *bilingual_text(const struct words *w, struct bilingual text);

/* A long question as the label of a chart: its first 24 wide or 48 narrow
 * characters. */
const char *short_label(const struct words *w, const char *text);

/* Text of a key with {n} filled. */
const char *text_with_n(const struct words *w, const char *key, int64_t n);

/*
 * member "least": from how many people on this installation shows items,
 * satisfaction, self-ratings, needs and comments, each as a sentence.
 */
void model_least(const struct words *w, json_t *m);

/* page.title of the model. */
void model_title(json_t *model, const char *title);

/* A value of a chart's list: null where hidden. percent multiplies by 100. */
void chart_value(json_t *list, double value, bool percent);

/* A chart object with its kind, unit and decimals; empty categories. */
json_t *chart_new(json_t *charts, const char *name, const char *kind,
		  const char *unit, int decimals);

/* A series with values (and low, high when with_interval) of a chart. */
struct chart_series {
	json_t *values, *low, *high;
};
struct chart_series chart_series(json_t *chart, const char *name,
				 bool with_interval);
void chart_figure(struct chart_series *s, const struct figure *f, bool percent);

/* A category of a chart with its figure. */
void chart_row(json_t *chart, struct chart_series *s, const char *category,
	       const struct figure *f);

/* The axis of coefficients that are 1 at most, the lowest of which is low. */
void chart_to_1(json_t *chart, double low);

#endif
