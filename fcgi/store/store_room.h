/*
 * store_room.h: rooms, the days they are held for us, and what stands in
 * the way of a session.
 *
 * Instants are milliseconds (base/clock.h); DB_NULL where a column is NULL.
 * Everything returned lives in cx->arena.
 */
#ifndef STORE_STORE_ROOM_H
#define STORE_STORE_ROOM_H

#include "base/date.h"
#include "db/db.h"

struct room_row {
	int64_t id;
	const char *code, *name, *name_en, *place, *place_en;
	int64_t seats;
	const char *equipment, *equipment_en;
	int64_t is_inhouse; /* 0 or 1 */
};

/* 会場確保 on one day; a released hold is not listed. */
struct hold_row {
	int64_t id, room_id;
	const char *room_code, *room_name, *room_name_en;
	int64_t room_seats;
	int64_t starts_at, ends_at;
	const char *note;
};

/* A meeting that takes a room, of any session that is not cancelled. */
struct room_use {
	int64_t meeting_id, session_id, meeting_no;
	int64_t room_id; /* DB_NULL: online or elsewhere */
	int64_t starts_at, ends_at;
	const char *course_code, *title, *title_en;
	int64_t run_no, seats, booked;
	const char *state; /* draft, open, held */
};

/* All rooms in their order. */
enum err store_room_all(struct ctx *cx, const struct room_row **rows,
			size_t *n) MUST_USE;

/* Holds and uses that touch [from_ms, to_ms), by start and room. */
enum err store_room_holds(struct ctx *cx, int64_t from_ms, int64_t to_ms,
			  const struct hold_row **rows, size_t *n) MUST_USE;
enum err store_room_uses(struct ctx *cx, int64_t from_ms, int64_t to_ms,
			 const struct room_use **rows, size_t *n) MUST_USE;

/*
 * Hold a room. A hold that was released and starts at the same instant comes
 * back with the new end. ERR_CONFLICT if the room is held then already;
 * ERR_BAD_REQUEST for an unknown room or an end that is not after the start.
 */
enum err store_room_hold_add(struct ctx *cx, int64_t room_id, int64_t starts_at,
			     int64_t ends_at, const char *note) MUST_USE;

/* Give a room back; one that was given back stays so. ERR_NOT_FOUND. */
enum err store_room_hold_release(struct ctx *cx, int64_t hold_id) MUST_USE;

/* Why somebody should look twice. None of these ever blocks. */
enum room_warning_kind {
	ROOM_TAKEN,       /* another session is in the room then */
	ROOM_NOT_HELD,    /* nobody has reserved the room for that time */
	ROOM_TOO_SMALL,   /* more seats than people fit */
	DAY_CLOSED,       /* holiday or other closed day */
	DAY_OUTSIDE,      /* outside contract.first_day ... last_day */
	TRAINER_ELSEWHERE /* a trainer teaches another session then */
};

struct room_warning {
	enum room_warning_kind kind;
	int64_t meeting_no; /* which meeting */
	int64_t starts_at;  /* of that meeting */
	int64_t session_id; /* the other session, or DB_NULL */
	const char *detail; /* other session's title, room or person; or "" */
	const char *detail_en;
};

/* "room_taken" ... the last part of the text key "session.warn_...". */
const char *room_warning_word(enum room_warning_kind kind);

/*
 * What to look twice at in a stored session (its own meetings, seats and
 * trainers against everything else). Contract days come from the settings.
 */
enum err store_room_warnings(struct ctx *cx, int64_t session_id,
			     const struct room_warning **list,
			     size_t *n) MUST_USE;

extern const struct db_query *const store_room_queries[];
extern const struct db_query *const store_room_warning_queries[];

#endif
