/*
 * store_room_content.h: rooms and holds as content/rooms says.
 *
 * Written again and again with the same result. A room is brought up to
 * date; a hold that is known (moved on or released by people) stays as it is.
 */
#ifndef STORE_STORE_ROOM_CONTENT_H
#define STORE_STORE_ROOM_CONTENT_H

#include "db/db.h"

struct room_hold_content {
	int64_t starts_at, ends_at; /* instants, see clock.h */
};

struct room_content {
	const char *code, *name, *name_en, *place, *place_en;
	const char *equipment, *equipment_en;
	int64_t seats, is_inhouse, sort;
	const struct room_hold_content *holds;
	size_t nholds;
};

/* The room and its holds. Call inside db_transact(). */
enum err store_room_content_put(struct ctx *cx,
				const struct room_content *room) MUST_USE;

extern const struct db_query *const store_room_content_queries[];

#endif
