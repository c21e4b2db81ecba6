/*
 * forms.js: Enter that confirms kanji does not submit; a form that is on its
 * way is not sent again.
 */
export function guardForms(doc) {
	let composed = 0; /* when a composition last ended */

	doc.addEventListener('compositionend', (event) => {
		composed = event.timeStamp;
	}, true);
	doc.addEventListener('keydown', (event) => {
		const confirms = event.isComposing || event.keyCode === 229 ||
			event.timeStamp - composed < 20;

		if (event.key === 'Enter' && confirms &&
		    event.target.matches('input'))
			event.preventDefault();
	}, true);

	doc.addEventListener('submit', (event) => {
		const form = event.target;

		if (event.defaultPrevented || form.method !== 'post')
			return;
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		form.dataset.sent = '1';
		event.submitter?.setAttribute('aria-busy', 'true');
		/* A download or a lost connection leaves the page standing. */
		setTimeout(() => release(form), 8000);
	});
	/* Back from the next page, kept alive by the browser. */
	addEventListener('pageshow', () => {
		for (const form of doc.querySelectorAll('form[data-sent]'))
			release(form);
	});
}

function release(form) {
	delete form.dataset.sent;
	for (const button of form.querySelectorAll('[aria-busy]'))
		button.removeAttribute('aria-busy');
}
