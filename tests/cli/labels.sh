#!/bin/sh
# SPDX-License-Identifier: MIT
# The pictures of examples/labels are what the templates give today.
. "$SOURCE/tests/cli/lib.sh"
shown=$SOURCE/examples/labels
mkdir bin && ln -s "$TEM" bin/tem
PATH=$work/bin:$PATH

if ! command -v pdftoppm >/dev/null; then
    skip 'the pictures are made anew' 'pdftoppm (poppler-utils) is not here'
    finish
fi
run 0 "$shown/make" made && quiet
ok 'the pictures are made anew'
for picture in "$shown"/*.png; do
    name=$(basename "$picture" .png)
    "$ALIKE" "$picture" "made/$name.png"
    ok "$name looks as it is shown"
done
[ "$(cd made && echo *.png)" = "$(cd "$shown" && echo *.png)" ] &&
    "$TEM" template list --json | sed -n 's/.*"name":"\([^"]*\)".*/\1.png/p' | sort | tr '\n' ' ' >listed &&
    [ "$(cat listed)" = "$(cd made && echo *.png) " ]
ok 'one of each template that ships'
run 0 "$TEM" verify --demo --key "$SOURCE/examples/sonla/demo.pub.pem" "$shown"/*.png --json && [ "$(grep -c '"genuine"' out)" = 80 ]
ok 'every label on them is found, and genuine'

# What it is to notice: other stars, another text, another symbol.
draw() { # NAME SED: the box label with another record
    sed "$2" "$SOURCE/examples/sonla/01-man-ruby.json" >"$1.json"
    tem issue "$1.json" --key "$SOURCE/examples/sonla/demo.key.pem" --kid 1 --no-digest --template box-70x50 --dpi 203 --out "$1" --registry "$1.db" --quiet &&
        ! "$ALIKE" "$shown/box-70x50.png" "$1"/*.png
}
draw stars '/"ocop_stars"/s/4/3/; /"decision_authority"/s/province/district/'
ok 'a star less is noticed'
draw days '/"best_before"/s/2026-06-15/2026-06-18/'
ok 'another day is noticed'
finish
