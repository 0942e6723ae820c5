#!/bin/sh
# SPDX-License-Identifier: MIT
# What all verbs share: help, options, completion, man pages.
. "$SOURCE/tests/cli/lib.sh"
verbs=$("$TEM" --complete)

run 0 "$TEM" --version && says 'tem '
ok 'the version'
run 0 "$TEM" --help && says 'tem verify' && quiet
ok 'the help'
run 2 "$TEM"
ok 'no verb at all is a mistake of use'
run 2 "$TEM" frob && says "no verb 'frob'" && [ "$(wc -l <err)" = 1 ]
ok 'an unknown verb is one line'
for verb in $verbs; do
    run 0 "$TEM" "$verb" --help && says "tem $verb" && quiet &&
        run 0 "$TEM" "$verb" --help --lang vi && says 'ngôn ngữ'
    ok "the help of $verb in both languages"
    run 2 "$TEM" "$verb" --frob && says '--frob' && [ "$(wc -l <err)" = 1 ]
    ok "an unknown option of $verb is one line"
    run 2 "$TEM" "$verb" --lang fr && says 'vi, en'
    ok "an unknown language to $verb"
    run 2 "$TEM" "$verb" --quiet -q && says 'given twice'
    ok "an option twice to $verb"
    # The man page names exactly the options of the table.
    "$TEM" --complete "$verb" | sort >out
    sed -n 's/^\.It Fl -\([a-z-]*\).*/--\1/p' "$SOURCE/cli/man/tem-$verb.1" | sort >err
    cmp -s out err
    ok "the man page of $verb has its options"
    grep -q "tem-$verb" "$SOURCE/cli/man/tem.1"
    ok "tem.1 points to tem-$verb"
done
run 2 "$TEM" scan --quiet=x y && says 'takes no value'
ok 'a flag takes no value'
run 2 "$TEM" scan --max-pixels && says 'needs a value'
ok 'an option without its value'
run 2 "$TEM" scan --max-pixels=0 x && says '1..4000000000'
ok 'a number out of range'
run 3 "$TEM" scan -- --help && says '--help: cannot be read'
ok 'after -- nothing is an option'

# The test runner's own usage: its head comment, to the last line.
for wrong in --bogus '--quick --bench'; do
    # shellcheck disable=SC2086
    run 2 "$SOURCE/tests/run" $wrong && ! [ -s out ] && says '--quick     gcc only' &&
        [ "$(head -n 1 err | cut -c1-9)" = 'Build and' ] && [ "$(tail -n 1 err | cut -c1-9)" = 'Builds go' ]
    ok "tests/run $wrong says how it is used"
done
finish
