#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that every function of the public headers is documented.

usage: docs.py SOURCE_ROOT
A prototype has a comment right above it, or shares the one of the prototype
that ends on the line before; a @param names a parameter that there is.
"""
import pathlib
import re
import sys

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


def check(path):
    lines = path.read_text(encoding='utf-8').splitlines()
    shared = None  # (line after the last prototype, its comment)
    for first, last in declarations(lines):
        prototype = ' '.join(lines[first:last + 1])
        name = re.search(r'\b(tem_\w+)\s*\(', prototype)
        label = name.group(1) if name else prototype[:40]
        comment = comment_above(lines, first)
        if comment:
            for group in PARAM.findall(comment):
                for word in re.split(r',\s*', group):
                    if not re.search(rf'\b{word}\b', prototype):
                        yield first, f'{label}: no parameter {word}'
        elif shared == first:
            comment = 'shared'
        if comment:
            shared = last + 1
        else:
            shared = None
            yield first, f'{label}: no /** comment above it'


def main():
    root = pathlib.Path(sys.argv[1])
    problems, count = [], 0
    for path in sorted((root / 'lib/tem').glob('*.h')):
        problems += [f'{path}:{line + 1}: {text}' for line, text in check(path)]
        lines = path.read_text(encoding='utf-8').splitlines()
        count += sum(1 for _ in declarations(lines))
    if count == 0:
        problems.append('no prototypes found')
    print('\n'.join(problems) or f'{count} functions documented')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
