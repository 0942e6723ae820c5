#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2317 # run calls it
# tem ledger: checkpoints, proofs, and what changed behind a log's back.
. "$SOURCE/tests/cli/lib.sh"

for key in k log other w; do
    "$TEM" keygen --out $key.pem --pub $key.pub --no-passphrase --quiet 2>err
done
"$TEM" keygen --out p256.pem --pub p256.pub --alg es256 --no-passphrase --quiet 2>err
issue() { "$TEM" issue "$one" --key k.pem --kid 1 --out a --quiet "$@" 2>err; }
ledger() { "$TEM" ledger "$@"; }
db=tem-registry.db
issue --count 3

run 0 ledger show --registry "$db" && quiet && [ "$(cut -f 1-3 out | tr '\t\n' '  ')" = \
    'kid-1 0 seal kid-1 1 begin kid-1 2 reserve kid-1 3 made kid-1 4 done kid-1 5 end ' ]
ok 'show lists what happened'
run 0 ledger show --registry "$db" --json && python3 -c '
import json
rows = [json.loads(l) for l in open("out", encoding="utf-8")]
assert [r["number"] for r in rows] == [0, 1, 2, 3, 4, 5]
assert rows[2]["office"] == "kid-1" and rows[2]["text"].startswith("reserve\t")'
ok 'as JSON too'
run 0 ledger show --registry "$db" --office nobody && ! [ -s out ]
ok 'nothing of an office that has no log'
run 3 ledger show --registry nothere.db && says 'nothere.db: the registry cannot be opened' && ! [ -e nothere.db ]
ok 'a registry that is not there is not made'

checkpoint() { ledger checkpoint --registry "$db" --office kid-1 --key log.pem "$@"; }
run 0 checkpoint --out 1.checkpoint && says 'checkpoint of 6 entries' && [ "$(sed -n 2p 1.checkpoint)" = 6 ]
ok 'a checkpoint'
run 3 checkpoint --out 1.checkpoint && says '1.checkpoint'
ok 'is not written over'
run 3 ledger checkpoint --registry "$db" --office kid-1 --key p256.pem --out p.checkpoint && says 'Ed25519' &&
    ! [ -e p.checkpoint ]
ok 'only Ed25519 signs one'

prove() { ledger prove --registry "$db" --checkpoint 1.checkpoint "$@"; }
for n in 0 2 5; do
    run 0 prove $n --out $n.tlog-proof && run 0 ledger check $n.tlog-proof --log-key log.pub &&
        says "holds for entry $n"
    ok "entry $n is proved"
done
says 'end\x09' && run 0 ledger check 2.tlog-proof --log-key log.pub && says '\x091\x093\x096\x09'
ok 'what it is is shown'
run 3 prove 6 --out 6.tlog-proof && says 'entry 6 is not in it' && ! [ -e 6.tlog-proof ]
ok 'an entry past the checkpoint is not'
for n in '' -1 2x x 99999999999999999999; do
    run 2 prove $n --out x.proof
    ok "nor '$n'"
done
run 1 ledger check 2.tlog-proof --log-key other.pub && says 'not signed as the log kid-1 by this key'
ok 'the key of another log'
sed 's/^index 2/index 3/' 2.tlog-proof >bad.tlog-proof
run 1 ledger check bad.tlog-proof --log-key log.pub && says 'does not hold'
ok 'a proof of another entry'
sed 's/^index/indices/' 2.tlog-proof >bad.tlog-proof
run 3 ledger check bad.tlog-proof 2.tlog-proof --log-key log.pub && says 'look at line 3' && says 'holds for entry 2'
ok 'a file that is no proof, and one that is'

cosign() { ledger cosign --log-key log.pub --key w.pem --name so.example "$@"; }
run 0 cosign 1.checkpoint --out 1.seen && grep -q '^— so.example ' 1.seen && grep -q '^— kid-1 ' 1.seen
ok 'a witness cosigns the first one'
issue --count 3
run 0 checkpoint --out 2.checkpoint &&
    run 0 ledger prove --since 1.seen --registry "$db" --checkpoint 2.checkpoint --out growth &&
    run 0 ledger check growth --checkpoint 1.seen --log-key log.pub && says 'only grew since its first 6 entries'
ok 'growth is proved'
run 0 cosign 2.checkpoint --last 1.seen --proof growth --out 2.seen && grep -q '^— so.example ' 2.seen
ok 'and cosigned'
run 2 cosign 2.checkpoint --last 1.seen --out x.seen
ok 'not without the proof'
run 3 cosign 2.checkpoint --last 1.seen --proof 2.tlog-proof --out x.seen && says 'not proved to be what' && ! [ -e x.seen ]
ok 'nor with another one'
run 3 cosign 1.checkpoint --last 2.seen --proof growth --out x.seen && says 'not an older checkpoint' && ! [ -e x.seen ]
ok 'nor an older one after a newer one'
run 3 ledger cosign 2.checkpoint --log-key other.pub --key w.pem --name so.example --out x.seen && ! [ -e x.seen ]
ok 'nor what the log did not sign'

check() { ledger check --registry "$db" "$@"; }
run 0 check --checkpoint 2.seen --log-key log.pub && says 'every entry is as it was noted' && ! says 'not witnessed' >/dev/null
ok 'a registry that holds'
run 0 check && says 'log kid-1: not witnessed'
ok 'without a checkpoint it is not witnessed'
run 2 check --checkpoint 2.seen
ok 'a checkpoint needs the key'
sqlite3 $db '.backup copy.db'
db=copy.db
meddled() { # meddled SQL TEXT NAME
    cp tem-registry.db copy.db && sqlite3 copy.db "$1" && run 1 check --lang en && says "$2"
    ok "$3"
}
meddled "UPDATE tem_events SET body = replace(body, '	4	6	6', '	4	9	6') WHERE body LIKE 'reserve%'" \
    'log kid-1: entry 7 is not what was noted' 'an altered row is named'
meddled "DELETE FROM tem_events WHERE body LIKE 'done%	3'" 'log kid-1: entry 4 was removed' 'a removed row, too'
cp tem-registry.db copy.db
sqlite3 copy.db "UPDATE tem_events SET body = replace(body, '	4	6', '	4	7')"
run 1 check --json && python3 -c '
import json
rows = [json.loads(l) for l in open("out", encoding="utf-8")]
assert rows[0]["message"] == 1115 and "đã bị sửa" in rows[0]["text_vi"], rows[0]'
ok 'faults as JSON'

# A log that was written anew, with another past, is whole in itself.
db=tem-registry.db
journal_of $db | sed 's/	4	6	6/	4	5	6/; s/	4	6	\./	4	5	./; s/	6	\.$/	5	./' >anew.log
mv tem-registry.db honest.db && from_journal anew.log $db && run 0 check &&
    run 1 check --checkpoint 1.seen --log-key log.pub && says 'its first 6 entries are not those of the checkpoint'
ok 'a log that was rewritten is found by the checkpoint alone'
printf 'not a checkpoint\n' >none.checkpoint
run 3 check --checkpoint none.checkpoint --log-key log.pub && says 'not a checkpoint'
ok 'what is no checkpoint is told'

# A page that was overwritten; a file that may not be written.
cp honest.db torn.db
dd if=/dev/urandom of=torn.db bs=4096 seek=2 count=9 conv=notrunc 2>/dev/null
run 3 ledger check --registry torn.db && says 'the registry is damaged'
ok 'a damaged registry is told'
mkdir still
if mount -t tmpfs -o size=4m tmpfs still 2>/dev/null; then
    cp honest.db 'still/a? b%20#.db' && mount -o remount,ro still
    run 0 ledger check --registry 'still/a? b%20#.db' && run 3 issue --registry 'still/a? b%20#.db' &&
        [ "$(ls still)" = 'a? b%20#.db' ]
    ok 'one that nobody may write to can be read'
    umount still
else
    skip 'one that nobody may write to can be read' 'no right to mount a small file system'
fi
run 3 ledger show --registry :memory: && run 3 ledger show --registry '' && run 3 ledger show --registry .
ok 'names that are no files'
sqlite3 honest.db 'UPDATE tem_migrations SET version = 9'
run 3 ledger show --registry honest.db && says 'made by a newer tem'
ok 'so is one of a newer version'
run 3 ledger show --registry 'postgresql://me:secret@127.0.0.1:1/x?password=secret' &&
    says 'postgresql://127.0.0.1:1/x: ' && ! grep -q secret out err
ok 'a server that is not there, without the password'
finish
