"""One file or two: sure where it can be, else on the safe side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.storage import Volume
from vmgui.policy.shared_storage import (
    LONG_SLACK_S,
    SLACK_S,
    Likeness,
    Sought,
    SoughtFile,
    is_one_by_time,
    likeness,
)

NFS = "netfs nas: /export"
OURS = Volume("default", "web.qcow2", "/images/web.qcow2", "qcow2", 1000, 10, "", "/images/web.qcow2", 5000.0)


def test_a_file_of_the_same_name_in_the_same_directory_is_told_by_size_then_by_times() -> None:
    assert likeness(SoughtFile(OURS), replace(OURS, allocation_bytes=11), "") is Likeness.BY_TIME
    assert likeness(SoughtFile(OURS), replace(OURS, capacity_bytes=1001), "") is Likeness.OTHER


@pytest.mark.parametrize(
    ("times", "is_one"),
    [
        ((500.0, 500.0, 500.0), True),
        ((500.0, 503.0, 507.0), True),  # it is being written all the while
        ((500.0, 507.0, 500.0), False),
        ((500.0, 400.0, 500.0), False),
        ((500.0, 400.0, 900.0), False),
        ((500.0, 500.05, 500.0), True),
        ((0.0, 400.0, 500.0), True),
        ((500.0, 0.0, 500.0), True),
        ((500.0, 400.0, 0.0), True),
    ],
)
def test_the_times_of_one_file_do_not_fall(times: tuple[float, float, float], is_one: bool) -> None:
    assert is_one_by_time(*times, SLACK_S) is is_one


def test_where_one_file_is_expected_times_may_be_old() -> None:
    assert is_one_by_time(500.0, 560.0, 500.0, LONG_SLACK_S)
    assert not is_one_by_time(500.0, 900.0, 500.0, LONG_SLACK_S)


def test_network_storage_is_sure_whatever_the_rest_says() -> None:
    far = replace(OURS, path="/mnt/web.qcow2", key="/mnt/web.qcow2", capacity_bytes=7, modified_unix_s=9e9)
    assert likeness(SoughtFile(OURS, NFS), far, NFS) is Likeness.SAME
    assert likeness(SoughtFile(OURS, NFS), far, "netfs other: /export") is Likeness.OTHER
    assert likeness(SoughtFile(OURS, NFS), replace(far, name="db.qcow2"), NFS) is Likeness.OTHER


def test_names_that_are_unique_in_the_world() -> None:
    volume = Volume("vg", "web", "/dev/vg/web", "raw", 1000, 1000, "", "aBc-1")
    assert likeness(SoughtFile(volume), volume, "") is Likeness.SAME
    assert likeness(SoughtFile(volume), replace(volume, key="aBc-2"), "") is Likeness.OTHER
    assert likeness(SoughtFile(volume), replace(volume, key="/dev/vg/web"), "") is Likeness.OTHER


def test_only_pools_that_may_show_a_file_are_looked_at() -> None:
    sought = Sought((SoughtFile(OURS), SoughtFile(replace(OURS, name="n", path="/nfs/n"), NFS)))
    assert set(sought.in_pool("", "/images/")) == {"web.qcow2"}
    assert set(sought.in_pool("", "/elsewhere")) == set()
    assert set(sought.in_pool(NFS, "/mnt")) == {"n"}
    # Mounted at the same place under another name of the server.
    assert set(sought.in_pool("netfs 10.0.0.7: /export", "/nfs")) == {"n"}
    assert set(sought.in_pool("", "")) == set()
