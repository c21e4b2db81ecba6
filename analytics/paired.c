/*
 * paired.c: matched change, the parts about means.
 */
#include "analytics/paired.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* The complete pairs. */
struct pairs {
	double *x, *y, *d;
	size_t n;
};

static const struct an_paired nothing = {
	.t = { .mean_pre = NAN,
	       .mean_post = NAN,
	       .sd_pre = NAN,
	       .sd_post = NAN,
	       .r = NAN,
	       .mean_diff = NAN,
	       .sd_diff = NAN,
	       .diff_lo = NAN,
	       .diff_hi = NAN,
	       .t = NAN,
	       .df = NAN,
	       .p = NAN,
	       .dz = NAN,
	       .gz = NAN,
	       .dz_lo = NAN,
	       .dz_hi = NAN,
	       .dav = NAN,
	       .dav_unbiased = NAN,
	       .dav_se = NAN,
	       .dav_lo = NAN,
	       .dav_hi = NAN,
	       .status = AN_TOO_FEW },
	.rank = { .v = NAN,
		  .p_exact = NAN,
		  .z = NAN,
		  .p_normal = NAN,
		  .rank_biserial = NAN,
		  .hl = NAN,
		  .hl_lo = NAN,
		  .hl_hi = NAN,
		  .hl_nonzero = NAN,
		  .hl_nonzero_lo = NAN,
		  .hl_nonzero_hi = NAN,
		  .p_sign = NAN,
		  .status = AN_TOO_FEW },
	.gain = { .hake_class = NAN,
		  .hake_class_se = NAN,
		  .hake_class_lo = NAN,
		  .hake_class_hi = NAN,
		  .hake_person_mean = NAN,
		  .hake_person_median = NAN,
		  .change_c_mean = NAN,
		  .status = AN_TOO_FEW },
	.rci = { .sem = NAN,
		 .s_diff = NAN,
		 .threshold = NAN,
		 .status = AN_TOO_FEW },
	.attrition = { .mean_completers = NAN,
		       .mean_dropouts = NAN,
		       .t = NAN,
		       .df = NAN,
		       .p = NAN,
		       .status = AN_EMPTY },
	.status = AN_EMPTY,
};

static void t_test(struct an_paired_t *o, double n, double level)
{
	const double df = n - 1.0, root = sqrt(n);
	const double half =
		an_t_quantile(0.5 + 0.5 * level, df) * o->sd_diff / root;

	o->df = df;
	o->t = o->mean_diff / (o->sd_diff / root);
	o->p = an_t_p2(o->t, df);
	o->diff_lo = o->mean_diff - half;
	o->diff_hi = o->mean_diff + half;
	o->dz = o->mean_diff / o->sd_diff;
	o->gz = o->dz * an_hedges_j(df);
	an_nct_interval(o->t, df, level, &o->dz_lo, &o->dz_hi);
	o->dz_lo /= root;
	o->dz_hi /= root;
}

/* Bonett's standardised difference over the average standard deviation. */
static void average_d(struct an_paired_t *o, double n, double level)
{
	const double v1 = o->sd_pre * o->sd_pre, v2 = o->sd_post * o->sd_post;
	const double s2 = 0.5 * (v1 + v2), df = n - 1.0;
	const double r = isnan(o->r) ? 0.0 : o->r;
	const double vd = v1 + v2 - 2.0 * r * o->sd_pre * o->sd_post;
	const double z = an_normal_quantile(0.5 + 0.5 * level);

	o->dav = o->mean_diff / sqrt(s2);
	o->dav_unbiased = sqrt((n - 2.0) / df) * o->dav;
	o->dav_se = sqrt(o->dav * o->dav *
				 (v1 * v1 + v2 * v2 + 2.0 * r * r * v1 * v2) /
				 (8.0 * df * s2 * s2) +
			 vd / (df * s2));
	o->dav_lo = o->dav - z * o->dav_se;
	o->dav_hi = o->dav + z * o->dav_se;
}

/*
 * Means and sums of squares of x, y and d = y - x over the complete pairs, in
 * two passes. Values count from the first pair, so that a side that does not
 * vary has no square at all.
 */
struct moments {
	size_t n;
	double mx, my, md;
	double xx, yy, dd, xy;
	double size, spread; /* largest |x| or |y|; largest distance of d */
};

/* The first complete pair; n if there is none. */
static size_t first_pair(const double *x, const double *y, size_t n)
{
	size_t i = 0;

	while (i < n && (isnan(x[i]) || isnan(y[i])))
		i++;
	return i;
}

static struct moments moments_of(const double *x, const double *y, size_t n)
{
	struct moments m = { 0 };
	const size_t first = first_pair(x, y, n);
	const double x0 = first < n ? x[first] : 0.0;
	const double y0 = first < n ? y[first] : 0.0;
	double rx = 0.0, ry = 0.0, rd = 0.0, all;

	for (size_t i = first; i < n; i++) {
		if (isnan(x[i]) || isnan(y[i]))
			continue;
		m.mx += x[i] - x0;
		m.my += y[i] - y0;
		m.md += (y[i] - x[i]) - (y0 - x0);
		m.n++;
	}
	all = (double)m.n;
	m.mx /= all;
	m.my /= all;
	m.md /= all;
	for (size_t i = first; i < n; i++) {
		const double a = (x[i] - x0) - m.mx, b = (y[i] - y0) - m.my;
		const double d = (y[i] - x[i]) - (y0 - x0) - m.md;
		const double far = fabs(d), s = fabs(x[i]), t = fabs(y[i]);

		if (isnan(d))
			continue;
		rx += a;
		ry += b;
		rd += d;
		m.xx += a * a;
		m.yy += b * b;
		m.dd += d * d;
		m.xy += a * b;
		m.spread = far > m.spread ? far : m.spread;
		m.size = s > m.size ? s : m.size;
		m.size = t > m.size ? t : m.size;
	}
	m.xx = fmax(m.xx - rx * rx / all, 0.0);
	m.yy = fmax(m.yy - ry * ry / all, 0.0);
	m.dd = fmax(m.dd - rd * rd / all, 0.0);
	m.xy -= rx * ry / all;
	m.mx += x0 + rx / all;
	m.my += y0 + ry / all;
	m.md += (y0 - x0) + rd / all;
	return m;
}

static void means(struct an_paired_t *o, const struct moments *m, double level)
{
	const double n = (double)m->n;

	o->mean_pre = m->mx;
	o->mean_post = m->my;
	o->mean_diff = m->md;
	if (m->n < 2)
		return;
	o->sd_pre = sqrt(m->xx / (n - 1.0));
	o->sd_post = sqrt(m->yy / (n - 1.0));
	o->sd_diff = sqrt(m->dd / (n - 1.0));
	if (m->xx > 0.0 && m->yy > 0.0)
		o->r = an_within_1(m->xy / sqrt(m->xx) / sqrt(m->yy));
	/* Differences that are all the same up to rounding do not vary. */
	o->status = !(m->dd > 0.0) || m->spread <= 4e-16 * m->size
			    ? AN_ZERO_VARIANCE
			    : AN_OK;
	if (o->status == AN_OK)
		t_test(o, n, level);
	else
		o->sd_diff = 0.0;
	if (o->sd_pre * o->sd_pre + o->sd_post * o->sd_post > 0.0)
		average_d(o, n, level);
}

struct an_paired_t an_paired_means(const double *pre, const double *post,
				   size_t n, double level)
{
	struct an_paired_t o = nothing.t;
	const struct moments m = moments_of(pre, post, n);

	o.status = AN_EMPTY;
	if (!m.n)
		return o;
	o.status = !(level > 0.0 && level < 1.0)  ? AN_BAD_INPUT
		   : an_fits(m.size + fabs(m.md)) ? AN_TOO_FEW
						  : AN_NOT_FINITE;
	if (o.status == AN_TOO_FEW)
		means(&o, &m, level);
	return o;
}

static void reliable_change(struct an_rci *o, const struct pairs *p, double sd,
			    double r_xx, double *rci)
{
	for (size_t i = 0; rci && i < p->n; i++)
		rci[i] = NAN;
	o->status = AN_BAD_INPUT;
	if (!(r_xx >= 0.0 && r_xx <= 1.0))
		return;
	o->status = isnan(sd) ? AN_TOO_FEW : AN_ZERO_VARIANCE;
	if (!(sd > 0.0) || r_xx == 1.0)
		return;
	o->status = AN_OK;
	o->sem = sd * sqrt(1.0 - r_xx);
	o->s_diff = o->sem * M_SQRT2;
	o->threshold = AN_Z975 * o->s_diff;
	for (size_t i = 0; i < p->n; i++) {
		const double c = p->d[i] / o->s_diff;

		if (rci)
			rci[i] = c;
		if (c > AN_Z975)
			o->n_improved++;
		else if (c < -AN_Z975)
			o->n_declined++;
		else
			o->n_unchanged++;
	}
}

static void attrition(struct an_attrition *o, const struct pairs *p,
		      const double *pre, const double *post, size_t n)
{
	AN_SCRATCH(work);
	double *gone = an_doubles(&work, n), va, vb;
	const double a = (double)p->n;
	double b;

	for (size_t i = 0; i < n; i++)
		if (!isnan(pre[i]) && isnan(post[i]))
			gone[o->n++] = pre[i];
	b = (double)o->n;
	o->status = o->n ? AN_TOO_FEW : AN_EMPTY;
	if (!o->n)
		return;
	o->mean_completers = an_mean(p->x, p->n);
	o->mean_dropouts = an_mean(gone, o->n);
	if (p->n < 2 || o->n < 2)
		return;
	va = an_variance(p->x, p->n) / a;
	vb = an_variance(gone, o->n) / b;
	o->status = va + vb > 0.0 ? AN_OK : AN_ZERO_VARIANCE;
	if (o->status != AN_OK)
		return;
	o->t = (o->mean_completers - o->mean_dropouts) / sqrt(va + vb);
	o->df = (va + vb) * (va + vb) /
		(va * va / (a - 1.0) + vb * vb / (b - 1.0));
	o->p = an_t_p2(o->t, o->df);
}

static enum an_status check(const double *pre, const double *post, size_t n,
			    const struct an_paired_options *options)
{
	if (!(options->level > 0.0 && options->level < 1.0))
		return AN_BAD_INPUT;
	if (!an_no_infinity(pre, n) || !an_no_infinity(post, n))
		return AN_NOT_FINITE;
	return AN_OK;
}

/*
 * y - x, those alike but for the last bits made alike: 2/6 - 1/6 and 5/6 - 4/6
 * share a rank. The grid is a power of two, so whole points stay as they are.
 */
static void differences(struct pairs *p)
{
	double most = 0.0, grid;
	int exponent;

	for (size_t i = 0; i < p->n; i++)
		most = fmax(most, fmax(fabs(p->x[i]), fabs(p->y[i])));
	(void)frexp(most, &exponent);
	grid = ldexp(1.0, exponent - 48);
	for (size_t i = 0; i < p->n; i++)
		p->d[i] = grid > 0.0
				  ? nearbyint((p->y[i] - p->x[i]) / grid) * grid
				  : p->y[i] - p->x[i];
}

struct an_paired an_paired_change(const double *pre, const double *post,
				  size_t n,
				  const struct an_paired_options *options,
				  double *hake, double *rci)
{
	struct an_paired o = nothing;
	AN_SCRATCH(work);
	struct pairs p = { an_doubles(&work, n), an_doubles(&work, n),
			   an_doubles(&work, n), 0 };

	o.n_rows = n;
	o.status = check(pre, post, n, options);
	if (o.status != AN_OK)
		return o;
	for (size_t i = 0; i < n; i++) {
		o.n_pre += isnan(pre[i]) ? 0 : 1;
		o.n_post += isnan(post[i]) ? 0 : 1;
	}
	o.n_pairs = p.n = an_compact_pairs(pre, post, n, p.x, p.y);
	differences(&p);
	attrition(&o.attrition, &p, pre, post, n);
	o.status = p.n ? AN_NOT_FINITE : AN_EMPTY;
	if (!p.n || !an_no_infinity(p.d, p.n))
		return o;
	o.t = an_paired_means(p.x, p.y, p.n, options->level);
	o.status = o.t.status;
	o.rank = an_paired_ranks(p.d, p.n, options->level);
	if (!isnan(options->max_score))
		o.gain = an_paired_gain(p.x, p.y, p.n, options, hake);
	if (!isnan(options->r_xx))
		reliable_change(&o.rci, &p, o.t.sd_pre, options->r_xx, rci);
	return o;
}
