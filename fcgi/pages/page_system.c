/*
 * page_system.c: how the installation is.
 *
 * GET /admin/health   program, database, queue, audit seals, last backup
 */
#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "pages/course_words.h"
#include "pages/pages.h"
#include "store/store_job.h"
#include "store/store_migration.h"
#include "store/store_setting.h"
#include "store/store_system.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

#define BACKUP_OLD_MS (2 * DAY_MS) /* from then on it is a complaint */

struct system_page {
	struct ctx *cx;
	const struct request *rq;
	json_t *list; /* of the section being filled */
	json_t *model;
};

static void section(struct system_page *p, const char *key)
{
	json_t *m = model_item(model_list(p->model, "sections"));

	model_text(m, "title", request_text(p->rq, key));
	p->list = model_list(m, "facts");
}

static void fact(struct system_page *p, const char *key, const char *value,
		 bool is_bad)
{
	json_t *m = model_item(p->list);

	model_text(m, "label", request_text(p->rq, key));
	model_text(m, "value", value);
	model_bool(m, "is_bad", is_bad);
}

static const char *counted(struct system_page *p, const char *key, int64_t n)
{
	return course_count_text(p->cx, p->rq, key, n);
}

static const char *moment(struct system_page *p, const char *at)
{
	int64_t ms;

	return at && instant_from_db(at, &ms)
		       ? instant_to_text(&p->cx->arena, ms, p->rq->lang,
					 DATE_LONG)
		       : request_text(p->rq, "system.never");
}

static void add_program(struct system_page *p)
{
	const int64_t away = p->cx->now_ms - clock_real();
	const int workers = p->cx->config->workers;

	section(p, "system.program");
	fact(p, "system.workers",
	     workers > 0 ? text_from_count(&p->cx->arena, workers)
			 : request_text(p->rq, "system.workers_auto"),
	     false);
	fact(p, "system.clock",
	     instant_to_text(&p->cx->arena, p->cx->now_ms, p->rq->lang,
			     DATE_LONG),
	     false);
	if (away > MINUTE_MS || away < -MINUTE_MS)
		fact(p, "system.clock",
		     request_text(p->rq, "system.clock_moved"), false);
}

static enum err add_database(struct system_page *p,
			     const struct system_facts *f)
{
	struct migration *files;
	int64_t newest;
	size_t n;
	const char *wrong =
		migration_files(&p->cx->arena, p->cx->config->sql, &files, &n);
	bool current;

	TRY(store_migration_newest(p->cx, &newest));
	current = !wrong && n > 0 && files[n - 1].number <= newest;
	section(p, "system.database");
	fact(p, "system.db_version", f->database, false);
	fact(p, "system.db_size",
	     counted(p, TEXT_KEY("system.mb"),
		     f->bytes == DB_NULL ? 0 : (f->bytes + 500000) / 1000000),
	     false);
	fact(p, "system.db_migrations",
	     counted(p,
		     current ? TEXT_KEY("system.db_all")
			     : TEXT_KEY("system.db_missing"),
		     newest),
	     !current);
	return OK;
}

static enum err add_jobs(struct system_page *p, const struct system_facts *f)
{
	struct job_counts jobs;

	TRY(store_job_counts(p->cx, &jobs));
	section(p, "system.jobs");
	fact(p, "system.queued", counted(p, TEXT_KEY("system.n"), jobs.queued),
	     false);
	fact(p, "system.running",
	     counted(p, TEXT_KEY("system.n"), jobs.running), false);
	fact(p, "system.failed", counted(p, TEXT_KEY("system.n"), jobs.failed),
	     jobs.failed > 0);
	if (jobs.oldest_at)
		fact(p, "system.oldest", moment(p, jobs.oldest_at), false);
	fact(p, "system.unsent", counted(p, TEXT_KEY("system.n"), f->unsent),
	     false);
	return OK;
}

/* When terakoya backup was last done; nightly is what a city needs. */
static void add_backup(struct system_page *p)
{
	const char *at = store_setting_text(p->cx, "backup.last", NULL);
	int64_t ms = 0;
	const bool known = at && instant_from_db(at, &ms);

	section(p, "system.backup");
	fact(p, "system.backup_at",
	     known ? instant_to_text(&p->cx->arena, ms, p->rq->lang, DATE_LONG)
		   : request_text(p->rq, "system.backup_none"),
	     !known || p->cx->now_ms - ms > BACKUP_OLD_MS);
	if (known && p->cx->now_ms - ms > BACKUP_OLD_MS)
		fact(p, "system.backup_at",
		     request_text(p->rq, "system.backup_old"), true);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct system_page p = { .cx = cx, .rq = rq, .model = rp->model };
	struct system_facts f;

	model_text(rp->model, "title", request_text(rq, "system.title"));
	TRY(store_system_facts(cx, &f));
	add_program(&p);
	TRY(add_database(&p, &f));
	section(&p, "system.use");
	fact(&p, "system.people",
	     counted(&p, TEXT_KEY("system.n_people"), f.people), false);
	fact(&p, "system.signins",
	     counted(&p, TEXT_KEY("system.n_people"), f.signins), false);
	TRY(add_jobs(&p, &f));
	section(&p, "audit.title");
	fact(&p, "system.audit",
	     counted(&p, TEXT_KEY("system.n"),
		     f.audit_rows == DB_NULL ? 0 : f.audit_rows),
	     false);
	fact(&p, "system.sealed", moment(&p, f.sealed_at), false);
	add_backup(&p);
	return OK;
}

const struct route system_routes[] = {
	{ GET, "/admin/health", ADMIN, show, "system" },
	{ .page = NULL },
};
