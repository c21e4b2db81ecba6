/*
 * people_rows.c: what one row says, without looking at any other.
 */
#include "base/buf.h"
#include "base/text.h"
#include "load/people.h"

#include <string.h>

#define NAME_MAX_CHARS 50
#define POST_MAX_CHARS 100

struct row_reader {
	struct people_import *im;
	const struct csv_row *cells;
	struct people_row *row;
};

static bool has(const struct row_reader *r, enum people_column c)
{
	return r->im->header.at[c] != PEOPLE_NO_COLUMN;
}

/* The cell on one line, trimmed; "" where the row or the file has none. */
static const char *cell(const struct row_reader *r, enum people_column c)
{
	const size_t at = r->im->header.at[c];
	char *text;

	if (at == PEOPLE_NO_COLUMN || at >= r->cells->n)
		return "";
	text = text_clean(r->im->a, r->cells->cells[at]);
	for (char *s = text; *s; s++)
		if (*s == '\n' || *s == '\t')
			*s = ' ';
	return text_trim(r->im->a, text);
}

static void wrong(const struct row_reader *r, enum people_column c,
		  const char *value, const char *text)
{
	people_problem(r->im, r->row->line, c, value, text);
}

static const char *limited(const struct row_reader *r, enum people_column c,
			   const char *text, size_t max)
{
	if (text_length(text) > max)
		wrong(r, c, text, TEXT_KEY("load.people_long"));
	return text;
}

/* Katakana in full width; hiragana and half-width become that. */
static const char *kana(const struct row_reader *r, enum people_column c,
			const char *given)
{
	struct arena *a = r->im->a;
	const char *at = text_code(a, given), *end = at + strlen(at);
	struct buf out = buf_new(a);
	bool good = true;
	char bytes[4];

	buf_puts(&out, "");
	while (at < end) {
		uint32_t ch = text_next(&at, end);

		if (ch >= 0x3041 && ch <= 0x3096)
			ch += 0x60;
		/* Katakana with ・ and ー; a blank between two names. */
		good &= (ch >= 0x30a1 && ch <= 0x30fe) || ch == ' ';
		buf_add(&out, bytes, text_encode(ch, bytes));
	}
	if (!good)
		wrong(r, c, given, TEXT_KEY("load.people_kana"));
	return arena_strndup(a, out.data, out.len);
}

/* "山田　太郎" into two; NULL given: there was no blank. */
static void split_name(struct arena *a, const char *whole, const char **family,
		       const char **given)
{
	const char *at = whole, *end = whole + strlen(whole);

	while (at < end) {
		const char *before = at;
		const uint32_t c = text_next(&at, end);

		if (c == ' ' || c == 0x3000) {
			*family = arena_strndup(a, whole,
						(size_t)(before - whole));
			*given = text_trim(a, at);
			return;
		}
	}
	*family = whole;
	*given = NULL;
}

/* Two names from their own columns, else from the one with a blank. */
static void names(const struct row_reader *r, enum people_column family,
		  enum people_column given, enum people_column both,
		  const char *out[2])
{
	const char *whole = cell(r, both);

	out[0] = cell(r, family);
	out[1] = cell(r, given);
	if (!*out[0] && !*out[1] && *whole) {
		split_name(r->im->a, whole, &out[0], &out[1]);
		if (!out[1]) {
			wrong(r, both, whole,
			      TEXT_KEY("load.people_name_split"));
			out[1] = "";
			return;
		}
	}
	if (!*out[0])
		wrong(r, has(r, family) ? family : both, "",
		      TEXT_KEY("load.people_empty"));
	else if (!*out[1])
		wrong(r, has(r, given) ? given : both, "",
		      TEXT_KEY("load.people_empty"));
}

static void read_names(const struct row_reader *r)
{
	const char *name[2], *reading[2];

	names(r, PEOPLE_FAMILY, PEOPLE_GIVEN, PEOPLE_NAME, name);
	names(r, PEOPLE_FAMILY_KANA, PEOPLE_GIVEN_KANA, PEOPLE_NAME_KANA,
	      reading);
	r->row->family = limited(r, PEOPLE_FAMILY, name[0], NAME_MAX_CHARS);
	r->row->given = limited(r, PEOPLE_GIVEN, name[1], NAME_MAX_CHARS);
	r->row->family_kana = limited(r, PEOPLE_FAMILY_KANA,
				      kana(r, PEOPLE_FAMILY_KANA, reading[0]),
				      NAME_MAX_CHARS);
	r->row->given_kana =
		limited(r, PEOPLE_GIVEN_KANA,
			kana(r, PEOPLE_GIVEN_KANA, reading[1]), NAME_MAX_CHARS);
	r->row->former = has(r, PEOPLE_FORMER) ? limited(r, PEOPLE_FORMER,
							 cell(r, PEOPLE_FORMER),
							 NAME_MAX_CHARS)
					       : NULL;
}

/* A code of ASCII letters, digits and hyphens, at most 16 of them. */
static const char *code(const struct row_reader *r, enum people_column c,
			bool needed)
{
	const char *given = cell(r, c), *key = text_code(r->im->a, given);
	const size_t n = strlen(key);

	if (n == 0 && needed)
		wrong(r, c, "", TEXT_KEY("load.people_empty"));
	else if (n > 16 || strspn(key, "0123456789-"
				       "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != n)
		wrong(r, c, given, TEXT_KEY("load.people_code"));
	return key;
}

/* One "@" with something before it and a point behind it, no blanks. */
static bool is_email(const char *s)
{
	const char *at = strchr(s, '@');

	return at && at > s && !strchr(at + 1, '@') && strchr(at + 1, '.') &&
	       !strpbrk(s, " ,;<>\"") && strlen(s) <= 200;
}

static void read_email(const struct row_reader *r)
{
	const char *given = cell(r, PEOPLE_EMAIL);
	char *lower;

	if (!has(r, PEOPLE_EMAIL))
		return;
	lower = arena_strdup(r->im->a, given);
	for (char *s = lower; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	if (*lower && !is_email(lower))
		wrong(r, PEOPLE_EMAIL, given, TEXT_KEY("load.people_email"));
	r->row->email = lower;
}

/* A mark such as ○, 1, はい, yes; an empty cell and 0, ×, no say no. */
static bool yes(const struct row_reader *r, enum people_column c)
{
	static const char *const on[] = { "1",    "○",  "◯",    "〇",
					  "はい", "有", "yes",  "true",
					  "y",    "兼", "兼務", "長" };
	static const char *const off[] = { "",   "0",    "×",     "いいえ",
					   "無", "no",   "false", "n",
					   "-",  "本務", "ー" };
	const char *given = cell(r, c);
	const char *key = text_search_key(r->im->a, given);

	for (size_t i = 0; i < sizeof(on) / sizeof(*on); i++)
		if (!strcmp(text_search_key(r->im->a, on[i]), key))
			return true;
	for (size_t i = 0; i < sizeof(off) / sizeof(*off); i++)
		if (!strcmp(text_search_key(r->im->a, off[i]), key))
			return false;
	wrong(r, c, given, TEXT_KEY("load.people_yes"));
	return false;
}

/* A word of the database for a word of the file; NULL and a problem if none. */
struct choice_word {
	const char *given, *word;
};

static const char *choice(const struct row_reader *r, enum people_column c,
			  const struct choice_word *words, const char *text)
{
	const char *key = text_search_key(r->im->a, cell(r, c));

	for (; words->given; words++)
		if (!strcmp(text_search_key(r->im->a, words->given), key))
			return words->word;
	wrong(r, c, cell(r, c), text);
	return NULL;
}

static void read_terminal(const struct row_reader *r)
{
	static const struct choice_word words[] = {
		{ "ノート", "portable" },
		{ "持出可", "portable" },
		{ "モバイル", "portable" },
		{ "可搬", "portable" },
		{ "portable", "portable" },
		{ "デスクトップ", "desktop" },
		{ "据置", "desktop" },
		{ "固定", "desktop" },
		{ "持出不可", "desktop" },
		{ "desktop", "desktop" },
		{ NULL, NULL },
	};

	if (*cell(r, PEOPLE_TERMINAL))
		r->row->terminal = choice(r, PEOPLE_TERMINAL, words,
					  TEXT_KEY("load.people_terminal"));
}

static void read_unit(const struct row_reader *r)
{
	static const struct choice_word words[] = {
		{ "局", "bureau" },       { "bureau", "bureau" },
		{ "部", "department" },   { "department", "department" },
		{ "課", "section" },      { "室", "section" },
		{ "section", "section" }, { NULL, NULL },
	};

	r->row->unit_code = code(r, PEOPLE_UNIT, true);
	r->row->unit_name = limited(r, PEOPLE_UNIT_NAME,
				    cell(r, PEOPLE_UNIT_NAME), POST_MAX_CHARS);
	r->row->unit_kind = "section";
	if (*cell(r, PEOPLE_UNIT_KIND)) {
		const char *kind = choice(r, PEOPLE_UNIT_KIND, words,
					  TEXT_KEY("load.people_unit_kind"));

		r->row->unit_kind = kind ? kind : "section";
	}
	r->row->unit_above = code(r, PEOPLE_UNIT_ABOVE, false);
}

static void read_days(const struct row_reader *r)
{
	const char *from = cell(r, PEOPLE_FROM);
	const char *left = cell(r, PEOPLE_LEFT_ON);
	struct date d;

	r->row->from = r->im->options->as_of;
	if (*from && !people_day(r->im->a, from, &r->row->from))
		wrong(r, PEOPLE_FROM, from, TEXT_KEY("load.people_day"));
	if (!has(r, PEOPLE_LEFT_ON))
		return;
	r->row->left_on = "";
	if (*left && people_day(r->im->a, left, &d))
		r->row->left_on = date_to_iso(r->im->a, d);
	else if (*left)
		wrong(r, PEOPLE_LEFT_ON, left, TEXT_KEY("load.people_day"));
}

void people_rows(struct people_import *im, const struct csv_table *table)
{
	im->rows = ARENA_ARRAY(im->a, struct people_row, table->n);
	for (size_t i = 1; i < table->n; i++) {
		const size_t before = im->problems.n;
		struct people_row *row = &im->rows[im->nrows++];
		const struct row_reader r = { .im = im,
					      .cells = &table->rows[i],
					      .row = row };

		row->line = table->rows[i].line;
		row->number = code(&r, PEOPLE_NUMBER, true);
		read_names(&r);
		read_email(&r);
		read_unit(&r);
		row->tier = cell(&r, PEOPLE_TIER);
		row->post =
			has(&r, PEOPLE_POST)
				? limited(&r, PEOPLE_POST,
					  cell(&r, PEOPLE_POST), POST_MAX_CHARS)
				: NULL;
		row->is_main = !yes(&r, PEOPLE_SECOND);
		row->is_head = has(&r, PEOPLE_HEAD) ? yes(&r, PEOPLE_HEAD) : -1;
		read_days(&r);
		read_terminal(&r);
		row->is_bad = im->problems.n > before;
	}
	im->report->rows = im->nrows;
}
