#include "pages/course_earlier.h"

#include "base/text.h"
#include "insight/summary.h"
#include "pages/course_words.h"
#include "view/model.h"
#include "view/texts.h"

struct earlier {
	struct ctx *cx;
	const struct request *rq;
};

/* "54%" of a share from 0 to 1. */
static const char *percent(struct earlier *c, double share)
{
	return arena_printf(&c->cx->arena, "%.0f%%", share * 100.0);
}

static json_t *add_figure(struct earlier *c, json_t *list, const char *key,
			  const char *value, size_t n)
{
	json_t *m = model_item(list);

	model_text(m, "label", request_text(c->rq, key));
	model_text(m, "value_text", value);
	model_null(m, "unit");
	model_null(m, "note");
	model_text(m, "n_text",
		   course_count_text(c->cx, c->rq, TEXT_KEY("course.n_people"),
				     (int64_t)n));
	return m;
}

/* The change with its interval, in points of a percentage. */
static void add_change(struct earlier *c, json_t *list, const struct figure *f)
{
	json_t *m = add_figure(
		c, list, "course.change",
		arena_printf(&c->cx->arena, "%+.0f", f->value * 100.0), f->n);

	model_text(m, "unit", request_text(c->rq, "course.points"));
	model_text(
		m, "note",
		text_fill(&c->cx->arena, request_text(c->rq, "course.interval"),
			  "lo",
			  arena_printf(&c->cx->arena, "%+.0f", f->lo * 100.0),
			  "hi",
			  arena_printf(&c->cx->arena, "%+.0f", f->hi * 100.0),
			  NULL));
}

enum err course_earlier_to_model(struct ctx *cx, const struct request *rq,
				 json_t *model, const struct course *course)
{
	struct earlier this_one = { cx, rq }, *c = &this_one;
	json_t *m = model_object(model, "earlier");
	json_t *list = model_list(m, "figures");
	struct course_summary v;
	const char *key = TEXT_KEY("course.earlier_few");

	TRY(insight_course_summary(c->cx, course->id, &v));
	if (v.before.status == AN_OK && v.after.status == AN_OK) {
		key = v.change.lo > 0.0 ? TEXT_KEY("course.earlier_rose")
					: TEXT_KEY("course.earlier_score");
		add_figure(c, list, "course.before_score",
			   percent(c, v.before.value), v.before.n);
		add_figure(c, list, "course.after_score",
			   percent(c, v.after.value), v.after.n);
		if (v.change.status == AN_OK)
			add_change(c, list, &v.change);
	}
	if (v.satisfaction.status == AN_OK)
		model_text(add_figure(c, list, "course.satisfaction",
				      arena_printf(&c->cx->arena, "%.1f",
						   v.satisfaction.value),
				      v.satisfaction.n),
			   "unit", request_text(c->rq, "course.of_five"));
	model_text(m, "sentence",
		   text_fill(&c->cx->arena, request_text(c->rq, key), "before",
			     percent(c, v.before.value), "after",
			     percent(c, v.after.value), NULL));
	if (request_is(c->rq, PLANNER))
		model_format(m, "href", "/courses/%s/dashboard", course->code);
	else
		model_null(m, "href");
	return OK;
}
