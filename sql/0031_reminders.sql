-- 0031: how long before a session people with a seat are reminded.

INSERT INTO setting (name, value) VALUES
	('booking.reminder_days', '3');
