/*
 * db_remember.c: results of reads, kept for a moment.
 *
 * A result is found by the address of its query and its arguments, and holds
 * for a second while no table it names was written by this server (see
 * db_changes.c). Changes made elsewhere, by jobs, a command or another
 * server, are seen when the second is over. All of it is immutable and lives
 * in one arena, which is emptied between requests when it has grown too large.
 */
#include "base/clock.h"
#include "db/db_inside.h"

#include <string.h>

#define HOLDS_MS 1000
#define MOST     (1024u * 1024u) /* bytes, per worker */
#define LARGEST  (128u * 1024u)  /* rows of one result, without texts */
#define BUCKETS  512

struct result {
	struct result *next; /* in the same bucket */
	const struct db_query *q;
	const struct db_arg *args;
	size_t nargs;
	uint64_t hash, stamp;
	int64_t read_ms;
	const char *rows;
	size_t n;
};

struct db_memory {
	struct arena arena;
	struct result *buckets[BUCKETS];
};

static bool is_bytes(const struct db_arg *a)
{
	return a->type == DB_TEXT || a->type == DB_BYTES;
}

static uint64_t mix(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *s = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ s[i]) * 1099511628211u; /* FNV-1a */
	return h;
}

static uint64_t hash_of(const struct db_query *q, const struct db_arg *args,
			size_t nargs)
{
	uint64_t h = mix(14695981039346656037u, &q, sizeof(q));

	for (size_t i = 0; i < nargs; i++)
		if (args[i].is_null)
			h = mix(h, "", 1);
		else if (is_bytes(&args[i]))
			h = mix(h, args[i].bytes.data, args[i].bytes.len);
		else if (args[i].type == DB_I64)
			h = mix(h, &args[i].i64, sizeof(args[i].i64));
		else
			h = mix(h, &args[i].f64, sizeof(args[i].f64));
	return h;
}

static bool same(const struct db_arg *a, const struct db_arg *b)
{
	if (a->type != b->type || a->is_null != b->is_null)
		return false;
	if (a->is_null)
		return true;
	if (is_bytes(a))
		return a->bytes.len == b->bytes.len &&
		       !memcmp(a->bytes.data, b->bytes.data, a->bytes.len);
	return a->type == DB_I64 ? a->i64 == b->i64 : a->f64 == b->f64;
}

static bool answers(const struct result *r, const struct db_question *ask)
{
	if (r->hash != ask->hash || r->q != ask->q || r->nargs != ask->nargs)
		return false;
	for (size_t i = 0; i < r->nargs; i++)
		if (!same(&r->args[i], &ask->args[i]))
			return false;
	return true;
}

struct db_question db_question(struct ctx *cx, const struct db_query *q,
			       const struct db_arg *args, size_t nargs)
{
	struct db_question ask = { .q = q, .args = args, .nargs = nargs };
	struct db *db = cx->db;

	if (!q->remember || !db || db->in_transaction || !db_shares_changes())
		return ask;
	ask.is_kept = !db_stmt_of(db, q)->tables.too_many;
	ask.stamp = db_stamp(&db_stmt_of(db, q)->tables);
	ask.hash = hash_of(q, args, nargs);
	ask.now_ms = clock_real();
	return ask;
}

bool db_is_recent(int64_t read_ms, int64_t now_ms)
{
	/* A clock that was set back makes nothing younger. */
	return now_ms >= read_ms && now_ms - read_ms < HOLDS_MS;
}

static struct result *find(const struct db *db, const struct db_question *ask)
{
	struct result *r = NULL;

	if (db->memory)
		r = db->memory->buckets[ask->hash % BUCKETS];
	while (r && !answers(r, ask))
		r = r->next;
	return r;
}

bool db_recall(struct ctx *cx, const struct db_question *ask, char **rows,
	       size_t *n)
{
	const struct result *r = ask->is_kept ? find(cx->db, ask) : NULL;

	if (!r || r->stamp != ask->stamp ||
	    !db_is_recent(r->read_ms, ask->now_ms))
		return false;
	db_note_reads(cx->db, &db_stmt_of(cx->db, ask->q)->tables, r->read_ms);
	*rows = arena_memdup(&cx->arena, r->rows, r->n * ask->q->row_size);
	*n = r->n;
	return true;
}

static const struct db_arg *keep_args(struct arena *a,
				      const struct db_question *ask)
{
	struct db_arg *args = ARENA_ARRAY(a, struct db_arg, ask->nargs);

	for (size_t i = 0; i < ask->nargs; i++) {
		args[i] = ask->args[i];
		if (is_bytes(&args[i]) && !args[i].is_null)
			args[i].bytes.data = arena_memdup(a, args[i].bytes.data,
							  args[i].bytes.len);
	}
	return args;
}

/* Texts and bytes of a kept row move to where they live as long as it. */
static void keep_texts(struct arena *a, const struct db_query *q, char *row)
{
	for (size_t i = 0; i < q->ncols; i++) {
		char *field = row + q->cols[i].offset;
		const char *text;
		struct bytes bytes;

		if (q->cols[i].type == DB_TEXT) {
			memcpy(&text, field, sizeof(text));
			text = arena_strdup(a, text);
			memcpy(field, &text, sizeof(text));
		} else if (q->cols[i].type == DB_BYTES) {
			memcpy(&bytes, field, sizeof(bytes));
			if (bytes.data)
				bytes.data =
					arena_memdup(a, bytes.data, bytes.len);
			memcpy(field, &bytes, sizeof(bytes));
		}
	}
}

static struct db_memory *memory_of(struct db *db)
{
	if (!db->memory)
		db->memory = ARENA_NEW(&db->arena, struct db_memory);
	return db->memory;
}

static struct result *place_of(struct db *db, const struct db_question *ask)
{
	struct db_memory *m = memory_of(db);
	struct result *r = find(db, ask);

	if (r)
		return r;
	r = ARENA_NEW(&m->arena, struct result);
	*r = (struct result){
		.next = m->buckets[ask->hash % BUCKETS],
		.q = ask->q,
		.args = keep_args(&m->arena, ask),
		.nargs = ask->nargs,
		.hash = ask->hash,
	};
	m->buckets[ask->hash % BUCKETS] = r;
	return r;
}

void db_remember(struct ctx *cx, const struct db_question *ask,
		 const void *rows, size_t n)
{
	const size_t size = ask->q->row_size;
	struct result *r;
	struct arena *a;
	char *kept;

	if (!ask->is_kept || n * size > LARGEST)
		return;
	r = place_of(cx->db, ask);
	a = &cx->db->memory->arena;
	kept = arena_memdup(a, rows, n * size);
	for (size_t i = 0; i < n; i++)
		keep_texts(a, ask->q, kept + i * size);
	r->rows = kept;
	r->n = n;
	r->stamp = ask->stamp;
	r->read_ms = ask->now_ms;
}

void db_forget_all(struct db *db)
{
	if (!db->memory)
		return;
	arena_release(&db->memory->arena);
	memset(db->memory->buckets, 0, sizeof(db->memory->buckets));
}

size_t db_remembered(const struct db *db)
{
	return db->memory ? db->memory->arena.used : 0;
}

void db_make_room(struct db *db)
{
	if (db_remembered(db) > MOST)
		db_forget_all(db);
}
