/*
 * test_arena.c: text is written whole, and one large request does not fatten a
 * worker, also when what it made ready stands above the memory it took.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "check.h"

#include <unistd.h>

/* Bytes of this process that are in memory: the second number of its line. */
static long resident(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	char line[100] = "", *from, *to;
	int64_t pages = 0;

	if (!file || !fgets(line, sizeof(line), file))
		return 0;
	fclose(file);
	from = strchr(line, ' ');
	to = from ? strchr(from + 1, ' ') : NULL;
	if (!to)
		return 0;
	*to = '\0';
	CHECK(text_to_i64(from + 1, 1, INT64_MAX, &pages));
	return (long)pages * sysconf(_SC_PAGESIZE);
}

/* Formatted text is whole wherever a block ends, and what follows it too. */
static void check_printf(void)
{
	struct arena a = { 0 };
	struct buf b = buf_new(&a);
	bool good = true;
	size_t len = 0;

	for (int i = 0; i < 20000; i++) {
		const int width = 1 + i % 97;
		const char *text = arena_printf(&a, "%*d", width, 7);
		const char *next = arena_printf(&a, "%s", "next");

		good &= strlen(text) == (size_t)width &&
			text[width - 1] == '7' && !strcmp(next, "next");
		buf_printf(&b, "%*d", width, 7);
		len += (size_t)width;
		good &= b.len == len && b.data[len - 1] == '7' && !b.data[len];
	}
	CHECK(good);
	CHECK(strlen(arena_printf(&a, "%*d", 200000, 7)) == 200000);
	CHECK(*(char *)arena_alloc(&a, 1) == 0);
	arena_release(&a);
}

int main(void)
{
	const long mib = 1024L * 1024L;
	struct arena request = { 0 }, ready = { 0 };
	long before, after;

	check_printf();
	arena_alloc(&request, 1);
	before = resident();
	for (int i = 0; i < 1000; i++)
		memset(arena_alloc(&request, 16000), 1, 16000);
	CHECK_TEXT(arena_strdup(&ready, "stays"), "stays");
	CHECK(resident() - before > 12 * mib);
	arena_reset(&request);
	after = resident();
#ifndef __SANITIZE_ADDRESS__ /* which holds back what is freed */
	CHECK(after - before < 2 * mib);
#endif
	printf("# %ld KiB more than before\n", (after - before) / 1024);
	arena_release(&request);
	arena_release(&ready);
	return check_done();
}
