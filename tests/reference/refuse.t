#!/bin/sh
# refuse.t: bad files and options end with status 2 and one sentence, and a
# statistic that is not defined is null with a status.
top=$(cd "$(dirname "$0")/../.." && pwd)
program=${TERAKOYA:-$top/build/${BUILD:-debug}/terakoya}
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

# refuses SENTENCE WORDS ARGUMENT...: status 2, nothing on standard output, one
# line on standard error that has the words.
refuses() {
	what=$1 words=$2
	shift 2
	"$program" analyse "$@" >"$dir/out" 2>"$dir/err"
	[ $? = 2 ] && [ ! -s "$dir/out" ] && [ "$(wc -l <"$dir/err")" = 1 ] &&
		grep -q -- "$words" "$dir/err"
	say $? "$what"
	[ $? = 0 ] || sed 's/^/# /' "$dir/err"
}

# says SENTENCE PATTERN ARGUMENT...: status 0 and the pattern in the result.
says() {
	what=$1 words=$2
	shift 2
	"$program" analyse "$@" >"$dir/out" 2>"$dir/err" &&
		grep -q -- "$words" "$dir/out"
	say $? "$what"
}

cd "$dir" || exit 1
printf 'y\n1\n2\nthree\n' >word.csv
printf 'y\n1\n\n3\n' >gap.csv
printf 'y\n' >none.csv
printf 'pre,post\n1,2\n2\n' >short.csv
printf 'pre,post\n1,2,3\n' >long.csv
printf 'pre,post\n"1,2\n' >quote.csv
printf 'pre,post\n4,4\n4,4\n4,4\n' >same.csv
printf 'y\n\377\n' >bytes.csv
printf 'x,n\n3,2\n' >more.csv
: >empty.csv
awk 'BEGIN { print "a,b,c"; for (i = 1; i <= 120; i++) print i ",0," i % 7 }' >whole.csv
awk 'BEGIN { print "group,y"; for (i = 0; i < 3000; i++) print "g" i % 1000 "," i }' >many.csv
awk 'BEGIN { print "t,y"; for (i = 0; i < 10000; i++) print i "," i % 7 }' >waves.csv
awk 'BEGIN { print "doc,token"; for (i = 0; i < 10000; i++) print 1 + i % 3 ",w" i }' >words.csv
awk 'BEGIN { print "doc,token"; for (i = 1; i <= 300; i++) print i ",w" }' >docs.csv
awk 'BEGIN { print "doc,group"; for (i = 1; i <= 300; i++) print i ",g" i }' >bygroup.csv
awk 'BEGIN { print "comment"; for (i = 0; i < 40000; i++) printf "9" }' >long.txt
printf 'x,y,y\n1,2,3\n4,5,6\n' >twice.csv
printf 'stratum,group,correct\n1,a,1\n1,,0\n1,b,1\n' >blank.csv
printf 'weight\n1\n2\n' >weight.csv
printf 'code,rule,need,words\nx,1,any,w\ny,1,any,v\nx,2,any,v\n' >apart.csv
printf 'code,rule,need,words\nx,1,not,w\n' >without.csv
printf 'code,rule,need,words\nx,1,any,w\nx,2,any,v\nx,1,any,u\n' >split.csv
printf 'code,rule,need,words\n' >nocodes.csv
printf 'code,rule,need,words\nx,1,any,w\n' >book.csv
printf 'doc,token\n' >nowords.csv
printf 'doc,token\n200001,w\n' >faroff.csv
printf 'code,rule,need,words\nx,1,maybe,w\n' >maybe.csv
printf 'a,b\n1,2\n' >other.csv
printf 'headcount,intake\n40,2\n,1\n' >staff.csv
printf 'x,y\n.8,.1\n0,.9\n' >moves.csv
printf 'a,b\nA,A\nB,A\n,B\nB,\nB,B\n' >readers.csv
for rows in 249 250; do
	awk -v n=$rows 'BEGIN { print "y,u,v"; for (i = 0; i < n; i++)
		print i * 7 % 11 + i * 3 % 5 "," i * 7 % 11 "," i * 5 % 13 }' >$rows.csv
done
mv 249.csv people.csv && mv 250.csv many_people.csv
printf 'group,y,se\nA,1,1\nB,2,1\nC,4,1\n' >unit.csv
printf 'n,dz\n20,.5\n' >size.csv
printf '\357\273\277pre,post\r\n"1","2"\r\n3,5\r\n4,4\r\n' >windows.csv

refuses "no method is refused" "METHOD"
refuses "an unknown method is refused" "no such method" nonsense
refuses "a method without its file is refused" "needs 1 input" univariate
refuses "a file that is not there is refused" "cannot open" \
	univariate --input nowhere.csv
refuses "a word among numbers is refused with its line" "line 4" \
	univariate --input word.csv
refuses "a row that is too short is refused" "too few cells in line 3" \
	paired_change --input short.csv
refuses "a row that is too long is refused" "too many cells in line 2" \
	paired_change --input long.csv
refuses "an open quotation mark is refused" "quotation mark" \
	paired_change --input quote.csv
refuses "a file that is no UTF-8 is refused" "UTF-8" \
	univariate --input bytes.csv
refuses "a missing column is refused by name" "\"pre\"" \
	paired_change --input other.csv
refuses "an unknown argument is refused" "unknown argument" \
	univariate --output x
refuses "an argument without its value is refused" "needs a value" \
	univariate --input
refuses "options that are no JSON are refused" "no JSON" \
	univariate --input gap.csv --options '{level'
refuses "options that are no object are refused" "JSON object" \
	univariate --input gap.csv --options '[1]'
refuses "an option of the wrong kind is refused" "level must be a number" \
	univariate --input gap.csv --options '{"level":"high"}'
refuses "a level beyond 1 is refused" "level lies between 0 and 1" \
	univariate --input gap.csv --options '{"level":1.5}'
refuses "a highest score of 0 is refused" "above 0" \
	paired_change --input windows.csv --options '{"max_score":0}'
refuses "a half-Cauchy prior without its scale is refused" "scale" \
	shrink_bayes --input unit.csv --options '{"prior":"half-Cauchy"}'
refuses "power of a one-sided test is refused" "two-sided" \
	power_paired_t --input size.csv --options '{"two_sided":false}'
refuses "blanks as zeros in a regression are refused" "leaves out" \
	ols --input people.csv --options '{"missing":"zero"}'
refuses "more successes than trials are refused" "x <= n" \
	proportion --input more.csv
refuses "a file without even a header is refused" "empty" \
	univariate --input empty.csv
refuses "a comment that would take minutes is refused" "longer than" \
	text_tokens --input long.txt
refuses "a name with a line end is one sentence" "cannot open no?where" \
	univariate --input 'no
where'
refuses "all pairs of a thousand groups are too many" "200 at most" \
	groups --input many.csv
refuses "all pairs of ten thousand waves are too many" "2000 at most" \
	trend --input waves.csv
refuses "a network of ten thousand words is too large" "3000 at most" \
	cooccurrence --input words.csv --options '{"min_df":1}'
refuses "topics that would take hours are refused" "lower the option starts" \
	nmf --input whole.csv --options '{"starts":1000,"iterations":100000}'
refuses "a column named twice is refused" "two columns" \
	correlation --input twice.csv
refuses "somebody of no group is refused where groups are compared" "line 3" \
	dif_mh --input blank.csv --options '{"focal":"b"}'
refuses "seats without their number are refused" "option seats" \
	largest_remainder --input weight.csv
refuses "words of three hundred groups are too many" "200 at most" \
	characteristic_terms --input docs.csv --input bygroup.csv
refuses "a code in two places of the book is refused" "line 4" \
	codes --input docs.csv --input apart.csv
refuses "a rule needs a word that must be there" "any or all" \
	codes --input docs.csv --input without.csv
refuses "a rule in two places of a code is refused" "line 4" \
	codes --input docs.csv --input split.csv
refuses "a book without codes is refused" "no codes" \
	codes --input docs.csv --input nocodes.csv
refuses "a document too many for codes is refused with the limit" "200000" \
	codes --input faroff.csv --input book.csv
says "no tokens are no document" '"n_documents": 0' \
	codes --input nowords.csv --input book.csv
refuses "a part of a rule is any, all or not" "line 2" \
	codes --input docs.csv --input maybe.csv
says "a thousand groups without pairs are compared" '"df1": 999' \
	anova --input many.csv
says "a blank line of one column is a missing value" '"n_missing": 1' \
	univariate --input gap.csv
says "no rows are an empty result, not a mistake" '"status": "empty"' \
	univariate --input none.csv
says "what is not defined is null with a status" '"t": null' \
	paired_change --input same.csv
says "a file from a spreadsheet is read" '"mean_diff": 1.0' \
	paired_change --input windows.csv
refuses "a blank head count is refused as blank" "is blank" \
	staff_forecast --input staff.csv --input moves.csv
says "a comment that one reader left out is missing" '"n_missing": 2' \
	cohen_kappa --input readers.csv
says "shares of drivers have BCa limits from 250 people on" \
	'"ci_method": "bca"' drivers --input many_people.csv --options '{"B":50}'
says "below 250 they have percentile limits" \
	'"ci_method": "percentile"' drivers --input people.csv --options '{"B":50}'
"$program" analyse --list | grep -q '^irt_2pl '
say $? "the list names the methods"
[ "$("$program" analyse --list | wc -l)" -ge 50 ]
say $? "the list has all fifty methods"
echo "1..$n"
exit $failed
