#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317 # run calls it
# tem rules: what the audit looks for, in both languages, and local changes.
. "$SOURCE/tests/cli/lib.sh"

rules() { "$TEM" rules "$@"; }
run 0 rules list && quiet && [ "$(wc -l <out)" -gt 40 ] && says 'A24 [fault] Labels and packs do not agree'
ok 'all rules'
run 0 rules list --lang vi && says 'A24 [lỗi] Số tem và số gói không khớp'
ok 'in Vietnamese'
run 0 rules show A21 A42 && says 'least longan-aril: 8.5' && says 'Vietnamese: Tỷ lệ tươi/khô' &&
    says 'A42 [warning]' && says 'speed: 120 km/h'
ok 'some, with their limits, in both languages'
run 0 rules show A21 --lang vi && says 'least longan-aril: 8,5' && says 'Tiếng Anh: Fresh to dried' &&
    says 'lò sấy Sông Mã 10:1'
ok 'the other way round'
run 2 rules show A99 && says 'there is no rule A99'
ok 'one that is not there'
run 2 rules show
ok 'none'
run 2 rules list A21
ok 'list takes none'

# What FORMAT.md shows.
# shellcheck disable=SC2016 # those are its marks
sed -n '/^```csv/,/^```/{/^```/d;p;}' "$SOURCE/lib/rules/FORMAT.md" >own.csv
run 0 rules show A31 A55 --rules own.csv && quiet &&
    says 'changed by the local file: last-month plum-hau = 8: late season after the frost of 2026' &&
    says 'switched off by the local file: small makers are exempt here'
ok 'local changes are told of'
run 0 rules list --rules own.csv --json && python3 -c '
import json
rules = {r["rule"]: r for r in map(json.loads, open("out", encoding="utf-8"))}
assert not rules["A55"]["on"] and rules["A31"]["on"]
limits = {(l["limit"], l["of"]): l for l in rules["A31"]["limits"]}
assert limits["last-month", "plum-hau"]["value"] == 8 and limits["last-month", "plum-hau"]["changed"]
assert limits["last-month", "longan"]["value"] == 9 and not limits["last-month", "longan"]["changed"]'
ok 'as JSON'
printf 'rule,off,limit,of,value,reason\nA31,yes,last-month,plum-hau,8,x\nA99,yes,,,,x\nA31,,nix,,5,x\nA31,yes,,,,\n' >bad.csv
run 3 rules list --rules bad.csv && says 'bad.csv:2: off: give either off' && says 'bad.csv:3: rule: there is no rule A99' &&
    says 'bad.csv:4: limit: rule A31 has no limit nix' && says 'bad.csv:5: reason:' && ! [ -s out ]
ok 'every wrong line is named, and nothing is half changed'
run 3 rules list --rules nothere.csv && says 'nothere.csv'
ok 'a file that is not there'
finish
