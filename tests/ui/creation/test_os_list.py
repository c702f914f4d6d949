"""The list of systems stands at the one that was detected, where a person sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QStackedWidget, QWidget

from tests.helpers.waiting import eventually
from vmgui.model.offer import Field, Problem, ProblemKind
from vmgui.model.os_variant import GENERIC, GENERIC_LINUX, OsVariant
from vmgui.ui.creation.os_list import OsList
from vmgui.words import language
from vmgui.words.creation import found_system
from vmgui.words.creation import system as system_words
from vmgui.words.creation_problems import problem_text


def variant(name: str, number: int, *, end_of_life: bool = False) -> OsVariant:
    return OsVariant(
        id=f"http://x/{name}/{number}",
        short_id=f"{name.lower()}{number}",
        name=f"{name} {number}",
        family="linux",
        distro=name.lower(),
        end_of_life=end_of_life,
    )


ALL = tuple(variant(name, number) for name in ("Debian", "Fedora", "Ubuntu") for number in range(60, 0, -1))
OLD = variant("Ubuntu", 99, end_of_life=True)


@pytest.fixture
def pages(qapp: object) -> Iterator[QStackedWidget]:
    """The list on the second page, as in the wizard."""
    made = QStackedWidget()
    made.addWidget(QWidget())
    made.addWidget(OsList())
    made.resize(500, 360)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def the_list(pages: QStackedWidget) -> OsList:
    found = pages.widget(1)
    assert isinstance(found, OsList)
    return found


def stands_at(pages: QStackedWidget) -> str:
    """The marked system, if it can be seen whole."""
    view = pages.findChild(QListView, "os-list")
    assert view is not None
    index = view.currentIndex()
    if not index.isValid() or not view.viewport().rect().contains(view.visualRect(index)):
        return ""
    return str(index.data()).strip()


@pytest.mark.parametrize("system", [ALL[3], ALL[100], ALL[-1]])
def test_what_was_detected_before_the_page_was_seen(pages: QStackedWidget, system: OsVariant) -> None:
    the_list(pages).set_variants(ALL)
    the_list(pages).set_current(system.id)
    pages.setCurrentIndex(1)
    assert stands_at(pages) == system.name
    pages.resize(500, 300)
    assert stands_at(pages) == system.name


def test_what_is_detected_while_the_page_is_seen(pages: QStackedWidget) -> None:
    the_list(pages).set_variants(ALL)
    pages.setCurrentIndex(1)
    for system in (ALL[150], ALL[20]):
        the_list(pages).set_current(system.id)
        assert stands_at(pages) == system.name


def test_a_search_for_another_does_not_hide_it(pages: QStackedWidget) -> None:
    the_list(pages).set_variants(ALL)
    pages.setCurrentIndex(1)
    search = pages.findChild(QLineEdit, "os-search")
    assert search is not None
    search.setText("fedora")
    the_list(pages).set_current(ALL[-1].id)
    assert stands_at(pages) == ALL[-1].name


def test_one_that_has_ended_is_shown(pages: QStackedWidget) -> None:
    the_list(pages).set_variants((*ALL, OLD))
    the_list(pages).set_current(OLD.id)
    pages.setCurrentIndex(1)
    assert stands_at(pages) == OLD.name


def test_one_newer_than_all_that_are_known_is_in_the_list(pages: QStackedWidget) -> None:
    newer = replace(variant("Debian", 61), is_guess=True)
    the_list(pages).set_variants(ALL, newer)
    the_list(pages).set_current(newer.id)
    pages.setCurrentIndex(1)
    assert stands_at(pages) == newer.name
    # Another medium was chosen.
    the_list(pages).set_variants(ALL)
    the_list(pages).set_current(ALL[5].id)
    assert stands_at(pages) == ALL[5].name


def shown(pages: QStackedWidget) -> list[str]:
    view = pages.findChild(QListView, "os-list")
    assert view is not None
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


async def test_names_that_are_words_are_in_the_language_of_the_window(
    pages: QStackedWidget, qapp: QApplication
) -> None:
    def linux(year: int) -> OsVariant:
        return replace(
            GENERIC_LINUX,
            id=f"http://libosinfo.org/linux/{year}",
            name=f"Generic Linux {year}",
            distro="linux",
        )

    rocky = replace(variant("Rocky", 9), name="Rocky Linux 9 Unknown")
    haiku = replace(variant("Haiku", 0), family="", distro="")
    the_list(pages).set_variants((haiku, rocky, linux(2022), linux(2020), GENERIC_LINUX, GENERIC))
    the_list(pages).set_current(rocky.id)
    generic = [
        "Generic",
        "    Generic Linux 2022",
        "    Generic Linux 2020",
        "    Generic Linux",
        "    Generic",
    ]
    rest = ["Rocky Linux", "    Rocky Linux 9, unknown version", "Other", "    Haiku 0"]
    assert shown(pages) == generic + rest
    language.install(qapp, "es")
    try:
        await eventually(lambda: shown(pages)[0] == "Genérico")
        genéricos = [
            "Genérico",
            "    Linux genérico 2022",
            "    Linux genérico 2020",
            "    Linux genérico",
            "    Genérico",
        ]
        assert shown(pages) == [
            *genéricos,
            "Rocky Linux",
            "    Rocky Linux 9, versión desconocida",
            "Otros",
            "    Haiku 0",
        ]
        pages.setCurrentIndex(1)
        assert stands_at(pages) == "Rocky Linux 9, versión desconocida"
        # Who types a name finds it in either language.
        search = pages.findChild(QLineEdit, "os-search")
        assert search is not None
        for words in ("genérico 2020", "generic linux 2020"):
            search.setText(words)
            assert shown(pages) == ["Genérico", "    Linux genérico 2020"]
        old = Problem(Field.OS, ProblemKind.OS_END_OF_LIFE, name="Generic Linux 2020")
        assert problem_text(old).startswith("Linux genérico 2020 ")
        assert "Linux genérico 2022" in found_system(linux(2022), (), is_guessed=True)
        assert system_words(GENERIC) == "Genérico"
        # Only a system's name is one.
        taken = Problem(Field.NAME, ProblemKind.NAME_TAKEN, name="Generic")
        assert "Generic" in problem_text(taken)
    finally:
        language.install(qapp, "en")
