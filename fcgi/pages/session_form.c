#include "pages/session_form.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "pages/choices.h"
#include "pages/session_form_parts.h"
#include "pages/session_model.h"
#include "store/store_room.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

#define MAX_NOTE 2000

static bool two_digits(const char *s, int max, int *out)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*out = (s[0] - '0') * 10 + (s[1] - '0');
	return *out <= max;
}

/* "08:30", also "8:30". */
static bool clock_parse(struct ctx *cx, const char *text, int *minutes)
{
	const char *s = strlen(text) == 4
				? arena_printf(&cx->arena, "0%s", text)
				: text;
	int hour, minute;

	if (strlen(s) != 5 || s[2] != ':' || !two_digits(s, 23, &hour) ||
	    !two_digits(s + 3, 59, &minute))
		return false;
	*minutes = hour * 60 + minute;
	return true;
}

static int64_t at(struct date d, int minutes)
{
	return instant_from_japan(d.year, d.month, d.day, minutes / 60,
				  minutes % 60);
}

bool local_to_instant(const char *text, int64_t *ms)
{
	char day[11] = "";
	struct date d;
	int hour, minute;

	if (!*text) {
		*ms = DB_NULL;
		return true;
	}
	if (strlen(text) < 16 || text[10] != 'T' || text[13] != ':')
		return false;
	memcpy(day, text, 10);
	if (!date_parse(day, &d) || !two_digits(text + 11, 23, &hour) ||
	    !two_digits(text + 14, 59, &minute))
		return false;
	*ms = at(d, hour * 60 + minute);
	return true;
}

/* "08:30" with two digits, as the browser's field wants it. */
static const char *clock_text(struct ctx *cx, int64_t ms)
{
	const char *text = time_to_text(&cx->arena, ms);

	return strlen(text) == 4 ? arena_printf(&cx->arena, "0%s", text) : text;
}

const char *instant_to_local(struct ctx *cx, int64_t ms)
{
	if (ms == DB_NULL)
		return "";
	return arena_printf(&cx->arena, "%sT%s",
			    date_to_iso(&cx->arena, date_in_japan(ms)),
			    clock_text(cx, ms));
}

static const char *typed(struct ctx *cx, const struct request *rq,
			 const char *name)
{
	const char *value = request_form(rq, name);

	return text_trim(&cx->arena, value ? value : "");
}

const char *session_form_name(struct ctx *cx, const char *name, size_t i)
{
	return arena_printf(&cx->arena, "%s_%zu", name, i + 1);
}

void session_form_read(struct ctx *cx, const struct request *rq,
		       struct session_form *form)
{
	*form = (struct session_form){
		.course = typed(cx, rq, "course"),
		.seats = text_code(&cx->arena, typed(cx, rq, "seats")),
		.approval = typed(cx, rq, "approval"),
		.trainers = typed(cx, rq, "trainers"),
		.apply_from = typed(cx, rq, "apply_from"),
		.apply_until = typed(cx, rq, "apply_until"),
		.cancel_until = typed(cx, rq, "cancel_until"),
		.debrief_days =
			text_code(&cx->arena, typed(cx, rq, "debrief_days")),
		.note = typed(cx, rq, "note"),
		.allot_until = typed(cx, rq, "allot_until"),
	};
	if (!text_to_i64(typed(cx, rq, "revision"), 1, INT64_MAX,
			 &form->revision))
		form->revision = 0;
	for (size_t i = 0; i < SESSION_MAX_MEETINGS; i++) {
		form->meetings[i].date =
			typed(cx, rq, session_form_name(cx, "date", i));
		form->meetings[i].from =
			typed(cx, rq, session_form_name(cx, "from", i));
		form->meetings[i].to =
			typed(cx, rq, session_form_name(cx, "to", i));
		form->meetings[i].room =
			typed(cx, rq, session_form_name(cx, "room", i));
		form->meetings[i].url =
			typed(cx, rq, session_form_name(cx, "url", i));
	}
	for (size_t i = 0; i < SESSION_MAX_ALLOTMENTS; i++) {
		form->allotments[i].unit =
			typed(cx, rq, session_form_name(cx, "unit", i));
		form->allotments[i].kept = text_code(
			&cx->arena,
			typed(cx, rq, session_form_name(cx, "kept", i)));
	}
}

static const char *id_text(struct ctx *cx, int64_t id)
{
	return id == DB_NULL ? "" : arena_printf(&cx->arena, "%" PRId64, id);
}

enum err session_form_load(struct ctx *cx, const struct request *rq,
			   const struct session_facts *facts,
			   struct session_form *form)
{
	const struct session_row *row = &facts->row;
	struct buf names = buf_new(&cx->arena);
	const struct meeting_row *meetings;
	const struct trainer_row *trainers;
	size_t n;

	TRY(store_session_trainers(cx, row->id, &trainers, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&names, "%s\n",
			   trainers[i].staff_number ? trainers[i].staff_number
			   : trainers[i].email      ? trainers[i].email
						    : trainers[i].name);
	*form = (struct session_form){
		.session_id = row->id,
		.revision = facts->revision,
		.course = id_text(cx, row->course_id),
		.seats = id_text(cx, row->seats),
		.approval = row->approval,
		.trainers = names.data ? names.data : "",
		.apply_from = instant_to_local(cx, row->apply_from),
		.apply_until = instant_to_local(cx, row->apply_until),
		.cancel_until = instant_to_local(cx, row->cancel_until),
		.debrief_days = id_text(cx, facts->debrief_days),
		.note = facts->note,
	};
	for (size_t i = 0; i < SESSION_MAX_MEETINGS; i++)
		form->meetings[i].date = form->meetings[i].from =
			form->meetings[i].to = form->meetings[i].room =
				form->meetings[i].url = "";
	TRY(store_session_meetings(cx, row->id, &meetings, &n));
	for (size_t i = 0; i < n && i < SESSION_MAX_MEETINGS; i++) {
		form->meetings[i].date = date_to_iso(
			&cx->arena, date_in_japan(meetings[i].starts_at));
		form->meetings[i].from = clock_text(cx, meetings[i].starts_at);
		form->meetings[i].to = clock_text(cx, meetings[i].ends_at);
		form->meetings[i].room = id_text(cx, meetings[i].room_id);
		form->meetings[i].url = meetings[i].online_url;
	}
	return session_form_load_units(cx, rq, facts, form);
}

/* One meeting; the text of what is wrong with it and where, or NULL. */
static const char *check_meeting(struct ctx *cx, const struct request *rq,
				 const struct session_form *form, size_t i,
				 struct session_draft *d, const char **where)
{
	struct meeting_draft *m = &d->meetings[d->nmeetings];
	const char *room = form->meetings[i].room, *url = form->meetings[i].url;
	struct date day;
	int from, to;

	*where = session_form_name(cx, "date", i);
	if (!date_parse(form->meetings[i].date, &day))
		return request_text(rq, "session.date_wrong");
	*where = session_form_name(cx, "from", i);
	if (!clock_parse(cx, form->meetings[i].from, &from) ||
	    !clock_parse(cx, form->meetings[i].to, &to))
		return request_text(rq, "session.time_wrong");
	*where = session_form_name(cx, "to", i);
	if (to <= from)
		return request_text(rq, "session.end_before_start");
	*m = (struct meeting_draft){ at(day, from), at(day, to), DB_NULL, url };
	*where = session_form_name(cx, "from", i);
	if (d->nmeetings > 0 &&
	    d->meetings[d->nmeetings - 1].ends_at > m->starts_at)
		return request_text(rq, "session.meetings_order");
	*where = session_form_name(cx, "room", i);
	if (*room && !text_to_i64(room, 1, INT64_MAX, &m->room_id))
		return request_text(rq, "session.room_wrong");
	*where = session_form_name(cx, "url", i);
	if (*url && (!text_starts(url, "https://") || strlen(url) > 500))
		return request_text(rq, "session.url_wrong");
	d->nmeetings++;
	return NULL;
}

static bool check_meetings(struct ctx *cx, const struct request *rq,
			   struct reply *rp, const struct session_form *form,
			   struct session_draft *d)
{
	bool good = true;

	for (size_t i = 0; i < SESSION_MAX_MEETINGS; i++) {
		const char *where, *why;

		if (!*form->meetings[i].date)
			continue;
		why = check_meeting(cx, rq, form, i, d, &where);
		if (why) {
			reply_problem(rp, where, why);
			good = false;
		}
	}
	if (good && !d->nmeetings) {
		reply_problem(rp, "date_1",
			      request_text(rq, "session.no_meeting"));
		good = false;
	}
	return good;
}

bool session_form_moment(const struct request *rq, struct reply *rp,
			 const char *name, const char *text, int64_t *ms)
{
	if (local_to_instant(text, ms))
		return true;
	reply_problem(rp, name, request_text(rq, "session.moment_wrong"));
	return false;
}

static bool check_facts(const struct request *rq, struct reply *rp,
			const struct session_form *form,
			struct session_draft *d)
{
	bool good = true;

	d->approval = !strcmp(form->approval, "head") ? "head" : "none";
	d->note = form->note;
	d->debrief_days = 0;
	if (!text_to_i64(form->seats, 1, SESSION_MAX_SEATS, &d->seats)) {
		reply_problem(rp, "seats",
			      request_text(rq, "session.seats_wrong"));
		good = false;
	}
	if (*form->debrief_days &&
	    !text_to_i64(form->debrief_days, 1, 60, &d->debrief_days)) {
		reply_problem(rp, "debrief_days",
			      request_text(rq, "session.debrief_wrong"));
		good = false;
	}
	if (text_length(form->note) > MAX_NOTE) {
		reply_problem(rp, "note",
			      request_text(rq, "session.note_long"));
		good = false;
	}
	good &= session_form_moment(rq, rp, "apply_from", form->apply_from,
				    &d->apply_from);
	good &= session_form_moment(rq, rp, "apply_until", form->apply_until,
				    &d->apply_until);
	good &= session_form_moment(rq, rp, "cancel_until", form->cancel_until,
				    &d->cancel_until);
	return good;
}

/* One trainer to a line; blank lines are none. */
static enum err check_trainers(struct ctx *cx, const struct request *rq,
			       struct reply *rp,
			       const struct session_form *form,
			       struct session_draft *d, bool *good)
{
	const char *names[SESSION_MAX_TRAINERS], *missing;
	const char *line = form->trainers;
	size_t n = 0;

	while (*line && n < SESSION_MAX_TRAINERS) {
		const size_t len = strcspn(line, "\n");
		const char *name = text_trim(
			&cx->arena, arena_strndup(&cx->arena, line, len));

		if (*name)
			names[n++] = name;
		line += len + (line[len] == '\n');
	}
	TRY(store_session_trainer_ids(cx, names, n, d->trainers, &missing));
	d->ntrainers = n;
	if (!missing)
		return OK;
	*good = false;
	reply_problem(rp, "trainers",
		      text_fill(&cx->arena,
				request_text(rq, "session.trainer_unknown"),
				"who", missing, NULL));
	return OK;
}

enum err session_form_check(struct ctx *cx, const struct request *rq,
			    struct reply *rp, const struct session_form *form,
			    struct session_draft *draft, bool *good)
{
	*good = check_meetings(cx, rq, rp, form, draft);
	*good &= check_facts(rq, rp, form, draft);
	TRY(session_form_check_units(cx, rq, rp, form, draft, good));
	return check_trainers(cx, rq, rp, form, draft, good);
}

static void rooms_to_model(struct ctx *cx, const struct request *rq,
			   json_t *list, const struct room_row *rooms, size_t n,
			   const char *chosen)
{
	option_add(list, "", request_text(rq, "session.no_room"), !*chosen);
	for (size_t i = 0; i < n; i++) {
		const char *id = id_text(cx, rooms[i].id);

		option_add(list, id,
			   text_fill(&cx->arena,
				     request_text(rq, "session.room_seats"),
				     "room",
				     by_language(rq, rooms[i].name,
						 rooms[i].name_en),
				     "n", id_text(cx, rooms[i].seats), NULL),
			   !strcmp(id, chosen));
	}
}

enum err session_form_show(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_form *form, size_t rows)
{
	json_t *f = model_object(m, "form"),
	       *meetings = model_list(f, "meetings");
	const struct room_row *rooms;
	size_t nrooms, used = 0;

	model_text(f, "course", form->course);
	model_int(f, "revision", form->revision);
	model_text(f, "seats", form->seats);
	model_bool(f, "asks_head", !strcmp(form->approval, "head"));
	model_text(f, "trainers", form->trainers);
	model_text(f, "apply_from", form->apply_from);
	model_text(f, "apply_until", form->apply_until);
	model_text(f, "cancel_until", form->cancel_until);
	model_text(f, "debrief_days", form->debrief_days);
	model_text(f, "note", form->note);
	TRY(store_room_all(cx, &rooms, &nrooms));
	for (size_t i = 0; i < SESSION_MAX_MEETINGS; i++)
		if (*form->meetings[i].date || *form->meetings[i].from ||
		    *form->meetings[i].to || *form->meetings[i].room ||
		    *form->meetings[i].url)
			used = i + 1;
	for (size_t i = 0; i < SESSION_MAX_MEETINGS && (i <= used || i < rows);
	     i++) {
		json_t *row = model_item(meetings);

		model_int(row, "no", (int64_t)i + 1);
		model_text(row, "no_text",
			   count_text(cx, rq, TEXT_KEY("session.meeting_no"),
				      (int64_t)i + 1));
		model_text(row, "date", form->meetings[i].date);
		model_text(row, "from", form->meetings[i].from);
		model_text(row, "to", form->meetings[i].to);
		model_text(row, "url", form->meetings[i].url);
		rooms_to_model(cx, rq, model_list(row, "rooms"), rooms, nrooms,
			       form->meetings[i].room);
	}
	return session_form_show_units(cx, rq, f, form);
}
