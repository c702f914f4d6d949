"""The program's translations: `update` reads the sources, `release` compiles, `check` says what is missing.

Without an argument: update, then check.

The .ts files in resources/i18n are the source, written by people; the .qm files Qt reads are made from them by
packaging/run, by the build of a wheel and by the tests, and are not in the repository.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
# The compiled tools themselves: the scripts of the same name only look them up.
TOOLS = Path(PySide6.__file__).parent
# English is in the sources; its file has the plurals only ("%n disk(s)" -> "1 disk", "2 disks").
LANGUAGES: dict[str, tuple[str, ...]] = {"es": (), "en": ("-pluralonly",)}


def sources() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "vmgui").rglob("*.py"))


def update(folder: Path = FOLDER) -> None:
    """Bring the .ts files up to the program's texts; what is gone from the sources goes here too."""
    folder.mkdir(parents=True, exist_ok=True)
    for language, options in LANGUAGES.items():
        target = folder / f"vmgui_{language}.ts"
        _run("lupdate", *sources(), "-locations", "none", "-no-obsolete", "-tr-function-alias", "translate+=say", "-source-language", "en",
             *options, "-target-language", language, "-ts", str(target))  # fmt: skip


def release(folder: Path = FOLDER) -> list[Path]:
    """Compile the .ts files beside themselves; returns the .qm files."""
    compiled: list[Path] = []
    for source in sorted(folder.glob("*.ts")):
        target = source.with_suffix(".qm")
        # Whole or not at all: another start may be reading it.
        partial = target.with_suffix(".qm.new")
        _run("lrelease", "-silent", str(source), "-qm", str(partial))
        partial.replace(target)
        compiled.append(target)
    return compiled


def check() -> list[str]:
    """What keeps the translations from being complete, one line each."""
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            name = f"vmgui_{language}.ts"
            existing = FOLDER / name
            fresh = Path(scratch) / name
            if existing.exists():
                fresh.write_bytes(existing.read_bytes())
            update(Path(scratch))
            known = set(_messages(existing)) if existing.exists() else set()
            wanted = _messages(fresh)
            # At run time the context is never empty, so such a text is never found.
            problems += [
                f"lupdate cannot see the context of {text!r}: use self.tr(), or "
                'QCoreApplication.translate("Context", ...) with a literal context'
                for context, text in wanted
                if not context
            ]
            problems += [f"{name}: missing: {text!r} in {context}" for context, text in wanted.keys() - known]
            problems += [
                f"{name}: no longer used: {text!r} in {context}" for context, text in known - wanted.keys()
            ]
            problems += [
                f"{name}: unfinished: {text!r} in {context}"
                for (context, text), finished in wanted.items()
                if not finished and (context, text) in known
            ]
    return sorted(problems)


def _messages(path: Path) -> dict[tuple[str, str], bool]:
    """(context, source text with its comment) -> whether its translation is finished and not empty."""
    messages: dict[tuple[str, str], bool] = {}
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            kind = "" if translation is None else translation.get("type", "")
            if kind in ("vanished", "obsolete"):
                continue
            forms = [] if translation is None else [translation.text, *(f.text for f in translation)]
            finished = kind != "unfinished" and any(text and text.strip() for text in forms)
            comment = message.findtext("comment")
            source = message.findtext("source", "") + (f" ({comment})" if comment else "")
            messages[context.findtext("name", ""), source] = finished
    return messages


def _run(tool: str, *arguments: str) -> None:
    result = subprocess.run(
        [str(TOOLS / tool), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise SystemExit(f"{tool}: {result.stdout}{result.stderr}")


def main() -> int:
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["release"]:
            release()
        case [] | ["check"]:
            if len(sys.argv) == 1:
                update()
            problems = check()
            print("\n".join(problems) or "complete")
            return bool(problems)
        case _:
            print("usage: packaging/translate [update|release|check]")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
