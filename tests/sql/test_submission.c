/*
 * Collections and submissions: who is asked, when a form is taken, what each
 * anonymity mode keeps, and that one person's answers are stored once.
 */
#include "submission_fixture.h"

#include "base/clock.h"
#include "store/store_collection.h"
#include "store/store_draft.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/pairing.h"
#include "survey/slots.h"

#include <sys/wait.h>
#include <unistd.h>

ONE(count_submissions, "SELECT COUNT(*) FROM submission"
		       " WHERE collection_id = ?");
ONE(count_completions, "SELECT COUNT(*) FROM completion"
		       " WHERE collection_id = ?");
ONE(count_drafts, "SELECT COUNT(*) FROM draft WHERE collection_id = ?");
ONE(count_links, "SELECT COUNT(*) FROM submission WHERE collection_id = ?"
		 " AND (person_id IS NOT NULL OR pairing_key IS NOT NULL"
		 " OR unit_id IS NOT NULL OR submitted_at <>"
		 " '2024-12-19 15:00:00' OR form_key = ?)");
ONE(count_paired, "SELECT COUNT(*) FROM submission WHERE collection_id = ?"
		  " AND person_id IS NULL AND pairing_key IS NOT NULL"
		  " AND tier_id = 9001 AND unit_id = 9001");
ONE(count_answers, "SELECT COUNT(*) FROM answer WHERE collection_id = ?");

struct answer_row {
	const char *item_key, *part_key, *label, *text;
	int64_t code;
	double number;
};

static const struct db_query answer_rows = {
	.name = "test answer_rows",
	.sql = "SELECT item_key, part_key, label, text, code, number"
	       " FROM answer WHERE collection_id = ?"
	       " ORDER BY slot_no IS NULL, slot_no, item_key, part_key",
	.row_size = sizeof(struct answer_row),
	.cols = { COL(struct answer_row, item_key),
		  COL(struct answer_row, part_key),
		  COL(struct answer_row, label), COL(struct answer_row, text),
		  COL(struct answer_row, code),
		  COL(struct answer_row, number) },
	.ncols = 6,
};

static const char xml[] =
	"<survey code=\"sqltest\">"
	"<title><ja>試験票</ja></title><purpose><ja>試験</ja></purpose>"
	"<scale key=\"a\" measures=\"attitude\" reverse=\"yes\">"
	"<text><ja>逆</ja></text><label points=\"1\"><ja>低</ja></label>"
	"<label points=\"2\"><ja>中</ja></label>"
	"<label points=\"3\"><ja>高</ja></label></scale>"
	"<multiple key=\"m\"><text><ja>複数</ja></text>"
	"<option key=\"x\"><ja>あ</ja></option>"
	"<option key=\"other\" other=\"yes\"><ja>他</ja></option></multiple>"
	"<knowledge key=\"k\"><text><ja>知識</ja></text>"
	"<option key=\"x\"><ja>誤</ja></option>"
	"<option key=\"y\" correct=\"yes\"><ja>正</ja></option></knowledge>"
	"<number key=\"n\"><text><ja>数</ja></text></number>"
	"<long-text key=\"l\"><text><ja>文</ja></text></long-text>"
	"</survey>";

static struct test_db t;
static struct ctx *cx = &t.cx;
static int64_t version_id;
static const struct survey *sv;

static int64_t at(const char *utc)
{
	int64_t ms = 0;

	if (!instant_from_db(utc, &ms))
		printf("Bail out! no instant\n");
	return ms;
}

static int64_t count(const struct db_query *q, int64_t id)
{
	struct one one = { -1 };

	if (db_one(cx, q, ARGS(db_i64(id)), &one) != OK)
		printf("# %s\n", cx->fault.text);
	return one.n;
}

static void fixture(void)
{
	static const struct db_query *const all[] = {
		&add_scheme,   &add_tier,     &add_unit,           &add_people,
		&add_postings, &add_course,   &add_course_version, &add_session,
		&add_meeting,  &add_bookings,
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		CHECK_OK(cx, db_exec(cx, all[i], NO_ARGS, NULL));
	cx->now_ms = at("2024-12-19 12:00:00.000");
}

static void publishing(void)
{
	const struct problem *problems;
	const struct survey *made =
		survey_from_xml(&cx->arena, "content/schema/survey.rng", xml,
				sizeof(xml) - 1, &problems);
	int64_t again;
	bool is_new;

	CHECK(made != NULL);
	CHECK_OK(cx, store_survey_publish(cx, made, xml, &version_id, &is_new));
	CHECK(is_new);
	CHECK_OK(cx, store_survey_publish(cx, made, xml, &again, &is_new));
	CHECK_THAT(!is_new && again == version_id,
		   "publishing the same again adds no version");
	CHECK_OK(cx, store_survey_open(cx, version_id, &sv));
	CHECK(sv->version_id == version_id && sv->nslots == 4);
	CHECK_ERR(cx, store_survey_open(cx, 999999, &sv), ERR_NOT_FOUND);
	CHECK_OK(cx, store_survey_open(cx, version_id, &sv));
}

static int64_t collection(enum moment moment, enum mode mode, bool is_open)
{
	const struct collection_new c = { .version_id = version_id,
					  .session_id = 9001,
					  .moment = moment,
					  .mode = mode,
					  .is_open = is_open };
	int64_t id = 0;

	CHECK_OK(cx, store_collection_create(cx, &c, &id));
	return id;
}

/* n people are asked by the pre collection; the first has it due. */
static size_t due(int64_t person_id)
{
	const struct collection_person who = { .id = person_id };
	const struct collection_due *rows;
	size_t n = 99;

	CHECK_OK(cx, store_collections_due(cx, &who, &rows, &n));
	return n;
}

static struct submission_new sheet(int64_t id, enum mode mode, int64_t person)
{
	static const struct given form[] = {
		{ "a", "3" },   { "m", "other" }, { "m.other", "別の" },
		{ "k", "_dk" }, { "n", "2.5" },   { "l", "よかった" },
	};
	const struct problem *problems;
	struct answers *as = ARENA_NEW(&cx->arena, struct answers);

	*as = survey_read(&cx->arena, sv, (struct givens){ form, 6 },
			  &problems);
	return (struct submission_new){ .collection_id = id,
					.mode = mode,
					.person_id = person,
					.booking_id = person,
					.tier_id = 9001,
					.unit_id = 9001,
					.entered_by = DB_NULL,
					.form_key = form_key_new(&cx->arena),
					.answers = as };
}

static void pre(void)
{
	const int64_t id = collection(MOMENT_PRE, MODE_PAIRED, true);
	struct submission_new s = sheet(id, MODE_PAIRED, 9001);
	const struct submission_own *own;
	struct answers back;
	bool is_new, found;
	size_t n;

	CHECK_THAT(due(9001) == 1, "who is booked has the pre-survey due");
	CHECK_THAT(due(9003) == 0, "who waits for a place is not asked");
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK(is_new);
	s.form_key = form_key_new(&cx->arena);
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK_THAT(!is_new && count(&count_submissions, id) == 1,
		   "a second tab's answers are not stored again");
	CHECK_THAT(count(&count_paired, id) == 1,
		   "mode paired keeps the key, tier and unit, not the person");
	CHECK_THAT(due(9001) == 0, "what is answered is no longer due");

	CHECK_OK(cx, store_submissions_own(cx, 9001, &own, &n));
	CHECK(n == 1);
	CHECK_OK(cx, store_submission_own(cx, 9001, &own[0], &back, &found));
	CHECK_THAT(found && back.nslots == 4 && back.nopen == 3 &&
			   !memcmp(back.slots, s.answers->slots, 4),
		   "the respondent finds the own answers by the own key");
	CHECK_OK(cx, store_submission_own(cx, 9002, &own[0], &back, &found));

	cx->now_ms = at("2024-12-20 00:00:00.000");
	s = sheet(id, MODE_PAIRED, 9002);
	CHECK_ERR(cx, store_submission_add(cx, &s, &is_new), ERR_CONFLICT);
	CHECK_THAT(count(&count_completions, id) == 1,
		   "nothing is taken from the start of the session on");
	CHECK_THAT(due(9002) == 0, "a pre-survey ends when the session starts");
	CHECK_ERR(cx, store_collection_open(cx, id, 9001), ERR_CONFLICT);
}

static void view_answer(int64_t id)
{
	const struct answer_row *rows;
	size_t n;

	CHECK_OK(cx, db_all(cx, &answer_rows, ARGS(db_i64(id)), &rows, &n));
	CHECK_THAT(n == 7,
		   "the view answer has a row per slot and open answer");
	if (n != 7)
		return;
	CHECK_TEXT(rows[0].item_key, "a");
	CHECK_TEXT(rows[0].label, "高");
	CHECK_NEAR(rows[0].number, 1, 1e-12);
	CHECK(rows[1].code == SLOT_NOT_TICKED && rows[2].code == SLOT_TICKED);
	CHECK_TEXT(rows[2].part_key, "other");
	CHECK_TEXT(rows[3].label, "わからない");
	CHECK_NEAR(rows[3].number, 0, 1e-12);
	CHECK_TEXT(rows[4].text, "よかった");
	CHECK_TEXT(rows[5].part_key, "other");
	CHECK_NEAR(rows[6].number, 2.5, 1e-12);
}

static void post(void)
{
	const int64_t id = collection(MOMENT_POST, MODE_UNLINKED, false);
	struct submission_new s = sheet(id, MODE_UNLINKED, 9001);
	const struct collection_counts *counts;
	const struct collection_missing *missing;
	const struct collection_person who = { .id = 9001 };
	struct collection_view view;
	struct one one;
	bool is_new, saved;
	size_t n;

	cx->now_ms = at("2024-12-20 03:30:00.000");
	CHECK_ERR(cx, store_submission_add(cx, &s, &is_new), ERR_CONFLICT);
	CHECK_OK(cx, store_collection_open(cx, id, 9001));
	CHECK_THAT(due(9002) == 1,
		   "without attendance taken everybody booked is asked");
	CHECK_OK(cx, db_exec(cx, &add_presence, NO_ARGS, NULL));
	CHECK_THAT(due(9001) == 1 && due(9002) == 0,
		   "with attendance taken only who was there is asked");
	CHECK_OK(cx, db_exec(cx, &no_presence, NO_ARGS, NULL));

	CHECK_OK(cx, store_draft_save(cx, id, 9001, s.form_key, "[]", &saved));
	CHECK(saved && count(&count_drafts, id) == 1);
	CHECK_OK(cx, store_draft_save(cx, id, 9001, "another key",
				      "[[\"a\",\"b\"]]", &saved));
	CHECK_OK(cx, store_collection_view(cx, id, &who, &view));
	CHECK(view.part.is_invited == 1 && view.part.is_done == 0 &&
	      view.c.is_open == 1 && view.part.booking_id == 9001);
	CHECK_TEXT(view.draft.form_key, s.form_key);
	CHECK_TEXT(view.draft.fields, "[[\"a\",\"b\"]]");
	CHECK_OK(cx, store_collection_place(cx, id, &who, &view));
	CHECK(view.part.is_invited == 1 && view.part.booking_id == 9001);
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK(is_new);
	CHECK_THAT(count(&count_drafts, id) == 0,
		   "the draft goes when the answers are stored");
	CHECK_OK(cx, store_draft_save(cx, id, 9001, s.form_key, "[]", &saved));
	CHECK_THAT(!saved && count(&count_drafts, id) == 0,
		   "a late autosave leaves nothing behind");
	CHECK_OK(cx, db_one(cx, &count_links,
			    ARGS(db_i64(id), db_text(s.form_key)), &one));
	CHECK_THAT(
		one.n == 0,
		"mode unlinked keeps no person, key, unit, time or form key");
	view_answer(id);

	CHECK_OK(cx, store_collection_counts(cx, 9001, &counts, &n));
	CHECK_THAT(n == 2 && counts[1].collection_id == id &&
			   counts[1].invited == 2 && counts[1].answered == 1,
		   "the counts say how many were asked and how many answered");
	CHECK_OK(cx, store_collection_missing(cx, id, &missing, &n));
	CHECK_THAT(n == 1 && missing[0].person_id == 9002,
		   "who has not answered is known without opening answers");
	CHECK_OK(cx, store_collection_close(cx, id));
	CHECK_THAT(due(9002) == 0, "a closed collection is not due");
}

static void at_large(void)
{
	const struct collection_new c = { .version_id = version_id,
					  .session_id = DB_NULL,
					  .moment = MOMENT_ATLARGE,
					  .mode = MODE_NAMED,
					  .is_open = true,
					  .tier_codes = "T1,T2" };
	const struct collection_missing *missing;
	struct submission_new s;
	bool is_new;
	int64_t id;
	size_t n;

	CHECK_OK(cx, store_collection_create(cx, &c, &id));
	CHECK_THAT(due(9004) == 1, "at large the tier decides who is asked");
	s = sheet(id, MODE_NAMED, 9004);
	s.booking_id = DB_NULL;
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK(is_new && count(&count_answers, id) == 7);
	CHECK_OK(cx, store_collection_missing(cx, id, &missing, &n));
	CHECK(n == 3);
}

/* Without numbers and texts it is another statement, and the same rules. */
static void at_once(void)
{
	const struct collection_new c = { .version_id = version_id,
					  .session_id = DB_NULL,
					  .moment = MOMENT_ATLARGE,
					  .mode = MODE_PAIRED,
					  .is_open = true,
					  .closes_at =
						  "2024-12-20 04:00:00.000" };
	struct submission_new s;
	struct answers as;
	const char *key;
	bool is_new, saved;
	int64_t id;

	CHECK_OK(cx, store_collection_create(cx, &c, &id));
	s = sheet(id, MODE_PAIRED, 9001);
	as = *s.answers;
	as.nopen = 0;
	key = s.form_key;
	s.answers = &as;
	CHECK_OK(cx, store_draft_save(cx, id, 9001, key, "[]", &saved));
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK(is_new && count(&count_drafts, id) == 0);
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK(!is_new && count(&count_submissions, id) == 1);
	s = sheet(id, MODE_PAIRED, 9002);
	s.form_key = key;
	s.answers = &as;
	CHECK_ERR(cx, store_submission_add(cx, &s, &is_new), ERR_CONFLICT);
	CHECK_THAT(count(&count_completions, id) == 1,
		   "a submission that is refused marks nobody");
	s.form_key = form_key_new(&cx->arena);
	cx->now_ms = at("2024-12-20 04:00:00.000");
	CHECK_ERR(cx, store_submission_add(cx, &s, &is_new), ERR_CONFLICT);
	cx->now_ms--;
	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
	CHECK_THAT(is_new, "answers are taken to the last millisecond");
}

/* All children send the same form at the same moment. */
static void race(enum moment moment, size_t nopen)
{
	const int64_t id = collection(moment, MODE_PAIRED, true);
	const char *key = form_key_new(&cx->arena);
	int status, failures = 0;

	for (int i = 0; i < 4; i++)
		if (fork() == 0) {
			struct test_db own;
			struct submission_new s;
			struct answers as;
			bool is_new;
			enum err err;

			test_db_open(&own, "DB_URL");
			own.cx.now_ms = cx->now_ms;
			s = sheet(id, MODE_PAIRED, 9001);
			as = *s.answers;
			as.nopen = nopen;
			s.answers = &as;
			s.form_key = key;
			err = store_submission_add(&own.cx, &s, &is_new);
			_exit(err == OK ? 0 : 1);
		}
	while (wait(&status) > 0)
		failures += status != 0;
	CHECK_THAT(failures == 0, "every one of four resends gets its receipt");
	CHECK_THAT(count(&count_submissions, id) == 1,
		   "four resends at once store one submission");
}

int main(void)
{
	test_db_open(&t, "DB_URL");
	fixture();
	publishing();
	pre();
	post();
	at_large();
	at_once();
	race(MOMENT_FOLLOWUP, 3);
	race(MOMENT_ATLARGE, 0);
	test_db_close(&t);
	return check_done();
}
