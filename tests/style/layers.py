#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that data flows one way: who may include what.

usage: layers.py SOURCE_ROOT
A stage includes only what stands to its left, and of another stage only its
public header (and what error, base, table and law
share); a third-party header is seen by
one stage, and a library that reads no clock and no file needs no such header.
"""
import pathlib
import re
import sys

STAGES = ['error', 'base', 'table', 'law', 'rules', 'record', 'payload', 'sign', 'ledger', 'symbol', 'label',
          'image', 'scan', 'trust', 'verify', 'registry', 'scans']
THIRD_PARTY = {  # header, or folder of headers with a slash: its stage
    'utf8proc.h': 'base', 'jansson.h': 'table', 'csv.h': 'table',
    'cbor.h': 'base', 'cbor/': 'base', 'openssl/': 'sign',
    'qrencode.h': 'symbol', 'png.h': 'image', 'jpeglib.h': 'image',
    'jerror.h': 'image', 'webp/': 'image', 'libheif/': 'image',
    'zbar.h': 'scan', 'pango/': 'label', 'cairo-pdf.h': 'label',
    'cairo-svg.h': 'label', 'gdk-pixbuf/': 'label', 'librsvg/': 'label',
    'sqlite3.h': 'registry', 'libpq-fe.h': 'registry',
}
STANDARD = {'assert.h', 'ctype.h', 'errno.h', 'float.h', 'inttypes.h',
            'limits.h', 'math.h', 'setjmp.h', 'stdalign.h', 'stdarg.h',
            'stdbool.h', 'stddef.h', 'stdint.h', 'stdio.h', 'stdlib.h',
            'stdnoreturn.h', 'string.h'}
SHARED = ('error', 'base', 'table', 'law')  # stages whose private headers all may include
UMBRELLA = 'tem/tem.h'
MAY_USE_UMBRELLA = {'base/version.c'}  # tem_version() is declared there
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def stage_of(path):
    """Stage of a file under lib/, as 'tem/sign.h' or 'sign/key.c'."""
    first, _, rest = path.partition('/')
    if first != 'tem':
        return first
    name = rest.partition('.')[0]
    return 'error' if name == 'messages' else name


def third_party_stage(header):
    folder = header.partition('/')[0] + '/'
    return THIRD_PARTY.get(header) or THIRD_PARTY.get(folder)


def own_file(lib, includer, kind, header):
    """Path under lib/ that an #include names, or None if it is not ours."""
    places = [lib / header]
    if kind == '"':
        places.insert(0, includer.parent / header)
    for place in places:
        if place.is_file():
            return place.resolve().relative_to(lib).as_posix()
    return None


def check_own(name, stage, target):
    if target == UMBRELLA:
        if name not in MAY_USE_UMBRELLA:
            return f'{UMBRELLA} is for users of the library'
        return None
    other = stage_of(target)
    if other not in STAGES:
        return f'{target} is of no known stage'
    if STAGES.index(other) > STAGES.index(stage):
        return f'{stage} includes {target}: {other} stands to its right'
    private = not target.startswith('tem/')
    if private and name.startswith('tem/'):
        return f'a public header includes the private {target}'
    if private and other not in (stage, *SHARED):
        return f'{target} is private to lib/{other}/'
    return None


def check_foreign(name, stage, kind, header):
    if kind == '"' and '/' not in header:
        return None  # generated into the build folder for its own stage
    owner = third_party_stage(header)
    if owner and owner == stage and not name.startswith('tem/'):
        return None
    if owner:
        return f'<{header}> is for lib/{owner}/ only'
    if header not in STANDARD:
        return f'<{header}> is not a header the library may use'
    return None


def check_library(lib):
    for path in sorted(lib.rglob('*')):
        if path.suffix not in ('.c', '.h'):
            continue
        name = path.relative_to(lib).as_posix()
        stage = stage_of(name)
        if name == UMBRELLA:
            continue
        if stage not in STAGES:
            yield f'{path}: lib/{stage}/ is no stage'
            continue
        text = path.read_text(encoding='utf-8')
        for match in INCLUDE.finditer(text):
            kind, header = match.groups()
            target = own_file(lib, path, kind, header)
            if target:
                problem = check_own(name, stage, target)
            else:
                problem = check_foreign(name, stage, kind, header)
            if problem:
                line = text.count('\n', 0, match.start(2)) + 1
                yield f'{path}:{line}: {problem}'


def check_users(root, lib):
    """The command and the examples see public headers only."""
    for folder in ('cli', 'examples'):
        for path in sorted((root / folder).rglob('*.[ch]')):
            text = path.read_text(encoding='utf-8')
            for match in INCLUDE.finditer(text):
                kind, header = match.groups()
                inside = (path.parent / header).resolve()
                private = kind == '"' and lib in inside.parents
                named = (lib / header).is_file() and header[:4] != 'tem/'
                if private or (named and not inside.is_file()
                               and not third_party_stage(header)):
                    line = text.count('\n', 0, match.start(2)) + 1
                    yield f'{path}:{line}: {header} is private to the library'


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    lib = root / 'lib'
    problems = [*check_library(lib), *check_users(root, lib)]
    print('\n'.join(problems) or 'every #include points to the left')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
