"""Catalogues of translated messages (GNU .mo files), as libvirt reads them; no locale need be installed for them.

glibc up to 2.38 or so looks for LANGUAGE's catalogues in any locale but "C": also in C.UTF-8, which is always
there; newer ones take that for "C".
(https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html)
"""

from __future__ import annotations

import struct
from pathlib import Path

SPANISH = {"LANGUAGE": "es", "LC_ALL": "C.UTF-8", "LANG": "es_ES.UTF-8"}


def write_catalogue(directory: Path, messages: dict[str, str], domain: str = "libvirt") -> None:
    """`directory`/es/LC_MESSAGES/`domain`.mo."""
    entries = {"": "Content-Type: text/plain; charset=UTF-8\n", **messages}
    pairs = [(key.encode(), entries[key].encode()) for key in sorted(entries, key=str.encode)]
    head = 28
    texts = head + 16 * len(pairs)
    table: list[list[bytes]] = [[], []]
    body = b""
    for column in (0, 1):
        for pair in pairs:
            table[column].append(struct.pack("<2I", len(pair[column]), texts + len(body)))
            body += pair[column] + b"\0"
    start = struct.pack("<7I", 0x950412DE, 0, len(pairs), head, head + 8 * len(pairs), 0, texts)
    file = directory / "es" / "LC_MESSAGES" / f"{domain}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(start + b"".join(table[0] + table[1]) + body)
