/*
 * insert: the bare C loop that submissions are measured against.
 *
 *   insert row|both COLLECTION SECONDS CONNECTIONS SLOTS
 *                                              prints submissions per second
 *
 * row: each connection inserts submissions with SLOTS packed answers, as fast
 * as it can, each durable by itself. both: the completion mark as well, in one
 * transaction with it, which is all that a submission leaves behind. Nothing
 * is validated. Twelve collections from COLLECTION on are filled, one
 * submission per person and collection.
 */
#include "base/text.h"
#include "bench.h"
#include "survey/pairing.h"

#include <math.h>
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

static const struct db_query complete = {
	.name = "bench_complete",
	.sql = "INSERT INTO completion (collection_id, person_id)"
	       " VALUES (?, ?)",
};

#define PEOPLE      3500
#define COLLECTIONS 12

struct loop {
	int64_t collection, at, step;
	size_t nslots;
	bool marks; /* completion as well */
	unsigned char slots[1000];
};

static int64_t collection_of(const struct loop *l)
{
	return l->collection + l->at / PEOPLE;
}

static enum err write_row(struct ctx *cx, const struct loop *l)
{
	return db_exec(cx, &insert,
		       ARGS(db_i64(collection_of(l)),
			    db_text(form_key_new(&cx->arena)),
			    db_bytes(l->slots, l->nslots)),
		       NULL);
}

static enum err write_both(struct ctx *cx, void *arg)
{
	const struct loop *l = arg;

	TRY(db_exec(cx, &complete,
		    ARGS(db_i64(collection_of(l)), db_i64(1 + l->at % PEOPLE)),
		    NULL));
	return write_row(cx, l);
}

static void run(struct loop *l, double seconds, volatile long *count)
{
	struct ctx cx = { 0 };
	struct config config;
	double end;

	bench_open(&cx, &config);
	memset(l->slots, 3, sizeof(l->slots));
	end = bench_seconds() + seconds;
	for (; bench_seconds() < end && l->at < PEOPLE * COLLECTIONS;
	     l->at += l->step) {
		arena_reset(&cx.arena);
		bench_must(&cx, l->marks ? db_transact(&cx, write_both, l)
					 : write_row(&cx, l));
		(*count)++;
	}
	db_close(&cx);
}

int main(int argc, char **argv)
{
	int64_t collection, seconds, connections, nslots, total = 0;
	volatile long *counts;
	double began;

	if (argc != 6 || !text_to_i64(argv[2], 1, INT64_MAX, &collection) ||
	    !text_to_i64(argv[3], 1, 600, &seconds) ||
	    !text_to_i64(argv[4], 1, 64, &connections) ||
	    !text_to_i64(argv[5], 1, 1000, &nslots)) {
		fputs("usage: insert row|both COLLECTION SECONDS CONNECTIONS"
		      " SLOTS\n",
		      stderr);
		return 2;
	}
	counts = mmap(NULL, 64 * 64 * sizeof(long), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		return 1;
	began = bench_seconds();
	for (int64_t i = 0; i < connections; i++)
		if (!fork()) {
			struct loop l = { collection,
					  i,
					  connections,
					  (size_t)nslots,
					  !strcmp(argv[1], "both"),
					  { 0 } };

			run(&l, (double)seconds, counts + i * 64);
			_exit(0);
		}
	while (wait(NULL) > 0)
		continue;
	for (int64_t i = 0; i < connections; i++)
		total += counts[i * 64];
	/* It may have run out of people before the time was over. */
	printf("%.1f\n",
	       (double)total / fmin(bench_seconds() - began, (double)seconds));
	return 0;
}
