/*
 * survey_reader.h: from elements to items. Inside survey/ only.
 *
 * The reader trusts that the document fits the schema in shape, not in
 * meaning: whatever it meets, it must not crash.
 */
#ifndef SURVEY_SURVEY_READER_H
#define SURVEY_SURVEY_READER_H

#include "survey/problems.h"

#include <libxml/tree.h>

/* A set of scale labels that items name. */
struct scale_labels {
	struct scale_labels *next;
	const char *key;
	const struct survey_option *options;
	size_t n;
};

struct survey_reader {
	struct problems problems;
	struct scale_labels *labels;
	struct survey_item *items; /* room for SURVEY_MAX_ITEMS */
	int *lines;
	size_t nitems;
	size_t course_at; /* SIZE_MAX: no mark */
};

void reader_init(struct survey_reader *rd, struct arena *a);

/* Read an item, <labels> or <course-items/>; other elements are ignored. */
void reader_element(struct survey_reader *rd, const xmlNode *node);

/* The text in both languages under node; never NULL. */
struct bilingual reader_texts(struct survey_reader *rd, const xmlNode *node);

/* Child element of this name, or NULL. */
const xmlNode *reader_child(const xmlNode *node, const char *name);

/* Attribute, or NULL. Lives in the arena. */
const char *reader_attribute(struct survey_reader *rd, const xmlNode *node,
			     const char *name);
bool reader_yes(struct survey_reader *rd, const xmlNode *node, const char *name,
		bool otherwise);

#endif
