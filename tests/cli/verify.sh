#!/bin/sh
# SPDX-License-Identifier: MIT
# tem verify, scan, export.
# shellcheck disable=SC2012,SC2317 # ls: our own names; `run` calls verify()
. "$SOURCE/tests/cli/lib.sh"

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
"$TEM" keygen --out x.pem --pub x.pub --no-passphrase >out 2>err
"$TEM" issue "$sonla"/0*.json --key k.pem --kid 1 --out l --count 1 >out 2>err
label=l/09520124600302_DT9H2VW6_000001.png
verify() { "$TEM" verify --key k.pub "$@"; }
text=$("$TEM" scan --json $label | python3 -c 'import json,sys; print(json.load(sys.stdin)["text"])')

run 0 verify --demo $label && says 'genuine' && says 'Xã Mai Sơn' && says 'heat pump' &&
    says 'not that the data are true'
ok 'a genuine label shows what was sealed'
run 1 verify $label && says 'out-of-scope' && says 'A05' && says 'add --demo'
ok 'example data need --demo'
run 1 "$TEM" verify --demo --key x.pub $label && says 'altered' && says 'A01'
ok 'another key did not seal it'
run 1 "$TEM" verify --key "$sonla/demo.pub.pem" $label && says 'cannot-tell' &&
    says 'accept it only to try things out (--demo)'
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
printf -- '-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----\n' >r.pub
run 3 "$TEM" verify --key r.pub $label && says "genpkey does, or as 'tem keygen' does"
ok 'another block in its place, and what to do about it'
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
[ $? -eq 3 ] && says 'line 1: longer than a label' && ! grep -q malformed out
ok 'an endless line is cut off'
# verdicts: those of the texts on stdin, in a line.
verdicts() {
    "$TEM" verify --demo --key k.pub --text - --json >out 2>err
    got=$?
    sed -n 's/.*"verdict":"\([^"]*\)".*/\1/p' out | tr '\n' ' ' >verdicts
    [ $got -eq "$1" ] && [ "$(cat verdicts)" = "$2" ]
}
printf '%s\0GARBAGE\n%s\n' "$text" "$text" | verdicts 1 'malformed genuine ' &&
    grep -q '\\u0000GARBAGE' out
ok 'a NUL is part of the text and swallows nothing'
printf '\0%s\n\0\n%s' "$text" "$text" | verdicts 1 'not-a-label not-a-label genuine '
ok 'a NUL at the start is no end either'
{ printf '%s\n' "$text"; head -c 20000 /dev/zero; printf '\n%s\r\n%s\n' "$text" "$text"; } |
    verdicts 3 'genuine genuine genuine ' && says 'line 2: longer' && [ "$(wc -l <err)" = 1 ]
ok 'what follows an endless line is checked'
# The longest text of a symbol, its line end, and one character more.
{ head -c 7089 /dev/zero | tr '\0' 9; printf '\r\n'; head -c 7090 /dev/zero | tr '\0' 9; printf '\n'; } |
    verdicts 3 'not-a-label ' && says 'line 2: longer'
ok 'the limit is that of a symbol'
printf '\n\r\n\n' | "$TEM" verify --demo --key k.pub --text - >out 2>err
[ $? -eq 3 ] && says '-: no text came in' && [ "$(wc -l <err)" = 1 ]
ok 'blank lines are nothing to check'
run 3 verify --demo --text - && says 'no text came in'
ok 'no lines are nothing to check'
"$TEM" verify --demo --key k.pub --text - </ >out 2>err
[ $? -eq 3 ] && says '-: cannot be read' && [ "$(wc -l <err)" = 1 ]
ok 'a read error is told'

# What a hand-held scanner, or the keyboard that it plays, puts around a text.
# typed FORMAT: a line of that form of the label's text, checked.
typed() {
    # shellcheck disable=SC2059
    printf "$1" "$text" | "$TEM" verify --demo --key k.pub --text - >out 2>err
}
for form in '  %s \t\n' '\357\273\277%s\n' ']Q3%s\n' ']Q1 %s\r\n' '\357\273\277 ]Q3%s\n'; do
    typed "$form" || break
done && quiet && says 'line 1: genuine'
ok 'blanks, a byte order mark and the symbology around a text are none of it'
run 0 verify --demo --text "  ]Q3$text " && quiet
ok 'around the text of the command line neither'
typed ']Q7%s\n'
[ $? -eq 1 ] && says 'not-a-label: this text is no label' && ! typed ']C1%s\n' && ! typed 'Q3%s\n'
ok 'of others nothing is taken away'
# spoiled TEXT HINT: such a line is refused, and the reason named.
spoiled() {
    printf '\n%s\n' "$1" | "$TEM" verify --demo --key k.pub --text - >out 2>err
    [ $? -eq 1 ] && says "line 2: $2" && [ "$(wc -l <err)" = 1 ] && ! grep -q genuine out
}
small=$(echo "$text" | tr '[:upper:]' '[:lower:]')
spoiled "$small" 'came in small letters: is Caps Lock on?' &&
    run 1 verify --demo --lang vi --text "$small" && says 'máy quét đang bật Caps Lock?'
ok 'Caps Lock is guessed, and not mended'
wrong=$(echo "$text" | tr ':/?' ';\-_')
spoiled "$wrong" "':' and '/' came as other signs" &&
    run 1 verify --demo --lang vi --text "$wrong" && says 'sai bố trí bàn phím của máy quét'
ok 'so is another layout of the keyboard'
spoiled "$(echo "$text" | sed 's/VW6/VƯ6/')" 'came with accented letters'
ok 'and a Vietnamese keyboard program'
run 1 "$TEM" export --cose --out spoiled --text "$small" && says 'Caps Lock'
ok 'for export, too'
run 1 verify --demo --text 'https://example.com' && quiet && says 'this text is no label'
ok 'an ordinary text gives no such hint'
run 1 verify --demo --text "$(echo "$text" | sed 's/000001?/000002?/')" && quiet
ok 'nor does a changed label'
{ printf '%s\n\nhello\n' "$text"; head -c 9000 /dev/zero; } |
    "$TEM" verify --demo --key k.pub --text - >out 2>err
[ $? -eq 3 ] && says 'line 1: genuine: ' && says 'line 3: not-a-label: ' &&
    says 'In all: 1 genuine, 1 not a label, 1 could not be read'
ok 'each line is told by its number, and all are counted'
{ printf '%s\n\nhello\n' "$text"; head -c 9000 /dev/zero; } |
    "$TEM" verify --demo --key k.pub --json --text - >out 2>err
[ $? -eq 3 ] && python3 -c '
import json
o = [json.loads(l) for l in open("out")]
assert [x["line"] for x in o] == [1, 3, 4] and o[2]["error"] == "too-long", o'
ok 'in JSON, too'

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
run 0 verify --demo --lang vi $label && says 'TEM THẬT: đúng chữ ký' && ! grep -q genuine out
ok 'the verdict in Vietnamese'
says 'Mã chủ thể: 3' && says 'Định lượng: 500 g' && says 'chưa kiểm tra hiệu lực'
ok 'what was sealed in Vietnamese'
run 0 verify --demo --lang en $label && says "$label: genuine: the seal holds" && says 'Processing: heat pump' && says 'Maker: 3'
ok 'both in English, and the verdict once'
run 1 verify --demo --lang vi --text "$(echo "$text" | sed 's/VW6/vw6/')" && says 'TEM SAI QUY CÁCH' && says 'số lô trong địa chỉ'
ok 'the wrong part of an address in Vietnamese'
run 0 verify --help && says '--key KEY.pub.pem' && says '--trust F.tembundle --root'
ok 'the help names the bundle and the bare key'

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
printf '\0\0\0\044ftypheic\0\0\0\0mif1heic' >phone.heic
run 3 verify --demo phone.heic && says 'phone.heic: ' && says HEIC && [ "$(wc -l <err)" = 1 ]
ok 'a telephone format is told by its name'
if "$TEM" --version | grep -q 'HEIC yes'; then
    says 'the HEIC picture is broken'
    ok 'this build reads it: it is broken'
else
    says 'this build of tem does not read: export it as JPEG' && run 3 verify --lang vi phone.heic &&
        says 'hãy xuất ảnh thành JPEG'
    ok 'this build does not read it: what to do is told'
fi
i=0
while [ $i -lt 45 ]; do cp good.png copy$i.png; i=$((i + 1)); done
run 3 verify --demo good.png cut.png copy*.png empty.png text.png blank.png nothere.png &&
    [ "$(grep -c ': genuine' out)" = 46 ] && [ "$(wc -l <err)" = 5 ] &&
    says 'cut.png: the PNG picture is broken' && says 'empty.png: the file is empty' &&
    says 'text.png: not a PNG, JPEG, WebP or HEIC picture' && says 'blank.png: no QR symbol found' &&
    says 'nothere.png: cannot be read'
ok 'fifty files of which five are broken: five lines, the rest checked'
says 'In all: 46 genuine, 5 could not be read'
ok 'all are counted'
run 0 verify --demo good.png && ! grep -q 'In all' out && run 0 verify --quiet --demo good.png copy0.png && ! [ -s out ]
ok 'one is not, nor with --quiet'
run 3 verify --demo --json cut.png good.png empty.png text.png blank.png nothere.png && python3 -c '
import json
o = [json.loads(l) for l in open("out")]
assert [x["file"] for x in o] == ["cut.png", "good.png", "empty.png", "text.png", "blank.png", "nothere.png"]
assert [x.get("error") for x in o] == ["no-picture", None, "unreadable", "no-picture", "no-symbol", "unreadable"], o
assert all(x["text_vi"] and x["text_en"] for x in o if "error" in x)'
ok 'in JSON each file has its object'
run 3 "$TEM" scan --json blank.png && says '"error":"no-symbol"' && run 3 "$TEM" export --cose --out je --json cut.png &&
    says '"error":"no-picture"'
ok 'for scan and export, too'
verify --demo good.png cut.png copy0.png >both 2>&1
sed -n 's/^\(tem: \)*\([a-z0-9]*\)\.png: .*/\2/p' both | tr '\n' ' ' >order
[ "$(cat order)" = 'good cut copy0 ' ]
ok 'what is said of them stands in order in one file'
run 3 verify --demo --max-pixels 1000 good.png && says 'more than the limit of 1000' &&
    says 'raise the limit (--max-pixels)'
ok 'a picture over the limit is refused'
printf 'not ours' | qrencode -o foreign.png 2>/dev/null
if [ -s foreign.png ]; then
    run 1 verify --demo foreign.png && says 'not-a-label'
    ok 'a foreign symbol alone is not a label'
    if convert good.png foreign.png -append both.png 2>/dev/null; then
        run 0 verify --demo both.png && says genuine && says not-a-label
        ok 'beside a label it does no harm'
    else
        skip 'a foreign symbol beside a label' 'no ImageMagick'
    fi
else
    skip 'foreign symbols' 'no qrencode'
fi

# A label whose seal was cut off is told, beside a genuine one too.
if qrencode -s 4 -o cutoff.png "${text%%\?S=*}" 2>/dev/null; then
    run 1 verify --demo cutoff.png && says 'malformed' && says 'the seal is missing'
    ok 'a label without its seal is malformed'
    if convert good.png cutoff.png -append beside.png 2>/dev/null; then
        run 1 verify --demo beside.png && says 'genuine' && says 'malformed'
        ok 'beside a genuine one too'
    else
        skip 'a label without its seal beside a genuine one' 'no ImageMagick'
    fi
    run 1 "$TEM" export --cose --out cut cutoff.png && says 'the seal is missing' && [ -z "$(ls cut)" ]
    ok 'and is not exported'
else
    skip 'a label whose seal was cut off' 'no qrencode'
fi
run 1 verify --demo --text 'https://id.gs1.org/01/09520124600302/10/ABC' &&
    says 'not-a-label' && says 'without a seal'
ok "another firm's GS1 Digital Link is no label, and said to have no seal"

# One label is one symbol, never the parts of a structured append.
if qrencode -S -v 5 -8 -l L -o part.png "$text" 2>/dev/null && [ -s part-01.png ] &&
    convert part-0*.png +append parts.png 2>/dev/null; then
    run 1 verify --demo parts.png && says not-a-label && says 'a label is one symbol' && ! grep -q genuine out
    ok 'a label in parts is none'
    run 1 verify --demo part-01.png && says not-a-label
    ok 'nor is a part alone'
    convert $label parts.png -append beside.png
    run 0 verify --demo --json beside.png && [ "$(grep -c '"genuine"' out)" = 1 ] && [ "$(grep -c not-a-label out)" = "$(ls part-0*.png | wc -l)" ]
    ok 'beside a label parts do no harm'
    run 0 "$TEM" scan parts.png && says 'parts.png: (part 1 of 4 of one text) HTTPS://' &&
        run 0 "$TEM" scan --json part-02.png && says '"part":true,"part_number":2,"part_count":4'
    ok 'scan says that they are parts'
    run 1 "$TEM" export --cose --out parts parts.png && says 'nothing exported' && [ -z "$(ls parts 2>/dev/null)" ]
    ok 'and they are not exported'
else
    skip 'structured append' 'no qrencode or no ImageMagick'
fi
# More symbols than a picture may have.
if qrencode -s 3 -o tile.png 1 2>/dev/null &&
    convert -size 2784x2784 tile:tile.png many.png 2>/dev/null; then
    run 3 verify many.png && says 'many.png: more than 1000 QR symbols' && [ "$(wc -l <err)" = 1 ] &&
        [ "$(grep -c not-a-label out)" = 1000 ]
    ok 'symbols left out are told'
    # So much that looks like labels, and is none, that the work ends.
    convert "$label" -fill white -draw 'rectangle 115,115 260,260' blot.png
    convert "$label" -filter point -resize 400% large.png
    convert -size 5490x5490 tile:blot.png large.png -composite blots.png
    run 3 verify --demo --effort fast blots.png && says 'blots.png: there is more that looks like QR symbols' &&
        says genuine && [ "$(wc -l <err)" = 1 ]
    ok 'work left undone is told'
else
    skip 'more symbols than a picture may have' 'no qrencode or no ImageMagick'
fi
# Bars beside a label, asked for or not.
if convert -size 8x8 xc:white white.png 2>/dev/null; then
    bars=10101100010011011011001100100110100001010001101010100111010111001000010110110011001101000010101
    echo "$bars" | awk '{ print "P1 " length($0) * 3 " 80"; gsub(/./, "& & & ")
        for (y = 0; y < 80; y++) print }' >bars.pbm
    convert bars.pbm -bordercolor white -border 40 "$label" -append priced.png
    run 0 "$TEM" scan --all --json priced.png && says '"text":"9521234543213","symbology":"EAN-13"' &&
        [ "$(wc -l <out)" = 2 ] && run 0 "$TEM" scan priced.png && [ "$(wc -l <out)" = 1 ]
    ok 'bars are read with --all'
else
    skip 'bars' 'no ImageMagick'
fi
# Light on dark, beside a label.
if convert $label \( $label -negate \) +append light.png 2>/dev/null; then
    run 0 verify --demo --json light.png && [ "$(grep -c '"genuine"' out)" = 2 ]
    ok 'a light label beside a dark one is seen'
else
    skip 'light on dark' 'no ImageMagick'
fi

run 0 "$TEM" scan $label && says "$label: HTTPS://"
ok 'scan prints the text'
if printf 'a\n\033[2J\\x1b\302\233' | qrencode -8 -o steer.png 2>/dev/null; then
    cp steer.png "$(printf 'e\033.png')"
    run 0 "$TEM" scan "$(printf 'e\033.png')" && says 'e\x1b.png: a\x0a\x1b[2J\\x1b\u009b' && [ "$(wc -l <out)" = 1 ]
    ok 'scan does not let a text steer the terminal'
    run 1 verify "$(printf 'e\033.png')" && says 'e\x1b.png: not-a-label'
    ok 'nor does verify let a file name'
else
    skip 'texts that steer a terminal' 'no qrencode'
fi
run 2 "$TEM" scan && says 'nothing to work on'
ok 'scan needs a picture'

# COSE: checked by a library that knows nothing of labels.
run 0 "$TEM" export --cose --out cose l/*.png && [ "$(ls cose | wc -l)" = 16 ]
ok 'COSE_Sign1 and external_aad for each label'
[ "$(cat cose/09520124600302_DT9H2VW6_000001.aad)" = "https://ocop.sonla.gov.vn/01/09520124600302/10/DT9H2VW6/21/000001?S=" ]
ok 'the external_aad is the address up to the digits'
python3 "$SOURCE/tests/cli/cose.py" k.pub cose/*.cose >out 2>err
ok 'openssl holds their signatures good'
run 3 "$TEM" export --cose --out cose $label && says 'is there already'
ok 'exported files are not overwritten'
run 1 "$TEM" export --cose --out cose2 --text 'https://example.com' && says 'nothing exported'
ok 'what is no label is not exported'
run 1 "$TEM" export --cose --out cose2 --text "$(echo "$text" | sed 's/.$//')" && says 'nothing exported' &&
    [ -z "$(ls cose2 2>/dev/null)" ]
ok 'nor is a malformed one'
mkdir cose3 && echo mine >cose3/09520124600302_DT9H2VW6_000001.aad
run 3 "$TEM" export --cose --out cose3 $label && says '.aad: is there already' &&
    [ "$(ls cose3)" = 09520124600302_DT9H2VW6_000001.aad ] && [ "$(cat cose3/*)" = mine ]
ok 'both files are written or none'
if strace -o trace true 2>/dev/null; then
    run 3 strace -f -o trace -E ASAN_OPTIONS=detect_leaks=0 -e trace=linkat,renameat2 \
        -e inject=linkat:error=EXDEV -e inject=renameat2:error=ENOSPC:when=2 \
        "$TEM" export --cose --out cose11 $label && [ -z "$(ls cose11)" ]
    ok 'the first goes when the second cannot be written'
else
    skip 'the first goes when the second fails' 'no strace'
fi
run 0 "$TEM" export --cose --out cose4 --json $label && quiet && python3 -c '
import json
o = json.loads(open("out").read())
assert list(o) == ["file", "cose", "aad"], o
assert o["file"] == "'$label'"
assert open(o["aad"]).read().startswith("https://") and open(o["cose"], "rb").read()[0] == 0xd2'
ok 'what was written as JSON'
run 0 "$TEM" export --cose --out cose5 $label $label && quiet && [ "$(ls cose5 | wc -l)" = 2 ]
ok 'a label seen twice is exported once'
printf '%s\n\n%s\n%s\n' "$text" "$text" "$(printf %s "$text" | sed 's|^HTTPS://[^/]*|\L&|')" >texts
"$TEM" export --cose --out cose6 --text - <texts >out 2>err && [ "$(ls cose6 | wc -l)" = 2 ]
ok 'scanned texts are exported'
printf 'tem\n%s\n' "$text" | "$TEM" export --cose --out cose7 --text - >out 2>err
[ $? -eq 1 ] && says '-:1: ' && [ "$(ls cose7 | wc -l)" = 2 ]
ok 'a line that is no label is told with its number'
if [ -s both.png ]; then
    run 0 "$TEM" export --cose --out cose8 both.png && quiet && [ "$(ls cose8 | wc -l)" = 2 ]
    ok 'a foreign symbol beside a label does no harm'
    run 1 "$TEM" export --cose --out cose9 foreign.png && says 'not a label' && [ "$(wc -l <err)" = 1 ]
    ok 'one alone is told'
    convert $label $label +append twice.png
    run 0 "$TEM" export --cose --out cose10 twice.png && quiet && [ "$(ls cose10 | wc -l)" = 2 ]
    ok 'two of one label in a picture are one'
else
    skip 'several symbols exported' 'no qrencode or no ImageMagick'
fi
python3 "$SOURCE/tests/cli/progress.py" "$TEM" k.pub $label "$one" >out 2>err
ok 'bars at a terminal, taken away before anything is said'
run 2 "$TEM" export --out c $label && says '--cose is missing'
ok 'a form must be named'
finish
