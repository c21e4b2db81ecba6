/*
 * test_ready.c: parts of pages that were made before come back under their
 * key only, and make room by bytes, but never under a model that uses them.
 */
#include "base/json_arena.h"
#include "check.h"
#include "pages/ready.h"
#include "view/model.h"

static struct ctx cx;
static int made;

struct wish {
	const char *text;
	size_t more; /* bytes of another text */
	enum err says;
};

static enum err make(struct ctx *c, json_t *part, void *arg)
{
	const struct wish *wish = arg;
	char *more = arena_alloc(&c->arena, wish->more + 1);

	for (size_t i = 0; i < wish->more; i++)
		more[i] = 'x';
	made++;
	model_text(part, "text", wish->text);
	model_text(model_item(model_list(part, "list")), "more", more);
	return wish->says;
}

static void begin(void)
{
	arena_reset(&cx.arena);
	json_arena_use(&cx.arena);
}

/* A request that shows one part. */
static const char *ask(const char *key, const char *text, size_t more)
{
	struct wish wish = { text, more, OK };
	const char *got;
	json_t *m;

	begin();
	m = json_object();
	CHECK(ready_put(&cx, m, key, make, &wish) == OK);
	got = json_string_value(json_object_get(m, "text"));
	ready_settle();
	return got;
}

static size_t parts(void)
{
	size_t n;

	ready_bytes(&n);
	return n;
}

static size_t bytes(void)
{
	size_t n;

	return ready_bytes(&n);
}

static void check_keys(void)
{
	made = 0;
	CHECK_TEXT(ask("a", "first", 10), "first");
	CHECK_TEXT(ask("a", "never made", 10), "first");
	CHECK(made == 1);
	CHECK_TEXT(ask("a later", "second", 10), "second");
	CHECK_TEXT(ask("a", "never made", 10), "first");
	CHECK(made == 2 && parts() == 2);
}

/* What a request puts into its model lasts, and is not changed by it. */
static void check_sharing(void)
{
	struct wish wish = { "never made", 10, OK };
	json_t *m, *again;

	begin();
	m = json_object();
	CHECK(ready_put(&cx, m, "a", make, &wish) == OK);
	model_text(m, "text", "changed by the page");
	again = json_object();
	CHECK(ready_put(&cx, again, "a", make, &wish) == OK);
	CHECK_TEXT(json_string_value(json_object_get(again, "text")), "first");
	CHECK(json_object_get(m, "list") == json_object_get(again, "list"));
}

static void check_failure(void)
{
	struct wish wish = { "half", 10, ERR_INTERNAL };
	const size_t before = parts();
	json_t *m;

	begin();
	m = json_object();
	CHECK(ready_put(&cx, m, "broken", make, &wish) == ERR_INTERNAL);
	CHECK(json_object_size(m) == 0 && parts() == before);
}

/* Whoever was not asked for the longest goes, and only when bytes say so. */
static void check_room(void)
{
	const size_t third = READY_MOST / 3;

	made = 0;
	ask("b", "b", third);
	ask("c", "c", third);
	CHECK(parts() == 4 && bytes() <= READY_MOST);
	ask("b", "never made", 0);
	CHECK(made == 2);
	ask("d", "d", third);
	CHECK(bytes() <= READY_MOST);
	CHECK_TEXT(ask("b", "never made", 0), "b");
	CHECK_TEXT(ask("d", "never made", 0), "d");
	CHECK_TEXT(ask("c", "made again", 0), "made again");
	CHECK(made == 4);
	CHECK_TEXT(ask("huge", "huge", READY_LARGEST), "huge");
	CHECK_TEXT(ask("huge", "made again", READY_LARGEST), "made again");
	CHECK_TEXT(ask("b", "never made", 0), "b");
}

/* One request with more than fits keeps all of it until its end. */
static void check_one_request(void)
{
	json_t *models[6];

	begin();
	for (int i = 0; i < 6; i++) {
		const char *key = arena_printf(&cx.arena, "part %d", i);
		struct wish wish = { key, READY_MOST / 4, OK };

		models[i] = json_object();
		CHECK(ready_put(&cx, models[i], key, make, &wish) == OK);
	}
	CHECK(bytes() > READY_MOST);
	for (int i = 0; i < 6; i++)
		CHECK(json_dumps(models[i], JSON_COMPACT) != NULL);
	ready_settle();
	CHECK(bytes() <= READY_MOST);
}

static void check_many(void)
{
	made = 0;
	for (int i = 0; i < 1000; i++) {
		char key[32];

		snprintf(key, sizeof(key), "small %d", i / 2);
		begin();
		if (ready_put(&cx, json_object(), key, make,
			      &(struct wish){ key, 100, OK }) != OK)
			made = -1;
		ready_settle();
	}
	CHECK(made == 500);
	CHECK(parts() < 100 && bytes() <= READY_MOST);
}

int main(void)
{
	json_arena_install();
	check_keys();
	check_sharing();
	check_failure();
	check_room();
	check_one_request();
	check_many();
	return check_done();
}
