"""Names and words that look like markup, hide something or have no end, in every window, dialog and pane.

A machine named `<img src="file:///dev/zero">` once ended the program when the pointer rested on it.
"""

import asyncio
from collections import Counter
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from tests.helpers.waiting import eventually
from tests.helpers.written import HOSTILE, MARKED_UP, UNSEEN, WORST, faults, written
from tests.ui.window.conftest import Bench, press
from vmgui.commands.lifecycle import RENAME
from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest
from vmgui.model.definition import Definition
from vmgui.model.deletion import DeletionPlan, DeletionPlans, DoomedFile, KeepReason
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.errors import LibvirtFailure
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostConfig
from vmgui.model.job import JobKind, JobTarget
from vmgui.model.journal import EntryKind, EntryTarget, JournalEntry, Outcome, StoredError
from vmgui.model.ssh import SshPrompt, SshPromptKind
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.policy.tags import folder_of, tag_of
from vmgui.services.host_list import ListedHost
from vmgui.services.hosts import HostEvents
from vmgui.services.jobs import JobContext
from vmgui.services.ssh import SshQuestion
from vmgui.ui.creation.volume_chooser import VolumeChooser
from vmgui.ui.deletion.dialog import DeleteDialog
from vmgui.ui.deletion.many_dialog import DeleteManyDialog
from vmgui.ui.hosts.connect_dialog import ConnectDialog
from vmgui.ui.hosts.credentials_dialog import CredentialsDialog
from vmgui.ui.hosts.import_dialog import ImportDialog
from vmgui.ui.hosts.ssh_dialogs import HostKeyDialog, NoticeDialog, SecretDialog
from vmgui.ui.inventory.save_view_dialog import save_view_dialog
from vmgui.ui.journal.entry_dialog import EntryDialog
from vmgui.ui.kit.confirm import ConfirmDialog
from vmgui.ui.kit.form_dialog import command_dialog
from vmgui.ui.tags.dialog import TagsDialog
from vmgui.words.journal_events import EventWords
from vmgui.words.question import Question

KEY = DomainKey("h1", "u")
WORDS = WORST.replace(UNSEEN, "")
"""Of a server; their lines stay lines."""
HOST = HostConfig("h1", WORST, "test:///default")


async def hostile(bench: Bench) -> None:
    """A connected host with two such machines, and one that is off with what no libvirt would let pass."""
    await bench.connect((escape(HOSTILE), "web-02"))
    inventory = bench.services.inventory
    inventory.set_host(
        replace(inventory.hosts["h1"], config=replace(inventory.hosts["h1"].config, name=WORST))
    )
    bench.services.hosts.add(HostConfig("h2", HOSTILE, "test:///none", autoconnect=False), save=False)
    inventory.set_domains("h2", [Domain(DomainKey("h2", "u2"), WORST, DomainState.CRASHED)])
    bench.window.inventory.flush()


async def test_the_window_shows_letters(bench: Bench) -> None:
    await hostile(bench)
    window = bench.window
    window.resize(1100, 700)
    events = (
        HostEvent(EventKind.DOMAIN_LIFECYCLE, bench.key(HOSTILE).uuid, WORST, "stopped 2"),
        HostEvent(EventKind.DOMAIN_LIFECYCLE, bench.key("web-02").uuid, "web-02", WORST),
    )
    bench.services.hosts.events.emit(HostEvents("h1", events))

    async def fail(_context: JobContext) -> None:
        raise LibvirtFailure(WORST, subject=WORST, host=WORST)

    target = JobTarget(WORST, KEY.host_id, KEY)
    job = bench.services.jobs.submit(JobKind.START, (target,), fail)
    await bench.services.jobs.wait(job)
    assert "\n".join(faults(window)) == ""
    for key in (bench.key(HOSTILE), DomainKey("h2", "u2")):
        window.inventory.select(key)
        await eventually(lambda key=key: window.details.domain_page.target == key)
        tabs = window.details.domain_page.tabs
        for number in range(tabs.count()):
            if tabs.tabText(number) != "Console":
                tabs.setCurrentIndex(number)
        assert "\n".join(faults(window)) == ""
    for host_id in ("h1", "h2"):
        window.inventory.select_host(host_id)
        await eventually(lambda: window.details.host_page.isVisible())
        tabs = window.details.host_page.tabs
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
        assert "\n".join(faults(window)) == ""
    bench.trigger("log")
    await eventually(lambda: window.log.pane.model.rowCount() > 0)
    assert "\n".join(faults(window.log.pane)) == ""
    press(window, "alerts-bell")
    assert "\n".join(faults(window)) == ""
    bench.trigger("palette")
    assert "\n".join(faults(await bench.dialog("palette"))) == ""
    # The name is there, letter by letter, and has not made the window wider than a screen.
    assert any(MARKED_UP in text for _, _, text in written(window))
    assert window.minimumSizeHint().width() < 1200


def plan(name: str) -> DeletionPlan:
    files = (
        DoomedFile(f"/images/{name}", "vda", 21 << 30, KeepReason.NONE),
        DoomedFile(f"/images/{name}2", "vdb", 1 << 30, KeepReason.BACKING, (name,)),
    )
    return DeletionPlan(
        KEY,
        name,
        True,
        files,
        nvram_path=name,
        snapshots=(name,),
        hosts_not_asked=(name,),
        has_tpm_state=True,
    )


def volumes() -> tuple[Volume, ...]:
    return (Volume(WORST, WORST, WORST, WORST, 1, 1),)


async def load(_pool: str) -> PoolContents:
    return PoolContents(volumes())


def entry() -> JournalEntry:
    error = StoredError("LibvirtFailure", WORST, WORST, WORST)
    targets = (EntryTarget("h1", "u", WORST),)
    return JournalEntry(
        0.0, EntryKind.JOB, "start", Outcome.FAILED, targets, WORST, WORST, WORST, WORST, error=error
    )


def dialogs(bench: Bench) -> list[QDialog]:
    window = bench.window
    prompts = [SshPrompt(kind, WORDS, WORST, WORST, WORST) for kind in SshPromptKind]
    tag, folder = tag_of(WORST), folder_of(WORST)
    definition = Definition(tags=(tag,), folder=folder)
    assert RENAME.dialog is not None
    renaming = replace(RENAME.dialog, start=lambda _acts, _keys: {"name": WORST})
    listed = (ListedHost(HOST, WORST), ListedHost(replace(HOST, id="h9", uri=WORST)))
    return [
        ConfirmDialog(Question(WORST, HOSTILE, "Yes", HOSTILE, typed_name=WORST), window),
        command_dialog(RENAME, renaming, bench.services, (KEY,), WORST, window),
        TagsDialog([WORST], [definition], Counter([tag]), Counter([folder]), 0, window),
        DeleteDialog(plan(WORST), window),
        DeleteManyDialog(DeletionPlans((plan(WORST), plan("b"))), {"h1": WORST}, window),
        CredentialsDialog(WORST, (CredentialRequest(CredentialKind.OTHER, WORST, WORST, ""),), window),
        save_view_dialog(WORDS, [], window),
        VolumeChooser(WORST, (Pool(WORST, "p", "dir", True, WORST, 1, 1, 1),), load, parent=window),
        EntryDialog(entry(), EventWords(), window),
        ImportDialog(listed, window),
        ConnectDialog(bench.services.hosts, bench.services.inventory, window, edit=HOST),
        *(SecretDialog(SshQuestion(HOST, prompt), window) for prompt in prompts),
        *(HostKeyDialog(SshQuestion(HOST, prompt), window) for prompt in prompts),
        *(NoticeDialog(HOST, prompt, window) for prompt in prompts),
    ]


async def test_every_dialog_shows_letters(bench: Bench) -> None:
    found: list[str] = []
    for dialog in dialogs(bench):
        dialog.show()
        await asyncio.sleep(0)
        found += [f"{type(dialog).__name__}: {fault}" for fault in faults(dialog)]
        if not isinstance(dialog, ConnectDialog):
            assert any(MARKED_UP in text.replace("&&", "&") for _, _, text in written(dialog)), dialog
        dialog.close()
        dialog.deleteLater()
    assert "\n".join(found) == ""


@pytest.mark.parametrize(
    "name",
    [
        "web\u202e01",
        "a\ttab",
        "two\nlines",
        "z" + "\u0335" * 40 + "algo",
        "\u0301" * 200,
        "x" * 300,
        "trailing  ",
    ],
    ids=["bidi", "tab", "lines", "marks", "only marks", "long", "spaces"],
)
def test_any_name_can_be_typed_as_it_is_shown(bench: Bench, name: str) -> None:
    question = ConfirmDialog(Question("?", "", "Yes", typed_name=name), bench.window)
    deletion = DeleteDialog(plan(name), bench.window)
    for dialog, yes_name in ((question, "confirm-yes"), (deletion, "delete-yes")):
        field, yes = dialog.findChild(QLineEdit), dialog.findChild(QPushButton, yes_name)
        assert field is not None
        assert yes is not None
        prompt = next(label for label in dialog.findChildren(QLabel) if label.buddy() is field)
        shown = (
            prompt.text().removesuffix(" to go on:").replace("&&", "\0").replace("&", "").replace("\0", "&")
        )
        shown = shown.removeprefix("Type ")
        assert "\n" not in shown
        assert len(shown) <= 256
        field.setText("webz01")
        assert not yes.isEnabled()
        field.setText(shown)
        assert yes.isEnabled(), shown
        dialog.deleteLater()
