"""What the widgets of all kinds of fields have in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, SignalInstance
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Field
from vmgui.policy.plain_text import visible
from vmgui.ui.look.plain import Label, no_key
from vmgui.ui.look.theme import SPACE
from vmgui.words.say import Say

translate = QCoreApplication.translate


class Control:
    """One field on screen: `widget` stands in the form, `input` is what a person types into or ticks."""

    is_captioned = True  # its label stands beside or above it
    is_tall = False  # of several lines: its label beside it stands at its top
    alignment = Qt.AlignmentFlag(0)
    air_px = SPACE  # on a page, between it and what stands above it
    note_px = 0  # how far its notes stand in
    is_empty = False  # there is nothing to choose or to read: it is not shown
    why_not = ""  # why it cannot be answered; empty: it can
    below: Label | None = None  # more about the answer, under its notes
    of = ""  # what it is about, where a form asks the same of several

    def __init__(self, field: Field, name: str, widget: QWidget, changed: SignalInstance | None) -> None:
        self.field = field
        self.name = name
        self.changed = changed
        self.widget = self.input = widget
        widget.setObjectName(name)

    def show(self, value: Any) -> None:
        """Show this answer."""
        raise NotImplementedError

    def show_news(self, value: Any) -> None:
        """Show this answer, which nobody here gave; what a person is typing stays under the fingers."""
        self.show(value)

    @property
    def problem(self) -> str:
        """What is needed in place of what is typed and is no answer; empty: nothing."""
        return ""

    def read(self) -> Any:
        """The answer that is shown."""
        raise NotImplementedError

    def offer(self, means: Any) -> None:
        """What there is to answer it with: options, a range, or why it cannot be answered."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.input.setAccessibleName(self.spoken)

    @property
    def spoken(self) -> str:
        """Its label as a screen reader says it: "Size", or "Size of vda"."""
        if not self.of:
            return self.field.plain
        return translate("Form", "{field} of {thing}").format(field=self.field.plain, thing=visible(self.of))

    @property
    def caption(self) -> str:
        """Its label, with the key that leads to it."""
        return caption(self.field.label)


def caption(label: Say | str) -> str:
    """For a label with a buddy, a check box, a button: no letter of others' words becomes its key."""
    return str(label) if isinstance(label, Say) else no_key(label)
