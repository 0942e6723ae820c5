#!/bin/sh
# SPDX-License-Identifier: MIT
# Keys that stay in a token: labels and bundles sealed by SoftHSM's, where it and
# OpenSSL's engine are installed.
. "$SOURCE/tests/cli/lib.sh"
province=$SOURCE/examples/province
for module in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so; do
    [ -e "$module" ] && break
done
if ! command -v softhsm2-util >/dev/null || ! command -v pkcs11-tool >/dev/null || ! [ -e "$module" ] ||
    ! openssl engine pkcs11 >out 2>err; then
    skip 'keys in tokens' 'no SoftHSM, no pkcs11-tool or no engine pkcs11'
    finish
fi
mkdir tokens
printf 'directories.tokendir = %s/tokens\nlog.level = ERROR\n' "$work" >softhsm2.conf
SOFTHSM2_CONF=$work/softhsm2.conf
export SOFTHSM2_CONF
softhsm2-util --init-token --free --label tem --so-pin 87654321 --pin 4321 >out 2>err
tool() { pkcs11-tool --module "$module" --token-label tem --login --pin 4321 "$@"; }
tool --keypairgen --key-type EC:prime256v1 --label seal --id 01 >out 2>err &&
    tool --read-object --type pubkey --label seal --output-file seal.der >out 2>err &&
    openssl pkey -pubin -inform DER -in seal.der -out seal.pub 2>err
ok 'a key is made in a token'
uri="pkcs11:token=tem;object=seal?module-path=$module"
printf '4321\n' >pin
printf '1111\n' >wrong

run 0 "$TEM" issue "$one" --key "$uri" --passphrase-file pin --kid 7 --host OCOP.SONLA.GOV.VN --out labels --count 3 --jobs 2 --quiet &&
    quiet && run 0 "$TEM" verify --demo --key seal.pub labels/*.png && [ "$(grep -c genuine out)" -ge 3 ]
ok 'labels sealed in a token hold under its public key'
run 0 "$TEM" key check "$uri" --passphrase-file pin --pub seal.pub && run 0 "$TEM" key show "$uri" --passphrase-file pin && says 'a private key'
ok 'it can be shown and tried'
run 3 "$TEM" key passwd "$uri" --passphrase-file pin --no-passphrase && says 'stays in its token'
ok 'and is not written out'
"$TEM" keygen --out m.pem --pub m.pub --no-passphrase --quiet 2>err
printf 'kid,holder,public_key,maker_id\n1,A,%s,1\n' "$(sed '/-----/d' m.pub | tr -d '\n')" >keys.csv
run 0 "$TEM" trust build "$province/province.json" "$province/bundle.csv" keys.csv --root "$uri" --passphrase-file pin --first --out t.tembundle --yes &&
    run 0 "$TEM" trust check t.tembundle --root seal.pub --now 2026-11-01
ok 'a bundle is signed in a token'

# libp11 loses its own tables when it is unloaded without having given a key.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
refuse() { # NAME STATUS TEXT URI PIN-FILE
    run "$2" "$TEM" key show "$4" --passphrase-file "$5" && says "$3" && [ "$(wc -l <err)" = 1 ] &&
        run "$2" "$TEM" key show "$4" --passphrase-file "$5" --lang vi && [ "$(wc -l <err)" = 1 ]
    ok "refused: $1"
}
refuse 'a wrong PIN' 3 'refuses the PIN' "$uri" wrong
refuse 'an object that is not there' 3 'no such private key' "pkcs11:token=tem;object=no?module-path=$module" pin
refuse 'a token that is not there' 3 'no such private key' "pkcs11:token=no;object=seal?module-path=$module" pin
refuse 'a PIN in the URI' 3 'pin-value' "pkcs11:token=tem;object=seal;pin-value=4321" pin
refuse 'a URI that is too long' 3 'at most 512 bytes' "pkcs11:token=$(printf '%0600d' 0)" pin
printf '\n' >none
refuse 'an empty PIN' 3 '1 to 128 bytes' "$uri" none
OPENSSL_ENGINES=$work
export OPENSSL_ENGINES
refuse 'without the engine' 3 'libengine-pkcs11-openssl' "$uri" pin
unset OPENSSL_ENGINES
setsid "$TEM" key show "$uri" >out 2>err </dev/null
[ $? -eq 3 ] && says 'no terminal'
ok 'without a terminal nobody is asked for the PIN'
if tool --keypairgen --key-type rsa:2048 --label rsa --id 03 >out 2>err; then
    refuse 'a key of another kind' 3 'P-256' "pkcs11:token=tem;object=rsa?module-path=$module" pin
fi
finish
