/*
 * mask_names.c: people, units and places.
 */
#include "insight/mask_parts.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What stands behind a name. */
static const char *const titles[] = {
	"さん", "サン",   "様",   "さま",     "氏",   "君",
	"くん", "ちゃん", "先生", "課長",     "部長", "局長",
	"次長", "係長",   "主任", "主査",     "主事", "主幹",
	"参事", "補佐",   "所長", "館長",     "室長", "市長",
	"講師", "教授",   "議員", "リーダー", "担当", "プロデューサー",
};

struct mask *mask_new(struct arena *a, struct an_tagger *tagger,
		      const struct an_words *terms)
{
	struct mask *m = ARENA_NEW(a, struct mask);

	m->a = a;
	m->tagger = tagger;
	m->terms = terms;
	return m;
}

static void add(struct mask *m, struct name_list *l, const char *word)
{
	uint32_t first;

	if (!word || !*word)
		return;
	if (l->n == l->capacity) {
		const size_t wider = l->capacity ? 2 * l->capacity : 256;
		const char **more = ARENA_ARRAY(m->a, const char *, wider);

		if (l->n)
			memcpy(more, l->word, l->n * sizeof(*more));
		l->word = more;
		l->capacity = wider;
	}
	l->word[l->n++] = word;
	first = text_next(&word, word + strlen(word)) % MASK_FIRST;
	l->first[first / 8] |= (unsigned char)(1u << first % 8);
}

/* May a word begin with this character? */
static bool may_begin(const struct name_list *l, uint32_t c)
{
	const uint32_t bit = c % MASK_FIRST;

	return l->first[bit / 8] >> bit % 8 & 1;
}

/* Katakana as hiragana. */
static const char *hiragana(struct arena *a, const char *kana)
{
	char *out = arena_strdup(a, kana), *to = out;
	const char *p = kana, *end = kana + strlen(kana);

	while (p < end) {
		const uint32_t c = text_next(&p, end);

		to += text_encode(c >= 0x30a1 && c <= 0x30f6 ? c - 0x60 : c,
				  to);
	}
	return out;
}

void mask_add_person(struct mask *m, const struct mask_person *p)
{
	add(m, &m->family, p->family);
	add(m, &m->family, p->former_family);
	/* One kana is no name: リさん may be anything. */
	if (p->family_kana && text_length(p->family_kana) > 1) {
		add(m, &m->family, p->family_kana);
		add(m, &m->family, hiragana(m->a, p->family_kana));
	}
	if (p->given && text_length(p->given) > 1)
		add(m, &m->given, p->given);
	if (p->family && *p->family && p->given && *p->given) {
		add(m, &m->whole,
		    arena_printf(m->a, "%s%s", p->family, p->given));
		add(m, &m->whole,
		    arena_printf(m->a, "%s %s", p->family, p->given));
		add(m, &m->whole,
		    arena_printf(m->a, "%s　%s", p->family, p->given));
	}
}

/* 市 or 課 alone is no name of a unit. */
void mask_add_unit(struct mask *m, const char *name)
{
	if (name && text_length(name) > 1)
		add(m, &m->unit, name);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct name_list *l)
{
	size_t kept = 0;

	if (l->n)
		qsort(l->word, l->n, sizeof(*l->word), by_text);
	for (size_t i = 0; i < l->n; i++)
		if (!kept || strcmp(l->word[kept - 1], l->word[i]) != 0)
			l->word[kept++] = l->word[i];
	l->n = kept;
}

void mask_ready(struct mask *m)
{
	sort(&m->family);
	sort(&m->given);
	sort(&m->whole);
	sort(&m->unit);
}

/* Some characters of a text that may be a name. */
struct piece {
	const char *text;
	size_t n;
};

static int compare(const void *key, const void *item)
{
	const struct piece *k = key;
	const char *word = *(const char *const *)item;
	const int order = strncmp(k->text, word, k->n);

	return order ? order : (word[k->n] ? -1 : 0);
}

static bool has(const struct name_list *names, const struct mask_line *l,
		size_t from, size_t to)
{
	const struct piece key = { l->text + l->at[from],
				   l->at[to] - l->at[from] };

	return names->n && bsearch(&key, names->word, names->n,
				   sizeof(*names->word), compare);
}

static bool has_title(const struct mask_line *l, size_t at)
{
	const char *rest = l->text + l->at[at];

	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (text_starts(rest, titles[i]))
			return true;
	return false;
}

/* The character at this byte; n for the end. */
static size_t place_of(const struct mask_line *l, size_t byte)
{
	size_t lo = 0, hi = l->n;

	while (lo < hi) {
		const size_t middle = lo + (hi - lo) / 2;

		if (l->at[middle] < byte)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

/* Place of the first word that does not come before these n bytes. */
static size_t first_not_before(const struct name_list *names, const char *text,
			       size_t n)
{
	size_t lo = 0, hi = names->n;

	while (lo < hi) {
		const size_t middle = lo + (hi - lo) / 2;

		if (strncmp(names->word[middle], text, n) < 0)
			lo = middle + 1;
		else
			hi = middle;
	}
	return lo;
}

/*
 * The end of the longest of the names that begins at i, i if there is
 * none. Those that begin with the same character stand together.
 */
static size_t longest(const struct name_list *names, const struct mask_line *l,
		      size_t i, bool with_title)
{
	const char *rest = l->text + l->at[i], *p = rest;
	const size_t n = l->at[i + 1] - l->at[i];
	size_t best = i, at;

	if (!may_begin(names, text_next(&p, rest + n)))
		return i;
	at = first_not_before(names, rest, n);
	for (; at < names->n && !strncmp(names->word[at], rest, n); at++) {
		size_t to;

		if (!text_starts(rest, names->word[at]))
			continue;
		to = place_of(l, l->at[i] + strlen(names->word[at]));
		if (to > best && (!with_title || has_title(l, to)))
			best = to;
	}
	return best;
}

static size_t later(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* The end of the longest name of the database that begins at i. */
static size_t known(const struct mask *m, const struct mask_line *l, size_t i,
		    enum mask_kind *kind)
{
	const size_t unit = longest(&m->unit, l, i, false);
	size_t person = longest(&m->whole, l, i, false);

	person = later(person, longest(&m->family, l, i, true));
	person = later(person, longest(&m->given, l, i, true));
	*kind = unit >= person ? MASK_UNIT : MASK_PERSON;
	return later(unit, person);
}

/* Characters of words of the field; n places. */
static bool *find_terms(const struct mask *m, const struct mask_line *l)
{
	bool *in = ARENA_ARRAY(l->a, bool, l->n + 1);

	for (size_t t = 0; t < m->terms->n; t++) {
		const char *word = m->terms->word[t], *p = l->text;
		const size_t len = strlen(word);

		while (len && (p = strstr(p, word))) {
			const size_t from = (size_t)(p - l->text);

			for (size_t i = 0; i < l->n; i++)
				in[i] |= l->at[i] >= from &&
					 l->at[i] < from + len;
			p += len;
		}
	}
	return in;
}

/* Names that only the dictionary knows. */
static void guess(const struct mask *m, struct mask_line *l)
{
	AN_SCRATCH(work);
	const struct an_name *name;
	const size_t n = an_text_names(m->tagger, &work, l->text, &name);
	const bool *term = n ? find_terms(m, l) : NULL;

	for (size_t i = 0; i < n; i++) {
		const size_t from = place_of(l, name[i].at);
		const size_t to = place_of(l, name[i].at + name[i].n);
		const bool is_person = name[i].kind == AN_NAME_PERSON;

		if (term[from] || to - from < 2)
			continue;
		if (!is_person)
			mask_mark(l, from, to, MASK_PLACE);
		else if (name[i].is_whole || has_title(l, to) ||
			 has(&m->family, l, from, to))
			mask_mark(l, from, to, MASK_PERSON);
	}
}

void mask_names(const struct mask *m, struct mask_line *l)
{
	for (size_t i = 0; i < l->n; i++) {
		enum mask_kind kind;
		const size_t to = known(m, l, i, &kind);

		if (to == i)
			continue;
		mask_mark(l, i, to, kind);
		i = to - 1;
	}
	if (m->tagger)
		guess(m, l);
}
