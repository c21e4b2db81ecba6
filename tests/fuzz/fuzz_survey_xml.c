/*
 * Survey documents: whatever comes, there is a survey or there are problems,
 * and a survey that was accepted survives its JSON.
 */
#include "survey/survey.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	const struct problem *problems;
	const struct survey *sv, *again;
	const char *json;

	sv = survey_from_xml(&a, "content/schema/survey.rng",
			     (const char *)data, size, &problems);
	if (!sv == !problems)
		__builtin_trap();
	if (sv) {
		json = survey_to_json(&a, sv);
		again = survey_from_json(&a, json);
		if (!again || strcmp(survey_to_json(&a, again), json) != 0 ||
		    again->nslots != sv->nslots)
			__builtin_trap();
	}
	arena_release(&a);
	return 0;
}
