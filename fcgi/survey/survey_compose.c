/*
 * survey_compose.c: a template and a course make a survey.
 */
#include "survey/problems.h"

#include "base/text.h"

#include <string.h>

static struct bilingual joined_title(struct arena *a, struct bilingual course,
				     struct bilingual title)
{
	struct bilingual out;

	out.ja = arena_printf(a, "%s：%s", course.ja, title.ja);
	out.en = title.en[0] && course.en[0]
			 ? arena_printf(a, "%s: %s", course.en, title.en)
			 : title.en;
	return out;
}

/* The course's items name the skill of this one; or they name none at all. */
static bool is_taught(const struct survey *course, const struct survey_item *it)
{
	bool any = false;

	for (size_t i = 0; i < course->nitems; i++) {
		const char *skill = course->items[i].skill;

		any = any || skill[0];
		if (!strcmp(skill, it->skill))
			return true;
	}
	return !any;
}

/* The items of the course's survey in their order; their number. */
static size_t splice(struct survey_item *out, const struct survey *tmpl,
		     const struct survey *course)
{
	size_t n = 0;

	for (size_t i = 0; i <= tmpl->nitems; i++) {
		if (i == tmpl->course_at) {
			memcpy(out + n, course->items,
			       course->nitems * sizeof(*out));
			n += course->nitems;
		}
		if (i < tmpl->nitems &&
		    (tmpl->items[i].measures != MEASURES_SELF ||
		     is_taught(course, &tmpl->items[i])))
			out[n++] = tmpl->items[i];
	}
	return n;
}

const struct survey *survey_compose(struct arena *a, const struct survey *tmpl,
				    const struct survey *course,
				    const char *course_code,
				    struct bilingual course_title,
				    const struct problem **problems)
{
	static const struct survey_item none;
	static const struct survey nothing = { .items = &none };
	struct problems ps = { .arena = a };
	struct survey *sv = ARENA_NEW(a, struct survey);
	struct survey_item *items;
	int *lines;

	if (!course)
		course = &nothing;
	*sv = *tmpl;
	sv->code = arena_printf(a, "%s.%s", tmpl->code, course_code);
	sv->title = joined_title(a, course_title, tmpl->title);
	sv->version_id = 0;
	items = ARENA_ARRAY(a, struct survey_item,
			    tmpl->nitems + course->nitems);
	sv->nitems = splice(items, tmpl, course);
	sv->course_at = sv->nitems + 1;
	lines = ARENA_ARRAY(a, int, sv->nitems);
	survey_lay_out(sv, items);
	survey_check(sv, lines, &ps);
	if (text_length(sv->title.ja) > 200 || text_length(sv->title.en) > 200)
		problems_add(&ps, 0, TEXT_KEY("survey.doc.title"), sv->code);
	if (sv->nitems > SURVEY_MAX_ITEMS)
		problems_add(&ps, 0, TEXT_KEY("survey.doc.too_many_items"),
			     sv->code);
	*problems = ps.first;
	return ps.first ? NULL : sv;
}
