"""What a host says it has for a machine's devices: options that it lacks are there, with the reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vmgui.commands.fields import Option
from vmgui.commands.hardware.form import Scene
from vmgui.model.host import DeviceOffer
from vmgui.words.say import say

LACKS = say("Hardware", "This host's hypervisor does not have it.")


def choices(scene: Scene, device: str, name: str) -> tuple[str, ...] | None:
    """What its host says of one value of a kind of device ("tpm", "model"); None: nothing, so all may work."""
    offer = _offer(scene, device)
    if offer is None or not offer.supported:
        return None
    return next((words for what, words in offer.choices if what == name), None)


def is_lacking(scene: Scene, device: str) -> bool:
    """Whether its host says that it has no such devices at all."""
    offer = _offer(scene, device)
    return offer is not None and not offer.supported


def possible(
    options: Iterable[Option], offered: Iterable[str] | None, always: Iterable[str] = ("",)
) -> tuple[Option, ...]:
    """The options; those that are neither offered nor `always` there say why they cannot be chosen."""
    if offered is None:
        return tuple(options)
    known = {*offered, *always}
    return tuple(one if one.word in known or one.why_not else replace(one, why_not=LACKS) for one in options)


def _offer(scene: Scene, device: str) -> DeviceOffer | None:
    capabilities = scene.machine.capabilities
    if capabilities is None:
        return None
    return next((one for one in capabilities.offers if one.is_device and one.name == device), None)
