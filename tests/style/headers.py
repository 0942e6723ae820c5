#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that each public header compiles alone, in C and in C++, and twice.

usage: headers.py SOURCE_ROOT
With every compiler of the list that is there; at least one for each language.
"""
import pathlib
import shutil
import subprocess
import sys

COMPILERS = [('gcc', 'c', ('c11', 'c17')), ('g++', 'c++', ('c++17',)),
             ('clang', 'c', ('c11', 'c17')), ('clang++', 'c++', ('c++17',))]
WARNINGS = ['-Wall', '-Wextra', '-pedantic', '-Werror', '-Wundef', '-Wshadow']


def compile_alone(compiler, language, standard, lib, header):
    """@return the compiler's complaint, or ''."""
    source = f'#include <tem/{header}>\n#include <tem/{header}>\n'
    command = [compiler, '-x', language, f'-std={standard}', *WARNINGS,
               f'-I{lib}', '-fsyntax-only', '-']
    return subprocess.run(command, input=source, capture_output=True,
                          text=True).stderr


def main():
    lib = pathlib.Path(sys.argv[1]) / 'lib'
    headers = sorted(path.name for path in (lib / 'tem').glob('*.h'))
    found = [c for c in COMPILERS if shutil.which(c[0])]
    missing = [c[0] for c in COMPILERS if c not in found]
    problems = [] if headers else ['no headers found']
    for language in dict.fromkeys(c[1] for c in COMPILERS):
        if language not in [c[1] for c in found]:
            problems.append(f'no compiler of {language}: nothing was checked')
    for compiler, language, standards in found:
        for standard in standards:
            for header in headers:
                complaint = compile_alone(compiler, language, standard, lib,
                                          header)
                if complaint:
                    problems.append(f'tem/{header} with {compiler} '
                                    f'-std={standard}:\n{complaint}')
    print('\n'.join(problems) or
          f'{len(headers)} headers with {" ".join(c[0] for c in found)}')
    if missing:
        print('skipped: ' + ', '.join(f'{name} is not installed'
                                      for name in missing))
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
