#!/bin/sh
# SPDX-License-Identifier: MIT
# What all verbs share: help, options, completion, man pages.
. "$SOURCE/tests/cli/lib.sh"
verbs=$("$TEM" --complete)

run 0 "$TEM" --version && quiet && head -n 1 out | grep -Eqx 'tem [0-9]+\.[0-9]+\.[0-9]+' && [ "$(wc -l <out)" = 2 ]
ok 'the version'
sed -n 2p out | grep -Eqx 'optional parts: HEIC (yes|no)'
ok 'and what is built in, in a line for programs'
run 0 "$TEM" --version --lang vi && sed -n 2p out | grep -q '^optional parts: HEIC '
ok 'in every language'
run 0 "$TEM" --help && says 'tem verify' && quiet
ok 'the help'
run 2 "$TEM"
ok 'no verb at all is a mistake of use'
run 2 "$TEM" frob && says "no verb 'frob'" && [ "$(wc -l <err)" = 1 ]
ok 'an unknown verb is one line'
# "trust:build" for a verb of a group, which has one page for all.
all=$(for verb in $verbs; do
    below=$("$TEM" --complete "$verb" | grep -v '^-' | sed "s/^/$verb:/")
    echo "${below:-$verb}"
done)
for verb in $all; do
    name=$(echo "$verb" | tr : ' ')
    # shellcheck disable=SC2086 # two words
    run 0 "$TEM" $name --help && says "tem $name" && quiet &&
        run 0 "$TEM" $name --help --lang vi && says 'ngôn ngữ'
    ok "the help of $name in both languages"
    # shellcheck disable=SC2086
    run 2 "$TEM" $name --frob && says '--frob' && [ "$(wc -l <err)" = 1 ]
    ok "an unknown option of $name is one line"
    # shellcheck disable=SC2086
    run 2 "$TEM" $name --lang fr && says 'vi, en'
    ok "an unknown language to $name"
    # shellcheck disable=SC2086
    run 2 "$TEM" $name --quiet -q && says 'given twice'
    ok "an option twice to $name"
done
for verb in $verbs; do
    # The man page names exactly the options of the table, or of all tables.
    for below in $(echo "$all" | grep -x -e "$verb" -e "$verb:.*" | tr : '/'); do
        # shellcheck disable=SC2046
        "$TEM" --complete $(echo "$below" | tr / ' ')
    done | sort -u >out
    sed -n 's/^\.It Fl -\([a-z-]*\).*/--\1/p' "$SOURCE/cli/man/tem-$verb.1" | sort -u >err
    cmp -s out err
    ok "the man page of $verb has its options"
    grep -q "tem-$verb" "$SOURCE/cli/man/tem.1"
    ok "tem.1 points to tem-$verb"
done
run 2 "$TEM" issue --lang vi x --frob && says 'không có tùy chọn'
ok 'the language counts for mistakes of use before it is parsed'
run 0 "$TEM" --lang vi --help && says 'Kiểm tra' && run 0 "$TEM" --help --lang=vi && says 'Kiểm tra'
ok 'and stands before or after'
run 3 "$TEM" --lang vi check nothere.json && says 'không có tệp'
ok 'also before a verb'
[ "$("$TEM" --complete issue --level | tr '\n' ' ')" = 'L M Q H ' ] &&
    [ "$("$TEM" --complete check --lang | tr '\n' ' ')" = 'vi en ' ] && [ -z "$("$TEM" --complete issue --out)" ]
ok 'completion knows the words of a value'
run 2 "$TEM" issue x --kid 1 --out y -j 2 && says '--key is missing: give --key FILE' &&
    run 2 "$TEM" issue x --key k --kid 1 --out y --jobs 300 && says '1..256'
ok 'a number may follow -j'
run 2 "$TEM" scan --quiet=x y && says 'takes no value'
ok 'a flag takes no value'
run 2 "$TEM" scan --max-pixels && says 'needs a value'
ok 'an option without its value'
run 2 "$TEM" scan --max-pixels=0 x && says '1..4000000000'
ok 'a number out of range'
run 3 "$TEM" scan -- --help && says '--help: cannot be read'
ok 'after -- nothing is an option'

# The language: vi by itself or before _ . @, anything else is English.
hello() { env -i "$@" "$TEM" --help >out 2>err </dev/null; }
for locale in LC_ALL=vi LC_ALL=vi_VN.UTF-8 LC_MESSAGES=vi.UTF-8 LANG=vi@x; do
    hello $locale && says 'hàng OCOP'
    ok "$locale is Vietnamese"
done
for locale in LC_ALL=C LANG=en_US.UTF-8 LANG=vil_XX LANG=v LANG= A=b; do
    hello $locale && says 'for OCOP goods'
    ok "$locale is English"
done
hello LC_ALL=C LANG=vi_VN && says 'for OCOP goods' && hello LC_ALL= LANG=vi_VN && says 'hàng OCOP'
ok 'the first one set decides'

# What others wrote does not steer the terminal, nor pass for a line of ours.
name=$(printf 'a\033[31m\nb\\x1b\302\205\342\200\256\177\377\363\240\201\201ộ')
run 3 "$TEM" check "$name" && [ "$(wc -l <err)" = 1 ] &&
    says 'tem: a\x1b[31m\x0ab\\x1b\u0085\u202e\x7f\xff\U000e0041ộ: cannot be read'
ok 'a file name is escaped'
printf '{"a\\n\\u001b[2J\\u202eb\\\\n": 1}' >steer.json
run 1 "$TEM" check steer.json && says 'a\x0a\x1b[2J\u202eb\\n' &&
    ! grep -q "$(printf '\033')" err && [ "$(grep -c '^tem: steer.json:1: ' err)" = "$(wc -l <err)" ]
ok "a record's field name is escaped"
cp steer.json "$name"
run 1 "$TEM" check --json "$name" && python3 -c '
import json, unicodedata
text = open("out", encoding="utf-8").read()
bad = [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")]
assert not bad, bad
row = json.loads(text.split("\n")[0])
assert row["file"].startswith("a\x1b[31m\nb\\x1b"), row'
ok 'JSON escapes them too, and says the same'
printf '{"\\u202e\\ud840\\udc00\\udb40\\udc41": 1}' >steer2.json
name=$(printf 'u\342\200\256.json')
mv steer2.json "$name"
run 1 "$TEM" check --json "$name" && python3 -c '
import json
text = open("out").read()
assert "\\u202e" in text and "\u202e" not in text, text
assert json.loads(text.split("\n")[0])["file"] == "u\u202e.json"'
ok 'in UTF-8 as well'
run 2 "$TEM" "$(printf 'x\033c')" && says "no verb 'x\x1bc'"
ok 'an argument is escaped'

# Output that is lost is no success, whatever else went well.
[ -c /dev/full ] && {
    for use in --help --version 'check --help' "check $sonla/01-man-ruby.json"; do
        # shellcheck disable=SC2086
        LC_ALL=C "$TEM" $use >/dev/full 2>err
        [ $? -eq 3 ] && [ "$(wc -l <err)" = 1 ] && grep -q 'standard output: No space left' err
        ok "a full disk under '$use' is told"
    done
    "$TEM" check --json "$sonla/bad/unknown-field.json" >/dev/full 2>err
    [ $? -eq 3 ] && grep -q 'standard output' err
    ok 'it goes before what was found'
}

# A closed stream is not handed to the next file that is opened.
record=$sonla/01-man-ruby.json
"$TEM" keygen --out s.pem --pub s.pub --no-passphrase >out 2>err
"$TEM" issue "$record" --key s.pem --kid 1 --out s --count 40 --json --registry s.db >&- 2>err
[ $? -eq 3 ] && says 'standard output' && [ "$(events s.db | wc -l)" = 5 ] &&
    "$TEM" issue "$record" --key s.pem --kid 1 --out s --count 40 --registry s.db >out 2>err &&
    says 'not made again' && set -- s/*.png && [ $# = 40 ]
ok 'stdout closed: the registry holds its own events only'
"$TEM" issue nothere.json "$record" --key s.pem --kid 1 --out s2 --count 2 --registry s2.db >out 2>&-
[ $? -eq 3 ] && [ "$(events s2.db | wc -l)" = 5 ]
ok 'stderr closed: nor a complaint'
"$TEM" check - "$record" <&- >out 2>err
[ $? -eq 3 ] && says '-: ' && says 'lots 1, errors 0'
ok 'stdin closed: it cannot be read, the rest is'
"$TEM" check "$record" >out 2>err <&- && says 'lots 1, errors 0'
ok 'nor does it matter where it is not read'

# The test runner's own usage: its head comment, to the last line.
for wrong in --bogus '--quick --bench'; do
    # shellcheck disable=SC2086
    run 2 "$SOURCE/tests/run" $wrong && ! [ -s out ] && says '--quick     gcc only' &&
        [ "$(head -n 1 err | cut -c1-9)" = 'Build and' ] && [ "$(tail -n 1 err | cut -c1-9)" = 'Builds go' ]
    ok "tests/run $wrong says how it is used"
done
finish
