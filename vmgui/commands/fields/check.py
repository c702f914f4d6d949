"""Something that is wished or not."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any

from vmgui.commands.fields.field import Field
from vmgui.commands.fields.on_off import OnOff


@dataclass(frozen=True, slots=True)
class Check(OnOff):
    """Its answer is a bool; on the command line an option that is there or not, in a list of settings `on` or `off`."""

    def add_to(self, parser: ArgumentParser, **more: Any) -> None:
        """As an option without a value."""
        Field.add_to(self, parser, **{"action": "store_true", "type": None, **more})
