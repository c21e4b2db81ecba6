/*
 * mask_numbers.c: days, telephone numbers, mail addresses, long numbers.
 */
#include "insight/mask_parts.h"

#include <stdbool.h>

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Also 〇 to 九 and 十. */
static bool is_any_digit(uint32_t c)
{
	static const uint32_t kanji[] = { 0x3007, 0x4e00, 0x4e8c, 0x4e09,
					  0x56db, 0x4e94, 0x516d, 0x4e03,
					  0x516b, 0x4e5d, 0x5341 };

	for (size_t i = 0; i < sizeof(kanji) / sizeof(*kanji); i++)
		if (c == kanji[i])
			return true;
	return is_digit(c);
}

static bool is_mail(uint32_t c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-' ||
	       c == '+' || c == '%';
}

static void mail(struct mask_line *l, size_t i)
{
	size_t from = i, to = i + 1;

	while (from > 0 && is_mail(l->c[from - 1]))
		from--;
	while (to < l->n && is_mail(l->c[to]))
		to++;
	if (from < i && to > i + 1)
		mask_mark(l, from, to, MASK_MAIL);
}

/* The end of the digits from i on, at most `most`. */
static size_t digits(const struct mask_line *l, size_t i, size_t most)
{
	const size_t from = i;

	while (i < l->n && i - from < most && is_digit(l->c[i]))
		i++;
	return i;
}

static int64_t number(const struct mask_line *l, size_t from, size_t to)
{
	int64_t value = 0;

	for (size_t i = from; i < to; i++)
		value = value * 10 + (int64_t)(l->c[i] - '0');
	return value;
}

static bool between(const struct mask_line *l, size_t from, size_t to,
		    int64_t most)
{
	const int64_t value = from < to ? number(l, from, to) : 0;

	return value >= 1 && value <= most;
}

static bool parts_digits(uint32_t c)
{
	return c == '-' || c == '(' || c == ')' || c == ' ' || c == 0x30fc;
}

/*
 * 0466-25-1111, 090(1234)5678: nine to eleven digits, the first of them 0.
 * Another number may follow: 090-1234-5678 15時.
 */
static void phone(struct mask_line *l, size_t i)
{
	size_t count = 0, to = i, end = i;

	for (size_t j = i; j < l->n; j++) {
		const uint32_t c = l->c[j];

		if (is_digit(c)) {
			count++;
			to = j + 1;
			if (count >= 9 && count <= 11 &&
			    (to == l->n || !is_digit(l->c[to])))
				end = to;
		} else if (!parts_digits(c) || j > to) {
			break;
		}
	}
	if (l->c[i] == '0' && end > i)
		mask_mark(l, i, end, MASK_PHONE);
}

/* A number behind 内線 (extension). */
static void extension(struct mask_line *l, size_t i)
{
	static const uint32_t naisen[] = { 0x5185, 0x7dda };
	size_t from = i + 2, to;

	if (i + 2 >= l->n || l->c[i] != naisen[0] || l->c[i + 1] != naisen[1])
		return;
	while (from < l->n && !is_digit(l->c[from]) && from < i + 5)
		from++;
	to = digits(l, from, 6);
	if (to > from + 1)
		mask_mark(l, from, to, MASK_PHONE);
}

/* Staff numbers and the like; not an amount of money. */
static void long_number(struct mask_line *l, size_t i)
{
	const size_t to = digits(l, i, l->n);

	if (to - i >= 6 && (to == l->n || l->c[to] != 0x5186))
		mask_mark(l, i, to, MASK_NUMBER);
}

/* Back over 令和6年 before a month. */
static size_t year_before(const struct mask_line *l, size_t i)
{
	static const uint32_t eras[][2] = { { 0x4ee4, 0x548c },
					    { 0x5e73, 0x6210 },
					    { 0x662d, 0x548c } };
	size_t from = i;

	if (i < 2 || l->c[i - 1] != 0x5e74)
		return i;
	from = i - 1;
	while (from > 0 &&
	       (is_any_digit(l->c[from - 1]) || l->c[from - 1] == 0x5143))
		from--;
	if (from == i - 1)
		return i;
	for (size_t e = 0; e < sizeof(eras) / sizeof(*eras); e++)
		if (from >= 2 && l->c[from - 2] == eras[e][0] &&
		    l->c[from - 1] == eras[e][1])
			return from - 2;
	return from;
}

/* i stands on 月: 12月2日, 令和六年十二月二日 */
static void day_in_words(struct mask_line *l, size_t i)
{
	size_t from = i, to = i + 1;

	while (from > 0 && i - from < 3 && is_any_digit(l->c[from - 1]))
		from--;
	while (to < l->n && to - i < 4 && is_any_digit(l->c[to]))
		to++;
	if (from == i || to == i + 1 || to == l->n || l->c[to] != 0x65e5)
		return;
	mask_mark(l, year_before(l, from), to + 1, MASK_DAY);
}

static bool divides(uint32_t c)
{
	return c == '/' || c == '.' || c == '-';
}

/* 2024/12/2, R6.12.2, 12/2 but not 1/2 of something. */
static void day_in_digits(struct mask_line *l, size_t i)
{
	const size_t a = digits(l, i, 4);
	const size_t b = a < l->n && divides(l->c[a]) ? digits(l, a + 1, 2) : a;
	size_t c = b, from = i;

	if (b <= a + 1)
		return;
	if (b < l->n && l->c[b] == l->c[a])
		c = digits(l, b + 1, 2);
	if (c > b + 1) {
		if (!between(l, a + 1, b, 12) || !between(l, b + 1, c, 31) ||
		    (c < l->n && is_digit(l->c[c])))
			return;
		if (i > 0 && (l->c[i - 1] == 'R' || l->c[i - 1] == 'H'))
			from--;
		else if (a == i + 1)
			return;
		mask_mark(l, from, c, MASK_DAY);
		return;
	}
	if (l->c[a] != '/' || !between(l, i, a, 12) ||
	    !between(l, a + 1, b, 31))
		return;
	if (number(l, i, a) < number(l, a + 1, b) && number(l, a + 1, b) <= 5)
		return; /* a fraction */
	mask_mark(l, i, b, MASK_DAY);
}

void mask_numbers(struct mask_line *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const bool begins =
			is_digit(l->c[i]) && (!i || !is_digit(l->c[i - 1]));

		if (l->c[i] == '@')
			mail(l, i);
		else if (l->c[i] == 0x6708)
			day_in_words(l, i);
		extension(l, i);
		if (begins) {
			phone(l, i);
			day_in_digits(l, i);
			long_number(l, i);
		}
	}
}
