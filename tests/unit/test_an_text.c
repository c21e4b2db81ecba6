/*
 * test_an_text.c: words, networks, topics.
 */
#include "analytics/an.h"
#include "check.h"

static void words(struct an_tagger *tagger)
{
	const char *const comments[] = {
		"説明がわかりにくい。",
		"時間が足りない",
		"特になし！！",
		"表計算を学びたい",
		"操作が分からなかった",
		NULL,
		"",
		"\xff\xfe",
	};
	const char *const terms[] = { "表計算" }, *const blank[] = {
		"特になし"
	};
	const char *const wish[] = { "たい" };
	const struct an_text_rules rules = { .terms = { terms, 1 },
					     .blank = { blank, 1 },
					     .requests = { wish, 1 } };
	struct an_tokens t;

	CHECK(an_tokenise(tagger, comments, 8, &rules, &t) == AN_BAD_INPUT);
	CHECK(t.comment[0].n == 2);
	CHECK_TEXT(t.comment[0].word[1], "わかりにくい");
	CHECK_TEXT(t.comment[1].word[1], "足りる[否定]");
	CHECK_THAT(t.comment[2].blank && !t.comment[2].n,
		   "an answer that says nothing has no words");
	CHECK_TEXT(t.comment[3].word[0], "表計算");
	CHECK(t.comment[3].request && !t.comment[1].request);
	CHECK_THAT(strstr(t.comment[4].word[1], AN_NEGATED),
		   "a negation in the past is one too");
	CHECK(t.comment[5].blank && t.comment[6].blank && t.comment[7].blank);
	an_tokens_free(&t);
	CHECK(an_tokenise(tagger, comments, 0, &rules, &t) == AN_EMPTY);
	an_tokens_free(&t);
}

static void blanks_and_requests(struct an_tagger *tagger)
{
	const char *const comments[] = { "　特になし。　", "事例を知りたい",
					 "業務に活かしたい。",
					 "業務に活かしたいので、続きを学びたい",
					 "冷たい水" };
	const char *const nothing[] = { "特になし" };
	const char *const wish[] = { "たい。" }, *const no[] = { "活かしたい" };
	const struct an_text_rules rules = { .blank = { nothing, 1 },
					     .requests = { wish, 1 },
					     .unless = { no, 1 } };
	struct an_tokens t;

	CHECK(an_tokenise(tagger, comments, 5, &rules, &t) == AN_OK);
	CHECK_THAT(t.comment[0].blank && !t.comment[0].request,
		   "blanks around it do not make a comment of nothing");
	CHECK_THAT(t.comment[1].request, "a last たい needs no full stop");
	CHECK_THAT(!t.comment[2].request, "a resolution is not a request");
	CHECK_THAT(t.comment[3].request, "but a request beside it is one");
	CHECK(!t.comment[4].request);
	an_tokens_free(&t);
	CHECK(an_text_is_request("続きを学びたい", &rules));
	CHECK(!an_text_is_request("\xff", &rules));
	CHECK(an_text_is_blank(" 特になし！", &rules.blank));
	CHECK(an_text_is_blank("\xff", &rules.blank));
	CHECK(!an_text_is_blank("特になし、ただし寒い", &rules.blank));
}

static void readable(struct an_tagger *tagger)
{
	static const char *const pairs[][2] = {
		{ "足りる[否定]", "足りない" },
		{ "分かる[否定]", "分からない" },
		{ "使う[否定]", "使わない" },
		{ "難しい[否定]", "難しくない" },
		{ "分かりやすい[否定]", "分かりやすくない" },
		{ "受講する[否定]", "受講しない" },
		{ "来る[否定]", "来ない" },
		{ "わかりにくい", "わかりにくい" },
		{ "♪[否定]", "♪[否定]" },
	};
	AN_SCRATCH(work);

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		CHECK_TEXT(an_text_readable(tagger, &work, pairs[i][0]),
			   pairs[i][1]);
}

static void names(struct an_tagger *tagger)
{
	static const char text[] = "東京の田中太郎先生と鈴木さん";
	AN_SCRATCH(work);
	const struct an_name *name;

	CHECK(an_text_names(tagger, &work, text, &name) == 3);
	CHECK(name[0].kind == AN_NAME_PLACE && name[0].at == 0 &&
	      name[0].n == strlen("東京"));
	CHECK_THAT(name[1].is_whole && name[1].n == strlen("田中太郎"),
		   "family and given name are one");
	CHECK(name[2].kind == AN_NAME_PERSON && !name[2].is_whole);
	CHECK(an_text_names(tagger, &work, "", &name) == 0);
}

/* Two groups of words that never meet: a-b-c and d-e-f. */
static const size_t doc[] = { 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5 };
static const char *const word[] = { "a", "b", "c", "a", "b", "c", "a", "b",
				    "d", "e", "f", "d", "e", "f", "d", "e" };

static void network(void)
{
	const size_t group[] = { 0, 0, 0, 1, 1, 1 };
	struct an_characteristic top[4];
	struct an_network g;
	struct an_terms t;
	double idf[6], weight[16], length = 0.0;

	CHECK(an_terms_new(doc, word, 16, 6, &t) == AN_OK);
	CHECK(t.nterms == 6 && t.df[0] == 3 && t.df[2] == 2);
	an_tfidf(&t, idf, weight);
	for (size_t e = t.at[0]; e < t.at[1]; e++)
		length += weight[e] * weight[e];
	CHECK_NEAR(length, 1.0, 1e-14);
	CHECK(an_cooccurrence(&t, 2, 2, 0.2, &g) == AN_OK);
	CHECK(g.m == 6 && g.nedges == 6);
	CHECK_THAT(g.components == 2 && g.communities == 2 &&
			   fabs(g.modularity - 0.5) < 1e-12,
		   "two separate circles of words are two communities");
	CHECK_NEAR(g.edge[0].jaccard, 1.0, 0.0);
	an_network_free(&g);
	CHECK(an_characteristic_terms(&t, group, 2, 2, 2, top) == 4);
	CHECK_TEXT(t.term[top[0].term], "a");
	CHECK_TEXT(t.term[top[2].term], "d");
	an_terms_free(&t);
	CHECK(an_terms_new(doc, word, 16, 3, &t) == AN_BAD_INPUT);
	an_terms_free(&t);
}

static void topics(void)
{
	const double v[] = { 1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 1, 1, 0, 0, 3, 3 };
	const double bad[] = { 1, -1, 0, 0 };
	const struct an_table t = { v, 4, 4 }, u = { bad, 2, 2 };
	double w[8], h[8], stability;
	struct an_nmf f = { .k = 2, .w = w, .h = h };

	CHECK(an_nmf_best(&t, 500, 10, 3, &f, &stability) == AN_OK);
	CHECK_THAT(f.loss < 1e-8, "two clean topics are found");
	CHECK(stability > 0.99);
	f.k = 1;
	CHECK(an_nmf(&u, 10, &f) == AN_BAD_INPUT);
}

/* The sparse factorisation finds what the dense one finds. */
static void topics_of_words(void)
{
	struct an_terms t;
	double idf[6], weight[16], w[12], h[12], v[36] = { 0 };
	double dense_w[12], dense_h[12], stability, dense_stability;
	struct an_nmf f = { .k = 2, .w = w, .h = h };
	struct an_nmf g = { .k = 2, .w = dense_w, .h = dense_h };
	struct an_table table = { v, 6, 6 };

	CHECK(an_terms_new(doc, word, 16, 6, &t) == AN_OK);
	an_tfidf(&t, idf, weight);
	for (size_t i = 0; i < 6; i++)
		for (size_t e = t.at[i]; e < t.at[i + 1]; e++)
			v[i * 6 + t.id[e]] = weight[e];
	CHECK(an_nmf_terms(&t, weight, 20, 7, &f, &stability) == AN_OK);
	CHECK(an_nmf_best(&table, 2000, 20, 7, &g, &dense_stability) == AN_OK);
	CHECK_THAT(fabs(f.loss - g.loss) < 1e-6,
		   "both ways end at the same distance");
	CHECK(stability > 0.99);
	CHECK_THAT((w[0] > w[1]) == (w[2] > w[3]) &&
			   (w[0] > w[1]) != (w[6] > w[7]),
		   "comments of one circle of words are of one topic");
	CHECK(an_nmf_terms(&t, weight, 20, 7, &g, &dense_stability) == AN_OK);
	for (size_t i = 0; i < 12; i++)
		CHECK_THAT(w[i] == dense_w[i] && h[i] == dense_h[i],
			   "one seed gives one result, to the last digit");
	weight[3] = -weight[3];
	CHECK(an_nmf_terms(&t, weight, 20, 7, &f, &stability) == AN_BAD_INPUT);
	weight[3] = NAN;
	CHECK(an_nmf_terms(&t, weight, 20, 7, &f, &stability) == AN_BAD_INPUT);
	weight[3] = 1.0;
	f.k = 65;
	CHECK(an_nmf_terms(&t, weight, 20, 7, &f, &stability) == AN_BAD_INPUT);
	f.k = SIZE_MAX / 8;
	CHECK_THAT(an_nmf_terms(&t, weight, 20, 7, &f, &stability) ==
				   AN_BAD_INPUT &&
			   an_nmf_best(&table, 1, 20, 7, &f, &stability) ==
				   AN_BAD_INPUT,
		   "so many topics are refused before memory is taken");
	f.k = 2;
	CHECK(an_nmf_terms(&t, weight, 0, 7, &f, &stability) == AN_BAD_INPUT);
	CHECK(an_nmf_best(&table, 1, 0, 7, &f, &stability) == AN_BAD_INPUT);
	an_terms_free(&t);
}

int main(void)
{
	struct an_tagger *tagger = an_tagger_new(NULL);

	network();
	topics();
	topics_of_words();
	CHECK(!an_tagger_new("/nowhere"));
	if (tagger) {
		words(tagger);
		blanks_and_requests(tagger);
		readable(tagger);
		names(tagger);
	} else {
		check_skip("MeCab's dictionary is not installed");
	}
	an_tagger_free(tagger);
	return check_done();
}
