"""How to connect to a display."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.console.rfb.transport import TlsSettings


@dataclass(slots=True, frozen=True)
class RfbOptions:
    """`local`: None means judge by the address; say False for a tunnel's end on this machine.

    `private`: the way to the server is encrypted or leaves this machine nowhere; a password in clear may take it.
    `without_vencrypt`: none of the server's VeNCrypt subtypes can be used, which another connection has found out.
    `quality` (0-9) allows lossy pictures. `latency_nudge` repeats the pointer's position for a moment
    after input: QEMU backs off on an idle screen and would answer a key only after 80 ms.
    """

    username: str = ""
    password: str | None = field(default=None, repr=False)
    shared: bool = True
    view_only: bool = False
    without_vencrypt: bool = False
    local: bool | None = None
    private: bool = False
    compress_level: int = 2
    quality: int | None = None
    encodings: tuple[int, ...] | None = None
    tls: TlsSettings = field(default_factory=TlsSettings)
    connect_timeout_s: float = 10.0
    handshake_timeout_s: float = 20.0
    latency_nudge: bool = False
