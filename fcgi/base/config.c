#include "base/config.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX_BYTES 65536
#define SECRET_BYTES   32

/* The lines of the file named by TERAKOYA_CONFIG, "" without one. */
struct source {
	struct arena *arena;
	const char *file;
};

static const char *read_config_file(struct source *from)
{
	const char *path = getenv("TERAKOYA_CONFIG");
	char *text;
	size_t n;
	FILE *f;

	from->file = "";
	if (!path || !*path)
		return NULL;
	f = fopen(path, "re");
	if (!f)
		return arena_printf(from->arena, "cannot read %s: %s", path,
				    strerror(errno));
	text = arena_alloc(from->arena, FILE_MAX_BYTES + 1);
	n = fread(text, 1, FILE_MAX_BYTES, f);
	fclose(f);
	if (!text_is_utf8(text, n))
		return arena_printf(from->arena, "%s is not UTF-8 text", path);
	from->file = text;
	return NULL;
}

/* The value of "NAME=value" in the file, or NULL. */
static const char *in_file(const struct source *from, const char *name)
{
	const size_t len = strlen(name);
	const char *line = from->file;

	while (*line) {
		const char *end = line + strcspn(line, "\n");
		const char *s = line + strspn(line, " \t");

		if (!strncmp(s, name, len) && s[len] == '=')
			return text_trim(
				from->arena,
				arena_strndup(from->arena, s + len + 1,
					      (size_t)(end - s) - len - 1));
		line = *end ? end + 1 : end;
	}
	return NULL;
}

/* An empty value counts as none, in both places. */
static const char *value(const struct source *from, const char *name,
			 const char *otherwise)
{
	const char *v = getenv(name);

	if (v && *v)
		return v;
	v = in_file(from, name);
	return v && *v ? v : otherwise;
}

static const char *number(const struct source *from, const char *name,
			  int64_t max, int *out)
{
	const char *v = value(from, name, NULL);
	int64_t n = *out;

	if (v && !text_to_i64(v, 0, max, &n))
		return arena_printf(from->arena,
				    "%s is not a number from 0 to %lld", name,
				    (long long)max);
	*out = (int)n;
	return NULL;
}

static const char *make_secret(struct arena *a, const char *path,
			       unsigned char *secret)
{
	const char *fresh = arena_printf(a, "%s.%d", path, (int)getpid());
	const int fd =
		open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good;

	randombytes_buf(secret, SECRET_BYTES);
	if (fd < 0)
		return arena_printf(a, "cannot write %s: %s", fresh,
				    strerror(errno));
	good = write(fd, secret, SECRET_BYTES) == SECRET_BYTES && !fsync(fd);
	close(fd);
	/* link() fails if another process was first; its secret then counts. */
	if (good && link(fresh, path) && errno != EEXIST)
		good = false;
	unlink(fresh);
	return good ? NULL
		    : arena_printf(a, "cannot write %s: %s", path,
				   strerror(errno));
}

static const char *read_secret(struct arena *a, struct config *c)
{
	const char *path = arena_printf(a, "%s/secret", c->var);
	unsigned char *secret = arena_alloc(a, SECRET_BYTES);
	const char *wrong;
	ssize_t n;
	int fd;

	if (mkdir(c->var, 0750) && errno != EEXIST)
		return arena_printf(a, "cannot make the folder %s: %s", c->var,
				    strerror(errno));
	if (access(path, F_OK) && (wrong = make_secret(a, path, secret)))
		return wrong;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return arena_printf(a, "cannot read %s: %s", path,
				    strerror(errno));
	n = read(fd, secret, SECRET_BYTES);
	close(fd);
	if (n != SECRET_BYTES)
		return arena_printf(a,
				    "%s is damaged: it has fewer than %d "
				    "bytes; delete it to get a new one",
				    path, SECRET_BYTES);
	c->secret = secret;
	return NULL;
}

/* The server that tools/run keeps in VAR; its folder guards the accounts. */
static const char *private_url(const struct source *from,
			       const struct config *c, const char *user)
{
	return arena_printf(from->arena,
			    "mariadb:///terakoya?socket=%s/mariadb/sock"
			    "&user=%s",
			    c->var, user);
}

static const char *read_now(const struct source *from, struct config *c)
{
	const char *v = value(from, "TERAKOYA_NOW", NULL);
	size_t len = v ? strlen(v) : 0;
	char *text;

	if (!v)
		return NULL;
	/* "2024-12-02T00:00:00Z" reads as the database writes it. */
	text = arena_strdup(from->arena, v);
	if (len && text[len - 1] == 'Z')
		text[len - 1] = '\0';
	if (len > 10 && text[10] == 'T')
		text[10] = ' ';
	if (!instant_from_db(text, &c->now_ms))
		return "TERAKOYA_NOW is not an instant like "
		       "2024-12-02T00:00:00Z";
	return NULL;
}

const char *config_read(struct arena *a, struct config *c)
{
	struct source from = { .arena = a };
	const char *wrong;
	int secure = 0;

	*c = (struct config){ .workers = 0, .requests = 10000 };
	if ((wrong = read_config_file(&from)))
		return wrong;
	c->var = value(&from, "VAR", "var");
	c->content = value(&from, "CONTENT", "content");
	c->assets = value(&from, "ASSETS", "build/static");
	c->sql = value(&from, "SQL", "sql");
	c->dictionary = value(&from, "DICTIONARY", NULL);
	c->db_url = value(&from, "DB_URL", NULL);
	c->migrate_url =
		value(&from, "MIGRATE_DB_URL",
		      c->db_url ? c->db_url
				: private_url(&from, c, "terakoya_migrate"));
	if (!c->db_url)
		c->db_url = private_url(&from, c, "terakoya");
	c->socket = value(&from, "SOCKET",
			  arena_printf(a, "%s/terakoya.sock", c->var));
	if ((wrong = number(&from, "WORKERS", 1000, &c->workers)) ||
	    (wrong = number(&from, "REQUESTS", 1000000000, &c->requests)) ||
	    (wrong = number(&from, "SECURE_COOKIES", 1, &secure)) ||
	    (wrong = read_now(&from, c)))
		return wrong;
	c->secure_cookies = secure;
	return read_secret(a, c);
}
