#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual pages name the keys of --json, all of them and no other.
. "$SOURCE/tests/cli/lib.sh"

# documented VERB: every key printed into `keys`, a run after the other, stands
# in the page's section JSON; what else stands there is a key of the sources.
documented() {
    cat out >>keys
    python3 - "$SOURCE" "$1" <<'PY'
import json, pathlib, re, sys
root = pathlib.Path(sys.argv[1])
page = (root / f'cli/man/tem-{sys.argv[2]}.1').read_text(encoding='utf-8')
section = re.search(r'^\.Ss JSON\n(.*?)^\.S', page, re.M | re.S).group(1)
named = set(re.findall(r'\w+', ' '.join(re.findall(r'^\.It Cm (.*)$', section, re.M))))
sources = ''.join(p.read_text(encoding='utf-8') for p in (root / 'cli').glob('*.c'))

def keys(value):
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()

with open('keys', encoding='utf-8') as lines:
    printed = set().union(*(keys(json.loads(line)) for line in lines))
unknown = {key for key in named - printed if f'"{key}"' not in sources}
print('# not in the page:', sorted(printed - named), 'not printed:', sorted(unknown))
sys.exit(not printed or printed - named != set() or unknown != set())
PY
}

"$TEM" keygen --out k.pem --pub k.pub --no-passphrase >out 2>err
"$TEM" issue "$sonla"/0*.json --key k.pem --kid 1 --out l --count 1 >out 2>err
echo no picture >text.png
run 1 "$TEM" check --json "$sonla/bad/b01-nhan-it-tem-nhieu.json" && documented check
ok 'check'
rm keys
run 3 "$TEM" scan --json l/*.png text.png && documented scan
ok 'scan'
rm keys
run 3 "$TEM" export --cose --out c --json l/*.png text.png && documented export
ok 'export'
rm keys
run 3 "$TEM" verify --key k.pub --demo --json l/*.png text.png && documented verify
ok 'verify'
mkdir p && sed 's/01\/02\/2027\|01\/05\/2027/31\/12\/2199/g' "$SOURCE/examples/province/bundle.csv" >p/bundle.csv
printf 'kid,holder,public_key,maker_id\n1,A,%s,1\n' "$(sed '/-----/d' k.pub | tr -d '\n')" >p/keys.csv
"$TEM" keygen --out r.pem --pub r.pub --no-passphrase --quiet 2>err
"$TEM" trust build "$SOURCE/examples/province/province.json" p/*.csv --root r.pem --first --out b.tembundle --yes >out 2>err
"$TEM" verify --trust b.tembundle --root r.pub --state none --demo --json l/*.png >>keys 2>err
echo tem | "$TEM" verify --json --text - >out 2>err
documented verify
ok 'verify, texts'
finish
