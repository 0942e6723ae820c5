#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bars at a terminal: drawn, taken away before anything else is said, and only
where they are wanted.

usage: progress.py TEM KEY PICTURE RECORD
"""
import json
import os
import pty
import sys

CLEAR = b'\r\x1b[K'


def shown(*command):
    """What a terminal gets to see."""
    pid, master = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    out = b''
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            chunk = b''
        if not chunk:
            break
        out += chunk
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) in (0, 3), out
    return out


def check_bar(out, *counts):
    """Each count is drawn; after a bar come bars, or it is taken away."""
    for count in counts:
        assert b'] ' + count in out, (count, out)
    pieces = out.split(b'\r[')
    for piece in pieces[1:-1]:
        assert b'\n' not in piece or CLEAR in piece.split(b'\n')[0], piece
    assert CLEAR in pieces[-1], pieces[-1]


def main():
    tem, key, picture, record = sys.argv[1:]
    verify = [tem, 'verify', '--demo', '--key', key]
    check_bar(shown(*verify, picture, 'nothere.png', picture), b'0/3', b'2/3')
    os.makedirs('bar/inner')
    for name in ('bar/1.png', 'bar/inner/2.png'):
        os.symlink(os.path.abspath(picture), name)
    check_bar(shown(*verify, 'bar', picture), b'0/3', b'2/3')
    for quiet in ([*verify, picture], [*verify, '--quiet', picture, picture],
                  [*verify, '--json', picture, picture], [tem, 'check', record]):
        assert b'\r[' not in shown(*quiet), quiet
    with open(record, encoding='utf-8') as file:
        lot = json.load(file)
    lots = [{**lot, 'lot': f'L{i}'} for i in range(2000)]
    with open('large.json', 'w', encoding='utf-8') as file:
        json.dump(lots, file)
    assert os.path.getsize('large.json') > 2000000
    check_bar(shown(tem, 'check', 'large.json'), b'0/', b'1/', b'2/')
    os.remove('large.json')


main()
