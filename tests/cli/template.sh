#!/bin/sh
# SPDX-License-Identifier: MIT
# tem template: those that ship, a template of one's own, and what is refused.
. "$SOURCE/tests/cli/lib.sh"

run 0 "$TEM" template list && quiet && [ "$(wc -l <out)" = 7 ] && says 'Box label, 70 × 50 mm'
ok 'those that ship are listed'
run 0 "$TEM" template list --lang vi && says 'Tem hộp 70 × 50 mm'
ok 'in Vietnamese'
run 0 "$TEM" template list --json && [ "$(grep -c '^{"name":".*"sheet":\(true\|false\)}$' out)" = 7 ]
ok 'and for programs'
all=$("$TEM" template list | cut -d' ' -f1)
for name in $all; do
    run 0 "$TEM" template show "$name" && quiet && cmp -s out "$SOURCE/lib/label/templates/$name.json"
    ok "$name is shown as it is"
    run 0 "$TEM" template check "$name" && says "$name: holds lot DT9H2VW6 at 203 dpi: letters from "
    ok "$name holds a label"
done
# shellcheck disable=SC2086 # a list of names
run 0 "$TEM" template check $all --dpi 300 --label-lang both --quiet && quiet && ! [ -s out ]
ok 'in both languages, at 300 dpi'
run 0 "$TEM" template check box-70x50 --record "$one" && says 'lot NP7K3Q9M'
ok 'a lot of a file is tried'

"$TEM" template show box-70x50 >mine.json
run 0 "$TEM" template check mine.json
ok 'a template of one that was shown'
sed 's/"letters_mm": 1.5, "letters_min_mm": 1.2/"letters_mm": 1.5, "letters_min_mm": 1.1/' mine.json >low.json
run 1 "$TEM" template check low.json && says 'low.json:15: letters_min_mm: letters 1.1 mm high are too low: the law wants 1.2 mm' &&
    [ "$(wc -l <err)" = 1 ]
ok 'letters that are too low are named with the line'
run 1 "$TEM" template check low.json --lang vi && says 'chữ cao 1,1 mm là quá thấp'
ok 'in Vietnamese'
sed 's/"height_mm": 40.25/"height_mm": 20/' mine.json >short.json
run 1 "$TEM" template check short.json && says 'short.json: maker of 73 characters does not fit its box of 41.0 x 20.0 mm' &&
    [ "$(wc -l <err)" = 1 ]
ok 'a box that is too small is told with the figures'
sed 's/"x_mm": 43.5, "y_mm": 12.25, "width_mm": 25, "height_mm": 25/"x_mm": 43.5, "y_mm": 12.25, "width_mm": 15, "height_mm": 15/' mine.json >tiny.json
run 1 "$TEM" template check tiny.json && says 'a symbol of 53 modules with its quiet zone needs 15.3 mm at modules of 0.250 mm and has 15.0 mm'
ok 'so is a symbol that does not fit'
sed 's/DejaVu Sans Condensed/No Such Font/' mine.json >font.json
run 1 "$TEM" template check font.json && says 'no font No Such Font'
ok 'and a font that is not there'
sed 's/"x_mm": 2, /"x_mm": -2, /' mine.json >minus.json
run 1 "$TEM" template check minus.json && says "x_mm: '-2' is out of range: 0 to 300"
ok 'and a negative place'
sed 's/{warnings}/{warning}/' mine.json >field.json
run 1 "$TEM" template check field.json && says 'there is no field warning'
ok 'and a field that there is not'
sed 's/, "{warnings}"//' mine.json >without.json
run 1 "$TEM" template check without.json && says 'such a label must say warnings'
ok 'and what the law wants and is missing'
run 1 "$TEM" template check box-70x50 minus.json && says 'box-70x50: holds' && says 'minus.json'
ok 'one fault does not hide what is sound'
run 3 "$TEM" template check nonesuch && says "no template nonesuch: see 'tem template list'"
ok 'a name that there is not'
run 3 "$TEM" template check not/there.json && says 'not/there.json: cannot be read'
ok 'a file that there is not'
run 1 "$TEM" template check "$one"
ok 'a file that is no template'

run 0 "$TEM" template preview mine.json --out mine.png && quiet &&
    [ "$(identify -format '%w %h' mine.png) $(od -An -tu1 -j24 -N1 mine.png)" = '559 400    1' ]
ok 'a preview is of whole dots'
run 0 "$TEM" scan mine.png && says 'HTTPS://OCOP.SONLA.GOV.VN/01/09520124600302/10/DT9H2VW6/21/000123?S='
ok 'its symbol is read'
run 3 "$TEM" template preview mine.json --out mine.png && says 'mine.png: is there already'
ok 'a file that is there is left alone'
run 0 "$TEM" template preview mine.json --out mine.png --force --dpi 300 --label-lang en --ink colour
ok 'but with --force'
run 0 "$TEM" template preview sheet-a4-38x21 --out sheet.pdf --dpi 600 &&
    pdftoppm -r 300 -gray -png sheet.pdf sheet && run 0 "$TEM" scan sheet-1.png &&
    [ "$(grep -c 'HTTPS://' out)" = 65 ]
ok 'each label of a sheet is found when it is printed'
run 0 "$TEM" template preview card-a5 --out card.svg && grep -q '<svg ' card.svg && ! grep -q '<image' card.svg
ok 'a drawing of lines'
run 2 "$TEM" template preview card-a5 --out card.gif && says '.png, .pdf, .svg'
ok 'by its ending'
run 2 "$TEM" template preview card-a5 && says '--out is missing'
ok 'a name it must have'
convert -size 40x40 xc:black logo.png
run 0 "$TEM" template preview carton-100x75 --out logo1.png --logo logo.png &&
    run 0 "$TEM" template preview carton-100x75 --out logo2.png && ! cmp -s logo1.png logo2.png
ok 'a logo'
run 3 "$TEM" template preview box-70x50 --out x.png --logo logo.png && says 'no box for logo' && ! [ -e x.png ]
ok 'where there is no box for it'
run 3 "$TEM" template preview carton-100x75 --out x.png --logo "$one" && says 'the picture cannot be drawn' && ! [ -e x.png ]
ok 'what is no picture'
run 2 "$TEM" template preview card-a5 --out x.png --ink red && says 'black|grey|colour'
ok 'an ink that there is not'
finish
