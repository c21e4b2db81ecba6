#include "pages/audit_words.h"

#include "base/date.h"
#include "base/text.h"
#include "pages/settings_list.h"
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
	{ "finding", TEXT_KEY("audit.finding") },
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
	{ "export.needs", TEXT_KEY("audit.export_needs") },
	{ "export.results", TEXT_KEY("audit.export_results") },
	{ "export.answers", TEXT_KEY("audit.export_answers") },
	{ "export.codes", TEXT_KEY("audit.export_codes") },
	{ "export.overview", TEXT_KEY("audit.export_overview") },
	{ "export.plan", TEXT_KEY("audit.export_plan") },
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
	{ "comment.sample", TEXT_KEY("audit.comment_sample") },
	{ "comment.read", TEXT_KEY("audit.comment_read") },
	{ "comment.sorted", TEXT_KEY("audit.comment_sorted") },
	{ "comment.unfit", TEXT_KEY("audit.comment_unfit") },
	{ "finding.dismiss", TEXT_KEY("audit.finding_dismiss") },
	{ "finding.restore", TEXT_KEY("audit.finding_restore") },
	{ "proposal.add", TEXT_KEY("audit.proposal_add") },
	{ "proposal.state", TEXT_KEY("audit.proposal_state") },
	{ "plan.add", TEXT_KEY("audit.plan_add") },
	{ "plan.decide", TEXT_KEY("audit.plan_decide") },
	{ "plan.version", TEXT_KEY("audit.plan_version") },
	{ "plan.need", TEXT_KEY("audit.plan_need") },
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

enum named_by { BY_NUMBER, BY_YEAR, BY_CODE };

/* What the codes of objects begin with, the pages about them, and who may open
 * these and thus read the name. */
static const struct object {
	const char *kind, *text, *page, *rest; /* page NUMBER rest */
	unsigned who;
	enum named_by by;
} objects[] = {
	{ "person", TEXT_KEY("audit.person_kind"), "/people/", "",
	  PLANNER | ADMIN, BY_NUMBER },
	{ "unit", TEXT_KEY("audit.unit_kind"), "/units/", "", PLANNER | ADMIN,
	  BY_NUMBER },
	{ "session", TEXT_KEY("audit.session_kind"), "/sessions/", "",
	  PLANNER | ADMIN, BY_NUMBER },
	{ "course", TEXT_KEY("audit.course"), "/courses/", "", WHO_SIGNED_IN,
	  BY_CODE },
	{ "collection", TEXT_KEY("audit.collection_kind"), "/collections/", "",
	  PLANNER, BY_NUMBER },
	{ "survey_version", TEXT_KEY("audit.survey_kind"), "/surveys/",
	  "/preview", PLANNER, BY_NUMBER },
	{ "finding", TEXT_KEY("audit.finding_kind"), "/findings?id=", "",
	  PLANNER, BY_NUMBER },
	{ "proposal", TEXT_KEY("audit.proposal_kind"), "/proposals/", "",
	  PLANNER, BY_NUMBER },
	{ "plan", TEXT_KEY("audit.plan"), "/plans/", "", PLANNER, BY_NUMBER },
	{ "needs", TEXT_KEY("nav.needs"), "/needs?year=", "", PLANNER,
	  BY_YEAR },
	{ "year", TEXT_KEY("nav.overview"), "/overview?year=", "", PLANNER,
	  BY_YEAR },
	{ "upload", TEXT_KEY("audit.upload"), NULL, "", 0, BY_NUMBER },
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

static const char *setting_text(struct ctx *cx, const struct request *rq,
				const char *name, const char **href)
{
	const struct setting_rule *r = setting_rules;

	while (r->name && strcmp(r->name, name) != 0)
		r++;
	if (request_is(rq, ADMIN))
		*href = "/admin/settings";
	return r->name ? arena_printf(
				 &cx->arena, "%s %s",
				 request_text(rq,
					      TEXT_KEY("audit.setting_kind")),
				 request_text(rq, r->label))
		       : name;
}

const char *audit_object_text(struct ctx *cx, const struct request *rq,
			      const struct audit_row *row, const char **href)
{
	struct arena *a = &cx->arena;
	const struct object *o;
	const char *name = NULL, *number;
	int64_t id;

	*href = NULL;
	if (text_starts(row->object, "setting:"))
		return setting_text(cx, rq, row->object + strlen("setting:"),
				    href);
	o = object_of(row->object, &id);
	if (!o)
		return row->object;
	number = arena_printf(a, "%" PRId64, id);
	if (o->page && request_is(rq, o->who)) {
		const char *at = o->by == BY_CODE ? row->object_code : number;

		if (at)
			*href = arena_printf(a, "%s%s%s", o->page, at, o->rest);
		name = row->object_name ? by_language(rq, row->object_name,
						      row->object_name_en)
					: NULL;
	}
	if (o->by == BY_YEAR)
		name = fiscal_year_to_text(a, (int)id, rq->lang);
	return arena_printf(a, "%s %s", request_text(rq, o->text),
			    name ? name : number);
}
