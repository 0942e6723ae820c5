#!/bin/sh
# SPDX-License-Identifier: MIT
# tem grade: printed labels, graded.
# shellcheck disable=SC2317 # `run` calls grade()
. "$SOURCE/tests/cli/lib.sh"

grade() { "$TEM" grade --lang en "$@"; }
"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
for dpi in 203 600; do
    "$TEM" issue "$one" --key k.pem --kid 1 --out l$dpi --count 1 --template box-70x50 --dpi $dpi \
        >out 2>err
done
cp l600/*.png fine.png

run 0 grade fine.png && quiet && says 'fine.png: trend grade 4 (A)' && says '  4  contrast: 100 %' &&
    says '  4  modulation: 100 %' && says '  4  square marks and margin: 0.0 % wrong' &&
    says '  4  module shape: ' && says '  4  grid: ' && says '  4  error correction left: 100 %' &&
    says '     ink spread: 0 % across, 0 % down' && says '     sharpness: 100 %, 9.0 pixels a module' &&
    says 'gives a trend, not a certificate' && ! grep -q -e '->' out
ok 'a label as it should be, every part of it'
run 0 "$TEM" grade --lang vi fine.png && says 'fine.png: điểm xu hướng 4 (A)' &&
    says 'chỉ cho biết xu hướng, không phải chứng nhận'
ok 'in Vietnamese'
run 0 grade --quiet fine.png && says 'trend grade 4 (A)' && ! grep -q certificate out
ok 'quietly'
run 0 grade --json fine.png && says '"calibrated":false' && says '"grade":4,"contrast":{"grade":4,"value":1' &&
    says '"text":"HTTPS' && says '"hints":[]' && [ "$(wc -l <out)" = 1 ]
ok 'for programs'

cp l203/*.png small.png
run 3 grade small.png && grep -q 'small.png: modules of 3.0 pixels are too small to grade, at least 3.5' err
ok 'modules too small to grade'
run 3 grade --json small.png && says '"error":"not-graded"' && says 'quá nhỏ để chấm'
ok 'the same for programs'
mkdir folder
cp fine.png folder/a.png
cp fine.png folder/b.png
run 0 grade folder && says 'folder/a.png: ' && says 'In all: 2 symbols, the worst is 4 (A)'
ok 'a folder'
grade - <fine.png >out 2>err && says '-: trend grade 4 (A)'
ok 'the standard input'
echo nothing >text.png
run 3 grade text.png && grep -q 'text.png: ' err
ok 'no picture'
run 2 grade
ok 'nothing to grade'

# What goes wrong at printers, in dots of 600 to the inch; modules are 9 dots wide.
run 0 "$WEAR" fine.png wide.png spread 1 && run 0 grade wide.png &&
    says '     ink spread: 22 % across, 22 % down' &&
    says '  -> ink spread +22 %: lower the darkness, or print slower'
ok 'ink that spreads'
run 0 "$WEAR" fine.png streak.png streak && run 0 grade streak.png &&
    says '  -> light lines through the ink, 1: clean the print head'
ok 'a dead dot of the print head'
run 0 "$WEAR" fine.png pale.png pale && run 0 grade pale.png && says '  3  contrast: 6' &&
    says '  -> the ink is pale, it gives back 3'
ok 'pale ink'
run 0 "$WEAR" fine.png stain.png stain && run 0 grade stain.png && says 'modules are wrong' &&
    run 0 grade fine.png stain.png && says 'In all: 2 symbols, the worst is ' &&
    ! grep -q 'the worst is 4' out
ok 'a stain'
run 0 grade --json wide.png && says '"message":722,' && says 'hãy giảm độ đậm' &&
    says 'lower the darkness'
ok 'hints for programs'
finish
