#include "base/text.h"

#include "base/buf.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT 0xfffdu

/* Length of the sequence a lead byte announces; 0 for no lead byte. */
static size_t sequence_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

uint32_t text_next(const char **s, const char *end)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)*s;
	const size_t n = sequence_length(p[0]);
	uint32_t c;

	if (n == 1) {
		*s += 1;
		return p[0];
	}
	if (n == 0 || n > (size_t)(end - *s)) {
		*s += 1;
		return REPLACEMENT;
	}
	c = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			*s += 1;
			return REPLACEMENT;
		}
		c = c << 6 | (p[i] & 0x3fu);
	}
	if (c < least[n] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) {
		*s += 1;
		return REPLACEMENT;
	}
	*s += n;
	return c;
}

size_t text_encode(uint32_t c, char *out)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)c,
					    (utf8proc_uint8_t *)out);
}

bool text_is_utf8(const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		const char *at = s;
		const uint32_t c = text_next(&s, end);

		/* A real U+FFFD takes three bytes. */
		if (c == 0 || (c == REPLACEMENT && s - at == 1))
			return false;
	}
	return true;
}

size_t text_length(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 ||
	       c == 0xa0 || c == 0xfeff;
}

char *text_trim(struct arena *a, const char *s)
{
	const char *end = s + strlen(s), *start = NULL, *stop = s;

	for (const char *at = s; at < end;) {
		const char *begin = at;

		if (is_blank(text_next(&at, end)))
			continue;
		if (!start)
			start = begin;
		stop = at;
	}
	return start ? arena_strndup(a, start, (size_t)(stop - start))
		     : arena_strdup(a, "");
}

char *text_clean(struct arena *a, const char *s)
{
	char *clean = arena_alloc(a, strlen(s) + 1), *out = clean;

	for (; *s; s++) {
		const unsigned char c = (unsigned char)*s;

		if (c == '\r') {
			if (s[1] != '\n')
				*out++ = '\n';
		} else if ((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t') {
			*out++ = (char)c;
		}
	}
	*out = '\0';
	return clean;
}

/* NFKC, which also composes half-width kana with their voicing marks. */
static const char *nfkc(struct arena *a, const char *s, bool fold_case)
{
	utf8proc_uint8_t *folded = NULL;
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE |
				      UTF8PROC_COMPAT | UTF8PROC_NULLTERM |
				      (fold_case ? UTF8PROC_CASEFOLD : 0);
	const char *result;

	if (utf8proc_map((const utf8proc_uint8_t *)s, 0, &folded, how) < 0)
		return s;
	result = arena_strdup(a, (const char *)folded);
	free(folded); /* allowed: utf8proc gives it with malloc */
	return result;
}

/* Look-alikes that NFKC keeps apart but people type for one another. */
static uint32_t look_alike(uint32_t c)
{
	switch (c) {
	case 0x301c: /* wave dash */
	case 0xff5e:
		return '~';
	case 0x2010: /* hyphens, dashes, minus signs, long vowel mark */
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
	case 0x30fc:
	case 0x2500:
		return '-';
	case 0x9ad9: /* 髙 */
		return 0x9ad8;
	case 0xfa11: /* 﨑 */
		return 0x5d0e;
	case 0x6ff5: /* 濵 family */
	case 0x6ff1:
		return 0x6d5c;
	case 0x908a: /* 邊 邉 */
	case 0x9089:
		return 0x8fba;
	case 0x9f4b: /* 齋 齊 斉 */
		return 0x658e;
	case 0x9f4a:
		return 0x6589;
	default:
		return c >= 0x3041 && c <= 0x3096 ? c + 0x60 : c;
	}
}

char *text_search_key(struct arena *a, const char *s)
{
	const char *at = nfkc(a, s, true), *end = at + strlen(at);
	struct buf key = buf_new(a);

	while (at < end) {
		const uint32_t c = text_next(&at, end);
		char bytes[4];

		if (!is_blank(c))
			buf_add(&key, bytes, text_encode(look_alike(c), bytes));
	}
	return key.data;
}

char *text_code(struct arena *a, const char *s)
{
	char *code = text_trim(a, nfkc(a, s, false));

	for (char *c = code; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return code;
}

bool text_to_i64(const char *s, int64_t min, int64_t max, int64_t *out)
{
	int64_t value = 0;
	bool minus;

	if (!s || !*s)
		return false;
	minus = *s == '-';
	s += minus;
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9' ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, *s - '0', &value))
			return false;
	}
	/* Counted downwards, so that INT64_MIN fits. */
	if (!minus && value == INT64_MIN)
		return false;
	value = minus ? value : -value;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

bool text_to_f64(const char *s, double *out)
{
	char *end;
	double value;

	if (!s || !*s || strspn(s, "0123456789+-.eE") != strlen(s))
		return false;
	errno = 0;
	value = strtod(s, &end); /* allowed: no locale is ever set */
	if (*end || errno == ERANGE || !isfinite(value))
		return false;
	*out = value;
	return true;
}

int text_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Digits of n in front of end, three by three if asked; where they begin. */
static char *digits_before(char *end, uint64_t n, bool grouped)
{
	size_t written = 0;

	do {
		if (grouped && written && written % 3 == 0)
			*--end = ',';
		*--end = (char)('0' + n % 10);
		n /= 10;
		written++;
	} while (n);
	return end;
}

const char *text_from_count(struct arena *a, int64_t n)
{
	const uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char text[40], *end = text + sizeof(text), *begin;

	begin = digits_before(end, size, true);
	if (n < 0)
		*--begin = '-';
	return arena_strndup(a, begin, (size_t)(end - begin));
}

const char *text_from_decimal(struct arena *a, double x, int decimals,
			      bool with_plus)
{
	static const double tens[] = { 1.0, 10.0, 100.0 };
	const double scaled = fabs(x) * tens[decimals];
	char text[40], *end = text + sizeof(text), *begin = end;
	uint64_t n;

	/* Where the product's last bit might decide, the library does. */
	if (!(scaled < 1e9) || fabs(scaled - floor(scaled) - 0.5) < 1e-6)
		return arena_printf(a, with_plus ? "%+.*f" : "%.*f", decimals,
				    x);
	n = (uint64_t)nearbyint(scaled);
	for (int i = 0; i < decimals; i++, n /= 10)
		*--begin = (char)('0' + n % 10);
	if (decimals)
		*--begin = '.';
	begin = digits_before(begin, n, false);
	if (signbit(x) || with_plus)
		*--begin = signbit(x) ? '-' : '+';
	return arena_strndup(a, begin, (size_t)(end - begin));
}

bool text_starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool text_equals(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}
