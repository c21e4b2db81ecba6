/*
 * attendance.js: marking people without losing one's place in the list.
 *
 *	<ul data-attendance> <li id="b12"> <form method="post">…
 *	<p data-attendance-count>
 *
 * The form is sent as it would be; of the page that comes back only the
 * person's row and the count are put in. If anything is odd the browser sends
 * the form itself.
 */
export function markAttendance(doc) {
	for (const list of doc.querySelectorAll('[data-attendance]'))
		list.addEventListener('submit', (event) => {
			const row = event.target.closest('li[id]');

			if (!row || row.dataset.plain || event.defaultPrevented)
				return;
			event.preventDefault();
			mark(doc, row, event.target, event.submitter);
		});
}

async function mark(doc, row, form, button) {
	const fields = new FormData(form);

	if (button?.name)
		fields.append(button.name, button.value);
	button?.setAttribute('aria-busy', 'true');
	try {
		const reply = await fetch(form.action, { method: 'POST',
			body: new URLSearchParams(fields) });
		const page = new DOMParser().parseFromString(
			await reply.text(), 'text/html');
		const fresh = page.getElementById(row.id);
		const count = page.querySelector('[data-attendance-count]');

		if (!reply.ok || !fresh)
			throw new Error(reply.status);
		row.replaceWith(fresh);
		doc.querySelector('[data-attendance-count]')
			?.replaceWith(count);
		fresh.querySelector(`button[value="${button?.value}"]`)
			?.focus();
	} catch {
		row.dataset.plain = '1';
		form.requestSubmit(button);
	}
}
