/*
 * verdict.c: the rule of verdict.h.
 */
#include "analysis/verdict.h"

#include "analytics/proportion.h"
#include "insight/smallest.h"

#include <math.h>

#define KNOWN   0.85 /* share right before that leaves no room */
#define HALF    0.5  /* share right after that is too small */
#define MASTERY 0.95 /* share right after: all but a few */
#define CHOSEN  0.05 /* share of a wrong option that works */

const char *verdict_word(enum verdict v)
{
	static const char *const words[VERDICTS] = {
		[VERDICT_UNDECIDED] = "undecided",
		[VERDICT_KEEP] = "keep",
		[VERDICT_REVISE] = "revise",
		[VERDICT_DROP] = "drop",
	};

	return words[v];
}

const char *reason_word(enum reason r)
{
	static const char *const words[REASONS] = {
		[REASON_TOO_FEW] = "too_few",
		[REASON_KNOWN_BEFORE] = "known_before",
		[REASON_KEY] = "key",
		[REASON_RIVAL] = "rival",
		[REASON_HARD] = "hard",
		[REASON_FELL] = "fell",
		[REASON_DEAD] = "dead",
		[REASON_WEAK] = "weak",
		[REASON_WEAK_DROP] = "weak_drop",
		[REASON_EASY_UNKNOWN] = "easy_unknown",
		[REASON_LEARNED] = "learned",
		[REASON_GOOD] = "good",
		[REASON_NOTHING] = "nothing",
	};

	return words[r];
}

static struct judgement because(enum verdict v, enum reason r)
{
	return (struct judgement){ v, 1u << r };
}

/* What can be mended. Comparisons with NAN are false: not known, no reason. */
static unsigned faults(const struct item_facts *f)
{
	unsigned why = 0;

	if (f->is_weak && f->r < 0.0)
		why |= 1u << REASON_KEY;
	if (f->has_rival)
		why |= 1u << REASON_RIVAL;
	if (f->after_hi < HALF)
		why |= 1u << REASON_HARD;
	if (f->change_hi < -SMALLEST_SHARE)
		why |= 1u << REASON_FELL;
	if (f->has_dead)
		why |= 1u << REASON_DEAD;
	return why;
}

struct judgement item_judge(const struct item_facts *f)
{
	unsigned why = faults(f);

	if (f->n < f->least)
		return because(VERDICT_UNDECIDED, REASON_TOO_FEW);
	if (f->before_lo > KNOWN)
		return because(VERDICT_DROP, REASON_KNOWN_BEFORE);
	/* "key" says what "weak" would say, and more. */
	if (why && f->is_weak && !(why & 1u << REASON_KEY))
		why |= 1u << REASON_WEAK;
	if (why)
		return (struct judgement){ VERDICT_REVISE, why };
	if (f->is_weak)
		return f->alpha_without > f->alpha
			       ? because(VERDICT_DROP, REASON_WEAK_DROP)
			       : because(VERDICT_REVISE, REASON_WEAK);
	if (f->after > MASTERY)
		return isnan(f->before)
			       ? because(VERDICT_UNDECIDED, REASON_EASY_UNKNOWN)
			       : because(VERDICT_KEEP, REASON_LEARNED);
	return because(VERDICT_KEEP,
		       f->r_lo > 0.0 ? REASON_GOOD : REASON_NOTHING);
}

int option_is_dead(size_t x, size_t n, size_t wrong, size_t options)
{
	const double each =
		n && options ? (double)wrong / (double)options / (double)n
			     : 0.0;

	if (each < CHOSEN)
		return -1;
	return (double)x / (double)n < CHOSEN &&
	       an_wilson(x, n, 0.95).hi < each;
}
