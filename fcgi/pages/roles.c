#include "pages/roles.h"

#include "base/text.h"
#include "view/texts.h"

static const struct {
	const char *word, *text, *hint;
} roles[] = {
	{ "trainee", TEXT_KEY("roles.trainee"),
	  TEXT_KEY("roles.trainee_hint") },
	{ "head", TEXT_KEY("roles.head"), TEXT_KEY("roles.head_hint") },
	{ "trainer", TEXT_KEY("roles.trainer"),
	  TEXT_KEY("roles.trainer_hint") },
	{ "planner", TEXT_KEY("roles.planner"),
	  TEXT_KEY("roles.planner_hint") },
	{ "admin", TEXT_KEY("roles.admin"), TEXT_KEY("roles.admin_hint") },
};

#define NROLES (sizeof(roles) / sizeof(*roles))

const char *role_word(size_t i)
{
	return i < NROLES ? roles[i].word : NULL;
}

static size_t index_of(const char *word)
{
	size_t i = 0;

	while (i < NROLES && !text_equals(roles[i].word, word))
		i++;
	return i;
}

bool role_is_word(const char *word)
{
	return index_of(word) < NROLES;
}

const char *role_text(const struct request *rq, const char *word)
{
	const size_t i = index_of(word);

	return i < NROLES ? request_text(rq, roles[i].text) : "";
}

const char *role_hint(const struct request *rq, const char *word)
{
	const size_t i = index_of(word);

	return i < NROLES ? request_text(rq, roles[i].hint) : "";
}
