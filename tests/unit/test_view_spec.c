/*
 * test_view_spec.c: the public Mustache specification, as JSON suites in
 * ../shared/fixtures/mustache-spec (skipped where they are not).
 *
 * A case with an unescaped tag is asked twice: as it is it must be refused,
 * and with its names ending in _html it must pass. What differs on purpose is
 * listed here and in docs/adr/0002-own-mustache.md, case by case.
 */
#include "check.h"
#include "view_case.h"

#define SUITES "../shared/fixtures/mustache-spec"

struct difference {
	const char *suite, *name;
	bool refused; /* else: it renders, but without re-indentation */
};

static const struct difference differences[] = {
	{ "partials", "Recursion", true }, /* "<" before a tag */
	{ "partials", "Standalone Without Previous Line", false },
	{ "partials", "Standalone Without Newline", false },
	{ "partials", "Standalone Indentation", false },
};

static const struct difference *expected(const char *suite, const char *name)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(*differences); i++)
		if (!strcmp(differences[i].suite, suite) &&
		    !strcmp(differences[i].name, name))
			return &differences[i];
	return NULL;
}

/* "{{{a.b}}}" -> "{{{a.b_html}}}", "{{& a }}" -> "{{& a_html }}". */
static const char *renamed(const char *text)
{
	struct buf out = buf_new(&case_arena);
	const char *tag;

	while ((tag = strstr(text, "{{"))) {
		const bool raw = tag[2] == '{' || tag[2] == '&';
		size_t n = (size_t)(tag - text) + 3;

		if (!tag[2])
			break;
		n += strspn(text + n, " ");
		n += strcspn(text + n, " }");
		buf_add(&out, text, n);
		text += n;
		if (raw && out.data[out.len - 1] != '.')
			buf_puts(&out, "_html");
	}
	buf_puts(&out, text);
	return out.data;
}

/* Every member also under its name with _html. */
static void rename_members(json_t *v)
{
	const char *key;
	json_t *value;
	size_t i;

	json_array_foreach(v, i, value)
		rename_members(value);
	if (!json_is_object(v))
		return;
	json_object_foreach(v, key, value)
		rename_members(value);
	for (;;) {
		const char *lacking = NULL;

		json_object_foreach(v, key, value) {
			const size_t n = strlen(key);

			if ((n < 5 || strcmp(key + n - 5, "_html")) &&
			    !json_object_get(v, arena_printf(&case_arena,
							     "%s_html", key)))
				lacking = key;
		}
		if (!lacking)
			return;
		json_object_set(v,
				arena_printf(&case_arena, "%s_html", lacking),
				json_object_get(v, lacking));
	}
}

static const char *run(const char *text, const json_t *data)
{
	struct buf out = buf_new(&case_arena);
	const struct view *v =
		view_load_file(&case_arena, view_case_file("case", text),
			       case_error, sizeof(case_error));

	if (!v || view_render(v, data, NULL, LANG_JA, &out) != OK)
		return NULL;
	return out.data;
}

static void write_partials(json_t *partials, bool rename)
{
	const char *name;
	json_t *text;

	view_case_empty();
	json_object_foreach(partials, name, text) {
		const char *s = json_string_value(text);

		view_case_file(name, rename ? renamed(s) : s);
	}
}

static bool has_raw(const char *s)
{
	return strstr(s, "{{{") || strstr(s, "{{&");
}

static void check_case(const char *suite, const json_t *t)
{
	const char *name = json_string_value(json_object_get(t, "name"));
	const char *text = json_string_value(json_object_get(t, "template"));
	const char *want = json_string_value(json_object_get(t, "expected"));
	json_t *data = json_object_get(t, "data");
	const char *says = arena_printf(&case_arena, "%s: %s", suite, name);
	const struct difference *d = expected(suite, name);
	const char *got;

	write_partials(json_object_get(t, "partials"), false);
	if (has_raw(text)) {
		CHECK_THAT(!run(text, data),
			   arena_printf(&case_arena, "%s (refused)", says));
		if (strstr(text, "{{{.}}}") || strstr(text, "{{&.}}"))
			return;
		text = renamed(text);
	}
	write_partials(json_object_get(t, "partials"), true);
	rename_members(data);
	got = run(text, data);
	if (d)
		CHECK_THAT(d->refused ? !got : got && strcmp(got, want) != 0,
			   arena_printf(&case_arena, "%s (differs)", says));
	else if (!CHECK_THAT(got && !strcmp(got, want), says))
		printf("# got %s\n# want %s\n", got ? got : case_error, want);
}

static void check_suite(const char *suite)
{
	json_t *root = json_load_file(
		arena_printf(&case_arena, SUITES "/%s.json", suite), 0, NULL);
	const json_t *t;
	size_t i;

	if (!root) {
		check_skip("the Mustache specification is not here");
		return;
	}
	json_array_foreach(json_object_get(root, "tests"), i, t)
		check_case(suite, t);
}

int main(void)
{
	json_arena_install();
	view_case_begin();
	check_suite("comments");
	check_suite("interpolation");
	check_suite("inverted");
	check_suite("partials");
	check_suite("sections");
	view_case_end();
	return check_done();
}
