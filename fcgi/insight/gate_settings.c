/*
 * gate_settings.c: the thresholds of this installation.
 */
#include "analytics/suppress.h"
#include "insight/gate.h"
#include "store/store_setting.h"

enum err gate_read(struct ctx *cx, struct gate *g)
{
	int64_t score, opinion;

	*g = gate_standard();
	TRY(store_setting_int(cx, "privacy.k_score", AN_K_SCORE, &score));
	TRY(store_setting_int(cx, "privacy.k_opinion", AN_K_OPINION, &opinion));
	if (score > (int64_t)g->k_score)
		g->k_score = (size_t)score;
	if (opinion > (int64_t)g->k_opinion)
		g->k_opinion = (size_t)opinion;
	return OK;
}
