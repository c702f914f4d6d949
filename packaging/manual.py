"""The manual page's section on verbs, made from their declarations and those of the forms about devices: `packaging/manual` writes it into vmgui.1.

The page is committed, since a wheel's build has none of the program's dependencies; a test fails where it is stale.
"""

import re
import textwrap
from argparse import Action, ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vmgui.cli.call import add_common
from vmgui.cli.device_settings import described
from vmgui.cli.main import all_verbs
from vmgui.commands.hardware.every import DEVICES, MACHINE

PAGE = Path(__file__).resolve().parent / "vmgui.1"
SHARED_BY = 3
"""What so many verbs take is described once."""
_WIDTH = 78

_HEAD = """\
.Sh VERBS
.\\" Made by packaging/manual: change the verbs, not this section.
With a verb no window is opened and no display is needed.
The answer is printed, as a table or, with
.Fl -json ,
as one JSON document; what else there is to tell goes to the standard error.
A machine,
.Ar VM ,
is
.Ar NAME ,
.Ar UUID
or
.Ar HOST/NAME ,
where
.Ar HOST
is a name or an address.
While a host that is asked does not answer,
.Ar NAME
alone is refused by what destroys something.
"""


class Recorder(ArgumentParser):
    """Knows what was added to it."""

    def __init__(self) -> None:
        super().__init__(add_help=False)
        self.known: list[Action] = []

    def add_argument(self, *names: str, **how: Any) -> Action:  # type: ignore[override]
        action = super().add_argument(*names, **how)
        self.known.append(action)
        return action

    def add_argument_group(self, *words: Any, **how: Any) -> Any:
        # The parser makes groups of its own before it is one.
        return self if "known" in vars(self) else super().add_argument_group(*words, **how)


def page() -> str:
    """The whole page as it should be."""
    text = PAGE.read_text()
    before, _, rest = text.partition(".Sh VERBS\n")
    return f"{before}{section()}{rest[rest.index('.Sh ') :]}"


def section() -> str:
    """The section on verbs."""
    verbs = all_verbs()
    of_verbs = {name: _recorded(verb.add_arguments) for name, verb in verbs.items()}
    users = Counter(action.dest for known in of_verbs.values() for action in known if action.option_strings)
    shared = {dest for dest, count in users.items() if count >= SHARED_BY}
    lines = [".Bl -tag -width Ds"]
    for name, known in of_verbs.items():
        own = [action for action in known if action.option_strings and action.dest not in shared]
        words = [_usage(action) for action in known if not action.option_strings]
        lines.append(" ".join([f".It Cm {name}", *words, *(f"Op {_option(action)}" for action in own)]))
        lines += _prose(str(verbs[name].summary))
        lines += _options(own)
    lines += [".El", ".Pp", "Verbs that name machines or change them take these options:"]
    lines += _options(
        {
            action.dest: action for known in of_verbs.values() for action in known if action.dest in shared
        }.values()
    )
    lines += [".Pp", "Each verb takes these, before it or after it:"]
    lines += _options(_recorded(add_common))
    lines += _kinds()
    return _HEAD + "\n".join(lines) + "\n"


def _kinds() -> Iterator[str]:
    """What `device add` and `device change` know."""
    yield ".Ss Kinds of devices and their keys"
    yield from _prose(
        "A device that is added is what the window suggests, but for the keys that are given."
        " Several settings in one word have commas between them; a comma in a value that another key follows is ,,."
        " A password that is - is read from the standard input."
        " The last kinds are no devices: they are the identifiers under which"
    )
    yield ".Cm device change"
    yield "has what the machine is beside its devices."
    yield ".Bl -tag -width Ds"
    for form in (*DEVICES, *MACHINE):
        names = " , ".join(f"Cm {name}" for name in (form.kind, *getattr(form, "called", ())))
        yield f".It {names}"
        yield from _prose(f"{form.title.plain}.")
        yield ".Bl -tag -width Ds -compact"
        for key, values, words in described(form):
            yield f".It Cm {key} Ns = Ns Ar {values.replace('|', ' | ')}"
            yield from _prose(f"{words}.")
        yield ".El"
    yield ".El"


def _recorded(add: Any) -> list[Action]:
    recorder = Recorder()
    add(recorder)
    return recorder.known


def _usage(action: Action) -> str:
    words = str(action.metavar or action.dest)
    if "|" in words:
        return " ".join(" | ".join(f"Cm {word}" for word in words.split("|")).split())
    return f"Ar {words} ..." if action.nargs == "*" else f"Ar {words}"


def _option(action: Action) -> str:
    name = f"Fl -{action.option_strings[-1].removeprefix('--')}"
    if action.choices:
        return f"{name} {' | '.join(f'Cm {choice}' for choice in action.choices)}"
    return name if action.nargs == 0 else f"{name} Ar {action.metavar or action.dest.upper()}"


def _options(actions: Iterable[Action]) -> Iterator[str]:
    actions = list(actions)
    if not actions:
        return
    yield ".Bl -tag -width Ds"
    for action in actions:
        yield f".It {_option(action)}"
        words = str(action.help or "") % {"default": action.default}
        yield from _prose(f"{words[:1].upper()}{words[1:]}.")
    yield ".El"


def _prose(text: str) -> list[str]:
    """A line for each sentence, as mdoc wants it, none too long."""
    sentences = re.split(r"(?<=[.;]) ", text.replace("\\", "\\e"))
    return [
        line for sentence in sentences for line in textwrap.wrap(sentence, _WIDTH, break_on_hyphens=False)
    ]


if __name__ == "__main__":
    PAGE.write_text(page())
