/*
 * analysis_codes_model.c: the manual is analysis_codes_model.h.
 */
#include "pages/analysis_codes_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

static const char *count_text(const struct words *w, const json_t *o,
			      const char *key)
{
	return text_from_count(&w->cx->arena, kept_int(o, key));
}

static bool is_shown(const json_t *o)
{
	return json_object_get(o, "count") != NULL;
}

/* A code, or no code: how many comments, how many people at least. */
static void cell(const struct words *w, json_t *m, const json_t *o)
{
	const struct figure f = kept_figure(o, "share");

	model_bool(m, "shown", is_shown(o));
	model_figure(w, m, "share", &f, UNIT_SHARE);
	if (!is_shown(o))
		return;
	model_int(m, "count", kept_int(o, "count"));
	model_text(m, "count_text", count_text(w, o, "count"));
	model_int(m, "people", kept_int(o, "people"));
	model_text(m, "people_text", count_text(w, o, "people"));
}

static void chart(const struct words *w, json_t *charts, const json_t *rows)
{
	json_t *c = chart_new(charts, "texts_codes", "interval", "%", 0);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "an_codes.share"), true);
	const json_t *o;
	size_t i;

	model_bool(c, "bars", true);
	model_int(model_object(c, "axis"), "min", 0);
	json_array_foreach(rows, i, o) {
		const struct figure f = kept_figure(o, "share");

		if (!is_shown(o))
			continue;
		model_item_text(model_list(c, "categories"),
				kept_text(w, o, "name"));
		chart_figure(&s, &f, true);
	}
}

/*
 * The commonest code that is shown; hidden ones are behind it in the list, but
 * may be more. Else that none has people enough, or that no comment has one.
 */
static const char *statement(const struct words *w, const json_t *rows)
{
	const json_t *first = json_array_get(rows, 0);
	const bool all =
		is_shown(json_array_get(rows, json_array_size(rows) - 1));
	const char *key = all ? TEXT_KEY("an_codes.first")
			      : TEXT_KEY("an_codes.first_shown");

	if (!kept_int(first, "count"))
		return request_text(w->rq, all ? TEXT_KEY("an_codes.none")
					       : TEXT_KEY("an_codes.hidden"));
	return text_fill(&w->cx->arena, request_text(w->rq, key), "code",
			 kept_text(w, first, "name"), "n",
			 count_text(w, first, "count"), NULL);
}

static void notes(const struct words *w, json_t *m, const json_t *kept)
{
	json_t *list = model_list(m, "notes");

	model_item_text(list, request_text(w->rq, "an_codes.several"));
	if (kept_bool(kept, "default_book"))
		model_item_text(list,
				request_text(w->rq, "an_codes.default_book"));
}

void analysis_codes_model(const struct words *w, json_t *m, const json_t *group,
			  json_t *charts)
{
	const json_t *kept = json_object_get(group, "codes"), *o;
	const json_t *rows = json_object_get(kept, "rows");
	const bool shown = kept_is_ok(kept);
	json_t *codes = model_object(m, "codes"), *list;
	size_t i;

	model_what(w, codes, "what", "an_codes.what_codes");
	model_bool(codes, "shown", shown);
	if (!shown)
		return;
	model_text(codes, "statement", statement(w, rows));
	/* Only zeros beside what is hidden: the sentence says it all. */
	model_bool(codes, "any_shown",
		   kept_int(json_array_get(rows, 0), "count") > 0);
	model_text(codes, "base",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_codes.base"), "n",
			     count_text(w, group, "comments"), "people",
			     count_text(w, group, "people"), NULL));
	model_bool(codes, "was_read", kept_int(kept, "checked_on") > 0);
	model_text(codes, "standing",
		   kept_int(kept, "checked_on")
			   ? text_with_n(w, "an_codes.checked_on",
					 kept_int(kept, "checked_on"))
			   : request_text(w->rq, "an_codes.unchecked"));
	list = model_list(codes, "rows");
	json_array_foreach(rows, i, o) {
		json_t *row = model_item(list);

		model_text(row, "id", kept_word(o, "id"));
		model_text(row, "name", kept_text(w, o, "name"));
		cell(w, row, o);
		model_bool(row, "checked", kept_bool(o, "checked"));
		model_real(row, "kappa", kept_number(o, "kappa"));
		model_text(row, "kappa_text",
			   number_text(w, kept_number(o, "kappa"), 0,
				       UNIT_NUMBER));
	}
	cell(w, model_object(codes, "uncoded"),
	     json_object_get(kept, "uncoded"));
	notes(w, codes, kept);
	chart(w, charts, rows);
}
