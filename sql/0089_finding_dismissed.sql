-- 0089: who dismissed a finding, and when: a decision has a person and a day.

ALTER TABLE finding
	ADD COLUMN dismissed_by BIGINT NULL
		COMMENT 'person; NULL: not dismissed, or before this was kept'
		AFTER reason,
	ADD COLUMN dismissed_at DATETIME(3) NULL COMMENT 'UTC; NULL likewise'
		AFTER dismissed_by,
	ADD CONSTRAINT finding_dismissed_by FOREIGN KEY (dismissed_by)
		REFERENCES person (id);
