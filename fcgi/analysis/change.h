/*
 * change.h: sections of the part "change" that look beyond the matched people.
 */
#ifndef ANALYSIS_CHANGE_H
#define ANALYSIS_CHANGE_H

#include "analysis/analysis.h"
#include "insight/session_view.h"

/*
 * out["attrition"]: {"status","stayed","left","difference","p"}: the score
 * before of those who answered after as well, and of those who did not, and
 * the first minus the second (Welch). Each group needs the people of
 * GATE_EFFECT; with fewer only the status and how many left ("left_n").
 */
void change_attrition(const struct analysis_work *w, const struct score_view *v,
		      const struct pair_scores *s, json_t *out);

/*
 * out["reliable"]: {"status","n","improved","unchanged","declined","r",
 * "r_n","of","courses","threshold"}: people whose score changed by more than
 * 1.96 standard errors of a difference. The reliability r is alpha of the
 * survey before in the whole course (of: "course"), or of the scope when the
 * course has nothing more ("scope"); of a year each course has its own
 * (courses: how many could be judged; r, threshold null).
 */
enum err change_reliable(const struct analysis_work *w, json_t *out) MUST_USE;

#endif
