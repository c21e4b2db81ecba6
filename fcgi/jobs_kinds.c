#include "jobs.h"

#include "pages/job_findings.h"

#include <stddef.h>

/* Each kind of job and who does it. */
const struct job_kind job_kinds[] = {
	{ "findings", job_findings },
	{ NULL, NULL },
};
