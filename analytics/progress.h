/*
 * progress.h: how far a long calculation is.
 *
 * Options of long calculations have a `progress`; NULL tells nobody. The
 * calculation calls tell() at every step, in its own thread; whoever shows
 * the progress decides how often.
 */
#ifndef ANALYTICS_PROGRESS_H
#define ANALYTICS_PROGRESS_H

#include <stddef.h>

/*
 * stage  "cycles" of EM, "search" for the optimum, standard "errors",
 *        "scores" of people, "resamples", "tables", "rounds", "starts"
 * done   steps of this stage, from 1; of  how many there will be, 0 when
 *        nobody knows
 */
struct an_progress {
	void (*tell)(const char *stage, size_t done, size_t of, void *data);
	void *data;
};

static inline void an_tell(const struct an_progress *p, const char *stage,
			   size_t done, size_t of)
{
	if (p)
		p->tell(stage, done, of, p->data);
}

#endif
