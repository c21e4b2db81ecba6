#include "store/store_room_content.h"

#include "base/clock.h"

static const struct db_query put_room = {
	.name = "room put",
	.sql = "INSERT INTO room (code, name, name_en, place, place_en, seats,"
	       " equipment, equipment_en, is_inhouse, sort)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id),"
	       " name = VALUES(name), name_en = VALUES(name_en),"
	       " place = VALUES(place), place_en = VALUES(place_en),"
	       " seats = VALUES(seats), equipment = VALUES(equipment),"
	       " equipment_en = VALUES(equipment_en),"
	       " is_inhouse = VALUES(is_inhouse), sort = VALUES(sort)",
};

static const struct db_query put_hold = {
	.name = "room_hold put",
	.sql = "INSERT INTO room_hold (room_id, starts_at, ends_at)"
	       " VALUES (?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE room_id = VALUES(room_id)",
};

const struct db_query *const store_room_content_queries[] = { &put_room,
							      &put_hold, NULL };

enum err store_room_content_put(struct ctx *cx, const struct room_content *r)
{
	int64_t id;

	TRY(db_insert(cx, &put_room,
		      ARGS(db_text(r->code), db_text(r->name),
			   db_text(r->name_en), db_text(r->place),
			   db_text(r->place_en), db_i64(r->seats),
			   db_text(r->equipment), db_text(r->equipment_en),
			   db_i64(r->is_inhouse), db_i64(r->sort)),
		      &id));
	for (size_t i = 0; i < r->nholds; i++) {
		const struct room_hold_content *h = &r->holds[i];

		TRY(db_exec(
			cx, &put_hold,
			ARGS(db_i64(id),
			     db_text(instant_to_db(&cx->arena, h->starts_at)),
			     db_text(instant_to_db(&cx->arena, h->ends_at))),
			NULL));
	}
	return OK;
}
