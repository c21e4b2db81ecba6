/*
 * analyse_needs.c: needs, agreement, seats, hidden cells.
 */
#include "command/analyse.h"

#include "analytics/kappa.h"

#include <math.h>

#define NEED(key, member) FIELD_AS(struct an_need, key, member)

static bool needs(struct analysis *a)
{
	static const struct field fields[] = {
		NEED("n", n),
		NEED("n_missing", missing),
		NEED("importance", importance),
		NEED("proficiency", proficiency),
		NEED("gap", gap),
		NEED("gap_se", gap_se),
		NEED("mwds", mwds),
		NEED("neg_rank_pct", neg_rank),
		NEED("pos_rank_pct", pos_rank),
		NEED("tie_pct", tie),
		NEED("rds", rds),
		NEED("need_rate", need_rate),
		NEED("mwds_jack_se", mwds_se),
		NEED("mwds_lo", mwds_lo),
		NEED("mwds_hi", mwds_hi),
		NEED("p_gap", p_gap),
		NEED("p_gap_holm", p_gap_holm),
		NEED("rank_biserial", rank_biserial),
		FIELD_RANK(struct an_need, "rank_mwds", rank_mwds),
		FIELD_RANK(struct an_need, "rank_rds", rank_rds),
		{ .key = NULL },
	};
	const struct sheet *s1 = analyse_sheet(a, 0);
	const struct sheet *s2 = s1 ? analyse_sheet(a, 1) : NULL;
	struct an_table imp, pro;
	struct an_need *o;
	enum an_status status;

	if (!s2 || !analyse_matrix(a, s1, 0, &imp) ||
	    !analyse_matrix(a, s2, 0, &pro))
		return false;
	analyse_align(a, s1, s2, &pro);
	o = ARENA_ARRAY(a->arena, struct an_need, imp.k);
	status = an_needs(&imp, &pro, o);
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "needs two tables of the same size");
	analyse_put_texts(a->result, "item", s1->header, imp.k);
	analyse_columns(a->result, fields, o, imp.k, sizeof(*o));
	analyse_status(a->result, status);
	return true;
}

#define W(key, member) FIELD_AS(struct an_concordance, key, member)

static bool kendall_w(struct analysis *a)
{
	static const struct field fields[] = {
		W("m", m),           W("n", n),
		W("W", w),           W("W_uncorrected", w_uncorrected),
		W("chi2", chi2),     W("df", df),
		W("p_chi2", p_chi2), W("F", f),
		W("df1", df1),       W("df2", df2),
		W("p_F", p_f),       W("mean_spearman", mean_spearman),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	struct an_concordance o;
	struct an_table t;
	double *sums;

	if (!s || !analyse_matrix(a, s, 0, &t))
		return false;
	sums = ARENA_ARRAY(a->arena, double, t.k);
	o = an_kendall_w(&t, sums);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "every rater must rate everything");
	analyse_record(a->result, fields, &o);
	if (o.perfect)
		model_text(a->result, "F", "Inf");
	analyse_put(a->result, "rank_sums", sums, t.k);
	analyse_status(a->result, o.status);
	return true;
}

#define K(key, member) FIELD_AS(struct an_kappa, key, member)

static bool kappa(struct analysis *a)
{
	static const struct field fields[] = {
		K("n", n),
		K("n_missing", missing),
		K("categories", k),
		K("agreement", agreement),
		K("expected", expected),
		K("kappa", kappa),
		K("se", se),
		K("lo", lo),
		K("hi", hi),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const char **first = s ? analyse_texts(a, s, "a") : NULL;
	const char **second = first ? analyse_texts(a, s, "b") : NULL;
	const char **both;
	size_t *level, n = 0;
	struct levels l;
	struct an_kappa o;

	if (!second)
		return false;
	both = ARENA_ARRAY(a->arena, const char *, 2 * s->rows + 1);
	level = ARENA_ARRAY(a->arena, size_t, 2 * s->rows + 1);
	for (size_t i = 0; i < 2 * s->rows; i++) {
		const char *word = i < s->rows ? first[i] : second[i - s->rows];

		level[i] = word ? n : AN_UNREAD;
		if (word)
			both[n++] = word;
	}
	if (!analyse_levels(a, both, n, NULL, &l) ||
	    !analyse_at_most(a, "categories", l.k, AN_KAPPA_MAX))
		return false;
	for (size_t i = 0; i < 2 * s->rows; i++)
		if (level[i] != AN_UNREAD)
			level[i] = l.level[level[i]];
	o = an_cohen_kappa(level, level + s->rows, s->rows, l.k);
	analyse_record(a->result, fields, &o);
	analyse_put_texts(a->result, "category", l.name, l.k);
	analyse_status(a->result, o.status);
	return true;
}

static bool seats(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *w = s ? analyse_numbers(a, s, "weight") : NULL;
	const double all = analyse_number(a, "seats", NAN);
	uint64_t *seat;
	enum an_status status;

	if (!w || a->problem)
		return false;
	if (!(all >= 0.0 && all <= 1e9) || all != floor(all))
		return REFUSE(a, "option seats must be a whole number from 0 "
				 "to 1000000000");
	seat = ARENA_ARRAY(a->arena, uint64_t, s->rows);
	status = an_largest_remainder(w, s->rows, (uint64_t)all, seat);
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "weights must not be negative");
	for (size_t i = 0; i < s->rows; i++)
		model_item_int(model_list(a->result, "seats"),
			       (int64_t)seat[i]);
	analyse_status(a->result, status);
	return true;
}

static bool suppress(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const size_t k = analyse_count(a, "k", AN_K_OPINION, 1000000);
	struct an_table t;
	uint64_t *count;
	unsigned char *mask;
	enum an_status status;

	if (!s || !analyse_matrix(a, s, 0, &t) || a->problem)
		return false;
	count = ARENA_ARRAY(a->arena, uint64_t, t.n * t.k);
	mask = ARENA_ARRAY(a->arena, unsigned char, t.n *t.k);
	for (size_t i = 0; i < t.n * t.k; i++) {
		if (!(t.x[i] >= 0.0 && t.x[i] <= 1e15) ||
		    t.x[i] != floor(t.x[i]))
			return REFUSE(a, "counts must be whole "
					 "numbers");
		count[i] = (uint64_t)t.x[i];
	}
	status = an_suppress(count, t.n, t.k, k, mask);
	for (size_t i = 0; i < t.n; i++) {
		json_t *row = json_array();

		for (size_t j = 0; j < t.k; j++)
			model_item_int(row, mask[i * t.k + j]);
		json_array_append_new(model_list(a->result, "mask"), row);
	}
	analyse_status(a->result, status);
	return true;
}

const struct method analyse_need_methods[] = {
	{ "needs", "importance.csv, proficiency.csv",
	  "Borich MWDS, ranked discrepancy, need rate", needs },
	{ "kendall_w", "ratings.csv", "agreement of raters on an order",
	  kendall_w },
	{ "cohen_kappa", "data.csv: a,b",
	  "agreement of two readers on categories", kappa },
	{ "largest_remainder", "data.csv: weight", "seats by weight", seats },
	{ "suppress", "table.csv", "hide small cells of a table of counts",
	  suppress },
	{ .name = NULL },
};
