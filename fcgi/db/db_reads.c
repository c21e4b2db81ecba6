/*
 * db_reads.c: what a piece of work rests on.
 *
 * The work reads as it always does. Each statement adds the tables it names,
 * with the number of changes they had before it was sent; a result from
 * memory is as old as it is.
 */
#include "base/clock.h"
#include "db/db_inside.h"

#include <string.h>

void db_reads_begin(struct ctx *cx, struct db_reads *r)
{
	*r = (struct db_reads){
		.oldest_ms = clock_real(),
		.is_known = cx->db && db_shares_changes(),
	};
	if (cx->db)
		cx->db->reads = r;
}

void db_reads_end(struct ctx *cx)
{
	if (cx->db)
		cx->db->reads = NULL;
}

static void add_table(struct db_reads *r, unsigned char table)
{
	if (memchr(r->tables, table, r->n))
		return;
	if (r->n == DB_READS_TABLES) {
		r->is_known = false;
		return;
	}
	r->tables[r->n++] = table;
	r->stamp += db_counter(table);
}

void db_note_reads(struct db *db, const struct db_tables *tables,
		   int64_t read_ms)
{
	struct db_reads *r = db->reads;

	if (!r)
		return;
	if (read_ms < r->oldest_ms)
		r->oldest_ms = read_ms;
	r->is_known &= !tables->too_many;
	for (size_t i = 0; i < tables->n; i++)
		add_table(r, tables->list[i]);
}

void db_lose_reads(struct db *db)
{
	if (db->reads)
		db->reads->is_known = false;
}

bool db_reads_hold(const struct db_reads *r)
{
	uint64_t stamp = 0;

	for (size_t i = 0; i < r->n; i++)
		stamp += db_counter(r->tables[i]);
	return r->is_known && stamp == r->stamp &&
	       db_is_recent(r->oldest_ms, clock_real());
}
