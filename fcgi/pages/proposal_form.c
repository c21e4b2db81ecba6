/*
 * proposal_form.c: the manual is proposal_form.h.
 */
#include "pages/proposal_form.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "pages/form_read.h"
#include "store/store_course.h"
#include "store/store_tier.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define TEXT_MAX 5000 /* characters of a section */

/* The texts of a proposal: name in the form, field, label, how long. */
static const struct section {
	const char *name;
	size_t offset;
	const char *label;
	size_t max; /* characters */
	bool is_long;
} sections[] = {
	{ "current", offsetof(struct proposal, current_text),
	  TEXT_KEY("proposal.current"), TEXT_MAX, true },
	{ "evidence", offsetof(struct proposal, evidence_text),
	  TEXT_KEY("proposal.evidence"), TEXT_MAX, true },
	{ "issue", offsetof(struct proposal, issue_text),
	  TEXT_KEY("proposal.issue"), TEXT_MAX, true },
	{ "proposal", offsetof(struct proposal, proposal_text),
	  TEXT_KEY("proposal.proposal"), TEXT_MAX, true },
	{ "effect", offsetof(struct proposal, effect_text),
	  TEXT_KEY("proposal.effect"), TEXT_MAX, true },
	{ "timing", offsetof(struct proposal, timing),
	  TEXT_KEY("proposal.timing"), 100, false },
	{ "owner", offsetof(struct proposal, owner), TEXT_KEY("proposal.owner"),
	  100, false },
};

#define NSECTIONS (sizeof(sections) / sizeof(sections[0]))

static const char **field_of(struct proposal *p, const struct section *s)
{
	return (const char **)(void *)((char *)p + s->offset);
}

const char *proposal_state_text(const struct words *w, const char *state)
{
	return request_text(w->rq, arena_printf(&w->cx->arena,
						"proposal.state_%s", state));
}

enum err proposal_form_model(const struct words *w, json_t *m,
			     const struct proposal *p)
{
	json_t *list = model_list(m, "sections");
	struct proposal copy = *p;

	model_text(m, "title", p->title);
	for (size_t i = 0; i < NSECTIONS; i++) {
		const char *value = *field_of(&copy, &sections[i]);
		json_t *o = model_item(list);

		model_text(o, "name", sections[i].name);
		model_text(o, "label", request_text(w->rq, sections[i].label));
		model_text(o, "value", value ? value : "");
		model_bool(o, "is_long", sections[i].is_long);
		model_bool(o, "is_evidence",
			   !strcmp(sections[i].name, "evidence"));
		model_int(o, "max", (int64_t)sections[i].max);
	}
	model_text(m, "cost", form_number_text(w, p->cost));
	model_text(m, "people", form_number_text(w, p->people));
	model_int(m, "revision", p->revision);
	TRY(form_courses(w, m, p->course_id));
	return form_tiers(w, m, p->tier_code);
}

enum err proposal_form_read(const struct words *w, struct reply *rp,
			    struct proposal *p, bool *good)
{
	*good = form_read_text(w, rp, "title", 200, &p->title);
	if (!*p->title) {
		reply_problem(rp, "title",
			      request_text(w->rq, "proposal.title_missing"));
		*good = false;
	}
	for (size_t i = 0; i < NSECTIONS; i++)
		*good &=
			form_read_text(w, rp, sections[i].name, sections[i].max,
				       field_of(p, &sections[i]));
	*good &= form_read_number(
		w, rp, "cost", (struct number_rule){ 0, 1000000000000, false },
		&p->cost);
	*good &= form_read_number(w, rp, "people",
				  (struct number_rule){ 0, 1000000, false },
				  &p->people);
	p->tier_code = form_read_tier(w);
	return form_read_course(w, &p->course_id);
}

/* What the page at an address of ours shows. The first that fits wins. */
static const char *page_label(const struct words *w, const char *path)
{
	static const struct {
		const char *begins, *key;
	} pages[] = {
		{ "/sessions/", TEXT_KEY("proposal.link_session") },
		{ "/courses/", TEXT_KEY("proposal.link_course") },
		{ "/needs", TEXT_KEY("proposal.link_needs") },
		{ "/overview", TEXT_KEY("proposal.link_overview") },
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		if (text_starts(path, pages[i].begins))
			return request_text(w->rq, pages[i].key);
	return request_text(w->rq, "proposal.link_page");
}

/* A line that is nothing but an address of ours: "/needs?year=2024". */
static bool is_path(const char *line)
{
	return line[0] == '/' && line[1] != '/' && line[1] != '\0' &&
	       !strpbrk(line, " \t\r\\\"<>");
}

/* The text of a section; addresses on lines of their own become links. */
static const char *read_lines(const struct words *w, json_t *part,
			      const char *text)
{
	struct buf rest = buf_new(&w->cx->arena);
	json_t *links = model_list(part, "links");

	while (*text) {
		const size_t len = strcspn(text, "\n");
		const char *line = text_trim(
			&w->cx->arena, arena_strndup(&w->cx->arena, text, len));

		if (is_path(line)) {
			json_t *link = model_item(links);

			model_text(link, "href", line);
			model_text(link, "label", page_label(w, line));
		} else {
			buf_printf(&rest, "%s%.*s", rest.len ? "\n" : "",
				   (int)len, text);
		}
		text += len + (text[len] == '\n');
	}
	return rest.len ? rest.data : "";
}

static void read_sections(const struct words *w, json_t *o,
			  const struct proposal *p)
{
	json_t *list = model_list(o, "parts"), *facts = model_list(o, "facts");
	struct proposal copy = *p;

	for (size_t i = 0; i < NSECTIONS; i++) {
		const char *value = *field_of(&copy, &sections[i]);
		json_t *part = model_item(sections[i].is_long ? list : facts);
		const char *text = read_lines(w, part, value ? value : "");

		model_text(part, "label",
			   request_text(w->rq, sections[i].label));
		model_text(part, "text",
			   value && *value
				   ? text
				   : request_text(w->rq,
						  "proposal.not_written"));
	}
}

static void amounts(const struct words *w, json_t *o, const struct proposal *p)
{
	if (p->cost == DB_NULL)
		model_null(o, "cost");
	else
		model_int(o, "cost", p->cost);
	model_text(o, "cost_text",
		   p->cost == DB_NULL
			   ? request_text(w->rq, "proposal.not_estimated")
			   : text_with_n(w, "plan.yen", p->cost));
	model_text(o, "people_text",
		   p->people == DB_NULL
			   ? request_text(w->rq, "proposal.not_estimated")
			   : text_with_n(w, "stat.people", p->people));
}

void model_proposal(const struct words *w, json_t *o, const struct proposal *p)
{
	struct arena *a = &w->cx->arena;
	int64_t at = 0;

	model_int(o, "id", p->id);
	model_text(o, "title", p->title);
	model_text(o, "href", arena_printf(a, "/proposals/%" PRId64, p->id));
	model_text(o, "state", p->state);
	model_text(o, "state_text", proposal_state_text(w, p->state));
	model_text(o, "reason", p->reason);
	model_int(o, "revision", p->revision);
	model_text(o, "course",
		   p->course_title
			   ? either(w, p->course_title, p->course_title_en)
			   : "");
	model_text(o, "course_href",
		   p->course_code
			   ? arena_printf(a, "/courses/%s", p->course_code)
			   : "");
	model_text(o, "tier",
		   p->tier_name ? either(w, p->tier_name, p->tier_name_en)
				: request_text(w->rq, "proposal.all_tiers"));
	model_int(o, "findings_count", p->findings);
	model_int(o, "plan_lines", p->plan_lines);
	model_text(o, "plan_href",
		   p->plan_id == DB_NULL
			   ? ""
			   : arena_printf(a, "/plans/%" PRId64, p->plan_id));
	model_text(o, "author", p->author);
	instant_from_db(p->changed_at, &at);
	model_text(o, "changed_text",
		   instant_to_text(a, at, w->rq->lang, DATE_LONG));
	amounts(w, o, p);
	read_sections(w, o, p);
}
