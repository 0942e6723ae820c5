# SPDX-License-Identifier: MIT
"""Count what meson's test logs say: tally.py LOG.json... -> "P F S".

A TAP program counts as its subtests, any other as one test. A log is the
testlog.json that `meson test` leaves in <build>/meson-logs.
"""
import json
import pathlib
import re
import sys

PASSED = {'OK', 'EXPECTEDFAIL'}
SUBTEST = re.compile(r'^(not )?ok\b[^#\n]*(# *SKIP)?', re.MULTILINE | re.I)


def tap_names(log):
    """The tests of this build directory that speak TAP."""
    info = log.parent.parent / 'meson-info' / 'intro-tests.json'
    return {test['name'] for test in json.loads(info.read_text('utf-8'))
            if test['protocol'] == 'tap'}


def count(entry, is_tap):
    """(passed, failed, skipped) of one test program."""
    good, result = entry['result'] in PASSED, entry['result']
    rows = SUBTEST.findall(entry.get('stdout', '')) if is_tap else []
    if not is_tap or (result == 'SKIP' and not rows):
        return good, not good and result != 'SKIP', result == 'SKIP'
    failed = sum(bool(bad) for bad, _ in rows)
    skipped = sum(bool(skip) and not bad for bad, skip in rows)
    passed = len(rows) - failed - skipped
    # A crash, a time-out or no row at all is one failure more.
    lost = (not good and not failed) or not rows
    return passed, failed + lost, skipped


def main():
    total = [0, 0, 0]
    for path in map(pathlib.Path, sys.argv[1:]):
        tap = tap_names(path)
        for line in path.read_text('utf-8', 'replace').splitlines():
            entry = json.loads(line)
            # "tem:lib / base", from meson 1.5 on "lib - tem:base", or "base"
            name = re.split(' / |:', entry['name'])[-1]
            counts = count(entry, name in tap)
            total = [a + b for a, b in zip(total, counts)]
    print(*total)


main()
