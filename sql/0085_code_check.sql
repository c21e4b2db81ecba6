-- 0085: two readers check the code book on a sample of comments.
--
-- A sample is a copy of masked texts, as an analysis has them, with the codes
-- that the rules gave them; it does not say who wrote what. It belongs to one
-- version of the book: other rules are checked anew.

CREATE TABLE code_sample (
	id        BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY,
	scope     VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'course or year',
	scope_id  BIGINT      NOT NULL COMMENT 'course id, or the fiscal year',
	book      CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'version of the code book',
	codes     TEXT        CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'ids of its codes in their order, with blanks',
	seed      BIGINT      NOT NULL COMMENT 'of the draw',
	generator VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the draw',
	people    INT         NOT NULL COMMENT 'who wrote the comments it was drawn from, at least',
	size      INT         NOT NULL COMMENT 'comments in it',
	drawn_by  BIGINT      NOT NULL COMMENT 'person',
	drawn_at  DATETIME(3) NOT NULL COMMENT 'UTC',
	UNIQUE KEY code_sample_of (scope, scope_id, book),
	KEY code_sample_book (book),
	KEY code_sample_by (drawn_by),
	CONSTRAINT code_sample_scope CHECK (scope IN ('course', 'year')),
	CONSTRAINT code_sample_person FOREIGN KEY (drawn_by) REFERENCES person (id)
) COMMENT 'comments by which readers check the code book';

CREATE TABLE code_sample_comment (
	sample_id BIGINT      NOT NULL,
	place     INT         NOT NULL COMMENT 'from 1, in the order to read',
	question  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what it answers',
	text      TEXT        NOT NULL COMMENT 'masked',
	rules     TEXT        CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'codes by the rules, with blanks',
	PRIMARY KEY (sample_id, place),
	CONSTRAINT code_sample_comment_of FOREIGN KEY (sample_id) REFERENCES code_sample (id)
) COMMENT 'a comment of a sample';

CREATE TABLE code_reader (
	sample_id   BIGINT      NOT NULL,
	person_id   BIGINT      NOT NULL,
	finished_at DATETIME(3) NULL COMMENT 'UTC; from then on it stays as it is',
	PRIMARY KEY (sample_id, person_id),
	KEY code_reader_person (person_id),
	CONSTRAINT code_reader_of FOREIGN KEY (sample_id) REFERENCES code_sample (id),
	CONSTRAINT code_reader_who FOREIGN KEY (person_id) REFERENCES person (id)
) COMMENT 'who reads a sample';

CREATE TABLE code_reading (
	sample_id BIGINT      NOT NULL,
	person_id BIGINT      NOT NULL,
	place     INT         NOT NULL,
	codes     TEXT        CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'codes that the reader ticked, with blanks; empty: none fits',
	PRIMARY KEY (sample_id, person_id, place),
	KEY code_reading_comment (sample_id, place),
	CONSTRAINT code_reading_reader FOREIGN KEY (sample_id, person_id) REFERENCES code_reader (sample_id, person_id),
	CONSTRAINT code_reading_comment FOREIGN KEY (sample_id, place) REFERENCES code_sample_comment (sample_id, place)
) COMMENT 'which codes a reader found in a comment';
