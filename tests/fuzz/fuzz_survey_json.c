/*
 * Survey definitions: a definition that was read can be asked, whatever is in
 * it, and answers turned into a form read as the same answers.
 */
#include "survey/survey.h"
#include "survey/survey_form.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every item gets the bytes of the input as its value. */
static struct givens given_of(struct arena *a, const struct survey *sv,
			      const char *value)
{
	struct given *list = ARENA_ARRAY(a, struct given, sv->nitems);

	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];
		const size_t at = it->noptions ? i % it->noptions : 0;

		list[i].name = it->key;
		list[i].value = it->noptions ? it->options[at].key : value;
	}
	return (struct givens){ list, sv->nitems };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	const char *text = arena_strndup(&a, (const char *)data, size);
	const struct survey *sv = survey_from_json(&a, text);
	const struct problem *problems;
	struct survey_form form = { .lang = LANG_EN };
	struct answers as;
	json_t *model;

	if (sv) {
		form.given = given_of(&a, sv, text);
		as = survey_read(&a, sv, form.given, &problems);
		if (as.nslots != sv->nslots || as.nopen > (size_t)sv->nopen)
			__builtin_trap();
		survey_to_givens(&a, sv, &as);
		model = json_object();
		form.problems = problems;
		survey_to_model(model, sv, &form, "?", "-");
		json_decref(model); /* allowed: no arena is installed here */
	}
	arena_release(&a);
	return 0;
}
