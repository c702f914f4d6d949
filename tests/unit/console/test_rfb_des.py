"""DES against published vectors and VNC's twist on it."""

import pytest

from vmgui.console.rfb.des import encrypt_block, vnc_response


# NIST SP 800-17 (variable plaintext, variable key, permutation, substitution tests) and FIPS 81.
@pytest.mark.parametrize(
    ("key", "plain", "cipher"),
    [
        ("0101010101010101", "8000000000000000", "95F8A5E5DD31D900"),
        ("0101010101010101", "0000000000000001", "166B40B44ABA4BD6"),
        ("8001010101010101", "0000000000000000", "95A8D72813DAA94D"),
        ("1046913489980131", "0000000000000000", "88D55E54F54C97B4"),
        ("7CA110454A1A6E57", "01A1D6D039776742", "690F5B0D9A26939B"),
        ("0123456789ABCDEF", "4E6F772069732074", "3FA40E8A984D4815"),
        ("133457799BBCDFF1", "0123456789ABCDEF", "85E813540F0AB405"),
    ],
)
def test_vectors(key, plain, cipher):
    assert encrypt_block(bytes.fromhex(key), bytes.fromhex(plain)) == bytes.fromhex(cipher)


def test_only_eight_bytes_of_a_password_count():
    challenge = bytes(range(16))
    assert vnc_response("longpassword", challenge) == vnc_response("longpass", challenge)
    assert vnc_response("longpass", challenge) != vnc_response("longpasS", challenge)


def test_the_bits_of_the_key_are_mirrored():
    # 'a' is 0x61, mirrored 0x86; the rest of the key is zero.
    key = bytes([0x86]) + bytes(7)
    challenge = bytes(range(16))
    assert vnc_response("a", challenge) == encrypt_block(key, challenge[:8]) + encrypt_block(
        key, challenge[8:]
    )
