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
    `along`: what has to be answered with one of them, by its
    field (a port with "tcp"). `fails`: answers that must be refused in words, by field. `new`: what a person has to answer
    of a new one.
    """

    kind: str
    device: object = None
    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    along: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    new: Mapping[str, Any] = field(default_factory=dict[str, Any])
    fails: Mapping[str, Any] = field(default_factory=dict[str, Any])
    starts: bool = True  # the lab can run a machine with it
    machine_xml: str = ""  # put into <domain> beside <devices> where the device needs it
    name: str = ""  # where a kind has several cases
