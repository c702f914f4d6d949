"""What a host has promised to its machines against what it has: a bar and words per resource."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vmgui.model.errors import PoolSilent
from vmgui.model.fleet import PoolReport
from vmgui.model.host import Host
from vmgui.policy.overcommit import Overcommit, Promise, Resource
from vmgui.ui.common import format as fmt
from vmgui.ui.common.commitment import level_tone, level_words, paint_commitment
from vmgui.ui.common.plain import Label
from vmgui.ui.common.theme import SPACE, TextRole, set_muted, set_role, set_tone, tabular

_BAR_PX = 12
_WORTH_TELLING = (Overcommit.TIGHT, Overcommit.OVER)


class CommitmentBar(QWidget):
    """One bar; its words stand beside it, for every reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._promise: Promise | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_promise(self, promise: Promise) -> None:
        """Show this one."""
        if promise != self._promise:
            self._promise = promise
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _BAR_PX + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._promise is not None:
            painter = QPainter(self)
            paint_commitment(painter, QRectF(1, 4, self.width() - 2, _BAR_PX), self._promise)
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

    def show_promise(self, label: str, promise: Promise, words: str) -> None:
        """Show this."""
        self._label.setText(label)
        self._bar.set_promise(promise)
        level = promise.running_level
        self._level.setText(level_words(level))
        tone = level_tone(level)
        if self._level.property("tone") != tone:
            set_tone(self._level, tone)
        self._words.setText(words)
        self.setAccessibleName(f"{label}: {level_words(level)}. {words}")


class PromisesCard(QFrame):
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

    def show_promises(
        self, host: Host, promises: tuple[Promise, ...], pools: PoolReport, now_s: float
    ) -> None:
        """Show these; `pools` says how old what is told of disks is."""
        shown = {promise.resource: promise for promise in promises}
        for resource, part in self._parts.items():
            promise = shown.get(resource)
            if promise is not None:
                part.show_promise(self._label(resource), promise, self._words(promise, pools))
            part.setVisible(promise is not None)
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

    def _words(self, promise: Promise, pools: PoolReport) -> str:
        size = {
            Resource.VCPUS: fmt.count,
            Resource.MEMORY: fmt.size_kib,
            Resource.DISK: fmt.size_bytes,
        }[promise.resource]
        values = {
            "running": size(promise.running),
            "all": size(promise.defined),
            "exists": size(promise.exists),
        }
        if promise.resource is Resource.DISK:
            text = self.tr("{all} for volumes, pools hold {exists}").format(**values)
            if not all(use.is_complete for use in pools.pools):
                text += " · " + self.tr("not all volumes were counted")
            return text + self._ratio(promise)
        text = self.tr("{running} running now, {all} with all started, {exists} exist").format(**values)
        text += self._ratio(promise)
        if promise.defined_level in _WORTH_TELLING and promise.defined_level is not promise.running_level:
            text += " · " + self.tr("with all started: {level}").format(
                level=level_words(promise.defined_level).lower()
            )
        return text

    def _ratio(self, promise: Promise) -> str:
        """Processors are shared out by so many to one; the rest is a share of what there is."""
        if not promise.exists:
            return ""
        share = promise.running / promise.exists
        if promise.resource is Resource.VCPUS:
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
