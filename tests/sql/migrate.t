#!/bin/bash
# migrate.t: terakoya migrate, and the rights it leaves behind.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
if [ -z "${MIGRATE_T:-}" ]; then # an empty one
	MIGRATE_T=1 EMPTY=1 exec "$top/tests/with-mariadb" "$0"
fi

n=0
ok() { # STATUS SENTENCE
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
}
says() { # TEXT SENTENCE: the last run failed and said so
	local good=1
	[ "$status" != 0 ] && [[ $out == *"$1"* ]] && good=0
	ok $good "$2"
	[ $good = 0 ] || echo "# status $status: $out"
}
migrate() { out=$("$TERAKOYA" migrate 2>&1); status=$?; }
sql() { # ACCOUNT STATEMENT
	mariadb --no-defaults -NB -S "$DB_SOCKET" -u "$1" terakoya -e "$2" 2>&1
}

export SQL=$VAR/sql
mkdir "$SQL"
cp "$top"/sql/*.sql "$SQL/"
last=$(ls "$SQL" | tail -n 1)

migrate
ok $status "an empty database takes every file"
migrate
[[ $out == *"nothing to do"* ]]
ok $? "a second run has nothing to do"
[ "$(sql terakoya 'SELECT COUNT(*) FROM schema_migration')" = \
	"$(ls "$SQL" | wc -l)" ]
ok $? "each file is written down once"

for table in audit audit_seal; do
	[[ $(sql terakoya "DELETE FROM $table") == *denied* ]] &&
		[[ $(sql terakoya "UPDATE $table SET id = id") == *denied* ]]
	ok $? "the serving account cannot change $table"
done
[[ $(sql terakoya "DROP TABLE plan") == *denied* ]] &&
	[[ $(sql terakoya "CREATE TABLE x (i INT)") == *denied* ]]
ok $? "the serving account cannot change tables"
sql terakoya "INSERT INTO audit (at, action) VALUES (NOW(), 'test')"
[[ $(sql terakoya_migrate "DELETE FROM audit") == *"never deleted"* ]]
ok $? "a trigger keeps audit rows from everybody"

echo "-- a late thought" >>"$SQL/0002_catalogue.sql"
migrate
says "0002_catalogue.sql has changed" "a changed file is refused"
cp "$top/sql/0002_catalogue.sql" "$SQL/"

mv "$SQL/0003_sessions.sql" "$VAR/"
migrate
says "0003_sessions.sql was applied" "a missing file is refused"
mv "$VAR/0003_sessions.sql" "$SQL/"

echo "SELECT 1;" >"$SQL/0009_between.sql"
migrate
says "0009_between.sql comes before" "a file between applied ones is refused"
mv "$SQL/0009_between.sql" "$SQL/0002_twice.sql"
migrate
says "have one number" "two files of one number are refused"
rm "$SQL/0002_twice.sql"

cat >"$SQL/9001_trigger.sql" <<'SQL'
-- a comment; with semicolons; "quotes' and all
CREATE TABLE extra (id INT PRIMARY KEY, text VARCHAR(20) DEFAULT ';');
CREATE TRIGGER extra_upper BEFORE INSERT ON extra FOR EACH ROW BEGIN
	SET NEW.text = UPPER(NEW.text); /* a ; here */
	IF NEW.id < 0 THEN SET NEW.id = 0; END IF;
END;
CREATE VIEW extra_view AS SELECT id FROM extra;
SQL
migrate
ok $status "triggers, views and quoted semicolons need no delimiter"
sql terakoya "INSERT INTO extra VALUES (-5, 'a;b')"
[ "$(sql terakoya 'SELECT * FROM extra')" = "$(printf '0\tA;B')" ]
ok $? "and the serving account may use what they made"

printf 'CREATE TABLE good (i INT);\nCREATE TABLE bad (i NONSENSE);\n' \
	>"$SQL/9002_bad.sql"
migrate
says "9002_bad.sql, statement 2" "a failing statement is named"
[ "$(sql terakoya 'SELECT MAX(number) FROM schema_migration')" = 9001 ]
ok $? "its file does not count as applied"
rm "$SQL/9002_bad.sql"
sql terakoya_migrate "DROP TABLE good"

printf 'SELECT SLEEP(1);\nCREATE TABLE once (i INT);\n' >"$SQL/9003_slow.sql"
"$TERAKOYA" migrate >/dev/null 2>&1 &
migrate
wait $!
ok $((status + $?)) "two runs at once do not collide"

sql terakoya_migrate "DROP DATABASE terakoya"
migrate
ok $status "a missing database is made"
echo "1..$n"
