#include "base/log.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void log_event(const char *event, const char *format, ...)
{
	char line[1024], time[INSTANT_TEXT];
	va_list args;
	size_t len;
	int n;

	instant_to_iso(clock_real(), time);
	n = snprintf(line, sizeof(line), "%s pid=%d event=%s ", time,
		     (int)getpid(), event);
	len = n < 0 ? 0 : (size_t)n;
	va_start(args, format);
	n = vsnprintf(line + len, sizeof(line) - len, format, args);
	va_end(args);
	len = n < 0 ? len : len + (size_t)n;
	if (len > sizeof(line) - 2)
		len = sizeof(line) - 2;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)line[i];

		if (c < 0x20 || c == 0x7f)
			line[i] = ' ';
	}
	line[len++] = '\n';

	/* One write: lines of several workers never mix. */
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}
