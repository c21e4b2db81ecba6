/*
 * attendance.js: marking people without losing one's place in the list.
 *
 *	<ul data-attendance> <li id="b12"> <form method="post">…
 *	<p data-attendance-count>
 *
 * The form is sent as it would be; of the page that comes back only the
 * person's row and the count are put in. If anything is odd the browser sends
 * the form itself. Taps are sent one after the other, in their order: the last
 * one counts, here as on the server.
 */
export function markAttendance(doc) {
	for (const list of doc.querySelectorAll('[data-attendance]')) {
		let before = Promise.resolve(), waiting = 0, odd = null;

		list.addEventListener('submit', (event) => {
			const row = event.target.closest('li[id]');
			const { submitter } = event;

			if (!row || row.dataset.plain || event.defaultPrevented)
				return;
			event.preventDefault();
			/* The same button again says nothing new. */
			if (submitter?.getAttribute('aria-busy'))
				return;
			submitter?.setAttribute('aria-busy', 'true');
			const sent = fieldsOf(event.target, submitter);

			waiting++;
			before = before.then(() => mark(doc, row.id, sent))
				.catch(() => {
					odd ??= [row.id, event.target, submitter];
				}).then(() => {
					/* Nobody's mark is cut off by it. */
					if (--waiting === 0 && odd)
						plainly(doc, ...odd);
				});
		});
	}
}

function fieldsOf(form, button) {
	const fields = new FormData(form);

	if (button?.name)
		fields.append(button.name, button.value);
	return { to: form.action, body: new URLSearchParams(fields),
		button: button?.value };
}

async function mark(doc, id, sent) {
	const reply = await fetch(sent.to, { method: 'POST', body: sent.body });
	const page = new DOMParser().parseFromString(await reply.text(),
		'text/html');
	const fresh = page.getElementById(id), row = doc.getElementById(id);
	const count = page.querySelector('[data-attendance-count]');

	if (!reply.ok || !fresh)
		throw new Error(reply.status);
	const here = row.contains(doc.activeElement);

	row.replaceWith(fresh);
	doc.querySelector('[data-attendance-count]')?.replaceWith(count);
	if (here)
		(fresh.querySelector(`:scope > * > form button[value="${
			sent.button}"]`) ?? fresh.querySelector('summary'))
			?.focus();
}

/* The form as the browser sends it: its page says what is wrong. */
function plainly(doc, id, form, button) {
	if (!form.isConnected) {
		doc.location.reload(); /* its row was put in anew meanwhile */
		return;
	}
	doc.getElementById(id).dataset.plain = '1';
	form.requestSubmit(button);
}
