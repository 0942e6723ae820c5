#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that every function of the public headers is documented.

usage: docs.py SOURCE_ROOT
A prototype has a comment right above it, or shares the one of the prototype
that ends on the line before; a @param names a parameter that there is. The
comment of a function that can fail says with which status (@retval).
"""
import pathlib
import re
import sys

STATUS = re.compile(r'@retval\s+(TEM_\w+)')
PARAM = re.compile(r'@param(?:\[out\])?\s+(\w+(?:,\s*\w+)*)')


def declarations(lines):
    """Yield (first, last) line indexes of each TEM_API prototype."""
    for first, line in enumerate(lines):
        if not line.startswith('TEM_API'):
            continue
        last = first
        while last + 1 < len(lines) and ';' not in lines[last]:
            last += 1
        yield first, last


def comment_above(lines, first):
    """The text of the comment that ends right above, or ''."""
    if first == 0 or not lines[first - 1].rstrip().endswith('*/'):
        return ''
    start = first - 1
    while start > 0 and '/*' not in lines[start]:
        start -= 1
    comment = '\n'.join(lines[start:first])
    return comment if comment.lstrip().startswith('/**') else ''


def check_comment(comment, prototype, statuses):
    """Yield what a comment says wrongly of its prototype, or not at all."""
    for group in PARAM.findall(comment):
        for word in re.split(r',\s*', group):
            if not re.search(rf'\b{word}\b', prototype):
                yield f'no parameter {word}'
    for status in STATUS.findall(comment):
        if status not in statuses:
            yield f'no status {status}'
    if 'enum tem_status' in prototype.partition('(')[0] and not STATUS.search(
            comment):
        yield 'no @retval, though it can fail'


def check(path, statuses):
    lines = path.read_text(encoding='utf-8').splitlines()
    shared = None  # (line after the last prototype, its comment)
    for first, last in declarations(lines):
        prototype = ' '.join(lines[first:last + 1])
        name = re.search(r'\b(tem_\w+)\s*\(', prototype)
        label = name.group(1) if name else prototype[:40]
        comment = comment_above(lines, first)
        if not comment and shared and shared[0] == first:
            comment = shared[1]
        if comment:
            shared = (last + 1, comment)
            for problem in check_comment(comment, prototype, statuses):
                yield first, f'{label}: {problem}'
        else:
            shared = None
            yield first, f'{label}: no /** comment above it'


def main():
    root = pathlib.Path(sys.argv[1])
    problems, count = [], 0
    statuses = re.findall(r'^ +(TEM_OK|TEM_E_\w+) = \d+,', (
        root / 'lib/tem/error.h').read_text(encoding='utf-8'), re.M)
    for path in sorted((root / 'lib/tem').glob('*.h')):
        problems += [f'{path}:{line + 1}: {text}'
                     for line, text in check(path, statuses)]
        lines = path.read_text(encoding='utf-8').splitlines()
        count += sum(1 for _ in declarations(lines))
    if count == 0:
        problems.append('no prototypes found')
    print('\n'.join(problems) or f'{count} functions documented')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
