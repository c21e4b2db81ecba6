/*
 * page_course.c: everything about one course.
 *
 * GET /courses/:code   purpose, what one can do afterwards, for whom and why,
 *                      programme, dates with a button each, prerequisites
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/course_earlier.h"
#include "pages/course_words.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "store/store_session.h"
#include "store/store_tier.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

struct course_page {
	struct ctx *cx;
	const struct request *rq;
	json_t *model;
	struct course course;
};

/* {"ja": ..., "en": ...} of the definition in the visitor's language. */
static const char *both(const struct course_page *c, const json_t *text)
{
	return by_language(c->rq,
			   json_string_value(json_object_get(text, "ja")),
			   json_string_value(json_object_get(text, "en")));
}

static void add_text(struct course_page *c, const json_t *def, const char *name)
{
	const char *text = both(c, json_object_get(def, name));

	model_text(c->model, name, text && *text ? text : NULL);
}

static void add_programme(struct course_page *c, const json_t *def)
{
	json_t *list = model_list(c->model, "programme"), *part;
	size_t i;

	json_array_foreach(json_object_get(def, "programme"), i, part) {
		const int64_t minutes =
			json_integer_value(json_object_get(part, "minutes"));
		json_t *m = model_item(list);

		model_int(m, "minutes", minutes);
		model_text(m, "minutes_text",
			   course_count_text(c->cx, c->rq,
					     TEXT_KEY("course.n_minutes"),
					     minutes));
		model_text(m, "title", both(c, json_object_get(part, "title")));
		model_text(m, "text", both(c, json_object_get(part, "text")));
	}
}

/* What the document says in words. */
static enum err add_definition(struct course_page *c)
{
	json_t *def = json_loads(c->course.definition, 0, NULL), *text;
	json_t *list = model_list(c->model, "objectives");
	size_t i;

	if (!json_is_object(def))
		return FAIL(c->cx, ERR_INTERNAL, "course %s has no definition",
			    c->course.code);
	add_text(c, def, "purpose");
	add_text(c, def, "audience");
	add_text(c, def, "plan");
	add_text(c, def, "provenance");
	json_array_foreach(json_object_get(def, "objectives"), i, text)
		model_item_text(list, both(c, text));
	add_programme(c, def);
	model_bool(c->model, "is_default",
		   json_is_true(json_object_get(def, "default")));
	return OK;
}

static void add_facts(struct course_page *c)
{
	const struct course *k = &c->course;
	json_t *m = c->model;

	model_text(m, "code", k->code);
	model_text(m, "title", by_language(c->rq, k->title, k->title_en));
	model_text(m, "summary", by_language(c->rq, k->summary, k->summary_en));
	model_text(m, "form", k->form);
	model_text(m, "form_text", course_form_text(c->rq, k->form));
	model_text(m, "level", k->level);
	model_text(m, "level_text", course_level_text(c->rq, k->level));
	model_int(m, "minutes", k->minutes);
	model_text(m, "minutes_text",
		   course_minutes_text(c->cx, c->rq, k->minutes));
	model_int(m, "meetings", k->meetings);
	model_text(m, "meetings_text",
		   course_count_text(c->cx, c->rq,
				     TEXT_KEY("course.n_meetings"),
				     k->meetings));
	model_int(m, "seats", k->seats);
	model_text(m, "seats_text",
		   course_count_text(c->cx, c->rq, TEXT_KEY("course.n_seats"),
				     k->seats));
	model_text(m, "approval_text",
		   request_text(c->rq,
				text_equals(k->approval, "head")
					? TEXT_KEY("course.approval_head")
					: TEXT_KEY("course.approval_none")));
	if (request_is(c->rq, PLANNER | ADMIN)) {
		model_int(m, "cost_per_run", k->cost_per_run);
		model_text(m, "cost_text",
			   course_count_text(c->cx, c->rq,
					     TEXT_KEY("course.yen"),
					     k->cost_per_run));
	}
}

/* For whom: every tier with its demand, the own one marked and told why. */
static enum err add_tiers(struct course_page *c)
{
	const int year = date_fiscal_year(date_in_japan(c->cx->now_ms));
	json_t *list = model_list(c->model, "tiers");
	const struct course_tier *rows;
	const struct tier *tiers;
	size_t n, ntiers;

	TRY(store_course_tiers(c->cx, c->course.version_id, &rows, &n));
	TRY(store_tiers(c->cx, year, &tiers, &ntiers));
	for (size_t i = 0; i < ntiers; i++)
		for (size_t j = 0; j < n; j++) {
			const bool own = tiers[i].id == c->rq->user->tier_id;
			json_t *m;

			if (strcmp(rows[j].tier_code, tiers[i].code) != 0)
				continue;
			m = model_item(list);
			model_text(m, "code", tiers[i].code);
			model_text(m, "name",
				   by_language(c->rq, tiers[i].name,
					       tiers[i].name_en));
			model_text(m, "demand", rows[j].demand);
			model_text(m, "demand_text",
				   course_demand_text(c->rq, rows[j].demand));
			model_text(m, "demand_tag",
				   course_demand_tag(rows[j].demand));
			model_bool(m, "is_own", own);
			if (own)
				model_text(c->model, "own_demand_text",
					   course_demand_text(c->rq,
							      rows[j].demand));
			if (own)
				model_text(c->model, "own_demand_tag",
					   course_demand_tag(rows[j].demand));
		}
	return OK;
}

/* What somebody on a level can do. */
static const char *level_reached(const struct course_page *c, int64_t level)
{
	static const char *const keys[] = {
		TEXT_KEY("course.reaches_1"),
		TEXT_KEY("course.reaches_2"),
		TEXT_KEY("course.reaches_3"),
		TEXT_KEY("course.reaches_4"),
	};

	return level >= 1 && level <= 4 ? request_text(c->rq, keys[level - 1])
					: "";
}

/* Skills with the level reached, beside what the own tier is expected. */
static enum err add_skills(struct course_page *c)
{
	json_t *list = model_list(c->model, "skills");
	const struct course_skill *rows;
	const struct skill *skills;
	size_t n, nskills;

	TRY(store_course_skills(c->cx, c->course.version_id, &rows, &n));
	TRY(store_skills(c->cx, &skills, &nskills));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < nskills; j++) {
			json_t *m;

			if (strcmp(rows[i].skill_code, skills[j].code) != 0)
				continue;
			m = model_item(list);
			model_text(m, "code", skills[j].code);
			model_text(m, "name",
				   by_language(c->rq, skills[j].name,
					       skills[j].name_en));
			model_int(m, "level", rows[i].level);
			model_text(m, "level_text",
				   level_reached(c, rows[i].level));
		}
	return OK;
}

static enum err add_themes(struct course_page *c)
{
	json_t *list = model_list(c->model, "themes");
	const struct course_theme *rows;
	const struct theme *themes;
	size_t n, nthemes;

	TRY(store_course_themes(c->cx, c->course.version_id, &rows, &n));
	if (n == 0)
		return OK;
	TRY(store_themes(c->cx, &themes, &nthemes));
	for (size_t i = 0; i < nthemes; i++)
		for (size_t j = 0; j < n; j++) {
			json_t *m;

			if (strcmp(rows[j].theme_code, themes[i].code) != 0)
				continue;
			m = model_item(list);
			model_text(m, "name",
				   by_language(c->rq, themes[i].name,
					       themes[i].name_en));
			model_format(m, "href", "/catalogue?tier=all&theme=%s",
				     themes[i].code);
		}
	return OK;
}

static enum err add_before(struct course_page *c)
{
	json_t *list = model_list(c->model, "before");
	const struct course_before *rows;
	size_t n;

	TRY(store_course_prerequisites(c->cx, c->course.version_id,
				       c->rq->user->person_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *m = model_item(list);

		model_text(m, "code", rows[i].code);
		model_format(m, "href", "/courses/%s", rows[i].code);
		model_text(m, "title",
			   by_language(c->rq, rows[i].title, rows[i].title_en));
		model_bool(m, "is_done", rows[i].is_done == 1);
	}
	return OK;
}

/* What the person can do about a session: one button, or a state. */
static void add_action(struct course_page *c, json_t *m,
		       const struct session_row *row)
{
	static const struct {
		const char *state, *key, *tag;
	} states[] = {
		{ "applied", TEXT_KEY("course.my_applied"), "warn" },
		{ "waiting", TEXT_KEY("course.my_waiting"), "warn" },
		{ "booked", TEXT_KEY("course.my_booked"), "ok" },
	};
	const int64_t now = c->cx->now_ms;
	const bool open =
		!strcmp(row->state, "open") &&
		(row->apply_from == DB_NULL || row->apply_from <= now) &&
		now < session_apply_by(row->starts_at, row->apply_until);
	const char *label = session_seats_left(row) > 0
				    ? TEXT_KEY("course.book")
				    : TEXT_KEY("course.book_waiting");

	model_null(m, "my_text");
	model_null(m, "my_tag");
	model_bool(m, "can_book", open);
	model_text(m, "book_text", request_text(c->rq, label));
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (text_equals(row->my_state, states[i].state)) {
			model_text(m, "my_text",
				   request_text(c->rq, states[i].key));
			model_text(m, "my_tag", states[i].tag);
			model_bool(m, "can_book", false);
		}
	if (!open && !json_string_value(json_object_get(m, "my_text"))) {
		model_text(m, "my_text", request_text(c->rq, "course.closed"));
		model_text(m, "my_tag", "quiet");
	}
}

static void add_session(struct course_page *c, const struct session_row *row)
{
	json_t *m = model_item(model_list(c->model, "sessions"));
	char iso[INSTANT_TEXT];

	model_int(m, "id", row->id);
	model_format(m, "href", "/sessions/%" PRId64, row->id);
	model_format(m, "book_href", "/sessions/%" PRId64 "/book", row->id);
	model_text(m, "starts_at", instant_to_iso(row->starts_at, iso));
	model_text(m, "day_text",
		   date_to_text(&c->cx->arena, date_in_japan(row->starts_at),
				c->rq->lang, DATE_LONG));
	model_text(m, "from_text", time_to_text(&c->cx->arena, row->starts_at));
	model_text(m, "to_text", time_to_text(&c->cx->arena, row->ends_at));
	model_text(m, "meetings_text",
		   row->meetings > 1
			   ? course_count_text(c->cx, c->rq,
					       TEXT_KEY("course.n_meetings"),
					       row->meetings)
			   : NULL);
	model_text(m, "place_text",
		   row->room_name ? by_language(c->rq, row->room_name,
						row->room_name_en)
				  : request_text(c->rq, "course.elsewhere"));
	model_int(m, "left", session_seats_left(row));
	model_text(m, "left_text",
		   course_left_text(c->cx, c->rq, session_seats_left(row)));
	add_action(c, m, row);
}

static enum err add_sessions(struct course_page *c)
{
	const struct session_row *rows;
	size_t n;

	model_list(c->model, "sessions");
	TRY(store_session_upcoming(c->cx, c->course.id, c->rq->user->person_id,
				   &rows, &n));
	for (size_t i = 0; i < n; i++)
		add_session(c, &rows[i]);
	return OK;
}

static void add_breadcrumb(struct course_page *c)
{
	json_t *list = model_list(c->model, "breadcrumb"), *m;

	m = model_item(list);
	model_text(m, "label", request_text(c->rq, "catalogue.title"));
	model_text(m, "href", "/catalogue");
	m = model_item(list);
	model_text(m, "label",
		   by_language(c->rq, c->course.title, c->course.title_en));
	model_null(m, "href");
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct course_page c = { .cx = cx, .rq = rq, .model = rp->model };

	TRY(store_course_by_code(cx, request_param(rq, "code"), &c.course));
	add_facts(&c);
	add_breadcrumb(&c);
	TRY(add_definition(&c));
	TRY(add_tiers(&c));
	TRY(add_skills(&c));
	TRY(add_themes(&c));
	TRY(add_before(&c));
	TRY(course_earlier_to_model(cx, rq, rp->model, &c.course));
	return add_sessions(&c);
}

const struct route course_routes[] = {
	{ GET, "/courses/:code", WHO_SIGNED_IN, show, "course" },
	{ .page = NULL },
};
