/*
 * text.c: MeCab, and which of its words are kept.
 */
#include "analytics/text.h"

#include "analytics/text_data.h"

#include <mecab.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define IPADIC "/var/lib/mecab/dic/ipadic-utf8"

struct an_tagger {
	mecab_t *mecab;
	char name[200];
	struct an_scratch own;
};

struct an_tagger *an_tagger_new(const char *dictionary)
{
	struct an_scratch own = { NULL };
	struct an_tagger *t = an_alloc(&own, 1, sizeof(*t));
	const char *folder = dictionary ? dictionary : IPADIC;
	char set[] = "mecab", to[] = "-d", path[180];
	char *argv[] = { set, to, path };
	const mecab_dictionary_info_t *info;

	snprintf(path, sizeof(path), "%s", folder);
	t->own = own;
	t->mecab = mecab_new(3, argv);
	info = t->mecab ? mecab_dictionary_info(t->mecab) : NULL;
	if (!info || strcasecmp(info->charset, "UTF-8") != 0) {
		an_tagger_free(t);
		return NULL;
	}
	snprintf(t->name, sizeof(t->name), "%s %s, MeCab %s, %u words",
		 strrchr(folder, '/') ? strrchr(folder, '/') + 1 : folder,
		 info->charset, mecab_version(), info->size);
	return t;
}

void an_tagger_free(struct an_tagger *tagger)
{
	struct an_scratch own;

	if (!tagger)
		return;
	own = tagger->own; /* the tagger itself lives in it */
	if (tagger->mecab)
		mecab_destroy(tagger->mecab);
	an_scratch_free(&own);
}

const char *an_tagger_name(const struct an_tagger *tagger)
{
	return tagger->name;
}

char *an_text_copy(struct an_scratch *s, const char *text, size_t n)
{
	char *copy = an_alloc(s, n + 1, 1);

	memcpy(copy, text, n);
	return copy;
}

bool an_words_have(const struct an_words *w, const char *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (!strcmp(w->word[i], word))
			return true;
	return false;
}

/* Field i of a comma-separated feature text, NULL if there are fewer. */
static const char *field(struct an_scratch *s, const char *feature, size_t i)
{
	while (i-- && feature)
		feature =
			strchr(feature, ',') ? strchr(feature, ',') + 1 : NULL;
	return feature ? an_text_copy(s, feature, strcspn(feature, ",")) : NULL;
}

struct an_morpheme *an_text_cut(struct an_tagger *tagger, struct an_scratch *s,
				const char *text, size_t *n)
{
	const mecab_node_t *first = mecab_sparse_tonode(tagger->mecab, text);
	struct an_morpheme *m;
	size_t count = 0;

	for (const mecab_node_t *node = first; node; node = node->next)
		count++;
	m = an_alloc(s, count, sizeof(*m));
	*n = 0;
	for (const mecab_node_t *node = first; node; node = node->next) {
		struct an_morpheme *o = &m[*n];
		const char *base;

		if (node->stat == MECAB_BOS_NODE ||
		    node->stat == MECAB_EOS_NODE)
			continue;
		o->surface = an_text_copy(s, node->surface, node->length);
		o->pos = field(s, node->feature, 0);
		o->sub = field(s, node->feature, 1);
		base = field(s, node->feature, 6);
		o->base = base && strcmp(base, "*") != 0 ? base : o->surface;
		o->conjugation = field(s, node->feature, 4);
		if (o->pos && o->sub)
			(*n)++;
	}
	return m;
}

/* A copy with line ends and tabs as blanks. */
static char *on_one_line(struct an_scratch *s, const char *text)
{
	char *copy = an_text_copy(s, text, strlen(text));

	for (char *p = copy; *p; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	return copy;
}

char *an_text_normalise(struct an_scratch *s, const char *text)
{
	utf8proc_uint8_t *folded =
		utf8proc_NFKC((const utf8proc_uint8_t *)text);
	char *copy;

	if (!folded)
		return NULL;
	copy = on_one_line(s, (char *)folded);
	free(folded); /* allowed: utf8proc gives memory of its own */
	return copy;
}

/*
 * The comment without blanks at both ends, and without the full stops and
 * exclamation marks behind it.
 */
static char *stem(struct an_scratch *s, const char *text)
{
	static const char *const tail[] = { "。", "．", "！", "　",
					    ".",  "!",  " " };
	size_t n;
	bool again = true;

	text += strspn(text, " ");
	n = strlen(text);
	while (again) {
		again = false;
		for (size_t i = 0; i < sizeof(tail) / sizeof(*tail); i++) {
			const size_t m = strlen(tail[i]);

			if (n >= m && !memcmp(text + n - m, tail[i], m)) {
				n -= m;
				again = true;
			}
		}
	}
	return an_text_copy(s, text, n);
}

static bool says_nothing(const char *said, const struct an_words *blank)
{
	return !*said || an_words_have(blank, said);
}

bool an_text_is_blank(const char *text, const struct an_words *blank)
{
	AN_SCRATCH(work);
	const char *plain = an_text_normalise(&work, text);

	return !plain || says_nothing(stem(&work, plain), blank);
}

/* Is one of the phrases in it, outside of those that do not count? */
static bool asks(struct an_scratch *s, const char *said,
		 const struct an_text_rules *rules)
{
	static const char stop[] = "。";
	const size_t n = strlen(said);
	char *text = an_alloc(s, n + sizeof(stop), 1);

	memcpy(text, said, n);
	memcpy(text + n, stop, sizeof(stop));
	for (size_t i = 0; i < rules->unless.n; i++) {
		const char *phrase = rules->unless.word[i];
		const size_t m = strlen(phrase);

		for (char *p = text; m && (p = strstr(p, phrase)); p += m)
			memset(p, ' ', m);
	}
	for (size_t i = 0; i < rules->requests.n; i++)
		if (strstr(text, rules->requests.word[i]))
			return true;
	return false;
}

bool an_text_is_request(const char *text, const struct an_text_rules *rules)
{
	AN_SCRATCH(work);
	const char *plain = an_text_normalise(&work, text), *said;

	if (!plain)
		return false;
	said = stem(&work, plain);
	return !says_nothing(said, &rules->blank) && asks(&work, said, rules);
}

static bool read_comment(struct an_tagger *tagger, const char *text,
			 const struct an_text_rules *rules,
			 struct an_tokens *out, struct an_comment *c)
{
	AN_SCRATCH(work);
	const char *plain = rules->as_is ? on_one_line(&work, text)
					 : an_text_normalise(&work, text);
	const char *said;
	struct an_morpheme *m;
	size_t n;

	if (!plain)
		return false;
	said = stem(&work, plain);
	c->blank = says_nothing(said, &rules->blank);
	c->request = !c->blank && asks(&work, said, rules);
	m = an_text_cut(tagger, &work, plain, &n);
	out->morphemes += n;
	if (c->blank)
		return true;
	n = an_text_merge(&work, m, n, &rules->terms);
	n = an_text_attach(&work, m, n);
	c->word = an_alloc(&out->own, n, sizeof(*c->word));
	for (size_t i = 0; i < n; i++)
		if (an_text_keep(&m[i], &rules->stop))
			c->word[c->n++] = an_text_copy(&out->own, m[i].base,
						       strlen(m[i].base));
	out->kept += c->n;
	return true;
}

enum an_status an_tokenise(struct an_tagger *tagger,
			   const char *const *comments, size_t n,
			   const struct an_text_rules *rules,
			   struct an_tokens *out)
{
	enum an_status status = n ? AN_OK : AN_EMPTY;

	*out = (struct an_tokens){ .n = n };
	out->comment = an_alloc(&out->own, n, sizeof(*out->comment));
	for (size_t i = 0; i < n; i++) {
		out->comment[i].blank = true;
		if (comments[i] && !read_comment(tagger, comments[i], rules,
						 out, &out->comment[i]))
			status = AN_BAD_INPUT;
	}
	return status;
}

void an_tokens_free(struct an_tokens *t)
{
	an_scratch_free(&t->own);
	t->comment = NULL;
	t->n = 0;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

size_t an_text_names(struct an_tagger *tagger, struct an_scratch *s,
		     const char *text, const struct an_name **names)
{
	static const char person[] = "名詞,固有名詞,人名,";
	static const char place[] = "名詞,固有名詞,地域,一般";
	const mecab_node_t *first = mecab_sparse_tonode(tagger->mecab, text);
	struct an_name *list;
	size_t n = 0;

	for (const mecab_node_t *node = first; node; node = node->next)
		n++;
	list = an_alloc(s, n, sizeof(*list));
	n = 0;
	for (const mecab_node_t *node = first; node; node = node->next) {
		const bool is_person = begins(node->feature, person);
		const size_t at = (size_t)(node->surface - text);
		struct an_name *before = n ? &list[n - 1] : NULL;

		if (!is_person && !begins(node->feature, place))
			continue;
		if (is_person && before && before->kind == AN_NAME_PERSON &&
		    before->at + before->n == at) {
			before->n += node->length;
			before->is_whole = true;
			continue;
		}
		list[n++] = (struct an_name){
			.kind = is_person ? AN_NAME_PERSON : AN_NAME_PLACE,
			.at = at,
			.n = node->length,
		};
	}
	*names = list;
	return n;
}
