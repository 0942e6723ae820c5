#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317,SC2012 # run calls it; names are of our making
# A registry on a PostgreSQL server: several machines at once, and a server that
# goes away.
. "$SOURCE/tests/cli/lib.sh"

if [ -z "${TEM_POSTGRES-}" ]; then
    skip 'a registry on a server' 'no server: see tests/server'
    finish
fi
schema=cli_$$
psql -qXd "$TEM_POSTGRES" -c "CREATE SCHEMA $schema" >out 2>err
db="$TEM_POSTGRES?options=-csearch_path%3D$schema"
"$TEM" keygen --out k.pem --pub k.pub --no-passphrase --quiet 2>err
issue() { "$TEM" issue "$one" --key k.pem --kid 1 --registry "$db" "$@"; }
reserved() { events "$db" | grep '^reserve'; }

run 0 issue --out a --count 3 && says 'new registry postgresql://127.0.0.1' && says 'serials 000001-000003' &&
    reserved | grep -q "	1	1	$(uname -n):$work/a$"
ok 'labels with a registry on a server'
run 0 issue --out a --count 2 && says 'serials 000004-000005' && ! says 'new registry'
ok 'further ones'

# Machines at once, each in a folder of its own, two of them of one office.
for n in 1 2 3 4; do
    (
        for _ in 1 2 3; do
            issue --out "m$n" --count 20 --office "np$((n / 2))" --quiet || break
        done >m$n.out 2>&1
        echo $? >m$n.rc
    ) &
done
wait
cat m?.out >out
[ "$(cat m?.rc | sort -u)" = 0 ] && [ "$(ls m?/*.png | wc -l)" = 240 ] &&
    [ "$(ls m?/*.png | sed 's/.*_//' | sort -u | wc -l)" = 240 ] &&
    [ "$(reserved | cut -f 5 | sort | uniq -d | wc -l)" = 0 ] && [ "$(reserved | wc -l)" = 14 ]
ok 'four machines never get the same serials'
run 0 "$TEM" ledger check --registry "$db"
ok 'and their logs hold'

# Another machine's unfinished run is that machine's to finish.
issue --out b --count 3 --quiet 2>err
events "$db" >whole
psql -qXd "$TEM_POSTGRES" >out 2>err <<END
SET search_path = $schema;
UPDATE tem_events SET body = replace(body, '$(uname -n):', 'elsewhere:') WHERE body LIKE 'reserve%/b';
DELETE FROM tem_events WHERE body LIKE 'done%' AND (lot, place) IN
    (SELECT lot, max(place) FROM tem_events WHERE body LIKE 'done%' GROUP BY lot);
END
run 0 issue --out c --count 1 && says 'serials 000249'
ok 'a run that another machine has not finished is left to it'

# The server ends connections midway: what was confirmed is kept.
issue --out gone --count 2000 >out 2>err &
until ls gone/*.png >/dev/null 2>&1 || ! kill -0 $!; do sleep 0.05; done
psql -qXd "$TEM_POSTGRES" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tem'" \
    >/dev/null 2>&1
wait $!
[ $? -eq 3 ] && says 'the server of the registry cannot be reached' && ls gone/*.png >/dev/null
ok 'a server that goes away midway is told'
run 0 issue --out gone --count 2000 && says 'finishing the labels' && [ "$(ls gone/*.png | wc -l)" = 2000 ] &&
    [ "$(reserved | grep -c '/gone$')" = 1 ]
ok 'the same command finishes it'
psql -qXd "$TEM_POSTGRES" -c "DROP SCHEMA $schema CASCADE" >/dev/null 2>&1
finish
