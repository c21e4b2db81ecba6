/*
 * test_arena.c: one large request does not fatten a worker, also when what it
 * made ready stands above the memory it took.
 */
#include "base/arena.h"
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

int main(void)
{
	const long mib = 1024L * 1024L;
	struct arena request = { 0 }, ready = { 0 };
	long before, after;

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
