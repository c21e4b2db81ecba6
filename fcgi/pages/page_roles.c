/*
 * page_roles.c: who may do what.
 *
 * GET  /admin/roles          trainers, planners and administrators
 * POST /admin/roles          give a role to a staff number
 * POST /admin/roles/revoke   take one away; the last administrator stays
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/choices.h"
#include "pages/pages.h"
#include "pages/roles.h"
#include "store/store_audit.h"
#include "store/store_person.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

static void add_role(struct ctx *cx, const struct request *rq, json_t *list,
		     const struct person_role *r)
{
	json_t *m = model_item(list);
	int64_t at;

	model_int(m, "person_id", r->person_id);
	model_format(m, "href", "/people/%" PRId64, r->person_id);
	model_text(m, "name", r->name);
	model_text(m, "staff_number", r->staff_number);
	model_text(m, "role", r->role);
	model_text(m, "role_text", role_text(rq, r->role));
	model_text(m, "granter", r->granter);
	model_text(m, "granted_text",
		   instant_from_db(r->granted_at, &at)
			   ? date_to_text(&cx->arena, date_in_japan(at),
					  rq->lang, DATE_LONG)
			   : "");
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *chosen = request_form(rq, "role");
	json_t *holders = model_list(rp->model, "holders");
	json_t *all = model_list(rp->model, "all_roles");
	json_t *select =
		choice_list(rp->model, "role", request_text(rq, "roles.role"));
	const struct person_role *rows;
	size_t n;

	TRY(store_role_holders(cx, &rows, &n));
	for (size_t i = 0; i < n; i++)
		add_role(cx, rq, holders, &rows[i]);
	for (size_t i = 0; role_word(i); i++) {
		json_t *m = model_item(all);

		choice_add(select, role_word(i), role_text(rq, role_word(i)),
			   chosen ? chosen : "trainer");
		model_text(m, "text", role_text(rq, role_word(i)));
		model_text(m, "hint", role_hint(rq, role_word(i)));
	}
	model_text(rp->model, "title", request_text(rq, "roles.title"));
	model_text(rp->model, "number", request_form(rq, "number"));
	return OK;
}

struct role_change {
	const struct request *rq;
	int64_t person_id;
	const char *role;
	bool grants;
};

static enum err change(struct ctx *cx, void *arg)
{
	const struct role_change *c = arg;
	const int64_t by = c->rq->user->person_id;

	if (c->grants)
		TRY(store_role_grant(cx, c->person_id, c->role, by));
	else
		TRY(store_role_revoke(cx, c->person_id, c->role));
	return store_audit_add(
		cx,
		&(struct audit){
			.person_id = by,
			.address = c->rq->address,
			.action = c->grants ? "role.grant" : "role.revoke",
			.object = arena_printf(&cx->arena, "person:%" PRId64,
					       c->person_id),
			.detail = arena_printf(&cx->arena, "{\"role\":\"%s\"}",
					       c->role) });
}

static enum err grant(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	const char *number = request_form(rq, "number");
	struct role_change c = { .rq = rq,
				 .role = request_form(rq, "role"),
				 .grants = true };
	struct person p = { .id = DB_NULL };
	bool found = false;

	if (!role_is_word(c.role))
		reply_problem(rp, "role", request_text(rq, "roles.no_role"));
	if (number && *number)
		TRY(store_person_by_staff_number(
			cx, text_code(&cx->arena, number), &p, &found));
	if (!found)
		reply_problem(rp, "number",
			      request_text(rq, "roles.no_person"));
	if (rp->status == 422)
		return show(cx, rq, rp);
	c.person_id = p.id;
	TRY(db_transact(cx, change, &c));
	return reply_done(cx, rp, "roles.granted", "/admin/roles");
}

static enum err revoke(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const char *id = request_form(rq, "person");
	struct role_change c = { .rq = rq, .role = request_form(rq, "role") };
	enum err e;

	if (!role_is_word(c.role) ||
	    !text_to_i64(id ? id : "", 1, INT64_MAX, &c.person_id))
		return FAIL(cx, ERR_BAD_REQUEST, "no such role");
	e = db_transact(cx, change, &c);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		reply_problem(rp, "", request_text(rq, "roles.last_admin"));
		return show(cx, rq, rp);
	}
	TRY(e);
	return reply_done(cx, rp, "roles.revoked", "/admin/roles");
}

const struct route roles_routes[] = {
	{ GET, "/admin/roles", ADMIN, show, "roles" },
	{ POST, "/admin/roles", ADMIN, grant, "roles" },
	{ POST, "/admin/roles/revoke", ADMIN, revoke, "roles" },
	{ .page = NULL },
};
