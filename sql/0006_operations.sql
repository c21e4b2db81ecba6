-- 0006: work that runs by itself, mail that waits, and who did what.

CREATE TABLE job (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	kind        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'which work',
	input       TEXT         NOT NULL COMMENT 'JSON',
	state       ENUM('queued','running','done','failed') NOT NULL DEFAULT 'queued' COMMENT 'taken with FOR UPDATE SKIP LOCKED',
	progress    INT          NOT NULL DEFAULT 0 COMMENT 'percent',
	result      MEDIUMTEXT   NULL COMMENT 'JSON; for failed: the sentence for people',
	attempts    INT          NOT NULL DEFAULT 0 COMMENT 'times it was started',
	run_after   DATETIME(3)  NOT NULL COMMENT 'UTC',
	created_by  BIGINT       NULL COMMENT 'person; NULL: the product',
	created_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	ended_at    DATETIME(3)  NULL COMMENT 'UTC',
	CONSTRAINT job_author FOREIGN KEY (created_by) REFERENCES person (id),
	CONSTRAINT job_progress CHECK (progress BETWEEN 0 AND 100),
	KEY job_next (state, run_after, id)
) COMMENT 'queued work';

CREATE TABLE outbox (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	person_id   BIGINT       NOT NULL COMMENT 'to whom',
	kind        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'text key of the notice',
	params      TEXT         NOT NULL COMMENT 'JSON: what the text needs',
	link        VARCHAR(300) NOT NULL DEFAULT '' COMMENT 'path of the page it is about',
	created_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	seen_at     DATETIME(3)  NULL COMMENT 'UTC, read in the product',
	mailed_at   DATETIME(3)  NULL COMMENT 'UTC, handed to the mail system',
	CONSTRAINT outbox_person FOREIGN KEY (person_id) REFERENCES person (id),
	KEY outbox_mine (person_id, seen_at, id),
	KEY outbox_mail (mailed_at, id)
) COMMENT 'notices: shown in the product first, mailed where mail is set up';

CREATE TABLE audit (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	at          DATETIME(3)  NOT NULL COMMENT 'UTC',
	person_id   BIGINT       NULL COMMENT 'who; NULL: nobody signed in, or the product',
	address     VARCHAR(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'client address',
	action      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'e.g. signin.ok, export.raw, role.grant',
	object      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'e.g. person:12',
	detail      TEXT         NOT NULL DEFAULT '' COMMENT 'JSON: before, after, counts; never what was answered',
	is_ok       BOOLEAN      NOT NULL DEFAULT TRUE COMMENT '0: it was refused',
	request_id  CHAR(16)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'as in the log',
	KEY audit_time (at),
	KEY audit_person (person_id, at),
	KEY audit_action (action, at)
) COMMENT 'who did what; rows are only added';

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit FOR EACH ROW
	SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows never change';

CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit FOR EACH ROW
	SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are never deleted';

CREATE TABLE audit_seal (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	last_id     BIGINT       NOT NULL COMMENT 'audit rows up to this one are sealed',
	hash        BINARY(32)   NOT NULL COMMENT 'BLAKE2b of the seal before and the rows since',
	at          DATETIME(3)  NOT NULL COMMENT 'UTC',
	CONSTRAINT audit_seal_last UNIQUE (last_id)
) COMMENT 'hash chain over the audit log, written by the jobs process';

CREATE TABLE upload (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	kind        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'people, ...',
	name        VARCHAR(200) NOT NULL COMMENT 'file name as sent',
	bytes       LONGBLOB     NOT NULL COMMENT 'the file, kept until it is applied or a day old',
	created_by  BIGINT       NOT NULL COMMENT 'person',
	created_at  DATETIME(3)  NOT NULL COMMENT 'UTC',
	CONSTRAINT upload_author FOREIGN KEY (created_by) REFERENCES person (id)
) COMMENT 'a file between its dry run and its application';

INSERT INTO setting (name, value) VALUES
	('city.name', '（市の名称）'),
	('city.name_en', '(name of the city)'),
	('demo.loaded', '0'),
	('clock.offset_ms', '0'),
	('privacy.k_score', '5'),
	('privacy.k_opinion', '10'),
	('password.min_length', '12'),
	('password.kinds', '0'),
	('password.max_age_days', '0'),
	('signin.lock_failures', '10'),
	('signin.lock_minutes', '30'),
	('signin.idle_minutes', '30'),
	('signin.warn_minutes', '3'),
	('survey.default_mode', 'paired'),
	('session.default_seats', '60'),
	('contract.first_day', '2024-09-01'),
	('contract.last_day', '2025-02-28'),
	('attendance.max_missed_share', '0.25'),
	('plan.first_year', '2024'),
	('finding.item_correct_below', '0.5'),
	('finding.gain_below', '0.3'),
	('finding.satisfaction_below', '3.5'),
	('finding.return_below', '0.5');
