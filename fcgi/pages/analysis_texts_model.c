/*
 * analysis_texts_model.c: the part "texts" on the page.
 *
 * What all comments have in common comes first (words, their network, words
 * of a tier), then each question with its themes and requests. Comments and
 * their words are in the language they were written in.
 */
#include "pages/analysis_texts_model.h"

#include "base/text.h"
#include "pages/analysis_codes_model.h"
#include "view/model.h"
#include "view/texts.h"

#define TITLE_TERMS 3 /* of a theme, to call it by */
#define TYPICAL     3 /* comments of it, shown when they are fit */

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

const char *texts_same(const struct words *w, const json_t *candidate)
{
	const int64_t n = kept_int(candidate, "count");

	return n > 1 ? text_with_n(w, "an_texts.same", n) : "";
}

/* Only what somebody has read and found fit to be shown. */
static void voices(const struct words *w, json_t *m, const json_t *kept)
{
	json_t *list = model_list(m, "typical");
	const json_t *o;
	size_t i;

	json_array_foreach(kept, i, o) {
		json_t *one;

		if (!kept_bool(o, "fit") || json_array_size(list) == TYPICAL)
			continue;
		one = model_item(list);
		model_text(one, "text", kept_word(o, "text"));
		model_int(one, "count", kept_int(o, "count"));
		model_text(one, "same_text", texts_same(w, o));
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

/* 時間・増やす・操作 */
const char *texts_theme_title(const struct words *w, const json_t *theme)
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

	model_text(m, "title", texts_theme_title(w, o));
	model_text(m, "count_share",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_texts.count_share"), "n",
			     count_text(w, o, "count"), "share",
			     figure_text(w, &f, UNIT_SHARE), NULL));
	json_array_foreach(json_object_get(o, "terms"), i, term)
		model_item_text(list, json_string_value(term));
	share(w, m, o);
	voices(w, m, json_object_get(o, "typical"));
}

static void themes(const struct words *w, json_t *m, const json_t *kept)
{
	const double stable = kept_number(kept, "stability");
	const json_t *o;
	size_t i;

	if (!texts_standing_on_comments(w, m, kept))
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
bool texts_has_requests(const json_t *group)
{
	return kept_int(json_object_get(group, "requests"), "count") > 0 &&
	       !text_equals(kept_word(group, "question"),
			    measures_word(MEASURES_COMMENT_NEED));
}

static void requests(const struct words *w, json_t *m, const json_t *group)
{
	const json_t *kept = json_object_get(group, "requests");
	const bool shown = texts_has_requests(group);
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
	voices(w, m, json_object_get(kept, "typical"));
}

const char *texts_question(const struct words *w, const json_t *g)
{
	return json_object_get(g, "text")
		       ? kept_text(w, g, "text")
		       : request_text(w->rq, "an_texts.all_questions");
}

static void question(const struct words *w, json_t *m, const json_t *g)
{
	const bool shown = texts_standing(w, m, g);

	model_text(m, "question", texts_question(w, g));
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

bool texts_has_place(const json_t *part, const json_t *group)
{
	const json_t *all = group_of(part, "all");

	return group != all || (first_theme(all) && !any_themed(part, all));
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
				 texts_question(w, group), "subject",
				 texts_theme_title(w, first), "n",
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
	json_t *list = model_list(m, "questions");
	size_t i;

	abouts(w, m);
	base(w, m, part, all);
	model_bool(m, "has_words", *kept_word(part, "dictionary") != '\0');
	model_text(m, "screen_href", kept_word(part, "screen"));
	model_text(m, "check_href", kept_word(part, "check"));
	model_text(m, "statement", statement(w, part, all));
	terms(w, m, all);
	analysis_codes_model(w, m, all, charts);
	texts_network_model(w, model_object(m, "network"),
			    json_object_get(all, "network"), charts);
	texts_tiers_model(w, model_object(m, "tiers"),
			  json_object_get(all, "tiers"));
	json_array_foreach(json_object_get(part, "groups"), i, g)
		if (texts_has_place(part, g))
			question(w, model_item(list), g);
}
