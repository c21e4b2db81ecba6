/*
 * distractors.h: what was chosen in the knowledge items of a form.
 */
#ifndef ANALYSIS_DISTRACTORS_H
#define ANALYSIS_DISTRACTORS_H

#include "analysis/analysis.h"
#include "analysis/knowledge.h"
#include "analytics/distractor.h"

/*
 * options  the most options of any item
 * option   options + 1 places per item of the form (analytics/distractor.h)
 * rival, dead   the same places: surely a rival of the key, hardly chosen
 *               (analysis/verdict.h)
 */
struct form_options {
	size_t options;
	struct an_option *option;
	bool *rival, *dead;
};

struct form_options form_options(struct ctx *cx, const struct gate *g,
				 const struct form *f);

/* Some option of item j is marked. */
bool form_has(const struct form_options *fo, const bool *mark, size_t j);

/*
 * item: {"options_shown", "options":[{"label"(null: nothing chosen),"right",
 * "n","share","share_before","rest","r","functioning","rival","dead",
 * "backwards","shown"}]}. rest is the share right of the other items among
 * those who chose it; it and r are null where too few chose it (shown false)
 * and below the number of people of GATE_FLAG.
 */
void distractors_write(const struct analysis_work *w, const struct form *f,
		       const struct form_options *fo, size_t j, json_t *item);

#endif
