/* session_form_units.c: seats kept for units, in the form of a session. */
#include "base/clock.h"
#include "base/text.h"
#include "pages/session_form_parts.h"
#include "pages/session_model.h"
#include "store/store_unit.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

/* As the list of suggestions has it: "010203 デジタル推進課". */
static const char *unit_text(struct ctx *cx, const char *code, const char *name)
{
	return arena_printf(&cx->arena, "%s %s", code, name);
}

enum err session_form_load_units(struct ctx *cx, const struct request *rq,
				 const struct session_facts *facts,
				 struct session_form *form)
{
	const struct allotment_row *rows;
	size_t n;

	form->allot_until = instant_to_local(cx, facts->allot_until);
	for (size_t i = 0; i < SESSION_MAX_ALLOTMENTS; i++)
		form->allotments[i].unit = form->allotments[i].kept = "";
	TRY(store_session_allotments(cx, facts->row.id, &rows, &n));
	for (size_t i = 0; i < n && i < SESSION_MAX_ALLOTMENTS; i++) {
		form->allotments[i].unit =
			unit_text(cx, rows[i].unit_code,
				  by_language(rq, rows[i].unit_name,
					      rows[i].unit_name_en));
		form->allotments[i].kept =
			text_from_count(&cx->arena, rows[i].seats);
	}
	return OK;
}

/* What a row may name. */
struct known_units {
	const struct unit *on_day; /* of the first meeting, else today */
	size_t n;
	const struct allotment_row *kept; /* as stored; some may have ended */
	size_t nkept;
};

static enum err read_known(struct ctx *cx, const struct session_form *form,
			   struct known_units *known)
{
	struct date day = date_in_japan(cx->now_ms);

	*known = (struct known_units){ .kept = NULL };
	/* Rows without a date are left out, wherever they stand. */
	for (size_t i = 0; i < SESSION_MAX_MEETINGS; i++)
		if (date_parse(form->meetings[i].date, &day))
			break;
	if (form->session_id)
		TRY(store_session_allotments(cx, form->session_id, &known->kept,
					     &known->nkept));
	return store_units_on(cx, date_to_iso(&cx->arena, day), &known->on_day,
			      &known->n);
}

/* What was typed names one unit: by code, or by its whole name. */
static bool find_unit(struct ctx *cx, const struct known_units *known,
		      const char *text, int64_t *id)
{
	const char *code =
		text_code(&cx->arena, arena_strndup(&cx->arena, text,
						    strcspn(text, " \t")));
	size_t found = 0;

	for (size_t i = 0; i < known->n; i++)
		if (!strcmp(text_code(&cx->arena, known->on_day[i].code),
			    code)) {
			*id = known->on_day[i].id;
			return true;
		}
	for (size_t i = 0; i < known->nkept; i++)
		if (!strcmp(text_code(&cx->arena, known->kept[i].unit_code),
			    code)) {
			*id = known->kept[i].unit_id;
			return true;
		}
	for (size_t i = 0; i < known->n; i++)
		if (!strcmp(known->on_day[i].name, text) ||
		    text_equals(known->on_day[i].name_en, text)) {
			*id = known->on_day[i].id;
			found++;
		}
	return found == 1;
}

/* The key of what is wrong with one row, and the field it is wrong in. */
static const char *check_allotment(struct ctx *cx,
				   const struct session_form *form, size_t i,
				   const struct known_units *known,
				   struct session_draft *d)
{
	struct allotment_draft *a = &d->allotments[d->nallotments];

	if (!find_unit(cx, known, form->allotments[i].unit, &a->unit_id))
		return TEXT_KEY("session.unit_unknown");
	for (size_t j = 0; j < d->nallotments; j++)
		if (d->allotments[j].unit_id == a->unit_id)
			return TEXT_KEY("session.unit_twice");
	if (!text_to_i64(form->allotments[i].kept, 1, SESSION_MAX_SEATS,
			 &a->seats))
		return TEXT_KEY("session.kept_wrong");
	d->nallotments++;
	return NULL;
}

static void kept_problem(const struct request *rq, struct reply *rp,
			 const char *where, const char *key, bool *good)
{
	reply_problem(rp, where, request_text(rq, key));
	*good = false;
}

enum err session_form_check_units(struct ctx *cx, const struct request *rq,
				  struct reply *rp,
				  const struct session_form *form,
				  struct session_draft *d, bool *good)
{
	struct known_units known;
	const char *why;
	int64_t kept = 0;

	d->nallotments = 0;
	TRY(read_known(cx, form, &known));
	for (size_t i = 0; i < SESSION_MAX_ALLOTMENTS; i++) {
		if (!*form->allotments[i].unit && !*form->allotments[i].kept)
			continue;
		why = check_allotment(cx, form, i, &known, d);
		if (why)
			kept_problem(rq, rp, session_form_name(cx, "unit", i),
				     why, good);
	}
	for (size_t i = 0; i < d->nallotments; i++)
		kept += d->allotments[i].seats;
	if (*good && kept > d->seats)
		kept_problem(rq, rp, "kept_1",
			     TEXT_KEY("session.kept_too_many"), good);
	if (!session_form_moment(rq, rp, "allot_until", form->allot_until,
				 &d->allot_until))
		*good = false;
	else if (d->nallotments && d->allot_until == DB_NULL)
		kept_problem(rq, rp, "allot_until",
			     TEXT_KEY("session.allot_until_missing"), good);
	else if (*good && d->nallotments &&
		 d->allot_until > d->meetings[0].starts_at)
		kept_problem(rq, rp, "allot_until",
			     TEXT_KEY("session.allot_until_late"), good);
	return OK;
}

/* Rows for units: those filled in and one more, at least two. */
enum err session_form_show_units(struct ctx *cx, const struct request *rq,
				 json_t *f, const struct session_form *form)
{
	json_t *rows = model_list(f, "allotments"),
	       *choices = model_list(f, "units");
	struct known_units known;
	size_t used = 0;

	model_text(f, "allot_until", form->allot_until);
	for (size_t i = 0; i < SESSION_MAX_ALLOTMENTS; i++)
		if (*form->allotments[i].unit || *form->allotments[i].kept)
			used = i + 1;
	for (size_t i = 0; i < SESSION_MAX_ALLOTMENTS && (i <= used || i < 2);
	     i++) {
		json_t *row = model_item(rows);

		model_int(row, "no", (int64_t)i + 1);
		model_text(row, "unit", form->allotments[i].unit);
		model_text(row, "kept", form->allotments[i].kept);
	}
	TRY(read_known(cx, form, &known));
	for (size_t i = 0; i < known.n; i++)
		model_text(model_item(choices), "value",
			   unit_text(cx, known.on_day[i].code,
				     by_language(rq, known.on_day[i].name,
						 known.on_day[i].name_en)));
	return OK;
}
