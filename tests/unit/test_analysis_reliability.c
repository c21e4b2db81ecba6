/*
 * How exact scores are, on answers that are written down here. The numbers of
 * the fourteen are R 4.2's, by the formulas on covariances and qf().
 */
#include "analysis/analysis.h"
#include "analytics/reliability.h"
#include "answers_case.h"
#include "check.h"

#define K      6
#define SCALES 4
#define MANY   10

static const char *const fourteen[] = {
	"011000", "111111", "111111", "110000", "111111", "100100", "110111",
	"111111", "111111", "011010", "111100", "000100", "000000", "101111",
};

static struct answers_case c;

static json_t *run(const struct gate *gate)
{
	return case_analyse(&c, analysis_reliability, ANALYSIS_SESSION, gate);
}

static const char *word(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

static const json_t *figure(const json_t *scale, const char *key)
{
	return json_object_get(scale, key);
}

/* people with the marks of the fourteen, or all with the same. */
static json_t *marked(size_t people, const char *all, const struct gate *gate)
{
	case_begin(&c, K, 2, 0);
	for (size_t i = 0; i < people; i++)
		case_marks(&c, "000000", all ? all : fourteen[i % 14]);
	return run(gate);
}

static const json_t *scale(const json_t *out, size_t i)
{
	return json_array_get(json_object_get(out, "scales"), i);
}

static void fourteen_people(void)
{
	const json_t *out = marked(14, NULL, NULL), *s = scale(out, 0);
	const json_t *alpha = figure(s, "alpha");

	CHECK_TEXT(word(out, "status"), "ok");
	CHECK(json_array_size(json_object_get(out, "scales")) == 1);
	CHECK_TEXT(word(s, "what"), "knowledge");
	CHECK(!json_object_get(s, "title"));
	CHECK(number(s, "n") == 14.0 && number(s, "k") == K &&
	      number(s, "max") == K);
	CHECK_NEAR(number(alpha, "value"), 0.823923445, 1e-9);
	CHECK_NEAR(number(alpha, "lo"), 0.6283679433, 1e-9);
	CHECK_NEAR(number(alpha, "hi"), 0.9350524119, 1e-9);
	CHECK_TEXT(word(alpha, "method"), "feldt");
	CHECK_NEAR(number(s, "lambda2"), 0.8422303509, 1e-9);
	CHECK_NEAR(number(s, "sem"), 0.8993281986, 1e-9);
	CHECK_NEAR(number(s, "sd"), 2.143223412, 1e-9);
	CHECK(number(s, "needed") == 6.0);
	CHECK_TEXT(word(s, "band"), "individual");
	CHECK_THAT(json_is_false(json_object_get(s, "band_sure")),
		   "0.63 to 0.94 is in three bands");
	CHECK_TEXT(word(figure(s, "omega"), "status"), "too_few");
}

static void what_says_nothing(void)
{
	static const struct gate strict = { 10, 10 };
	const json_t *out = marked(9, NULL, NULL), *s;

	CHECK_TEXT(word(out, "status"), "too_few");
	CHECK(number(out, "n") == 9.0 && number(out, "least") == 10.0);
	CHECK(!json_object_get(out, "scales"));
	case_begin(&c, K, 2, 0);
	CHECK_TEXT(word(run(NULL), "status"), "empty");
	s = scale(marked(14, "111100", NULL), 0);
	CHECK_TEXT(word(figure(s, "alpha"), "status"), "zero_variance");
	CHECK(isnan(number(s, "sem")) && isnan(number(s, "lambda2")));
	CHECK_TEXT(word(s, "band"), "none");
	s = scale(marked(14, "111100", &strict), 0);
	CHECK_THAT(!strcmp(word(figure(s, "alpha"), "status"), "suppressed"),
		   "fewer than 2k people of one score are not told apart");
}

/* people's ratings, the first without one of them. */
static json_t *rated(size_t people)
{
	struct an_random random;

	an_random_seed(&random, 5);
	case_begin(&c, 0, 2, SCALES);
	for (size_t i = 0; i <= people; i++) {
		const unsigned whole = 1 + (unsigned)(i * 7 % 4);
		unsigned char slots[SCALES];

		for (size_t j = 0; j < SCALES; j++)
			slots[j] = (unsigned char)(whole +
						   an_random_index(&random, 2));
		if (i == 0)
			slots[1] = SLOT_SKIPPED;
		case_sheet(&c, 1, slots);
	}
	return run(NULL);
}

static void satisfaction(void)
{
	const json_t *s = scale(rated(49), 0), *omega = figure(s, "omega");

	CHECK_TEXT(word(s, "what"), "satisfaction");
	CHECK(number(s, "n") == 49.0 && number(s, "lost") == 1.0);
	CHECK(number(s, "max") == 20.0);
	CHECK_TEXT(word(omega, "status"), "too_few");
	omega = figure(scale(rated(50), 0), "omega");
	CHECK_TEXT(word(omega, "status"), "ok");
	CHECK_THAT(!isnan(number(omega, "value")) && isnan(number(omega, "lo")),
		   "omega from 50 people, its interval from 100");
	s = scale(rated(100), 0);
	omega = figure(s, "omega");
	CHECK(number(omega, "lo") < number(omega, "value") &&
	      number(omega, "value") < number(omega, "hi"));
	CHECK_THAT(number(s, "lambda2") >= number(figure(s, "alpha"), "value"),
		   "lambda 2 is never below alpha");
	CHECK_TEXT(word(rated(9), "status"), "too_few");
}

/*
 * people whose marks follow three levels of knowledge; the last item is
 * the one before for `copied` of ten people. few: people who have the first
 * right.
 */
static const json_t *alike(size_t people, size_t copied, size_t few)
{
	struct an_random random;

	an_random_seed(&random, 11);
	case_begin(&c, MANY, 2, 0);
	for (size_t i = 0; i < people; i++) {
		const size_t level = 1 + 9 * (i % 3);
		char marks[MANY + 1] = "0000000000";

		for (size_t j = 0; j < MANY; j++)
			marks[j] = an_random_index(&random, 20) < level ? '1'
									: '0';
		if (an_random_index(&random, 10) < copied)
			marks[9] = marks[8];
		if (few)
			marks[0] = i < few ? '1' : '0';
		case_marks(&c, "0000000000", marks);
	}
	return json_object_get(scale(run(NULL), 0), "dimension");
}

static void dimension(void)
{
	const json_t *d = alike(49, 0, 0), *pairs, *p;
	struct an_reliability_factor f = { NULL, NULL, NULL };
	struct an_reliability r;
	double residual[9], x[60 * 3];
	const struct an_table t = { x, 60, 3 };
	size_t i;

	CHECK_TEXT(word(d, "status"), "too_few");
	CHECK(number(d, "n") == 49.0 && number(d, "least") == 50.0);
	d = alike(300, 0, 0);
	CHECK_TEXT(word(d, "status"), "ok");
	CHECK(number(d, "compared") == 45.0);
	CHECK_THAT(!json_array_size(json_object_get(d, "pairs")),
		   "items of one thing leave no pair");
	CHECK(number(json_array_get(json_object_get(d, "items"), 0),
		     "loading") > 0.5);
	d = alike(300, 5, 0);
	pairs = json_object_get(d, "pairs");
	p = json_array_get(pairs, 0);
	CHECK(json_array_size(pairs) == 1 && number(p, "residual") > 0.2);
	CHECK_TEXT(word(json_object_get(p, "a"), "en"), "k9");
	CHECK_TEXT(word(json_object_get(p, "b"), "en"), "k10");
	CHECK(json_is_true(json_object_get(p, "sure")));
	d = alike(300, 0, 4);
	CHECK_TEXT(word(d, "status"), "ok");
	CHECK_THAT(number(d, "compared") == 36.0 &&
			   isnan(number(json_array_get(
						json_object_get(d, "items"), 0),
					"loading")),
		   "an item that four have right is not told apart");
	d = json_object_get(scale(rated(60), 0), "dimension");
	CHECK_TEXT(word(d, "status"), "ok");
	CHECK(json_array_size(json_object_get(d, "items")) == SCALES);
	/* three items: one factor always fits */
	for (i = 0; i < 180; i++)
		x[i] = (double)((i / 3 * 7 % 5) + (i * i % 7));
	f.residual = residual;
	r = an_reliability(&t, AN_LISTWISE, 0.95, &f);
	CHECK(r.n_used == 60 && r.omega_status == AN_OK);
	for (i = 0; i < 9; i++)
		CHECK(fabs(residual[i]) < 1e-4);
}

int main(void)
{
	fourteen_people();
	what_says_nothing();
	satisfaction();
	dimension();
	return check_done();
}
