/*
 * live.js: counts that change while people answer.
 *
 *	<p data-live="/teach/3/live"><strong data-live-text="booked">12</strong>
 *	<strong data-live-survey="7">30</strong>
 *	<span data-live-answered="7">30 名</span>
 *
 * Asks for the address as JSON every five seconds while the page is seen and
 * writes the member that data-live-text names ("a.b" reaches inside), or the
 * answered and answered_text of the survey with that id. It stops after an
 * hour: a page left open is nobody who reads.
 */
const EVERY = 5000, UNTIL = 3600000;

export function pollCounts(doc) {
	for (const box of doc.querySelectorAll('[data-live]'))
		poll(doc, box, Date.now() + UNTIL);
}

/* What the reply says for a place; undefined if it says nothing. */
function valueFor(place, model) {
	const { liveText, liveSurvey, liveAnswered } = place.dataset;
	const survey = model.surveys?.find((one) =>
		String(one.id) === (liveSurvey ?? liveAnswered));

	if (liveText)
		return liveText.split('.')
			.reduce((inside, key) => inside?.[key], model);
	return liveSurvey ? survey?.answered : survey?.answered_text;
}

function write(box, model) {
	const places = box.querySelectorAll(
		'[data-live-text], [data-live-survey], [data-live-answered]');

	for (const place of places) {
		const value = valueFor(place, model);

		if (value === undefined || value === null)
			continue;
		if (place.textContent !== String(value))
			place.textContent = value;
	}
}

function poll(doc, box, until) {
	const again = () => {
		if (Date.now() < until)
			setTimeout(() => poll(doc, box, until), EVERY);
	};

	if (doc.visibilityState === 'hidden') {
		again();
		return;
	}
	fetch(box.dataset.live, { headers: { Accept: 'application/json' } })
		.then((reply) => (reply.ok ? reply.json() : null))
		.then((model) => model && write(box, model))
		.catch(() => {})
		.finally(again);
}
