#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that SOURCE.md, the schema and rows.c have the same fields and limits.

usage: source.py SOURCE_ROOT
The example validates against the schema, and a fault does not; that part needs
the jsonschema module.
"""
import json
import pathlib
import re
import sys

LISTS = {'head': None, 'maker': 'makers', 'product': 'products', 'key': 'keys',
         'certificate': 'certificates', 'revocation': 'revocations'}
FIELD = re.compile(
    r'\{"(\w+)",\s*"([^"]+)",\s*"[^"]*",(.*?)\}(?=,\s*(?:\{|NOTE|PRODUCTS|END))', re.S)
NOTE = ('note', 'Ghi chú', 1, 200, False, False)
PRODUCTS = ('products', 'Sản phẩm', None, None, False, True)


def limits(body):
    found = re.search(r'\b(TEXT|NUMBER)\((\w+), (\w+)(?:, (\d))?\)', body)
    if not found:
        return None, None
    named = {'TEM_TRUST_NAME_MAX': 120, 'TEM_TRUST_ADDRESS_MAX': 160,
             'TEM_TRUST_REASON_MAX': 200, 'TEM_TRUST_NUMBER_MAX': 40}
    scale = 10 ** int(found[4] or 0)
    return tuple(named.get(found[n]) or int(found[n]) // scale for n in (2, 3))


def code_fields(source, name):
    """(key, heading, low, high, required, several) of one table of rows.c."""
    body = re.search(rf'{name}_fields\[\] = \{{\n(.*?\n    END)\}};', source,
                     re.S)[1]
    fields = [(key, heading, *limits(rest), 'REQUIRED' in rest, 'EACH(' in rest)
              for key, heading, rest in FIELD.findall(body)]
    if re.search(r'^\s*PRODUCTS\(', body, re.M):
        fields.append(PRODUCTS)
    return sorted(fields + [NOTE], key=lambda field: field[0])


def page_fields(text, name):
    heading = f'## `{name}`' if name else '## The bundle itself'
    section = text[text.index(heading):].partition('\n## ')[0]
    fields = []
    for key, vi, what, range_ in re.findall(
            r'^\| `(\w+)` \| ([^|]+) \|([^|]*)\|([^|]*)\|$', section, re.M):
        low, _, high = range_.strip().partition('–')
        fields.append((key, vi, int(low) if low else None,
                       int(high) if high else None, 'required' in what,
                       'several' in what))
    return sorted(fields, key=lambda field: field[0])


def schema_fields(schema, name):
    part = schema['properties'][name]['items'] if name else schema
    fields = []
    for key, value in part['properties'].items():
        if value.get('items', {}).get('type') == 'object':
            continue  # one of the lists
        several = value.get('type') == 'array'
        value = value['items'] if several else value
        if '$ref' in value:
            value = schema['$defs'][value['$ref'].rpartition('/')[2]]
        low = value.get('minimum', value.get('minLength'))
        high = value.get('maximum', value.get('maxLength'))
        fields.append((key, low, high, key in part.get('required', []),
                       several))
    return sorted(fields, key=lambda field: field[0])


def compare(root):
    folder = root / 'lib/trust'
    source = (folder / 'rows.c').read_text(encoding='utf-8')
    page = (folder / 'SOURCE.md').read_text(encoding='utf-8')
    schema = json.loads((folder / 'province.schema.json').read_text('utf-8'))
    for name, member in LISTS.items():
        code = code_fields(source, name)
        for row in set(code) ^ set(page_fields(page, member)):
            yield f'SOURCE.md and rows.c differ in {name}: {row}'
        bare = {(key, low, high, required and member is not None, several)
                for key, _, low, high, required, several in code}
        for row in bare ^ set(schema_fields(schema, member)):
            yield f'the schema and rows.c differ in {name}: {row}'
    for word, vi in re.findall(r'\{"(\w+)", "([^"]+)", TEM_REVOKED', source):
        if f'- `{word}` {vi}:' not in page:
            yield f'SOURCE.md does not explain {word} {vi}'


def validate(root):
    try:
        import jsonschema
    except ImportError:
        print('# no jsonschema: the example was not validated')
        return
    schema = json.loads(
        (root / 'lib/trust/province.schema.json').read_text('utf-8'))
    example = json.loads(
        (root / 'examples/province/province.json').read_text('utf-8'))
    check = jsonschema.Draft202012Validator(schema)
    for error in check.iter_errors(example):
        yield f'province.json: {error.message}'
    for list_, key, wrong in (('makers', 'maker_id', 0), ('makers', 'x', 1),
                              ('products', 'net_mass_g', [0]),
                              ('certificates', 'ocop_stars', 2),
                              ('revocations', 'kind', 'x'),
                              ('revocations', 'lot', 'a')):
        faulty = json.loads(json.dumps(example))
        faulty[list_][0][key] = wrong
        if check.is_valid(faulty):
            yield f'the schema takes {list_} with {key} {wrong}'


def main():
    root = pathlib.Path(sys.argv[1])
    problems = [*compare(root), *validate(root)]
    print('\n'.join(problems) or 'page, schema and code agree')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
