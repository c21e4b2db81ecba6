/*
 * findings_run.c: reading, applying the rules, keeping what they found.
 */
#include "insight/findings.h"

#include "base/clock.h"
#include "store/store_setting.h"

#include <jansson.h>
#include <math.h>
#include <sodium.h>
#include <string.h>

static void put_number(json_t *o, const char *key, double x)
{
	if (isfinite(x))
		json_object_set_new(o, key, json_real(x));
}

const char *finding_evidence(struct ctx *cx, const struct found *f)
{
	json_t *o = json_object();
	const char *text;

	json_object_set_new(o, "n", json_integer((json_int_t)f->figure.n));
	json_object_set_new(o, "base",
			    json_integer((json_int_t)f->figure.base));
	json_object_set_new(o, "missing",
			    json_integer((json_int_t)f->figure.missing));
	json_object_set_new(o, "method", json_string(f->figure.method));
	put_number(o, "value", f->figure.value);
	put_number(o, "lo", f->figure.lo);
	put_number(o, "hi", f->figure.hi);
	put_number(o, "threshold", f->threshold);
	put_number(o, "before", f->before);
	put_number(o, "importance", f->importance);
	if (f->seats != DB_NULL)
		json_object_set_new(o, "seats", json_integer(f->seats));
	json_object_set_new(o, "about_ja", json_string(f->about.ja));
	json_object_set_new(o, "about_en",
			    json_string(f->about.en[0] ? f->about.en
						       : f->about.ja));
	text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(10));
	return arena_strdup(&cx->arena, text);
}

void finding_fingerprint(const struct found *f, unsigned char out[16])
{
	const char *const parts[] = { f->kind, f->item_key, f->skill_code,
				      f->tier_code };
	const int64_t ids[] = { f->session_id, f->course_id, f->unit_id };
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, 16);
	for (size_t i = 0; i < 4; i++) {
		const char *s = parts[i] ? parts[i] : "";

		/* With the closing 0, so that "ab"+"c" is not "a"+"bc". */
		crypto_generichash_update(&state, (const unsigned char *)s,
					  strlen(s) + 1);
	}
	crypto_generichash_update(&state, (const unsigned char *)ids,
				  sizeof(ids));
	crypto_generichash_final(&state, out, 16);
}

static enum err keep(struct ctx *cx, const struct found *f, bool is_synthetic)
{
	unsigned char fingerprint[16];
	const struct finding row = {
		.kind = f->kind,
		.session_id = f->session_id,
		.course_id = f->course_id,
		.unit_id = f->unit_id,
		.item_key = f->item_key,
		.skill_code = f->skill_code,
		.tier_code = f->tier_code,
		.strength = f->strength,
		.evidence = finding_evidence(cx, f),
		.link = f->link,
		.is_synthetic = is_synthetic,
	};

	finding_fingerprint(f, fingerprint);
	return store_finding_put(cx, &row, fingerprint);
}

static struct finding_limits read_limits(struct ctx *cx)
{
	struct finding_limits l;

	l.item_correct_below =
		store_setting_real(cx, "finding.item_correct_below", 0.5);
	l.gain_below = store_setting_real(cx, "finding.gain_below", 0.3);
	l.satisfaction_below =
		store_setting_real(cx, "finding.satisfaction_below", 3.5);
	l.return_below = store_setting_real(cx, "finding.return_below", 0.5);
	return l;
}

struct run {
	struct gate gate;
	struct finding_limits limits;
	int64_t fiscal_year;
	findings_progress *progress;
	void *arg;
	struct findings_report *report;
	bool is_synthetic;
};

static enum err keep_all(struct ctx *cx, struct run *r,
			 const struct found_list *fs)
{
	for (size_t i = 0; i < fs->n; i++)
		TRY(keep(cx, &fs->list[i], r->is_synthetic));
	r->report->found += fs->n;
	return OK;
}

/* A course that was held once is about that session. */
static enum err look_at_course(struct ctx *cx, struct run *r,
			       const struct funnel_course *course)
{
	const bool once = course->sessions == 1;
	const struct answers_of of = {
		.session_id = once ? course->session_id : 0,
		.course_id = once ? 0 : course->course_id,
	};
	struct found_place where = { .session_id = DB_NULL,
				     .course_id = course->course_id };
	struct found_list fs = { .arena = &cx->arena };
	struct session_view v;

	if (once)
		where.session_id = course->session_id;
	where.link = once ? arena_printf(&cx->arena, "/sessions/%lld/dashboard",
					 (long long)course->session_id)
			  : arena_printf(&cx->arena, "/courses/%s/dashboard",
					 course->code);
	TRY(session_view_read(cx, &r->gate, &of, &v));
	r->is_synthetic |= v.is_synthetic;
	findings_of_view(&v, &r->limits, &where, &fs);
	return keep_all(cx, r, &fs);
}

/* A unit and, where it is shown, the units below it. */
static enum err look_at_units(struct ctx *cx, struct run *r, int64_t unit,
			      const struct funnel_unit_skill *booked, size_t n)
{
	struct found_list fs = { .arena = &cx->arena };
	struct needs_view v;

	TRY(needs_view_read(cx, &r->gate, r->fiscal_year, unit, &v));
	findings_of_unit_needs(&v, booked, n, &fs);
	TRY(keep_all(cx, r, &fs));
	for (size_t i = 0; i < v.nunits; i++)
		if (v.units[i].has_units && v.units[i].shown)
			TRY(look_at_units(cx, r, v.units[i].unit_id, booked,
					  n));
	return OK;
}

static enum err look_at_needs(struct ctx *cx, struct run *r)
{
	const struct funnel_unit_skill *booked;
	const struct funnel_unit *units;
	struct found_list fs = { .arena = &cx->arena };
	struct needs_view v;
	size_t n, nunits;

	TRY(needs_view_read(cx, &r->gate, r->fiscal_year, DB_NULL, &v));
	r->is_synthetic |= v.is_synthetic;
	findings_of_needs(&v, &fs);
	TRY(store_funnel_units(cx, r->fiscal_year, &units, &nunits));
	findings_of_returns(units, nunits, &r->limits, &fs);
	TRY(keep_all(cx, r, &fs));
	TRY(store_funnel_unit_skills(cx, r->fiscal_year, &booked, &n));
	return look_at_units(cx, r, DB_NULL, booked, n);
}

static enum err tell(struct ctx *cx, const struct run *r, size_t done,
		     size_t all)
{
	if (!r->progress)
		return OK;
	return r->progress(cx, (int)(100 * done / (all ? all : 1)), r->arg);
}

enum err findings_run(struct ctx *cx, int64_t fiscal_year,
		      findings_progress *progress, void *arg,
		      struct findings_report *report)
{
	const char *since = instant_to_db(&cx->arena, cx->now_ms);
	const struct funnel_course *courses;
	struct run r = { .gate = gate_read(cx),
			 .limits = read_limits(cx),
			 .fiscal_year = fiscal_year,
			 .progress = progress,
			 .arg = arg,
			 .report = report };
	size_t n;

	*report = (struct findings_report){ 0 };
	TRY(store_funnel_courses(cx, fiscal_year, &courses, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(look_at_course(cx, &r, &courses[i]));
		TRY(tell(cx, &r, i + 1, n + 2));
	}
	report->courses = n;
	TRY(look_at_needs(cx, &r));
	TRY(tell(cx, &r, n + 1, n + 2));
	TRY(store_finding_sweep(cx, since, &report->gone));
	return tell(cx, &r, n + 2, n + 2);
}
