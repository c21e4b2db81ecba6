/*
 * From submissions to figures, on twelve people whose answers are written
 * down here, and what is hidden when there are fewer.
 *
 * Two knowledge items, 12 matched people. Before: person i is right on item 1
 * from i = 6 on (6 people) and never on item 2. After: all but two (i = 0, 1)
 * on item 1 (10 people), every second one on item 2 (6 people).
 * By hand: before 6/24 = .25, after 16/24 = .6667.
 */
#include "held_fixture.h"

#include "insight/export_view.h"
#include "insight/needs_view.h"
#include "insight/session_view.h"
#include "insight/summary.h"
#include "store/store_plan.h"
#include "store/store_proposal.h"

static const char xml[] =
	"<survey code=\"insight\">"
	"<title><ja>票</ja></title><purpose><ja>試験</ja></purpose>"
	"<knowledge key=\"k1\" measures=\"knowledge\"><text><ja>一</ja></text>"
	"<option key=\"x\"><ja>誤</ja></option>"
	"<option key=\"y\" correct=\"yes\"><ja>正</ja></option></knowledge>"
	"<knowledge key=\"k2\" measures=\"knowledge\"><text><ja>二</ja></text>"
	"<option key=\"x\"><ja>誤</ja></option>"
	"<option key=\"y\" correct=\"yes\"><ja>正</ja></option></knowledge>"
	"<scale key=\"all\" measures=\"overall\"><text><ja>総合</ja></text>"
	"<label points=\"1\"><ja>1</ja></label>"
	"<label points=\"2\"><ja>2</ja></label>"
	"<label points=\"3\"><ja>3</ja></label>"
	"<label points=\"4\"><ja>4</ja></label>"
	"<label points=\"5\"><ja>5</ja></label></scale>"
	"<long-text key=\"c\" "
	"measures=\"comment-good\"><text><ja>文</ja></text>"
	"</long-text></survey>";

static int64_t version_id;

static void answer(int64_t collection, int64_t booking, int64_t person,
		   int64_t tier, const unsigned char slots[3])
{
	unsigned char bytes[3] = { slots[0], slots[1], slots[2] };
	struct open_answer text = { 1, NAN, "試さんの話がよかった" };
	const struct answers answers = { bytes, 3, &text, 1 };

	held_answer(collection, booking, person, tier, &answers);
}

/* A held session with people 0 .. n-1 answering before and after. */
static void hold(int64_t session, int run, int64_t first_person, int n)
{
	int64_t pre, post;

	held_session(session, 8001, run);
	pre = held_collect(session, version_id, MOMENT_PRE);
	post = held_collect(session, version_id, MOMENT_POST);
	for (int i = 0; i < n; i++) {
		const int64_t id = first_person + i;
		const int64_t tier = first_id + (i < 10 ? 0 : 1);
		const unsigned char before[3] = { i >= 6 ? 2 : 1, 1, 255 };
		const unsigned char after[3] = { i >= 2 ? 2 : 1, i % 2 ? 2 : 1,
						 (unsigned char)(3 + i % 3) };
		int64_t booking;

		held_person(id);
		booking = held_book(session, id, tier);
		answer(pre, booking, id, tier, before);
		answer(post, booking, id, tier, after);
	}
}

static void figures_of_twelve_people(void)
{
	const struct gate g = gate_standard();
	const struct answers_of of = { .session_id = 8001 };
	struct session_view v;

	CHECK_OK(cx, session_view_read(cx, &g, &of, &v));
	CHECK(v.funnel.booked == 12 && v.funnel.pre == 12 &&
	      v.funnel.post == 12 && v.funnel.matched == 12);
	CHECK(v.score.n_pairs == 12 && v.score.only_pre == 0);
	CHECK_NEAR(v.score.before.value, 0.25, 1e-12);
	CHECK_NEAR(v.score.after.value, 0.67, 1e-12);
	CHECK_NEAR(v.score.change.value, 0.42, 1e-12);
	/* g = (16 - 6)/(24 - 6) */
	CHECK_NEAR(v.score.gain.value, 10.0 / 18.0, 1e-12);
	CHECK(v.nitems == 2);
	CHECK_NEAR(v.items[0].before.value, 0.5, 1e-12);
	CHECK_NEAR(v.items[0].after.value, 0.83, 1e-12);
	CHECK_NEAR(v.items[1].before.value, 0.0, 1e-12);
	CHECK(v.items[0].flags == 0);
	CHECK_THAT(v.items[0].discrimination.status == AN_SUPPRESSED,
		   "twelve people are too few to judge an item");
	CHECK_NEAR(v.overall.mean.value, 4.0, 1e-12);
	CHECK(v.overall.spread.shown && v.overall.spread.count[2] == 4);
	CHECK(v.ncomments == 1 && v.comments[0].shown &&
	      v.comments[0].ntexts == 12);
	CHECK_THAT(!strcmp(v.comments[0].texts[11],
			   "〔氏名〕さんの話がよかった"),
		   "nobody who was there is named");
}

static void seven_people_show_little(void)
{
	const struct gate g = gate_standard();
	const struct answers_of of = { .session_id = 8002 };
	struct session_view v;

	CHECK_OK(cx, session_view_read(cx, &g, &of, &v));
	CHECK(v.score.n_pairs == 7);
	CHECK_THAT(gate_has(&v.score.change) && v.score.is_reference,
		   "a score of seven is shown as 参考値");
	CHECK_THAT(v.score.dz.status == AN_SUPPRESSED &&
			   v.score.gain.status == AN_SUPPRESSED,
		   "effect sizes of seven are not");
	CHECK(v.items[0].after.status == AN_SUPPRESSED);
	CHECK_THAT(!v.items[0].spread_after.shown &&
			   v.items[0].spread_after.count[1] == 0,
		   "hidden options carry no count");
	CHECK(v.overall.mean.status == AN_SUPPRESSED &&
	      !v.overall.spread.shown);
	CHECK(v.ncomments == 1 && !v.comments[0].shown &&
	      v.comments[0].ntexts == 0);
}

static void a_course_keeps_the_small_session_out(void)
{
	const struct gate g = gate_standard();
	const struct answers_of of = { .course_id = 8001 };
	struct course_summary s;
	struct session_view v;

	CHECK_OK(cx, session_view_read(cx, &g, &of, &v));
	CHECK(v.nparts == 2 && v.parts_out == 1);
	CHECK_THAT(v.score.n_pairs == 12,
		   "the total minus the shown session is nobody");
	CHECK_NEAR(v.overall.mean.value, 4.0, 1e-12);
	CHECK_THAT(v.comments[0].n == 12, "nor are the comments mixed in");
	CHECK_OK(cx, insight_course_summary(cx, 8001, &s));
	CHECK_NEAR(s.change.value, v.score.change.value, 1e-12);
	CHECK(s.shown && s.sessions == 2);
}

static int64_t collection_of(int64_t session, const char *moment)
{
	const struct collection *rows;
	size_t n;

	CHECK_OK(cx, store_collections_of_session(cx, session, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!strcmp(rows[i].moment_text, moment))
			return rows[i].id;
	return 0;
}

/* By what they say, so that nobody's place in the file tells when they came. */
static bool in_order_of_answers(const struct raw_view *v)
{
	size_t steps = 0;

	for (size_t i = 1; i < v->nrows; i++) {
		const struct raw_row *a = &v->rows[i - 1], *b = &v->rows[i];
		const int order = memcmp(a->slots, b->slots, a->nslots);

		if (order > 0)
			return false;
		steps += order < 0;
	}
	return steps > 0;
}

static void raw_answers_follow_the_same_rules(void)
{
	const struct gate g = gate_standard();
	const int64_t post = collection_of(8001, "post");
	struct raw_view v;

	CHECK_OK(cx, raw_view_read(cx, &g, post, &v));
	CHECK_THAT(!v.is_closed && !v.shown && v.nrows == 0,
		   "an open collection is not given out");
	CHECK_OK(cx, store_collection_close(cx, post));
	CHECK_OK(cx, raw_view_read(cx, &g, post, &v));
	CHECK(v.shown && v.nrows == 12 && v.ncolumns == 3);
	CHECK_THAT(!*v.rows[0].tier && !*v.rows[11].tier,
		   "a tier of two people is hidden, and with it the other");
	CHECK_THAT(in_order_of_answers(&v),
		   "the rows do not stand in the order they came");
	CHECK_OK(cx, raw_view_read(cx, &g, collection_of(8002, "pre"), &v));
	CHECK_THAT(v.is_closed && !v.shown && v.nrows == 0,
		   "seven people's answers are not given out");
}

static void a_proposal_guards_its_revision(void)
{
	struct proposal p = { .title = "案",
			      .course_id = DB_NULL,
			      .cost = DB_NULL,
			      .people = 121 };
	struct proposal_step step = { .to = "review", .by = DB_NULL };
	const struct proposal_event *events;
	size_t n;

	CHECK_OK(cx, store_proposal_add(cx, &p, NULL, 0, DB_NULL, &p.id));
	p.revision = 1;
	CHECK_OK(cx, store_proposal_change(cx, &p));
	CHECK_THAT(store_proposal_change(cx, &p) == ERR_CONFLICT,
		   "an older revision does not overwrite a newer one");
	ctx_forgive(cx);
	step.id = p.id;
	step.revision = 2;
	CHECK_OK(cx, store_proposal_go(cx, &step));
	step.to = "measured";
	step.revision = 3;
	CHECK_THAT(store_proposal_go(cx, &step) == ERR_BAD_REQUEST,
		   "no step leads from review to measured");
	ctx_forgive(cx);
	CHECK_OK(cx, store_proposal_events(cx, p.id, &events, &n));
	CHECK(n == 2 && !strcmp(events[1].to_state, "review"));
}

static void a_decided_plan_is_frozen(void)
{
	struct plan_line l = { .course_id = DB_NULL,
			       .title = "新しい研修",
			       .fiscal_year = 2031,
			       .people = 54,
			       .seats = 60,
			       .show_rate = 0.9,
			       .runs = 1,
			       .minutes = 180,
			       .proposal_id = DB_NULL,
			       .finding_id = DB_NULL };
	const struct plan_line *lines;
	int64_t id, next;
	bool made;
	size_t n;

	CHECK_OK(cx, store_plan_add(cx, "計画 insight", 2031, false, &id));
	CHECK(store_plan_add(cx, "計画 insight", 2031, false, &next) ==
	      ERR_CONFLICT);
	ctx_forgive(cx);
	l.plan_id = id;
	CHECK_OK(cx, store_plan_line_add(cx, &l, &l.id));
	CHECK_OK(cx, store_plan_decide(cx, id, DB_NULL));
	l.people = 60;
	CHECK_THAT(store_plan_line_change(cx, &l) == ERR_CONFLICT,
		   "a line of a decided plan does not change");
	ctx_forgive(cx);
	CHECK(store_plan_line_delete(cx, id, l.id) == ERR_CONFLICT);
	ctx_forgive(cx);
	CHECK_OK(cx, store_plan_next_version(cx, id, &next, &made));
	CHECK(made);
	CHECK_OK(cx, store_plan_lines(cx, next, &lines, &n));
	CHECK_THAT(n == 1 && lines[0].people == 54,
		   "the next version starts with the same lines");
}

int main(void)
{
	held_open(8001, 2031);
	held_course(8001, "insight");
	version_id = held_publish(xml);
	hold(8001, 1, 8001, 12);
	hold(8002, 2, 8101, 7);
	figures_of_twelve_people();
	seven_people_show_little();
	a_course_keeps_the_small_session_out();
	raw_answers_follow_the_same_rules();
	a_proposal_guards_its_revision();
	a_decided_plan_is_frozen();
	test_db_close(&held);
	return check_done();
}
