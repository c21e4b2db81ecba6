#include "document/ics.h"

#include "base/clock.h"
#include "base/text.h"
#include "check.h"

static struct arena arena;

static const char *file_of(const struct ics_event *event)
{
	struct buf b = buf_new(&arena);

	ics_begin(&b, "研修");
	ics_event(&b, event);
	ics_end(&b);
	return b.data;
}

static struct ics_event usual(void)
{
	return (struct ics_event){
		.uid = "session-1-meeting-1@terakoya",
		.stamp = instant_from_japan(2024, 11, 1, 9, 0),
		.starts_at = instant_from_japan(2024, 12, 20, 8, 30),
		.ends_at = instant_from_japan(2024, 12, 20, 12, 0),
		.summary = "DX",
	};
}

static bool has(const char *file, const char *line)
{
	return strstr(file, line) != NULL;
}

static void an_event_says_when(void)
{
	struct ics_event e = usual();
	const char *file = file_of(&e);

	CHECK_THAT(has(file, "\r\nDTSTART:20241219T233000Z\r\n"),
		   "half past eight in Japan is the evening before in UTC");
	CHECK(has(file, "\r\nDTEND:20241220T030000Z\r\n"));
	CHECK(has(file, "\r\nDTSTAMP:20241101T000000Z\r\n"));
	CHECK(has(file, "\r\nSTATUS:CONFIRMED\r\n"));
	CHECK_THAT(!has(file, "LOCATION"), "what is not known is left out");
	CHECK(strncmp(file, "BEGIN:VCALENDAR\r\n", 17) == 0);
	e.is_cancelled = true;
	CHECK(has(file_of(&e), "\r\nSTATUS:CANCELLED\r\n"));
}

static void text_cannot_end_its_line(void)
{
	struct ics_event e = usual();

	e.summary = "a,b;c\\d\ne\rf\tg";
	CHECK_THAT(has(file_of(&e), "\r\nSUMMARY:a\\,b\\;c\\\\d\\nefg\r\n"),
		   "commas, semicolons, backslashes and line ends are escaped");
	e.summary = "x\r\nBEGIN:VEVENT";
	CHECK_THAT(!has(file_of(&e), "\r\nBEGIN:VEVENT\r\nBEGIN") &&
			   has(file_of(&e), "SUMMARY:x\\nBEGIN:VEVENT"),
		   "a title cannot smuggle in a second event");
}

static void long_lines_are_folded_between_characters(void)
{
	struct ics_event e = usual();
	const char *file, *line;
	struct buf joined = buf_new(&arena);
	bool short_enough = true, whole = true;

	e.summary = "市民サービスを利用者の目で見直すサービスデザイン研修（管理"
		    "職・推進リーダー合同、演習を含む）𠮷野";
	file = file_of(&e);
	for (line = file; *line;) {
		const char *end = strstr(line, "\r\n");
		const size_t n = (size_t)(end - line);

		short_enough &= n <= 75;
		whole &= text_is_utf8(line, n);
		line = end + 2;
	}
	CHECK_THAT(short_enough, "no line is longer than 75 bytes");
	CHECK_THAT(whole, "no character is cut in two");
	for (const char *p = file; *p; p++) {
		if (!strncmp(p, "\r\n ", 3))
			p += 2;
		else
			buf_putc(&joined, *p);
	}
	CHECK_THAT(has(joined.data, e.summary), "unfolded it is the same text");
	e.summary = "eighty characters of one byte each, so that a line"
		    " of 75 bytes can be just full";
	line = strstr(file_of(&e), "SUMMARY:");
	CHECK_THAT(strstr(line, "\r\n ") == line + 75,
		   "the first line is as long as it may be");
}

int main(void)
{
	an_event_says_when();
	text_cannot_end_its_line();
	long_lines_are_folded_between_characters();
	arena_release(&arena);
	return check_done();
}
