"""The command for tags and folders."""

from __future__ import annotations

from vmgui.commands.command import Acts, Answers, MachineCommand, Target
from vmgui.commands.fields import Listed, Text
from vmgui.model.domain import DomainKey
from vmgui.model.job import JobId, JobKind
from vmgui.model.tags import TagsChange
from vmgui.policy.lifecycle import Refusal
from vmgui.policy.tags import FOLDER_MAX_CHARS, TAG_MAX_CHARS, tags_of
from vmgui.words.say import say


def _change(acts: Acts, keys: tuple[DomainKey, ...], answers: Answers) -> JobId:
    change = TagsChange(tags_of(answers["add"] or ()), tags_of(answers["remove"] or ()), answers["folder"])
    return acts.tags.change_tags(dict.fromkeys(keys, change))


TAGS = MachineCommand(
    "set_tags",
    say("Tags", "Tags and folder…"),
    Target.MACHINES,
    "tag",
    keys="Ctrl+Shift+T",
    job=JobKind.SET_TAGS,
    tells_of=frozenset(Refusal),
    verb="tag",
    summary=say("CommandLine", "Give machines tags, take tags from them, put them into a folder."),
    fields=(
        Listed("add", say("CommandLine", "Add this tag (repeatable)"), "TAG", most_chars=TAG_MAX_CHARS),
        Listed("remove", say("CommandLine", "Remove this tag (repeatable)"), "TAG", most_chars=TAG_MAX_CHARS),
        Text(
            "folder",
            say("CommandLine", "Put them into this folder; an empty one takes them out of theirs"),
            "FOLDER",
            most_chars=FOLDER_MAX_CHARS,
        ),
    ),
    act=_change,
)

COMMANDS = (TAGS,)
