/*
 * export_csv.h: the files of /exports, as CSV and as JSON from one table.
 */
#ifndef PAGES_EXPORT_CSV_H
#define PAGES_EXPORT_CSV_H

#include "base/buf.h"
#include "insight/export_view.h"
#include "pages/insight_model.h"

/*
 * A table being written twice at once: CSV text and JSON rows with the same
 * names. Column names are machine words, days ISO, hidden numbers empty (in
 * JSON null) beside their status.
 */
struct table {
	struct buf csv;
	json_t *rows; /* list of objects */
	json_t *row;  /* the one being filled */
	void *writer; /* struct csv_writer */
	const char *const *names;
	size_t at; /* column of the row */
};

void table_begin(struct ctx *cx, struct table *t, const char *const *names);
void table_text(struct table *t, const char *text);
void table_int(struct table *t, int64_t number);
void table_number(struct table *t, double number, int decimals);
void table_end(struct table *t);

/* Figures of a year's needs: a row per group and skill. */
void export_needs(struct ctx *cx, const struct needs_view *v, struct table *t);

/* Raw answers: a row per submission, a column per slot. */
void export_answers(struct ctx *cx, const struct raw_view *v, struct table *t);

/* Code list of a survey: a row per column and code. */
void export_codes(struct ctx *cx, const struct raw_view *v, struct table *t);

/* Figures of a dashboard: a row per figure. */
void export_results(struct ctx *cx, const struct session_view *v,
		    struct table *t);

#endif
