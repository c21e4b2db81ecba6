/*
 * csv.h: tables as text (RFC 4180), in and out.
 *
 * In: UTF-8 with or without a byte order mark, or CP932 (Excel in Japan).
 * Out: UTF-8 with a byte order mark and CRLF; CP932 on request. The reader
 * is csv_read.c, the writer csv_write.c.
 */
#ifndef DOCUMENT_CSV_H
#define DOCUMENT_CSV_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CSV_MAX_BYTES (16u << 20) /* larger files are refused */
#define CSV_MAX_ROWS  100000u
#define CSV_MAX_COLS  200u
#define CSV_MAX_CELL  4000u /* bytes of one cell */

struct csv_row {
	size_t line;        /* line of the file the row starts on, from 1 */
	size_t n;           /* number of cells */
	const char **cells; /* UTF-8, never NULL, line ends LF; not trimmed */
};

struct csv_table {
	const struct csv_row
		*rows; /* rows[0] is the header when there is one */
	size_t n;
	bool was_cp932; /* the bytes were CP932, not UTF-8 */
};

/* Why a file cannot be read: a word for the text "csv.<word>" and the place. */
struct csv_problem {
	const char *word; /* encoding, quote, too_many_rows, ... ; see below */
	size_t line;      /* line of the file, from 1 */
	size_t col;       /* column of the table, from 1; 0: the whole line */
};

/*
 * Read a whole file. Bytes that are well-formed UTF-8 are taken as UTF-8
 * (a byte order mark is dropped), anything else as CP932. Rows end with
 * CRLF, LF or CR; rows without any text are left out. The apostrophe that
 * our writer puts before text a spreadsheet would run is taken away again.
 * Strings live in a. False: *problem says why, with one of these words:
 *   encoding       neither UTF-8 nor CP932 (line of the first bad byte)
 *   quote          a quotation mark that is not closed, or stands inside
 *   control        a control character that is no tab or line end
 *   too_large, too_many_rows, too_many_columns, long_cell, empty
 */
bool csv_read(struct arena *a, const char *bytes, size_t len,
	      struct csv_table *out, struct csv_problem *problem);

struct csv_writer {
	struct buf *out;
	bool in_row; /* a cell has been written in this row */
};

/* Start a file in out: the byte order mark. */
void csv_begin(struct csv_writer *w, struct buf *out);

/*
 * A cell. Text that a spreadsheet would run as a formula (= + - @ tab first)
 * gets an apostrophe before it; line breaks inside become a blank. NULL and
 * NAN are empty cells.
 */
void csv_cell_text(struct csv_writer *w, const char *text);
void csv_cell_int(struct csv_writer *w, int64_t number);
void csv_cell_number(struct csv_writer *w, double number, int decimals);

/* End the row with CRLF. */
void csv_end(struct csv_writer *w);

/* A character that CP932 does not have, and where it stood. */
struct csv_unfit {
	size_t row;            /* of the table, from 1; the header is row 1 */
	size_t col;            /* from 1 */
	const char *character; /* UTF-8 */
};

struct csv_unfit_list {
	const struct csv_unfit *list;
	size_t n;     /* at most CSV_MAX_UNFIT are listed */
	size_t total; /* all of them */
};

#define CSV_MAX_UNFIT 1000u

/*
 * A file that the writer above made, as CP932 without byte order mark, for
 * programs that know no UTF-8. A character CP932 lacks becomes 〓 and is
 * reported. Wave dash and minus fit in both of their forms. The bytes live in
 * a, their number in *len.
 */
const char *csv_to_cp932(struct arena *a, const char *utf8, size_t n,
			 size_t *len, struct csv_unfit_list *unfit);

#endif
