/*
 * cookies.h: the cookies that pages and processes set.
 *
 * Over TLS their names carry the __Host- prefix: a browser then takes them
 * from this host only, over TLS only, for the whole site only.
 */
#ifndef PAGES_COOKIES_H
#define PAGES_COOKIES_H

#include "http/send.h"

struct config;

/* Holds the token of a sign-in; goes when the browser is closed. */
const char *cookie_signin(const struct config *c);

/* Holds a random text before sign-in, for the form token. */
const char *cookie_visit(const struct config *c);

#endif
