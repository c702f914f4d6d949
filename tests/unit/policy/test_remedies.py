"""What is offered for which machines of a job that failed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.domain import DomainKey
from vmgui.model.errors import (
    ChangedMeanwhile,
    ConnectionLost,
    GuestIgnored,
    NetworkInactive,
    PartlyDone,
    PoolInactive,
    SavedStateDamaged,
    SavedStateUnfit,
    TimedOut,
    VmguiError,
)
from vmgui.model.job import Job, JobKind, JobState, JobTarget
from vmgui.model.xml import FaultKind, XmlFault
from vmgui.policy.remedies import Means, Remedy, RemedyKind, is_worth_another_try, remedy_of
from vmgui.policy.xml_error import XmlRefused

A, B, C = (DomainKey("h1", name) for name in "abc")


def target(key: DomainKey) -> JobTarget:
    # One name, as machines of several hosts may have.
    return JobTarget("web", key.host_id, key)


def single(kind: JobKind, error: VmguiError) -> Job:
    return Job(1, kind, (target(A),), JobState.FAILED, error=error, targets_failed=(target(A),))


def many(kind: JobKind, *failed: tuple[DomainKey, VmguiError]) -> Job:
    error = PartlyDone(done=("web",), failed=tuple(("web", error) for _, error in failed))
    targets = tuple(target(key) for key in (A, B, C))
    return Job(
        1, kind, targets, JobState.FAILED, error=error, targets_failed=tuple(target(key) for key, _ in failed)
    )


def test_a_guest_that_ignores_the_request_can_be_forced_off() -> None:
    assert remedy_of(single(JobKind.SHUT_DOWN, GuestIgnored())) == Remedy(RemedyKind.FORCE_OFF, (A,))


def test_of_many_only_those_that_did_not_react_are_forced_off() -> None:
    job = many(JobKind.SHUT_DOWN, (C, GuestIgnored()), (B, ConnectionLost()), (A, GuestIgnored()))
    assert remedy_of(job) == Remedy(RemedyKind.FORCE_OFF, (C, A))


@pytest.mark.parametrize("error", [TimedOut(), ConnectionLost()])
def test_a_silent_host_is_no_stubborn_guest(error: VmguiError) -> None:
    assert remedy_of(single(JobKind.SHUT_DOWN, error)) is None
    assert remedy_of(many(JobKind.SHUT_DOWN, (A, error))) is None


@pytest.mark.parametrize("kind", [JobKind.START, JobKind.RESTORE])
def test_a_damaged_saved_state_can_only_be_discarded(kind: JobKind) -> None:
    wanted = Remedy(RemedyKind.START_AFRESH, (A,), is_only_way=True)
    job = replace(single(kind, SavedStateDamaged()), can_retry=True)
    assert remedy_of(job) == wanted
    assert not is_worth_another_try(job)
    assert is_worth_another_try(replace(job, error=SavedStateUnfit()))
    assert not is_worth_another_try(replace(job, error=SavedStateUnfit(), can_retry=False))


def test_a_text_that_was_refused_has_to_be_another_first() -> None:
    fault = XmlFault(FaultKind.OTHER, detail="no")
    for error in (XmlRefused(fault, by_host=True), ChangedMeanwhile()):
        assert not is_worth_another_try(replace(single(JobKind.DEFINE, error), can_retry=True))


def test_one_that_lacks_something_may_be_restored_later() -> None:
    wanted = Remedy(RemedyKind.START_AFRESH, (A,))
    assert remedy_of(single(JobKind.START, SavedStateUnfit())) == wanted
    mixed = many(JobKind.START, (A, SavedStateDamaged()), (B, ConnectionLost()))
    assert remedy_of(mixed) == wanted


def test_what_is_not_started_is_started_once() -> None:
    network, pool = NetworkInactive(subject="default"), PoolInactive(subject="images")
    job = many(JobKind.START, (A, network), (B, network), (C, pool))
    assert remedy_of(job) == Remedy(
        RemedyKind.START_MEANS, (A, B, C), (Means("h1", "default"), Means("h1", "images", is_pool=True))
    )


def test_nothing_is_offered_for_what_did_not_fail() -> None:
    assert remedy_of(Job(1, JobKind.START, (target(A),), JobState.DONE)) is None
