"""The console pane against a scripted display server."""

from __future__ import annotations

import socket
import struct
import threading
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from tests.helpers.rfb_server import ClientGone, RfbClientEnd, RfbServer, rect, update
from tests.helpers.waiting import eventually
from vmgui.console.rfb.des import vnc_response
from vmgui.console.rfb.errors import DisconnectReason
from vmgui.console.rfb.events import Disconnected
from vmgui.model.console import ConsoleKind, ConsoleTarget, NoConsole, TlsFiles
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.errors import HostUnreachable
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.services.inventory import Inventory
from vmgui.store.settings import SettingsStore
from vmgui.ui.console import modifier_watch
from vmgui.ui.console.pane import ConsolePane
from vmgui.words.console import disconnected

KEY = DomainKey("h", "u-1")
KEY_EVENT, POINTER_EVENT = 4, 5


class Machine:
    """The services a console needs, around one machine whose display is a scripted server."""

    def __init__(self) -> None:
        self.inventory = Inventory()
        self.inventory.set_host(Host(HostConfig("h", "host-a", "test:///default"), HostState.CONNECTED))
        self.answers: list[ConsoleTarget | Exception] = []
        self.started: list[DomainKey] = []
        self.opened = 0
        self.console = SimpleNamespace(open=self._open)
        self.lifecycle = SimpleNamespace(start=self.started.extend)
        self.set_state(DomainState.RUNNING)

    def set_state(self, state: DomainState) -> None:
        self.inventory.set_domains("h", (Domain(KEY, "web-01", state),))

    async def _open(self, key: DomainKey) -> ConsoleTarget:
        assert key == KEY
        self.opened += 1
        answer = self.answers[min(self.opened, len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
async def make_pane(tmp_path, event_loop):
    """Show a pane on a machine; ended when the test is."""
    panes: list[ConsolePane] = []
    settings = SettingsStore(tmp_path)

    def make(machine: Machine) -> ConsolePane:
        pane = ConsolePane(machine, KEY, settings)
        panes.append(pane)
        pane.resize(800, 600)
        pane.show()
        return pane

    yield make
    for pane in panes:
        await pane.shutdown()
        pane.close()
        pane.deleteLater()
    settings.close()


def tcp(server: RfbServer) -> ConsoleTarget:
    return ConsoleTarget(ConsoleKind.TCP, host="127.0.0.1", port=server.port)


def title(pane: ConsolePane) -> str:
    label = pane.findChild(QLabel, "empty-title")
    return label.text() if label.isVisible() else ""


def button(pane: ConsolePane) -> QPushButton:
    return pane.findChild(QPushButton, "empty-button")


def colourful(client: RfbClientEnd) -> None:
    client.greet(64, 48)
    client.next_request()
    pixels = np.full((48, 64), 0x204060, np.uint32)
    pixels[:8, :16] = 0xFF8800
    client.send_update((0, 0, pixels))


async def test_the_guests_picture_is_shown_pixel_for_pixel(make_pane):
    def script(client):
        colourful(client)
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: (shot := display.screenshot()) and shot.pixel(0, 0) == 0xFFFF8800)
        shot = display.screenshot()
        assert (shot.width(), shot.height()) == (64, 48)
        assert shot.pixel(63, 47) == 0xFF204060
        # And painted: one to one, the middle of the widget is the guest's lower half.
        pane.findChild(object, "console-fit").setChecked(False)
        await eventually(lambda: display.size().width() == 64)
        picture = display.grab().toImage()
        assert picture.pixel(1, 1) == 0xFFFF8800
        assert picture.pixel(60, 40) == 0xFF204060
        assert display.accessibleName() == "Screen of web-01"
        await pane.shutdown()


async def test_a_socket_we_were_given_is_asked_for_again_where_vencrypt_is_of_no_use(make_pane):
    """As it comes through ssh: unlike an address it cannot be dialled a second time."""
    chosen: list[bytes] = []

    def script(client):
        client.send(b"RFB 003.008\n")
        client.read(12)
        client.send(b"\x02\x13\x01")
        chosen.append(client.read(1))
        if chosen[-1] == b"\x13":
            client.send(b"\x00\x02")
            client.read(2)
            client.send(b"\x00\x01" + struct.pack(">I", 263))
            client.read(1)  # it leaves
        client.send(bytes(4))
        client.initialise(64, 48)
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        fds = [socket.create_connection(("127.0.0.1", server.port)).detach() for _ in range(2)]
        machine.answers = [ConsoleTarget(ConsoleKind.FD, fd=fd, is_local=False) for fd in fds]
        pane = make_pane(machine)
        await eventually(lambda: not pane.findChild(object, "console-display").guest_size().isEmpty())
        assert sorted(chosen) == [b"\x01", b"\x13"]
        await pane.shutdown()


async def test_keys_and_clicks_reach_the_guest_and_none_stays_down(make_pane):
    got: list[tuple[int, bytes]] = []

    def script(client):
        colourful(client)
        try:
            while True:
                message = client.next_of(KEY_EVENT, POINTER_EVENT)
                got.append((message.kind, message.body))
        except ClientGone:
            return

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: display.guest_size().width() == 64)
        pane.findChild(object, "console-fit").setChecked(False)
        await eventually(lambda: display.width() == 64)
        QTest.mouseClick(display, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
        QTest.keyPress(display, Qt.Key.Key_A)
        display.setFocus()
        QTest.keyPress(display, Qt.Key.Key_Tab)
        display.hide()  # the keyboard is taken away with two keys down
        await eventually(lambda: len([kind for kind, _ in got if kind == KEY_EVENT]) == 4)
        clicks = [struct.unpack(">BHH", body) for kind, body in got if kind == POINTER_EVENT]
        assert clicks[:2] == [(1, 10, 20), (0, 10, 20)]
        keys = [struct.unpack(">BxxI", body) for kind, body in got if kind == KEY_EVENT]
        assert keys == [(1, 0x61), (1, 0xFF09), (0, 0xFF09), (0, 0x61)]
        await pane.shutdown()


async def test_alt_f4_belongs_to_the_guest_while_it_has_the_keyboard(make_pane):
    """A window manager keeps F4 for itself then, and asks the window to close."""
    got: list[tuple[int, int]] = []

    def script(client):
        colourful(client)
        try:
            while True:
                got.append(struct.unpack(">BxxI", client.next_of(KEY_EVENT).body))
        except ClientGone:
            return

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: display.guest_size().width() == 64)
        display.setFocus()
        window = pane.window()
        window.activateWindow()
        await eventually(lambda: window.isActiveWindow() and display.hasFocus())
        alt, f4 = 0xFFE9, 0xFFC1
        QTest.keyPress(display, Qt.Key.Key_Alt)
        window.windowHandle().close()  # as a window manager does
        await eventually(lambda: got == [(1, alt), (1, f4), (0, f4)])
        assert window.isVisible()
        # The focus goes, nothing stays down.
        display.clearFocus()
        await eventually(lambda: got[3:] == [(0, alt)])
        # Without Alt in the guest the window closes as ever.
        display.setFocus()
        window.windowHandle().close()
        assert not window.isVisible()
        await pane.shutdown()


async def test_what_a_window_manager_lets_go_of_is_released_in_the_guest(make_pane, monkeypatch):
    """X11: who keeps Alt+F4 or Alt+Tab keeps the release of Alt as well, and the focus may stay where it is."""
    got: list[tuple[int, int]] = []

    def script(client):
        colourful(client)
        try:
            while True:
                got.append(struct.unpack(">BxxI", client.next_of(KEY_EVENT).body))
        except ClientGone:
            return

    nothing, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
    held = alt
    monkeypatch.setattr(modifier_watch, "held_modifiers", lambda: held)
    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: display.guest_size().width() == 64)
        display.setFocus()
        window = pane.window()
        window.activateWindow()
        await eventually(lambda: window.isActiveWindow() and display.hasFocus())
        alt_l, f4 = 0xFFE9, 0xFFC1
        QTest.keyPress(display, Qt.Key.Key_Alt)
        held = nothing
        await eventually(lambda: got == [(1, alt_l), (0, alt_l)])
        # The window manager may be slow to ask: it was the guest's Alt+F4 all the same.
        window.windowHandle().close()
        await eventually(lambda: got[2:] == [(1, alt_l), (1, f4), (0, f4), (0, alt_l)])
        assert window.isVisible()
        # Held on, a second time, while the window manager has the keyboard: it is still the guest's.
        held = alt
        QTest.keyPress(display, Qt.Key.Key_Alt)
        QApplication.sendEvent(
            display, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
        )
        await eventually(lambda: got[6:] == [(1, alt_l), (0, alt_l)])
        window.windowHandle().close()
        await eventually(lambda: got[8:] == [(1, alt_l), (1, f4), (0, f4), (0, alt_l)])
        assert window.isVisible()
        # With the keyboard given back, Alt+F4 closes the window.
        pane.findChild(object, "console-send-keys").setFocus()
        window.windowHandle().close()
        assert not window.isVisible()
        await pane.shutdown()


async def test_ctrl_alt_gives_the_keyboard_back(make_pane):
    def script(client):
        colourful(client)
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: display.guest_size().width() == 64)
        released: list[bool] = []
        display.keyboard_released.connect(lambda: released.append(True))
        alt, ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
        QTest.keyPress(display, Qt.Key.Key_Control)
        QTest.keyPress(display, Qt.Key.Key_Alt, ctrl)
        QTest.keyPress(display, Qt.Key.Key_Delete, ctrl | alt)
        QTest.keyRelease(display, Qt.Key.Key_Delete, ctrl | alt)
        QTest.keyRelease(display, Qt.Key.Key_Alt, ctrl)
        QTest.keyRelease(display, Qt.Key.Key_Control)
        assert released == []  # Ctrl+Alt+Del was for the guest
        QTest.keyPress(display, Qt.Key.Key_Control)
        QTest.keyPress(display, Qt.Key.Key_Alt, ctrl)
        QTest.keyRelease(display, Qt.Key.Key_Alt, ctrl)
        assert released == [True]
        await pane.shutdown()


async def test_view_only_sends_nothing(make_pane):
    got: list[int] = []

    def script(client):
        colourful(client)
        try:
            got.append(client.next_of(KEY_EVENT, POINTER_EVENT).kind)
        except ClientGone:
            return

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: display.guest_size().width() == 64)
        pane.findChild(object, "console-view-only").setChecked(True)
        QTest.keyClick(display, Qt.Key.Key_A)
        QTest.mouseClick(display, Qt.MouseButton.LeftButton)
        await pane.shutdown()
    assert got == []


async def test_a_machine_that_is_off_says_so_and_can_be_started_here(make_pane):
    machine = Machine()
    machine.set_state(DomainState.OFF)
    pane = make_pane(machine)
    await eventually(lambda: title(pane) == "web-01 is off")
    assert button(pane).text() == "Start"
    button(pane).click()
    assert machine.started == [KEY]
    assert machine.opened == 0


async def test_the_screen_comes_by_itself_when_the_machine_starts(make_pane):
    def script(client):
        colourful(client)
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.set_state(DomainState.OFF)
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        await eventually(lambda: title(pane) == "web-01 is off")
        machine.set_state(DomainState.RUNNING)
        display = pane.findChild(object, "console-display")
        await eventually(display.isVisible)
        await eventually(lambda: display.guest_size().width() == 64)
        await pane.shutdown()


async def test_a_broken_connection_comes_back_by_itself(make_pane):
    visits: list[int] = []

    def script(client):
        visits.append(1)
        colourful(client)
        if len(visits) > 1:
            client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(lambda: len(visits) == 2)
        await eventually(display.isVisible)
        await pane.shutdown()


async def test_a_hostile_server_is_left_and_the_person_told(make_pane):
    def script(client):
        client.greet(64, 48)
        client.next_request()
        client.send(update(rect(60, 40, 600, 400, 0, b"")))
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        await eventually(lambda: title(pane) == "The display of web-01 sent nonsense")
        assert machine.opened == 1
        machine.set_state(DomainState.PAUSED)  # news of the machine are no reason to try again
        assert machine.opened == 1
        button(pane).click()
        await eventually(lambda: machine.opened == 2)
        await pane.shutdown()


async def test_a_password_is_asked_for_in_place_and_a_wrong_one_named(make_pane):
    def script(client):
        client.send(b"RFB 003.008\n")
        client.read(12)
        client.send(bytes([1, 2]))
        client.read(1)
        client.challenge()
        client.send(struct.pack(">I", 1) + struct.pack(">I", 5) + b"wrong")
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        field = pane.findChild(QLineEdit, "console-password")
        await eventually(field.isVisible)
        QTest.keyClicks(field, "secret")
        QTest.keyClick(field, Qt.Key.Key_Return)
        await eventually(lambda: title(pane) == "The password was not accepted")
        assert field.text() == ""
        await pane.shutdown()


@pytest.mark.parametrize(("way", "is_warned"), [("network", True), ("local", False), ("ssh", False)])
async def test_that_others_may_see_it_is_said_where_they_may(make_pane, way, is_warned):
    def script(client):
        client.send(b"RFB 003.008\n")
        client.read(12)
        client.send(bytes([1, 2]))
        client.read(1)
        client.send(bytes(16))
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        fd = socket.create_connection(("127.0.0.1", server.port)).detach() if way == "ssh" else -1
        machine.answers = [
            ConsoleTarget(ConsoleKind.FD, fd=fd, is_local=False)
            if way == "ssh"
            else replace(tcp(server), is_local=way == "local")
        ]
        pane = make_pane(machine)
        await eventually(pane.findChild(QLineEdit, "console-password").isVisible)
        assert pane.findChild(QLabel, "console-password-note").isVisible() == is_warned
        await pane.shutdown()


async def test_through_ssh_a_password_in_clear_may_be_given(make_pane):
    def script(client):
        client.send(b"RFB 003.008\n")
        client.read(12)
        client.send(b"\x01\x13")
        client.read(1)
        client.send(b"\x00\x02")
        client.read(2)
        client.send(b"\x00\x01" + struct.pack(">I", 256))
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        fd = socket.create_connection(("127.0.0.1", server.port)).detach()
        machine.answers = [ConsoleTarget(ConsoleKind.FD, fd=fd, is_local=False)]
        pane = make_pane(machine)
        await eventually(pane.findChild(QLineEdit, "console-user").isVisible)
        await pane.shutdown()


async def test_the_hosts_own_password_is_used_unasked_and_once_refused_the_person_is_asked(make_pane):
    responses: list[bytes] = []

    def script(client):
        client.send(b"RFB 003.008\n")
        client.read(12)
        client.send(bytes([1, 2]))
        client.read(1)
        responses.append(client.challenge())
        if len(responses) == 1:
            client.send(struct.pack(">I", 1) + struct.pack(">I", 5) + b"wrong")
            return
        client.send(struct.pack(">I", 0))
        client.initialise()
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [replace(tcp(server), password="fromhost")]  # noqa: S106
        assert "fromhost" not in repr(machine.answers)
        pane = make_pane(machine)
        field = pane.findChild(QLineEdit, "console-password")
        await eventually(field.isVisible)
        assert responses == [vnc_response("fromhost", bytes(range(16)))]
        QTest.keyClicks(field, "other")
        QTest.keyClick(field, Qt.Key.Key_Return)
        await eventually(lambda: pane.findChild(object, "console-scroll").isVisible())
        assert responses[1] == vnc_response("other", bytes(range(16)))
        await pane.shutdown()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (NoConsole.NO_GRAPHICS, "web-01 has no display"),
        (NoConsole.ONLY_SPICE, "web-01 offers SPICE only"),
        (NoConsole.LOOPBACK_ONLY, "The screen of web-01 is reachable on its host only"),
    ],
)
async def test_why_there_is_no_screen_is_said(make_pane, reason, words):
    machine = Machine()
    machine.answers = [ConsoleTarget(ConsoleKind.NONE, reason=reason)]
    pane = make_pane(machine)
    await eventually(lambda: title(pane) == words)


def text(pane: ConsolePane) -> str:
    return pane.findChild(QLabel, "empty-text").text()


def refuses(client: RfbClientEnd) -> None:
    client.send(b"RFB 003.008\n")
    client.read(12)
    words = b"Too many <b>clients</b>"
    client.send(b"\x00" + struct.pack(">I", len(words)) + words)


def closes_at_once(client: RfbClientEnd) -> None:
    client.send(b"RFB 003.008\n")
    client.read(12)


def held_by_another(client: RfbClientEnd) -> None:
    closes_at_once(client)
    client.send(b"\x01\x01")
    client.read(1)
    client.send(struct.pack(">I", 0))
    client.read(1)


def lets_in_and_breaks(client: RfbClientEnd) -> None:
    client.greet(64, 48)
    client.next_request()
    client.send(update(rect(0, 0, 64, 48, 0, b"\0" * 100)))


def lets_in_and_closes(client: RfbClientEnd) -> None:
    client.greet(64, 48)
    client.next_request()


@pytest.mark.parametrize(
    ("script", "words", "more"),
    [
        (refuses, "The display of web-01 refuses the connection", "Too many <b>clients</b>"),
        (closes_at_once, "The display of web-01 refuses the connection", "before the login was over"),
        (held_by_another, "The display of web-01 lets nobody else in", "another viewer"),
        (lets_in_and_breaks, "The connection to the screen of web-01 broke", "The machine itself goes on"),
        (lets_in_and_closes, "The screen of web-01 was closed", "switched off"),
    ],
)
async def test_every_end_is_told_with_what_comes_next(make_pane, script, words, more):
    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        read: list[tuple[str, str, str]] = []

        async def opening(key: DomainKey) -> ConsoleTarget:
            read.append((title(pane), text(pane), button(pane).text()))
            return await open_(key)

        open_ = machine.console.open
        machine.console.open = opening
        await eventually(lambda: title(pane) == words)
        assert more in text(pane)
        # While it is tried again, until it has been let in, the reason stays to be read.
        await eventually(lambda: machine.opened >= 3)
        for what, why, button_text in read[1:]:
            assert what == words
            assert more in why
            assert why.rpartition("\n\n")[2].startswith(("Next try in ", "Trying again…"))
            assert button_text == "Try now"
        await pane.shutdown()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (ConsoleTarget(ConsoleKind.TCP, host="127.0.0.1", port=1, where="127.0.0.1:1"), "cannot be reached"),
        (
            ConsoleTarget(
                ConsoleKind.TCP, host="no-such-host.invalid.", port=5900, where="no-such-host:5900"
            ),
            "is not known",
        ),
    ],
)
async def test_nobody_there_is_told_with_the_place(make_pane, target, words):
    machine = Machine()
    machine.answers = [target]
    pane = make_pane(machine)
    await eventually(lambda: words in title(pane))
    assert target.where in text(pane)
    assert "Next try in " in text(pane) or "Trying again…" in text(pane)


async def test_a_computer_without_threads_says_so_and_tries_again(make_pane, monkeypatch):
    start = threading.Thread.start
    refused: list[str] = []

    def refuse(thread: threading.Thread) -> None:
        if thread.name != "rfb":
            start(thread)
            return
        refused.append(thread.name)
        raise RuntimeError("can't start new thread")

    def script(client):
        colourful(client)
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", refuse)
            pane = make_pane(machine)
            await eventually(lambda: "could not be connected to" in title(pane))
            assert "This computer can start no more threads" in text(pane)
            assert "Next try in " in text(pane) or "Trying again…" in text(pane)
            await eventually(lambda: len(refused) >= 2)
        await eventually(lambda: not title(pane))
        await pane.shutdown()


async def test_tries_slow_down_whatever_the_news_and_a_button_hurries(make_pane):
    visits: list[int] = []

    def script(client):
        visits.append(1)
        lets_in_and_closes(client)

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        # The sixth try comes after 16 s: by then the machine has had news a hundred times.
        await eventually(lambda: "in 4 s" in text(pane) or "in 8 s" in text(pane))
        tries = machine.opened
        for number in range(100):
            machine.inventory.set_domains("h", (Domain(KEY, "web-01", DomainState.RUNNING, vcpus=number),))
        assert machine.opened == tries
        button(pane).click()
        await eventually(lambda: machine.opened == tries + 1)
        await pane.shutdown()


async def test_a_display_without_a_screen_says_so_until_there_is_one(make_pane):
    go_on = threading.Event()

    def script(client):
        client.greet(0, 0)
        client.next_request()
        go_on.wait(60)
        client.send(update(rect(0, 0, 64, 48, -223)))
        client.next_request()
        client.send_update((0, 0, np.full((48, 64), 0x204060, np.uint32)))
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [tcp(server)]
        pane = make_pane(machine)
        await eventually(lambda: title(pane) == "web-01 has no picture yet")
        go_on.set()
        display = pane.findChild(object, "console-display")
        await eventually(display.isVisible)
        await eventually(lambda: (shot := display.screenshot()) and shot.pixel(0, 0) == 0xFF204060)
        await pane.shutdown()


@pytest.mark.parametrize(
    "reason", [each for each in DisconnectReason if each is not DisconnectReason.STOPPED]
)
def test_every_reason_has_words_of_its_own(reason):
    words = disconnected(Disconnected(reason, "detail"), "web-01", "host-a:5900")
    assert words.title
    assert words.text
    assert words.button
    alike = [
        other
        for other in DisconnectReason
        if other not in (reason, DisconnectReason.STOPPED)
        and disconnected(Disconnected(other, ""), "web-01", "host-a:5900") == words
    ]
    assert alike in ([], [DisconnectReason.TOO_LARGE], [DisconnectReason.PROTOCOL])


async def test_an_authority_can_be_chosen_where_a_certificate_is_refused(make_pane, monkeypatch):
    trusted: list[tuple[str, str]] = []

    async def choose(*_arguments: object) -> str:
        return "/etc/pki/own.pem"

    monkeypatch.setattr("vmgui.ui.console.pane.choose_file", choose)
    machine = Machine()
    machine.hosts = SimpleNamespace(trust_screens=lambda *words: trusted.append(words))
    missing = TlsFiles(authorities=("/nowhere/ca.pem",))

    def script(client):
        client.send(b"RFB 003.008\n\x01\x13\x00\x02\x00\x01" + struct.pack(">I", 260) + b"")
        client.read(12 + 1 + 2 + 4)
        client.send(b"\x01")
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine.answers = [replace(tcp(server), tls=missing)]
        pane = make_pane(machine)
        other = pane.findChild(QPushButton, "empty-other-button")
        await eventually(other.isVisible)
        assert title(pane) == "No safe connection to the screen of web-01"
        assert other.text() == "Choose an authority…"
        other.click()
        await eventually(lambda: trusted == [("h", "/etc/pki/own.pem")] and machine.opened == 2)
        await pane.shutdown()


async def test_a_host_that_fails_is_tried_again(make_pane):
    def script(client):
        colourful(client)
        client.stall()

    with RfbServer(script, tcp=True) as server:
        machine = Machine()
        machine.answers = [HostUnreachable("gone", host="host-a"), tcp(server)]
        pane = make_pane(machine)
        display = pane.findChild(object, "console-display")
        await eventually(display.isVisible)
        assert machine.opened == 2
        await pane.shutdown()
