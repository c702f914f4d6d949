"""What is typed of a device, `KEY=VALUE,KEY=VALUE`, read by the fields of its form; nothing here is about one kind.

A value may be a password: no message has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from vmgui.cli.verb import WrongUse
from vmgui.commands.fields import (
    Amount,
    Answers,
    Capacity,
    Choice,
    Number,
    OnOff,
    Option,
    Quantity,
    Sentence,
    Size,
    Text,
)
from vmgui.commands.hardware.every import DEVICES, MACHINE
from vmgui.commands.hardware.form import DeviceForm, Knob, MachineForm, Scene, offers
from vmgui.model.errors import InvalidConfig
from vmgui.policy.plain_text import visible
from vmgui.words.say import Say, say

MEDIUM_KEYS = ("medium", "force")
_NOTHING = ("", "default", "none")
_GUESS = say("CommandLine", "(did you mean {word}?)")
# A comma separates where another key follows: one in a path is the path's own.
_NEXT = re.compile(r",(?=[A-Za-z][A-Za-z0-9_-]*=)")

AnyForm = DeviceForm | MachineForm


def split(words: Iterable[str]) -> list[tuple[str, str]]:
    """The keys and what is typed for them; `,,` is a comma. Raises ValueError that says what is wrong."""
    found: list[tuple[str, str]] = []
    for word in words:
        for part in _NEXT.split(word.replace(",,", "\0")):
            key, equals, value = part.replace("\0", ",").partition("=")
            if not equals or not key:
                raise ValueError("give settings as KEY=VALUE")
            key = key_of(key.lower())
            if any(key == known for known, _ in found):
                raise ValueError(f"{visible(key, 40)!r} is given twice")
            found.append((key, value))
    return found


def kind_named(word: str) -> DeviceForm:
    """The form about devices of a kind. Raises ValueError that says which there are."""
    names = {name: form for form in DEVICES for name in (form.kind, *form.called)}
    found = names.get(word.lower())
    if found is None:
        there = ", ".join(form.kind for form in DEVICES)
        raise ValueError(
            f"there is no kind of device {_quoted(word)}{_closest(word, names)}: there are {there}"
        )
    return found


def machine_form(id_: str) -> MachineForm | None:
    """The one about what a machine is beside its devices."""
    return next((form for form in MACHINE if form.kind == id_), None)


def keys_of(form: AnyForm) -> dict[str, Knob]:
    """The keys that its own knobs are set by."""
    return {key_of(knob.name): knob for knob in form.knobs if not isinstance(knob.field, Sentence)}


def other_keys(form: AnyForm) -> Mapping[str, Mapping[str, str]]:
    """Other words for some of them, each with the knobs that it stands for and how."""
    return form.keys if isinstance(form, DeviceForm) else {}


def is_secret(knob: Knob) -> bool:
    """Whether its answer must be shown to nobody."""
    return isinstance(knob.field, Text) and knob.field.secret


def named_knobs(form: AnyForm, typed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is typed by the knobs' names. Raises ValueError that says which keys there are."""
    known, others = keys_of(form), other_keys(form)
    found: dict[str, str] = {}
    secret = False
    for key, text in typed:
        if key in known:
            given = {known[key].name: text}
        elif key in others:
            given = {name: how.format(text) for name, how in others[key].items()}
        else:
            # What stands behind a password may be the end of it.
            quoted = "" if secret else f" {_quoted(key)}{_closest(key, (*known, *others))}"
            there = ", ".join((*known, *others))
            raise ValueError(f"{form.kind} has no key{quoted}: there are {there}")
        secret = secret or any(is_secret(knob) for knob in known.values() if knob.name in given)
        twice = next((name for name in given if name in found), None)
        if twice is not None:
            raise ValueError(f"{_quoted(key)} says {_quoted(twice)} another time")
        found |= given
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what is typed for the knobs of one form, beside what is there and what is offered."""

    form: AnyForm
    scene: Scene
    truth: Answers
    device: Any  # as it is, or the suggestion for a new one

    def answers(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """Of all knobs that are asked. Raises WrongUse for what cannot be meant, InvalidConfig, whose detail is
        a sentence, for what is not possible here."""
        means = offers(self.form.knobs, self.scene, self.truth)
        knobs = {knob.name: knob for knob in self.form.knobs}
        for name in typed:
            if name not in self.truth:
                words = say("CommandLine", "{key} is not to be chosen here.")
                raise InvalidConfig(words.format(key=key_of(name)))
        read = {name: self._read(knobs[name], text, means.get(name)) for name, text in typed.items()}
        return self._implied({**self.truth, **read}, read, means)

    def _read(self, knob: Knob, text: str, means: Any) -> Any:
        if isinstance(knob.field, Choice) and means:
            return _option(knob, text, means)
        if isinstance(means, str | Say) and str(means):
            raise InvalidConfig(f"{key_of(knob.name)}: {means}")
        try:
            value = knob.field.parse(text)
        except ValueError as error:
            if text in _NOTHING and self._may_be_none(knob):
                return None
            why = say("CommandLine", "it is not accepted") if is_secret(knob) else error
            raise WrongUse(f"vmgui: {key_of(knob.name)}: {why}") from None
        if isinstance(means, Capacity) and not means.least <= value <= means.most:
            words = say("CommandLine", "{key} can be from {least} to {most}.")
            least, most = (knob.field.print(bound) for bound in (means.least, means.most))
            raise InvalidConfig(words.format(key=key_of(knob.name), least=least, most=most))
        return value

    def _may_be_none(self, knob: Knob) -> bool:
        try:
            return self.device is not None and knob.answer(type(self.device)()) is None
        except TypeError:  # a class of which nothing is empty
            return False

    def _implied(self, answers: dict[str, Any], given: Answers, means: Mapping[str, Any]) -> dict[str, Any]:
        """With `path=` given, that it is an existing file need not be said: the answer by which all is asked for."""
        knobs = {knob.name: knob for knob in self.form.knobs}

        def hidden(tried: Answers) -> list[str]:
            return [
                name for name in given if (shown := knobs[name].field.shown) is not None and not shown(tried)
            ]

        if not hidden(answers):
            return answers
        for name, knob in knobs.items():
            if isinstance(knob.field, Choice) and name not in given:
                for option in means.get(name, ()):
                    tried = {**answers, name: option.value}
                    if not str(option.why_not) and not hidden(tried):
                        return tried
        keys = ", ".join(map(key_of, hidden(answers)))
        raise InvalidConfig(say("CommandLine", "{keys} does not go with the other values.").format(keys=keys))


def _option(knob: Knob, text: str, options: Sequence[Option]) -> Any:
    """The answer of this word, or of the words that a person reads."""
    words = {option.word: option for option in options}
    found = words.get(text) or (words.get("") if text in _NOTHING else None)
    if found is None:
        found = next((option for option in options if _same(text, option)), None)
    if found is None:
        there = ", ".join(_lines(options)) or str(say("CommandLine", "nothing"))
        sentence = say("CommandLine", "{key} cannot be {value}{closest}: there is {options}").format(
            key=key_of(knob.name), value=_quoted(text), closest=_closest(text, words, _GUESS), options=there
        )
        # What only this host, or this machine, lacks is there elsewhere.
        is_fixed = isinstance(knob.field, Choice) and bool(knob.field.options)
        raise WrongUse(f"vmgui: {sentence}") if is_fixed else InvalidConfig(sentence)
    if str(found.why_not):
        raise InvalidConfig(f"{key_of(knob.name)}={visible(found.word, 60)}: {found.why_not}")
    return found.value


def _same(text: str, option: Option) -> bool:
    label = option.label.plain if isinstance(option.label, Say) else option.label
    return text.casefold() in (option.word.casefold(), label.casefold())


def _lines(options: Iterable[Option]) -> Iterator[str]:
    """What can be chosen, and why not what cannot."""
    for option in options:
        word = visible(option.word, 60) or "default"
        why_not = str(option.why_not)
        yield f"{word} ({why_not})" if why_not else word


def key_of(name: str) -> str:
    """As it is typed."""
    return name.replace("_", "-")


def _quoted(word: str) -> str:
    return repr(visible(word, 60))


def _closest(word: str, known: Iterable[str], guess: str | Say = _GUESS.text) -> str:
    """What may have been meant; in the sentences about wrong use, which are English, in English."""
    found = get_close_matches(word.lower(), list(known), 1)
    return f" {guess.format(word=_quoted(found[0]))}" if found and found[0] else ""


def described(form: AnyForm) -> Iterator[tuple[str, str, str]]:
    """Each key, what can be typed for it, and what it is."""
    for key, knob in keys_of(form).items():
        yield key, typed_for(knob), knob.field.plain
    for key, knobs in other_keys(form).items():
        yield key, "VALUE", ", ".join(f"{key_of(name)}={how.format('VALUE')}" for name, how in knobs.items())


def typed_for(knob: Knob) -> str:
    """What can be typed for it, in short."""
    field = knob.field
    if isinstance(field, OnOff):
        return "on|off"
    if isinstance(field, Choice) and field.options:
        return "|".join(option.word or "default" for option in field.options)
    sizes = isinstance(field, Size) or (isinstance(field, Amount) and field.quantity is not Quantity.COUNT)
    if sizes:
        return "SIZE"
    return field.metavar or ("N" if isinstance(field, Amount | Number) else "VALUE")
