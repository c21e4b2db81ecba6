/*
 * demo.h: an invented programme (合成データ) to look at and to test with.
 *
 * Everything is drawn from a stated model (docs/demo-model.md) with a seed,
 * so it can be made again. Names, offices and comments come from
 * content/demo/; courses, tiers and surveys from the loaded content.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "base/ctx.h"

#include "db/db.h"
#include <jansson.h>
#include <stdbool.h>

#include <stdint.h>

struct demo_options {
	uint64_t seed;  /* 20240401 unless asked */
	int64_t people; /* staff in all; 3500 unless asked */
};

/*
 * Fill an empty database: organisation, people, accounts, sessions on the
 * held dates, bookings, attendance, submissions; then set the product's
 * clock to 2 December 2024, 9:00 Japan time, and note the accounts offered
 * on the sign-in page in the setting "demo.accounts".
 * ERR_CONFLICT if there are people already; content must be loaded.
 */
enum err demo_load(struct ctx *cx, const struct demo_options *o) MUST_USE;

/* The rooms below share this state; only demo.c makes it. */

enum { DEMO_T1, DEMO_T2, DEMO_T3, DEMO_T4, DEMO_T5, DEMO_TIERS };

struct demo_section {
	int64_t id;
	const char *name;
	int64_t head; /* person who heads it */
};

struct demo_person {
	int64_t id, unit_id, tier_id;
	size_t tier;    /* DEMO_T1 ... */
	size_t section; /* index into sections */
	double ability; /* theta of the model */
	double rigour;  /* how strictly this person rates, about 0 */
	bool on_desktop;
	uint64_t busy; /* times already booked, a bit per slot */
};

struct demo {
	struct ctx *cx;
	const struct demo_options *options;
	json_t *units, *names, *comments, *debriefs; /* content/demo */
	int64_t tier_ids[DEMO_TIERS];
	struct demo_section *sections;
	size_t nsections;
	struct demo_person *people;
	size_t npeople;
	int64_t trainers[6]; /* people who teach */
	size_t ntrainers;
	int64_t trainee, planner, admin; /* the accounts of the demo */
	/* Sessions the trainee is in: answered, due, to come. */
	int trainee_past, trainee_due, trainee_coming;
	const char *password_hash;
	const char *today; /* DATETIME text of the demo's now */
	int64_t now_ms;    /* the same as an instant */
};

#define DEMO_PASSWORD "terakoya-demo"

enum err demo_organisation(struct demo *d) MUST_USE; /* organisation.c */
enum err demo_people(struct demo *d) MUST_USE;       /* people.c */
enum err demo_programme(struct demo *d) MUST_USE;    /* programme.c */

#endif
