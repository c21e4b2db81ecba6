/*
 * survey_page.h: what the pages about surveys share.
 */
#ifndef PAGES_SURVEY_PAGE_H
#define PAGES_SURVEY_PAGE_H

#include "http/http.h"
#include "store/store_collection.h"
#include "survey/survey_form.h"

/* The fields of a form that belong to items of the survey, in their order. */
struct givens survey_given(struct ctx *cx, const struct survey *sv,
			   const struct fields *form);

/* The same as kept in a draft: [["name", "value"], ...], and back. */
const char *givens_to_json(struct ctx *cx, struct givens given);
struct givens givens_from_json(struct ctx *cx, const char *json);

/* What was kept, with the items of this step as they were sent now. */
struct givens givens_merge(struct ctx *cx, const struct survey *sv, size_t page,
			   struct givens kept, struct givens sent);

/*
 * Put the problems of the form into the reply (422, summary with the numbers
 * of the questions) and give them back with their sentences filled in.
 */
const struct problem *survey_complain(struct ctx *cx, const struct request *rq,
				      struct reply *rp, const struct survey *sv,
				      const struct problem *problems);

/* Title, session, mode and who can see what: the top of form and review. */
void survey_head(struct ctx *cx, const struct request *rq, json_t *m,
		 const struct collection *c, const struct survey *sv);

/* The form itself: what is filled in, what is wrong, which step. */
void survey_body(struct ctx *cx, const struct request *rq, json_t *m,
		 const struct survey *sv, const struct survey_form *form);

/*
 * The questions with nothing filled in, as they were rendered before:
 * model.parts_html. False: none can be had (JSON is asked for). Only
 * definitions and texts of ours are in it, escaped by the renderer.
 */
bool survey_ready(struct ctx *cx, const struct request *rq, json_t *m,
		  const struct survey *sv, size_t page);

/* Answers in words, see survey_form.h. */
void survey_answers(struct ctx *cx, const struct request *rq, json_t *m,
		    const struct survey *sv, const struct answers *as);

/* The title in the visitor's language. */
const char *collection_title(const struct request *rq,
			     const struct collection *c);

/* "2024年12月20日（金）13:30" of a UTC column; NULL for NULL. */
const char *utc_text(struct ctx *cx, const struct request *rq, const char *utc);

/* Whoever is signed in, as collections ask for them. */
struct collection_person collection_me(const struct request *rq);

/*
 * The collection of the route's :id for somebody who runs it: planners, and
 * the trainers of its session. ERR_FORBIDDEN for anybody else.
 */
enum err collection_to_run(struct ctx *cx, const struct request *rq,
			   struct collection_view *view) MUST_USE;

#endif
