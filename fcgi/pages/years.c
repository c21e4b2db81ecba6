/*
 * years.c: the manual is years.h.
 */
#include "pages/years.h"

#include "base/text.h"
#include "store/store_funnel.h"
#include "view/model.h"

static void add_year(const struct words *w, json_t *list, int64_t year,
		     bool chosen)
{
	json_t *o = model_item(list);

	model_int(o, "value", year);
	model_text(o, "label",
		   fiscal_year_to_text(&w->cx->arena, (int)year, w->rq->lang));
	model_bool(o, "chosen", chosen);
}

static void add_once(const struct words *w, json_t *list, int64_t year,
		     bool *shown)
{
	if (!*shown)
		add_year(w, list, year, true);
	*shown = true;
}

enum err years_choose(const struct words *w, json_t *m, int64_t *year)
{
	struct arena *a = &w->cx->arena;
	const char *asked = request_query(w->rq, "year");
	const struct funnel_year *rows;
	json_t *list = model_list(m, "years");
	bool found = false, shown = false;
	size_t n;

	*year = date_fiscal_year(date_in_japan(w->cx->now_ms));
	if (asked && *asked && !text_to_i64(asked, 1990, 2200, year))
		return FAIL(w->cx, ERR_NOT_FOUND, "no such year");
	TRY(store_funnel_years(w->cx, &rows, &n));
	for (size_t i = 0; i < n; i++)
		found |= rows[i].fiscal_year == *year;
	if (!found && n && !(asked && *asked))
		*year = rows[0].fiscal_year;
	/* The year shown can be chosen, also one without sessions. */
	for (size_t i = 0; i < n; i++) {
		if (rows[i].fiscal_year <= *year)
			add_once(w, list, *year, &shown);
		if (rows[i].fiscal_year != *year)
			add_year(w, list, rows[i].fiscal_year, false);
	}
	add_once(w, list, *year, &shown);
	model_int(m, "year", *year);
	model_text(m, "year_text",
		   fiscal_year_to_text(a, (int)*year, w->rq->lang));
	return OK;
}
