"""The pages' names and headings, and what each says at the moment; known before a page is built."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import View
from vmgui.words import creation as creation_words

translate = QCoreApplication.translate


def heading(page: PageId) -> str:
    """The question at the top of a page."""
    return {
        PageId.SOURCE: translate("CreationSteps", "Where does the system come from?"),
        PageId.SYSTEM: translate("CreationSteps", "Which operating system is it?"),
        PageId.RESOURCES: translate("CreationSteps", "How much of the host does it get?"),
        PageId.STORAGE: translate("CreationSteps", "Where does it keep its data?"),
        PageId.NETWORK: translate("CreationSteps", "Which network is it on?"),
        PageId.EXTRAS: translate("CreationSteps", "What is it called, and how does it start?"),
        PageId.SUMMARY: translate("CreationSteps", "This will be made"),
    }[page]


def title(page: PageId) -> str:
    """A page's name in the list of steps."""
    return {
        PageId.SOURCE: translate("CreationSteps", "Source"),
        PageId.SYSTEM: translate("CreationSteps", "Operating system"),
        PageId.RESOURCES: translate("CreationSteps", "CPU and memory"),
        PageId.STORAGE: translate("CreationSteps", "Storage"),
        PageId.NETWORK: translate("CreationSteps", "Network"),
        PageId.EXTRAS: translate("CreationSteps", "Name and firmware"),
        PageId.SUMMARY: translate("CreationSteps", "Summary"),
    }[page]


def value(page: PageId, view: View) -> str:
    """What is set on a page, in a few words; empty while nothing can be said."""
    if page is PageId.SOURCE:
        return creation_words.source(view.draft.source, view.draft.medium)
    if page is PageId.SUMMARY:
        return translate("CreationSteps", "Edited XML") if view.draft.xml else ""
    if view.new is None:
        return ""
    if page is PageId.SYSTEM:
        return _system(view)
    say = {
        PageId.RESOURCES: creation_words.resources,
        PageId.STORAGE: creation_words.storage,
        PageId.NETWORK: creation_words.network,
        PageId.EXTRAS: creation_words.extras,
    }[page]
    return say(view.new)


def _system(view: View) -> str:
    if view.os is not None:
        return creation_words.system(view.os)
    if view.looking_at:
        return translate("CreationSteps", "Detecting…")
    return translate("CreationSteps", "Generic")
