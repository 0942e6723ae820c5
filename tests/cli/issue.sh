#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2010,SC2012,SC2317 # ls: the names are of our making
. "$SOURCE/tests/cli/lib.sh"

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
issue() { "$TEM" issue --key k.pem --kid 1 "$@"; }
sealed() { run 0 "$TEM" verify --demo --key k.pub "$@"; }
gtin=09520124600104

run 0 issue "$one" --out a --count 3 && quiet && says 'new registry' &&
    says 'labels 3, serials 000001-000003'
ok 'three labels with serials'
sealed a/*.png && [ "$(grep -c '^a/.*: genuine' out)" = 3 ]
ok 'each of them is genuine'
events tem-registry.db >list &&
    grep -q "^reserve	-	$gtin	NP7K3Q9M	1	3	6	[0-9a-f]\{16\}	1	1	@/a$" list &&
    grep -q "^done	-	$gtin	NP7K3Q9M	1	3$" list
ok 'the registry beside the folder holds their range'
digest=$(sed -n 's/.*\.\([0-9a-f]\{8\}\)\.record\.json$/\1/p' <<EOF
$(ls a/*.record.json)
EOF
)
sha256sum a/*.record.json | grep -q "^$digest" &&
    "$TEM" verify --demo --json --key k.pub a/*1.png | grep -q "\"record_digest\":\"$digest"
ok 'the sealed record has the digest that the label carries'
run 0 "$TEM" check a/*.record.json
ok 'and is itself a sound record'
run 0 issue "$one" --out a --count 2 && says '000004-000005' && says 'serials given out before: 3' &&
    ! says 'new registry'
ok 'a second run goes on with the serials'
rm -r a
run 0 issue "$one" --out a/. --count 1 && says 'serials 000006' && ! says 'new registry'
ok 'clearing the folder does not forget them, however it is spelt'
mkdir there && ln -s there/b link && run 0 issue "$one" --out there/b --count 1 &&
    run 0 issue "$one" --out link --count 1 && says 'serials 000002' && [ -e there/tem-registry.db ]
ok 'nor does a link to it'
run 0 issue "$one" --out a --count 1180 && grep -q 'warning: lot NP7K3Q9M: 1186 labels in all for 1185' err
ok 'more labels than packs are warned of'
run 3 issue "$one" "$one" --out twice --count 1 --registry twice.db && says 'twice in this run' &&
    [ "$(ls twice/*.png | wc -l)" = 1 ]
ok 'a lot that is given twice is sealed once'

run 0 issue "$one" --out cl --count 2 --registry cl.db --close && says 'closed: no more labels' &&
    [ "$(events cl.db | tail -n 2 | cut -f 1 | tr '\n' ' ')" = 'close end ' ]
ok 'a lot can be closed'
run 3 issue "$one" --out cl --count 2 --registry cl.db && says 'was closed: it gets no more labels' &&
    [ "$(ls cl/*.png | wc -l)" = 2 ]
ok 'and gets no more labels then'
run 0 issue "$one" --out cl --void 1 --close --registry cl.db && [ "$(events cl.db | grep -c '^close')" = 1 ]
ok 'but void ones are noted'

# Runs that were interrupted: reserved, some made, not done.
rm -r a
name=${gtin}_NP7K3Q9M
begun() { # begun FOLDER DB COUNT MADE: a run from 1 that was killed
    issue "$one" --out "$1" --count "$3" --registry "$2" >out 2>err
    journal_of "$2" | sed "/^end/d; /^done/d; /^made/{/\t$3\t/!d; s/\t$3\t/\t$4\t/}" >begun.log
    from_journal begun.log "$2"
    for n in $(seq $(($4 + 1)) "$3"); do rm "$1/${name}_$(printf %06d "$n").png"; done
}
hide() { mv "$1/${name}_$2.png" "$1/.${name}_$2.png.begun"; }
begun a r.db 9 4
hide a 000004
echo half >"a/.${name}_000005.png.begun"
mv "a/${name}_000003.png" .
before=$(sha256sum a/*_000002.png)
run 0 issue "$one" --out a --count 9 --registry r.db && says 'finishing the labels 000001-000009' &&
    says 'labels 9, serials' && says 'labels in the folder a: 6' && [ "$(ls a/*.png | wc -l)" = 8 ] &&
    [ "$(sha256sum a/*_000002.png)" = "$before" ] && ! ls -A a | grep -q begun && sealed a/*.png
ok 'the same run again finishes it; what was seen is not made again'
begun j j.db 3 3
for n in 000001 000002 000003; do hide j $n; done
run 0 issue "$one" --out j --count 3 --registry j.db --json && python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert [r["serial"] for r in rows] == ["000001", "000002", "000003"], rows
assert all((r["version"], r["module_um"], r["side_px"]) == (9, 423, 305) for r in rows), rows
assert all("/21/" + r["serial"] + "?S=" in r["text"] for r in rows), rows'
ok 'JSON has the labels that an earlier run had made'
begun ab ab.db 600 252
hide ab 000252
hide ab 000001
for n in 000253 000502; do : >"ab/.${name}_$n.png.begun"; done
run 0 issue "$one" --out h --count 1 --registry ab.db --abandon && says 'serials 000253-000600 are given up' &&
    says 'serials 000601' && [ -e "ab/${name}_000252.png" ] && ! [ -e "ab/${name}_000001.png" ] &&
    [ "$(ls -A ab | grep begun)" = ".${name}_000001.png.begun" ]
ok 'an abandoned run shows what was made and leaves nothing hidden'
begun w w.db 2 1
hide w 000001
echo precious >"w/${name}_000001.png"
run 3 issue "$one" --out w --count 2 --registry w.db && says '_000001.png: is there and was left' &&
    grep -q precious "w/${name}_000001.png" && mv "w/${name}_000001.png" . &&
    run 0 issue "$one" --out w --count 2 --registry w.db && sealed w/*.png && [ "$(ls w/*.png | wc -l)" = 2 ]
ok 'a file in the way of a label stays; without it the run goes on'
run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000010'
ok 'the next run goes on after it'
unfinished() { run 3 issue "$@" --registry r.db && [ "$(ls a/*.png | wc -l)" = "$all" ]; }
journal_of r.db | head -n -3 >r.log && from_journal r.log r.db && rm "a/${name}_000010.png"
all=$(ls a/*.png | wc -l)
unfinished "$one" --out other --count 1 && says 'begun in' && says '/a: finish them there'
ok 'it is not finished in another folder'
unfinished "$one" --out a --count 2 && says 'finish them with --count 1'
ok 'nor with another count'
"$TEM" keygen --out k2.pem --pub k2.pub --no-passphrase >out 2>err
run 3 "$TEM" issue "$one" --key k2.pem --kid 1 --out a --count 1 --registry r.db && says 'another key'
ok 'nor with another key'
unfinished "$one" --out a --count 1 --host OTHER.EXAMPLE && says 'another key, number, host'
ok 'nor for another host'
unfinished "$one" --out a --count 1 --no-digest && says 'another key, number, host, content or size'
ok 'nor with another content'
unfinished "$one" --out a --count 1 --dpi 203 && says 'content or size'
ok 'nor in another size'
sed 's/"ingredients": "100%/"ingredients": "98%/' "$one" >mended.json
unfinished mended.json --out a --count 1 --amended && says 'content or size' && ! says 'sealed before'
unfinished "$one" --out a --count 1 --dpi 203 && says 'content or size'
ok 'a mended record that is refused leaves the lot as it was'
all=$((all + 1))
echo mine >"a/${name}_000010.png"
unfinished "$one" --out a --count 1 && says '_000010.png: is there, and the registry' &&
    grep -q mine "a/${name}_000010.png"
ok 'a file that is not the label is not taken for it'
rm "a/${name}_000010.png"
run 3 issue "$one" --out a --count 9999999 --registry r.db --abandon --serial-width 1 &&
    says 'too many digits' && ! events r.db | grep -q '^abandon'
ok 'a run is not given up for one that cannot be made'
run 0 issue "$one" --out a --count 1 --registry r.db --abandon && says 'serials 000010 are given up' &&
    says 'serials 000011' && events r.db | grep -q '^abandon'
ok 'it can be abandoned; its serials are not used again'
run 0 issue "$one" --out a --count 1 --registry r.db --abandon && says 'serials 000012'
ok 'with nothing to abandon it goes on'

# Registries that were lost; journals that were edited, or are none.
mkdir gone && mv a/*.png gone/
run 3 issue "$one" --out a --count 1 --registry lost.db && says 'sealed before, and the registry lost.db'
ok 'a record beside them that the registry does not know of stops the run'
mv gone/*.png a/ && rmdir gone && mkdir rec && mv a/*.record.json rec/
run 3 issue "$one" --out a --count 1 --registry lost.db && says '_000001.png: is there, and the registry lost.db'
ok 'so do labels'
mv rec/* a/ && rmdir rec
events lost.db | grep -q '^reserve' && run 3 issue "$one" --out a --count 1 --registry lost.db
! events lost.db | grep -q '^reserve'
ok 'before anything is reserved'
journal_of r.db >r.log
head -n "$(grep -n '^done' r.log | head -n 1 | cut -d: -f1)" r.log >old.log
from_journal old.log old.db
mkdir late && cp "a/${name}_000009.png" "late/${name}_000012.png"
run 3 issue "$one" --out late --count 1 --registry old.db && says '_000012.png: is there, and the registry old.db'
ok 'so do later ones, which an old copy of the registry does not know of'
run 3 issue a/*.record.json --out new --count 1 --registry new.db && says 'sealed before, and the registry new.db'
ok 'a record that was sealed needs the registry of that time'
run 3 issue a/*.record.json --out new --count 1 --no-digest --registry new.db && says 'sealed before, and the registry new.db'
ok 'without a digest, too'
edited() { # edited SED NAME: such a change of the journal is refused
    sed "$1" r.log >edited.log
    cp edited.log copy.log
    rm -f edited.db
    run 3 "$TEM" ledger import edited.log --registry edited.db --office kid-1 &&
        cmp -s edited.log copy.log && [ -z "$(events edited.db)" ]
    ok "$2 is refused and left alone"
}
edited 's/$/\r/' 'a journal with other line ends'
edited 's/\t/ /g' 'one with spaces for tabs'
edited 's/\t\.$/\t. /' 'one with spaces at the end'
edited '3s/.*/note/' 'one with a line of somebody'
edited '3d' 'one with a line less'
edited '1d' 'one without its heading'
edited 's/\t9\t/\t999999999999999999999\t/' 'one with a serial past all bounds'
edited '$!b; s/^end/gone/' 'one with a last line of somebody'
truncate -s -1 edited.log && cp edited.log copy.log
run 3 "$TEM" ledger import edited.log --registry edited.db --office kid-1 && cmp -s edited.log copy.log
ok 'also where that line lacks its end'
edited '/^done/!b; h; s/^done/made/; s/\t[0-9]*\t\.$/\t./; p; g' 'one that says twice what is made'
edited 'd' 'an empty one'
cp "$one" rec.json
run 3 "$TEM" ledger import rec.json --registry edited.db --office kid-1 && says 'not a journal' &&
    cmp -s "$one" rec.json
ok 'any other file is refused and left alone'
run 3 issue "$one" --out a --count 1 --registry rec.json && says 'not a registry' && cmp -s "$one" rec.json
ok 'as a registry, too'
printf 'reserve\t-\t%s\tNP7K3Q9M\t13\t99' $gtin >>r.log
run 0 from_journal r.log r.db && run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000013' &&
    run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000014'
ok 'a torn last line never had pictures'
journal_of r.db >r.log
printf '\0\0\0\0' >>r.log
run 0 from_journal r.log r.db && run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000015' &&
    run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000016'
ok 'nor had one of zeros'
journal_of r.db >r.log
truncate -s -1 r.log
run 0 from_journal r.log r.db && run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000017' &&
    run 0 issue "$one" --out a --count 1 --registry r.db && says 'serials 000018'
ok 'a last line that only lacks its end counts'
# A journal beside the folder is taken over once.
mkdir old && journal_of r.db >old/tem-journal.log && cp old/tem-journal.log copy.log
run 0 issue "$one" --out old/new --count 1 && says 'events of the journal are now in the registry' &&
    says 'serials 000019' && ! says 'new registry' && cmp -s copy.log old/tem-journal.log
ok 'a journal of an earlier version is taken over'
run 0 issue "$one" --out old/new --count 1 && says 'serials 000020' && ! says 'are now in'
ok 'once'
echo 'end	.' >>old/tem-journal.log
run 3 issue "$one" --out old/new --count 1 && says 'was written to after the registry had taken it over'
ok 'and not believed if it was used since'
python3 -c 'import sqlite3, time
db = sqlite3.connect("r.db", isolation_level=None)
db.execute("BEGIN IMMEDIATE")
open("locked", "w").close()
time.sleep(60)' &
until [ -e locked ]; do sleep 0.1; done
run 3 issue "$one" --out a --count 1 --registry r.db && says 'another program keeps the registry locked'
ok 'a registry that is locked is told'
kill $! 2>/dev/null
wait

flock a "$TEM" issue "$one" --key k.pem --kid 1 --out a --count 1 \
    --registry new.db >out 2>err
[ $? -eq 3 ] && says 'a: another tem issue is at work in this folder'
ok 'a folder in use is told'
for n in 1 2 3 4; do
    (issue "$one" --out p --count 20 --registry p.db >p$n.out 2>&1; echo $? >p$n.rc) &
done
wait
cat p?.out >out
[ "$(cat p?.rc | sort -u | tr '\n' ' ' | sed 's/3 $//')" = '0 ' ] &&
    [ "$(ls p | grep -c png)" = $(($(grep -c '^0' p1.rc p2.rc p3.rc p4.rc | grep -c ':1') * 20)) ] &&
    [ "$(events p.db | grep ^reserve | cut -f 5 | sort | uniq -d | wc -l)" = 0 ] && sealed p/*.png
ok 'runs at the same time share nothing'

# Names of files: no two lots share one.
python3 - "$one" <<'EOF'
import json, sys
r = json.load(open(sys.argv[1]))
for k in [k for k in r if k.startswith(('gtin', 'certificate', 'decision'))]:
    del r[k]
r.update(product_code='ML-01', ocop_stars=0)
for name, maker, lot in (('m1', 1, 'A1'), ('m2', 2, 'A1'), ('x', 1, 'B1'), ('y', 1, 'B1-000001')):
    json.dump({**r, 'maker_id': maker, 'lot': lot}, open(name + '.json', 'w'))
EOF
run 0 issue m1.json m2.json x.json --out n --count 1 && run 0 issue y.json --out n --force &&
    [ "$(ls n/*.png | tr '\n' ' ')" = "n/1-ML-01_A1_000001.png n/1-ML-01_B1-000001.png n/1-ML-01_B1_000001.png n/2-ML-01_A1_000001.png " ] &&
    sealed n/*.png
ok 'makers, product codes and lots are told apart in them'

# One text a lot.
run 0 issue "$one" --out c && says 'copies of it cannot be found'
ok 'without a serial it says what that costs'
before=$(sha256sum c/*.png)
run 3 issue "$one" --out c && says 'use --force' && [ "$(sha256sum c/*.png)" = "$before" ]
ok 'it is not overwritten'
run 0 issue "$one" --out c --force && [ "$(sha256sum c/*.png)" = "$before" ]
ok 'with --force it is, by the same picture'

run 0 issue "$one" --out c2 --count 1 --registry c2.db && cp c2/*_000001.png "c2/$name.png" &&
    cp "c2/$name.png" serial.png && run 3 issue "$one" --out c2 --force --registry c2.db &&
    says "$name.png: is there and was left" && cmp -s serial.png "c2/$name.png"
ok 'but not over a label with a serial'
echo precious >"c2/$name.png"
run 3 issue "$one" --out c2 --force --registry c2.db && says 'is there and was left' &&
    grep -q precious "c2/$name.png"
ok 'nor over any other file'
echo '{}' >"$(ls c2/*.record.json)"
run 3 issue "$one" --out c2 --count 1 --registry c2.db && says 'is not the record that is sealed' &&
    grep -q '{}' c2/*.record.json
ok 'a record beside the labels that is another is told'

# A record that changed.
sed 's/"ingredients": "100%/"ingredients": "99%/' "$one" >changed.json
run 3 issue changed.json --out c --force && says 'sealed before with another content'
ok 'another content under the same lot is refused'
run 3 issue changed.json --out c --force --no-digest && says 'sealed before with another content'
ok 'also where the digest is not on the label'
run 0 issue changed.json --out c --force --amended && [ "$(ls c/*.record.json | wc -l)" = 2 ]
ok 'unless it is said; the first record is kept'

sed 's/"maker_id": 1,/"maker_id": 2,/' "$one" >maker.json
run 0 issue "$one" --out mk --count 2 --registry mk.db &&
    run 3 issue maker.json --out mk2 --count 2 --registry mk.db && says 'sealed before with another content' &&
    run 0 issue maker.json --out mk2 --count 2 --registry mk.db --amended && says 'serials 000003-000004'
ok "a mended maker's number does not begin the serials of a GTIN again"

# Lots in error, and those beside them.
run 3 issue "$sonla/bad/b08-nsx-truoc-khi-say-xong.json" "$one" --out d --count 1 --registry d.db &&
    says '[A29]' && says 'has errors: not sealed' && [ "$(ls d/*.png | wc -l)" = 1 ]
ok 'a lot in error is not sealed, the sound one is'

# A command over several lots that did not come to its end is finished, not made
# twice.
run 3 issue "$sonla/bad/b08-nsx-truoc-khi-say-xong.json" "$one" --out part --count 2 --registry part.db &&
    says 'has errors: not sealed' && ! events part.db | grep -q '^end' &&
    run 0 issue "$sonla/02-cac-lo-khac.json" "$one" --out part --count 2 --registry part.db &&
    says 'NP7K3Q9M: its labels were made before this command was stopped or failed' &&
    [ "$(ls part/*.png | wc -l)" = 16 ] && ! ls part/*_000003.png && events part.db | grep -q '^end'
ok 'a command that failed for one lot makes only what is missing'
run 0 issue "$one" --out part --count 2 --registry part.db && says 'serials 000003-000004'
ok 'when it has come to its end, the same makes further ones'
run 3 issue "$one" nothere.json --out part --count 2 --registry part.db && says '000005-000006' &&
    run 0 issue "$one" --out part --count 2 --registry part.db --abandon && says '000007-000008'
ok 'so it does with --abandon'
: >"part/.tem-999999999-0.part" && : >"part/.tem-$$-0.part" && : >".tem-999999999-0.part" &&
    : >"part/.${name}_000004.png.begun" &&
    run 0 issue "$one" --out part --count 2 --registry part.db && says '000009-000010' &&
    [ "$(ls -A part | grep '^\.')" = ".tem-$$-0.part" ] && rm "part/.tem-$$-0.part" .tem-999999999-0.part
ok 'what a crash left half written is removed, and nothing else'
run 3 issue "$one" nothere.json --out part --count 2 --registry part.db && says '000011-000012' &&
    run 0 issue "$one" --out part --count 1 --registry part.db && says 'serials 000013' &&
    run 0 issue "$one" --out elsewhere --count 1 --registry part.db && says 'serials 000014'
ok 'and with another count, and in another folder'

# Sizes.
run 2 issue "$one" --out e --module-mm 0.4 && says '0.339 (4) or 0.423 (5)' && ! [ -e e ]
ok 'a module that the printer cannot make names those it can'
run 2 issue "$one" --out e --module-mm 0.3750000000000000000000000000000000x && says '0.25..10'
ok 'a size that is no number is refused, however long'
run 2 issue "$one" --out e --module-mm 0.2 && ! [ -e e ]
ok 'a module under 0.25 mm is refused'
for dpi in 203 300 600; do
    run 0 issue "$sonla"/0*.json --out "at$dpi" --dpi $dpi --count 1 -j --registry at.db && sealed "at$dpi"/*.png &&
        [ "$(grep -c ': genuine' out)" = 8 ]
    ok "every label reads back at $dpi dpi"
done
run 0 issue "$sonla/sonla.csv" --out sc --self-contained --no-digest --level Q --registry sc.db &&
    sealed sc/*.png && says 'Long nhãn sấy khô'
ok 'self-contained labels show the names'
run 3 issue "$one" --out f --count 10 --serial-width 1 --registry w.db && says 'too many digits'
ok 'a serial past its width is refused'

# Who may seal what, and where.
"$TEM" issue "$one" --key nothere.pem --kid 1 --out f >out 2>err
[ $? -eq 3 ] && says 'nothere.pem: cannot be read'
ok 'a missing key is told'
"$TEM" issue "$one" --key k.pub --kid 1 --out f >out 2>err
[ $? -eq 3 ] && says 'this is a public key'
ok 'a public key cannot seal'
sed 's/"example": true/"example": false/' "$one" >real.json
run 3 issue real.json --out f --registry f.db && says '--host is missing'
ok 'a true record needs a host'
run 2 issue real.json --out f --host https://x.vn/ && says 'not a host name'
ok 'a host is a name, not an address'
rm -rf f f.db
run 0 issue real.json --out f --host x.vn --registry f.db && run 0 "$TEM" verify --key k.pub f/*.png
ok 'a true record is genuine without --demo'
"$TEM" issue real.json --key "$sonla/demo.key.pem" --kid 1 --out g --host x.vn --registry g.db >out 2>err
[ $? -eq 3 ] && says 'demonstration key'
ok 'the demonstration key seals examples only'
run 2 "$TEM" issue "$one" --key k.pem --out f --kid 65536 && says '0..65535'
ok 'a key number out of range is told'
run 2 issue "$one" --out f --level X && says 'L, M, Q, H'
ok 'an unknown level names those known'
run 3 issue "$one" --out k.pem/where --registry h.db && says 'cannot be written'
ok 'a folder that cannot be made is told'
run 0 issue "$one" --out i --count 2 --json --registry i.db && python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert [r["serial"] for r in rows] == ["000001", "000002"]
assert rows[0]["text"].startswith("HTTPS://OCOP.SONLA.GOV.VN/01/")'
ok 'labels as JSON'

# Killed runs, taken up again, their labels moved away each time: no serial
# twice, none lost.
chain() { # chain COUNT OPTIONS...: kill, move, again, until a run comes through
    rm -rf kill gone kill.db*
    mkdir gone
    wanted=$1
    shift
    kills=0
    for pause in 0.01 0.02 0.05 0.1 0.15 0.2 0.3 0.4; do
        "$TEM" issue "$one" --key k.pem --kid 1 --out kill --count "$wanted" \
            --registry kill.db "$@" >out 2>err &
        sleep $pause
        kill -9 $! 2>/dev/null
        wait $! 2>/dev/null
        [ $? -eq 137 ] && kills=$((kills + 1))
        events kill.db | grep -q '^done' && break
        for file in kill/*.png; do
            [ ! -e "$file" ] || mv -n "$file" gone/ || return
        done
    done
    events kill.db | grep -q '^done' ||
        run 0 issue "$one" --out kill --count "$wanted" --registry kill.db "$@" || return
    mv -n kill/*.png gone/
    [ "$(ls kill | grep -c png)" = 0 ] && [ "$(ls gone | wc -l)" = "$wanted" ] &&
        [ "$(events kill.db | grep -c '^reserve')" = 1 ] && ! ls -A kill | grep -q 'begun\|part'
}
chain 600
ok "a run killed $kills times, its labels moved away, is finished"
chain 600 -j
ok "so is one on all cores, killed $kills times"
run 0 "$TEM" verify --demo --json --key k.pub gone/*.png &&
    [ "$(grep -o '"serial":"[0-9]*"' out | sort -u | wc -l)" = 600 ]
ok 'with every serial once'
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    kills=0
    for call in linkat renameat2 fsync fdatasync pwrite64 syncfs write unlink; do
        for when in 1 2 255; do
            rm -rf kill gone kill.db*
            mkdir gone
            strace -f -o /dev/null -e inject=$call:signal=KILL:when=$when \
                "$TEM" issue "$one" --key k.pem --kid 1 --out kill --count 260 \
                --registry kill.db >out 2>err </dev/null
            [ $? -eq 137 ] && kills=$((kills + 1))
            mv -n kill/*.png gone/ 2>/dev/null
            if ! events kill.db | grep -q '^done'; then
                run 0 issue "$one" --out kill --count 260 --registry kill.db || break 2
                mv -n kill/*.png gone/ 2>/dev/null
            fi
            if [ "$(ls kill | grep -c png)" != 0 ] || [ "$(ls gone | wc -l)" != 260 ] ||
                ls -A kill | grep -q begun; then
                break 2
            fi
        done
    done
    [ "$call $when $((kills > 9))" = 'unlink 255 1' ]
    ok "a run killed in $kills calls of the system is finished each time"
    stops=0
    for when in 1 4 8 10 12 14 17 20 24 28 255; do
        rm -rf stop stop.db*
        strace -f -o /dev/null -E ASAN_OPTIONS=detect_leaks=0 -e inject=fdatasync:signal=INT:when=$when \
            "$TEM" issue "$one" "$sonla/02-cac-lo-khac.json" --key k.pem --kid 1 \
            --host H.VN --out stop --count 2 --registry stop.db >out 2>err </dev/null
        status=$?
        made=$(ls stop 2>/dev/null | grep -c 'png$')
        echo "# fdatasync $when: status $status, $made labels"
        if [ $status -eq 3 ]; then
            says 'run the same command again' || break
            stops=$((stops + 1))
        elif [ $status -eq 0 ]; then
            [ "$made" -eq 16 ] || break
        else # before the signal is caught: nothing was begun
            [ "$status $made" = "130 0" ] || break
        fi
    done
    [ "$when" = 255 ] && [ $stops -ge 4 ]
    ok 'a run that is stopped between two lots or files says so'
    run 0 issue "$one" "$sonla/02-cac-lo-khac.json" --host H.VN --out stop --count 2 --registry stop.db
    stops=0
    for when in 3 8 10 13 16 20; do
        rm -rf stop stop.db*
        strace -f -o /dev/null -e inject=fdatasync:signal=KILL:when=$when \
            "$TEM" issue "$one" "$sonla/02-cac-lo-khac.json" --key k.pem --kid 1 \
            --host H.VN --out stop --count 2 --registry stop.db >out 2>err </dev/null
        [ $? -eq 137 ] && stops=$((stops + 1))
        run 0 issue "$one" "$sonla/02-cac-lo-khac.json" --host H.VN --out stop --count 2 --registry stop.db ||
            break
        [ "$(ls stop/*.png | wc -l) $(ls stop/*_000003.png 2>/dev/null | wc -l)" = '16 0' ] || break
    done
    [ "$when $stops" = '20 6' ]
    ok 'given again, a killed command makes each label once'
    rm -rf stop stop.db*
    strace -f -o /dev/null -e inject=renameat2:error=EINVAL -e inject=rename:signal=KILL:when=3 \
        "$TEM" issue "$one" --key k.pem --kid 1 --out stop --count 5 --registry stop.db >out 2>err </dev/null
    [ -f "stop/${name}_000003.png" ] && ! [ -s "stop/${name}_000003.png" ] &&
        run 0 issue "$one" --out stop --count 5 --registry stop.db && sealed stop/*.png &&
        [ "$(ls stop/*.png | wc -l)" = 5 ]
    ok 'an empty file that holds a name is no obstacle'
    rm -rf stop stop.db*
    strace -f -o /dev/null -e inject=renameat2:error=EINVAL -e inject=rename:signal=KILL:when=3 \
        "$TEM" issue "$one" --key k.pem --kid 1 --out stop --count 5 --registry stop.db >out 2>err </dev/null
    run 0 strace -f -o /dev/null -E ASAN_OPTIONS=detect_leaks=0 -e inject=renameat2:error=EINVAL "$TEM" \
        issue "$one" --key k.pem --kid 1 --out stop --count 5 --registry stop.db && sealed stop/*.png &&
        [ "$(ls stop/*.png | wc -l)" = 5 ]
    ok 'nor are labels that are shown, where names cannot be moved without replacing'
    mkdir "stop/.${name}_000007.png.begun" && run 3 issue "$one" --out stop --count 5 --registry stop.db &&
        says ".${name}_000007.png.begun: is there" && rmdir "stop/.${name}_000007.png.begun"
    ok 'what is in the way is named as it is'
    run 3 strace -f -o /dev/null -E ASAN_OPTIONS=detect_leaks=0 -e inject=syncfs:error=EIO "$TEM" \
        issue "$one" --key k.pem --kid 1 --out sync --count 5 --registry sync.db && says 'sync: cannot be written'
    ok 'a folder that cannot be synced is named'
else
    skip 'killed in calls of the system' 'no strace'
    skip 'stopped in calls of the system' 'no strace'
fi
stopped() { # stopped SIGNAL: a run of 2000 ends in order, under nohup too
    rm -rf kill gone kill.db*
    env --default-signal=HUP "$TEM" issue "$one" --key k.pem --kid 1 --out kill --count 2000 \
        --registry kill.db >out 2>err &
    until ls kill/*.png >/dev/null 2>&1 || ! kill -0 $!; do sleep 0.05; done
    kill "-$1" $!
    wait $!
    [ $? -eq 3 ] && says 'of 2000 labels are made: run the same command again' &&
        [ "$(events kill.db | sed -n '$s/^made.*	\([0-9]*\)$/\1/p')" = "$(ls kill | grep -c 'png$')" ] &&
        ! ls -A kill | grep -q begun
}
stopped HUP
ok 'a closed terminal stops it after the label at hand'
stopped INT
ok 'Ctrl-C does too, and notes what is made'
mv kill gone
run 0 issue "$one" --out kill --count 2000 --registry kill.db &&
    [ "$(cat <<EOF | sort | uniq -d | wc -l
$(ls kill gone | grep png)
EOF
)" = 0 ] && [ "$(ls kill gone | grep -c png)" = 2000 ]
ok 'labels that were moved away are not made again'

# What does not fit is not noted, and what was noted is still there.
(
    trap '' XFSZ
    ulimit -f 500
    for _ in $(seq 60); do
        "$TEM" issue "$sonla"/0*.json --key k.pem --kid 1 --out limit --no-digest \
            --count 1 --registry limit.db >out 2>err || exit
    done
)
[ $? -eq 3 ] && says 'limit.db: ' && run 0 "$TEM" ledger check --registry limit.db &&
    run 0 issue "$sonla"/0*.json --out limit --no-digest --count 1 --registry limit.db --abandon &&
    [ "$(events limit.db | grep ^reserve | cut -f 2-5 | sort | uniq -d | wc -l)" = 0 ]
ok 'a registry that cannot grow holds whole events only'

# A full disk: a file system of one megabyte, where we may mount one.
mkdir small
if mount -t tmpfs -o size=200k tmpfs small 2>/dev/null; then
    run 3 issue "$one" --out small/l --count 200 --registry full.db && says 'No space left' &&
        ! ls -A small/l | grep -q part
    ok 'a full disk is told and leaves no half label'
    mount -o remount,size=4m small
    run 0 issue "$one" --out small/l --count 200 --registry full.db && says 'finishing' &&
        [ "$(ls small/l | grep -c 'png$')" = 200 ] && [ "$(events full.db | grep -c '^reserve')" = 1 ]
    ok 'with room again the same run is finished'
    umount small
else
    skip 'a full disk' 'no right to mount a small file system'
fi
finish
