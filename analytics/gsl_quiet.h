/*
 * gsl_quiet.h: GSL says what is wrong by its return value only.
 *
 *	AN_GSL_QUIET;
 *	if (gsl_linalg_cholesky_decomp1(&m.matrix))
 *		return AN_NOT_IDENTIFIED;
 *
 * GSL's default way with an error is to end the process: a matrix that is not
 * positive definite would end the worker. Every function of this library that
 * calls GSL has AN_GSL_QUIET among its declarations: until it returns, however
 * it returns, GSL's handler is off, and the caller's is back afterwards, so
 * that nobody who links the library has to set one.
 *
 * GSL keeps one handler for the whole process. Calls may nest and may run in
 * several threads: the first one in switches off, the last one out puts back.
 * Only a caller who sets a handler in one thread while another thread is
 * inside the library can lose it.
 */
#ifndef ANALYTICS_GSL_QUIET_H
#define ANALYTICS_GSL_QUIET_H

#include <stdbool.h>

bool an_gsl_quiet(void);
void an_gsl_restore(const bool *quiet);

#define AN_GSL_QUIET                                     \
	__attribute__((cleanup(an_gsl_restore), unused)) \
	const bool an_gsl_is_quiet = an_gsl_quiet()

#endif
