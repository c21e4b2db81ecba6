#include "pages/cookies.h"

#include "base/config.h"

const char *cookie_signin(const struct config *c)
{
	return c->secure_cookies ? "__Host-terakoya" : "terakoya";
}

const char *cookie_visit(const struct config *c)
{
	return c->secure_cookies ? "__Host-visit" : "visit";
}
