-- 0065: a submission is stored by one statement.
--
-- Everybody submits in the same minutes, and most of what a submission costs
-- is the way between the server and the database. A function that a SELECT
-- calls is one statement, so it happens whole or not at all, with nothing to
-- begin and to commit around it.

CREATE FUNCTION submission_put(
	of_collection BIGINT, by_person BIGINT, at DATETIME(3), at_any_time BOOLEAN,
	kept_person BIGINT, kept_pairing BINARY(16), kept_tier BIGINT,
	kept_unit BIGINT, kept_at DATETIME(3), kept_enterer BIGINT,
	kept_form CHAR(43) CHARACTER SET ascii COLLATE ascii_bin,
	kept_slots VARBINARY(1000))
RETURNS BIGINT
DETERMINISTIC MODIFIES SQL DATA SQL SECURITY INVOKER
COMMENT 'id of the new submission; 0: this person has answered before; NULL: the collection takes no answers at that moment'
BEGIN
	DECLARE taken INT DEFAULT 0;

	-- One statement is gate and check: no row means that it is closed.
	BEGIN
		DECLARE EXIT HANDLER FOR 1062 SET taken = -1;
		INSERT INTO completion (collection_id, person_id)
		SELECT c.id, by_person
		  FROM collection c LEFT JOIN session s ON s.id = c.session_id
		 WHERE c.id = of_collection
		   AND (at_any_time
		        OR (c.state = 'open'
		            AND (c.opens_at IS NULL OR c.opens_at <= at)
		            AND (c.closes_at IS NULL OR c.closes_at > at)
		            AND (s.id IS NULL
		                 OR (s.state <> 'cancelled'
		                     AND (c.moment <> 'pre'
		                          OR s.starts_at > at)))));
		SET taken = ROW_COUNT();
	END;
	IF taken < 0 THEN
		RETURN 0;
	ELSEIF taken = 0 THEN
		RETURN NULL;
	END IF;
	INSERT INTO submission (collection_id, person_id, pairing_key, tier_id,
		unit_id, submitted_at, entered_by, form_key, slots)
	VALUES (of_collection, kept_person, kept_pairing, kept_tier,
		kept_unit, kept_at, kept_enterer, kept_form, kept_slots);
	DELETE FROM draft
	 WHERE collection_id = of_collection AND person_id = by_person;
	RETURN LAST_INSERT_ID();
END;
