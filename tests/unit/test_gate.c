#include "check.h"
#include "insight/gate.h"
#include "insight/smallest.h"

#include <stdint.h>

#define MAX_CELLS 36

static uint64_t state = 20240802;

static size_t pick(size_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)((state >> 33) % n);
}

static struct an_estimate estimate(double value, size_t n)
{
	const struct an_estimate e = { value, value - 0.1, value + 0.1, n,
				       0,     AN_OK,       "mean_t" };

	return e;
}

static void small_groups_stay_hidden(void)
{
	const struct gate g = gate_standard();
	struct figure f = gate_figure(&g, GATE_SCORE, estimate(0.5, 4), 6);

	CHECK_THAT(f.status == AN_SUPPRESSED && isnan(f.value),
		   "four people's score is not shown");
	CHECK(f.n == 4 && f.base == 6 && f.missing == 2);
	f = gate_figure(&g, GATE_SCORE, estimate(0.5, 5), 6);
	CHECK_THAT(f.status == AN_OK && f.value == 0.5,
		   "five people's score is shown");
	f = gate_figure(&g, GATE_OPINION, estimate(4.0, 9), 9);
	CHECK_THAT(f.status == AN_SUPPRESSED,
		   "nine people's opinion is not shown");
	f = gate_figure(&g, GATE_OPINION, estimate(4.0, 10), 12);
	CHECK_THAT(f.status == AN_OK, "ten people's opinion is shown");
	CHECK_THAT(!gate_may(&g, GATE_EFFECT, 9) &&
			   gate_may(&g, GATE_EFFECT, 10),
		   "effect sizes need ten pairs");
	CHECK_THAT(!gate_may(&g, GATE_FLAG, 29) && gate_may(&g, GATE_FLAG, 30),
		   "judging an item needs thirty people");
	CHECK(gate_is_reference(GATE_SCORE, 9));
	CHECK(!gate_is_reference(GATE_SCORE, 10));
}

static void crowds_have_no_p(void)
{
	CHECK_THAT(gate_p(0.04, 4999) == 0.04,
		   "a p-value of 4,999 people is shown");
	CHECK_THAT(isnan(gate_p(0.04, 5000)), "and none of 5,000");
	CHECK(isnan(gate_p(NAN, 30)));
}

static enum size size(double lo, double hi)
{
	const struct figure f = {
		.value = 0.5 * (lo + hi), .lo = lo, .hi = hi, .n = 60
	};
	const struct figure shown = figure_rounded(f);

	return size_of(&shown, SMALLEST_R);
}

static void a_limit_that_is_rounded_up_is_not_beyond(void)
{
	CHECK(size(0.12, 0.6) == SIZE_ABOVE && size(-0.6, -0.12) == SIZE_BELOW);
	CHECK_THAT(size(0.096, 0.6) == SIZE_SMALL &&
			   size(-0.6, -0.096) == SIZE_SMALL,
		   "0.096 stands there as 0.10, but does not lie beyond 0.1");
	CHECK(size(-0.08, 0.08) == SIZE_SAME &&
	      size(-0.08, 0.3) == SIZE_UNCLEAR);
	CHECK(size(NAN, NAN) == SIZE_NOTHING);
}

static void agreement_of_few_stays_hidden(void)
{
	const struct gate g = gate_standard();
	const size_t all_one[5] = { 15, 0, 0, 0, 0 };
	const size_t many_one[5] = { 20, 0, 0, 0, 0 };
	const size_t mixed[5] = { 14, 1, 0, 0, 0 };
	struct an_estimate same = estimate(5.0, 15);
	struct figure f;

	CHECK_THAT(!gate_distribution(&g, GATE_OPINION, all_one, 5),
		   "fifteen people who all said 1 are not shown");
	CHECK_THAT(gate_distribution(&g, GATE_OPINION, many_one, 5),
		   "twenty who agree are shown");
	CHECK(gate_distribution(&g, GATE_OPINION, mixed, 5));
	same.status = AN_ZERO_VARIANCE;
	f = gate_figure(&g, GATE_OPINION, same, 15);
	CHECK_THAT(f.status == AN_SUPPRESSED,
		   "a mean without spread tells what each of them said");
	f = gate_share(&g, GATE_OPINION, estimate(1.0, 15), 15);
	CHECK_THAT(isnan(f.value), "100 % of fifteen people is hidden");
	f = gate_share(&g, GATE_OPINION, estimate(1.0, 20), 20);
	CHECK(f.value == 1.0);
}

static void shares_are_whole_percent(void)
{
	CHECK_NEAR(gate_round_share(2.0 / 3.0, 99), 0.67, 1e-15);
	CHECK_NEAR(gate_round_share(2.0 / 3.0, 100), 0.667, 1e-15);
	CHECK_NEAR(gate_round_share(0.125, 40), 0.13, 1e-15);
	CHECK_NEAR(gate_round_share(0.115, 40), 0.12, 1e-15);
	CHECK(isnan(gate_round_share(NAN, 40)));
}

static void groups_cannot_be_subtracted(void)
{
	const struct gate g = gate_standard();
	const size_t one_small[3] = { 40, 12, 3 };
	const size_t none_small[3] = { 40, 12, 10 };
	const size_t empty[3] = { 40, 12, 0 };
	bool shown[3], good = true;

	gate_groups(&g, GATE_OPINION, one_small, 3, shown);
	CHECK_THAT(shown[0] && !shown[1] && !shown[2],
		   "a small group takes the next smallest with it");
	gate_groups(&g, GATE_OPINION, none_small, 3, shown);
	CHECK(shown[0] && shown[1] && shown[2]);
	gate_groups(&g, GATE_OPINION, empty, 3, shown);
	CHECK_THAT(shown[0] && shown[1] && !shown[2],
		   "an empty group hides nobody else");

	for (int round = 0; round < 2000; round++) {
		size_t n[8], rest = 0;
		bool s[8];

		for (size_t i = 0; i < 8; i++)
			n[i] = pick(2) ? pick(8) : pick(60);
		gate_groups(&g, GATE_OPINION, n, 8, s);
		for (size_t i = 0; i < 8; i++) {
			rest += s[i] ? 0 : n[i];
			good = good && (!s[i] || n[i] >= 10);
		}
		good = good && (rest == 0 || rest >= 10);
	}
	CHECK_THAT(good, "what total minus shown groups leaves is never small");
}

static void parts_of_a_total(void)
{
	const struct gate g = gate_standard();
	const size_t lonely[3] = { 30, 4, 25 }, several[4] = { 30, 6, 5, 0 };
	bool in[4];

	gate_parts(&g, GATE_OPINION, lonely, 3, in);
	CHECK_THAT(in[0] && !in[1] && in[2],
		   "a lone small session stays out of the course's total");
	gate_parts(&g, GATE_OPINION, several, 4, in);
	CHECK_THAT(in[0] && in[1] && in[2],
		   "small sessions that hide each other are counted");
}

/*
 * The attacker's view: totals and shown cells are a linear system in the
 * hidden cells. Gaussian elimination; a column that gets a pivot in a row
 * with no other unknown is worked out.
 */
struct equations {
	double a[16][MAX_CELLS];
	size_t rows, columns;
};

static void eliminate(struct equations *e)
{
	size_t pivot = 0;

	for (size_t c = 0; c < e->columns && pivot < e->rows; c++) {
		size_t best = pivot;

		for (size_t r = pivot; r < e->rows; r++)
			if (fabs(e->a[r][c]) > fabs(e->a[best][c]))
				best = r;
		if (fabs(e->a[best][c]) < 1e-9)
			continue;
		for (size_t k = 0; k < e->columns; k++) {
			const double t = e->a[best][k];

			e->a[best][k] = e->a[pivot][k];
			e->a[pivot][k] = t;
		}
		for (size_t r = 0; r < e->rows; r++) {
			const double f = e->a[r][c] / e->a[pivot][c];

			for (size_t k = 0; r != pivot && k < e->columns; k++)
				e->a[r][k] -= f * e->a[pivot][k];
		}
		pivot++;
	}
}

static bool can_be_worked_out(const bool *shown, size_t rows, size_t columns)
{
	struct equations e = { .rows = rows + columns };

	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++) {
			if (shown[i * columns + j])
				continue;
			e.a[i][e.columns] = 1.0;
			e.a[rows + j][e.columns] = 1.0;
			e.columns++;
		}
	eliminate(&e);
	for (size_t r = 0; r < e.rows; r++) {
		size_t unknown = 0;

		for (size_t c = 0; c < e.columns; c++)
			unknown += fabs(e.a[r][c]) > 1e-9 ? 1 : 0;
		if (unknown == 1)
			return true;
	}
	return false;
}

static void two_groups_are_both_enough_people(void)
{
	const struct gate g = gate_standard();

	CHECK(gate_two(&g, GATE_FLAG, 5, 40) &&
	      !gate_two(&g, GATE_FLAG, 4, 40));
	CHECK(gate_beside(&g, GATE_ITEM, 40, 40) &&
	      gate_beside(&g, GATE_ITEM, 35, 40) &&
	      !gate_beside(&g, GATE_ITEM, 36, 40));
	CHECK_THAT(!gate_two(&g, GATE_OPINION, 40, 9),
		   "of opinions both need ten");
	CHECK_THAT(!gate_two(&g, GATE_FLAG, 0, 40),
		   "nobody is no group to compare");
}

static void no_cell_of_a_table_can_be_had(void)
{
	struct ctx cx = { 0 };
	bool safe = true, primary = true;
	size_t hidden = 0, cells = 0;

	for (int round = 0; round < 3000; round++) {
		const size_t rows = 2 + pick(5), columns = 2 + pick(5);
		size_t count[MAX_CELLS];
		bool shown[MAX_CELLS];

		for (size_t i = 0; i < rows * columns; i++)
			count[i] = pick(4) ? 10 + pick(50) : pick(14);
		gate_table(&cx, 10, count, rows, columns, shown);
		for (size_t i = 0; i < rows * columns; i++) {
			primary = primary &&
				  !(count[i] && count[i] < 10 && shown[i]);
			hidden += shown[i] ? 0 : 1;
			cells++;
		}
		safe = safe && !can_be_worked_out(shown, rows, columns);
		arena_reset(&cx.arena);
	}
	CHECK_THAT(primary, "no cell of 1 to 9 people is shown");
	CHECK_THAT(safe, "no hidden cell follows from totals and shown cells");
	CHECK_THAT(hidden > 0 && hidden < cells, "the tables are not trivial");
	arena_release(&cx.arena);
}

static void two_blocks_joined_by_one_cell(void)
{
	/* Hidden 2x2 blocks at both ends and (0,2) between them: rows 0 and 1
	 * minus columns 0 and 1 would leave exactly that cell. */
	static const size_t count[16] = { 3,  4,  5, 40, 6,  7,  40, 40,
					  40, 40, 8, 9,  40, 40, 4,  3 };
	struct ctx cx = { 0 };
	bool shown[16];

	gate_table(&cx, 10, count, 4, 4, shown);
	CHECK_THAT(!can_be_worked_out(shown, 4, 4),
		   "a single cell that joins two hidden blocks is protected");
	arena_release(&cx.arena);
}

int main(void)
{
	small_groups_stay_hidden();
	crowds_have_no_p();
	a_limit_that_is_rounded_up_is_not_beyond();
	agreement_of_few_stays_hidden();
	shares_are_whole_percent();
	groups_cannot_be_subtracted();
	parts_of_a_total();
	two_groups_are_both_enough_people();
	no_cell_of_a_table_can_be_had();
	two_blocks_joined_by_one_cell();
	return check_done();
}
