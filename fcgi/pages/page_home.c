/*
 * page_home.c: what a person has to do, and what could come next.
 *
 * GET /   due surveys and sessions by date, three courses with the reason,
 *         the record, short-cuts of the other roles
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/course_words.h"
#include "pages/notices.h"
#include "pages/pages.h"
#include "pages/survey_page.h"
#include "store/store_booking.h"
#include "store/store_collection.h"
#include "store/store_debrief.h"
#include "store/store_session.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <stdlib.h>

#define ADVICE 3

struct home {
	struct ctx *cx;
	const struct request *rq;
	json_t *model;
	size_t due; /* surveys to answer, reports, sessions of today */
};

/* A line of the dated list. */
struct item {
	int64_t at; /* sorts; INT64_MAX: no date */
	const struct collection_due *survey;
	const struct session_row *session;
	const struct debrief_row *debrief;
};

static int by_date(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* When a survey must be done: its end, or what it belongs to. */
static int64_t survey_end(const struct collection_due *d)
{
	int64_t at;

	if (d->closes_at && instant_from_db(d->closes_at, &at))
		return at;
	if (text_equals(d->moment, "pre") && d->session_starts_at &&
	    instant_from_db(d->session_starts_at, &at))
		return at;
	return INT64_MAX;
}

static void add_day(struct home *h, json_t *m, int64_t at)
{
	char iso[INSTANT_TEXT];

	if (at == INT64_MAX) {
		model_null(m, "at");
		model_text(m, "day_text", request_text(h->rq, "home.no_date"));
		model_null(m, "time_text");
		return;
	}
	model_text(m, "at", instant_to_iso(at, iso));
	model_text(m, "day_text",
		   date_to_text(&h->cx->arena, date_in_japan(at), h->rq->lang,
				DATE_SHORT));
	model_text(m, "time_text", time_to_text(&h->cx->arena, at));
}

static void add_survey(struct home *h, json_t *m, const struct item *it)
{
	const struct collection_due *d = it->survey;
	const char *action =
		d->has_draft ? TEXT_KEY("home.go_on") : TEXT_KEY("home.answer");

	model_text(m, "kind", "survey");
	model_bool(m, "is_survey", true);
	model_text(m, "kind_text", request_text(h->rq, "home.survey"));
	model_bool(m, "has_end", it->at != INT64_MAX);
	model_text(m, "title", by_language(h->rq, d->title, d->title_en));
	model_null(m, "place_text");
	model_null(m, "state_text");
	model_null(m, "state_tag");
	model_format(m, "href", "/surveys/%" PRId64, d->collection_id);
	model_text(m, "action", request_text(h->rq, action));
	h->due++;
}

static void add_session(struct home *h, json_t *m, const struct item *it)
{
	const struct session_row *s = it->session;
	const bool waits = text_equals(s->my_state, "waiting");
	const bool asks = text_equals(s->my_state, "applied");
	const char *state = waits  ? TEXT_KEY("course.my_waiting")
			    : asks ? TEXT_KEY("course.my_applied")
				   : TEXT_KEY("course.my_booked");

	model_text(m, "kind", "session");
	model_null(m, "kind_text");
	model_bool(m, "is_survey", false);
	model_bool(m, "has_end", false);
	model_text(m, "title", by_language(h->rq, s->title, s->title_en));
	model_text(m, "place_text",
		   s->room_name
			   ? by_language(h->rq, s->room_name, s->room_name_en)
			   : request_text(h->rq, "course.elsewhere"));
	model_text(m, "state_text", request_text(h->rq, state));
	model_text(m, "state_tag", waits || asks ? "warn" : "ok");
	model_format(m, "href", "/sessions/%" PRId64, s->id);
	model_text(m, "action", request_text(h->rq, "home.see"));
	if (date_compare(date_in_japan(s->starts_at),
			 date_in_japan(h->cx->now_ms)) == 0)
		h->due++;
}

static void add_debrief(struct home *h, json_t *m, const struct item *it)
{
	const struct debrief_row *d = it->debrief;

	model_text(m, "kind", "debrief");
	model_bool(m, "is_survey", true);
	model_bool(m, "has_end", true);
	model_text(m, "title", by_language(h->rq, d->title, d->title_en));
	model_null(m, "place_text");
	model_text(m, "kind_text", request_text(h->rq, "home.debrief"));
	model_text(m, "state_text",
		   it->at < h->cx->now_ms
			   ? request_text(h->rq, "debrief.is_late")
			   : NULL);
	model_text(m, "state_tag", "stop");
	model_format(m, "href", "/sessions/%" PRId64 "/debrief", d->session_id);
	model_text(m, "action", request_text(h->rq, "home.debrief_write"));
	h->due++;
}

/* Until the day ends on which it is due. */
static int64_t debrief_end(const struct debrief_row *d)
{
	const struct date due = debrief_due_on(d->ends_at, d->debrief_days);

	return instant_from_japan(due.year, due.month, due.day, 23, 59);
}

static enum err add_due(struct home *h)
{
	const struct collection_person me = collection_me(h->rq);
	json_t *list = model_list(h->model, "due");
	const struct collection_due *surveys;
	const struct session_row *sessions;
	const struct debrief_row *debriefs;
	size_t nsurveys, nsessions, ndebriefs, n = 0;
	struct item *items;

	TRY(store_collections_due(h->cx, &me, &surveys, &nsurveys));
	TRY(store_session_mine(h->cx, me.id, &sessions, &nsessions));
	TRY(store_debriefs_owed(h->cx, me.id, &debriefs, &ndebriefs));
	items = ARENA_ARRAY(&h->cx->arena, struct item,
			    nsurveys + nsessions + ndebriefs);
	for (size_t i = 0; i < nsurveys; i++)
		items[n++] = (struct item){ .at = survey_end(&surveys[i]),
					    .survey = &surveys[i] };
	for (size_t i = 0; i < nsessions; i++)
		items[n++] = (struct item){ .at = sessions[i].starts_at,
					    .session = &sessions[i] };
	for (size_t i = 0; i < ndebriefs; i++)
		items[n++] = (struct item){ .at = debrief_end(&debriefs[i]),
					    .debrief = &debriefs[i] };
	qsort(items, n, sizeof(*items), by_date);
	for (size_t i = 0; i < n; i++) {
		json_t *m = model_item(list);

		add_day(h, m, items[i].at);
		if (items[i].survey)
			add_survey(h, m, &items[i]);
		else if (items[i].debrief)
			add_debrief(h, m, &items[i]);
		else
			add_session(h, m, &items[i]);
	}
	model_bool(h->model, "nothing_due", n == 0);
	return OK;
}

/* Why this course: the tier, the skill that is missing, the course before. */
static void add_reasons(struct home *h, json_t *m,
			const struct course_advice *a)
{
	struct arena *arena = &h->cx->arena;
	const char *tier = h->rq->user->tier_name;
	const char *key = text_equals(a->demand, "required")
				  ? TEXT_KEY("home.why_required")
				  : TEXT_KEY("home.why_recommended");

	model_text(m, "why_tier",
		   text_fill(arena, request_text(h->rq, key), "tier",
			     tier ? tier : "", NULL));
	model_text(m, "why_skill",
		   a->skill_name
			   ? text_fill(arena,
				       request_text(h->rq, "home.why_skill"),
				       "skill",
				       by_language(h->rq, a->skill_name,
						   a->skill_name_en),
				       NULL)
			   : NULL);
	model_text(m, "why_after",
		   a->after_title
			   ? text_fill(arena,
				       request_text(h->rq, "home.why_after"),
				       "course",
				       by_language(h->rq, a->after_title,
						   a->after_title_en),
				       NULL)
			   : NULL);
}

static enum err add_advice(struct home *h)
{
	json_t *list = model_list(h->model, "advice");
	const struct course_advice *rows;
	size_t n;

	if (h->rq->user->tier_id == DB_NULL)
		return OK;
	TRY(store_course_advice(h->cx, h->rq->user->person_id,
				h->rq->user->tier_id, ADVICE, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct course_advice *a = &rows[i];
		json_t *m = model_item(list);

		model_text(m, "code", a->code);
		model_format(m, "href", "/courses/%s", a->code);
		model_text(m, "title",
			   by_language(h->rq, a->title, a->title_en));
		model_text(m, "demand", a->demand);
		model_text(m, "demand_text",
			   course_demand_text(h->rq, a->demand));
		model_text(m, "demand_tag", course_demand_tag(a->demand));
		model_text(m, "minutes_text",
			   course_minutes_text(h->cx, h->rq, a->minutes));
		model_text(m, "form_text", course_form_text(h->rq, a->form));
		add_reasons(h, m, a);
		course_next_to_model(h->cx, h->rq, m, a->next_starts_at,
				     a->next_left);
	}
	return OK;
}

static enum err add_record(struct home *h)
{
	json_t *m = model_object(h->model, "record");
	struct course_record r;

	TRY(store_course_record(h->cx, h->rq->user->person_id, &r));
	model_int(m, "courses", r.courses);
	model_int(m, "minutes", r.minutes);
	model_int(m, "surveys", r.surveys);
	model_text(m, "courses_text",
		   course_count_text(h->cx, h->rq, TEXT_KEY("home.n"),
				     r.courses));
	model_text(m, "time_text",
		   course_minutes_text(h->cx, h->rq, r.minutes));
	model_text(m, "surveys_text",
		   course_count_text(h->cx, h->rq, TEXT_KEY("home.n"),
				     r.surveys));
	model_bool(m, "is_empty", r.courses == 0 && r.surveys == 0);
	return OK;
}

static void add_shortcut(struct home *h, const char *href, const char *title,
			 const char *text)
{
	json_t *m = model_item(model_list(h->model, "shortcuts"));

	model_text(m, "href", href);
	model_text(m, "title", title);
	model_text(m, "text", text);
}

static enum err add_head(struct home *h)
{
	const struct application_row *rows;
	size_t n;

	TRY(store_application_list(h->cx, h->rq->user->person_id,
				   APPLICATIONS_OPEN, &rows, &n));
	add_shortcut(h, "/applications",
		     request_text(h->rq, "home.applications"),
		     n ? course_count_text(h->cx, h->rq,
					   TEXT_KEY("home.applications_n"),
					   (int64_t)n)
		       : request_text(h->rq, "home.applications_none"));
	return OK;
}

static enum err add_trainer(struct home *h)
{
	const struct session_filter filter = {
		.viewer = { SESSION_TAUGHT, h->rq->user->person_id },
		.from_ms = h->cx->now_ms - DAY_MS,
		.to_ms = DB_NULL,
	};
	const struct session_row *rows;
	size_t n;

	TRY(store_session_list(h->cx, &filter, &rows, &n));
	if (n == 0) {
		add_shortcut(h, "/teach", request_text(h->rq, "home.teach"),
			     request_text(h->rq, "home.teach_none"));
		return OK;
	}
	add_shortcut(
		h, "/teach", request_text(h->rq, "home.teach"),
		text_fill(&h->cx->arena, request_text(h->rq, "home.teach_next"),
			  "day",
			  date_to_text(&h->cx->arena,
				       date_in_japan(rows[0].starts_at),
				       h->rq->lang, DATE_SHORT),
			  "course",
			  by_language(h->rq, rows[0].title, rows[0].title_en),
			  NULL));
	return OK;
}

static enum err add_shortcuts(struct home *h)
{
	model_list(h->model, "shortcuts");
	if (request_is(h->rq, HEAD))
		TRY(add_head(h));
	if (request_is(h->rq, TRAINER))
		TRY(add_trainer(h));
	if (request_is(h->rq, PLANNER))
		add_shortcut(h, "/overview",
			     request_text(h->rq, "home.planner"),
			     request_text(h->rq, "home.planner_text"));
	if (request_is(h->rq, ADMIN))
		add_shortcut(h, "/admin/health",
			     request_text(h->rq, "home.admin"),
			     request_text(h->rq, "home.admin_text"));
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct home h = { .cx = cx, .rq = rq, .model = rp->model };

	model_text(rp->model, "title", request_text(rq, "home.title"));
	model_text(rp->model, "today_text",
		   date_to_text(&cx->arena, date_in_japan(cx->now_ms), rq->lang,
				DATE_LONG));
	TRY(add_due(&h));
	model_text(rp->model, "heading",
		   h.due ? course_count_text(cx, rq, TEXT_KEY("home.due_n"),
					     (int64_t)h.due)
			 : request_text(rq, "home.due_none"));
	TRY(notices_to_model(cx, rq, rp->model, 5));
	TRY(add_advice(&h));
	TRY(add_record(&h));
	return add_shortcuts(&h);
}

const struct route home_routes[] = {
	{ GET, "/", WHO_SIGNED_IN, show, "home" },
	{ .page = NULL },
};
