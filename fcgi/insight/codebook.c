/*
 * codebook.c: the manual is codebook.h.
 */
#include "insight/codebook.h"

#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "document/xml.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

struct reading {
	struct ctx *cx;
	const struct text_lists *lists;
	struct codebook *book;
};

static void tell(void *user, enum xml_fault fault, int line, const char *note)
{
	(void)user;
	(void)fault;
	log_event("codebook", "problem line=%d note=%s", line,
		  note ? note : "");
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	       (!name || text_equals((const char *)node->name, name));
}

/* How many elements of this name there are in it; NULL: of any name. */
static size_t count_in(const xmlNode *node, const char *name)
{
	size_t n = 0;

	for (const xmlNode *c = node->children; c; c = c->next)
		n += is_element(c, name) ? 1 : 0;
	return n;
}

static const char *content_of(struct ctx *cx, const xmlNode *node)
{
	xmlChar *value = xmlNodeGetContent(node);
	const char *copy = text_trim(&cx->arena, value ? (char *)value : "");

	xmlFree(value);
	return copy;
}

static const char *attribute(struct ctx *cx, const xmlNode *node,
			     const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
	const char *copy = arena_strdup(&cx->arena, value ? (char *)value : "");

	xmlFree(value);
	return copy;
}

/* The words between blanks, as comments are counted by them. */
static struct an_words words_of(const struct reading *r, const xmlNode *node)
{
	static const char blanks[] = " \t\n";
	AN_SCRATCH(work);
	struct arena *a = &r->cx->arena;
	const char *p = an_text_normalise(&work, content_of(r->cx, node));
	const char **word = ARENA_ARRAY(a, const char *, p ? strlen(p) + 1 : 1);
	struct an_words out = { word, 0 };

	while (p && *(p += strspn(p, blanks))) {
		const size_t n = strcspn(p, blanks);

		word[out.n++] = text_lists_same(r->cx, r->lists,
						arena_strndup(a, p, n));
		p += n;
	}
	return out;
}

static struct an_code_rule rule_of(const struct reading *r, const xmlNode *node)
{
	struct an_code_part *part = ARENA_ARRAY(
		&r->cx->arena, struct an_code_part, count_in(node, NULL) + 1);
	struct an_code_rule rule = { part, 0 };

	for (const xmlNode *c = node->children; c; c = c->next) {
		if (!is_element(c, NULL))
			continue;
		part[rule.n].need = is_element(c, "all")   ? AN_CODE_ALL
				    : is_element(c, "not") ? AN_CODE_NOT
							   : AN_CODE_ANY;
		part[rule.n++].words = words_of(r, c);
	}
	return rule;
}

static struct bilingual name_of(const struct reading *r, const xmlNode *node)
{
	struct bilingual name = { "", "" };

	for (const xmlNode *c = node->children; c; c = c->next) {
		if (is_element(c, "ja"))
			name.ja = content_of(r->cx, c);
		if (is_element(c, "en"))
			name.en = content_of(r->cx, c);
	}
	return name;
}

static void add_code(const struct reading *r, const xmlNode *node)
{
	struct codebook *b = r->book;
	struct an_code_rule *rule = ARENA_ARRAY(
		&r->cx->arena, struct an_code_rule, count_in(node, "rule") + 1);
	struct an_code *code = &b->code[b->n];

	b->id[b->n] = attribute(r->cx, node, "id");
	code->rule = rule;
	for (const xmlNode *c = node->children; c; c = c->next) {
		if (is_element(c, "name"))
			b->name[b->n] = name_of(r, c);
		if (is_element(c, "rule"))
			rule[code->n++] = rule_of(r, c);
	}
	b->n++;
}

static void add_to(crypto_generichash_state *h, const char *text)
{
	/* With the byte that ends it, so that "a b" is not "ab". */
	crypto_generichash_update(h, (const unsigned char *)text,
				  strlen(text) + 1);
}

/* What readers have checked: codes and rules, whatever they are called. */
static const char *version_of(struct ctx *cx, const struct codebook *b)
{
	static const char *const needs[] = { [AN_CODE_ANY] = "any",
					     [AN_CODE_ALL] = "all",
					     [AN_CODE_NOT] = "not" };
	unsigned char hash[16];
	char *hex = arena_alloc(&cx->arena, 2 * sizeof(hash) + 1);
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, sizeof(hash));
	for (size_t c = 0; c < b->n; c++) {
		add_to(&h, b->id[c]);
		for (size_t r = 0; r < b->code[c].n; r++) {
			const struct an_code_rule *rule = &b->code[c].rule[r];

			add_to(&h, "rule");
			for (size_t p = 0; p < rule->n; p++) {
				const struct an_code_part *part =
					&rule->part[p];

				add_to(&h, needs[part->need]);
				for (size_t i = 0; i < part->words.n; i++)
					add_to(&h, part->words.word[i]);
			}
		}
	}
	crypto_generichash_final(&h, hash, sizeof(hash));
	return sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

/* The document that fits; NULL: there is none. */
static xmlDoc *open_book(struct ctx *cx)
{
	struct arena *a = &cx->arena;
	struct xml_check check = { .a = a, .tell = tell };
	const char *folder = cx->config->content;
	FILE *f = fopen(arena_printf(a, "%s/codebook/codebook.xml", folder),
			"re");
	xmlRelaxNG *schema;
	xmlDoc *doc;
	char *bytes;
	size_t n;

	if (!f)
		return NULL;
	bytes = arena_alloc(a, XML_MAX_BYTES + 1);
	n = fread(bytes, 1, XML_MAX_BYTES + 1, f);
	fclose(f);
	doc = xml_check_read(&check, bytes, n);
	schema = doc ? xml_check_schema(
			       &check, arena_printf(a, "%s/schema/codebook.rng",
						    folder))
		     : NULL;
	if (doc && (!schema || !xml_check_fits(&check, schema, doc))) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (schema)
		xmlRelaxNGFree(schema);
	return doc;
}

void codebook_read(struct ctx *cx, const struct text_lists *lists,
		   struct codebook *out)
{
	const struct reading r = { cx, lists, out };
	struct arena *a = &cx->arena;
	xmlDoc *doc = open_book(cx);
	const xmlNode *root;
	size_t most;

	*out = (struct codebook){ 0 };
	if (!doc)
		return;
	root = xmlDocGetRootElement(doc);
	most = count_in(root, "code") + 1;
	out->id = ARENA_ARRAY(a, const char *, most);
	out->name = ARENA_ARRAY(a, struct bilingual, most);
	out->code = ARENA_ARRAY(a, struct an_code, most);
	out->is_default = text_equals(attribute(cx, root, "default"), "yes");
	for (const xmlNode *c = root->children; c; c = c->next)
		if (is_element(c, "code"))
			add_code(&r, c);
	out->version = version_of(cx, out);
	xmlFreeDoc(doc);
}
