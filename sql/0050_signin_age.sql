-- 0050: how long a sign-in lasts at the most, however busy it is.

INSERT INTO setting (name, value) VALUES
	('signin.max_hours', '12');
