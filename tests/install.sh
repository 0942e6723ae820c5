#!/bin/sh
# SPDX-License-Identifier: MIT
# Install into a temporary folder and build a program against what is there,
# shared and static, in C and in C++.
# usage: install.sh SOURCE_ROOT BUILD_ROOT
set -eu
source=$1
build=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
warnings='-Wall -Wextra -pedantic -Werror'

meson install -C "$build" --destdir "$stage/root" --no-rebuild --quiet
pc=$(find "$stage/root" -name tem.pc)
[ -n "$pc" ] || { echo "tem.pc is not installed"; exit 1; }
libdir=$(dirname "$(dirname "$pc")")

# The staged root goes before every folder that tem.pc names.
flags() {
    PKG_CONFIG_SYSROOT_DIR=$stage/root PKG_CONFIG_PATH=$libdir/pkgconfig \
        PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 \
        pkg-config "$@" tem
}

# check NAME COMPILER OPTIONS LINK-FLAGS...
check() {
    name=$1 compiler=$2 options=$3
    shift 3
    if ! command -v "$compiler" >/dev/null; then
        echo "skipped $name: no $compiler"
        return
    fi
    # shellcheck disable=SC2086,SC2046
    "$compiler" $options $warnings $(flags --cflags) \
        "$source/tests/install/consumer.c" -o "$stage/$name" "$@"
    LD_LIBRARY_PATH=$libdir "$stage/$name" >"$stage/out" 2>&1 ||
        { echo "$name failed:"; cat "$stage/out"; exit 1; }
    echo "$name: $(tr '\n' ';' <"$stage/out")"
}

shared=$(flags --libs)
# The archive by name, or the linker would take the shared library beside it.
static=$(flags --static --libs | sed 's/-ltem\>/-l:libtem.a/')
# shellcheck disable=SC2086
{
    check c-shared "${CC:-cc}" '-x c -std=c17' -x none $shared
    check c-static "${CC:-cc}" '-x c -std=c17' -x none $static
    check cxx-shared "${CXX:-c++}" '-x c++ -std=c++17' -x none $shared
    check cxx-static "${CXX:-c++}" '-x c++ -std=c++17' -x none $static
}

for header in "$source"/lib/tem/*.h "$source"/lib/tem/messages.def; do
    installed=$(find "$stage/root" -path "*/tem/$(basename "$header")")
    if ! cmp -s "$header" "$installed"; then
        echo "$(basename "$header") is not installed as it is"
        exit 1
    fi
done
for document in payload/FORMAT.md payload/label.cddl record/FORMAT.md \
    registry/FORMAT.md \
    record/record.schema.json; do
    find "$stage/root" -path "*/doc/tem/$document" | grep -q . ||
        { echo "$document is not installed"; exit 1; }
done
if ! ldd "$stage/c-shared" | grep -q libtem; then
    echo "the shared program does not use the shared library"
    exit 1
fi
if ldd "$stage/c-static" | grep -q libtem; then
    echo "the static program still needs the shared library"
    exit 1
fi
