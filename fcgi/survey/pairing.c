/*
 * pairing.c: keyed hashes; see pairing.h.
 */
#include "survey/pairing.h"

#include <sodium.h>
#include <string.h>

/* hash(secret, purpose, first, second); purposes keep the keys apart. */
static void keyed(const unsigned char secret[32], const char *purpose,
		  const int64_t numbers[2], unsigned char *out, size_t n)
{
	crypto_generichash_state st;
	unsigned char bytes[16];

	for (size_t i = 0; i < 2; i++)
		for (size_t b = 0; b < 8; b++)
			bytes[i * 8 + b] =
				(unsigned char)((uint64_t)numbers[i] >>
						(8 * b));
	crypto_generichash_init(&st, secret, 32, n);
	crypto_generichash_update(&st, (const unsigned char *)purpose,
				  strlen(purpose) + 1);
	crypto_generichash_update(&st, bytes, sizeof(bytes));
	crypto_generichash_final(&st, out, n);
}

void pairing_key(const unsigned char secret[32], int64_t booking_id,
		 unsigned char out[PAIRING_BYTES])
{
	keyed(secret, "pairing.booking", (const int64_t[]){ booking_id, 0 },
	      out, PAIRING_BYTES);
}

void pairing_key_person(const unsigned char secret[32], int64_t person_id,
			unsigned char out[PAIRING_BYTES])
{
	keyed(secret, "pairing.person", (const int64_t[]){ person_id, 0 }, out,
	      PAIRING_BYTES);
}

const char *receipt_number(struct arena *a, const unsigned char secret[32],
			   int64_t collection_id, int64_t person_id)
{
	/* Without 0 O 1 I L U, which are misread on the telephone. */
	static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
	const size_t base = sizeof(letters) - 1;
	unsigned char hash[16];
	char text[13];
	size_t n = 0;

	keyed(secret, "receipt", (const int64_t[]){ collection_id, person_id },
	      hash, sizeof(hash));
	for (size_t i = 0; i < 10; i++) {
		if (i == 4 || i == 8)
			text[n++] = '-';
		text[n++] = letters[hash[i] % base];
	}
	return arena_strndup(a, text, n);
}

const char *form_key_new(struct arena *a)
{
	unsigned char bytes[32];
	char text[sodium_base64_ENCODED_LEN(
		sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(text, sizeof(text), bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return arena_strdup(a, text);
}
