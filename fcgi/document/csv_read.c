/*
 * csv_read.c: the reader of csv.h.
 *
 * First the bytes become UTF-8, then one pass cuts them into cells. The pass
 * is a small machine over the position; every refusal names line and column.
 */
#include "base/text.h"
#include "document/csv.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

struct reader {
	struct arena *a;
	const char *at, *end;
	size_t line, col; /* of what is being read, from 1 */
	const char **cells;
	size_t ncells, cells_cap;
	struct csv_row *rows;
	size_t nrows, rows_cap;
	struct csv_problem *problem;
};

static bool refuse(struct csv_problem *p, const char *word, size_t line,
		   size_t col)
{
	*p = (struct csv_problem){ .word = word, .line = line, .col = col };
	return false;
}

static size_t lines_in(const char *bytes, size_t n)
{
	size_t lines = 1;

	for (size_t i = 0; i < n; i++)
		lines += bytes[i] == '\n' ||
			 (bytes[i] == '\r' &&
			  (i + 1 == n || bytes[i + 1] != '\n'));
	return lines;
}

/*
 * glibc's "CP932" knows what Japanese offices type (①, ㈱, 髙, ～); its
 * "SHIFT_JIS" does not. A character never grows beyond three bytes.
 */
static bool from_cp932(struct arena *a, const char *bytes, size_t len,
		       const char **out, size_t *outlen,
		       struct csv_problem *problem)
{
	const size_t cap = len * 3 + 1;
	char *text = arena_alloc(a, cap), *to = text;
	char *from = arena_memdup(a, bytes, len);
	char *const start = from;
	size_t left = len, room = cap;
	iconv_t cd = iconv_open("UTF-8", "CP932");
	size_t done;

	if (cd == (iconv_t)-1)
		return refuse(problem, "encoding", 1, 0);
	done = iconv(cd, &from, &left, &to, &room);
	iconv_close(cd);
	if (done == (size_t)-1)
		return refuse(problem, "encoding",
			      lines_in(start, (size_t)(from - start)), 0);
	*out = text;
	*outlen = (size_t)(to - text);
	/* Two bytes of CP932 can be a NUL for no good reason. */
	return text_is_utf8(text, *outlen) ? true
					   : refuse(problem, "encoding", 1, 0);
}

static bool decode(struct reader *r, const char *bytes, size_t len,
		   bool *was_cp932)
{
	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		len -= 3;
	}
	*was_cp932 = !text_is_utf8(bytes, len);
	if (*was_cp932 &&
	    !from_cp932(r->a, bytes, len, &bytes, &len, r->problem))
		return false;
	r->at = bytes;
	r->end = bytes + len;
	return true;
}

static bool is_row_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Step over one line end (CRLF, LF or CR). */
static void step_line(struct reader *r)
{
	if (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n')
		r->at++;
	r->at++;
	r->line++;
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && !is_row_end(c)) ||
	       c == 0x7f;
}

/* What our writer put before text that a spreadsheet would run. */
static const char *without_guard(const char *cell)
{
	return cell[0] == '\'' && cell[1] && strchr("=+-@\t", cell[1])
		       ? cell + 1
		       : cell;
}

static bool add_cell(struct reader *r, const char *text)
{
	if (r->ncells == CSV_MAX_COLS)
		return refuse(r->problem, "too_many_columns", r->line, 0);
	if (r->ncells == r->cells_cap) {
		const size_t cap = r->cells_cap ? r->cells_cap * 2 : 16;
		const char **more = ARENA_ARRAY(r->a, const char *, cap);

		if (r->ncells)
			memcpy(more, r->cells, r->ncells * sizeof(*more));
		r->cells = more;
		r->cells_cap = cap;
	}
	r->cells[r->ncells++] = without_guard(text);
	return true;
}

/* The text between quotation marks; at stands on the first one. */
static bool read_quoted(struct reader *r, struct buf *cell)
{
	const size_t line = r->line;

	r->at++;
	while (r->at < r->end) {
		const char c = *r->at;

		if (c == '"' && r->at + 1 < r->end && r->at[1] == '"') {
			buf_putc(cell, '"');
			r->at += 2;
		} else if (c == '"') {
			r->at++;
			if (r->at == r->end || *r->at == ',' ||
			    is_row_end(*r->at))
				return true;
			return refuse(r->problem, "quote", r->line, r->col);
		} else if (is_row_end(c)) {
			buf_putc(cell, '\n');
			step_line(r);
		} else if (is_control(c)) {
			return refuse(r->problem, "control", r->line, r->col);
		} else {
			buf_putc(cell, c);
			r->at++;
		}
	}
	return refuse(r->problem, "quote", line, r->col);
}

static bool read_plain(struct reader *r, struct buf *cell)
{
	const char *start = r->at;

	for (; r->at < r->end && *r->at != ',' && !is_row_end(*r->at);
	     r->at++) {
		if (*r->at == '"')
			return refuse(r->problem, "quote", r->line, r->col);
		if (is_control(*r->at))
			return refuse(r->problem, "control", r->line, r->col);
	}
	buf_add(cell, start, (size_t)(r->at - start));
	return true;
}

static bool read_cell(struct reader *r)
{
	struct buf cell = buf_new(r->a);
	const bool quoted = r->at < r->end && *r->at == '"';

	if (!(quoted ? read_quoted(r, &cell) : read_plain(r, &cell)))
		return false;
	if (cell.len > CSV_MAX_CELL)
		return refuse(r->problem, "long_cell", r->line, r->col);
	return add_cell(r, arena_strndup(r->a, cell.data ? cell.data : "",
					 cell.len));
}

static bool has_text(const struct reader *r)
{
	for (size_t i = 0; i < r->ncells; i++)
		if (*text_trim(r->a, r->cells[i]))
			return true;
	return false;
}

static bool add_row(struct reader *r, size_t line)
{
	if (!has_text(r))
		return true;
	if (r->nrows == CSV_MAX_ROWS)
		return refuse(r->problem, "too_many_rows", line, 0);
	if (r->nrows == r->rows_cap) {
		const size_t cap = r->rows_cap ? r->rows_cap * 2 : 64;
		struct csv_row *more = ARENA_ARRAY(r->a, struct csv_row, cap);

		if (r->nrows)
			memcpy(more, r->rows, r->nrows * sizeof(*more));
		r->rows = more;
		r->rows_cap = cap;
	}
	r->rows[r->nrows++] = (struct csv_row){
		.line = line,
		.n = r->ncells,
		.cells = arena_memdup(r->a, r->cells,
				      r->ncells * sizeof(*r->cells)),
	};
	return true;
}

/* One row with its line end; at is before the end of the file. */
static bool read_row(struct reader *r)
{
	const size_t line = r->line;

	r->ncells = 0;
	for (r->col = 1;; r->col++) {
		if (!read_cell(r))
			return false;
		if (r->at == r->end || *r->at != ',')
			break;
		r->at++;
	}
	if (r->at < r->end)
		step_line(r);
	return add_row(r, line);
}

bool csv_read(struct arena *a, const char *bytes, size_t len,
	      struct csv_table *out, struct csv_problem *problem)
{
	struct reader r = { .a = a, .line = 1, .problem = problem };

	*out = (struct csv_table){ .n = 0 };
	if (len > CSV_MAX_BYTES)
		return refuse(problem, "too_large", 1, 0);
	if (!decode(&r, bytes, len, &out->was_cp932))
		return false;
	while (r.at < r.end)
		if (!read_row(&r))
			return false;
	if (r.nrows == 0)
		return refuse(problem, "empty", 1, 0);
	out->rows = r.rows;
	out->n = r.nrows;
	return true;
}
