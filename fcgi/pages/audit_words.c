#include "pages/audit_words.h"

#include "base/date.h"
#include "base/text.h"
#include "pages/course_words.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

struct word {
	const char *code, *text;
};

/* What stands before the dot. */
static const struct word groups[] = {
	{ "signin", TEXT_KEY("audit.signin") },
	{ "account", TEXT_KEY("audit.account") },
	{ "role", TEXT_KEY("audit.role") },
	{ "person", TEXT_KEY("audit.person_kind") },
	{ "unit", TEXT_KEY("audit.unit") },
	{ "import", TEXT_KEY("audit.import") },
	{ "export", TEXT_KEY("audit.export") },
	{ "setting", TEXT_KEY("audit.setting") },
	{ "session", TEXT_KEY("audit.session") },
	{ "collection", TEXT_KEY("audit.collection") },
	{ "survey", TEXT_KEY("audit.survey") },
	{ "comment", TEXT_KEY("audit.comment") },
	{ "proposal", TEXT_KEY("audit.proposal") },
	{ "plan", TEXT_KEY("audit.plan") },
	{ "backup", TEXT_KEY("audit.backup") },
};

static const struct word actions[] = {
	{ "signin.ok", TEXT_KEY("audit.signin") },
	{ "signin.failed", TEXT_KEY("audit.signin_failed") },
	{ "signin.out", TEXT_KEY("audit.signin_out") },
	{ "signin.end_others", TEXT_KEY("audit.signin_end_others") },
	{ "account.password", TEXT_KEY("audit.password") },
	{ "role.grant", TEXT_KEY("audit.role_grant") },
	{ "role.revoke", TEXT_KEY("audit.role_revoke") },
	{ "person.add", TEXT_KEY("audit.person_add") },
	{ "unit.rename", TEXT_KEY("audit.unit_rename") },
	{ "unit.take_back", TEXT_KEY("audit.unit_take_back") },
	{ "unit.end", TEXT_KEY("audit.unit_end") },
	{ "unit.go_on", TEXT_KEY("audit.unit_go_on") },
	{ "import.people", TEXT_KEY("audit.import_people") },
	{ "export.audit", TEXT_KEY("audit.export_audit") },
	{ "setting.change", TEXT_KEY("audit.setting_change") },
	{ "session.add", TEXT_KEY("audit.session_add") },
	{ "session.change", TEXT_KEY("audit.session_change") },
	{ "session.open", TEXT_KEY("audit.session_open") },
	{ "session.call_off", TEXT_KEY("audit.session_call_off") },
	{ "collection.open", TEXT_KEY("audit.collection_open") },
	{ "collection.close", TEXT_KEY("audit.collection_close") },
	{ "survey.publish", TEXT_KEY("audit.survey_publish") },
	{ "survey.paper", TEXT_KEY("audit.survey_paper") },
	{ "comment.fit", TEXT_KEY("audit.comment_fit") },
	{ "comment.unfit", TEXT_KEY("audit.comment_unfit") },
	{ "proposal.add", TEXT_KEY("audit.proposal_add") },
	{ "proposal.state", TEXT_KEY("audit.proposal_state") },
	{ "plan.add", TEXT_KEY("audit.plan_add") },
	{ "plan.decide", TEXT_KEY("audit.plan_decide") },
	{ "plan.version", TEXT_KEY("audit.plan_version") },
	{ "backup.made", TEXT_KEY("audit.backup_made") },
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

const char *audit_group(size_t i)
{
	return i < COUNT(groups) ? groups[i].code : NULL;
}

const char *audit_group_text(const struct request *rq, const char *group)
{
	const size_t n = strcspn(group, ".");

	for (size_t i = 0; i < COUNT(groups); i++)
		if (strlen(groups[i].code) == n &&
		    !strncmp(groups[i].code, group, n))
			return request_text(rq, groups[i].text);
	return group;
}

const char *audit_action_text(const struct request *rq, const char *action)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (!strcmp(actions[i].code, action))
			return request_text(rq, actions[i].text);
	return audit_group_text(rq, action);
}

/* What the codes of objects begin with, and the pages about them. */
static const struct object {
	const char *kind, *text, *page;
	unsigned who;
	bool is_year;
} objects[] = {
	{ "person", TEXT_KEY("audit.person_kind"), "/people/", PLANNER | ADMIN,
	  false },
	{ "unit", TEXT_KEY("audit.unit"), "/units/", PLANNER | ADMIN, false },
	{ "session", TEXT_KEY("audit.session"), "/sessions/", PLANNER | ADMIN,
	  false },
	{ "course", TEXT_KEY("audit.course"), NULL, 0, false },
	{ "collection", TEXT_KEY("audit.collection"), "/collections/", PLANNER,
	  false },
	{ "proposal", TEXT_KEY("audit.proposal"), "/proposals/", PLANNER,
	  false },
	{ "plan", TEXT_KEY("audit.plan"), "/plans/", PLANNER, false },
	{ "needs", TEXT_KEY("nav.needs"), "/needs?year=", PLANNER, true },
	{ "year", TEXT_KEY("nav.overview"), "/overview?year=", PLANNER, true },
	{ "upload", TEXT_KEY("audit.upload"), NULL, 0, false },
};

static const struct object *object_of(const char *code, int64_t *id)
{
	for (size_t i = 0; i < COUNT(objects); i++) {
		const size_t n = strlen(objects[i].kind);

		if (!strncmp(code, objects[i].kind, n) && code[n] == ':' &&
		    text_to_i64(code + n + 1, 1, INT64_MAX, id))
			return &objects[i];
	}
	return NULL;
}

const char *audit_object_text(struct ctx *cx, const struct request *rq,
			      const struct audit_row *row, const char **href)
{
	struct arena *a = &cx->arena;
	const struct object *o;
	const char *name = NULL;
	int64_t id;

	*href = NULL;
	o = object_of(row->object, &id);
	if (!o)
		return row->object;
	if (o->page && request_is(rq, o->who)) {
		*href = arena_printf(a, "%s%" PRId64, o->page, id);
		name = row->object_name ? by_language(rq, row->object_name,
						      row->object_name_en)
					: NULL;
	}
	if (o->is_year)
		name = fiscal_year_to_text(a, (int)id, rq->lang);
	return name ? arena_printf(a, "%s %s", request_text(rq, o->text), name)
		    : arena_printf(a, "%s %" PRId64, request_text(rq, o->text),
				   id);
}
