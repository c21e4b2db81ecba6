/*
 * page_people.c: who works here.
 *
 * GET  /people?q=&unit=&tier=&role=&left=&page=   find people
 * GET  /people/:id            one person: postings, places in sessions, roles
 * POST /people/:id/password   make a first password and show it once (admin)
 */
#include "base/clock.h"
#include "base/password.h"
#include "base/text.h"
#include "pages/choices.h"
#include "pages/course_words.h"
#include "pages/pages.h"
#include "pages/paging.h"
#include "pages/roles.h"
#include "pages/session_model.h"
#include "store/store_account.h"
#include "store/store_audit.h"
#include "store/store_person.h"
#include "store/store_posting.h"
#include "store/store_session.h"
#include "store/store_tier.h"
#include "store/store_unit.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#define PAGE_SIZE  50
#define SEARCH_MAX 100 /* characters */

static const char *today(struct ctx *cx)
{
	return date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
}

static const char *query(const struct request *rq, const char *name)
{
	const char *value = request_query(rq, name);

	return value && text_length(value) <= SEARCH_MAX ? value : "";
}

static enum err add_filters(struct ctx *cx, const struct request *rq,
			    json_t *model)
{
	const int year = date_fiscal_year(date_in_japan(cx->now_ms));
	json_t *f = model_object(model, "filters"), *s;
	const struct unit *units;
	const struct tier *tiers;
	size_t nunits, ntiers;

	TRY(store_units_on(cx, today(cx), &units, &nunits));
	TRY(store_tiers(cx, year, &tiers, &ntiers));
	s = choice_list(f, "unit", request_text(rq, "people.unit"));
	choice_add(s, "", request_text(rq, "people.any"), query(rq, "unit"));
	for (size_t i = 0; i < nunits; i++)
		choice_add(s, arena_printf(&cx->arena, "%" PRId64, units[i].id),
			   by_language(rq, units[i].name, units[i].name_en),
			   query(rq, "unit"));
	s = choice_list(f, "tier", request_text(rq, "people.tier"));
	choice_add(s, "", request_text(rq, "people.any"), query(rq, "tier"));
	for (size_t i = 0; i < ntiers; i++)
		choice_add(s, tiers[i].code,
			   by_language(rq, tiers[i].name, tiers[i].name_en),
			   query(rq, "tier"));
	s = choice_list(f, "role", request_text(rq, "people.role"));
	choice_add(s, "", request_text(rq, "people.any"), query(rq, "role"));
	for (size_t i = 0; role_word(i); i++)
		choice_add(s, role_word(i), role_text(rq, role_word(i)),
			   query(rq, "role"));
	model_text(f, "q", query(rq, "q"));
	model_bool(f, "left", text_equals(request_query(rq, "left"), "1"));
	return OK;
}

static void add_name(struct ctx *cx, json_t *m, const struct person *p)
{
	model_int(m, "id", p->id);
	model_format(m, "href", "/people/%" PRId64, p->id);
	model_text(m, "staff_number", p->staff_number);
	model_text(m, "name",
		   arena_printf(&cx->arena, "%s %s", p->family, p->given));
	model_text(m, "kana",
		   arena_printf(&cx->arena, "%s %s", p->family_kana,
				p->given_kana));
	model_text(m, "left_on", p->left_on);
}

static void add_person(struct ctx *cx, const struct request *rq, json_t *list,
		       const struct person_item *it)
{
	json_t *m = model_item(list);

	add_name(cx, m, &it->person);
	model_text(m, "unit", by_language(rq, it->unit_name, it->unit_name_en));
	model_text(m, "tier", by_language(rq, it->tier_name, it->tier_name_en));
	model_text(m, "post", it->post);
}

static enum err list(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const int64_t page = paging_number(rq);
	struct person_filter f = {
		.search = query(rq, "q"),
		.unit_id = DB_NULL,
		.tier_code = query(rq, "tier"),
		.role = query(rq, "role"),
		.with_left = text_equals(request_query(rq, "left"), "1"),
		.day = today(cx),
		.limit = PAGE_SIZE,
		.offset = (page - 1) * PAGE_SIZE,
	};
	const struct person_item *items;
	json_t *people = model_list(rp->model, "people");
	int64_t total;
	size_t n;

	if (!text_to_i64(query(rq, "unit"), 1, INT64_MAX, &f.unit_id))
		f.unit_id = DB_NULL;
	TRY(add_filters(cx, rq, rp->model));
	TRY(store_person_list(cx, &f, &items, &n));
	total = n > 0 ? items[0].total : 0;
	model_text(rp->model, "title", request_text(rq, "people.title"));
	model_int(rp->model, "total", total);
	model_text(rp->model, "total_text",
		   course_count_text(cx, rq, TEXT_KEY("people.count"), total));
	for (size_t i = 0; i < n; i++)
		add_person(cx, rq, people, &items[i]);
	if (n == 0) {
		json_t *empty = model_object(rp->model, "empty");

		model_text(empty, "title", request_text(rq, "people.none"));
		model_text(empty, "text", request_text(rq, "people.none_text"));
		model_null(empty, "href");
	}
	paging_to_model(cx, rq, rp->model,
			&(struct paging){ .page = page,
					  .size = PAGE_SIZE,
					  .total = total });
	return OK;
}

/* A day people read; "" where there is none. */
static const char *day_of(struct ctx *cx, const struct request *rq,
			  const char *day)
{
	struct date d;

	return day && date_parse(day, &d)
		       ? date_to_text(&cx->arena, d, rq->lang, DATE_LONG)
		       : "";
}

static enum err add_postings(struct ctx *cx, const struct request *rq,
			     json_t *model, int64_t id)
{
	json_t *list_of = model_list(model, "postings");
	const struct posting *rows;
	size_t n;

	TRY(store_postings_of(cx, id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct posting *p = &rows[i];
		json_t *m = model_item(list_of);

		model_text(m, "unit",
			   by_language(rq, p->unit_name, p->unit_name_en));
		model_text(m, "unit_code", p->unit_code);
		model_text(m, "tier",
			   by_language(rq, p->tier_name, p->tier_name_en));
		model_text(m, "post", p->post);
		model_bool(m, "is_second", p->is_main == 0);
		model_bool(m, "is_head", p->is_head == 1);
		model_text(m, "valid_from", p->valid_from);
		model_text(m, "valid_to", p->valid_to);
		model_text(m, "from_text", day_of(cx, rq, p->valid_from));
		model_text(m, "to_text", day_of(cx, rq, p->valid_to));
	}
	return OK;
}

/* Places in sessions, newest first. */
static enum err add_places(struct ctx *cx, const struct request *rq,
			   json_t *model, int64_t id)
{
	const struct session_filter filter = {
		.viewer = { SESSION_PUBLISHED, id },
		.from_ms = DB_NULL,
		.to_ms = DB_NULL,
		.mine_only = true,
	};
	json_t *list_of = model_list(model, "places");
	const struct session_row *rows;
	size_t n;

	TRY(store_session_list(cx, &filter, &rows, &n));
	for (size_t i = n; i-- > 0;)
		session_to_model(cx, rq, model_item(list_of), &rows[i]);
	return OK;
}

static enum err add_roles(struct ctx *cx, const struct request *rq,
			  json_t *model, int64_t id)
{
	json_t *list_of = model_list(model, "roles");
	const struct person_role *rows;
	size_t n;

	TRY(store_person_roles(cx, id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		model_item_text(list_of, role_text(rq, rows[i].role));
	return OK;
}

static void add_breadcrumb(const struct request *rq, json_t *model,
			   const char *name)
{
	json_t *crumbs = model_list(model, "breadcrumb"), *m;

	m = model_item(crumbs);
	model_text(m, "label", request_text(rq, "people.title"));
	model_text(m, "href", "/people");
	m = model_item(crumbs);
	model_text(m, "label", name);
	model_null(m, "href");
}

static enum err person_of_path(struct ctx *cx, const struct request *rq,
			       struct reply *rp, struct person *p)
{
	const char *name;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_person_by_id(cx, id, p));
	name = arena_printf(&cx->arena, "%s %s", p->family, p->given);
	model_text(rp->model, "title", name);
	add_breadcrumb(rq, rp->model, name);
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	json_t *m = model_object(rp->model, "person");
	struct person p;

	TRY(person_of_path(cx, rq, rp, &p));
	add_name(cx, m, &p);
	model_text(m, "former_family", p.former_family);
	model_text(m, "email", p.email);
	model_text(m, "terminal", p.terminal);
	model_text(m, "terminal_text",
		   request_text(rq, text_equals(p.terminal, "desktop")
					    ? TEXT_KEY("people.desktop")
					    : TEXT_KEY("people.portable")));
	model_bool(m, "is_external", p.is_external == 1);
	model_text(m, "left_text", day_of(cx, rq, p.left_on));
	model_bool(rp->model, "may_admin", request_is(rq, ADMIN));
	TRY(add_postings(cx, rq, rp->model, p.id));
	TRY(add_places(cx, rq, rp->model, p.id));
	return add_roles(cx, rq, rp->model, p.id);
}

/* Three groups of four letters and digits that nobody mixes up. */
static const char *new_password(struct ctx *cx)
{
	static const char signs[] = "abcdefghjkmnpqrstuvwxyz23456789";
	char text[15];

	for (size_t i = 0; i < sizeof(text) - 1; i++)
		text[i] = i % 5 == 4 ? '-'
				     : signs[randombytes_uniform(
					       (uint32_t)sizeof(signs) - 1)];
	text[sizeof(text) - 1] = '\0';
	return arena_strdup(&cx->arena, text);
}

struct new_account {
	int64_t person_id, admin_id;
	const char *address, *hash;
};

static enum err set_password(struct ctx *cx, void *arg)
{
	const struct new_account *a = arg;

	TRY(store_account_set_password(cx, a->person_id, a->hash, true));
	return store_audit_add(
		cx, &(struct audit){ .person_id = a->admin_id,
				     .address = a->address,
				     .action = "account.password",
				     .object = arena_printf(&cx->arena,
							    "person:%" PRId64,
							    a->person_id) });
}

/*
 * The answer itself shows the password, not a page after it: the password is
 * stored nowhere, so it can be shown this one time only.
 */
static enum err issue(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	struct new_account account = { .admin_id = rq->user->person_id,
				       .address = rq->address };
	const char *password = new_password(cx);
	struct person p;

	TRY(person_of_path(cx, rq, rp, &p));
	if (p.left_on && strcmp(p.left_on, today(cx)) < 0)
		return FAIL(cx, ERR_CONFLICT, "person %" PRId64 " has left",
			    p.id);
	account.person_id = p.id;
	account.hash = password_hash(&cx->arena, password);
	TRY(db_transact(cx, set_password, &account));
	model_text(rp->model, "password", password);
	model_text(rp->model, "login",
		   p.staff_number ? p.staff_number : p.email);
	model_format(rp->model, "back", "/people/%" PRId64, p.id);
	return OK;
}

const struct route people_routes[] = {
	{ GET, "/people", PLANNER | ADMIN, list, "people" },
	{ GET, "/people/:id", PLANNER | ADMIN, show, "person" },
	{ POST, "/people/:id/password", ADMIN, issue, "person_password" },
	{ .page = NULL },
};
