/*
 * answers_blank.c: the manual is answers_blank.h.
 */
#include "insight/answers_blank.h"

#include <math.h>

struct blanking {
	struct ctx *cx;
	const struct gate *g;
	struct answers_set *set;
	const struct answers_parts *parts;
	/* places of the sheets of a part and moment: at[from[i]] on, where i
	 * is slice_of() */
	size_t *from, *at;
	const struct sheet **mate; /* of a sheet after: the one before */
	bool *pooled;              /* room for pool() */
};

/* Something that is shown of the sheets of a moment. */
struct reading {
	enum gate_what what;
	enum moment moment;
	const struct column *a, *b;
	double (*value)(const struct blanking *k, const struct reading *r,
			size_t sheet);
	bool none_is_open; /* that nobody (0) has it is no secret */
};

static size_t slice_of(size_t part, enum moment m)
{
	return 2 * part + (m == MOMENT_POST ? 1 : 0);
}

static void sort_sheets(struct blanking *k)
{
	const struct answers_set *set = k->set;
	struct arena *a = &k->cx->arena;
	const size_t slices = 2 * k->parts->n;
	size_t *slice = ARENA_ARRAY(a, size_t, set->nsheets + 1);

	k->from = ARENA_ARRAY(a, size_t, slices + 2);
	k->at = ARENA_ARRAY(a, size_t, set->nsheets + 1);
	for (size_t i = 0, p = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];

		slice[i] = slices;
		if (s->moment != MOMENT_PRE && s->moment != MOMENT_POST)
			continue;
		/* Rows come in runs. */
		if (p >= k->parts->n || k->parts->ids[p] != s->session_id)
			for (p = 0; p < k->parts->n; p++)
				if (k->parts->ids[p] == s->session_id)
					break;
		if (p == k->parts->n)
			continue;
		slice[i] = slice_of(p, s->moment);
		k->from[slice[i] + 2]++;
	}
	for (size_t i = 2; i < slices + 2; i++)
		k->from[i] += k->from[i - 1];
	for (size_t i = 0; i < set->nsheets; i++)
		if (slice[i] < slices)
			k->at[k->from[slice[i] + 1]++] = i;
}

static void find_mates(struct blanking *k)
{
	k->mate = ARENA_ARRAY(&k->cx->arena, const struct sheet *,
			      k->set->nsheets + 1);
	for (size_t i = 0; i < k->set->npairs; i++)
		k->mate[k->set->pairs[i].post - k->set->sheets] =
			k->set->pairs[i].pre;
}

/* ---- what is read --------------------------------------------------------
 */

static double points(const struct blanking *k, const struct reading *r,
		     size_t sheet)
{
	return column_points(r->a, &k->set->sheets[sheet]);
}

/* A topic: of those who ticked any. */
static double ticked(const struct blanking *k, const struct reading *r,
		     size_t sheet)
{
	const unsigned char code = column_code(r->a, &k->set->sheets[sheet]);

	if (slot_is_reserved(code))
		return NAN;
	return code == SLOT_TICKED ? 1.0 : 0.0;
}

/* Importance above the own level. */
static double gap(const struct blanking *k, const struct reading *r,
		  size_t sheet)
{
	return column_points(r->a, &k->set->sheets[sheet]) -
	       column_points(r->b, &k->set->sheets[sheet]);
}

static double is_need(const struct blanking *k, const struct reading *r,
		      size_t sheet)
{
	const double d = gap(k, r, sheet);

	return isnan(d) ? d : d > 0.0 ? 1.0 : 0.0;
}

/* After minus before, of matched people. */
static double change(const struct blanking *k, const struct reading *r,
		     size_t sheet)
{
	const struct sheet *pre = k->mate[sheet];

	return pre ? column_points(r->b, &k->set->sheets[sheet]) -
			       column_points(r->a, pre)
		   : (double)NAN;
}

static double after(const struct blanking *k, const struct reading *r,
		    size_t sheet)
{
	return isnan(change(k, r, sheet))
		       ? (double)NAN
		       : column_points(r->b, &k->set->sheets[sheet]);
}

static double before(const struct blanking *k, const struct reading *r,
		     size_t sheet)
{
	return isnan(change(k, r, sheet)) ? (double)NAN
					  : column_points(r->a, k->mate[sheet]);
}

/* ---- what leaves ---------------------------------------------------------
 */

/* People with a value, as far as it matters how many, and the value if they
 * all have the same, else NAN. */
struct tally {
	size_t n;
	double same;
};

static struct tally tally_of(const struct blanking *k, const struct reading *r,
			     size_t part)
{
	const size_t slice = slice_of(part, r->moment);
	const size_t least = gate_least(k->g, r->what);
	const size_t alike = gate_alike(k->g, r->what);
	const size_t enough = least > alike ? least : alike;
	struct tally t = { 0, NAN };

	for (size_t i = k->from[slice]; i < k->from[slice + 1]; i++) {
		const double x = r->value(k, r, k->at[i]);

		if (isnan(x))
			continue;
		t.same = !t.n || fabs(x - t.same) < 1e-9 ? x : (double)NAN;
		if (++t.n == enough)
			break;
	}
	return t;
}

static bool is_secret(const struct blanking *k, const struct reading *r,
		      struct tally t)
{
	const bool open = r->none_is_open && t.same < 0.5;

	return t.n &&
	       (!gate_may(k->g, r->what, t.n) ||
		(!isnan(t.same) && !open && t.n < gate_alike(k->g, r->what)));
}

/*
 * Secret parts (of one pool, or all when it is 0) that are enough together are
 * no secret any more.
 */
static void pool(const struct blanking *k, const struct reading *r,
		 const struct tally *t, int64_t of, bool *secret)
{
	bool *in = k->pooled;
	struct tally all = { 0, NAN };
	size_t parts = 0, repeats;

	for (size_t i = 0; i < k->parts->n; i++) {
		in[i] = secret[i] && (!of || k->parts->pool[i] == of);
		if (!in[i])
			continue;
		all.same = !all.n || fabs(t[i].same - all.same) < 1e-9
				   ? t[i].same
				   : (double)NAN;
		all.n += t[i].n;
		parts++;
	}
	if (parts < 2 || is_secret(k, r, all))
		return;
	/* As many people as there are at least. */
	repeats = parts_repeats(k->parts, in);
	all.n = repeats < all.n ? all.n - repeats : 1;
	if (is_secret(k, r, all))
		return;
	for (size_t i = 0; i < k->parts->n; i++)
		secret[i] = secret[i] && !in[i];
}

/* The parts whose answers have to leave; false: none. */
static bool find_secrets(const struct blanking *k, const struct reading *r,
			 bool *secret)
{
	struct tally *t =
		ARENA_ARRAY(&k->cx->arena, struct tally, k->parts->n + 1);
	bool any = false;

	for (size_t i = 0; i < k->parts->n; i++) {
		t[i] = tally_of(k, r, i);
		secret[i] = is_secret(k, r, t[i]);
		any |= secret[i];
	}
	if (!any)
		return false;
	for (size_t i = 0; i < k->parts->n; i++)
		if (secret[i])
			pool(k, r, t, k->parts->pool[i], secret);
	pool(k, r, t, 0, secret);
	return true;
}

static void blank(struct blanking *k, const struct column *c, size_t sheet)
{
	struct sheet *s = &k->set->sheets[sheet];
	unsigned char *slots;

	if (!column_asked(c, s) || c->slots[s->survey] >= s->nslots)
		return;
	slots = arena_memdup(&k->cx->arena, s->slots, s->nslots);
	slots[c->slots[s->survey]] = SLOT_NOT_SHOWN;
	s->slots = slots;
}

/* Take the answers out: of a change on both sheets, of a need the level. */
static void apply(struct blanking *k, const struct reading *r)
{
	bool *secret = ARENA_ARRAY(&k->cx->arena, bool, k->parts->n + 1);
	const bool paired =
		r->value == change || r->value == after || r->value == before;

	if (!find_secrets(k, r, secret))
		return;
	for (size_t p = 0; p < k->parts->n; p++) {
		const size_t slice = slice_of(p, r->moment);

		for (size_t i = k->from[slice];
		     secret[p] && i < k->from[slice + 1]; i++) {
			const size_t sheet = k->at[i];

			if (isnan(r->value(k, r, sheet)))
				continue;
			blank(k, r->b ? r->b : r->a, sheet);
			if (paired)
				blank(k, r->a,
				      (size_t)(k->mate[sheet] -
					       k->set->sheets));
		}
	}
}

static void blank_columns(struct blanking *k, enum moment moment)
{
	for (enum measures m = MEASURES_KNOWLEDGE; m <= MEASURES_ROLE; m++) {
		size_t n;
		const struct column *c =
			answers_columns(k->cx, k->set, moment, m, &n);

		for (size_t j = 0; j < n; j++) {
			const struct reading r = {
				.what = m == MEASURES_KNOWLEDGE ? GATE_ITEM
								: GATE_OPINION,
				.moment = moment,
				.a = &c[j],
				.value = m == MEASURES_WANT ? ticked : points,
				.none_is_open = m == MEASURES_WANT,
			};

			apply(k, &r);
		}
	}
}

static void blank_needs(struct blanking *k, enum moment moment)
{
	size_t n;
	const struct column_need *needs =
		answers_needs(k->cx, k->set, moment, &n);

	for (size_t i = 0; i < n; i++) {
		struct reading r = { .what = GATE_OPINION,
				     .moment = moment,
				     .a = needs[i].importance,
				     .b = needs[i].level,
				     .value = gap };

		apply(k, &r);
		r.value = is_need;
		apply(k, &r);
	}
}

static void blank_changes(struct blanking *k, enum measures m)
{
	const struct column_pairs both = answers_column_pairs(k->cx, k->set, m);

	for (size_t j = 0; j < both.n; j++) {
		struct reading r = { .what = GATE_OPINION,
				     .moment = MOMENT_POST,
				     .a = &both.pre[j],
				     .b = &both.post[j],
				     .value = change };

		apply(k, &r);
		r.value = after;
		apply(k, &r);
		r.value = before;
		apply(k, &r);
	}
}

void answers_blank(struct ctx *cx, const struct gate *g,
		   struct answers_set *set, const struct answers_parts *parts)
{
	struct blanking k = { .cx = cx, .g = g, .set = set, .parts = parts };

	if (parts->n < 2)
		return;
	sort_sheets(&k);
	find_mates(&k);
	k.pooled = ARENA_ARRAY(&cx->arena, bool, parts->n + 1);
	blank_columns(&k, MOMENT_PRE);
	blank_columns(&k, MOMENT_POST);
	blank_needs(&k, MOMENT_PRE);
	blank_needs(&k, MOMENT_POST);
	blank_changes(&k, MEASURES_SELF);
	blank_changes(&k, MEASURES_ATTITUDE);
}
