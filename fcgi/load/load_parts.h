/*
 * load_parts.h: what the files of load/ share. Not for others.
 *
 * A loader reads documents into plain structs that live in the request's
 * arena and collects problems; only when there are none is anything written.
 */
#ifndef LOAD_LOAD_PARTS_H
#define LOAD_LOAD_PARTS_H

#include "document/xml.h"
#include "load/load.h"
#include "store/store_course.h"
#include "store/store_room_content.h"
#include "store/store_tier.h"
#include "survey/survey.h"

/* A key in a call; see view/texts.h, which this layer does not include. */
#define TEXT_KEY(key) (key)

#define LOAD_MAX_FILES    500u
#define LOAD_MAX_PROBLEMS 200u

struct problem_list {
	struct arena *a;
	struct load_problem *list;
	size_t n, cap;
};

/* Add a problem; NULL texts become "". More than the maximum are dropped. */
void problem_add(struct problem_list *ps, const struct load_problem *problem);

/* ---- documents (load_xml.c) ---- */

struct xml_source {
	struct problem_list *problems;
	struct arena *a;
	const char *file;  /* path shown in problems */
	const char *bytes; /* of the document, after xml_open() */
	size_t len;
};

/* A schema for several documents; NULL and a problem if it is no good. */
xmlRelaxNG *xml_schema(struct problem_list *ps, const char *path);

/* Read the bytes of a file: size, UTF-8. False and a problem if not. */
bool xml_slurp(struct xml_source *src);

/* Read and check a document. NULL and problems if it is no good. */
xmlDoc *xml_open(struct xml_source *src, xmlRelaxNG *schema);

/* Elements by name: the first child, the next sibling; NULL: none. */
const xmlNode *xml_child(const xmlNode *node, const char *name);
const xmlNode *xml_next(const xmlNode *node, const char *name);
size_t xml_count(const xmlNode *node, const char *name);

/* Attributes; "" and otherwise where there is none. */
const char *xml_text(struct xml_source *src, const xmlNode *node,
		     const char *name);
int64_t xml_int(struct xml_source *src, const xmlNode *node, const char *name,
		int64_t otherwise);
bool xml_yes(struct xml_source *src, const xmlNode *node, const char *name);

/* <ja> and <en> of an element; both "" if the element is NULL. */
struct bilingual xml_both(struct xml_source *src, const xmlNode *node);

/* A problem at a node. */
void xml_problem(struct xml_source *src, const xmlNode *node, const char *text,
		 const char *value);

/* ---- what content/ says ---- */

struct content_course {
	const char *file;
	size_t line;
	struct course_text text;
	struct bilingual title;
	const struct survey *items; /* knowledge items; NULL: none */
	const char *pre, *post;     /* survey templates; "": none */
};

struct content_survey {
	const char *file;
	const struct survey *survey;
	const char *document;
};

struct content_scheme {
	struct tier_scheme_new scheme;
	struct tier *tiers;
	size_t ntiers;
	struct tier_skill *cells;
	size_t ncells;
};

struct content {
	struct content_scheme *schemes;
	size_t nschemes;
	struct skill *skills;
	size_t nskills;
	struct theme *themes;
	size_t nthemes;
	struct room_content *rooms;
	size_t nrooms;
	struct content_course *courses;
	size_t ncourses;
	struct content_survey *surveys;
	size_t nsurveys;
};

/* Readers of one checked document; they append to c (load_lists.c). */
void read_tiers(struct xml_source *src, const xmlNode *root, struct content *c);
void read_skills(struct xml_source *src, const xmlNode *root,
		 struct content *c);
void read_themes(struct xml_source *src, const xmlNode *root,
		 struct content *c);
void read_rooms(struct xml_source *src, const xmlNode *root, struct content *c);

/* The code book is read from its file by each analysis; here it is checked. */
void read_codebook(struct xml_source *src, const xmlNode *root,
		   struct content *c);

/* A course document (load_course.c). */
void read_course(struct xml_source *src, const xmlNode *root,
		 struct content *c);

/* JSON of course_version.definition (course_json.c, which shows it). */
const char *course_definition(struct xml_source *src, const xmlNode *root);

/* What one document cannot know: codes that must exist (load_check.c). */
void check_content(struct problem_list *ps, struct arena *a,
		   const struct content *c);

#endif
