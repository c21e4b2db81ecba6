/*
 * analysis_summary_model.c: the part "summary" on the page: one sentence a
 * point, each with the place where its figures stand.
 */
#include "base/text.h"
#include "pages/analysis_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

static const char *word(const struct words *w, const char *prefix,
			const char *which)
{
	return request_text(w->rq,
			    arena_printf(&w->cx->arena, "an_summary.%s%s",
					 prefix, which));
}

/* One value of a kept figure: "0.12", or a dash. */
static const char *value(const struct words *w, const json_t *o,
			 const char *key, enum figure_unit unit)
{
	const struct figure f = kept_figure(o, key);

	return figure_text(w, &f, unit);
}

static const char *interval(const struct words *w, const json_t *o,
			    const char *key, enum figure_unit unit)
{
	const struct figure f = kept_figure(o, key);

	return interval_text(w, &f, unit);
}

static const char *count(const struct words *w, const json_t *o,
			 const char *key)
{
	return text_from_count(&w->cx->arena, kept_int(o, key));
}

/* "Q3 “…”", with its course in a year. */
static const char *item_name(const struct words *w, const json_t *o)
{
	const char *title = kept_text(w, o, "title");

	return text_fill(&w->cx->arena,
			 request_text(w->rq, *title ? "an_summary.item_of"
						    : "an_summary.item_here"),
			 "course", title, "number",
			 text_with_n(w, "an_items.number",
				     kept_int(o, "number")),
			 "text", kept_text(w, o, "text"), NULL);
}

static const char *item(const struct words *w, const json_t *o)
{
	return text_fill(&w->cx->arena,
			 word(w, "item_", kept_word(o, "reason")), "item",
			 item_name(w, o), "r", value(w, o, "r", UNIT_SIGNED),
			 "before", value(w, o, "before", UNIT_SHARE), "after",
			 value(w, o, "after", UNIT_SHARE), NULL);
}

static const char *unmet(const struct words *w, const json_t *o)
{
	const char *tier = kept_text(w, o, "tier_name");

	return text_fill(&w->cx->arena,
			 request_text(w->rq, *tier ? "an_summary.unmet_tier"
						   : "an_summary.unmet_all"),
			 "tier", tier, "skill", kept_text(w, o, "name"), "mwds",
			 value(w, o, "mwds", UNIT_NUMBER), "interval",
			 interval(w, o, "mwds", UNIT_NUMBER), NULL);
}

static const char *unfair(const struct words *w, const json_t *o)
{
	const char *title = kept_text(w, o, "title");

	return text_fill(
		&w->cx->arena, word(w, "unfair_", kept_word(o, "favours")),
		"course",
		*title ? text_fill(&w->cx->arena,
				   request_text(w->rq, "an_summary.course"),
				   "course", title, NULL)
		       : "",
		"text", kept_text(w, o, "text"), "group",
		kept_text(w, o, "group"), "delta",
		value(w, o, "delta", UNIT_SIGNED), NULL);
}

static const char *unit(const struct words *w, const json_t *o)
{
	const char *key = kept_word(o, "key");
	const enum figure_unit of = text_equals(key, "overall") ? UNIT_POINTS
				    : text_equals(key, "change")
					    ? UNIT_SHARE_CHANGE
					    : UNIT_SHARE;

	return text_fill(&w->cx->arena, word(w, "unit_", key), "unit",
			 kept_text(w, o, "name"), "value",
			 value(w, o, "figure", of), NULL);
}

/* “a”, “b” and so on, as names after names. */
static const char *names(const struct words *w, const json_t *list)
{
	const char *all = "";
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		const char *name =
			either(w, kept_word(o, "ja"), kept_word(o, "en"));

		all = *all ? text_fill(&w->cx->arena,
				       request_text(w->rq, "an_summary.and"),
				       "before", all, "name", name, NULL)
			   : name;
	}
	return all;
}

static const char *first(const struct words *w, const json_t *o)
{
	return text_fill(&w->cx->arena,
			 request_text(w->rq, kept_bool(o, "is_final")
						     ? "an_summary.first_final"
						     : "an_summary.first_open"),
			 "skills", names(w, json_object_get(o, "names")), NULL);
}

static const char *trend(const struct words *w, const json_t *o)
{
	struct arena *a = &w->cx->arena;
	const char *tier = kept_text(w, o, "tier_name");
	const char *line = text_fill(
		a,
		request_text(w->rq, arena_printf(a, "an_trend.what_line_%s",
						 kept_word(o, "what"))),
		"skill", kept_text(w, o, "name"), NULL);

	return text_fill(
		a, word(w, "trend_", kept_word(o, "direction")), "line", line,
		"tier",
		*tier ? tier : request_text(w->rq, "an_trend.everybody"), NULL);
}

/* Kinds whose sentence is one text filled with these. */
static const char *plain(const struct words *w, const json_t *o,
			 const char *kind)
{
	return text_fill(&w->cx->arena,
			 text_equals(kind, "change")
				 ? word(w, "change_", kept_word(o, "word"))
				 : word(w, "", kind),
			 "text", kept_text(w, o, "text"), "skill",
			 kept_text(w, o, "name"), "mean",
			 value(w, o, "mean", UNIT_POINTS), "r",
			 value(w, o, "r", UNIT_NUMBER), "offered",
			 count(w, o, "offered"), "proposed",
			 count(w, o, "proposed"), "before",
			 value(w, o, "before", UNIT_SHARE), "after",
			 value(w, o, "after", UNIT_SHARE), "keep",
			 count(w, o, "keep"), "rose", count(w, o, "rose"),
			 "judged", count(w, o, "judged"), "share",
			 value(w, o, "share", UNIT_SHARE), NULL);
}

static const char *sentence(const struct words *w, const json_t *o)
{
	static const struct {
		const char *kind;
		const char *(*say)(const struct words *w, const json_t *o);
	} kinds[] = {
		{ "item", item }, { "unmet", unmet }, { "unfair", unfair },
		{ "unit", unit }, { "first", first }, { "trend", trend },
	};
	const char *kind = kept_word(o, "kind");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_equals(kind, kinds[i].kind))
			return kinds[i].say(w, o);
	if (text_equals(kind, "tiers"))
		return text_fill(&w->cx->arena,
				 word(w, "tiers_", kept_word(o, "verdict")),
				 "about",
				 word(w, "about_", kept_word(o, "about")),
				 NULL);
	return plain(w, o, kind);
}

/* The item itself, the list of unmet needs, else the part. */
static const char *place_of(const struct words *w, const json_t *o)
{
	struct arena *a = &w->cx->arena;
	const char *kind = kept_word(o, "kind");

	if (text_equals(kind, "item"))
		return arena_printf(a, "#item-%" PRId64 "-%" PRId64,
				    kept_int(o, "form") + 1,
				    kept_int(o, "number"));
	if (text_equals(kind, "unmet"))
		return "#needs-unmet";
	return arena_printf(a, "#%s", kept_word(o, "part"));
}

/* A need can be planned for at once. */
static const char *plan_of(const struct words *w, const json_t *o)
{
	if (!text_equals(kept_word(o, "kind"), "unmet"))
		return "";
	return arena_printf(&w->cx->arena,
			    "/needs?year=%" PRId64
			    "&skill=%s&tier=%s#into-plan",
			    kept_int(o, "year"), kept_word(o, "skill"),
			    kept_word(o, "tier"));
}

static const char *part_name(const struct words *w, const char *part)
{
	return request_text(w->rq,
			    arena_printf(&w->cx->arena, "analysis.h_%s", part));
}

static void points(const struct words *w, json_t *list, const json_t *kept)
{
	const json_t *o;
	size_t i;

	json_array_foreach(kept, i, o) {
		json_t *to = model_item(list);

		model_text(to, "kind", kept_word(o, "kind"));
		model_text(to, "key", kept_word(o, "key"));
		model_text(to, "skill", kept_word(o, "skill"));
		model_text(to, "tier", kept_word(o, "tier"));
		model_text(to, "sentence", sentence(w, o));
		model_text(to, "href", place_of(w, o));
		model_text(to, "plan_href", plan_of(w, o));
		model_text(to, "link", part_name(w, kept_word(o, "part")));
	}
}

static void nothing(const struct words *w, json_t *list, const json_t *kept)
{
	const json_t *o;
	size_t i;

	json_array_foreach(kept, i, o) {
		json_t *to = model_item(list);

		model_text(to, "part", part_name(w, kept_word(o, "part")));
		model_text(to, "href",
			   arena_printf(&w->cx->arena, "#%s",
					kept_word(o, "part")));
		model_text(to, "why", kept_why(w, o));
	}
}

void analysis_summary_model(const struct words *w, json_t *m,
			    const json_t *part, json_t *charts)
{
	const json_t *act = json_object_get(part, "act");
	const int64_t more = kept_int(part, "act_more");
	const int64_t n = (int64_t)json_array_size(act) + more;

	(void)charts;
	model_text(m, "statement",
		   n ? text_with_n(w, "an_summary.statement", n)
		     : request_text(w->rq, "an_summary.statement_none"));
	points(w, model_list(m, "act"), act);
	model_text(m, "more",
		   more ? text_with_n(w, "an_summary.more", more) : "");
	points(w, model_list(m, "know"), json_object_get(part, "know"));
	nothing(w, model_list(m, "nothing"), json_object_get(part, "nothing"));
	model_what(w, model_object(m, "about"), "what", "an_summary.what");
}
