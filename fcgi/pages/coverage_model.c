#include "pages/coverage_model.h"

#include "base/text.h"
#include "store/store_course.h"
#include "store/store_tier.h"
#include "view/model.h"

#include <inttypes.h>

struct coverage {
	const struct course_coverage *rows;
	size_t n;
};

/* tier_code "": whomever they are for. */
static struct course_coverage find(const struct coverage *c, const char *theme,
				   const char *tier)
{
	for (size_t i = 0; i < c->n; i++)
		if (text_equals(c->rows[i].theme_code, theme) &&
		    text_equals(c->rows[i].tier_code, tier))
			return c->rows[i];
	return (struct course_coverage){ 0 };
}

static void add_cell(const struct words *w, json_t *m,
		     const struct course_coverage *c)
{
	model_int(m, "courses", c->courses);
	model_int(m, "sessions", c->sessions);
	model_text(m, "sessions_text",
		   text_with_n(w, "overview.runs", c->sessions));
	model_bool(m, "is_none", c->courses == 0);
}

enum err coverage_to_model(const struct words *w, json_t *m, int64_t year)
{
	json_t *o = model_object(m, "coverage");
	json_t *heads = model_list(o, "tiers"), *list = model_list(o, "themes");
	const struct theme *themes;
	const struct tier *tiers;
	size_t nthemes, ntiers;
	struct coverage c;

	TRY(store_themes(w->cx, &themes, &nthemes));
	TRY(store_tiers(w->cx, (int)year, &tiers, &ntiers));
	TRY(store_course_coverage(w->cx, year, &c.rows, &c.n));
	for (size_t t = 0; t < ntiers; t++)
		model_item_text(heads,
				either(w, tiers[t].name, tiers[t].name_en));
	for (size_t i = 0; i < nthemes; i++) {
		const struct course_coverage all = find(&c, themes[i].code, "");
		json_t *row = model_item(list), *cells;

		model_text(row, "name",
			   either(w, themes[i].name, themes[i].name_en));
		model_format(row, "href", "/catalogue?theme=%s",
			     themes[i].code);
		add_cell(w, row, &all);
		cells = model_list(row, "cells");
		for (size_t t = 0; t < ntiers; t++) {
			const struct course_coverage one =
				find(&c, themes[i].code, tiers[t].code);

			add_cell(w, model_item(cells), &one);
		}
	}
	return OK;
}
