/*
 * gsl_quiet.c: the process's one GSL error handler, put aside and back.
 */
#include "analytics/gsl_quiet.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static gsl_error_handler_t *before;
static size_t inside;

bool an_gsl_quiet(void)
{
	pthread_mutex_lock(&lock);
	if (!inside++)
		before = gsl_set_error_handler_off();
	pthread_mutex_unlock(&lock);
	return true;
}

void an_gsl_restore(const bool *quiet)
{
	(void)quiet;
	pthread_mutex_lock(&lock);
	if (!--inside)
		gsl_set_error_handler(before);
	pthread_mutex_unlock(&lock);
}
