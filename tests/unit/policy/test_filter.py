"""The filter language: what is found, what is not understood, and what narrowing promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.filter import FIELDS, Facts, HintKind, Query, parse

STATES = frozenset({"running", "off", "paused", "shutting down", "en marcha", "apagada"})
WEB = Facts(
    name="web-01",
    state="running\nen marcha",
    host="host-a",
    tag="web\nproduction",
    folder="customers/shop",
    os="debian 12",
    ip="10.0.0.12\nfe80::1",
    mac="52:54:00:12:34:01",
    note="front end of the shop.\nask ana first",
)
MAIL = Facts(name="mail", state="off\napagada", host="host-b", tag="webmail", os="windows 11")


def found(text: str) -> set[str]:
    query = parse(text, STATES)
    return {facts.name for facts in (WEB, MAIL) if query.matches(facts)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", {"web-01", "mail"}),
        ("   ", {"web-01", "mail"}),
        ("WEB", {"web-01", "mail"}),
        ("web running", {"web-01"}),
        ("ana", {"web-01"}),
        ("10.0.0.12", {"web-01"}),
        ("en marcha", {"web-01"}),
        ('"end of the shop"', {"web-01"}),
        ('"shop the"', set()),
        ("state:running", {"web-01"}),
        ("state:run", {"web-01"}),
        ("State:APAGADA", {"mail"}),
        ("state:off|running", {"web-01", "mail"}),
        ("host:host-a", {"web-01"}),
        ("host:*-b", {"mail"}),
        ("host:a", set()),
        ("tag:web", {"web-01", "mail"}),
        ('tag:"web"', {"web-01"}),
        ("tag:prod", {"web-01"}),
        ("tag:web*mail", {"mail"}),
        ("tag:webm?il", {"mail"}),
        ("-tag:production", {"mail"}),
        ("tag:*", {"web-01", "mail"}),
        ("folder:*", {"web-01"}),
        ("-folder:*", {"mail"}),
        ("folder:shop", {"web-01"}),
        ("folder:customers/*", {"web-01"}),
        ("os:debian", {"web-01"}),
        ("os:11", {"mail"}),
        ('os:"debian 12"', {"web-01"}),
        ("ip:10.0.*", {"web-01"}),
        ("ip:0.12", set()),
        ("address:fe80:", {"web-01"}),
        ("mac:52:54", {"web-01"}),
        ('note:"ask ana"', {"web-01"}),
        ("-web", set()),
        ("-running", {"mail"}),
        ("mail|front", {"web-01", "mail"}),
        ("web|", {"web-01", "mail"}),
        ("w*01", {"web-01"}),
        ("b-?1", {"web-01"}),
        ("name:web -state:off", {"web-01"}),
        ("-", {"web-01", "mail"}),
        ("|", {"web-01", "mail"}),
    ],
)
def test_what_is_found(text: str, names: set[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("colour:red", HintKind.UNKNOWN_FIELD, "colour"),
        ("state:flying", HintKind.UNKNOWN_STATE, "flying"),
        ("tag:", HintKind.UNFINISHED, "tag"),
        ("-host:", HintKind.UNFINISHED, "host"),
        ('"half', HintKind.OPEN_QUOTE, ""),
        ("x" * 600, HintKind.TOO_LONG, ""),
    ],
)
def test_what_is_not_understood_is_told(text: str, kind: HintKind, word: str) -> None:
    assert [(hint.kind, hint.word) for hint in parse(text, STATES).hints] == [(kind, word)]


def test_what_is_not_understood_is_searched_for_as_text() -> None:
    odd = Facts(name="a", note="colour:red and state:flying")
    assert parse("colour:red", STATES).matches(odd)
    assert parse("state:flying", STATES).matches(odd)
    assert not parse("-state:flying", STATES).matches(odd)
    assert found("tag:") == {"web-01", "mail"}
    assert found('"front end') == {"web-01"}


def test_an_address_is_no_field() -> None:
    assert parse("fe80::1").hints == ()
    assert parse("52:54:00:12").hints == ()
    assert parse("fe80::1").matches(WEB)


def test_patterns_of_ill_will_cost_little() -> None:
    hostile = Facts(name="a", note="a" * 4000)
    # One that tries every way to split the text takes longer than anybody lives.
    for text in ("*a" * 40 + "b", "note:" + "*a" * 40 + "b", "a?" * 100 + "*b"):
        assert not parse(text).matches(hostile)


TEXTS = st.text(st.sampled_from('ab1 :-|"*?\tñ/.'), max_size=12)
WORDS = st.sampled_from(["a", "b", "ab", "a b", "1", "", "web", "a\nb", "ñ"])
FACTS = st.builds(Facts, *(WORDS for _ in Facts._fields))
QUERIES = st.lists(
    st.one_of(
        TEXTS,
        st.builds(
            lambda field, value: f"{field}:{value}",
            st.sampled_from([*FIELDS, "-tag", "-state", "nonsense"]),
            TEXTS,
        ),
    ),
    max_size=4,
).map(" ".join)


@given(QUERIES, FACTS)
def test_nothing_that_can_be_typed_is_an_error(text: str, facts: Facts) -> None:
    query = parse(text, ("a", "b"))
    assert query.matches(facts) in (True, False)
    assert isinstance(parse(text), Query)


@given(st.text(max_size=60))
def test_nor_any_other_text(text: str) -> None:
    parse(text, STATES).matches(WEB)


@given(QUERIES, QUERIES, FACTS)
def test_a_narrower_query_finds_nothing_the_wider_does_not(wide: str, more: str, facts: Facts) -> None:
    first, second = parse(wide, ("a", "b")), parse(wide + more, ("a", "b"))
    if second.narrows(first) and second.matches(facts):
        assert first.matches(facts)


@given(
    st.lists(st.text(st.characters(codec="ascii", categories=["Ll", "Nd"]), min_size=1), max_size=4), FACTS
)
def test_plain_words_are_each_searched_for_everywhere(words: list[str], facts: Facts) -> None:
    assert parse(" ".join(words)).matches(facts) == all(word in facts.text for word in words)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("", "w"),
        ("w", "we"),
        ("web", "web 01"),
        ("tag:w", "tag:we"),
        ("state:run", "state:running"),
        ("a b", "a bc"),
    ],
)
def test_typing_on_narrows(wide: str, narrow: str) -> None:
    assert parse(narrow, STATES).narrows(parse(wide, STATES))


@pytest.mark.parametrize(
    ("wide", "other"), [("-w", "-we"), ("web", "web|mail"), ("tag:w", "tag:w|x"), ("ab", "a")]
)
def test_what_widens_does_not_narrow(wide: str, other: str) -> None:
    assert not parse(other).narrows(parse(wide))
