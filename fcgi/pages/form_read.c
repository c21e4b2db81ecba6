/*
 * form_read.c: the manual is form_read.h.
 */
#include "pages/form_read.h"

#include "base/text.h"
#include "pages/choices.h"
#include "store/store_course.h"
#include "store/store_tier.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

bool form_read_text(const struct words *w, struct reply *rp, const char *name,
		    size_t max, const char **out)
{
	struct arena *a = &w->cx->arena;
	const char *sent = request_form(w->rq, name);

	*out = sent ? text_trim(a, text_clean(a, sent)) : "";
	if (text_length(*out) <= max)
		return true;
	reply_problem(rp, name,
		      text_with_n(w, "proposal.too_long", (int64_t)max));
	return false;
}

/* "１，２００" as "1200". */
static const char *digits(const struct words *w, const char *name)
{
	const char *sent = request_form(w->rq, name);
	char *text = sent ? text_code(&w->cx->arena, sent) : NULL, *to = text;

	if (!text)
		return "";
	for (const char *s = text; *s; s++)
		if (*s != ',')
			*to++ = *s;
	*to = '\0';
	return text;
}

bool form_read_number(const struct words *w, struct reply *rp, const char *name,
		      struct number_rule rule, int64_t *out)
{
	const char *text = digits(w, name);

	*out = DB_NULL;
	if (!*text && !rule.must)
		return true;
	if (text_to_i64(text, rule.min, rule.max, out))
		return true;
	reply_problem(rp, name,
		      text_fill(&w->cx->arena,
				request_text(w->rq, "plan.no_number"), "min",
				text_from_count(&w->cx->arena, rule.min), "max",
				text_from_count(&w->cx->arena, rule.max),
				NULL));
	return false;
}

bool form_read_percent(const struct words *w, struct reply *rp,
		       const char *name, double *out)
{
	const char *text = digits(w, name);
	double percent;

	*out = NAN;
	if (!*text)
		return true;
	if (text_to_f64(text, &percent) && percent >= 1.0 && percent <= 100.0) {
		*out = percent / 100.0;
		return true;
	}
	reply_problem(rp, name, request_text(w->rq, "plan.no_percent"));
	return false;
}

enum err form_read_course(const struct words *w, int64_t *course_id)
{
	const char *sent = request_form(w->rq, "course");
	struct course known;

	*course_id = DB_NULL;
	if (!sent || !*sent)
		return OK;
	if (!text_to_i64(sent, 1, INT64_MAX, course_id))
		return FAIL(w->cx, ERR_BAD_REQUEST, "course is no number");
	return store_course_by_id(w->cx, *course_id, &known);
}

const char *form_read_tier(const struct words *w)
{
	const char *sent = request_form(w->rq, "tier");

	return sent && *sent && text_length(sent) <= 16 ? sent : NULL;
}

enum err form_courses(const struct words *w, json_t *m, int64_t chosen)
{
	json_t *list = model_list(m, "courses");
	const struct course *course;
	size_t n;

	option_add(list, "", request_text(w->rq, "proposal.no_course"),
		   chosen == DB_NULL);
	TRY(store_course_all(w->cx, &course, &n));
	for (size_t i = 0; i < n; i++)
		option_add(list, form_number_text(w, course[i].id),
			   either(w, course[i].title, course[i].title_en),
			   course[i].id == chosen);
	return OK;
}

enum err form_tiers(const struct words *w, json_t *m, const char *chosen)
{
	const int year = date_fiscal_year(date_in_japan(w->cx->now_ms));
	json_t *list = model_list(m, "tiers");
	const struct tier *tier;
	size_t n;

	option_add(list, "", request_text(w->rq, "proposal.all_tiers"),
		   !chosen || !*chosen);
	TRY(store_tiers(w->cx, year, &tier, &n));
	for (size_t i = 0; i < n; i++)
		option_add(list, tier[i].code,
			   either(w, tier[i].name, tier[i].name_en),
			   text_equals(tier[i].code, chosen));
	return OK;
}

const char *form_number_text(const struct words *w, int64_t number)
{
	if (number == DB_NULL)
		return "";
	return arena_printf(&w->cx->arena, "%" PRId64, number);
}
