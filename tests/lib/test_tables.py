#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plant one fault at a time in the dated tables: the build must name its line.

usage: test_tables.py PATH-OF-tables.py
"""
import pathlib
import subprocess
import sys
import tempfile

COMMUNES = '''# comment
code,name,level,valid_from,valid_to,successor
04099,Xã Phiêng Khoài,commune,,,
04105,Thị trấn Hát Lót,town,,2025-06-30,04105
04105,Xã Mai Sơn,commune,2025-07-01,,
04138,Xã Cò Nòi,commune,,2025-06-30,04105
'''
RULES = '''stars,valid_from,valid_to,authority,points_from,points_to,months,source
3,2019-08-21,2023-02-23,province,50,69.9,36,A
3,2023-02-24,,district,50,69.9,36,B
'''
# (table, text to replace, by what, line named, part of the message)
FAULTS = [
    ('c', 'code,name', 'code,nome', 2, 'columns'),
    ('c', '04099,Xã', '4099,Xã', 3, 'five digits'),
    ('c', '04099,Xã', '٠٤٠٩٩,Xã', 3, 'five digits'),
    ('c', 'Khoài,commune', 'Khoài,village', 3, 'level'),
    ('c', 'Xã Phiêng Khoài', '', 3, 'plain text'),
    ('c', 'Xã Phiêng', 'Xa\u0303 Phiêng', 3, 'NFC'),
    ('c', 'Xã Phiêng', 'Xã\\Phiêng', 3, 'plain text'),
    ('c', 'Khoài,commune,,,', 'Khoài,commune,,', 3, '5 cells, not 6'),
    ('c', '2025-06-30,04105\n04105', '2025-06-31,04105\n04105', 4,
     'does not exist'),
    ('c', '2025-07-01', '01/07/2025', 5, 'YYYY-MM-DD'),
    ('c', '2025-07-01', '2025-06-30', 5, 'overlaps line 4'),
    ('c', 'commune,2025-07-01', 'commune,', 5, 'overlaps line 4'),
    ('c', '2025-07-01,,', '2025-07-01,2025-06-01,04099', 5, 'comes before'),
    ('c', '2025-07-01,,', '2025-07-01,,04099', 5, 'go together'),
    ('c', 'town,,2025-06-30,04105', 'town,,2025-06-30,', 4, 'go together'),
    ('c', 'Nòi,commune,,2025-06-30,04105', 'Nòi,commune,,2025-06-30,04999', 6,
     'successor "04999"'),
    ('c', 'Nòi,commune,,2025-06-30,04105', 'Nòi,commune,,2025-06-30,04138', 6,
     'successor "04138"'),
    ('r', '3,2019', '2,2019', 2, 'stars'),
    ('r', 'province', 'commune', 2, 'authority'),
    ('r', '36,A', '36,', 2, 'source'),
    ('r', '36,A', '0,A', 2, 'months'),
    ('r', '69.9,36,A', '69.95,36,A', 2, 'points_to'),
    ('r', '69.9,36,A', '49.9,36,A', 2, 'less than'),
    ('r', '50,69.9,36,A', ',69.9,36,A', 2, 'points_from'),
    ('r', '2019-08-21', '', 2, 'valid_from'),
    ('r', '2023-02-24', '2023-02-23', 3, 'overlaps line 2'),
    ('r', RULES[RULES.index('\n') + 1:], '', 1, 'no rows'),
]


def run(tool, folder, communes, rules):
    paths = [folder / name for name in ('c.csv', 'r.csv', 'out.c')]
    paths[0].write_text(communes, encoding='utf-8')
    paths[1].write_text(rules, encoding='utf-8')
    paths[2].unlink(missing_ok=True)
    done = subprocess.run([sys.executable, tool, *paths], text=True,
                          encoding='utf-8', capture_output=True, check=False)
    return done.returncode, done.stderr, paths[2].exists()


def main(tool):
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if run(tool, folder, COMMUNES, RULES) != (0, '', True):
            failures.append('good tables are refused')
        for table, old, new, line, part in FAULTS:
            texts = {'c': COMMUNES, 'r': RULES}
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
