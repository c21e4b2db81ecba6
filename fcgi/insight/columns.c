/*
 * columns.c: which bytes of the sheets answer which question.
 */
#include "analytics/items.h"
#include "base/text.h"
#include "insight/answers.h"

#include <math.h>

struct columns {
	struct ctx *cx;
	const struct answers_set *set;
	struct column *list;
	size_t n, capacity;
};

/* The place of the column of this key and part; n if there is none. */
static size_t find(const struct column *list, size_t n, const char *key,
		   const char *part)
{
	size_t i = 0;

	while (i < n && !(text_equals(list[i].key, key) &&
			  text_equals(list[i].part, part)))
		i++;
	return i;
}

static struct column *add(struct columns *cs, const struct survey_item *it,
			  const char *part)
{
	struct arena *a = &cs->cx->arena;
	struct column *c;

	if (cs->n == cs->capacity) {
		const size_t wider = cs->capacity ? 2 * cs->capacity : 32;
		struct column *more = ARENA_ARRAY(a, struct column, wider);

		for (size_t i = 0; i < cs->n; i++)
			more[i] = cs->list[i];
		cs->list = more;
		cs->capacity = wider;
	}
	c = &cs->list[cs->n++];
	*c = (struct column){ .key = it->key,
			      .part = part,
			      .skill = it->skill,
			      .text = it->text,
			      .item = it };
	c->items =
		ARENA_ARRAY(a, const struct survey_item *, cs->set->nsurveys);
	c->slots = ARENA_ARRAY(a, size_t, cs->set->nsurveys);
	return c;
}

/* One question of one survey; row or option number `at` of the item. */
static void note(struct columns *cs, size_t survey,
		 const struct survey_item *it, size_t at)
{
	const char *part = "";
	struct column *c;
	size_t place;

	if (it->kind == ITEM_GRID)
		part = it->rows[at].key;
	else if (it->kind == ITEM_MULTIPLE)
		part = it->options[at].key;
	place = find(cs->list, cs->n, it->key, part);
	if (place < cs->n) {
		c = &cs->list[place];
	} else {
		c = add(cs, it, part);
		if (it->kind == ITEM_GRID) {
			c->text = it->rows[at].label;
			c->skill = it->rows[at].skill;
		}
		if (it->kind == ITEM_MULTIPLE)
			c->text = it->options[at].label;
	}
	c->items[survey] = it;
	c->slots[survey] = it->slot + at;
}

static bool is_used(const struct answers_set *set, size_t survey,
		    enum moment moment)
{
	for (size_t i = 0; i < set->ncollections; i++) {
		enum moment m;

		if (set->collections[i].version_id ==
			    set->surveys[survey]->version_id &&
		    moment_from_word(set->collections[i].moment, &m) &&
		    m == moment)
			return true;
	}
	return false;
}

const struct column *answers_columns(struct ctx *cx,
				     const struct answers_set *set,
				     enum moment moment, enum measures m,
				     size_t *n)
{
	struct columns cs = { .cx = cx, .set = set };

	for (size_t s = 0; s < set->nsurveys; s++) {
		const struct survey_item *it;
		size_t i = 0;

		if (!is_used(set, s, moment))
			continue;
		while ((it = survey_next(set->surveys[s], m, &i)))
			for (size_t k = 0; k < it->nslots; k++)
				note(&cs, s, it, k);
	}
	*n = cs.n;
	return cs.list;
}

bool column_asked(const struct column *c, const struct sheet *s)
{
	return c->items[s->survey] != NULL;
}

unsigned char column_code(const struct column *c, const struct sheet *s)
{
	if (!c->items[s->survey])
		return SLOT_NOT_SHOWN;
	return slot_get(s->slots, s->nslots, c->slots[s->survey]);
}

double column_points(const struct column *c, const struct sheet *s)
{
	const struct survey_item *it = c->items[s->survey];

	return it ? item_points(it, column_code(c, s)) : (double)NAN;
}

double columns_score(const struct column *const *c, size_t n,
		     const struct sheet *s)
{
	double x[SURVEY_MAX_SLOTS];
	size_t asked = 0;

	for (size_t j = 0; j < n && asked < SURVEY_MAX_SLOTS; j++)
		if (column_asked(c[j], s))
			x[asked++] = column_points(c[j], s);
	return an_scale_score(x, asked);
}

double columns_points(const struct column *c, size_t n, const struct sheet *s)
{
	double sum = 0.0;
	size_t asked = 0;

	for (size_t j = 0; j < n; j++) {
		const double x = column_points(&c[j], s);

		sum += isnan(x) ? 0.0 : x;
		asked += isnan(x) ? 0 : 1;
	}
	return asked ? sum / (double)asked : (double)NAN;
}

size_t column_option(const struct column *c, const struct sheet *s)
{
	const struct survey_item *it = c->items[s->survey];
	const unsigned char code = column_code(c, s);

	if (!it || !code || slot_is_reserved(code) || code > it->noptions)
		return SIZE_MAX;
	if (it == c->item)
		return code - 1u;
	for (size_t i = 0; i < c->item->noptions; i++)
		if (text_equals(c->item->options[i].key,
				it->options[code - 1].key))
			return i;
	return SIZE_MAX;
}

struct column_pairs answers_column_pairs(struct ctx *cx,
					 const struct answers_set *set,
					 enum measures m)
{
	size_t npre, npost, n = 0;
	const struct column *before =
		answers_columns(cx, set, MOMENT_PRE, m, &npre);
	const struct column *after =
		answers_columns(cx, set, MOMENT_POST, m, &npost);
	struct column *pre = ARENA_ARRAY(&cx->arena, struct column, npost);
	struct column *post = ARENA_ARRAY(&cx->arena, struct column, npost);

	for (size_t i = 0; i < npost; i++) {
		const size_t same =
			find(before, npre, after[i].key, after[i].part);

		if (same < npre) {
			pre[n] = before[same];
			post[n++] = after[i];
		}
	}
	return (struct column_pairs){ .pre = pre, .post = post, .n = n };
}

static const struct column *level_of(const struct column *levels, size_t n,
				     const struct column *importance)
{
	for (size_t i = 0; i < n; i++)
		if (importance->skill[0]
			    ? text_equals(levels[i].skill, importance->skill)
			    : text_equals(levels[i].part, importance->part))
			return &levels[i];
	return NULL;
}

const struct column_need *answers_needs(struct ctx *cx,
					const struct answers_set *set,
					enum moment moment, size_t *n)
{
	size_t ni, nl;
	const struct column *importance =
		answers_columns(cx, set, moment, MEASURES_NEED_IMPORTANCE, &ni);
	const struct column *levels =
		answers_columns(cx, set, moment, MEASURES_NEED_LEVEL, &nl);
	struct column_need *out =
		ARENA_ARRAY(&cx->arena, struct column_need, ni + 1);

	*n = 0;
	for (size_t i = 0; i < ni; i++) {
		const struct column *l = level_of(levels, nl, &importance[i]);

		if (l)
			out[(*n)++] = (struct column_need){ &importance[i], l };
	}
	return out;
}

const struct survey_item *answers_open_item(const struct answers_set *set,
					    int64_t version_id, int64_t item_no)
{
	for (size_t i = 0; i < set->nsurveys; i++) {
		const struct survey *sv = set->surveys[i];

		if (sv->version_id != version_id)
			continue;
		for (size_t k = 0; k < sv->nitems; k++)
			if (sv->items[k].open_no == item_no &&
			    item_is_open(&sv->items[k]))
				return &sv->items[k];
	}
	return NULL;
}
