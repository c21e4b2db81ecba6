/*
 * load_xml.c: XML documents of content/: read, checked, and walked by name.
 */
#include "base/text.h"
#include "document/xml.h"
#include "load/load_parts.h"

#include <stdio.h>
#include <string.h>

void problem_add(struct problem_list *ps, const struct load_problem *problem)
{
	struct load_problem *p;

	if (ps->n == LOAD_MAX_PROBLEMS)
		return;
	if (ps->n == ps->cap) {
		const size_t cap = ps->cap ? ps->cap * 2 : 16;
		struct load_problem *more =
			ARENA_ARRAY(ps->a, struct load_problem, cap);

		if (ps->n)
			memcpy(more, ps->list, ps->n * sizeof(*more));
		ps->list = more;
		ps->cap = cap;
	}
	p = &ps->list[ps->n++];
	*p = *problem;
	p->file = p->file ? p->file : "";
	p->where = p->where ? p->where : "";
	p->value = p->value ? p->value : "";
	p->note = p->note ? p->note : "";
}

static void whole_file(struct xml_source *src, const char *text)
{
	problem_add(src->problems,
		    &(struct load_problem){ .file = src->file, .text = text });
}

bool xml_slurp(struct xml_source *src)
{
	FILE *f = fopen(src->file, "rb");
	char *bytes = arena_alloc(src->a, XML_MAX_BYTES + 1);

	if (!f) {
		whole_file(src, TEXT_KEY("load.unreadable"));
		return false;
	}
	src->len = fread(bytes, 1, XML_MAX_BYTES + 1, f);
	fclose(f);
	if (src->len > XML_MAX_BYTES) {
		whole_file(src, TEXT_KEY("load.too_large"));
		return false;
	}
	if (!text_is_utf8(bytes, src->len)) {
		whole_file(src, TEXT_KEY("load.not_utf8"));
		return false;
	}
	src->bytes = arena_strndup(src->a, bytes, src->len);
	return true;
}

static void tell(void *user, enum xml_fault fault, int line, const char *note)
{
	static const char *const texts[] = {
		[XML_FAULT_SIZE] = TEXT_KEY("load.too_large"),
		[XML_FAULT_ENCODING] = TEXT_KEY("load.not_utf8"),
		[XML_FAULT_DOCTYPE] = TEXT_KEY("load.doctype"),
		[XML_FAULT_SYNTAX] = TEXT_KEY("load.syntax"),
		[XML_FAULT_SCHEMA] = TEXT_KEY("load.schema"),
		[XML_FAULT_NO_SCHEMA] = TEXT_KEY("load.no_schema"),
	};
	struct xml_source *src = user;

	problem_add(src->problems, &(struct load_problem){
					   .file = src->file,
					   .line = (size_t)line,
					   .text = texts[fault],
					   .note = note,
				   });
}

xmlRelaxNG *xml_schema(struct problem_list *ps, const char *path)
{
	struct xml_source src = { .problems = ps, .a = ps->a, .file = path };
	struct xml_check check = { .a = ps->a, .tell = tell, .user = &src };

	return xml_check_schema(&check, path);
}

xmlDoc *xml_open(struct xml_source *src, xmlRelaxNG *schema)
{
	struct xml_check check = { .a = src->a, .tell = tell, .user = src };
	xmlDoc *doc = NULL;

	if (xml_slurp(src))
		doc = xml_check_read(&check, src->bytes, src->len);
	if (doc && !xml_check_fits(&check, schema, doc)) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	return doc;
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       !strcmp((const char *)node->name, name);
}

static const xmlNode *first_of(const xmlNode *node, const char *name)
{
	while (node && !is_element(node, name))
		node = node->next;
	return node;
}

const xmlNode *xml_child(const xmlNode *node, const char *name)
{
	return node ? first_of(node->children, name) : NULL;
}

const xmlNode *xml_next(const xmlNode *node, const char *name)
{
	return first_of(node->next, name);
}

size_t xml_count(const xmlNode *node, const char *name)
{
	size_t n = 0;

	for (const xmlNode *c = xml_child(node, name); c; c = xml_next(c, name))
		n++;
	return n;
}

const char *xml_text(struct xml_source *src, const xmlNode *node,
		     const char *name)
{
	xmlChar *value =
		node ? xmlGetNoNsProp(node, (const xmlChar *)name) : NULL;
	const char *copy = arena_strdup(src->a, value ? (char *)value : "");

	xmlFree(value);
	return copy;
}

int64_t xml_int(struct xml_source *src, const xmlNode *node, const char *name,
		int64_t otherwise)
{
	int64_t n;

	return text_to_i64(xml_text(src, node, name), INT64_MIN + 1, INT64_MAX,
			   &n)
		       ? n
		       : otherwise;
}

bool xml_yes(struct xml_source *src, const xmlNode *node, const char *name)
{
	return !strcmp(xml_text(src, node, name), "yes");
}

/* Text of an element as people wrote it, blanks at the ends dropped. */
static const char *inner(struct xml_source *src, const xmlNode *node)
{
	xmlChar *value = node ? xmlNodeGetContent(node) : NULL;
	const char *copy = text_trim(src->a, value ? (char *)value : "");

	xmlFree(value);
	return copy;
}

struct bilingual xml_both(struct xml_source *src, const xmlNode *node)
{
	return (struct bilingual){ .ja = inner(src, xml_child(node, "ja")),
				   .en = inner(src, xml_child(node, "en")) };
}

void xml_problem(struct xml_source *src, const xmlNode *node, const char *text,
		 const char *value)
{
	const long line = xmlGetLineNo(node);

	problem_add(src->problems,
		    &(struct load_problem){ .file = src->file,
					    .line = line > 0 ? (size_t)line : 0,
					    .where = (const char *)node->name,
					    .value = value,
					    .text = text });
}
