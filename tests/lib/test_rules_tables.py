#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plant one fault at a time in the tables of rules: the build must name its line.

usage: test_rules_tables.py PATH-OF-rules.py
"""
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
from test_tables import run  # noqa: E402

RULES = '''# comment
rule,severity,decided,title_en,title_vi,text_en,text_vi,basis_en,basis_vi
A01,error,label,a,á,b,bê,c,xê
A02,info,people,a,á,b,bê,c,xê
'''
LIMITS = '''rule,limit,of,value,unit,valid_from,valid_to,source_en,source_vi
A01,least,,1.5,kg,,2025-12-31,a,á
A01,least,,2,kg,2026-01-01,,a,á
A02,days,some-fruit,3,,,,a,á
'''
# (table, text to replace, by what, line named, part of the message)
FAULTS = [
    ('c', 'rule,severity', 'rule,grave', 2, 'columns'),
    ('c', 'A01,error', 'B01,error', 3, 'A00 to A99'),
    ('c', 'A01,error', 'A01,grave', 3, 'severity'),
    ('c', 'error,label', 'error,magic', 3, 'decided'),
    ('c', 'label,a,á', 'label,a,', 3, 'plain text'),
    ('c', 'label,a,á', 'label,a,a\u0301', 3, 'NFC'),
    ('c', 'label,a,á', 'label,a\\,á', 3, 'plain text'),
    ('c', 'A02,info', 'A01,info', 4, 'does not come after line 3'),
    ('r', 'A02,days', 'A03,days', 4, 'there is no rule'),
    ('r', 'A02,days', 'A02,Days', 4, 'short word'),
    ('r', 'some-fruit', 'some fruit', 4, 'short word'),
    ('r', '1.5', '1.5555', 2, 'three decimals'),
    ('r', '1.5', '-1', 2, 'three decimals'),
    ('r', '2026-01-01', '2025-12-31', 3, 'overlaps line 2'),
    ('r', '2026-01-01', '', 3, 'overlaps line 2'),
    ('r', '2025-12-31', '31/12/2025', 2, 'YYYY-MM-DD'),
    ('r', ',a,á\nA01', ',,á\nA01', 2, 'plain text'),
]


def main(tool):
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if run(tool, folder, RULES, LIMITS) != (0, '', True):
            failures.append('good tables are refused')
        for table, old, new, line, part in FAULTS:
            texts = {'c': RULES, 'r': LIMITS}
            assert texts[table].count(old) >= 1, old
            texts[table] = texts[table].replace(old, new, 1)
            code, said, made = run(tool, folder, texts['c'], texts['r'])
            place = f'{folder / table}.csv:{line}: '
            if (code == 0 or made or not said.startswith(place)
                    or part not in said):
                failures.append(f'{old!r} -> {new!r}: {code} {said!r}')
    print('\n'.join(failures))
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
