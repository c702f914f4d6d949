"""Controllers: USB, SCSI, virtio-serial, SATA, and ports for devices that are added later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from vmgui.commands.fields import Answers, Choice, Limit, LimitUnit, Number, Option
from vmgui.commands.hardware.form import DeviceForm, Knob, Scene, is_new
from vmgui.model.device_parts import Virtio
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.hardware import AddDevice, Wish
from vmgui.policy.hardware_disks import has_controller
from vmgui.words.note import Level, Note
from vmgui.words.say import say

PORT = "pcie-root-port"
MOST_PORTS = 32
_XHCI_PORTS = 15

_TYPES = (
    Option(PORT, say("Hardware", "PCIe ports, for devices added later")),
    Option("usb", "USB"),
    Option("scsi", "SCSI"),
    Option("virtio-serial", say("Hardware", "VirtIO serial (channels and consoles)")),
    Option("sata", "SATA"),
)
_MODELS = {
    "usb": (
        Option("qemu-xhci", say("Hardware", "USB 3 (qemu-xhci)")),
        Option("nec-xhci", say("Hardware", "USB 3 (nec-xhci)")),
        Option("ehci", say("Hardware", "USB 2 (ehci)")),
        Option("piix3-uhci", say("Hardware", "USB 1.1 (piix3-uhci)")),
        Option("pci-ohci", say("Hardware", "USB 1.1 (pci-ohci)")),
    ),
    "scsi": (
        Option("virtio-scsi", say("Hardware", "VirtIO SCSI (fastest)")),
        Option("lsilogic", say("Hardware", "LSI Logic 53C895A")),
        Option("lsisas1068", say("Hardware", "LSI SAS 1068")),
        Option("lsisas1078", say("Hardware", "LSI SAS 1078")),
    ),
}
_WITH_PORTS = ("usb", "virtio-serial")
_USUAL = Option("", say("Hardware", "The usual one"))
_FIRST_MODELS = {"usb": "qemu-xhci", "scsi": "virtio-scsi", PORT: PORT}


def has_pcie(scene: Scene) -> bool:
    """Whether the machine's board has PCIe."""
    return any(
        isinstance(one, ControllerDevice) and one.kind == "pci" and one.model == "pcie-root"
        for listed in scene.machine.devices
        for one in (listed.live, listed.saved)
    )


def spare_ports(count: int) -> tuple[AddDevice, ...]:
    """So many ports for devices that are added while the machine runs."""
    return tuple(AddDevice(ControllerDevice(kind="pci", model=PORT)) for _ in range(count))


def _fresh(scene: Scene) -> ControllerDevice:
    if has_pcie(scene):
        return ControllerDevice(kind="pci", model=PORT)
    kind = "usb" if has_controller(scene.machine, "scsi") else "scsi"
    return ControllerDevice(kind=kind, model=_FIRST_MODELS[kind])


def _first(scene: Scene) -> Answers:
    if scene.listed is not None:
        return {}
    fresh = _fresh(scene)
    return {"type": fresh.model if fresh.kind == "pci" else fresh.kind, "count": 1, "model": ""}


def _follow(scene: Scene, device: ControllerDevice, answers: Answers) -> Mapping[str, object]:
    if scene.listed is not None:
        return {}
    kind = answers["type"]
    model = (answers["model"] if kind in _MODELS else "") or _FIRST_MODELS.get(kind, "")
    return {
        "kind": "pci" if kind == PORT else kind,
        "model": model,
        "ports": device.ports if kind in _WITH_PORTS else None,
        "queues": device.queues if kind == "scsi" else None,
    }


def _types(scene: Scene) -> tuple[Option, ...]:
    if has_pcie(scene):
        return _TYPES
    first, *rest = _TYPES
    why_not = say("Hardware", "This machine's board has no PCIe.")
    return (Option(first.value, first.label, why_not=why_not), *rest)


def _of(*types: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get("type") in types


def _kept_in(*kinds: str) -> Callable[[Scene], bool]:
    """Whether it is new, or of one of these kinds."""
    return lambda scene: scene.kept is None or scene.kept.kind in kinds


def _has_models(scene: Scene) -> bool:
    """USB 2 is a family of controllers that fit each other: none of it is changed alone."""
    kept = scene.kept
    if kept is None:
        return True
    return kept.kind in _MODELS and not kept.model.startswith("ich9") and not kept.master_start_port


def _models(scene: Scene) -> tuple[Option, ...]:
    if scene.kept is not None:
        return _MODELS.get(scene.kept.kind, ())
    return (_USUAL, *(option for models in _MODELS.values() for option in models))


def _model_put(_device: ControllerDevice, answer: str) -> Mapping[str, object]:
    if not answer:
        return {}
    # Another card may not fit where this one sits.
    values: dict[str, object] = {"model": answer, "address": None}
    if answer != "virtio-scsi":
        values |= {
            "queues": None,
            "commands_per_lun": None,
            "max_sectors": None,
            "io_event_fd": None,
            "io_thread": None,
            "io_threads": (),
            "virtio": Virtio(),
        }
    return values


def _asks_model(answers: Answers) -> bool:
    return answers.get("type", "usb") in _MODELS


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    kind = answers.get("type") or (scene.kept.kind if scene.kept is not None else "")
    model = answers.get("model") or _FIRST_MODELS.get(kind, "")
    if scene.kept is None and kind in _MODELS and model not in [one.value for one in _MODELS[kind]]:
        yield Note("model", str(say("Hardware", "No controller of this kind has this model.")), Level.ERROR)
    ports = answers.get("ports")
    if kind == "usb" and ports is not None:
        if not model.endswith("xhci"):
            yield Note("ports", str(say("Hardware", "Only USB 3 has a number of ports.")), Level.ERROR)
        elif ports > _XHCI_PORTS:
            text = say("Hardware", "At most {count} ports.").format(count=_XHCI_PORTS)
            yield Note("ports", text, Level.ERROR)
    if kind == "scsi" and answers.get("queues") is not None and model != "virtio-scsi":
        yield Note("queues", str(say("Hardware", "Only VirtIO SCSI has queues.")), Level.ERROR)


def _more(scene: Scene, answers: Answers) -> Iterator[Wish]:
    if scene.listed is None and answers["type"] == PORT:
        yield from spare_ports(answers["count"] - 1)


_COUNT = Number("count", say("Hardware", "How many"), least=1, most=MOST_PORTS, shown=_of(PORT))


def _has_ports(answers: Answers) -> bool:
    return answers.get("type", "usb") in _WITH_PORTS


def _has_queues(answers: Answers) -> bool:
    return answers.get("type", "scsi") == "scsi"


FORM = DeviceForm(
    kind="controller",
    tag="controller",
    title=say("Hardware", "Controller"),
    icon="circuit-board",
    fresh=_fresh,
    first=_first,
    judge=_judge,
    more=_more,
    follow=_follow,
    knobs=(
        Knob(Choice("type", say("Hardware", "Kind"), options=_TYPES), offer=_types, when=is_new),
        Knob(_COUNT, when=is_new),
        Knob(
            Choice("model", say("Hardware", "Model"), shown=_asks_model),
            get=lambda device: device.model,
            put=_model_put,
            offer=_models,
            when=_has_models,
        ),
        Knob(
            Limit(
                "ports",
                say("Hardware", "Ports"),
                shown=_has_ports,
                unit=LimitUnit.COUNT,
                none_words=say("Hardware", "Default"),
            ),
            "ports",
            when=_kept_in(*_WITH_PORTS),
            folded=True,
        ),
        Knob(
            Limit(
                "queues",
                say("Hardware", "Queues"),
                shown=_has_queues,
                unit=LimitUnit.COUNT,
                none_words=say("Hardware", "Default"),
            ),
            "queues",
            when=_kept_in("scsi"),
            folded=True,
        ),
    ),
)
