"""What a person is asked before something that cannot be taken back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """All texts translated; `typed_name` not empty: the person must type it to go on."""

    title: str  # "Force off web-01?"
    text: str  # what will happen
    confirm_label: str
    consequence: str = ""  # what is lost
    danger: bool = True
    typed_name: str = ""
    cancel_label: str = ""
    other_label: str = ""  # another way of going on: "Remove at the next start"
