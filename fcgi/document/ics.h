/*
 * ics.h: appointments as an iCalendar file (RFC 5545).
 *
 * Times are UTC, so no time zone has to be described; lines are folded at 75
 * bytes between characters; text is escaped. One call per event between
 * ics_begin() and ics_end().
 */
#ifndef DOCUMENT_ICS_H
#define DOCUMENT_ICS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct ics_event {
	const char *uid; /* the same for the same appointment, for ever */
	int64_t stamp;   /* when this was written, milliseconds */
	int64_t starts_at, ends_at; /* milliseconds */
	const char *summary;        /* title */
	const char *location;       /* NULL: none */
	const char *description;    /* NULL: none; lines end with LF */
	const char *url;            /* NULL: none */
	bool is_cancelled;
};

/* name: of the calendar. */
void ics_begin(struct buf *b, const char *name);
void ics_event(struct buf *b, const struct ics_event *event);
void ics_end(struct buf *b);

#endif
