#include "pages/course_words.h"

#include "base/clock.h"
#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <string.h>

struct word {
	const char *word, *key;
};

static const struct word forms[] = {
	{ "classroom", TEXT_KEY("course.form_classroom") },
	{ "elearning", TEXT_KEY("course.form_elearning") },
	{ "workshop", TEXT_KEY("course.form_workshop") },
	{ "handson", TEXT_KEY("course.form_handson") },
	{ "blended", TEXT_KEY("course.form_blended") },
	{ NULL, NULL },
};

static const struct word levels[] = {
	{ "concept", TEXT_KEY("course.level_concept") },
	{ "practice", TEXT_KEY("course.level_practice") },
	{ "skill", TEXT_KEY("course.level_skill") },
	{ NULL, NULL },
};

static const struct word demands[] = {
	{ "required", TEXT_KEY("course.required") },
	{ "recommended", TEXT_KEY("course.recommended") },
	{ "open", TEXT_KEY("course.open") },
	{ NULL, NULL },
};

static const char *text_of_word(const struct request *rq,
				const struct word *words, const char *word)
{
	for (; word && words->word; words++)
		if (!strcmp(words->word, word))
			return request_text(rq, words->key);
	return "";
}

const char *course_form_text(const struct request *rq, const char *form)
{
	return text_of_word(rq, forms, form);
}

const char *course_level_text(const struct request *rq, const char *level)
{
	return text_of_word(rq, levels, level);
}

const char *course_demand_text(const struct request *rq, const char *demand)
{
	return text_of_word(rq, demands, demand);
}

const char *course_demand_tag(const char *demand)
{
	if (text_equals(demand, "required"))
		return "must";
	return text_equals(demand, "recommended") ? "should" : "open";
}

const char *course_count_text(struct ctx *cx, const struct request *rq,
			      const char *key, int64_t n)
{
	return text_count(&cx->arena, rq->texts, rq->lang, key, n);
}

const char *course_minutes_text(struct ctx *cx, const struct request *rq,
				int64_t minutes)
{
	const char *key = minutes < 60        ? "course.minutes"
			  : minutes % 60 == 0 ? "course.hours"
					      : "course.hours_minutes";

	return text_fill(&cx->arena, request_text(rq, key), "h",
			 text_from_count(&cx->arena, minutes / 60), "m",
			 text_from_count(&cx->arena, minutes % 60), NULL);
}

const char *course_left_text(struct ctx *cx, const struct request *rq,
			     int64_t left)
{
	if (left <= 0)
		return request_text(rq, "course.full");
	return course_count_text(cx, rq, TEXT_KEY("course.left"), left);
}

void course_next_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			  const char *starts_at, int64_t left)
{
	char iso[INSTANT_TEXT];
	int64_t at;

	if (!starts_at || !instant_from_db(starts_at, &at)) {
		model_null(m, "next_starts_at");
		model_null(m, "next_day_text");
		model_null(m, "next_left");
		model_null(m, "left_text");
		model_bool(m, "is_full", false);
		return;
	}
	model_text(m, "next_starts_at", instant_to_iso(at, iso));
	model_text(m, "next_day_text",
		   date_to_text(&cx->arena, date_in_japan(at), rq->lang,
				DATE_SHORT));
	model_int(m, "next_left", left);
	model_text(m, "left_text", course_left_text(cx, rq, left));
	model_bool(m, "is_full", left <= 0);
}
