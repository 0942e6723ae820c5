#!/bin/sh
# SPDX-License-Identifier: MIT
# Bundles and labels are what others call COSE: checked with a library from npm,
# where node and npm are there and reach it.
. "$SOURCE/tests/cli/lib.sh"
library=@auth0/cose@1.0.2
province=$SOURCE/examples/province
name='bundles and labels hold under a COSE library of npm'
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    skip "$name" 'no node, no npm'
elif ! timeout 120 npm install --prefix node --no-audit --no-fund --ignore-scripts --silent "$library" >out 2>err; then
    skip "$name" "npm does not reach $library"
else
    for alg in ed25519 es256; do
        for k in $alg $alg-root; do
            "$TEM" keygen --out "$k.pem" --pub "$k.pub" --alg $alg --no-passphrase --quiet 2>err
        done
        printf 'kid,holder,public_key,maker_id\n1,A,%s,1\n' "$(sed '/-----/d' $alg.pub | tr -d '\n')" >keys.csv
        "$TEM" trust build "$province/province.json" "$province/bundle.csv" keys.csv --root $alg-root.pem --first --out $alg.tembundle --yes >out 2>err
        "$TEM" issue "$one" --key $alg.pem --kid 1 --host OCOP.SONLA.GOV.VN --out $alg --count 2 --quiet 2>err
        "$TEM" export --cose --out $alg-cose $alg/*.png >out 2>err
        { node "$SOURCE/tests/cli/cose.mjs" "$work/node" $alg-root.pub $alg.tembundle &&
            node "$SOURCE/tests/cli/cose.mjs" "$work/node" $alg.pub $alg-cose/*.cose; } >out 2>err &&
            [ "$(grep -c ': holds, 0 forgeries' out)" = 3 ]
        ok "$name: $alg"
    done
    ! node "$SOURCE/tests/cli/cose.mjs" "$work/node" ed25519.pub es256.tembundle >out 2>err
    ok "not under another key"
fi
finish
