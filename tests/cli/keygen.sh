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

printf 'mật khẩu\n' >pass
run 0 "$TEM" keygen --out p.pem --pub p.pub --alg es256 --passphrase-file pass &&
    quiet && grep -q 'BEGIN ENCRYPTED PRIVATE KEY' p.pem
ok 'a passphrase from a file encrypts the key'
printf '\n' >empty
run 3 "$TEM" keygen --out e.pem --pub e.pub --passphrase-file empty &&
    says 'protects nothing' && ! [ -e e.pem ]
ok 'an empty passphrase is refused'
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

# setsid: no terminal to ask at.
printf 'wrong\n' >wrong
run 3 "$TEM" issue "$one" --key p.pem --passphrase-file wrong --kid 1 --out w &&
    says 'passphrase is wrong'
ok 'a wrong passphrase is told'
run 3 setsid "$TEM" issue "$one" --key p.pem --kid 1 --out w &&
    says 'no terminal to ask'
ok 'without a terminal the way out is named'
python3 "$SOURCE/tests/cli/prompt.py" "$TEM" >out 2>err
ok 'the prompt asks twice, without echo'
finish
