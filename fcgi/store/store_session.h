/*
 * store_session.h: sessions (開催回), their meetings and trainers.
 *
 * Who sees what is decided here, in SQL: planners see all, trainers also the
 * drafts they teach, everybody else what is published. A session that a
 * viewer may not see is ERR_NOT_FOUND. Instants are milliseconds
 * (base/clock.h), DB_NULL where a column is NULL. Everything returned lives
 * in cx->arena.
 */
#ifndef STORE_STORE_SESSION_H
#define STORE_STORE_SESSION_H

#include "db/db.h"

enum session_scope {
	SESSION_PUBLISHED, /* open, held and cancelled ones */
	SESSION_TAUGHT,    /* only those the viewer teaches, drafts too */
	SESSION_ALL        /* for planners */
};

struct session_viewer {
	enum session_scope scope;
	int64_t person_id;
};

/* A line of any list of sessions: facts, counts and the viewer's own state. */
struct session_row {
	int64_t id, course_id, version_id;
	const char *course_code, *title, *title_en;
	const char *form;            /* classroom, elearning, ... */
	int64_t minutes;             /* training time, minutes */
	int64_t fiscal_year, run_no; /* 第n回 of the course in that year */
	int64_t seats, booked;       /* people */
	int64_t held;                /* free seats kept for units other than the
					viewer's (所属枠) */
	int64_t waiting, applied;    /* people in these states */
	const char *approval;        /* none, head */
	const char *state;           /* draft, open, held, cancelled */
	int64_t apply_from;          /* DB_NULL: at once */
	int64_t apply_until;         /* DB_NULL: until it starts */
	int64_t cancel_until;       /* DB_NULL: the rule; session_cancel_by() */
	int64_t starts_at, ends_at; /* first start, last end */
	int64_t meetings;           /* number of them */
	const char *room_code, *room_name, *room_name_en; /* of the first
				meeting; NULL: online or elsewhere */
	const char *place, *place_en;
	int64_t is_synthetic;  /* 1: 合成データ */
	int64_t my_booking_id; /* DB_NULL: the viewer has none */
	const char *my_state;  /* booking.state, NULL: none */
	int64_t my_place;      /* place in the waiting list, 1 first;
				  DB_NULL when not waiting */
	int64_t teaches;       /* 1: the viewer is a trainer of it */
};

/* One session: its row and what only its own page needs. */
struct session_facts {
	struct session_row row;
	const char *note;            /* shown to participants */
	const char *attendance_code; /* NULL: none open */
	int64_t wheelchair;          /* the viewer's own tick, 0 or 1 */
	int64_t allot_until;         /* seats are kept for units until then;
					DB_NULL: none are */
	int64_t debrief_days; /* open days until a report (復命) is due;
				DB_NULL: none is asked for */
	int64_t revision;     /* one more with each change in the form */
};

/* Seats kept for a unit and those below it (所属枠). */
struct allotment_row {
	int64_t unit_id;
	const char *unit_code, *unit_name, *unit_name_en;
	int64_t seats, booked; /* people */
};

struct meeting_row {
	int64_t id, session_id, meeting_no;
	int64_t starts_at, ends_at;
	int64_t room_id; /* DB_NULL: online or elsewhere */
	const char *room_code, *room_name, *room_name_en;
	const char *place, *place_en, *equipment, *equipment_en;
	const char *online_url; /* may be empty */
};

struct trainer_row {
	int64_t person_id;
	const char *name, *kana;
	const char *staff_number; /* NULL: external */
	const char *email;        /* NULL: none */
};

/* Which sessions a list wants. Zero ids and DB_NULL times mean: any. */
struct session_filter {
	struct session_viewer viewer;
	int64_t course_id;      /* 0: all courses */
	int64_t from_ms, to_ms; /* starts in [from, to); DB_NULL: open end */
	bool mine_only;         /* only where the viewer holds a booking in
				   state applied, waiting or booked */
};

/* One published open session per course: the next one with a free seat,
 * else the next one. For the catalogue's list. */
struct session_next {
	int64_t course_id, session_id, starts_at, seats, booked, waiting;
	int64_t held; /* kept for units, whoever looks */
};

/* One session as this viewer may see it; ERR_NOT_FOUND otherwise. */
enum err store_session_find(struct ctx *cx, int64_t id,
			    const struct session_viewer *viewer,
			    struct session_facts *out) MUST_USE;

/* Sessions by start. At most 500. */
enum err store_session_list(struct ctx *cx, const struct session_filter *filter,
			    const struct session_row **rows,
			    size_t *n) MUST_USE;

/* Open sessions of a course that have not ended, for the course page. */
enum err store_session_upcoming(struct ctx *cx, int64_t course_id,
				int64_t person_id,
				const struct session_row **rows,
				size_t *n) MUST_USE;

/* Sessions not ended where the person holds a booking, for the home page. */
enum err store_session_mine(struct ctx *cx, int64_t person_id,
			    const struct session_row **rows,
			    size_t *n) MUST_USE;

/* The next open session of every course that has one. */
enum err store_session_next(struct ctx *cx, const struct session_next **rows,
			    size_t *n) MUST_USE;

/* Meetings by number; people who teach, by kana. */
enum err store_session_meetings(struct ctx *cx, int64_t session_id,
				const struct meeting_row **rows,
				size_t *n) MUST_USE;
enum err store_session_trainers(struct ctx *cx, int64_t session_id,
				const struct trainer_row **rows,
				size_t *n) MUST_USE;

/* Seats kept for units, by code, also when the moment is over. */
enum err store_session_allotments(struct ctx *cx, int64_t session_id,
				  const struct allotment_row **rows,
				  size_t *n) MUST_USE;

/*
 * Until when a seat may be given back: cancel_until of the session, or 17:00
 * in Japan on the last open day before its first day. Pure.
 */
int64_t session_cancel_by(int64_t starts_at, int64_t cancel_until);

/* Until when people may apply: apply_until, or the start. Pure. */
int64_t session_apply_by(int64_t starts_at, int64_t apply_until);

struct meeting_draft {
	int64_t starts_at, ends_at;
	int64_t room_id; /* DB_NULL: online or elsewhere */
	const char *online_url;
};

#define SESSION_MAX_MEETINGS   12
#define SESSION_MAX_TRAINERS   12
#define SESSION_MAX_ALLOTMENTS 12

struct allotment_draft {
	int64_t unit_id;
	int64_t seats; /* at least 1 */
};

/* What a planner fills in. */
struct session_draft {
	int64_t course_id; /* of a new session; later it stays */
	int64_t seats;
	const char *approval;                          /* none, head */
	int64_t apply_from, apply_until, cancel_until; /* DB_NULL: the rule */
	const char *note;
	struct meeting_draft meetings[SESSION_MAX_MEETINGS];
	size_t nmeetings; /* at least 1, in order of time */
	int64_t trainers[SESSION_MAX_TRAINERS]; /* person ids */
	size_t ntrainers;
	struct allotment_draft allotments[SESSION_MAX_ALLOTMENTS];
	size_t nallotments;  /* each unit once, not more than the seats */
	int64_t allot_until; /* DB_NULL without allotments */
	int64_t debrief_days; /* 1 to 60 open days; 0: no report (復命) asked */
	int64_t revision; /* a change: of what was read; 0: whatever it is */
	int64_t by;       /* a change: whose; 0: nobody's */
};

/*
 * A new session in state draft, with its meetings and trainers, following the
 * course's version of today; fiscal year and run number are made here. Its id
 * in *id. ERR_NOT_FOUND: no such published course.
 */
enum err store_session_add(struct ctx *cx, const struct session_draft *draft,
			   int64_t *id) MUST_USE;

/*
 * Change a session that is not over. Meetings keep their number, so what was
 * marked stays; a meeting with attendance marks is never dropped
 * (ERR_CONFLICT). Fewer seats than booked people is ERR_CONFLICT; more seats,
 * or fewer kept for units, promote the waiting list. When times or rooms
 * change, everybody with a place or in line gets the notice
 * "notice.session_changed". ERR_CONFLICT also when somebody else has changed
 * it since draft->revision. One transaction.
 */
enum err store_session_change(struct ctx *cx, int64_t id,
			      const struct session_draft *draft) MUST_USE;

/* draft -> open. ERR_CONFLICT from another state. */
enum err store_session_open(struct ctx *cx, int64_t id) MUST_USE;

/* open -> held, once it has ended. ERR_CONFLICT before, or otherwise. */
enum err store_session_close(struct ctx *cx, int64_t id) MUST_USE;

/* The same for all that ended more than a day ago; for the jobs process. */
enum err store_session_close_ended(struct ctx *cx, int64_t *closed) MUST_USE;

/*
 * Find trainers by staff number, e-mail or name as typed: the ids of people
 * with the role trainer that match exactly one each. missing: the first text
 * that matched nobody or several people, NULL if all are found.
 */
enum err store_session_trainer_ids(struct ctx *cx, const char *const *texts,
				   size_t ntexts, int64_t *ids,
				   const char **missing) MUST_USE;

extern const struct db_query *const store_session_queries[];
extern const struct db_query *const store_session_edit_queries[];
extern const struct db_query *const store_session_revision_queries[];

/* In a transaction: the next revision, or ERR_CONFLICT as said above. */
enum err session_revise(struct ctx *cx, int64_t id,
			const struct session_draft *d) MUST_USE;

#endif
