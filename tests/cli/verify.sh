#!/bin/sh
# SPDX-License-Identifier: MIT
# tem verify, scan, export.
# shellcheck disable=SC2012,SC2317 # ls: our own names; `run` calls verify()
. "$SOURCE/tests/cli/lib.sh"

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
"$TEM" keygen --out x.pem --pub x.pub --no-passphrase >out 2>err
"$TEM" issue "$sonla"/0*.json --key k.pem --kid 1 --out l --count 1 >out 2>err
label=l/09520124600302-DT9H2VW6-000001.png
verify() { "$TEM" verify --key k.pub "$@"; }
text=$("$TEM" scan --json $label | python3 -c 'import json,sys; print(json.load(sys.stdin)["text"])')

run 0 verify --demo $label && says 'genuine' && says 'Xã Mai Sơn' && says 'heat pump' &&
    says 'not that the data are true'
ok 'a genuine label shows what was sealed'
run 1 verify $label && says 'out-of-scope' && says 'A05'
ok 'example data need --demo'
run 1 "$TEM" verify --demo --key x.pub $label && says 'altered' && says 'A01'
ok 'another key did not seal it'
run 1 "$TEM" verify --key "$sonla/demo.pub.pem" $label && says 'cannot-tell'
ok 'the demonstration key is never trusted'
run 0 verify --demo --at 15/08/2027 $label && ! grep -q A33 out
ok 'on its last day it is good'
run 0 verify --demo --at 2027-08-16 $label && says 'A33'
ok 'a day later its best is over, and the label still genuine'
run 2 verify --demo --at 2027-02-30 $label && says 'not a date'
ok 'a day that does not exist is told'
run 1 "$TEM" verify $label && says cannot-tell && says 'no key to check against'
ok 'without a key nobody can tell'
run 3 "$TEM" verify --key k.pem $label && says 'this is a private key'
ok 'a private key in its place is told'
run 2 verify --text "$text" $label && says 'do not go together'
ok 'text and pictures clash'

run 0 verify --demo --text "$text"
ok 'a scanned text'
run 1 verify --demo --text "$(echo "$text" | sed 's/000001?/000002?/')" && says altered
ok 'another serial on it is seen'
printf '%s\r\n\n%s\nhttps://example.com\n' "$text" "$(echo "$text" | sed 's/.$//')" |
    "$TEM" verify --demo --key k.pub --text - --json >out 2>err
[ $? -eq 1 ] && [ "$(sed 's/.*"verdict":"\([^"]*\)".*/\1/' out | tr '\n' ' ')" = 'genuine malformed not-a-label ' ]
ok 'one scan a line'
head -c 20000 /dev/zero | tr '\0' 9 | "$TEM" verify --demo --key k.pub --text - >out 2>err
[ $? -eq 3 ] && says 'longer than a label'
ok 'an endless line is cut off'

run 0 verify --demo --json $label && quiet && python3 -c '
import json
o = json.loads(open("out").read())
assert list(o)[:5] == ["file", "text", "corners", "verdict", "findings"], o
assert o["verdict"] == "genuine" and len(o["corners"]) == 4
assert o["label"]["lot"] == "DT9H2VW6" and o["label"]["net_mass_g"] == 500
assert o["label"]["best_before"] == "2027-08-15"
assert all(f["text_vi"] and f["text_en"] for f in o["findings"])'
ok 'the verdict as JSON'
run 1 "$TEM" verify --demo --key x.pub --json $label && ! grep -q '"label"' out
ok 'nothing unverified is in the JSON'
run 0 verify --demo --lang vi $label && says 'Tem thật'
ok 'the verdict in Vietnamese'

# Pictures in every state.
cp $label good.png
head -c 400 good.png >cut.png
: >empty.png
echo text >text.png
convert -size 400x300 xc:gray blank.png 2>/dev/null ||
    python3 - <<'PY'
import struct, zlib
def chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
open('blank.png', 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 400, 300, 8, 0, 0, 0, 0)) +
    chunk(b'IDAT', zlib.compress((b'\0' + b'\x80' * 400) * 300)) + chunk(b'IEND', b''))
PY
i=0
while [ $i -lt 45 ]; do cp good.png copy$i.png; i=$((i + 1)); done
run 3 verify --demo good.png cut.png copy*.png empty.png text.png blank.png nothere.png &&
    [ "$(grep -c ': genuine' out)" = 46 ] && [ "$(wc -l <err)" = 5 ] &&
    says 'cut.png: the PNG picture is broken' && says 'empty.png: the file is empty' &&
    says 'text.png: neither a PNG nor a JPEG' && says 'blank.png: no QR symbol found' &&
    says 'nothere.png: cannot be read'
ok 'fifty files of which five are broken: five lines, the rest checked'
run 3 verify --demo --max-pixels 1000 good.png && says 'more than the limit of 1000'
ok 'a picture over the limit is refused'
run 3 verify --demo "$sonla" && says 'is a folder'
ok 'a folder is told'
printf 'not ours' | qrencode -o foreign.png 2>/dev/null
if [ -s foreign.png ]; then
    run 1 verify --demo foreign.png && says 'not-a-label'
    ok 'a foreign symbol alone is not a label'
    if convert good.png foreign.png -append both.png 2>/dev/null; then
        run 0 verify --demo both.png && says genuine && says not-a-label
        ok 'beside a label it does no harm'
    fi
fi

run 0 "$TEM" scan $label && says "$label: HTTPS://"
ok 'scan prints the text'
if printf 'a\n\033[2J\\x1b\302\233' | qrencode -8 -o steer.png 2>/dev/null; then
    cp steer.png "$(printf 'e\033.png')"
    run 0 "$TEM" scan "$(printf 'e\033.png')" && says 'e\x1b.png: a\x0a\x1b[2J\\x1b\u009b' && [ "$(wc -l <out)" = 1 ]
    ok 'scan does not let a text steer the terminal'
    run 1 verify "$(printf 'e\033.png')" && says 'e\x1b.png: not-a-label'
    ok 'nor does verify let a file name'
fi
run 2 "$TEM" scan && says 'nothing to work on'
ok 'scan needs a picture'

# COSE: checked by a library that knows nothing of labels.
run 0 "$TEM" export --cose --out cose l/*.png && [ "$(ls cose | wc -l)" = 16 ]
ok 'COSE_Sign1 and external_aad for each label'
[ "$(cat cose/09520124600302-DT9H2VW6-000001.aad)" = "https://ocop.sonla.gov.vn/01/09520124600302/10/DT9H2VW6/21/000001?S=" ]
ok 'the external_aad is the address up to the digits'
python3 "$SOURCE/tests/cli/cose.py" k.pub cose/*.cose >out 2>err
ok 'openssl holds their signatures good'
run 3 "$TEM" export --cose --out cose $label && says 'is there already'
ok 'exported files are not overwritten'
run 1 "$TEM" export --cose --out cose2 --text 'https://example.com' && says 'nothing exported'
ok 'what is no label is not exported'
run 2 "$TEM" export --out c $label && says '--cose is missing'
ok 'a form must be named'
finish
