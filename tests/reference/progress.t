#!/bin/sh
# progress.t: a long analysis says on a terminal how far it is, and nothing
# where standard error is no terminal.
top=$(cd "$(dirname "$0")/../.." && pwd)
program=${TERAKOYA:-$top/build/${BUILD:-debug}/terakoya}
command -v script >/dev/null || { echo "1..0 # SKIP script(1) is not installed"; exit 0; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0 failed=0

say() { # good sentence
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		failed=1
	fi
}

# Both outputs of an analysis on a terminal of its own; took: milliseconds.
on_terminal() {
	began=$(date +%s%3N)
	script -qec "$program analyse $*" /dev/null </dev/null >"$dir/seen"
	took=$(($(date +%s%3N) - began))
}

cd "$dir" || exit 1
awk 'BEGIN { print "pre,post"; for (i = 0; i < 60; i++)
	print i * 7 % 11 "," i * 5 % 13 }' >scores.csv
awk 'BEGIN { print "a,b,c,d"; for (i = 0; i < 2500; i++)
	print (i * 7919) % 3 "," (i * 104729) % 5 "," (i * 31) % 7 "," i % 11 }' \
	>words.csv
long='{"statistic":"median(post-pre)","B":300000}'

on_terminal bca_own_rng --input scores.csv --options "'$long'"
grep -q 'bca_own_rng: resamples [0-9]* of 300000' seen
say $? "resampling says how many resamples there are on a terminal"
grep -q '"status": "ok"' seen
say $? "and the result comes as ever"
lines=$(tr '\r' '\n' <seen | grep -c 'resamples [0-9]')
[ "$lines" -ge 1 ] && [ "$lines" -le $((took / 100 + 1)) ]
say $? "it does not write more than ten times a second ($lines in $took ms)"
"$program" analyse bca_own_rng --input scores.csv --options "$long" \
	>out 2>err && [ ! -s err ]
say $? "nothing is said where standard error is a file"
on_terminal nmf --input words.csv --options "'{\"starts\":20}'"
grep -q 'nmf: starts [0-9]* of 20' seen
say $? "topics say which start they are at"
on_terminal bca_own_rng --input scores.csv \
	--options "'{\"statistic\":\"median(post-pre)\",\"B\":2000}'"
grep -q '"status": "ok"' seen && ! grep -q 'bca_own_rng: resamples' seen
say $? "a short run writes no line"
echo "1..$n"
exit $failed
