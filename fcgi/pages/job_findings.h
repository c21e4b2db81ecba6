/*
 * job_findings.h: the rules of insight/findings.h as a job.
 */
#ifndef PAGES_JOB_FINDINGS_H
#define PAGES_JOB_FINDINGS_H

#include "jobs.h"

enum err job_findings(struct ctx *cx, struct job_run *run);

#endif
