"""One word per feature on every level, and the list of features with their files (ARCHITECTURE).

`git ls-files | grep WORD` is a whole feature. A file belongs to the feature whose word begins its name or the name
of its folder; what has a name of its own is listed with the feature it belongs to; what serves all is the house.
"""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Feature -> the files of it that are named for what they do instead.
FEATURES: dict[str, set[str]] = {
    "alerts": set(),
    "commitment": {"model/offer"},
    "console": {"hypervisor/graphics", "policy/still_screen"},
    "creation": {
        *("app/new_machines", "hypervisor/kvm_probe", "libvirtxml/kvm_probe", "libvirtxml/new_domain"),
        *("libvirtxml/new_pool", "libvirtxml/osinfo", "model/os_variant", "services/os_variants"),
        *(
            "policy/medium",
            "policy/os_detection",
            "policy/disk_use",
            "policy/typed_path",
            "policy/image_names",
        ),
    },
    "deletion": {
        *("policy/file_identity", "policy/file_names", "policy/file_needs", "services/disk_holders"),
        *("hypervisor/image_heads", "hypervisor/pool_looks", "services/local_images"),
        *("hypervisor/shared_storage", "policy/shared_storage", "libvirtxml/mentions"),
    },
    "definitions": set(),
    "demo": set(),
    "device": set(),
    "diagnosis": {"policy/remedies", "words/remedies"},
    "edits": {
        "policy/settings",
        "policy/virsh",
        "libvirtxml/settings",
        "libvirtxml/passwords",
        "libvirtxml/secrets_told",
    },
    "embedded": {"hypervisor/orphans"},
    "fleet": {"services/consumers"},
    "hardware": {"policy/virsh_hardware"},
    "hosts": {
        *("hypervisor/certificate", "hypervisor/comeback", "services/comeback", "hypervisor/credentials"),
        *("hypervisor/open_session", "hypervisor/opening", "hypervisor/reach", "hypervisor/uri"),
        *("services/login", "services/patience", "services/supervisor", "store/keyring", "store/uri_aliases"),
        *("libvirtxml/capabilities", "services/capabilities", "hypervisor/node", "hypervisor/latency"),
        *("policy/health", "words/health", "app/first_start", "commands/uri_form"),
    },
    "inventory": {"model/changeset", "policy/filter", "words/filter"},
    "jobs": {"services/batch", "services/long_call", "hypervisor/domain_jobs"},
    "journal": set(),
    "last_seen": set(),
    "lifecycle": {"hypervisor/definition", "hypervisor/saved_state", "policy/domain_names"},
    "machines": {"policy/pending"},
    "media": set(),
    "networks": set(),
    "node_devices": {"model/node_device", "libvirtxml/node_device"},
    "overview": {"hypervisor/guests", "services/addresses", "services/uptime", "words/uptime"},
    "palette": set(),
    "performance": set(),
    "resources": set(),
    "rollback": set(),
    "ssh": set(),
    "storage": {"services/local_disk", "services/pools"},
    "stored_files": set(),
    "tags": set(),
    "undo": set(),
    "views": set(),
    "xml": set(),
}

# What all features stand on; a folder's name means all in it.
HOUSE = {
    *(
        "app/callers",
        "app/arguments",
        "app/logs",
        "app/main",
        "app/one_window",
        "app/program",
        "app/stores",
        "app/turns",
    ),
    *(
        "app/wiring",
        "cli/acts",
        "cli/call",
        "cli/host_acts",
        "cli/main",
        "cli/output",
        "cli/reference",
        "cli/session",
        "cli/speaker",
        "cli/verb",
        "commands/command",
        "commands/fields",
        "commands/menus",
        "commands/window",
        "console/rfb",
        "hypervisor/answers",
        "hypervisor/between",
        "hypervisor/call_connections",
        "hypervisor/connection",
    ),
    *("hypervisor/departure", "hypervisor/descriptor", "hypervisor/domains", "hypervisor/error_numbers"),
    *("hypervisor/error_subjects", "hypervisor/error_words", "hypervisor/errors", "hypervisor/event_loop"),
    *("hypervisor/event_stream", "hypervisor/handles", "hypervisor/lane", "hypervisor/lanes"),
    "hypervisor/serial",
    *("services/host_watch", "services/host_watches"),
    *("hypervisor/session", "hypervisor/stuck_calls", "hypervisor/thread_start", "libvirtxml/domain"),
    *(
        "policy/menu_letters",
        "policy/natural_order",
        "policy/plain_text",
        "services/background",
        "services/closing",
    ),
    *(
        "libvirtxml/devices",
        "libvirtxml/domain_devices",
        "libvirtxml/domain_os",
        "libvirtxml/domain_values",
        "libvirtxml/edit",
    ),
    *("libvirtxml/fields", "libvirtxml/kind", "libvirtxml/layout", "model/device_character"),
    *("model/device_disk", "model/device_display", "model/device_host", "model/device_machine"),
    *("model/device_memory", "model/device_network", "model/device_parts", "model/device_storage"),
    *(
        "model/domain_values",
        "libvirtxml/safe",
        "model/device",
        "model/domain",
        "model/errors",
        "model/event",
        "model/units",
        "policy/error_words",
    ),
    *(
        "services/desktop_notices",
        "services/faults",
        "services/notifier",
        "services/scope",
        "services/services",
    ),
    *("store/database_file", "store/file_lock", "store/own_thread", "store/paths", "store/plain_data"),
    *("store/resources", "store/settings", "store/toml_changes", "store/toml_file", "store/toml_look"),
    *(
        "store/whole_file",
        "ui/about_dialogs",
        "ui/appearance",
        "ui/bridge",
        "ui/kit",
        "ui/look",
        "ui/main_window",
    ),
    *(
        "ui/failure_banner",
        "ui/selection_pane",
        "ui/selection_tabs",
        "ui/status_line",
        "ui/window_menus",
        "ui/window_docks",
    ),
    "ui/dock_title",
    *("ui/machine_commands", "ui/machine_views"),
    "ui/machine_dialogs",
    *(
        "ui/window_panes",
        "words/capacity",
        "words/counts",
        "words/errors",
        "words/language",
        "words/mark",
        "words/note",
        "words/quantities",
        "words/question",
    ),
    *("words/refusals", "words/say", "words/states"),
}

# Words a feature had besides its own, and the one that is left.
RETIRED = {
    "traits": "tags",
    "create": "creation",
    "metrics": "performance",
    "overcommit": "commitment",
    "promises": "commitment",
    "details_pane": "selection_pane",
    "details_tabs": "selection_tabs",
    "common": "kit or look",
}
RETIRED_NAMES = re.compile(r"Traits|Overcommit|Promise|Metrics(?!F)(?=[A-Z])|^Create[A-Z]|^Detail[A-Z]")


@cache
def modules() -> tuple[str, ...]:
    """Every module below a layer, as `layer/folder/stem`; the packages themselves are left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "vmgui"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return tuple(
        name.removeprefix("vmgui/").removesuffix(".py")
        for name in listed
        if name.endswith(".py")
        and not name.endswith("__init__.py")
        and name.count("/") > 1
        and (ROOT / name).exists()
    )


def begins(word: str, part: str) -> bool:
    """Singular or plural: host_list and hosts are one feature."""
    return any(part == form or part.startswith(f"{form}_") for form in (word, word.removesuffix("s")))


def owners(module: str) -> set[str]:
    layer, first, *_ = module.split("/")
    named = {word for word, others in FEATURES.items() if module in others or begins(word, first)}
    listed = {word for word, others in FEATURES.items() if module in others}
    house = {"house"} if {module, f"{layer}/{first}"} & HOUSE else set()
    return (listed or house) or named


def test_every_file_belongs_to_one_feature_or_to_the_house() -> None:
    lost = {module: sorted(owners(module)) for module in modules() if len(owners(module)) != 1}
    assert not lost, "name it for its feature, or list it here"


def test_the_lists_name_only_what_exists() -> None:
    known = set(modules()) | {"/".join(module.split("/")[:2]) for module in modules()}
    listed = HOUSE.union(*FEATURES.values())
    assert not listed - known


def test_every_feature_has_files() -> None:
    of = {word for module in modules() for word in owners(module)}
    assert not FEATURES.keys() - of


@pytest.mark.parametrize("folder", ["vmgui", "tests"])
def test_no_file_has_a_retired_word(folder: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*.py")
        for part in path.relative_to(ROOT).with_suffix("").parts
        if re.sub(r"^test_", "", part) in RETIRED
        or re.match(r"(test_)?(traits|metrics|overcommit)(_|$)", part)
    ]
    assert not found


def test_no_class_and_no_catalogue_entry_has_a_retired_word() -> None:
    classes = [
        f"{module}: {node.name}"
        for module in modules()
        for node in ast.walk(ast.parse((ROOT / "vmgui" / f"{module}.py").read_text()))
        if isinstance(node, ast.ClassDef) and RETIRED_NAMES.search(node.name)
    ]
    catalogue = (ROOT / "resources/i18n/vmgui_es.ts").read_text()
    contexts = [name for name in re.findall(r"<name>(\w+)</name>", catalogue) if RETIRED_NAMES.search(name)]
    assert not classes + contexts
