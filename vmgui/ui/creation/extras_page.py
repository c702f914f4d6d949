"""Name, firmware, TPM and what happens once the machine is made."""

from __future__ import annotations

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import AUTOSTART, FIRMWARE, GRAPHICS, NAME, START, TPM
from vmgui.commands.fields import Answers
from vmgui.model.creation import NewDomain
from vmgui.model.offer import HostOffer
from vmgui.ui.creation.form_page import FormPage
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import View


class ExtrasPage(FormPage):
    """The last questions."""

    page_id = PageId.EXTRAS

    def build(self) -> None:
        self.column.addWidget(self.form(NAME, FIRMWARE))
        self.column.addWidget(self.form(TPM, START, AUTOSTART, GRAPHICS))

    def show_known(self, view: View, new: NewDomain, offer: HostOffer) -> tuple[Answers, Answers]:
        answers = {
            NAME.name: new.name,
            FIRMWARE.name: new.firmware,
            TPM.name: new.tpm,
            START.name: new.start,
            AUTOSTART.name: new.autostart,
        }
        offered = {FIRMWARE.name: means.firmwares(new, offer), TPM.name: means.why_no_tpm(new, offer)}
        return answers, offered
