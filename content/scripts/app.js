/*
 * app.js: small comforts. Every page works without it.
 *
 * Each file below takes the document once and looks for its own marks
 * (data-*); a page without a mark pays nothing.
 */
import { guardForms } from './forms.js';
import { keepDrafts } from './draft.js';
import { watchIdle } from './idle.js';
import { pollCounts } from './live.js';
import { watchJobs } from './job.js';
import { showProgress } from './progress.js';
import { tieProblems } from './problems.js';
import { markAttendance } from './attendance.js';
import { helpTables, helpMenus, helpPrint, loadCharts } from './page.js';

for (const start of [guardForms, keepDrafts, watchIdle, pollCounts, watchJobs,
	showProgress, tieProblems, markAttendance, helpTables,
	helpMenus, helpPrint, loadCharts])
	start(document);
