# site.sh: start and stop serve, jobs and nginx; sourced by tools/run and
# tests/with-server.
#
# Needs: top (the tree), VAR (absolute), PORT, TERAKOYA (the program) and the
# program's own environment. Sets pid_serve, pid_jobs, pid_nginx.

# Somebody answers on this port of this machine.
port_taken() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port nobody answers on; tests on one machine take different ones.
free_port() {
	local port
	for _ in $(seq 50); do
		port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
		if ! port_taken "$port"; then
			echo "$port"
			return 0
		fi
	done
	return 1
}

# The status line of a GET, without any other program.
http_status() {
	local line=
	exec 3<>"/dev/tcp/127.0.0.1/$PORT" || return 1
	printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
	read -r -t 5 line <&3
	exec 3>&-
	echo "$line"
}

# The process $1 listens, within 30 seconds.
wait_for_socket() {
	local pid=$1 tries=0
	until [ -S "$SOCKET" ]; do
		tries=$((tries + 1))
		kill -0 "$pid" 2>/dev/null && [ $tries -lt 300 ] || return 1
		sleep 0.1
	done
}

has_command() {
	"$TERAKOYA" help | grep -q "^  $1 "
}

# The demo programme, unless $1 is 0 or this program has none.
load_demo() {
	[ "${1:-1}" != 0 ] || return 0
	"$TERAKOYA" load 2>&1 | grep -q 'load demo' || return 0
	"$TERAKOYA" load demo
}

# The process is one of ours: its number may be somebody else's by now.
site_owns() {
	grep -qsF "$VAR" "/proc/$1/environ" "/proc/$1/cmdline"
}

# End what an earlier start left behind when it was killed.
site_clear() {
	local pid tries
	[ -e "$VAR/pids" ] || return 0
	while read -r pid; do
		tries=0
		while site_owns "$pid" && [ $tries -lt 100 ]; do
			[ $tries -gt 0 ] || kill "$pid" 2>/dev/null
			tries=$((tries + 1))
			sleep 0.1
		done
	done <"$VAR/pids"
	rm -f "$VAR/pids"
}

# Each process writes its own log in VAR/log; the last start is kept too.
site_start() {
	local tries=0 log=$VAR/log conf
	mkdir -p "$log" || return 1
	for name in serve jobs nginx; do
		[ ! -e "$log/$name" ] || mv "$log/$name" "$log/$name.1"
	done
	rm -f "$SOCKET"
	"$TERAKOYA" serve >"$log/serve" 2>&1 </dev/null &
	pid_serve=$!
	if has_command jobs; then
		"$TERAKOYA" jobs >"$log/jobs" 2>&1 </dev/null &
		pid_jobs=$!
	fi
	if ! wait_for_socket $pid_serve; then
		echo "terakoya serve does not start; the end of its log:" >&2
		tail -n 8 "$log/serve" >&2
		return 1
	fi
	conf=$("$top/tools/nginx-conf") || return 1
	# nginx stands in sbin, which is not in every ordinary user's PATH.
	PATH=$PATH:/usr/sbin nginx -p "$VAR/nginx" -e "$log/nginx" -c "$conf" \
		-g 'daemon off;' >>"$log/nginx" 2>&1 </dev/null &
	pid_nginx=$!
	printf '%s\n' $pid_nginx $pid_serve ${pid_jobs:-} >"$VAR/pids"
	until [[ $(http_status /readyz 2>/dev/null) == *" 200 "* ]]; do
		tries=$((tries + 1))
		if ! kill -0 $pid_nginx 2>/dev/null || [ $tries -gt 300 ]; then
			echo "nginx does not answer on port $PORT; its log:" >&2
			tail -n 8 "$log/nginx" "$log/serve" >&2
			return 1
		fi
		sleep 0.1
	done
}

# From the outside inwards, each one finishing what it has begun.
site_stop() {
	for pid in ${pid_nginx:-} ${pid_serve:-} ${pid_jobs:-}; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	pid_nginx='' pid_serve='' pid_jobs=''
	rm -f "$VAR/pids"
}
