#include "demo/demo.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/date.h"
#include "base/log.h"
#include "store/store_demo.h"

#include <sodium.h>
#include <string.h>

static json_t *read_file(struct ctx *cx, const char *name)
{
	json_error_t error;
	json_t *root = json_load_file(arena_printf(&cx->arena, "%s/demo/%s",
						   cx->config->content, name),
				      0, &error);

	if (!root)
		ctx_fail(cx, ERR_INTERNAL, __FILE__, __LINE__,
			 "content/demo/%s, line %d: %s", name, error.line,
			 error.text);
	return root;
}

/* One hash serves everybody: the password is printed anyway. */
static enum err hash_password(struct demo *d)
{
	char *hash = arena_alloc(&d->cx->arena, crypto_pwhash_STRBYTES);

	if (crypto_pwhash_str(hash, DEMO_PASSWORD, strlen(DEMO_PASSWORD),
			      crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE))
		return FAIL(d->cx, ERR_INTERNAL, "cannot hash the password");
	d->password_hash = hash;
	return OK;
}

static enum err read_tiers(struct demo *d)
{
	static const char *const codes[DEMO_TIERS] = { "T1", "T2", "T3", "T4",
						       "T5" };

	for (size_t i = 0; i < DEMO_TIERS; i++)
		TRY(store_demo_tier_id(d->cx, codes[i], &d->tier_ids[i]));
	return OK;
}

static void note_account(struct demo *d, json_t *list, const char *role,
			 const char *ja, const char *en, int64_t number)
{
	/* Staff numbers are dealt as in people.c; trainers come from outside.
	 */
	const char *login =
		number < 0 ? "producer1@partner.example"
			   : arena_printf(&d->cx->arena, "%06lld",
					  1001 + (long long)number * 7);

	json_array_append_new(list,
			      json_pack("{s:s,s:s,s:s,s:s,s:s}", "role", role,
					"label_ja", ja, "label_en", en, "login",
					login, "password", DEMO_PASSWORD));
}

static int64_t number_of(const struct demo *d, int64_t person_id)
{
	for (size_t i = 0; i < d->npeople; i++)
		if (d->people[i].id == person_id)
			return (int64_t)i;
	return -1;
}

static enum err note_accounts(struct demo *d)
{
	json_t *list = json_array();

	note_account(d, list, "trainee", "受講者", "Trainee",
		     number_of(d, d->trainee));
	note_account(d, list, "trainer", "講師", "Trainer", -1);
	note_account(d, list, "planner", "企画担当", "Planner",
		     number_of(d, d->planner));
	note_account(
		d, list, "head", "所属長", "Section head",
		number_of(
			d,
			d->sections[d->people[number_of(d, d->trainee)].section]
				.head));
	note_account(d, list, "admin", "管理者", "Administrator",
		     number_of(d, d->admin));
	return store_demo_setting_set(d->cx, "demo.accounts",
				      json_dumps(list, JSON_COMPACT));
}

static enum err note_settings(struct demo *d)
{
	TRY(note_accounts(d));
	TRY(store_demo_setting_set(d->cx, "city.name", "みなと市（架空）"));
	TRY(store_demo_setting_set(d->cx, "city.name_en",
				   "Minato City (invented)"));
	TRY(store_demo_setting_set(
		d->cx, "clock.offset_ms",
		arena_printf(&d->cx->arena, "%lld",
			     (long long)(d->now_ms - clock_real()))));
	return store_demo_setting_set(d->cx, "demo.loaded", "1");
}

static enum err load_all(struct ctx *cx, void *arg)
{
	struct demo *d = arg;

	d->nsections = 0;
	d->ntrainers = 0;
	d->trainee_past = d->trainee_due = d->trainee_coming = 0;
	(void)cx;
	TRY(read_tiers(d));
	/* What was published a moment ago stood there before the first term. */
	TRY(store_demo_published_set(d->cx, "2024-04-01 00:00:00.000"));
	TRY(demo_organisation(d));
	TRY(demo_people(d));
	TRY(demo_programme(d));
	return note_settings(d);
}

enum err demo_load(struct ctx *cx, const struct demo_options *o)
{
	struct demo d = { .cx = cx, .options = o };
	int64_t n;

	TRY(store_demo_people_count(cx, &n));
	if (n)
		return FAIL(cx, ERR_CONFLICT,
			    "the demo goes into an empty database only;"
			    " this one has %lld people",
			    (long long)n);
	d.now_ms = instant_from_japan(2024, 12, 2, 9, 0);
	d.today = instant_to_db(&cx->arena, d.now_ms);
	d.units = read_file(cx, "units.json");
	d.names = read_file(cx, "names.json");
	d.comments = read_file(cx, "comments.json");
	d.debriefs = read_file(cx, "debriefs.json");
	if (!d.units || !d.names || !d.comments || !d.debriefs)
		return cx->fault.code;
	TRY(hash_password(&d));
	return db_transact(cx, load_all, &d);
}
