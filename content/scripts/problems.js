/*
 * problems.js: ties the summary of problems to the fields it speaks of, where
 * the page has not done so, and puts the keyboard on the summary.
 */
export function tieProblems(doc) {
	const summary = doc.getElementById('problems');

	if (!summary)
		return;
	summary.focus();
	for (const link of summary.querySelectorAll('a[href^="#"]')) {
		const field = doc.getElementById(
			decodeURIComponent(link.hash.slice(1)));

		if (field)
			tie(doc, field, link.textContent);
	}
}

function tie(doc, field, text) {
	const box = field.closest('.field, .item') ?? field.parentElement;
	const control = field.matches('input, select, textarea') ? field
		: field.querySelector('input, select, textarea');

	if (!control || box.querySelector('.error'))
		return;
	const error = doc.createElement('p');

	error.className = 'error';
	error.id = `${field.id}-error`;
	error.textContent = text;
	box.classList.add(box.matches('.item') ? 'item--error'
		: 'field--error');
	control.setAttribute('aria-invalid', 'true');
	control.setAttribute('aria-describedby', [error.id,
		control.getAttribute('aria-describedby')].join(' ').trim());
	if (field.matches('fieldset'))
		field.querySelector('legend')?.after(error);
	else
		field.before(error);
}
