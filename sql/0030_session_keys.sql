-- 0030: what lists and limits of sessions need.
--
-- A code on the projector names one session only. Wrong codes are counted per
-- person in windows of ten minutes, so that nobody finds one by trying.

ALTER TABLE session
	ADD CONSTRAINT session_code UNIQUE (attendance_code),
	ADD KEY session_course_start (course_id, state, starts_at),
	ADD KEY session_end (state, ends_at);

ALTER TABLE meeting ADD KEY meeting_start (starts_at);

ALTER TABLE room_hold ADD KEY room_hold_start (starts_at);

ALTER TABLE booking ADD KEY booking_unit_state (unit_id, state);

CREATE TABLE code_try (
	person_id   BIGINT      NOT NULL COMMENT 'person',
	window_at   DATETIME(3) NOT NULL COMMENT 'UTC, start of the ten minutes',
	failures    INT         NOT NULL COMMENT 'wrong codes in them',
	PRIMARY KEY (person_id),
	CONSTRAINT code_try_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT code_try_failures CHECK (failures >= 0)
) COMMENT 'wrong attendance codes of a person, latest window only';

INSERT INTO setting (name, value) VALUES
	('booking.unit_per_day', '0'),
	('room.day_start', '08:00'),
	('room.day_end', '17:30');
