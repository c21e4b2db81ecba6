-- 0060: kept analyses: what the answers of a session, a course or a fiscal
-- year say, computed by a job and kept until new answers come.

CREATE TABLE analysis (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	scope       ENUM('session','course','year') NOT NULL COMMENT 'what it is about',
	scope_id    BIGINT       NOT NULL COMMENT 'session, course, or the fiscal year itself (2024)',
	sheets      BIGINT       NOT NULL DEFAULT 0 COMMENT 'submissions in the scope when it was computed',
	last_id     BIGINT       NOT NULL DEFAULT 0 COMMENT 'greatest submission id among them; 0: none',
	rules       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'version of the methods and least numbers of people it was computed with',
	result      LONGTEXT     NULL COMMENT 'JSON, fcgi/analysis/analysis.h; NULL: not computed yet',
	computed_at DATETIME(3)  NULL COMMENT 'UTC, when the answers were read; NULL: not computed yet',
	job_id      BIGINT       NULL COMMENT 'newest job that computes it',
	CONSTRAINT analysis_once UNIQUE (scope, scope_id),
	CONSTRAINT analysis_job FOREIGN KEY (job_id) REFERENCES job (id),
	CONSTRAINT analysis_kept CHECK ((result IS NULL) = (computed_at IS NULL))
) COMMENT 'kept analyses, one per scope';
