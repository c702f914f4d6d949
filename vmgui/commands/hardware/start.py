"""What a machine is called, whether it starts with its host, and what becomes of it when its system ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vmgui.commands.fields import Answers, Check, Choice, Option, Text
from vmgui.commands.hardware.form import Knob, MachineForm, Scene
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import SetAutostart, Wish
from vmgui.policy.device_values import value_at
from vmgui.words.note import Note
from vmgui.words.say import say

_TURN_OFF = Option("destroy", say("Hardware", "Turn it off"))
_RESTART = Option("restart", say("Hardware", "Start it again"))
_KEEP = Option(
    "preserve",
    say("Hardware", "Keep it as it is"),
    say("Hardware", "It stays in memory, so that it can be examined, until it is turned off."),
)
_DUMP_OFF = Option(
    "coredump-destroy",
    say("Hardware", "Write its memory to a file, then turn it off"),
    say("Hardware", "The file stands in the host’s folder for crash dumps."),
)
_DUMP_RESTART = Option(
    "coredump-restart", say("Hardware", "Write its memory to a file, then start it again"), _DUMP_OFF.hint
)
_NO_ANSWER = Option("", say("Hardware", "The default"))
_QEMU = frozenset({"kvm", "qemu", "hvf"})


def _options(path: str, *options: Option) -> Callable[[Scene], tuple[Option, ...]]:
    """libvirt writes its default where nothing is said, so nobody can choose to say nothing."""

    def offer(scene: Scene) -> tuple[Option, ...]:
        values = scene.machine.values or DomainValues()
        return (*(() if value_at(values, path) else (_NO_ANSWER,)), *options)

    return offer


def _first(scene: Scene) -> Answers:
    return {"autostart": bool(scene.machine.autostart)}


def _why_no_autostart(scene: Scene) -> str:
    machine = scene.machine
    if not machine.is_persistent:
        return str(say("Hardware", "It is kept nowhere: when it is turned off it is gone."))
    if machine.autostart is None:
        return str(say("Hardware", "Its host does not say whether it starts with it."))
    return ""


def _more(scene: Scene, answers: Answers) -> Iterator[Wish]:
    if scene.machine.autostart is not None and answers["autostart"] is not scene.machine.autostart:
        yield SetAutostart(answers["autostart"])


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    if "\n" in answers["title"]:
        yield Note("title", str(say("Hardware", "A title has no line breaks.")))
    values = scene.machine.values
    if values is not None and values.domain_type not in _QEMU:
        return
    if answers["on_poweroff"] == "restart" and answers["on_reboot"] == "destroy":
        text = say(
            "Hardware",
            "No host can do both: start it again when it turns itself off, and turn it off when it restarts."
            " Choose another answer to one of the two.",
        )
        yield Note("on_reboot", str(text))


FORM = MachineForm(
    kind="start",
    title=say("Hardware", "Start and events"),
    icon="power",
    first=_first,
    more=_more,
    judge=_judge,
    knobs=(
        Knob(Text("title", say("Hardware", "Title"), hint=say("Hardware", "A longer name")), "title"),
        Knob(Text("description", say("Hardware", "Description"), lines=4), "description"),
        Knob(Check("autostart", say("Hardware", "Start it with its host")), offer=_why_no_autostart),
        Knob(
            Choice(
                "on_poweroff",
                say("Hardware", "When its system turns it off"),
                options=(_TURN_OFF, _RESTART),
            ),
            "on_poweroff",
            offer=_options("on_poweroff", _TURN_OFF, _RESTART),
        ),
        Knob(
            Choice(
                "on_reboot",
                say("Hardware", "When its system restarts it"),
                options=(_RESTART, _TURN_OFF),
            ),
            "on_reboot",
            offer=_options("on_reboot", _RESTART, _TURN_OFF),
        ),
        Knob(
            Choice(
                "on_crash",
                say("Hardware", "When its system crashes"),
                options=(_TURN_OFF, _RESTART, _KEEP, _DUMP_OFF, _DUMP_RESTART),
            ),
            "on_crash",
            offer=_options("on_crash", _TURN_OFF, _RESTART, _KEEP, _DUMP_OFF, _DUMP_RESTART),
        ),
    ),
)
