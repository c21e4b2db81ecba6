-- 0070: seats of a session kept for units (所属枠) until a moment.
--
-- While they are kept, session.held counts what nobody else may take: for
-- each unit its seats less the people of it (and of the units below it) who
-- are booked. It is kept by the transactions that change bookings. When the
-- moment has come, the waiting list moves up once, and allot_released_at says
-- when that was.

ALTER TABLE session
	ADD allot_until DATETIME(3) NULL COMMENT 'UTC; seats are kept for units until then; NULL: none are',
	ADD allot_released_at DATETIME(3) NULL COMMENT 'UTC; the waiting list moved up into seats no longer kept',
	ADD held INT NOT NULL DEFAULT 0 COMMENT 'free seats kept for units now',
	ADD CONSTRAINT session_held CHECK (held >= 0),
	ADD KEY session_release (allot_released_at, allot_until);

CREATE TABLE session_allotment (
	session_id  BIGINT NOT NULL COMMENT 'session',
	unit_id     BIGINT NOT NULL COMMENT 'unit; the ones below it share its seats',
	seats       INT    NOT NULL COMMENT 'people of the unit who find a seat',
	PRIMARY KEY (session_id, unit_id),
	CONSTRAINT session_allotment_session FOREIGN KEY (session_id) REFERENCES session (id),
	CONSTRAINT session_allotment_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
	CONSTRAINT session_allotment_seats CHECK (seats > 0)
) COMMENT '所属枠: seats of a session kept for a unit';
