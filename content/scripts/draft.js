/*
 * draft.js: what is half filled in is kept on the server.
 *
 *	<form data-draft="/surveys/x/draft">   where to POST the fields
 *	  <p class="saved" data-saved="{time} に保存しました"
 *	     data-unsaved="まだ保存できていません" aria-live="polite">
 *
 * All fields go as they stand, two seconds after the last change and when the
 * page is left. Any 2xx means kept. After a failure the next try is later.
 */
export function keepDrafts(doc) {
	for (const form of doc.querySelectorAll('form[data-draft]'))
		keepDraft(doc, form);
}

function keepDraft(doc, form) {
	const says = form.querySelector('[data-saved]');
	let timer = 0, changed = false, wait = 2000;

	const say = (text) => {
		if (says && text)
			says.textContent = text.replace('{time}',
				new Date().toLocaleTimeString('ja-JP', {
					hour: '2-digit', minute: '2-digit',
					timeZone: 'Asia/Tokyo',
				}));
	};
	const save = async (leaving) => {
		clearTimeout(timer);
		if (!changed || form.dataset.sent)
			return;
		changed = false;
		try {
			const reply = await fetch(form.dataset.draft, {
				method: 'POST', keepalive: leaving,
				headers: { Accept: 'application/json' },
				body: new URLSearchParams(new FormData(form)),
			});

			if (!reply.ok)
				throw new Error(reply.status);
			wait = 2000;
			/* The server knows what time it was there. */
			const kept = await reply.json().catch(() => null);

			say(kept?.saved_text ?? says?.dataset.saved);
		} catch {
			changed = true;
			wait = Math.min(wait * 2, 60000);
			timer = setTimeout(save, wait);
			say(says?.dataset.unsaved);
		}
	};
	const note = () => {
		changed = true;
		clearTimeout(timer);
		timer = setTimeout(save, wait);
	};

	form.addEventListener('input', note);
	form.addEventListener('change', note);
	doc.addEventListener('visibilitychange', () => {
		if (doc.visibilityState === 'hidden')
			save(true);
	});
}
