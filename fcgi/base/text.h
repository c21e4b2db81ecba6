/*
 * text.h: UTF-8 and numbers in text, without the C library's locale.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Well-formed UTF-8 without NUL; overlong forms and surrogates are refused. */
bool text_is_utf8(const char *s, size_t n);

/* Number of code points of a well-formed text. */
size_t text_length(const char *s);

/*
 * The next code point of [*s, end) and move *s behind it; U+FFFD for a
 * malformed byte (one byte is consumed). Precondition: *s < end.
 */
uint32_t text_next(const char **s, const char *end);

/* Append a code point as UTF-8 to out (room for 4); bytes written. */
size_t text_encode(uint32_t c, char *out);

/* Without blanks (also U+3000) and line ends at both ends; lives in a. */
char *text_trim(struct arena *a, const char *s);

/* Line ends to LF, other control characters but tab dropped; lives in a. */
char *text_clean(struct arena *a, const char *s);

/*
 * Search key: compatibility forms folded as NFKC does for what offices type
 * (full-width ASCII, half-width kana with voicing marks, circled digits,
 * ㈱-like signs), letters in lower case, hiragana as katakana, wave dashes,
 * minus signs and long vowel look-alikes as one, variants of name kanji (高
 * and 髙) as one, blanks dropped. For finding only, never for display. Lives
 * in a.
 */
char *text_search_key(struct arena *a, const char *s);

/* A code (staff number, unit code): trimmed, half-width, upper case. */
char *text_code(struct arena *a, const char *s);

/* The whole text is a number in [min, max], ASCII digits, optional minus. */
bool text_to_i64(const char *s, int64_t min, int64_t max, int64_t *out);

/* The whole text is a finite decimal number ("-1.5", "2e3"), point only. */
bool text_to_f64(const char *s, double *out);

/* The value of a hexadecimal digit of either case, -1 for anything else. */
int text_hex_digit(char c);

/* "3,500"; lives in a. */
const char *text_from_count(struct arena *a, int64_t n);

/*
 * x with 0 to 2 decimals, as printf's %.*f or, with_plus, %+.*f write it, in a
 * tenth of the time.
 */
const char *text_from_decimal(struct arena *a, double x, int decimals,
			      bool with_plus);

bool text_starts(const char *s, const char *prefix);
bool text_equals(const char *a, const char *b); /* NULL equals only NULL */

#endif
