/*
 * audit_words.h: the words of the audit log for people.
 *
 * The log keeps short codes ("signin.ok", "person:277"), which files carry and
 * which never change. A page says what they mean.
 */
#ifndef PAGES_AUDIT_WORDS_H
#define PAGES_AUDIT_WORDS_H

#include "http/http.h"

/* The kinds of actions, for a list to choose from; NULL after the last. */
const char *audit_group(size_t i);
const char *audit_group_text(const struct request *rq, const char *group);

/* "サインイン" for "signin.ok"; that of its kind, or the code itself. */
const char *audit_action_text(const struct request *rq, const char *action);

/* The page about "person:277"; NULL where there is none. Lives in the arena. */
const char *audit_object_href(struct ctx *cx, const char *object);

#endif
