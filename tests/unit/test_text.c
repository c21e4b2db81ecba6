#include "base/text.h"

#include "base/buf.h"
#include "check.h"

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
	arena_release(&a);
	return check_done();
}
