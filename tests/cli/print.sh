#!/bin/sh
# SPDX-License-Identifier: MIT
# tem issue --print: a CUPS of the test's own; what it spools is looked at.
. "$SOURCE/tests/cli/lib.sh"
PATH=$PATH:/usr/sbin
sonla=$SOURCE/examples/sonla
if ! "$TEM" issue "$sonla/01-man-ruby.json" --key "$sonla/demo.key.pem" --kid 1 --out none --print none 2>&1 | grep -q 'print queue'; then
    skip 'labels go to a print queue' 'built without CUPS'
    finish
fi
if ! command -v cupsd >/dev/null || ! command -v lpadmin >/dev/null || [ "$(id -u)" -ne 0 ]; then
    skip 'labels go to a print queue' 'needs cupsd (cups-daemon, cups-client), and to be root'
    finish
fi
chmod 755 "$work"
printf '%s\n' "Listen $work/sock" 'Browsing Off' 'WebInterface No' '<Location />' 'Allow all' '</Location>' \
    'PreserveJobFiles Yes' '<Policy default>' '<Limit All>' 'Order allow,deny' 'Allow all' '</Limit>' '</Policy>' >cupsd.conf
{
    printf '%s\n' 'FileDevice Yes' 'SystemGroup root'
    for place in ServerRoot RequestRoot TempDir StateDir CacheDir; do
        echo "$place $work/cups/$place" && mkdir -p "cups/$place"
    done
    for log in Error Access Page; do echo "${log}Log $work/$log.log"; done
} >cups-files.conf
CUPS_SERVER=$work/sock
export CUPS_SERVER
cupsd -f -c "$work/cupsd.conf" -s "$work/cups-files.conf" 2>/dev/null &
daemon=$!
trap 'kill $daemon; rm -rf "$work"' EXIT
wait_for() { # COMMAND...: ten seconds at most
    tries=0
    until "$@" >/dev/null 2>&1 || [ $((tries += 1)) -gt 100 ]; do sleep 0.1; done
    "$@" >/dev/null 2>&1
}
wait_for test -S sock
lpadmin -p zebra -E -v file:/dev/null -m raw 2>/dev/null
spooled() { # JOB FILE: what the queue has of the job is the file
    wait_for cmp -s "cups/RequestRoot/d0000$1-001" "$2"
}
# shellcheck disable=SC2317 # run calls it
issue() { "$TEM" issue "$sonla/01-man-ruby.json" --key "$sonla/demo.key.pem" --kid 1 --no-digest --dpi 203 "$@"; }

job=0
for format in pdf zpl tspl; do
    job=$((job + 1))
    run 0 issue --out $format --registry $format.db --count 3 --roll --print zebra --format $format && says 'sent to zebra'
    ok "a roll of $format is sent"
    spooled $job $format/*.$format
    ok 'and arrives byte by byte'
done
run 0 issue --out one --registry one.db --print zebra && spooled 4 one/*.pdf
ok 'one label too, as PDF'
run 3 issue --out no --registry no.db --count 3 --print lexmark && says 'no such print queue; there are: zebra' && [ ! -e no ] && [ ! -e no.db ]
ok 'a queue that is not there stops it before a serial is given out'
run 2 issue --out no --print zebra --format png && says 'must be pdf, zpl, tspl' && [ ! -e no ]
ok 'pictures are not for queues'
cupsreject zebra
run 3 issue --out full --registry full.db --count 3 --print zebra && says 'is whole, but was not printed by zebra' && says 'not accepting' && [ -s full/09520124600104_NP7K3Q9M_000001-000003.pdf ]
ok 'what a queue refuses is whole, and named'
kill $daemon && wait $daemon
run 3 issue --out no --print zebra && says 'no print queue is found' && [ ! -e no ]
ok 'nor without CUPS'
trap 'rm -rf "$work"' EXIT
finish
