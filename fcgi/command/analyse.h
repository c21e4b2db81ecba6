/*
 * analyse.h: what the methods of "terakoya analyse" share.
 *
 * A method reads its tables (analyse_table and the like), its options, calls
 * analytics/ and fills the result. Anything wrong with the input is one
 * sentence by REFUSE() and exit status 2; a statistic that is not
 * defined is null and a status, exit status 0.
 */
#ifndef COMMAND_ANALYSE_H
#define COMMAND_ANALYSE_H

#include "analytics/an.h"
#include "base/arena.h"
#include "view/model.h"

#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>

/* A CSV file: cells are NULL where blank. */
struct sheet {
	const char *path;
	const char **header; /* cols names */
	const char **cell;   /* rows * cols, row after row */
	size_t rows, cols;
};

/* The line on a terminal that says how far the calculation is. */
struct progress_line {
	struct an_progress progress;
	const char *method;
	int64_t next; /* not before this time of clock_real() */
	bool shown;
};

/* What to hand to the library: NULL where standard error is no terminal. */
const struct an_progress *analyse_progress(struct progress_line *p,
					   const char *method);

/* Wipe the line, if there is one. */
void analyse_progress_end(struct progress_line *p);

/* One run: the inputs in the order they were named, and the result. */
struct analysis {
	struct arena *arena;
	const char **paths;
	size_t npaths;
	const json_t *options;
	json_t *result;
	const struct an_progress *progress; /* or NULL */
	const char *problem; /* the sentence, NULL while all is well */
};

struct method {
	const char *name;
	const char *inputs; /* "responses.csv", "" for none */
	const char *about;  /* one line */
	bool (*run)(struct analysis *a);
};

/* Each family's methods, ended by a NULL name. */
extern const struct method analyse_basic_methods[];
extern const struct method analyse_dist_methods[];
extern const struct method analyse_item_methods[];
extern const struct method analyse_change_methods[];
extern const struct method analyse_boot_methods[];
extern const struct method analyse_need_methods[];
extern const struct method analyse_group_methods[];
extern const struct method analyse_shrink_methods[];
extern const struct method analyse_model_methods[];
extern const struct method analyse_trend_methods[];
extern const struct method analyse_wave_methods[];
extern const struct method analyse_choice_methods[];
extern const struct method analyse_irt_methods[];
extern const struct method analyse_text_methods[];
extern const struct method analyse_code_methods[];

/*
 * Say what is wrong with the input; the first sentence counts. REFUSE is false
 * besides, as a comma expression, so that the analyser sees it.
 */
#define REFUSE(a, ...) (analyse_refuse((a), __VA_ARGS__), false)
void analyse_refuse(struct analysis *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Input i as a table with a header line; NULL after refusing. */
const struct sheet *analyse_sheet(struct analysis *a, size_t i);

/* Input i as its lines, without a header; NULL after refusing. */
const char **analyse_lines(struct analysis *a, size_t i, size_t *n);

/* Was input i named? */
bool analyse_has_input(const struct analysis *a, size_t i);

/*
 * Columns from..cols of a sheet as numbers, blank cells NAN; false after
 * refusing a cell that is no number.
 */
bool analyse_matrix(struct analysis *a, const struct sheet *s, size_t from,
		    struct an_table *out);

/*
 * Put the columns of t, read from s, into the order of another sheet, if both
 * have the same names; otherwise the first belongs to the first and so on.
 */
void analyse_align(struct analysis *a, const struct sheet *to,
		   const struct sheet *s, struct an_table *t);

/* The only column of this name, as numbers or texts; NULL after refusing. */
const double *analyse_numbers(struct analysis *a, const struct sheet *s,
			      const char *name);
const char **analyse_texts(struct analysis *a, const struct sheet *s,
			   const char *name);

/*
 * Number the words of a column: level[i] is the place of word i among the
 * names, which are `order` (refusing other words) or, without it, the
 * different words ascending. A blank cell is refused.
 */
struct levels {
	size_t k;
	const char **name;
	size_t *level;
	const struct word_table *words;
};
bool analyse_levels(struct analysis *a, const char **word, size_t n,
		    const char *order, struct levels *out);

/*
 * Input 0 with a group column of this name and a column y; somebody without a
 * group counts as missing. Without option `order`, a group in which nobody has
 * a value is none if `seen`. False after refusing.
 */
bool analyse_grouped(struct analysis *a, const char *name, const char *order,
		     bool seen, const double **y, struct levels *g);

/* The place of this word among the names; k for one that no row has. */
size_t analyse_level_of(const struct levels *l, const char *word);

/* The words of a text that stand between these characters. */
struct an_words analyse_words(struct analysis *a, const char *text,
			      const char *between);

/*
 * Input 0, columns doc (from 1) and token, as words in documents: as many as
 * option n_documents says, or else as are numbered, `least` at least. False
 * after refusing a number above `most`. The caller gives it back.
 */
bool analyse_terms(struct analysis *a, size_t least, size_t most,
		   struct an_terms *out);

/*
 * False after refusing more than `most` of these ("groups"): where time or
 * memory grows by their square.
 */
bool analyse_at_most(struct analysis *a, const char *what, size_t n,
		     size_t most);

/* Is there a column of this name? */
bool analyse_has(const struct sheet *s, const char *name);

/*
 * Options: the value, or fallback when the key is absent. Of the wrong kind
 * they are refused; the method looks at a->problem before it goes on.
 */
double analyse_number(struct analysis *a, const char *key, double fallback);
bool analyse_flag(struct analysis *a, const char *key, bool fallback);
const char *analyse_word(struct analysis *a, const char *key,
			 const char *fallback);
/* A whole number in [1, most]. */
size_t analyse_count(struct analysis *a, const char *key, size_t fallback,
		     size_t most);
/* The name of a group, which may be a whole number; NULL when absent. */
const char *analyse_name(struct analysis *a, const char *key);
/* A list of such names; NULL and *n = 0 when absent. */
const char **analyse_list(struct analysis *a, const char *key, size_t *n);
/* Option level, in (0, 1); .95 when absent. */
double analyse_level(struct analysis *a);
bool analyse_has_option(const struct analysis *a, const char *key);

/*
 * How people are resampled: options B (b when absent, at most `most`), seed and
 * level.
 */
struct an_resampling analyse_resampling(struct analysis *a, size_t b,
					size_t most);

/* Write the seed and the generator that were used. */
void analyse_put_seed(json_t *o, const struct an_resampling *how);

/* "missing": "zero" or "listwise" (the default). */
enum an_missing analyse_missing(struct analysis *a);

/*
 * Writing structs: a field says its key, its place and its kind, so a record
 * or a table (an object of arrays) is one call.
 */
struct field {
	const char *key;
	size_t at;
	char kind; /* d double, z size_t, s text, r rank: size_t, 0 is null */
};

#define FIELD_AS(T, name, member)                                         \
	{                                                                 \
		(name), offsetof(T, member),                            \
			_Generic(((T *)0)->member, double : 'd',        \
				 size_t : 'z', const char * : 's') \
	}
#define FIELD(T, member) FIELD_AS(T, #member, member)
#define FIELD_RANK(T, name, member)              \
	{                                        \
		(name), offsetof(T, member), 'r' \
	}

/* Write one struct into o; fields end with a NULL key. */
void analyse_record(json_t *o, const struct field *fields, const void *record);

/* Write n structs of this size as arrays into o. */
void analyse_columns(json_t *o, const struct field *fields, const void *base,
		     size_t n, size_t size);

/* Arrays of numbers and of texts. */
void analyse_put(json_t *o, const char *key, const double *x, size_t n);
void analyse_put_texts(json_t *o, const char *key, const char *const *x,
		       size_t n);
void analyse_put_sizes(json_t *o, const char *key, const size_t *x, size_t n);

/* Lists of these names, ended by a NULL: a table without rows has them too. */
void analyse_lists(json_t *o, const char *const *names);

/* n rows of k numbers. */
void analyse_put_matrix(json_t *o, const char *key, const double *x, size_t n,
			size_t k);

/* "status": the machine word. */
void analyse_status(json_t *o, enum an_status status);

#endif
