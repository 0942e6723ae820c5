#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check the shape of the C sources.

usage: texts.py SOURCE_ROOT
Lines have 100 columns at most, functions 80 lines, files 500 lines; no tabs,
no spaces at the end of a line, a licence line on top.
"""
import pathlib
import sys

COLUMNS, FUNCTION_LINES, FILE_LINES = 100, 80, 500
FOLDERS = ('lib', 'cli', 'examples', 'tests')


def functions(lines):
    """Yield (first line, lines): a body has its braces in the first column."""
    start = None
    for number, line in enumerate(lines):
        if line == '{':
            start = number
        elif line == '}' and start is not None:
            head = start
            while head > 0 and lines[head - 1].strip() and not lines[
                    head - 1].rstrip().endswith(('}', ';', '*/')):
                head -= 1
            yield head, number - head + 1
            start = None


def check(path):
    text = path.read_text(encoding='utf-8')
    lines = text.split('\n')
    if 'SPDX-License-Identifier: MIT' not in lines[0]:
        yield 1, 'no licence line on top'
    if not text.endswith('\n') or text.endswith('\n\n'):
        yield len(lines), 'ends in no newline, or in more than one'
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield number, f'{len(line)} columns'
        if '\t' in line:
            yield number, 'a tab'
        if line != line.rstrip():
            yield number, 'spaces at the end'
    for start, length in functions(lines):
        if length > FUNCTION_LINES:
            yield start + 1, f'a function of {length} lines'
    if len(lines) - 1 > FILE_LINES:
        yield 1, f'a file of {len(lines) - 1} lines'


def main():
    root = pathlib.Path(sys.argv[1])
    paths = [path for folder in FOLDERS
             for path in sorted((root / folder).rglob('*.[ch]'))]
    problems = [f'{path}:{line}: {text}'
                for path in paths for line, text in check(path)]
    if not paths:
        problems.append('no sources found')
    print('\n'.join(problems) or f'{len(paths)} files')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
