#include "document/ics.h"

#include "base/clock.h"
#include "base/date.h"

#include <string.h>

#define FOLD 75 /* bytes of a line without its CRLF */

static bool continues_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* One content line, folded where a character begins. */
static void put_line(struct buf *b, const char *line)
{
	size_t left = strlen(line), room = FOLD;

	while (left > room) {
		size_t n = room;

		while (n > 1 && continues_character(line[n]))
			n--;
		buf_add(b, line, n);
		buf_puts(b, "\r\n ");
		line += n;
		left -= n;
		room = FOLD - 1; /* the blank counts */
	}
	buf_add(b, line, left);
	buf_puts(b, "\r\n");
}

/* NAME:text, with what would end or split the value escaped. */
static void put_text(struct buf *b, const char *name, const char *text)
{
	struct buf line = buf_new(b->arena);

	buf_printf(&line, "%s:", name);
	for (; *text; text++) {
		if (*text == '\n')
			buf_puts(&line, "\\n");
		else if (strchr("\\;,", *text))
			buf_printf(&line, "\\%c", *text);
		else if ((unsigned char)*text >= 0x20)
			buf_putc(&line, *text);
	}
	put_line(b, line.data);
}

static void put_time(struct buf *b, const char *name, int64_t ms)
{
	const int64_t days = ms / DAY_MS - (ms % DAY_MS < 0);
	const int64_t second = (ms - days * DAY_MS) / 1000;
	const struct date d = date_from_days(days);

	put_line(b,
		 arena_printf(b->arena, "%s:%04d%02d%02dT%02d%02d%02dZ", name,
			      d.year, d.month, d.day, (int)(second / 3600),
			      (int)(second / 60 % 60), (int)(second % 60)));
}

void ics_begin(struct buf *b, const char *name)
{
	put_line(b, "BEGIN:VCALENDAR");
	put_line(b, "VERSION:2.0");
	put_line(b, "PRODID:-//Terakoya//Sessions//JA");
	put_line(b, "CALSCALE:GREGORIAN");
	put_line(b, "METHOD:PUBLISH");
	put_text(b, "X-WR-CALNAME", name);
}

void ics_event(struct buf *b, const struct ics_event *event)
{
	put_line(b, "BEGIN:VEVENT");
	put_text(b, "UID", event->uid);
	put_time(b, "DTSTAMP", event->stamp);
	put_time(b, "DTSTART", event->starts_at);
	put_time(b, "DTEND", event->ends_at);
	put_text(b, "SUMMARY", event->summary);
	if (event->location)
		put_text(b, "LOCATION", event->location);
	if (event->description)
		put_text(b, "DESCRIPTION", event->description);
	if (event->url) /* a URI is no text: nothing in it is escaped */
		put_line(b, arena_printf(b->arena, "URL:%s", event->url));
	put_line(b,
		 event->is_cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
	put_line(b, "END:VEVENT");
}

void ics_end(struct buf *b)
{
	put_line(b, "END:VCALENDAR");
}
