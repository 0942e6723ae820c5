#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Memory and speed of a whole run: memory.py TEM SOURCE [LABELS]
Issues 1,000 and then LABELS labels (100,000) and compares the largest memory
that either took: streamed work takes no more for more labels."""
import os
import shutil
import subprocess
import sys
import tempfile
import time


def issue(tem, source, count, folder):
    before = time.time()
    child = subprocess.Popen(
        [tem, 'issue', source + '/examples/sonla/01-man-ruby.json', '--key',
         folder + '/k.pem', '--kid', '1', '--out', f'{folder}/l{count}',
         '--journal', f'{folder}/{count}.log', '--count', str(count), '-q'],
        stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0, status
    return usage.ru_maxrss / 1024, time.time() - before


def main():
    tem, source = sys.argv[1:3]
    many = int(sys.argv[3]) if len(sys.argv) > 3 else 100000
    folder = tempfile.mkdtemp(dir='/dev/shm' if os.path.isdir('/dev/shm')
                              else None)
    try:
        subprocess.run([tem, 'keygen', '--out', folder + '/k.pem', '--pub',
                        folder + '/k.pub', '--no-passphrase', '-q'], check=True)
        for count in (1000, many):
            size, took = issue(tem, source, count, folder)
            print(f'  {count:7d} labels: {size:5.1f} MiB at most, '
                  f'{count / took:6.0f} labels/s into files')
        print('  wanted: under 64 MiB, however many')
    finally:
        shutil.rmtree(folder)


main()
