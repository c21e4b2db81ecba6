/*
 * answers_blank.h: answers to single questions that a course may not count.
 * For answers_parts.c only.
 */
#ifndef INSIGHT_ANSWERS_BLANK_H
#define INSIGHT_ANSWERS_BLANK_H

#include "insight/answers_parts.h"

/*
 * Set to "not shown" what the sessions of the set hide of themselves and
 * would give away by subtraction: answers of too few people, or all alike.
 */
void answers_blank(struct ctx *cx, const struct gate *g,
		   struct answers_set *set, const struct answers_parts *parts);

#endif
