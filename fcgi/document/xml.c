#include "document/xml.h"

#include "base/text.h"

#include <libxml/parser.h>

static void tell(struct xml_check *x, enum xml_fault fault, int line,
		 const char *note)
{
	x->nfaults++;
	x->tell(x->user, fault, line > 0 ? line : 0, note);
}

/* libxml2's own text ends with a line end. */
static void pass_on(struct xml_check *x, enum xml_fault fault,
		    const xmlError *error)
{
	tell(x, fault, error->line,
	     error->message ? text_trim(x->a, error->message) : NULL);
}

static void on_syntax(void *user, xmlErrorPtr error)
{
	const xmlParserCtxt *ctxt = user;

	if (error->level >= XML_ERR_ERROR)
		pass_on(ctxt->_private, XML_FAULT_SYNTAX, error);
}

static void on_schema(void *user, xmlErrorPtr error)
{
	pass_on(user, XML_FAULT_SCHEMA, error);
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *public,
		       const xmlChar *system)
{
	xmlParserCtxt *ctxt = user;

	(void)name;
	(void)public;
	(void)system;
	tell(ctxt->_private, XML_FAULT_DOCTYPE, xmlSAX2GetLineNumber(ctxt),
	     NULL);
	xmlStopParser(ctxt);
}

static xmlDoc *parse(struct xml_check *x, const char *bytes, size_t len)
{
	const size_t before = x->nfaults;
	xmlParserCtxt *ctxt = xmlNewParserCtxt();
	xmlDoc *doc = NULL;

	if (ctxt) {
		ctxt->_private = x;
		ctxt->sax->serror = on_syntax;
		ctxt->sax->internalSubset = on_doctype;
		doc = xmlCtxtReadMemory(ctxt, bytes, (int)len, NULL, "UTF-8",
					XML_PARSE_NONET | XML_PARSE_BIG_LINES |
						XML_PARSE_NOWARNING);
		xmlFreeParserCtxt(ctxt);
	}
	if (!doc && x->nfaults == before)
		tell(x, XML_FAULT_SYNTAX, 0, NULL);
	if (doc && x->nfaults > before) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	return doc;
}

xmlDoc *xml_check_read(struct xml_check *x, const char *bytes, size_t len)
{
	if (len > XML_MAX_BYTES)
		tell(x, XML_FAULT_SIZE, 0, NULL);
	else if (!text_is_utf8(bytes, len))
		tell(x, XML_FAULT_ENCODING, 0, NULL);
	else
		return parse(x, bytes, len);
	return NULL;
}

xmlRelaxNG *xml_check_schema(struct xml_check *x, const char *path)
{
	xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(path);
	xmlRelaxNG *schema = NULL;

	if (parser) {
		xmlRelaxNGSetParserStructuredErrors(parser, on_schema, x);
		schema = xmlRelaxNGParse(parser);
		xmlRelaxNGFreeParserCtxt(parser);
	}
	if (!schema)
		tell(x, XML_FAULT_NO_SCHEMA, 0, path);
	return schema;
}

bool xml_check_fits(struct xml_check *x, xmlRelaxNG *schema, xmlDoc *doc)
{
	const size_t before = x->nfaults;
	xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt(schema);
	int result = 1;

	if (valid) {
		xmlRelaxNGSetValidStructuredErrors(valid, on_schema, x);
		result = xmlRelaxNGValidateDoc(valid, doc);
		xmlRelaxNGFreeValidCtxt(valid);
	}
	if (result != 0 && x->nfaults == before)
		tell(x, XML_FAULT_SCHEMA, 0, NULL);
	return result == 0;
}
