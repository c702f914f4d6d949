"""Shows exactly what deleting a virtual machine takes with it and what stays, and why; then asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.deletion import DeletionPlan, DoomedFile
from vmgui.policy.domain_names import with_host
from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.ui.deletion.question import DeletionQuestion, Typing
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.plain import Label, no_key, tip
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.ui.look.scroll import Scroll
from vmgui.ui.look.theme import SPACE, SPACE_S, TextRole, set_role
from vmgui.words import quantities as fmt
from vmgui.words.deletion import (
    always_gone,
    doubt_words,
    keep_words,
    link_words,
    not_asked_words,
    not_read_words,
    size_words,
    start_words,
    target_words,
)


class DeleteDialog(DeletionQuestion):
    """One machine; `chosen_paths` are the files to delete with it.

    `apart`: its host's name where another host has a machine of that name.
    """

    def __init__(self, plan: DeletionPlan, parent: QWidget | None, *, apart: str = "") -> None:
        typing = Typing(
            self.tr("&Type {name} to go on:").format(name=no_key(plan.name)),
            self.tr("Name of the virtual machine"),
        )
        super().__init__(
            self.tr("Delete {name}?").format(name=visible(with_host(plan.name, apart))), typing, parent
        )
        self._plan = plan
        self._boxes: list[tuple[QCheckBox, DoomedFile]] = []
        self.setMinimumSize(560, 320)
        self._inside = QWidget()
        self._area = self._list(self._inside)
        self.middle.addWidget(self._area, 1)
        self._on_changed()

    @property
    def chosen_paths(self) -> frozenset[str]:
        """The files that are to go."""
        return frozenset(file.path for box, file in self._boxes if box.isChecked() and box.isEnabled())

    def showEvent(self, event: QShowEvent) -> None:
        """As high as nothing scrolls, where the screen is."""
        super().showEvent(event)
        if event.spontaneous():
            return
        room = self._area.viewport().size()
        missing_px = self._inside.heightForWidth(room.width()) - room.height()
        if missing_px > 0:
            resize_within_screen(self, self.width(), self.height() + missing_px)

    def _list(self, inside: QWidget) -> QScrollArea:
        inside.setProperty("pane", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE_S)
        plan = self._plan
        if plan.active:
            column.addWidget(
                self._line(
                    "triangle-alert", IconRole.WARNING, self.tr("It is running and is forced off first.")
                )
            )
            column.addSpacing(SPACE)
        column.addWidget(self._heading(self.tr("Always goes")))
        column.addWidget(
            self._line("x", IconRole.DANGER, self.tr("The definition: name, devices, settings and notes"))
        )
        for text in always_gone(plan):
            column.addWidget(self._line("x", IconRole.DANGER, text))
        offered = [file for file in plan.files if file.can_delete]
        kept = [file for file in plan.files if not file.can_delete]
        if offered:
            column.addSpacing(SPACE)
            column.addWidget(self._heading(self.tr("Goes if ticked")))
            for number, file in enumerate(offered):
                column.addWidget(self._offer(number, file))
                for words in filter(None, (start_words(file), link_words(file))):
                    column.addWidget(self._line("info", IconRole.MUTED, words))
                if doubt := doubt_words(file):
                    column.addWidget(self._line("triangle-alert", IconRole.WARNING, doubt))
            if not_asked := not_asked_words((plan,)):
                column.addWidget(self._line("triangle-alert", IconRole.WARNING, not_asked))
        for not_read in not_read_words((plan,)):
            column.addWidget(self._line("triangle-alert", IconRole.WARNING, not_read))
        if kept:
            column.addSpacing(SPACE)
            column.addWidget(self._heading(self.tr("Stays")))
            for file in kept:
                text = f"{target_words(file.target)}: {visible(file.path, TEXT_CHARS)}\n{keep_words(file)}"
                column.addWidget(self._line("lock", IconRole.MUTED, text))
        column.addStretch(1)
        area = Scroll(inside, self)
        area.setObjectName("delete-list")
        area.setAccessibleName(self.tr("What goes and what stays"))
        return area

    def _heading(self, text: str) -> Label:
        label = Label(text, self)
        set_role(label, TextRole.STRONG)
        return label

    def _line(self, icon_name: str, role: IconRole, text: str) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        mark = Label(row)
        mark.setPixmap(pixmap(icon_name, role, 16, self.devicePixelRatioF()))
        words = Label(text, row)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        return row

    def _offer(self, number: int, file: DoomedFile) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        box = QCheckBox(row)
        box.setObjectName(f"delete-file-{number}")
        path = visible(file.path, TEXT_CHARS)
        text = f"{target_words(file.target)}: {path}"
        box.setText(no_key(text, TEXT_CHARS))
        box.setToolTip(tip(path))
        box.setAccessibleName(text)
        described = (size_words(file), link_words(file), doubt_words(file))
        box.setAccessibleDescription(" ".join(filter(None, described)))
        box.setChecked(file.is_chosen)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.toggled.connect(self._on_changed)
        size = Label(size_words(file), row)
        size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(box, 1)
        line.addWidget(size)
        self._boxes.append((box, file))
        return row

    @Slot()
    def _on_changed(self, _value: object = None) -> None:
        chosen = [file for box, file in self._boxes if box.isChecked()]
        going = sum(file.allocation_bytes for file in chosen)
        if chosen:
            text = self.tr("%n file(s) with {size} will be deleted. This cannot be undone.", "", len(chosen))
            label = self.tr("Delete with %n file(s)", "", len(chosen))
        else:
            text = self.tr("No disk will be deleted. The definition cannot be brought back.")
            label = self.tr("Delete")
        self.tell(text.format(size=fmt.size_bytes(going)), label, going, self._plan.name)
