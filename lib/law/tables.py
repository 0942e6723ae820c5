#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn communes.csv and ocop_rules.csv into one C file, or say what is wrong.

usage: tables.py COMMUNES RULES OUTPUT
"""
import csv
import datetime
import re
import sys
import unicodedata

EPOCH = datetime.date(1970, 1, 1).toordinal()
LEVELS = ('commune', 'ward', 'town')
AUTHORITIES = {'district': 'TEM_AUTHORITY_DISTRICT',
               'province': 'TEM_AUTHORITY_PROVINCE',
               'centre': 'TEM_AUTHORITY_CENTRE'}
COMMUNE_COLUMNS = ['code', 'name', 'level', 'valid_from', 'valid_to',
                   'successor']
RULE_COLUMNS = ['stars', 'valid_from', 'valid_to', 'authority',
                'points_from', 'points_to', 'months', 'source']


class Row(dict):
    """The cells of one line; knows where it stands."""

    def __init__(self, file, line, cells):
        super().__init__(cells)
        self.file, self.line = file, line


class Fault(Exception):
    def __init__(self, row, text):
        super().__init__(f'{row.file}:{row.line}: {text}')


def read(file, columns):
    rows = []
    heading = None
    with open(file, encoding='utf-8', newline='') as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip('\r\n')
            if not line or line.startswith('#'):
                continue
            where = Row(file, number, {})
            cells = next(csv.reader([line], strict=True))
            if heading is None:
                if cells != columns:
                    raise Fault(where, f'the columns are not {columns}')
                heading = cells
            elif len(cells) != len(columns):
                raise Fault(where, f'{len(cells)} cells, not {len(columns)}')
            else:
                rows.append(Row(file, number, zip(columns, cells)))
    if not rows:
        raise Fault(Row(file, 1, {}), 'no rows')
    return rows


def day(row, column, empty_allowed=True):
    text = row[column]
    if not text and empty_allowed:
        return None
    if not re.fullmatch(r'\d{4}-\d{2}-\d{2}', text, re.ASCII):
        raise Fault(row, f'{column} "{text}" is not YYYY-MM-DD')
    try:
        return datetime.date.fromisoformat(text).toordinal() - EPOCH
    except ValueError:
        raise Fault(row, f'{column} "{text}" does not exist') from None


def set_days(rows):
    for row in rows:
        row.first, row.last = day(row, 'valid_from'), day(row, 'valid_to')
        if None not in (row.first, row.last) and row.first > row.last:
            raise Fault(row, 'valid_to comes before valid_from')


def holds(row, date):
    return ((row.first is None or row.first <= date) and
            (row.last is None or date <= row.last))


def by_epoch(rows, column):
    """Sort by a column and time; one value's epochs may not overlap."""
    order = sorted(rows, key=lambda row: (
        row[column], -EPOCH if row.first is None else row.first))
    for before, row in zip(order, order[1:]):
        if before[column] == row[column] and (
                before.last is None or row.first is None or
                row.first <= before.last):
            raise Fault(row, f'{row[column]} overlaps line {before.line}')
    return order


def check_commune(row):
    if not re.fullmatch(r'\d{5}', row['code'], re.ASCII):
        raise Fault(row, f'code "{row["code"]}" is not five digits')
    name = row['name']
    if (not name or name != name.strip() or
            not unicodedata.is_normalized('NFC', name) or
            re.search(r'["\\\x00-\x1f\x7f]', name)):
        raise Fault(row, f'name "{name}" is not plain text in NFC')
    if row['level'] not in LEVELS:
        raise Fault(row, f'level "{row["level"]}" is not one of {LEVELS}')
    if (row.last is None) != (row['successor'] == ''):
        raise Fault(row, 'valid_to and successor go together')


def check_successor(row, rows):
    code = row['successor']
    if code and not any(other['code'] == code and holds(other, row.last + 1)
                        for other in rows):
        raise Fault(row, f'successor "{code}" is not a unit on the next day')


def communes(file):
    rows = read(file, COMMUNE_COLUMNS)
    set_days(rows)
    for row in rows:
        check_commune(row)
    for row in rows:
        check_successor(row, rows)
    return by_epoch(rows, 'code')


def points(row, column):
    """Tenths of a point."""
    if not re.fullmatch(r'(100|[0-9]{1,2})(\.[0-9])?', row[column], re.ASCII):
        raise Fault(row, f'{column} "{row[column]}" is not 0 to 100')
    return round(float(row[column]) * 10)


def rules(file):
    rows = read(file, RULE_COLUMNS)
    set_days(rows)
    for row in rows:
        day(row, 'valid_from', empty_allowed=False)
        if row['stars'] not in ('3', '4', '5'):
            raise Fault(row, f'stars "{row["stars"]}" is not 3, 4 or 5')
        if row['authority'] not in AUTHORITIES:
            raise Fault(row, f'authority "{row["authority"]}" is not known')
        row.points = points(row, 'points_from'), points(row, 'points_to')
        if row.points[0] > row.points[1]:
            raise Fault(row, 'points_to is less than points_from')
        if not re.fullmatch(r'[1-9][0-9]{0,2}', row['months'], re.ASCII):
            raise Fault(row, f'months "{row["months"]}" are not 1 to 999')
        if not row['source']:
            raise Fault(row, 'source is empty')
    return by_epoch(rows, 'stars')


def c_day(value):
    return 'TEM_DATE_NONE' if value is None else str(value)


def c_table(kind, name, rows, write):
    lines = ''.join(f'    {{{write(row)}}},\n' for row in rows)
    return (f'const struct {kind} {name}s[] = {{\n{lines}}};\n'
            f'const size_t {name}_count = {len(rows)};\n')


def c_commune(row):
    return (f'"{row["code"]}", "{row["name"]}", {c_day(row.first)}, '
            f'{c_day(row.last)}, "{row["successor"]}"')


def c_rule(row):
    return (f'{row["stars"]}, {c_day(row.first)}, {c_day(row.last)}, '
            f'{AUTHORITIES[row["authority"]]}, {row.points[0]}, '
            f'{row.points[1]}, {row["months"]}')


def main(arguments):
    communes_file, rules_file, output = arguments
    try:
        text = ('/* Made by lib/law/tables.py: do not edit. */\n'
                '#include <law/tables.h>\n\n' +
                c_table('tem_commune', 'tem_commune',
                        communes(communes_file), c_commune) + '\n' +
                c_table('tem_ocop_rule', 'tem_ocop_rule',
                        rules(rules_file), c_rule))
    except (Fault, OSError, UnicodeDecodeError, csv.Error) as fault:
        sys.exit(f'{fault}')
    with open(output, 'w', encoding='utf-8', newline='\n') as out:
        out.write(text)


if __name__ == '__main__':
    main(sys.argv[1:])
