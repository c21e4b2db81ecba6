/*
 * store_room_warnings.c: what to look twice at before people are invited.
 * Warnings never block: a room may be had by telephone, a holiday be worked.
 */
#include "base/date.h"
#include "store/instant_sql.h"
#include "store/store_room.h"
#include "store/store_setting.h"

struct meeting_fact {
	int64_t meeting_no, starts_at, ends_at, room_id, room_seats, seats;
	const char *room_name, *room_name_en;
	int64_t is_held; /* a hold covers all of it */
};

static const struct db_query meeting_facts = {
	.name = "warning_meetings",
	.sql = "SELECT m.meeting_no, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', m.starts_at) DIV 1000,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.ends_at) DIV"
	       " 1000, m.room_id, r.seats, s.seats, r.name, r.name_en,"
	       " EXISTS (SELECT 1"
	       " FROM room_hold h"
	       " WHERE h.room_id = m.room_id AND h.released_at IS NULL AND"
	       " h.starts_at <= m.starts_at AND h.ends_at >= m.ends_at)"
	       " FROM meeting m JOIN session s ON s.id = m.session_id"
	       " LEFT JOIN room r ON r.id = m.room_id"
	       " WHERE m.session_id = ?"
	       " ORDER BY m.meeting_no",
	.row_size = sizeof(struct meeting_fact),
	.cols = { COL(struct meeting_fact, meeting_no),
		  COL(struct meeting_fact, starts_at),
		  COL(struct meeting_fact, ends_at),
		  COL(struct meeting_fact, room_id),
		  COL(struct meeting_fact, room_seats),
		  COL(struct meeting_fact, seats),
		  COL(struct meeting_fact, room_name),
		  COL(struct meeting_fact, room_name_en),
		  COL(struct meeting_fact, is_held) },
	.ncols = 9,
};

struct clash {
	int64_t is_trainer; /* 1: a person, 0: the room */
	int64_t meeting_no, starts_at, session_id;
	const char *detail, *detail_en;
};

static const struct db_query clashes = {
	.name = "warning_clashes",
	.sql = "SELECT 0, m.meeting_no, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', m.starts_at) DIV 1000, o.session_id,"
	       " v.title, v.title_en"
	       " FROM meeting m"
	       " JOIN meeting o ON o.room_id = m.room_id AND o.session_id"
	       " <> m.session_id AND o.starts_at < m.ends_at AND o.ends_at"
	       " > m.starts_at"
	       " JOIN session s ON s.id = o.session_id AND s.state <>"
	       " 'cancelled' JOIN course_version v ON v.id = s.version_id"
	       " WHERE m.session_id = ?"
	       " UNION ALL SELECT 1, m.meeting_no,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.starts_at) DIV"
	       " 1000, o.session_id, CONCAT(p.family, ' ', p.given),"
	       " CONCAT(p.family, ' ', p.given)"
	       " FROM meeting m"
	       " JOIN session_trainer t ON t.session_id = m.session_id"
	       " JOIN session_trainer ot ON ot.person_id = t.person_id AND"
	       " ot.session_id <> m.session_id"
	       " JOIN meeting o ON o.session_id = ot.session_id AND"
	       " o.starts_at < m.ends_at AND o.ends_at > m.starts_at"
	       " JOIN session s ON s.id = o.session_id AND s.state <>"
	       " 'cancelled' JOIN person p ON p.id = t.person_id"
	       " WHERE m.session_id = ? LIMIT 50",
	.row_size = sizeof(struct clash),
	.cols = { COL(struct clash, is_trainer), COL(struct clash, meeting_no),
		  COL(struct clash, starts_at), COL(struct clash, session_id),
		  COL(struct clash, detail), COL(struct clash, detail_en) },
	.ncols = 6,
};

#define PER_MEETING 4 /* at most so many kinds without other sessions */

const char *room_warning_word(enum room_warning_kind kind)
{
	static const char *const words[] = {
		[ROOM_TAKEN] = "room_taken",
		[ROOM_NOT_HELD] = "room_not_held",
		[ROOM_TOO_SMALL] = "room_too_small",
		[DAY_CLOSED] = "day_closed",
		[DAY_OUTSIDE] = "day_outside",
		[TRAINER_ELSEWHERE] = "trainer_elsewhere",
	};

	return words[kind];
}

static void add(struct room_warning *list, size_t *n,
		enum room_warning_kind kind, const struct meeting_fact *m)
{
	list[(*n)++] = (struct room_warning){
		.kind = kind,
		.meeting_no = m->meeting_no,
		.starts_at = m->starts_at,
		.session_id = DB_NULL,
		.detail = m->room_name ? m->room_name : "",
		.detail_en = m->room_name_en ? m->room_name_en : "",
	};
}

/* A contract day that is no date does not warn. */
static bool is_outside(struct ctx *cx, struct date day)
{
	struct date bound;

	if (date_parse(store_setting_text(cx, "contract.first_day", ""),
		       &bound) &&
	    date_compare(day, bound) < 0)
		return true;
	return date_parse(store_setting_text(cx, "contract.last_day", ""),
			  &bound) &&
	       date_compare(day, bound) > 0;
}

static void look_at(struct ctx *cx, const struct meeting_fact *m,
		    struct room_warning *list, size_t *n)
{
	const struct date day = date_in_japan(m->starts_at);

	if (m->room_id != DB_NULL && !m->is_held)
		add(list, n, ROOM_NOT_HELD, m);
	if (m->room_id != DB_NULL && m->room_seats < m->seats)
		add(list, n, ROOM_TOO_SMALL, m);
	if (!date_is_open(day))
		add(list, n, DAY_CLOSED, m);
	if (is_outside(cx, day))
		add(list, n, DAY_OUTSIDE, m);
}

enum err store_room_warnings(struct ctx *cx, int64_t session_id,
			     const struct room_warning **list, size_t *n)
{
	const struct meeting_fact *meetings;
	const struct clash *others;
	struct room_warning *all;
	size_t nmeetings, nothers;

	TRY(db_all(cx, &meeting_facts, ARGS(db_i64(session_id)), &meetings,
		   &nmeetings));
	TRY(db_all(cx, &clashes, ARGS(db_i64(session_id), db_i64(session_id)),
		   &others, &nothers));
	all = ARENA_ARRAY(&cx->arena, struct room_warning,
			  nmeetings * PER_MEETING + nothers);
	*n = 0;
	for (size_t i = 0; i < nmeetings; i++)
		look_at(cx, &meetings[i], all, n);
	for (size_t i = 0; i < nothers; i++)
		all[(*n)++] = (struct room_warning){
			.kind = others[i].is_trainer ? TRAINER_ELSEWHERE
						     : ROOM_TAKEN,
			.meeting_no = others[i].meeting_no,
			.starts_at = others[i].starts_at,
			.session_id = others[i].session_id,
			.detail = others[i].detail,
			.detail_en = others[i].detail_en,
		};
	*list = all;
	return OK;
}

const struct db_query *const store_room_warning_queries[] = {
	&meeting_facts,
	&clashes,
	NULL,
};
