/*
 * page_settings.c: what an administrator may change at run time.
 *
 * GET  /admin/settings   all settings in groups, defaults marked
 * POST /admin/settings   save those that changed; each is an audit row.
 *                        was.NAME is what the form showed: who changed nothing
 *                        about a setting does not put it back
 */
#include "base/text.h"
#include "pages/pages.h"
#include "pages/settings_list.h"
#include "store/store_audit.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <string.h>

struct settings_page {
	struct ctx *cx;
	const struct request *rq;
	struct setting *all;
	size_t n;
};

static const struct setting *setting_of(const struct settings_page *p,
					const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->all[i].name, name))
			return &p->all[i];
	return NULL;
}

static const struct setting_rule *rule_of(const char *name)
{
	for (const struct setting_rule *r = setting_rules; r->name; r++)
		if (!strcmp(r->name, name))
			return r;
	return NULL;
}

/* What the form showed; NULL: it does not say. */
static const char *shown(const struct settings_page *p, const char *name)
{
	return request_form(p->rq, arena_printf(&p->cx->arena, "was.%s", name));
}

/* What somebody wants it to be; NULL: nothing was changed about it. */
static const char *wanted(const struct settings_page *p, const char *name)
{
	const char *given = request_form(p->rq, name), *was = shown(p, name);

	if (!given)
		return NULL;
	given = text_trim(&p->cx->arena, given);
	return was && !strcmp(given, was) ? NULL : given;
}

static const char *plain(struct ctx *cx, double x)
{
	return arena_printf(&cx->arena, "%.10g", x);
}

/* What people may type, as the end of the hint; "" where the hint says it. */
static const char *range_text(const struct settings_page *p,
			      const struct setting_rule *r)
{
	if (r->kind != SETTING_INT && r->kind != SETTING_SHARE)
		return "";
	return text_fill(&p->cx->arena, request_text(p->rq, "settings.between"),
			 "min", plain(p->cx, r->min), "max",
			 plain(p->cx, r->max), NULL);
}

/* Words with their names, for a setting that is one of them. */
static void add_modes(const struct settings_page *p, json_t *m,
		      const char *chosen)
{
	static const struct {
		const char *word, *text;
	} modes[] = {
		{ "named", TEXT_KEY("settings.mode_named") },
		{ "paired", TEXT_KEY("settings.mode_paired") },
		{ "unlinked", TEXT_KEY("settings.mode_unlinked") },
	};
	json_t *list = model_list(model_object(m, "modes"), "options");

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		json_t *o = model_item(list);

		model_text(o, "word", modes[i].word);
		model_text(o, "text", request_text(p->rq, modes[i].text));
		model_bool(o, "chosen", text_equals(modes[i].word, chosen));
	}
}

static void add_setting(const struct settings_page *p, json_t *list,
			const struct setting_rule *r)
{
	const struct setting *s = setting_of(p, r->name);
	const char *given = wanted(p, r->name);
	json_t *m = model_item(list);

	model_text(m, "name", r->name);
	model_text(m, "label", request_text(p->rq, r->label));
	model_text(m, "hint", request_text(p->rq, r->hint));
	model_text(m, "range", range_text(p, r));
	model_text(m, "value", given ? given : s ? s->value : "");
	model_text(m, "was", s ? s->value : "");
	model_bool(m, "is_default", !s || s->is_default == 1);
	model_bool(m, "is_number",
		   r->kind == SETTING_INT || r->kind == SETTING_SHARE);
	model_bool(m, "is_short", r->kind != SETTING_TEXT);
	model_bool(m, "is_wrong", given && !setting_fits(r, given));
	if (r->kind == SETTING_MODE)
		add_modes(p, m, given ? given : s ? s->value : "");
	else
		model_null(m, "modes");
}

static void add_groups(const struct settings_page *p, json_t *model)
{
	json_t *groups = model_list(model, "groups"), *list = NULL;
	const char *group = "";

	for (const struct setting_rule *r = setting_rules; r->name; r++) {
		if (strcmp(r->group, group) != 0) {
			json_t *m = model_item(groups);

			group = r->group;
			model_text(m, "key", r->name);
			model_text(m, "title", request_text(p->rq, group));
			list = model_list(m, "settings");
		}
		add_setting(p, list, r);
	}
}

/* Rows of the table that no rule describes: shown, not changed. */
static void add_others(const struct settings_page *p, json_t *model)
{
	json_t *list = model_list(model, "others");

	for (size_t i = 0; i < p->n; i++) {
		json_t *m;

		if (rule_of(p->all[i].name))
			continue;
		m = model_item(list);
		model_text(m, "name", p->all[i].name);
		/* Lists such as the demo accounts are no value to look at. */
		model_text(m, "value",
			   text_length(p->all[i].value) <= 100 ? p->all[i].value
							       : "…");
	}
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct settings_page p = { .cx = cx, .rq = rq };

	TRY(store_setting_all(cx, &p.all, &p.n));
	model_text(rp->model, "title", request_text(rq, "settings.title"));
	add_groups(&p, rp->model);
	add_others(&p, rp->model);
	return OK;
}

static bool check(const struct settings_page *p, struct reply *rp)
{
	for (const struct setting_rule *r = setting_rules; r->name; r++) {
		const char *given = wanted(p, r->name);

		if (!given || setting_fits(r, given))
			continue;
		reply_problem(rp, r->name,
			      text_fill(&p->cx->arena,
					request_text(p->rq, "settings.wrong"),
					"name", request_text(p->rq, r->label),
					"hint", range_text(p, r), NULL));
	}
	return rp->status != 422;
}

/* Somebody else has changed the very same since the form was made. */
static bool is_late(const struct settings_page *p, struct reply *rp)
{
	for (const struct setting_rule *r = setting_rules; r->name; r++) {
		const struct setting *s = setting_of(p, r->name);
		const char *value = wanted(p, r->name),
			   *was = shown(p, r->name);

		if (!value || !was || !s || !strcmp(s->value, was) ||
		    !strcmp(s->value, value))
			continue;
		reply_conflict(
			rp, text_fill(&p->cx->arena,
				      request_text(p->rq,
						   "settings.changed_by_now"),
				      "name", request_text(p->rq, r->label),
				      "now", s->value, NULL));
	}
	return rp->status == 409;
}

/* {"before":"5","after":"8"} */
static const char *change_text(const char *before, const char *after)
{
	return json_dumps(json_pack("{s:s?, s:s}", "before", before, "after",
				    after),
			  JSON_COMPACT);
}

static enum err save_all(struct ctx *cx, void *arg)
{
	const struct settings_page *p = arg;

	for (const struct setting_rule *r = setting_rules; r->name; r++) {
		const struct setting *s = setting_of(p, r->name);
		const char *value = wanted(p, r->name);

		if (!value || (s && !strcmp(s->value, value)))
			continue;
		TRY(store_setting_set(cx, r->name, value));
		TRY(store_audit_add(
			cx, &(struct audit){
				    .person_id = p->rq->user->person_id,
				    .address = p->rq->address,
				    .action = "setting.change",
				    .object = arena_printf(
					    &cx->arena, "setting:%s", r->name),
				    .detail = change_text(s ? s->value : NULL,
							  value) }));
	}
	return OK;
}

static enum err save(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct settings_page p = { .cx = cx, .rq = rq };

	TRY(store_setting_all(cx, &p.all, &p.n));
	if (!check(&p, rp) || is_late(&p, rp))
		return show(cx, rq, rp);
	TRY(db_transact(cx, save_all, &p));
	return reply_done(cx, rp, "settings.saved", "/admin/settings");
}

const struct route settings_routes[] = {
	{ GET, "/admin/settings", ADMIN, show, "settings" },
	{ POST, "/admin/settings", ADMIN, save, "settings" },
	{ .page = NULL },
};
