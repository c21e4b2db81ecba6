/*
 * survey.c: what a survey knows of itself; see survey.h.
 */
#include "survey/survey.h"

#include "survey/slots.h"

#include <math.h>
#include <string.h>

static const char *const kinds[] = {
	[ITEM_SINGLE] = "single",       [ITEM_MULTIPLE] = "multiple",
	[ITEM_SCALE] = "scale",         [ITEM_GRID] = "grid",
	[ITEM_NUMBER] = "number",       [ITEM_SHORT_TEXT] = "short-text",
	[ITEM_LONG_TEXT] = "long-text", [ITEM_KNOWLEDGE] = "knowledge",
	[ITEM_SECTION] = "section",     [ITEM_PAGE_BREAK] = "page-break",
};

static const char *const uses[] = {
	[MEASURES_NOTHING] = "",
	[MEASURES_KNOWLEDGE] = "knowledge",
	[MEASURES_SELF] = "self",
	[MEASURES_ATTITUDE] = "attitude",
	[MEASURES_NEED_IMPORTANCE] = "need-importance",
	[MEASURES_NEED_LEVEL] = "need-level",
	[MEASURES_WANT] = "want",
	[MEASURES_SATISFACTION] = "satisfaction",
	[MEASURES_OVERALL] = "overall",
	[MEASURES_INTENTION] = "intention",
	[MEASURES_DIFFICULTY] = "difficulty",
	[MEASURES_PACE] = "pace",
	[MEASURES_ROLE] = "role",
	[MEASURES_COMMENT_GOOD] = "comment-good",
	[MEASURES_COMMENT_IMPROVE] = "comment-improve",
	[MEASURES_COMMENT_NEED] = "comment-need",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const char *item_kind_word(enum item_kind kind)
{
	return kinds[kind];
}

const char *measures_word(enum measures m)
{
	return uses[m];
}

static bool find_word(const char *const *words, size_t n, const char *word,
		      size_t *place)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(words[i], word)) {
			*place = i;
			return true;
		}
	return false;
}

bool item_kind_from_word(const char *word, enum item_kind *kind)
{
	size_t i;

	if (!find_word(kinds, COUNT(kinds), word, &i))
		return false;
	*kind = (enum item_kind)i;
	return true;
}

bool measures_from_word(const char *word, enum measures *m)
{
	size_t i;

	if (!find_word(uses, COUNT(uses), word, &i))
		return false;
	*m = (enum measures)i;
	return true;
}

const char *survey_text(struct bilingual text, enum lang lang)
{
	return lang == LANG_EN && text.en[0] ? text.en : text.ja;
}

const struct survey_item *survey_item(const struct survey *sv, const char *key)
{
	if (!key[0])
		return NULL;
	for (size_t i = 0; i < sv->nitems; i++)
		if (!strcmp(sv->items[i].key, key))
			return &sv->items[i];
	return NULL;
}

const struct survey_item *survey_next(const struct survey *sv, enum measures m,
				      size_t *i)
{
	while (*i < sv->nitems) {
		const struct survey_item *it = &sv->items[(*i)++];

		if (it->measures == m)
			return it;
	}
	return NULL;
}

bool item_is_closed(const struct survey_item *it)
{
	return it->nslots > 0;
}

bool item_is_open(const struct survey_item *it)
{
	return it->open_no > 0;
}

double item_points(const struct survey_item *it, unsigned char code)
{
	double points;

	if (it->kind == ITEM_KNOWLEDGE &&
	    (code == SLOT_DONT_KNOW || code == SLOT_SKIPPED))
		return 0.0;
	if (slot_is_reserved(code))
		return NAN;
	if (it->kind == ITEM_MULTIPLE)
		return code == SLOT_TICKED ? 1.0 : 0.0;
	if (code < 1 || code > it->noptions)
		return NAN;
	points = it->options[code - 1].points;
	return it->is_reverse ? (double)it->noptions + 1.0 - points : points;
}

/* Slots and open numbers one item takes. */
static void measure(struct survey_item *it, size_t *nslots, int *nopen)
{
	bool has_other = false;

	for (size_t i = 0; i < it->noptions; i++)
		has_other = has_other || it->options[i].is_other;
	it->nslots = 0;
	it->open_no = 0;
	it->other_no = 0;
	switch (it->kind) {
	case ITEM_SINGLE:
	case ITEM_SCALE:
	case ITEM_KNOWLEDGE:
		it->nslots = 1;
		break;
	case ITEM_MULTIPLE:
		it->nslots = it->noptions;
		break;
	case ITEM_GRID:
		it->nslots = it->nrows;
		break;
	case ITEM_NUMBER:
	case ITEM_SHORT_TEXT:
	case ITEM_LONG_TEXT:
		it->open_no = ++*nopen;
		break;
	case ITEM_SECTION:
	case ITEM_PAGE_BREAK:
		break;
	}
	if (has_other)
		it->other_no = ++*nopen;
	it->slot = *nslots;
	*nslots += it->nslots;
}

void survey_lay_out(struct survey *sv, struct survey_item *items)
{
	size_t nslots = 0;
	int nopen = 0;

	for (size_t i = 0; i < sv->nitems; i++)
		measure(&items[i], &nslots, &nopen);
	sv->items = items;
	sv->nslots = nslots;
	sv->nopen = nopen;
}

size_t survey_count_items(const struct survey *sv)
{
	size_t n = 0;

	for (size_t i = 0; i < sv->nitems; i++)
		n += item_is_closed(&sv->items[i]) ||
		     item_is_open(&sv->items[i]);
	return n;
}

static bool is_answered(const struct survey_item *it, const struct answers *as)
{
	for (size_t s = 0; s < it->nslots; s++) {
		const unsigned char code =
			slot_get(as->slots, as->nslots, it->slot + s);

		if (code != SLOT_SKIPPED && code != SLOT_NOT_SHOWN)
			return true;
	}
	for (size_t i = 0; it->open_no && i < as->nopen; i++)
		if (as->open[i].item_no == it->open_no)
			return true;
	return false;
}

size_t survey_count_answered(const struct survey *sv, const struct answers *as)
{
	size_t n = 0;

	for (size_t i = 0; i < sv->nitems; i++)
		n += is_answered(&sv->items[i], as);
	return n;
}
