/*
 * participants.c: who applied for a session, who came, what they answered.
 */
#include "base/clock.h"
#include "demo/programme.h"
#include "demo/random.h"
#include "store/store_submission.h"
#include "survey/pairing.h"

#include <math.h>
#include <string.h>

#define QUIET_UNIT 7 /* the section of this index hardly answers */

struct seat {
	struct demo_person *person;
	int64_t booking_id;
	bool is_booked, was_there;
};

static const char *db_time(struct demo *d, int64_t ms)
{
	return instant_to_db(&d->cx->arena, ms);
}

static bool is_for(const struct demo_course_row *c, size_t tier)
{
	const char code[] = { 'T', (char)('1' + tier), '\0' };

	return (c->required && strstr(c->required, code)) ||
	       (c->welcome && strstr(c->welcome, code));
}

static enum err book(struct demo *d, struct run *run, struct seat *s,
		     size_t place)
{
	const int64_t applied =
		run->starts_ms - 45 * DAY_MS + (int64_t)place * 7 * MINUTE_MS;
	struct demo_booking_row row = { 0 };
	const bool is_asking = !strcmp(run->course->approval, "head") &&
			       !run->is_over && place % 5 == 4;

	row.session_id = run->session_id;
	row.person_id = s->person->id;
	row.unit_id = s->person->unit_id;
	row.tier_id = s->person->tier_id;
	row.queue_no = run->last_place = (int64_t)place + 1;
	/* Before a session the line moves up into seats that are given back. */
	s->is_booked =
		(run->is_over ? (int64_t)place : run->taken) < run->seats &&
		!is_asking;
	row.way = place % 9 == 3 ? "nominated" : "applied";
	row.state = is_asking ? "applied" : s->is_booked ? "booked" : "waiting";
	row.first_state = row.state;
	if (s->is_booked && dice_chance(&run->dice, 0.05) &&
	    s->person->id != d->trainee) {
		s->is_booked = false;
		row.state = "cancelled";
	}
	run->taken += s->is_booked;
	row.applied_at =
		db_time(d, applied < d->now_ms
				   ? applied
				   : d->now_ms - 9 * DAY_MS +
					     (int64_t)place * MINUTE_MS);
	row.changed_at = row.applied_at;
	return store_demo_booking_add(d->cx, &row, &s->booking_id);
}

/* The post-survey of a session that is over still takes answers. */
static bool is_post_open(const struct demo *d, const struct run *run)
{
	return run->is_over && run->ends_ms + POST_DAYS * DAY_MS > d->now_ms;
}

/*
 * The demo's trainee: two sessions behind and answered, one whose
 * post-survey is due, some to come.
 */
static bool takes_trainee(struct demo *d, const struct run *run)
{
	if (is_post_open(d, run))
		return d->trainee_due++ < 1;
	return run->is_over ? d->trainee_past++ < 2 : d->trainee_coming++ < 3;
}

bool demo_can_go(const struct run *run, const struct demo_person *p)
{
	return !(p->busy & run->times) && is_for(run->course, p->tier);
}

/* People of the right tiers, nobody twice, nobody in two rooms at once. */
static size_t draw_people(struct demo *d, struct run *run, struct seat *seats)
{
	const size_t want = (size_t)((double)run->seats *
				     (0.7 + 0.5 * dice_unit(&run->dice)));
	size_t n = 0;

	for (size_t tries = 0; n < want && tries < 400 * want; tries++) {
		struct demo_person *p =
			&d->people[dice_below(&run->dice, d->npeople)];

		/* Managers and leaders come more often than the others. */
		if ((p->tier == DEMO_T4 && dice_chance(&run->dice, 0.55)) ||
		    p->id == d->trainee || !demo_can_go(run, p))
			continue;
		p->busy |= run->times;
		seats[n++].person = p;
	}
	for (size_t i = 0; i < d->npeople && n; i++)
		if (d->people[i].id == d->trainee &&
		    demo_can_go(run, &d->people[i]) && takes_trainee(d, run)) {
			seats[n / 2].person->busy &= ~run->times;
			seats[n / 2].person = &d->people[i];
			d->people[i].busy |= run->times;
		}
	return n;
}

static enum err attend(struct demo *d, struct run *run, struct seat *s)
{
	if (!run->is_over || !s->is_booked)
		return OK;
	s->was_there =
		dice_chance(&run->dice, 0.92) || s->person->id == d->trainee;
	for (size_t i = 0; i < run->nmeetings; i++) {
		int64_t minutes = s->was_there ? run->minutes[i] : 0;

		if (s->was_there && dice_chance(&run->dice, 0.03))
			minutes /= 2;
		TRY(store_demo_attendance_add(d->cx, s->booking_id,
					      run->meetings[i], minutes,
					      db_time(d, run->starts_ms)));
	}
	return OK;
}

/* Comments for the text items; as->open has room for all of them. */
static void add_comments(struct demo *d, const struct survey *sv,
			 const struct demo_respondent *r, struct dice *dice,
			 struct answers *as)
{
	as->open = ARENA_ARRAY(&d->cx->arena, struct open_answer, sv->nitems);
	for (size_t i = 0; i < sv->nitems; i++) {
		const char *text = demo_comment(d, &sv->items[i], r, dice);

		if (text && sv->items[i].open_no)
			as->open[as->nopen++] = (struct open_answer){
				.item_no = sv->items[i].open_no,
				.number = NAN,
				.text = text,
			};
	}
}

static enum err submit(struct demo *d, struct run *run, const struct seat *s,
		       const struct demo_respondent *r)
{
	struct arena *a = &d->cx->arena;
	const struct survey *sv = r->is_after ? run->post : run->pre;
	struct answers as = survey_blank(a, sv);
	struct submission_new row = { .mode = MODE_PAIRED,
				      .entered_by = DB_NULL,
				      .at_any_time = true };
	const int64_t span =
		(int64_t)(dice_unit(&run->dice) * 5.0 * (double)DAY_MS);
	bool is_new;

	demo_answer(sv, r, &run->dice, &as);
	add_comments(d, sv, r, &run->dice, &as);
	row.collection_id = r->is_after ? run->post_id : run->pre_id;
	row.person_id = s->person->id;
	row.booking_id = s->booking_id;
	row.tier_id = s->person->tier_id;
	row.unit_id = s->person->unit_id;
	row.form_key = form_key_new(a);
	row.answers = &as;
	row.at_ms = r->is_after ? run->ends_ms + span
				: run->starts_ms - HOUR_MS - span;
	if (row.at_ms > d->now_ms)
		row.at_ms = d->now_ms - span / 5;
	return store_submission_add(d->cx, &row, &is_new);
}

/* Before 85 %, after 80 % of those who came; some answer only once. */
static enum err answer(struct demo *d, struct run *run, const struct seat *s)
{
	const bool is_quiet = s->person->section == QUIET_UNIT;
	const bool is_trainee = s->person->id == d->trainee;
	struct demo_respondent r = { .person = s->person,
				     .course = &run->model };

	if (!s->is_booked)
		return OK;
	r.growth = dice_normal(&run->dice, run->model.gain, 0.3);
	r.mood = dice_normal(&run->dice, 0.0, 0.5);
	if (is_trainee ? run->is_over
		       : dice_chance(&run->dice, !run->is_over ? 0.4
						 : is_quiet    ? 0.2
							       : 0.85))
		TRY(submit(d, run, s, &r));
	r.is_after = true;
	if (is_trainee ? run->is_over && !is_post_open(d, run)
		       : s->was_there &&
				 dice_chance(&run->dice, is_quiet ? 0.15 : 0.8))
		TRY(submit(d, run, s, &r));
	return OK;
}

enum err demo_participants(struct demo *d, struct run *run)
{
	struct seat *seats = ARENA_ARRAY(&d->cx->arena, struct seat,
					 2 * (size_t)run->seats + 2);
	const size_t n = draw_people(d, run, seats);

	for (size_t i = 0; i < n; i++) {
		TRY(book(d, run, &seats[i], i));
		TRY(attend(d, run, &seats[i]));
		TRY(answer(d, run, &seats[i]));
	}
	return OK;
}
