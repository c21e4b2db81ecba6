#include "check.h"
#include "load/people.h"

static struct arena a;

static struct people_import *import_of(struct load_people_report *report,
				       const char **titles, size_t n)
{
	static struct people_import im;
	const struct csv_row header = { .line = 1, .n = n, .cells = titles };

	*report = (struct load_people_report){ .rows = 0 };
	im = (struct people_import){ .a = &a, .report = report };
	im.problems.a = &a;
	people_columns(&im, &header);
	return &im;
}

int main(void)
{
	const char *usual[] = { "職員番号", "氏",         "名",   "氏カナ",
				"名カナ",   "所属コード", "備考", "発令日" };
	const char *spelled[] = { " 職員番号 ", "ｼﾒｲ",       "氏名",
				  "氏名（ｶﾅ）", "UNIT CODE", "Tier" };
	const char *twice[] = { "職員番号", "staff_number", "氏名", "フリガナ",
				"所属コード" };
	const char *few[] = { "職員番号", "氏名" };
	struct load_people_report report;
	struct people_import *im = import_of(&report, usual, 8);

	CHECK(im->problems.n == 0);
	CHECK(im->header.at[PEOPLE_UNIT] == 5);
	CHECK(im->header.at[PEOPLE_FROM] == 7);
	CHECK(im->header.at[PEOPLE_EMAIL] == PEOPLE_NO_COLUMN);
	CHECK(report.nunknown == 1);
	CHECK_TEXT(report.unknown[0], "備考");

	im = import_of(&report, spelled, 6);
	CHECK_THAT(im->problems.n == 0,
		   "width, case and blanks of titles do not matter");
	CHECK(im->header.at[PEOPLE_NAME] == 2);
	CHECK(im->header.at[PEOPLE_NAME_KANA] == 3);
	CHECK(im->header.at[PEOPLE_TIER] == 5);

	im = import_of(&report, twice, 5);
	CHECK_THAT(im->problems.n == 1, "two columns of one meaning are named");
	CHECK_TEXT(im->problems.list[0].value, "staff_number");

	im = import_of(&report, few, 2);
	CHECK_THAT(im->problems.n == 3, "missing columns are named");
	CHECK_TEXT(im->problems.list[2].where, "所属コード");
	arena_release(&a);
	return check_done();
}
