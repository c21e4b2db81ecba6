/*
 * csv_write.c: tables as text for other programs. The manual is csv.h.
 */
#include "document/csv.h"

#include "base/text.h"

#include <iconv.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void csv_begin(struct csv_writer *w, struct buf *out)
{
	w->out = out;
	w->in_row = false;
	buf_puts(out, "\xEF\xBB\xBF");
}

static void separate(struct csv_writer *w)
{
	if (w->in_row)
		buf_putc(w->out, ',');
	w->in_row = true;
}

/* A spreadsheet would run text that begins like this. */
static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t\r", *text);
}

static bool needs_quotes(const char *text)
{
	return strpbrk(text, ",\"") || *text == ' ' ||
	       (*text && text[strlen(text) - 1] == ' ');
}

void csv_cell_text(struct csv_writer *w, const char *text)
{
	const char *s = text ? text : "";
	const bool formula = is_formula(s);
	const bool quoted = needs_quotes(s) || formula;

	separate(w);
	if (quoted)
		buf_putc(w->out, '"');
	if (formula)
		buf_putc(w->out, '\'');
	for (; *s; s++) {
		if (*s == '\r' && s[1] == '\n')
			continue;
		if (*s == '\r' || *s == '\n')
			buf_putc(w->out, ' ');
		else if (*s == '"')
			buf_puts(w->out, "\"\"");
		else
			buf_putc(w->out, *s);
	}
	if (quoted)
		buf_putc(w->out, '"');
}

void csv_cell_int(struct csv_writer *w, int64_t number)
{
	separate(w);
	buf_printf(w->out, "%" PRId64, number);
}

void csv_cell_number(struct csv_writer *w, double number, int decimals)
{
	char text[64];

	separate(w);
	if (!isfinite(number))
		return;
	snprintf(text, sizeof(text), "%.*f", decimals, number);
	if (!strcmp(text, "-0") || !strncmp(text, "-0.", 3)) {
		/* "-0.00" is nothing below zero. */
		if (!text[strspn(text, "-0.")])
			memmove(text, text + 1, strlen(text));
	}
	buf_puts(w->out, text);
}

void csv_end(struct csv_writer *w)
{
	buf_puts(w->out, "\r\n");
	w->in_row = false;
}

/* Where the conversion is in the table, and what did not fit so far. */
struct fit {
	struct arena *a;
	struct buf out;
	struct csv_unfit *list;
	size_t n, total, row, col;
	bool quoted;
};

/* Rows and columns are counted by the same rules the writer follows. */
static void advance(struct fit *f, char c)
{
	if (c == '"')
		f->quoted = !f->quoted;
	if (f->quoted)
		return;
	if (c == ',')
		f->col++;
	if (c == '\n') {
		f->row++;
		f->col = 1;
	}
}

static void report(struct fit *f, const char *character, size_t n)
{
	f->total++;
	if (f->n == CSV_MAX_UNFIT)
		return;
	if (!f->list)
		f->list = ARENA_ARRAY(f->a, struct csv_unfit, CSV_MAX_UNFIT);
	f->list[f->n++] =
		(struct csv_unfit){ f->row, f->col,
				    arena_strndup(f->a, character, n) };
}

static void convert(struct fit *f, iconv_t cd, const char *s, size_t n)
{
	char out[8], *in = arena_strndup(f->a, s, n), *to = out;
	size_t left = n, room = sizeof(out);

	if (iconv(cd, &in, &left, &to, &room) == (size_t)-1 || left) {
		iconv(cd, NULL, NULL, NULL, NULL);
		report(f, s, n);
		buf_puts(&f->out, "\x81\xAC"); /* 〓 */
		return;
	}
	buf_add(&f->out, out, sizeof(out) - room);
}

const char *csv_to_cp932(struct arena *a, const char *utf8, size_t n,
			 size_t *len, struct csv_unfit_list *unfit)
{
	struct fit f = { .a = a, .out = buf_new(a), .row = 1, .col = 1 };
	const iconv_t cd = iconv_open("CP932", "UTF-8");
	const char *s = utf8, *const end = utf8 + n;

	if (n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3))
		s += 3;
	while (s < end) {
		const char *const from = s;

		if ((unsigned char)*s < 0x80) {
			advance(&f, *s);
			buf_putc(&f.out, *s++);
			continue;
		}
		text_next(&s, end);
		convert(&f, cd, from, (size_t)(s - from));
	}
	iconv_close(cd);
	*len = f.out.len;
	*unfit = (struct csv_unfit_list){ f.list, f.n, f.total };
	return f.out.data;
}
