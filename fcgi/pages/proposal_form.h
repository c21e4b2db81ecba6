/*
 * proposal_form.h: the form of a proposal, out and in.
 */
#ifndef PAGES_PROPOSAL_FORM_H
#define PAGES_PROPOSAL_FORM_H

#include "pages/insight_model.h"
#include "store/store_proposal.h"

/* Fields with values, and the lists of courses and tiers, into m. */
enum err proposal_form_model(const struct words *w, json_t *m,
			     const struct proposal *p) MUST_USE;

/*
 * What the form sent, over *p (id, revision and state stay). Problems go to
 * the reply (422) and *good is false.
 */
enum err proposal_form_read(const struct words *w, struct reply *rp,
			    struct proposal *p, bool *good) MUST_USE;

/* The proposal as people read it: sections, facts, names. */
void model_proposal(const struct words *w, json_t *o, const struct proposal *p);

/* "案", "検討中" ... */
const char *proposal_state_text(const struct words *w, const char *state);

#endif
