/*
 * finding_model.c: the manual is finding_model.h.
 */
#include "pages/finding_model.h"

#include "base/clock.h"
#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

/* The evidence, read back. */
struct evidence {
	struct figure figure;
	double threshold, before, importance;
	const char *about;
	enum figure_unit unit;
};

static double number_of(const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);

	return json_is_number(x) ? json_number_value(x) : (double)NAN;
}

/* The gain of a whole class, not of one item. */
static bool is_of_class(const struct finding *f)
{
	return text_equals(f->kind, "low_gain") && !f->item_key;
}

static enum figure_unit unit_of(const struct finding *f)
{
	if (is_of_class(f))
		return UNIT_NUMBER;
	if (text_equals(f->kind, "low_gain"))
		return UNIT_SHARE_CHANGE;
	if (text_equals(f->kind, "bad_item"))
		return UNIT_SIGNED;
	if (text_equals(f->kind, "low_satisfaction"))
		return UNIT_POINTS;
	if (text_equals(f->kind, "unmet_need") && f->unit_id == DB_NULL)
		return UNIT_NUMBER;
	return UNIT_SHARE;
}

static struct evidence read_evidence(const struct words *w,
				     const struct finding *f)
{
	const json_t *o = json_loads(f->evidence, 0, NULL);
	const char *method = json_string_value(json_object_get(o, "method"));
	const char *ja = json_string_value(json_object_get(o, "about_ja"));
	const char *en = json_string_value(json_object_get(o, "about_en"));
	struct evidence e = {
		.figure = { .value = number_of(o, "value"),
			    .lo = number_of(o, "lo"),
			    .hi = number_of(o, "hi"),
			    .method = method ? method : "wilson" },
		.threshold = number_of(o, "threshold"),
		.before = number_of(o, "before"),
		.importance = number_of(o, "importance"),
		.about = either(w, ja ? ja : "", en),
		.unit = unit_of(f),
	};

	e.figure.n = (size_t)json_integer_value(json_object_get(o, "n"));
	e.figure.base = (size_t)json_integer_value(json_object_get(o, "base"));
	e.figure.missing =
		(size_t)json_integer_value(json_object_get(o, "missing"));
	return e;
}

const char *finding_title(const struct words *w, const struct finding *f)
{
	return request_text(w->rq, arena_printf(&w->cx->arena,
						"finding.kind_%s", f->kind));
}

/* Which sentence tells it. */
static const char *sentence_key(const struct finding *f,
				const struct evidence *e)
{
	if (text_equals(f->kind, "unmet_need"))
		return f->unit_id == DB_NULL
			       ? TEXT_KEY("finding.say_need_tier")
			       : TEXT_KEY("finding.say_need_unit");
	if (text_equals(f->kind, "low_satisfaction"))
		return isnan(e->importance)
			       ? TEXT_KEY("finding.say_satisfaction_whole")
			       : TEXT_KEY("finding.say_satisfaction");
	if (text_equals(f->kind, "not_understood"))
		return TEXT_KEY("finding.say_not_understood");
	if (is_of_class(f))
		return TEXT_KEY("finding.say_low_gain_class");
	if (text_equals(f->kind, "low_gain"))
		return TEXT_KEY("finding.say_low_gain");
	if (text_equals(f->kind, "bad_item"))
		return TEXT_KEY("finding.say_bad_item");
	return TEXT_KEY("finding.say_low_return");
}

static const char *who(const struct words *w, const struct finding *f)
{
	if (f->unit_name)
		return either(w, f->unit_name, f->unit_name_en);
	if (f->tier_name)
		return either(w, f->tier_name, f->tier_name_en);
	return "";
}

/* before is a share for items and points of five for needs. */
static const char *before_text(const struct words *w, const struct finding *f,
			       const struct evidence *e)
{
	const bool need = text_equals(f->kind, "unmet_need");

	return number_text(w, e->before, e->figure.n,
			   need ? UNIT_POINTS : UNIT_SHARE);
}

/* The improvement index of a part of the satisfaction is a plain number. */
static const char *threshold_text(const struct words *w,
				  const struct finding *f,
				  const struct evidence *e)
{
	if (text_equals(f->kind, "low_satisfaction") && !isnan(e->importance))
		return arena_printf(&w->cx->arena, "%.1f", e->threshold);
	return number_text(w, e->threshold, e->figure.n, e->unit);
}

const char *finding_sentence(const struct words *w, const struct finding *f)
{
	struct arena *a = &w->cx->arena;
	const struct evidence e = read_evidence(w, f);
	const struct figure *x = &e.figure;

	return text_fill(a, request_text(w->rq, sentence_key(f, &e)), "about",
			 e.about, "who", who(w, f), "value",
			 figure_text(w, x, e.unit), "lo",
			 number_text(w, x->lo, x->n, e.unit), "hi",
			 number_text(w, x->hi, x->n, e.unit), "threshold",
			 threshold_text(w, f, &e), "before",
			 before_text(w, f, &e), "importance",
			 number_text(w, e.importance, x->n, UNIT_NUMBER), "n",
			 text_from_count(a, (int64_t)x->n), "base",
			 text_from_count(a, (int64_t)x->base), NULL);
}

const char *finding_place(const struct words *w, const struct finding *f)
{
	struct arena *a = &w->cx->arena;
	int64_t at = 0;

	if (f->session_starts_at && instant_from_db(f->session_starts_at, &at))
		return arena_printf(a, "%s %s",
				    either(w, f->course_title,
					   f->course_title_en),
				    date_to_text(a, date_in_japan(at),
						 w->rq->lang, DATE_LONG));
	if (f->course_title)
		return either(w, f->course_title, f->course_title_en);
	return who(w, f);
}

const char *finding_evidence_text(const struct words *w,
				  const struct finding *f)
{
	struct arena *a = &w->cx->arena;
	const struct evidence e = read_evidence(w, f);

	return text_fill(a, request_text(w->rq, "finding.evidence"), "n",
			 text_from_count(a, (int64_t)e.figure.n), "base",
			 text_from_count(a, (int64_t)e.figure.base), "missing",
			 text_from_count(a, (int64_t)e.figure.missing),
			 "method", method_text(w, e.figure.method), NULL);
}

/* Who dismissed it, and when; NULL: nobody, or that was not kept then. */
static const char *dismissed_text(const struct words *w,
				  const struct finding *f)
{
	struct arena *a = &w->cx->arena;
	int64_t at = 0;

	if (!f->dismisser || !f->dismissed_at)
		return NULL;
	instant_from_db(f->dismissed_at, &at);
	return text_fill(a, request_text(w->rq, "finding.dismissed_by"), "who",
			 f->dismisser, "when",
			 instant_to_text(a, at, w->rq->lang, DATE_LONG), NULL);
}

json_t *model_finding(const struct words *w, json_t *list,
		      const struct finding *f)
{
	struct arena *a = &w->cx->arena;
	const struct evidence e = read_evidence(w, f);
	json_t *o = model_item(list);
	int64_t at = 0;

	model_int(o, "id", f->id);
	model_text(o, "kind", f->kind);
	model_text(o, "title", finding_title(w, f));
	model_text(o, "sentence", finding_sentence(w, f));
	model_text(o, "place", finding_place(w, f));
	model_text(o, "evidence", finding_evidence_text(w, f));
	model_text(o, "link", f->link);
	model_text(o, "state", f->state);
	model_bool(o, "is_new", text_equals(f->state, "new"));
	model_bool(o, "is_dismissed", text_equals(f->state, "dismissed"));
	model_text(o, "state_text",
		   request_text(w->rq,
				arena_printf(a, "finding.state_%s", f->state)));
	model_text(o, "reason", f->reason);
	model_text(o, "dismissed_text", dismissed_text(w, f));
	model_real(o, "strength", f->strength);
	instant_from_db(f->found_at, &at);
	model_text(o, "found_text",
		   instant_to_text(a, at, w->rq->lang, DATE_LONG));
	model_text(o, "proposal",
		   f->proposal_id == DB_NULL
			   ? ""
			   : arena_printf(a, "/proposals/%lld",
					  (long long)f->proposal_id));
	model_figure(w, o, "figure", &e.figure, e.unit);
	return o;
}

static const char *prefill(const struct words *w, const char *part,
			   const struct finding *f, const struct evidence *e)
{
	const char *key = arena_printf(&w->cx->arena, "proposal.%s_%s%s", part,
				       f->kind, is_of_class(f) ? "_class" : "");

	return text_fill(
		&w->cx->arena, request_text(w->rq, key), "about", e->about,
		"who", who(w, f), "course",
		f->course_title ? either(w, f->course_title, f->course_title_en)
				: "",
		"threshold", number_text(w, e->threshold, e->figure.n, e->unit),
		NULL);
}

struct proposal proposal_from_finding(const struct words *w,
				      const struct finding *f)
{
	const struct evidence e = read_evidence(w, f);
	struct proposal p = {
		.title = prefill(w, "title", f, &e),
		.course_id = f->course_id,
		.tier_code = f->tier_code,
		.current_text = finding_sentence(w, f),
		/* The page of the proposal links to the finding's own page. */
		.evidence_text = finding_evidence_text(w, f),
		.issue_text = prefill(w, "issue", f, &e),
		.proposal_text = prefill(w, "do", f, &e),
		.effect_text = prefill(w, "effect", f, &e),
		.timing = request_text(w->rq, "proposal.timing_next"),
		.owner = "",
		.cost = DB_NULL,
		.people = DB_NULL,
		.state = "draft",
		.reason = "",
		.revision = 1,
		.is_synthetic = f->is_synthetic,
	};

	return p;
}
