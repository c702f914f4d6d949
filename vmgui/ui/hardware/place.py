"""Where a device sits, in a few words."""

from __future__ import annotations

from vmgui.model.device_parts import Address
from vmgui.policy.plain_text import visible
from vmgui.words.say import say


def place_words(device: object) -> str:
    """ "PCI 0000:03:00.0", "USB bus 0, port 1"; empty: nowhere in particular, or its host decides at the start."""
    address = getattr(device, "address", None)
    if not isinstance(address, Address):
        return ""
    match address.kind:
        case "pci":
            numbers = (_hex(address.domain, 4), _hex(address.bus, 2), _hex(address.slot, 2))
            return visible("PCI {}:{}:{}.{}".format(*numbers, _hex(address.function, 1)))
        case "drive":
            text = say("HardwareTab", "Controller {controller}, bus {bus}, target {target}, unit {unit}")
            return visible(
                text.format(
                    controller=address.controller or "0",
                    bus=address.bus or "0",
                    target=address.target or "0",
                    unit=address.unit or "0",
                )
            )
        case "usb" if address.port:
            text = say("HardwareTab", "USB bus {bus}, port {port}")
            return visible(text.format(bus=address.bus or "0", port=address.port))
        case "virtio-serial":
            text = say("HardwareTab", "Serial controller {controller}, port {port}")
            return visible(text.format(controller=address.controller or "0", port=address.port or "0"))
        case _:
            return ""


def _hex(number: str, digits: int) -> str:
    """As lspci has it; libvirt writes 0x03."""
    return number.removeprefix("0x").rjust(digits, "0")
