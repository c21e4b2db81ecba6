/*
 * organisation.c: 150 units: 8 bureaus, 18 departments, 124 sections.
 */
#include "demo/demo.h"

#include "store/store_demo.h"

/* Offices are as old as the demo's plan. */
#define FIRST_DAY "2021-04-01"

struct place {
	int64_t parent;
	int bureau, department, section; /* numbers that make the code */
};

/* Codes as cities write them: two digits a level, text with zeros. */
static enum err add_unit(struct demo *d, const char *kind, const char *ja,
			 const char *en, const struct place *p, int64_t *id)
{
	const struct demo_unit_row row = {
		.code = arena_printf(&d->cx->arena, "%02d%02d%02d", p->bureau,
				     p->department, p->section),
		.kind = kind,
		.name = ja,
		.name_en = en,
		.parent_id = p->parent,
		.sort = p->bureau * 10000 + p->department * 100 + p->section,
		.valid_from = FIRST_DAY,
	};

	return store_demo_unit_add(d->cx, &row, id);
}

static enum err add_sections(struct demo *d, const json_t *sections,
			     struct place p)
{
	for (size_t i = 0; i < json_array_size(sections); i++) {
		const json_t *pair = json_array_get(sections, i);
		struct demo_section *s = &d->sections[d->nsections++];

		p.section = (int)i + 1;
		s->name = json_string_value(json_array_get(pair, 0));
		TRY(add_unit(d, "section", s->name,
			     json_string_value(json_array_get(pair, 1)), &p,
			     &s->id));
	}
	return OK;
}

static const char *word(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

enum err demo_organisation(struct demo *d)
{
	const json_t *bureaus = json_object_get(d->units, "bureaus");

	d->sections = ARENA_ARRAY(&d->cx->arena, struct demo_section, 1000);
	for (size_t b = 0; b < json_array_size(bureaus); b++) {
		const json_t *bureau = json_array_get(bureaus, b);
		const json_t *departments =
			json_object_get(bureau, "departments");
		struct place p = { DB_NULL, (int)b + 1, 0, 0 };
		int64_t bureau_id;

		TRY(add_unit(d, "bureau", word(bureau, "ja"),
			     word(bureau, "en"), &p, &bureau_id));
		for (size_t i = 0; i < json_array_size(departments); i++) {
			const json_t *department =
				json_array_get(departments, i);

			p.parent = bureau_id;
			p.department = (int)i + 1;
			TRY(add_unit(d, "department", word(department, "ja"),
				     word(department, "en"), &p, &p.parent));
			TRY(add_sections(
				d, json_object_get(department, "sections"), p));
		}
	}
	return OK;
}
