-- 0086: of two who change a session the second learns of the first.

ALTER TABLE session
	ADD COLUMN revision INT NOT NULL DEFAULT 1
		COMMENT 'one more with each change in its form',
	ADD COLUMN changed_by BIGINT NULL COMMENT 'person of the last change',
	ADD CONSTRAINT session_changed_by FOREIGN KEY (changed_by)
		REFERENCES person (id);
