/*
 * ready.c: the manual is ready.h.
 *
 * Each part has an arena of its own, so that it can go alone. Nothing goes
 * before the end of a request, whose model points to what it was given.
 */
#include "pages/ready.h"

#include "base/buf.h"
#include "base/json_arena.h"
#include "base/text.h"
#include "view/view.h"

#define PLACES 32

struct part {
	struct arena arena;
	const char *key; /* NULL: free */
	json_t *members;
	unsigned long used; /* turn of the last use */
	bool is_read;       /* holds as long as reads do */
	struct db_reads reads;
};

static struct part parts[PLACES];
static unsigned long turn;

static bool holds(const struct part *p)
{
	return !p->is_read || db_reads_hold(&p->reads);
}

static struct part *find(const char *key)
{
	for (size_t i = 0; i < PLACES; i++)
		if (parts[i].key && text_equals(parts[i].key, key) &&
		    holds(&parts[i]))
			return &parts[i];
	return NULL;
}

static struct part *free_place(void)
{
	for (size_t i = 0; i < PLACES; i++)
		if (!parts[i].key)
			return &parts[i];
	return NULL;
}

static void forget(struct part *p)
{
	arena_release(&p->arena);
	*p = (struct part){ .key = NULL };
}

/* reads: NULL for what holds for ever. */
static void keep(struct ctx *cx, const char *key, const json_t *made,
		 const struct db_reads *reads)
{
	struct part *p = free_place();

	if (!p)
		return;
	json_arena_use(&p->arena);
	p->members = json_deep_copy(made);
	json_arena_use(&cx->arena);
	p->key = arena_strdup(&p->arena, key);
	p->used = ++turn;
	p->is_read = reads;
	if (reads)
		p->reads = *reads;
	if (!p->members || p->arena.used > READY_LARGEST)
		forget(p);
}

/* The part goes into m, if it is there. */
static bool give(json_t *m, const char *key)
{
	struct part *p = find(key);

	if (!p)
		return false;
	p->used = ++turn;
	json_object_update(m, p->members);
	return true;
}

enum err ready_put(struct ctx *cx, json_t *m, const char *key, ready_make *make,
		   void *arg)
{
	json_t *made;

	if (give(m, key))
		return OK;
	made = json_object();
	TRY(make(cx, made, arg));
	keep(cx, key, made, NULL);
	json_object_update(m, made);
	return OK;
}

enum err ready_put_read(struct ctx *cx, json_t *m, const char *key,
			ready_make *make, void *arg)
{
	struct db_reads reads;
	json_t *made;
	enum err e;

	if (give(m, key))
		return OK;
	made = json_object();
	db_reads_begin(cx, &reads);
	e = make(cx, made, arg);
	db_reads_end(cx);
	TRY(e);
	if (db_reads_hold(&reads))
		keep(cx, key, made, &reads);
	json_object_update(m, made);
	return OK;
}

enum err ready_render(struct ctx *cx, const struct request *rq,
		      const char *view, const json_t *model, json_t *part)
{
	const struct view *v = rq->views ? view_find(rq->views, view) : NULL;
	struct buf out = buf_new(&cx->arena);

	if (!v || view_render(v, model, rq->texts, rq->lang, &out) != OK)
		return FAIL(cx, ERR_INTERNAL, "%s cannot be shown", view);
	/* Rendered by us from checked texts: no second look at 50 kB. */
	json_object_set_new_nocheck(part, "parts_html",
				    json_stringn_nocheck(out.data, out.len));
	return OK;
}

static struct part *least_used(void)
{
	struct part *least = NULL;

	for (size_t i = 0; i < PLACES; i++)
		if (parts[i].key && (!least || parts[i].used < least->used))
			least = &parts[i];
	return least;
}

size_t ready_bytes(size_t *n)
{
	size_t bytes = 0;

	*n = 0;
	for (size_t i = 0; i < PLACES; i++) {
		bytes += parts[i].arena.used;
		*n += parts[i].key ? 1 : 0;
	}
	return bytes;
}

void ready_settle(void)
{
	size_t n;

	for (size_t i = 0; i < PLACES; i++)
		if (parts[i].key && !holds(&parts[i]))
			forget(&parts[i]);
	/* A place stays free for what the next request makes. */
	while (ready_bytes(&n) > READY_MOST || n == PLACES)
		forget(least_used());
}
