"""What machines may be called; machines of the same name on several hosts are told apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.policy.domain_names import (
    NAME_MAX_BYTES,
    NameProblem,
    folded,
    name_problem,
    shared_names,
    with_host,
)
from vmgui.policy.tags import shown_name


def machine(host: str, name: str) -> Domain:
    return Domain(DomainKey(host, f"{host}-{name}"), name, DomainState.OFF)


def test_shared_are_names_that_may_be_taken_for_the_same_on_another_host() -> None:
    domains = [
        machine("a", "web"),
        machine("b", "Web "),
        machine("a", "db"),
        machine("a", "DB"),
        machine("b", "x"),
    ]
    assert shared_names(domains) == {folded("web")}
    assert shared_names([]) == frozenset()


def test_a_shared_name_is_shown_with_its_host_and_its_spaces() -> None:
    assert with_host("web", "") == "web"
    assert with_host("web ", "host-a") == "web\u2423 (host-a)"


def test_a_title_stands_before_a_name_that_stays_to_be_seen() -> None:
    assert shown_name("web ", "") == "web\u2423"
    assert shown_name("web ", " \t ") == "web\u2423"
    # A title that is another machine's name does not hide which machine it is.
    assert shown_name("web", "db") == "db (web)"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("web", None),
        ("Büro 2 & <x> '\"", None),
        ("100", None),
        ("-web", None),
        ("", NameProblem.EMPTY),
        ("  ", NameProblem.EMPTY),
        (" web", NameProblem.OUTER_SPACE),
        ("web\t", NameProblem.OUTER_SPACE),
        ("a\x1bb", NameProblem.CONTROL_CHARACTER),
        ("a\x7fb", NameProblem.CONTROL_CHARACTER),
        ("a\x85b", NameProblem.CONTROL_CHARACTER),  # next line, a C1 control character
        ("a\udc80", NameProblem.CONTROL_CHARACTER),
        ("a\uffffb", NameProblem.CONTROL_CHARACTER),
        ("../etc", NameProblem.SLASH),
        (".", NameProblem.DOT),
        ("..", NameProblem.DOT),
        ("...", NameProblem.DOT),
        ("é" * (NAME_MAX_BYTES // 2), None),
        ("é" * (NAME_MAX_BYTES // 2) + "x", NameProblem.TOO_LONG),
        ("taken", NameProblem.TAKEN),
    ],
)
def test_names(name: str, problem: NameProblem | None) -> None:
    assert name_problem(name, frozenset({"taken"})) is problem


@given(st.text())
def test_a_good_name_is_one_file_name(name: str) -> None:
    if name_problem(name) is None:
        assert name
        assert "/" not in name
        assert name not in {".", ".."}
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in name)
