"""Everything this run keeps on this computer, opened and closed together."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from vmgui.services.stored_files import FileStore
from vmgui.store.alerts import AlertStore
from vmgui.store.hosts import HostStore, KvmStore
from vmgui.store.journal import JournalStore
from vmgui.store.last_seen import LastSeenStore
from vmgui.store.media import MediaStore
from vmgui.store.performance_history import HistoryStore
from vmgui.store.rollback import RollbackStore
from vmgui.store.settings import SettingsStore
from vmgui.store.undo import UndoStore
from vmgui.store.views import ViewStore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stores:
    """One field per file or folder."""

    settings: SettingsStore
    hosts: HostStore
    kvm: KvmStore
    views: ViewStore
    alerts: AlertStore
    history: HistoryStore
    journal: JournalStore
    last_seen: LastSeenStore
    rollback: RollbackStore
    undo: UndoStore
    media: MediaStore

    @property
    def files(self) -> dict[str, FileStore]:
        """Those of one file each that a person or another process may change, by what they hold."""
        return {
            "settings": self.settings,
            "hosts": self.hosts,
            "kvm": self.kvm,
            "views": self.views,
            "alerts": self.alerts,
            "undo": self.undo,
            "media": self.media,
        }

    @classmethod
    def open(cls, config_dir: Path, state_dir: Path) -> Stores:
        """What a person set is in `config_dir`, what the program learnt in `state_dir`."""
        return cls(
            settings=SettingsStore(config_dir),
            hosts=HostStore(config_dir),
            kvm=KvmStore(state_dir),
            views=ViewStore(config_dir),
            alerts=AlertStore(config_dir),
            history=HistoryStore(state_dir),
            journal=JournalStore(state_dir),
            last_seen=LastSeenStore(state_dir / "last-seen"),
            rollback=RollbackStore(state_dir / "rollback"),
            undo=UndoStore(state_dir),
            media=MediaStore(state_dir),
        )

    def close(self) -> None:
        """Finish what is being written (bounded); after the services. The journal's service closes its store."""
        for store in (*self.files.values(), self.history):
            try:
                store.close()
            except Exception:
                # The others have something to write, too.
                log.exception("closing %s failed", type(store).__name__)
