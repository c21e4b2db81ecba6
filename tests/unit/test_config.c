#include "base/config.h"
#include "check.h"
#include "db/db_address.h"

#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static char folder[] = "/tmp/terakoya-config.XXXXXX";

static const char *const names[] = {
	"VAR",      "DB_URL",          "MIGRATE_DB_URL",
	"WORKERS",  "SOCKET",          "SECURE_COOKIES",
	"REQUESTS", "TERAKOYA_CONFIG", "TERAKOYA_NOW"
};

static void forget_environment(void)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unsetenv(names[i]);
	setenv("VAR", folder, 1);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

static void defaults_name_the_private_server(void)
{
	struct config c;

	forget_environment();
	CHECK(!config_read(&arena, &c));
	CHECK_TEXT(c.db_url,
		   arena_printf(&arena,
				"mariadb:///terakoya?socket=%s/mariadb/sock"
				"&user=terakoya",
				folder));
	CHECK_TEXT(c.migrate_url, arena_printf(&arena, "%s_migrate", c.db_url));
	CHECK_TEXT(c.socket, arena_printf(&arena, "%s/terakoya.sock", folder));
	CHECK(c.workers == 0 && c.requests == 10000 && !c.secure_cookies);

	setenv("DB_URL", "mariadb://u:p@h/d", 1);
	CHECK(!config_read(&arena, &c));
	CHECK_TEXT(c.migrate_url, "mariadb://u:p@h/d");
}

static void the_environment_wins_over_the_file(void)
{
	const char *path = arena_printf(&arena, "%s/conf", folder);
	struct config c;

	forget_environment();
	write_file(path, "# a comment\nWORKERS = 3\nWORKERS=7\n"
			 "  SECURE_COOKIES=1  \nSOCKET=/x y\nREQUESTS=");
	setenv("TERAKOYA_CONFIG", path, 1);
	CHECK(!config_read(&arena, &c));
	CHECK(c.workers == 7 && c.secure_cookies && c.requests == 10000);
	CHECK_TEXT(c.socket, "/x y");
	setenv("WORKERS", "2", 1);
	CHECK(!config_read(&arena, &c));
	CHECK(c.workers == 2);
	unlink(path);
	CHECK_THAT(config_read(&arena, &c), "a file that is not there is said");
}

static void wrong_values_are_said(void)
{
	struct config c;

	forget_environment();
	setenv("WORKERS", "many", 1);
	CHECK_TEXT(config_read(&arena, &c),
		   "WORKERS is not a number from 0 to 1000");
	forget_environment();
	setenv("TERAKOYA_NOW", "yesterday", 1);
	CHECK(config_read(&arena, &c));
	setenv("TERAKOYA_NOW", "1970-01-02T00:00:00Z", 1);
	CHECK(!config_read(&arena, &c));
	CHECK(c.now_ms == 86400000);
}

static void the_secret_is_made_once_and_for_us_only(void)
{
	const char *path = arena_printf(&arena, "%s/secret", folder);
	struct config first, second;
	struct stat about;

	forget_environment();
	unlink(path);
	CHECK(!config_read(&arena, &first));
	CHECK(!config_read(&arena, &second));
	CHECK(!memcmp(first.secret, second.secret, 32));
	CHECK(!stat(path, &about) && (about.st_mode & 0777) == 0600);
	write_file(path, "short");
	CHECK_THAT(config_read(&arena, &second), "a damaged secret is said");
	unlink(path);
}

static void addresses(void)
{
	struct db_address a;

	CHECK(!db_address_read(&arena, "mariadb://u%40x:p%3a%25@db:3307/name",
			       &a));
	CHECK_TEXT(a.user, "u@x");
	CHECK_TEXT(a.password, "p:%");
	CHECK_TEXT(a.host, "db");
	CHECK_TEXT(a.name, "name");
	CHECK(a.port == 3307 && !a.socket);
	CHECK(!db_address_read(&arena, "mariadb://h/n", &a));
	CHECK(a.port == 3306 && !*a.user && !*a.password);
	CHECK(!db_address_read(&arena, "mariadb:///n?socket=/a%20b&user=u",
			       &a));
	CHECK_TEXT(a.socket, "/a b");
	CHECK_TEXT(a.user, "u");
	CHECK(!a.host);

	CHECK(db_address_read(&arena, "mysql://h/n", &a));
	CHECK(db_address_read(&arena, "mariadb://h", &a));
	CHECK(db_address_read(&arena, "mariadb://h/", &a));
	CHECK(db_address_read(&arena, "mariadb://h:99999/n", &a));
	CHECK(db_address_read(&arena, "mariadb:///n", &a));
	CHECK(db_address_read(&arena, "mariadb:///n?colour=red", &a));
	CHECK_THAT(
		!strstr(db_address_read(&arena, "mariadb://u:geheim@h:x/n", &a),
			"geheim"),
		"a complaint does not repeat the password");
}

int main(void)
{
	if (sodium_init() < 0 || !mkdtemp(folder))
		return 1;
	defaults_name_the_private_server();
	the_environment_wins_over_the_file();
	wrong_values_are_said();
	the_secret_is_made_once_and_for_us_only();
	addresses();
	rmdir(folder);
	arena_release(&arena);
	return check_done();
}
