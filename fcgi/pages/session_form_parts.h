/* session_form_parts.h: what session_form.c and its parts share. */
#ifndef PAGES_SESSION_FORM_PARTS_H
#define PAGES_SESSION_FORM_PARTS_H

#include "pages/session_form.h"

#define SESSION_MAX_SEATS 500

/* The name of a field in row i from 0: "date_1". */
const char *session_form_name(struct ctx *cx, const char *name, size_t i);

/* A moment as typed, DB_NULL when empty; false: a problem of that field. */
bool session_form_moment(const struct request *rq, struct reply *rp,
			 const char *name, const char *text, int64_t *ms);

/* Seats kept for units: from the session, into the draft, into the model. */
enum err session_form_load_units(struct ctx *cx, const struct request *rq,
				 const struct session_facts *facts,
				 struct session_form *form) MUST_USE;
enum err session_form_check_units(struct ctx *cx, const struct request *rq,
				  struct reply *rp,
				  const struct session_form *form,
				  struct session_draft *d, bool *good) MUST_USE;
enum err session_form_show_units(struct ctx *cx, const struct request *rq,
				 json_t *f,
				 const struct session_form *form) MUST_USE;

#endif
