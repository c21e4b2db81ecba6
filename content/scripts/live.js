/*
 * live.js: counts that change while people answer.
 *
 *	<p data-live="/sessions/3/count"><strong data-key="answered">12</strong>
 *
 * Asks for the address as JSON every five seconds while the page is seen and
 * writes each member named by a data-key ("a.b" reaches inside). Asking is no
 * sign of life, so it stops after an hour.
 */
const EVERY = 5000, UNTIL = 3600000;

export function pollCounts(doc) {
	for (const box of doc.querySelectorAll('[data-live]'))
		poll(doc, box, Date.now() + UNTIL);
}

function write(box, model) {
	for (const place of box.querySelectorAll('[data-key]')) {
		const value = place.dataset.key.split('.')
			.reduce((inside, key) => inside?.[key], model);

		if (value === undefined || value === null)
			continue;
		if (place instanceof HTMLProgressElement)
			place.value = value;
		else if (place.textContent !== String(value))
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
