#!/bin/bash
# render.t: terakoya render shows a page, and says what is wrong with one.
cd "$(dirname "$0")/../.." || exit 1
terakoya=build/${BUILD:-debug}/terakoya
folder=$(mktemp -d) || exit 1
trap 'rm -r "$folder"' EXIT
n=0 failed=0

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

ends() { # STATUS PATTERN ARGUMENT... of terakoya render
	local status=$1 pattern=$2 said got
	shift 2
	said=$("$terakoya" render "$@" 2>&1)
	got=$?
	[ "$got" = "$status" ] && [[ $said == $pattern ]] && return
	echo "# $got: $said"
	return 1
}

printf '<p title="{{a}}">{{> _x}}</p>' >"$folder/good.mustache"
printf '{{b.c}}' >"$folder/_x.mustache"
printf '<p>\n<p onclick="{{a}}">' >"$folder/bad.mustache"
printf '{{> _nowhere}}.' >"$folder/lacks.mustache"
echo '{"a":"<1>","b":{"c":2.5}}' >"$folder/model.json"
echo '{"a":' >"$folder/broken.json"

ok "a page with a part is written" ends 0 '<p title="&lt;1&gt;">2.5</p>' \
	"$folder/good.mustache" "$folder/model.json"
ok "an unsafe place is refused with its line" ends 2 \
	'*bad.mustache:2: a: *on*=*' "$folder/bad.mustache" "$folder/model.json"
ok "a broken model is refused with its line" ends 2 '*broken.json:*' \
	"$folder/good.mustache" "$folder/broken.json"
ok "a template that is not there is said so" ends 2 '*No such file*' \
	"$folder/none.mustache" "$folder/model.json"
ok "a missing part is named and counts as empty" ends 0 '*"_nowhere"*.' \
	"$folder/lacks.mustache" "$folder/model.json"
ok "without arguments the usage is shown" ends 2 'usage:*'
ok "the style guide is written in English too" ends 0 '*lang="ja"*Sign out*' \
	content/views/styleguide.mustache tests/views/styleguide.json en
echo "1..$n"
exit $failed
