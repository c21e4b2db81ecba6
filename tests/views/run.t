#!/bin/bash
# run.t: make run says in one sentence what stops it, and a MariaDB that dies
# is started again. No test before it needs anything but the programs built.
cd "$(dirname "$0")/../.." || exit 1
export BUILD=${BUILD:-debug} DEMO=0
unset DB_URL MIGRATE_DB_URL TERAKOYA_CONFIG CONTENT VAR PORT
. tools/site.sh
folder=$(mktemp -d "${TMPDIR:-/tmp}/terakoya.XXXXXX") || exit 1
chmod 755 "$folder"
PORT=$(free_port) || exit 1
export PORT VAR=$folder/var
n=0 failed=0 site=

clean() {
	[ -z "$site" ] || { kill "$site" 2>/dev/null; wait "$site"; }
	tools/mariadb stop "$VAR/mariadb"
	rm -rf "$folder"
}
trap clean EXIT
trap 'exit 130' INT TERM HUP

ok() { # SENTENCE COMMAND...
	local sentence=$1
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $sentence"
	else
		echo "not ok $n - $sentence"
		failed=1
	fi
}

# Ends with status 1 and these words alone, soon.
refuses() { # PATTERN COMMAND...
	local words=$1 said got
	shift
	said=$(timeout 20 "$@" 2>&1)
	got=$?
	[ $got = 1 ] && [[ $said == $words ]] && return
	echo "# $got: $said"
	return 1
}

# A command that stands before the real one.
pretend() { # NAME LINE...
	local name=$1
	shift
	printf '%s\n' '#!/bin/sh' "$@" >"$folder/bin/$name"
	chmod +x "$folder/bin/$name"
}

until_() { # COMMAND...: within 30 seconds
	for _ in $(seq 150); do
		"$@" && return
		sleep 0.2
	done
	return 1
}
ready() { [[ $(http_status /readyz 2>/dev/null) == *" 200 "* ]]; }
said() { grep -qs -e "$1" "$folder/out"; }
# Ended, whether or not anybody has asked what became of it.
gone() { ! grep -qs '^State:.[^Z]' "/proc/$1/status"; }
server() { cat "$VAR/mariadb/pid" 2>/dev/null; }

mkdir "$folder/bin" "$VAR"

ok "a port that is no number is said so" \
	refuses "run: PORT is not a number: http" env PORT=http tools/run
ok "nor is every number a port" \
	refuses "run: PORT is not 1 to 65535" env PORT=65536 tools/run
touch "$folder/file"
ok "a folder that cannot be made is named" \
	refuses "run: the folder $folder/file/var cannot be made" \
	env VAR="$folder/file/var" tools/run

perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 5,
	LocalAddr => "127.0.0.1", LocalPort => shift) or die; sleep 60' "$PORT" &
taker=$!
until_ port_taken "$PORT"
ok "a port that is taken is named, and another one" refuses \
	"run: port $PORT is taken; try: make run PORT=$((PORT + 1))" tools/run
kill $taker
wait $taker 2>/dev/null

pretend df 'echo Filesystem 1048576-blocks Used Available Capacity Mounted' \
	'echo /dev/x 1000 988 12 99% /'
ok "a full disk is said before anything is written" refuses \
	"run: the disk is full: $VAR needs 300 MB and has 12 MB" \
	env PATH="$folder/bin:$PATH" tools/run
rm "$folder/bin/df"

# Somebody without rights, on a machine without a package and without sudo.
pretend dpkg-query 'echo not-installed'
pretend id 'echo 1000'
for name in bash sed npm; do
	ln -s "$(command -v $name)" "$folder/bin/$name"
done
ok "without sudo the packages that root must install are named" refuses \
	"deps: these packages are missing, and without sudo only root can\
 install them: gcc *" env PATH="$folder/bin" tools/deps run
rm "$folder"/bin/*

mkdir -p "$VAR/mariadb/data"
touch "$VAR/mariadb/data/ready"
head -c 5000 /dev/urandom >"$VAR/mariadb/data/ibdata1"
tools/run >"$folder/out" 2>&1
ok "a MariaDB that does not start ends it" [ $? = 1 ]
ok "with the reason in MariaDB's words" said "^MariaDB does not start;"
ok "and nothing goes on without it" eval '! said ^ready:'
rm -rf "$VAR"

tools/run >"$folder/out" 2>&1 &
site=$!
ok "with everything there it comes up" until_ said "^ready:"
ok "a second one beside it is refused" refuses \
	"run: Terakoya is already running with VAR=$VAR" tools/run
first=$(server)
sleep 10 # a server that ends sooner is not started again
kill -9 "$first"
ok "a MariaDB that dies is seen" until_ said "MariaDB ended by itself"
ok "and started again" until_ said "MariaDB runs again"
ok "the pages are back" until_ ready
second=$(server)
ok "on another server" [ "$first" != "$second" ]
kill -9 "$second"
wait $site
ok "one that dies again at once ends the run" [ $? = 1 ]
ok "with a sentence" said "within ten seconds; it is not started again"
site=
ok "and the rest is stopped" eval '! port_taken "$PORT"'

tools/run >"$folder/out" 2>&1 &
site=$!
until_ said "^ready:"
first=$(server)
kill -TERM $site
wait $site
ok "to be stopped is no failure" [ $? = 0 ]
site=
ok "and MariaDB goes too" gone "$first"
ok "which is not called an accident" eval '! said "ended by itself"'
echo "1..$n"
exit $failed
