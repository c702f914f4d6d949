"""CPUs and memory, on the scale of what the host has left; the maximums behind "More"."""

from __future__ import annotations

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import CPUS, CPUS_MAX, HEADROOM, MEMORY, MEMORY_MAX, MORE
from vmgui.commands.fields import Answers
from vmgui.model.creation import NewDomain
from vmgui.model.offer import HostOffer
from vmgui.ui.creation.form_page import FormPage
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import View


class ResourcesPage(FormPage):
    """How much of the host it gets."""

    page_id = PageId.RESOURCES

    def build(self) -> None:
        self.column.addWidget(self.form(CPUS, MEMORY))
        self.column.addWidget(self.form(HEADROOM, CPUS_MAX, MEMORY_MAX, beside=True, more=MORE))

    def show_known(self, view: View, new: NewDomain, offer: HostOffer) -> tuple[Answers, Answers]:
        answers = {
            CPUS.name: new.vcpus,
            MEMORY.name: new.memory_kib,
            CPUS_MAX.name: new.vcpus_max,
            MEMORY_MAX.name: new.memory_max_kib,
        }
        offered = {
            CPUS.name: means.cpus(new, offer, view.os),
            MEMORY.name: means.memory(offer, view.os),
            CPUS_MAX.name: means.cpus_max(new, offer),
            MEMORY_MAX.name: means.memory_max(new, offer),
        }
        return answers, offered
