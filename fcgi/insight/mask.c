/*
 * mask.c: what is masked, put together. Days and numbers: mask_numbers.c;
 * names: mask_names.c.
 */
#include "insight/mask_parts.h"

#include "base/buf.h"
#include "base/text.h"

#include <string.h>

static const char *const signs[] = {
	[MASK_PERSON] = "〔氏名〕",    [MASK_UNIT] = "〔所属〕",
	[MASK_PLACE] = "〔地名〕",     [MASK_DAY] = "〔日付〕",
	[MASK_PHONE] = "〔電話番号〕", [MASK_MAIL] = "〔メールアドレス〕",
	[MASK_NUMBER] = "〔番号〕",
};

/* Full-width forms as half-width, dashes as one. */
static uint32_t fold(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		return c - 0xfee0;
	if (c == 0x3000)
		return ' ';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return '-';
	return c;
}

struct mask_line mask_line_new(struct arena *a, const char *text)
{
	const size_t len = strlen(text);
	const char *p = text, *end = text + len;
	struct mask_line l = { .a = a, .text = text };

	l.c = ARENA_ARRAY(a, uint32_t, len + 1);
	l.at = ARENA_ARRAY(a, size_t, len + 1);
	l.kind = ARENA_ARRAY(a, unsigned char, len + 1);
	while (p < end) {
		l.at[l.n] = (size_t)(p - text);
		l.c[l.n++] = fold(text_next(&p, end));
	}
	l.at[l.n] = len;
	return l;
}

void mask_mark(struct mask_line *l, size_t from, size_t to, enum mask_kind kind)
{
	for (size_t i = from; i < to; i++)
		if (!l->kind[i])
			l->kind[i] = (unsigned char)kind;
}

static const char *write(const struct mask_line *l, bool shown)
{
	struct buf out = buf_new(l->a);

	buf_puts(&out, "");
	for (size_t i = 0; i < l->n;) {
		const unsigned char kind = l->kind[i];
		size_t end = i + 1;

		while (end < l->n && l->kind[end] == kind)
			end++;
		if (!kind)
			buf_add(&out, l->text + l->at[i],
				l->at[end] - l->at[i]);
		else
			buf_puts(&out, shown ? signs[kind] : "、");
		i = end;
	}
	return out.data;
}

struct masked mask_text(const struct mask *m, const char *text)
{
	struct mask_line l = mask_line_new(m->a, text);
	bool any = false;

	mask_numbers(&l);
	mask_names(m, &l);
	for (size_t i = 0; i < l.n; i++)
		any |= l.kind[i] != 0;
	if (!any)
		return (struct masked){ text, text };
	return (struct masked){ write(&l, true), write(&l, false) };
}
