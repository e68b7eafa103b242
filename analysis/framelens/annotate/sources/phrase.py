"""What kind of source a phrase names: its head, what stands beside it, and the name in it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from framelens.annotate.sources.composed import LEGISLATURES, holds_local_office, is_former, names_party, presides_abroad, related
from framelens.annotate.sources.core import (
    CLOSE,
    MEDIA,
    PRIVATE,
    REACH,
    STATE,
    Words,
    choose_match,
    find_land,
    find_place,
    is_one_person,
    is_place,
    is_proper,
    settle_home,
)
from framelens.annotate.sources.gazetteer import Gazetteer, Match, Tokens, read_tokens
from framelens.annotate.sources.joined import COUNCILLORS, PARTIES
from framelens.annotate.sources.qualified import ONE_OR_FIRM, by_adjective, one_or_firm
from framelens.annotate.sources.segment import (
    Segment,
    find_label,
    find_name,
    find_name_behind,
    find_owner,
    find_parts,
    find_phrase,
    find_pronoun,
    find_short,
    is_ours,
    read_segments,
)
from framelens.annotate.sources.tells import STUDIES, stays_unnamed, takes_part
from framelens.annotate.sources.words import (
    ARTICLES,
    BODIES,
    GENERIC,
    HONORIFICS,
    LAWYERS,
    LEADING,
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

_ASSOCIATED = frozenset("association federation confederation council chamber union guild".split())
_OFFICES = frozenset("president minister premier chancellor secretary governor mayor gov".split())
_TRADING = frozenset("runs operates owns makes builds sells supplies mines produces manufactures".split())
_SEEN = frozenset("seen obtained reviewed verified viewed".split())  # by a medium, whose it is not
_SHOPS = frozenset("shop store stall cafe café kiosk bakery salon restaurant pharmacy bar grocery butcher".split())
_FOR = frozenset(("for", "on", "at"))
_WITHIN = frozenset(("in", "at", "within", "inside", "from"))
_REPRESENTED = frozenset(("company", "government", "president", "police", "military", "protester"))
_SENT = frozenset("observer observers monitor monitors inspector inspectors investigator investigators".split())
_POSTS = frozenset("director representative researcher coordinator adviser advisor manager".split())
_CARING = frozenset("hospital hospitals clinic morgue mortuary".split())  # who works there tells as a person
_VAGUE = frozenset("source sources person people persons individual individuals insider insiders someone somebody those".split())
_TEACHING = frozenset("teaches taught lectures lectured researches".split())
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
    short: str = ""  # acronym or name of the body that a role is of, which the article may explain: "ESCO director Roe"
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
    9. What an owner passes on (module ``composed``): his kin and lawyers are persons, his rival opposition; a body is of the
       kind of those who unite in it ("the Alliance of Taxi Drivers"); what one is now goes before what one was.

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
    if person and (present := _is_now(segments, gazetteer)):
        best = best._replace(type=present.type, weight=2)
    if best.type in PRIVATE and (person or best.type):
        told = [norm for s in segments for norm in s.norms(s.high, s.last)]
        vague = not named.name and first.head in _VAGUE and best.weight != 2  # a nurse who hides her name is a nurse
        teaches = first.head not in ("student", "pupil") and (
            not (_TEACHING.isdisjoint(told) or STUDIES.isdisjoint(told)) or ("studies" in told and "institute" in told))
        part = takes_part(told) or ("expert" if teaches else "") or ("unnamed" if vague and stays_unnamed(told) else "")
        best = best._replace(type=part or best.type, weight=2 if part else best.weight)
    owner = next((r.owner for r in readings if r.owner), "")
    if not (owner or best.type) and named.name and any(_bare_post(s) for s in segments[1:]):
        owner = "group"  # "Roe, deputy Gulf director": of the body that spoke before
    return first._replace(
        type=best.type, weight=best.weight, name=named.name, head=first.head or best.head,
        owner=owner, label=first.label or best.label,
        land=next((r.land for r in readings if r.land), ""), short=next((r.short for r in readings if r.short), ""),
        number=named.number if named.name else first.number,
        gender=next((r.gender for r in readings if r.gender), ""))


def _bare_post(segment: Segment) -> bool:
    """Tell whether a part is a post without article or body, as those of bodies whose staff speak are."""
    whole = (segment.low, segment.high) == (segment.first, segment.last)
    return whole and segment.norm(segment.high - 1) in _POSTS and segment.norm(segment.first) not in POSSESSIVE


def _is_now(segments: list[Segment], gazetteer: Gazetteer) -> Reading | None:
    """Read what somebody does now who was something else: "a former police chief who now runs a security firm"."""
    for s in segments:
        if s.norm(s.high) not in ("who", "now") or not is_former(s, s.low, s.high):
            continue
        told = s.norms(s.high, s.last)
        if not _TEACHING.isdisjoint(told) and not STUDIES.isdisjoint(told):
            return Reading(type="expert")
        deed = _read_clause(replace(s, first=s.high), gazetteer)
        return deed if deed.type else None
    return None


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
    found = [(a, b, choose_match(segment, a, b)) for a, b in parts]
    if one:  # "a former official and critic of the president": what one is now
        found = [f for f in found if not is_former(segment, f[0], f[1])
                 and f[2] and (f[2].type not in PRIVATE or f[2].weight == 3 or f[2].spelling[-1:] != ("member",))] or found
    low, high, match = max(
        found, key=lambda f: (min(f[2].weight, most), one and f[2].type not in PRIVATE) if f[2] else (-1, False))
    end = max(low, high - len(name)) if name and high == segment.high else high  # where the words before a name end
    while end - 1 > low and segment.norm(end - 1) in HONORIFICS:
        end -= 1
    head = segment.tokens.norms[end - 1] if end > low else ""
    kind, weight, body = _typed(segment, (low, high), match, head)
    place = find_place(segment, low, high)
    is_place = not name and segment.place_at(high - 1) is not None and segment.match_at(high - 1) is None
    kind, weight = settle_home(segment, (kind, weight), place, gazetteer, head_is_place=is_place)
    if gazetteer.home_known and presides_abroad(segment, place):
        kind, weight = "foreign_government", 2
    if kind == "document" and (name or is_person(head)):
        kind, weight = "", 0  # "the leader in the polls" is no poll
    if kind == "president" and weight < 2 and segment.norm(segment.first) in POSSESSIVE:
        kind, weight = "", 0  # "its president" is a body's
    office = match is not None and not _OFFICES.isdisjoint(w.lower() for w in match.spelling)
    if (kind == "president" or (kind == "government" and office)) and is_former(segment, low, high):
        kind = "politician"  # who held an office holds it no more
    proper = is_proper(segment, end - 1)
    if not kind and not name and (match is None or match.end < high) and is_person(head) and not proper:
        kind, weight = "person", 1
    kind, weight = by_adjective(segment, (kind, weight), head)
    if head in ONE_OR_FIRM and kind in ("company", "person"):
        kind, weight = one_or_firm(segment, (kind, weight), head, name)
    single = high - low == 1 or (match is not None and (match.start, match.end) == (low, high))
    number = "institution" if proper and not name else _number(segment, match, head, (bool(name), len(parts) > 1))
    body = (body[0], end) if body == (low, high) else body
    theirs = head in LAWYERS and (kind, weight) == ("person", 2)  # a lawyer of persons is a private one
    return Reading(
        type=kind, weight=weight, name=name, label=find_label(segment, *body, initial), number=number,
        gender=gender_of([head, segment.norm(segment.first)]) if number == "person" else "", head=head,
        owner="" if theirs else find_owner(segment, match is not None and weight == 0),
        definite=segment.norm(segment.first) == "the",
        bare=single and segment.high == segment.last, land=find_land(segment, match),
        short=find_short(segment, (low, end), match))


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
    if names_party(segment, core[1]):
        return "politician", 2, core
    if (by_owner := related(segment, core, match, head)) is not None:
        return *by_owner, core
    if match and (office := holds_local_office(segment, match, core[1])):
        return office.type, 3, core
    if head in LAWYERS and segment.norm(segment.high) in ("for", "of") and (
            client := _beside(segment, any_weight=True)) and client[2].type in _REPRESENTED and not is_person(
            segment.norm(client[1] - 1)):
        return client[2].type, 1, core  # "a lawyer for the company", not "for the family"
    if head in _SENT and segment.norm(segment.high) in ("from", "for", "with") and (sender := _beside(segment, any_weight=True)):
        return sender[2].type, 2, core  # "observers from the OSCE"
    if head == "speaker" and (speaks := _beside(segment, any_weight=True)) and speaks[2].type in STATE and (
            LEGISLATURES.isdisjoint(segment.norms(*speaks[:2]))):
        return speaks[2].type, 2, core  # "the speaker of the interior ministry" of translations
    if segment.norm(core[1] - 1) in COUNCILLORS and (party := _beside(segment, any_weight=True)) and party[2].type in PARTIES:
        return party[2].type, 2, core  # "a councillor for the Green Party"
    if kind == "politician" and weight == 2 and (party := _beside(segment, any_weight=True)) and party[2].type == "opposition":
        return "opposition", 2, core  # "a lawmaker of the Green Party", where that party is in opposition
    if head in ("source", "sources") and kind in PRIVATE and segment.norm(segment.high) in _WITHIN and (
            within := _beside(segment, any_weight=True)):
        care = segment.norm(within[1] - 1) in _CARING
        return ("person", 2, core) if care else (within[2].type, 1, core)  # "sources at the ministry"
    if weight > 1 or (match is None and is_person(head)):
        return kind, weight, core
    beside = _beside(segment, any_weight=weight == 0)
    if beside:
        return beside[2].type, max(weight, beside[2].weight - 1, 1), beside[:2]
    if match and weight == 1 and "president" in match.spelling and segment.norm(segment.high) == "of":
        place = find_place(segment, *core)
        end = find_phrase(segment, segment.high + 1, REACH)[1]
        end -= len(find_name_behind(segment)) if end == segment.last else 0  # "President of Chile Ada Roe"
        if place is None or place.start <= segment.high or place.end < end:
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
        if names_party(segment, at):
            return low, at, Match(low, at, "politician", 2, ("union",))
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
    if norms[first] == "whose" and segment.norm(first + 1) in CLOSE:
        return Reading()  # "whose brother leads the opposition"
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
