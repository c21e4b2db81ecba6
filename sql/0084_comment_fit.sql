-- 0084: comments that somebody has read and found fit to be shown as typical.
--
-- Named by a hash of the text as it is shown, with names masked: the mark is
-- about these very words, whoever wrote them and wherever they stand, and does
-- not say who that was. Masked otherwise it is another text, to be read again.

CREATE TABLE comment_fit (
	id        BIGINT      NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'never used again',
	text_id   CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'BLAKE2b of the masked text, 16 bytes in hex',
	marked_by BIGINT      NOT NULL COMMENT 'person, the planner who read it',
	marked_at DATETIME(3) NOT NULL COMMENT 'UTC',
	UNIQUE KEY comment_fit_text (text_id),
	KEY comment_fit_by (marked_by),
	CONSTRAINT comment_fit_reader FOREIGN KEY (marked_by) REFERENCES person (id)
) COMMENT 'comments fit to be shown as typical';
