"""Which processor a machine sees, and how its vCPUs are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

from vmgui.commands.fields import Answers, Choice, Listed, Number, Option
from vmgui.commands.hardware.form import Knob, MachineForm, Scene
from vmgui.model.domain_values import CpuFeature, DomainValues
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_CUSTOM = "custom"
_LAYOUT = ("sockets", "dies", "cores", "threads")
_POLICIES = ("require", "disable", "force", "optional", "forbid")

_MODES = (
    Option(
        "host-passthrough",
        say("Hardware", "The host’s own"),
        say("Hardware", "Fastest. It moves while running only to hosts with the same processor."),
    ),
    Option(
        "host-model",
        say("Hardware", "Like the host’s"),
        say(
            "Hardware", "A known model close to the host’s, chosen at each start. It moves to similar hosts."
        ),
    ),
    Option(
        "maximum",
        say("Hardware", "All that the hypervisor can do"),
        say("Hardware", "Every feature there is; where processors are emulated, that costs speed."),
    ),
    Option(
        _CUSTOM,
        say("Hardware", "A certain model"),
        say("Hardware", "It moves to all hosts that can offer this model."),
    ),
)
_CACHES = (
    Option("", say("Hardware", "The default")),
    Option("passthrough", say("Hardware", "The host’s own")),
    Option("emulate", say("Hardware", "Emulated")),
    Option("disable", say("Hardware", "None")),
)


def _modes(scene: Scene) -> tuple[Option, ...]:
    """On most machines libvirt writes a model where nothing is said, so nobody can choose to say nothing."""
    capabilities, values = scene.machine.capabilities, scene.machine.values or DomainValues()
    why_not = say("Hardware", "This host cannot offer it to this machine.")
    found = [Option("", say("Hardware", "The default"))] if not _mode(values) else []
    for option in _MODES:
        can = capabilities is None or option.value in capabilities.cpu_modes or option.value == _mode(values)
        found.append(Option(option.value, option.label, option.hint, "" if can else why_not))
    return tuple(found)


def _mode(values: DomainValues) -> str:
    return values.cpu_mode or (_CUSTOM if values.cpu_model else "")


def _put_mode(values: DomainValues, answer: str) -> Mapping[str, object]:
    """What belongs to the mode that it had goes with it."""
    changed: dict[str, object] = {
        "cpu_mode": answer,
        "cpu_match": "exact" if answer == _CUSTOM else "",
        "cpu_check": "",
        "cpu_migratable": None,
    }
    if answer != _CUSTOM:
        changed |= {"cpu_model": "", "cpu_model_fallback": "", "cpu_vendor": ""}
    if not answer:
        changed |= {"cpu_features": (), "cpu_cache_mode": "", "cpu_cache_level": None}
    return changed


def _models(scene: Scene) -> tuple[Option, ...]:
    capabilities = scene.machine.capabilities
    if capabilities is None:
        return ()
    why_not = say("Hardware", "This host’s processor lacks something that it has.")
    return (
        *(Option(model, model) for model in capabilities.cpu_models),
        *(Option(model, model, why_not=why_not) for model in capabilities.unusable_cpu_models),
    )


def _put_model(values: DomainValues, answer: str) -> Mapping[str, object]:
    """Not where another mode was chosen after it: it is not seen there."""
    return {"cpu_model": answer, "cpu_vendor": ""} if _mode(values) == _CUSTOM else {}


def _is_custom(answers: Answers) -> bool:
    return answers["mode"] == _CUSTOM


def _features(values: DomainValues) -> tuple[str, ...]:
    return tuple(f"{one.policy or 'require'} {one.name}" for one in values.cpu_features)


def _put_features(_values: DomainValues, answer: tuple[str, ...]) -> Mapping[str, object]:
    pairs = [line.split() for line in answer]
    return {"cpu_features": tuple(CpuFeature(name=name, policy=policy) for policy, name in pairs)}


def _bad_feature(line: str) -> str:
    words = line.split()
    if len(words) == 2 and words[0] in _POLICIES and words[1].isprintable():
        return ""
    text = say(
        "Hardware", "Write what is wished and a feature, for example “{example}”. Possible are: {words}."
    )
    return text.format(example="require vmx", words=", ".join(_POLICIES))


def _put_cache(_values: DomainValues, answer: str) -> Mapping[str, object]:
    # QEMU emulates the cache of level 3 and no other.
    return {"cpu_cache_mode": answer, "cpu_cache_level": 3 if answer == "emulate" else None}


# The layout.


def layout(answers: Mapping[str, int | None], vcpus_max: int, clusters: int = 1) -> dict[str, int] | None:
    """Sockets, dies, cores and threads, where at least one is said: libvirt wants all. None: it lays out by itself.

    What is not said is 1, but for the first of sockets and cores that is not: it gets what is left.
    """
    said = {name: value for name in _LAYOUT if (value := answers[name]) is not None}
    if not said:
        return None
    rest = next((name for name in ("sockets", "cores") if name not in said), None)
    found = {name: said.get(name, 1) for name in _LAYOUT}
    if rest is not None:
        others = prod(value for name, value in found.items() if name != rest) * clusters
        found[rest] = max(1, vcpus_max // others) if others else 1
    return found


def _clusters(scene: Scene) -> int:
    values = scene.machine.values
    return (values.cpu_clusters or 1) if values is not None else 1


def _vcpus_max(scene: Scene) -> int:
    values = scene.machine.values
    return (values.vcpus_max or 1) if values is not None else 1


def _follow(scene: Scene, values: DomainValues, answers: Answers) -> Mapping[str, object]:
    before = scene.machine.values or DomainValues()
    said = {name: getattr(values, f"cpu_{name}") for name in _LAYOUT}
    if said == {name: getattr(before, f"cpu_{name}") for name in _LAYOUT}:
        return {}
    whole = layout(said, _vcpus_max(scene), _clusters(scene))
    if whole is None:
        return {**{f"cpu_{name}": None for name in _LAYOUT}, "cpu_clusters": None}
    if answers["dies"] is None:
        whole.pop("dies")  # said by hosts that know of them
    return {f"cpu_{name}": value for name, value in whole.items()}


def _product_words(whole: Mapping[str, int], clusters: int) -> str:
    numbers = [whole["sockets"], whole["dies"], clusters, whole["cores"], whole["threads"]]
    return " × ".join(str(number) for number in (numbers if clusters > 1 else [*numbers[:2], *numbers[3:]]))


def _judge(scene: Scene, answers: Answers) -> Iterator[Note]:
    if _is_custom(answers) and not answers["model"]:
        yield Note("model", str(say("Hardware", "Choose a model.")))
    elif not _is_custom(answers) and answers["model"] != (scene.machine.values or DomainValues()).cpu_model:
        text = say("Hardware", "A model is used only where the processor is “a certain model” (custom).")
        yield Note("model", str(text), Level.WARNING)
    mode, cache = answers["mode"], answers["cache"]
    if cache == "passthrough" and mode not in ("host-passthrough", "maximum"):
        text = say("Hardware", "Only the host’s own processor comes with the host’s own cache.")
        yield Note("cache", str(text))
    elif cache and not mode:
        yield Note("cache", str(say("Hardware", "Choose a processor first.")))
    if answers["features"] and not mode:
        yield Note("features", str(say("Hardware", "Choose a processor first.")))
    yield from _judge_layout(scene, answers)


def _judge_layout(scene: Scene, answers: Answers) -> Iterator[Note]:
    vcpus_max, clusters = _vcpus_max(scene), _clusters(scene)
    whole = layout(answers, vcpus_max, clusters)
    if whole is None:
        return
    named = next(name for name in _LAYOUT if answers[name] is not None)
    product = prod(whole.values()) * clusters
    words = _product_words(whole, clusters)
    if product != vcpus_max:
        text = say(
            "Hardware",
            "{numbers} (sockets, dies, cores, threads) are {product} vCPUs, but the machine can have up to {most}."
            " Change these, or the maximum under Performance.",
        )
        yield Note(named, text.format(numbers=words, product=product, most=vcpus_max))
    elif any(answers[name] is None for name in ("sockets", "cores")):
        text = say(
            "Hardware", "{numbers} (sockets, dies, cores, threads): {product} vCPUs, as many as it can have."
        )
        yield Note(named, text.format(numbers=words, product=product), Level.INFO)


def _layout_knob(name: str, label: Say, *, folded: bool = False) -> Knob:
    field = Number(name, label, least=1, most=65535, empty=say("Hardware", "Automatic"), folded=folded)
    return Knob(field, f"cpu_{name}", folded=folded)


FORM = MachineForm(
    kind="processor",
    title=say("Hardware", "Processor"),
    icon="cpu",
    judge=_judge,
    follow=_follow,
    knobs=(
        Knob(
            Choice("mode", say("Hardware", "Processor that it sees"), options=_MODES),
            get=_mode,
            put=_put_mode,
            offer=_modes,
        ),
        Knob(
            Choice("model", say("Hardware", "Model"), shown=_is_custom, is_long=True),
            get=lambda values: values.cpu_model,
            put=_put_model,
            offer=_models,
        ),
        _layout_knob("sockets", say("Hardware", "Sockets")),
        _layout_knob("cores", say("Hardware", "Cores")),
        _layout_knob("threads", say("Hardware", "Threads of each core")),
        _layout_knob("dies", say("Hardware", "Dies in each socket"), folded=True),
        Knob(
            Listed(
                "features",
                say("Hardware", "Features that it must or must not have"),
                hint=say("Hardware", "require vmx"),
                check=_bad_feature,
                folded=True,
            ),
            get=_features,
            put=_put_features,
            folded=True,
        ),
        Knob(
            Choice("cache", say("Hardware", "Cache"), options=_CACHES, folded=True),
            get=lambda values: values.cpu_cache_mode,
            put=_put_cache,
            folded=True,
        ),
    ),
)
