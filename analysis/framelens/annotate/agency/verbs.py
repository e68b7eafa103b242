"""Verbs of violence and harm: active, passive or without a doer, with who does it and who suffers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from framelens.annotate.agency.doers import doer_behind, subject_of
from framelens.annotate.agency.lexicon import FLAGS, Harm, Violence
from framelens.annotate.agency.matching import Match, find_matches, group_of_match
from framelens.annotate.agency.objects import NOWHERE, find_extracted, find_led, find_object, is_passive
from framelens.annotate.agency.phrases import Reading, base_left, base_right, clause_words, heads
from framelens.text.reading.groups import Group
from framelens.text.reading.stream import Span, Stream

__all__ = ["Clause", "meant", "read_verbs"]

_MEANS = ("munition", "missile")
_PARTS = ("bone", "limb")
_OPENERS = frozenset("then next first out in down here there".split())  # before a verb whose subject follows
_LEADS = frozenset("also among".split())  # words before a passive that begins a sentence
_FAR = 12  # items between it and its auxiliary


@dataclass(slots=True)
class Clause:
    """A clause in the making, by items."""

    span: Span
    harm: Harm
    construction: str
    agent: Span | None = None
    patient: Span | None = None
    taken: set[int] = field(default_factory=set)


def read_verbs(reading: Reading, violence: Violence) -> list[Clause]:
    """Find the clauses of a sentence whose verb is of the lexicon."""
    found: list[Clause] = []
    done: set[int] = set()
    for at, norm in enumerate(reading.stream.norms):
        if norm in violence.verbs and at not in done:
            clause = next((clause for match in find_matches(reading, at, violence) if (clause := _read(reading, match))), None)
            if clause and not _is_state(reading, clause, found):
                if reading.stream.norms[clause.span[1] - 1] == "with" and (means := base_right(reading.stream, clause.span[1])):
                    clause.taken |= set(range(*means))
                if clause.agent is None and clause.construction == "active" and found and _continues(reading, clause, found[-1]):
                    clause.agent = found[-1].agent
                found.append(clause)
                done.update(range(*clause.span))
    return found


def _continues(reading: Reading, clause: Clause, last: Clause) -> bool:
    """Does a verb without a subject go on from the one before, as headlines have it: "Police raid office, hold leader"?"""
    stream = reading.stream
    return (stream.sentence.zone == "headline" and last.construction == "active"
            and stream.code(clause.span[0] - 1) in "c," and stream.codes[clause.span[0]] != "g")


def _is_state(reading: Reading, clause: Clause, found: Sequence[Clause]) -> bool:
    """Is a participle before a part of the body an adjective: "burns and broken ribs", "had bruised faces"?

    Before whose it is ("broken his arm"), before "of", and coordinated with an act ("broke ribs and bruised faces") it is a verb.
    """
    stream, (at, high) = reading.stream, clause.span
    if clause.harm.harm != "injure" or clause.construction != "active" or high > at + 1:
        return False
    part = high + 2 if stream.code(high) == "c" and stream.code(high + 1) in "nJ" else high  # "bruised or broken ribs"
    if not (stream.norms[at].endswith(("ed", "en")) and stream.code(part) in "NS" and reading.is_a(part, _PARTS)):
        return False
    low = at
    while stream.code(low - 1) == "A":
        low -= 1
    before = stream.code(low - 1)
    if low == 0 or before == "H":
        return clause.patient is None or "f" not in stream.codes[slice(*clause.patient)]
    if before not in "c," or (found and found[-1].patient and found[-1].patient[1] == low - 1):
        return False
    bare = stream.codes[at] == "n" and "H" not in stream.codes[:at]  # no finite form
    return bare or reading.is_a(low - 2, (*_PARTS, "bruises"))


def meant(reading: Reading, span: Span, harm: Harm) -> bool:
    """Is a word of several senses meant as force here, by the words around it?"""
    if harm.near or harm.unless_near:
        around = clause_words(reading.stream, *span)
        if (harm.near and harm.near.isdisjoint(around)) or not harm.unless_near.isdisjoint(around):
            return False
    return not ("force" in harm.needs and not reading.tells_of_force(span)) and not (
        "unnatural" in harm.needs and reading.natural_causes(span)) and not (
        "gunfire" in harm.needs and not reading.tells_of_shots())


def _read(reading: Reading, match: Match) -> Clause | None:
    """Read one verb; None where it means something else."""
    stream, harm, span = reading.stream, match.harm, (match.head, match.high)
    if stream.norm(match.high) in harm.unless or not meant(reading, span, harm):
        return None
    group = group_of_match(stream, match)
    if not group.passive and "o" not in harm.roles and harm.roles & {"s", "x"}:
        return _read_undergone(reading, match, group)
    target = match.gap or (None if match.open else find_object(reading, match))
    if "e" in harm.roles and target is None and not group.passive and _happens(stream, match, group):
        patient = subject_of(reading, group)
        return _checked(reading, Clause(span, harm, "intransitive", None, patient), patient) if patient else None
    if "e" in harm.roles and "o" not in harm.roles:
        return None  # "fell victim to"
    passive = is_passive(reading, match, group, target)
    if "passive" in harm.needs and passive and not group.passive and stream.norm(match.head - 1) != "those":
        passive = stream.code(match.high) in "pB.-," and stream.norm(group.low - 1) in reading.sets["person"]  # "the men held in"
    if passive:
        return _read_passive(reading, match, group)
    if "passive" in harm.needs or (target is None and _hangs(reading, match, group)):
        return None
    return _read_active(reading, match, group, target)


def _read_undergone(reading: Reading, match: Match, group: Group) -> Clause | None:
    """Read a verb whose subject suffers it ("died", "lost an eye"), or does nothing ("a bomb went off")."""
    harm, subject = match.harm, _inverted(reading, match, group) or subject_of(reading, group)
    clause = Clause((match.head, match.high), harm, "intransitive", None, subject if "s" in harm.roles else None)
    if "s" in harm.roles and harm.needs - FLAGS:
        lost = match.gap or base_right(reading.stream, match.high)
        return clause if lost and _fits(reading, lost, harm) else None
    return _checked(reading, clause, subject)


def _inverted(reading: Reading, match: Match, group: Group) -> Span | None:
    """Return the subject behind a verb that a word of time or place leads: "then came the water cannon"."""
    stream, low = reading.stream, group.low
    leads = stream.norm(low - 1) in _OPENERS and (low < 2 or stream.codes[low - 2] in ",;:c")
    return base_right(stream, match.high) if leads else None


def _happens(stream: Stream, match: Match, group: Group) -> bool:
    """Is a verb without an object or "by" told of what breaks or burns itself?"""
    return stream.code(match.high) not in "Bw" and stream.code(group.low - 1) not in "tc" and stream.codes[match.head] in "dzvgNV"


def _hangs(reading: Reading, match: Match, group: Group) -> bool:
    """Is an -ing form without an object no clause: "a practice known as kettling"?"""
    stream, harm = reading.stream, match.harm
    return (stream.codes[match.head] == "g" and group.low == match.head and "o" in harm.roles
            and harm.roles.isdisjoint(("i", "r", "s", "x", "e", stream.norms[match.high - 1]))
            and find_led(reading, match.high, harm) is None)


def _read_passive(reading: Reading, match: Match, group: Group) -> Clause | None:
    harm = match.harm
    agent, sufferer = doer_behind(reading, match.high), _fronted(reading, match, group) or subject_of(reading, group)
    clause = Clause((match.head, match.high), harm, "passive_agent" if agent else "passive_agentless", agent, sufferer)
    if "o" in harm.roles:
        return _checked(reading, clause, sufferer)
    led = match.high > match.head + 1 and reading.stream.norms[match.high - 1] in harm.roles
    if led and not (sufferer and _is_means(reading, sufferer)):
        return _checked(reading, clause, sufferer)  # "was spat at"
    if harm.needs - FLAGS:  # "shots were fired at them": the subject is the means
        if not group.finite and not (sufferer and _fits(reading, sufferer, harm)):
            sufferer = base_left(reading.stream, group.low)  # "hurt by stones thrown at them"
        if sufferer is None or not _fits(reading, sufferer, harm):
            return None
        clause.patient, clause.taken = find_led(reading, match.high, harm), set(range(*sufferer))
        return clause
    return None if sufferer and _is_means(reading, sufferer) else clause


def _fronted(reading: Reading, match: Match, group: Group) -> Span | None:
    """Return the subject of a passive that begins the sentence: "Killed in the blast were two clerks", "Also held were …"."""
    stream = reading.stream
    if group.low != match.head or match.head > 1 or (match.head and stream.norms[0] not in _LEADS):
        return None
    be = next((k for k in range(match.high, min(len(stream), match.high + _FAR)) if stream.codes[k] in "Idzvs,"), 0)
    return base_right(stream, be + 1) if be and stream.codes[be] == "I" and stream.norm(be + 1) != "being" else None


def _read_active(reading: Reading, match: Match, group: Group, target: Span | None) -> Clause | None:
    stream, harm = reading.stream, match.harm
    agent = subject_of(reading, group)
    clause = Clause((match.head, match.high), harm, "active", agent)
    if agent and stream.code(group.low - 1) == "t" and _is_means(reading, agent):
        agent = clause.agent = None  # "tear gas was used to disperse them"
    if agent and match.high - match.head > 1 and harm.harm == "shoot" and _is_means(reading, agent):  # "Shots fired at rally"
        patient = find_led(reading, match.high - 1, harm)
        return Clause(clause.span, harm, "passive_agentless", None, patient, set(range(*agent)))
    if "forces" in harm.needs and not (agent and _of_people(reading, agent)):
        return None
    if "o" in harm.roles:
        return _read_transitive(reading, match, group, (clause, target))
    last = stream.norms[match.high - 1]
    if match.high - match.head > 1 and harm.roles and "r" not in harm.roles:
        if match.gap and harm.needs - FLAGS and not _fits(reading, match.gap, harm):
            return None
        if last in harm.roles:  # "fired on", "set fire to": the preposition is part of the verb
            clause.patient = base_right(stream, match.high)
            if clause.patient and stream.norms[clause.patient[1] - 1] in NOWHERE:
                return replace(clause, patient=None)
            fits = match.gap or not harm.needs - FLAGS or (clause.patient and _fits(reading, clause.patient, harm))
            return clause if clause.patient and fits else None
    clause.patient = find_led(reading, match.high if target is None else target[1], harm)
    if harm.needs - FLAGS:
        if target is None:
            return clause if _fires(reading, match, clause) else None
        if not _fits(reading, target, harm):
            return None
        clause.taken = set(range(*target))
        if "with" in harm.roles and clause.patient is None:
            return None
    if "r" in harm.roles and clause.patient is None and agent is not None:
        clause.agent, clause.patient = _parties(stream, agent)
    return clause


def _read_transitive(reading: Reading, match: Match, group: Group, found: tuple[Clause, Span | None]) -> Clause | None:
    """Read an active verb that takes an object, which may be missing where the lexicon says so."""
    harm, (clause, target) = match.harm, found
    if target and harm.harm == "throw" and _is_means(reading, target):  # "pelted stones at them"
        clause.patient, clause.taken = find_led(reading, target[1], harm), set(range(*target))
        return clause
    clause.patient = target or find_led(reading, match.high, harm) or find_extracted(reading, group, harm)
    if clause.patient is None:
        if "object" in harm.needs:
            return None
        if "i" in harm.roles and clause.agent and _of_people(reading, clause.agent):
            return clause
    return _checked(reading, clause, clause.patient)


def _fires(reading: Reading, match: Match, clause: Clause) -> bool:
    """Does somebody fire without anything being said of what: "who fired first", "fired wildly into the crowd"?"""
    stream = reading.stream
    first = stream.norm(match.high) == "first"
    if first:
        clause.patient = None  # "fired first in the fight"
    if "i" not in match.harm.roles or clause.agent is None:
        return False
    return first or (stream.code(match.high) in "A.,;cspr" and _of_people(reading, clause.agent, "person"))


def _is_means(reading: Reading, span: Span) -> bool:
    return any(reading.is_a(head, _MEANS) for head in heads(reading.stream, span))


def _of_people(reading: Reading, span: Span, *more: str) -> bool:
    """Are they forces, a crowd, or a pronoun, or what else is asked for?"""
    return any(reading.is_a(head, ("security", "crowd", "pronoun", *more)) for head in heads(reading.stream, span))


def _parties(stream: Stream, span: Span) -> tuple[Span, Span | None]:
    """Part "police and protesters", in a headline "Police, protesters", into the two sides of a clash."""
    low, high = span
    if stream.sentence.zone == "headline" and stream.code(low - 1) == "," and (first := base_left(stream, low - 1)):
        return first, span
    joint = stream.codes.find("c", low, high)
    if joint < 0 or stream.codes.find("c", joint + 1, high) > 0 or "," in stream.codes[low:high]:
        return span, None
    return (low, joint), (joint + 1, high)


def _fits(reading: Reading, span: Span, harm: Harm) -> bool:
    """Is the head of a phrase what the verb asks for?"""
    return any(reading.is_a(head, harm.needs - FLAGS) for head in heads(reading.stream, span))


def _checked(reading: Reading, clause: Clause, told: Span | None) -> Clause | None:
    """Return a clause if what is told of is what the verb asks for, and nothing figurative."""
    harm = clause.harm
    if told is None:
        return None if harm.needs - FLAGS else clause
    if (harm.needs - FLAGS and not _fits(reading, told, harm)) or not harm.unless.isdisjoint(reading.stream.norms[slice(*told)]):
        return None
    return clause
