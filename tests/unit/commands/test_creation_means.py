"""What a host offers for each answer, and why something of it cannot be chosen."""

from __future__ import annotations

from dataclasses import replace

from tests.ui.creation.offers import GIB, make_host, make_offer
from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import CPUS, POOL, Plug
from vmgui.model.creation import NetworkKind, NewInterface, NewVolume, SourceKind
from vmgui.model.offer import Field, Problem, ProblemKind, Severity
from vmgui.policy.creation import defaults
from vmgui.words.note import Level

OFFER = make_offer()
NEW = defaults(OFFER, SourceKind.EMPTY)


def test_cpus_and_memory_stand_on_the_hosts_scale() -> None:
    cpus, memory = means.cpus(NEW, OFFER, None), means.memory(OFFER, None)
    assert (cpus.least, cpus.total, cpus.others, cpus.recommended) == (1, 8, 3, None)
    assert (memory.total, memory.others) == (16 * 1024**2, 7 * 1024**2)
    # What was typed beyond it does not stretch it.
    assert means.cpus(replace(NEW, vcpus=9999), OFFER, None) == cpus
    assert means.cpus_max(replace(NEW, vcpus_max=9999), OFFER) == (1, 9999)


def test_a_pool_of_block_devices_holds_raw_disks_only_and_says_so() -> None:
    for pool, is_possible in (("default", True), ("lvm", False)):
        qcow2, raw = means.disk_formats(NewVolume(pool, "x", GIB), OFFER)
        assert not raw.why_not
        assert (not qcow2.why_not) is is_possible


def test_a_new_disk_needs_a_pool() -> None:
    assert not means.disk_ways(OFFER)[0].why_not
    without = replace(OFFER, pools=())
    assert means.disk_ways(without)[0].why_not
    assert [option.value for option in means.disk_ways(without)] == [o.value for o in means.disk_ways(OFFER)]
    assert means.pools(NewVolume("", "x", GIB, directory="/x"), without) == ()
    assert "/x" in means.folder(NewVolume("", "x", GIB, directory="/x"), without)


def test_what_is_gone_stays_visible_while_it_is_chosen() -> None:
    assert "gone" not in [option.value for option in means.pools(NewVolume("default", "x", GIB), OFFER)]
    assert means.pools(NewVolume("gone", "x", GIB), OFFER)[-1].value == "gone"
    nic = NewInterface(NetworkKind.VIRTUAL, "gone")
    assert means.plugs(replace(NEW, interface=nic), OFFER)[-1].value == Plug(NetworkKind.VIRTUAL, "gone")


def test_without_rights_the_users_own_network_comes_first() -> None:
    for is_privileged, place in ((True, -2), (False, 0)):
        found = means.plugs(NEW, replace(OFFER, is_privileged=is_privileged))
        assert found[place].value == Plug(NetworkKind.USER)
        assert all(option.hint for option in found)


def test_one_host_is_no_choice() -> None:
    one, other = make_host("a"), make_host("b", "host-b")
    assert means.hosts([one]) == ()
    assert [option.value for option in means.hosts([one, other])] == ["a", "b"]


def test_a_tpm_that_is_on_can_be_switched_off_where_there_is_none() -> None:
    bare = replace(OFFER, capabilities=tuple(replace(c, tpm_backends=()) for c in OFFER.capabilities))
    assert means.why_no_tpm(replace(NEW, tpm=False), bare)
    assert not means.why_no_tpm(replace(NEW, tpm=True), bare)
    assert not means.why_no_tpm(replace(NEW, tpm=False), OFFER)


def test_all_that_is_wrong_with_an_answer_stands_under_its_field_with_the_worst_mark() -> None:
    info = Problem(Field.VCPUS, ProblemKind.VCPUS_OVER_HOST, Severity.WARNING, actual=9, limit=8)
    error = Problem(Field.VCPUS, ProblemKind.VCPUS_TOO_FEW)
    medium = Problem(Field.CDROM, ProblemKind.MEDIUM_NOT_CHOSEN)
    pool = Problem(Field.DISK_POOL, ProblemKind.POOL_MISSING, name="gone")
    cpus, of_pool = means.notes([info, error, medium, pool])
    assert (cpus.field, cpus.level, of_pool.field) == (CPUS.name, Level.ERROR, POOL.name)
    assert len(cpus.text.splitlines()) == 2
