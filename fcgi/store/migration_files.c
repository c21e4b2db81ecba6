#include "base/text.h"
#include "store/store_migration.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILES 500
#define MAX_BYTES (4l << 20)

static const char *read_text(struct arena *a, const char *path,
			     struct migration *m)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *hex = arena_alloc(a, 2 * sizeof(hash) + 1), *text;
	struct stat about;
	FILE *f = fopen(path, "re");
	size_t len;

	if (!f)
		return arena_printf(a, "cannot read %s: %s", path,
				    strerror(errno));
	if (fstat(fileno(f), &about) || about.st_size > MAX_BYTES) {
		fclose(f);
		return arena_printf(a, "%s is larger than a migration can be",
				    path);
	}
	text = arena_alloc(a, (size_t)about.st_size + 1);
	len = fread(text, 1, (size_t)about.st_size, f);
	fclose(f);
	if (!text_is_utf8(text, len))
		return arena_printf(a, "%s is not UTF-8 text", path);
	crypto_hash_sha256(hash, (const unsigned char *)text, len);
	sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
	m->sql = text;
	m->sha256 = hex;
	return NULL;
}

static int by_number(const void *pa, const void *pb)
{
	const struct migration *a = pa, *b = pb;

	return (a->number > b->number) - (a->number < b->number);
}

static bool is_migration(const char *name)
{
	const size_t len = strlen(name);

	return len > 4 && !strcmp(name + len - 4, ".sql");
}

/* "0003_sessions.sql" */
static const char *read_entry(struct arena *a, const char *folder,
			      const char *file, struct migration *m)
{
	m->name = arena_strdup(a, file);
	if (strlen(file) < 10 || file[4] != '_' ||
	    !text_to_i64(arena_strndup(a, file, 4), 1, 9999, &m->number))
		return arena_printf(a, "%s/%s is not named like 0001_what.sql",
				    folder, file);
	return read_text(a, arena_printf(a, "%s/%s", folder, file), m);
}

const char *migration_files(struct arena *a, const char *folder,
			    struct migration **list, size_t *n)
{
	const char *wrong = NULL;
	struct dirent *entry;
	DIR *dir = opendir(folder);

	*n = 0;
	*list = ARENA_ARRAY(a, struct migration, MAX_FILES);
	if (!dir)
		return arena_printf(a, "cannot read the folder %s: %s", folder,
				    strerror(errno));
	while (!wrong && *n < MAX_FILES && (entry = readdir(dir)))
		if (is_migration(entry->d_name))
			wrong = read_entry(a, folder, entry->d_name,
					   &(*list)[(*n)++]);
	closedir(dir);
	if (wrong)
		return wrong;
	qsort(*list, *n, sizeof(**list), by_number);
	for (size_t i = 1; i < *n; i++)
		if ((*list)[i].number == (*list)[i - 1].number)
			return arena_printf(a, "%s and %s have one number",
					    (*list)[i - 1].name,
					    (*list)[i].name);
	return NULL;
}
