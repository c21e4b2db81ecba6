/*
 * page_record.c: what a person has answered and how it changed, for that
 * person alone.
 *
 * GET  /record    by session: knowledge and own level, before and after
 *
 * Found again by the own pairing key; what was answered in mode unlinked
 * cannot be found and is only named.
 */
#include "pages/pages.h"
#include "pages/survey_page.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/slots.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* One survey of a session as this person answered it. */
struct sheet {
	const struct survey *sv; /* NULL: not answered */
	struct answers as;
	bool found; /* false: answered, but kept without a link */
};

static enum err load(struct ctx *cx, int64_t person_id,
		     const struct submission_own *row, struct sheet *sheet)
{
	TRY(store_survey_open(cx, row->version_id, &sheet->sv));
	return store_submission_own(cx, person_id, row, &sheet->as,
				    &sheet->found);
}

/* The byte of an item on a sheet; SLOT_NOT_SHOWN if it is not there. */
static unsigned char code_on(const struct sheet *sheet, const char *key)
{
	const struct survey_item *it;

	if (!sheet->sv || !sheet->found)
		return SLOT_NOT_SHOWN;
	it = survey_item(sheet->sv, key);
	if (!it || it->nslots != 1)
		return SLOT_NOT_SHOWN;
	return slot_get(sheet->as.slots, sheet->as.nslots, it->slot);
}

/* Right answers among the items that both sheets (or the only one) have. */
static void count_right(const struct sheet sheets[2], int right[2], int *base)
{
	const struct survey *sv = sheets[0].sv ? sheets[0].sv : sheets[1].sv;
	const bool both = sheets[0].sv && sheets[1].sv;
	const struct survey_item *it;
	size_t i = 0;

	right[0] = right[1] = *base = 0;
	while ((it = survey_next(sv, MEASURES_KNOWLEDGE, &i))) {
		const unsigned char before = code_on(&sheets[0], it->key);
		const unsigned char after = code_on(&sheets[1], it->key);

		if (both &&
		    (before == SLOT_NOT_SHOWN || after == SLOT_NOT_SHOWN))
			continue;
		++*base;
		right[0] += item_points(it, before) > 0.5;
		right[1] += item_points(it, after) > 0.5;
	}
}

static void put_side(struct ctx *cx, const struct request *rq, json_t *side,
		     bool answered, const int right_of[2])
{
	const int right = right_of[0], base = right_of[1];

	model_bool(side, "answered", answered);
	model_int(side, "right", right);
	model_int(side, "percent", base ? right * 100 / base : 0);
	model_text(side, "text",
		   answered ? text_fill(&cx->arena,
					request_text(rq, "record.correct"), "n",
					arena_printf(&cx->arena, "%d", right),
					"all",
					arena_printf(&cx->arena, "%d", base),
					NULL)
			    : request_text(rq, "record.not_answered"));
}

/* The label of an answer, or that there is none. */
static const char *level_text(const struct request *rq,
			      const struct survey_item *it, unsigned char code)
{
	if (code < 1 || code > it->noptions)
		return request_text(rq, "record.not_answered");
	return survey_text(it->options[code - 1].label, rq->lang);
}

/* Own levels: the question's skill in a row, before and after beside it. */
static void put_levels(const struct request *rq, json_t *m,
		       const struct sheet sheets[2])
{
	const struct survey *sv = sheets[0].sv ? sheets[0].sv : sheets[1].sv;
	json_t *list = model_list(m, "levels");
	const struct survey_item *it;
	size_t i = 0;

	while ((it = survey_next(sv, MEASURES_SELF, &i))) {
		const unsigned char before = code_on(&sheets[0], it->key);
		const unsigned char after = code_on(&sheets[1], it->key);
		json_t *row;

		if (it->kind != ITEM_SCALE)
			continue;
		row = model_item(list);
		model_text(row, "skill", it->skill);
		model_text(row, "text",
			   survey_text(it->hint.ja[0] ? it->hint : it->text,
				       rq->lang));
		model_real(row, "before", item_points(it, before));
		model_real(row, "after", item_points(it, after));
		model_text(row, "before_text", level_text(rq, it, before));
		model_text(row, "after_text", level_text(rq, it, after));
	}
}

static void put_session(struct ctx *cx, const struct request *rq, json_t *m,
			const struct submission_own *row,
			const struct sheet sheets[2])
{
	int right[2], base;

	model_text(m, "course",
		   by_language(rq, row->course_title, row->course_title_en));
	model_text(m, "when_text", utc_text(cx, rq, row->session_starts_at));
	model_int(m, "session", row->session_id);
	model_bool(m, "unlinked",
		   (sheets[0].sv && !sheets[0].found) ||
			   (sheets[1].sv && !sheets[1].found));
	count_right(sheets, right, &base);
	model_int(m, "all", base);
	put_side(cx, rq, model_object(m, "before"),
		 sheets[0].sv && sheets[0].found,
		 (const int[]){ right[0], base });
	put_side(cx, rq, model_object(m, "after"),
		 sheets[1].sv && sheets[1].found,
		 (const int[]){ right[1], base });
	put_levels(rq, m, sheets);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	json_t *list = model_list(rp->model, "sessions");
	const struct submission_own *rows;
	size_t n;

	model_text(rp->model, "title", request_text(rq, "record.title"));
	TRY(store_submissions_own(cx, rq->user->person_id, &rows, &n));
	for (size_t i = 0; i < n;) {
		const int64_t session = rows[i].session_id;
		struct sheet sheets[2] = { 0 };
		const size_t first = i;

		for (; i < n && rows[i].session_id == session; i++) {
			const bool post = !strcmp(rows[i].moment, "post");

			if (session == DB_NULL ||
			    (!post && strcmp(rows[i].moment, "pre") != 0))
				continue;
			TRY(load(cx, rq->user->person_id, &rows[i],
				 &sheets[post]));
		}
		if (sheets[0].sv || sheets[1].sv)
			put_session(cx, rq, model_item(list), &rows[first],
				    sheets);
	}
	model_bool(rp->model, "is_empty", json_array_size(list) == 0);
	return OK;
}

const struct route record_routes[] = {
	{ GET, "/record", WHO_SIGNED_IN, show, "record" },
	{ .page = NULL },
};
