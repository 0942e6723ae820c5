#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check COSE_Sign1 files with nothing of ours: CBOR by hand, openssl for the
signature.  cose.py PUBLIC_KEY FILE.cose... (FILE.aad beside each)"""
import subprocess
import sys
import tempfile


def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    if value < 256:
        return bytes([major << 5 | 24, value])
    return bytes([major << 5 | 25]) + value.to_bytes(2, 'big')


def bstr(data):
    return head(2, len(data)) + data


def take(data, at):
    """A byte string or an empty map: (content, where it ends)."""
    if data[at] == 0xA0:
        return b'', at + 1
    assert data[at] >> 5 == 2, hex(data[at])
    small = data[at] & 31
    width = {24: 1, 25: 2}.get(small, 0)
    size = int.from_bytes(data[at + 1:at + 1 + width], 'big') if width else small
    start = at + 1 + width
    return data[start:start + size], start + size


def check(key, path):
    message = open(path, 'rb').read()
    aad = open(path[:-5] + '.aad', 'rb').read()
    assert message[:2] == b'\xd2\x84', 'not a tagged array of four'
    protected, at = take(message, 2)
    _, at = take(message, at)
    payload, at = take(message, at)
    signature, at = take(message, at)
    assert at == len(message) and len(signature) == 64
    assert protected.startswith(b'\xa2\x01\x27\x04\x42'), 'EdDSA and a kid'
    signed = (b'\x84' + head(3, 10) + b'Signature1' + bstr(protected) +
              bstr(aad) + bstr(payload))
    with tempfile.NamedTemporaryFile() as text, \
            tempfile.NamedTemporaryFile() as sig:
        text.write(signed)
        text.flush()
        sig.write(signature)
        sig.flush()
        subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-inkey',
                        key, '-rawin', '-in', text.name, '-sigfile', sig.name],
                       check=True)


for file in sys.argv[2:]:
    check(sys.argv[1], file)
