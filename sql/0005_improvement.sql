-- 0005: from what the statistics say to the three-year plan.
--
-- Every line of a plan can be followed back: plan_line -> proposal ->
-- finding -> evidence (figures and the address of the page that shows them).

CREATE TABLE finding (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	kind        ENUM('not_understood','low_gain','unmet_need','low_satisfaction','low_return','bad_item') NOT NULL COMMENT 'the rule that wrote it',
	fingerprint BINARY(16)   NOT NULL COMMENT 'hash of kind and object: the same finding is updated, not repeated',
	session_id  BIGINT       NULL COMMENT 'session it is about',
	course_id   BIGINT       NULL COMMENT 'course it is about',
	item_key    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'item it is about',
	skill_code  VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'skill or need it is about',
	tier_code   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'tier it is about',
	unit_id     BIGINT       NULL COMMENT 'unit it is about',
	strength    DOUBLE       NOT NULL COMMENT '0 to 1, for ordering only',
	evidence    TEXT         NOT NULL COMMENT 'JSON: n, base, missing, method, value, interval, threshold ...',
	link        VARCHAR(300) NOT NULL COMMENT 'path of the page that shows the evidence',
	state       ENUM('new','used','dismissed') NOT NULL DEFAULT 'new' COMMENT 'used: a proposal came of it',
	reason      VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'why it was dismissed',
	found_at    DATETIME(3)  NOT NULL COMMENT 'UTC, last time the rule held',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: from 合成データ',
	CONSTRAINT finding_once UNIQUE (fingerprint),
	CONSTRAINT finding_session FOREIGN KEY (session_id) REFERENCES session (id),
	CONSTRAINT finding_course FOREIGN KEY (course_id) REFERENCES course (id),
	CONSTRAINT finding_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) COMMENT '所見';

CREATE TABLE proposal (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	title       VARCHAR(200) NOT NULL COMMENT 'as written',
	course_id   BIGINT       NULL COMMENT 'course it changes; NULL: a new one',
	tier_code   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'for whom',
	current_text TEXT        NOT NULL DEFAULT '' COMMENT '現状',
	evidence_text TEXT       NOT NULL DEFAULT '' COMMENT '根拠',
	issue_text  TEXT         NOT NULL DEFAULT '' COMMENT '課題',
	proposal_text TEXT       NOT NULL DEFAULT '' COMMENT '提案',
	effect_text TEXT         NOT NULL DEFAULT '' COMMENT '効果見込',
	timing      VARCHAR(100) NOT NULL DEFAULT '' COMMENT '時期',
	owner       VARCHAR(100) NOT NULL DEFAULT '' COMMENT '担当',
	cost        BIGINT       NULL COMMENT '経費, yen; NULL: not estimated',
	people      INT          NULL COMMENT 'people to reach; NULL: not estimated',
	state       ENUM('draft','review','accepted','rejected','done','measured') NOT NULL DEFAULT 'draft' COMMENT '案, 検討中, 採用, 見送り, 実施, 効果測定',
	reason      VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'why accepted or rejected',
	revision    INT          NOT NULL DEFAULT 1 COMMENT 'grows with each change; guards two editors',
	created_by  BIGINT       NULL COMMENT 'person',
	created_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	changed_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: from 合成データ',
	CONSTRAINT proposal_course FOREIGN KEY (course_id) REFERENCES course (id),
	CONSTRAINT proposal_author FOREIGN KEY (created_by) REFERENCES person (id)
) COMMENT '改善提案';

CREATE TABLE proposal_finding (
	proposal_id BIGINT       NOT NULL COMMENT 'proposal',
	finding_id  BIGINT       NOT NULL COMMENT 'finding it rests on',
	PRIMARY KEY (proposal_id, finding_id),
	CONSTRAINT proposal_finding_proposal FOREIGN KEY (proposal_id) REFERENCES proposal (id),
	CONSTRAINT proposal_finding_finding FOREIGN KEY (finding_id) REFERENCES finding (id)
) COMMENT 'evidence of a proposal';

CREATE TABLE proposal_event (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	proposal_id BIGINT       NOT NULL COMMENT 'proposal',
	at          DATETIME(3)  NOT NULL COMMENT 'UTC',
	actor_id    BIGINT       NULL COMMENT 'person',
	from_state  VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'NULL: new',
	to_state    VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'proposal.state after it',
	reason      VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'as written',
	CONSTRAINT proposal_event_proposal FOREIGN KEY (proposal_id) REFERENCES proposal (id),
	CONSTRAINT proposal_event_actor FOREIGN KEY (actor_id) REFERENCES person (id)
) COMMENT 'history of a proposal';

CREATE TABLE plan (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	name        VARCHAR(200) NOT NULL COMMENT 'e.g. 三か年計画（令和6〜8年度）',
	first_year  INT          NOT NULL COMMENT 'first of three fiscal years',
	version_no  INT          NOT NULL DEFAULT 1 COMMENT 'a decided version is frozen; changes start the next',
	state       ENUM('draft','decided') NOT NULL DEFAULT 'draft' COMMENT 'decided: read-only',
	show_rate   DOUBLE       NULL COMMENT 'share of booked people who come, 0 to 1; NULL: from own attendance',
	decided_by  BIGINT       NULL COMMENT 'person',
	decided_at  DATETIME(3)  NULL COMMENT 'UTC',
	created_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: from 合成データ',
	CONSTRAINT plan_version UNIQUE (name, version_no),
	CONSTRAINT plan_decider FOREIGN KEY (decided_by) REFERENCES person (id),
	CONSTRAINT plan_show_rate CHECK (show_rate IS NULL OR (show_rate > 0 AND show_rate <= 1))
) COMMENT '計画: three fiscal years';

CREATE TABLE plan_line (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	plan_id     BIGINT       NOT NULL COMMENT 'plan',
	course_id   BIGINT       NULL COMMENT 'course; NULL: a new one named by title',
	title       VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'name when there is no course yet',
	tier_code   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'for whom; empty: all tiers',
	fiscal_year INT          NOT NULL COMMENT 'one of the three',
	people      INT          NOT NULL COMMENT 'people to reach',
	seats       INT          NOT NULL COMMENT 'seats of a run',
	show_rate   DOUBLE       NOT NULL COMMENT 'used for runs, 0 to 1',
	runs        INT          NOT NULL COMMENT 'people / (seats x show rate), rounded up, unless changed by hand',
	runs_by_hand BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: runs was set by a person',
	minutes     INT          NOT NULL COMMENT 'minutes of a run',
	cost_per_run BIGINT      NOT NULL DEFAULT 0 COMMENT 'yen',
	target      VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'what shall be reached',
	proposal_id BIGINT       NULL COMMENT 'where it came from',
	finding_id  BIGINT       NULL COMMENT 'need it came from, without a proposal',
	note        VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'as written',
	sort        INT          NOT NULL DEFAULT 0 COMMENT 'order in the plan',
	changed_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	CONSTRAINT plan_line_plan FOREIGN KEY (plan_id) REFERENCES plan (id),
	CONSTRAINT plan_line_course FOREIGN KEY (course_id) REFERENCES course (id),
	CONSTRAINT plan_line_proposal FOREIGN KEY (proposal_id) REFERENCES proposal (id),
	CONSTRAINT plan_line_finding FOREIGN KEY (finding_id) REFERENCES finding (id),
	CONSTRAINT plan_line_sizes CHECK (people >= 0 AND seats > 0 AND runs >= 0 AND minutes > 0 AND cost_per_run >= 0 AND show_rate > 0 AND show_rate <= 1),
	KEY plan_line_order (plan_id, fiscal_year, sort)
) COMMENT '計画行';
