#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs in examples/ do what their .out files say.
. "$SOURCE/tests/cli/lib.sh"

run 0 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" label.png &&
    quiet && head -n 1 out | grep -q '^HTTPS://OCOP.SONLA.GOV.VN/01/09520124600104/10/NP7K3Q9M/21/000001?S=' &&
    tail -n +2 out | cmp -s - "$SOURCE/examples/sign_one.out"
ok 'sign_one seals a lot'
"$TEM" verify --demo --json --key "$sonla/demo.pub.pem" label.png |
    grep -q "\"record_digest\":\"$(sha256sum label.png.record.json | cut -c1-32)\""
ok 'and keeps the record whose digest is on the label'
run 0 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" label.png 2026-06-06 && quiet &&
    head -n 3 out | cmp -s - "$SOURCE/examples/verify_one.out"
ok 'verify_one checks its label'
run 0 "$TEM" verify --demo --key "$sonla/demo.pub.pem" --at 2026-06-06 "$sonla/label.png"
ok 'the label that the README shows is genuine'
run 1 "$EXAMPLES/sign_one" "$sonla/demo.pub.pem" "$one" other.png && says 'public key'
ok 'sign_one refuses a public key'
run 3 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" "$one" 2026-06-06 && says 'not a PNG'
ok 'verify_one names what is no picture'
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" nothere.json other.png && says 'nothere.json: No such file' &&
    run 1 "$EXAMPLES/sign_one" nothere.pem "$one" other.png && says 'nothere.pem: No such file'
ok 'sign_one names the file that it cannot read'
: >none.json
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" none.json other.png && says 'none.json: no lot in it'
ok 'a file without a lot is told'
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$sonla/bad/b06-ma-xa-cu.json" other.png && says 'commune: 04138'
ok 'so is a lot with an error'
! [ -e other.png ] && ! [ -e other.png.record.json ]
ok 'a failed run leaves no file'
cp label.png before.png
run 1 "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" label.png && says 'label.png: File exists' && cmp -s label.png before.png
ok 'a file that is there is left alone'
# A label is larger than one block of 512 bytes.
(ulimit -f 1 && trap '' XFSZ && exec "$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" full.png) >out 2>err
[ $? -eq 1 ] && says 'full.png: File too large' && ! [ -e full.png ]
ok 'one that cannot be written whole is a failure'
"$EXAMPLES/sign_one" "$sonla/demo.key.pem" "$one" said.png >/dev/full 2>err
[ $? -eq 1 ] && says 'stdout: No space left' && ! [ -e said.png ] &&
    "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" label.png 2026-06-06 >/dev/full 2>err
[ $? -eq 3 ] && says 'stdout: No space left'
ok 'output that is lost is a failure of both'
run 2 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" label.png 2026-13-45 && says '2026-13-45: no such day' && ! [ -s out ]
ok 'verify_one refuses what is no date'
run 3 "$EXAMPLES/verify_one" "$sonla/demo.pub.pem" nothere.png 2026-06-06 && says 'nothere.png: No such file' &&
    run 3 "$EXAMPLES/verify_one" nothere.pem label.png 2026-06-06 && says 'nothere.pem: No such file'
ok 'and names the file that it cannot read'
run 2 "$EXAMPLES/sign_one" && run 2 "$EXAMPLES/verify_one"
ok 'both say how they are used'
finish
