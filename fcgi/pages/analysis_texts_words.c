/*
 * analysis_texts_words.c: words that go together, and words of a tier, on the
 * page.
 */
#include "base/text.h"
#include "pages/analysis_texts_model.h"
#include "view/model.h"
#include "view/texts.h"

static const char *count_text(const struct words *w, const json_t *o,
			      const char *key)
{
	return text_from_count(&w->cx->arena, kept_int(o, key));
}

bool texts_standing(const struct words *w, json_t *m, const json_t *kept)
{
	const bool shown = kept_is_ok(kept);

	model_bool(m, "shown", shown);
	model_text(m, "why", shown || !kept ? "" : kept_why(w, kept));
	return shown;
}

bool texts_standing_on_comments(const struct words *w, json_t *m,
				const json_t *kept)
{
	const bool shown = texts_standing(w, m, kept);

	if (kept_int(kept, "least"))
		model_text(m, "why",
			   text_fill(&w->cx->arena,
				     request_text(w->rq, "an_texts.too_few"),
				     "n", count_text(w, kept, "n"), "least",
				     count_text(w, kept, "least"), NULL));
	return shown;
}

static const char *term_at(const json_t *nodes, const json_t *link,
			   const char *end)
{
	return kept_word(json_array_get(nodes, (size_t)kept_int(link, end)),
			 "term");
}

static void network_chart(const struct words *w, json_t *charts,
			  const json_t *nodes, const json_t *links)
{
	json_t *c = chart_new(charts, "texts_network", "network", "", 0), *one;
	const json_t *o;
	size_t i;

	model_text(c, "description",
		   request_text(w->rq, "an_texts.network_description"));
	json_array_foreach(nodes, i, o) {
		one = model_item(model_list(c, "nodes"));
		model_text(one, "label", kept_word(o, "term"));
		model_int(one, "size", kept_int(o, "count"));
		model_int(one, "group", kept_int(o, "community"));
	}
	json_array_foreach(links, i, o) {
		one = model_item(model_list(c, "links"));
		model_int(one, "from", kept_int(o, "a"));
		model_int(one, "to", kept_int(o, "b"));
		model_real(one, "weight", kept_number(o, "jaccard"));
	}
}

void texts_network_model(const struct words *w, json_t *m, const json_t *kept,
			 json_t *charts)
{
	const json_t *nodes = json_object_get(kept, "nodes"), *o;
	const json_t *links = json_object_get(kept, "links");
	json_t *list;
	size_t i;

	if (!texts_standing_on_comments(w, m, kept))
		return;
	o = json_array_get(links, 0);
	model_text(m, "statement",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.network_title"), "a",
			     term_at(nodes, o, "a"), "b",
			     term_at(nodes, o, "b"), NULL));
	list = model_list(m, "pairs");
	json_array_foreach(links, i, o) {
		json_t *one = model_item(list);

		model_text(one, "a", term_at(nodes, o, "a"));
		model_text(one, "b", term_at(nodes, o, "b"));
		model_text(one, "both_text", count_text(w, o, "both"));
		model_real(one, "jaccard", kept_number(o, "jaccard"));
		model_text(one, "jaccard_text",
			   number_text(w, kept_number(o, "jaccard"), 0,
				       UNIT_NUMBER));
	}
	network_chart(w, charts, nodes, links);
}

void texts_tiers_model(const struct words *w, json_t *m, const json_t *kept)
{
	const json_t *o, *term;
	size_t i, j;

	if (!texts_standing_on_comments(w, m, kept))
		return;
	json_array_foreach(json_object_get(kept, "rows"), i, o) {
		json_t *row = model_item(model_list(m, "rows"));

		model_text(row, "name", kept_text(w, o, "name"));
		model_text(row, "n_text",
			   text_with_n(w, "an_texts.n_comments",
				       kept_int(o, "n")));
		json_array_foreach(json_object_get(o, "terms"), j, term) {
			json_t *one = model_item(model_list(row, "terms"));

			model_text(one, "term", kept_word(term, "term"));
			model_text(one, "count_text",
				   text_with_n(w, "an_texts.n_comments",
					       kept_int(term, "count")));
			model_bool(one, "is_sure", kept_bool(term, "sure"));
		}
	}
}
