/*
 * survey_reader.c: from elements to items; see survey_reader.h.
 */
#include "survey/survey_reader.h"

#include "base/buf.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

void reader_init(struct survey_reader *rd, struct arena *a)
{
	memset(rd, 0, sizeof(*rd));
	rd->problems.arena = a;
	rd->items = ARENA_ARRAY(a, struct survey_item, SURVEY_MAX_ITEMS);
	rd->lines = ARENA_ARRAY(a, int, SURVEY_MAX_ITEMS);
	rd->course_at = SIZE_MAX;
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       !strcmp((const char *)node->name, name);
}

const xmlNode *reader_child(const xmlNode *node, const char *name)
{
	for (const xmlNode *c = node->children; c; c = c->next)
		if (is_element(c, name))
			return c;
	return NULL;
}

/*
 * Text as authors mean it: blanks at the ends go, and a line end with its
 * indentation is a blank in English and nothing in Japanese.
 */
static const char *joined(struct arena *a, const xmlNode *node, const char *gap)
{
	struct buf raw = buf_new(a), out = buf_new(a);
	const char *s;

	for (const xmlNode *c = node ? node->children : NULL; c; c = c->next)
		if ((c->type == XML_TEXT_NODE ||
		     c->type == XML_CDATA_SECTION_NODE) &&
		    c->content)
			buf_puts(&raw, (const char *)c->content);
	buf_puts(&raw, "");
	buf_puts(&out, "");
	for (s = text_trim(a, raw.data ? raw.data : ""); *s;) {
		const size_t blank = strspn(s, " \t\r\n");

		if (blank && memchr(s, '\n', blank))
			buf_puts(&out, gap);
		else if (blank)
			buf_add(&out, s, blank);
		else
			buf_putc(&out, *s);
		s += blank ? blank : 1;
	}
	return out.data ? out.data : "";
}

struct bilingual reader_texts(struct survey_reader *rd, const xmlNode *node)
{
	struct arena *a = rd->problems.arena;
	struct bilingual text = { "", "" };

	if (!node)
		return text;
	text.ja = joined(a, reader_child(node, "ja"), "");
	text.en = joined(a, reader_child(node, "en"), " ");
	return text;
}

const char *reader_attribute(struct survey_reader *rd, const xmlNode *node,
			     const char *name)
{
	const xmlAttr *at = node->properties;

	while (at && strcmp((const char *)at->name, name) != 0)
		at = at->next;
	if (!at)
		return NULL;
	if (!at->children || !at->children->content)
		return "";
	return arena_strdup(rd->problems.arena,
			    (const char *)at->children->content);
}

bool reader_yes(struct survey_reader *rd, const xmlNode *node, const char *name,
		bool otherwise)
{
	const char *value = reader_attribute(rd, node, name);

	return value ? !strcmp(value, "yes") : otherwise;
}

static const char *attribute_or(struct survey_reader *rd, const xmlNode *node,
				const char *name, const char *otherwise)
{
	const char *value = reader_attribute(rd, node, name);

	return value ? value : otherwise;
}

static double number_or_nan(struct survey_reader *rd, const xmlNode *node,
			    const char *name)
{
	double value;

	if (!text_to_f64(attribute_or(rd, node, name, ""), &value))
		return NAN;
	return value;
}

/* A whole number of the document; one too large for us becomes most. */
static int count_or(struct survey_reader *rd, const xmlNode *node,
		    const char *name, int otherwise, int most)
{
	const char *value = reader_attribute(rd, node, name);
	int64_t n;

	if (!value)
		return otherwise;
	if (!text_to_i64(value, 1, INT32_MAX, &n) || n > most)
		return most;
	return (int)n;
}

static size_t count_children(const xmlNode *node, const char *name)
{
	size_t n = 0;

	for (const xmlNode *c = node->children; c; c = c->next)
		n += is_element(c, name);
	return n;
}

/* Labels of a scale in the order of their points, keys "1", "2", ... */
static const struct survey_option *read_labels(struct survey_reader *rd,
					       const xmlNode *node, size_t *n)
{
	struct survey_option *list;
	size_t filled = 0;

	*n = count_children(node, "label");
	list = ARENA_ARRAY(rd->problems.arena, struct survey_option, *n);
	for (const xmlNode *c = node->children; c; c = c->next) {
		struct survey_option option = { .key = "" };
		size_t at = filled;

		if (!is_element(c, "label"))
			continue;
		option.points = number_or_nan(rd, c, "points");
		option.key =
			arena_printf(rd->problems.arena, "%.0f", option.points);
		option.label = reader_texts(rd, c);
		for (; at > 0 && list[at - 1].points > option.points; at--)
			list[at] = list[at - 1];
		list[at] = option;
		filled++;
	}
	return list;
}

static void add_labels(struct survey_reader *rd, const xmlNode *node)
{
	struct scale_labels *set =
		ARENA_NEW(rd->problems.arena, struct scale_labels);

	set->key = attribute_or(rd, node, "key", "");
	set->options = read_labels(rd, node, &set->n);
	for (const struct scale_labels *s = rd->labels; s; s = s->next)
		if (!strcmp(s->key, set->key))
			problems_add(&rd->problems, (int)xmlGetLineNo(node),
				     TEXT_KEY("survey.doc.labels_twice"),
				     set->key);
	set->next = rd->labels;
	rd->labels = set;
}

/* The labels an item names, or the ones that stand in it. */
static void find_labels(struct survey_reader *rd, const xmlNode *node,
			struct survey_item *it)
{
	const char *key = reader_attribute(rd, node, "labels");

	if (!key) {
		it->options = read_labels(rd, node, &it->noptions);
		return;
	}
	for (const struct scale_labels *s = rd->labels; s; s = s->next)
		if (!strcmp(s->key, key)) {
			it->options = s->options;
			it->noptions = s->n;
			return;
		}
	problems_add(&rd->problems, (int)xmlGetLineNo(node),
		     TEXT_KEY("survey.doc.labels_unknown"), key);
}

static void read_options(struct survey_reader *rd, const xmlNode *node,
			 struct survey_item *it)
{
	struct survey_option *list;
	size_t n = 0;

	list = ARENA_ARRAY(rd->problems.arena, struct survey_option,
			   count_children(node, "option"));
	for (const xmlNode *c = node->children; c; c = c->next) {
		if (!is_element(c, "option"))
			continue;
		list[n].key = attribute_or(rd, c, "key", "");
		list[n].label = reader_texts(rd, c);
		list[n].points = number_or_nan(rd, c, "points");
		list[n].is_other = reader_yes(rd, c, "other", false);
		list[n].is_none = reader_yes(rd, c, "none", false);
		if (it->kind == ITEM_KNOWLEDGE)
			list[n].points = reader_yes(rd, c, "correct", false);
		n++;
	}
	it->options = list;
	it->noptions = n;
}

static void read_rows(struct survey_reader *rd, const xmlNode *node,
		      struct survey_item *it)
{
	struct survey_row *list;
	size_t n = 0;

	list = ARENA_ARRAY(rd->problems.arena, struct survey_row,
			   count_children(node, "row"));
	for (const xmlNode *c = node->children; c; c = c->next) {
		if (!is_element(c, "row"))
			continue;
		list[n].key = attribute_or(rd, c, "key", "");
		list[n].skill = attribute_or(rd, c, "skill", "");
		list[n].label = reader_texts(rd, c);
		n++;
	}
	it->rows = list;
	it->nrows = n;
}

/* What only this kind of item has. */
static void read_kind(struct survey_reader *rd, const xmlNode *node,
		      struct survey_item *it)
{
	switch (it->kind) {
	case ITEM_MULTIPLE:
		it->max_ticks =
			count_or(rd, node, "max", 0, SURVEY_MAX_OPTIONS);
		read_options(rd, node, it);
		break;
	case ITEM_KNOWLEDGE:
		it->has_dont_know = reader_yes(rd, node, "dont-know", true);
		it->measures = MEASURES_KNOWLEDGE;
		read_options(rd, node, it);
		break;
	case ITEM_SINGLE:
		read_options(rd, node, it);
		break;
	case ITEM_GRID:
		read_rows(rd, node, it);
		find_labels(rd, node, it);
		break;
	case ITEM_SCALE:
		find_labels(rd, node, it);
		break;
	case ITEM_NUMBER:
		it->min = number_or_nan(rd, node, "min");
		it->max = number_or_nan(rd, node, "max");
		it->is_integer = reader_yes(rd, node, "integer", false);
		it->unit = reader_texts(rd, reader_child(node, "unit"));
		break;
	case ITEM_SHORT_TEXT:
		it->max_length =
			count_or(rd, node, "length", SURVEY_SHORT_TEXT, 500);
		break;
	case ITEM_LONG_TEXT:
		it->max_length =
			count_or(rd, node, "length", SURVEY_LONG_TEXT, 5000);
		break;
	case ITEM_SECTION:
	case ITEM_PAGE_BREAK:
		break;
	}
}

static void add_item(struct survey_reader *rd, const xmlNode *node,
		     enum item_kind kind)
{
	struct survey_item *it = &rd->items[rd->nitems];

	if (rd->nitems == SURVEY_MAX_ITEMS) {
		problems_add(&rd->problems, (int)xmlGetLineNo(node),
			     TEXT_KEY("survey.doc.too_many_items"), NULL);
		return;
	}
	rd->lines[rd->nitems++] = (int)xmlGetLineNo(node);
	it->kind = kind;
	it->key = attribute_or(rd, node, "key", "");
	it->skill = attribute_or(rd, node, "skill", "");
	it->text = reader_texts(rd, reader_child(node, "text"));
	it->hint = reader_texts(rd, reader_child(node, "hint"));
	it->unit = (struct bilingual){ "", "" };
	it->min = NAN;
	it->max = NAN;
	it->required = reader_yes(rd, node, "required", false);
	it->is_reverse = reader_yes(rd, node, "reverse", false);
	it->has_dont_know = reader_yes(rd, node, "dont-know", false);
	it->has_not_applicable = reader_yes(rd, node, "not-applicable", false);
	measures_from_word(attribute_or(rd, node, "measures", ""),
			   &it->measures);
	read_kind(rd, node, it);
}

void reader_element(struct survey_reader *rd, const xmlNode *node)
{
	enum item_kind kind;

	if (node->type != XML_ELEMENT_NODE)
		return;
	if (is_element(node, "labels"))
		add_labels(rd, node);
	else if (is_element(node, "course-items") && rd->course_at == SIZE_MAX)
		rd->course_at = rd->nitems;
	else if (is_element(node, "course-items"))
		problems_add(&rd->problems, (int)xmlGetLineNo(node),
			     TEXT_KEY("survey.doc.marks_twice"), NULL);
	else if (item_kind_from_word((const char *)node->name, &kind))
		add_item(rd, node, kind);
}
