/*
 * analyse_progress.c: how far a long analysis is, on a terminal.
 *
 * One line on standard error that is written over, at most ten times a second
 * and not in the first half second; nothing where standard error is no
 * terminal.
 */
#include "base/clock.h"
#include "command/analyse.h"

#include <stdio.h>
#include <unistd.h>

#define PATIENCE_MS 500
#define PAUSE_MS    100

static void show(const char *stage, size_t done, size_t of, void *data)
{
	struct progress_line *p = data;
	const int64_t now = clock_real();

	if (now < p->next)
		return;
	p->next = now + PAUSE_MS;
	p->shown = true;
	if (of)
		fprintf(stderr, "\r%s: %s %zu of %zu\033[K", p->method, stage,
			done, of);
	else
		fprintf(stderr, "\r%s: %s %zu\033[K", p->method, stage, done);
	fflush(stderr);
}

const struct an_progress *analyse_progress(struct progress_line *p,
					   const char *method)
{
	if (!isatty(STDERR_FILENO))
		return NULL;
	*p = (struct progress_line){ .method = method,
				     .next = clock_real() + PATIENCE_MS };
	p->progress = (struct an_progress){ show, p };
	return &p->progress;
}

void analyse_progress_end(struct progress_line *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
