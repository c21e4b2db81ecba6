#!/bin/bash
# backup.t: terakoya backup, and what a city can do with its file.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
if [ -z "${BACKUP_T:-}" ]; then
	BACKUP_T=1 exec "$top/tests/with-mariadb" "$0"
fi

n=0
ok() { # STATUS SENTENCE
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
}
sql() { # DATABASE STATEMENT, as the account that changes tables
	mariadb --no-defaults -NB -S "$DB_SOCKET" -u terakoya_migrate "$1" \
		-e "$2" 2>&1
}
# Every table, how many rows it has and the checksum of what they say. The
# backup itself is written down after its file is: those two rows are not in it.
inventory() { # DATABASE
	local tables table rows
	tables=$(sql "$1" "SELECT table_name FROM information_schema.tables
		WHERE table_schema = '$1' AND table_type = 'BASE TABLE'
		ORDER BY 1")
	for table in $tables; do
		case $table in
		setting) rows="FROM setting WHERE name <> 'backup.last' ORDER BY 1" ;;
		audit) rows="FROM audit WHERE action <> 'backup.made' ORDER BY 1" ;;
		*)
			echo "$table $(sql "$1" "SELECT COUNT(*) FROM \`$table\`")" \
				"$(sql "$1" "CHECKSUM TABLE \`$table\`" | cut -f 2)"
			continue
			;;
		esac
		echo "$table $(sql "$1" "SELECT * $rows" | tee "$VAR/rows" |
			wc -l) $(sha256sum <"$VAR/rows")"
	done
}

folder=$VAR/backups
mkdir "$folder" || exit 1
"$TERAKOYA" load content >/dev/null || exit 1
"$TERAKOYA" load demo --people 400 >/dev/null || exit 1

sql terakoya "INSERT INTO audit (at, action) VALUES (NOW(), 'test')"

out=$("$TERAKOYA" backup "$VAR/nowhere" 2>&1)
[ $? = 1 ] && [[ $out == *"cannot write $VAR/nowhere/"* ]]
ok $? "a folder that is not there is named"
[ -z "$(sql terakoya "SELECT value FROM setting
	WHERE name = 'backup.last'")" ]
ok $? "what failed does not count as a backup"

file=$("$TERAKOYA" backup "$folder")
ok $? "a backup is made of a database in use"
[ "$(ls "$folder")" = "$(basename "$file")" ] &&
	[ "$(stat -c %a "$file")" = 600 ]
ok $? "it is one file, for its owner only"
gzip -t "$file" && zcat "$file" | tail -n 1 | grep -q 'Dump completed'
ok $? "and whole"
[[ $(sql terakoya "SELECT value FROM setting WHERE name = 'backup.last'") \
	== 2024-12-0* ]]
ok $? "when it was is written down, by the product's clock"
[ "$(sql terakoya "SELECT object FROM audit WHERE action = 'backup.made'")" \
	= "$(basename "$file")" ] && [ -n "$file" ]
ok $? "and stands in the audit log"

# A server that has nothing yet, as docs/install.md says.
before=$(inventory terakoya)
mkdir "$VAR/second"
"$top/tools/mariadb" start "$VAR/second/mariadb" \
	--innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=64M ||
	exit 1
trap '"$top/tools/mariadb" stop "$VAR/second/mariadb"' EXIT
DB_SOCKET=$VAR/second/mariadb/sock
[ -z "$(sql terakoya 'SHOW TABLES')" ]
ok $? "the second server is empty"
zcat "$file" | mariadb --no-defaults -S "$DB_SOCKET" -u terakoya_migrate \
	terakoya
ok $? "the file goes in by the client alone"
after=$(inventory terakoya)
full=$(echo "$after" | grep -cE '^[a-z_]+ [1-9][0-9]* ')
[ "$before" = "$after" ] && [ "$full" -gt 40 ] &&
	[[ $after == *$'\naudit '[1-9]* && $after == *$'\nsetting '[1-9]* ]]
ok $? "every row of every table is back"
[ "$before" = "$after" ] ||
	diff <(echo "$before") <(echo "$after") | sed 's/^/# /'
[ "$(sql terakoya 'SELECT COUNT(*) FROM answer')" -gt 1000 ]
ok $? "the view of the answers works"
[[ $(sql terakoya "DELETE FROM audit") == *"never deleted"* ]]
ok $? "the triggers are back"

export DB_URL="mariadb:///terakoya?socket=$DB_SOCKET&user=terakoya"
export MIGRATE_DB_URL="${DB_URL}_migrate"
[[ $("$TERAKOYA" migrate 2>&1) == *"nothing to do"* ]]
ok $? "it is as new as it was"
# What the browser loads may not be built yet, and is none of a backup's.
mkdir "$VAR/static"
ASSETS=$VAR/static "$TERAKOYA" check >"$VAR/check.log" 2>&1
good=$?
[ $good = 0 ] && [ -s "$VAR/check.log" ] && ! grep -q BAD "$VAR/check.log"
ok $? "the serving account has its rights again, and all is sound"
[ $good = 0 ] || sed 's/^/# /' "$VAR/check.log"

# What goes wrong half-way leaves nothing that looks like a backup.
mkdir "$VAR/bin"
printf '#!/bin/sh\necho "CREATE TABLE half"\nexit 3\n' \
	>"$VAR/bin/mariadb-dump"
chmod +x "$VAR/bin/mariadb-dump"
rm -f "$folder"/*
out=$(PATH=$VAR/bin:$PATH "$TERAKOYA" backup "$folder" 2>&1)
[ $? = 1 ] && [[ $out == *"mariadb-dump failed"* ]]
ok $? "a dump that ends early is a failure"
[ -z "$(ls "$folder")" ]
ok $? "and leaves no file"
printf '#!/bin/sh\ncat >/dev/null\nexit 1\n' >"$VAR/bin/gzip"
chmod +x "$VAR/bin/gzip"
rm "$VAR/bin/mariadb-dump"
out=$(PATH=$VAR/bin:$PATH "$TERAKOYA" backup "$folder" 2>&1)
[ $? = 1 ] && [[ $out == *"gzip failed"* ]] && [ -z "$(ls "$folder")" ]
ok $? "so does a disk that is full"
echo "1..$n"
