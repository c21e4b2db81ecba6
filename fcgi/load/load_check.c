/*
 * load_check.c: what one document cannot know about the others.
 */
#include "load/load_parts.h"

#include <string.h>

struct checker {
	struct problem_list *problems;
	struct arena *a;
	const struct content *c;
};

static bool has_tier(const struct content *c, const char *code)
{
	for (size_t i = 0; i < c->nschemes; i++)
		for (size_t j = 0; j < c->schemes[i].ntiers; j++)
			if (!strcmp(c->schemes[i].tiers[j].code, code))
				return true;
	return false;
}

static bool has_skill(const struct content *c, const char *code)
{
	for (size_t i = 0; i < c->nskills; i++)
		if (!strcmp(c->skills[i].code, code))
			return true;
	return false;
}

static bool has_theme(const struct content *c, const char *code)
{
	for (size_t i = 0; i < c->nthemes; i++)
		if (!strcmp(c->themes[i].code, code))
			return true;
	return false;
}

static const struct content_course *course_of(const struct content *c,
					      const char *code)
{
	for (size_t i = 0; i < c->ncourses; i++)
		if (!strcmp(c->courses[i].text.course.code, code))
			return &c->courses[i];
	return NULL;
}

static bool has_survey(const struct content *c, const char *code)
{
	for (size_t i = 0; i < c->nsurveys; i++)
		if (!strcmp(c->surveys[i].survey->code, code))
			return true;
	return false;
}

static void unknown(struct checker *k, const char *file, const char *where,
		    const char *code)
{
	problem_add(k->problems,
		    &(struct load_problem){
			    .file = file,
			    .where = where,
			    .value = code,
			    .text = TEXT_KEY("load.unknown_code") });
}

static void check_surveys(struct checker *k, const struct content_course *c)
{
	if (c->pre[0] && !has_survey(k->c, c->pre))
		unknown(k, c->file, "surveys", c->pre);
	if (c->post[0] && !has_survey(k->c, c->post))
		unknown(k, c->file, "surveys", c->post);
}

static void check_codes(struct checker *k, const struct content_course *c)
{
	const struct course_text *t = &c->text;

	for (size_t i = 0; i < t->ntiers; i++)
		if (!has_tier(k->c, t->tiers[i].tier_code))
			unknown(k, c->file, "tier", t->tiers[i].tier_code);
	for (size_t i = 0; i < t->nskills; i++)
		if (!has_skill(k->c, t->skills[i].skill_code))
			unknown(k, c->file, "skill", t->skills[i].skill_code);
	for (size_t i = 0; i < t->nthemes; i++)
		if (!has_theme(k->c, t->themes[i]))
			unknown(k, c->file, "theme", t->themes[i]);
	for (size_t i = 0; i < t->nbefore; i++)
		if (!course_of(k->c, t->before[i]))
			unknown(k, c->file, "prerequisites", t->before[i]);
}

/* The course comes back to itself by its prerequisites within depth steps. */
static bool needs_itself(const struct content *c, const char *start,
			 const struct course_text *at, size_t depth)
{
	for (size_t i = 0; i < at->nbefore; i++) {
		const struct content_course *next = course_of(c, at->before[i]);

		if (!next)
			continue;
		if (!strcmp(at->before[i], start))
			return true;
		if (depth > 0 && needs_itself(c, start, &next->text, depth - 1))
			return true;
	}
	return false;
}

static void check_path(struct checker *k, const struct content_course *c)
{
	/* A path longer than this is a ring elsewhere and found there. */
	if (needs_itself(k->c, c->text.course.code, &c->text, 8))
		problem_add(k->problems,
			    &(struct load_problem){
				    .file = c->file,
				    .where = "prerequisites",
				    .value = c->text.course.code,
				    .text = TEXT_KEY("load.ring") });
}

static void check_scheme(struct checker *k, const struct content_scheme *s)
{
	for (size_t i = 0; i < s->ncells; i++) {
		if (!has_tier(k->c, s->cells[i].tier_code))
			unknown(k, s->scheme.code, "expected",
				s->cells[i].tier_code);
		if (!has_skill(k->c, s->cells[i].skill_code))
			unknown(k, s->scheme.code, "expected",
				s->cells[i].skill_code);
	}
}

void check_content(struct problem_list *ps, struct arena *a,
		   const struct content *c)
{
	struct checker k = { .problems = ps, .a = a, .c = c };

	for (size_t i = 0; i < c->nschemes; i++)
		check_scheme(&k, &c->schemes[i]);
	for (size_t i = 0; i < c->ncourses; i++) {
		check_codes(&k, &c->courses[i]);
		check_surveys(&k, &c->courses[i]);
		check_path(&k, &c->courses[i]);
	}
}
