/*
 * progress.js: how much of a survey is answered, while it is filled in.
 *
 *	<form data-progress>  … .item …
 *	<progress data-progress-bar max="12" value="0">
 *	<span data-progress-text="{all} 問中 {n} 問に回答">
 */
export function showProgress(doc) {
	for (const form of doc.querySelectorAll('form[data-progress]')) {
		form.addEventListener('input', () => show(doc, form));
		form.addEventListener('change', () => show(doc, form));
		show(doc, form);
	}
}

function isAnswered(item) {
	return [...item.querySelectorAll('input, select, textarea')]
		.some((field) => (field.type === 'radio' ||
				  field.type === 'checkbox'
			? field.checked
			: field.type !== 'hidden' && field.value.trim() !== ''));
}

function show(doc, form) {
	const items = [...form.querySelectorAll('.item')];
	const n = items.filter(isAnswered).length;

	for (const bar of doc.querySelectorAll('[data-progress-bar]')) {
		bar.max = items.length;
		bar.value = n;
	}
	for (const text of doc.querySelectorAll('[data-progress-text]'))
		text.textContent = text.dataset.progressText
			.replace('{n}', n).replace('{all}', items.length);
}
