"""Nouns of violence and harm: "the killing of", "clashes between"; what happens without a doer; light verbs with them."""

from __future__ import annotations

import re

from framelens.annotate.agency.doers import accused_of, doer_behind, subject_of
from framelens.annotate.agency.lexicon import Harm, Violence
from framelens.annotate.agency.people import group_of
from framelens.annotate.agency.phrases import PARTITIVE, Reading, base_left, base_right, heads
from framelens.annotate.agency.verbs import Clause, meant
from framelens.text.reading.groups import Group, verb_group
from framelens.text.reading.stream import Span, Stream

__all__ = ["read_nouns"]

_HAPPEN = frozenset((  # of which a noun of harm is the subject, whatever follows
    "break breaks broke broken erupt erupts erupted begin begins began begun start starts started continue continues "
    "continued occur occurs occurred happen happens happened ring rings rang ensue ensues ensued resume resumes resumed "
    "escalate escalates escalated intensify intensified intensifies flare flares flared rage rages raged last lasts lasted "
    "unfold unfolded sound sounds sounded echo echoed echoes crackle crackled crackles subside subsided persist persists "
    "persisted worsen worsened come came comes"
).split())
_HAPPEN_BARE = frozenset((  # of which it is the subject where nothing follows that is done to
    "follow follows followed spread spreads end ended ends stop stopped stops rise rose rises take takes took taken"
).split())
_ORDINALS = frozenset("first second third last".split())
_GO = frozenset("go goes went gone".split())
_PERCEIVE = frozenset("heard reported seen recorded registered witnessed observed noted".split())
_SKIPPED = frozenset("in on at during near outside inside after before since across around from over throughout amid".split())
_THERE_IS = re.compile(r"E[AMH]*I[AIn]*$")
_MONTHS = frozenset((
    "jan feb mar apr jun jul aug sept sep oct nov dec january february march april may june july august september october "
    "november december").split())
_PLANS = frozenset((
    "plan plans planned planning prepare prepares prepared preparing plot plots plotted plotting renew renews renewed renewing "
    "resume resumes resumed resuming intensify intensifies intensified intensifying halt halts halted halting cease ceased "
    "ceasing stop continue continues continued continuing").split())
_TREATED = frozenset("with for to of from or".split())
_SHOT = frozenset("gunshot gunshots inhalation".split())
_MOST_PHRASES = 4
_POSSESSORS = frozenset("his her its their my our your".split())


def read_nouns(reading: Reading, violence: Violence, taken: set[int]) -> list[Clause]:
    """Find the nouns of the lexicon in a sentence, but for those that are part of a clause already found."""
    stream, found = reading.stream, []
    done = set(taken)
    for at, norm in enumerate(stream.norms):
        if norm not in violence.nouns or at in done:
            continue
        if norm == "use" and (clause := _use_of(reading, at, violence)):
            found.append(clause)
            done.update(range(*clause.span))
            continue
        for form, harm in violence.nouns[norm]:
            high = at + len(form)
            if (tuple(stream.norms[at:high]) != form or not done.isdisjoint(range(at, high))
                    or not _is_noun(reading, at, high, harm, violence)):
                continue
            clause = _read(reading, (at, high), harm, violence)
            if clause:
                found.append(clause)
                done.update(range(*clause.span))
            break
    return found


def _use_of(reading: Reading, at: int, violence: Violence) -> Clause | None:
    """Read "the use of tear gas against the crowd by police"."""
    means = base_right(reading.stream, at + 2) if reading.stream.norm(at + 1) == "of" else None
    if means is None or not any(reading.is_a(head, ("means",)) for head in heads(reading.stream, means)):
        return None
    harm = violence.nouns["use"][0][1]
    agent, patient, _ = _around(reading, _phrase_start(reading.stream, at), (at, means[1]), harm)
    return Clause((at, means[1]), harm, "nominal", agent, patient)


def _is_noun(reading: Reading, at: int, high: int, harm: Harm, violence: Violence) -> bool:
    """Does a noun stand here by itself, as the head of its phrase, in no other sense?"""
    stream = reading.stream
    codes, code = stream.codes, stream.codes[high - 1]
    before, after = stream.norm(at - 1), stream.norm(high)
    if high - at == 1:
        if code in "dnzvMHIX" and not (code in "dnzv" and (codes[at - 1:at] in ("D", "J", "'", "0") or before in _ORDINALS)):
            return False
        if code == "g" and not (codes[high:high + 1] == "f" or codes[at - 1:at] in tuple("DJ'") or after in harm.roles or not at
                                or codes[at - 1:at] in tuple("pfrBc,")
                                or (before in _PERCEIVE and stream.code(high) not in "DNSPUu")
                                or (codes[at - 1:at] in tuple("NSP") and stream.code(high) in ".,;:pcr")):
            return False
        if code == "J":
            return False
    if codes[high:high + 1] in ("N", "S", "P") and after not in ("police",) and codes[high:high + 1] != "P" and (
            stream.code(high + 1) != "B"):
        return False  # "attack helicopters": the head is another noun
    if (before == "to" and harm.harm == "die") or (before in ("in", "under") and harm.lemma == "detention"):
        return False
    if harm.harm == "injure" and _treated(stream, at, high):
        return False
    if stream.sentence.zone == "body" and at and stream.capital(at) and after == "of":
        return False  # the Battle of Roe
    if not meant(reading, (at, high), harm) or (harm.harm == "fight" and after in ("to", "for")):
        return False
    near = {before, after, stream.norm(at - 2)}
    return harm.unless.isdisjoint(near)


def _treated(stream: Stream, at: int, high: int) -> bool:
    """Is an injury told only by way of treatment or of death: "admitted with minor injuries", "succumbed to his wounds"?"""
    low = _phrase_start(stream, at)
    return stream.norms[high - 1] not in _SHOT and "gunshot" not in stream.norms[low:at] and stream.norm(low - 1) in _TREATED


def _read(reading: Reading, span: Span, harm: Harm, violence: Violence) -> Clause | None:
    stream = reading.stream
    low = _phrase_start(stream, span[0])
    agent, patient, end = _around(reading, low, span, harm)
    if "told" in harm.needs and agent is None and patient is None:
        return None
    agent = agent or accused_of(reading, low) or _planned_by(reading, low)
    if light := _light_before(stream, low, violence):
        group, mode = light
        clause = _of_light(reading, group, (group.head, span[1]), harm, mode)
        clause.patient = clause.patient or patient
        return clause
    if _THERE_IS.search(stream.codes, 0, low):
        return Clause(span, harm, "intransitive", None, patient)
    after = _verb_behind(stream, end)
    if after is not None:
        if after.passive and _light_at(stream, after.head, violence):
            by = doer_behind(reading, after.high)
            return Clause(span, harm, "passive_agent" if by else "passive_agentless", by, patient)
        if _happens(stream, after):
            return Clause(span, harm, "intransitive", None, patient)
    if agent is None and low and stream.norms[low] in ("a", "an") and stream.norms[low - 1] in ("in", "for"):
        agent = _doer_of_clause(reading, low - 1)  # "rioters hurled stones in a planned assault"
    return Clause(span, harm, "nominal", agent, patient)


def _planned_by(reading: Reading, low: int) -> Span | None:
    """Return who plans, renews or halts the act whose noun phrase begins at an item: "rebels planned attacks on posts"."""
    if not low or reading.stream.norms[low - 1] not in _PLANS:
        return None
    group = verb_group(reading.stream, low - 1, 1)
    return None if group.passive else subject_of(reading, group)


def _doer_of_clause(reading: Reading, at: int) -> Span | None:
    """Return the subject of an active verb before an item."""
    verb = next((k for k in range(at - 1, -1, -1) if reading.stream.codes[k] in "dzvns;:.,"), -1)
    if verb < 0 or reading.stream.codes[verb] not in "dzvn":
        return None
    group = verb_group(reading.stream, verb, 1)
    return subject_of(reading, group) if group.finite and not group.passive else None


def _happens(stream: Stream, group: Group) -> bool:
    """Does a verb tell that its subject happens or is perceived: "erupted", "went on", "was heard"?"""
    head = stream.norms[group.head]
    if group.passive:
        return head in _PERCEIVE
    return head in _HAPPEN or (head in _GO and stream.norm(group.high) == "on") or (
        head in _HAPPEN_BARE and _undergoes(stream, group))


def _undergoes(stream: Stream, group: Group) -> bool:
    """Does nothing follow that a verb of happening would do to something ("took lives", "rocked the town")?"""
    if stream.norms[group.head] in ("take", "takes", "took", "taken"):
        return stream.norm(group.high) == "place"
    return base_right(stream, group.high) is None or stream.code(group.high) in "AY"


def _phrase_start(stream: Stream, at: int) -> int:
    """Return where the noun phrase begins whose head stands at an item."""
    codes = stream.codes
    low = at
    while low and codes[low - 1] in "DNSPJ0'Agn":
        if codes[low - 1] in "gn" and codes[low] not in "NSgJd":
            break
        if low < at and codes[low] == "D" and codes[low - 1] not in "D'":
            break
        low -= 1
    if low > 1 and stream.norms[low - 1] == "than" and stream.norms[low - 2] in ("more", "fewer", "less"):
        low -= 2  # "made more than 100 arrests"
    if low > 1 and codes[low - 1] == "f" and stream.norms[low - 2] in PARTITIVE:  # "dozens of arrests"
        return _phrase_start(stream, low - 1)
    return low


def _around(reading: Reading, low: int, span: Span, harm: Harm) -> tuple[Span | None, Span | None, int]:
    """Find who does and who suffers it within the phrase; and where the phrase ends."""
    stream = reading.stream
    codes, norms = stream.codes, stream.norms
    owner = _owner(reading, low, span[0])
    agent = patient = None
    of = "of" in harm.roles and "of*" not in harm.roles
    k, end = span[1], span[1]
    for _ in range(_MOST_PHRASES):
        if stream.code(k) not in "pfBrY":
            break
        norm = norms[k]
        found = base_right(stream, k + 1)
        if codes[k] == "Y":
            k = end = k + 1
            continue
        if found is None and stream.code(k + 1) == "Y":
            k = end = k + 2
            continue
        if found is None or codes[k] == "r":
            break
        if norms[found[0]] in _MONTHS or (codes[found[0]] == "0" and not _MONTHS.isdisjoint(norms[found[1]:found[1] + 4])):
            k = end = found[1]
            continue
        if norm == "by":
            agent = agent or doer_behind(reading, k)
        elif norm == "between" and "between" in harm.roles:
            if "c" not in codes[slice(*found)] and stream.code(found[1]) == "c" and (second := base_right(stream, found[1] + 1)):
                found = found[0], second[1]
            agent, patient = _between(stream, found)
        elif norm == "of" and "of*" in harm.roles:
            agent = agent or found
        elif norm in harm.roles and patient is None:
            patient = found
        elif norm not in _SKIPPED and norm != "of":
            break
        k = end = found[1]
    if owner is not None:
        force = harm.harm in ("shoot", "suppress", "attack") or (
            harm.harm != "die" and "'" not in codes[low:span[0]] and group_of(reading, owner) == "security")  # "police killings"
        if of and patient is None and not force:
            patient = owner
        elif agent is None:
            agent = owner
    return agent, patient, end


def _owner(reading: Reading, low: int, at: int) -> Span | None:
    """Return the possessor before a noun, or the noun beside it that names a person: "the army's", "police"."""
    stream = reading.stream
    mark = stream.codes.rfind("'", low, at)
    if mark > 0:
        return base_left(stream, mark, of=False)
    if stream.norms[low:low + 1] and low < at and stream.norms[low] in _POSSESSORS:
        return low, low + 1
    before = at - 1
    while before > low and stream.codes[before] == "J":
        before -= 1
    if before >= low and stream.codes[before] in "NSP" and (
            reading.group_at(before) in ("protesters", "security") or reading.is_a(before, ("security",))):
        return base_left(stream, before + 1, of=False)
    return None


def _between(stream: Stream, span: Span) -> tuple[Span, Span | None]:
    """Part "between A and B"."""
    joint = stream.codes.rfind("c", *span)
    if joint < 0:
        return span, None
    return (span[0], joint), (joint + 1, span[1])


def _light_at(stream: Stream, head: int, violence: Violence) -> bool:
    """Does a light verb stand at an item?"""
    return any(tuple(stream.norms[head:head + len(form)]) == form for form, _ in violence.light.get(stream.norms[head], ()))


def _light_before(stream: Stream, low: int, violence: Violence) -> tuple[Group, str] | None:
    """Return the light verb before a noun phrase: "carried out | an attack"."""
    for size in (1, 2):
        head = low - size
        if head < 0 or stream.codes[head] not in "dznvgNV":
            continue
        for form, harm in violence.light.get(stream.norms[head], ()):
            if len(form) == size and tuple(stream.norms[head:low]) == form:
                return verb_group(stream, head, size), "s" if "s" in harm.roles else "a"
    return None


def _of_light(reading: Reading, group: Group, span: Span, harm: Harm, mode: str) -> Clause:
    subject = subject_of(reading, group)
    if mode == "s":
        return Clause(span, harm, "intransitive", None, subject)
    if group.passive:
        return Clause(span, harm, "passive_agentless", None, subject)
    return Clause(span, harm, "active", subject, None)


def _verb_behind(stream: Stream, at: int) -> Group | None:
    """Return the verb of which a noun phrase that ends before an item is the subject."""
    codes = stream.codes
    k = at + 1 if stream.norm(at) in ("that", "which") else at  # "clashes that broke out"
    while k < len(stream) and codes[k] in "AMHXI":
        k += 1
    if k < len(stream) and codes[k] == "N" and stream.norms[k] == "break":
        return Group(k, k, k + 1, False, True)
    if k < len(stream) and codes[k] in "dzvneg" and (k > at or codes[k] in "dzvn"):
        group = verb_group(stream, k, 1)
        bare = k == at and codes[k] in "nd" and not group.passive  # "an attack carried out by the army"
        return group._replace(passive=True) if bare and "B" in codes[k + 1:k + 3] else group
    return None
