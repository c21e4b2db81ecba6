/*
 * download.c: the manual is download.h.
 */
#include "pages/download.h"

#include "base/text.h"
#include "document/csv.h"
#include "store/store_audit.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

static void report(const struct request *rq, struct reply *rp,
		   const struct csv_unfit_list *unfit)
{
	json_t *list = model_list(rp->model, "unfit");

	model_int(rp->model, "total", (int64_t)unfit->total);
	for (size_t i = 0; i < unfit->n; i++) {
		json_t *o = model_item(list);

		model_int(o, "row", (int64_t)unfit->list[i].row);
		model_int(o, "column", (int64_t)unfit->list[i].col);
		model_text(o, "character", unfit->list[i].character);
	}
	model_text(model_object(rp->model, "page"), "title",
		   request_text(rq, "export.report_title"));
	rp->view = "export_report";
}

bool download_is_synthetic(struct ctx *cx)
{
	return store_setting_int(cx, "demo.loaded", 0) == 1;
}

const char *download_name(struct ctx *cx, const struct request *rq,
			  const char *name, const char *ending)
{
	return download_is_synthetic(cx)
		       ? arena_printf(&cx->arena, "%s_%s%s", name,
				      request_text(rq, "frame.demo"), ending)
		       : arena_printf(&cx->arena, "%s%s", name, ending);
}

enum err download_csv(struct ctx *cx, const struct request *rq,
		      struct reply *rp, const struct buf *csv, const char *name)
{
	const bool cp932 = text_equals(request_query(rq, "encoding"), "cp932");
	const char *filename = download_name(cx, rq, name, ".csv");
	struct csv_unfit_list unfit;
	const char *bytes;
	size_t len;

	if (!cp932) {
		reply_file(rp, "text/csv; charset=utf-8", filename, csv->data,
			   csv->len);
		return OK;
	}
	bytes = csv_to_cp932(&cx->arena, csv->data, csv->len, &len, &unfit);
	if (request_query(rq, "report"))
		report(rq, rp, &unfit);
	else
		reply_file(rp, "text/csv; charset=Shift_JIS", filename, bytes,
			   len);
	return OK;
}

enum err download_log(struct ctx *cx, const struct request *rq,
		      const char *action, const char *object, int64_t rows)
{
	const struct audit row = {
		.person_id = rq->user->person_id,
		.address = rq->address,
		.action = action,
		.object = object,
		.detail = arena_printf(&cx->arena, "{\"rows\":%" PRId64 "}",
				       rows),
	};

	return store_audit_add(cx, &row);
}
