"""What kind of source a phrase names: its head, what stands beside it, and the name in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from framelens.annotate.sources.gazetteer import Gazetteer, Match, Place, read_tokens
from framelens.annotate.sources.segment import (
    Segment,
    find_label,
    find_name,
    find_owner,
    find_parts,
    find_phrase,
    find_pronoun,
    is_ours,
    read_segments,
)
from framelens.annotate.sources.words import (
    ARTICLES,
    LEADING,
    RELATION,
    SPEAKING_FOR,
    STATEMENTS,
    gender_of,
    is_person,
    is_plural,
    stays_unnamed,
    takes_part,
)

__all__ = ["PRIVATE", "STATE", "Reading", "is_statement", "read_phrase"]

STATE = frozenset(("government", "president", "military", "police"))  # foreign where they are another country's
PRIVATE = frozenset(("", "person", "unnamed"))  # kinds that yield to whatever else is known of a person
_FORMER = frozenset("former ex one-time onetime erstwhile".split())
_OFFICES = frozenset("president minister premier chancellor secretary governor mayor gov".split())
_NATIONAL = frozenset("government president premier prime chancellor army parliament cabinet foreign".split())
_DEMONYMS = ("ian", "ean", "ish", "ese")
_FOR = frozenset(("for", "on", "at"))
_REACH = 6  # words of the body that a role speaks for
Typed = tuple[str, int]  # type and weight
Words = tuple[int, int]  # a range of words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase says of the source that it names.

    ``type`` is empty where the phrase gives none. ``name`` holds the words of a person's name, ``label`` the
    normalised noun phrase. ``pronoun`` is set where the whole phrase is one ("she", "three of them"), or leaves its
    noun out ("another"); ``owner`` where the source is somebody's ("his office", "Roe's lawyer"). ``number`` is
    person, plural, institution, or any (a study's own name).
    """

    type: str = ""
    weight: int = 0
    name: tuple[str, ...] = ()
    label: str = ""
    number: str = "institution"
    gender: str = ""
    head: str = ""
    pronoun: str = ""
    owner: str = ""
    definite: bool = False
    bare: bool = False  # nothing but article and head: "the ministry"
    land: str = ""  # whose government, parliament or head of state it is, where the lists do not know: "Korvia's"


def read_phrase(text: str, gazetteer: Gazetteer, *, initial: bool = False) -> Reading:
    """Read a phrase that names a source; ``initial`` where it begins its sentence.

    How several words of a phrase combine:

    1. The phrase is cut at commas; in each part the core is what stands before the first preposition, relative or
       participle ("a police spokeswoman | for the interior ministry"). Of two sources joined by "and" the first counts.
    2. In the core the highest weight decides; of equal weights the one nearest to the head, that is the last.
    3. A role without a type (weight 0) takes that of the body it speaks for ("of", "for", "at" …); a weak type
       (weight 1) yields to a stronger one there.
    4. Between the parts the highest weight decides, then the first.
    5. A state body with another country beside it than the study's home is a foreign government.
    6. A private person takes part ("who joined the march") or has seen it ("who saw the crowd run").

    Examples
    --------
    >>> from framelens.annotate.sources.gazetteer import read_gazetteer
    >>> gazetteer = read_gazetteer({"home": ["Norway"]})
    >>> for text in ("police spokeswoman for the interior ministry", "Ada Roe, a baker who joined the march",
    ...              "the Swedish foreign minister"):
    ...     reading = read_phrase(text, gazetteer)
    ...     print(reading.type, reading.name, reading.label)
    police () police spokeswoman
    protester ('Ada', 'Roe') baker
    foreign_government () Swedish foreign minister
    """
    segments = read_segments(read_tokens(text), gazetteer)
    readings = [_read_segment(s, gazetteer, initial and not i) for i, s in enumerate(segments)]
    if not readings:
        return Reading()
    first = readings[0]
    if first.pronoun:
        return first
    best = max(readings, key=lambda r: r.weight)  # max keeps the first of equals
    named = next((r for r in readings if r.name), first)
    person = bool(named.name) or best.number == "person" or is_person(first.head)
    if best.type in PRIVATE and (person or best.type):
        told = [norm for s in segments for norm in s.norms(s.high, len(s.tokens))]
        part = takes_part(told) or ("unnamed" if not named.name and stays_unnamed(told) else "")
        best = replace(best, type=part or best.type, weight=2 if part else best.weight)
    return replace(
        first, type=best.type, weight=best.weight, name=named.name, head=first.head or best.head,
        owner=next((r.owner for r in readings if r.owner), ""), label=first.label or best.label,
        land=next((r.land for r in readings if r.land), ""), number=named.number if named.name else first.number,
        gender=next((r.gender for r in readings if r.gender), ""))


def is_statement(reading: Reading) -> bool:
    """Tell whether a source is a statement whose maker stands elsewhere."""
    return reading.head in STATEMENTS and reading.type in ("", "document")


def _read_segment(segment: Segment, gazetteer: Gazetteer, initial: bool) -> Reading:
    """Read one part of a phrase."""
    if pronoun := find_pronoun(segment):
        return Reading(pronoun=pronoun, number="person" if pronoun in ("he", "she", "i") else "plural",
                       gender=gender_of([pronoun]))
    if segment.low == segment.high:
        return _read_clause(segment, gazetteer)
    name = find_name(segment, initial)
    parts = find_parts(segment)
    low, high, match = max(((a, b, _choose(segment, a, b)) for a, b in parts),
                           key=lambda t: min(t[2].weight, 2) if t[2] else -1)
    end = max(low, high - len(name)) if name and high == segment.high else high  # where the words before a name end
    head = segment.tokens[end - 1].norm if end > low else ""
    kind, weight, body = _typed(segment, (low, high), match, head)
    place = _place(segment, low, high)
    is_place = not name and segment.place_at(high - 1) is not None and segment.match_at(high - 1) is None
    kind, weight = _at_home(segment, (kind, weight), place, gazetteer, head_is_place=is_place)
    if kind == "document" and (name or is_person(head)):
        kind, weight = "", 0  # "the leader in the polls" is no poll
    office = match is not None and not _OFFICES.isdisjoint(w.lower() for w in match.spelling)
    if (kind == "president" or (kind == "government" and office)) and _FORMER & set(segment.norms(low, high)):
        kind = "politician"  # who held an office holds it no more
    if not kind and not name and match is None and is_person(head):
        kind, weight = "person", 1
    single = high - low == 1 or (match is not None and (match.start, match.end) == (low, high))
    number = _number(segment, match, head, (bool(name), len(parts) > 1))
    body = (body[0], end) if body == (low, high) else body
    return Reading(
        type=kind, weight=weight, name=name, label=find_label(segment, *body, initial), number=number,
        gender=gender_of([head, segment.tokens[0].norm]) if number == "person" else "", head=head,
        owner=find_owner(segment, match is not None and weight == 0), definite=segment.tokens[0].norm == "the",
        bare=single and segment.high == len(segment.tokens), land=_land(segment, match))


def _land(segment: Segment, match: Match | None) -> str:
    """Return the unknown country beside a body that countries have: "Korvia's prime minister", "the Korvian army"."""
    if match is None or match.start == 0 or _NATIONAL.isdisjoint(w.lower() for w in match.spelling):
        return ""
    before = segment.tokens[match.start - 1]
    unknown = segment.match_at(match.start - 1) is None and segment.place_at(match.start - 1) is None
    return before.surface if before.capital and unknown and (before.owner or before.norm.endswith(_DEMONYMS)) else ""


def _number(segment: Segment, match: Match | None, head: str, about: tuple[bool, bool]) -> str:
    """Return what pronoun agrees with a source, by its head and whether it is named and several.

    A study's own name may be a person's or a body's, unless a title stands before it or an article.
    """
    named, several = about
    if match and match.end == segment.high and is_ours(segment, match) and match is segment.matches[0]:
        return "any" if segment.tokens[0].norm not in ARTICLES else "institution"
    if named:
        return "person"
    if several or is_plural(head):
        return "plural"
    return "person" if is_person(head) else "institution"


def _choose(segment: Segment, low: int, high: int) -> Match | None:
    """Choose the phrase that types some words: the highest weight, then the one nearest to the head."""
    inside = [m for m in segment.matches if low <= m.start < high]
    # "the university president": of weak words any body counts before its head.
    best = max(inside, key=lambda m: (m.weight, m.type != "president", m.end), default=None)
    if best and best.type == "president" and best.weight == 1 and best.start > low:
        before = best.start - 1
        if segment.tokens[before].capital and segment.place_at(before) is None and segment.match_at(before) is None:
            return replace(best, type="", weight=0)  # "Acme President": of a body that the lists do not know
    return best


def _typed(segment: Segment, core: Words, match: Match | None, head: str) -> tuple[str, int, Words]:
    """Type a core by its own words or by the body beside it; return type, weight and the words that name the source."""
    kind, weight = (match.type, match.weight) if match else ("", 0)
    if weight > 1 or (match is None and is_person(head)):
        return kind, weight, core
    beside = _beside(segment, any_weight=weight == 0)
    if beside:
        return beside[2].type, max(weight, beside[2].weight - 1, 1), beside[:2]
    following = segment.tokens[segment.high:]
    if match and weight == 1 and "president" in match.spelling and following and following[0].norm == "of":
        place = _place(segment, *core)
        if place is None or not segment.high < place.start <= segment.high + 2:  # of a body, not of a state
            beside = _beside(segment, any_weight=True)
            if beside or any(t.capital for t in following):
                return (beside[2].type, 1, core) if beside else ("", 0, core)
    return kind, weight, core


def _beside(segment: Segment, *, any_weight: bool) -> tuple[int, int, Match] | None:
    """Find the body that a role speaks for: "spokesmen | for the union", "officials | at the bank"."""
    tokens, at = segment.tokens, segment.high
    if at < len(tokens) and tokens[at].norm.endswith("ed"):
        at += 1
    if at >= len(tokens) or tokens[at].norm not in RELATION:
        return None
    low, high = find_phrase(segment, at + 1, _REACH)
    match = _choose(segment, low, high)
    return (low, high, match) if match and match.weight and (any_weight or match.weight > 1) else None


def _read_clause(segment: Segment, gazetteer: Gazetteer) -> Reading:
    """Read a part that begins with a preposition or a clause: "for the police", "who leads the union"."""
    tokens = segment.tokens
    at = next((k for k, t in enumerate(tokens[:4]) if t.norm in LEADING), None)
    if at is None:
        if tokens[0].norm not in ("for", "of", "from", "with"):
            return Reading()
        at = 0
    elif tokens[at].norm.startswith(("spe", "spo", "work")) and not _FOR & set(segment.norms(at + 1, at + 2)):
        return Reading()  # "speaking with the newspaper" speaks for nobody
    while at + 1 < len(tokens) and tokens[at + 1].norm in RELATION:
        at += 1
    low, high = find_phrase(segment, at + 1, _REACH)
    match = _choose(segment, low, high)
    if match is None or not match.weight:
        return Reading(owner=next((t.surface for t in tokens[low:high] if t.owner and t.capital), ""))
    kind, weight = _at_home(segment, (match.type, match.weight), _place(segment, low, high), gazetteer)
    return Reading(type=kind, weight=weight)


def _place(segment: Segment, low: int, high: int) -> Place | None:
    """Find the country beside a core: in it, or right behind it with "of", "in", "from"."""
    inside = next((p for p in segment.places if low <= p.start < high), None)
    if inside or segment.norms(segment.high, segment.high + 1) not in (["of"], ["in"], ["from"]):
        return inside
    return next((p for p in segment.places if segment.high < p.start <= segment.high + _REACH), None)


def _at_home(segment: Segment, found: Typed, place: Place | None, gazetteer: Gazetteer, *,
             head_is_place: bool = False) -> Typed:
    """Tell a foreign government from the study's own."""
    kind, weight = found
    if place is not None and head_is_place and not kind:
        kind, weight = ("person", 1) if place.people else ("government", 2)
    elif place is not None and not kind and SPEAKING_FOR & set(segment.norms(0, segment.high)):
        kind, weight = "government", 1
    if place is not None and kind == "witness" and segment.tokens[segment.high - 1].norm.startswith("neighb"):
        return "foreign_government", weight  # a country's neighbours are countries
    if not gazetteer.home_known:
        return kind, weight
    if place is None:
        return kind, weight
    if kind in STATE and not place.home:
        return "foreign_government", weight
    if kind == "foreign_government" and place.home:
        return "government", weight
    return kind, weight
