#!/bin/sh
# SPDX-License-Identifier: MIT
# tem trust: from an office's lists to a bundle; verify and issue against it;
# what was seen before; what no later bundle may take back.
. "$SOURCE/tests/cli/lib.sh"
province=$SOURCE/examples/province
for k in root root2 other maker; do
    "$TEM" keygen --out $k.pem --pub $k.pub --no-passphrase --quiet 2>err
done
"$TEM" keygen --out es.pem --pub es.pub --alg es256 --no-passphrase --quiet 2>err
HOME=$work
export HOME
body() { sed '/-----/d' "$1" | tr -d '\n'; }
key() { printf '%s;HTX A;%s;1;%s;%s;%s;%s\n' "$1" "$(body "$2")" "${3-}" "${4-}" "${5-}" "${6-}"; }
sheet() { printf 'Mã khóa;Người giữ khóa;Khóa công khai;Chủ thể mã;Sản phẩm;Đóng gói từ;Đóng gói đến;Hạn mức\n'; }
head_of() { # VERSION ISSUED NEXT EXPIRES
    printf 'province,version,issued,next_update,expires,hosts\n14,%s,%s,%s,%s,ocop.sonla.gov.vn\n' "$@"
}
{ sheet; key 7 maker.pub; } >keys.csv
head_of 1 2026-06-30 2026-12-31 2027-06-30 >head.csv
build() { # OUT FILES...
    out=$1
    shift
    "$TEM" trust build "$@" --root root.pem --out "$out" --yes
}

# ---- the lists ----

run 0 "$TEM" trust check "$province/province.json" head.csv keys.csv && says 'errors 0' && quiet && says 'makers 8, products 8, keys 1'
ok 'the lists of the example are sound'
run 0 build 1.tembundle "$province/province.json" head.csv keys.csv --first &&
    says 'Province 14, bundle 1' && says '+ key 7: Ed25519' && says 'certificate 105 withdrawn' && [ "$(head -c 1 1.tembundle)" = "$(printf '\322')" ]
ok 'a bundle is made, and told what it says'
run 3 build 1.tembundle "$province/province.json" head.csv keys.csv --first && says 'is there already'
ok 'one that is there is left alone'
build same.tembundle "$province/province.json" head.csv keys.csv --first >out 2>err && cmp -s 1.tembundle same.tembundle
ok 'the same lists give the same bytes'
build other.tembundle keys.csv "$province/province.json" head.csv --first >out 2>err && cmp -s 1.tembundle other.tembundle
ok 'in whatever order'
run 2 "$TEM" trust build head.csv --root root.pem --out n.tembundle && says '--previous FILE / --first'
ok 'whether there is one before must be said'
run 2 "$TEM" trust build head.csv --root root.pem --out n.tembundle --first --previous 1.tembundle && says 'do not go together'
ok 'and not both'
setsid "$TEM" trust build "$province/province.json" head.csv keys.csv --root root.pem --out n.tembundle --first >out 2>err </dev/null
[ $? -eq 3 ] && says '--yes' && ! [ -e n.tembundle ]
ok 'without a terminal nobody says yes'
# answer TEXT: what is typed when the command asks.
# shellcheck disable=SC2317
answer() {
    python3 - "$1" "$TEM" trust build "$province/province.json" head.csv keys.csv --root root.pem --out n.tembundle --first <<'PY'
import os, pty, sys
answer, command = sys.argv[1], sys.argv[2:]
pid, master = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
shown = b''
while b'[y/N] ' not in shown:
    shown += os.read(master, 4096)
os.write(master, answer.encode() + b'\n')
try:
    while True:
        chunk = os.read(master, 4096)
        if not chunk:
            break
        shown += chunk
except OSError:
    pass
print(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
}
run 3 answer n && says 'not signed' && ! [ -e n.tembundle ] && run 3 answer '' && run 3 answer 'yesterday'
ok 'a no is a no'
run 0 answer y && says 'Province 14, bundle 1' && says '+ key 7' && [ -e n.tembundle ] && mv n.tembundle y.tembundle && run 0 answer có && rm n.tembundle
ok 'a yes, in either language, signs what was shown'
run 0 "$TEM" trust build "$province/province.json" head.csv keys.csv --root root.pem --out j.tembundle --first --yes --json &&
    python3 -c 'import json; o = json.load(open("out")); assert o["version"] == 1 and o["bytes"] > 1000'
ok 'the answer as JSON'
run 1 "$TEM" trust check head.csv keys.csv && says 'keys.csv:2: maker_id: no maker has the number 1'
ok 'what is missing is named with file, row and field'
run 1 "$TEM" trust check "$province/province.json" keys.csv && says 'no file says the province'
ok 'so is a bundle without its head'
# fault NAME SED TEXT: a fault planted in the example is told.
fault() {
    sed "$2" "$province/province.json" >bad.json
    run 1 "$TEM" trust check bad.json head.csv keys.csv && says "$3" &&
        run 1 "$TEM" trust check bad.json head.csv keys.csv --lang vi && [ "$(grep -c '^tem: bad.json:' err)" -ge 1 ]
    ok "refused: $1"
}
fault 'four stars by a district' '/"certificate_id": 101/s/province/district/' '4 stars decided on 15/01/2024 are for the province'
fault 'three stars by a district that is no more' '/"certificate_id": 107/s/"province"/"district"/' '3 stars decided on 30/06/2026 are for the province'
fault 'five stars with a number of the province' '/"certificate_id": 101/s/"ocop_stars": 4/"ocop_stars": 5/; s/x/x/' 'mend'
fault 'more than 36 months' '/"certificate_id": 101/s/"products"/"certificate_expires": "2027-01-16", "products"/' 'the law lets it hold until 15/01/2027'
fault 'points of other stars' '/"certificate_id": 101/s/"products"/"ocop_points": 69.9, "products"/' '69.9 points do not make 4'
fault 'two stars' '/"certificate_id": 101/s/"ocop_stars": 4/"ocop_stars": 2/' '2 stars are not certified'
fault 'a commune that is no more' 's/"commune": "04105"/"commune": "04138"/' '04138 is not a commune on 30/06/2026; use 04105'
fault 'a product twice' 's/"gtin": "09520124600203"/"gtin": "09520124600104"/' 'is given already at bad.json:'
fault 'a product of another maker' '/"certificate_id": 101/s/09520124600104/09520124600203/' 'is a product of maker 2'
fault 'serials that overlap a lot' 's/LP4T8XZ1", "serial_first": "000100"/LP4T8XZ1", "serial_first": "000200"/' 'is no range'
fault 'a field that nobody knows' 's/"note":/"colour":/' 'no such field'
fault 'a check digit' 's/"gtin": "09520124600104"/"gtin": "09520124600105"/' 'the check digit is wrong'
{ sheet; key 7 maker.pub; key 7 other.pub; } >twice.csv
run 1 "$TEM" trust check "$province/province.json" head.csv twice.csv && says 'twice.csv:3: kid: is given already at twice.csv:2'
ok 'refused: two keys with one KID'
openssl pkey -pubin -in "$sonla/demo.pub.pem" -out demo.pub 2>err
{ sheet; key 7 demo.pub; } >demo.csv
run 1 "$TEM" trust check "$province/province.json" head.csv demo.csv && says 'the demonstration key'
ok 'refused: the demonstration key'
{ sheet; printf '7;A;MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;1;;;;\n'; } >small.csv
run 1 "$TEM" trust check "$province/province.json" head.csv small.csv && says 'small.csv:2: Khóa công khai:'
ok 'refused: a key of small order'
{ sheet; key 7 root.pub; } >rooted.csv
run 3 build n.tembundle "$province/province.json" head.csv rooted.csv --first && says 'key 7 is a root key' && ! [ -e n.tembundle ]
ok 'refused: the root as a key for labels'
{ sheet; printf '7;A;"%s";1;;;;\n' "$(cat es.pub)"; } >pem.csv
run 0 "$TEM" trust check "$province/province.json" head.csv pem.csv
ok 'a key may be pasted as PEM, lines and all'

# ---- labels ----

# shellcheck disable=SC2317 # run() calls it
judge() { "$TEM" verify --demo --trust "${bundle:-1.tembundle}" --root root.pub --now "${now:-2026-07-01}" --at "${at:-2026-07-01}" "$@"; }
run 0 "$TEM" issue "$one" --key maker.pem --trust 1.tembundle --root root.pub --now 2026-07-01 --out labels --count 2 && says 'new registry'
ok 'a label is sealed within the scope, its KID and host found in the bundle'
label=labels/09520124600104_NP7K3Q9M_000001.png
run 0 judge $label && says 'Ruby plums' && says 'Noong Pieu' && says 'when packed valid, on the day asked valid'
ok 'names and stars come from the bundle'
run 0 judge $label --registry tem-registry.db && run 0 judge $label --registry tem-registry.db --seen 2026-07-02T08:00 &&
    [ "$(events tem-registry.db | grep -c '^bundle	1	')" = 1 ] &&
    run 0 "$TEM" ledger check --registry tem-registry.db
ok 'a registry notes the bundle that was seen, once'
run 0 judge $label --json && python3 -c 'import json
o = json.loads(open("out").readline())["register"]
assert o["product"]["vi"].startswith("Mận") and o["product"]["en"].startswith("Ruby"), o
assert o["ocop"] == {"packed": "valid", "at": "valid", "expires": "2027-01-15"} and o["bundle"] == 1'
ok 'in both languages as JSON'
at=2027-02-01 run 0 judge $label && says 'on the day asked EXPIRED' && says 'genuine'
ok 'a genuine label may bear stars that have expired'
now=2026-05-31 run 1 judge $label && says 'cannot-tell' && says 'before the trust bundle was issued'
ok 'a clock before the bundle: cannot tell'
now=2027-01-01 run 0 judge $label && says 'was to be replaced by 31/12/2026'
ok 'past the next update: a finding'
now=2027-07-01 run 1 judge $label && says 'cannot-tell' && says 'expired on 30/06/2027'
ok 'past its end: cannot tell'
run 3 "$TEM" verify --demo --trust 1.tembundle --root other.pub $label && says 'not signed'
ok "another root's bundle is none"
run 2 "$TEM" verify --trust 1.tembundle $label && says '--root is missing' && run 2 "$TEM" verify --root root.pub $label && says '--trust is missing' &&
    run 2 "$TEM" verify --trust 1.tembundle --root root.pub --key maker.pub $label && says 'do not go together' &&
    run 2 "$TEM" verify --trust 1.tembundle --root root.pub --now 2026-02-30 $label && says 'verify: --now 2026-02-30: not a date'
ok 'mistakes of use'
head -c 500 1.tembundle >cut.tembundle
: >empty.tembundle
bundle=cut.tembundle run 3 judge $label && says 'cut.tembundle' && bundle=empty.tembundle run 3 judge $label && bundle=nothere run 3 judge $label
ok 'a bundle cut, empty or gone is an error'

# The file may go, or become another, while the command is at work.
cp 1.tembundle used.tembundle
mkfifo lines
text=$("$TEM" scan --json $label | sed 's/.*"text":"\([^"]*\).*/\1/')
"$TEM" verify --demo --trust used.tembundle --root root.pub --now 2026-07-01 --at 2026-07-01 --json --text - <lines >said 2>err &
exec 3>lines
echo "$text" >&3
n=0
until grep -q verdict said || [ $n -ge 100 ]; do
    sleep 0.1
    n=$((n + 1))
done
: >used.tembundle
echo "$text" >&3
rm used.tembundle
echo "$text" | sed 's/NP7K/NP8K/' >&3
exec 3>&-
wait
[ "$(grep -c '"verdict":"genuine"' said)" = 2 ] && [ "$(grep -c '"verdict":"altered"' said)" = 1 ]
ok 'a bundle that is cut or removed while it is used changes no answer'

# ---- what may be sealed ----

refuse() { # NAME TEXT ARGUMENTS...
    name=$1
    text=$2
    shift 2
    run 3 "$TEM" issue "$@" --root root.pub --now 2026-07-01 --out no --registry no.db && says "$text" && [ -z "$(find . -path "./no/*.png")" ]
    ok "not sealed: $name"
}
refuse 'by a key that the bundle does not know' 'not in the trust bundle' "$one" --key other.pem --trust 1.tembundle
sed -n '1p;3p' "$sonla/sonla.csv" >two.csv
refuse "another maker's lot" 'maker' two.csv --key maker.pem --trust 1.tembundle
{ sheet; key 7 maker.pub '' 01/06/2026 04/06/2026; } >season.csv
build season.tembundle "$province/province.json" head.csv season.csv --first >out 2>err
refuse 'packed after the season of the key' 'after 04/06/2026' "$one" --key maker.pem --trust season.tembundle --count 1
{ sheet; key 7 maker.pub '' '' '' 3; } >quota.csv
build quota.tembundle "$province/province.json" head.csv quota.csv --first >out 2>err
refuse 'without serials under a quota' 'use --count' "$one" --key maker.pem --trust quota.tembundle
refuse 'more than the quota at once' '4 labels are too many: 0 were given out' "$one" --key maker.pem --trust quota.tembundle --count 4
# shellcheck disable=SC2317
# shellcheck disable=SC2317 # run calls it
seal() { "$TEM" issue "$one" --key maker.pem --trust quota.tembundle --root root.pub --now 2026-07-01 --out q/l --count 2; }
run 0 seal && run 3 seal && says '2 labels are too many: 2 were given out of the key'
ok 'nor more than it in all'
run 0 "$TEM" issue "$one" --key maker.pem --trust quota.tembundle --root root.pub --now 2026-07-01 --out q/l --count 1
ok 'but all of it'
# Labels that were begun and given up do not count.
"$TEM" issue "$one" --key maker.pem --trust quota.tembundle --root root.pub --now 2026-07-01 --out g/l --count 1 >out 2>err
journal_of g/tem-registry.db >g/begun.log
begun=$(sed -n '/^reserve/{s/	1	1	6	/	2	3	6	/;p;}' g/begun.log)
echo "$begun" >>g/begun.log
from_journal g/begun.log g/tem-registry.db
run 0 "$TEM" issue "$one" --key maker.pem --trust quota.tembundle --root root.pub --now 2026-07-01 --out g/l --count 2 --abandon && says 'are given up'
ok 'labels that were given up do not count'
sed 's/"2024-01-15"/"2020-06-01"/' "$province/province.json" >old.json
build old.tembundle old.json head.csv keys.csv --first >out 2>err
refuse 'stars that had expired on the packing date' 'A12' "$one" --key maker.pem --trust old.tembundle --count 1
run 0 "$TEM" issue "$one" --key maker.pem --trust 1.tembundle --root root.pub --now 2026-12-01 --out soon --count 1 --registry soon.db && says 'certificate 101 holds until 15/01/2027'
ok 'stars that end within 90 days: a warning'
{ sheet; key 7 maker.pub | sed 's/;1;/;5;/'; } >tea.csv
build tea.tembundle "$province/province.json" head.csv tea.csv --first >out 2>err
sed -n '1p;6p' "$sonla/sonla.csv" >lot5.csv
run 0 "$TEM" issue lot5.csv --key maker.pem --trust tea.tembundle --root root.pub --now 2026-09-30 --out tea --count 1 && says 'certificate 105 holds until 30/09/2026' &&
    run 0 "$TEM" issue lot5.csv --key maker.pem --trust tea.tembundle --root root.pub --now 2026-10-01 --out tea --count 1 && says 'no more valid today (30/09/2026)'
ok 'stars that were withdrawn since the packing: a warning, too'

# ---- what was seen before ----

head_of 2 2026-07-01 2026-12-31 2027-06-30 >head2.csv
run 1 build 2.tembundle "$province/province.json" head.csv keys.csv --previous 1.tembundle && says 'must be above 1'
ok 'versions rise'
{ sheet; key 8 maker.pub; } >gone.csv
run 1 build 2.tembundle "$province/province.json" head2.csv gone.csv --previous 1.tembundle && says 'key 7 of the bundle before is missing'
ok 'keys stay listed'
{ sheet; key 7 other.pub; } >given.csv
run 1 build 2.tembundle "$province/province.json" head2.csv given.csv --previous 1.tembundle && says 'KIDs are never given again'
ok 'KIDs are not given again'
run 0 build 2.tembundle "$province/province.json" head2.csv keys.csv --previous 1.tembundle --next root2.pub && says 'names the root key' &&
    [ "$(grep -c '^[-+]' out)" = 1 ] && says '+ next root key' && "$TEM" key show root2.pub >shown && sed -n 2,3p shown >named &&
    [ "$(grep -cFxf named out)" = 2 ]
ok 'the second bundle names the next root as key show does, and differs in nothing else'
bundle=2.tembundle run 0 judge $label && [ -f .local/state/tem/bundles ]
ok 'what was seen is noted'
run 3 judge $label && says 'version 1, but version 2 was seen'
ok 'an older bundle is refused'
run 0 judge $label --state none && says 'was not checked' && run 0 judge $label --state fresh && grep -q '^14	1	' fresh
ok 'another note, or none, may be named'
printf 'x\n' >fresh
run 3 judge $label --state fresh && says 'fresh:1: not a line'
ok 'a note that somebody edited is not believed'
mkdir ro && printf 'tem-state\t1\n' >ro/note && chmod 500 ro
if [ "$(id -u)" -ne 0 ]; then
    run 3 judge $label --state ro/note && says 'could not be noted' && says genuine
    ok 'where it cannot be kept the labels are looked at all the same'
else
    skip 'where it cannot be kept the labels are looked at all the same' 'root may write everywhere'
fi
head_of 3 2026-08-01 2026-12-31 2027-06-30 >head3.csv
run 3 "$TEM" trust build "$province/province.json" head3.csv keys.csv --root other.pem --previous 2.tembundle --previous-root root.pub --out 3.tembundle --yes &&
    says 'neither signed'
ok 'a root that was not named cannot go on'
run 0 "$TEM" trust build "$province/province.json" head3.csv keys.csv --root root2.pem --previous 2.tembundle --previous-root root.pub --out 3.tembundle --yes &&
    bundle=3.tembundle now=2026-08-02 run 0 judge $label && says genuine
ok 'the next root signs; who holds the old one follows'
run 0 "$TEM" trust build "$province/province.json" head3.csv keys.csv --root root.pem --previous 2.tembundle --out old3.tembundle --yes --quiet && says 'named a next root key'
ok 'the old root may take its word back, but hears of it'
bundle=old3.tembundle now=2026-08-02 run 3 judge $label && says 'old3.tembundle'
ok 'a root that was followed signs nothing any more'

# ---- what may be signed, and is rarely meant ----

next() { # FILES...: sign them as what follows 1.tembundle
    rm -f next.tembundle
    run 0 build next.tembundle "$@" keys.csv --previous 1.tembundle --quiet
}
without() { # TEXT: the province's lists without the revocation that has it
    python3 - "$1" "$province/province.json" <<'END'
import json, sys
lists = json.load(open(sys.argv[2]))
lists["revocations"] = [r for r in lists["revocations"] if sys.argv[1] not in map(str, r.values())]
print(json.dumps(lists, ensure_ascii=False))
END
}
without LP4T8XZ1 >back.json
next back.json head2.csv && says 'lot LP4T8XZ1 of 09520124600203 was withdrawn' && says 'revocations'
ok 'what is withdrawn no more is told, asked or not'
without 105 >held.json
next held.json head2.csv && says 'certificate 105 was withdrawn'
ok 'a certificate too'
head_of 1001 2026-07-01 2026-12-31 2027-06-30 >far.csv
next "$province/province.json" far.csv && quiet
head_of 1002 2026-07-01 2026-12-31 2027-06-30 >far.csv
next "$province/province.json" far.csv && says 'version 1002 comes after 1'
ok 'a leap of versions'
day() { TZ=UTC-7 date -d "$1" +%Y-%m-%d; }
head_of 2 "$(day '+1 day')" "$(day '+2 days')" "$(day '+3 days')" >far.csv
next "$province/province.json" far.csv && says 'after today'
ok 'a date to come'
head_of 2 2026-07-01 2026-07-02 "$(day '-1 day')" >far.csv
next "$province/province.json" far.csv && says 'which is past'
head_of 2 2026-07-01 2026-07-02 "$(day '0 day')" >far.csv
next "$province/province.json" far.csv && quiet
ok 'an end that is past'
run 2 "$TEM" trust build "$province/province.json" head.csv keys.csv --first --root root.pem --out - --yes && says 'trust build: --out -' && [ ! -e ./- ]
ok 'a bundle needs a file'

# ---- serials that are withdrawn ----

{ sheet; key 7 maker.pub; printf '8;HTX B;%s;2;;;;\n' "$(body es.pub)"; } >two.csv
run 0 build two.tembundle "$province/province.json" head.csv two.csv --first
python3 -c 'import glob, json, sys
lot = json.load(open(glob.glob(sys.argv[1] + "/examples/sonla/02-*.json")[0]))[0]
lot["lot"] = "LP4T8XZ1"
json.dump([lot], open("second.json", "w"))' "$SOURCE"
# shellcheck disable=SC2317 # run calls it
seal() { "$TEM" issue second.json --key es.pem --trust two.tembundle --root root.pub --state seen2 --now 2026-09-19 --out sealed "$@"; }
run 3 seal --count 100 && says 'lot LP4T8XZ1: serials 000100-000199 of it were withdrawn' && [ ! -e sealed/09520124600203_LP4T8XZ1_000001.png ]
ok 'none that the province withdrew is sealed'
count() { echo $#; }
run 0 seal --count 99 && [ "$(count sealed/*.png)" = 99 ] && run 3 seal --count 1 && says "serial 000100 of lot LP4T8XZ1 was withdrawn"
ok 'up to them they are'

# ---- a note, and another root ----

run 0 "$TEM" trust build "$province/province.json" head3.csv keys.csv --root other.pem --first --out strange.tembundle --yes
bundle=3.tembundle now=2026-08-02 run 0 judge $label --state kept && cp kept kept.before
run 3 "$TEM" verify --trust strange.tembundle --root other.pub --state kept --now 2026-08-02 $label && says 'kept notes bundle 3 of province 14, signed by another root' && cmp -s kept kept.before
ok 'a bundle of another root does not take the place of what is noted'

# ---- looking at them ----

run 0 "$TEM" trust show 3.tembundle --root root.pub --lang vi && says 'số lần đổi khóa gốc đến nay: 1' && says 'sản phẩm 7-CHUOI200' && says 'khóa 7: Ed25519'
ok 'show lists all of it'
run 0 "$TEM" trust show 1.tembundle --root root.pub --json && python3 -c 'import json
head, *entries = [json.loads(line) for line in open("out")]
lists = [e["list"] for e in entries]
assert head["version"] == 1 and lists.count("makers") == 8 and lists.count("revocations") == 3, lists
tea = [e for e in entries if e.get("certificate_id") == 105]
assert tea[0]["ocop_stars"] == 4 and tea[1]["kind"] == "certificate" and tea[1]["since"] == "2026-10-01", tea
assert any(e.get("serial_first") == "000100" and e["product"] == "09520124600203" for e in entries)'
ok 'one JSON object an entry'
run 0 "$TEM" trust diff 1.tembundle same.tembundle --root root.pub && says 'no entry differs' && run 0 "$TEM" trust diff 1.tembundle 2.tembundle --root root.pub && says '+ next root key' && run 0 "$TEM" trust diff 1.tembundle quota.tembundle --root root.pub && says '+ key 7' && says '- key 7'
ok 'diff shows what differs'
run 0 "$TEM" trust diff 1.tembundle quota.tembundle --root root.pub --json && python3 -c 'import json
head, *changes = [json.loads(line) for line in open("out")]
assert head["version"] == 1 and [c["change"] for c in changes] == ["gone", "new"], changes'
ok 'as JSON, too'
run 2 "$TEM" trust diff 1.tembundle --root root.pub && says 'OLD NEW'
ok 'of two'
run 0 "$TEM" trust check 1.tembundle --root root.pub --now 2026-07-01 && says 'the signature holds' &&
    run 1 "$TEM" trust check 1.tembundle --root root.pub --now 2027-07-01 && says 'expired on'
ok 'check looks at a bundle, too'
run 1 "$TEM" trust check cut.tembundle --root root.pub && says 'cut.tembundle: not a trust bundle, or a damaged one' && run 1 "$TEM" trust check head.csv --root root.pub && says 'head.csv: not a trust bundle'
ok 'and refuses a broken one, or none'
run 3 "$TEM" trust check nothere 1.tembundle --root root.pub --now 2026-07-01 && says 'nothere: ' && says '1.tembundle: bundle 1'
ok 'one that cannot be read is not one that is wrong'
run 1 "$TEM" trust check 1.tembundle cut.tembundle --root root.pub --now 2027-01-01 --json --quiet && python3 -c 'import json
one, other = [json.loads(line) for line in open("out")]
assert one["holds"] and one["age"] == "due" and one["version"] == 1 and one["expires"] == "2027-06-30", one
assert other == {"file": "cut.tembundle", "holds": False}, other'
ok 'as JSON, too'
run 2 "$TEM" trust && says 'tem trust build' && run 0 "$TEM" trust --help && run 2 "$TEM" trust frob && says "no verb 'trust frob'"
ok 'the group tells its verbs'
[ "$("$TEM" --complete trust | tr '\n' ' ')" = 'build check show diff ' ] && "$TEM" --complete trust build | grep -q -- --previous &&
    [ "$("$TEM" --complete trust build --format | tr '\n' ' ')" = 'auto json csv ' ]
ok 'and completes'

# ---- the drill ----

PATH=$(dirname "$TEM"):$PATH
export PATH
sh "$province/lost-key" drill >out 2>err
ok 'the drill of a lost key'
finish
