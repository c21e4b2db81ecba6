/*
 * pairing.h: the keys that link and the numbers that prove.
 *
 * All are keyed hashes (BLAKE2b) with the installation's secret: made on the
 * server, never typed, never shown (the receipt excepted), and nobody without
 * the secret can get from one of them to a person.
 */
#ifndef SURVEY_PAIRING_H
#define SURVEY_PAIRING_H

#include "base/arena.h"

#include <stdint.h>

#define PAIRING_BYTES 16

/* 照合キー of a booking: the same for its pre, post and follow-up. */
void pairing_key(const unsigned char secret[32], int64_t booking_id,
		 unsigned char out[PAIRING_BYTES]);

/* The same for a collection at large, where there is no booking. */
void pairing_key_person(const unsigned char secret[32], int64_t person_id,
			unsigned char out[PAIRING_BYTES]);

/*
 * Receipt number "ABCD-EFGH-JK" of a person for a collection: the same at
 * every look, also where answers are kept without any link to the person.
 * It does not lead to the submission. Lives in a.
 */
const char *receipt_number(struct arena *a, const unsigned char secret[32],
			   int64_t collection_id, int64_t person_id);

/* 43 random characters for the field form_key; lives in a. */
const char *form_key_new(struct arena *a);

#endif
