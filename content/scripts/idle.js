/*
 * idle.js: nothing that was typed is lost when the sign-in or the network is.
 *
 *	<body data-idle="1800" data-warn="120" data-user="12">   seconds, person
 *	<template id="ending">…a form that posts to /account/stay…</template>
 *	<template id="ended">…a link to sign in, a button to go on…</template>
 *	<template id="offline">…a button to close it…</template>
 *
 * Any answer of the server counts as activity, also in another tab of this
 * browser. Before the sign-in ends, a warning asks. A form that is sent after
 * a while is held back until the server was asked whether it would take it:
 * signed out, its page stays, and goes on once the same person has signed in
 * again in another tab.
 */
const SURE = 60000; /* ms after an answer in which nothing has to be asked */

/* What somebody filled in, not a button with nothing but tokens behind it. */
const TYPED = 'textarea, select, input:not([type=hidden])';

const byId = (doc, id) => doc.getElementById(id).content;

const stay = (csrf) => fetch('/account/stay', {
	method: 'POST',
	headers: { Accept: 'application/json' },
	body: new URLSearchParams({ csrf }),
}).catch(() => null);

/* The page of the account: who is signed in now, and the token of forms. */
async function signedIn(fetched) {
	const reply = await fetched('/account').catch(() => null);

	if (!reply?.ok || new URL(reply.url).pathname !== '/account')
		return null;
	const page = new DOMParser().parseFromString(await reply.text(),
		'text/html');

	return { user: page.body.dataset.user,
		csrf: page.querySelector('input[name=csrf]').value };
}

function setTokens(doc, csrf) {
	for (const part of [doc, byId(doc, 'ending')])
		for (const field of part.querySelectorAll('input[name=csrf]'))
			field.value = csrf;
}

export function watchIdle(doc) {
	const idle = 1000 * Number(doc.body.dataset.idle);
	const warn = 1000 * (Number(doc.body.dataset.warn) || 120);
	const tabs = 'BroadcastChannel' in window
		? new BroadcastChannel('terakoya-alive') : null;
	const asking = new WeakSet(); /* forms that wait for the answer */
	let last = Date.now(), box = null, sure = false;

	if (!idle || !doc.getElementById('ending') || idle <= warn)
		return;
	const close = () => {
		box?.remove();
		box = null;
	};
	const alive = (tell) => {
		last = Date.now();
		close();
		if (tell)
			tabs?.postMessage('');
	};
	const show = (id, answer) => {
		const opener = box ? null : doc.activeElement;

		close();
		box = byId(doc, id).firstElementChild.cloneNode(true);
		let busy = false;

		box.addEventListener('submit', async (event) => {
			event.preventDefault();
			event.stopPropagation();
			if (busy)
				return;
			busy = true;
			if (await answer())
				opener?.focus?.();
			busy = false;
		});
		doc.body.append(box);
		box.querySelector('a, button').focus();
	};
	const csrf = () => doc.querySelector('input[name=csrf]')?.value ?? '';
	const fetched = window.fetch.bind(window);

	const goOn = async () => {
		const now = await signedIn(fetched);

		if (now && now.user !== doc.body.dataset.user)
			doc.location.assign('/'); /* it is not theirs */
		if (!now || now.user !== doc.body.dataset.user)
			return false;
		setTokens(doc, now.csrf);
		alive(false);
		return true;
	};
	const showEnded = () => show('ended', goOn);
	const showOffline = () => show('offline', () => {
		close();
		return true;
	});
	const ask = () => show('ending', async () => {
		const reply = await stay(csrf());

		if (reply?.status === 401 || reply?.status === 403)
			showEnded();
		return reply?.ok;
	});

	tabs?.addEventListener('message', () => {
		if (box?.querySelector('a'))
			goOn();
		else
			alive(false);
	});
	window.fetch = async (...args) => {
		const reply = await fetched(...args);

		if (reply.ok)
			alive(true);
		return reply;
	};
	doc.addEventListener('submit', async (event) => {
		const form = event.target, button = event.submitter;

		/* A second press while the first is held back is the same. */
		if (asking.has(form) && !sure) {
			event.preventDefault();
			event.stopImmediatePropagation();
			return;
		}
		if (form.method !== 'post' || form === box || sure ||
		    !form.querySelector(TYPED) ||
		    (Date.now() - last < SURE && navigator.onLine))
			return;
		event.preventDefault();
		event.stopImmediatePropagation();
		asking.add(form);
		const reply = await stay(csrf());

		asking.delete(form);
		if (reply?.ok) {
			sure = true;
			form.requestSubmit(button);
			sure = false;
		} else if (reply?.status === 401 || reply?.status === 403) {
			showEnded();
		} else {
			showOffline();
		}
	}, true);
	alive(true);
	/* A laptop that slept must be told at once, so the clock is asked. */
	setInterval(() => {
		if (!box && Date.now() - last > idle - warn)
			ask();
	}, 5000);
}
