/*
 * Survey documents from tests/surveys and content/surveys.
 *
 * good/x.xml gives x.json; bad/x.xml gives the lines of x.problems;
 * hostile/x.xml gives problems, quickly and without a look at other files.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "check.h"
#include "survey/survey.h"

#include <glob.h>
#include <time.h>

#define SCHEMA "content/schema/survey.rng"

static struct arena arena;

/* The whole file; NULL if there is none. */
static const char *read_whole(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	struct buf b = buf_new(&arena);
	char part[8192];
	size_t n;

	if (!f)
		return NULL;
	buf_puts(&b, "");
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&b, part, n);
	fclose(f);
	*len = b.len;
	return b.data;
}

static const char *beside(const char *path, const char *end)
{
	const size_t n = strlen(path) - strlen(".xml");

	return arena_printf(&arena, "%.*s%s", (int)n, path, end);
}

static void file_equals(const char *path, const char *got, const char *end)
{
	size_t len;
	const char *want = read_whole(beside(path, end), &len);

	check_text_(got, want, arena_printf(&arena, "%s gives %s", path, end),
		    __FILE__, __LINE__);
}

static const struct survey *load(const char *path,
				 const struct problem **problems)
{
	size_t len = 0;
	const char *xml = read_whole(path, &len);

	return survey_from_xml(&arena, SCHEMA, xml ? xml : "", len, problems);
}

static bool same_texts(struct bilingual a, struct bilingual b)
{
	return !strcmp(a.ja, b.ja) && !strcmp(a.en, b.en);
}

static bool same_number(double a, double b)
{
	return isnan(a) ? isnan(b) : fabs(a - b) < 1e-12;
}

static bool same_choices(const struct survey_item *a,
			 const struct survey_item *b)
{
	for (size_t i = 0; i < a->noptions; i++) {
		const struct survey_option *o = &a->options[i];
		const struct survey_option *p = &b->options[i];

		if (strcmp(o->key, p->key) != 0 ||
		    !same_texts(o->label, p->label) ||
		    !same_number(o->points, p->points) ||
		    o->is_other != p->is_other || o->is_none != p->is_none)
			return false;
	}
	for (size_t i = 0; i < a->nrows; i++)
		if (strcmp(a->rows[i].key, b->rows[i].key) != 0 ||
		    strcmp(a->rows[i].skill, b->rows[i].skill) != 0 ||
		    !same_texts(a->rows[i].label, b->rows[i].label))
			return false;
	return true;
}

static bool same_item(const struct survey_item *a, const struct survey_item *b)
{
	return a->kind == b->kind && !strcmp(a->key, b->key) &&
	       a->measures == b->measures && !strcmp(a->skill, b->skill) &&
	       same_texts(a->text, b->text) && same_texts(a->hint, b->hint) &&
	       a->required == b->required && a->is_reverse == b->is_reverse &&
	       a->has_dont_know == b->has_dont_know &&
	       a->has_not_applicable == b->has_not_applicable &&
	       a->noptions == b->noptions && a->nrows == b->nrows &&
	       same_choices(a, b) && a->slot == b->slot &&
	       a->nslots == b->nslots && a->open_no == b->open_no &&
	       a->other_no == b->other_no && a->max_ticks == b->max_ticks &&
	       same_number(a->min, b->min) && same_number(a->max, b->max) &&
	       a->is_integer == b->is_integer && same_texts(a->unit, b->unit) &&
	       a->max_length == b->max_length;
}

static bool same_survey(const struct survey *a, const struct survey *b)
{
	if (strcmp(a->code, b->code) != 0 || !same_texts(a->title, b->title) ||
	    !same_texts(a->intro, b->intro) ||
	    !same_texts(a->purpose, b->purpose) ||
	    a->is_default != b->is_default || a->nitems != b->nitems ||
	    a->nslots != b->nslots || a->nopen != b->nopen ||
	    a->course_at != b->course_at)
		return false;
	for (size_t i = 0; i < a->nitems; i++)
		if (!same_item(&a->items[i], &b->items[i]))
			return false;
	return true;
}

static void good(const char *path)
{
	const struct problem *problems;
	const struct survey *sv = load(path, &problems), *again;
	const char *json;

	if (!check_(sv && !problems, path, __FILE__, __LINE__)) {
		printf("# line %d: %s %s\n", problems->line, problems->key,
		       problems->text);
		return;
	}
	json = survey_to_json(&arena, sv);
	again = survey_from_json(&arena, json);
	CHECK_THAT(again && same_survey(sv, again),
		   "a survey comes back from its JSON as it was");
	if (strstr(path, "tests/"))
		file_equals(path, arena_printf(&arena, "%s\n", json), ".json");
}

static void bad(const char *path)
{
	const struct problem *problems;
	const struct survey *sv = load(path, &problems);
	struct buf b = buf_new(&arena);

	buf_puts(&b, "");
	for (const struct problem *p = problems; p; p = p->next)
		buf_printf(&b, "%d %s %s\n", p->line, p->key, p->text);
	CHECK_THAT(!sv, "a bad document is no survey");
	file_equals(path, b.data, ".problems");
}

static void hostile(const char *path)
{
	const struct problem *problems;
	const clock_t began = clock();

	CHECK_THAT(!load(path, &problems) && problems,
		   arena_printf(&arena, "%s is refused", path));
	CHECK_THAT(clock() - began < CLOCKS_PER_SEC,
		   arena_printf(&arena, "%s is refused at once", path));
}

static void each(const char *pattern, void (*test)(const char *path))
{
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0) {
		CHECK_THAT(false, arena_printf(&arena, "%s: none", pattern));
		return;
	}
	for (size_t i = 0; i < found.gl_pathc; i++)
		test(found.gl_pathv[i]);
	globfree(&found);
}

static void ten_megabytes(void)
{
	const size_t len = 10 * 1024 * 1024;
	char *xml = arena_alloc(&arena, len + 1);
	const struct problem *problems;

	memset(xml, ' ', len);
	CHECK_THAT(!survey_from_xml(&arena, SCHEMA, xml, len, &problems),
		   "a document of 10 MB is refused");
	CHECK_TEXT(problems->key, "survey.doc.too_large");
}

int main(void)
{
	each("content/surveys/*.xml", good);
	each("tests/surveys/good/*.xml", good);
	each("tests/surveys/bad/*.xml", bad);
	each("tests/surveys/hostile/*.xml", hostile);
	ten_megabytes();
	arena_release(&arena);
	return check_done();
}
