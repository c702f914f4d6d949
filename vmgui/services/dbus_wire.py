"""The bytes of D-Bus, as far as desktop notifications need them; no I/O.

https://dbus.freedesktop.org/doc/dbus-specification.html. (QtDBus from Python sends every number as an int32: the
notification service, which wants a uint32 among its arguments, refuses that.)
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

METHOD_CALL, METHOD_RETURN, ERROR, SIGNAL = 1, 2, 3, 4
NO_REPLY_EXPECTED = 1
MAX_MESSAGE_BYTES = 1024 * 1024

_PATH, _INTERFACE, _MEMBER, _REPLY_SERIAL, _DESTINATION, _SIGNATURE = 1, 2, 3, 5, 6, 8


class WireError(Exception):
    """Bytes that are not D-Bus, or more of it than this understands."""


@dataclass(frozen=True, slots=True)
class Message:
    """What arrived: `body` has the leading strings and uint32 of its arguments."""

    kind: int
    reply_serial: int = 0
    member: str = ""
    interface: str = ""
    body: tuple[str | int, ...] = ()


class Writer:
    """Marshals little-endian values one after the other."""

    def __init__(self) -> None:
        self.data = bytearray()

    def align(self, size: int) -> None:
        """Pad to a multiple of `size`."""
        self.data += b"\0" * (-len(self.data) % size)

    def byte(self, value: int) -> None:
        """y"""
        self.data.append(value)

    def uint32(self, value: int) -> None:
        """u"""
        self.align(4)
        self.data += struct.pack("<I", value)

    def int32(self, value: int) -> None:
        """i"""
        self.align(4)
        self.data += struct.pack("<i", value)

    def string(self, value: str) -> None:
        """s or o; NUL has no place in it."""
        data = value.replace("\0", "").encode("utf-8", "replace")
        self.uint32(len(data))
        self.data += data + b"\0"

    def signature(self, value: str) -> None:
        """g"""
        self.data.append(len(value))
        self.data += value.encode("ascii") + b"\0"

    def begin_array(self, alignment: int) -> int:
        """Its elements follow; what `end_array` wants is given."""
        self.uint32(0)
        place = len(self.data) - 4
        self.align(alignment)
        return place

    def end_array(self, place: int, start: int) -> None:
        """Write how long it became."""
        struct.pack_into("<I", self.data, place, len(self.data) - start)

    def strings(self, values: Sequence[str]) -> None:
        """as"""
        place = self.begin_array(4)
        start = len(self.data)
        for value in values:
            self.string(value)
        self.end_array(place, start)

    def hints(self, values: dict[str, str | int]) -> None:
        """a{sv}, with strings and bytes as values."""
        place = self.begin_array(8)
        start = len(self.data)
        for name, value in values.items():
            self.align(8)
            self.string(name)
            self.signature("y" if isinstance(value, int) else "s")
            if isinstance(value, int):
                self.byte(value)
            else:
                self.string(value)
        self.end_array(place, start)


def method_call(
    serial: int,
    destination: str,
    path: str,
    interface: str,
    member: str,
    signature: str = "",
    body: bytes = b"",
    *,
    wants_reply: bool = True,
) -> bytes:
    """A whole message."""
    writer = Writer()
    writer.data += struct.pack(
        "<cBBBII", b"l", METHOD_CALL, 0 if wants_reply else NO_REPLY_EXPECTED, 1, len(body), serial
    )
    place = writer.begin_array(8)
    start = len(writer.data)
    fields: list[tuple[int, str, str]] = [
        (_PATH, "o", path),
        (_INTERFACE, "s", interface),
        (_MEMBER, "s", member),
        (_DESTINATION, "s", destination),
    ]
    if signature:
        fields.append((_SIGNATURE, "g", signature))
    for code, kind, value in fields:
        writer.align(8)
        writer.byte(code)
        writer.signature(kind)
        if kind == "g":
            writer.signature(value)
        else:
            writer.string(value)
    writer.end_array(place, start)
    writer.align(8)
    return bytes(writer.data) + body


HEAD_BYTES = 16


def message_bytes(head: bytes) -> int:
    """How long the whole message is, from its first 16 bytes."""
    order = _order(head)
    body, _serial, fields = struct.unpack_from(f"{order}III", head, 4)
    length = HEAD_BYTES + fields + (-fields % 8) + body
    if length > MAX_MESSAGE_BYTES:
        raise WireError(f"a message of {length} bytes")
    return length


def parse(data: bytes) -> Message:
    """One whole message; raises WireError."""
    order = _order(data)
    try:
        fields_bytes = struct.unpack_from(f"{order}I", data, 12)[0]
        reader = _Reader(data, order, HEAD_BYTES)
        values: dict[int, str | int] = {}
        while reader.at < HEAD_BYTES + fields_bytes:
            reader.align(8)
            code = reader.byte()
            values[code] = reader.value(reader.signature())
        reader.align(8)
        signature = str(values.get(_SIGNATURE, ""))
        body: list[str | int] = []
        for kind in signature:
            if kind not in "sogu":
                break
            body.append(reader.value(kind))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise WireError(str(error)) from error
    return Message(
        kind=data[1],
        reply_serial=int(values.get(_REPLY_SERIAL, 0)),
        member=str(values.get(_MEMBER, "")),
        interface=str(values.get(_INTERFACE, "")),
        body=tuple(body),
    )


def _order(data: bytes) -> str:
    order = {b"l": "<", b"B": ">"}.get(data[:1])
    if order is None or data[3] != 1:
        raise WireError("not a message of D-Bus version 1")
    return order


class _Reader:
    def __init__(self, data: bytes, order: str, at: int) -> None:
        self._data = data
        self._order = order
        self.at = at

    def align(self, size: int) -> None:
        self.at += -self.at % size

    def byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def signature(self) -> str:
        return self._text(self.byte())

    def value(self, kind: str) -> str | int:
        if kind == "g":
            return self.signature()
        if kind not in ("s", "o", "u"):
            raise WireError(f"a header field of type {kind}")
        self.align(4)
        number = int(struct.unpack_from(f"{self._order}I", self._data, self.at)[0])
        self.at += 4
        return number if kind == "u" else self._text(number)

    def _text(self, length: int) -> str:
        text = self._data[self.at : self.at + length]
        if len(text) < length:
            raise WireError("cut off")
        self.at += length + 1
        return text.decode("utf-8")
