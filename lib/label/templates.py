#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn the templates and the specimen record into one C file.

usage: templates.py SPECIMEN TEMPLATE... OUTPUT
"""
import sys

HEAD = '''/* Made by templates.py from the files it names. */
#include <tem/label.h>

'''


def array(name, file):
    with open(file, 'rb') as data:
        numbers = [str(byte if byte < 128 else byte - 256)
                   for byte in data.read()] + ['0']
    lines = [', '.join(numbers[i:i + 16]) for i in range(0, len(numbers), 16)]
    return (f'/* {file.rpartition("/")[2]} */\n'
            f'static const char {name}[] = {{\n    '
            + ',\n    '.join(lines) + '};\n\n')


def main(specimen, *rest):
    *templates, output = rest
    names = [f'template_{number}' for number in range(len(templates))]
    with open(output, 'w', encoding='ascii') as out:
        out.write(HEAD)
        out.write(array('specimen', specimen))
        for name, file in zip(names, templates):
            out.write(array(name, file))
        out.write('const char *tem_template_shipped(size_t index)\n{\n'
                  '    static const char *const shipped[] = {'
                  + ', '.join(names) + '};\n'
                  '    return index < sizeof shipped / sizeof *shipped '
                  '? shipped[index] : NULL;\n}\n\n'
                  'const char *tem_template_specimen(void)\n{\n'
                  '    return specimen;\n}\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
