/*
 * everyday.c: what the people of the demo's own section do between sessions:
 * applications that wait for their head, reports after trainings, and seats
 * kept for their department. No dice: nothing else of the demo depends on it.
 */
#include "demo/programme.h"

#include "base/clock.h"
#include "store/store_debrief.h"

#include <string.h>

#define ASK_AT_MOST  4
#define KEPT_SEATS   6
#define KEPT_DAYS    14 /* before the session, then open to everybody */
#define SOON_DAYS    10 /* open days for a report */
#define PATIENT_DAYS 45 /* the same where the demo's trainee owes it */

static const char *db_time(struct demo *d, int64_t ms)
{
	return instant_to_db(&d->cx->arena, ms);
}

static size_t own_section(const struct demo *d)
{
	for (size_t i = 0; i < d->npeople; i++)
		if (d->people[i].id == d->trainee)
			return d->people[i].section;
	return 0;
}

static enum err ask(struct demo *d, struct run *run, struct demo_person *p,
		    int64_t number)
{
	const char *at = db_time(d, d->now_ms - (number + 1) * DAY_MS);
	const struct demo_booking_row row = {
		.session_id = run->session_id,
		.person_id = p->id,
		.unit_id = p->unit_id,
		.tier_id = p->tier_id,
		.queue_no = ++run->last_place,
		.way = "applied",
		.state = "applied",
		.first_state = "applied",
		.applied_at = at,
		.changed_at = at,
	};
	int64_t id;

	p->busy |= run->times;
	return store_demo_booking_add(d->cx, &row, &id);
}

/* Where the head decides, one or two of the section want to go. */
static enum err applications(struct demo *d, struct run *runs, size_t n)
{
	const size_t section = own_section(d);
	int64_t asked = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t here = 0;

		if (runs[i].is_over || strcmp(runs[i].course->approval, "head"))
			continue;
		for (size_t j = 0; j < d->npeople; j++) {
			struct demo_person *p = &d->people[j];

			if (p->section != section || p->id == d->trainee ||
			    p->id == d->sections[section].head || here == 2 ||
			    asked == ASK_AT_MOST || !demo_can_go(&runs[i], p))
				continue;
			TRY(ask(d, &runs[i], p, asked++));
			here++;
		}
	}
	return OK;
}

/* One session later on keeps seats for the department above the section. */
static enum err keep_seats(struct demo *d, const struct run *runs, size_t n)
{
	const int64_t unit = d->sections[own_section(d)].id;

	for (size_t i = 0; i < n; i++) {
		const int64_t until = runs[i].starts_ms - KEPT_DAYS * DAY_MS;

		if (!strcmp(runs[i].course->approval, "none") &&
		    until > d->now_ms + 30 * DAY_MS &&
		    runs[i].seats - runs[i].taken > KEPT_SEATS)
			return store_demo_keep_seats(d->cx, runs[i].session_id,
						     unit, KEPT_SEATS,
						     db_time(d, until));
	}
	return OK;
}

/*
 * Sessions of the last weeks where somebody of the section sat ask for a
 * report. Colleagues wrote theirs, the demo's trainee still owes one.
 */
static enum err debriefs(struct demo *d)
{
	const json_t *texts = json_object_get(d->debriefs, "debriefs");
	const size_t section = own_section(d);
	struct demo_place_row *places;
	size_t n, written = 0;

	TRY(store_demo_recent_places(
		d->cx, d->sections[section].id, d->sections[section].head,
		db_time(d, d->now_ms - POST_DAYS * DAY_MS), &places, &n));
	for (size_t i = 0; i < n; i++) {
		const bool own = places[i].person_id == d->trainee;
		const json_t *text = json_array_get(texts, written);
		struct debrief_row row = { .booking_id = places[i].booking_id,
					   .session_id = places[i].session_id,
					   .written_at = DB_NULL };

		if (!own && !text)
			continue;
		TRY(store_demo_ask_debrief(d->cx, row.session_id,
					   own ? PATIENT_DAYS : SOON_DAYS));
		if (own)
			continue;
		written++;
		TRY(store_debrief_write(
			d->cx, &row,
			json_string_value(json_object_get(text, "learned")),
			json_string_value(json_object_get(text, "plans"))));
	}
	return OK;
}

enum err demo_everyday(struct demo *d, struct run *runs, size_t n)
{
	const int64_t real = d->cx->now_ms;
	enum err e;

	TRY(applications(d, runs, n));
	d->cx->now_ms = d->now_ms - 4 * DAY_MS;
	e = debriefs(d);
	d->cx->now_ms = real;
	TRY(e);
	TRY(store_demo_counts_set(d->cx));
	return keep_seats(d, runs, n);
}
