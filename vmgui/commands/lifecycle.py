"""Commands on machines as such: start, shut down, pause, save, rename ..."""

from __future__ import annotations

from collections.abc import Iterator

from vmgui.commands.command import Acts, Answers, Dialog, MachineCommand, Reach, Target, Tone
from vmgui.commands.fields import Check, OnOff, Text
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import VmguiError
from vmgui.model.job import JobId, JobKind
from vmgui.policy.domain_names import name_error, name_problem
from vmgui.words.note import Level, Note
from vmgui.words.say import say

MANY = 10
"""More machines than this are asked about, whatever is done to them."""

Keys = tuple[DomainKey, ...]


def _rename(acts: Acts, keys: Keys, answers: Answers) -> JobId:
    (key,) = keys
    return acts.lifecycle.rename(key, answers["name"])


def _name_now(acts: Acts, keys: Keys) -> Answers:
    (key,) = keys
    return {"name": acts.inventory.domains[key].name}


def _judge_name(acts: Acts, keys: Keys, answers: Answers) -> Iterator[Note]:
    # Scripts that ask for JSON need no language.
    from vmgui.words.refusals import name_problem_words

    (key,) = keys
    name, domain = answers["name"], acts.inventory.domains.get(key)
    if problem := name_problem(name, acts.inventory.other_names(key)):
        yield Note("name", name_problem_words(problem, name))
    elif domain is None or name == domain.name:
        yield Note("name", "", Level.MISSING)


def _why_not_named(acts: Acts, key: DomainKey, answers: Answers) -> VmguiError | None:
    return name_error(answers["name"], acts.inventory.other_names(key))


_NO_WAIT = Check("no_wait", say("CommandLine", "Do not wait until the guests have done it"))


START = MachineCommand(
    "start",
    say("Lifecycle", "Start"),
    Target.MACHINES,
    "play",
    Tone.GO,
    "Ctrl+Return",
    reach=Reach.LIST,
    job=JobKind.START,
    # Starting a saved machine goes on where it was.
    title_in={DomainState.SAVED: say("Lifecycle", "Restore")},
    asks_above=MANY,
    run=lambda acts, keys, _: acts.lifecycle.start(keys),
    verb="start",
    summary=say("CommandLine", "Start machines; one with a saved state goes on where it was."),
)
SHUT_DOWN = MachineCommand(
    "shut_down",
    say("Lifecycle", "Shut down"),
    Target.MACHINES,
    "power",
    keys="Ctrl+Shift+D",
    job=JobKind.SHUT_DOWN,
    asks_above=1,
    run=lambda acts, keys, answers: acts.lifecycle.shut_down(keys, waits=not answers.get("no_wait")),
    verb="shutdown",
    summary=say("CommandLine", "Ask guests to shut down, and wait until they are off."),
    options=(_NO_WAIT,),
)
REBOOT = MachineCommand(
    "reboot",
    say("Lifecycle", "Reboot"),
    Target.MACHINES,
    "rotate-cw",
    keys="Ctrl+Shift+R",
    job=JobKind.REBOOT,
    asks_above=1,
    run=lambda acts, keys, _: acts.lifecycle.reboot(keys),
    verb="reboot",
    summary=say("CommandLine", "Ask guests to restart."),
    options=(_NO_WAIT,),
)
RESET = MachineCommand(
    "reset",
    say("Lifecycle", "Reset…"),
    Target.MACHINES,
    "zap",
    keys="Ctrl+Alt+R",
    job=JobKind.RESET,
    asks_above=0,
    run=lambda acts, keys, _: acts.lifecycle.reset(keys),
    verb="reset",
    summary=say("CommandLine", "Restart machines at once, as by their reset button."),
)
FORCE_OFF = MachineCommand(
    "force_off",
    say("Lifecycle", "Force off…"),
    Target.MACHINES,
    "plug",
    Tone.DANGER,
    "Ctrl+Shift+F",
    job=JobKind.FORCE_OFF,
    asks_above=0,
    run=lambda acts, keys, _: acts.lifecycle.force_off(keys),
    verb="force-off",
    summary=say("CommandLine", "Turn machines off at once, as by pulling the plug."),
)
PAUSE = MachineCommand(
    "pause",
    say("Lifecycle", "Pause"),
    Target.MACHINES,
    "pause",
    keys="Ctrl+P",
    job=JobKind.PAUSE,
    asks_above=MANY,
    run=lambda acts, keys, _: acts.lifecycle.pause(keys),
    verb="pause",
    summary=say("CommandLine", "Stop the processors of machines until they are resumed."),
)
RESUME = MachineCommand(
    "resume",
    say("Lifecycle", "Resume"),
    Target.MACHINES,
    "play",
    keys="Ctrl+Shift+P",
    job=JobKind.RESUME,
    asks_above=MANY,
    run=lambda acts, keys, _: acts.lifecycle.resume(keys),
    verb="resume",
    summary=say("CommandLine", "Let paused machines go on."),
)
SAVE = MachineCommand(
    "save",
    say("Lifecycle", "Save state"),
    Target.MACHINES,
    "archive",
    keys="Ctrl+Shift+S",
    job=JobKind.SAVE,
    asks_above=MANY,
    run=lambda acts, keys, _: acts.lifecycle.save(keys),
    verb="save",
    summary=say("CommandLine", "Write the memory of machines to their hosts' disks and turn them off."),
)
DISCARD_SAVED = MachineCommand(
    "discard_saved",
    say("Lifecycle", "Discard saved state…"),
    Target.MACHINES,
    "x",
    keys="Ctrl+Shift+X",
    job=JobKind.DISCARD_SAVED,
    asks_above=0,
    run=lambda acts, keys, _: acts.lifecycle.discard_saved(keys),
)
RESTORE = MachineCommand(
    "restore",
    say("Lifecycle", "Restore"),
    Target.MACHINES,
    # In the window a saved machine is started.
    in_window=False,
    job=JobKind.RESTORE,
    run=lambda acts, keys, _: acts.lifecycle.restore(keys),
    verb="restore",
    summary=say("CommandLine", "Start machines where they were when they were saved."),
)
START_AFRESH = MachineCommand(
    "start_afresh",
    say("Lifecycle", "Discard saved state and start…"),
    Target.MACHINES,
    # Offered where a start failed by what was saved.
    in_window=False,
    job=JobKind.START_AFRESH,
    asks_above=0,
    run=lambda acts, keys, _: acts.lifecycle.start_afresh(keys),
)
START_NEW_FIRMWARE = MachineCommand(
    "start_new_firmware",
    say("Lifecycle", "Start with new firmware variables…"),
    Target.MACHINES,
    "circuit-board",
    keys="Ctrl+Alt+F",
    job=JobKind.START_NEW_FIRMWARE,
    asks_above=0,
    run=lambda acts, keys, _: acts.lifecycle.start_new_firmware(keys),
    verb="start-new-firmware",
    summary=say("CommandLine", "Start machines whose UEFI forgets its keys, settings and order of systems."),
)
RENAME = MachineCommand(
    "rename",
    say("Lifecycle", "Rename…"),
    Target.MACHINES,
    "pencil",
    keys="F2",
    reach=Reach.LIST,
    job=JobKind.RENAME,
    one_only=True,
    run=_rename,
    verb="rename",
    summary=say("CommandLine", "Give a machine another name."),
    fields=(Text("name", say("Lifecycle", "&New name"), metavar="NEW", positional=True),),
    dialog=Dialog(
        title=say("Lifecycle", "Rename {name}"),
        yes=say("Lifecycle", "Rename"),
        start=_name_now,
        judge=_judge_name,
    ),
    why_not=_why_not_named,
)
AUTOSTART = MachineCommand(
    "set_autostart",
    say("Lifecycle", "Start with the host"),
    Target.MACHINES,
    keys="Ctrl+Shift+A",
    is_toggle=True,
    job=JobKind.SET_AUTOSTART,
    run=lambda acts, keys, answers: acts.lifecycle.set_autostart(keys, answers["on"]),
    verb="autostart",
    summary=say("CommandLine", "Start machines with their host, or not."),
    fields=(OnOff("on", say("CommandLine", "Whether they start with the host"), positional=True),),
)
PROTECT = MachineCommand(
    "set_protected",
    say("Lifecycle", "Protect from deletion"),
    Target.MACHINES,
    keys="Ctrl+Shift+K",
    is_toggle=True,
    job=JobKind.SET_PROTECTED,
    run=lambda acts, keys, answers: acts.tags.set_protected(keys, answers["on"]),
    verb="protect",
    summary=say("CommandLine", "Protect machines from deletion, force off and reset, or do so no longer."),
    fields=(OnOff("on", say("CommandLine", "Whether they are protected"), positional=True),),
)

COMMANDS = (
    *(START, SHUT_DOWN, REBOOT, RESET, FORCE_OFF, PAUSE, RESUME, SAVE, DISCARD_SAVED, RESTORE, START_AFRESH),
    START_NEW_FIRMWARE,
    *(RENAME, AUTOSTART, PROTECT),
)
