/* page.js: tables that scroll, the menu, printing, and when to load charts. */

/* A box that scrolls sideways can be reached and named by the keyboard. */
export function helpTables(doc) {
	const boxes = doc.querySelectorAll('.table-box, .board');
	const watch = new ResizeObserver((entries) => {
		for (const { target } of entries)
			mark(target);
	});

	for (const box of boxes)
		watch.observe(box);
}

/* What a caption says, without a "what is this?" in it. */
function captionOf(box) {
	const parts = box.querySelector('caption')?.childNodes ?? [];

	return [...parts].filter((part) => part.nodeName !== 'DETAILS')
		.map((part) => part.textContent).join('').trim();
}

function mark(box) {
	const name = captionOf(box) ||
		box.getAttribute('aria-label') ||
		box.closest('section, figure')?.querySelector('h2, h3, figcaption')
			?.textContent.trim();

	if (box.scrollWidth <= box.clientWidth + 1) {
		box.removeAttribute('tabindex');
		return;
	}
	box.tabIndex = 0;
	if (name) {
		box.setAttribute('role', 'region');
		box.setAttribute('aria-label', name);
	}
}

/* The menu of the person closes by Escape and by a press elsewhere. */
export function helpMenus(doc) {
	const close = (except) => {
		for (const menu of doc.querySelectorAll('.menu[open]'))
			if (!menu.contains(except))
				menu.open = false;
	};

	doc.addEventListener('click', (event) => close(event.target));
	doc.addEventListener('keydown', (event) => {
		const menu = doc.querySelector('.menu[open]');

		if (event.key !== 'Escape' || !menu)
			return;
		menu.open = false;
		menu.querySelector('summary').focus();
	});
}

/* <button type="button" data-print hidden>: there only if it can work. */
export function helpPrint(doc) {
	for (const button of doc.querySelectorAll('[data-print]')) {
		button.hidden = false;
		button.addEventListener('click', () => print());
	}
}

/* ECharts is large: only a page that shows a chart loads it. */
export function loadCharts(doc) {
	const address = doc.documentElement.dataset.charts;

	if (!address || !doc.querySelector('figure[data-chart]'))
		return;
	const script = doc.createElement('script');

	script.src = address;
	doc.head.append(script);
}
