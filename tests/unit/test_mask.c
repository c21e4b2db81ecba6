/*
 * test_mask.c: what leads to a person is not shown.
 */
#include "check.h"
#include "insight/mask.h"

static struct arena a;

static struct mask *mask_of_office(struct an_tagger *tagger)
{
	static const char *const fields[] = { "三方よし" };
	static const struct an_words terms = { fields, 1 };
	static const struct mask_person people[] = {
		{ "田中", "太郎", "タナカ", "" },
		{ "林", "正", "ハヤシ", "大林" },
		{ "髙橋", "愛", "タカハシ", NULL },
	};
	struct mask *m = mask_new(&a, tagger, &terms);

	for (size_t i = 0; i < sizeof(people) / sizeof(*people); i++)
		mask_add_person(m, &people[i]);
	mask_add_unit(m, "資産税課");
	mask_add_unit(m, "市民税課");
	mask_add_unit(m, "課");
	mask_ready(m);
	return m;
}

struct pair {
	const char *text, *shown;
};

static void check_pairs(const struct mask *m, const struct pair *pairs,
			size_t n)
{
	for (size_t i = 0; i < n; i++)
		CHECK_TEXT(mask_text(m, pairs[i].text).shown, pairs[i].shown);
}

static void names_of_the_database(const struct mask *m)
{
	static const struct pair pairs[] = {
		{ "田中さんの説明がよかった", "〔氏名〕さんの説明がよかった" },
		{ "田中太郎、田中　太郎と林 正",
		  "〔氏名〕、〔氏名〕と〔氏名〕" },
		{ "林課長に聞いた。森林の話",
		  "〔氏名〕課長に聞いた。森林の話" },
		{ "タナカ様とたかはしさん", "〔氏名〕様と〔氏名〕さん" },
		{ "大林係長", "〔氏名〕係長" },
		{ "資産税課の田中です", "〔所属〕の田中です" },
		{ "課の仕事に使える", "課の仕事に使える" },
		{ "", "" },
	};

	check_pairs(m, pairs, sizeof(pairs) / sizeof(*pairs));
	CHECK_TEXT(mask_text(m, "田中さんへ").plain, "、さんへ");
}

static void days_and_numbers(const struct mask *m)
{
	static const struct pair pairs[] = {
		{ "12月2日の午後", "〔日付〕の午後" },
		{ "令和６年１２月２日", "〔日付〕" },
		{ "令和六年十二月二日に", "〔日付〕に" },
		{ "2024/12/2とR6.12.2と12/20", "〔日付〕と〔日付〕と〔日付〕" },
		{ "時間を1/2に、3日間で", "時間を1/2に、3日間で" },
		{ "4月の繁忙期、令和6年度", "4月の繁忙期、令和6年度" },
		{ "0466-25-1111へ", "〔電話番号〕へ" },
		{ "０９０ー１２３４ー５６７８", "〔電話番号〕" },
		{ "090(1234)5678", "〔電話番号〕" },
		{ "内線２３４５まで", "内線〔電話番号〕まで" },
		{ "taro.tanaka@city.example.jpへ", "〔メールアドレス〕へ" },
		{ "a.b+dx_1-2%c@city.example.jp、", "〔メールアドレス〕、" },
		{ "職員番号0029331です", "職員番号〔番号〕です" },
		{ "1000000円、100人、10:30", "1000000円、100人、10:30" },
		{ "@だけ", "@だけ" },
		{ "13/45 2024/13/40", "13/45 2024/13/40" },
	};

	check_pairs(m, pairs, sizeof(pairs) / sizeof(*pairs));
}

static void names_of_the_dictionary(const struct mask *m)
{
	static const struct pair pairs[] = {
		{ "鈴木先生の講義", "〔氏名〕先生の講義" },
		{ "佐藤花子が話した", "〔氏名〕が話した" },
		{ "田中の説明", "〔氏名〕の説明" },
		{ "大阪市の事例", "〔地名〕市の事例" },
		{ "三方よしの考え方", "三方よしの考え方" },
	};

	check_pairs(m, pairs, sizeof(pairs) / sizeof(*pairs));
}

/* A number may stand behind a telephone number. */
static void a_number_follows(void)
{
	static const struct an_words none;
	struct mask *m = mask_new(&a, NULL, &none);

	mask_ready(m);
	CHECK_TEXT(mask_text(m, "090-1234-5678 15時に").shown,
		   "〔電話番号〕 15時に");
}

int main(void)
{
	struct an_tagger *tagger = an_tagger_new(NULL);
	const struct mask *plain = mask_of_office(NULL);

	names_of_the_database(plain);
	days_and_numbers(plain);
	a_number_follows();
	if (tagger)
		names_of_the_dictionary(mask_of_office(tagger));
	else
		check_skip("MeCab's dictionary is not installed");
	an_tagger_free(tagger);
	arena_release(&a);
	return check_done();
}
