"""What a machine looks for its system on, in which order; or which kernel it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vmgui.commands.fields import Answers, Choice, Number, Option, Ordered, Text
from vmgui.commands.hardware.form import Knob, MachineForm, Scene
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeDevice, ChangeMachine, Wish
from vmgui.policy.device_values import value_at
from vmgui.words.device import device_words
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_NEEDS_KERNEL: Say = say("Hardware", "This is used with a kernel only. Say which one, or leave this empty.")


def _kept(listed: ListedDevice, scene: Scene) -> Any:
    """As it will be; None: it has no turn then."""
    device = listed.saved if scene.machine.saved is not None else listed.live
    return device if hasattr(device, "boot") else None


def _bootable(scene: Scene) -> list[tuple[str, ListedDevice, Any]]:
    found = ((one.id, one, _kept(one, scene)) for one in scene.machine.devices)
    return [(id_, one, device) for id_, one, device in found if device is not None]


def _is_of(device: Any, boot_device: str) -> bool:
    """Whether it is what libvirt calls hd, cdrom, fd or network."""
    if isinstance(device, DiskDevice):
        kind = device.device or "disk"
        return boot_device == {"cdrom": "cdrom", "floppy": "fd"}.get(kind, "hd")
    return isinstance(device, InterfaceDevice) and boot_device == "network"


def order_of(scene: Scene) -> tuple[str, ...]:
    """The ids of the devices that it tries, the first one first.

    A machine without turns of devices may have an order of kinds; of each the first is tried.
    """
    devices = _bootable(scene)
    turns = [
        (order, id_) for id_, _, device in devices if (order := value_at(device, "boot.order")) is not None
    ]
    if turns:
        return tuple(id_ for _, id_ in sorted(turns))
    values = scene.machine.values or DomainValues()
    kinds = values.boot_devices or (() if values.kernel else ("hd",))
    firsts = (next((id_ for id_, _, device in devices if _is_of(device, kind)), None) for kind in kinds)
    return tuple(dict.fromkeys(id_ for id_ in firsts if id_ is not None))


def _first(scene: Scene) -> Answers:
    return {"order": order_of(scene)}


def _offer(scene: Scene) -> tuple[Option, ...]:
    return tuple(Option(id_, device_words(one.kind, device)) for id_, one, device in _bootable(scene))


def _more(scene: Scene, answers: Answers) -> Iterator[Wish]:
    """The turns of the devices that change, and no order of kinds any more: libvirt takes one of both."""
    wanted: tuple[str, ...] = tuple(answers["order"])
    if wanted == order_of(scene):
        return
    values = scene.machine.values
    if values is not None and values.boot_devices:
        yield ChangeMachine((("boot_devices", ()),), values)
    for id_, one, device in _bootable(scene):
        turn = wanted.index(id_) + 1 if id_ in wanted else None
        if value_at(device, "boot.order") != turn:
            yield ChangeDevice(id_, (("boot.order", turn),), one)


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    order, known = tuple(answers["order"]), {id_ for id_, _, _ in _bootable(scene)}
    if unknown := [id_ for id_ in order if id_ not in known]:
        text = say("Hardware", "It has no device {id} that it could start from.").format(id=unknown[0][:80])
        yield Note("order", text)
    elif not order and order_of(scene):
        yield Note("order", str(say("Hardware", "Choose at least one device that it starts from.")))
    elif order != order_of(scene) and answers["kernel"]:
        text = str(say("Hardware", "It starts the kernel that it is given: the order has no effect."))
        yield Note("order", text, Level.INFO)
    if not answers["kernel"]:
        for name in ("initrd", "kernel_args"):
            if answers[name]:
                yield Note(name, str(_NEEDS_KERNEL))


_MENU = {"": None, "on": True, "off": False}


def _menu(values: DomainValues) -> str:
    return next(word for word, value in _MENU.items() if value is values.boot_menu)


def _put_menu(values: DomainValues, answer: str) -> dict[str, object]:
    # libvirt reads a time only with a menu.
    time_ms = values.boot_menu_timeout_ms if _MENU[answer] else None
    return {"boot_menu": _MENU[answer], "boot_menu_timeout_ms": time_ms}


def _has_menu(answers: Answers) -> bool:
    return answers["menu"] == "on"


FORM = MachineForm(
    kind="boot",
    title=say("Hardware", "Start order"),
    icon="list-ordered",
    first=_first,
    more=_more,
    judge=_judge,
    knobs=(
        Knob(
            Ordered(
                "order",
                say("Hardware", "Start from"),
                hint=say("Hardware", "It tries the ticked ones from top to bottom until one has a system."),
            ),
            offer=_offer,
        ),
        Knob(
            Choice(
                "menu",
                say("Hardware", "Menu to choose from while it starts"),
                options=(
                    Option("", say("Hardware", "The default")),
                    Option("on", say("Hardware", "Shown")),
                    Option("off", say("Hardware", "Not shown")),
                ),
            ),
            get=_menu,
            put=_put_menu,
        ),
        Knob(
            Number(
                "menu_time",
                say("Hardware", "How long the menu waits"),
                least=0,
                most=65535,
                step=1000,
                unit=say("Hardware", "ms"),
                empty=say("Hardware", "The default"),
                shown=_has_menu,
            ),
            "boot_menu_timeout_ms",
        ),
        Knob(
            Number(
                "retry",
                say("Hardware", "Look again when nothing was found, after"),
                least=-1,
                most=65535,
                step=1000,
                unit=say("Hardware", "ms"),
                empty=say("Hardware", "The default: never"),
                folded=True,
            ),
            "bios_reboot_timeout_ms",
            folded=True,
        ),
        Knob(
            Text(
                "kernel",
                say("Hardware", "Kernel"),
                hint=say("Hardware", "None: it starts as above"),
                folded=True,
                help=say("Hardware", "Path of a kernel on the host that is started at once"),
            ),
            "kernel",
            folded=True,
        ),
        Knob(Text("initrd", say("Hardware", "Initial RAM disk"), folded=True), "initrd", folded=True),
        Knob(
            Text("kernel_args", say("Hardware", "Kernel arguments"), folded=True),
            "kernel_arguments",
            folded=True,
        ),
    ),
)
