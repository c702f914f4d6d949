"""D-Bus messages as bytes: what is written is what the specification says, and rubbish is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.services import dbus_wire as wire


def test_a_call_reads_back() -> None:
    body = wire.Writer()
    body.string("vmgui")
    body.uint32(7)
    data = wire.method_call(3, "org.x.Y", "/org/x", "org.x.Y", "Do", "su", bytes(body.data))
    assert wire.message_bytes(data[: wire.HEAD_BYTES]) == len(data)
    message = wire.parse(data)
    assert (message.kind, message.member, message.interface) == (wire.METHOD_CALL, "Do", "org.x.Y")
    assert message.body == ("vmgui", 7)


def test_the_bytes_of_the_specification() -> None:
    writer = wire.Writer()
    writer.byte(1)
    writer.strings(("a", "bc"))
    assert bytes(writer.data) == b"\1\0\0\0" + b"\x0f\0\0\0" + b"\1\0\0\0a\0\0\0" + b"\2\0\0\0bc\0"
    hints = wire.Writer()
    hints.hints({"urgency": 2})
    assert bytes(hints.data) == b"\x10\0\0\0" + b"\0" * 4 + b"\7\0\0\0urgency\0" + b"\1y\0\2"


def test_big_endian_is_read_too() -> None:
    fields = b"\5\1u\0\0\0\0\x09" + b"\x08\1g\0\1u\0"
    head = b"B\2\0\1" + (4).to_bytes(4, "big") + (1).to_bytes(4, "big") + len(fields).to_bytes(4, "big")
    message = wire.parse(head + fields + b"\0" * (-len(fields) % 8) + (42).to_bytes(4, "big"))
    assert (message.reply_serial, message.body) == (9, (42,))


def test_a_huge_message_is_refused() -> None:
    with pytest.raises(wire.WireError):
        wire.message_bytes(b"l\1\0\1" + b"\xff" * 12)


@given(st.binary(min_size=16, max_size=200))
def test_rubbish(data: bytes) -> None:
    for start in (data, b"l\4\0\1" + data[4:], b"l\2\0\1\0\0\0\0" + data[8:]):
        try:
            wire.parse(start)
        except wire.WireError:
            continue


@given(st.text(max_size=50))
def test_any_text_survives(text: str) -> None:
    body = wire.Writer()
    body.string(text)
    data = wire.method_call(1, "a.b", "/", "a.b", "C", "s", bytes(body.data))
    assert wire.parse(data).body == (text.replace("\0", ""),)
