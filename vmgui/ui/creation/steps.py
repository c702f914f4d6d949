"""The wizard's steps, and what each says at the moment; known before a page is built."""

from __future__ import annotations

from collections.abc import Callable

from vmgui.model.creation import NewDomain
from vmgui.ui.creation.extras_page import ExtrasPage
from vmgui.ui.creation.network_page import NetworkPage
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.resources_page import ResourcesPage
from vmgui.ui.creation.source_page import SourcePage
from vmgui.ui.creation.storage_page import StoragePage
from vmgui.ui.creation.summary_page import SummaryPage
from vmgui.ui.creation.system_page import SystemPage
from vmgui.ui.creation.view import View
from vmgui.ui.kit.wizard_steps import Step, WizardWords
from vmgui.words import creation as words
from vmgui.words.say import say


def _source(view: View) -> str:
    return words.source(view.draft.source, view.draft.medium)


def _system(view: View) -> str:
    if view.new is None:
        return ""
    if view.os is not None:
        return words.system(view.os)
    return str(_DETECTING if view.looking_at else _GENERIC)


def _summary(view: View) -> str:
    return str(_EDITED) if view.draft.xml else ""


def _of_new(text_of: Callable[[NewDomain], str]) -> Callable[[View], str]:
    return lambda view: text_of(view.new) if view.new is not None else ""


_DETECTING = say("CreationSteps", "Detecting…")
_GENERIC = say("CreationSteps", "Generic")
_EDITED = say("CreationSteps", "Edited XML")

WORDS = WizardWords(
    title=say("CreationSteps", "New virtual machine"),
    finish=say("CreationSteps", "&Create"),
    finish_now=say("CreationSteps", "&Create with these settings"),
    finish_tip=say("CreationSteps", "Make the machine with everything as it stands now"),
)
# fmt: off
STEPS = (
    Step(PageId.SOURCE, say("CreationSteps", "Source"),
         say("CreationSteps", "Where does the system come from?"), SourcePage, _source),
    Step(PageId.SYSTEM, say("CreationSteps", "Operating system"),
         say("CreationSteps", "Which operating system is it?"), SystemPage, _system),
    Step(PageId.RESOURCES, say("CreationSteps", "CPU and memory"),
         say("CreationSteps", "How much of the host does it get?"), ResourcesPage, _of_new(words.resources)),
    Step(PageId.STORAGE, say("CreationSteps", "Storage"),
         say("CreationSteps", "Where does it keep its data?"), StoragePage, _of_new(words.storage)),
    Step(PageId.NETWORK, say("CreationSteps", "Network"),
         say("CreationSteps", "Which network is it on?"), NetworkPage, _of_new(words.network)),
    Step(PageId.EXTRAS, say("CreationSteps", "Name and firmware"),
         say("CreationSteps", "What is it called, and how does it start?"), ExtrasPage, _of_new(words.extras)),
    Step(PageId.SUMMARY, say("CreationSteps", "Summary"),
         say("CreationSteps", "This will be made"), SummaryPage, _summary),
)
# fmt: on
