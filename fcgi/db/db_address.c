#include "db/db_address.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

#define SCHEME "mariadb://"

/* The text of [s, end) with %xx as bytes. */
static const char *decode(struct arena *a, const char *s, const char *end)
{
	char *text = arena_strndup(a, s, (size_t)(end - s)), *out = text;

	for (; s < end; s++) {
		if (*s == '%' && end - s > 2 && text_hex_digit(s[1]) >= 0 &&
		    text_hex_digit(s[2]) >= 0) {
			*out++ = (char)(text_hex_digit(s[1]) * 16 +
					text_hex_digit(s[2]));
			s += 2;
		} else {
			*out++ = *s;
		}
	}
	*out = '\0';
	return text;
}

static const char *find(const char *s, const char *end, char c)
{
	const char *at = memchr(s, c, (size_t)(end - s));

	return at ? at : end;
}

/* "user:password@host:port", every part optional. */
static const char *read_server(struct arena *a, const char *s, const char *end,
			       struct db_address *out)
{
	const char *at = find(s, end, '@'), *colon;
	int64_t port;

	if (at < end) {
		colon = find(s, at, ':');
		out->user = decode(a, s, colon);
		if (colon < at)
			out->password = decode(a, colon + 1, at);
		s = at + 1;
	}
	if (s == end)
		return NULL;
	colon = find(s, end, ':');
	out->host = decode(a, s, colon);
	out->port = 3306;
	if (colon == end)
		return NULL;
	if (!text_to_i64(decode(a, colon + 1, end), 1, 65535, &port))
		return "DB_URL: the port is no number from 1 to 65535";
	out->port = (unsigned)port;
	return NULL;
}

/* "socket=/path&user=u&password=p" */
static const char *read_options(struct arena *a, const char *s, const char *end,
				struct db_address *out)
{
	while (s < end) {
		const char *stop = find(s, end, '&');
		const char *equals = find(s, stop, '=');
		const char *name = decode(a, s, equals), *value = "";

		if (equals < stop)
			value = decode(a, equals + 1, stop);
		if (text_equals(name, "socket"))
			out->socket = value;
		else if (text_equals(name, "user"))
			out->user = value;
		else if (text_equals(name, "password"))
			out->password = value;
		else
			return arena_printf(a, "DB_URL: unknown option \"%s\"",
					    name);
		s = stop < end ? stop + 1 : end;
	}
	return NULL;
}

const char *db_address_read(struct arena *a, const char *url,
			    struct db_address *out)
{
	const char *end, *server, *slash, *query, *wrong;

	*out = (struct db_address){ .user = "", .password = "" };
	if (!text_starts(url, SCHEME))
		return "DB_URL does not begin with " SCHEME;
	server = url + strlen(SCHEME);
	end = url + strlen(url);
	query = find(server, end, '?');
	slash = find(server, query, '/');
	if (query - slash < 2)
		return "DB_URL names no database after the server";
	out->name = decode(a, slash + 1, query);
	wrong = read_server(a, server, slash, out);
	if (!wrong && query < end)
		wrong = read_options(a, query + 1, end, out);
	if (!wrong && !out->host && !out->socket)
		wrong = "DB_URL names neither a host nor a socket";
	return wrong;
}
