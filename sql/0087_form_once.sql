-- 0087: a form that makes something makes it once, however often it is sent.

CREATE TABLE form_once (
	form_key  BINARY(32)   NOT NULL PRIMARY KEY COMMENT 'hash of who, where to, the form''s token and what was in it',
	place     VARCHAR(200) NOT NULL COMMENT 'page of what it made',
	at        DATETIME(3)  NOT NULL COMMENT 'UTC',
	KEY form_once_at (at)
) COMMENT 'forms that were sent in the last two minutes';
