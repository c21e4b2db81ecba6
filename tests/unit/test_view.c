/*
 * test_view.c: layouts, partials, interface texts and the loading of folders.
 */
#include "check.h"
#include "view_case.h"

#include <sys/stat.h>

static const struct views *load(void)
{
	case_error[0] = '\0';
	return views_load(&case_arena, case_folder, case_error,
			  sizeof(case_error));
}

static const char *page(const char *name, const char *model,
			const struct texts *texts, enum lang lang)
{
	const struct views *vs = load();
	const struct view *v = vs ? view_find(vs, name) : NULL;
	struct buf out = buf_new(&case_arena);
	json_t *m = json_loads(model, 0, NULL);
	enum err err = v ? view_render(v, m, texts, lang, &out) : ERR_NOT_FOUND;

	return err == OK ? out.data : NULL;
}

static void check_layouts(void)
{
	view_case_empty();
	view_case_file("layout", "<title>{{t}}</title><main>\n"
				 "{{> body}}\n</main>\n");
	view_case_file("layout_print", "<b>{{> body}}</b>");
	view_case_file("home", "<h1>{{t}}</h1>{{> _note}}\n");
	view_case_file("_note", "<i>{{n}}</i>");
	view_case_file("bare", "{{! layout: none }}\nx\n");
	view_case_file("sheet", "{{! layout: print }}\ny");
	CHECK_TEXT(page("home", "{\"t\":\"a&b\",\"n\":3}", NULL, LANG_JA),
		   "<title>a&amp;b</title><main>\n"
		   "<h1>a&amp;b</h1><i>3</i>\n</main>\n");
	CHECK_TEXT(page("bare", "{}", NULL, LANG_JA), "x\n");
	CHECK_TEXT(page("sheet", "{}", NULL, LANG_JA), "<b>y</b>");
	CHECK_THAT(!page("_note", "{}", NULL, LANG_JA),
		   "a partial is no page of its own");
	CHECK_THAT(!page("layout", "{}", NULL, LANG_JA),
		   "a layout is no page of its own");
	view_case_file("sheet", "{{! layout: nowhere }}\ny");
	CHECK_THAT(!load() && strstr(case_error, "no such layout"),
		   "an unknown layout is refused");
}

static void check_partials(void)
{
	view_case_empty();
	view_case_file("a", "<p title=\"{{> _x}}\">{{> _x}}");
	view_case_file("_x", "{{x}}");
	CHECK_TEXT(page("a", "{\"x\":\"<\"}", NULL, LANG_JA),
		   "<p title=\"&lt;\">&lt;");
	CHECK_TEXT(page("a", "{\"x\":\"&<>\\\"'\"}", NULL, LANG_JA),
		   "<p title=\"&amp;&lt;&gt;&quot;&#39;\">"
		   "&amp;&lt;&gt;&quot;&#39;");
	view_case_file("a", "<a href=\"{{> _x}}\">{{> _x}}</a>");
	CHECK_TEXT(page("a", "{\"x\":\"data:x\"}", NULL, LANG_JA),
		   "<a href=\"#\">data:x</a>");
	view_case_file("a", "\n<p onclick=\"{{> _x}}\">");
	CHECK_THAT(!load() && strstr(case_error, "_x.mustache:1:"),
		   "a partial is refused where it is included badly");
	view_case_file("a", "\n{{> _nowhere}}");
	CHECK_THAT(!load() && strstr(case_error, "a.mustache:2:"),
		   "a missing partial is refused in a folder");
	view_case_file("a", "{{> _a}}");
	view_case_file("_a", "<p {{> _b}}");
	view_case_file("_b", "class=\"{{x}}\">");
	CHECK_TEXT(page("a", "{\"x\":1}", NULL, LANG_JA), "<p class=\"1\">");
	view_case_file("_a", "{{#on}}{{> _a}}{{/on}}<p ");
	CHECK_THAT(!load(),
		   "a recursive partial that moves into a tag is refused");
	view_case_file("_a", "{{> _a}}");
	CHECK_THAT(load() && !page("a", "{}", NULL, LANG_JA),
		   "endless recursion ends with an error");
}

static void write_lang(const char *lang, const char *name, const char *json)
{
	char *folder = arena_printf(&case_arena, "%s/lang", case_folder);
	FILE *f;

	mkdir(folder, 0700);
	folder = arena_printf(&case_arena, "%s/%s", folder, lang);
	mkdir(folder, 0700);
	f = fopen(arena_printf(&case_arena, "%s/%s", folder, name), "w");
	if (!f || fputs(json, f) < 0 || fclose(f))
		exit(1);
}

static void remove_lang(void)
{
	static const char *const names[] = { "ja/a.json", "ja/b.json",
					     "en/a.json", "ja",
					     "en",        "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		remove(arena_printf(&case_arena, "%s/lang/%s", case_folder,
				    names[i]));
}

static void check_texts(void)
{
	const struct texts *t;

	view_case_empty();
	write_lang("ja", "a.json",
		   "{\"a.left\":\"残り{seats}席 {x.y}{none}{\","
		   "\"a.js\":\"javascript:\"}");
	write_lang("ja", "b.json", "{\"b.only\":\"日本語\",\"a.n\":\"{n}席\"}");
	write_lang("en", "a.json",
		   "{\"a.left\":\"{seats} seats\",\"a.n\":\"{n} seats\","
		   "\"a.n.one\":\"1 seat\"}");
	t = texts_load(&case_arena, case_folder, case_error,
		       sizeof(case_error));
	CHECK_TEXT(text_of(t, LANG_EN, "a.left"), "{seats} seats");
	CHECK_TEXT(text_of(t, LANG_EN, "b.only"), "日本語");
	CHECK_TEXT(text_of(t, LANG_JA, "no.key"), "no.key");
	CHECK_TEXT(text_fill(&case_arena, "{n} of {all}{x}{", "all", "9", "n",
			     "3", NULL),
		   "3 of 9{x}{");
	CHECK_TEXT(text_count(&case_arena, t, LANG_EN, "a.n", 1), "1 seat");
	CHECK_TEXT(text_count(&case_arena, t, LANG_EN, "a.n", 1200),
		   "1,200 seats");
	CHECK_TEXT(text_count(&case_arena, t, LANG_JA, "a.n", 1), "1席");
	view_case_file("a", "<p>{{msg.a.left}}{{msg.no.key}}</p>");
	CHECK_TEXT(page("a", "{\"seats\":\"<12>\",\"x\":{\"y\":1}}", t,
			LANG_JA),
		   "<p>残り&lt;12&gt;席 1{none}{no.key</p>");
	CHECK_TEXT(page("a", "{\"seats\":12}", t, LANG_EN),
		   "<p>12 seatsno.key</p>");
	view_case_file("a", "<a href=\"{{msg.a.js}}\">");
	CHECK_TEXT(page("a", "{}", t, LANG_JA), "<a href=\"#\">");
	write_lang("ja", "b.json", "{\"a.left\":\"again\"}");
	CHECK_THAT(!texts_load(&case_arena, case_folder, case_error,
			       sizeof(case_error)) &&
			   strstr(case_error, "already"),
		   "a key in two files is refused");
	write_lang("ja", "b.json", "{\"b\":1}");
	CHECK_THAT(!texts_load(&case_arena, case_folder, case_error,
			       sizeof(case_error)),
		   "a text that is a number is refused");
	remove_lang();
}

/* Each number as the shortest text that reads back as itself. */
static void check_numbers(void)
{
	CHECK_TEXT(view_case_render("{{#n}}{{.}} {{/n}}",
				    "{\"n\":[0.67,100.0,-2.5,0.1,0.0001,"
				    "0.000012,1234567.125,0.30000000000000004,"
				    "1e9,123456789.123456,0.0,-0.4]}"),
		   "0.67 100 -2.5 0.1 0.0001 1.2e-05 1234567.125"
		   " 0.30000000000000004 1000000000 123456789.123456 0"
		   " -0.4 ");
}

static void check_content(void)
{
	const struct views *vs = views_load(&case_arena, "content/views",
					    case_error, sizeof(case_error));

	if (!CHECK_THAT(vs, "every view of content/views compiles"))
		printf("# %s\n", case_error);
	if (!CHECK_THAT(texts_load(&case_arena, "content", case_error,
				   sizeof(case_error)),
			"the catalogues of content/lang can be read"))
		printf("# %s\n", case_error);
}

int main(void)
{
	json_arena_install();
	view_case_begin();
	check_layouts();
	check_partials();
	check_texts();
	check_numbers();
	check_content();
	view_case_end();
	return check_done();
}
