/*
 * random.h: the demo's own dice. The same seed gives the same programme on
 * every machine, whatever the C library does.
 */
#ifndef DEMO_RANDOM_H
#define DEMO_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* A stream of its own for one purpose, so that adding people does not change
 * what the others answer. */
struct dice dice_of(uint64_t seed, uint64_t purpose, uint64_t number);

uint64_t dice_next(struct dice *d);          /* 64 random bits (splitmix64) */
double dice_unit(struct dice *d);            /* uniform on (0, 1) */
size_t dice_below(struct dice *d, size_t n); /* 0 ... n - 1; n > 0 */
bool dice_chance(struct dice *d, double p);  /* true with probability p */
double dice_normal(struct dice *d, double mean, double sd);

/* A five-point rating around mean (on the scale 1 to 5). */
int dice_rating(struct dice *d, double mean, double sd);

#endif
