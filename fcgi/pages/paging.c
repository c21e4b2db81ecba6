#include "pages/paging.h"

#include "base/buf.h"
#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

int64_t paging_number(const struct request *rq)
{
	const char *given = request_query(rq, "page");
	int64_t page;

	return given && text_to_i64(given, 1, PAGING_MAX, &page) ? page : 1;
}

/* Percent-encoding as application/x-www-form-urlencoded has it. */
static void add_encoded(struct buf *out, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";

	for (; *s; s++) {
		if (strchr(plain, *s))
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

/* This address with another page number. */
static const char *address(struct ctx *cx, const struct request *rq,
			   int64_t page)
{
	struct buf out = buf_new(&cx->arena);
	char sign = '?';

	buf_puts(&out, rq->path);
	for (size_t i = 0; i < rq->query.n; i++) {
		const struct field *f = &rq->query.list[i];

		if (!strcmp(f->name, "page") || !*f->value)
			continue;
		buf_putc(&out, sign);
		add_encoded(&out, f->name);
		buf_putc(&out, '=');
		add_encoded(&out, f->value);
		sign = '&';
	}
	if (page > 1)
		buf_printf(&out, "%cpage=%" PRId64, sign, page);
	return out.data;
}

void paging_to_model(struct ctx *cx, const struct request *rq, json_t *model,
		     const struct paging *p)
{
	const int64_t first = (p->page - 1) * p->size + 1;
	const int64_t last =
		first + p->size - 1 < p->total ? first + p->size - 1 : p->total;
	json_t *pages;

	if (p->total <= p->size)
		return;
	pages = model_object(model, "pages");
	model_text(pages, "text",
		   text_fill(&cx->arena, request_text(rq, "paging.text"),
			     "from", text_from_count(&cx->arena, first), "to",
			     text_from_count(&cx->arena, last), "all",
			     text_from_count(&cx->arena, p->total), NULL));
	model_text(pages, "previous",
		   p->page > 1 ? address(cx, rq, p->page - 1) : NULL);
	model_text(pages, "next",
		   last < p->total ? address(cx, rq, p->page + 1) : NULL);
}
