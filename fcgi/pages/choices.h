/*
 * choices.h: lists to choose from, as the part _select wants them.
 */
#ifndef PAGES_CHOICES_H
#define PAGES_CHOICES_H

#include <jansson.h>
#include <stdbool.h>

/* A list under key, which is also its id and name; empty so far. */
json_t *choice_list(json_t *m, const char *key, const char *label);

/* An option of a plain list: value label chosen. */
void option_add(json_t *options, const char *value, const char *label,
		bool chosen);

/* An option of choice_list(); chosen: the value that is chosen in it. */
void choice_add(json_t *list, const char *value, const char *label,
		const char *chosen);

#endif
