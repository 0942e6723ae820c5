#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make keys at a terminal: what is asked, shown and left behind.

usage: prompt.py TEM
"""
import os
import pty
import signal
import sys
import termios

PROMPT, CTRL_C, CTRL_D, CTRL_Z = b': ', b'\x03', b'\x04', b'\x1a'


class Terminal:
    """A command with a terminal of its own."""

    def __init__(self, *command):
        self.shown = b''
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            # Under nohup, or behind a shell's &, they come ignored.
            for each in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
                signal.signal(each, signal.SIG_DFL)
            os.execvp(command[0], command)

    def read(self):
        """More of what is shown; False at the end."""
        try:
            chunk = os.read(self.master, 4096)
        except OSError:
            return False
        self.shown += chunk
        return bool(chunk)

    def wait_for(self, text):
        """Read until it is shown, and forget all up to it."""
        while text not in self.shown:
            assert self.read(), (text, self.shown)
        self.shown = self.shown.split(text, 1)[1]

    def type(self, data):
        os.write(self.master, data)

    def answer(self, data):
        self.wait_for(PROMPT)
        assert not self.echo()
        self.type(data)

    def foreground(self):
        return os.tcgetpgrp(self.master)

    def echo(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def end(self):
        """(status, what was shown since the last text waited for)"""
        while self.read():
            pass
        os.close(self.master)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), self.shown


def talk(command, answers):
    """Answer each prompt; (status, all that was shown)."""
    terminal = Terminal(*command)
    shown = b''
    for answer in answers:
        terminal.wait_for(PROMPT)
        shown += terminal.shown
        terminal.type(answer)
    status, rest = terminal.end()
    return status, shown + rest


def keys(make):
    status, shown = talk(make, [b'pw-mau-1\n', b'pw-mau-2\n'])
    assert status == 3 and b'differ' in shown, shown
    assert not os.path.exists('tty.pem')
    status, shown = talk(make, [b'\n', b'\n'])
    assert status == 3 and b'protects nothing' in shown, shown
    status, shown = talk(make, [b'pw-mau-1\n', b'pw-mau-1\n'])
    assert status == 0 and b'pw-mau' not in shown, shown
    with open('tty.pem', 'rb') as file:
        assert b'ENCRYPTED' in file.read()


def labels(tem):
    issue = [tem, 'issue', os.environ['SOURCE'] +
             '/examples/sonla/01-man-ruby.json', '--key', 'tty.pem', '--kid',
             '1', '--out', 'tty']
    status, shown = talk(issue, [b'pw-mau-2\n'])
    assert status == 3 and b'passphrase is wrong' in shown, shown
    status, shown = talk(issue, [b'pw-mau-1\n'])
    assert status == 0, shown


def ended(make):
    for first, second in ((CTRL_D, None), (b'pw\n', CTRL_D),
                          (b'pw' + CTRL_D + CTRL_D, None)):
        status, shown = talk(make, [x for x in (first, second) if x])
        assert status == 3 and b'the input ended' in shown, shown
        assert b'no terminal' not in shown, shown
    assert not os.path.exists('odd.pem')


def long_lines(make):
    """Nothing of a line that is too long reaches the next reader."""
    script = '"$@"; echo "status $?"; IFS= read -r rest; echo "rest [$rest]"'
    for first, size in ((b'', 1024), (b'', 3000), (b'pw\n', 2000)):
        terminal = Terminal('sh', '-c', script, 'sh', *make)
        if first:
            terminal.answer(first)
        terminal.answer(b'x' * size + b'\n')
        terminal.wait_for(b'longer than 1023 bytes')
        terminal.wait_for(b'status 3')
        assert terminal.echo()
        terminal.type(b'me\n')
        status, shown = terminal.end()
        assert status == 0 and b'rest [me]' in shown, shown
    assert not os.path.exists('odd.pem')


def longest(make, openssl):
    secret = b'y' * 1023
    assert talk(make, [secret + b'\n'] * 2)[0] == 0
    with open('secret', 'wb') as file:
        file.write(secret + b'\n')
    assert os.spawnvp(os.P_WAIT, openssl[0], openssl) == 0
    os.remove('odd.pem')
    os.remove('odd.pub')


def signals(make):
    """The terminal is as it was before the command is ended or stopped."""
    script = ('trap : INT QUIT; set -m; "$@"; echo "status $?"; stty -a;'
              'exec cat')
    for end, status in ((CTRL_C, 130), (b'\x1c', 131), (signal.SIGTERM, 143),
                        (signal.SIGHUP, 129), (CTRL_Z, 148)):
        for first in (b'', b'pw\n'):
            terminal = Terminal('sh', '-c', script, 'sh', *make)
            if first:
                terminal.answer(first)
            terminal.wait_for(PROMPT)
            assert not terminal.echo()
            terminal.type(b'secret')
            if isinstance(end, bytes):
                terminal.type(end)
            else:
                os.kill(terminal.foreground(), end)
            terminal.wait_for(b'status %d' % status)
            terminal.wait_for(b' echo ')
            assert terminal.echo(), end
            terminal.type(CTRL_D)
            shown = terminal.end()[1]
            assert b'secret' not in shown, shown
    assert not os.path.exists('odd.pem')


def stopped(make):
    """After a stop the question is asked again."""
    script = 'set -m; "$@"; echo "status $?"; fg; echo "status $?"'
    terminal = Terminal('sh', '-c', script, 'sh', *make)
    terminal.answer(b'pw\n')
    terminal.answer(b'half' + CTRL_Z)
    terminal.wait_for(b'status 148')
    terminal.answer(b'pw\n')
    terminal.wait_for(b'status 0')
    assert terminal.echo() and terminal.end()[0] == 0
    os.remove('odd.pem')
    os.remove('odd.pub')


def main():
    signal.alarm(60)
    tem = sys.argv[1]
    keys([tem, 'keygen', '--out', 'tty.pem', '--pub', 'tty.pub'])
    labels(tem)
    odd = [tem, 'keygen', '--out', 'odd.pem', '--pub', 'odd.pub']
    ended(odd)
    long_lines(odd)
    longest(odd, ['openssl', 'pkey', '-in', 'odd.pem', '-passin',
                  'file:secret', '-noout'])
    signals(odd)
    stopped(odd)


main()
