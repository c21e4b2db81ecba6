/*
 * clock.h: the time now, instants, and how they read in the database.
 *
 * An instant is an int64_t: milliseconds since 1970-01-01 00:00 UTC. The
 * database holds UTC in DATETIME(3) columns ("2024-12-02 00:00:00.000");
 * people see Japan time (UTC+9, no summer time). SQL never asks for the time
 * itself: it is given cx->now_ms, so tests and the demo can set it.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

#define JAPAN_MS     (9 * 3600 * 1000LL)
#define DAY_MS       (24 * 3600 * 1000LL)
#define SECOND_MS    1000LL
#define MINUTE_MS    (60 * 1000LL)
#define INSTANT_TEXT 32 /* bytes that any text form of an instant needs */

/* The machine's clock. Only logs and time-outs of processes use it. */
int64_t clock_real(void);

/* The product's clock: the machine's plus the offset set at start-up. */
int64_t clock_now(void);

/* Move the product's clock (demo data lives in its own year; tests). */
void clock_set_offset(int64_t ms);

/* "2024-12-02T00:00:00.000Z", for JSON and logs. */
char *instant_to_iso(int64_t ms, char out[INSTANT_TEXT]);

/* "2024-12-02 00:00:00.000" for a DATETIME(3) parameter; lives in a. */
const char *instant_to_db(struct arena *a, int64_t ms);

/* The reverse, with or without fraction; false if it is no such text. */
bool instant_from_db(const char *text, int64_t *ms);

/* Japan's clock on the wall to an instant: 2024-12-20 13:30 -> ms. */
int64_t instant_from_japan(int year, int month, int day, int hour, int minute);

#endif
