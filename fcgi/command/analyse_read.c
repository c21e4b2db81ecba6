/*
 * analyse_read.c: the tables and options of an analysis.
 *
 * The reader is not document/csv.c: in a table of one column a blank line is
 * a missing value and must stay, and a table may have a million rows.
 */
#include "base/buf.h"
#include "base/text.h"
#include "command/analyse.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define COLUMNS 5000 /* matched by name; it takes time by their square */

void analyse_refuse(struct analysis *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!a->problem)
		a->problem = arena_vprintf(a->arena, format, args);
	va_end(args);
}

bool analyse_has_input(const struct analysis *a, size_t i)
{
	return i < a->npaths;
}

/* The whole file, ended by a 0; NULL after refusing. */
static char *slurp(struct analysis *a, size_t i, size_t *len)
{
	struct buf b = buf_new(a->arena);
	char chunk[65536];
	size_t got;
	FILE *f;

	if (!analyse_has_input(a, i)) {
		analyse_refuse(a, "needs %zu input%s, see --list", i + 1,
			       i ? "s" : "");
		return NULL;
	}
	f = fopen(a->paths[i], "rb");
	if (!f) {
		analyse_refuse(a, "cannot open %.200s", a->paths[i]);
		return NULL;
	}
	while ((got = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_add(&b, chunk, got);
	got = (size_t)ferror(f);
	fclose(f);
	if (got || !text_is_utf8(b.data, b.len)) {
		analyse_refuse(a, "%s is not UTF-8 text", a->paths[i]);
		return NULL;
	}
	*len = b.len;
	return b.len >= 3 && !memcmp(b.data, "\xEF\xBB\xBF", 3) ? b.data + 3
								: b.data;
}

/* Take one cell off *at: the cell's text, and what ended it in *end. A quoted
 * cell is unfolded in place. NULL for a quotation mark out of place. */
static char *take_cell(char **at, char *end)
{
	char *from = *at, *to = from, *p = from;

	if (*p == '"') {
		for (p++; *p && (*p != '"' || p[1] == '"'); p++) {
			if (*p == '"')
				p++;
			*to++ = *p;
		}
		if (*p++ != '"' || (*p && !strchr(",\r\n", *p)))
			return NULL;
	} else {
		to = p += strcspn(p, ",\r\n");
	}
	*end = *p;
	if (*p == '\r' && p[1] == '\n')
		*end = *++p;
	*at = *p ? p + 1 : p;
	*to = 0;
	return from;
}

/* Cells of the text at p, row after row, into out (if any); how many rows. */
static size_t split(struct analysis *a, const char *path, char *p, size_t cols,
		    const char **out)
{
	size_t rows = 0;

	while (*p && !a->problem) {
		size_t j = 0;
		char end = ',';

		while (end == ',') {
			char *cell = take_cell(&p, &end);

			if (!cell || (j == cols && cols)) {
				analyse_refuse(a,
					       cell ? "%s: too many cells in "
						      "line %zu"
						    : "%s: quotation mark out "
						      "of place in line %zu",
					       path, rows + 2);
				return 0;
			}
			out[rows * cols + j++] = *cell ? cell : NULL;
		}
		if (j == 1 && cols > 1 && !out[rows * cols])
			continue; /* an empty line */
		if (j != cols) {
			analyse_refuse(a, "%s: too few cells in line %zu", path,
				       rows + 2);
			return 0;
		}
		rows++;
	}
	return rows;
}

static size_t count(const char *s, char c)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == c ? 1 : 0;
	return n;
}

const struct sheet *analyse_sheet(struct analysis *a, size_t i)
{
	struct sheet *s = ARENA_NEW(a->arena, struct sheet);
	size_t len;
	char *text = slurp(a, i, &len), end = ',';

	if (!text)
		return NULL;
	if (!*text) {
		analyse_refuse(a, "%s is empty, without a header line",
			       a->paths[i]);
		return NULL;
	}
	s->path = a->paths[i];
	s->header =
		ARENA_ARRAY(a->arena, const char *, strcspn(text, "\n") + 1);
	while (end == ',') {
		char *cell = take_cell(&text, &end);

		if (!cell) {
			analyse_refuse(a, "%s: bad header line", s->path);
			return NULL;
		}
		s->header[s->cols++] = cell;
	}
	/* No row without a line end, but the last. */
	s->cell = ARENA_ARRAY(a->arena, const char *,
			      (count(text, '\n') + count(text, '\r') + 1) *
				      s->cols);
	s->rows = split(a, s->path, text, s->cols, s->cell);
	return a->problem ? NULL : s;
}

const char **analyse_lines(struct analysis *a, size_t i, size_t *n)
{
	size_t len;
	char *p = slurp(a, i, &len);
	const char **line;

	*n = 0;
	if (!p)
		return NULL;
	line = ARENA_ARRAY(a->arena, const char *, count(p, '\n') + 1);
	while (*p) {
		char *end = p + strcspn(p, "\r\n");
		char *next = *end ? end + 1 : end;

		*end = 0;
		if (*p)
			line[(*n)++] = p;
		p = next;
	}
	return line;
}

/* A few digits, which nearly all cells are, without the general reader. */
static bool plain_number(const char *s, double *out)
{
	double value = 0.0;
	size_t i = 0;

	for (; i < 15 && s[i] >= '0' && s[i] <= '9'; i++)
		value = 10.0 * value + (double)(s[i] - '0');
	*out = value;
	return i > 0 && !s[i];
}

static bool number_at(struct analysis *a, const struct sheet *s, size_t row,
		      size_t col, double *out)
{
	const char *cell = s->cell[row * s->cols + col];

	*out = NAN;
	if (!cell || plain_number(cell, out) || text_to_f64(cell, out))
		return true;
	return REFUSE(a,
		      "%s: \"%.40s\" in line %zu, column \"%s\" is no "
		      "number",
		      s->path, cell, row + 2, s->header[col]);
}

bool analyse_matrix(struct analysis *a, const struct sheet *s, size_t from,
		    struct an_table *out)
{
	const size_t k = s->cols > from ? s->cols - from : 0;
	double *x = ARENA_ARRAY(a->arena, double, s->rows *k);

	for (size_t i = 0; i < s->rows; i++)
		for (size_t j = 0; j < k; j++)
			if (!number_at(a, s, i, from + j, &x[i * k + j]))
				return false;
	*out = (struct an_table){ x, s->rows, k };
	return true;
}

/* Does each name of a stand once in b? place[j] is where a's column j is. */
static bool permuted(const struct sheet *a, const struct sheet *b,
		     size_t *place)
{
	if (a->cols != b->cols || a->cols > COLUMNS)
		return false;
	for (size_t j = 0; j < a->cols; j++) {
		size_t found = 0;

		for (size_t m = 0; m < b->cols; m++)
			if (!strcmp(a->header[j], b->header[m])) {
				place[j] = m;
				found++;
			}
		if (found != 1)
			return false;
	}
	return true;
}

void analyse_align(struct analysis *a, const struct sheet *to,
		   const struct sheet *s, struct an_table *t)
{
	size_t *place = ARENA_ARRAY(a->arena, size_t, to->cols);
	double *x;

	if (!permuted(to, s, place))
		return;
	x = ARENA_ARRAY(a->arena, double, t->n * t->k);
	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->k; j++)
			x[i * t->k + j] = an_at(t, i, place[j]);
	t->x = x;
}

static bool column(const struct sheet *s, const char *name, size_t *at)
{
	for (*at = 0; *at < s->cols; (*at)++)
		if (!strcmp(s->header[*at], name))
			return true;
	return false;
}

/* Where the only column of this name stands; false after refusing. */
static bool only_column(struct analysis *a, const struct sheet *s,
			const char *name, size_t *at)
{
	if (!column(s, name, at))
		return REFUSE(a, "%s has no column \"%s\"", s->path, name);
	for (size_t j = *at + 1; j < s->cols; j++)
		if (!strcmp(s->header[j], name))
			return REFUSE(a, "%s has two columns \"%s\"", s->path,
				      name);
	return true;
}

bool analyse_has(const struct sheet *s, const char *name)
{
	size_t at;

	return column(s, name, &at);
}

const double *analyse_numbers(struct analysis *a, const struct sheet *s,
			      const char *name)
{
	double *x;
	size_t at;

	if (!only_column(a, s, name, &at))
		return NULL;
	x = ARENA_ARRAY(a->arena, double, s->rows);
	for (size_t i = 0; i < s->rows; i++)
		if (!number_at(a, s, i, at, &x[i]))
			return NULL;
	return x;
}

const char **analyse_texts(struct analysis *a, const struct sheet *s,
			   const char *name)
{
	const char **x;
	size_t at;

	if (!only_column(a, s, name, &at))
		return NULL;
	x = ARENA_ARRAY(a->arena, const char *, s->rows);
	for (size_t i = 0; i < s->rows; i++)
		x[i] = s->cell[i * s->cols + at];
	return x;
}
