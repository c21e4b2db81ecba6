/*
 * fuzz_view.c: any text as a template, with a model full of hostile values.
 *
 * Besides not crashing, one property is held: no value reaches the page with
 * its "<", ">" or quotes. The values carry a mark (\x01) before each of these,
 * which no template here may hold.
 */
#include "view/view.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char model_text[] =
	"{\"a\":\"\\u0001<\\u0001>\\u0001\\\"\\u0001'\","
	"\"u\":\"javascript:\\u0001x\",\"t\":true,\"f\":false,"
	"\"l\":[{\"a\":1.5},{\"a\":\"\\u0001<\"}],\"n\":null,\"i\":0}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const never[] = { "\x01<", "\x01>", "\x01\"",
					     "\x01'" };
	static json_t *model;
	struct arena a = { 0 };
	char error[256];
	const struct view *v;
	struct buf out;

	if (!model)
		model = json_loads(model_text, 0, NULL);
	if (memchr(data, 1, size) || memchr(data, 0, size))
		return 0;
	out = buf_new(&a);
	v = view_from_text(&a, (const char *)data, size, error, sizeof(error));
	if (v && view_render(v, model, NULL, LANG_JA, &out) == OK)
		for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
			if (strstr(out.data, never[i]))
				abort();
	arena_release(&a);
	return 0;
}
