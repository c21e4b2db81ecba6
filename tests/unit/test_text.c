#include "base/text.h"

#include "base/buf.h"
#include "check.h"

#include <math.h>

/* As printf writes it: at ties, around zero, of any size. */
static void check_decimals(struct arena *a)
{
	static const double some[] = { 0.0,   -0.0,  0.5,    1.5,    2.5,
				       -0.4,  0.005, 0.015,  1.005,  -2.675,
				       99.95, 1e8,   1e12,   -1e300, 0.045,
				       0.125, 1e-9,  999.995 };
	bool good = true;

	for (int i = 0; i < 200000; i++) {
		const double x = (i - 90000) * (i % 3 ? 0.000125 : 0.0917);
		const double y = i < 18  ? some[i]
				 : i % 2 ? x
					 : round(x * 8.0) / 8.0;

		for (int d = 0; d <= 2; d++) {
			char plain[400], plus[400];

			snprintf(plain, sizeof(plain), "%.*f", d, y);
			snprintf(plus, sizeof(plus), "%+.*f", d, y);
			good &= !strcmp(text_from_decimal(a, y, d, false),
					plain);
			good &= !strcmp(text_from_decimal(a, y, d, true), plus);
		}
		arena_reset(a);
	}
	CHECK(good);
	CHECK_TEXT(text_from_count(a, 0), "0");
	CHECK_TEXT(text_from_count(a, 999), "999");
	CHECK_TEXT(text_from_count(a, 1000), "1,000");
	CHECK_TEXT(text_from_count(a, -1234567), "-1,234,567");
	CHECK_TEXT(text_from_count(a, INT64_MIN), "-9,223,372,036,854,775,808");
}

int main(void)
{
	struct arena a = { 0 };
	struct buf b;
	int64_t n;
	double x;

	CHECK(text_is_utf8("漢字", 6));
	CHECK(!text_is_utf8("\xc0\xaf", 2));
	CHECK(!text_is_utf8("\xed\xa0\x80", 3));
	CHECK(!text_is_utf8("a\0b", 3));
	CHECK(text_length("髙橋𠮷") == 3);
	CHECK_TEXT(text_trim(&a, " \t　研修　\n"), "研修");
	CHECK_TEXT(text_trim(&a, "　"), "");
	CHECK_TEXT(text_clean(&a, "a\r\nb\rc\x01"), "a\nb\nc");

	CHECK_TEXT(text_search_key(&a, "ﾃﾞｼﾞﾀﾙ"),
		   text_search_key(&a, "でじたる"));
	CHECK_TEXT(text_search_key(&a, "ＤＸ　推進"), "dx推進");
	CHECK_TEXT(text_search_key(&a, "髙﨑"), "高崎");
	CHECK(strcmp(text_search_key(&a, "はは"), text_search_key(&a, "ぱぱ")));
	CHECK_TEXT(text_code(&a, " ００１２a "), "0012A");

	CHECK(text_to_i64("-42", -50, 50, &n) && n == -42);
	CHECK(text_to_i64("9223372036854775807", INT64_MIN, INT64_MAX, &n));
	CHECK(!text_to_i64("9223372036854775808", INT64_MIN, INT64_MAX, &n));
	CHECK(!text_to_i64("4x", 0, 9, &n));
	CHECK(!text_to_i64("", 0, 9, &n));
	CHECK(text_to_f64("2.5e1", &x) && x > 24.99 && x < 25.01);
	CHECK(!text_to_f64("nan", &x));
	CHECK(!text_to_f64("1,5", &x));
	CHECK_TEXT(text_from_count(&a, 1234567), "1,234,567");
	CHECK_TEXT(text_from_count(&a, -100), "-100");

	b = buf_new(&a);
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%d,", i);
	CHECK(b.len == 3890);
	check_decimals(&a);
	arena_release(&a);
	return check_done();
}
