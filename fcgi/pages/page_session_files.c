/*
 * page_session_files.c: what people take away from a session.
 *
 * GET /sessions/:id/calendar.ics  its meetings for a calendar
 * GET /sessions/:id/certificate   修了証, for who completed it
 */
#include "base/buf.h"
#include "base/clock.h"
#include "document/ics.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "store/store_attendance.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static enum err find(struct ctx *cx, const struct request *rq,
		     struct session_facts *facts)
{
	const struct session_viewer viewer = session_viewer_of(rq);
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	return store_session_find(cx, id, &viewer, facts);
}

/* The note of the session; an invented one says that it is. */
static const char *description(struct ctx *cx, const struct request *rq,
			       const struct session_facts *facts)
{
	const char *mark = request_text(rq, "frame.demo");

	if (facts->row.is_synthetic != 1)
		return *facts->note ? facts->note : NULL;
	return *facts->note
		       ? arena_printf(&cx->arena, "%s\n%s", mark, facts->note)
		       : mark;
}

static enum err calendar_file(struct ctx *cx, const struct request *rq,
			      struct reply *rp)
{
	struct buf b = buf_new(&cx->arena);
	const struct meeting_row *meetings;
	struct session_facts facts;
	const char *title;
	size_t n;

	TRY(find(cx, rq, &facts));
	TRY(store_session_meetings(cx, facts.row.id, &meetings, &n));
	title = by_language(rq, facts.row.title, facts.row.title_en);
	ics_begin(&b, title);
	for (size_t i = 0; i < n; i++)
		ics_event(&b,
			  &(struct ics_event){
				  .uid = arena_printf(
					  &cx->arena,
					  "session-%" PRId64 "-meeting-%" PRId64
					  "@terakoya",
					  facts.row.id, meetings[i].meeting_no),
				  .stamp = cx->now_ms,
				  .starts_at = meetings[i].starts_at,
				  .ends_at = meetings[i].ends_at,
				  .summary = title,
				  .location =
					  by_language(rq, meetings[i].room_name,
						      meetings[i].room_name_en),
				  .description = description(cx, rq, &facts),
				  .is_cancelled =
					  !strcmp(facts.row.state, "cancelled"),
			  });
	ics_end(&b);
	reply_file(rp, "text/calendar; charset=utf-8",
		   arena_printf(&cx->arena, "%s.ics", title), b.data, b.len);
	return OK;
}

static enum err certificate(struct ctx *cx, const struct request *rq,
			    struct reply *rp)
{
	struct session_facts facts;
	struct completion done;
	json_t *m = rp->model;

	TRY(find(cx, rq, &facts));
	TRY(store_attendance_completion(cx, facts.row.id, rq->user->person_id,
					&done));
	if (!done.complete || cx->now_ms < facts.row.ends_at)
		return FAIL(cx, ERR_NOT_FOUND, "session is not completed");
	session_to_model(cx, rq, m, &facts.row);
	model_text(m, "person", rq->user->name);
	model_text(m, "unit", rq->user->unit_name);
	model_text(m, "length_text",
		   count_text(cx, rq, TEXT_KEY("session.minutes"),
			      done.length));
	model_text(m, "era_text",
		   date_to_text(&cx->arena, date_in_japan(facts.row.ends_at),
				rq->lang, DATE_BOTH));
	model_format(m, "number", "%" PRId64 "-%" PRId64, facts.row.id,
		     facts.row.my_booking_id);
	return OK;
}

const struct route session_file_routes[] = {
	{ GET, "/sessions/:id/calendar.ics", WHO_SIGNED_IN, calendar_file,
	  NULL },
	{ GET, "/sessions/:id/certificate", WHO_SIGNED_IN, certificate,
	  "certificate" },
	{ .page = NULL },
};
