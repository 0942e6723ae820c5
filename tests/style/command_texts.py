#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check what the command says: cli/text.def, and the help in its tables.

usage: command_texts.py SOURCE_ROOT
Every text is used; English comes first, then Vietnamese, with the same
arguments, at most four.
"""
import pathlib
import re
import sys
import unicodedata

from messages import SHORT, STRINGS, joined

TEXT = re.compile(r'^T\((\w+),\s*' + STRINGS + r',\s*' + STRINGS + r'\)', re.M)
PAIR = re.compile(r'\{' + STRINGS + r',\s*' + STRINGS + r'\}')
VERB = re.compile(r'^VERB\(\w+,\s*' + STRINGS + r',\s*' + STRINGS + r',\s*' +
                  STRINGS + r'\)', re.M)
USE = re.compile(r'\bTEXT_(\w+)|\b[A-Z]+\([^(),]+,\s*([A-Z][A-Z0-9_]*)\b')


def check_pair(en, vi):
    if not en.replace('°', '').isascii():
        yield 'the English text has characters outside ASCII'
    if vi.isascii() and len(re.sub(r'[ {}\d]', '', vi)) > SHORT:
        yield 'the Vietnamese text has no diacritics'
    if vi != unicodedata.normalize('NFC', vi):
        yield 'the Vietnamese text is not in NFC'
    if set(re.findall(r'\{\d\}', en)) != set(re.findall(r'\{\d\}', vi)):
        yield 'the languages differ in arguments'
    if re.search(r'[{}]', re.sub(r'\{[1-5]\}', '', en + vi)):
        yield 'a brace that is no {1} .. {5}'


def line_of(text, match):
    return text.count('\n', 0, match.start()) + 1


def check_definitions(path):
    """The names with their places, and what is wrong."""
    text = path.read_text(encoding='utf-8')
    names = {}
    problems = []
    for match in TEXT.finditer(text):
        where = f'{path}:{line_of(text, match)}: {match[1]}'
        if match[1] in names:
            problems.append(f'{where}: is there twice')
        names[match[1]] = where
        problems += [f'{where}: {problem}' for problem in
                     check_pair(joined(match[2]), joined(match[3]))]
    begun = len(re.findall(r'^\s*T\(', text, re.M))
    if begun != len(names) or not names:
        problems.append(f'{path}: {begun} entries begin with T( and '
                        f'{len(names)} are well-formed')
    return names, problems


def check_tables(path):
    text = path.read_text(encoding='utf-8')
    pairs = [(m, m[1], m[2]) for m in PAIR.finditer(text)]
    pairs += [(m, m[2], m[3]) for m in VERB.finditer(text)]
    for match, en, vi in pairs:
        for problem in check_pair(joined(en), joined(vi)):
            yield f'{path}:{line_of(text, match)}: {problem}'


def main():
    folder = pathlib.Path(sys.argv[1]) / 'cli'
    names, problems = check_definitions(folder / 'text.def')
    used = set()
    for path in sorted(folder.glob('*.[ch]')):
        problems += check_tables(path)
        for match in USE.finditer(path.read_text(encoding='utf-8')):
            used.add(match[1] or match[2])
    problems += [f'{where}: is not used' for name, where in names.items()
                 if name not in used]
    print('\n'.join(problems) or f'{len(names)} texts')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
