/*
 * model.h: filling the model of a page.
 *
 * A model is a JSON object. The same object is what the view shows and what
 * "Accept: application/json" gets, so numbers go in as numbers and dates as
 * ISO text; what people read (formatted dates, counts with commas) goes beside
 * it under a name ending in _text.
 *
 * A key that is set twice holds the last value. Lists and objects that are
 * returned belong to the model. Nothing here fails: text that is no UTF-8 is
 * repaired with U+FFFD and kept.
 */
#ifndef VIEW_MODEL_H
#define VIEW_MODEL_H

#include <jansson.h>

#include <stdbool.h>
#include <stdint.h>

/* A text; NULL becomes null. */
void model_text(json_t *m, const char *key, const char *text);

/* printf into a text. */
void model_format(json_t *m, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void model_int(json_t *m, const char *key, int64_t number);

/* A finite number; NAN and infinities become null. */
void model_real(json_t *m, const char *key, double number);

void model_bool(json_t *m, const char *key, bool value);
void model_null(json_t *m, const char *key);

/* An object at key: the one that is there, or a new empty one. */
json_t *model_object(json_t *m, const char *key);

/* A list at key: the one that is there, or a new empty one. */
json_t *model_list(json_t *m, const char *key);

/* A new object, text or number at the end of a list. */
json_t *model_item(json_t *list);
void model_item_text(json_t *list, const char *text);
void model_item_int(json_t *list, int64_t number);
void model_item_real(json_t *list, double number);

#endif
