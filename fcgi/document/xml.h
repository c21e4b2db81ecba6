/*
 * xml.h: XML documents of people, checked from the outside in.
 *
 * First what could harm us: size, encoding, any DOCTYPE, the network. Then
 * the schema (RELAX NG). Entities are never expanded: without a DOCTYPE there
 * are none but the five of XML itself. What passes both is safe to walk; what
 * it means is for the caller to check.
 */
#ifndef DOCUMENT_XML_H
#define DOCUMENT_XML_H

#include "base/arena.h"

#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <stdbool.h>

#define XML_MAX_BYTES (1024u * 1024u) /* of a document */

enum xml_fault {
	XML_FAULT_SIZE,
	XML_FAULT_ENCODING, /* not UTF-8 */
	XML_FAULT_DOCTYPE,
	XML_FAULT_SYNTAX,
	XML_FAULT_SCHEMA,   /* the document does not fit it */
	XML_FAULT_NO_SCHEMA /* it cannot be read itself */
};

/* Who is told of faults; set a, tell and user, the rest zero. */
struct xml_check {
	struct arena *a;
	/* line 0: of the whole document; note: libxml2's words or NULL, in a */
	void (*tell)(void *user, enum xml_fault fault, int line,
		     const char *note);
	void *user;
	size_t nfaults; /* told so far */
};

/* The document, for xmlFreeDoc(); NULL after at least one fault. */
xmlDoc *xml_check_read(struct xml_check *x, const char *bytes, size_t len);

/* A schema for several documents, for xmlRelaxNGFree(); NULL: as above. */
xmlRelaxNG *xml_check_schema(struct xml_check *x, const char *path);

/* Does the document fit? False after at least one fault. */
bool xml_check_fits(struct xml_check *x, xmlRelaxNG *schema, xmlDoc *doc);

#endif
