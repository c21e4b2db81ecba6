/*
 * job_findings.c: the job kind "findings".
 *
 * input {"year": 2024}; without it the fiscal year of today. result
 * {"courses": n, "found": n, "gone": n}. Running it again changes nothing.
 */
#include "pages/job_findings.h"

#include "base/date.h"
#include "insight/findings.h"

#include <jansson.h>

static enum err progress(struct ctx *cx, int percent, void *arg)
{
	return job_progress(cx, arg, percent);
}

enum err job_findings(struct ctx *cx, struct job_run *run)
{
	const json_t *input = json_loads(run->input, 0, NULL);
	const json_t *asked = json_object_get(input, "year");
	const int64_t year =
		json_is_integer(asked)
			? json_integer_value(asked)
			: date_fiscal_year(date_in_japan(cx->now_ms));
	struct findings_report report;

	TRY(findings_run(cx, year, progress, run, &report));
	run->result = arena_printf(&cx->arena,
				   "{\"courses\":%zu,\"found\":%zu,"
				   "\"gone\":%lld}",
				   report.courses, report.found,
				   (long long)report.gone);
	return OK;
}
