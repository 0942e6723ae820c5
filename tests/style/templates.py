#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check that TEMPLATE.md, the schema, fields.c and wording.c say the same.

usage: templates.py SOURCE_ROOT
The templates that ship validate against the schema, and faulty ones do not; that
part needs the jsonschema module.
"""
import json
import pathlib
import re
import sys

FIELD = re.compile(r'\{"(\w+)",\s*"([^"]+)",\s*"[^"]*",(.*?)\}(?=,\s*(?:\{|END))',
                   re.S)
NAMED = {'TEM_TEMPLATE_SIDE_MAX_UM': 300000, 'TEM_TEMPLATE_PAGE_MAX_UM': 500000}
WORDING = re.compile(r'^    \{"(\w+)", (?:"([^"]*)"|NULL), (?:"([^"]*)"|NULL),',
                     re.M)


def limits(body):
    found = re.search(r'\b(TEXT|NUMBER|MM)\((\w+), (\w+)\)', body)
    if not found:
        return None, None
    numbers = [NAMED.get(found[n]) or int(found[n]) for n in (2, 3)]
    return tuple(n / 1000 if found[1] == 'MM' else n for n in numbers)


def code_fields(source, name):
    body = re.search(rf'{name}_fields\[\] = \{{\n(.*?\n    END)\}};', source,
                     re.S)[1]
    return sorted((key, heading, *limits(rest), 'REQUIRED' in rest)
                  for key, heading, rest in FIELD.findall(body))


def page_fields(text, heading):
    section = text[text.index(heading):].partition('\n## ')[0]
    fields = []
    for key, vi, what, range_ in re.findall(
            r'^\| `(\w+)` \| ([^|]+) \|([^|]*)\|([^|]*)\|$', section, re.M):
        low, _, high = range_.strip().partition('–')
        fields.append((key, vi, float(low) if low else None,
                       float(high) if high else None, 'required' in what))
    return sorted(f for f in fields if f[0] != 'boxes')


def schema_fields(part):
    fields = []
    for key, value in part['properties'].items():
        if key == 'boxes':
            continue
        value = value.get('items', value)
        low = value.get('minimum', value.get('minLength'))
        high = value.get('maximum', value.get('maxLength'))
        fields.append((key, low, high, key in part['required']))
    return sorted(fields)


def compare(root):
    folder = root / 'lib/label'
    source = (folder / 'fields.c').read_text(encoding='utf-8')
    page = (folder / 'TEMPLATE.md').read_text(encoding='utf-8')
    schema = json.loads((folder / 'template.schema.json').read_text('utf-8'))
    boxes = schema['properties']['boxes']['items']
    for name, heading, part in (('head', '## The template itself', schema),
                                ('box', '## `boxes`', boxes)):
        code = code_fields(source, name)
        for row in set(code) ^ set(page_fields(page, heading)):
            yield f'{name}: fields.c and TEMPLATE.md differ: {row}'
        plain = {(key, low, high, required) for key, _, low, high, required in code}
        for row in plain ^ set(schema_fields(part)):
            yield f'{name}: fields.c and the schema differ: {row}'


def compare_words(root):
    folder = root / 'lib/label'
    source = (folder / 'wording.c').read_text(encoding='utf-8')
    page = (folder / 'TEMPLATE.md').read_text(encoding='utf-8')
    section = page[page.index('\n## Text'):].partition('\n## Those')[0]
    rows = {key: (vi.strip(), en.strip()) for key, vi, en in
            re.findall(r'^\| `(\w+)` \|([^|]*)\|([^|]*)\|$', section, re.M)}
    words = {key: (vi, en) for key, vi, en in WORDING.findall(source)}
    for key in set(rows) ^ set(words):
        yield f'{key}: wording.c and TEMPLATE.md differ'
    for key in set(rows) & set(words):
        vi, en = words[key]
        if vi and (rows[key][0] != vi or not rows[key][1].startswith(en)):
            yield f'{key}: captions {words[key]} are {rows[key]} in TEMPLATE.md'


def validate(root):
    folder = root / 'lib/label'
    page = (folder / 'TEMPLATE.md').read_text(encoding='utf-8')
    templates = sorted((folder / 'templates').glob('*.json'))
    for path in templates:
        if f'| `{path.stem}` |' not in page:
            yield f'{path}: is not in TEMPLATE.md'
        if json.loads(path.read_text('utf-8'))['name'] != path.stem:
            yield f'{path}: has another name'
    try:
        import jsonschema
    except ImportError:
        print('skipped: python3-jsonschema is not installed')
        return
    schema = json.loads((folder / 'template.schema.json').read_text('utf-8'))
    validator = jsonschema.validators.validator_for(schema)(schema)
    for path in templates:
        template = json.loads(path.read_text('utf-8'))
        for error in validator.iter_errors(template):
            yield f'{path}: {error.json_path}: {error.message}'
        template['boxes'][0]['x_mm'] = -1
        if validator.is_valid(template):
            yield f'{path}: a negative place validates'


def main(root):
    root = pathlib.Path(root)
    faults = [*compare(root), *compare_words(root), *validate(root)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
