/*
 * load_people.c: a file of people into the database; see load.h.
 */
#include "base/text.h"
#include "db/db.h"
#include "load/people.h"

#include <string.h>

/* The words of csv.h and the texts that say what to do. */
static const struct {
	const char *word, *text;
} csv_texts[] = {
	{ "encoding", TEXT_KEY("load.csv_encoding") },
	{ "quote", TEXT_KEY("load.csv_quote") },
	{ "control", TEXT_KEY("load.csv_control") },
	{ "too_large", TEXT_KEY("load.too_large") },
	{ "too_many_rows", TEXT_KEY("load.csv_rows") },
	{ "too_many_columns", TEXT_KEY("load.csv_columns") },
	{ "long_cell", TEXT_KEY("load.csv_long_cell") },
	{ "empty", TEXT_KEY("load.csv_empty") },
};

static void unreadable(struct people_import *im, const struct csv_problem *why)
{
	for (size_t i = 0; i < sizeof(csv_texts) / sizeof(*csv_texts); i++)
		if (!strcmp(csv_texts[i].word, why->word))
			problem_add(&im->problems,
				    &(struct load_problem){
					    .line = why->line,
					    .text = csv_texts[i].text });
}

/*
 * With bad rows nothing is written, but the others are still compared with
 * the database, so that people see everything there is to correct at once.
 * All rows of a person with a bad one are left out.
 */
static void leave_out_bad(struct people_import *im)
{
	const char *bad[LOAD_MAX_PROBLEMS];
	size_t nbad = 0, good = 0;

	for (size_t i = 0; i < im->nrows && nbad < LOAD_MAX_PROBLEMS; i++)
		if (im->rows[i].is_bad)
			bad[nbad++] = im->rows[i].number;
	for (size_t i = 0; i < im->nrows; i++) {
		bool keep = true;

		for (size_t j = 0; j < nbad && keep; j++)
			keep = strcmp(bad[j], im->rows[i].number) != 0;
		if (keep)
			im->rows[good++] = im->rows[i];
	}
	im->nrows = good;
}

/* What the report says of the people, in the order of the file. */
static void sum_up(struct people_import *im)
{
	struct people_line *lines =
		ARENA_ARRAY(im->a, struct people_line, im->npeople);

	for (size_t i = 0; i < im->npeople; i++) {
		lines[i] = im->people[i].line;
		im->report->counts[lines[i].change]++;
	}
	im->report->lines = lines;
	im->report->nlines = im->npeople;
	im->report->new_units = im->nnew_units;
}

enum err load_people(struct ctx *cx, const char *bytes, size_t len,
		     const struct load_people_options *options,
		     struct load_people_report *report)
{
	struct people_import im = {
		.cx = cx, .a = &cx->arena, .options = options, .report = report
	};
	struct csv_table table;
	struct csv_problem why;
	enum err e = OK;

	*report = (struct load_people_report){ .rows = 0 };
	im.problems.a = &cx->arena;
	if (!csv_read(&cx->arena, bytes, len, &table, &why)) {
		unreadable(&im, &why);
	} else {
		report->was_cp932 = table.was_cp932;
		people_columns(&im, &table.rows[0]);
		if (table.n < 2)
			problem_add(
				&im.problems,
				&(struct load_problem){
					.line = 1,
					.text = TEXT_KEY("load.csv_empty") });
	}
	if (im.problems.n == 0) {
		people_rows(&im, &table);
		if (im.problems.n > 0)
			leave_out_bad(&im);
		TRY(people_match(&im));
		sum_up(&im);
	}
	if (im.problems.n == 0 && !options->dry_run)
		e = db_transact(cx, people_apply, &im);
	report->problems = im.problems.list;
	report->nproblems = im.problems.n;
	return e;
}

const char *load_people_sample(struct ctx *cx, size_t *len)
{
	static const char rows[] =
		"\xef\xbb\xbf"
		"職員番号,氏,名,氏カナ,名カナ,旧姓,メール,所属コード,所属名,"
		"階層,職名,兼務,所属長,発令日,端末,退職日\r\n"
		"0012,髙﨑,花子,タカサキ,ハナコ,,hanako.takasaki@example.jp,"
		"0101,市民窓口課,DX推進マネージャー,課長,,○,2024-04-01,ノート,"
		"\r\n"
		"0013,山田,太郎,ヤマダ,タロウ,佐藤,taro.yamada@example.jp,"
		"0101,市民窓口課,DX推進リーダー,主査,,,令和6年4月1日,"
		"デスクトップ,\r\n"
		"0013,山田,太郎,ヤマダ,タロウ,佐藤,taro.yamada@example.jp,"
		"0102,デジタル推進室,高度専門人材,主査,○,,2024/4/1,"
		"デスクトップ,\r\n";

	(void)cx;
	*len = sizeof(rows) - 1;
	return rows;
}
