#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs in examples/ do what their .out files say.
. "$SOURCE/tests/cli/lib.sh"

run 0 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" label.png &&
    quiet && head -n 1 out | grep -q '^HTTPS://OCOP.SONLA.GOV.VN/01/09520124600104/10/NP7K3Q9M/21/000001?S=' &&
    tail -n +2 out | cmp -s - "$SOURCE/examples/sign_one.out"
ok 'sign_one seals a lot'
run 0 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" label.png 2026-06-06 && quiet &&
    head -n 3 out | cmp -s - "$SOURCE/examples/verify_one.out"
ok 'verify_one checks its label'
run 1 "$EXAMPLES/sign_one" "$sonla/demo.pub.pem" "$one" other.png && says 'public key'
ok 'sign_one refuses a public key'
run 3 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" "$one" 2026-06-06 && says 'neither a PNG'
ok 'verify_one names what is no picture'
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" nothere.json other.png && says 'nothere.json: No such file'
ok 'sign_one names what it cannot open'
: >empty.json
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" empty.json other.png && says 'the file ends' && ! [ -e other.png ]
ok 'nor makes a label of nothing'
cp label.png before
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" label.png && says 'label.png: File exists' && cmp -s label.png before
ok 'sign_one overwrites nothing'
# A disk that takes nothing: a limit of no blocks on what is written.
(trap '' XFSZ; ulimit -f 0; "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" full.png 2>&1; echo "status $?") 2>&1 | cat >out
says 'full.png: File too large' && says 'status 1' && ! [ -e full.png ]
ok 'sign_one leaves no half label and says so'
"$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" said.png >/dev/full 2>err
[ $? -eq 1 ] && "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" label.png 2026-06-06 >/dev/full 2>err
[ $? -eq 3 ] && says 'stdout: No space left'
ok 'output that is lost is a failure of both'
run 2 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" label.png 2026-02-30 && says 'no such day'
ok 'verify_one refuses a day that does not exist'
run 2 "$EXAMPLES/sign_one" && run 2 "$EXAMPLES/verify_one"
ok 'both say how they are used'
finish
