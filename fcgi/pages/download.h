/*
 * download.h: データ用 files, the same way on every page that has one.
 *
 * ?encoding=cp932 gives CP932 instead of UTF-8; with ?report=1 besides, the
 * reply is no file but the list of characters that CP932 lacks (view
 * "export_report", or JSON): row, column, character. In the file they are 〓.
 */
#ifndef PAGES_DOWNLOAD_H
#define PAGES_DOWNLOAD_H

#include "base/buf.h"
#include "http/http.h"

/* Whether what is in it was made up: the demo programme is loaded. */
bool download_is_synthetic(struct ctx *cx);

/*
 * "overview-2024", ".csv" to a file name, which says 合成データ where the demo
 * programme is loaded: a table for machines has no other place for it.
 */
const char *download_name(struct ctx *cx, const struct request *rq,
			  const char *name, const char *ending);

/*
 * Reply with a CSV written by csv_write.c. name: file name without ending;
 * action: word for the audit log, e.g. "export.plan"; object: what of.
 */
enum err download_csv(struct ctx *cx, const struct request *rq,
		      struct reply *rp, const struct buf *csv,
		      const char *name) MUST_USE;

/* A row of the audit log about an export; rows: how many were given out. */
enum err download_log(struct ctx *cx, const struct request *rq,
		      const char *action, const char *object,
		      int64_t rows) MUST_USE;

#endif
