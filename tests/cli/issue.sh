#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2010,SC2012,SC2317 # ls: the names are of our making
. "$SOURCE/tests/cli/lib.sh"

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
issue() { "$TEM" issue --key k.pem --kid 1 "$@"; }
sealed() { run 0 "$TEM" verify --demo --key k.pub "$@"; }
gtin=09520124600104

run 0 issue "$one" --out a --count 3 && quiet && says '3 labels, serials 000001-000003'
ok 'three labels with serials'
sealed a/*.png && [ "$(grep -c '^a/.*: genuine' out)" = 3 ]
ok 'each of them is genuine'
grep -q "reserve	1	$gtin	NP7K3Q9M	1	3	6	.$" tem-journal.log &&
    grep -q "done	1	$gtin	NP7K3Q9M	1	3	.$" tem-journal.log
ok 'the journal beside the folder holds their range'
digest=$(sed -n 's/.*\.\([0-9a-f]\{8\}\)\.record\.json$/\1/p' <<EOF
$(ls a/*.record.json)
EOF
)
sha256sum a/*.record.json | grep -q "^$digest" &&
    "$TEM" verify --demo --json --key k.pub a/*1.png | grep -q "\"record_digest\":\"$digest"
ok 'the sealed record has the digest that the label carries'
run 0 "$TEM" check a/*.record.json
ok 'and is itself a sound record'
run 0 issue "$one" --out a --count 2 && says '000004-000005'
ok 'a second run goes on with the serials'
rm -r a
run 0 issue "$one" --out a --count 1 && says '000006-000006'
ok 'clearing the folder does not forget them'

# An interrupted run: a reservation that was never done.
printf 'reserve\t1\t%s\tNP7K3Q9M\t7\t9\t6\t.\n' $gtin >>tem-journal.log
issue "$one" --out b --journal other.log --count 9 >out 2>err
mv "b/$gtin-NP7K3Q9M-000008.png" a/
before=$(sha256sum a/*8.png)
run 0 issue "$one" --out a --count 3 && says 'finishing the labels 000007-000009' &&
    [ -e "a/$gtin-NP7K3Q9M-000007.png" ] && [ -e "a/$gtin-NP7K3Q9M-000009.png" ] &&
    [ "$(sha256sum a/*8.png)" = "$before" ] && ! [ -e "a/$gtin-NP7K3Q9M-000010.png" ]
ok 'the same run again finishes it and makes no more'
run 0 issue "$one" --out a --count 1 && says '000010-000010'
ok 'the next run goes on after it'
printf 'reserve\t1\t%s\tNP7K3Q9M\t11\t99' $gtin >>tem-journal.log
run 0 issue "$one" --out a --count 1 && says '000011-000011' &&
    run 0 issue "$one" --out a --count 1 && says '000012-000012'
ok 'a torn last line never had pictures'
printf 'reserve\t1\tx\ty\t5\t3\t6\t.\n' >bad.log
run 3 issue "$one" --out a --count 1 --journal bad.log && says 'bad.log:1:'
ok 'a journal that was edited is refused'
flock other.log "$TEM" issue "$one" --key k.pem --kid 1 --out a --count 1 \
    --journal other.log >out 2>err
[ $? -eq 3 ] && says 'another tem issue'
ok 'a journal in use is told'

# One text a lot.
run 0 issue "$one" --out c && says 'copies of it cannot be found'
ok 'without a serial it says what that costs'
before=$(sha256sum c/*.png)
run 3 issue "$one" --out c && says 'use --force' && [ "$(sha256sum c/*.png)" = "$before" ]
ok 'it is not overwritten'
run 0 issue "$one" --out c --force && [ "$(sha256sum c/*.png)" = "$before" ]
ok 'with --force it is, by the same picture'

# A record that changed.
sed 's/"ingredients": "100%/"ingredients": "99%/' "$one" >changed.json
run 3 issue changed.json --out c --force && says 'sealed before with another content'
ok 'another content under the same lot is refused'
run 0 issue changed.json --out c --force --amended && [ "$(ls c/*.record.json | wc -l)" = 2 ]
ok 'unless it is said; the first record is kept'

# Lots in error, and those beside them.
run 3 issue "$sonla/bad/b08-nsx-truoc-khi-say-xong.json" "$one" --out d --count 1 --journal d.log &&
    says '[A29]' && says 'has errors: not sealed' && [ "$(ls d/*.png | wc -l)" = 1 ]
ok 'a lot in error is not sealed, the sound one is'

# Sizes.
run 2 issue "$one" --out e --module-mm 0.4 && says '0.339 (4) or 0.423 (5)' && ! [ -e e ]
ok 'a module that the printer cannot make names those it can'
run 2 issue "$one" --out e --module-mm 0.2 && ! [ -e e ]
ok 'a module under 0.25 mm is refused'
for dpi in 203 300 600; do
    run 0 issue "$sonla"/0*.json --out "at$dpi" --dpi $dpi --count 1 -j --journal at.log && sealed "at$dpi"/*.png &&
        [ "$(grep -c ': genuine' out)" = 8 ]
    ok "every label reads back at $dpi dpi"
done
run 0 issue "$sonla/sonla.csv" --out sc --self-contained --no-digest --level Q --journal sc.log &&
    sealed sc/*.png && says 'Long nhãn sấy khô'
ok 'self-contained labels show the names'
run 3 issue "$one" --out f --count 10 --serial-width 1 --journal w.log && says 'too many digits'
ok 'a serial past its width is refused'

# Who may seal what, and where.
"$TEM" issue "$one" --key nothere.pem --kid 1 --out f >out 2>err
[ $? -eq 3 ] && says 'nothere.pem: cannot be read'
ok 'a missing key is told'
"$TEM" issue "$one" --key k.pub --kid 1 --out f >out 2>err
[ $? -eq 3 ] && says 'this is a public key'
ok 'a public key cannot seal'
sed 's/"example": true/"example": false/' "$one" >real.json
run 3 issue real.json --out f --journal f.log && says '--host is missing'
ok 'a true record needs a host'
run 2 issue real.json --out f --host https://x.vn/ && says 'not a host name'
ok 'a host is a name, not an address'
rm -rf f f.log
run 0 issue real.json --out f --host x.vn --journal f.log && run 0 "$TEM" verify --key k.pub f/*.png
ok 'a true record is genuine without --demo'
"$TEM" issue real.json --key "$sonla/demo.key.pem" --kid 1 --out g --host x.vn --journal g.log >out 2>err
[ $? -eq 3 ] && says 'demonstration key'
ok 'the demonstration key seals examples only'
run 2 "$TEM" issue "$one" --key k.pem --out f --kid 65536 && says '0..65535'
ok 'a key number out of range is told'
run 2 issue "$one" --out f --level X && says 'L, M, Q, H'
ok 'an unknown level names those known'
run 3 issue "$one" --out no/where --journal h.log && says 'cannot be written'
ok 'a folder that cannot be made is told'
run 0 issue "$one" --out i --count 2 --json --journal i.log && python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert [r["serial"] for r in rows] == ["000001", "000002"]
assert rows[0]["text"].startswith("HTTPS://OCOP.SONLA.GOV.VN/01/")'
ok 'labels as JSON'

# A killed run, taken up again: no serial twice, none lost.
"$TEM" issue "$one" --key k.pem --kid 1 --out kill --count 3000 \
    --journal kill.log >out 2>err &
sleep 0.4
kill -9 $!
wait $! 2>/dev/null
made=$(ls kill 2>/dev/null | grep -c 'png$')
run 0 issue "$one" --out kill --count 3000 --journal kill.log &&
    [ "$(ls kill | grep -c 'png$')" = 3000 ] && [ "$(grep -c '^reserve' kill.log)" = 1 ] &&
    ! ls -A kill | grep -q part
ok "a run killed after $made labels is finished by the next"

# A full disk: a file system of one megabyte, where we may mount one.
mkdir small
if mount -t tmpfs -o size=200k tmpfs small 2>/dev/null; then
    run 3 issue "$one" --out small/l --count 200 --journal full.log && says 'No space left' &&
        ! ls -A small/l | grep -q part
    ok 'a full disk is told and leaves no half label'
    mount -o remount,size=4m small
    run 0 issue "$one" --out small/l --count 200 --journal full.log && says 'finishing' &&
        [ "$(ls small/l | grep -c 'png$')" = 200 ] && [ "$(grep -c '^reserve' full.log)" = 1 ]
    ok 'with room again the same run is finished'
    umount small
else
    echo "ok $((count += 1)) - a full disk # SKIP no right to mount a small file system"
fi
finish
