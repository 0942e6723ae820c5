#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check the schema of lot records against the examples and FORMAT.md.

usage: schema.py SOURCE_ROOT
Every sound example validates; an unknown member, a lower-case lot and a lot
that is too long do not; fields.c, the schema and FORMAT.md have the same
fields with the same limits; the headings of FORMAT.md are ones that are read;
its rules are those that check*.c raises. Skipped (exit 77) without
python3-jsonschema.
"""
import json
import pathlib
import re
import sys
import unicodedata

try:
    import jsonschema
except ImportError:
    print('skipped: python3-jsonschema is not installed')
    sys.exit(77)

BAD = ('unknown-field', 'lot-lower-case', 'lot-too-long')


def load(path):
    return json.loads(path.read_text(encoding='utf-8'))


def check_examples(root, validator):
    folder = root / 'examples/sonla'
    sound = sorted(folder.glob('*.json'))
    if not sound:
        yield f'{folder}: no examples'
    for path in sound:
        text = load(path)
        lots = text if isinstance(text, list) else [text]
        if not validator.is_valid(text):
            for lot in lots:  # one by one: an error of anyOf says little
                yield from (f'{path}: {e.json_path}: {e.message}'
                            for e in lot_validator(validator).iter_errors(lot))
            yield f'{path}: does not validate'
    for name in BAD:
        path = folder / f'bad/{name}.json'
        if validator.is_valid(load(path)):
            yield f'{path}: validates'


def check_decision_numbers(root, validator):
    """A committee's number has its form, the centre's another."""
    lot = load(root / 'examples/sonla/01-man-ruby.json')
    for authority, number, sound in [
            ('province', '1/QĐ-UBND', True), ('district', '12345/QĐ-UBND', True),
            ('province', '123456/QĐ-UBND', False), ('province', '12', False),
            ('district', 'QĐ-UBND', False), ('centre', '12/QĐ-BNNMT', True)]:
        lot.update(decision_authority=authority, decision_number=number)
        if validator.is_valid(lot) != sound:
            yield f'{authority}, {number}: should{"" if sound else " not"} do'


def lot_validator(validator):
    schema = dict(validator.schema)
    schema['anyOf'] = [{'$ref': '#/$defs/lot'}]
    return type(validator)(schema)


def check_texts(root, schema):
    """Both languages, and a row of FORMAT.md, for every field."""
    text = (root / 'lib/record/FORMAT.md').read_text(encoding='utf-8')
    rows = re.findall(r'^\| `(\w+)` \|', text, re.M)
    fields = [(name, key, value) for name, part in schema['$defs'].items()
              for key, value in part['properties'].items()]
    if sorted(rows) != sorted(key for _, key, _ in fields):
        yield 'FORMAT.md and the schema differ in fields: ' + ' '.join(
            sorted(set(rows) ^ {key for _, key, _ in fields}))
    for name, key, value in fields:
        if ' · ' not in value.get('description', ''):
            yield f'{name}.{key}: no description in both languages'
    for name, part in schema['$defs'].items():
        if part.get('additionalProperties') is not False:
            yield f'{name}: takes unknown members'


def fold(heading):
    """As tem_text_fold() does."""
    plain = unicodedata.normalize('NFD', heading.replace('đ', 'd').replace(
        'Đ', 'D'))
    plain = ''.join(c for c in plain if not unicodedata.combining(c))
    return re.sub('[^a-z0-9]+', '_', plain.lower()).strip('_')


def check_fields(root, schema):
    """The same names in the table that reads them."""
    source = root / 'lib/record/fields.c'
    rows = re.findall(r'\{(?:LIST\()?"(\w+)",\s+"([^"]+)",\s+" ([^"]*) ",',
                      source.read_text(encoding='utf-8'))
    read = [(key, also) for key, _, also in rows]
    for key, heading, also in rows:
        if fold(heading) not in also.split() and fold(heading) != key:
            yield f'{source}: {key}: {heading} folded is no key of it'
    keys = sorted(key for part in schema['$defs'].values()
                  for key in part['properties'])
    if sorted(key for key, _ in read) != keys:
        yield f'{source} and the schema differ in fields: ' + ' '.join(
            sorted({key for key, _ in read} ^ set(keys)))
    text = (root / 'lib/record/FORMAT.md').read_text(encoding='utf-8')
    told = re.findall(r'^\| `(\w+)` \| ([^`|]+?) \|', text, re.M)
    told = sorted((key, heading.replace(' N …', '')) for key, heading in told)
    if told != sorted((key, heading) for key, heading, _ in rows):
        yield 'FORMAT.md and fields.c differ in headings: ' + str(
            set(told) ^ {(key, heading) for key, heading, _ in rows})


def check_words(root):
    """FORMAT.md lists the words of words.c."""
    source = ''.join((root / 'lib' / name).read_text(encoding='utf-8')
                     for name in ('record/words.c', 'law/award.c'))
    text = (root / 'lib/record/FORMAT.md').read_text(encoding='utf-8')
    for word, vi in re.findall(r'\{"(\w+)", "([^"]+)", TEM_', source):
        if f'`{word}` {vi}' not in ' '.join(text.split()):
            yield f'FORMAT.md does not list the word {word}, {vi}'


TABLES = {'tem_record_fields': 'lot', 'raw_lot_fields': 'raw_lot',
          'step_fields': 'step', 'print_run_fields': 'print_run',
          'delivery_fields': 'delivery'}


def code_limits(source):
    """Yield (part, key, low, high) of numbers and texts in fields.c."""
    constants = dict(re.findall(r'(KG_MOST|HECTARES_MOST) = (\d+)', source))
    source = source.replace('MASS,', 'NUMBER(0, KG_MOST * 1000, 3),')
    for table, part in TABLES.items():
        body = re.search(rf'{table}\[\] = \{{(.*?)\n    \{{.key = NULL',
                         source, re.S).group(1)
        for key, kind, low, high, places in re.findall(
                r'\{"(\w+)",\s+"[^"]*",\s+"[^"]*",\s+\w\(\w+\),\s+(TEXT|NUMBER)\(\s*'
                r'(-?\d+), ([^,)]*(?:\)[^,)]*)?)(?:, (\d))?\)', body):
            high = high.replace('(int64_t)', '')
            for name, value in constants.items():
                high = high.replace(name, value)
            unit = 10 ** int(places or 0)
            yield part, key, int(low) / unit, eval(high) / unit


def check_limits(root, schema):
    """The same limits in fields.c, the schema and FORMAT.md."""
    source = (root / 'lib/record/fields.c').read_text(encoding='utf-8')
    text = (root / 'lib/record/FORMAT.md').read_text(encoding='utf-8')
    limits = list(code_limits(source))
    if len(limits) < 50:
        yield f'only {len(limits)} limits found in fields.c'
    for part, key, low, high in limits:
        value = schema['$defs'][part]['properties'][key]
        given = [value.get('minimum', value.get('minLength', 0)),
                 value.get('maximum', value.get('maxLength'))]
        if key != 'ocop_stars' and given != [low, high]:
            yield f'{part}.{key}: {low:g}-{high:g} in fields.c, {given} here'
        if not re.search(rf'^\| `{key}` \|.*\| {low:g}–{high:.15g}\b', text,
                         re.M) and key != 'ocop_stars':
            yield f'FORMAT.md: {key}: not {low:g}–{high:.15g}'


def check_rules(root):
    """The rules of FORMAT.md are those that the checks raise."""
    text = (root / 'lib/record/FORMAT.md').read_text(encoding='utf-8')
    told = set(re.findall(r'^\| (A\d\d) \|', text, re.M))
    raised = set()
    for path in [*(root / 'lib/record').glob('check*.c'),
                 root / 'lib/law/award.c']:
        raised |= set(re.findall(r'"(A\d\d)"', path.read_text('utf-8')))
    if told != raised:
        yield 'FORMAT.md and check*.c differ in rules: ' + ' '.join(
            sorted(told ^ raised))


def main():
    root = pathlib.Path(sys.argv[1])
    schema = load(root / 'lib/record/record.schema.json')
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems = [*check_examples(root, validator),
                *check_decision_numbers(root, validator),
                *check_texts(root, schema),
                *check_fields(root, schema), *check_limits(root, schema),
                *check_words(root), *check_rules(root)]
    print('\n'.join(problems) or 'the schema fits the examples')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
