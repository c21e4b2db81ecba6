/*
 * survey_xml.c: a survey document: safe, fits the schema, means something.
 */
#include "survey/survey_reader.h"

#include "base/text.h"
#include "document/xml.h"

static void tell(void *user, enum xml_fault fault, int line, const char *note)
{
	static const char *const keys[] = {
		[XML_FAULT_SIZE] = TEXT_KEY("survey.doc.too_large"),
		[XML_FAULT_ENCODING] = TEXT_KEY("survey.doc.not_utf8"),
		[XML_FAULT_DOCTYPE] = TEXT_KEY("survey.doc.doctype"),
		[XML_FAULT_SYNTAX] = TEXT_KEY("survey.doc.syntax"),
		[XML_FAULT_SCHEMA] = TEXT_KEY("survey.doc.schema"),
		[XML_FAULT_NO_SCHEMA] = TEXT_KEY("survey.doc.no_schema"),
	};

	problems_add(user, line, keys[fault], note);
}

/* The document, if it is safe and fits; NULL and at least one problem. */
static xmlDoc *open_checked(struct problems *ps, const char *schema,
			    const char *xml, size_t len)
{
	struct xml_check check = { .a = ps->arena, .tell = tell, .user = ps };
	xmlDoc *doc = xml_check_read(&check, xml, len);
	xmlRelaxNG *rng = doc ? xml_check_schema(&check, schema) : NULL;

	if (doc && (!rng || !xml_check_fits(&check, rng, doc))) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	xmlRelaxNGFree(rng);
	return doc;
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
	doc = open_checked(&rd.problems, schema, xml, len);
	if (doc) {
		sv = build(&rd, xmlDocGetRootElement(doc));
		if (!sv->title.ja[0] || text_length(sv->title.ja) > 150)
			problems_add(&rd.problems, 0,
				     TEXT_KEY("survey.doc.title"), NULL);
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
