#!/bin/sh
# SPDX-License-Identifier: MIT
. "$SOURCE/tests/cli/lib.sh"

run 0 "$TEM" check "$sonla"/0*.json "$sonla/sonla.csv" && quiet &&
    says 'lots 8, errors 0'
ok 'the sample lots are sound'
run 1 "$TEM" check "$sonla/bad/b06-ma-xa-cu.json" &&
    says 'b06-ma-xa-cu.json:1: commune: 04138 is not a commune on 15/08/2026; use 04105'
ok 'an old place code is told with the new one'
run 1 "$TEM" check --lang vi "$sonla/bad/unknown-field.json" &&
    says 'colour: không có trường này'
ok 'the same in Vietnamese'
LC_ALL=vi_VN.UTF-8 run 1 "$TEM" check "$sonla/bad/no-such-day.json" &&
    says 'không có ngày'
ok 'Vietnamese by the locale'
run 1 "$TEM" check --json "$sonla/bad/b01-nhan-it-tem-nhieu.json" && quiet &&
    python3 -c '
import json
rows = [json.loads(l) for l in open("out")]
assert [r["rule"] for r in rows] == ["A20", "A24"], rows
assert rows[0]["field"] == "steps[1].mass_in_kg" and rows[0]["row"] == 1
assert rows[0]["text_vi"] and rows[0]["text_en"] and rows[0]["severity"] == "error"'
ok 'problems as JSON'
{ printf '['; cat "$one"; printf ','; cat "$one"; printf ']'; } |
    tr '\n' ' ' >twice.json
run 1 "$TEM" check twice.json &&
    says 'twice.json:1: lot no. 2: lot: lot NP7K3Q9M stands in row 1 already' &&
    run 1 "$TEM" check --json twice.json &&
    python3 -c '
import json
row = json.loads(open("out").readline())
assert row["row"] == 1 and row["lot_number"] == 2 and row["field"] == "lot"'
ok 'a lot given twice is told, in a file of one line too'
"$TEM" check - <"$one" >out 2>err && says 'lots 1, errors 0'
ok 'a record from stdin'
run 3 "$TEM" check nothere.json "$one" && says 'nothere.json: cannot be read' &&
    says 'lots 1, errors 0'
ok 'a missing file is told, the others are checked'
: >empty.json
run 3 "$TEM" check empty.json && says 'no lots in it'
ok 'an empty file is told'
run 3 "$TEM" check "$sonla" && says 'is a folder'
ok 'a folder is told'
run 1 "$TEM" check "$sonla/bad/broken.json" && says 'broken.json:54: the file ends'
ok 'a cut file is told with its line'
iconv -f UTF-8 -t UTF-16LE "$one" >utf16.json
{ printf '\377\376'; sed 's/^\([^;]*\);/"\1";/' "$sonla/sonla.csv" | iconv -f UTF-8 -t UTF-16LE; } >utf16.csv
run 1 "$TEM" check utf16.json && says 'save it' && [ "$(wc -l <err)" = 1 ] &&
    run 1 "$TEM" check utf16.csv && says 'utf16.csv:1: ' && says 'UTF-8' && [ "$(wc -l <err)" = 1 ]
ok 'UTF-16 is told for what it is'
{ printf '\302\240;\n'; sed -n 1,2p "$sonla/sonla.csv"; printf '\302\240;;\343\200\200;\n'; } >blank.csv
run 0 "$TEM" check blank.csv && says 'lots 1, errors 0'
ok 'rows of spaces that nobody sees are none'
{ printf '%07089d  \r\n' 0; printf ']Q1%07089d\n' 0; printf '%07090d\n' 0; } >long
"$TEM" export --cose --out none --text - <long >out 2>err
[ "$(grep -c 'longer than' err)" = 1 ]
ok 'blanks and marks around a scan do not make it too long'
run 2 "$TEM" check && says 'nothing to work on'
ok 'nothing to work on is a mistake of use'
run 2 "$TEM" check --format xml "$one" && says 'auto, json, csv'
ok 'an unknown format names those known'
finish
