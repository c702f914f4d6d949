"""What is said of the XML of a machine: what is wrong with it, where, and who is the judge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject

from vmgui.model.xml import MOST_BYTES, MOST_LINE_CHARS, FaultKind, XmlFault, XmlPlace
from vmgui.policy.plain_text import visible
from vmgui.policy.xml_lines import changed_lines, hunks
from vmgui.words import quantities as fmt
from vmgui.words.question import Question

translate = QCoreApplication.translate

_SAID_CHARS = 300
_MOST_THEIRS = 50


def fault_words(fault: XmlFault) -> str:
    """One or two sentences; the first has the line where it is known."""
    what = _what(fault)
    if fault.place is None:
        return what[:1].upper() + what[1:]
    if fault.is_guess:
        where = translate("Xml", "Line {line}, or near it: {what}")
    else:
        where = translate("Xml", "Line {line}: {what}")
    return where.format(line=fault.place.line, what=what)


def refused_words(fault: XmlFault, name: str, host: str = "") -> str:
    """Why the definition of a machine was not changed. `host`: the one that did not take it."""
    if host:
        text = translate(
            "Xml", "{host} did not take the definition of “{name}”, which stays as it was. {what}"
        )
    else:
        text = translate("Xml", "The definition of “{name}” stays as it was. {what}")
    return text.format(host=visible(host), name=visible(name), what=fault_words(fault))


def kept_words(places: Sequence[XmlPlace]) -> str:
    """Where others had changed the same, which was left out."""
    first = places[0]
    where = str(first.line) if first.line == first.last_line else f"{first.line}-{first.last_line}"
    text = translate(
        "Xml", "Both changed the lines {lines}: yours stand there now. Look at them before you apply."
    )
    return text.format(lines=where + (", …" if len(places) > 1 else ""))


def theirs_words(base: str, theirs: str) -> tuple[str, ...]:
    """What others have changed meanwhile, the first for a notice: that it was changed, and one such place."""
    before, after = base.split("\n"), theirs.split("\n")
    lines: list[str] = []
    for hunk in hunks(before, after)[:_MOST_THEIRS]:
        old, new = (
            " ".join(line.strip() for line in part)
            for part in (before[hunk.start : hunk.end], after[hunk.new_start : hunk.new_end])
        )
        if old and new:
            text = translate("Xml", "“{old}” is “{new}” now")
        else:
            text = translate("Xml", "“{new}” is new") if new else translate("Xml", "“{old}” is gone")
        lines.append(text.format(old=visible(old, _SAID_CHARS), new=visible(new, _SAID_CHARS)))
    if not lines:
        return ()
    head = (
        translate("Xml", "Changed by others meanwhile: {what}.")
        if len(lines) == 1
        else translate("Xml", "Changed by others meanwhile: {what}, and more. The preview has all.")
    )
    return (head.format(what=lines[0]), *lines)


def ask(name: str, before: str, after: str) -> Question:
    """The question before a file takes the definition's place."""
    lines = sum(place.last_line - place.line + 1 for place in changed_lines(before, after))
    return Question(
        title=translate("Xml", "Define {name} anew?").format(name=visible(name)),
        text=_counted.lines(lines),
        confirm_label=translate("Xml", "Define"),
        danger=False,
    )


class _Counted(QObject):
    """Plurals; a method's `self.tr` is where lupdate understands `%n`."""

    def lines(self, number: int) -> str:
        return self.tr("%n line(s) will be others from the next start on.", "", number)


_counted = _Counted()


def has_password(text: str) -> bool:
    """Whether stars stand for one in it."""
    return any(f"passwd={quote}*****{quote}" in text for quote in "'\"")


def _what(fault: XmlFault) -> str:
    template = _template(fault)
    return template.format(
        tag="domain",
        element=visible(fault.element),
        attribute=visible(fault.attribute),
        value=visible(fault.value),
        other=visible(fault.other),
        line=fault.other_line,
        size=fmt.size_bytes(MOST_BYTES),
        chars=fmt.count(MOST_LINE_CHARS),
        detail=visible(_said(fault.detail), _SAID_CHARS),
    )


def _said(detail: str) -> str:
    """The first line of what somebody said."""
    lines = [line.strip() for line in detail.strip().splitlines() if line.strip()]
    return lines[0] if lines else ""


def _template(fault: XmlFault) -> str:
    match fault.kind:
        case FaultKind.EMPTY:
            return translate("Xml", "there is nothing here. A definition begins with <{tag}>.")
        case FaultKind.NO_XML:
            return translate("Xml", "this is no XML: it has to begin with <{tag}>.")
        case FaultKind.OTHER_END:
            return translate("Xml", "</{other}> ends what <{element}> began in line {line}.")
        case FaultKind.UNENDED:
            return translate("Xml", "<{element}> of line {line} has no end: </{element}> is missing.")
        case FaultKind.AFTER_END:
            return translate("Xml", "something stands behind the end of the definition.")
        case FaultKind.UNQUOTED:
            return translate("Xml", "the value of an attribute has to stand in quotes.")
        case FaultKind.NO_VALUE:
            return translate("Xml", "the attribute “{attribute}” has no value.")
        case FaultKind.TWICE:
            return translate("Xml", "the attribute “{attribute}” stands here twice.")
        case FaultKind.AMPERSAND:
            return translate("Xml", "“&” has to be written as &amp; here.")
        case FaultKind.LESS_THAN:
            return translate("Xml", "“<” has to be written as &lt; in a value.")
        case FaultKind.BAD_TAG if fault.element:
            return translate("Xml", "the tag <{element}> is not finished.")
        case FaultKind.BAD_TAG:
            return translate("Xml", "this is no proper tag.")
        case FaultKind.DOCTYPE:
            return translate("Xml", "a document type is not allowed here.")
        case FaultKind.TOO_LARGE:
            return translate("Xml", "it is larger than {size}, which is too much for a definition.")
        case FaultKind.LONG_LINE:
            return translate("Xml", "the line is longer than {chars} characters.")
        case FaultKind.NOT_A_DOMAIN:
            return translate("Xml", "the definition of a machine begins with <{tag}>, not with <{element}>.")
        case FaultKind.OTHER_NAME:
            return translate(
                "Xml", "the machine is called “{value}” here. To call it otherwise, use “Rename” in its menu."
            )
        case FaultKind.OTHER_UUID:
            return translate("Xml", "the identifier of the machine cannot be changed; it is {value}.")
        case _:
            return _refusal_template(fault)


def _refusal_template(fault: XmlFault) -> str:
    match fault.kind:
        case FaultKind.LIVE:
            return translate(
                "Xml",
                "this is what the machine runs with, which is more than its definition. Begin with “vmgui xml --saved”.",
            )
        case FaultKind.UNKNOWN_ELEMENT if fault.other:
            return translate("Xml", "<{element}> is not known in <{other}>, or stands there too often.")
        case FaultKind.UNKNOWN_ELEMENT:
            return translate("Xml", "<{element}> is not known here.")
        case FaultKind.UNKNOWN_TEXT:
            return translate("Xml", "there may be no text in <{element}> outside of its elements.")
        case FaultKind.BAD_ATTRIBUTE:
            return translate("Xml", "the attribute “{attribute}” of <{element}>, or its value, is not known.")
        case FaultKind.BAD_VALUE if fault.attribute:
            return translate("Xml", "“{value}” is no possible value for “{attribute}” of <{element}>.")
        case FaultKind.BAD_VALUE if fault.element:
            return translate("Xml", "“{value}” is no possible value for <{element}>.")
        case FaultKind.BAD_VALUE:
            return translate("Xml", "“{value}” is no possible value.")
        case FaultKind.MISSING_ELEMENT if fault.other:
            return translate("Xml", "<{element}> is missing in <{other}>.")
        case FaultKind.MISSING_ELEMENT:
            return translate("Xml", "<{element}> is missing.")
        case FaultKind.SOMEWHERE_IN:
            return translate("Xml", "an element, an attribute or a value in <{element}> is not known.")
        case _:
            return translate("Xml", "“{detail}”")
