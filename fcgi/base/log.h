/*
 * log.h: one line per event on standard error, as key=value pairs.
 *
 * Every line starts with the time (UTC, ISO 8601), the process id and the
 * event. Values are quoted when they need it; control characters never pass.
 * Field values that a visitor typed are never logged.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * log_event("request", "id=%s status=%d", ...). The caller's format gives
 * key=value pairs separated by blanks; text that may hold blanks goes last,
 * as text="...".
 */
void log_event(const char *event, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
