/*
 * answers_load: answers written down as a table become a held session.
 *
 *   answers_load CODE TITLE <ANSWERS.csv      prints the id of the session
 *
 * The header names the items, a row is a person: 1 right, 0 wrong, blank not
 * answered. A first column "tier" holds which tier, counted from 1. Makes the
 * course CODE, its survey, one session, people with a place, and their
 * answers before and after, which are the same. Run by tests/with-server
 * after "terakoya load content".
 */
#include "base/json_arena.h"
#include "bench/bench.h"
#include "store/store_collection.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/pairing.h"
#include "survey/slots.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

#define MOST_ITEMS 40
#define MOST_BYTES 400 /* of a line */
#define STARTS     "2024-06-03 00:30:00"

static const struct db_query add_course = {
	.name = "load_course",
	.sql = "INSERT INTO course (code) VALUES (?)",
};
static const struct db_query add_version = {
	.name = "load_version",
	.sql = "INSERT INTO course_version (course_id, version_no, title,"
	       " summary, form, level, minutes, seats, definition, document,"
	       " sha256, search_key, published_at) VALUES (?, 1, ?, '',"
	       " 'classroom', 'concept', 90, 60, '{}', '', REPEAT('y', 32),"
	       " '', '2024-04-01')",
};
static const struct db_query show_version = {
	.name = "load_shown",
	.sql = "UPDATE course SET version_id = ? WHERE id = ?",
};
static const struct db_query add_session = {
	.name = "load_session",
	.sql = "INSERT INTO session (course_id, version_id, fiscal_year,"
	       " run_no, seats, state, starts_at, ends_at) VALUES (?, ?, 2024,"
	       " 1, 100000, 'held', '" STARTS "', '2024-06-03 03:00:00')",
};
static const struct db_query add_person = {
	.name = "load_person",
	.sql = "INSERT INTO person (family, given) VALUES ('試', '験')",
};
static const struct db_query find_tier = {
	.name = "load_tier",
	.sql = "SELECT id FROM tier ORDER BY id LIMIT 1 OFFSET ?",
	.row_size = sizeof(int64_t),
	.cols = { { DB_I64, 0 } },
	.ncols = 1,
};
static const struct db_query add_booking = {
	.name = "load_booking",
	.sql = "INSERT INTO booking (session_id, person_id, state, queue_no,"
	       " tier_id, changed_at) VALUES (?, ?, 'booked', ?, ?,"
	       " '2024-05-01')",
};

struct loading {
	struct ctx cx;
	const char *code, *title;
	char header[MOST_BYTES];
	const char *item[MOST_ITEMS];
	size_t nitems;
	bool has_tier;
	int64_t session, pre, post;
};

static void die(const char *why)
{
	fprintf(stderr, "answers_load: %s\n", why);
	exit(1);
}

/* Cells of a line, in place; their number. */
static size_t split(char *line, const char **cells)
{
	size_t n = 0;

	line[strcspn(line, "\r\n")] = '\0';
	for (char *at = line; n < MOST_ITEMS; at += strlen(at) + 1) {
		char *comma = strchr(at, ',');

		cells[n++] = at;
		if (!comma)
			return n;
		*comma = '\0';
	}
	die("too many columns");
	return 0;
}

static void read_header(struct loading *l)
{
	const char *cell[MOST_ITEMS];
	const size_t n = fgets(l->header, MOST_BYTES, stdin)
				 ? split(l->header, cell)
				 : 0;
	size_t first;

	if (!n)
		die("no header");
	l->has_tier = !strcmp(cell[0], "tier");
	first = l->has_tier ? 1 : 0;
	for (size_t j = first; j < n; j++)
		l->item[l->nitems++] = cell[j];
}

/* One survey for both times: an item is wrong (slot 1) or right (slot 2). */
static int64_t publish(struct loading *l)
{
	struct arena *a = &l->cx.arena;
	const struct problem *problems;
	const struct survey *sv;
	const char *xml =
		arena_printf(a,
			     "<survey code=\"%s\"><title><ja>%s</ja></title>"
			     "<purpose><ja>試験</ja></purpose>",
			     l->code, l->title);
	int64_t version;

	for (size_t j = 0; j < l->nitems; j++)
		xml = arena_printf(
			a,
			"%s<knowledge key=\"%s\" measures=\"knowledge\">"
			"<text><ja>設問 %s</ja><en>Item %s</en></text>"
			"<option key=\"x\"><ja>誤り</ja><en>wrong</en></option>"
			"<option key=\"y\" correct=\"yes\"><ja>正しい</ja>"
			"<en>right</en></option></knowledge>",
			xml, l->item[j], l->item[j], l->item[j]);
	xml = arena_printf(a, "%s</survey>", xml);
	sv = survey_from_xml(a, "content/schema/survey.rng", xml, strlen(xml),
			     &problems);
	if (!sv)
		die(problems ? problems->text : "no survey");
	bench_must(&l->cx,
		   store_survey_publish(&l->cx, sv, xml, &version, NULL));
	return version;
}

static void make_session(struct loading *l)
{
	struct ctx *cx = &l->cx;
	struct collection_new c = { .version_id = publish(l),
				    .moment = MOMENT_PRE,
				    .mode = MODE_PAIRED,
				    .is_open = true };
	int64_t course, version;

	bench_must(cx,
		   db_insert(cx, &add_course, ARGS(db_text(l->code)), &course));
	bench_must(cx, db_insert(cx, &add_version,
				 ARGS(db_i64(course), db_text(l->title)),
				 &version));
	bench_must(cx, db_exec(cx, &show_version,
			       ARGS(db_i64(version), db_i64(course)), NULL));
	bench_must(cx, db_insert(cx, &add_session,
				 ARGS(db_i64(course), db_i64(version)),
				 &l->session));
	c.session_id = l->session;
	bench_must(cx, store_collection_create(cx, &c, &l->pre));
	c.moment = MOMENT_POST;
	bench_must(cx, store_collection_create(cx, &c, &l->post));
}

static void answer(struct loading *l, int64_t collection,
		   const struct submission_new *who, unsigned char *slots)
{
	const struct answers answers = { .slots = slots, .nslots = l->nitems };
	struct submission_new s = *who;
	bool is_new;

	s.collection_id = collection;
	s.form_key = form_key_new(&l->cx.arena);
	s.answers = &answers;
	bench_must(&l->cx, store_submission_add(&l->cx, &s, &is_new));
}

static void read_person(struct loading *l, const char *const *cell, int64_t no)
{
	struct ctx *cx = &l->cx;
	struct submission_new s = { .mode = MODE_PAIRED,
				    .tier_id = DB_NULL,
				    .unit_id = DB_NULL,
				    .entered_by = DB_NULL,
				    .at_any_time = true };
	unsigned char slots[MOST_ITEMS];

	if (l->has_tier)
		bench_must(cx, db_one(cx, &find_tier,
				      ARGS(db_i64(**cell - '1')), &s.tier_id));
	cell += l->has_tier ? 1 : 0;
	for (size_t j = 0; j < l->nitems; j++)
		slots[j] = !*cell[j] ? SLOT_SKIPPED : *cell[j] == '1' ? 2 : 1;
	bench_must(cx, db_insert(cx, &add_person, NO_ARGS, &s.person_id));
	bench_must(cx, db_insert(cx, &add_booking,
				 ARGS(db_i64(l->session), db_i64(s.person_id),
				      db_i64(no), db_i64(s.tier_id)),
				 &s.booking_id));
	answer(l, l->pre, &s, slots);
	answer(l, l->post, &s, slots);
}

static enum err read_people(struct ctx *cx, void *arg)
{
	struct loading *l = arg;
	char line[MOST_BYTES];
	const char *cell[MOST_ITEMS];
	int64_t no = 0;

	(void)cx;
	while (fgets(line, sizeof(line), stdin)) {
		if (split(line, cell) != l->nitems + (l->has_tier ? 1 : 0))
			die("a row has another number of cells");
		read_person(l, cell, ++no);
	}
	return OK;
}

int main(int argc, char **argv)
{
	static struct loading l;
	struct config config;

	if (argc != 3)
		die("usage: answers_load CODE TITLE <ANSWERS.csv");
	if (sodium_init() < 0)
		die("no random numbers");
	json_arena_install();
	bench_open(&l.cx, &config);
	l.code = argv[1];
	l.title = argv[2];
	read_header(&l);
	make_session(&l);
	bench_must(&l.cx, db_transact(&l.cx, read_people, &l));
	printf("%lld\n", (long long)l.session);
	db_close(&l.cx);
	arena_release(&l.cx.arena);
	return 0;
}
