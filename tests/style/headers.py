#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that each public header compiles alone, in C and in C++, and twice.

usage: headers.py SOURCE_ROOT
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
    problems = [] if headers and found else ['no headers or no compilers']
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
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
