#include "pages/session_model.h"

#include "base/clock.h"
#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

struct word {
	const char *word, *key, *tag;
};

/* A state as a word of the database, its text and the class of its tag. */
static const struct word booking_words[] = {
	{ "applied", TEXT_KEY("session.booking_applied"), "warn" },
	{ "waiting", TEXT_KEY("session.booking_waiting"), "warn" },
	{ "booked", TEXT_KEY("session.booking_booked"), "ok" },
	{ "declined", TEXT_KEY("session.booking_declined"), "stop" },
	{ "cancelled", TEXT_KEY("session.booking_cancelled"), "quiet" },
	{ NULL, NULL, NULL },
};

static const struct word session_words[] = {
	{ "draft", TEXT_KEY("session.state_draft"), "quiet" },
	{ "open", TEXT_KEY("session.state_open"), "ok" },
	{ "held", TEXT_KEY("session.state_held"), "quiet" },
	{ "cancelled", TEXT_KEY("session.state_cancelled"), "stop" },
	{ NULL, NULL, NULL },
};

static const struct word way_words[] = {
	{ "applied", TEXT_KEY("session.way_applied"), "" },
	{ "nominated", TEXT_KEY("session.way_nominated"), "" },
	{ "recommended", TEXT_KEY("session.way_recommended"), "" },
	{ NULL, NULL, NULL },
};

static const char *const refusals[] = {
	[BOOKING_FINE] = "",
	[BOOKING_NOT_OPEN] = TEXT_KEY("session.no_not_open"),
	[BOOKING_TOO_EARLY] = TEXT_KEY("session.no_too_early"),
	[BOOKING_TOO_LATE] = TEXT_KEY("session.no_too_late"),
	[BOOKING_CANCEL_LATE] = TEXT_KEY("session.no_cancel_late"),
	[BOOKING_ALREADY] = TEXT_KEY("session.no_already"),
	[BOOKING_OVERLAPS] = TEXT_KEY("session.no_overlaps"),
	[BOOKING_SAME_YEAR] = TEXT_KEY("session.no_same_year"),
	[BOOKING_UNIT_FULL] = TEXT_KEY("session.no_unit_full"),
	[BOOKING_WAS_DECLINED] = TEXT_KEY("session.no_was_declined"),
	[BOOKING_NOTHING] = TEXT_KEY("session.no_nothing"),
	[BOOKING_NO_SEAT] = TEXT_KEY("session.no_no_seat"),
};

static const struct word *word_of(const struct word *words, const char *word)
{
	while (words->word && strcmp(words->word, word) != 0)
		words++;
	return words->word ? words : NULL;
}

static const char *text_of_word(const struct request *rq,
				const struct word *words, const char *word)
{
	const struct word *w = word ? word_of(words, word) : NULL;

	return w ? request_text(rq, w->key) : NULL;
}

const char *refusal_text(const struct request *rq, enum booking_refusal refusal)
{
	return refusal == BOOKING_FINE ? ""
				       : request_text(rq, refusals[refusal]);
}

const char *booking_text(const struct request *rq, const char *state)
{
	return text_of_word(rq, booking_words, state);
}

const char *booking_tag(const char *state)
{
	const struct word *w = state ? word_of(booking_words, state) : NULL;

	return w ? w->tag : "quiet";
}

const char *way_text(const struct request *rq, const char *way)
{
	return text_of_word(rq, way_words, way);
}

struct session_viewer session_viewer_of(const struct request *rq)
{
	return (struct session_viewer){
		.scope = request_is(rq, PLANNER) ? SESSION_ALL
						 : SESSION_PUBLISHED,
		.person_id = rq->user->person_id,
	};
}

enum err session_of_staff(struct ctx *cx, const struct request *rq,
			  struct session_facts *out)
{
	struct session_viewer viewer = session_viewer_of(rq);
	int64_t id;

	if (viewer.scope != SESSION_ALL)
		viewer.scope = SESSION_TAUGHT;
	TRY(request_id(cx, rq, "id", &id));
	return store_session_find(cx, id, &viewer, out);
}

enum err session_as_it_is(struct ctx *cx, const struct request *rq,
			  struct reply *rp, enum session_state wanted,
			  const char *done)
{
	struct session_facts facts;

	ctx_forgive(cx);
	TRY(session_of_staff(cx, rq, &facts));
	if (session_state_from(facts.row.state) != wanted)
		done = TEXT_KEY("session.changed_by_now");
	return reply_done(cx, rp, done, "/sessions/%" PRId64, facts.row.id);
}

const char *day_text(struct ctx *cx, const struct request *rq, int64_t ms)
{
	return date_to_text(&cx->arena, date_in_japan(ms), rq->lang, DATE_LONG);
}

const char *hours_text(struct ctx *cx, const struct request *rq, int64_t from,
		       int64_t to)
{
	return text_fill(&cx->arena, request_text(rq, "session.hours"), "from",
			 time_to_text(&cx->arena, from), "to",
			 time_to_text(&cx->arena, to), NULL);
}

const char *span_text(struct ctx *cx, const struct request *rq, int64_t from,
		      int64_t to)
{
	if (!date_compare(date_in_japan(from), date_in_japan(to)))
		return hours_text(cx, rq, from, to);
	return text_fill(&cx->arena, request_text(rq, "session.hours"), "from",
			 time_to_text(&cx->arena, from), "to",
			 moment_text(cx, rq, to), NULL);
}

const char *moment_text(struct ctx *cx, const struct request *rq, int64_t ms)
{
	return instant_to_text(&cx->arena, ms, rq->lang, DATE_LONG);
}

const char *count_text(struct ctx *cx, const struct request *rq,
		       const char *key, int64_t n)
{
	return text_count(&cx->arena, rq->texts, rq->lang, key, n);
}

static void iso(json_t *m, const char *key, int64_t ms)
{
	char text[INSTANT_TEXT];

	model_text(m, key, instant_to_iso(ms, text));
}

static const char *place_of(struct ctx *cx, const char *place, const char *name)
{
	if (!name)
		return NULL;
	return place && *place ? arena_printf(&cx->arena, "%s %s", place, name)
			       : name;
}

int64_t session_seats_left(const struct session_row *row)
{
	const int64_t left = row->seats - row->booked - row->held;

	return left > 0 ? left : 0;
}

/* Seats as people ask for them: how many are left, or how long the line is. */
static void seats_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_row *row)
{
	const int64_t left = session_seats_left(row);

	model_int(m, "seats", row->seats);
	model_int(m, "booked", row->booked);
	model_int(m, "left", left);
	model_bool(m, "is_full", left <= 0);
	model_int(m, "waiting", row->waiting);
	model_int(m, "applied", row->applied);
	if (left > 0)
		model_text(m, "seats_text",
			   count_text(cx, rq, TEXT_KEY("session.seats_left"),
				      left));
	else
		model_text(m, "seats_text",
			   request_text(rq, "session.seats_full"));
	if (row->waiting > 0)
		model_text(m, "waiting_text",
			   count_text(cx, rq, TEXT_KEY("session.seats_waiting"),
				      row->waiting));
	else
		model_null(m, "waiting_text");
}

static void own_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			 const struct session_row *row)
{
	const enum booking_state state = booking_state_from(row->my_state);
	json_t *my;

	if (state == BOOKING_NONE) {
		model_null(m, "my");
		return;
	}
	my = model_object(m, "my");
	model_text(my, "state", row->my_state);
	model_text(my, "text", booking_text(rq, row->my_state));
	model_text(my, "tag", booking_tag(row->my_state));
	model_bool(my, "is_live",
		   state != BOOKING_DECLINED && state != BOOKING_CANCELLED);
	if (row->my_place != DB_NULL)
		model_text(my, "place_text",
			   count_text(cx, rq, TEXT_KEY("session.place_in_line"),
				      row->my_place));
	else
		model_null(my, "place_text");
}

static void state_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_row *row)
{
	const struct word *w = word_of(session_words, row->state);
	const enum session_state state = session_state_from(row->state);

	model_text(m, "state", row->state);
	model_text(m, "state_text", w ? request_text(rq, w->key) : row->state);
	model_text(m, "state_tag", w ? w->tag : "quiet");
	model_bool(m, "is_draft", state == SESSION_DRAFT);
	model_bool(m, "is_open", state == SESSION_OPEN);
	model_bool(m, "is_held", state == SESSION_HELD);
	model_bool(m, "is_cancelled", state == SESSION_CANCELLED);
	model_bool(m, "is_over", cx->now_ms >= row->ends_at);
}

void session_to_model(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct session_row *row)
{
	const char *place = by_language(rq, row->place, row->place_en),
		   *room = by_language(rq, row->room_name, row->room_name_en);

	model_int(m, "id", row->id);
	model_int(m, "session_id", row->id);
	model_format(m, "href", "/sessions/%" PRId64, row->id);
	model_text(m, "title", by_language(rq, row->title, row->title_en));
	model_text(m, "course_code", row->course_code);
	model_format(m, "course_href", "/courses/%s", row->course_code);
	model_int(m, "run_no", row->run_no);
	model_text(m, "run_text",
		   count_text(cx, rq, TEXT_KEY("session.run"), row->run_no));
	model_text(m, "form", row->form);
	iso(m, "starts_at", row->starts_at);
	iso(m, "ends_at", row->ends_at);
	model_text(m, "day_text", day_text(cx, rq, row->starts_at));
	model_text(m, "hours_text",
		   row->meetings > 1
			   ? time_to_text(&cx->arena, row->starts_at)
			   : hours_text(cx, rq, row->starts_at, row->ends_at));
	model_int(m, "meetings", row->meetings);
	model_text(m, "more_meetings_text",
		   row->meetings > 1
			   ? count_text(cx, rq, TEXT_KEY("session.meetings_n"),
					row->meetings)
			   : NULL);
	model_text(m, "place_text", place_of(cx, place, room));
	seats_to_model(cx, rq, m, row);
	state_to_model(cx, rq, m, row);
	own_to_model(cx, rq, m, row);
	model_bool(m, "teaches", row->teaches);
}

static void crumb(json_t *m, const char *label, const char *href)
{
	json_t *item = model_item(model_list(m, "breadcrumb"));

	model_text(item, "label", label);
	model_text(item, "href", href);
}

static const char *member(const json_t *m, const char *key)
{
	return json_string_value(json_object_get(m, key));
}

void crumbs_of_course(const struct request *rq, json_t *m)
{
	crumb(m, request_text(rq, "nav.catalogue"), "/catalogue");
	crumb(m, member(m, "title"), member(m, "course_href"));
	crumb(m, member(m, "run_text"), NULL);
}

void crumbs_of_desk(const struct request *rq, json_t *m, const char *here)
{
	const json_t *id = json_object_get(m, "id");
	json_t *item;

	crumb(m, request_text(rq, "nav.teach"), "/teach");
	if (!here) {
		crumb(m, member(m, "title"), NULL);
		return;
	}
	item = model_item(model_list(m, "breadcrumb"));
	model_text(item, "label", member(m, "title"));
	model_format(item, "href", "/teach/%" PRId64,
		     (int64_t)json_integer_value(id));
	crumb(m, here, NULL);
}

void crumbs_of_plan(const struct request *rq, json_t *m, const char *here)
{
	crumb(m, request_text(rq, "nav.calendar"), "/calendar");
	crumb(m, member(m, "title"), member(m, "href"));
	crumb(m, here, NULL);
}

void meetings_to_model(struct ctx *cx, const struct request *rq, json_t *list,
		       const struct meeting_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct meeting_row *r = &rows[i];
		json_t *m = model_item(list);

		model_int(m, "id", r->id);
		model_int(m, "no", r->meeting_no);
		model_text(m, "no_text",
			   count_text(cx, rq, TEXT_KEY("session.meeting_no"),
				      r->meeting_no));
		iso(m, "starts_at", r->starts_at);
		iso(m, "ends_at", r->ends_at);
		model_text(m, "day_text", day_text(cx, rq, r->starts_at));
		model_text(m, "hours_text",
			   hours_text(cx, rq, r->starts_at, r->ends_at));
		model_text(m, "place_text",
			   place_of(cx, by_language(rq, r->place, r->place_en),
				    by_language(rq, r->room_name,
						r->room_name_en)));
		model_text(m, "equipment",
			   by_language(rq, r->equipment, r->equipment_en));
		model_text(m, "online_url",
			   r->online_url && *r->online_url ? r->online_url
							   : NULL);
	}
}

void booking_event_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			    const struct booking_event_row *row)
{
	model_text(m, "at_text", moment_text(cx, rq, row->at));
	model_text(m, "state_text", booking_text(rq, row->to_state));
	model_text(m, "by_text",
		   row->actor_name ? row->actor_name
				   : request_text(rq, "session.by_rules"));
	model_text(m, "reason", *row->reason ? row->reason : NULL);
}

struct booking_case session_case(struct ctx *cx, const struct session_row *row,
				 enum booking_act act)
{
	return (struct booking_case){
		.act = act,
		.by = BY_SELF,
		.state = booking_state_from(row->my_state),
		.session = session_state_from(row->state),
		.needs_approval = !strcmp(row->approval, "head"),
		.now = cx->now_ms,
		.starts_at = row->starts_at,
		.ends_at = row->ends_at,
		.apply_from = row->apply_from,
		.apply_until =
			session_apply_by(row->starts_at, row->apply_until),
		.cancel_until =
			session_cancel_by(row->starts_at, row->cancel_until),
		.seats = row->seats,
		.booked = row->booked,
		.held = row->held,
	};
}
