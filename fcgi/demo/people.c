/*
 * people.c: 3,500 people with tiers, postings, accounts and roles.
 *
 * One manager (T2) heads each section; 121 of the sections have a leader
 * (T3); the heads of departments and bureaus are T1, the digital office has
 * twelve specialists (T5); everybody else is T4.
 */
#include "demo/demo.h"

#include "base/text.h"
#include "demo/random.h"
#include "store/store_demo.h"

#define LEADERS     121
#define SPECIALISTS 12
#define DIRECTORS   30
#define FIRST_DAY   "2024-04-01"

/* Mean ability of each tier in the model. */
static const double ability_of[DEMO_TIERS] = { 0.2, 0.1, 0.5, -0.2, 1.5 };

static const char *const posts[DEMO_TIERS] = { "部長", "課長", "上級主査",
					       "主任", "主査" };

static const char *pick(struct demo *d, struct dice *dice, const char *list,
			const char **kana)
{
	const json_t *names = json_object_get(d->names, list);
	const json_t *name =
		json_array_get(names, dice_below(dice, json_array_size(names)));

	*kana = json_string_value(json_array_get(name, 1));
	return json_string_value(json_array_get(name, 0));
}

/* The part of the staff a number belongs to; numbers are dealt in order. */
static size_t tier_of(const struct demo *d, size_t number)
{
	if (number < DIRECTORS)
		return DEMO_T1;
	number -= DIRECTORS;
	if (number < d->nsections)
		return DEMO_T2;
	number -= d->nsections;
	if (number < LEADERS)
		return DEMO_T3;
	number -= LEADERS;
	return number < SPECIALISTS ? DEMO_T5 : DEMO_T4;
}

/* The index of the section with this name; the first one if there is none. */
static size_t section_named(const struct demo *d, const char *name)
{
	for (size_t i = 0; i < d->nsections; i++)
		if (text_equals(d->sections[i].name, name))
			return i;
	return 0;
}

static size_t section_of(const struct demo *d, struct dice *dice, size_t number,
			 size_t tier)
{
	switch (tier) {
	case DEMO_T2:
		return number - DIRECTORS;
	case DEMO_T3:
		return number - DIRECTORS - d->nsections;
	case DEMO_T5:
		return section_named(d, "デジタル推進室");
	default:
		return dice_below(dice, d->nsections);
	}
}

static enum err add_person(struct demo *d, size_t number)
{
	struct ctx *cx = d->cx;
	struct arena *a = &cx->arena;
	struct dice dice = dice_of(d->options->seed, 1, number);
	struct demo_person *p = &d->people[number];
	struct demo_person_row row = { .valid_from = FIRST_DAY };

	p->tier = tier_of(d, number);
	p->tier_id = d->tier_ids[p->tier];
	p->section = section_of(d, &dice, number, p->tier);
	p->unit_id = d->sections[p->section].id;
	p->ability = dice_normal(&dice, ability_of[p->tier], 0.8);
	p->rigour = dice_normal(&dice, 0.0, 0.35);
	p->on_desktop = dice_chance(&dice, 0.2);

	row.staff_number = arena_printf(a, "%06zu", 1001 + number * 7);
	row.family = pick(d, &dice, "families", &row.family_kana);
	row.given = pick(d, &dice, "givens", &row.given_kana);
	row.email = arena_printf(a, "s%s@city.example", row.staff_number);
	row.terminal = p->on_desktop ? "desktop" : "portable";
	row.search_key = text_search_key(
		a, arena_printf(a, "%s%s %s%s %s", row.family, row.given,
				row.family_kana, row.given_kana,
				row.staff_number));
	row.unit_id = p->unit_id;
	row.tier_id = p->tier_id;
	row.post = posts[p->tier];
	row.is_head = p->tier == DEMO_T2;
	row.password_hash = d->password_hash;
	TRY(store_demo_person_add(cx, &row, &p->id));
	TRY(store_demo_role_add(cx, p->id, "trainee", d->today));
	if (row.is_head) {
		d->sections[p->section].head = p->id;
		TRY(store_demo_role_add(cx, p->id, "head", d->today));
	}
	return OK;
}

/* Trainers: two producers from outside and the first specialists. */
static enum err add_trainers(struct demo *d)
{
	struct ctx *cx = d->cx;
	const size_t first = DIRECTORS + d->nsections + LEADERS;

	for (size_t i = 0; i < 2; i++) {
		struct dice dice = dice_of(d->options->seed, 2, i);
		struct demo_person_row row = { .is_external = true };

		row.family = pick(d, &dice, "families", &row.family_kana);
		row.given = pick(d, &dice, "givens", &row.given_kana);
		row.email = arena_printf(&cx->arena,
					 "producer%zu@partner.example", i + 1);
		row.terminal = "portable";
		row.search_key = text_search_key(
			&cx->arena,
			arena_printf(&cx->arena, "%s%s %s%s", row.family,
				     row.given, row.family_kana,
				     row.given_kana));
		row.password_hash = d->password_hash;
		TRY(store_demo_person_add(cx, &row,
					  &d->trainers[d->ntrainers]));
		TRY(store_demo_role_add(cx, d->trainers[d->ntrainers++],
					"trainer", d->today));
	}
	for (size_t i = 2; i < 6; i++) {
		d->trainers[d->ntrainers++] = d->people[first + i].id;
		TRY(store_demo_role_add(cx, d->people[first + i].id, "trainer",
					d->today));
	}
	d->planner = d->people[first].id;
	d->admin = d->people[first + 1].id;
	TRY(store_demo_role_add(cx, d->planner, "planner", d->today));
	return store_demo_role_add(cx, d->admin, "admin", d->today);
}

enum err demo_people(struct demo *d)
{
	const size_t least = DIRECTORS + d->nsections + LEADERS + SPECIALISTS;

	d->npeople = (size_t)d->options->people;
	if (d->npeople < least + 100)
		return FAIL(d->cx, ERR_BAD_REQUEST,
			    "the demo needs at least %zu people", least + 100);
	d->people = ARENA_ARRAY(&d->cx->arena, struct demo_person, d->npeople);
	for (size_t i = 0; i < d->npeople; i++)
		TRY(add_person(d, i));
	d->trainee = d->people[least].id;
	return add_trainers(d);
}
