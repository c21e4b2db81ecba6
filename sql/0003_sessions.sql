-- 0003: sessions, rooms and seats.
--
-- A session's row is locked by whoever changes its bookings; booked is kept
-- by that transaction and the CHECK makes a 61st seat impossible.

CREATE TABLE room (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	code        VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'e.g. 7-1',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name',
	place       VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'building and floor',
	place_en    VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'building and floor, English',
	seats       INT          NOT NULL COMMENT 'people who fit',
	equipment   VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'projector, network ..., Japanese',
	equipment_en VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'the same in English',
	is_inhouse  BOOLEAN      NOT NULL DEFAULT TRUE COMMENT '0: outside the city hall',
	sort        INT          NOT NULL DEFAULT 0 COMMENT 'order on screens',
	CONSTRAINT room_code UNIQUE (code),
	CONSTRAINT room_seats CHECK (seats > 0)
) COMMENT 'rooms';

CREATE TABLE room_hold (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	room_id     BIGINT       NOT NULL COMMENT 'room',
	starts_at   DATETIME(3)  NOT NULL COMMENT 'UTC',
	ends_at     DATETIME(3)  NOT NULL COMMENT 'UTC',
	note        VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'free text',
	released_at DATETIME(3)  NULL COMMENT 'UTC; NULL: held',
	CONSTRAINT room_hold_room FOREIGN KEY (room_id) REFERENCES room (id),
	CONSTRAINT room_hold_times CHECK (ends_at > starts_at),
	CONSTRAINT room_hold_once UNIQUE (room_id, starts_at)
) COMMENT '会場確保: a room reserved for us';

CREATE TABLE session (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	course_id   BIGINT       NOT NULL COMMENT 'course',
	version_id  BIGINT       NOT NULL COMMENT 'course_version it follows',
	fiscal_year INT          NOT NULL COMMENT 'year of the first meeting',
	run_no      INT          NOT NULL COMMENT '第n回 of the course in the fiscal year',
	seats       INT          NOT NULL COMMENT 'people at most',
	booked      INT          NOT NULL DEFAULT 0 COMMENT 'people in state booked',
	next_queue_no BIGINT     NOT NULL DEFAULT 1 COMMENT 'next place in the line of applications',
	approval    ENUM('none','head') NOT NULL DEFAULT 'none' COMMENT 'head: the section head approves',
	state       ENUM('draft','open','held','cancelled') NOT NULL DEFAULT 'draft' COMMENT 'held: over',
	apply_from  DATETIME(3)  NULL COMMENT 'UTC; NULL: at once',
	apply_until DATETIME(3)  NULL COMMENT 'UTC; NULL: until it starts',
	cancel_until DATETIME(3) NULL COMMENT 'UTC; NULL: 17:00 on the last open day before',
	starts_at   DATETIME(3)  NOT NULL COMMENT 'UTC, start of the first meeting',
	ends_at     DATETIME(3)  NOT NULL COMMENT 'UTC, end of the last meeting',
	attendance_code CHAR(6)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'shown on the projector; NULL: none open',
	note        TEXT         NOT NULL DEFAULT '' COMMENT 'shown to participants',
	is_synthetic BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '1: 合成データ',
	CONSTRAINT session_run UNIQUE (course_id, fiscal_year, run_no),
	CONSTRAINT session_course FOREIGN KEY (course_id) REFERENCES course (id),
	CONSTRAINT session_version FOREIGN KEY (version_id) REFERENCES course_version (id),
	CONSTRAINT session_seats CHECK (booked >= 0 AND booked <= seats),
	KEY session_start (starts_at)
) COMMENT '開催回';

CREATE TABLE meeting (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	session_id  BIGINT       NOT NULL COMMENT 'session',
	meeting_no  INT          NOT NULL COMMENT '1, 2, ...',
	starts_at   DATETIME(3)  NOT NULL COMMENT 'UTC',
	ends_at     DATETIME(3)  NOT NULL COMMENT 'UTC',
	room_id     BIGINT       NULL COMMENT 'room; NULL: online or elsewhere',
	online_url  VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'online room, may be empty',
	CONSTRAINT meeting_once UNIQUE (session_id, meeting_no),
	CONSTRAINT meeting_session FOREIGN KEY (session_id) REFERENCES session (id),
	CONSTRAINT meeting_room FOREIGN KEY (room_id) REFERENCES room (id),
	CONSTRAINT meeting_times CHECK (ends_at > starts_at),
	KEY meeting_room_time (room_id, starts_at)
) COMMENT 'コマ';

CREATE TABLE session_trainer (
	session_id  BIGINT       NOT NULL COMMENT 'session',
	person_id   BIGINT       NOT NULL COMMENT 'person',
	PRIMARY KEY (session_id, person_id),
	CONSTRAINT session_trainer_session FOREIGN KEY (session_id) REFERENCES session (id),
	CONSTRAINT session_trainer_person FOREIGN KEY (person_id) REFERENCES person (id),
	KEY session_trainer_of (person_id, session_id)
) COMMENT 'who teaches a session';

CREATE TABLE booking (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	session_id  BIGINT       NOT NULL COMMENT 'session',
	person_id   BIGINT       NOT NULL COMMENT 'person',
	way         ENUM('applied','nominated','recommended') NOT NULL DEFAULT 'applied' COMMENT '応募, 指名, 推薦',
	state       ENUM('applied','waiting','booked','declined','cancelled') NOT NULL COMMENT 'applied: the head has not decided yet',
	queue_no    BIGINT       NOT NULL COMMENT 'place in line, from session.next_queue_no',
	unit_id     BIGINT       NULL COMMENT 'unit on the day of application',
	tier_id     BIGINT       NULL COMMENT 'tier on the day of application',
	wheelchair  BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '1: needs a wheelchair place',
	changed_at  DATETIME(3)  NOT NULL COMMENT 'UTC, last change of state',
	CONSTRAINT booking_once UNIQUE (session_id, person_id),
	CONSTRAINT booking_session FOREIGN KEY (session_id) REFERENCES session (id),
	CONSTRAINT booking_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT booking_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
	CONSTRAINT booking_tier FOREIGN KEY (tier_id) REFERENCES tier (id),
	KEY booking_line (session_id, state, queue_no),
	KEY booking_mine (person_id, state)
) COMMENT '申込: one row per person and session, its changes in booking_event';

CREATE TABLE booking_event (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	booking_id  BIGINT       NOT NULL COMMENT 'booking',
	at          DATETIME(3)  NOT NULL COMMENT 'UTC',
	actor_id    BIGINT       NULL COMMENT 'person; NULL: the rules themselves (promotion)',
	from_state  VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'NULL: new',
	to_state    VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'booking.state after it',
	reason      VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'why, as written',
	CONSTRAINT booking_event_booking FOREIGN KEY (booking_id) REFERENCES booking (id),
	CONSTRAINT booking_event_actor FOREIGN KEY (actor_id) REFERENCES person (id)
) COMMENT 'history of a booking; rows are only added';

CREATE TABLE attendance (
	booking_id  BIGINT       NOT NULL COMMENT 'booking',
	meeting_id  BIGINT       NOT NULL COMMENT 'meeting',
	minutes     INT          NOT NULL COMMENT 'minutes present; 0: absent',
	way         ENUM('tap','code','import') NOT NULL COMMENT 'by the trainer, by the code on the projector, from a file',
	marked_by   BIGINT       NULL COMMENT 'person',
	marked_at   DATETIME(3)  NOT NULL COMMENT 'UTC',
	PRIMARY KEY (booking_id, meeting_id),
	CONSTRAINT attendance_booking FOREIGN KEY (booking_id) REFERENCES booking (id),
	CONSTRAINT attendance_meeting FOREIGN KEY (meeting_id) REFERENCES meeting (id),
	CONSTRAINT attendance_marker FOREIGN KEY (marked_by) REFERENCES person (id),
	CONSTRAINT attendance_minutes CHECK (minutes >= 0)
) COMMENT 'who was there; no row: not taken yet';
