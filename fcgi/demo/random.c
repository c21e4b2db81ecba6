#include "demo/random.h"

#include <math.h>

#define TWO_PI 6.28318530717958647693

uint64_t dice_next(struct dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

struct dice dice_of(uint64_t seed, uint64_t purpose, uint64_t number)
{
	struct dice d = { seed };

	d.state = dice_next(&d) ^ purpose * 0xd6e8feb86659fd93u;
	d.state = dice_next(&d) ^ number * 0xa0761d6478bd642fu;
	return d;
}

double dice_unit(struct dice *d)
{
	return ((double)(dice_next(d) >> 11) + 0.5) / 9007199254740992.0;
}

size_t dice_below(struct dice *d, size_t n)
{
	return (size_t)(dice_unit(d) * (double)n);
}

bool dice_chance(struct dice *d, double p)
{
	return dice_unit(d) < p;
}

double dice_normal(struct dice *d, double mean, double sd)
{
	const double u = dice_unit(d), v = dice_unit(d);

	return mean + sd * sqrt(-2.0 * log(u)) * cos(TWO_PI * v);
}

int dice_rating(struct dice *d, double mean, double sd)
{
	const long r = lround(dice_normal(d, mean, sd));

	return r < 1 ? 1 : r > 5 ? 5 : (int)r;
}
