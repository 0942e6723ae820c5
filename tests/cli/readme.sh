#!/bin/sh
# SPDX-License-Identifier: MIT
# Every command of the README, in order, in a copy of the tree.
. "$SOURCE/tests/cli/lib.sh"

mkdir tree && cd "$SOURCE" &&
    tar cf - README.md LICENSE meson.build meson_options.txt lib cli examples tests | tar xf - -C "$work/tree" &&
    cd "$work/tree" || exit 99
mkdir -p build/cli && ln -s "$TEM" build/cli/tem
# The build stands for the one that quickstart would make.
# shellcheck disable=SC2016 # the backquotes are Markdown's
sed -n '/^```sh$/,/^```$/p' README.md | grep -v '^```' |
    sed 's|^./examples/quickstart$|TEM_BUILT=1 ./examples/quickstart|' >commands
# shellcheck source=/dev/null
(set -eu; . ./commands) >out 2>err
ok 'every command of the README works'
[ "$(grep -c ': genuine' out)" -ge 10 ] && grep -q 'altered' out && grep -q 'Refused, as it must be' out
ok 'it shows genuine labels and a changed one refused'
# What it names besides: ./tests/run runs this test, install.sh the install and
# pkg-config, the others are run below. A new one needs its line and its test.
# shellcheck disable=SC2016 # Markdown again
{
    awk '/^```/ { bare = !fence && $0 == "```"; fence = !fence; next } bare && fence' README.md
    grep -o '`[^`]*`' README.md | tr -d '`' | grep -E '^(\./|man |tem [A-Za-z]|meson |pkg-config )'
} | sort -u >named
cat >known <<'END'
./tests/run
man cli/man/tem.1
meson install -C build
pkg-config tem
tem VERB --help
tem grade scan.png
tem template list
tem trust --help
tem verify --demo --key key.pub.pem --camera /dev/video0
tem verify --trust F --root ROOT.pub.pem labels
END
cmp named known >out 2>err
ok 'every other command is known'
if command -v man >/dev/null; then
    man cli/man/tem.1 >out 2>err </dev/null && says 'tem'
    ok 'the manual page shows'
else
    skip 'the manual page shows' 'no man'
fi
for verb in keygen check issue scan verify grade export 'trust build' 'key show' 'template list'; do
    # shellcheck disable=SC2086
    "$TEM" $verb --help || echo "# $verb"
done >out 2>err
! grep -q '^#' out && [ ! -s err ]
ok 'each verb tells its options'
[ "$(wc -l <README.md)" -le 120 ]
ok 'the README is short'
sed -n 's/.*](\([^):]*\)).*/\1/p' README.md | while read -r path; do
    [ -e "$SOURCE/$path" ] || echo "# no $path"
done >missing
cmp -s missing /dev/null
ok 'its links lead somewhere'
finish
