-- 0020: a key for the list of who has which role.

ALTER TABLE person_role ADD KEY person_role_role (role, person_id);
