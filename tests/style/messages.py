#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check the table of messages, lib/tem/messages.def.

usage: messages.py SOURCE_ROOT
Numbers are unique, ascending and in the range of their section; both languages
are there and take the same arguments; every message is used and fits; none
speaks of the command, which is one program of many.
"""
import ast
import pathlib
import re
import sys
import unicodedata

STRINGS = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
MESSAGE = re.compile(r'\bM\(\s*(\w+)\s*,\s*(\d+)\s*,\s*' + STRINGS + r',\s*' +
                     STRINGS + r'\)')
SECTION = re.compile(r'/\* [^*]*?: (\d+)-(\d+) \*/')
SHORT = 12  # characters: a Vietnamese text so short may do without marks


def joined(literals):
    parts = re.findall(r'"(?:[^"\\]|\\.)*"', literals)
    return ''.join(ast.literal_eval(part) for part in parts)


def limit(root, name):
    text = (root / 'lib/tem/error.h').read_text(encoding='utf-8')
    return int(re.search(rf'#define {name} (\d+)', text).group(1))


def check_text(language, text, most):
    if not text.strip() or text != text.strip():
        yield f'{language} text is empty or has spaces around it'
    if text != unicodedata.normalize('NFC', text):
        yield f'{language} text is not in NFC'
    stray = re.sub(r'\{[1-4]\}', '', text)
    if '{' in stray or '}' in stray:
        yield f'{language} text has a brace that is no {{1}} .. {{4}}'
    if most(text) <= 0:
        yield f'{language} text may be cut: over TEM_MESSAGE_TEXT_MAX bytes'


def check_pair(en, vi, most):
    yield from check_text('English', en, most)
    yield from check_text('Vietnamese', vi, most)
    if not en.isascii():
        yield 'the English text has characters outside ASCII'
    if vi.isascii() and len(vi) > SHORT:
        yield 'the Vietnamese text has no diacritics'
    if vi == en and len(en) > SHORT:
        yield 'both languages say the same'
    arguments = [set(re.findall(r'\{(\d)\}', text)) for text in (en, vi)]
    if arguments[0] != arguments[1]:
        yield 'the languages differ in arguments'


def check_table(text, most):
    """Yield (line, name, problem)."""
    sections = [(m.start(), int(m[1]), int(m[2]))
                for m in SECTION.finditer(text)]
    names, numbers, last = set(), set(), -1
    for match in MESSAGE.finditer(text):
        name, number = match[1], int(match[2])
        where = text.count('\n', 0, match.start()) + 1
        for problem in check_pair(joined(match[3]), joined(match[4]), most):
            yield where, name, problem
        if name in names:
            yield where, name, 'is there twice'
        if number in numbers:
            yield where, name, f'number {number} is taken'
        elif number < last:
            yield where, name, f'number {number} comes after {last}'
        own = [s for s in sections if s[0] < match.start()]
        if own and not own[-1][1] <= number <= own[-1][2]:
            yield where, name, f'number {number} is not in its section'
        names.add(name)
        numbers.add(number)
        last = number


def of_the_command(root):
    """What only a user of the command can do: its options and its verbs."""
    text = (root / 'cli/main.c').read_text(encoding='utf-8')
    verbs = re.findall(r'^VERB\((\w+), "', text, re.M)
    return re.compile(r'(?<!-)--[a-z]|\btem (?:' + '|'.join(verbs) + r')\b')


def used_words(root):
    words = set()
    for folder in ('lib', 'cli'):
        for path in (root / folder).rglob('*.[ch]'):
            words.update(re.findall(r'\b(?:TEM_MSG_)?([A-Z][A-Z0-9_]*)\b',
                                    path.read_text(encoding='utf-8')))
    return words


def main():
    root = pathlib.Path(sys.argv[1])
    path = root / 'lib/tem/messages.def'
    text = path.read_text(encoding='utf-8')
    room = limit(root, 'TEM_MESSAGE_TEXT_MAX')
    argument = limit(root, 'TEM_MESSAGE_ARG_SIZE') - 1

    def most(text):
        """Bytes left of a text's room when its arguments are longest."""
        plain, arguments = re.subn(r'\{[1-4]\}', '', text)
        return room - len(plain.encode()) - arguments * argument

    problems = [f'{path}:{line}: {name}: {problem}'
                for line, name, problem in check_table(text, most)]
    names = [match[1] for match in MESSAGE.finditer(text)]
    begun = len(re.findall(r'^\s*M\(', text, re.M))
    if begun != len(names) or not names:
        problems.append(f'{path}: {begun} entries begin with M( and '
                        f'{len(names)} are well-formed')
    command = of_the_command(root)
    problems += [f'{path}: {match[1]} speaks of the command'
                 for match in MESSAGE.finditer(text)
                 if command.search(joined(match[3]) + ' ' + joined(match[4]))]
    words = used_words(root) | {'NONE'}
    problems += [f'{path}: {name} is not used' for name in names
                 if name not in words]
    print('\n'.join(problems) or f'{len(names)} messages')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
