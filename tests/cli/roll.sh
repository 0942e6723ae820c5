#!/bin/sh
# SPDX-License-Identifier: MIT
# tem issue with a template: pictures, sheets, rolls, what is spoiled and what is
# printed later.
. "$SOURCE/tests/cli/lib.sh"
lots=$sonla/02-cac-lo-khac.json
"$TEM" keygen --out key.pem --pub key.pub.pem --no-passphrase >/dev/null 2>&1

issue() { # STATUS FOLDER OPTION...: of the lot of plums, at 203 dpi
    status=$1 folder=$2
    shift 2
    run "$status" "$TEM" issue "$one" --key key.pem --kid 1 --dpi 203 --out "$folder" "$@"
}
# Serials that a printer's file or pages hold, in their order.
printed() { # PDF
    rm -f page-*.png
    pdftoppm -r 203 -gray -png "$1" page &&
        "$TEM" scan page-*.png | sed -n 's/.*\/21\/\([0-9T]*\)?S=.*/\1/p' | tr '\n' ' '
}

# ---- pictures ----
issue 0 a --template box-70x50 --count 3 && says 'QR version 9-M' &&
    [ "$(identify -format '%w %h' a/*_000002.png) $(od -An -tu1 -j24 -N1 a/*_000002.png)" = '559 400    1' ] &&
    run 0 "$TEM" verify --demo --key key.pub.pem a && says 'In all: 3 genuine'
ok 'whole labels are genuine'
issue 0 b --template box-70x50 --count 1 --json &&
    grep -q '"serial":"000004","version":9,"module_um":375,"side_px":183}' out
ok 'the symbol is told of, as always'
for template in box-70x50 pack-50x30 code-35x22 carton-100x75 sheet-a4-70x50 sheet-a4-38x21 card-a5; do
    run 0 "$TEM" issue "$one" "$lots" --key key.pem --kid 1 --dpi 600 --out "t/$template" --template "$template" --registry j &&
        run 0 "$TEM" verify --demo --key key.pub.pem "t/$template" && says 'In all: 8 genuine'
    ok "all eight lots by $template at 600 dpi"
done
issue 0 c --template box-70x50 --ink grey --label-lang both --count 1 &&
    [ "$(identify -format '%z' c/*.png)" = 8 ]
ok 'grey, in both languages'
issue 2 c --ink grey --count 1 && says '--template is missing: give --ink'
ok 'without a template there is nothing to colour'
issue 3 c --template nonesuch --count 1 && says 'no template nonesuch'
ok 'a template that there is not'
issue 3 c --template box-70x50 --count 1 --module-mm 0.5 && says 'needs 30.5 mm at modules of 0.500 mm and has 24.9 mm'
ok 'modules that do not fit are refused, and no serial is used'
[ "$(events tem-registry.db | grep -c '^reserve')" = 3 ]
ok 'as the registry shows'
issue 3 a --template pack-50x30 --count 2 --registry none-of-it && says 'does not know of it'
ok 'a registry that does not know them is not believed'

# ---- one file ----
issue 0 pdf --format pdf --count 3 --quiet && [ "$(printed pdf/*_000006-000008.pdf)" = '000006 000007 000008 ' ]
ok 'a PDF has a page a label'
issue 0 sheet --format pdf --template sheet-a4-70x50 --count 11 && says 'labels 11, serials 000009-000019' &&
    pdftoppm -r 300 -gray -png sheet/*.pdf sheet-page && run 0 "$TEM" verify --demo --key key.pub.pem sheet-page-*.png &&
    says 'In all: 11 genuine' && [ "$(echo sheet-page-*.png | wc -w)" = 2 ]
ok 'every label of the sheets is found and genuine'
issue 0 zpl --format zpl --count 2 && grep -c '^^XA' zpl/*_000020-000021.zpl | grep -qx 2
ok 'a file for a printer that knows ZPL'
issue 0 tspl --format tspl --count 2 --json && [ "$(grep -a -c '^BITMAP 0,0,70,400,0,' tspl/*.tspl)" = 2 ] &&
    grep -q '"serial_first":22,"serial_last":23,"labels":2,"format":"tspl","version":9,"module_um":375}' out
ok 'and TSPL'
issue 3 zpl --format zpl --template card-a5 --count 1 && says 'printed as a PDF'
ok 'a sheet of paper is no roll'
issue 0 card --format pdf --template card-a5 && [ -s card/09520124600104_NP7K3Q9M.pdf ]
ok 'a card without a serial'
issue 3 card --format pdf --template card-a5 && says 'is there already'
ok 'is left alone'
issue 0 card --format pdf --template card-a5 --force
ok 'but with --force'
issue 2 svg --format svg --count 2 && says '--format svg and --count'
ok 'an SVG is one label'
issue 2 svg --format xps && says 'png, pdf, svg, zpl, tspl'
ok 'a format that there is not'

# ---- a roll ----
rm -f tem-registry.db*
issue 2 roll --roll --format zpl && says '--count is missing'
ok 'a roll has many'
issue 2 roll --roll --count 5 && says '--format is missing: give pdf, zpl, tspl'
ok 'and is one file'
issue 0 roll --roll --count 5 --format pdf &&
    [ "$(printed roll/*_000001-000005.pdf)" = 'T00001 000001 000002 T00002 000003 000004 000005 T00003 ' ]
ok 'with test labels first, in the middle and last'
run 1 "$TEM" verify --key key.pub.pem page-1.png && says 'example'
ok 'which nobody takes for goods'
issue 3 roll --void 5-6 && says "serials 5-6 were not given out: the last one was 5"
ok 'only what was given out can be void'
issue 0 roll --void 2,4-5 && says 'serials 4-5 are void' && [ "$(events tem-registry.db | grep -c '^void')" = 2 ]
ok 'spoiled labels are void'
issue 3 roll --void 1,3-4 && says 'some are void already' && [ "$(events tem-registry.db | grep -c '^void')" = 2 ]
ok 'once, and all or none'
issue 3 roll --void 3-4 --lang vi && says 'đã ghi hủy' 
ok 'in Vietnamese'
issue 0 roll --resume-from 3 --roll --format pdf &&
    [ "$(printed roll/*_000003-000005.pdf)" = 'T00001 000003 T00002 T00003 ' ] && events tem-registry.db | grep -q "^again.*	3	5$"
ok 'the rest of a roll, without the void ones'
issue 3 roll --resume-from 3 --roll --format pdf && says 'is there already'
ok 'once'
issue 3 roll --resume-from 6 --format pdf && says 'is not of the last run, which was 1-5'
ok 'not what was not given out'
issue 3 roll --resume-from 2 --format zpl && says 'would not be the same labels'
ok 'nor other labels'
issue 0 roll --reprint 1 --format pdf && [ "$(printed roll/*_000006-000006.pdf)" = '000006 ' ] && events tem-registry.db | grep -q "^void.*	1	1$"
ok 'a reprint takes a new serial and the old one is void'
for list in '' 0 a 1- -1 3-2 1,1 1,,2 '1,2,' 5-7,6 1:2; do
    issue 2 roll --void "$list" && says '17,105-110'
    ok "'$list' is no list of serials"
done
issue 2 roll --reprint 1 --count 2 && says '--reprint and --count'
ok 'a reprint says by itself how many'
run 3 "$TEM" issue "$one" "$lots" --key key.pem --kid 1 --out roll --void 3 && says 'of one lot at a time'
ok 'serials are of one lot'

# ---- interrupted ----
# The file cannot grow: nothing of it is seen, and the same serials come again.
before=$(events tem-registry.db | grep -c '^reserve')
(ulimit -f 1000 && trap '' XFSZ && issue 3 full --count 50 --format zpl)
[ "$(find full -name '*.zpl*' | wc -l)" = 0 ] && [ "$(events tem-registry.db | grep -c '^reserve')" = $((before + 1)) ]
ok 'a full disk leaves no half file'
issue 3 other --count 50 --format zpl && says 'full'
ok 'what was begun is to be finished where it was'
issue 0 full --count 50 --format zpl && says 'labels 50, serials 000007-000056' && [ -s "$(echo full/*_000007-000056.zpl)" ] &&
    [ "$(events tem-registry.db | grep -c '^reserve')" = $((before + 1)) ]
ok 'the same command finishes it, with the same serials'
# Killed when the file was whole and noted, and had no name yet.
name=$(basename full/*_000007-000056.zpl)
mv "full/$name" "full/.$name.begun"
journal_of tem-registry.db | sed '/^done.*	7	56	/d; /^end/{$d;}' >whole.log
from_journal whole.log tem-registry.db
cp "full/.$name.begun" kept
issue 0 full --count 50 --format zpl && cmp -s kept "full/$name"
ok 'a file that was whole is only named'
issue 0 gone --count 3 --format zpl && rm -r gone && issue 3 gone --abandon --count 2 --format pdf --template nonesuch
ok 'nothing is abandoned for nothing'

# ---- proof ----
issue 0 np --count 2 --format pdf --no-proof
ok 'without a proof'

# PDF is written by a library: of that, too, nothing is left.
before=$(events tem-registry.db | grep -c '^reserve')
(ulimit -f 1000 && trap '' XFSZ && issue 3 small --count 600 --format pdf --no-proof)
says 'small/' && [ "$(find small -name '*.pdf*' | wc -l)" = 0 ] && [ "$(events tem-registry.db | grep -c '^reserve')" = $((before + 1)) ]
ok 'a full disk leaves no half PDF'
issue 0 small --count 600 --format pdf --no-proof && [ "$(find small -name '*.pdf' | wc -l)" = 1 ] && [ "$(events tem-registry.db | grep -c '^reserve')" = $((before + 1)) ]
ok 'and the same serials come when there is room'
finish
