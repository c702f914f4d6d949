"""A running device with what libvirt wrote into it at the start taken out again: what is left was asked for. Pure.

Where the definition leaves something to libvirt, the running device has what libvirt chose. Nobody is to be told that
this differs after the next start.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.device_parts import CharacterEnd
from vmgui.model.domain_values import CpuFeature

_ON = ("force", "require", "optional", "")


def as_asked(live: Any, saved: Any) -> Any:
    """The running device, said as its definition says it where only libvirt's choice differs."""
    if type(live) is not type(saved):
        return live
    match live:
        case GraphicsDevice():
            return _display(live, saved)
        case InterfaceDevice():
            return _card(live, saved)
        case HostdevDevice() if live.source is not None and saved.source is not None:
            driver = live.driver if saved.driver else ""
            if saved.source.vendor and saved.source.address is None:
                live = replace(live, source=replace(live.source, address=None))
            return replace(live, driver=driver)
        case _:
            end = getattr(live, "host", None)
            return replace(live, host=_end(end, saved.host)) if isinstance(end, CharacterEnd) else live


def features_differ(live: Iterable[CpuFeature], saved: Iterable[CpuFeature]) -> bool:
    """Whether the running processor has not what is asked for; of others that it says it has nobody asked."""
    has = {one.name: one.policy in _ON for one in live}
    return any(has.get(one.name, False) != (one.policy in _ON) for one in saved if one.policy != "optional")


def _display(live: GraphicsDevice, saved: GraphicsDevice) -> GraphicsDevice:
    if live.kind != saved.kind:
        return live
    is_left_open = not (saved.listen or saved.socket) and all(
        one.kind in ("", "address", "socket") and not (one.address or one.socket) for one in saved.listens
    )
    kinds = {one.kind for one in live.listens}
    if is_left_open and kinds <= {*(one.kind for one in saved.listens), "address"}:
        live = replace(live, listen="", listens=saved.listens, socket="")
    if saved.auto_port or saved.port in (None, -1):
        live = replace(live, port=saved.port, tls_port=saved.tls_port, auto_port=saved.auto_port)
    return live


def _card(live: InterfaceDevice, saved: InterfaceDevice) -> InterfaceDevice:
    network = saved.source.network if saved.source is not None and saved.kind == "network" else ""
    is_same = bool(network) and live.source is not None and live.source.network == network
    # A card of a network that is a bridge of the host runs as one of that bridge.
    return (
        replace(live, kind=saved.kind, source=saved.source) if is_same and live.kind != saved.kind else live
    )


def _end(live: CharacterEnd, saved: CharacterEnd) -> CharacterEnd:
    if live.kind != saved.kind:
        return live
    is_named = any(one.path for one in saved.sources)
    is_chosen = live.kind == "pty" or (live.kind == "unix" and not is_named)
    return replace(live, sources=saved.sources) if is_chosen else live
