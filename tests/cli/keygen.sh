#!/bin/sh
# SPDX-License-Identifier: MIT
. "$SOURCE/tests/cli/lib.sh"

run 0 "$TEM" keygen --out k.pem --pub k.pub --no-passphrase &&
    says 'fingerprint (SHA-256)' && says 'without a passphrase'
ok 'a key without a passphrase is made, with a warning'
[ "$(stat -c %a k.pem)" = 600 ]
ok 'the private key is for its owner only'
cp k.pem before
run 3 "$TEM" keygen --out k.pem --pub new.pub --no-passphrase &&
    says 'is there already' && cmp -s k.pem before && ! [ -e new.pub ]
ok 'an existing private key is left alone'
run 3 "$TEM" keygen --out new.pem --pub k.pub --no-passphrase && ! [ -e new.pem ]
ok 'an existing public key is left alone'
run 3 "$TEM" keygen --out no/k.pem --pub k2.pub --no-passphrase &&
    says 'cannot be written' && ! [ -e k2.pub ]
ok 'a folder that is not there is named'

run 2 "$TEM" keygen --out same --pub same --no-passphrase && says '--out and --pub are both same' && ! [ -e same ]
ok 'one name for both keys is a mistake of use'
run 2 "$TEM" keygen --out ./same --pub "$PWD/same" --no-passphrase && says 'are both' && ! [ -e same ]
ok 'in two spellings too'

# Nothing of the user's is in the way of a file in the making.
echo mine >.n.pem.part
run 0 "$TEM" keygen --out n.pem --pub n.pub --no-passphrase && [ "$(cat .n.pem.part)" = mine ]
ok "a file of the user's is left alone"
long=$(printf '%0250d' 7)
run 0 "$TEM" keygen --out "$long" --pub long.pub --no-passphrase && [ -s "$long" ]
ok 'a name may be as long as the file system takes'

# Who makes the same key at the same time: one wins, with its own key.
sound=yes
for round in 1 2 3 4 5 6 7 8; do
    mkdir race$round
    for i in 1 2 3 4; do
        "$TEM" keygen --json --out race$round/k.pem --pub race$round/$i.pub --no-passphrase \
            >race$round/$i.out 2>/dev/null &
    done
    wait
    [ "$(cat race$round/*.out | wc -l)" = 1 ] && openssl pkey -in race$round/k.pem -pubout >race$round/of 2>err &&
        cmp -s race$round/of race$round/?.pub && [ "$(find race$round -name '*.pub' | wc -l)" = 1 ] &&
        [ -z "$(find race$round -name '.*' -type f)" ] || sound=no
done
[ $sound = yes ]
ok 'of several at once one makes the key, and says so'

printf 'mật khẩu\n' >pass
run 0 "$TEM" keygen --out p.pem --pub p.pub --alg es256 --passphrase-file pass &&
    quiet && grep -q 'BEGIN ENCRYPTED PRIVATE KEY' p.pem
ok 'a passphrase from a file encrypts the key'
{ printf '\357\273\277'; cat pass; head -c 5000 /dev/zero | tr '\0' x; } >marked
run 0 "$TEM" keygen --out b.pem --pub b.pub --passphrase-file marked &&
    openssl pkey -in b.pem -passin file:pass -noout 2>err
ok "an editor's byte order mark and further lines are no part of it"
printf '\n' >empty
run 3 "$TEM" keygen --out e.pem --pub e.pub --passphrase-file empty &&
    says 'protects nothing' && ! [ -e e.pem ]
ok 'an empty passphrase is refused'
printf '%01024d\n' 7 >wide
run 3 "$TEM" keygen --out e.pem --pub e.pub --passphrase-file wide &&
    says 'wide: the passphrase is longer than 1023 bytes' && ! [ -e e.pem ]
ok 'nor one that openssl could not read again'
run 2 "$TEM" keygen --out e.pem --pub e.pub --passphrase-file pass --no-passphrase &&
    says 'do not go together'
ok 'passphrase and no passphrase clash'
run 2 "$TEM" keygen --out e.pem --pub e.pub --alg rsa && says 'ed25519, es256'
ok 'an unknown algorithm names those known'
run 2 "$TEM" keygen --out e.pem && says '--pub is missing'
ok 'a missing option is named'
run 2 "$TEM" keygen --out e.pem --pub e.pub --no-passphrase extra && says extra
ok 'an argument too many is named'
run 0 "$TEM" keygen --json --out j.pem --pub j.pub --no-passphrase &&
    python3 -c 'import json; o = json.load(open("out")); assert o["private"] == "j.pem" and len(o["fingerprint"]) == 64'
ok 'the answer as JSON'

# Where the system lacks the calls that we would rather use.
# (The leak checker of a sanitizer cannot work under strace.)
trace() { strace -qq -o trace -E ASAN_OPTIONS=detect_leaks=0 "$@"; }
if trace true 2>err; then
    run 0 trace -e trace=fsync,linkat "$TEM" keygen --out y.pem --pub y.pub --no-passphrase &&
        [ "$(grep -c '^fsync(.*= 0' trace)" = 4 ] && [ "$(sed -n '1s/(.*//p;2s/(.*//p' trace | tr '\n' ' ')" = 'fsync linkat ' ]
    ok 'a key is on the disk before it has its name, and the name too'
    i=0
    for lacks in linkat:error=EXDEV 'linkat:error=EXDEV -e inject=renameat2:error=EINVAL'; do
        i=$((i + 1))
        echo mine >".tem-$i.part"
        # shellcheck disable=SC2086
        run 0 trace -e trace=linkat,renameat2 -e inject=$lacks \
            "$TEM" keygen --out l$i.pem --pub l$i.pub --no-passphrase &&
            [ "$(stat -c %a l$i.pem)" = 600 ] && openssl pkey -in l$i.pem -pubout 2>err | cmp -s - l$i.pub &&
            [ "$(find . -name '.tem-*' | wc -l)" = $i ]
        ok "a key is made without $lacks"
        cp l$i.pem before
        # A file that appears after the first look.
        # shellcheck disable=SC2086
        trace -e trace=fsync,linkat,renameat2 -e inject=$lacks -e inject=fsync:delay_exit=1500000:when=1 \
            "$TEM" keygen --out late$i.pem --pub late$i.pub --no-passphrase >out 2>err &
        sleep 0.4
        echo mine >late$i.pem
        wait $!
        [ $? -eq 3 ] && says 'is there already' && [ "$(cat late$i.pem)" = mine ] && ! [ -e late$i.pub ] &&
            [ "$(find . -name '.tem-*' | wc -l)" = $i ]
        ok 'nor is a late file overwritten'
    done
    # shellcheck disable=SC2016
    trace -e trace=fsync,linkat -e inject=linkat:error=EXDEV -e inject=fsync:delay_enter=1000000:when=2 \
        sh -c 'echo $$ >pid; exec "$0" "$@"' "$TEM" keygen --out term.pem --pub term.pub --no-passphrase >out 2>err &
    sleep 0.5
    kill "$(cat pid)"
    wait $!
    [ $? -eq 143 ] && [ "$(find . -name '.tem-*' | wc -l)" = $i ] && ! [ -e term.pub ]
    ok 'nothing half is left when it is ended'
    trace -e trace=fsync -e inject=fsync:error=EIO "$TEM" keygen --out io.pem --pub io.pub \
        --no-passphrase >out 2>err
    [ $? -eq 3 ] && says 'cannot be written' && ! [ -e io.pem ]
    ok 'a disk that fails at last leaves no key'
else
    skip 'keys without the newer calls' 'no strace'
fi

# openssl reads our keys, and we its keys.
openssl pkey -in k.pem -pubout 2>err >out && cmp -s out k.pub
ok 'openssl reads a key of ours'
openssl pkey -in p.pem -passin file:pass -pubout 2>err >out && cmp -s out p.pub
ok 'openssl reads an encrypted key of ours'
for alg in ed25519 'EC -pkeyopt ec_paramgen_curve:P-256'; do
    # shellcheck disable=SC2086
    openssl genpkey -algorithm $alg -aes256 -pass file:pass -out o.pem 2>err &&
        openssl pkey -in o.pem -passin file:pass -pubout -out o.pub 2>err &&
        run 0 "$TEM" issue "$one" --key o.pem --passphrase-file pass --kid 1 \
            --out "$(echo "$alg" | cut -c1-2)" &&
        run 0 "$TEM" verify --demo --key o.pub "$(echo "$alg" | cut -c1-2)"/*.png
    ok "a key of openssl seals and checks: $alg"
done

# A file that replaces another must have a name before: one that is free.
mkdir free
# shellcheck disable=SC2016
run 0 "$TEM" issue "$one" --key k.pem --kid 1 --out free --no-digest &&
    run 0 sh -c 'echo mine >free/.tem-$$-0.part; exec "$0" issue "$1" --key k.pem --kid 1 --out free --no-digest --force' \
        "$TEM" "$one" && [ "$(cat free/.tem-*.part)" = mine ] && run 0 "$TEM" verify --demo --key k.pub free/*.png
ok 'a file under the name of our part is passed by'

# setsid: no terminal to ask at.
printf 'wrong\n' >wrong
run 3 "$TEM" issue "$one" --key p.pem --passphrase-file wrong --kid 1 --out w &&
    says 'passphrase is wrong'
ok 'a wrong passphrase is told'
run 3 setsid "$TEM" issue "$one" --key p.pem --kid 1 --out w &&
    says 'no terminal to ask'
ok 'without a terminal the way out is named'
python3 "$SOURCE/tests/cli/prompt.py" "$TEM" >out 2>err
ok 'the prompt asks twice, without echo, and leaves the terminal as it was'
finish
