"""What a host has promised to its machines against what it has: a bar and words per resource."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vmgui.model.errors import PoolSilent
from vmgui.model.fleet import PoolReport
from vmgui.model.host import Host
from vmgui.policy.commitment import Commitment, CommitmentLevel, Resource
from vmgui.ui.look.commitment import level_tone, paint_commitment
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role, set_tone, tabular
from vmgui.words import quantities as fmt
from vmgui.words.commitment import level_words

_BAR_PX = 12
_WORTH_TELLING = (CommitmentLevel.TIGHT, CommitmentLevel.OVER)


class CommitmentBar(QWidget):
    """One bar; its words stand beside it, for every reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commitment: Commitment | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_commitment(self, commitment: Commitment) -> None:
        """Show this one."""
        if commitment != self._commitment:
            self._commitment = commitment
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _BAR_PX + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._commitment is not None:
            painter = QPainter(self)
            paint_commitment(painter, QRectF(1, 4, self.width() - 2, _BAR_PX), self._commitment)
            painter.end()


class _Part(QWidget):
    """One resource."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"host-promise-{name}")
        self._label = Label(self)
        self._level = Label(self)
        self._level.setObjectName(f"host-promise-{name}-level")
        set_role(self._level, TextRole.STRONG)
        self._bar = CommitmentBar(self)
        self._words = Label(self)
        self._words.setObjectName(f"host-promise-{name}-words")
        self._words.setWordWrap(True)
        self._words.setFont(tabular(self._words.font()))
        set_role(self._words, TextRole.CAPTION)
        set_muted(self._words)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._level)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)

    def show_commitment(self, label: str, commitment: Commitment, words: str) -> None:
        """Show this."""
        self._label.setText(label)
        self._bar.set_commitment(commitment)
        level = commitment.running_level
        self._level.setText(level_words(level))
        tone = level_tone(level)
        if self._level.property("tone") != tone:
            set_tone(self._level, tone)
        self._words.setText(words)
        self.setAccessibleName(f"{label}: {level_words(level)}. {words}")


class CommitmentCard(QFrame):
    """Processors, memory and disks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("host-promises")
        self._heading = Label(self)
        set_role(self._heading, TextRole.STRONG)
        self._parts = {resource: _Part(resource.value, self) for resource in Resource}
        self._note = Label(self)
        self._note.setObjectName("host-promises-note")
        self._note.setWordWrap(True)
        set_role(self._note, TextRole.CAPTION)
        set_muted(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(SPACE)
        layout.addWidget(self._heading)
        for part in self._parts.values():
            part.hide()
            layout.addWidget(part)
        layout.addWidget(self._note)
        self._retranslate()

    def show_commitments(
        self, host: Host, commitments: tuple[Commitment, ...], pools: PoolReport, now_s: float
    ) -> None:
        """Show these; `pools` says how old what is told of disks is."""
        shown = {commitment.resource: commitment for commitment in commitments}
        for resource, part in self._parts.items():
            commitment = shown.get(resource)
            if commitment is not None:
                part.show_commitment(self._label(resource), commitment, self._words(commitment, pools))
            part.setVisible(commitment is not None)
        text = self._about_pools(host, pools, now_s, known=Resource.DISK in shown)
        if text != self._note.text():
            self._note.setText(text)
        self._note.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Promised to virtual machines"))
        self.setAccessibleName(self._heading.text())

    def _label(self, resource: Resource) -> str:
        return {
            Resource.VCPUS: self.tr("Virtual CPUs"),
            Resource.MEMORY: self.tr("Memory"),
            Resource.DISK: self.tr("Disks"),
        }[resource]

    def _words(self, commitment: Commitment, pools: PoolReport) -> str:
        size = {
            Resource.VCPUS: fmt.count,
            Resource.MEMORY: fmt.size_kib,
            Resource.DISK: fmt.size_bytes,
        }[commitment.resource]
        values = {
            "running": size(commitment.running),
            "all": size(commitment.defined),
            "exists": size(commitment.exists),
        }
        if commitment.resource is Resource.DISK:
            text = self.tr("{all} for volumes, pools hold {exists}").format(**values)
            if not all(use.is_complete for use in pools.pools):
                text += " · " + self.tr("not all volumes were counted")
            return text + self._ratio(commitment)
        text = self.tr("{running} running now, {all} with all started, {exists} exist").format(**values)
        text += self._ratio(commitment)
        if (
            commitment.defined_level in _WORTH_TELLING
            and commitment.defined_level is not commitment.running_level
        ):
            text += " · " + self.tr("with all started: {level}").format(
                level=level_words(commitment.defined_level).lower()
            )
        return text

    def _ratio(self, commitment: Commitment) -> str:
        """Processors are shared out by so many to one; the rest is a share of what there is."""
        if not commitment.exists:
            return ""
        share = commitment.running / commitment.exists
        if commitment.resource is Resource.VCPUS:
            return " · " + self.tr("{number} : 1").format(number=fmt.number(share, 1))
        return " · " + fmt.percent(share * 100)

    def _about_pools(self, host: Host, pools: PoolReport, now_s: float, *, known: bool) -> str:
        if host.info is None:
            return self.tr("Known once the host was connected.")
        if not host.info.features.storage_pools:
            return self.tr("This host keeps no storage pools.")
        if isinstance(pools.error, PoolSilent):
            return self.tr("The storage pools have not answered for {duration}.").format(
                duration=fmt.duration(max(1.0, now_s - pools.error.since_s))
            )
        if pools.error is not None:
            return self.tr("The storage pools could not be read.")
        if not pools.at_s:
            return self.tr("Storage pools are read while this page is shown.")
        silent = [use.pool for use in pools.pools if use.pool.silent_since_s]
        texts = [
            self.tr("Storage pool “{pool}” has not answered for {duration}.").format(
                pool=pool.name, duration=fmt.duration(max(1.0, now_s - pool.silent_since_s))
            )
            for pool in silent
        ]
        if known:
            texts.append(self.tr("Storage read {age}.").format(age=fmt.age(now_s - pools.at_s)))
        elif not silent:
            texts.append(self.tr("No storage pool is active."))
        return " ".join(texts)
