# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034 # who sources this uses the variables
# Sourced by the tests of the command: TAP by `ok` and `check`. $TEM is the
# command, $SOURCE the source tree; the working folder is new and thrown away.
set -u
LC_ALL=C.UTF-8
export LC_ALL
count=0
failed=0
work=$(mktemp -d) || exit 99
trap 'cd /; chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 99
sonla=$SOURCE/examples/sonla
one=$sonla/01-man-ruby.json

# ok NAME: the status of the command before decides.
ok() {
    status=$?
    count=$((count + 1))
    if [ $status -eq 0 ]; then
        echo "ok $count - $1"
    else
        echo "not ok $count - $1"
        sed 's/^/# out: /' out
        sed 's/^/# err: /' err
        failed=1
    fi
}

# skip NAME WHY: a test that cannot be done here.
skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

# run STATUS COMMAND...: the command's output into out and err; true if it
# exits with that status.
run() {
    want=$1
    shift
    "$@" >out 2>err </dev/null
    got=$?
    [ $got -eq "$want" ] && return
    echo "# exit status $got, not $want: $*"
    return 1
}

# says TEXT: stderr or stdout holds it, exactly.
says() {
    grep -qF -- "$1" out err && return
    echo "# nobody says: $1"
    return 1
}

# quiet: nothing on stderr.
quiet() { ! [ -s err ]; }

# events DB: what a registry holds, an event a line, without office, number and
# time.
events() { "$TEM" ledger show --registry "$1" 2>/dev/null | cut -f 3,5-; }

# journal_of DB: the same as a journal of an earlier version.
journal_of() {
    printf 'tem-journal\t2\t.\n'
    events "$1" | awk -F '\t' -v OFS='\t' '
        $1 == "begin" { print $1, $2, $3, "." }
        $1 == "end" { print $1, "." }
        $1 == "seal" { print $1, $2, $3, $4, $5, $6, "." }
        $1 == "reserve" { print $1, $2, $3, $4, $5, $6, $7, $8, $11, $9, "." }
        $1 == "made" { print $1, $2, $3, $4, $6, "." }
        $1 ~ /^(done|abandon|void|again)$/ { print $1, $2, $3, $4, $5, $6, "." }'
}

# from_journal FILE DB: a registry that has just what the journal says.
from_journal() {
    rm -f "$2" "$2-wal" "$2-shm"
    "$TEM" ledger import "$1" --registry "$2" --office kid-1 --quiet
}

finish() {
    echo "1..$count"
    exit $failed
}
