"""Verbs of violence and harm: active, passive or without a doer, with who does it and who suffers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from framelens.annotate.agency.doers import BLAMES, antecedent, doer_behind, subject_of
from framelens.annotate.agency.lexicon import FLAGS, GAP, Harm, Violence
from framelens.annotate.agency.phrases import Reading, base_left, base_right, clause_words, heads
from framelens.text.reading.phrases import TIME_NOUNS, Group, verb_group
from framelens.text.reading.stream import Span, Stream

__all__ = ["Clause", "meant", "read_verbs"]

_GET = frozenset("get gets got gotten getting".split())
_NOUN_BEFORE = frozenset("DJ'")
_LONGEST_GAP = 9
_FAR = 14  # items between a verb and the preposition that leads to who suffers
_FINITE = frozenset("dzvMHIX")
_PERCEIVE = frozenset("hear hears heard hearing see sees saw seen seeing watch watches watched watching".split())
_BEFORE_ACTS = frozenset("of for by after before while when without since".split())
_NUMBERS = frozenset((
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty dozens scores hundreds thousands several many more others").split())
_FEARED = frozenset("feared reported presumed believed declared confirmed pronounced".split())
_LEAVE = frozenset("leave leaves left leaving".split())
_OF_ACTS = frozenset("charge charges accusation accusations suspicion allegation allegations risk threat way means act acts".split())
_EDGES = frozenset("dzvMHIXwhsq;:.")
_PREPOSITIONS = frozenset("at on into in onto to against with from for towards toward over upon onto through past of".split())


@dataclass(slots=True)
class Clause:
    """A clause in the making, by items."""

    span: Span
    harm: Harm
    construction: str
    agent: Span | None = None
    patient: Span | None = None
    taken: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Match:
    """A verb of the lexicon at its place: its last item, what stands in its gap."""

    harm: Harm
    head: int
    high: int
    gap: Span | None
    open: bool = False  # whether its object stands in a gap, if anywhere


def _matches(stream: Stream, at: int, forms: Sequence[tuple[tuple[str, ...], Harm]]) -> list[_Match]:
    found = []
    norms, codes = stream.norms, stream.codes
    for form, harm in forms:
        if len(form) == 1:
            found.append(_Match(harm, at, at + 1, None))
            continue
        if GAP not in form:
            if tuple(norms[at:at + len(form)]) == form:
                found.append(_Match(harm, at, at + len(form), None))
            elif len(form) == 2 and "o" in harm.roles and (gap := base_right(stream, at + 1)) and (
                    gap[0] == at + 1 and stream.norm(gap[1]) == form[1]):  # "beat him up"
                found.append(_Match(harm, at, gap[1] + 1, gap))
            continue
        tail = form[form.index(GAP) + 1:]
        for k in range(at + 1, min(len(norms), at + 1 + _LONGEST_GAP)):
            if tuple(norms[k:k + len(tail)]) == tail:
                gap = base_right(stream, at + 1) if k > at + 1 else None
                found.append(_Match(harm, at, k + len(tail), (gap[0], min(gap[1], k)) if gap else None, True))
                break
            if codes[k] in _EDGES:
                break
    return found


def _is_verb(reading: Reading, at: int, match: _Match, violence: Violence) -> bool:
    """Is a word used as a verb here?"""
    stream = reading.stream
    codes, code = stream.codes, stream.codes[at]
    before, after = codes[at - 1:at], codes[match.high:match.high + 1]
    if at and stream.sentence.zone == "body" and stream.capital(at) and _in_name(stream, at):
        return False  # Attorney General Lynch
    noun = stream.norms[at] in violence.nouns
    if code == "g" or (code == "N" and stream.norms[at].endswith("ing") and (before == "I" or (
            before in tuple("pfrBs") and stream.norms[at - 1] in _BEFORE_ACTS))):
        return _is_verbal(stream, at, match, noun)
    if stream.norms[at - 1:at] == ["those"] and code in "ndJe":
        return True
    if stream.norms[at] == "dead":
        return stream.norm(at - 1) in _FEARED or (before == "0" or stream.norm(at - 1) in _NUMBERS) and after not in ("N", "S", "P") and not (
            stream.code(at - 2) in "dzvng" and stream.norm(at - 2) not in _LEAVE)
    if code in "nd":
        if code == "d" and noun and after in tuple("HIMXdz"):
            return False  # "the first shot had come"
        if noun and before in ("D", "J", "'", "0") and stream.norm(at - 1) not in _NUMBERS and after not in tuple("DuUB") and not stream.norms[at].endswith("ed"):
            return False
        return not _is_adjective(stream, at, match)
    if code in "zv":
        return not (noun or code == "v" and before in "NP") or after not in tuple(",.;") or before in tuple("MtXUSw")
    if code in "NSPVZJ" and match.high - match.head > 1 and not (noun and code in "NSJ"):
        return before not in ("D", "J", "'", "f")
    if code in "NV" and "e" in match.harm.roles and (watched := base_left(stream, at)) and (
            stream.norm(watched[0] - 1) in _PERCEIVE):
        return True  # "heard glass break"
    if code in "NSV" and before in tuple("NSPUtcMw") and (after in tuple("DNSPJ0u") or (after == "p" and match.harm.roles & {
            "with", "at", "on", "into"} and stream.norms[match.high] in match.harm.roles)):
        clause = codes[max(codes.rfind(mark, 0, at) for mark in "rs;:") + 1:at]
        return not noun or (at > 0 and _FINITE.isdisjoint(clause) and (before in "wUM" or (
            before != "P" and reading.is_a(at - 1, ("person",)))))  # "Police clash with marchers"
    return code in "NS" and "r" in match.harm.roles and stream.sentence.zone == "headline" and before == "S" and (
        _FINITE.isdisjoint(codes[:at]))  # "Police, students clash in the capital"


def _in_name(stream: Stream, at: int) -> bool:
    """Does a capital stand on one side of a word, and not on all around it?"""
    around = [stream.capital(k) for k in (at - 2, at - 1, at + 1, at + 2) if 0 <= k < len(stream) and stream.norms[k][0].isalpha()]
    return any(around) and not all(around)


def _is_verbal(stream: Stream, at: int, match: _Match, noun: bool) -> bool:
    """Is an -ing form a verb: "after shooting at them", not "heard shelling", "the killing of"?"""
    codes = stream.codes
    before, after = codes[at - 1:at], codes[match.high:match.high + 1]
    if after == "f" or (before == "f" and after in ("N", "S") and codes[at - 2:at - 1] in ("N", "S") and (
            stream.norms[at - 2] not in _OF_ACTS and BLAMES.isdisjoint(stream.norms[max(0, at - 7):at]))):
        return False  # "barricades of burning tyres"
    follows = after in tuple("DNSPJ0uy") or stream.norm(match.high) in match.harm.roles
    if noun and before in _NOUN_BEFORE and after not in tuple("DNSPu0"):
        return False
    if noun and not follows:
        return before == "I"
    return not (noun and before == "p" and stream.norms[at - 1] in ("in", "amid", "during", "from"))


def _is_adjective(stream: Stream, at: int, match: _Match) -> bool:
    """Is a participle an adjective or a noun: "two wounded men", "treated 43 wounded"?"""
    codes, code = stream.codes, stream.codes[at]
    before, after = codes[at - 1:at], codes[match.high:match.high + 1]
    if match.high - match.head > 1:
        return False
    if before in ("D", "J") and after in ("N", "S") and code == "n":
        return True
    if stream.norms[at - 1:at] in (["the"], ["their"], ["its"], ["his"], ["our"]):
        return True  # the wounded
    if before == "0" and at > 1 and codes[at - 2] in "dzvng" and stream.norms[at - 2] not in _LEAVE:
        return after not in ("B",)
    return False


def _group(stream: Stream, match: _Match) -> Group:
    if stream.norms[match.head] == "dead" and stream.norm(match.head - 1) in _FEARED:
        return verb_group(stream, match.head - 1, 1)._replace(passive=False)
    group = verb_group(stream, match.head, match.high - match.head)
    low = group.low
    if stream.norm(low + 1) == "among" and low < match.head:  # "was among the marchers driven back"
        return Group(match.head, match.head, match.high, False, False)
    if low and stream.norms[low - 1] in _GET and stream.codes[match.head] in "ned":
        outer = verb_group(stream, low - 1, 1)
        return Group(outer.low, group.head, group.high, True, outer.finite)
    if low < match.head and "being" in stream.norms[low:match.head] and stream.codes[match.head] in "ned":
        return Group(low, group.head, group.high, True, group.finite)
    if low and stream.norms[low - 1] == "being" and stream.codes[match.head] in "ned":
        return Group(low - 1, group.head, group.high, True, False)
    return group


def read_verbs(reading: Reading, violence: Violence) -> list[Clause]:
    """Find the clauses of a sentence whose verb is of the lexicon."""
    stream, found = reading.stream, []
    done: set[int] = set()
    for at, norm in enumerate(stream.norms):
        if norm not in violence.verbs or at in done:
            continue
        for match in _matches(stream, at, violence.verbs[norm]):
            if not _is_verb(reading, at, match, violence):
                continue
            clause = _read(reading, match)
            if clause:
                found.append(clause)
                done.update(range(*clause.span))
                break
    return found


def _read(reading: Reading, match: _Match) -> Clause | None:
    stream, harm = reading.stream, match.harm
    group = _group(stream, match)
    span = (match.head, match.high)
    if harm.near and harm.near.isdisjoint(clause_words(stream, *span)):
        return None
    if harm.unless_near and not harm.unless_near.isdisjoint(clause_words(stream, *span)):
        return None
    if stream.norm(match.high) in harm.unless or not meant(reading, span, harm):
        return None
    if "s" in harm.roles and not group.passive and "o" not in harm.roles:
        patient = subject_of(reading, group)
        if harm.needs - FLAGS:  # "lost an eye"
            lost = match.gap or base_right(stream, match.high)
            return Clause(span, harm, "intransitive", None, patient) if lost and _fits(reading, lost, harm) else None
        return _checked(reading, Clause(span, harm, "intransitive", None, patient), patient, group)
    if "x" in harm.roles and not group.passive and "o" not in harm.roles:
        subject = subject_of(reading, group)
        return _checked(reading, Clause(span, harm, "intransitive"), subject, group)
    target = match.gap if match.open else match.gap or _object(reading, match)
    if "e" in harm.roles and target is None and not group.passive and _happens(stream, match, group):
        patient = subject_of(reading, group)
        return _checked(reading, Clause(span, harm, "intransitive", None, patient), patient, group) if patient else None
    if _passive(reading, match, group, target) and not ("passive" in harm.needs and not group.passive and not (
            stream.code(match.high) in "pB." and stream.norm(group.low - 1) in reading.sets["person"]) and (
            stream.norm(match.head - 1) != "those")):
        return _read_passive(reading, match, group)
    if "passive" in harm.needs or (stream.codes[match.head] == "g" and group.low == match.head and target is None and not (
            harm.roles & {"i", "r", "s", "x", "e"} or _led(reading, match.high, harm) or stream.norm(match.high - 1) in harm.roles
            or "o" not in harm.roles)):
        return None  # "a practice known as kettling"
    return _read_active(reading, match, group, target)


def meant(reading: Reading, span: Span, harm: Harm) -> bool:
    """Is a word of two senses meant as force here?"""
    return not ("force" in harm.needs and not reading.tells_of_force(span)) and not (
        "unnatural" in harm.needs and reading.natural_causes(span))


def _read_passive(reading: Reading, match: _Match, group: Group) -> Clause | None:
    stream, harm = reading.stream, match.harm
    agent = doer_behind(reading, match.high)
    sufferer = subject_of(reading, group)
    if sufferer is None and group.low and stream.codes[group.low - 1] == "t":
        sufferer = None
    construction = "passive_agent" if agent else "passive_agentless"
    span = (match.head, match.high)
    if "o" in harm.roles:
        return _checked(reading, Clause(span, harm, construction, agent, sufferer), sufferer, group)
    if harm.needs - FLAGS:  # "shots were fired at them": the subject is the means
        if sufferer is None or not _fits(reading, sufferer, harm):
            return None
        return Clause(span, harm, construction, agent, _led(reading, match.high, harm), set(range(*sufferer)))
    if sufferer is not None and any(reading.is_a(head, ("munition", "missile")) for head in heads(stream, sufferer)):
        return None  # "shots were fired at them": the means, not who suffers it
    return Clause(span, harm, construction, agent, sufferer)


def _read_active(reading: Reading, match: _Match, group: Group, target: Span | None) -> Clause | None:
    stream, harm = reading.stream, match.harm
    span = (match.head, match.high)
    agent = subject_of(reading, group)
    taken: set[int] = set()
    led = _led(reading, match.high if target is None or "o" in harm.roles else target[1], harm)
    if "forces" in harm.needs and not (agent and _of_people(reading, agent)):
        return None
    if "o" in harm.roles and target and harm.harm == "throw" and any(
            reading.is_a(head, ("missile", "munition")) for head in heads(stream, target)):
        return Clause(span, harm, "active", agent, _led(reading, target[1], harm), set(range(*target)))  # "pelted stones"
    if "o" in harm.roles:
        patient = target or led or _extracted(reading, group, "i" not in harm.roles)
        if patient is None and "object" in harm.needs:
            return None
        if patient is None and "i" in harm.roles and agent and _of_people(reading, agent):
            return Clause(span, harm, "active", agent)
        clause = _checked(reading, Clause(span, harm, "active", agent, patient), patient, group)
        if clause is None and led and target:
            return None
        return clause
    if match.high - match.head > 1 and harm.roles and "r" not in harm.roles:
        first = stream.norms[match.high - 1]
        if match.gap and harm.needs - FLAGS and not _fits(reading, match.gap, harm):
            return None
        if first in harm.roles:  # "fired on", "set fire to": the preposition is part of the verb
            patient = base_right(stream, match.high)
            if patient and harm.needs - FLAGS and match.gap is None and not _fits(reading, patient, harm):
                return None
            return Clause(span, harm, "active", agent, patient) if patient else None
    if harm.needs - FLAGS:
        if target is None and "i" in harm.roles and agent and (led is None or stream.norm(match.high) == "first") and (
                stream.code(match.high) in "A.,;cspr" or stream.norm(match.high) == "first") and _of_people(reading, agent, "person"):
            return Clause(span, harm, "active", agent)  # "who fired first"
        if target is None or not _fits(reading, target, harm):
            return None
        taken = set(range(*target))
    if "r" in harm.roles and led is None and agent is not None:
        if stream.sentence.zone == "headline" and agent[0] > 1 and stream.codes[agent[0] - 1] == "," and (
                first := base_left(stream, agent[0] - 1)):  # "Police, marchers clash"
            return Clause(span, harm, "active", first, agent)
        agent, led = _parties(stream, agent)
    if "with" in harm.roles and harm.needs - FLAGS and led is None:
        return None
    return Clause(span, harm, "active", agent, led, taken)


def _happens(stream: Stream, match: _Match, group: Group) -> bool:
    """Is a verb without an object or "by" told of what breaks or burns itself?"""
    return stream.code(match.high) != "B" and stream.codes[group.low - 1:group.low] not in ("t", "c") and (
        stream.codes[match.head] in "dzvgNV")


def _of_people(reading: Reading, span: Span, *more: str) -> bool:
    """Are they forces, a crowd, or a pronoun, or what else is asked for?"""
    return any(reading.is_a(head, ("security", "crowd", "pronoun", *more)) for head in heads(reading.stream, span))


def _parties(stream: Stream, span: Span) -> tuple[Span, Span | None]:
    """Part "police and protesters" into the two sides of a clash."""
    low, high = span
    joint = stream.codes.find("c", low, high)
    if joint < 0 or stream.codes.find("c", joint + 1, high) > 0 or "," in stream.codes[low:high]:
        return span, None
    return (low, joint), (joint + 1, high)


def _fits(reading: Reading, span: Span, harm: Harm) -> bool:
    """Is the head of a phrase what the verb asks for?"""
    return any(reading.is_a(head, harm.needs - FLAGS) for head in heads(reading.stream, span))


def _checked(reading: Reading, clause: Clause, told: Span | None, group: Group) -> Clause | None:
    """Return a clause if who suffers it is what the verb asks for, and nothing figurative."""
    harm, stream = clause.harm, reading.stream
    if told is None:
        return None if harm.needs - FLAGS else clause
    if harm.needs - FLAGS and not _fits(reading, told, harm):
        return None
    if harm.unless and not harm.unless.isdisjoint(stream.norms[told[0]:told[1]]):
        return None
    return clause


def _object(reading: Reading, match: _Match) -> Span | None:
    """Find the object behind a verb, shared by a verb coordinated with it: "beat and arrested them"."""
    stream, at = reading.stream, match.high
    found = base_right(stream, at)
    if found and stream.norms[found[1] - 1] not in TIME_NOUNS:
        return found
    codes = stream.codes
    while at < len(stream) and codes[at] in "A":
        at += 1
    if stream.norm(at) == "with" and (means := base_right(stream, at + 1)) and stream.code(means[1]) in "D0J" and "o" in (
            match.harm.roles):
        return base_right(stream, means[1])  # "beat with truncheons several men"
    if at + 1 < len(stream) and codes[at] in "c," and codes[at - 1] not in "B":
        k = at + 1
        while k < len(stream) and codes[k] in "cA":
            k += 1
        if k < len(stream) and codes[k] in "dnezvg" and (codes[k] == "g") == (codes[match.head] == "g"):
            return base_right(stream, k + 1) or (_object(reading, _Match(match.harm, k, k + 1, None)))
    return None


def _led(reading: Reading, at: int, harm: Harm) -> Span | None:
    """Find who suffers it behind one of the verb's prepositions: "fired at the crowd"."""
    stream = reading.stream
    codes = stream.codes
    for k in range(at, min(len(stream), at + _FAR)):
        if codes[k] in _EDGES or (codes[k] == "," and k > at) or codes[k] in "cr" or (codes[k] == "t" and codes[k + 1:k + 2] in (
                "v", "V")):
            return None
        if stream.norms[k] in harm.roles and stream.norms[k] in _PREPOSITIONS and stream.code(k + 1) not in "Y":
            found = base_right(stream, k + 1)
            if found and not (stream.norms[k] in ("in", "on") and stream.codes[found[0]] == "0"):
                return found
    return None


def _extracted(reading: Reading, group: Group, bare: bool) -> Span | None:
    """Return who suffers it in "the man whom police shot", "protesters that soldiers detained"."""
    stream = reading.stream
    subject = subject_of(reading, group)
    if subject and stream.norm(subject[0] - 1) not in ("where", "wherein") and subject[0] and stream.codes[subject[0] - 1] in ("wh" if bare else "w") and subject[1] <= group.low:
        return antecedent(reading, subject[0] - 1)
    return None


def _passive(reading: Reading, match: _Match, group: Group, target: Span | None) -> bool:
    """Is a verb passive: by its auxiliary, by "by", or a past form without the object it asks for?"""
    stream, harm = reading.stream, match.harm
    codes, code = stream.codes, stream.codes[match.head]
    if group.passive:
        return True
    if stream.norms[match.head - 1:match.head] == ["those"]:
        return True
    if code not in "dn" or "H" in codes[group.low:match.head] or "X" in codes[group.low:match.head]:
        return False
    if match.gap is not None:
        return False
    if stream.code(match.high) == "B":
        return True
    before = codes[group.low - 1:group.low]
    if before == "w":
        return False
    if ("i" in harm.roles or "object" in harm.needs) and code == "d" and target is None:
        return False  # "the squad charged"
    if "o" not in harm.roles:
        return code == "n" and target is None and not _led(reading, match.high, harm) and before in tuple("NSP0") and bool(harm.needs - FLAGS)
    if target is not None:
        return False
    return not (_led(reading, match.high, harm) or _extracted(reading, group, "i" not in harm.roles) or "r" in harm.roles)
