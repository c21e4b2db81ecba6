-- 0071: 復命, what people report to their head after a training.
--
-- A session asks for it or not. It is a letter with a name on it, not an
-- answer: the head of the unit reads it, planners see who wrote one, nothing
-- is counted from it, and it is kept apart from the surveys.

ALTER TABLE session
	ADD debrief_days INT NULL COMMENT 'open days after the last meeting until the report is due; NULL: none is asked for',
	ADD CONSTRAINT session_debrief_days CHECK (debrief_days IS NULL OR debrief_days BETWEEN 1 AND 60);

CREATE TABLE debrief (
	booking_id  BIGINT      NOT NULL PRIMARY KEY COMMENT 'whose place in which session',
	learned     TEXT        NOT NULL COMMENT 'what was learned, as written',
	plans       TEXT        NOT NULL COMMENT 'how it is used at work, as written',
	written_at  DATETIME(3) NOT NULL COMMENT 'UTC, first time',
	changed_at  DATETIME(3) NOT NULL COMMENT 'UTC',
	seen_by     BIGINT      NULL COMMENT 'person, the head who read it',
	seen_at     DATETIME(3) NULL COMMENT 'UTC; from then on it stays as it is',
	CONSTRAINT debrief_booking FOREIGN KEY (booking_id) REFERENCES booking (id),
	CONSTRAINT debrief_reader FOREIGN KEY (seen_by) REFERENCES person (id)
) COMMENT '復命: the report after a training';
