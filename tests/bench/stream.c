/*
 * stream: counts per item and tier over many submissions, three ways.
 *
 *   stream SESSION   prints seconds as JSON: "stream" read from the
 *                       database row by row, "memory" a C loop over the
 *                       same bytes, "group_by" SQL over a row per answer
 *                       (table bench_answer, 0 if it is not there)
 */
#include "base/text.h"
#include "bench.h"
#include "store/store_answers.h"

#include <string.h>

#define TIERS 8
#define ITEMS 64
#define CODES 256

static long counts[ITEMS][TIERS][CODES];

struct memory {
	unsigned char *bytes, *tiers;
	size_t rows, nslots;
};

static void count(const unsigned char *slots, size_t n, size_t tier)
{
	for (size_t i = 0; i < n; i++)
		counts[i][tier][slots[i]]++;
}

static enum err count_row(struct ctx *cx, const struct answers_submission *row,
			  void *arg)
{
	(void)cx;
	(void)arg;
	count(row->slots.data, row->slots.len, (size_t)row->tier_id % TIERS);
	return OK;
}

static enum err keep_row(struct ctx *cx, const struct answers_submission *row,
			 void *arg)
{
	struct memory *m = arg;

	(void)cx;
	m->nslots = row->slots.len;
	memcpy(m->bytes + m->rows * m->nslots, row->slots.data, m->nslots);
	m->tiers[m->rows++] = (unsigned char)(row->tier_id % TIERS);
	return OK;
}

struct id_row {
	int64_t id;
};

static const struct db_query how_many = {
	.name = "bench_how_many",
	.sql = "SELECT COUNT(*) FROM submission s JOIN collection c"
	       " ON c.id = s.collection_id WHERE c.session_id = ?",
	.row_size = sizeof(struct id_row),
	.cols = { COL(struct id_row, id) },
	.ncols = 1,
};

struct group_row {
	int64_t item_no, tier_id, code, n;
};

static const struct db_query group_by = {
	.name = "bench_group_by",
	.sql = "SELECT item_no, tier_id, code, COUNT(*) FROM bench_answer"
	       " GROUP BY item_no, tier_id, code",
	.row_size = sizeof(struct group_row),
	.cols = { COL(struct group_row, item_no),
		  COL(struct group_row, tier_id), COL(struct group_row, code),
		  COL(struct group_row, n) },
	.ncols = 4,
};

static double time_group_by(struct ctx *cx)
{
	const double start = bench_seconds();
	struct group_row *rows;
	size_t n;

	if (db_all(cx, &group_by, NO_ARGS, &rows, &n) != OK) {
		ctx_forgive(cx);
		return 0.0;
	}
	return bench_seconds() - start;
}

static double time_memory(const struct memory *m)
{
	const double start = bench_seconds();

	for (size_t i = 0; i < m->rows; i++)
		count(m->bytes + i * m->nslots, m->nslots, m->tiers[i]);
	return bench_seconds() - start;
}

int main(int argc, char **argv)
{
	struct ctx cx = { 0 };
	struct config config;
	struct memory m = { 0 };
	struct id_row rows;
	struct answers_of of = { 0 };
	double start, stream, memory;

	if (argc != 2 || !text_to_i64(argv[1], 1, INT64_MAX, &of.session_id)) {
		fputs("usage: stream SESSION\n", stderr);
		return 2;
	}
	bench_open(&cx, &config);
	bench_must(&cx,
		   db_one(&cx, &how_many, ARGS(db_i64(of.session_id)), &rows));
	m.bytes = arena_calloc(&cx.arena, (size_t)rows.id + 1, ITEMS);
	m.tiers = arena_calloc(&cx.arena, (size_t)rows.id + 1, 1);
	bench_must(&cx, store_answers_each(&cx, &of, keep_row, &m));

	start = bench_seconds();
	bench_must(&cx, store_answers_each(&cx, &of, count_row, NULL));
	stream = bench_seconds() - start;
	memory = time_memory(&m);
	printf("{\"rows\": %zu, \"slots\": %zu, \"stream\": %.4f,"
	       " \"memory\": %.4f, \"group_by\": %.4f, \"check\": %ld}\n",
	       m.rows, m.nslots, stream, memory, time_group_by(&cx),
	       counts[0][1][1]);
	db_close(&cx);
	return 0;
}
