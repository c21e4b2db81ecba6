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
