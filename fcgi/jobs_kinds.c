#include "jobs.h"

#include <stddef.h>

/* Each kind of job and who does it. */
const struct job_kind job_kinds[] = {
	{ NULL, NULL },
};
