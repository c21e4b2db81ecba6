/*
 * db_changes.c: which tables were written, told to all workers.
 *
 * A page of memory that the supervisor shares with its workers holds a
 * counter for every table (some tables share one). Whoever writes a table adds
 * one when the change can be seen by others, that is after the transaction.
 */
#include "db/db_inside.h"

#include <ctype.h>
#include <stdatomic.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

/* DB_COUNTERS of them; NULL: nothing is shared. */
static _Atomic uint64_t *counters;

bool db_share_changes(void)
{
	void *page;

	if (counters)
		return true;
	page = mmap(NULL, DB_COUNTERS * sizeof(*counters),
		    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return false;
	counters = page;
	return true;
}

bool db_shares_changes(void)
{
	return counters != NULL;
}

static void add_table(struct db_tables *tables, const char *name, size_t n)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	unsigned char counter;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)name[i]) * 16777619u;
	counter = (unsigned char)((h ^ h >> 16) % DB_COUNTERS);
	if (memchr(tables->list, counter, tables->n))
		return;
	if (tables->n == DB_MAX_TABLES)
		tables->too_many = true;
	else
		tables->list[tables->n++] = counter;
}

static bool is_word(const char *s, size_t n, const char *word)
{
	return n == strlen(word) && !strncasecmp(s, word, n);
}

static bool names_table_next(const char *s, size_t n)
{
	return is_word(s, n, "FROM") || is_word(s, n, "JOIN") ||
	       is_word(s, n, "STRAIGHT_JOIN") || is_word(s, n, "INTO") ||
	       is_word(s, n, "UPDATE");
}

struct db_tables db_tables_of(const char *sql)
{
	struct db_tables tables = { .n = 0 };
	bool is_next = false, in_list = false;

	while (*sql) {
		const char *word = sql;
		size_t n;

		while (isalnum((unsigned char)*sql) || *sql == '_')
			sql++;
		n = (size_t)(sql - word);
		if (!n) {
			/* "FROM a x, b y": a comma brings the next one. */
			is_next &= *sql == ' ';
			if (in_list && *sql != ' ') {
				is_next = *sql == ',';
				in_list = false;
			}
			sql++;
		} else if (is_next) {
			add_table(&tables, word, n);
			is_next = false;
			in_list = true;
		} else {
			is_next = names_table_next(word, n);
		}
	}
	return tables;
}

uint64_t db_counter(size_t i)
{
	return counters ? atomic_load(&counters[i]) : 0;
}

uint64_t db_stamp(const struct db_tables *tables)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < tables->n; i++)
		sum += db_counter(tables->list[i]);
	return sum;
}

void db_note_change(struct db *db, const struct db_tables *tables)
{
	if (!counters)
		return;
	for (size_t i = 0; i < tables->n; i++)
		db->changed[tables->list[i]] = true;
	db->has_changed = true;
	if (!db->in_transaction)
		db_tell_changes(db);
}

void db_tell_changes(struct db *db)
{
	if (!db->has_changed)
		return;
	for (size_t i = 0; i < DB_COUNTERS; i++)
		if (db->changed[i])
			atomic_fetch_add(&counters[i], 1);
	memset(db->changed, 0, sizeof(db->changed));
	db->has_changed = false;
}
