"""Machines of the same name on several hosts are told apart."""

from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.policy.domain_names import folded, shared_names, with_host
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
