#!/usr/bin/env node
/*
 * The themes the city wants are laid against courses and tiers.
 */
'use strict';
const { has, is, ok, signedIn, sql, test } = require('./lib.cjs');

const number = (statement) => Number(sql(statement)[0][0]);

test(async () => {
	const planner = await signedIn(['planner']);
	const code = `h-${process.pid}`;

	sql(`INSERT INTO theme (code, sort, name, name_en)
		VALUES ('${code}', 9999, '無人のテーマ', 'Nobody')`);
	try {
		const { coverage } = (await planner.json('/overview?year=2024')).data;
		const tiers = sql(`SELECT t.code FROM tier t WHERE t.scheme_id =
			(SELECT id FROM tier_scheme WHERE fiscal_year <= 2024
			ORDER BY fiscal_year DESC, id DESC LIMIT 1) ORDER BY t.sort`);
		const themes = sql('SELECT code FROM theme ORDER BY sort, code');

		is(coverage.themes.length, themes.length, 'every theme has a row');
		is(coverage.tiers.length, tiers.length, 'every tier a column');
		const wrong = coverage.themes.filter((row) => {
			const theme = row.href.split('=')[1];

			return row.cells.some((cell, t) => cell.courses !== number(
				`SELECT COUNT(*) FROM course c
				WHERE c.is_retired = 0 AND c.version_id IN
				(SELECT version_id FROM course_theme
				WHERE theme_code = '${theme}') AND c.version_id IN
				(SELECT version_id FROM course_tier
				WHERE tier_code = '${tiers[t][0]}'
				AND demand IN ('required', 'recommended'))`));
		});

		is(wrong.map((row) => row.name).join(), '',
			'each cell counts the courses made for its tier');
		const runs = coverage.themes.filter((row) => row.sessions !== number(
			`SELECT COUNT(*) FROM session s JOIN course c
			ON c.id = s.course_id AND c.is_retired = 0
			WHERE s.fiscal_year = 2024 AND s.state IN ('open', 'held')
			AND c.version_id IN (SELECT version_id FROM course_theme
			WHERE theme_code = '${row.href.split('=')[1]}')`));

		is(runs.map((row) => row.name).join(), '',
			'and each session of the year once');
		ok(coverage.themes.some((row) => row.sessions > 0),
			'there are sessions at all');
		const last = coverage.themes.at(-1);

		ok(last.is_none && last.name === '無人のテーマ',
			'a theme that no course treats is there');
		has((await planner.get('/overview?year=2024')).text,
			'研修がありません', 'and is called out');
		has((await planner.get('/overview?year=2031')).text, '無人のテーマ',
			'also in a year without sessions');
		const { years } = (await planner.json('/overview?year=2031')).data;

		is(years.filter((year) => year.chosen).map((year) => year.value)
			.join(), '2031', 'which the list of years has chosen');
		is([...years].sort((a, b) => b.value - a.value).map((y) => y.value)
			.join(), years.map((y) => y.value).join(), 'newest first');
		is((await planner.get(last.href)).status, 200,
			'its link leads to the catalogue');
	} finally {
		sql(`DELETE FROM theme WHERE code = '${code}'`);
	}
});
