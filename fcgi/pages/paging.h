/*
 * paging.h: long lists, a page at a time.
 *
 * The page number is the query's "page"; everything else of the query stays
 * in the links, so filters and pages work together.
 */
#ifndef PAGES_PAGING_H
#define PAGES_PAGING_H

#include "http/http.h"

#define PAGING_MAX 100000 /* highest page number that is taken */

struct paging {
	int64_t page, size, total; /* page from 1; total: entries in all */
};

/* The page asked for; 1 where the query names none or nonsense. */
int64_t paging_number(const struct request *rq);

/*
 * model.pages as the part _pages wants it: text ("41–60 件目 / 全 3,500 件"),
 * previous and next (addresses or null). Absent when all is on one page.
 */
void paging_to_model(struct ctx *cx, const struct request *rq, json_t *model,
		     const struct paging *p);

#endif
