/*
 * audit_words.h: the words of the audit log for people.
 *
 * The log keeps short codes ("signin.ok", "person:277"), which files carry and
 * which never change. A page says what they mean.
 */
#ifndef PAGES_AUDIT_WORDS_H
#define PAGES_AUDIT_WORDS_H

#include "http/http.h"
#include "store/store_audit.h"

/* The kinds of actions, for a list to choose from; NULL after the last. */
const char *audit_group(size_t i);
const char *audit_group_text(const struct request *rq, const char *group);

/* "サインイン" for "signin.ok"; that of its kind, or the code itself. */
const char *audit_action_text(const struct request *rq, const char *action);

/*
 * What the row is about: "職員 原田 豊 002926" for "person:276", "ニーズ
 * 令和6年度" for "needs:2024", "計画 1" where the viewer may not open it; the
 * code itself where there is no word for it. *href (arena): its page, NULL when
 * there is none that the viewer may open.
 */
const char *audit_object_text(struct ctx *cx, const struct request *rq,
			      const struct audit_row *row, const char **href);

/*
 * What the log keeps besides, as JSON, in words (audit_detail.c): "5 から 8 に
 * 変更" for {"before":"5","after":"8"}; "" for nothing worth saying.
 */
const char *audit_detail_text(struct ctx *cx, const struct request *rq,
			      const struct audit_row *row);

#endif
