/*
 * slots.h: the bytes of a submission's closed answers.
 *
 * A survey version never changes once published, so byte i of every
 * submission to it means the same. Single choice, scale and knowledge item
 * have one slot, a grid one per row: the option's number, from 1 (for scales
 * that is the points). A multiple choice has a slot per option: 1 ticked,
 * 0 not; when nothing at all was ticked every slot is SLOT_SKIPPED, because
 * not answering is not the same as wanting none. Skipped, not applicable,
 * don't know and 0 are four different things.
 */
#ifndef SURVEY_SLOTS_H
#define SURVEY_SLOTS_H

#include <stdbool.h>
#include <stddef.h>

#define SLOT_NOT_SHOWN      252
#define SLOT_DONT_KNOW      253
#define SLOT_NOT_APPLICABLE 254
#define SLOT_SKIPPED        255
#define SLOT_MAX_OPTION     200 /* highest option number */
#define SLOT_TICKED         1
#define SLOT_NOT_TICKED     0

/* One of the four reserved codes: there is no option behind it. */
static inline bool slot_is_reserved(unsigned char code)
{
	return code >= SLOT_NOT_SHOWN;
}

/* The byte of a slot; SLOT_NOT_SHOWN where the submission has no such byte. */
static inline unsigned char slot_get(const unsigned char *slots, size_t nslots,
				     size_t slot)
{
	return slot < nslots ? slots[slot] : SLOT_NOT_SHOWN;
}

#endif
