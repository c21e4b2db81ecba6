/*
 * finding_model.h: findings in sentences, and a proposal made from one.
 *
 * The evidence of a finding is numbers (insight/findings.h); what people read
 * is put together here in the visitor's language.
 */
#ifndef PAGES_FINDING_MODEL_H
#define PAGES_FINDING_MODEL_H

#include "pages/insight_model.h"
#include "store/store_finding.h"
#include "store/store_proposal.h"

/* Kind in words: "まだ理解されていない設問". */
const char *finding_title(const struct words *w, const struct finding *f);

/* The finding as one or two sentences with its numbers. */
const char *finding_sentence(const struct words *w, const struct finding *f);

/* Where it was found: course and run, tier or unit. */
const char *finding_place(const struct words *w, const struct finding *f);

/* n, method, interval and threshold as a line of evidence. */
const char *finding_evidence_text(const struct words *w,
				  const struct finding *f);

/*
 * { id kind title sentence place evidence link state strength found_text
 *   reason proposal figure{...} } appended to the list.
 */
json_t *model_finding(const struct words *w, json_t *list,
		      const struct finding *f);

/* A draft that rests on the finding: every text prefilled. */
struct proposal proposal_from_finding(const struct words *w,
				      const struct finding *f);

#endif
