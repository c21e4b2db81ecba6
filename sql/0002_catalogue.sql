-- 0002: the training catalogue.
--
-- A course is a document with versions; a published version never changes.
-- What lists and filters need stands in columns, the whole text in
-- definition (JSON made from the document at publication).

CREATE TABLE theme (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'word for URLs',
	sort        INT          NOT NULL COMMENT 'order on screens',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name',
	CONSTRAINT theme_code UNIQUE (code)
) COMMENT 'themes the city wants in its training';

CREATE TABLE course (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'word for URLs',
	version_id  BIGINT       NULL COMMENT 'the version shown now; NULL: not published',
	is_retired  BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '1: no longer offered',
	CONSTRAINT course_code UNIQUE (code)
) COMMENT '研修';

CREATE TABLE course_version (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	course_id   BIGINT       NOT NULL COMMENT 'course',
	version_no  INT          NOT NULL COMMENT '1, 2, ...',
	title       VARCHAR(200) NOT NULL COMMENT 'Japanese title',
	title_en    VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'English title',
	summary     VARCHAR(500) NOT NULL COMMENT 'one sentence, Japanese',
	summary_en  VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'one sentence, English',
	form        ENUM('classroom','elearning','workshop','handson','blended') NOT NULL COMMENT 'delivery form',
	level       ENUM('concept','practice','skill') NOT NULL COMMENT 'from understanding to doing',
	minutes     INT          NOT NULL COMMENT 'training time in minutes, all meetings together',
	meetings    INT          NOT NULL DEFAULT 1 COMMENT 'number of meetings (コマ)',
	seats       INT          NOT NULL COMMENT 'usual seats of a session',
	cost_per_run INT         NOT NULL DEFAULT 0 COMMENT 'yen a session costs; assumed figures are 標準設定',
	approval    ENUM('none','head') NOT NULL DEFAULT 'none' COMMENT 'head: the section head approves applications',
	sort        INT          NOT NULL DEFAULT 0 COMMENT 'order in the catalogue',
	definition  LONGTEXT     NOT NULL COMMENT 'JSON: purpose, objectives, programme ... in both languages',
	document    LONGTEXT     NOT NULL COMMENT 'XML as handed in',
	sha256      BINARY(32)   NOT NULL COMMENT 'of document',
	search_key  TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'text_search_key of all texts',
	published_at DATETIME(3) NOT NULL COMMENT 'UTC',
	CONSTRAINT course_version_no UNIQUE (course_id, version_no),
	CONSTRAINT course_version_course FOREIGN KEY (course_id) REFERENCES course (id),
	CONSTRAINT course_version_sizes CHECK (minutes > 0 AND seats > 0 AND meetings > 0 AND cost_per_run >= 0)
) COMMENT 'a published text of a course; never changes';

ALTER TABLE course ADD CONSTRAINT course_current FOREIGN KEY (version_id) REFERENCES course_version (id);

CREATE TABLE course_tier (
	version_id  BIGINT       NOT NULL COMMENT 'course_version',
	tier_code   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'tier.code',
	demand      ENUM('required','recommended','open') NOT NULL COMMENT 'for that tier',
	PRIMARY KEY (version_id, tier_code),
	CONSTRAINT course_tier_version FOREIGN KEY (version_id) REFERENCES course_version (id)
) COMMENT 'for whom a course is';

CREATE TABLE course_skill (
	version_id  BIGINT       NOT NULL COMMENT 'course_version',
	skill_code  VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'skill.code',
	level       TINYINT      NOT NULL COMMENT 'level people reach, 1 to 4',
	PRIMARY KEY (version_id, skill_code),
	CONSTRAINT course_skill_version FOREIGN KEY (version_id) REFERENCES course_version (id),
	CONSTRAINT course_skill_level CHECK (level BETWEEN 1 AND 4)
) COMMENT 'skills a course raises';

CREATE TABLE course_theme (
	version_id  BIGINT       NOT NULL COMMENT 'course_version',
	theme_code  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'theme.code',
	PRIMARY KEY (version_id, theme_code),
	CONSTRAINT course_theme_version FOREIGN KEY (version_id) REFERENCES course_version (id)
) COMMENT 'themes a course treats';

CREATE TABLE course_prerequisite (
	version_id  BIGINT       NOT NULL COMMENT 'course_version',
	course_code VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'course.code to take before',
	PRIMARY KEY (version_id, course_code),
	CONSTRAINT course_prerequisite_version FOREIGN KEY (version_id) REFERENCES course_version (id)
) COMMENT 'step-up path';
