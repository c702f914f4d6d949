"""The main window on real services, connected to libvirt's own test driver."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from tests.helpers.signals import expect_signal
from tests.helpers.waiting import eventually
from vmgui.app.stores import Stores
from vmgui.app.wiring import build_services
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import HostConfig, HostState
from vmgui.model.job import JobState
from vmgui.services.services import Services
from vmgui.store import paths
from vmgui.store.settings import SettingsStore
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.look import theme
from vmgui.ui.main_window import Hooks, MainWindow
from vmgui.words import language

NODE = """<node>{domains}<cpu><mhz>3400</mhz><model>i7</model><active>16</active><nodes>1</nodes>
<sockets>1</sockets><cores>8</cores><threads>2</threads></cpu><memory>33554432</memory></node>"""
DOMAIN = """<domain type='test'><name>{name}</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e{number:04x}</uuid>
<description>Front end of the shop.</description><memory unit='GiB'>2</memory><vcpu>2</vcpu>
<os><type arch='i686'>hvm</type></os><devices>
<disk type='file' device='disk'><source file='/var/lib/images/{name}.qcow2'/><target dev='vda' bus='virtio'/></disk>
<interface type='network'><mac address='52:54:00:12:34:{number:02x}'/><source network='default'/></interface>
</devices></domain>"""
NAMES = ("web-01", "web-02", "db-01")


@dataclass
class Bench:
    """One window and what it stands on."""

    directory: Path
    hooks: Hooks = field(default_factory=Hooks)
    services: Services = field(init=False)
    settings: SettingsStore = field(init=False)
    window: MainWindow = field(init=False)

    def __post_init__(self) -> None:
        self.stores = Stores.open(self.directory, self.directory)
        self.settings = self.stores.settings
        self.services = build_services(self.stores)
        self.window = MainWindow(self.services, self.settings, self.hooks)
        self.window.show()

    async def connect(self, names: tuple[str, ...] = NAMES, host_id: str = "h1") -> None:
        """A host with these machines, all running."""
        node = self.directory / f"{host_id}.xml"
        domains = "".join(DOMAIN.format(name=name, number=number) for number, name in enumerate(names, 1))
        node.write_text(NODE.format(domains=domains), "utf-8")
        self.services.hosts.add(HostConfig(host_id, f"host-{host_id}", f"test://{node}"), save=False)
        await eventually(lambda: self.services.inventory.hosts[host_id].state is HostState.CONNECTED)
        await eventually(lambda: len(self.services.inventory.domains_of(host_id)) == len(names))
        self.window.inventory.flush()

    def key(self, name: str) -> DomainKey:
        return next(one.key for one in self.services.inventory.domains.values() if one.name == name)

    def domain(self, name: str) -> Domain:
        return self.services.inventory.domains[self.key(name)]

    async def select(self, name: str) -> None:
        self.window.inventory.flush()
        self.window.inventory.select(self.key(name))
        await eventually(lambda: self.window.details.domain_page.target == self.key(name))

    async def state(self, name: str, state: DomainState) -> None:
        await eventually(lambda: self.domain(name).state is state)
        self.window.inventory.flush()

    def action(self, name: str) -> QAction:
        found = self.window.findChild(QAction, f"action-{name}")
        assert found is not None, name
        return found

    def trigger(self, name: str) -> None:
        action = self.action(name)
        assert action.isEnabled(), f"{name}: {action.toolTip()}"
        action.trigger()

    async def dialog(self, name: str) -> QDialog:
        return await eventually(
            lambda: next((d for d in self.window.findChildren(QDialog, name) if d.isVisible()), None)
        )

    async def heard(self) -> None:
        """Until the window has heard of every change so far: who subscribed later has."""
        later = BatchedSignal(self.services.inventory.changes)
        async with expect_signal(later.arrived):
            self.services.inventory.changes.emit(ChangeSet())
        later.close()
        self.window.inventory.flush()

    async def jobs_end(self) -> list[JobState]:
        jobs = self.services.jobs
        await eventually(lambda: jobs.jobs and not jobs.unfinished)
        return [job.state for job in jobs.jobs.values()]

    async def close(self) -> None:
        # Qt goes on believing that Ctrl is held after a key that was clicked with it.
        QTest.keyRelease(self.window, Qt.Key.Key_Control, Qt.KeyboardModifier.NoModifier)
        await self.window.shutdown()
        await self.services.close()
        self.stores.close()
        self.window.allow_close()
        self.window.close()
        self.window.deleteLater()


def press(parent: QWidget, name: str) -> None:
    """A click with the mouse, as far as a person could."""
    buttons = [button for button in parent.findChildren(QAbstractButton, name) if button.isVisible()]
    assert buttons, f"{name} is not shown"
    button = buttons[0]
    assert button.isEnabled(), f"{name} is disabled"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(parent: QWidget) -> str:
    """All that is written on labels on the screen."""
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


@pytest.fixture(autouse=True)
def no_layout() -> None:
    """Every test starts with the window as it is at the first start."""
    (paths.state_dir() / "window.ini").unlink(missing_ok=True)


@pytest.fixture
async def bench(tmp_path: Path, qapp: QApplication) -> AsyncIterator[Bench]:
    language.install(qapp, "en")
    theme.install(qapp, "light")
    made = Bench(tmp_path)
    yield made
    await made.close()
    language.install(qapp, "en")
    theme.set_theme("light")
