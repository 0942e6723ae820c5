#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make a key at a terminal: the passphrase is asked twice and never shown."""
import os
import pty
import signal
import sys


def talk(command, answers):
    """Run at a terminal, answering each prompt; (status, all that was shown)."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(command[0], command)
    shown = b''
    while True:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
        if chunk.endswith(b': ') and answers:
            os.write(terminal, answers.pop(0) + b'\n')
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def main():
    signal.alarm(60)
    tem = sys.argv[1]
    make = [tem, 'keygen', '--out', 'tty.pem', '--pub', 'tty.pub']
    status, shown = talk(make, [b'pw-mau-1', b'pw-mau-2'])
    assert status == 3 and b'differ' in shown, shown
    assert not os.path.exists('tty.pem')
    status, shown = talk(make, [b'pw-mau-1', b'pw-mau-1'])
    assert status == 0 and b'pw-mau' not in shown, shown
    with open('tty.pem', 'rb') as file:
        assert b'ENCRYPTED' in file.read()
    issue = [tem, 'issue', os.environ['SOURCE'] +
             '/examples/sonla/01-man-ruby.json', '--key', 'tty.pem', '--kid',
             '1', '--out', 'tty']
    status, shown = talk(issue, [b'pw-mau-2'])
    assert status == 3 and b'passphrase is wrong' in shown, shown
    status, shown = talk(issue, [b'pw-mau-1'])
    assert status == 0, shown


main()
