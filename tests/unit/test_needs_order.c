/*
 * Five skills: the first is the greatest need by far, the second by a little
 * more than chance, the other three differ by nothing but chance.
 */
#include "analytics/bootstrap.h"
#include "check.h"
#include "insight/needs_order.h"

#define K    5
#define MOST 80

static struct ctx context, *const cx = &context;
static double importance[MOST * K], level[MOST * K];
static struct column columns[K];
static const struct column *skills[K];

static struct needs_tables people(size_t n)
{
	static const double up[K] = { 0.9, 0.45, 0.05, 0.05, 0.05 };
	struct needs_tables t = {
		MOMENT_PRE, skills, { importance, n, K }, { level, n, K }
	};
	struct an_random r;

	an_random_seed(&r, 7);
	for (size_t i = 0; i < n * K; i++) {
		importance[i] = 4.0;
		level[i] = 4.0 - 2.0 * (an_random_uniform(&r) < up[i % K]) -
			   (double)an_random_index(&r, 2);
	}
	return t;
}

static void places_are_sure_or_shared(void)
{
	const struct gate g = gate_standard();
	const struct needs_tables t = people(MOST);
	const struct need_view *cells = view_needs_of(cx, &g, &t);
	const struct needs_order o = needs_order(cx, &g, &t, cells, MOST);

	CHECK(o.n == K && o.resamples == 2000);
	CHECK(o.ranks[0].skill == 0 && o.ranks[1].skill == 1);
	CHECK_TEXT(o.ranks[0].mwds.method, "borich_bca");
	CHECK_THAT(o.ranks[0].mwds.lo < o.ranks[0].mwds.value &&
			   o.ranks[0].mwds.value < o.ranks[0].mwds.hi,
		   "the interval holds the index");
	CHECK_NEAR(o.ranks[0].p_top, 1.0, 0.0);
	CHECK_THAT(o.ranks[0].tied == 1 && o.ranks[1].tied == 2,
		   "the first two stand alone");
	CHECK_THAT(o.ranks[2].tied == 3 && o.ranks[3].tied == 3 &&
			   o.ranks[4].tied == 3,
		   "the other three are one group of equal rank");
	CHECK_THAT(!o.ranks[2].final && !o.is_stable,
		   "a third place that three may take is not final");
	CHECK(o.tau > 0.5 && o.tau < 1.0);
}

/* Groups of equal rank are what rank intervals cover without a gap. */
static bool are_covered(const struct needs_order *o)
{
	for (size_t cut = 1; cut < o->n; cut++) {
		bool apart = true;

		for (size_t i = 0; i < cut; i++)
			for (size_t j = cut; j < o->n; j++)
				apart &= o->ranks[i].rank_hi <
					 o->ranks[j].rank_lo;
		if (apart != (o->ranks[cut].tied > o->ranks[cut - 1].tied))
			return false;
	}
	return true;
}

static void shared_places_are_those_covered(void)
{
	const struct gate g = gate_standard();
	struct an_random r;
	bool good = true;

	an_random_seed(&r, 11);
	for (int set = 0; set < 40; set++) {
		struct needs_tables t = people(MOST);
		struct needs_order o;

		/* One skill few were asked about reaches over others. */
		for (size_t i = 0; i < MOST; i++)
			for (size_t j = 0; j < K; j++) {
				const bool down = an_random_uniform(&r) <
						  0.15 + 0.15 * (double)j;

				level[i * K + j] = 4.0 - 3.0 * down;
				if (j == (size_t)set % K && i % 6)
					importance[i * K + j] = NAN;
			}
		o = needs_order(cx, &g, &t, view_needs_of(cx, &g, &t), MOST);
		good &= o.resamples > 0 && are_covered(&o);
	}
	CHECK_THAT(good, "groups end where no interval reaches further");
}

static void few_people_have_an_order_without_places(void)
{
	const struct gate g = gate_standard();
	const struct needs_tables t = people(29);
	const struct need_view *cells = view_needs_of(cx, &g, &t);
	const struct needs_order o = needs_order(cx, &g, &t, cells, 29);

	CHECK(o.resamples == 0 && !o.is_stable && o.ranks[0].rank == 1);
	CHECK(isnan(o.ranks[0].p_top) && o.ranks[0].tied == 0);
	CHECK_TEXT(o.ranks[0].mwds.method, "borich_jackknife");
}

static void thirty_people_keep_the_jackknife(void)
{
	const struct gate g = gate_standard();
	const struct needs_tables t = people(30);
	const struct need_view *cells = view_needs_of(cx, &g, &t);
	struct needs_order o = needs_order(cx, &g, &t, cells, 30);

	CHECK(o.resamples == 2000 && o.ranks[0].rank_lo >= 1.0);
	CHECK_TEXT(o.ranks[0].mwds.method, "borich_jackknife");
	o = needs_order(cx, &g, &t, cells, 12);
	CHECK_THAT(o.resamples == 0,
		   "thirty forms of twelve people are twelve people");
}

static void a_hidden_skill_has_no_place(void)
{
	const struct gate g = gate_standard();
	const struct needs_tables t = people(MOST);
	struct need_view *cells = view_needs_of(cx, &g, &t);
	struct needs_order o;

	cells[0].mwds = cells[0].rds = figure_hidden("borich_jackknife");
	o = needs_order(cx, &g, &t, cells, MOST);
	CHECK(o.ranks[0].skill == 1 && o.ranks[0].rank == 1);
	CHECK_THAT(o.ranks[0].rank_hi <= 1.0,
		   "nor does it push the ranks of the others");
	CHECK(o.ranks[K - 1].skill == 0 && o.ranks[K - 1].rank == 0 &&
	      isnan(o.ranks[K - 1].rank_lo));
}

static void two_indexes_may_disagree(void)
{
	const struct gate g = gate_standard();
	const struct needs_tables t = people(MOST);
	struct need_view *cells = view_needs_of(cx, &g, &t);
	struct needs_order o;

	cells[0].rds.value = 100.0; /* the least need by the other index */
	o = needs_order(cx, &g, &t, cells, MOST);
	CHECK(o.ranks[0].rank == 1 && o.ranks[0].rank_rds == K);
	CHECK(o.ranks[0].rds_differs && !o.ranks[1].rds_differs);
}

int main(void)
{
	for (size_t j = 0; j < K; j++) {
		columns[j] =
			(struct column){ .skill = "X", .text = { "技", "" } };
		skills[j] = &columns[j];
	}
	ctx_begin(cx);
	places_are_sure_or_shared();
	shared_places_are_those_covered();
	few_people_have_an_order_without_places();
	thirty_people_keep_the_jackknife();
	a_hidden_skill_has_no_place();
	two_indexes_may_disagree();
	return check_done();
}
