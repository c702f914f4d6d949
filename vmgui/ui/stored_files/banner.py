"""The banner over the details: a file could not be read or saved, and what the person can do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.model.stored_files import FileNotice, FileTrouble
from vmgui.services.stored_files import FileStatus, StoredFiles
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.look.error_banner import ErrorBanner
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.words.stored_files import status_words


class FilesBanner(QWidget):
    """Hidden while all is well; one thing at a time, what waits for an answer first."""

    changed = Signal()

    def __init__(self, files: StoredFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._shown: FileStatus | None = None
        self._dismissed: set[FileNotice] = set()
        self._banner = ErrorBanner(self)
        self._banner.setObjectName("files-banner")
        self._banner.retry_asked.connect(self._on_first)
        self._banner.other_asked.connect(self._on_start_anew)
        self._banner.dismissed.connect(self._on_dismissed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE, SPACE_L, 0)
        layout.addWidget(self._banner)
        self._changes = BatchedSignal(files.changed, self)
        self._changes.arrived.connect(self._on_changes)
        self._show()

    def close_pane(self) -> None:
        """Hear nothing more."""
        self._changes.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _on_changes(self, _batch: tuple[tuple[FileStatus, ...], ...]) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        statuses = [each for each in self._files.statuses if each.notice not in self._dismissed]
        statuses.sort(key=lambda each: (not each.notice.waits, bool(each.notice.aside)))
        status = self._shown = statuses[0] if statuses else None
        self.setVisible(status is not None)
        if status is None:
            self._banner.clear()
            return
        notice = status.notice
        same = tuple(each for each in statuses if _is_same(each.notice, notice))
        asks = notice.waits
        self._banner.show_error(
            status_words(status, same),
            can_retry=not notice.aside and notice.trouble is not FileTrouble.NEWER,
            retry_text=self.tr("Use the copy") if asks and notice.kept_copy else "",
            other_text=self.tr("Start with an empty list") if asks else "",
            # A question that is closed would be one that cannot be answered any more.
            can_close=not asks,
        )

    def _on_first(self) -> None:
        status = self._shown
        if status is None:
            return
        if status.notice.waits and status.notice.kept_copy:
            self._files.use_kept(status.name)
        else:
            for each in self._files.statuses:
                self._files.retry(each.name)

    def _on_start_anew(self) -> None:
        if self._shown is not None:
            self._files.start_anew(self._shown.name)

    def _on_dismissed(self) -> None:
        status = self._shown
        if status is not None:
            self._dismissed |= {
                each.notice for each in self._files.statuses if _is_same(each.notice, status.notice)
            }
            self._files.dismiss(status.name)
        self._show()


def _is_same(one: FileNotice, other: FileNotice) -> bool:
    return (
        one.trouble is other.trouble is not FileTrouble.DAMAGED and one.reason == other.reason
    ) or one == other
