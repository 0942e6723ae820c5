#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Memory and speed of a whole run: memory.py TEM SOURCE [LABELS]
Issues 1,000 and then LABELS labels (100,000) as symbols in files, as a roll of
whole labels in PDF and in ZPL, and compares the largest memory that either
took: streamed work takes no more for more labels."""
import os
import shutil
import subprocess
import sys
import tempfile
import time


KINDS = {'symbols': [],
         'PDF roll': ['--roll', '--format', 'pdf', '--no-proof'],
         'ZPL roll': ['--roll', '--format', 'zpl', '--no-proof']}


def issue(tem, source, kind, count, folder):
    before = time.time()
    out = f'{folder}/{kind}-{count}'
    child = subprocess.Popen(
        [tem, 'issue', source + '/examples/sonla/01-man-ruby.json', '--key',
         folder + '/k.pem', '--kid', '1', '--out', out, '--dpi', '203',
         '--journal', out + '.log', '--count', str(count), '-q', *KINDS[kind]],
        stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, status
    took = time.time() - before
    shutil.rmtree(out)
    return usage.ru_maxrss / 1024, took


def main():
    tem, source = sys.argv[1:3]
    many = int(sys.argv[3]) if len(sys.argv) > 3 else 100000
    folder = tempfile.mkdtemp()
    try:
        subprocess.run([tem, 'keygen', '--out', folder + '/k.pem', '--pub',
                        folder + '/k.pub', '--no-passphrase', '-q'], check=True)
        for kind in KINDS:
            for count in (1000, many):
                size, took = issue(tem, source, kind, count, folder)
                print(f'  {kind:9}{count:7d} labels: {size:5.1f} MiB at most, '
                      f'{count / took:6.0f} labels/s')
        print('  wanted: under 64 MiB, however many')
    finally:
        shutil.rmtree(folder)


main()
