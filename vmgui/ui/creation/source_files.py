"""The files of one kind of source: their fields, what was found out about them, and how to mend it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.offer import Field, MediumIssueKind, Problem, ProblemKind
from vmgui.policy.creation import FILE_POOLS, offered_pools
from vmgui.ui.creation.file_field import FileField, FileUse
from vmgui.ui.creation.form import Level, add_field, worst_level
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_S
from vmgui.words import creation as creation_words
from vmgui.words import quantities as fmt
from vmgui.words.creation_problems import problem_text

_USES = {
    SourceKind.CDROM: (FileUse.CDROM,),
    SourceKind.DISK_IMAGE: (FileUse.DISK,),
    SourceKind.KERNEL: (FileUse.KERNEL, FileUse.INITRD),
}
_FIELDS = {
    FileUse.CDROM: Field.CDROM,
    FileUse.DISK: Field.DISK_IMAGE,
    FileUse.KERNEL: Field.KERNEL,
    FileUse.INITRD: Field.INITRD,
}
_ANSWERS = {
    FileUse.CDROM: "cdrom",
    FileUse.DISK: "disk_image",
    FileUse.KERNEL: "kernel",
    FileUse.INITRD: "initrd",
}
_CURED_BY_COPY = frozenset({MediumIssueKind.NO_SEARCH_PERMISSION, MediumIssueKind.NO_READ_PERMISSION})


class SourceFiles(QWidget):
    """What is unfolded beneath a chosen source."""

    system_wanted = Signal()  # the person wants to choose the system

    def __init__(self, session: CreationSession, kind: SourceKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, SPACE_S)
        layout.setSpacing(SPACE_S)
        self._blocks = [_FileBlock(session, use, self) for use in _USES[kind]]
        for block in self._blocks:
            block.system_wanted.connect(self.system_wanted)
            layout.addWidget(block)
        self._args: QLineEdit | None = None
        if kind is SourceKind.KERNEL:
            self._args_label, self._args = Label(self), QLineEdit(self)
            self._args.setObjectName("create-kernel-args")
            self._args.textChanged.connect(self._on_args_edited)
            self._args_message = add_field(layout, self._args_label, self._args)
        self.setFocusProxy(self._blocks[0])
        self._retranslate()

    @staticmethod
    def has_any(kind: SourceKind) -> bool:
        """Whether a kind of source comes from files at all."""
        return kind in _USES

    def show_view(self, view: View) -> None:
        """Bring the fields in line."""
        for block in self._blocks:
            block.show_view(view)
        if self._args is not None:
            if self._args.text() != view.draft.kernel_args:
                with QSignalBlocker(self._args):
                    self._args.setText(view.draft.kernel_args)
            self._args_message.show_problems(view.problems_of(Field.KERNEL_ARGS))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_args_edited(self, text: str) -> None:
        self._session.change(kernel_args=text)

    def _retranslate(self) -> None:
        if self._args is not None:
            self._args_label.setText(self.tr("Kernel &arguments"))
            self._args.setAccessibleName(self.tr("Kernel arguments"))
            self._args.setPlaceholderText("console=ttyS0")


class _FileBlock(QWidget):
    """One file: label, field and message."""

    system_wanted = Signal()

    def __init__(self, session: CreationSession, use: FileUse, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._use = use
        self._label = Label(self)
        self._field = FileField(use, session.contents, self)
        self._field.changed.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._message = add_field(layout, self._label, self._field, buddy=self._field.path_edit)
        self._message.fix_requested.connect(self._on_fix)
        self.setFocusProxy(self._field)
        self._retranslate()

    def show_view(self, view: View) -> None:
        """Bring field and message in line."""
        ref = self._ref(view)
        self._field.set_offer(view.offer, is_remote=view.offer is not None and not view.offer.shares_files)
        self._field.set_value(ref)
        field = _FIELDS[self._use]
        found = [p for p in view.problems_of(field) if p.kind is not ProblemKind.MEDIUM_NOT_CHOSEN]
        if ref is not None and field in view.looking_at:
            self._message.tell(self.tr("Looking at the file…"), Level.BUSY)
        elif any(problem.is_error for problem in found):
            self._message.show_problems(found, self._copy_label(found, view))
        elif ref is not None and view.medium(field) is not None:
            self._say_what_it_is(view, field, found)
        else:
            self._message.show_problems(found)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _ref(self, view: View) -> FileRef | None:
        ref: FileRef | None = getattr(view.draft, _ANSWERS[self._use])
        return ref

    def _say_what_it_is(self, view: View, field: Field, warnings: list[Problem]) -> None:
        """The system that was found, and the warnings there are."""
        text, level, fix = self.tr("The file looks right."), Level.GOOD, ""
        if self._use in (FileUse.CDROM, FileUse.DISK):
            medium = view.medium(field)
            size_bytes = (medium.virtual_bytes or medium.size_bytes) if medium is not None else None
            fix = self.tr("Choose another…")
            if view.draft.os_id is not None:
                text = self.tr("You chose: {name}").format(name=creation_words.system(view.os))
            elif view.detected is not None:
                is_guessed = view.is_detected_guessed
                text = creation_words.found_system(
                    view.detected, view.detected_choices, is_guessed=is_guessed
                )
                level = Level.INFO if is_guessed else level
                fix = self.tr("Choose the system…") if is_guessed else fix
            else:
                text = self.tr("The file can be used; the system in it was not recognised.")
                level, fix = Level.INFO, self.tr("Choose the system…")
            if size_bytes:
                text += f" ({fmt.size_bytes(size_bytes)})"
        if warnings:
            level = worst_level(warnings)
            text = "\n".join([text, *(problem_text(problem) for problem in warnings)])
        self._message.tell(text, level, fix)

    def _copy_label(self, problems: list[Problem], view: View) -> str:
        """A file the hypervisor may not read can be copied to where it may."""
        issues = {problem.issue.kind for problem in problems if problem.issue is not None}
        pools = offered_pools(view.offer) if view.offer is not None else ()
        if issues & _CURED_BY_COPY and any(pool.kind in FILE_POOLS for pool in pools):
            return self.tr("Copy it into a storage pool")
        return ""

    def _on_changed(self, value: FileRef | None) -> None:
        self._session.change(**{_ANSWERS[self._use]: value})

    def _on_fix(self) -> None:
        view = self._session.view
        ref = self._ref(view)
        found = [problem for problem in view.problems_of(_FIELDS[self._use]) if problem.is_error]
        if ref is None or view.offer is None or not self._copy_label(found, view):
            self.system_wanted.emit()
            return
        pool = next(pool for pool in offered_pools(view.offer) if pool.kind in FILE_POOLS)
        self._on_changed(FileRef(ref.path, local=True, upload_pool=pool.name))

    def _retranslate(self) -> None:
        self._label.setText(
            {
                FileUse.CDROM: self.tr("&Path of the CD image"),
                FileUse.DISK: self.tr("&Path of the disk image"),
                FileUse.KERNEL: self.tr("&Path of the kernel"),
                FileUse.INITRD: self.tr("Path of the initia&l RAM disk (optional)"),
            }[self._use]
        )
