#!/usr/bin/env node
/*
 * Units are renamed and end on a day; what was before stays to be seen.
 */
'use strict';
const { has, is, now, ok, signedIn, sql, test } = require('./lib.cjs');

const day = (days) => new Date(now() + (9 + 24 * days) * 3600e3)
	.toISOString().slice(0, 10);
let made = 0;

/* A section of its own below a bureau of its own, since 2020. */
function section(people = []) {
	const code = `H${process.pid}${++made}`;

	return sql(`INSERT INTO unit (code, kind, name, valid_from)
		VALUES ('${code}B', 'bureau', '試験局${code}', '2020-04-01');
		SET @b = LAST_INSERT_ID();
		INSERT INTO unit (code, kind, name, name_en, parent_id, valid_from)
		VALUES ('${code}', 'section', '情報課${code}', 'Information ${code}',
			@b, '2020-04-01');
		SET @u = LAST_INSERT_ID();
		${people.map((who) => `INSERT INTO posting (person_id, unit_id,
			tier_id, valid_from) SELECT ${who.id}, @u, MIN(id),
			'2020-04-01' FROM tier;`).join('')}
		SELECT @u, @b, '${code}'`)[0];
}

const nameOf = (id) => sql(`SELECT name FROM unit WHERE id = ${id}`)[0][0];

async function renames(planner) {
	const who = await signedIn(['trainee']);
	const [id, bureau, code] = section([who]);
	const rename = (name, from) => planner.post(`/units/${id}/name`,
		{ name, name_en: `Digital ${code}`, from });
	const page = await planner.get(`/units/${id}`);

	is(page.status, 200, 'a unit has a page');
	has(page.text, '改称はありません', 'which says that it was never renamed');
	is((await rename(`デジタル課${code}`, day(0))).status, 303,
		'a planner renames it from today');
	is(nameOf(id), `デジタル課${code}`, 'the new name counts at once');
	has((await planner.get('/units')).text, `デジタル課${code}`,
		'the list has it');
	const before = (await planner.get('/units?on=2023-04-01')).text;

	ok(before.includes(`情報課${code}`) && !before.includes(`デジタル課${code}`),
		'and on an earlier day it has the name of then');
	has((await planner.get(`/people?unit=${id}`)).text, who.number,
		'its people are still its people');
	has((await planner.get(`/people?unit=${bureau}`)).text, who.number,
		'and those of the unit above, which counts them');
	has((await planner.get(`/units/${id}`)).text, `情報課${code}`,
		'its page keeps the name before');
	is((await rename('早すぎる課', day(-30))).status, 422,
		'no name goes in between');
	is((await rename('', day(30))).status, 422, 'a name is needed');
	is((await rename('明日の課', 'tomorrow')).status, 422, 'and a day');

	is((await rename(`未来課${code}`, day(30))).status, 303,
		'a name may be entered before its day');
	is(nameOf(id), `デジタル課${code}`, 'and waits for it');
	has((await planner.get(`/units?on=${day(30)}`)).text, `未来課${code}`,
		'the list of that day has it already');
	is((await planner.post(`/units/${id}/take-back`, { from: '2020-04-01' }))
		.status, 303, 'another name than the newest');
	is(sql(`SELECT COUNT(*) FROM unit_name WHERE unit_id = ${id}`)[0][0],
		'3', 'is not taken back');
	for (let i = 0; i < 2; i++)
		await planner.post(`/units/${id}/take-back`, { from: day(30) });
	is(sql(`SELECT COUNT(*) FROM unit_name WHERE unit_id = ${id}`)[0][0],
		'2', 'the newest is, and two clicks take back one');
	await planner.post(`/units/${id}/take-back`, { from: day(0) });
	is(nameOf(id), `情報課${code}`, 'then the name before counts again');
	is(sql(`SELECT GROUP_CONCAT(action ORDER BY id) FROM audit
		WHERE object = 'unit:${id}'`)[0][0],
	'unit.rename,unit.rename,unit.take_back,unit.take_back',
	'all of it stands in the audit log');
	const audit = (await planner.get('/audit?action=unit')).text;

	has(audit, '改称の取り消し', 'which says it in words');
	has(audit, `<a href="/units/${id}">所属 情報課${code}</a>`,
		'and leads to the unit, by its name');
	has((await planner.get(`/audit?action=signin&person=${planner.number}`))
		.text, `">職員 試験 花子 ${planner.number}</a>`,
	'a person is named, too');
	const admin = await signedIn(['admin']);

	await planner.get('/overview.csv?year=2024');
	const seen = (await admin.get(`/audit?person=${planner.number}`)).text;

	has(seen, '実施状況 令和6年度', 'a year is a fiscal year');
	ok(!seen.includes('href="/overview?year=2024"'),
		'which is no link for who may not open it');
}

async function ends(planner) {
	const who = await signedIn(['trainee']);
	const [id, bureau, code] = section([who]);
	const end = (what, last) => planner.post(`/units/${what}/end`,
		{ last_day: last });

	const full = await end(id, day(10));

	is(full.status, 422, 'a unit with people in it does not end');
	has(full.text, '1 名の発令が残って', 'and says how many are left');
	sql(`UPDATE posting SET valid_to = '${day(10)}' WHERE unit_id = ${id}`);
	const above = await end(bureau, day(10));

	is(above.status, 422, 'nor does one with units below it');
	has(above.text, '1 所属が残って', 'and says so');
	is((await end(id, '2019-04-01')).status, 422, 'nor before it began');
	is((await end(id, day(10))).status, 303, 'empty, it does');
	is((await end(bureau, day(10))).status, 303, 'and then the one above');
	has((await planner.get('/units')).text, `情報課${code}`,
		'until its last day it is there');
	ok(!(await planner.get(`/units?on=${day(11)}`)).text
		.includes(`情報課${code}`), 'and no more the day after');
	is((await planner.post(`/units/${id}/name`, { name: '遅い課', name_en: '',
		from: day(20) })).status, 422, 'it gets no name after its end');
	const air = await end(id, '');

	is(air.status, 422, 'one below a unit that ends does not go on alone');
	has(air.text, '上の所属がそれより前に廃止', 'and says so');
	is((await end(bureau, '')).status, 303, 'the one above goes on');
	is((await end(id, '')).status, 303, 'that it ends can be taken back');
	is(sql(`SELECT valid_to IS NULL FROM unit WHERE id = ${id}`)[0][0], '1',
		'and it goes on');
	await end(id, day(10));
	sql(`INSERT INTO unit (code, kind, name, valid_from)
		SELECT code, kind, name, '${day(11)}' FROM unit WHERE id = ${id}`);
	const taken = await end(id, '');

	is(taken.status, 422, 'not when its code has been given away');
	has(taken.text, '同じコードの別の所属', 'and says so');
}

/* What is checked is checked by the one who writes, not before. */
async function endAtOnce(planner) {
	const [id, bureau] = section();
	const end = (what, last) => planner.post(`/units/${what}/end`,
		{ last_day: last });

	await end(id, day(10));
	await end(bureau, day(10));
	for (let i = 0; i < 6; i++) {
		await Promise.all([end(bureau, ''), end(id, ''),
			end(bureau, day(10)), end(id, day(10))]);
		is(sql(`SELECT COUNT(*) FROM unit u JOIN unit b ON b.id = u.parent_id
			WHERE u.id = ${id} AND b.valid_to IS NOT NULL
			AND (u.valid_to IS NULL OR u.valid_to > b.valid_to)`)[0][0],
		'0', 'no unit is there longer than the one above it');
	}
}

async function notForEverybody() {
	const [id] = section();

	for (const role of ['trainee', 'trainer', 'head']) {
		const who = await signedIn([role]);

		is((await who.post(`/units/${id}/name`, { name: '乗っ取り課',
			name_en: '', from: day(0) })).status, 403,
		`a ${role} renames nothing`);
	}
}

test(async () => {
	const planner = await signedIn(['planner']);

	await renames(planner);
	await ends(planner);
	await endAtOnce(planner);
	const alone = (await planner.get(`/people/${planner.id}`)).text;

	has(alone, '発令の記録はありません', 'who has no posting has a sentence');
	ok(!/<tbody>\s*<\/tbody>/.test(alone), 'and no table without rows');
	await notForEverybody();
});
