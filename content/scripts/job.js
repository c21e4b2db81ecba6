/*
 * job.js: a page that waits for work of the jobs process.
 *
 *	<section data-job="/sessions/3/analysis?only=state"
 *		data-job-running="計算しています">
 *	<progress max="100"></progress> <span data-job-percent>0</span>%
 *	<p data-job-text>順番を待っています</p>
 *	<p data-job-link><a href="…">もう一度見る</a></p>
 *
 * Asks for the address as JSON every two seconds (five after a minute) while
 * the page is seen, writes its progress, and loads the page again when its
 * state is neither waiting nor running. It stops after an hour.
 */
const OFTEN = 2000, SELDOM = 5000, MINUTE = 60000, UNTIL = 3600000;

export function watchJobs(doc) {
	const box = doc.querySelector('[data-job]');

	if (!box)
		return;
	box.querySelector('[data-job-link]')?.setAttribute('hidden', '');
	wait(doc, box, Date.now());
}

function write(box, { state, progress }) {
	box.querySelector('progress').value = progress;
	box.querySelector('[data-job-percent]').textContent = progress;
	if (state === 'running')
		box.querySelector('[data-job-text]').textContent =
			box.dataset.jobRunning;
}

/* False when the page has to be loaded again. */
function goesOn(box, model) {
	if (model?.state === 'waiting' || model?.state === 'running')
		write(box, model);
	else if (model?.state)
		return false;
	return true;
}

async function ask(doc, box) {
	if (doc.visibilityState === 'hidden')
		return true;
	try {
		const reply = await fetch(box.dataset.job,
			{ headers: { Accept: 'application/json' } });

		return goesOn(box, reply.ok ? await reply.json() : null);
	} catch {
		return true; // the network was away for a moment
	}
}

function wait(doc, box, since) {
	const age = Date.now() - since;

	if (age > UNTIL)
		return;
	setTimeout(async () => {
		if (await ask(doc, box))
			wait(doc, box, since);
		else
			doc.location.reload();
	}, age < MINUTE ? OFTEN : SELDOM);
}
