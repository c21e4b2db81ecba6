/*
 * course_json.c: course_version.definition, what the course page shows.
 *
 *	{ "default": true,                    ours: 標準設定（要編集）
 *	  "purpose":    { "ja": "", "en": "" },
 *	  "audience":   { "ja": "", "en": "" },
 *	  "plan":       { "ja": "", "en": "" },       may be absent
 *	  "provenance": { "ja": "", "en": "" },       may be absent
 *	  "objectives": [ { "ja": "", "en": "" } ],
 *	  "programme":  [ { "minutes": 30,
 *	                    "title": { "ja": "", "en": "" },
 *	                    "text":  { "ja": "", "en": "" } } ],
 *	  "surveys":    { "pre": "pre-all", "post": "post-all" } }
 *
 * Titles, tiers, skills and the like stand in columns and tables. An English
 * text may be empty: readers then see the Japanese one.
 */
#include "load/load_parts.h"

#include <jansson.h>

static json_t *both(struct xml_source *src, const xmlNode *node)
{
	const struct bilingual t = xml_both(src, node);

	return json_pack("{s:s, s:s}", "ja", t.ja, "en", t.en);
}

static void set_both(struct xml_source *src, const xmlNode *root, json_t *to,
		     const char *name)
{
	const xmlNode *node = xml_child(root, name);

	if (node)
		json_object_set_new(to, name, both(src, node));
}

static json_t *objectives(struct xml_source *src, const xmlNode *root)
{
	const xmlNode *list = xml_child(root, "objectives");
	json_t *out = json_array();

	for (const xmlNode *o = xml_child(list, "objective"); o;
	     o = xml_next(o, "objective"))
		json_array_append_new(out, both(src, o));
	return out;
}

static json_t *programme(struct xml_source *src, const xmlNode *root)
{
	const xmlNode *list = xml_child(root, "programme");
	json_t *out = json_array();

	for (const xmlNode *p = xml_child(list, "part"); p;
	     p = xml_next(p, "part")) {
		json_t *part = json_object();

		json_object_set_new(
			part, "minutes",
			json_integer(xml_int(src, p, "minutes", 0)));
		set_both(src, p, part, "title");
		set_both(src, p, part, "text");
		json_array_append_new(out, part);
	}
	return out;
}

const char *course_definition(struct xml_source *src, const xmlNode *root)
{
	const xmlNode *surveys = xml_child(root, "surveys");
	json_t *def = json_object();

	json_object_set_new(def, "default",
			    json_boolean(xml_yes(src, root, "default")));
	set_both(src, root, def, "purpose");
	set_both(src, root, def, "audience");
	set_both(src, root, def, "plan");
	set_both(src, root, def, "provenance");
	json_object_set_new(def, "objectives", objectives(src, root));
	json_object_set_new(def, "programme", programme(src, root));
	json_object_set_new(def, "surveys",
			    json_pack("{s:s, s:s}", "pre",
				      xml_text(src, surveys, "pre"), "post",
				      xml_text(src, surveys, "post")));
	return json_dumps(def, JSON_COMPACT);
}
