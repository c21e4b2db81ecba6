/*
 * ready.h: parts of pages that this worker made before.
 *
 * Some of what a page shows does not depend on who looks, only on a few words:
 * the questions of a published survey, what a kept analysis says, each in a
 * language. Such a part is made once, as members for a model, and kept under a
 * key that names everything it depends on. So nothing here is ever stale: what
 * has changed has another key, and what nobody asks for makes room. Texts and
 * views are read when a worker starts and need not be in a key.
 *
 * What rests on rows that change has no such name. A dashboard is computed from
 * answers, names, settings, the catalogue lists free seats, and both are asked
 * for by several people at once: they are kept as long as each of the results
 * they were made from could be remembered (db.h, struct db_reads), which is
 * never longer than a second.
 */
#ifndef PAGES_READY_H
#define PAGES_READY_H

#include "db/db.h"
#include "http/http.h"

#include <jansson.h>

#define READY_MOST    (1024u * 1024u) /* bytes kept by a worker */
#define READY_LARGEST (512u * 1024u)  /* bytes of one part that is kept */

/* Fill part with members. */
typedef enum err ready_make(struct ctx *cx, json_t *part, void *arg);

/*
 * The members of the part with this key go into m: those that are kept, or
 * what make() gives, which is kept when it is not too large. Later requests
 * get the same members, so nobody may change what is inside them. Errors of
 * make(); then nothing is kept.
 */
enum err ready_put(struct ctx *cx, json_t *m, const char *key, ready_make *make,
		   void *arg) MUST_USE;

/*
 * As ready_put(), for a part that rests on what make() reads in the database
 * besides its key: kept as long as that holds.
 */
enum err ready_put_read(struct ctx *cx, json_t *m, const char *key,
			ready_make *make, void *arg) MUST_USE;

/*
 * For make(): the view of this name over model, rendered, is parts_html of
 * part. ERR_INTERNAL if it cannot be shown.
 */
enum err ready_render(struct ctx *cx, const struct request *rq,
		      const char *view, const json_t *model,
		      json_t *part) MUST_USE;

/*
 * At the end of a request: what does not hold any more goes, and the parts that
 * were not asked for the longest go until the others take READY_MOST bytes at
 * most.
 */
void ready_settle(void);

/* Bytes that are kept now, and in how many parts. */
size_t ready_bytes(size_t *parts);

#endif
