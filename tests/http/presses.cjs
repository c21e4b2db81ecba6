/*
 * presses.cjs: what the tests of second presses share. A press is a function
 * of the browser that presses; its reply is compared with that of the same
 * press again.
 */
'use strict';
const { spawn } = require('node:child_process');
const { is, sql } = require('./lib.cjs');

let somebody;

/* Who presses where a test names nobody. */
const pressedBy = (browser) => {
	somebody = browser;
};

/* One press after the other. */
async function twice(press, sentence, who = somebody) {
	const first = await press(who), again = await press(who);

	is(first.status, 303, `${sentence}: the first press does it`);
	is(`${again.status} ${again.headers.location}`,
		`303 ${first.headers.location}`, 'the second ends on the same page');
}

async function atOnce(press, sentence) {
	const both = await Promise.all([press(somebody), press(somebody)]);

	is(both.map((r) => `${r.status} ${r.headers.location}`).join(),
		Array(2).fill(`303 ${both[0].headers.location}`).join(),
		`${sentence}: two presses at once end on one page`);
}

/* Both wait for the rows of this statement, so neither sees the other's. */
async function queued(statement, press, sentence) {
	const holder = spawn('mariadb', ['--no-defaults', '--batch', '--unbuffered',
		`--socket=${process.env.DB_SOCKET}`, '--user=terakoya_migrate',
		'terakoya', '-e',
		`BEGIN; ${statement} FOR UPDATE; DO SLEEP(0.7); COMMIT`]);
	const over = new Promise((done) => holder.on('close', done));

	await new Promise((go) => holder.stdout.once('data', go));
	await atOnce(press, sentence);
	await over;
}

const rows = (action, object) => sql(`SELECT COUNT(*) FROM audit
	WHERE action = '${action}' AND object = '${object}'`)[0][0];

module.exports = { atOnce, pressedBy, queued, rows, twice };
