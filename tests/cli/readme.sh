#!/bin/sh
# SPDX-License-Identifier: MIT
# Every command of the README, in order, in a copy of the tree.
. "$SOURCE/tests/cli/lib.sh"

mkdir tree && cd "$SOURCE" &&
    tar cf - README.md LICENSE meson.build lib cli examples tests | tar xf - -C "$work/tree" &&
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
[ "$(wc -l <README.md)" -le 120 ]
ok 'the README is short'
sed -n 's/.*](\([^):]*\)).*/\1/p' README.md | while read -r path; do
    [ -e "$SOURCE/$path" ] || echo "# no $path"
done >missing
cmp -s missing /dev/null
ok 'its links lead somewhere'
finish
