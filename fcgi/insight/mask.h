/*
 * mask.h: texts of people without what leads to a person.
 *
 * Masked, as far as a program can see them: the names of people and units that
 * were added, days, telephone numbers, mail addresses, long numbers; with a
 * tagger also names the dictionary knows (with さん and the like, or family and
 * given name) and places. Dashboards have no tagger, analyses have.
 * Where it was stands what it was: 〔氏名〕.
 *
 * A month or a year alone is no day, and a word of the field (三方よし) is no
 * place.
 */
#ifndef INSIGHT_MASK_H
#define INSIGHT_MASK_H

#include "analytics/text.h"
#include "base/arena.h"

struct mask;

/*
 * An empty mask; it lives in a, and what it makes as well.
 *
 * tagger  NULL: only the names that are added
 * terms   words of the field, never taken for names
 */
struct mask *mask_new(struct arena *a, struct an_tagger *tagger,
		      const struct an_words *terms);

/* Names as in the database; "" and NULL are none. All before mask_ready(). */
struct mask_person {
	const char *family, *given, *family_kana, *former_family;
};
void mask_add_person(struct mask *m, const struct mask_person *p);
void mask_add_unit(struct mask *m, const char *name);

/* Put what was added in order. */
void mask_ready(struct mask *m);

/*
 * shown  for people
 * plain  for the statistics: a comma where something was; the same pointer as
 *        shown when nothing was
 */
struct masked {
	const char *shown, *plain;
};
struct masked mask_text(const struct mask *m, const char *text);

#endif
