/*
 * analysis_items_options.c: what people chose, option by option.
 */
#include "pages/analysis_items_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

static void option_marks(const struct words *w, json_t *m, const json_t *o)
{
	static const struct {
		const char *word, *key, *tag;
	} marks[] = {
		{ "right", TEXT_KEY("an_items.is_right"), "tag--ok" },
		{ "rival", TEXT_KEY("an_items.is_rival"), "tag--warn" },
		{ "backwards", TEXT_KEY("an_items.is_backwards"), "tag--warn" },
		{ "dead", TEXT_KEY("an_items.is_dead"), "tag--warn" },
		{ "functioning", TEXT_KEY("an_items.is_functioning"),
		  "tag--quiet" },
	};
	json_t *list = model_list(m, "marks");

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		json_t *one;

		if (!kept_bool(o, marks[i].word) ||
		    (text_equals(marks[i].word, "functioning") &&
		     !(kept_number(o, "r") < 0.0)))
			continue; /* it works: chosen by those who did worse */
		one = model_item(list);
		model_text(one, "text", request_text(w->rq, marks[i].key));
		model_text(one, "tag", marks[i].tag);
	}
}

static void option(const struct words *w, json_t *list, const json_t *o,
		   size_t n)
{
	json_t *m = model_item(list);
	const size_t people = (size_t)kept_int(o, "n");
	const bool named = json_is_object(json_object_get(o, "label"));

	model_text(m, "label",
		   named ? kept_text(w, o, "label")
			 : request_text(w->rq, "an_items.nothing_chosen"));
	model_int(m, "people", (int64_t)people);
	model_real(m, "share", kept_number(o, "share"));
	model_real(m, "rest", kept_number(o, "rest"));
	model_real(m, "r", kept_number(o, "r"));
	model_bool(m, "is_right", kept_bool(o, "right"));
	model_bool(m, "is_functioning", kept_bool(o, "functioning"));
	model_bool(m, "is_rival", kept_bool(o, "rival"));
	model_bool(m, "is_dead", kept_bool(o, "dead"));
	model_bool(m, "is_backwards", kept_bool(o, "backwards"));
	model_text(m, "share_text",
		   number_text(w, kept_number(o, "share"), n, UNIT_SHARE));
	model_text(m, "before_text",
		   number_text(w, kept_number(o, "share_before"), n,
			       UNIT_SHARE));
	model_text(m, "rest_text",
		   kept_bool(o, "shown")
			   ? number_text(w, kept_number(o, "rest"), people,
					 UNIT_SHARE)
			   : request_text(w->rq, "stat.hidden"));
	model_text(m, "r_text",
		   number_text(w, kept_number(o, "r"), n, UNIT_SIGNED));
	model_bool(m, "is_hidden", !kept_bool(o, "shown"));
	option_marks(w, m, o);
}

void items_options(const struct words *w, json_t *row, const json_t *it,
		   size_t n)
{
	const json_t *kept = json_object_get(it, "options");
	json_t *list = model_list(row, "options");

	model_bool(row, "has_options", json_array_size(kept) > 0);
	for (size_t i = 0; i < json_array_size(kept); i++)
		option(w, list, json_array_get(kept, i), n);
}
