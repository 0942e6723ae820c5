#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check what the built libraries show to a linker.

usage: exports.py SOURCE_ROOT SHARED_LIBRARY STATIC_LIBRARY
Every symbol begins with tem_; the shared library exports exactly the functions
that the public headers mark TEM_API.
"""
import pathlib
import re
import subprocess
import sys

COMMENT = re.compile(r'/\*.*?\*/', re.S)
FUNCTION = re.compile(r'\bTEM_API\b[^;{]*?\b(\w+)\s*\([^;]*;', re.S)
# What linkers and sanitizers add of their own.
TOOLCHAIN = re.compile(r'_init$|_fini$|_edata$|_end$|__bss_start$'
                       r'|___?(odr_)?(asan|tsan|ubsan|sancov|llvm|gcov)_')


def defined(library, *options):
    """Names of the external symbols a library defines."""
    out = subprocess.run(['nm', '--defined-only', *options, library],
                         check=True, capture_output=True, text=True).stdout
    names = set()
    for line in out.splitlines():
        fields = line.split()
        if len(fields) >= 3 and not TOOLCHAIN.match(fields[-1]):
            names.add(fields[-1].partition('@')[0])
    return names


def declared(headers):
    """Function name -> header."""
    names = {}
    for path in headers:
        text = COMMENT.sub(' ', path.read_text(encoding='utf-8'))
        text = re.sub(r'^\s*#.*(\\\n.*)*', '', text, flags=re.M)
        for match in FUNCTION.finditer(text):
            names[match.group(1)] = path.name
    return names


def main():
    root, shared, static = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    api = declared(sorted((root / 'lib/tem').glob('*.h')))
    exported = defined(shared, '-D')
    external = defined(static, '-g')
    problems = []
    if not api or not exported or not external:
        problems.append('nothing found: are the paths right?')
    for name in sorted(exported):
        if not name.startswith('tem_'):
            problems.append(f'{shared} exports {name}: no tem_ before it')
        elif name not in api:
            problems.append(f'{shared} exports {name}: in no public header')
    for name in sorted(external):
        if not name.startswith('tem_'):
            problems.append(f'{static} defines {name}: make it static or '
                            f'name it tem_<stage>_{name}')
    for name, header in sorted(api.items()):
        if name not in exported:
            problems.append(f'{header} declares {name}: it is not exported')
    print('\n'.join(problems) or f'{len(api)} functions, all exported')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
