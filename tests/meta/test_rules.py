"""The rules of the house that a person would else have to watch over (ARCHITECTURE, CONVENTIONS).

Each rule reads the sources and gives the places that break it; a test per rule lists them all at once.
"""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "vmgui"
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "LICENSE", "vmgui", "resources", "tests", "packaging"),
    *(".ci", ".gitignore", ".gitattributes", ".editorconfig", ".pre-commit-config.yaml"),
}
ATTICS = {"utils", "util", "misc", "helpers", "helper", "manager", "managers", "common_utils"}
LONGEST_FILE = 400

# The only place where a task is born: it keeps, watches and ends them.
TASK_OWNERS = {"services/scope.py"}
STATIC_DIALOGS = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QFileDialog": {
        *("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
        *("getOpenFileUrl", "getOpenFileUrls", "getSaveFileUrl", "getExistingDirectoryUrl"),
    },
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}
# Layers that the command line stands on too.
CORE_ONLY = {"words", "commands", "cli"}
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}

# In a directory that we may not enter, in one that is a file, for a person without a home ... they raise.
PATHLIB_QUESTIONS = {
    *("exists", "is_dir", "is_file", "is_symlink", "is_socket", "is_fifo", "is_mount"),
    *("is_block_device", "is_char_device", "home", "expanduser"),
}

# What cannot be looked at must not be taken for missing: it would be written over.
UNKNOWN_IS_NOT_NO = {"store/toml_look.py"}

Rule = Callable[[Path, ast.Module], Iterator[tuple[int, str]]]
RULES: dict[str, Rule] = {}


def rule(words: str) -> Callable[[Rule], Rule]:
    def keep(function: Rule) -> Rule:
        RULES[words] = function
        return function

    return keep


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(), str(path)) for path in sorted(PACKAGE.rglob("*.py"))}


def name_of(node: ast.expr) -> str:
    """`a.b.c` of a name or attribute; a call's or item's parts as what they are taken from."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{name_of(node.value)}.{node.attr}"
        case ast.Call():
            return name_of(node.func)
        case ast.Subscript():
            return name_of(node.value)
        case _:
            return ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, name_of(node.func)


@rule("every module says what it is and why")
def missing_docstrings(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if not ast.get_docstring(tree):
        yield 1, "no module docstring"


@rule("a broad except logs, raises or hands the error on")
def swallowed_errors(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        if not any(kind is None or name_of(kind) in {"Exception", "BaseException"} for kind in types):
            continue
        body = [inner for statement in node.body for inner in ast.walk(statement)]
        logs = any(
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Attribute)
            and inner.func.attr in LOG_METHODS
            for inner in body
        )
        raises = any(isinstance(inner, ast.Raise) for inner in body)
        hands_on = any(isinstance(inner, ast.Name) and inner.id == node.name for inner in body)
        if not (logs or raises or hands_on):
            yield node.lineno, "the error is swallowed"


@rule("no nested event loop")
def nested_loops(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call, name in calls(tree):
        parts = name.split(".")
        if parts[-1] in {"processEvents", "exec", "exec_"} and len(parts) > 1:
            yield call.lineno, f"{name}()"
        elif len(parts) > 1 and parts[-1] in STATIC_DIALOGS.get(parts[-2], ()):
            yield call.lineno, f"{name}() waits in a loop of its own: use open()"


@rule("tasks belong to a scope")
def loose_tasks(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.relative_to(PACKAGE).as_posix() in TASK_OWNERS:
        return
    for call, name in calls(tree):
        owner, _, method = name.rpartition(".")
        if method == "ensure_future" or (
            method == "create_task" and (owner == "asyncio" or "loop" in owner.lower())
        ):
            yield call.lineno, f"{name}()"
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and name_of(node).rpartition(".")[2] in {
            "asyncSlot",
            "asyncClose",
        }:
            yield node.lineno, name_of(node)


@rule("the default executor is joined at exit and hangs on a dead host")
def joined_executors(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call, name in calls(tree):
        if name.rpartition(".")[2] in {
            "to_thread",
            "run_in_executor",
            "ThreadPoolExecutor",
            "QThreadExecutor",
        }:
            yield call.lineno, f"{name}()"


@rule("a closure connected to a signal keeps its widget alive")
def closures_on_signals(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call, name in calls(tree):
        if not name.endswith(".connect") or not call.args:
            continue
        slot = call.args[0]
        is_partial = isinstance(slot, ast.Call) and name_of(slot.func).rpartition(".")[2] == "partial"
        if (isinstance(slot, ast.Lambda) or is_partial) and any(
            isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(slot)
        ):
            yield call.lineno, "connects a lambda or partial that holds self"


def translated(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.expr]]:
    """The calls lupdate looks for, each with its source text."""
    for call, name in calls(tree):
        method = name.rpartition(".")[2]
        if method == "tr" and call.args:
            yield call, call.args[0]
        elif method in {"translate", "QT_TRANSLATE_NOOP"} and len(call.args) > 1:
            yield call, call.args[1]


@rule("a text to translate is a literal")
def untranslatable_texts(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.relative_to(PACKAGE).parts[0] not in {"ui", "app"}:
        return
    for call, text in translated(tree):
        if isinstance(text, ast.JoinedStr):
            yield call.lineno, "an f-string in tr() is never found: use .format()"


@rule("a person reads a person's words")
def jargon(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call, text in translated(tree):
        if (
            isinstance(text, ast.Constant)
            and isinstance(text.value, str)
            and re.search(r"\bdomains?\b(?! name)|VIR_ERR|\bundefine", text.value, re.IGNORECASE)
        ):
            yield call.lineno, repr(text.value)


PLAIN = "ui/look/plain.py"
GUESS_AT_MARKUP = {
    *("QLabel", "QTextBrowser", "QTextEdit", "QErrorMessage", "QMessageBox", "QInputDialog", "QStaticText"),
    *("QSystemTrayIcon", "QSplashScreen", "QCommandLinkButton", "QGraphicsTextItem", "QWhatsThis"),
    *("setHtml", "insertHtml", "appendHtml", "setTextFormat", "setOpenExternalLinks", "setOpenLinks"),
}
TIPS = {"setToolTip", "setWhatsThis", "setTabToolTip", "showText"}
KEYED = {
    *("QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu"),
    *("addAction", "addMenu", "addTab", "insertTab", "setTabText", "setTitle"),
}


def is_own_text(node: ast.expr) -> bool:
    """Whether a text is the program's own word for word: a literal, translated or not, or nothing."""
    match node:
        case ast.Constant():
            return True
        case ast.IfExp():
            return is_own_text(node.body) and is_own_text(node.orelse)
        case ast.Call():
            method = name_of(node.func).rpartition(".")[2]
            return method == "toolTip" or (
                method in {"tr", "translate"}
                and all(isinstance(argument, ast.Constant) for argument in node.args)
            )
        case _:
            return False


def made_by(node: ast.expr) -> str:
    return name_of(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""


@rule("a widget that takes for markup what looks so is a Label of ui/look/plain.py")
def guessed_markup(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.relative_to(PACKAGE).as_posix() == PLAIN:
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = name_of(node).rpartition(".")[2]
            if name in GUESS_AT_MARKUP or name == "RichText":
                yield node.lineno, name


@rule("a tool tip with anybody's words in it is made by tip()")
def unescaped_tips(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    tips = 0
    for call, name in calls(tree):
        method = name.rpartition(".")[2]
        tips += method == "tip"
        if method in TIPS and call.args:
            text = call.args[-1]
            if not is_own_text(text) and made_by(text) != "tip":
                yield call.lineno, f"{name}()"
    roles = [
        node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "ToolTipRole"
    ]
    if len(roles) > tips:
        yield roles[0].lineno, "ToolTipRole"


@rule("a window's title with anybody's words in it is made by window_title()")
def unescaped_titles(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call, name in calls(tree):
        if name.endswith(".setWindowTitle"):
            text = call.args[0]
            if not is_own_text(text) and made_by(text) != "window_title":
                yield call.lineno, f"{name}()"


@rule("a name on a button, a menu or a tab keeps its ampersands: no_key()")
def names_with_keys(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call, name in calls(tree):
        if name.rpartition(".")[2] not in KEYED:
            continue
        for text in call.args:
            if made_by(text) == "no_key":
                continue
            for node in ast.walk(text):
                if isinstance(node, ast.JoinedStr) or (
                    isinstance(node, ast.Attribute) and node.attr in {"name", "path", "format"}
                ):
                    yield call.lineno, f"{name}()"
                    break


@rule("what may be closed to us is asked for with os.path: pathlib's questions raise PermissionError")
def pathlib_questions(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.relative_to(PACKAGE).as_posix() in UNKNOWN_IS_NOT_NO:
        return
    if not any(isinstance(node, ast.ImportFrom) and node.module == "pathlib" for node in ast.walk(tree)):
        return
    for call, name in calls(tree):
        method = name.rpartition(".")[2]
        if method in PATHLIB_QUESTIONS and not call.args and not name.startswith("Q"):
            yield call.lineno, f"{name}()"


@rule("a Python that is started takes no modules from the current folder")
def unsafe_pythons(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, (ast.List, ast.Tuple)):
            continue
        for number, part in enumerate(node.elts):
            after = node.elts[number + 1] if number + 1 < len(node.elts) else None
            if name_of(part) == "sys.executable" and not (
                isinstance(after, ast.Constant) and after.value in {"-I", "-P"}
            ):
                yield node.lineno, "sys.executable without -I"


@rule("what a person reads is the same without a screen: of Qt, words and commands take QtCore")
def widgets_in_words(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.relative_to(PACKAGE).parts[0] not in CORE_ONLY:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("PySide6", "qasync")):
            names = (
                [node.module or ""] if node.module != "PySide6" else [f"PySide6.{n.name}" for n in node.names]
            )
        elif isinstance(node, ast.Import):
            names = [name.name for name in node.names if name.name.startswith(("PySide6", "qasync"))]
        else:
            continue
        for name in names:
            if name != "PySide6.QtCore":
                yield node.lineno, name


@rule("a file past 400 lines has two reasons to change: split it by reason")
def long_files(path: Path, _tree: ast.Module) -> Iterator[tuple[int, str]]:
    lines = len(path.read_text().splitlines())
    if lines > LONGEST_FILE:
        yield lines, "lines"


@pytest.mark.parametrize("words", RULES)
def test_rule(words: str) -> None:
    broken = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path, tree in modules().items()
        for line, what in RULES[words](path, tree)
    ]
    assert not broken, f"{words}:\n" + "\n".join(broken)


BREAKS = {
    "a Python that is started takes no modules from the current folder": "run([sys.executable, '-m', 'pip'])",
    "every module says what it is and why": "import os",
    "a broad except logs, raises or hands the error on": "try:\n    f()\nexcept Exception as error:\n    pass",
    "no nested event loop": "dialog.exec()",
    "tasks belong to a scope": "asyncio.get_running_loop().create_task(work())",
    "the default executor is joined at exit and hangs on a dead host": "await asyncio.to_thread(f)",
    "a closure connected to a signal keeps its widget alive": "b.clicked.connect(lambda: self.close())",
    "a text to translate is a literal": "self.tr(f'{name} is gone')",
    "a person reads a person's words": "self.tr('Undefine the domain')",
    "what may be closed to us is asked for with os.path: pathlib's questions raise PermissionError": (
        "from pathlib import Path\nPath('/run/libvirt/libvirt-sock').exists()"
    ),
    "a file past 400 lines has two reasons to change: split it by reason": "",
    "what a person reads is the same without a screen: of Qt, words and commands take QtCore": (
        "from PySide6.QtGui import QColor"
    ),
    "a widget that takes for markup what looks so is a Label of ui/look/plain.py": "QLabel(name)",
    "a tool tip with anybody's words in it is made by tip()": "button.setToolTip(self.tr('{n}').format(n=name))",
    "a window's title with anybody's words in it is made by window_title()": "self.setWindowTitle(name)",
    "a name on a button, a menu or a tab keeps its ampersands: no_key()": "menu.addAction(view.name)",
}


@pytest.mark.parametrize("words", RULES)
def test_the_rule_finds_what_breaks_it(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    path = tmp_path / ("words" if "words and commands" in words else "ui") / "case.py"
    path.parent.mkdir()
    path.write_text(BREAKS[words] or "\n" * (LONGEST_FILE + 1))
    assert list(RULES[words](path, ast.parse(path.read_text())))


def tracked() -> list[str]:
    """Paths git knows or would take; in an export without git, all paths."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [path for path in listing.stdout.split("\0") if path and (ROOT / path).exists()]


def test_top_level_is_exactly_what_is_allowed() -> None:
    assert {path.split("/")[0] for path in tracked()} - TOP_LEVEL == set()


def test_no_attics() -> None:
    attics = [
        path
        for path in tracked()
        if path.startswith(("vmgui/", "tests/", "packaging/"))
        and not path.startswith("tests/helpers/")
        and {part.partition(".")[0] for part in path.split("/")} & ATTICS
    ]
    assert not attics


def test_unit_tests_mirror_the_program() -> None:
    """tests/unit/x/test_y.py tests vmgui/x/y.py, or what starts with that name: test_jobs_cancel.py."""
    strays: list[str] = []
    for path in sorted((ROOT / "tests" / "unit").rglob("test_*.py")):
        folder = PACKAGE / path.parent.relative_to(ROOT / "tests" / "unit")
        words = path.stem.removeprefix("test_").split("_")
        names = ["_".join(words[:length]) for length in range(len(words), 0, -1)]
        if not any((folder / f"{name}.py").exists() or (folder / name).is_dir() for name in names):
            strays.append(str(path.relative_to(ROOT)))
    assert not strays


def test_no_secrets_of_a_workplace() -> None:
    """The project stands alone: nothing in it names the machine it was written on."""
    pattern = re.compile(r"/work/(main|shared)|/tmp/setup|\.library\b")
    hits = [
        path
        for path in tracked()
        if path != "tests/meta/test_rules.py"
        and (ROOT / path).stat().st_size < 500_000
        and pattern.search((ROOT / path).read_text(errors="ignore"))
    ]
    assert not hits


def test_readme_map_is_true() -> None:
    """The README names each package of the house, and no file it names is missing."""
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README yet")
    text = readme.read_text()
    packages = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    assert [name for name in packages if f"vmgui/{name}" not in text] == []
    named = re.findall(r"(?<![\w/~.-])((?:packaging|tests|vmgui|resources)/[\w./-]*\w)", text)
    assert [path for path in named if not (ROOT / path).exists()] == []
