"""The window with a machine's XML, on libvirt's test driver: what is typed is judged, kept, applied, refused."""

import libvirt
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import DOMAIN, NODE, Bench, press, texts
from vmgui.model.domain import DomainState
from vmgui.model.host import HostConfig
from vmgui.model.job import JobKind, JobState
from vmgui.model.xml import MOST_LINE_CHARS
from vmgui.policy.xml_error import XmlRefused
from vmgui.services.scope import Scope
from vmgui.ui.look.xml_text import LineMark
from vmgui.ui.xml.window import XmlWindow
from vmgui.words import language

SHOP = "Front end of the shop."


async def opened(bench: Bench, name: str = "web-01") -> XmlWindow:
    await bench.select(name)
    bench.trigger("xml")
    window = bench.window.xml.of(bench.key(name))
    assert window is not None
    await eventually(lambda: window.saved.text)
    return window


def write(window: XmlWindow, old: str, new: str) -> None:
    """As a person would: it is found, and written over."""
    cursor = window.saved.document().find(old, 0)
    assert not cursor.isNull(), old
    assert not window.saved.isReadOnly()
    window.saved.setTextCursor(cursor)
    cursor.insertText(new)


async def judged(window: XmlWindow) -> None:
    await eventually(
        lambda: window.writing.judged is not None and window.writing.judged.text == window.saved.text
    )


async def apply(bench: Bench, window: XmlWindow) -> JobState:
    await judged(window)
    press(window, "xml-strip-apply")
    *_, state = await bench.jobs_end()
    await eventually(lambda: not window.writing.is_busy)
    return state


def line_of(window: XmlWindow, words: str) -> int:
    return window.saved.text[: window.saved.text.index(words)].count("\n") + 1


async def changed_by_others(bench: Bench, window: XmlWindow, old: str, new: str) -> None:
    """The very definition, as another program would change it."""
    connection = bench.services.hosts.connection("h1")

    def define(conn: libvirt.virConnect, uuid: str) -> None:
        xml = conn.lookupByUUIDString(uuid).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        assert old in xml
        conn.defineXML(xml.replace(old, new))

    await connection.run(define, window.key.uuid)
    await eventually(lambda: new in (window.reading.saved or ""))


async def test_a_change_is_judged_previewed_and_applied(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    assert window.strip.isHidden()
    assert window.windowTitle().startswith("XML of web-01 on host-h1")
    write(window, SHOP, "Back &amp; end.")
    assert window.isWindowModified()
    await judged(window)
    assert "1 line changed, for the next start" in texts(window)
    assert window.saved.mark_of(line_of(window, "Back")) is LineMark.CHANGED
    press(window, "xml-strip-preview")
    preview = window.findChild(QPlainTextEdit, "xml-strip-preview-pane-text")
    assert preview is not None
    assert f"-  <description>{SHOP}</description>\n+  <description>Back &amp; end.</description>" in (
        preview.toPlainText()
    )
    assert await apply(bench, window) is JobState.DONE
    (job,) = bench.services.jobs.jobs.values()
    assert job.kind is JobKind.DEFINE
    assert "Back &amp; end." in window.saved.text
    assert window.strip.isHidden()
    assert not window.isWindowModified()
    assert bench.window.xml.unsaved == ()


async def test_what_is_no_xml_cannot_be_applied_and_its_line_is_told(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, "</devices>", "</device>")
    await judged(window)
    line, start = line_of(window, "</device>"), line_of(window, "<devices>")
    assert f"Line {line}: </device> ends what <devices> began in line {start}." in texts(window)
    assert window.saved.mark_of(line) is LineMark.WRONG
    button = window.findChild(QPushButton, "xml-strip-apply")
    assert button is not None
    assert not button.isEnabled()
    window.saved.go_to(1)
    press(window, "xml-strip-note-fix")
    assert window.saved.textCursor().blockNumber() + 1 == line
    write(window, "</device>", "</devices>")
    # As it was: nothing is left to apply.
    await eventually(lambda: window.strip.isHidden())
    assert window.saved.mark_of(line) is None


async def test_another_name_is_another_command(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, "<name>web-01", "<name>web-09")
    await judged(window)
    assert "Line 2: the machine is called “web-01” here." in texts(window)


async def test_what_libvirt_refuses_stays_in_the_editor_with_its_line(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    before = window.saved.text
    write(window, "bus='virtio'", "bus='nonsense'")
    window.saved.go_to(1)
    assert await apply(bench, window) is JobState.FAILED
    line = line_of(window, "nonsense")
    assert "host-h1 did not take the definition of “web-01”" in texts(window)
    assert f"Line {line}, or near it: an element, an attribute or a value in <devices>" in texts(window)
    assert window.saved.mark_of(line) is LineMark.DOUBTFUL
    assert window.saved.textCursor().blockNumber() + 1 == line
    assert "nonsense" in window.saved.text
    # It stands in the list of jobs, and is not told once more over the machine.
    (job,) = bench.services.jobs.jobs.values()
    assert isinstance(job.error, XmlRefused)
    assert job.error.fault.place is not None
    assert job.error.fault.place.line == line
    assert not bench.window.details.failures.isVisible()
    write(window, "nonsense", "ide")
    await judged(window)
    assert "did not take" not in texts(window)
    press(window, "xml-strip-discard")
    assert window.saved.text == before
    assert window.strip.isHidden()
    window.saved.undo()
    assert "bus='ide'" in window.saved.text


async def test_a_draft_outlives_its_window_and_is_marked(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Half of a")
    QTest.keyClick(window.saved, Qt.Key.Key_Escape)
    await eventually(lambda: bench.window.xml.of(bench.key("web-01")) is None)
    assert bench.window.xml.unsaved == ("web-01",)
    press(bench.window, "domain-xml-draft")
    again = bench.window.xml.of(bench.key("web-01"))
    assert again is not None
    await eventually(lambda: "Half of a" in again.saved.text)
    await judged(again)
    assert "1 line changed" in texts(again)
    await bench.select("web-02")
    mark = bench.window.findChild(QPushButton, "domain-xml-draft")
    assert mark is not None
    assert mark.isHidden()
    press(again, "xml-strip-discard")
    await bench.select("web-01")
    assert mark.isHidden()


async def test_what_others_change_is_shown_at_once_where_nothing_was_typed(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    await changed_by_others(bench, window, SHOP, "Theirs")
    await eventually(lambda: "Theirs" in window.saved.text)
    assert window.strip.isHidden()


async def test_what_others_changed_is_merged_or_taken(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")
    await changed_by_others(bench, window, "<on_crash>destroy", "<on_crash>restart")
    told = "“<on_crash>destroy</on_crash>” is “<on_crash>restart</on_crash>” now"
    await eventually(lambda: f"Changed by others meanwhile: {told}." in texts(window))
    await judged(window)
    button = window.findChild(QPushButton, "xml-strip-apply")
    assert button is not None
    assert not button.isEnabled()
    press(window, "xml-changed-keep")
    assert "Mine" in window.saved.text
    assert "<on_crash>restart" in window.saved.text
    assert "Changed by others" not in texts(window)
    # Nothing brings back by itself what would undo theirs.
    window.saved.undo()
    assert "<on_crash>restart" in window.saved.text
    assert await apply(bench, window) is JobState.DONE
    assert "<on_crash>restart" in window.saved.text
    write(window, "Mine", "Other")
    await changed_by_others(bench, window, "Mine", "Theirs")
    await eventually(lambda: "“<description>Theirs</description>” now" in texts(window))
    press(window, "xml-changed-reload")
    assert "Theirs" in window.saved.text
    assert window.strip.isHidden()


async def test_where_both_changed_the_same_mine_stays_and_is_marked(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")
    await changed_by_others(bench, window, SHOP, "Theirs")
    await eventually(lambda: "Changed by others" in texts(window))
    press(window, "xml-changed-keep")
    await judged(window)
    line = line_of(window, "Mine")
    assert f"Both changed the lines {line}: yours stand there now." in texts(window)
    assert window.saved.mark_of(line) is LineMark.DOUBTFUL


async def test_a_change_in_the_very_moment_is_not_overwritten(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")
    await judged(window)
    # Nobody tells of it before it is applied.
    window.reading.stop()
    await changed_before_apply(bench, window)
    assert await apply(bench, window) is JobState.FAILED
    await eventually(lambda: "Changed by others meanwhile" in texts(window))
    assert "Mine" in window.saved.text
    assert "<on_crash>restart" in (window.reading.saved or "")


async def changed_before_apply(bench: Bench, window: XmlWindow) -> None:
    def define(conn: libvirt.virConnect, uuid: str) -> None:
        xml = conn.lookupByUUIDString(uuid).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        conn.defineXML(xml.replace("<on_crash>destroy", "<on_crash>restart"))

    await bench.services.hosts.connection("h1").run(define, window.key.uuid)


async def test_now_is_only_read_and_is_there_while_it_runs(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    press(window, "xml-show-live")
    await eventually(lambda: "id='" in window.live.text)
    assert window.live.isVisible()
    assert window.live.isReadOnly()
    assert "it can only be read" in texts(window)
    await bench.services.jobs.wait(bench.services.lifecycle.force_off((bench.key("web-01"),)))
    await bench.state("web-01", DomainState.OFF)
    await eventually(lambda: window.saved.isVisible())
    button = window.findChild(QPushButton, "xml-strip-apply")
    assert button is not None
    assert "it can only be read" not in texts(window)


async def test_a_machine_that_has_gone_is_told_and_keeps_what_was_typed(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")

    def remove(conn: libvirt.virConnect, uuid: str) -> None:
        domain = conn.lookupByUUIDString(uuid)
        domain.destroy()
        domain.undefine()

    await bench.services.hosts.connection("h1").run(remove, window.key.uuid)
    await eventually(lambda: "It can only be read. The machine is not there any more." in texts(window))
    assert "Mine" in window.saved.text
    assert window.saved.isReadOnly()
    assert bench.window.xml.unsaved == ()


async def test_what_was_typed_of_a_machine_that_is_gone_is_forgotten_with_its_window(bench: Bench) -> None:
    await bench.connect()
    connection = bench.services.hosts.connection("h1")
    for name, is_open in (("web-01", False), ("web-02", True)):
        window = await opened(bench, name)
        key = window.key
        write(window, SHOP, "Mine")
        if not is_open:
            QTest.keyClick(window.saved, Qt.Key.Key_Escape)
            await eventually(lambda key=key: bench.window.xml.of(key) is None)

        def remove(conn: libvirt.virConnect, uuid: str) -> None:
            domain = conn.lookupByUUIDString(uuid)
            domain.destroy()
            domain.undefine()

        await connection.run(remove, key.uuid)
        await eventually(lambda key=key: key not in bench.services.inventory.domains)
        await bench.heard()
        # What can still be seen can still be copied.
        assert (bench.window.drafts.get("xml", key) is not None) is is_open
        if is_open:
            QTest.keyClick(window.saved, Qt.Key.Key_Escape)
            await eventually(lambda key=key: bench.window.xml.of(key) is None)
            assert bench.window.drafts.get("xml", key) is None


async def test_a_failure_that_no_window_shows_is_told_over_the_machine(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, "bus='virtio'", "bus='nonsense'")
    await judged(window)
    press(window, "xml-strip-apply")
    window.close()
    await bench.jobs_end()
    await eventually(bench.window.details.failures.isVisible)
    assert bench.window.xml.unsaved == ("web-01",)


async def test_a_host_that_is_lost_is_told_and_what_was_typed_waits_for_it(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")
    await judged(window)
    button = window.findChild(QPushButton, "xml-strip-apply")
    assert button is not None
    await eventually(button.isEnabled)
    bench.services.hosts.disconnect("h1")
    await eventually(lambda: "It can only be read. Its host is not connected." in texts(window))
    assert not button.isEnabled()
    assert window.saved.isReadOnly()
    assert "Mine" in window.saved.text
    bench.services.hosts.connect("h1")
    await eventually(lambda: not window.saved.isReadOnly())
    await eventually(button.isEnabled)
    assert "Mine" in window.saved.text
    assert "cannot be reached" not in texts(window)
    assert await apply(bench, window) is JobState.DONE


async def test_of_a_host_that_may_only_be_looked_at_it_is_only_read(bench: Bench) -> None:
    await bench.connect(())
    node = bench.directory / "ro.xml"
    node.write_text(NODE.format(domains=DOMAIN.format(name="guest", number=9)))
    bench.services.hosts.add(HostConfig("ro", "ro", f"test://{node}", read_only=True), save=False)
    await eventually(lambda: len(bench.services.inventory.domains_of("ro")) == 1)
    window = await opened(bench, "guest")
    assert "It can only be read. Its host is connected read-only." in texts(window)
    assert window.saved.isReadOnly()
    assert "<name>guest</name>" in window.saved.text
    QTest.keyClicks(window.saved, "x")
    assert window.writing.draft is None
    assert window.strip.isHidden()


async def test_words_are_found(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    bar = window.find_bar
    assert bar.isHidden()
    press(window, "xml-find-open")
    QTest.keyClicks(bar.field, "INTERFACE")
    assert "1 of 2" in texts(bar)
    first = window.saved.textCursor().blockNumber()
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert "2 of 2" in texts(bar)
    assert window.saved.textCursor().blockNumber() > first
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert "1 of 2" in texts(bar)
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert "2 of 2" in texts(bar)
    QTest.keyClicks(bar.field, "x")
    assert "Not found" in texts(bar)
    # Esc ends the search, not the window.
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert window.isVisible()


async def test_it_speaks_spanish_at_once(bench: Bench, qapp: object) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")
    await judged(window)
    language.install(qapp, "es")  # type: ignore[arg-type]
    await eventually(lambda: "1 línea cambiada, para el próximo inicio" in texts(window))
    assert window.saved.accessibleName() == "XML tras el próximo inicio"


async def test_a_machine_that_is_kept_nowhere_is_only_shown_as_it_is(bench: Bench) -> None:
    await bench.connect()

    def create(conn: libvirt.virConnect) -> None:
        conn.createXML(
            "<domain type='test'><name>guest</name><memory>1024</memory><os><type>hvm</type></os></domain>"
        )

    await bench.services.hosts.connection("h1").run(create)
    await eventually(lambda: any(one.name == "guest" for one in bench.services.inventory.domains.values()))
    await bench.select("guest")
    bench.trigger("xml")
    window = bench.window.xml.of(bench.key("guest"))
    assert window is not None
    await eventually(lambda: "<name>guest</name>" in window.live.text)
    assert window.live.isVisible()
    then = window.findChild(QToolButton, "xml-show-saved")
    assert then is not None
    assert not then.isEnabled()
    assert window.saved.isReadOnly()


async def test_what_would_hold_up_the_window_is_not_shown(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    long = "x" * (MOST_LINE_CHARS + 1)

    def grow(conn: libvirt.virConnect, uuid: str) -> None:
        xml = conn.lookupByUUIDString(uuid).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        conn.defineXML(xml.replace(SHOP, long))

    await bench.services.hosts.connection("h1").run(grow, window.key.uuid)
    await eventually(lambda: "It cannot be shown here. Line 4: the line is longer than" in texts(window))
    assert window.saved.text == ""
    assert window.saved.isReadOnly()
    assert window.strip.isHidden()


async def test_quitting_with_a_draft_asks(bench: Bench) -> None:
    await bench.connect()
    window = await opened(bench)
    write(window, SHOP, "Mine")
    async with Scope("test") as scope:
        answer = scope.run(bench.window.confirm_quit_with_drafts())
        dialog = await bench.dialog("confirm-dialog")
        assert "web-01" in texts(dialog)
        press(dialog, "confirm-cancel")
        assert await answer is False
