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
run 2 "$EXAMPLES/sign_one" && run 2 "$EXAMPLES/verify_one"
ok 'both say how they are used'
finish
