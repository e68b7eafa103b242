"""What kind of source a phrase names: its head, what stands beside it, and the name in it."""

from __future__ import annotations

from typing import NamedTuple

from framelens.annotate.sources.core import (
    CHIEFS,
    KIN,
    MEDIA,
    PRIVATE,
    REACH,
    Typed,
    Words,
    choose_match,
    find_land,
    find_place,
    is_one_person,
    is_place,
    is_proper,
    leads_party,
    settle_home,
)
from framelens.annotate.sources.gazetteer import Gazetteer, Match, Tokens, read_tokens
from framelens.annotate.sources.segment import (
    Segment,
    find_label,
    find_name,
    find_name_behind,
    find_owner,
    find_parts,
    find_phrase,
    find_pronoun,
    is_ours,
    read_segments,
)
from framelens.annotate.sources.tells import STUDIES, stays_unnamed, takes_part
from framelens.annotate.sources.words import (
    ARTICLES,
    BODIES,
    EVENTS,
    GENERIC,
    LEADING,
    MEDIA_HEADS,
    POSSESSIVE,
    RELATION,
    STATEMENTS,
    WATCHING,
    gender_of,
    is_person,
    is_plural,
    is_role,
)

__all__ = ["Reading", "holds_post", "is_statement", "read_deed", "read_phrase"]

_FORMER = frozenset("former ex one-time onetime erstwhile ousted deposed toppled".split())
_OFFICES = frozenset("president minister premier chancellor secretary governor mayor gov".split())
_DISSENT = frozenset(("banned", "outlawed", "exiled", "pro-democracy"))
_TRADING = frozenset("runs operates owns makes builds sells supplies mines produces manufactures".split())
_STATE_HEADS = frozenset("agency office board directorate inspectorate".split())
_SEEN = frozenset("seen obtained reviewed verified viewed".split())  # by a medium, whose it is not
_DRIVEN_OUT = frozenset(("president", "government", "military", "person", ""))
_STATE_RUN = frozenset("state official state-owned state-run state-controlled state-funded state-backed government-owned "
                       "government-run government-controlled semi-official pro-government".split())
_SHOPS = frozenset("shop store stall cafe café kiosk bakery salon restaurant pharmacy bar grocery butcher".split())
_ASSOCIATED = frozenset("association federation confederation council chamber union guild".split())
_LOOSE = frozenset(("", "civil_society", "government", "protester", "expert"))
_TRADERS = frozenset(
    "industries industry manufacturers employers exporters importers banks supermarkets enterprise enterprises retailers "
    "hoteliers hotels producers mines shippers millers businesses insurers developers contractors commerce companies".split())
_FOR = frozenset(("for", "on", "at"))
_WITHIN = frozenset(("in", "at", "within", "inside", "from"))
_ONE_OR_FIRM = frozenset("operator miner carrier builder driller refiner grower".split())
_OWNED_BY = ("-owned", "-listed", "-run", "-backed", "-based", "-controlled")
_GIANT = frozenset("listed giant major multinational".split())
_VAGUE = frozenset("source sources person people persons individual individuals insider insiders someone somebody those".split())
_TEACHING = frozenset("teaches taught lectures lectured researches".split())
_PUBLIC = frozenset(
    "disaster disasters emergency emergencies security statistics planning meteorology hydrology seismology migration "
    "immigration refugees customs elections electoral health water roads transport aviation electricity energy taxation "
    "census investment forests parks food medicines prisons intelligence reconstruction telecommunications education "
    "housing lands mines".split())
_LEVELS = frozenset("national state federal provincial regional district municipal central royal inter-ministerial".split())
_MEMO = 50_000  # phrases remembered, a few hundred bytes each
_STEPS = 3  # "head | of the arms programme | at the institute"


class Reading(NamedTuple):
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


def read_phrase(phrase: str | Tokens, gazetteer: Gazetteer, *, initial: bool = False) -> Reading:
    """Read a phrase that names a source, alone or in its text; ``initial`` where it begins its sentence.

    How several words of a phrase combine:

    1. The phrase is cut at commas; in each part the core is what stands before the first preposition, relative or
       participle ("a police spokeswoman | for the interior ministry"). Of two sources joined by "and" the first counts.
    2. In the core the highest weight decides; of equal weights the one nearest to the head, that is the last.
    3. A role without a type (weight 0) takes that of the body it speaks for ("of", "for", "at" …); a weak type
       (weight 1) yields to a stronger one there.
    4. Between the parts the highest weight decides, then the first.
    5. A state body with another country beside it than the study's home is a foreign government.
    6. A private person takes part ("who joined the march") or has seen it ("who saw the crowd run").
    7. Whose it is decides over an office: "the president's chief of staff" | "the court's prosecutor". What is no head is
       no document ("the ruling party"), and what stands in a body's name behind its kind says nothing ("the party Law
       and Order").
    8. Adjectives decide where they must: "state-owned", "banned", "shadow", "exiled", "former".

    Examples
    --------
    >>> from framelens.annotate.sources import read_gazetteer
    >>> gazetteer = read_gazetteer({"home": ["Norway"]})
    >>> for text in ("police spokeswoman for the interior ministry", "Ada Roe, a baker who joined the march",
    ...              "the Swedish foreign minister"):
    ...     reading = read_phrase(text, gazetteer)
    ...     print(reading.type, reading.name, reading.label)
    police () police spokeswoman
    protester ('Ada', 'Roe') baker
    foreign_government () Swedish foreign minister
    """
    memo = gazetteer.readings
    text = phrase if isinstance(phrase, str) else phrase.phrase
    found = memo.get((text, initial))
    if found is None:
        if len(memo) >= _MEMO:
            memo.clear()
        tokens = read_tokens(phrase) if isinstance(phrase, str) else phrase
        found = memo[text, initial] = _read_phrase(tokens, gazetteer, initial)
    return found


def _read_phrase(tokens: Tokens, gazetteer: Gazetteer, initial: bool) -> Reading:
    """Read a phrase for the first time."""
    segments = read_segments(tokens, gazetteer)
    for s in segments[1:]:  # "Roe, waving a flag outside parliament": nothing in it names the source
        if s.norm(s.first).endswith("ing") and s.norm(s.first) not in LEADING and s.match_at(s.first) is None:
            s.low = s.high = s.first
    readings = [_read_segment(s, gazetteer, initial and not i) for i, s in enumerate(segments)
                if not i or not is_place(s)]  # "a baker from Bergen, Norway"
    if not readings:
        return Reading()
    first = readings[0]
    if first.pronoun:
        return first
    best = max(readings, key=lambda r: r.weight)  # max keeps the first of equals
    if best.type == "politician" and best.weight < 3:  # "Member of parliament Roe (Green Party)"
        best = next((r for r in readings if r.type == "opposition"), best)
    named = next((r for r in readings if r.name), first)
    person = bool(named.name) or best.number == "person" or is_person(first.head)
    acting = best.type == "civil_society" and not named.name and any(s.norm(s.high) in ("who", "that", "which") for s in segments)
    if acting and takes_part([norm for s in segments for norm in s.norms(s.high, s.last)]) == "protester":
        best = best._replace(type="protester")  # "the hauliers' association that blocked the road"
    if best.type in PRIVATE and (person or best.type):
        told = [norm for s in segments for norm in s.norms(s.high, s.last)]
        vague = not named.name and first.head in _VAGUE  # a nurse who hides her name is a nurse
        teaches = not _TEACHING.isdisjoint(told) and not STUDIES.isdisjoint(told) and first.head not in ("student", "pupil")
        part = takes_part(told) or ("expert" if teaches else "") or ("unnamed" if vague and stays_unnamed(told) else "")
        best = best._replace(type=part or best.type, weight=2 if part else best.weight)
    return first._replace(
        type=best.type, weight=best.weight, name=named.name, head=first.head or best.head,
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
    name = find_name(segment, initial) or find_name_behind(segment)
    parts = find_parts(segment)
    one = is_one_person(segment, parts)
    most = 3 if name and one else 2  # of two sources the first counts, of two roles the stronger
    low, high, match = max(((a, b, choose_match(segment, a, b)) for a, b in parts),
                           key=lambda t: (min(t[2].weight, most), one and t[2].type not in PRIVATE) if t[2] else (-1, False))
    end = max(low, high - len(name)) if name and high == segment.high else high  # where the words before a name end
    head = segment.tokens.norms[end - 1] if end > low else ""
    kind, weight, body = _typed(segment, (low, high), match, head)
    place = find_place(segment, low, high)
    is_place = not name and segment.place_at(high - 1) is not None and segment.match_at(high - 1) is None
    kind, weight = settle_home(segment, (kind, weight), place, gazetteer, head_is_place=is_place)
    if kind == "document" and (name or is_person(head)):
        kind, weight = "", 0  # "the leader in the polls" is no poll
    if kind == "president" and weight < 2 and segment.norm(segment.first) in POSSESSIVE:
        kind, weight = "", 0  # "its president" is a body's
    office = match is not None and not _OFFICES.isdisjoint(w.lower() for w in match.spelling)
    if (kind == "president" or (kind == "government" and office)) and _FORMER & set(segment.norms(low, high)):
        kind = "politician"  # who held an office holds it no more
    proper = is_proper(segment, end - 1)
    if not kind and not name and (match is None or match.end < high) and is_person(head) and not proper:
        kind, weight = "person", 1
    kind, weight = _by_adjective(segment, (kind, weight), head)
    if head in _ONE_OR_FIRM and kind in ("company", "person"):
        kind, weight = _one_or_firm(segment, (kind, weight), head, name)
    single = high - low == 1 or (match is not None and (match.start, match.end) == (low, high))
    number = "institution" if proper and not name else _number(segment, match, head, (bool(name), len(parts) > 1))
    body = (body[0], end) if body == (low, high) else body
    return Reading(
        type=kind, weight=weight, name=name, label=find_label(segment, *body, initial), number=number,
        gender=gender_of([head, segment.norm(segment.first)]) if number == "person" else "", head=head,
        owner=find_owner(segment, match is not None and weight == 0), definite=segment.norm(segment.first) == "the",
        bare=single and segment.high == segment.last, land=find_land(segment, match))



def _by_adjective(segment: Segment, found: Typed, head: str) -> Typed:
    """Let adjectives decide: "the banned party", "the state-owned Herald newspaper"; a deputy of nobody is elected."""
    kind = found[0]
    norms = segment.norms(segment.low, segment.high)
    banned = kind == "protester" and not {"banned", "outlawed"}.isdisjoint(norms)
    if banned or (kind == "politician" and not _DISSENT.isdisjoint(norms)) or ("exiled" in norms and kind in _DRIVEN_OUT):
        return "opposition", 3
    if kind in ("news_agency", "") and (kind or head in MEDIA_HEADS) and not _STATE_RUN.isdisjoint(norms):
        return "state_media", 3
    if not kind and head in GENERIC and not WATCHING.isdisjoint(segment.norms(segment.high, segment.high + 3)):
        return "civil_society", 1  # "a group that monitors arrests"
    if kind in _LOOSE and head in GENERIC and not _LEVELS.isdisjoint(norms) and segment.norm(segment.high) in (
            "for", "of", "on") and not _PUBLIC.isdisjoint(segment.norms(segment.high, segment.high + REACH)):
        return "government", 2  # "the National Committee for Disaster Management"
    if not kind and head in MEDIA_HEADS and any(n.endswith("-run") for n in norms):
        return "state_media", 2  # of whoever runs the place: "the Houthi-run agency"
    if not kind and head in _STATE_HEADS and segment.high - segment.low > 1 and not segment.tokens.capital(
            segment.high - 1) and not any(segment.tokens.owner(k) for k in range(segment.low, segment.high - 1)):
        return "government", 1  # "the drug agency", "the provincial health office"
    role = kind in ("", "person") and found[1] < 2 and is_person(head) and head not in KIN
    if role and segment.norm(segment.high) in ("of", "for") and not EVENTS.isdisjoint(
            segment.norms(segment.high, segment.high + 4)):
        return "protester", 1  # "the convener of the march"
    if head in CHIEFS and kind in ("", "person") and found[1] < 2 and leads_party(segment):
        return "politician", 1
    if head in _ASSOCIATED and kind in _LOOSE and segment.norm(segment.high) == "of" and not _TRADERS.isdisjoint(
            segment.norms(segment.high, segment.high + REACH)):
        return "company", 2  # "the Federation of Norwegian Manufacturers"
    allied = kind == "alliance" and head in ("alliance", "bloc") and segment.high - segment.low > 1
    if allied and segment.tokens.capital(segment.high - 2) and segment.match_at(segment.high - 2) is None and segment.place_at(
            segment.high - 2) is None:
        return "politician", 1  # "the Victory bloc"
    deputy = not kind and head in ("deputy", "deputies") and segment.norm(segment.first) not in POSSESSIVE
    return ("politician", 1) if deputy else found




def _one_or_firm(segment: Segment, found: Typed, head: str, name: tuple[str, ...]) -> Typed:
    """Tell a man from a firm: "drill operator Ada Roe", "a sewing operator"; "the state-owned miner Northern Ore"."""
    norms = segment.norms(segment.low, segment.high)
    if any(n.endswith(_OWNED_BY) for n in norms) or not _GIANT.isdisjoint(norms):
        return "company", 2
    person = len(name) > 1 or (segment.norm(segment.first) in ("a", "an", "one") and found[1] < 2)
    return ("person", 1) if head == "operator" and person else found


def _number(segment: Segment, match: Match | None, head: str, about: tuple[bool, bool]) -> str:
    """Return what pronoun agrees with a source, by its head and whether it is named and several.

    A study's own name may be a person's or a body's, unless a title stands before it or an article.
    """
    named, several = about
    if match and match.end == segment.high and is_ours(segment, match) and match is segment.matches[0]:
        return "any" if segment.norm(segment.first) not in ARTICLES else "institution"
    if named:
        return "person"
    if match and match.end == segment.high and match.spelling and match.spelling[-1].isupper() and not is_role(head):
        return "institution"  # KFOR is no -or
    if match and match.end == segment.high and match.spelling and match.spelling[0][0].isupper() and "of" in match.spelling and (
            match.spelling[0].lower() in BODIES | _ASSOCIATED):
        return "institution"  # "the Association of Southeast Asian Nations"
    if several or is_plural(head):
        return "person" if match and match.end == segment.high and holds_post(match) else "plural"
    if match and match.end == segment.high and holds_post(match):
        return "person"
    return "person" if is_person(head) else "institution"




def holds_post(match: Match) -> bool:
    """Tell whether a phrase of the lists is an office with what it is over: "chief of staff", "minister of justice"."""
    of = next((k for k, word in enumerate(match.spelling) if word in ("of", "for")), 0)
    return of > 0 and is_person(head := match.spelling[of - 1].lower()) and not is_plural(head)


def _typed(segment: Segment, core: Words, match: Match | None, head: str) -> tuple[str, int, Words]:
    """Type a core by its own words or by the body beside it; return type, weight and the words that name the source."""
    kind, weight = (match.type, match.weight) if match else ("", 0)
    if kind == "politician" and weight == 2 and (party := _beside(segment, any_weight=True)) and party[2].type == "opposition":
        return "opposition", 2, core  # "a lawmaker of the Green Party", where that party is in opposition
    if head in ("source", "sources") and kind in PRIVATE and segment.norm(segment.high) in _WITHIN and (
            within := _beside(segment, any_weight=True)):
        return within[2].type, 1, core  # "sources at the ministry"
    if weight > 1 or (match is None and is_person(head)):
        return kind, weight, core
    beside = _beside(segment, any_weight=weight == 0)
    if beside:
        return beside[2].type, max(weight, beside[2].weight - 1, 1), beside[:2]
    if match and weight == 1 and "president" in match.spelling and segment.norm(segment.high) == "of":
        place = find_place(segment, *core)
        if place is None or place.start <= segment.high or place.end < find_phrase(segment, segment.high + 1, REACH)[1]:
            # of a body, not of a state
            beside = _beside(segment, any_weight=True)
            if beside or any(segment.tokens.capital(k) for k in range(segment.high, segment.last)):
                return (beside[2].type, 1, core) if beside else ("", 0, core)
    based = any(n.endswith("-based") for n in segment.norms(core[0], core[1] if head in GENERIC else segment.last))
    if not kind and based and (head in GENERIC or head.startswith("spokes")):
        return "civil_society", 1, core  # "the Oslo-based group"
    return kind, weight, core


def _beside(segment: Segment, *, any_weight: bool) -> tuple[int, int, Match] | None:
    """Find the body that a role speaks for: "spokesmen | for the union", "officials | at the bank"."""
    at = segment.high
    if segment.norm(at).endswith("ed"):
        at += 1
    for _step in range(_STEPS):
        seen = segment.norm(at) == "by" and segment.norm(at - 1) in _SEEN
        if segment.norm(at) not in RELATION or seen or (not any_weight and segment.norm(at) == "for"):
            return None  # "the Association for …" is not what it is for; "a spokesman for …" speaks for it
        low, at = find_phrase(segment, at + 1, REACH)
        match = choose_match(segment, low, at)
        body = segment.tokens.capital(segment.high - 1) and segment.norm(segment.high - 1) in BODIES
        if match and match.type in MEDIA and body:
            return None  # "the Council for the Salvation of the Nation" is no newspaper's
        if match and match.weight and (any_weight or match.weight > 1):
            return low, at, match
    return None


def _read_clause(segment: Segment, gazetteer: Gazetteer) -> Reading:
    """Read a part that begins with a preposition or a clause: "for the police", "who leads the union"."""
    tokens, norms, first = segment.tokens, segment.tokens.norms, segment.first
    at = next((k for k in range(first, min(first + 4, segment.last)) if norms[k] in LEADING), None)
    if at is None and not WATCHING.isdisjoint(segment.norms(first, first + 3)):
        return Reading(type="civil_society", weight=1)  # "Northwind, which monitors arrests"
    if norms[first] == "which" and not _TRADING.isdisjoint(segment.norms(first + 1, first + 3)):
        match = choose_match(segment, *find_phrase(segment, first + 2, REACH))
        if match is None or not match.weight:
            return Reading(type="company", weight=1)  # "Northline, which runs the ferries"
    if at is None:
        if norms[first] not in ("for", "of", "from", "with"):
            return Reading()
        at = first
    elif norms[at].startswith(("spe", "spo", "work")) and not _FOR & {segment.norm(at + 1)}:
        return Reading()  # "speaking with the newspaper" speaks for nobody
    while segment.norm(at + 1) in RELATION:
        at += 1
    low, high = find_phrase(segment, at + 1, REACH)
    match = choose_match(segment, low, high)
    if segment.norm(high - 1) in ("country", "nation", "government") and norms[at].startswith(("lead", "led", "rul")):
        return Reading(type="president", weight=1)
    if match is None or not match.weight or match.type == "document":  # nobody leads a poll
        return Reading(owner=next((tokens.surface(k) for k in range(low, high) if tokens.owner(k) and tokens.capital(k)), ""))
    if match.type == "company" and segment.norm(match.end - 1) in _SHOPS:
        return Reading(type="person", weight=1)  # who keeps a shop is no company
    kind, weight = settle_home(segment, (match.type, match.weight), find_place(segment, low, high), gazetteer)
    return Reading(type=kind, weight=weight)


def read_deed(tokens: Tokens, gazetteer: Gazetteer) -> Reading | None:
    """Read the predicate of a person of whom a sentence tells: "directs the observatory", "founded the union"."""
    if tokens.low == tokens.high or tokens.norms[tokens.low] not in LEADING:
        return None
    reading = _read_clause(read_segments(tokens, gazetteer)[0], gazetteer)
    return reading._replace(weight=1, number="person") if reading.type else None
