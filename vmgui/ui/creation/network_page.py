"""What the machine's network card is plugged into."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from vmgui.model.creation import NetworkKind
from vmgui.model.network import Network
from vmgui.model.offer import Field, HostOffer
from vmgui.policy.plain_text import visible
from vmgui.ui.creation.form import add_field, caption, page_layout
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit.plain import Label
from vmgui.words import creation as creation_words

Plug = tuple[str, str]  # NetworkKind's value and the source: QVariant keeps plain strings


class NetworkPage(Page):
    """One list of all there is, and what the choice means."""

    page_id = PageId.NETWORK

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        layout = page_layout(self)
        self._label = Label()
        self._network = QComboBox()
        self._network.setObjectName("create-network")
        self._network.currentIndexChanged.connect(self._on_chosen)
        self._plugs: list[Plug] = []
        self._message = add_field(layout, self._label, self._network)
        self._meaning = caption("create-network-meaning")
        layout.addWidget(self._meaning)
        layout.addStretch(1)
        self.retranslate()

    def first_field(self) -> QWidget:
        return self._network

    def show_view(self, view: View) -> None:
        if view.new is None or view.offer is None:
            return
        nic = view.new.interface
        current = (nic.kind.value, nic.source)
        plugs = self._offered(view.offer)
        if current not in [plug for plug, _text in plugs]:
            # A choice of before that is gone stays visible: the message says what is wrong with it.
            plugs.append((current, creation_words.network(view.new)))
        with QSignalBlocker(self._network):
            texts = [text for _plug, text in plugs]
            if texts != [self._network.itemText(i) for i in range(self._network.count())]:
                self._network.clear()
                self._network.addItems(texts)
            self._plugs = [plug for plug, _text in plugs]
            self._network.setCurrentIndex(self._plugs.index(current))
        self._meaning.setText(self._explain(nic.kind, view.offer.network(nic.source)))
        self._message.show_problems(view.problems_of(Field.NETWORK))

    def _offered(self, offer: HostOffer) -> list[tuple[Plug, str]]:
        found: list[tuple[Plug, str]] = []
        user = ((NetworkKind.USER.value, ""), self.tr("Shared with this user (no rights needed)"))
        if not offer.is_privileged:
            found.append(user)
        for network in offer.networks:
            text = self.tr("Virtual network {name}: {kind}").format(
                name=visible(network.name), kind=self._forward(network.forward)
            )
            if not network.active:
                text = self.tr("{network} (not running)").format(network=text)
            found.append(((NetworkKind.VIRTUAL.value, network.name), text))
        for bridge in offer.bridges:
            text = self.tr("Bridge {name}: on the host's own network").format(name=visible(bridge))
            found.append(((NetworkKind.BRIDGE.value, bridge), text))
        if offer.is_privileged:
            found.append(user)
        found.append(((NetworkKind.NONE.value, ""), self.tr("No network")))
        return found

    def _forward(self, forward: str) -> str:
        return {
            "nat": self.tr("NAT"),
            "route": self.tr("routed"),
            "bridge": self.tr("bridged"),
            "open": self.tr("open"),
            "": self.tr("isolated"),
        }.get(forward, forward)

    def _explain(self, kind: NetworkKind, network: Network | None) -> str:
        if kind is NetworkKind.NONE:
            return self.tr("The machine gets no network card.")
        if kind is NetworkKind.USER:
            return self.tr(
                "The machine reaches the internet as your own programs do. Nobody can connect to it from outside."
            )
        if kind is NetworkKind.BRIDGE or (network is not None and network.forward == "bridge"):
            return self.tr("The machine is on the same network as the host and gets its address there.")
        if network is None:
            return ""
        if network.forward == "nat":
            return self.tr(
                "The machine reaches the internet through the host. The host and the machines of this network"
                " can connect to it, others cannot."
            )
        if not network.forward:
            return self.tr("The machine reaches the host and the machines of this network only.")
        return self.tr("The host routes between this network and others.")

    def _on_chosen(self, index: int) -> None:
        kind, source = self._plugs[index]
        self.session.change(network_kind=NetworkKind(kind), network_source=source)

    def retranslate(self) -> None:
        self._label.setText(self.tr("Net&work"))
