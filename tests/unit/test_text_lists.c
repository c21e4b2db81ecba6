/*
 * test_text_lists.c: the list of blank answers follows its file, though a
 * process reads it once.
 */
#include "base/config.h"
#include "check.h"
#include "insight/text_lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ctx cx;
static struct config config;
static char folder[] = "/tmp/terakoya-words.XXXXXX";

static const char *in_folder(const char *name)
{
	return arena_printf(&cx.arena, "%s%s", folder, name);
}

static void write_list(const char *text)
{
	FILE *f = fopen(in_folder("/words/blank.txt"), "we");

	CHECK(f && fputs(text, f) >= 0);
	if (f)
		fclose(f);
}

int main(void)
{
	struct an_words first, again, now;

	if (!mkdtemp(folder) || mkdir(in_folder("/words"), 0700)) {
		printf("Bail out! no folder\n");
		return 1;
	}
	config.content = folder;
	cx.config = &config;
	CHECK_THAT(text_list_blank(&cx).n == 0, "no file is an empty list");
	write_list("# 標準設定\n特になし\n");
	first = text_list_blank(&cx);
	CHECK(first.n == 1);
	CHECK_TEXT(first.word[0], "特になし");
	arena_reset(&cx.arena);
	again = text_list_blank(&cx);
	CHECK_THAT(again.word == first.word,
		   "it outlives a request and is not read again");
	write_list("なし\n無し\n以上\n");
	now = text_list_blank(&cx);
	CHECK_THAT(now.n == 3, "an edited list counts at once");
	CHECK_TEXT(now.word[2], "以上");
	CHECK(!unlink(in_folder("/words/blank.txt")));
	CHECK_THAT(text_list_blank(&cx).n == 0, "and so does its end");
	rmdir(in_folder("/words"));
	rmdir(folder);
	arena_release(&cx.arena);
	return check_done();
}
