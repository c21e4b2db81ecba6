/*
 * analysis_people_model.c: the part "people" on the page: who answered.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

static const char *count(const struct words *w, const json_t *o,
			 const char *key)
{
	return text_from_count(&w->cx->arena, kept_int(o, key));
}

static void rate(const struct words *w, json_t *m, const json_t *o)
{
	const struct figure f = kept_figure(o, "rate");

	model_int(m, "booked", kept_int(o, "booked"));
	model_int(m, "answered", kept_int(o, "answered"));
	model_figure(w, m, "rate", &f, UNIT_SHARE);
	model_bool(m, "is_low", kept_bool(o, "is_low"));
	model_int(m, "percent", llround(100.0 * f.value));
	model_text(m, "booked_text", count(w, o, "booked"));
	model_text(m, "answered_text", count(w, o, "answered"));
}

static void tiers(const struct words *w, json_t *m, const json_t *kept)
{
	struct arena *a = &w->cx->arena;
	const char *low = "";
	const json_t *o;
	size_t i;

	model_bool(m, "shown", kept_is_ok(kept));
	model_text(m, "why",
		   kept_is_ok(kept)          ? ""
		   : kept_int(kept, "least") ? kept_why(w, kept)
					     : say(w, "an_people.no_split"));
	model_bool(m, "merged", kept_bool(kept, "merged"));
	model_bool(m, "hidden", kept_bool(kept, "hidden"));
	json_array_foreach(json_object_get(kept, "rows"), i, o) {
		const char *name = kept_text(w, o, "name");
		json_t *row = model_item(model_list(m, "rows"));

		model_text(row, "name", name);
		rate(w, row, o);
		if (kept_bool(o, "is_low"))
			low = *low ? arena_printf(a, "%s%s%s", low,
						  say(w, "an_people.and"), name)
				   : name;
	}
	model_text(m, "low_text",
		   *low ? text_fill(a, say(w, "an_people.low_tiers"), "tiers",
				    low, NULL)
			: "");
}

/* Over several sessions these are places, as one person may have two. */
static const char *holders(const struct words *w, const json_t *kept,
			   const char *key, bool is_places)
{
	return text_fill(&w->cx->arena,
			 say(w, is_places ? TEXT_KEY("an_people.all_places")
					  : TEXT_KEY("an_people.all_people")),
			 "n", count(w, kept, key), NULL);
}

/* What it says about everybody, in one sentence; "" where nothing. */
static const char *overall_text(const struct words *w, const json_t *kept,
				bool is_places)
{
	const struct figure mean = kept_figure(kept, "mean");
	const struct figure raw = kept_figure(kept, "raw");
	const char *key = kept_bool(kept, "is_census")
				  ? TEXT_KEY("an_people.census")
			  : kept_bool(kept, "by_tier")
				  ? TEXT_KEY("an_people.overall")
				  : TEXT_KEY("an_people.overall_plain");

	/* Some who all say the same do not tell how the others differ. */
	if (!gate_has(&mean) ||
	    (mean.status == AN_ZERO_VARIANCE && !kept_bool(kept, "is_census")))
		return "";
	return text_fill(&w->cx->arena, say(w, key), "text",
			 kept_text(w, kept, "text"), "raw",
			 figure_text(w, &raw, UNIT_POINTS), "mean",
			 figure_text(w, &mean, UNIT_POINTS), "interval",
			 interval_text(w, &mean, UNIT_POINTS), "booked",
			 holders(w, kept, "booked", is_places), "answers",
			 holders(w, kept, "n", is_places), NULL);
}

/* Who answered the survey and is not in the numbers of the question. */
static const char *left_out(const struct words *w, const json_t *part,
			    const json_t *kept)
{
	const int64_t n = kept_int(part, "answered") - kept_int(kept, "n");

	return kept && n > 0 ? text_with_n(w, "an_people.left_out", n) : "";
}

static void overall(const struct words *w, json_t *m, const json_t *part)
{
	const json_t *kept = json_object_get(part, "overall");

	const struct figure mean = kept_figure(kept, "mean");
	const struct figure raw = kept_figure(kept, "raw");

	model_text(m, "overall_text",
		   overall_text(w, kept, kept_bool(part, "is_places")));
	model_text(m, "left_out_text", left_out(w, part, kept));
	model_figure(w, m, "mean", &mean, UNIT_POINTS);
	model_figure(w, m, "raw", &raw, UNIT_POINTS);
}

void analysis_people_model(const struct words *w, json_t *m, const json_t *part,
			   json_t *charts)
{
	const struct figure share = kept_figure(part, "rate");
	const bool is_places = kept_bool(part, "is_places");

	(void)charts;
	rate(w, m, part);
	model_text(m, "statement",
		   text_fill(&w->cx->arena,
			     say(w, is_places ? TEXT_KEY("an_people.places")
					      : TEXT_KEY("an_people.people")),
			     "booked", count(w, part, "booked"), "answered",
			     count(w, part, "answered"), "rate",
			     figure_text(w, &share, UNIT_SHARE), NULL));
	tiers(w, model_object(m, "tiers"), json_object_get(part, "tiers"));
	overall(w, m, part);
	model_what(w, m, "what", "an_people.what_people");
}
