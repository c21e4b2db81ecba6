/*
 * idle.js: says in time that the sign-in is about to end.
 *
 *	<body data-idle="1800" data-warn="120">   seconds
 *	<template id="ending">…<button data-stay>…</template>
 *
 * Any answer of the server counts as activity, also in another tab of this
 * browser. The button posts to the address in data-stay.
 */
export function watchIdle(doc) {
	const idle = 1000 * Number(doc.body.dataset.idle);
	const warn = 1000 * (Number(doc.body.dataset.warn) || 120);
	const template = doc.getElementById('ending');
	const tabs = 'BroadcastChannel' in window
		? new BroadcastChannel('terakoya-alive') : null;
	let last = Date.now(), box = null;

	if (!idle || !template || idle <= warn)
		return;
	const alive = (tell) => {
		last = Date.now();
		box?.remove();
		box = null;
		if (tell)
			tabs?.postMessage('');
	};
	const ask = () => {
		const opener = doc.activeElement;

		box = template.content.firstElementChild.cloneNode(true);
		doc.body.append(box);
		box.addEventListener('submit', async (event) => {
			event.preventDefault();
			const reply = await fetch(event.target.action, {
				method: 'POST',
				headers: { Accept: 'application/json' },
				body: new URLSearchParams(
					new FormData(event.target)),
			}).catch(() => null);

			if (reply?.ok) {
				alive(true);
				opener?.focus?.();
			}
		});
		box.querySelector('button').focus();
	};

	tabs?.addEventListener('message', () => alive(false));
	const fetched = window.fetch;

	window.fetch = async (...args) => {
		const reply = await fetched(...args);

		if (reply.ok)
			alive(true);
		return reply;
	};
	alive(true);
	/* A laptop that slept must be told at once, so the clock is asked. */
	setInterval(() => {
		if (!box && Date.now() - last > idle - warn)
			ask();
	}, 5000);
}
