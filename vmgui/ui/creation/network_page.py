"""What the machine's network card is plugged into: one list of all there is, and what the choice means."""

from __future__ import annotations

from typing import Any

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import NETWORK, Plug
from vmgui.commands.fields import Answers
from vmgui.model.creation import NewDomain
from vmgui.model.offer import HostOffer
from vmgui.ui.creation.form_page import FormPage
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import View


class NetworkPage(FormPage):
    """Which network it is on."""

    page_id = PageId.NETWORK

    def build(self) -> None:
        self.column.addWidget(self.form(NETWORK))

    def show_known(self, view: View, new: NewDomain, offer: HostOffer) -> tuple[Answers, Answers]:
        plug = Plug(new.interface.kind, new.interface.source)
        return {NETWORK.name: plug}, {NETWORK.name: means.plugs(new, offer)}

    def changes(self, name: str, value: Any) -> dict[str, Any]:
        return {"network_kind": value.kind, "network_source": value.source}
