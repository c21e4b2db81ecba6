/*
 * load_xml.c: XML documents, checked from the outside in.
 *
 * Size and encoding first, no DOCTYPE (so no entities but XML's own five), no
 * network, then the schema. What remains is safe to walk.
 */
#include "base/text.h"
#include "load/load_parts.h"

#include <libxml/parser.h>
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
	char *bytes = arena_alloc(src->a, LOAD_MAX_BYTES + 1);

	if (!f) {
		whole_file(src, TEXT_KEY("load.unreadable"));
		return false;
	}
	src->len = fread(bytes, 1, LOAD_MAX_BYTES + 1, f);
	fclose(f);
	if (src->len > LOAD_MAX_BYTES) {
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

static void note_error(struct xml_source *src, const xmlError *error,
		       const char *text)
{
	problem_add(src->problems,
		    &(struct load_problem){
			    .file = src->file,
			    .line = error->line > 0 ? (size_t)error->line : 0,
			    .text = text,
			    .note = text_trim(src->a, error->message
							      ? error->message
							      : ""),
		    });
}

static void on_syntax(void *user, xmlErrorPtr error)
{
	const xmlParserCtxt *ctxt = user;

	if (error->level >= XML_ERR_ERROR)
		note_error(ctxt->_private, error, TEXT_KEY("load.syntax"));
}

static void on_schema(void *user, xmlErrorPtr error)
{
	note_error(user, error, TEXT_KEY("load.schema"));
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *public,
		       const xmlChar *system)
{
	xmlParserCtxt *ctxt = user;

	(void)name;
	(void)public;
	(void)system;
	whole_file(ctxt->_private, TEXT_KEY("load.doctype"));
	xmlStopParser(ctxt);
}

static xmlDoc *parse(struct xml_source *src)
{
	const size_t before = src->problems->n;
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	xmlDoc *doc;

	if (!ctxt)
		return NULL;
	ctxt->_private = src;
	ctxt->sax->serror = on_syntax;
	ctxt->sax->internalSubset = on_doctype;
	doc = xmlCtxtReadMemory(ctxt, src->bytes, (int)src->len, NULL, "UTF-8",
				XML_PARSE_NONET | XML_PARSE_BIG_LINES |
					XML_PARSE_NOWARNING);
	if (doc && src->problems->n > before) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (!doc && src->problems->n == before)
		whole_file(src, TEXT_KEY("load.syntax"));
	xmlFreeParserCtxt(ctxt);
	return doc;
}

xmlRelaxNG *xml_schema(struct problem_list *ps, const char *path)
{
	struct xml_source src = { .problems = ps, .a = ps->a, .file = path };
	xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(path);
	xmlRelaxNG *rng = NULL;

	if (parser) {
		xmlRelaxNGSetParserStructuredErrors(parser, on_schema, &src);
		rng = xmlRelaxNGParse(parser);
		xmlRelaxNGFreeParserCtxt(parser);
	}
	if (!rng)
		whole_file(&src, TEXT_KEY("load.no_schema"));
	return rng;
}

xmlDoc *xml_open(struct xml_source *src, xmlRelaxNG *schema)
{
	const size_t before = src->problems->n;
	xmlRelaxNGValidCtxt *valid;
	xmlDoc *doc;
	int result = 1;

	if (!xml_slurp(src))
		return NULL;
	doc = parse(src);
	if (!doc)
		return NULL;
	valid = xmlRelaxNGNewValidCtxt(schema);
	if (valid) {
		xmlRelaxNGSetValidStructuredErrors(valid, on_schema, src);
		result = xmlRelaxNGValidateDoc(valid, doc);
		xmlRelaxNGFreeValidCtxt(valid);
	}
	if (result == 0)
		return doc;
	if (src->problems->n == before)
		whole_file(src, TEXT_KEY("load.schema"));
	xmlFreeDoc(doc);
	return NULL;
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
