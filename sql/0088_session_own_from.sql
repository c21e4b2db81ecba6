-- 0088: who saves an older form than somebody else's last change learns of it.

ALTER TABLE session
	ADD COLUMN own_from INT NOT NULL DEFAULT 1
		COMMENT 'revision that changed_by began from: what others had made of it'
		AFTER changed_by;

-- Whoever changed one before may have come after somebody else.
UPDATE session SET own_from = revision;
