"""A device that a machine has, and another answer for each of its form's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """`device`: of `model/device_*.py`, as it stands in the definition at first; None: the case is about the machine itself.

    `answers`: for every knob of the form that the device shows an answer that is none of its present one; each is applied
    alone, read back, and everything else must be as it was; of a running machine one upon the other, in their order.
    `also`: by field, the answers that it makes no sense without (the port of another kind of socket). `fails`: answers
    that must be refused in words, by field.
    """

    kind: str
    device: object = None
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    fails: Mapping[str, Any] = field(default_factory=dict[str, Any])
    starts: bool = True  # the lab can run a machine with it
    machine_xml: str = ""  # put into <domain> beside <devices> where the device needs it
    name: str = ""  # where a kind has several cases
    hosts: str = ""  # letters of those that have it; empty: all
    also: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
