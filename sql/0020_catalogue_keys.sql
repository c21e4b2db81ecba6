-- 0020: keys for the lists of the catalogue and of roles.

ALTER TABLE session ADD KEY session_next_of_course (course_id, state, starts_at);

ALTER TABLE person_role ADD KEY person_role_role (role, person_id);
