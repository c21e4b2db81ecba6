-- 0004: surveys and what people answered.
--
-- A survey version never changes once published, so a slot number always
-- means the same. A submission's closed answers are one byte per slot:
-- single choice, scale, knowledge item and grid row have one slot with the
-- option's number (1, 2, ...); a multiple choice has a slot per option with
-- 1 ticked, 0 not. Reserved: 252 not shown, 253 don't know, 254 not
-- applicable, 255 skipped.

CREATE TABLE survey (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'word for URLs',
	version_id  BIGINT       NULL COMMENT 'the version used for new collections',
	CONSTRAINT survey_code UNIQUE (code)
) COMMENT '調査票';

CREATE TABLE survey_version (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	survey_id   BIGINT       NOT NULL COMMENT 'survey',
	version_no  INT          NOT NULL COMMENT '1, 2, ...',
	title       VARCHAR(200) NOT NULL COMMENT 'Japanese title',
	title_en    VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'English title',
	definition  LONGTEXT     NOT NULL COMMENT 'JSON made from document; what the form, the check and the scores read',
	document    LONGTEXT     NOT NULL COMMENT 'XML as handed in',
	sha256      BINARY(32)   NOT NULL COMMENT 'of document',
	slots       INT          NOT NULL COMMENT 'bytes of submission.slots',
	published_at DATETIME(3) NOT NULL COMMENT 'UTC',
	CONSTRAINT survey_version_no UNIQUE (survey_id, version_no),
	CONSTRAINT survey_version_survey FOREIGN KEY (survey_id) REFERENCES survey (id),
	CONSTRAINT survey_version_slots CHECK (slots BETWEEN 0 AND 1000)
) COMMENT 'a published survey; never changes';

ALTER TABLE survey ADD CONSTRAINT survey_current FOREIGN KEY (version_id) REFERENCES survey_version (id);

CREATE TABLE survey_slot (
	version_id  BIGINT       NOT NULL COMMENT 'survey_version',
	slot_no     INT          NOT NULL COMMENT '1 = first byte',
	item_key    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'item; the same over versions',
	part_key    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'grid row or ticked option; empty: the item itself',
	kind        ENUM('single','scale','knowledge','grid','tick') NOT NULL COMMENT 'how to read the byte',
	label       VARCHAR(500) NOT NULL COMMENT 'Japanese text of item and part',
	PRIMARY KEY (version_id, slot_no),
	CONSTRAINT survey_slot_version FOREIGN KEY (version_id) REFERENCES survey_version (id)
) COMMENT 'what each byte of a submission means';

CREATE TABLE survey_code (
	version_id  BIGINT       NOT NULL COMMENT 'survey_version',
	slot_no     INT          NOT NULL COMMENT 'survey_slot',
	code        TINYINT UNSIGNED NOT NULL COMMENT 'the byte',
	option_key  VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'option; the same over versions',
	label       VARCHAR(500) NOT NULL COMMENT 'Japanese text',
	points      DOUBLE       NULL COMMENT 'score in points; NULL: not scored',
	PRIMARY KEY (version_id, slot_no, code),
	CONSTRAINT survey_code_slot FOREIGN KEY (version_id, slot_no) REFERENCES survey_slot (version_id, slot_no)
) COMMENT 'what each value of a byte means, the reserved ones included';

CREATE TABLE survey_open_item (
	version_id  BIGINT       NOT NULL COMMENT 'survey_version',
	item_no     INT          NOT NULL COMMENT 'number in answer_open',
	item_key    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'item; the same over versions',
	part_key    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'other: the text behind the option "other"',
	kind        ENUM('number','text','other') NOT NULL COMMENT 'how to read answer_open',
	label       VARCHAR(500) NOT NULL COMMENT 'Japanese text of the item',
	PRIMARY KEY (version_id, item_no),
	CONSTRAINT survey_open_item_version FOREIGN KEY (version_id) REFERENCES survey_version (id)
) COMMENT 'items whose answers are numbers or texts';

CREATE TABLE collection (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	version_id  BIGINT       NOT NULL COMMENT 'survey_version',
	session_id  BIGINT       NULL COMMENT 'session; NULL: at large',
	moment      ENUM('pre','post','followup','atlarge') NOT NULL COMMENT 'when people are asked',
	mode        ENUM('named','paired','unlinked') NOT NULL COMMENT '記名, 仮名, 無記名',
	state       ENUM('planned','open','closed') NOT NULL DEFAULT 'planned' COMMENT 'open: also needs opens_at <= now < closes_at',
	opens_at    DATETIME(3)  NULL COMMENT 'UTC; NULL: when somebody opens it',
	closes_at   DATETIME(3)  NULL COMMENT 'UTC; NULL: when somebody closes it',
	opened_by   BIGINT       NULL COMMENT 'person',
	tier_codes  VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'audience: tier codes with commas; empty: everybody invited',
	title       VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'shown instead of the survey title when not empty',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: 合成データ',
	CONSTRAINT collection_version FOREIGN KEY (version_id) REFERENCES survey_version (id),
	CONSTRAINT collection_session FOREIGN KEY (session_id) REFERENCES session (id),
	CONSTRAINT collection_opener FOREIGN KEY (opened_by) REFERENCES person (id),
	CONSTRAINT collection_once UNIQUE (session_id, moment, version_id),
	CONSTRAINT collection_window CHECK (closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at)
) COMMENT '配布: a survey version given to an audience in a window';

CREATE TABLE completion (
	collection_id BIGINT     NOT NULL COMMENT 'collection',
	person_id   BIGINT       NOT NULL COMMENT 'person',
	PRIMARY KEY (collection_id, person_id),
	CONSTRAINT completion_collection FOREIGN KEY (collection_id) REFERENCES collection (id),
	CONSTRAINT completion_person FOREIGN KEY (person_id) REFERENCES person (id)
) COMMENT 'who has answered; no order and no time, so it cannot be laid beside submissions';

CREATE TABLE draft (
	collection_id BIGINT     NOT NULL COMMENT 'collection',
	person_id   BIGINT       NOT NULL COMMENT 'person',
	form_key    CHAR(43)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the key that makes a resend harmless',
	fields      MEDIUMTEXT   NOT NULL COMMENT 'JSON object of what was typed',
	saved_at    DATETIME(3)  NOT NULL COMMENT 'UTC',
	PRIMARY KEY (collection_id, person_id),
	CONSTRAINT draft_collection FOREIGN KEY (collection_id) REFERENCES collection (id),
	CONSTRAINT draft_person FOREIGN KEY (person_id) REFERENCES person (id)
) COMMENT 'half-filled answers; gone when submitted';

CREATE TABLE submission (
	collection_id BIGINT     NOT NULL COMMENT 'collection',
	id          BIGINT       NOT NULL AUTO_INCREMENT COMMENT 'row id',
	person_id   BIGINT       NULL COMMENT 'person; only in mode named',
	pairing_key BINARY(16)   NULL COMMENT 'keyed hash of the booking; only in mode paired',
	tier_id     BIGINT       NULL COMMENT 'tier on the day',
	unit_id     BIGINT       NULL COMMENT 'unit on the day',
	submitted_at DATETIME(3) NOT NULL COMMENT 'UTC; in mode unlinked the start of the day',
	entered_by  BIGINT       NULL COMMENT 'person who typed in a paper form 代理入力; NULL: the respondent',
	form_key    CHAR(43)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'from the form',
	slots       VARBINARY(1000) NOT NULL COMMENT 'closed answers, a byte per slot',
	PRIMARY KEY (collection_id, id),
	CONSTRAINT submission_id UNIQUE (id),
	CONSTRAINT submission_form UNIQUE (form_key),
	CONSTRAINT submission_person UNIQUE (collection_id, person_id),
	CONSTRAINT submission_pair UNIQUE (collection_id, pairing_key),
	CONSTRAINT submission_collection FOREIGN KEY (collection_id) REFERENCES collection (id)
) COMMENT '回答票; clustered by collection, so that a scan of one reads one range';

CREATE TABLE answer_open (
	submission_id BIGINT     NOT NULL COMMENT 'submission',
	item_no     INT          NOT NULL COMMENT 'survey_open_item',
	number      DOUBLE       NULL COMMENT 'in the unit the item names',
	text        TEXT         NULL COMMENT 'as written',
	PRIMARY KEY (submission_id, item_no),
	CONSTRAINT answer_open_submission FOREIGN KEY (submission_id) REFERENCES submission (id),
	CONSTRAINT answer_open_value CHECK (number IS NOT NULL OR text IS NOT NULL)
) COMMENT 'answers that are numbers or texts';

CREATE VIEW answer AS
SELECT s.id AS submission_id, s.collection_id, c.version_id, sl.slot_no,
       sl.item_key, sl.part_key, ORD(SUBSTRING(s.slots, sl.slot_no, 1)) AS code,
       sc.option_key, sc.label, sc.points AS number, CAST(NULL AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_uca1400_as_ci AS text
  FROM submission s
  JOIN collection c ON c.id = s.collection_id
  JOIN survey_slot sl ON sl.version_id = c.version_id
  LEFT JOIN survey_code sc ON sc.version_id = sl.version_id AND sc.slot_no = sl.slot_no
       AND sc.code = ORD(SUBSTRING(s.slots, sl.slot_no, 1))
UNION ALL
SELECT s.id, s.collection_id, c.version_id, NULL, oi.item_key, oi.part_key, NULL,
       NULL, NULL, o.number, o.text
  FROM answer_open o
  JOIN submission s ON s.id = o.submission_id
  JOIN collection c ON c.id = s.collection_id
  JOIN survey_open_item oi ON oi.version_id = c.version_id AND oi.item_no = o.item_no;
