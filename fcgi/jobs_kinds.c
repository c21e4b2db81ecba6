#include "jobs.h"

#include "pages/job_analysis.h"
#include "pages/job_findings.h"

#include <stddef.h>

/* Each kind of job and who does it. */
const struct job_kind job_kinds[] = {
	{ "analysis", job_analysis },
	{ "findings", job_findings },
	{ NULL, NULL },
};
