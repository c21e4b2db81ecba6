-- 0081: a line of the plan made from a need keeps which need that was.
--
-- A line could be followed back to a proposal or a finding. A need that the
-- planner takes straight into the plan has neither.

ALTER TABLE plan_line
	ADD need_skill VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'skill.code of the need it came from; NULL: from no need',
	ADD need_tier VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'tier of that need; empty: all',
	ADD need_year INT NULL COMMENT 'fiscal year of the answers';
