/*
 * roles.h: the roles as words of the database and as texts.
 */
#ifndef PAGES_ROLES_H
#define PAGES_ROLES_H

#include "http/http.h"

/* The i-th role's word, in the order of screens; NULL behind the last. */
const char *role_word(size_t i);

bool role_is_word(const char *word);

/* What people call it; "" for no role. */
const char *role_text(const struct request *rq, const char *word);

/* What somebody with it may do, in a sentence. */
const char *role_hint(const struct request *rq, const char *word);

#endif
