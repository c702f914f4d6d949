"""Spanish is complete with every change."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from vmgui.commands.command import MachineCommand
from vmgui.commands.menus import ALL
from vmgui.words.say import Say

ROOT = Path(__file__).resolve().parents[2]
# The person is "tú"; a host is a "host", what runs in a machine is "invitado".
OF_ANOTHER_SPANISH = re.compile(
    r"(?i:anfitri|hu[eé]sped|\bustede?s?\b)"
    r"|\b(?:Diga|Revise|Elija|Compruebe|Escriba|Espere|Haga|Instale|Mire|Pruebe|Vuelva|Añada|Conecte|Quite|Use)\b"
)


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    # By its path: packaging/ is no package, and a library has that name.
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_complete_and_not_stale(translations: ModuleType) -> None:
    if not any((ROOT / "resources" / "i18n").glob("*.ts")):
        pytest.skip("no translation yet")
    problems = translations.check()
    assert not problems, "packaging/translate update, then translate:\n" + "\n".join(problems)


def test_spanish_is_one_spanish() -> None:
    root = ElementTree.parse(ROOT / "resources" / "i18n" / "vmgui_es.ts").getroot()
    texts = ["".join(translation.itertext()) for translation in root.iter("translation")]
    assert [text for text in texts if OF_ANOTHER_SPANISH.search(text.replace("&", ""))] == []


def test_what_is_done_and_how_it_is_then_are_two_words() -> None:
    """English says "Shut down" for both; whoever translates one must not carry the word over from the other."""
    root = ElementTree.parse(ROOT / "resources" / "i18n" / "vmgui_es.ts").getroot()
    spanish = {
        Say(context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): (
            message.findtext("translation", "")
        )
        for context in root.iter("context")
        for message in context.iter("message")
    }
    told = {text for said, text in spanish.items() if said.context in ("State", "Event")}
    assert {"Apagada", "Iniciada", "En pausa"} <= told
    titles = [command.title for command in ALL]
    titles += [
        title for command in ALL if isinstance(command, MachineCommand) for title in command.title_in.values()
    ]
    assert [title for title in titles if spanish.get(title) in told] == []
    # When, not what: a job is no "she".
    assert spanish[Say("Jobs", "Started")] == "Inicio"


def test_update_and_check_see_each_kind_of_gap(
    translations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "vmgui" / "pane.py"
    folder = tmp_path / "resources" / "i18n"
    source.parent.mkdir()
    source.write_text(
        'class Pane:\n    def a(self):\n        self.tr("Start")\n        self.tr("%n disks", "", 2)\n'
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "FOLDER", folder)
    monkeypatch.setattr(translations, "LANGUAGES", {"es": ()})
    translations.update(folder)
    assert len(translations.check()) == 2, "both are unfinished"

    path = folder / "vmgui_es.ts"
    done = path.read_text().replace(
        '<translation type="unfinished"></translation>', "<translation>Iniciar</translation>"
    )
    done = done.replace('<translation type="unfinished">', "<translation>")
    path.write_text(done.replace("<numerusform></numerusform>", "<numerusform>discos</numerusform>"))
    assert translations.check() == []

    source.write_text(source.read_text().replace('"Start"', '"Begin"'))
    assert [line.split(":")[1] for line in translations.check()] == [" missing", " no longer used"]

    source.write_text('CONTEXT = "x"\ntranslate(CONTEXT, "Lost")\ndef f():\n    tr("Lost")\n')
    assert any("cannot see the context of 'Lost'" in line for line in translations.check())


def test_english_has_its_plurals_and_nothing_else(
    translations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "vmgui" / "pane.py"
    source.parent.mkdir()
    source.write_text(
        'class Pane:\n    def a(self):\n        self.tr("Start")\n        self.tr("%n disks", "", 2)\n'
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    translations.update(tmp_path / "i18n")
    english = (tmp_path / "i18n" / "vmgui_en.ts").read_text()
    assert "%n disks" in english
    assert "Start" not in english


def test_compiled_form_is_found_by_qt(
    translations: ModuleType, tmp_path: Path, qapp: QCoreApplication
) -> None:
    (tmp_path / "vmgui_es.ts").write_text(
        '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="es"><context><name>Pane</name>'
        "<message><source>Start</source><translation>Iniciar</translation></message></context></TS>"
    )
    (compiled,) = translations.release(tmp_path)
    translator = QTranslator()
    assert translator.load(str(compiled))
    assert translator.translate("Pane", "Start") == "Iniciar"
