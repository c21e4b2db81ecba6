/*
 * insert: the bare C loop that submissions are measured against.
 *
 *   insert COLLECTION SECONDS CONNECTIONS SLOTS   prints rows per second
 *
 * Each connection inserts submissions with SLOTS packed answers, one
 * durable transaction each, as fast as it can; nothing is validated.
 */
#include "base/text.h"
#include "bench.h"
#include "survey/pairing.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct db_query insert = {
	.name = "bench_insert",
	.sql = "INSERT INTO submission (collection_id, pairing_key, tier_id,"
	       " unit_id, submitted_at, form_key, slots)"
	       " VALUES (?, RANDOM_BYTES(16), 1, 1, '2024-12-02', ?, ?)",
};

static void run(int64_t collection, double seconds, size_t nslots,
		volatile long *count)
{
	struct ctx cx = { 0 };
	struct config config;
	unsigned char slots[1000];
	double end;

	bench_open(&cx, &config);
	memset(slots, 3, sizeof(slots));
	end = bench_seconds() + seconds;
	while (bench_seconds() < end) {
		arena_reset(&cx.arena);
		bench_must(&cx, db_exec(&cx, &insert,
					ARGS(db_i64(collection),
					     db_text(form_key_new(&cx.arena)),
					     db_bytes(slots, nslots)),
					NULL));
		(*count)++;
	}
	db_close(&cx);
}

int main(int argc, char **argv)
{
	int64_t collection, seconds, connections, nslots, total = 0;
	volatile long *counts;

	if (argc != 5 || !text_to_i64(argv[1], 1, INT64_MAX, &collection) ||
	    !text_to_i64(argv[2], 1, 600, &seconds) ||
	    !text_to_i64(argv[3], 1, 64, &connections) ||
	    !text_to_i64(argv[4], 1, 1000, &nslots)) {
		fputs("usage: insert COLLECTION SECONDS CONNECTIONS SLOTS\n",
		      stderr);
		return 2;
	}
	counts = mmap(NULL, 64 * 64 * sizeof(long), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		return 1;
	for (int64_t i = 0; i < connections; i++)
		if (!fork()) {
			run(collection, (double)seconds, (size_t)nslots,
			    counts + i * 64);
			_exit(0);
		}
	while (wait(NULL) > 0)
		continue;
	for (int64_t i = 0; i < connections; i++)
		total += counts[i * 64];
	printf("%.1f\n", (double)total / (double)seconds);
	return 0;
}
