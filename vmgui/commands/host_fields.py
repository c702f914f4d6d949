"""What is asked about a host: the way there first, what is rarely needed folded away."""

from __future__ import annotations

from vmgui.commands.fields import Answers, Check, Choice, Option, Path, Text
from vmgui.commands.fields.field import When
from vmgui.commands.uri_form import HostForm, Proxy, Way
from vmgui.model.host import MAX_NOTES_CHARS
from vmgui.words.say import say

REMOTE = (Way.SSH, Way.TLS, Way.TCP)
_MOST_CHARS = 500


def _by(*ways: Way) -> When:
    return lambda answers: answers["way"] in ways


_WAYS = (
    Option(
        Way.LOCAL_SYSTEM,
        say("HostFields", "This computer"),
        say("HostFields", "All virtual machines of this computer; you may be asked for permission."),
    ),
    Option(
        Way.LOCAL_SESSION,
        say("HostFields", "This computer, only my own virtual machines"),
        say("HostFields", "Needs no permission; networks and storage are limited to your own."),
    ),
    Option(
        Way.SSH,
        say("HostFields", "Another computer, through SSH"),
        say(
            "HostFields",
            "Your keys, agent and ~/.ssh/config are used; a password is asked for where it is needed.",
        ),
    ),
    Option(
        Way.TLS,
        say("HostFields", "Another computer, through TLS (certificates)"),
        say("HostFields", "Both computers need certificates from the same authority."),
    ),
    Option(
        Way.TCP,
        say("HostFields", "Another computer, through TCP (unencrypted)"),
        say("HostFields", "Everything, passwords too, can be read on the way. For closed networks only."),
    ),
    Option(
        Way.CUSTOM,
        say("HostFields", "An address of my own"),
        say("HostFields", "Any address libvirt understands."),
    ),
)
_BY_ALIAS = Option(
    Way.ALIAS,
    say("HostFields", "A name from libvirt's settings"),
    say("HostFields", "Names from libvirt.conf, as virsh knows them."),
)
ALL_WAYS = (*_WAYS[:-1], _BY_ALIAS, _WAYS[-1])
_PROXIES = (
    Option(Proxy.AUTO, say("HostFields", "What is there (automatic)")),
    Option(Proxy.NATIVE, say("HostFields", "libvirt's own helper (virt-ssh-helper)")),
    Option(Proxy.NETCAT, say("HostFields", "netcat (hosts older than libvirt 6.8)")),
)
_COLOURS = (
    Option("", say("HostColour", "None")),
    Option("blue", say("HostColour", "Blue")),
    Option("purple", say("HostColour", "Purple")),
    Option("green", say("HostColour", "Green")),
    Option("amber", say("HostColour", "Amber")),
    Option("red", say("HostColour", "Red")),
)

HOST_FIELDS = (
    Choice("way", say("HostFields", "&Where"), options=_WAYS),
    Choice("alias", say("HostFields", "Name in &libvirt"), shown=_by(Way.ALIAS)),
    Text("host", say("HostFields", "&Host name or address"), shown=_by(*REMOTE), most_chars=_MOST_CHARS),
    Text(
        "user",
        say("HostFields", "&User"),
        shown=_by(Way.SSH),
        most_chars=_MOST_CHARS,
        hint=say("HostFields", "who may use libvirt there; empty: as in ~/.ssh/config"),
    ),
    Text(
        "uri",
        say("HostFields", "&Address (URI)"),
        shown=_by(Way.CUSTOM),
        most_chars=_MOST_CHARS,
        hint="qemu+ssh://root@host-a/system",
    ),
    Text("name", say("HostFields", "&Name in the list"), most_chars=_MOST_CHARS),
    Check("auto", say("HostFields", "Connect when vmgui starts")),
    Text("port", say("HostFields", "&Port"), folded=True, shown=_by(*REMOTE), most_chars=_MOST_CHARS),
    Path(
        "key-file",
        say("HostFields", "SSH &key file"),
        folded=True,
        shown=_by(Way.SSH),
        most_chars=_MOST_CHARS,
        hint=say("HostFields", "as in ~/.ssh/config, or from the agent"),
        title=say("HostFields", "Choose the SSH key file"),
        browse=say("HostFields", "Browse for the SSH key file"),
        folder="~/.ssh",
    ),
    Choice("proxy", say("HostFields", "&Over there use"), folded=True, shown=_by(Way.SSH), options=_PROXIES),
    Choice("colour", say("HostFields", "&Colour"), folded=True, options=_COLOURS),
    Text(
        "notes",
        say("HostFields", "No&tes"),
        folded=True,
        lines=3,
        most_chars=MAX_NOTES_CHARS,
        hint=say("HostFields", "Only on this computer"),
    ),
    (Check("read-only", say("HostFields", "Only look, change nothing (read-only)"), folded=True),),
)


def written(answers: Answers) -> HostForm:
    """The way there as it is filled in."""
    return HostForm(
        way=answers["way"],
        host=answers["host"],
        user=answers["user"],
        port=answers["port"],
        uri=answers["alias"] or "" if answers["way"] is Way.ALIAS else answers["uri"],
        key_file=answers["key-file"],
        proxy=answers["proxy"],
    )


def shown(form: HostForm) -> Answers:
    """The answers that are this way there."""
    return {
        "way": form.way,
        "host": form.host,
        "user": form.user,
        "port": form.port,
        "uri": form.uri,
        "key-file": form.key_file,
        "proxy": form.proxy,
    }
