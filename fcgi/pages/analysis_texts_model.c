/*
 * analysis_texts_model.c: the part "texts" on the page.
 *
 * What all comments have in common comes first (words, their network, words
 * of a tier), then each question with its themes and requests. Comments and
 * their words are in the language they were written in.
 */
#include "pages/analysis_codes_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#define TITLE_TERMS 3 /* of a theme, to call it by */

static const char *count_text(const struct words *w, const json_t *o,
			      const char *key)
{
	return text_from_count(&w->cx->arena, kept_int(o, key));
}

static const json_t *group_of(const json_t *part, const char *question)
{
	const json_t *g;
	size_t i;

	json_array_foreach(json_object_get(part, "groups"), i, g)
		if (text_equals(kept_word(g, "question"), question))
			return g;
	return NULL;
}

/* shown, why; true when there is something. */
static bool standing(const struct words *w, json_t *m, const json_t *kept)
{
	const bool shown = kept_is_ok(kept);

	model_bool(m, "shown", shown);
	model_text(m, "why", shown || !kept ? "" : kept_why(w, kept));
	return shown;
}

/* The same of what needs so many comments, not people. */
static bool standing_on_comments(const struct words *w, json_t *m,
				 const json_t *kept)
{
	const bool shown = standing(w, m, kept);

	if (kept_int(kept, "least"))
		model_text(m, "why",
			   text_fill(&w->cx->arena,
				     request_text(w->rq, "an_texts.too_few"),
				     "n", count_text(w, kept, "n"), "least",
				     count_text(w, kept, "least"), NULL));
	return shown;
}

/* "count" with its share, if it may be shown. */
static void share(const struct words *w, json_t *m, const json_t *o)
{
	const struct figure f = kept_figure(o, "share");

	model_figure(w, m, "share", &f, UNIT_SHARE);
	if (!json_object_get(o, "count"))
		return;
	model_int(m, "count", kept_int(o, "count"));
	model_text(m, "count_text", count_text(w, o, "count"));
}

static void voices(const struct words *w, json_t *m, const char *key,
		   const json_t *kept)
{
	json_t *list = model_list(m, key);
	const json_t *o;
	size_t i;

	json_array_foreach(kept, i, o) {
		json_t *one = model_item(list);
		const int64_t n = kept_int(o, "count");

		model_text(one, "text", kept_word(o, "text"));
		model_int(one, "count", n);
		model_text(one, "same_text",
			   n > 1 ? text_with_n(w, "an_texts.same", n) : "");
	}
}

static void terms(const struct words *w, json_t *m, const json_t *group)
{
	json_t *list = model_list(m, "terms");
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(group, "terms"), i, o) {
		json_t *one = model_item(list);

		model_text(one, "term", kept_word(o, "term"));
		share(w, one, o);
	}
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

static void network(const struct words *w, json_t *m, const json_t *kept,
		    json_t *charts)
{
	const json_t *nodes = json_object_get(kept, "nodes"), *o;
	const json_t *links = json_object_get(kept, "links");
	json_t *list;
	size_t i;

	if (!standing_on_comments(w, m, kept))
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

static void tiers(const struct words *w, json_t *m, const json_t *kept)
{
	const json_t *o, *term;
	size_t i, j;

	if (!standing_on_comments(w, m, kept))
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

/* 時間・増やす・操作 */
static const char *theme_title(const struct words *w, const json_t *theme)
{
	const json_t *list = json_object_get(theme, "terms");
	const char *all = "";

	for (size_t i = 0; i < json_array_size(list) && i < TITLE_TERMS; i++)
		all = arena_printf(&w->cx->arena, "%s%s%s", all, i ? "・" : "",
				   json_string_value(json_array_get(list, i)));
	return all;
}

static void theme(const struct words *w, json_t *m, const json_t *o)
{
	json_t *list = model_list(m, "terms");
	const struct figure f = kept_figure(o, "share");
	const json_t *term;
	size_t i;

	model_text(m, "title", theme_title(w, o));
	model_text(m, "count_share",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.count_share"), "n",
			     count_text(w, o, "count"), "share",
			     figure_text(w, &f, UNIT_SHARE), NULL));
	json_array_foreach(json_object_get(o, "terms"), i, term)
		model_item_text(list, json_string_value(term));
	share(w, m, o);
	voices(w, m, "typical", json_object_get(o, "typical"));
	/* The typical ones alone are no list worth opening. */
	if (json_array_size(json_object_get(o, "list")) >
	    json_array_size(json_object_get(o, "typical")))
		voices(w, m, "list", json_object_get(o, "list"));
	model_text(m, "more_text",
		   kept_int(o, "more") ? text_with_n(w, "an_texts.more",
						     kept_int(o, "more"))
				       : "");
}

static void themes(const struct words *w, json_t *m, const json_t *kept)
{
	const double stable = kept_number(kept, "stability");
	const json_t *o;
	size_t i;

	if (!standing_on_comments(w, m, kept))
		return;
	json_array_foreach(json_object_get(kept, "rows"), i, o)
		theme(w, model_item(model_list(m, "rows")), o);
	model_real(m, "stability", stable);
	model_text(m, "other_text",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.other"), "n",
			     count_text(w, kept, "other"), "stability",
			     number_text(w, stable, 0, UNIT_NUMBER), NULL));
}

/* Of the question what is needed every answer is a request. */
static void requests(const struct words *w, json_t *m, const json_t *group)
{
	const json_t *kept = json_object_get(group, "requests");
	const bool shown = kept_int(kept, "count") > 0 &&
			   !text_equals(kept_word(group, "question"),
					measures_word(MEASURES_COMMENT_NEED));
	const struct figure f = kept_figure(kept, "share");

	model_bool(m, "shown", shown);
	if (!shown)
		return;
	share(w, m, kept);
	model_text(m, "sentence",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.requests"), "n",
			     count_text(w, kept, "count"), "share",
			     figure_text(w, &f, UNIT_SHARE), NULL));
	voices(w, m, "typical", json_object_get(kept, "typical"));
}

static const char *question_text(const struct words *w, const json_t *g)
{
	return json_object_get(g, "text")
		       ? kept_text(w, g, "text")
		       : request_text(w->rq, "an_texts.all_questions");
}

static void question(const struct words *w, json_t *m, const json_t *g)
{
	const bool shown = standing(w, m, g);

	model_text(m, "question", question_text(w, g));
	model_text(m, "id", kept_word(g, "question"));
	if (!shown)
		return;
	model_text(m, "counts",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.counts"), "n",
			     count_text(w, g, "comments"), "blank",
			     count_text(w, g, "blank"), "people",
			     count_text(w, g, "people"), NULL));
	themes(w, model_object(m, "themes"), json_object_get(g, "themes"));
	requests(w, model_object(m, "requests"), g);
	terms(w, m, g);
}

static const json_t *first_theme(const json_t *g)
{
	const json_t *kept = json_object_get(g, "themes");

	return kept_is_ok(kept)
		       ? json_array_get(json_object_get(kept, "rows"), 0)
		       : NULL;
}

/* Has a question themes of its own? */
static bool any_themed(const json_t *part, const json_t *all)
{
	const json_t *g;
	size_t i;

	json_array_foreach(json_object_get(part, "groups"), i, g)
		if (g != all && first_theme(g))
			return true;
	return false;
}

/*
 * The commonest theme of the question what to improve, or of the first that
 * has some; without themes, the commonest word.
 */
static const char *statement(const struct words *w, const json_t *part,
			     const json_t *all)
{
	const json_t *group = group_of(part,
				       measures_word(MEASURES_COMMENT_IMPROVE)),
		     *first;
	const char *key = TEXT_KEY("an_texts.first_theme");
	struct arena *a = &w->cx->arena;

	for (size_t i = json_array_size(json_object_get(part, "groups"));
	     i-- > 0 && !first_theme(group);)
		group = json_array_get(json_object_get(part, "groups"), i);
	first = first_theme(group);
	if (first && group == all)
		key = TEXT_KEY("an_texts.first_of_all");
	if (first)
		return text_fill(a, request_text(w->rq, key), "question",
				 question_text(w, group), "subject",
				 theme_title(w, first), "n",
				 count_text(w, first, "count"), NULL);
	first = json_array_get(json_object_get(all, "terms"), 0);
	if (!first)
		return request_text(w->rq, "an_texts.no_words");
	return text_fill(a, request_text(w->rq, "an_texts.first_word"),
			 "subject", kept_word(first, "term"), "n",
			 count_text(w, first, "count"), NULL);
}

static void base(const struct words *w, json_t *m, const json_t *part,
		 const json_t *all)
{
	json_t *notes = model_list(m, "notes");

	model_text(m, "base",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.base"), "n",
			     count_text(w, all, "comments"), "blank",
			     count_text(w, all, "blank"), "sheets",
			     count_text(w, all, "base"), "people",
			     count_text(w, all, "people"), NULL));
	if (!*kept_word(part, "dictionary"))
		model_item_text(notes,
				request_text(w->rq, "an_texts.no_dictionary"));
	if (kept_bool(part, "is_cut"))
		model_item_text(notes, request_text(w->rq, "an_texts.is_cut"));
	if (kept_bool(part, "default_lists"))
		model_item_text(notes,
				request_text(w->rq, "an_texts.default_lists"));
}

static void abouts(const struct words *w, json_t *m)
{
	model_what(w, model_object(m, "about_themes"), "what",
		   "an_texts.what_themes");
	model_what(w, model_object(m, "about_requests"), "what",
		   "an_texts.what_requests");
	model_what(w, model_object(m, "about_network"), "what",
		   "an_texts.what_network");
	model_what(w, model_object(m, "about_tiers"), "what",
		   "an_texts.what_tiers");
}

void analysis_texts_model(const struct words *w, json_t *m, const json_t *part,
			  json_t *charts)
{
	const json_t *all = group_of(part, "all"), *g;
	const bool whole = first_theme(all) && !any_themed(part, all);
	json_t *list = model_list(m, "questions");
	size_t i;

	abouts(w, m);
	base(w, m, part, all);
	model_bool(m, "has_words", *kept_word(part, "dictionary") != '\0');
	model_text(m, "statement", statement(w, part, all));
	terms(w, m, all);
	analysis_codes_model(w, m, all, charts);
	network(w, model_object(m, "network"), json_object_get(all, "network"),
		charts);
	tiers(w, model_object(m, "tiers"), json_object_get(all, "tiers"));
	json_array_foreach(json_object_get(part, "groups"), i, g)
		if (g != all || whole)
			question(w, model_item(list), g);
}
