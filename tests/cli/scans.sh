#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317 # run calls it
# Scans: noted by verify, brought in from other machines.
. "$SOURCE/tests/cli/lib.sh"

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase --quiet 2>err
"$TEM" keygen --out k2.pem --pub k2.pub --no-passphrase --quiet 2>err
"$TEM" issue "$one" --key k.pem --kid 1 --out a --count 3 --quiet 2>err
scans() { "$TEM" scans "$@"; }
text_of() { "$TEM" scan "$1" | sed 's/^[^ ]*: //;q'; }
text=$(text_of a/*_000002.png)

run 0 "$TEM" verify --key k.pub --demo a/*.png --registry s.db --place 'Chợ "Mộc" Châu' --position 20.85,-104.65 \
    --who 'QLTT =3' --seen 2026-10-05T09:30 && says 's.db: 3 scans noted'
ok 'verify notes what it sees'
run 0 scans show --registry s.db && python3 -c '
import json
rows = [json.loads(l) for l in open("out", encoding="utf-8")]
assert [r["serial"] for r in rows] == ["000001", "000002", "000003"], rows
for r in rows:
    assert (r["lot"], r["product"]) == ("NP7K3Q9M", "09520124600104")
    assert (r["latitude"], r["longitude"], r["seen"]) == (20.85, -104.65, "2026-10-05T09:30:00+07:00"), r
    assert (r["place"], r["who"], r["verdict"]) == ("Chợ \"Mộc\" Châu", "QLTT =3", "genuine"), r'
ok 'where, when and by whom'
cp out log.json
run 1 "$TEM" verify --key k2.pub --demo --text "$text" --registry altered.db && run 0 scans show --registry altered.db &&
    says '"verdict":"altered"' && ! grep -q NP7K3Q9M out
ok 'of a label that does not hold nothing is believed'
run 1 "$TEM" verify --key k.pub --text 'https://example.com' --registry none.db && run 0 scans show --registry none.db &&
    ! [ -s out ]
ok 'a foreign symbol is not noted'
for bad in '--seen 2026-10-05' '--position 91,0' '--position 1' '--position x,1' '--position 1,2,3'; do
    # shellcheck disable=SC2086
    run 2 "$TEM" verify --key k.pub --text "$text" --registry x.db $bad
    ok "verify $bad"
done
run 2 "$TEM" verify --key k.pub --text "$text" --place here && ! [ -e x.db ]
ok 'a place without a registry'

run 0 scans import log.json --registry t.db && says 'scans: 3, of which 3 were not there before'
ok 'a log from another machine'
run 0 scans import log.json log.json --registry t.db && says 'scans: 6, of which 0'
ok 'twice it changes nothing'
[ "$("$TEM" scans show --registry t.db)" = "$(cat log.json)" ] && run 0 "$TEM" ledger check --registry t.db
ok 'it is what it was'
run 0 scans merge s.db altered.db --registry t.db && says 'scans: 4, of which 1'
ok 'a whole registry'
run 0 scans merge s.db altered.db --registry t.db && says 'scans: 4, of which 0'
ok 'twice, too'
run 3 scans merge nothere.db s.db --registry t.db && says 'nothere.db: the registry cannot be opened' &&
    says 'scans: 3, of which 0'
ok 'one that is not there does not keep another from it'

printf 'Chuỗi quét;Kết luận;Lúc quét;Nơi quét;Vĩ độ\n%s;thật;05/10/2026 09:31;Sơn La;\nabc;thật;05/10/2026 09:30;x;21\n;thật;5/13/2026 09:30;x;\n%s;thu hồi;05/10/2026 09:32;;\n' \
    "$text" "$text" >l.csv
run 3 scans import l.csv --registry t.db --lang vi && says 'l.csv:3: Vĩ độ: vĩ độ và kinh độ' &&
    says 'l.csv:3: Chuỗi quét: chuỗi quét không phải tem' && says 'l.csv:4: Lúc quét: "5/13/2026 09:30" không phải' &&
    says 'lượt quét: 4, trong đó 2 lượt mới; bỏ qua 2'
ok 'wrong lines are told and left out, the others taken'
run 3 scans import l.csv --registry v.db --key k.pub --demo && run 0 scans show --registry v.db &&
    [ "$(grep -c '"verdict":"genuine"' out)" = 2 ] && ! grep -q revoked out
ok 'with a key the verdict is found anew'
run 3 scans import l.csv --registry w.db --key k2.pub --demo && run 0 scans show --registry w.db &&
    [ "$(grep -c '"verdict":"altered"' out)" = 2 ] && ! grep -q genuine out
ok 'whatever the log says'
run 3 scans import nothere.csv log.json --registry n.db && says 'nothere.csv' && says 'of which 3'
ok 'a log that is not there is told, the other taken'
printf '[{"verdict":"altered","seen":"2026-10-05T09:30","text":"a"},{"verdict":' >cut.json
run 3 scans import cut.json --registry c.db && says 'of which 1'
ok 'of a log that is cut short the whole lines are taken'
run 2 scans import --registry t.db
ok 'import needs a log'
run 2 scans import log.json
ok 'and a registry'
finish
