#!/usr/bin/env node
/*
 * An administrator loads people from a file: dry run, report, application.
 */
'use strict';
const { has, is, ok, signedIn, sql, test, Browser } = require('./lib.cjs');
const { randomInt } = require('node:crypto');

const mark = `H${randomInt(1e6)}`;
const head = '職員番号,氏,名,氏カナ,名カナ,メール,所属コード,所属名,階層,' +
	'職名,兼務,所属長,発令日\r\n';
const row = (n, family, more) => `00${mark}${n},${family},花子,タカサキ,` +
	`ハナコ,,${mark},試験取込課,T4,${more}\r\n`;

const upload = (browser, bytes) => browser.upload('/admin/import',
	{ as_of: '2024-04-01' }, { field: 'file', name: 'people.csv',
		type: 'text/csv', bytes });

const known = () => Number(sql(`SELECT COUNT(*) FROM person
	WHERE staff_number LIKE '00${mark}%'`)[0][0]);

async function badFileChangesNothing(admin) {
	const sent = await upload(admin, head + row('1', '髙﨑', '主事,,,') +
		`00${mark}2,山田,太郎,yamada,タロウ,,${mark},,T4,,,,\r\n` +
		`00${mark}3,山田,太郎,ヤマダ,タロウ,,${mark},,T9,,,,\r\n`);

	is(sent.status, 303, 'a file is kept and its report shown');
	const report = await admin.get(sent.headers.location);

	is(report.status, 200, 'the report is there');
	has(report.text, '氏カナ', 'it names the column');
	has(report.text, 'yamada', 'it names the value');
	has(report.text, '>T9<', 'every wrong value is listed');
	ok(!report.text.includes('/apply"'), 'it cannot be applied');
	is(known(), 0, 'nothing was written');
}

async function goodFileIsApplied(admin) {
	const sent = await upload(admin, head + row('1', '髙﨑', '課長,,○,') +
		row('2', '髙﨑', '主事,,,'));
	const report = await admin.get(sent.headers.location);
	const form = report.text.match(/action="([^"]*\/apply)"/);

	has(report.text, '新しく加わる', 'a dry run says what would change');
	is(known(), 0, 'a dry run writes nothing');
	const done = await admin.post(form[1], { csrf: admin.csrf,
		as_of: '2024-04-01' });

	is(done.status, 303, 'it is applied');
	is(known(), 2, 'two people of one name are two people');
	is(sql(`SELECT family FROM person WHERE staff_number = '00${mark}1'`)
		[0][0], '髙﨑', '髙﨑 and leading zeros are kept');
	is(sql(`SELECT COUNT(*) FROM audit WHERE action = 'import.people' AND
		person_id = ${admin.id}`)[0][0], '1', 'the audit log tells of it');
	is(sql(`SELECT CONCAT(name, LENGTH(bytes)) FROM upload WHERE
		created_by = ${admin.id} AND id = ${form[1].match(/\d+/)[0]}`)[0][0],
	'0', 'the file is gone');
	const again = await admin.post(form[1], { csrf: admin.csrf,
		as_of: '2024-04-01' });

	is(again.headers.location, done.headers.location,
		'a second press ends where the first did');
	has((await admin.get(sent.headers.location)).text, '反映済み',
		'and its page says that it was applied');
	is((await admin.post(form[1].replace('apply', 'drop'),
		{ csrf: admin.csrf })).headers.location,
	form[1].replace('/apply', ''), 'to give it up is too late, and leads there');
	is(sql(`SELECT COUNT(*) FROM audit WHERE action = 'import.people' AND
		person_id = ${admin.id}`)[0][0], '1', 'it cannot be applied twice');
}

/* Two taps at the same moment are one import. */
async function appliedAtOnce(admin) {
	const sent = await upload(admin, head + row('7', '髙﨑', '主事,,,'));
	const form = sent.headers.location.replace(/\?.*/, '/apply');
	const both = await Promise.all([1, 2].map(() => admin.post(form,
		{ csrf: admin.csrf, as_of: '2024-04-01' })));

	is(both.map((r) => r.status + r.headers.location).join(), '303/people,303/people',
		'two presses at once end on the same page');
	is(sql(`SELECT COUNT(*) FROM posting p JOIN person w ON w.id = p.person_id
		WHERE w.staff_number = '00${mark}7'`)[0][0], '1', 'and are one');
	sql(`DELETE p FROM posting p JOIN person w ON w.id = p.person_id
		WHERE w.staff_number = '00${mark}7';
		DELETE r FROM person_role r JOIN person w ON w.id = r.person_id
		WHERE w.staff_number = '00${mark}7';
		DELETE FROM person WHERE staff_number = '00${mark}7'`);
}

async function othersFilesAreNotThere(admin) {
	const other = await signedIn(['admin']);
	const sent = await upload(other, head + row('8', '髙﨑', '主事,,,'));
	const theirs = sent.headers.location.replace(/\?.*/, '');

	for (const at of [theirs, '/admin/import/99999999']) {
		const whose = at === theirs ? "another person's file" : 'a wrong number';

		is((await admin.get(`${at}?as_of=2024-04-01`)).status, 404,
			`${whose} is a page that is not there`);
		for (const what of ['apply', 'drop'])
			is((await admin.post(`${at}/${what}`, { csrf: admin.csrf,
				as_of: '2024-04-01' })).status, 404,
			`${whose}: nothing to ${what}`);
	}
	is((await other.get(sent.headers.location)).status, 200,
		'and nothing was done to it');
}

async function cp932IsRead(admin) {
	/* 髙﨑 in CP932; the rest of the row is ASCII or written the same way. */
	const { execFileSync } = require('node:child_process');
	const bytes = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'CP932'], {
		input: head + row('1', '髙﨑', '課長,,○,') +
			row('3', '濵田', '主事,,,') });
	const sent = await upload(admin, bytes);
	const report = await admin.json(sent.headers.location);

	is(report.data.encoding, 'CP932', 'CP932 is recognised');
	ok(report.data.is_good && report.data.lines.length === 1 &&
		report.data.lines[0].name.startsWith('濵田'),
	'only the new person is listed');
	const form = `/admin/import/${report.data.id}/drop`;

	is((await admin.post(form, { csrf: admin.csrf })).status, 303,
		'the file can be thrown away');
	is((await admin.post(form, { csrf: admin.csrf })).headers.location,
		'/admin/import', 'and a second press does no harm');
	has((await admin.get(`/admin/import/${report.data.id}?as_of=2024-04-01`))
		.text, '取りやめました', 'its page says that it was given up');
	is((await admin.post(form.replace('drop', 'apply'), { csrf: admin.csrf,
		as_of: '2024-04-01' })).headers.location,
	form.replace('/drop', ''), 'to apply it is too late, and leads there');
	is(known(), 2, 'and nothing happened');
}

async function firstSignIn(admin) {
	const id = sql(`SELECT id FROM person WHERE staff_number =
		'00${mark}2'`)[0][0];
	const page = await admin.get(`/people/${id}`);

	has(page.text, '試験取込課', 'the new person has a page');
	const shown = await admin.post(`/people/${id}/password`,
		{ csrf: admin.csrf });
	const password = shown.text.match(/<strong>([\w-]{14})<\/strong>/);

	ok(password, 'a first password is shown once');
	const fresh = new Browser();
	const reply = await fresh.signIn(`00${mark}2`, password[1]);

	is(reply.status, 303, 'the new person signs in with it');
	has((await fresh.get('/')).headers.location || '', '/account/password',
		'and is asked for an own password');
}

async function othersMayNot() {
	const trainee = await signedIn(['trainee']);

	is((await trainee.get('/admin/import')).status, 403,
		'a trainee may not import');
	is((await trainee.get('/people')).status, 403,
		'a trainee may not look at people');
}

/* People read words and names; codes are for programs. */
async function auditSpeaks(admin) {
	const [[course, title]] = sql(`SELECT o.id, v.title FROM course o
		JOIN course_version v ON v.id = o.version_id LIMIT 1`);
	const [[version]] = sql('SELECT MIN(id) FROM survey_version');
	const [[unit]] = sql('SELECT MIN(id) FROM unit');
	const [[finding]] = sql(`INSERT INTO finding (kind, fingerprint, course_id,
		strength, evidence, link, found_at) VALUES ('bad_item',
		UNHEX(MD5('${mark}')), ${course}, 0, '{}', '/', NOW(3));
		SELECT LAST_INSERT_ID()`);
	const planner = await signedIn(['planner', 'admin']);

	sql(`INSERT INTO audit (at, person_id, address, action, object, detail, is_ok,
		request_id) VALUES
		(NOW(3), ${admin.id}, '::1', 'comment.fit', 'course:${course}', '', 1, ''),
		(NOW(3), ${admin.id}, '::1', 'survey.publish', 'survey_version:${version}',
			'', 1, ''),
		(NOW(3), ${admin.id}, '::1', 'unit.end', 'unit:${unit}', '{"day":"2025-03-31"}',
			1, ''),
		(NOW(3), ${admin.id}, '::1', 'role.grant', 'person:${admin.id}',
			'{"role":"planner"}', 1, ''),
		(NOW(3), ${admin.id}, '::1', 'finding.dismiss', 'finding:${finding}',
			'{"why":"wrong <i>"}', 1, ''),
		(NOW(3), ${admin.id}, '::1', 'setting.change', 'setting:mail.from',
			'{"before":"","after":""}', 1, ''),
		(NOW(3), NULL, '::1', 'signin.failed', 'person:${admin.id}',
			'{"reason":"wrong"}', 0, ''),
		(NOW(3), ${admin.id}, '::1', 'account.odd', 'strange', '{"x":[1,"<b>"]}', 1,
			''),
		(NOW(3), ${admin.id}, '::1', 'account.odd', '', 'no JSON', 1, '')`);
	const rows = (text) => text.match(/<tbody>[\s\S]*<\/tbody>/)[0];
	const ja = rows((await planner.get('/audit')).text);
	const en = rows((await planner.get('/audit?lang=en')).text);

	for (const [text, name] of [[ja, 'Japanese'], [en, 'English']]) {
		ok(!/(person|unit|setting|session|upload|course|survey_version):\w/
			.test(text), `${name}: no codes of objects`,
		text.match(/.{40}(person|unit|setting|upload):\w.{40}/)?.[0]);
		ok(!/(signin|role|import|unit|setting|survey)\.[a-z]/.test(text),
			`${name}: no codes of actions`);
		ok(!/&quot;(rows|day|role|reason|before)/.test(text),
			`${name}: no codes of details`);
	}
	has(ja, '新規 2 名、所属の新設 1 件', 'an import says what it did');
	has(en, '2 people new, 1 unit made', 'in English, too');
	has(ja, '2025年3月31日', 'a day is a day');
	has(en, 'Planner', 'a role is a word');
	has(ja, `href="/findings?id=${finding}">所見 ${title}</a>`,
		'a finding is known by its course, with a link');
	is((await planner.get(`/findings?id=${finding}`)).status, 200,
		'that leads somewhere');
	has(ja, '<td>wrong &lt;i&gt;</td>', 'a reason is what somebody wrote');
	has(ja, '「空欄」に設定', 'nothing is a word');
	has(en, '>Unit ', 'an object is one, not many');
	sql(`DELETE FROM finding WHERE id = ${finding}`);
	has(ja, 'パスワードの間違い', 'and so is why a sign-in failed');
	has(ja, `>研修 ${title}</a>`, 'a course has its name and a link');
	has(ja, `href="/surveys/${version}/preview"`, 'and so has a survey');
	has(ja, 'x: [1, &quot;&lt;b&gt;&quot;]', 'what nobody foresaw is still shown');
	has(ja, 'no JSON', 'as it stands');
	const { data } = await planner.json('/audit');

	ok(data.rows.some((r) => r.object === `course:${course}` &&
		r.action === 'comment.fit') &&
		data.rows.some((r) => r.detail === '{"role":"planner"}'),
	'programs get the codes');
}

async function lastAdminStays(admin) {
	const others = sql(`SELECT person_id FROM person_role WHERE role = 'admin'
		AND person_id <> ${admin.id}`).map((r) => r[0]);

	if (others.length)
		sql(`DELETE FROM person_role WHERE role = 'admin' AND
			person_id <> ${admin.id}`);
	await admin.get('/admin/roles');
	const reply = await admin.post('/admin/roles/revoke', { csrf: admin.csrf,
		person: admin.id, role: 'admin' });

	is(reply.status, 422, 'the last administrator cannot be removed');
	for (const id of others)
		sql(`INSERT INTO person_role (person_id, role, granted_at)
			VALUES (${id}, 'admin', '2024-04-01')`);
}

async function settingsAreChecked(admin) {
	const before = sql(`SELECT value, is_default FROM setting
		WHERE name = 'privacy.k_opinion'`)[0];
	const bad = await admin.post('/admin/settings', { csrf: admin.csrf,
		'privacy.k_opinion': '2' });

	is(bad.status, 422, 'a value out of range is refused');
	has(bad.text, 'value="2"', 'what was typed stays');
	is((await admin.post('/admin/settings', { csrf: admin.csrf,
		'privacy.k_opinion': '12' })).status, 303, 'a good value is saved');
	is(sql(`SELECT CONCAT(value, is_default) FROM setting WHERE
		name = 'privacy.k_opinion'`)[0][0], '120', 'it is no default now');
	has(sql(`SELECT detail FROM audit WHERE action = 'setting.change' AND
		person_id = ${admin.id}`)[0][0], '"after":"12"',
	'the audit log has before and after');
	sql(`UPDATE setting SET value = '${before[0]}', is_default = ${before[1]}
		WHERE name = 'privacy.k_opinion'`);
	const audit = await admin.get('/audit?action=setting');

	has(audit.text, '設定の変更', 'the audit page lists it');
	has(audit.text, new RegExp(`「${before[0]}」から「12」に変更`),
		'and what it was before and after');
	has(audit.text, '<a href="/admin/settings">設定 ', 'with the way to it');
	const file = (await admin.post('/audit/csv', { csrf: admin.csrf,
		action: 'setting' })).text;

	has(file, 'setting:privacy.k_opinion', 'and so does its file');
	has(file, `「${before[0]}」から「12」に変更`, 'with words behind the codes');
}

test(async () => {
	const admin = await signedIn(['trainee', 'admin']);

	await admin.get('/admin/import');
	await badFileChangesNothing(admin);
	await goodFileIsApplied(admin);
	await appliedAtOnce(admin);
	await othersFilesAreNotThere(admin);
	await cp932IsRead(admin);
	await firstSignIn(admin);
	await othersMayNot();
	await lastAdminStays(admin);
	await settingsAreChecked(admin);
	await auditSpeaks(admin);
});
