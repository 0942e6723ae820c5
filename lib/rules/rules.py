#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn rules.csv and limits.csv into one C file, or say what is wrong.

usage: rules.py RULES LIMITS OUTPUT
"""
import csv
import pathlib
import re
import sys
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'law'))
from tables import EPOCH, Fault, c_day, c_table, read, set_days  # noqa: E402

SEVERITIES = {'error': 'TEM_SEVERITY_ERROR',
              'warning': 'TEM_SEVERITY_WARNING',
              'info': 'TEM_SEVERITY_INFO'}
DECIDED = ('label', 'record', 'registry', 'print', 'people')
RULE_COLUMNS = ['rule', 'severity', 'decided', 'title_en', 'title_vi',
                'text_en', 'text_vi', 'basis_en', 'basis_vi']
LIMIT_COLUMNS = ['rule', 'limit', 'of', 'value', 'unit', 'valid_from',
                 'valid_to', 'source_en', 'source_vi']


def check_text(row, column):
    text = row[column]
    if (not text or text != text.strip() or
            not unicodedata.is_normalized('NFC', text) or
            re.search(r'["\\\x00-\x1f\x7f]', text)):
        raise Fault(row, f'{column} is not plain text in NFC')


def rules(file):
    rows = read(file, RULE_COLUMNS)
    for row in rows:
        if not re.fullmatch(r'A[0-9]{2}', row['rule'], re.ASCII):
            raise Fault(row, f'rule "{row["rule"]}" is not A00 to A99')
        if row['severity'] not in SEVERITIES:
            raise Fault(row, f'severity "{row["severity"]}" is not known')
        if row['decided'] not in DECIDED:
            raise Fault(row, f'decided "{row["decided"]}" is not known')
        for column in RULE_COLUMNS[3:]:
            check_text(row, column)
    for before, row in zip(rows, rows[1:]):
        if before['rule'] >= row['rule']:
            raise Fault(row, f'{row["rule"]} does not come after line '
                        f'{before.line}')
    return rows


def check_limit(row, known):
    if row['rule'] not in known:
        raise Fault(row, f'there is no rule "{row["rule"]}"')
    for column in ('limit', 'of'):
        if not re.fullmatch(r'[a-z][a-z-]{0,15}' + '|' * (column == 'of'),
                            row[column], re.ASCII):
            raise Fault(row, f'{column} "{row[column]}" is no short word')
    if not re.fullmatch(r'[0-9]{1,9}(\.[0-9]{1,3})?', row['value'], re.ASCII):
        raise Fault(row, f'value "{row["value"]}" is not a number of up to '
                    'three decimals')
    check_text(row, 'source_en')
    check_text(row, 'source_vi')


def limits(file, known):
    rows = read(file, LIMIT_COLUMNS)
    set_days(rows)
    for row in rows:
        check_limit(row, known)
    order = sorted(rows, key=lambda row: (
        row['rule'], row['limit'], row['of'],
        -EPOCH if row.first is None else row.first))
    for before, row in zip(order, order[1:]):
        same = all(before[c] == row[c] for c in ('rule', 'limit', 'of'))
        if same and (before.last is None or row.first is None or
                     row.first <= before.last):
            raise Fault(row, f'{row["rule"]} {row["limit"]} overlaps line '
                        f'{before.line}')
    return order


def c_both(row, column):
    return (f'{{[TEM_LANG_VI] = "{row[column + "_vi"]}",\n      '
            f'[TEM_LANG_EN] = "{row[column + "_en"]}"}}')


def c_rule(row):
    return (f'"{row["rule"]}", {SEVERITIES[row["severity"]]}, '
            f'"{row["decided"]}",\n     {c_both(row, "title")},\n     '
            f'{c_both(row, "text")},\n     {c_both(row, "basis")}')


def thousandths(text):
    whole, _, rest = text.partition('.')
    return int(whole) * 1000 + int((rest + '000')[:3])


def c_limit(row):
    return (f'"{row["rule"]}", "{row["limit"]}", "{row["of"]}", '
            f'{thousandths(row["value"])}, "{row["unit"]}", '
            f'{c_day(row.first)}, {c_day(row.last)},\n     '
            f'{c_both(row, "source")}')


def main(arguments):
    rules_file, limits_file, output = arguments
    try:
        known = rules(rules_file)
        text = ('/* Made by lib/rules/rules.py: do not edit. */\n'
                '#include <rules/tables.h>\n\n' +
                c_table('tem_rule', 'tem_rule', known, c_rule) + '\n' +
                c_table('tem_limit', 'tem_limit',
                        limits(limits_file, {row['rule'] for row in known}),
                        c_limit))
    except (Fault, OSError, UnicodeDecodeError, csv.Error) as fault:
        sys.exit(f'{fault}')
    with open(output, 'w', encoding='utf-8', newline='\n') as out:
        out.write(text)


if __name__ == '__main__':
    main(sys.argv[1:])
