"""What the wizard's session does with time: late answers, hosts that go, names that are taken meanwhile."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QToolButton

from tests.helpers.waiting import eventually
from tests.ui.creation.conftest import Workshop
from vmgui.hypervisor import definition, lifecycle
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.creation_draft import DiskChoice
from vmgui.model.domain import DomainKey
from vmgui.model.errors import InternalFault
from vmgui.model.host import HostState
from vmgui.model.offer import Field, MediumIssueKind, ProblemKind
from vmgui.model.os_variant import GENERIC_ID
from vmgui.ui.creation.pages import PageId
from vmgui.ui.look.message import Message
from vmgui.words.creation_problems import problem_text
from vmgui.words.note import Level


async def test_a_name_that_is_being_given_is_not_proposed_again(workshop: Workshop) -> None:
    await workshop.open()
    session = workshop.wizard.session
    session.change(source=SourceKind.EMPTY)
    assert workshop.view.new is not None
    first = workshop.view.new.name
    job_id = session.create()
    assert job_id is not None
    # Before the host knows the new machine.
    session.change(source=SourceKind.EMPTY)
    assert workshop.view.new is not None
    assert workshop.view.new.name != first
    session.change(name=first)
    assert ProblemKind.NAME_TAKEN not in {problem.kind for problem in workshop.view.problems}
    await workshop.job(job_id)


async def test_a_host_that_goes_away_blocks_and_its_return_goes_on(workshop: Workshop) -> None:
    await workshop.open()
    session = workshop.wizard.session
    session.change(source=SourceKind.EMPTY, name="patient")
    assert workshop.view.is_ready
    workshop.hosts.disconnect("a")
    await eventually(lambda: not workshop.view.is_ready)
    assert [p.kind for p in workshop.view.errors] == [ProblemKind.HOST_OFFLINE]
    workshop.hosts.connect("a")
    await eventually(lambda: workshop.inventory.hosts["a"].state is HostState.CONNECTED)
    await eventually(lambda: workshop.view.is_ready)
    assert workshop.view.new is not None
    assert workshop.view.new.name == "patient"


async def test_a_measured_host_is_no_news(workshop: Workshop) -> None:
    await workshop.open()
    told: list[None] = []
    workshop.wizard.session.changed.connect(lambda: told.append(None))
    host = workshop.inventory.hosts["a"]
    workshop.inventory.set_host(replace(host, health=replace(host.health, answered_s=host.updated_s + 1)))
    assert told == []
    workshop.inventory.set_host(replace(host, config=replace(host.config, name="renamed")))
    assert told
    assert [each.name for each in workshop.view.hosts] == ["renamed"]


async def test_a_host_that_is_removed_leaves_the_draft_to_another(workshop: Workshop) -> None:
    await workshop.connect(host_id="b")
    await workshop.connect(host_id="c")
    await workshop.open("a")
    box = workshop.wizard.findChild(QComboBox, "create-host")
    assert box is not None
    assert box.currentData() == "a"
    workshop.hosts.remove("a")
    await eventually(lambda: workshop.view.draft.host_id != "a")
    assert workshop.view.draft.host_id == box.currentData() == "b"
    for host_id in ("b", "c"):
        workshop.hosts.remove(host_id)
    await eventually(lambda: not workshop.view.hosts)
    assert workshop.view.draft.host_id == ""
    assert not workshop.view.is_ready


async def test_a_file_that_cannot_be_looked_at_is_no_error(workshop: Workshop) -> None:
    await workshop.open()
    session = workshop.wizard.session
    session.change(cdrom=FileRef("/srv/later.iso"))
    workshop.hosts.disconnect("a")
    await eventually(lambda: workshop.view.medium(Field.CDROM) is not None)
    medium = workshop.view.medium(Field.CDROM)
    assert medium is not None
    assert {issue.kind for issue in medium.issues} <= {MediumIssueKind.UNKNOWN, MediumIssueKind.MISSING}


async def test_generic_is_a_choice_of_its_own(workshop: Workshop) -> None:
    await workshop.open()
    session = workshop.wizard.session
    session.change(source=SourceKind.EMPTY)
    assert workshop.view.os is None
    session.change(os_id=GENERIC_ID)
    assert workshop.view.os is not None
    assert workshop.view.os.name == "Generic"


async def test_hidden_it_asks_nothing(workshop: Workshop) -> None:
    await workshop.open()
    wizard = workshop.wizard
    wizard.session.change(cdrom=FileRef("/nowhere.iso"))
    wizard.reject()
    assert not wizard.session._inspect_timer.isActive()
    assert not wizard.session._offer_timer.isActive()


async def test_an_imported_disk_can_be_used_itself_or_as_a_copy(workshop: Workshop, tmp_path: Path) -> None:
    await workshop.open()
    wizard = workshop.wizard
    image = tmp_path / "system.img"
    image.write_bytes(bytes(1 << 20))
    wizard.session.change(source=SourceKind.DISK_IMAGE, disk_image=FileRef(str(image)))
    wizard.go_to(PageId.STORAGE)
    said = wizard.findChild(Message, "create-disk-imported")
    assert said is not None
    assert "will be written to" in said.text
    said.fix_button.click()
    assert workshop.view.draft.disk_image == FileRef(str(image), local=True, upload_pool="default-pool")
    assert "copied to storage pool “default-pool”" in said.text
    said.fix_button.click()
    assert workshop.view.draft.disk_image == FileRef(str(image))
    await workshop.settled()


async def test_even_the_small_buttons_in_fields_have_names(workshop: Workshop) -> None:
    await workshop.open()
    for page in PageId:
        workshop.wizard.go_to(page)
    assert [
        b for b in workshop.wizard.findChildren(QToolButton) if not b.accessibleName() and not b.text()
    ] == []


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that the hypervisor's user may enter too."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


DISK = """<domain type='test'><name>db</name><memory>1024</memory><os><type>hvm</type></os>
  <devices><disk type='file' device='disk'><source file='{path}'/><target dev='vda' bus='virtio'/></disk></devices>
</domain>"""


@pytest.mark.parametrize("source", [SourceKind.DISK_IMAGE, SourceKind.EMPTY])
async def test_a_disk_of_another_machine_blocks_only_while_that_runs(
    workshop: Workshop, public_folder: Path, source: SourceKind
) -> None:
    image = public_folder / "db.img"
    image.write_bytes(bytes(1 << 20))
    uuid = await workshop.hosts.connection("a").run(definition.define, DISK.format(path=image))
    await workshop.hosts.connection("a").run(lifecycle.start, uuid)
    await eventually(lambda: DomainKey("a", uuid) in workshop.inventory.domains)
    await workshop.open()
    wizard = workshop.wizard
    ref = FileRef(str(image))
    wizard.session.change(source=source, disk_image=ref, disk_choice=DiskChoice.EXISTING, existing_disk=ref)
    await eventually(lambda: workshop.view.medium(Field.DISK_IMAGE) is not None)
    (told,) = workshop.view.errors
    assert (told.kind, told.name, told.host) == (ProblemKind.DISK_IN_USE, "db", "host-a")
    name = (
        "create-disk-path-message" if source is SourceKind.DISK_IMAGE else "create-existing-disk-path-message"
    )
    wizard.go_to(PageId.SOURCE if source is SourceKind.DISK_IMAGE else PageId.STORAGE)
    said = wizard.findChild(Message, name)
    assert said is not None
    assert "Virtual machine “db” on host-a uses this disk already" in said.text
    assert said.level is Level.ERROR
    # What the words advise: shut it down. Nothing has to be chosen again.
    await workshop.hosts.connection("a").run(lifecycle.destroy, uuid)
    await eventually(lambda: workshop.view.is_ready)
    assert said.level is Level.WARNING
    await workshop.hosts.connection("a").run(definition.undefine, uuid)
    await eventually(lambda: "db" not in said.text)


async def test_a_fault_while_asking_the_host_is_told_and_the_question_ends(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_host_id: str) -> None:
        raise UnicodeDecodeError("utf-8", b"\xe7", 0, 1, "invalid start byte")

    with monkeypatch.context() as patch:
        patch.setattr(workshop.creation, "offer", fail)
        workshop.wizard.open_for(None)
        await eventually(lambda: workshop.view.offer_error is not None)
    assert isinstance(workshop.view.offer_error, InternalFault)
    workshop.wizard.session.reload_offer()
    await eventually(lambda: workshop.view.offer_error is None and workshop.view.offer is not None)


async def test_a_pool_that_does_not_answer_is_told_and_offered_again_when_it_does(workshop: Workshop) -> None:
    workshop.wizard.session._silent_timer.setInterval(20)
    await workshop.open()
    connection = workshop.hosts.connection("a")
    stuck = connection._stuck.add("default-pool", time.monotonic() - 300)
    workshop.wizard.session.reload_offer()
    await eventually(lambda: any(p.kind is ProblemKind.POOL_SILENT for p in workshop.view.problems))
    (problem,) = (p for p in workshop.view.problems if p.kind is ProblemKind.POOL_SILENT)
    assert "has not answered for 5 min" in problem_text(problem)
    connection._stuck.remove(stuck, is_answered=True)
    await eventually(lambda: not any(p.kind is ProblemKind.POOL_SILENT for p in workshop.view.problems))
