#include "db/db_inside.h"

#include <math.h>
#include <string.h>

struct db_arg db_i64(int64_t value)
{
	return (struct db_arg){ .type = DB_I64,
				.is_null = value == DB_NULL,
				.i64 = value };
}

struct db_arg db_f64(double value)
{
	return (struct db_arg){ .type = DB_F64,
				.is_null = isnan(value),
				.f64 = value };
}

struct db_arg db_text(const char *value)
{
	return (struct db_arg){
		.type = DB_TEXT,
		.is_null = !value,
		.bytes = { (const unsigned char *)value,
			   value ? strlen(value) : 0 },
	};
}

struct db_arg db_bytes(const void *data, size_t len)
{
	return (struct db_arg){ .type = DB_BYTES,
				.is_null = !data,
				.bytes = { data, len } };
}

/* The library's parameters are not const, but it only reads them. */
static void *unconst(const void *p)
{
	union {
		const void *in;
		void *out;
	} u = { p };

	return u.out;
}

static void set_in(MYSQL_BIND *b, const struct db_arg *arg)
{
	if (arg->is_null) {
		b->buffer_type = MYSQL_TYPE_NULL;
		return;
	}
	switch (arg->type) {
	case DB_I64:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = unconst(&arg->i64);
		break;
	case DB_F64:
		b->buffer_type = MYSQL_TYPE_DOUBLE;
		b->buffer = unconst(&arg->f64);
		break;
	case DB_TEXT:
	case DB_BYTES:
		b->buffer_type = arg->type == DB_TEXT ? MYSQL_TYPE_STRING
						      : MYSQL_TYPE_BLOB;
		b->buffer = unconst(arg->bytes.data);
		b->buffer_length = arg->bytes.len;
		b->length = &b->buffer_length;
		break;
	}
}

bool db_bind_args(struct db *db, MYSQL_STMT *st, const struct db_arg *args,
		  size_t nargs)
{
	if (!nargs)
		return true;
	if (nargs > db->nin) {
		/* Doubled, so the pieces left behind stay fewer than it. */
		while (db->nin < nargs)
			db->nin = db->nin ? db->nin * 2 : 32;
		db->in = ARENA_ARRAY(&db->arena, MYSQL_BIND, db->nin);
	}
	memset(db->in, 0, nargs * sizeof(*db->in));
	for (size_t i = 0; i < nargs; i++)
		set_in(&db->in[i], &args[i]);
	return !mysql_stmt_bind_param(st, db->in);
}

bool db_bind_row(struct db *db, MYSQL_STMT *st, const struct db_query *q)
{
	memset(db->out, 0, q->ncols * sizeof(*db->out));
	for (size_t i = 0; i < q->ncols; i++) {
		MYSQL_BIND *b = &db->out[i];
		struct db_slot *s = &db->slots[i];

		s->spill = NULL;
		s->spill_cap = 0;
		b->length = &s->len;
		b->is_null = &s->is_null;
		b->error = &s->is_cut;
		switch (q->cols[i].type) {
		case DB_I64:
			b->buffer_type = MYSQL_TYPE_LONGLONG;
			b->buffer = &s->i64;
			break;
		case DB_F64:
			b->buffer_type = MYSQL_TYPE_DOUBLE;
			b->buffer = &s->f64;
			break;
		case DB_TEXT:
		case DB_BYTES:
			b->buffer_type = q->cols[i].type == DB_TEXT
						 ? MYSQL_TYPE_STRING
						 : MYSQL_TYPE_BLOB;
			b->buffer = s->direct;
			b->buffer_length = DB_DIRECT;
			break;
		}
	}
	return !mysql_stmt_bind_result(st, db->out);
}

/* Room for n + 1 bytes that this row's value may use. */
static char *room(struct ctx *cx, struct db_slot *s, size_t n, bool copy)
{
	if (copy)
		return arena_alloc(&cx->arena, n + 1);
	if (n + 1 > s->spill_cap) {
		s->spill_cap = (n + 1) * 2;
		s->spill = arena_alloc(&cx->arena, s->spill_cap);
	}
	return s->spill;
}

/* The bytes of column i, ending with a 0 that len does not count. */
static enum err take_bytes(struct ctx *cx, MYSQL_STMT *st, unsigned i,
			   bool copy, char **out)
{
	struct db_slot *s = &cx->db->slots[i];
	const unsigned long len = s->len;
	MYSQL_BIND whole = { 0 };

	if (len <= DB_DIRECT) {
		s->direct[len] = '\0';
		*out = copy ? arena_strndup(&cx->arena, s->direct, len)
			    : s->direct;
		return OK;
	}
	*out = room(cx, s, len, copy);
	whole.buffer_type = cx->db->out[i].buffer_type;
	whole.buffer = *out;
	whole.buffer_length = len;
	whole.length = &s->len;
	whole.is_null = &s->is_null;
	whole.error = &s->is_cut;
	if (mysql_stmt_fetch_column(st, &whole, i, 0) || s->is_cut)
		return FAIL(cx, ERR_INTERNAL, "column %u: cut off", i);
	(*out)[len] = '\0';
	return OK;
}

enum err db_land_row(struct ctx *cx, MYSQL_STMT *st, const struct db_query *q,
		     void *row, bool copy)
{
	for (unsigned i = 0; i < q->ncols; i++) {
		struct db_slot *s = &cx->db->slots[i];
		char *field = (char *)row + q->cols[i].offset, *bytes = NULL;
		const enum db_type type = q->cols[i].type;
		struct bytes b = { 0 };

		if (type == DB_I64) {
			const int64_t v = s->is_null ? DB_NULL : s->i64;

			memcpy(field, &v, sizeof(v));
		} else if (type == DB_F64) {
			const double v = s->is_null ? (double)NAN : s->f64;

			memcpy(field, &v, sizeof(v));
		} else {
			if (!s->is_null)
				TRY(take_bytes(cx, st, i, copy, &bytes));
			b.data = (const unsigned char *)bytes;
			b.len = bytes ? s->len : 0;
			if (type == DB_TEXT)
				memcpy(field, &bytes, sizeof(bytes));
			else
				memcpy(field, &b, sizeof(b));
		}
		if (s->is_cut && !s->is_null &&
		    (type == DB_I64 || type == DB_F64))
			return FAIL(cx, ERR_INTERNAL,
				    "%s: column %u does not fit its field",
				    q->name, i);
	}
	return OK;
}
