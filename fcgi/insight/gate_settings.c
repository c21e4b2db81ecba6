/*
 * gate_settings.c: the thresholds of this installation.
 */
#include "analytics/suppress.h"
#include "insight/gate.h"
#include "store/store_setting.h"

/* A setting may raise a threshold, never lower it. */
static size_t at_least(int64_t set, size_t standard)
{
	return set > (int64_t)standard ? (size_t)set : standard;
}

struct gate gate_read(struct ctx *cx)
{
	struct gate g;

	g.k_score =
		at_least(store_setting_int(cx, "privacy.k_score", AN_K_SCORE),
			 AN_K_SCORE);
	g.k_opinion = at_least(store_setting_int(cx, "privacy.k_opinion",
						 AN_K_OPINION),
			       AN_K_OPINION);
	return g;
}
