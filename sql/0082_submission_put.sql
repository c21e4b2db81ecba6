-- 0082: the function of 0065 goes.
--
-- The program sends its three statements as one block instead. That asks the
-- database for less, and no rule about answers stands outside of store/.

DROP FUNCTION submission_put;
