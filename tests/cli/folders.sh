#!/bin/sh
# SPDX-License-Identifier: MIT
# Operands of tem scan, verify and export: folders, and the standard input.
# shellcheck disable=SC2317 # `run` calls verify()
. "$SOURCE/tests/cli/lib.sh"

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
"$TEM" issue "$sonla"/0*.json --key k.pem --kid 1 --out l --count 1 >out 2>err
verify() { "$TEM" verify --demo --key k.pub "$@"; }
# pictures: the files that `out` tells of, in a line.
pictures() { sed -n 's/: HTTPS.*//p' out | tr '\n' ' '; }
# is LINE: those are they.
is() {
    [ "$(pictures)" = "$1" ] && return
    echo "# read: $(pictures)"
    return 1
}
set -- l/*.png
label=$1

# In every state: what looks like a picture by its name, and what does not.
mkdir -p tree/b/inner tree/a tree/.hidden tree/z.png
for file in tree/b/2.png tree/b/10.PNG tree/b/inner/x.jpg tree/a/y.JPEG tree/c.webp tree/d.Heic \
    tree/e.heif tree/.f.png tree/.hidden/g.png tree/h.txt tree/png tree/i.png.bak tree/z.png/j.png; do
    cp "$label" $file
done
run 0 "$TEM" scan tree && quiet &&
    is 'tree/a/y.JPEG tree/b/10.PNG tree/b/2.png tree/b/inner/x.jpg tree/c.webp tree/d.Heic tree/e.heif tree/z.png/j.png '
ok 'a folder stands for the pictures in it and in its folders, by name'
run 0 "$TEM" scan tree/ && is "$(pictures)" && says 'tree/a/y.JPEG: ' && ! grep -q '//a' out
ok 'a slash at its end changes nothing'
(cd tree && "$TEM" scan .) >out 2>err && says './a/y.JPEG: ' && [ "$(wc -l <out)" = 8 ]
ok 'the folder that one is in'
run 0 "$TEM" scan tree/.hidden tree/b/inner && is 'tree/.hidden/g.png tree/b/inner/x.jpg '
ok 'a hidden folder that is named is looked into'
run 0 "$TEM" scan tree/h.txt tree/b tree/c.webp && is 'tree/h.txt tree/b/10.PNG tree/b/2.png tree/b/inner/x.jpg tree/c.webp '
ok 'files beside folders, in the order given, whatever their names'
run 0 verify tree && [ "$(grep -c ': genuine' out)" = 8 ] && says 'In all: 8 genuine'
ok 'verify counts them all'
run 0 "$TEM" export --cose --out cose tree && set -- cose/* && [ $# = 2 ]
ok 'export takes folders, too'
cp "$label" tree/b/inner/text.png && echo text >tree/b/inner/text.png
run 3 verify tree && [ "$(grep -c ': genuine' out)" = 8 ] && [ "$(wc -l <err)" = 1 ] &&
    says 'tree/b/inner/text.png: '
ok 'what is no picture in spite of its name is told, the rest read'
rm tree/b/inner/text.png

# Without pictures.
mkdir -p none/inner
: >none/inner/a.txt
run 3 "$TEM" scan none && [ "$(wc -l <err)" = 1 ] && says 'none: a folder without pictures'
ok 'a folder without pictures says so in one line'
run 3 verify --lang vi none tree/c.webp && [ "$(wc -l <err)" = 1 ] && says 'none: thư mục không có ảnh' &&
    says 'TEM THẬT'
ok 'in Vietnamese, and the rest is read'
run 3 "$TEM" scan --json none && python3 -c '
import json
o = json.loads(open("out", encoding="utf-8").read())
assert o["file"] == "none" and o["error"] == "no-pictures" and o["text_vi"] and o["text_en"], o'
ok 'and as JSON'
run 3 verify none none && says 'In all: 2 could not be read'
ok 'it counts as something that could not be read'

# Links: to files they are followed, to folders not.
mkdir links
ln -s ../tree links/tree
ln -s . links/loop
ln -s .. links/up.png
ln -s "../$label" links/l.png
run 0 "$TEM" scan links && is 'links/l.png '
ok 'links to folders are not followed, those to pictures are'
ln -s nothere links/broken.png
run 3 "$TEM" scan links && is 'links/l.png ' && [ "$(wc -l <err)" = 1 ] && says 'links/broken.png: cannot be read'
ok 'a link that leads nowhere is told'
ln -s tree named
run 0 "$TEM" scan named/a named && says 'named/a/y.JPEG: ' && [ "$(wc -l <out)" = 9 ]
ok 'a link that is named is followed'
mkdir pipes && mkfifo pipes/p.png && cp "$label" pipes/q.png
run 0 timeout 60 "$TEM" scan pipes && is 'pipes/q.png '
ok 'a pipe that is called like a picture is passed over'

# Folders that cannot be read.
mkdir -p locked/a locked/b locked/c && cp "$label" locked/a/1.png && cp "$label" locked/b/2.png && cp "$label" locked/c/3.png
told() {
    [ "$(wc -l <err)" = 1 ] && says 'locked/b: cannot be read: Permission denied' && is 'locked/a/1.png locked/c/3.png ' &&
        [ "$(sed -n 's/^tem: \([^:]*\):.*/\1/; s/: HTTPS.*//p; /^locked.b$/p' both | tr '\n' ' ')" = 'locked/a/1.png locked/b locked/c/3.png ' ]
}
if [ "$(id -u)" != 0 ]; then
    chmod 0 locked/b
    run 3 "$TEM" scan locked && { "$TEM" scan locked >both 2>&1 || :; } && told
    ok 'a folder that may not be read is told in its place, the rest read'
    chmod 700 locked/b
elif strace -o trace true 2>/dev/null; then
    denied() {
        strace -f -o trace -e quiet=path-resolution -E ASAN_OPTIONS=detect_leaks=0 -P locked/b \
            -e trace=openat -e inject=openat:error=EACCES "$TEM" scan locked
    }
    run 3 denied && { denied >both 2>&1 || :; } && told
    ok 'a folder that may not be read is told in its place, the rest read'
else
    skip 'a folder that may not be read' 'root may read all, and no strace'
fi

# Bounds: 32 folders inside one another, 100000 pictures and folders.
deep=deep
for i in $(seq 31); do deep=$deep/$i; done
mkdir -p "$deep" && cp "$label" "$deep/x.png"
run 0 "$TEM" scan deep && is "$deep/x.png "
ok '32 folders inside one another'
mkdir "$deep/32" && cp "$label" "$deep/32/y.png"
run 3 "$TEM" scan deep && is "$deep/x.png " && [ "$(wc -l <err)" = 1 ] && says "$deep/32: is under 32 other folders"
ok 'one more is told'
python3 - <<'PY'
import os
os.makedirs('many/inner')
for i in range(99999):
    open(f'many/inner/{i}.png', 'w').close()
PY
run 3 "$TEM" scan --json many && [ "$(wc -l <out)" = 99999 ] && ! grep -q too-many out
ok 'a hundred thousand pictures and folders'
: >many/one.png
run 3 "$TEM" scan many "$label" && [ "$(wc -l <err)" = 1 ] && says 'many: more than 100000 pictures and folders' && is "$label "
ok 'one more: none of them is taken, the rest is'
: >many/inner/99999.png && : >many/inner/100000.png
run 3 "$TEM" scan --lang vi many && [ "$(wc -l <err)" = 1 ] && says 'có hơn 100000 ảnh' && run 3 "$TEM" scan --json many &&
    [ "$(wc -l <out)" = 1 ] && says '"error":"too-many-pictures"'
ok 'so are too many in a single folder'

# The standard input.
"$TEM" scan - <"$label" >out 2>err && is '- ' && quiet
ok '- is one picture on the standard input'
"$TEM" verify --demo --key k.pub --json - <"$label" >out 2>err && says '"file":"-"' && says '"genuine"'
ok 'verify names it so'
"$TEM" scan tree/c.webp - tree/a <"$label" >out 2>err && is 'tree/c.webp - tree/a/y.JPEG '
ok '- beside files and folders'
run 2 "$TEM" scan - tree - && says "scan: - is given twice" && [ "$(wc -l <err)" = 1 ] && run 2 verify - - &&
    run 2 "$TEM" export --cose - -
ok '- twice is a mistake of use'
run 3 "$TEM" scan - && says '-: the file is empty'
ok 'nothing on it'
echo text | "$TEM" scan - >out 2>err
[ $? -eq 3 ] && [ "$(wc -l <err)" = 1 ] && grep -q '^tem: -: ' err
ok 'no picture on it'
mkdir ./- && cp "$label" ./-/x.png
"$TEM" scan - <"$label" >out 2>err && is '- ' && run 0 "$TEM" scan ./- && is './-/x.png '
ok 'a folder of that name is ./-'
finish
