-- 0083: a file that was applied or thrown away leaves its number behind.
--
-- So that a second press ends where the first did, and a number that was
-- never given is a page that is not there.

ALTER TABLE upload
	ADD COLUMN ended VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL
		COMMENT 'applied, dropped or old: name and bytes are gone; NULL: waits'
		AFTER bytes,
	ADD CONSTRAINT upload_end CHECK (ended IN ('applied', 'dropped', 'old'));
