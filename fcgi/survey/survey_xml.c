/*
 * survey_xml.c: a survey document, checked from the outside in.
 *
 * First what could harm us (size, encoding, any DOCTYPE, the network), then
 * the schema, then the meaning. Entities are never expanded: without a
 * DOCTYPE there are none but the five of XML itself.
 */
#include "survey/survey_reader.h"

#include "base/text.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <string.h>

/* libxml2 tells errors by this; the text ends with a line end. */
static void note_error(struct problems *ps, const xmlError *error,
		       const char *key)
{
	const char *text = error->message ? error->message : "";

	problems_add(ps, error->line, key, text_trim(ps->arena, text));
}

static void on_syntax(void *user, xmlErrorPtr error)
{
	const xmlParserCtxt *ctxt = user;

	if (error->level >= XML_ERR_ERROR)
		note_error(ctxt->_private, error,
			   TEXT_KEY("survey.doc.syntax"));
}

static void on_schema(void *user, xmlErrorPtr error)
{
	note_error(user, error, TEXT_KEY("survey.doc.schema"));
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *public,
		       const xmlChar *system)
{
	xmlParserCtxt *ctxt = user;

	(void)name;
	(void)public;
	(void)system;
	problems_add(ctxt->_private, xmlSAX2GetLineNumber(ctxt),
		     TEXT_KEY("survey.doc.doctype"), NULL);
	xmlStopParser(ctxt);
}

/* Well-formed, or NULL and at least one problem. */
static xmlDoc *parse(struct problems *ps, const char *xml, size_t len)
{
	xmlParserCtxt *ctxt;
	xmlDoc *doc;

	if (len > SURVEY_MAX_BYTES) {
		problems_add(ps, 0, TEXT_KEY("survey.doc.too_large"), NULL);
		return NULL;
	}
	if (!text_is_utf8(xml, len)) {
		problems_add(ps, 0, TEXT_KEY("survey.doc.not_utf8"), NULL);
		return NULL;
	}
	ctxt = xmlNewParserCtxt();
	if (!ctxt)
		return NULL;
	ctxt->_private = ps;
	ctxt->sax->serror = on_syntax;
	ctxt->sax->internalSubset = on_doctype;
	doc = xmlCtxtReadMemory(ctxt, xml, (int)len, NULL, "UTF-8",
				XML_PARSE_NONET | XML_PARSE_BIG_LINES |
					XML_PARSE_NOWARNING);
	if (doc && ps->first) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (!doc && !ps->first)
		problems_add(ps, 0, TEXT_KEY("survey.doc.syntax"), NULL);
	xmlFreeParserCtxt(ctxt);
	return doc;
}

/* The document fits the schema, or there are problems. */
static void validate(struct problems *ps, const char *schema, xmlDoc *doc)
{
	xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(schema);
	xmlRelaxNG *rng = NULL;
	xmlRelaxNGValidCtxt *valid = NULL;

	if (parser) {
		xmlRelaxNGSetParserStructuredErrors(parser, on_schema, ps);
		rng = xmlRelaxNGParse(parser);
		xmlRelaxNGFreeParserCtxt(parser);
	}
	if (rng)
		valid = xmlRelaxNGNewValidCtxt(rng);
	if (!valid) {
		problems_add(ps, 0, TEXT_KEY("survey.doc.no_schema"), schema);
	} else {
		xmlRelaxNGSetValidStructuredErrors(valid, on_schema, ps);
		if (xmlRelaxNGValidateDoc(valid, doc) != 0 && !ps->first)
			problems_add(ps, 0, TEXT_KEY("survey.doc.schema"),
				     NULL);
		xmlRelaxNGFreeValidCtxt(valid);
	}
	xmlRelaxNGFree(rng);
}

static const struct survey *build(struct survey_reader *rd, const xmlNode *root)
{
	struct survey *sv = ARENA_NEW(rd->problems.arena, struct survey);
	const char *code;

	for (const xmlNode *c = root->children; c; c = c->next)
		reader_element(rd, c);
	code = reader_attribute(rd, root, "code");
	sv->code = code ? code : "";
	sv->is_default = reader_yes(rd, root, "default", false);
	sv->title = reader_texts(rd, reader_child(root, "title"));
	sv->intro = reader_texts(rd, reader_child(root, "intro"));
	sv->purpose = reader_texts(rd, reader_child(root, "purpose"));
	sv->nitems = rd->nitems;
	sv->course_at =
		rd->course_at == SIZE_MAX ? rd->nitems + 1 : rd->course_at;
	survey_lay_out(sv, rd->items);
	survey_check(sv, rd->lines, &rd->problems);
	return sv;
}

const struct survey *survey_from_xml(struct arena *a, const char *schema,
				     const char *xml, size_t len,
				     const struct problem **problems)
{
	struct survey_reader rd;
	const struct survey *sv = NULL;
	xmlDoc *doc;

	reader_init(&rd, a);
	doc = parse(&rd.problems, xml, len);
	if (doc) {
		const xmlNode *root = xmlDocGetRootElement(doc);

		validate(&rd.problems, schema, doc);
		if (!rd.problems.first && root) {
			sv = build(&rd, root);
			if (!sv->title.ja[0] || text_length(sv->title.ja) > 150)
				problems_add(&rd.problems, 0,
					     TEXT_KEY("survey.doc.title"),
					     NULL);
		}
		xmlFreeDoc(doc);
	}
	*problems = rd.problems.first;
	return rd.problems.first ? NULL : sv;
}

const struct survey *survey_from_node(struct arena *a, const void *node,
				      const struct problem **problems)
{
	struct survey_reader rd;
	const struct survey *sv;

	reader_init(&rd, a);
	sv = build(&rd, node);
	*problems = rd.problems.first;
	return rd.problems.first ? NULL : sv;
}
