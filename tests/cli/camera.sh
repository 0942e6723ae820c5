#!/bin/sh
# SPDX-License-Identifier: MIT
# tem scan and tem verify --camera, fed with videos; test_v4l2.c has cameras.
# shellcheck disable=SC2317 # `run` calls verify()
. "$SOURCE/tests/cli/lib.sh"

if ! convert -version >out 2>err; then
    skip 'videos' 'no ImageMagick'
    finish
fi
"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
"$TEM" issue "$sonla"/0[1-3]*.json --key k.pem --kid 1 --out l --count 1 >out 2>err
verify() { "$TEM" verify --demo --key k.pub --at 2026-06-20 "$@"; }
set -- l/*.png
convert -size 8x8 xc:white white.png

# frames PICTURE...: each in the middle of a frame of 480 by 360, as luma, and
# what colour there is.
frames() {
    for picture; do
        echo FRAME
        convert "$picture" -gravity center -background white -extent 480x360 -depth 8 gray:-
        head -c 86400 /dev/zero
    done
}
# video PICTURE...: 25 a second.
video() {
    echo 'YUV4MPEG2 W480 H360 F25:1 Ip A1:1 C420jpeg'
    frames "$@"
}
# lots: those read, in a line.
lots() { sed -n 's|.*/10/\([A-Z0-9]*\)/.*|\1|p' out | tr '\n' ' '; }
is() {
    [ "$(lots)" = "$1" ] && return
    echo "# read: $(lots)"
    return 1
}

video white.png "$1" "$1" white.png "$1" "$2" "$2" "$1" >v.y4m
run 0 "$TEM" scan --camera v.y4m && quiet && is 'NP7K3Q9M LP4T8XZ2 '
ok 'each label is reported once'
"$TEM" scan --camera - <v.y4m >out 2>err && quiet && is 'NP7K3Q9M LP4T8XZ2 ' && says '-: HTTPS://'
ok 'a video on the standard input'
run 0 verify --camera v.y4m && [ "$(grep -c ': genuine' out)" = 2 ] && says 'In all: 2 genuine'
ok 'verify judges them'
run 0 verify --json --camera v.y4m && [ "$(grep -c '"verdict":"genuine"' out)" = 2 ]
ok 'as JSON'
if printf 'not ours' | qrencode -o foreign.png 2>/dev/null; then
    convert "$1" foreign.png +append both.png
    for order in "foreign.png $1" "$1 both.png" "both.png $1" "$1 foreign.png"; do
        # shellcheck disable=SC2086 # two names
        video $order >f.y4m
        if ! run 0 verify --camera f.y4m || [ "$(grep -c ': genuine' out)" != 1 ]; then
            false
            break
        fi
        says not-a-label
    done
    ok 'a foreign symbol is no fault where a label is seen'
    video foreign.png >f.y4m
    run 1 verify --camera f.y4m && says not-a-label
    ok 'alone it is'
else
    skip 'foreign symbols' 'no qrencode'
fi
run 0 "$TEM" scan --camera v.y4m --frames 5 && is 'NP7K3Q9M '
ok 'so many frames and no more'
run 3 "$TEM" scan --camera v.y4m --frames 1 && says 'v.y4m: no QR symbol found in the whole of it' &&
    [ "$(wc -l <err)" = 1 ]
ok 'nothing to be seen'
run 3 "$TEM" scan --lang vi --camera v.y4m --frames 1 && says 'v.y4m: không thấy mã QR trong suốt video'
ok 'in Vietnamese'
for space in mono 422 444 420p10; do
    {
        echo "YUV4MPEG2 W480 H360 C$space"
        echo FRAME
        case $space in
        mono) convert "$1" -gravity center -background white -extent 480x360 -depth 8 gray:- ;;
        420p10) # 1023 at most
            convert "$1" -gravity center -background white -extent 480x360 -depth 8 gray:- |
                python3 -c 'import sys
for b in sys.stdin.buffer.read():
    sys.stdout.buffer.write((b * 1023 // 255).to_bytes(2, "little"))'
            head -c 172800 /dev/zero
            ;;
        *)
            convert "$1" -gravity center -background white -extent 480x360 -depth 8 gray:-
            head -c $((space == 422 ? 172800 : 345600)) /dev/zero
            ;;
        esac
    } >s.y4m
    run 0 "$TEM" scan --camera s.y4m && quiet && is 'NP7K3Q9M '
    ok "colours as $space"
done

# What comes is reported at once, not when the pipe is full.
mkfifo pipe
"$TEM" scan --camera pipe >out 2>err &
scan=$!
{
    video "$1"
    tries=0
    while ! [ -s out ] && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    [ -s out ] && echo yes >in-time
    frames "$2"
} >pipe
wait $scan && [ -e in-time ] && is 'NP7K3Q9M LP4T8XZ2 '
ok 'at once, while the video goes on'

# What cannot be watched.
run 3 "$TEM" scan --camera /dev/video99 && [ "$(wc -l <err)" = 1 ] && says '/dev/video99: there is no such camera'
ok 'a camera that is not there'
run 3 "$TEM" scan --camera /dev/null && [ "$(wc -l <err)" = 1 ] && says '/dev/null: is no camera'
ok 'a device that is none'
run 3 "$TEM" scan --camera none.y4m && [ "$(wc -l <err)" = 1 ] && says 'none.y4m: cannot be read: No such file'
ok 'a file that is not there'
run 3 "$TEM" scan --camera "$1" && [ "$(wc -l <err)" = 1 ] &&
    says "$1: neither a camera nor a YUV4MPEG2 video"
ok 'a picture is no video'
run 3 "$TEM" scan --camera l && [ "$(wc -l <err)" = 1 ] && says 'l: is a folder'
ok 'nor a folder'
head -c 400000 v.y4m >cut.y4m
run 3 "$TEM" scan --json --camera cut.y4m && [ "$(wc -l <err)" = 1 ] && says 'cut.y4m: frame 2: the video ends within it' &&
    says '"error":"bad-video"' && python3 -c '
import json
o = [json.loads(l) for l in open("out", encoding="utf-8")][-1]
assert o["file"] == "cut.y4m" and o["text_vi"] and o["text_en"], o'
ok 'a video that is cut off'
head -c 300000 v.y4m >cut.y4m
{ cat cut.y4m && echo; } >bad.y4m
run 3 "$TEM" scan --camera bad.y4m && says 'bad.y4m: frame 2: '
ok 'or broken'
run 3 "$TEM" scan --camera v.y4m --max-pixels 172799 && [ "$(wc -l <err)" = 1 ] && says 'v.y4m: its pictures are too large' &&
    run 0 "$TEM" scan --camera v.y4m --max-pixels 172800
ok 'or too large'
run 3 verify --camera none.y4m && [ "$(grep -c 'none.y4m' err)" = 1 ]
ok 'verify says so, too'

# Wrong usage.
run 2 "$TEM" scan --camera v.y4m "$1" && says "--camera and $1 do not go together"
ok 'not with pictures'
run 2 verify --camera v.y4m --text x && says '--text and --camera do not go together'
ok 'not with texts'
run 2 "$TEM" scan --frames 1 "$1" && says '--camera is missing'
ok 'frames of a camera only'
run 2 "$TEM" scan --frames 0 --camera v.y4m && says '--frames'
ok 'some frames'

finish
