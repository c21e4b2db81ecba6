#include "command/command.h"

#include "base/clock.h"
#include "base/json_arena.h"
#include "db/db.h"
#include "store/store_setting.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int command_say(const struct command *c, int status, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "terakoya %s: ", c->name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return status;
}

bool command_begin(struct command *c, const char *name)
{
	const char *wrong;

	memset(c, 0, sizeof(*c));
	c->name = name;
	wrong = config_read(&c->arena, &c->config);
	if (wrong) {
		command_say(c, 1, "%s", wrong);
		arena_release(&c->arena);
		return false;
	}
	if (c->config.now_ms)
		clock_set_offset(c->config.now_ms - clock_real());
	c->cx.config = &c->config;
	ctx_begin(&c->cx);
	json_arena_use(&c->cx.arena);
	return true;
}

bool command_begin_with_db(struct command *c, const char *name)
{
	int64_t offset;

	if (!command_begin(c, name))
		return false;
	if (db_open(&c->cx) != OK) {
		command_end(c, ERR_BUSY);
		return false;
	}
	if (!c->config.now_ms) {
		offset = store_setting_int(&c->cx, "clock.offset_ms", 0);
		clock_set_offset(offset);
		c->cx.now_ms = clock_now();
	}
	return true;
}

int command_end(struct command *c, enum err e)
{
	if (e != OK)
		command_say(c, 1, "%s",
			    c->cx.fault.code ? c->cx.fault.text : err_name(e));
	db_settle(&c->cx);
	db_close(&c->cx);
	json_arena_use(NULL);
	arena_release(&c->cx.arena);
	arena_release(&c->arena);
	return e == OK ? 0 : 1;
}
