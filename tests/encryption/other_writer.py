#!/usr/bin/env python3
"""The format of connectors/encryption/encrypted_file.hpp written by somebody else, for known_answer_test.cpp.

    other_writer.py     prints the encrypted form of "abc" in hexadecimal; needs python3-cryptography, which no test does
"""
import hashlib
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BLOCK = 1 << 20


def encrypted(plain, key, key_id, salt):
    derived = HKDF(hashes.SHA256(), 48, salt, b"brygga original, version 1").derive(key)
    header = b"\x89BRYGGA\n" + bytes([1, len(key_id)]) + key_id.ljust(32, b"\0") + struct.pack(">Q", len(plain))
    header += hashlib.sha256(plain).digest() + salt + derived[32:]
    blocks = [plain[at:at + BLOCK] for at in range(0, len(plain), BLOCK)] or [b""]
    out = header
    for number, block in enumerate(blocks):
        nonce = number.to_bytes(11, "big") + bytes([number == len(blocks) - 1])
        out += AESGCM(derived[:32]).encrypt(nonce, block, header)
    return out


def main():
    print(encrypted(b"abc", bytes(range(32)), b"2026", bytes(range(100, 132))).hex())
    large = encrypted(b"x" * (BLOCK + 1), bytes(range(32)), b"2026", bytes(range(100, 132)))
    print(hashlib.sha256(large).hexdigest())


main()
