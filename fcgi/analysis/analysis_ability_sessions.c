/*
 * analysis_ability_sessions.c: ability before and after, session by session.
 */
#include "analysis/analysis_ability.h"

#include "store/store_funnel.h"

#include <math.h>

struct sessions {
	const struct funnel_session *row; /* by start */
	size_t n;
	struct ability_three *three;
	size_t *pairs;
	bool *refused, *shown;
};

static size_t answered_in(const struct answers_set *set, int64_t session_id)
{
	size_t n = 0;

	for (size_t i = 0; i < set->nsheets; i++)
		n += set->sheets[i].session_id == session_id &&
				     (set->sheets[i].moment == MOMENT_PRE ||
				      set->sheets[i].moment == MOMENT_POST)
			     ? 1
			     : 0;
	return n;
}

static void fill_session(const struct ability *k, struct sessions *s, size_t at)
{
	struct arena *a = &k->w->cx->arena;
	const size_t room = k->set->npairs + 1;
	double *before = ARENA_ARRAY(a, double, room);
	double *after = ARENA_ARRAY(a, double, room);
	const int64_t id = s->row[at].session_id;
	size_t n = 0, pairs = 0;

	for (size_t i = 0; i < k->set->npairs; i++) {
		if (k->set->pairs[i].pre->session_id != id)
			continue;
		pairs++;
		if (isnan(k->before[i]) || isnan(k->after[i]))
			continue;
		before[n] = k->before[i];
		after[n++] = k->after[i];
	}
	s->pairs[at] = n;
	s->three[at] = ability_three_of(k, before, after, n,
					answered_in(k->set, id) - pairs);
	s->refused[at] = ability_is_hidden(&s->three[at]);
}

static enum err read_sessions(const struct ability *k, struct sessions *s)
{
	struct arena *a = &k->w->cx->arena;
	size_t *protected;

	TRY(store_funnel_sessions_of_course(k->w->cx, k->w->scope_id, &s->row,
					    &s->n));
	s->three = ARENA_ARRAY(a, struct ability_three, s->n + 1);
	s->pairs = ARENA_ARRAY(a, size_t, s->n + 1);
	s->refused = ARENA_ARRAY(a, bool, s->n + 1);
	s->shown = ARENA_ARRAY(a, bool, s->n + 1);
	protected = ARENA_ARRAY(a, size_t, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		fill_session(k, s, i);
		protected[i] = s->pairs[i];
	}
	set_refuse(protected, s->refused, s->n);
	gate_groups(k->w->g, GATE_SCORE, protected, s->n, s->shown);
	return OK;
}

enum err ability_put_sessions(const struct ability *k, json_t *out)
{
	struct sessions s = { 0 };
	json_t *list = analysis_list(out, "sessions");
	size_t hidden = 0;

	TRY(read_sessions(k, &s));
	for (size_t i = 0; i < s.n; i++) {
		json_t *o;

		if (!s.pairs[i])
			continue;
		if (!s.shown[i]) {
			hidden++;
			continue;
		}
		o = analysis_row(list);
		analysis_int(o, "session_id", s.row[i].session_id);
		analysis_int(o, "run_no", s.row[i].run_no);
		analysis_int(o, "fiscal_year", s.row[i].fiscal_year);
		analysis_word(o, "starts_at", s.row[i].starts_at);
		analysis_flag(o, "is_reference",
			      gate_is_reference(GATE_SCORE, s.pairs[i]));
		ability_put_three(o, &s.three[i]);
	}
	analysis_count(out, "hidden", hidden);
	return OK;
}
