#!/bin/sh
# SPDX-License-Identifier: MIT
# tem key: show, check, passwd; fingerprints as people compare them.
. "$SOURCE/tests/cli/lib.sh"
"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >made 2>err
"$TEM" keygen --out o.pem --pub o.pub --alg es256 --no-passphrase --quiet 2>err
hex=$(openssl pkey -pubin -in k.pub -outform DER 2>err | sha256sum | cut -c 1-64)

run 0 "$TEM" key show k.pub && quiet && says "$hex" && says 'a public key' && grep -q "fingerprint (SHA-256) $hex" made
ok 'the fingerprint is the digest of the SPKI'
words=$(sed -n 's/^in words: //p' out)
[ "$(echo "$words" | wc -w)" = 8 ] && grep -qF "$words" made && run 0 "$TEM" key show k.pem && says "$words" && says 'a private key'
ok 'eight words, of either half'
run 0 "$TEM" key show k.pem --json && python3 -c 'import json, sys
o = json.load(open("out"))
assert o["private"] and o["fingerprint"] == sys.argv[1] and o["words"] == sys.argv[2] and o["algorithm"] == "Ed25519"' "$hex" "$words"
ok 'as JSON'
# The symbol as a picture, two pixels a block, is read again.
"$TEM" key show k.pub 2>err | tail -n +4 | python3 -c 'import sys
rows = []
for line in sys.stdin.read().splitlines():
    rows += [[c in "█▀" for c in line], [c in "█▄" for c in line]]
n = 4
print("P1", len(rows[0]) * n, len(rows) * n)
for row in rows:
    for _ in range(n):
        print(" ".join("0" if light else "1" for light in row for _ in range(n)))' >qr.pbm
if command -v pnmtopng >/dev/null; then
    pnmtopng qr.pbm >qr.png 2>err
    run 0 "$TEM" scan qr.png && says "TEM-KEY:$(echo "$hex" | tr a-f A-F)"
    ok 'and a symbol that is read'
else
    python3 - <<'PY'
import struct, zlib
data = open('qr.pbm').read().split()
w, h, bits = int(data[1]), int(data[2]), data[3:]
raw = b''.join(b'\0' + bytes(0 if bits[y * w + x] == '1' else 255 for x in range(w)) for y in range(h))
def chunk(kind, body):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
open('qr.png', 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 0, 0, 0, 0)) +
                           chunk(b'IDAT', zlib.compress(raw)) + chunk(b'IEND', b''))
PY
    run 0 "$TEM" scan qr.png && says "TEM-KEY:$(echo "$hex" | tr a-f A-F)"
    ok 'and a symbol that is read'
fi
run 0 "$TEM" key show "$sonla/demo.pub.pem" && says 'the demonstration key'
ok 'the demonstration key is told'

run 0 "$TEM" key check k.pem --pub k.pub && says 'in order' && run 1 "$TEM" key check k.pem --pub o.pub && says 'two keys'
ok 'a pair, and no pair'
run 1 "$TEM" key check k.pub --pub o.pub && run 0 "$TEM" key check k.pub --pub k.pub
ok 'of public keys, too'
run 0 "$TEM" key check k.pub --is "$hex" && run 0 "$TEM" key check k.pub --is "TEM-KEY:$(echo "$hex" | tr a-f A-F)" &&
    run 0 "$TEM" key check k.pub --is "$words" && run 0 "$TEM" key check k.pub --is "$(echo "$hex" | sed 's/../&:/g')"
ok 'a fingerprint as digits, symbol or words'
run 0 "$TEM" key check k.pub --is " $(printf %s "$words" | python3 -c 'import sys; print(sys.stdin.read().upper().replace(" ", "  "), end="")') " && run 1 "$TEM" key check k.pub --is "${words% *}" && run 1 "$TEM" key check k.pub --is "$words x"
ok 'words in capitals, with spaces to spare'
run 1 "$TEM" key check k.pem --pub o.pub --is "$hex" --json --quiet && [ "$(cat out)" = '{"file":"k.pem","private":true,"holds":false,"is":true}' ] &&
    run 0 "$TEM" key check k.pub --json --quiet && [ "$(cat out)" = '{"file":"k.pub","private":false}' ]
ok 'as JSON, too'
run 1 "$TEM" key check o.pub --is "$words" && says 'another fingerprint' && run 1 "$TEM" key check k.pub --is "${hex%?}" && run 1 "$TEM" key check k.pub --is ''
ok 'and those of others'

printf 'first\n' >p1
printf 'second\n' >p2
run 0 "$TEM" key passwd k.pem --new-passphrase-file p1 && says 'new passphrase' && grep -q ENCRYPTED k.pem && [ "$(stat -c %a k.pem)" = 600 ]
ok 'a passphrase is put on'
run 0 "$TEM" key passwd k.pem --passphrase-file p1 --new-passphrase-file p2 && run 3 "$TEM" key check k.pem --passphrase-file p1 &&
    run 0 "$TEM" key check k.pem --passphrase-file p2 --pub k.pub
ok 'and changed'
cp k.pem before.pem
run 3 "$TEM" key passwd k.pem --passphrase-file p1 --new-passphrase-file p2 && cmp -s k.pem before.pem
ok 'a wrong one changes nothing'
: >none
run 3 "$TEM" key passwd k.pem --passphrase-file p2 --new-passphrase-file none && cmp -s k.pem before.pem
ok 'nor does an empty new one'
run 0 "$TEM" key passwd k.pem --passphrase-file p2 --no-passphrase && says 'written without a passphrase' && run 0 "$TEM" key check k.pem --pub k.pub
ok 'and taken off'
run 3 "$TEM" key passwd k.pub --no-passphrase && says 'public'
ok 'a public key has none'
run 2 "$TEM" key passwd k.pem --no-passphrase --new-passphrase-file p1 && run 2 "$TEM" key show && run 2 "$TEM" key show k.pem k.pub && says 'one argument too many'
ok 'mistakes of use'
run 3 "$TEM" key show nothere.pem && says 'nothere.pem' && [ "$(wc -l <err)" = 1 ]
ok 'a file that is not there is one line'
finish
