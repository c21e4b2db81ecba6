#include "check.h"
#include "document/csv.h"

static struct arena a;
static struct csv_problem why;

static bool read_text(const char *text, struct csv_table *t)
{
	return csv_read(&a, text, strlen(text), t, &why);
}

static void reads_tables(void)
{
	struct csv_table t;

	CHECK_THAT(read_text("a,b\r\n1,\"x,\"\"y\"\"\nz\"\r\n\r\n,\n2,3", &t),
		   "a table with CRLF, LF and quoted cells is read");
	CHECK_THAT(t.n == 3, "rows without text are left out");
	CHECK_TEXT(t.rows[1].cells[1], "x,\"y\"\nz");
	CHECK_THAT(t.rows[2].line == 6, "lines inside a cell are counted");
	CHECK(t.rows[2].n == 2);
	CHECK_TEXT(t.rows[2].cells[1], "3");

	CHECK(read_text("\xef\xbb\xbf"
			"職員番号\n0012\n",
			&t));
	CHECK_TEXT(t.rows[0].cells[0], "職員番号");
	CHECK_THAT(!strcmp(t.rows[1].cells[0], "0012"),
		   "leading zeros are kept");
	CHECK(!t.was_cp932);

	CHECK(read_text("a\n'=1+2\n'quoted\n", &t));
	CHECK_THAT(!strcmp(t.rows[1].cells[0], "=1+2"),
		   "the guard of our own writer is taken away");
	CHECK_TEXT(t.rows[2].cells[0], "'quoted");
	CHECK(read_text("a\n'+1\n'-1\n'@x\n\"'\ty\"\n", &t) && t.n == 5);
	CHECK_TEXT(t.rows[1].cells[0], "+1");
	CHECK_TEXT(t.rows[2].cells[0], "-1");
	CHECK_TEXT(t.rows[3].cells[0], "@x");
	CHECK_TEXT(t.rows[4].cells[0], "\ty");
}

static void reads_cp932(void)
{
	/* 髙﨑①㈱～ in CP932 as Excel in Japan writes it. */
	static const char bytes[] = "\x8e\x81\n\xfb\xfc\xed\x95\x87\x40\x87\x8a"
				    "\x81\x60\n";
	struct csv_table t;

	CHECK_THAT(csv_read(&a, bytes, sizeof(bytes) - 1, &t, &why),
		   "a CP932 file is read");
	CHECK(t.was_cp932);
	CHECK_TEXT(t.rows[0].cells[0], "氏");
	CHECK_TEXT(t.rows[1].cells[0], "髙﨑①㈱～");
}

static void says_what_is_wrong(void)
{
	struct csv_table t;
	struct buf many = buf_new(&a);

	CHECK(!read_text("a,b\n1,\"x\n", &t));
	CHECK_TEXT(why.word, "quote");
	CHECK(why.line == 2 && why.col == 2);
	CHECK(!read_text("a,b\n1,x\"y\n", &t) && why.line == 2);
	CHECK(!read_text("a\n\"x\"y\n", &t));
	CHECK_TEXT(why.word, "quote");
	CHECK(!read_text("a\nb\x01\n", &t));
	CHECK_TEXT(why.word, "control");
	CHECK(!csv_read(&a, "a\nb\n\xff\xff\n", 7, &t, &why));
	CHECK_TEXT(why.word, "encoding");
	CHECK_THAT(why.line == 3, "a bad byte is found by its line");
	CHECK(!read_text("\n,,\n", &t));
	CHECK_TEXT(why.word, "empty");
	CHECK(!csv_read(&a, "a\0b", 3, &t, &why));
	for (size_t i = 0; i <= CSV_MAX_COLS; i++)
		buf_puts(&many, "x,");
	CHECK(!read_text(many.data, &t));
	CHECK_TEXT(why.word, "too_many_columns");
	buf_clear(&many);
	for (size_t i = 0; i <= CSV_MAX_CELL; i++)
		buf_putc(&many, 'x');
	CHECK(!read_text(many.data, &t));
	CHECK_TEXT(why.word, "long_cell");
}

int main(void)
{
	reads_tables();
	reads_cp932();
	says_what_is_wrong();
	arena_release(&a);
	return check_done();
}
