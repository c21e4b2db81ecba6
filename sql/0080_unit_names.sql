-- 0080: a unit gets another name on a day, and the names before it stay.
--
-- A unit that was never renamed has no row here. unit.name is the name of
-- today; terakoya jobs writes it on the day a new one begins.

CREATE TABLE unit_name (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'row id',
	unit_id     BIGINT       NOT NULL COMMENT 'unit',
	name        VARCHAR(100) NOT NULL COMMENT 'Japanese name',
	name_en     VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'English name, may be empty',
	valid_from  DATE         NOT NULL COMMENT 'first day of this name, Japan',
	noted_by    BIGINT       NULL COMMENT 'person; NULL: the name it began with',
	noted_at    DATETIME(3)  NOT NULL COMMENT 'UTC',
	CONSTRAINT unit_name_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
	CONSTRAINT unit_name_by FOREIGN KEY (noted_by) REFERENCES person (id),
	CONSTRAINT unit_name_once UNIQUE (unit_id, valid_from)
) COMMENT 'the names a renamed unit had, has and will have';
