/* Content and people from files into the database. */
#include "base/text.h"
#include "load_fixture.h"
#include "store/store_course.h"
#include "store/store_person.h"
#include "store/store_posting.h"
#include "store/store_tier.h"
#include "store/store_unit.h"

#include <stdlib.h>
#include <string.h>

static void content_loads_twice_the_same(struct ctx *cx)
{
	const char *folder = getenv("CONTENT");
	struct load_content_report r;
	const struct course *courses;
	size_t n;

	CHECK_OK(cx, load_content(cx, folder, &r));
	CHECK_THAT(r.nproblems == 0, "the shipped content has no problem");
	CHECK_THAT(r.published >= 16 * 3, "courses and their surveys are new");
	CHECK_OK(cx, load_content(cx, folder, &r));
	CHECK_THAT(r.published == 0, "a second time publishes nothing");
	CHECK_OK(cx, store_course_all(cx, &courses, &n));
	CHECK_THAT(n >= 16, "there are sixteen courses or more");
}

static void tiers_have_their_matrix(struct ctx *cx)
{
	const struct tier *tiers;
	const struct tier_skill *cells;
	size_t n, ncells;

	CHECK_OK(cx, store_tiers(cx, 2024, &tiers, &n));
	CHECK(n == 5);
	CHECK_THAT(tiers[1].headcount == 124 && tiers[2].headcount == 121,
		   "managers and leaders are counted as the city states");
	CHECK_OK(cx, store_tiers(cx, 2030, &tiers, &n));
	CHECK_THAT(n == 5, "a scheme stays in force until the next one");
	CHECK_OK(cx, store_tier_skills(cx, 2024, &cells, &ncells));
	CHECK(ncells == 40);
}

static size_t found(struct ctx *cx, const char *search)
{
	const struct course_filter f = { .tier_code = "T3",
					 .search = search,
					 .limit = 50 };
	const struct course_item *items;
	size_t n = 0;

	CHECK_OK(cx, store_course_list(cx, &f, &items, &n));
	return n;
}

static void search_finds_every_spelling(struct ctx *cx)
{
	const struct course_filter own = { .tier_code = "T3",
					   .only_tier = true,
					   .limit = 50 };
	const struct course_item *items;
	size_t n;

	CHECK(found(cx, "キャッシュレス") > 0);
	CHECK_THAT(found(cx, "ｷｬｯｼｭﾚｽ") == found(cx, "キャッシュレス"),
		   "half-width kana find the same");
	CHECK_THAT(found(cx, "きゃっしゅれす") == found(cx, "キャッシュレス"),
		   "hiragana find the same");
	CHECK_THAT(found(cx, "ＰＭＨ") == found(cx, "pmh"),
		   "full-width letters find the same");
	CHECK(found(cx, "ぞうさん") == 0);
	CHECK_OK(cx, store_course_list(cx, &own, &items, &n));
	CHECK(n > 5 && !strcmp(items[0].demand, "required"));
	CHECK_THAT(items[0].total == (int64_t)n, "the list knows its length");
}

#define SAKI                                                                              \
	"0012,髙﨑,花子,タカサキ,ハナコ,h@example.jp,0101,市民窓口課,T2," \
	"課長,,○,2024-04-01,\n"
#define TARO                                                                           \
	"0013,山田,太郎,ヤマダ,タロウ,t@example.jp,0101,市民窓口課,T3," \
	"主査,,,R6.4.1,\n"
#define TARO2 \
	"0014,山田,太郎,ヤマダ,タロウ,,0102,デジタル推進室,,,,,2024/4/1,\n"

static struct person person_of(struct ctx *cx, const char *number)
{
	struct person p = { .id = 0 };
	bool is_there = false;

	CHECK_OK(cx, store_person_by_staff_number(cx, number, &p, &is_there));
	CHECK(is_there);
	return p;
}

static void people_are_loaded_whole_or_not_at_all(struct ctx *cx)
{
	struct load_people_report r = people(cx, HEAD SAKI TARO TARO2, true);
	struct person p;
	bool is_there;

	CHECK_THAT(r.counts[PEOPLE_NEW] == 3 && r.new_units == 2,
		   "a dry run says what would change");
	CHECK_OK(cx, store_person_by_staff_number(cx, "0012", &p, &is_there));
	CHECK_THAT(!is_there, "a dry run writes nothing");

	r = people(cx,
		   HEAD SAKI "0013,山田,太郎,やまだ,タ口ウ,,0101,,T9,,,,,\n",
		   false);
	CHECK_THAT(r.nproblems == 1 && r.problems[0].line == 3,
		   "a bad row is named by its line");
	CHECK_TEXT(r.problems[0].where, "名カナ");
	CHECK_TEXT(r.problems[0].value, "タ口ウ");
	CHECK_OK(cx, store_person_by_staff_number(cx, "0012", &p, &is_there));
	CHECK_THAT(!is_there, "with one bad row nothing is loaded");

	r = people(cx, HEAD SAKI TARO TARO2, false);
	CHECK(r.nproblems == 0 && r.counts[PEOPLE_NEW] == 3);
	p = person_of(cx, "0012");
	CHECK_TEXT(p.family, "髙﨑");
	CHECK_TEXT(p.staff_number, "0012");
	CHECK_THAT(person_of(cx, "0013").id != person_of(cx, "0014").id,
		   "two people of one name are two people");
	r = people(cx, HEAD SAKI TARO TARO2, false);
	CHECK_THAT(r.counts[PEOPLE_SAME] == 3, "the same file changes nothing");
}

static void a_move_ends_a_posting_and_begins_one(struct ctx *cx)
{
	const struct posting *rows;
	size_t n;
	struct load_people_report r = people(
		cx,
		HEAD
		"0013,山田,太郎,ヤマダ,タロウ,t@example.jp,0102,,T3,主査,,,"
		"2024-10-01,\n"
		"0013,山田,太郎,ヤマダ,タロウ,t@example.jp,0101,,T3,主査,○,"
		",2024-10-01,\n",
		false);

	CHECK(r.nproblems == 0 && r.counts[PEOPLE_MOVED] == 1);
	CHECK_OK(cx,
		 store_postings_of(cx, person_of(cx, "0013").id, &rows, &n));
	CHECK_THAT(n == 3, "the old posting stays, a new one and a second one");
	CHECK_TEXT(rows[0].unit_code, "0102");
	CHECK(rows[0].valid_to == NULL && rows[0].is_main == 1);
	CHECK(rows[1].is_main == 0);
	CHECK_TEXT(rows[2].valid_to, "2024-09-30");

	r = people(cx,
		   HEAD
		   "0013,山田,太郎,ヤマダ,タロウ,t@example.jp,0102,,T3,係長,"
		   ",,2024-10-01,\n",
		   false);
	CHECK_THAT(r.nproblems == 1, "a posting is never overwritten");
}

static void leaving_ends_everything(struct ctx *cx)
{
	const struct posting *rows;
	struct load_people_report r;
	size_t n;

	r = people(cx,
		   HEAD
		   "0013,山田,太郎,ヤマダ,タロウ,t@example.jp,0102,,T3,主査,"
		   ",,2024-10-01,令和7年3月31日\n",
		   false);
	CHECK(r.nproblems == 0 && r.counts[PEOPLE_LEFT] == 1);
	CHECK_TEXT(person_of(cx, "0013").left_on, "2025-03-31");
	CHECK_OK(cx,
		 store_postings_of(cx, person_of(cx, "0013").id, &rows, &n));
	CHECK_TEXT(rows[0].valid_to, "2025-03-31");
	CHECK_TEXT(rows[1].valid_to, "2025-03-31");
}

static void bad_rows_say_what_to_do(struct ctx *cx)
{
	refuses(cx, "12,髙﨑,花子,タカサキ,ハナコ,,0101,,,,,,,\n",
		"load.people_zeros");
	refuses(cx, "0090,木,一,キ,イチ,,9999,,,,,,,\n",
		"load.people_unit_unknown");
	refuses(cx, "0090,木,一,キ,イチ,,0101,別の課,,,,,,\n",
		"load.people_unit_name");
	refuses(cx, "0090,木,一,キ,イチ,,0101,,T7,,,,,\n", "load.people_tier");
	refuses(cx, "0090,木,一,キ,イチ,h@example.jp,0101,,,,,,,\n",
		"load.people_email_taken");
	refuses(cx, "0090,木,一,キ,イチ,,0101,,,,,,2024-02-30,\n",
		"load.people_day");
	refuses(cx,
		"0090,木,一,キ,イチ,,0101,,,,,,,\n"
		"0090,木,一,キ,イチ,,0101,,,,,,,\n",
		"load.people_twice");
	refuses(cx, "0090,木,一,キ,イチ,,0101,,,,?,,,\n", "load.people_yes");
	refuses(cx, "\"0090,木\n", "load.csv_quote");
}

/* Before anybody else is there: the file people start from must be good. */
static void the_sample_fits(struct ctx *cx)
{
	const struct load_people_options o = { .dry_run = true,
					       .as_of = { 2024, 4, 1 } };
	struct load_people_report r;
	size_t len;
	const char *bytes = load_people_sample(cx, &len);

	CHECK_OK(cx, load_people(cx, bytes, len, &o, &r));
	CHECK_THAT(r.nproblems == 0 && r.counts[PEOPLE_NEW] == 2,
		   "the sample file can be loaded");
	for (size_t i = 0; i < r.nproblems; i++)
		printf("# %s %s\n", r.problems[i].text, r.problems[i].value);
}

static void heads_and_admins(struct ctx *cx)
{
	const struct person_role *roles;
	size_t n;
	int64_t saki = person_of(cx, "0012").id;

	CHECK_OK(cx, store_person_roles(cx, saki, &roles, &n));
	CHECK_THAT(n == 2, "a head may learn and decide");
	CHECK_OK(cx, store_role_grant(cx, saki, "admin", DB_NULL));
	CHECK_THAT(store_role_revoke(cx, saki, "admin") == ERR_CONFLICT,
		   "the last admin stays");
	ctx_forgive(cx);
}

static void lists_of_people(struct ctx *cx)
{
	struct person_filter f = { .search = "たかさき",
				   .unit_id = DB_NULL,
				   .day = "2024-12-01",
				   .limit = 10 };
	const struct person_item *items;
	const struct unit *units;
	int64_t in_unit = -1;
	size_t n;

	CHECK_OK(cx, store_person_list(cx, &f, &items, &n));
	CHECK_THAT(n == 1 && items[0].total == 1,
		   "a person is found by reading");
	f.search = "高崎";
	CHECK_OK(cx, store_person_list(cx, &f, &items, &n));
	CHECK_THAT(n == 1, "髙﨑 is found as 高崎");
	f.role = "head";
	CHECK_OK(cx, store_person_list(cx, &f, &items, &n));
	CHECK_THAT(n == 1, "the filter by role keeps the head");
	f.role = "planner";
	CHECK_OK(cx, store_person_list(cx, &f, &items, &n));
	CHECK(n == 0);
	CHECK_OK(cx, store_units_on(cx, "2024-12-01", &units, &n));
	for (size_t i = 0; i < n; i++)
		if (!strcmp(units[i].code, "0101"))
			in_unit = units[i].people;
	CHECK_THAT(in_unit == 1, "units count main postings of the day");
}

static void advice_has_reasons(struct ctx *cx)
{
	const struct person p = person_of(cx, "0014");
	struct posting at;
	const struct course_advice *rows;
	bool is_there;
	size_t n;

	CHECK_OK(cx, store_posting_on(cx, p.id, "2024-12-01", &at, &is_there));
	CHECK(is_there);
	CHECK_TEXT(at.tier_code, "T4");
	CHECK_OK(cx, store_course_advice(cx, p.id, at.tier_id, 3, &rows, &n));
	CHECK(n == 3);
	CHECK_THAT(!strcmp(rows[0].demand, "required") && rows[0].skill_name,
		   "required courses come first, with the skill they raise");
}

int main(void)
{
	struct test_db t;

	json_arena_install();
	test_db_open(&t, "DB_URL");
	json_arena_use(&t.cx.arena);
	content_loads_twice_the_same(&t.cx);
	tiers_have_their_matrix(&t.cx);
	search_finds_every_spelling(&t.cx);
	the_sample_fits(&t.cx);
	people_are_loaded_whole_or_not_at_all(&t.cx);
	a_move_ends_a_posting_and_begins_one(&t.cx);
	lists_of_people(&t.cx);
	leaving_ends_everything(&t.cx);
	bad_rows_say_what_to_do(&t.cx);
	heads_and_admins(&t.cx);
	advice_has_reasons(&t.cx);
	json_arena_use(NULL);
	test_db_close(&t);
	return check_done();
}
