#!/usr/bin/env node
/*
 * A button pressed twice, and two people who press at the same time: who gets
 * what was wanted sees no error, and who does not learns what to do.
 */
'use strict';
const { Browser, PASSWORD, formOf, has, is, now, ok, person, signedIn, sql,
	test, until } = require('./lib.cjs');
const { atOnce, pressedBy, queued, rows, twice } = require('./presses.cjs');
const { courses, dayIn, fieldsOf, makeSession } = require('./sessions.cjs');

let planner, other;

/* A finding nobody has touched yet. */
const finding = () => sql(`SELECT f.id FROM finding f WHERE f.state = 'new'
	AND f.id NOT IN (SELECT finding_id FROM proposal_finding)
	ORDER BY f.strength LIMIT 1`)[0][0];

async function dismissing() {
	const job = await planner.post('/findings/compute');

	await until(async () => (await planner.json(job.headers.location)).data
		.is_done);
	const id = finding();
	const press = (who, reason = '対応済みのため') =>
		who.post(`/findings/${id}/dismiss`, { reason });

	await twice(press, 'dismissing a finding');
	is(rows('finding.dismiss', `finding:${id}`), '1', 'one note of it');
	is(sql(`SELECT dismissed_by FROM finding WHERE id = ${id}`)[0][0], planner.id,
		'it is kept who did it');
	has((await other.get(`/findings?id=${id}`)).text,
		/試験 花子が\d{4}年\d+月\d+日.*に見送りました/, 'and when');
	is((await press(other)).status, 409, 'somebody else did not, in the same words');
	const late = await press(other, '予算がないため');

	is(late.status, 409, 'another reason of another person is a conflict');
	has(late.text, '予算がないため', 'what was typed is still there');
	has(late.text, '所見を元に戻してから', 'and what to do is said');
	is(sql(`SELECT reason FROM finding WHERE id = ${id}`)[0][0],
		'対応済みのため', 'the first decision stands');
	const back = (who) => who.post(`/findings/${id}/restore`);

	await twice(back, 'taking it back');
	is(rows('finding.restore', `finding:${id}`), '1', 'one note of that, too');
	is(sql(`SELECT COUNT(*) FROM finding WHERE id = ${id}
		AND COALESCE(dismissed_by, dismissed_at) IS NULL`)[0][0], '1',
	'and nobody has dismissed it');
	await atOnce(press, 'dismissing a finding');
	await back(planner);
	await queued(`SELECT id FROM finding WHERE id = ${id}`,
		(who) => who.post('/proposals/from-finding', { finding: id }),
		'making a proposal of it');
	is(sql(`SELECT COUNT(*) FROM proposal_finding WHERE finding_id = ${id}`)[0][0],
		'1', 'which is one');
	const used = await press(other);

	is(used.status, 409, 'one that a proposal rests on is not dismissed');
	has(used.text, '改善提案で使われている', 'and that is said');
	has(used.text, 'href="/proposals/', 'with the way to the proposal');
	is((await back(planner)).status, 409, 'nor is it taken back');
	is((await planner.post('/findings/99999999/dismiss', { reason: 'x' }))
		.status, 404, 'a wrong number is a page that is not there');
}

async function proposing() {
	const made = await planner.post('/proposals', { title: '二度押しの試験' });
	const path = made.headers.location;
	const id = path.match(/\d+/)[0];
	const go = (to, revision, reason = '') => (who) =>
		who.post(`${path}/state`, { to, revision, reason });

	const save = (evidence, revision = 1) => (who) => who.post(path,
		{ title: '二度押しの試験', evidence, cost: 9, revision });

	await twice(save('同じ内容'), 'saving a proposal');
	is((await save('別の内容')(planner)).status, 409, 'other words are another');
	await atOnce(save('同じ内容', 2), 'saving it again');
	sql(`UPDATE proposal SET revision = 1 WHERE id = ${id}`);
	await twice(go('review', 1), 'moving a proposal on');
	is(sql(`SELECT COUNT(*) FROM proposal_event WHERE proposal_id = ${id}
		AND to_state = 'review'`)[0][0], '1', 'which is one step');
	is(rows('proposal.state', `proposal:${id}`), '1', 'and one note of it');
	await atOnce(go('accepted', 2, '効果が大きいため'), 'accepting it');
	const late = await go('rejected', 2, '予算がないため')(other);

	is(late.status, 409, 'a decision on what was seen before is a conflict');
	has(late.text, 'value="予算がないため"', 'the reason is still in its field');
	has(late.text, '開いている間に', 'and a sentence says what happened');
	has(late.text, 'name="revision" value="3"', 'pressing again is knowing');
	const same = await go('accepted', 2, '効果が大きいため')(other);

	is(same.status, 409, 'another person did not decide it');
	is(sql(`SELECT state FROM proposal WHERE id = ${id}`)[0][0], 'accepted',
		'the first decision stands');
}

async function planning() {
	const made = await planner.post('/plans', { first_year: 2024,
		name: `二度押しの計画 ${planner.number}` });
	const path = made.headers.location;
	const id = path.match(/\d+/)[0];
	const line = { title: '試験', fiscal_year: 2024, people: 10, seats: 10,
		minutes: 60, cost_per_run: 1, rate: 80, course: '', tier: '',
		target: '', note: '' };

	await planner.post(`${path}/lines`, line);
	const [[lineId]] = sql(`SELECT id FROM plan_line WHERE plan_id = ${id}`);

	await atOnce((who) => who.post(`${path}/lines/${lineId}/delete`),
		'taking out a line');
	await planner.post(`${path}/lines`, { ...line, note: 'another' });
	const [[kept]] = sql(`SELECT id FROM plan_line WHERE plan_id = ${id}`);

	const at = `${path}/lines/${kept}`;
	const seen = async () => (await other.get(at)).text
		.match(/name="seen" value="([^"]+)"/)[1];
	const before = await seen();
	const save = (people) => (who) => who.post(at, { ...line, people,
		seen: before });

	await twice(save(30), 'changing a line');
	const stale = await save(40)(other);

	is(stale.status, 409, 'who read it before that is told');
	has(stale.text, /name="people"[^>]*value="40"/, 'with what was typed');
	is((await other.post(at, { ...line, people: 40, seats: '', seen: before }))
		.status, 422, 'a slip in between');
	is(sql(`SELECT people FROM plan_line WHERE id = ${kept}`)[0][0], '30',
		'nothing is overwritten');
	is((await other.post(at, { ...line, people: 40, seen: await seen() })).status,
		303, 'and who has read it now saves it');
	await twice((who) => who.post(`${path}/decide`), 'deciding a plan');
	is(rows('plan.decide', `plan:${id}`), '1', 'one note of it');
	const late = await other.post(`${path}/decide`);

	is(late.status, 409, 'who decides it after somebody else is told');
	has(late.text, 'ほかの人がすでに決定', 'so');
	for (const [what, to, fields] of [
		['added', `${path}/lines`, { ...line, title: '遅れた計画行' }],
		['changed', `${path}/lines/${kept}`, { ...line, title: '遅れた計画行' }]]) {
		const reply = await other.post(to, fields);

		is(reply.status, 409, `no line is ${what} any more`);
		has(reply.text, '遅れた計画行', 'what was typed is still there');
		has(reply.text, '次の版を作り', 'and what to do is said');
	}
	is((await other.post(`${path}/rate`, { show_rate: 70 })).status, 409,
		'the rate is not changed either');
	await queued(`SELECT id FROM plan WHERE id = ${id}`,
		(who) => who.post(`${path}/version`), 'the next version');
	is(sql(`SELECT COUNT(*) FROM plan WHERE name LIKE '%${planner.number}'`)
		[0][0], '2', 'and there is one');
}

const over = (id) => sql(`UPDATE session s JOIN meeting m ON m.session_id = s.id
	SET s.starts_at = '2024-11-01', s.ends_at = '2024-11-01 03:00',
	m.starts_at = '2024-11-01', m.ends_at = '2024-11-01 03:00'
	WHERE s.id = ${id}`);

async function holding() {
	const id = await makeSession(planner, { course: courses()[0], seats: 5 });
	const press = (who) => who.post(`/teach/${id}/held`);
	const early = await press(planner);

	is(early.status, 409, 'a session that is not over is not held');
	has(early.text, '最後のコマが終わってから', 'and a sentence says when');
	await atOnce((who) => who.post(`/sessions/${id}/open`), 'opening it again');
	over(id);
	await twice(press, 'marking a session as held');
	is((await planner.post(`/sessions/${id}/call-off`, { reason: '台風' }))
		.headers.location, `/sessions/${id}`,
	'to call it off is too late, and leads to it');
	const off = await makeSession(planner, { course: courses()[1], seats: 5 });

	await twice((who) => who.post(`/sessions/${off}/call-off`,
		{ reason: '台風' }), 'calling a session off');
	is(rows('session.call_off', `session:${off}`), '1', 'one note of it');
	const reply = await other.post(`/teach/${off}/held`);

	is(reply.status, 409, 'one that was called off is not held');
	has(reply.text, 'その間に中止', 'and that is said');
}

async function editing() {
	const id = await makeSession(planner, { course: courses()[3], seats: 5 });
	const edit = `/sessions/${id}/edit`;
	const read = async (who) => (await who.get(edit)).text
		.match(/name="revision" value="(\d+)"/)[1];
	const [mine, theirs] = [await read(planner), await read(other)];
	const save = (who, revision, seats) => who.post(edit,
		{ ...fieldsOf({ seats }), revision });

	await twice((who) => save(who, mine, 6), 'changing a session');
	const late = await save(other, theirs, 7);

	is(late.status, 409, 'who read it before somebody else changed it is told');
	has(late.text, 'ほかの人がこの回を変更', 'so');
	has(late.text, /name="seats"[^>]*value="7"/, 'what was typed is still there');
	const seats = () => sql(`SELECT seats FROM session WHERE id = ${id}`)[0][0];

	is(seats(), '6', 'and nothing is overwritten');
	const again = late.text.match(/name="revision" value="(\d+)"/)[1];

	is((await save(other, again, 7)).status, 303, 'saving again is knowing');
	is(seats(), '7', 'and counts');
	await Promise.all([save(planner, await read(planner), 8),
		save(other, await read(other), 9)]);
	ok(['8', '9'].includes(seats()), 'of two at once one comes first');
	const old = await read(planner);

	await save(other, await read(other), 10);
	await save(planner, await read(planner), 11);
	is((await save(planner, old, 12)).status, 409,
		'a tab older than a change of somebody else is told of it');
	is(seats(), '11', 'though the last change was one\'s own');
	is((await save(planner, await read(planner), 13)).status, 303,
		'and a new one is not');
}

/* What makes something makes it once, with scripts off, too. */
async function making() {
	const name = `一度だけ ${planner.number}`;
	const made = (table, column = 'title') => sql(`SELECT COUNT(*) FROM ${table}
		WHERE ${column} = '${name}'`)[0][0];
	const form = async (path, fields) => {
		await planner.get('/account');
		return (who) => who.post(path, { csrf: planner.csrf, ...fields });
	};

	await twice(await form('/proposals', { title: name }), 'writing a proposal');
	is(made('proposal'), '1', 'which is one');
	await atOnce(await form('/proposals', { title: name }), 'writing one more');
	is(made('proposal'), '2', 'from another page it is another');
	await planner.get('/account');
	const one = planner.csrf;

	await planner.get('/account');
	for (const token of [one, one, planner.csrf])
		await planner.send('POST', '/proposals', { body: formOf({ title: name }),
			headers: { 'X-CSRF-Token': token,
				'Content-Type': 'application/x-www-form-urlencoded',
				'Content-Length': formOf({ title: name }).length } });
	is(made('proposal'), '4', 'also where the token is in the head');
	const press = await form('/plans', { name, first_year: 2024 });

	await twice(press, 'starting a plan');
	is(made('plan', 'name'), '1', 'which is one');
	const path = (await press(planner)).headers.location;
	const line = { title: name, fiscal_year: 2024, people: 10, seats: 10,
		minutes: 60, cost_per_run: 1, rate: 80, course: '', tier: '',
		target: '', note: '' };

	await atOnce(await form(`${path}/lines`, line), 'adding a line');
	is(made('plan_line'), '1', 'which is one');
	const token = { csrf: planner.csrf };

	await planner.post(`${path}/lines`, { ...line, ...token, people: 20 });
	is(made('plan_line'), '2', 'other figures in the same form are another');
	const count = () => Number(sql('SELECT COUNT(*) FROM session')[0][0]);
	const before = count();

	await atOnce(await form('/sessions/new', fieldsOf({})), 'making a session');
	is(count() - before, 1, 'which is one');
	await twice(await form('/calendar/holds', { date: '2031-04-01', from: '08:00',
		to: '09:00', room: 1, note: planner.number }), 'holding a room');
	is((await other.post('/calendar/holds', { date: '2031-04-01', from: '08:00',
		to: '09:00', room: 1, note: '' })).status, 422,
	'which another planner cannot hold as well');
	const [[hold]] = sql(`SELECT id FROM room_hold
		WHERE note = '${planner.number}'`);
	const back = (who) => who.post(`/calendar/holds/${hold}/release`);

	await twice(back, 'giving the room back');
	is((await back(other)).status, 303, 'so for a colleague');
	is((await planner.post('/calendar/holds/99999999/release')).status, 404,
		'a wrong number is a page that is not there');
	sql(`DELETE FROM room_hold WHERE note = '${planner.number}'`);
	sql(`UPDATE form_once SET at = '2020-01-01'`);
	await planner.post('/proposals', { title: name });
	is(sql(`SELECT COUNT(*) FROM form_once WHERE at < '2021-01-01'`)[0][0], '0',
		'what is old is forgotten');
}

/* Who has an older page open puts nothing back that others have set. */
async function setting() {
	const [one, two] = [await signedIn(['admin']), await signedIn(['admin'])];
	const value = (name) => sql(`SELECT value FROM setting
		WHERE name = '${name}'`)[0][0];
	const [first, second] = ['privacy.k_opinion', 'privacy.k_score'];
	const before = [value(first), value(second)];
	const open = async (who) => {
		const form = (await who.get('/admin/settings')).text.split('<form')
			.find((part) => part.includes(`name="${first}"`));

		return Object.fromEntries([...form.matchAll(
			/name="([\w.]+)"[^>]*? value="([^"]*)"/g)].map((m) => m.slice(1)));
	};
	const save = (who, fields) => who.post('/admin/settings', fields);
	const [mine, theirs] = [await open(one), await open(two)];

	ok(second in mine, 'two settings stand in one form');
	await save(one, { ...mine, [first]: '17' });
	is((await save(two, { ...theirs, [second]: '18' })).status, 303,
		'another setting of the same form is saved');
	is([value(first), value(second)].join(), '17,18', 'and both count');
	const late = await save(two, { ...theirs, [first]: '19' });

	is(late.status, 409, 'the same setting is a conflict');
	has(late.text, 'ほかの人が「17」に変更', 'which says what it is now');
	has(late.text, new RegExp(`name="${first}"[^>]*value="19"`),
		'what was typed is still there');
	is(value(first), '17', 'and is not saved');
	const again = late.text.split('<form').find((part) =>
		part.includes(`name="${first}"`)).match(/was\.privacy\.k_opinion" value="17"/);

	ok(again, 'saving again is knowing');
	await twice((who) => save(who, { ...mine, [`was.${first}`]: '17',
		[first]: '20', csrf: who.csrf }), 'saving a setting', one);
	for (const [i, name] of [first, second].entries())
		sql(`UPDATE setting SET value = '${before[i]}', is_default = 1
			WHERE name = '${name}'`);
}

/* The second press of it names a password that is not the one any more. */
async function passwords() {
	for (const mustSet of [0, 1]) {
		const { number } = person({ mustSet });
		const who = new Browser();
		const to = mustSet ? '/' : '/account';
		const fresh = 'katsuo no tataki 9';

		await who.signIn(number);
		await who.get('/account/password');
		const form = { csrf: who.csrf, now: mustSet ? '' : PASSWORD, new: fresh,
			again: fresh };

		await twice(() => who.post('/account/password', form),
			`a new password, ${mustSet ? 'the first' : 'by wish'}`);
		await who.get('/account/password');
		const wrong = await who.post('/account/password', { ...form,
			csrf: who.csrf });

		is(wrong.status, 422, 'from another page it is another try');
		is((await who.get(to)).status, 200, 'and the person is signed in');
		is(sql(`SELECT COUNT(*) FROM audit a JOIN person p ON p.id = a.person_id
			WHERE p.staff_number = '${number}'
			AND a.action = 'account.password'`)[0][0], '1', 'one note of it');
	}
}

async function renaming() {
	const code = `H${process.pid}R`;
	const [[id]] = sql(`INSERT INTO unit (code, kind, name, valid_from)
		VALUES ('${code}', 'section', '二度押し課', '2020-04-01');
		SELECT LAST_INSERT_ID()`);
	const day = new Date(now() + 9 * 3600e3).toISOString().slice(0, 10);
	const press = (who, name = '一度押し課', from = day) =>
		who.post(`/units/${id}/name`, { name, name_en: '', from });

	await twice(press, 'renaming a unit');
	is(rows('unit.rename', `unit:${id}`), '1', 'one note of it');
	await queued(`SELECT id FROM unit WHERE id = ${id}`,
		(who) => press(who, '二度目の課', dayIn(2)), 'renaming it again');
	is(rows('unit.rename', `unit:${id}`), '2', 'which is one more');
	is((await other.post(`/units/${id}/name`, { name: '別の課', name_en: '',
		from: day })).status, 422, 'another name of that day is refused');
}

test(async () => {
	planner = await signedIn(['planner', 'trainer']);
	other = await signedIn(['planner', 'trainer']);
	pressedBy(planner);
	await dismissing();
	await proposing();
	await planning();
	await holding();
	await editing();
	await making();
	await passwords();
	await renaming();
	await setting();
});
