/*
 * Bodies and queries: no crash, and whatever passes is what pages may trust.
 */
#include "base/text.h"
#include "http/limits.h"
#include "http/request.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Text is clean, names are short, nothing points outside. */
static void judge(const struct fields *fs)
{
	if (fs->n > LIMIT_FIELDS)
		__builtin_trap();
	for (size_t i = 0; i < fs->n; i++) {
		const struct field *f = &fs->list[i];

		if (strlen(f->name) > LIMIT_NAME ||
		    !text_is_utf8(f->name, strlen(f->name)))
			__builtin_trap();
		if (f->filename)
			continue;
		if (f->len != strlen(f->value) || f->len > LIMIT_VALUE ||
		    !text_is_utf8(f->value, f->len) || strchr(f->value, '\r'))
			__builtin_trap();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx cx = { 0 };
	struct fields fields = { 0 };
	const char *s = (const char *)data;

	if (size > 0 && (*s & 1)) {
		if (form_read_multipart(&cx, "multipart/form-data;boundary=x",
					s + 1, size - 1, &fields) == OK)
			judge(&fields);
	} else if (form_read_urlencoded(&cx, s, size, &fields) == OK) {
		judge(&fields);
	}
	arena_release(&cx.arena);
	return 0;
}
