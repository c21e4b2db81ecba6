#include "check.h"
#include "document/csv.h"

static void a_file_for_spreadsheets(void)
{
	struct arena a = { 0 };
	struct buf out = buf_new(&a);
	struct csv_writer w;

	csv_begin(&w, &out);
	csv_cell_text(&w, "code");
	csv_cell_text(&w, "mean_post");
	csv_end(&w);
	csv_cell_text(&w, "a,b \"c\"");
	csv_cell_number(&w, -1.25, 2);
	csv_cell_number(&w, NAN, 2);
	csv_cell_int(&w, -7);
	csv_cell_text(&w, NULL);
	csv_end(&w);
	CHECK_TEXT(out.data, "\xEF\xBB\xBF"
			     "code,mean_post\r\n"
			     "\"a,b \"\"c\"\"\",-1.25,,-7,\r\n");
	arena_release(&a);
}

static const char *one(struct arena *a, const char *text)
{
	struct buf out = buf_new(a);
	struct csv_writer w;

	csv_begin(&w, &out);
	csv_cell_text(&w, text);
	return out.data + 3;
}

static void formulas_are_harmless(void)
{
	struct arena a = { 0 };

	CHECK_TEXT(one(&a, "=1+1"), "\"'=1+1\"");
	CHECK_TEXT(one(&a, "+81"), "\"'+81\"");
	CHECK_TEXT(one(&a, "-1"), "\"'-1\"");
	CHECK_TEXT(one(&a, "@SUM(A1)"), "\"'@SUM(A1)\"");
	CHECK_TEXT(one(&a, "\t=1"), "\"'\t=1\"");
	CHECK_THAT(strstr(one(&a, "\r=1"), "'") != NULL,
		   "a carriage return does not hide a formula");
	CHECK_TEXT(one(&a, "1=1"), "1=1");
	arena_release(&a);
}

static void a_cell_is_one_line(void)
{
	struct arena a = { 0 };

	CHECK_TEXT(one(&a, "一行目\n二行目"), "一行目 二行目");
	CHECK_TEXT(one(&a, "一行目\r\n二行目\r三"), "一行目 二行目 三");
	CHECK_TEXT(one(&a, " x"), "\" x\"");
	arena_release(&a);
}

static void numbers_have_no_negative_zero(void)
{
	struct arena a = { 0 };
	struct buf out = buf_new(&a);
	struct csv_writer w;

	csv_begin(&w, &out);
	csv_cell_number(&w, -0.001, 2);
	csv_cell_number(&w, -0.0, 0);
	csv_cell_number(&w, -0.01, 2);
	CHECK_TEXT(out.data + 3, "0.00,0,-0.01");
	arena_release(&a);
}

static void cp932_reports_what_does_not_fit(void)
{
	static const char in[] = "\xEF\xBB\xBF"
				 "氏名,備考\r\n"
				 "髙﨑①,\"x,〜−\"\r\n"
				 "𠮷野,😀\r\n";
	struct arena a = { 0 };
	struct csv_unfit_list unfit;
	size_t len;
	const char *bytes = csv_to_cp932(&a, in, sizeof(in) - 1, &len, &unfit);

	CHECK(unfit.n == 2 && unfit.total == 2);
	CHECK(unfit.list[0].row == 3 && unfit.list[0].col == 1);
	CHECK_TEXT(unfit.list[0].character, "𠮷");
	CHECK(unfit.list[1].row == 3 && unfit.list[1].col == 2);
	CHECK_TEXT(unfit.list[1].character, "😀");
	CHECK_THAT(!memcmp(bytes, "\x8E\x81\x96\xBC,", 5), "氏名 in CP932");
	CHECK_THAT(len > 4 && !memcmp(bytes + len - 4, "\x81\xAC\r\n", 4),
		   "what does not fit is 〓");
	arena_release(&a);
}

int main(void)
{
	a_file_for_spreadsheets();
	formulas_are_harmless();
	a_cell_is_one_line();
	numbers_have_no_negative_zero();
	cp932_reports_what_does_not_fit();
	return check_done();
}
