/*
 * people_columns.c: which column of the file holds what.
 *
 * Titles are compared by text_search_key(), so width, case, blanks and kana
 * spelling do not matter. The first title of a row is the usual one.
 */
#include "base/text.h"
#include "load/people.h"

#include <string.h>

#define TITLES_MAX 6

static const char *const titles[PEOPLE_COLUMNS][TITLES_MAX] = {
	[PEOPLE_NUMBER] = { "職員番号", "staff_number", "staff number",
			    "職員コード" },
	[PEOPLE_FAMILY] = { "氏", "姓", "family", "family name",
			    "family_name" },
	[PEOPLE_GIVEN] = { "名", "given", "given name", "given_name" },
	[PEOPLE_FAMILY_KANA] = { "氏カナ", "氏（カナ）", "姓カナ", "セイ",
				 "family_kana", "family kana" },
	[PEOPLE_GIVEN_KANA] = { "名カナ", "名（カナ）", "メイ", "given_kana",
				"given kana" },
	[PEOPLE_NAME] = { "氏名", "name", "職員氏名" },
	[PEOPLE_NAME_KANA] = { "氏名カナ", "氏名（カナ）", "フリガナ",
			       "カナ氏名", "name_kana", "name kana" },
	[PEOPLE_FORMER] = { "旧姓", "former_family", "former name" },
	[PEOPLE_EMAIL] = { "メール", "メールアドレス", "email", "e-mail",
			   "電子メール" },
	[PEOPLE_UNIT] = { "所属コード", "unit_code", "unit code", "所属番号" },
	[PEOPLE_UNIT_NAME] = { "所属名", "所属", "unit_name", "unit" },
	[PEOPLE_UNIT_KIND] = { "所属区分", "unit_kind", "unit kind" },
	[PEOPLE_UNIT_ABOVE] = { "上位所属コード", "unit_above", "parent_unit",
				"unit above" },
	[PEOPLE_TIER] = { "階層", "tier" },
	[PEOPLE_POST] = { "職名", "職位", "post", "役職" },
	[PEOPLE_SECOND] = { "兼務", "second", "concurrent" },
	[PEOPLE_HEAD] = { "所属長", "head", "is_head" },
	[PEOPLE_FROM] = { "発令日", "from", "valid_from", "異動日" },
	[PEOPLE_TERMINAL] = { "端末", "terminal", "端末種別" },
	[PEOPLE_LEFT_ON] = { "退職日", "left_on", "left on" },
};

const char *people_title(enum people_column column)
{
	return titles[column][0];
}

void people_problem(struct people_import *im, size_t line,
		    enum people_column column, const char *value,
		    const char *text)
{
	problem_add(&im->problems,
		    &(struct load_problem){ .line = line,
					    .where = im->header.title[column],
					    .value = value,
					    .text = text });
}

static enum people_column column_of(struct arena *a, const char *title)
{
	const char *key = text_search_key(a, title);

	for (int c = 0; c < PEOPLE_COLUMNS; c++)
		for (size_t i = 0; i < TITLES_MAX && titles[c][i]; i++)
			if (!strcmp(text_search_key(a, titles[c][i]), key))
				return (enum people_column)c;
	return PEOPLE_COLUMNS;
}

static void must_have(struct people_import *im, size_t line,
		      enum people_column column, enum people_column instead)
{
	if (im->header.at[column] == PEOPLE_NO_COLUMN &&
	    im->header.at[instead] == PEOPLE_NO_COLUMN)
		people_problem(im, line, column, "",
			       TEXT_KEY("load.people_no_column"));
}

void people_columns(struct people_import *im, const struct csv_row *header)
{
	struct people_header *h = &im->header;
	const char **unknown = ARENA_ARRAY(im->a, const char *, header->n);

	for (int c = 0; c < PEOPLE_COLUMNS; c++) {
		h->at[c] = PEOPLE_NO_COLUMN;
		h->title[c] = titles[c][0];
	}
	for (size_t i = 0; i < header->n; i++) {
		const char *title = text_trim(im->a, header->cells[i]);
		const enum people_column c = column_of(im->a, title);

		if (c == PEOPLE_COLUMNS) {
			if (*title)
				unknown[im->report->nunknown++] = title;
			continue;
		}
		if (h->at[c] != PEOPLE_NO_COLUMN)
			people_problem(im, header->line, c, title,
				       TEXT_KEY("load.people_twice_column"));
		h->at[c] = i;
		h->title[c] = title;
	}
	im->report->unknown = unknown;
	must_have(im, header->line, PEOPLE_NUMBER, PEOPLE_NUMBER);
	must_have(im, header->line, PEOPLE_FAMILY, PEOPLE_NAME);
	must_have(im, header->line, PEOPLE_GIVEN, PEOPLE_NAME);
	must_have(im, header->line, PEOPLE_FAMILY_KANA, PEOPLE_NAME_KANA);
	must_have(im, header->line, PEOPLE_GIVEN_KANA, PEOPLE_NAME_KANA);
	must_have(im, header->line, PEOPLE_UNIT, PEOPLE_UNIT);
}
