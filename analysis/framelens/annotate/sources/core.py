"""What types the core of a source phrase: which of its words decides, its country, and whether its head is a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from framelens.annotate.sources.bodies import read_body
from framelens.annotate.sources.gazetteer import Gazetteer, Match, Place
from framelens.annotate.sources.joined import choose_joined, without_creeds
from framelens.annotate.sources.segment import Segment, is_country
from framelens.annotate.sources.words import ARTICLES, BODIES, GENERIC, KIN, SPEAKING_FOR, is_person, is_plural, is_role

__all__ = [
    "CHIEFS", "CLOSE", "MEDIA", "PRIVATE", "REACH", "STATE", "Typed", "Words", "choose_match", "find_land", "find_place",
    "is_one_person", "is_place", "is_proper", "leads_party", "settle_home",
]

_NATIONAL = frozenset("government president premier prime chancellor army parliament cabinet foreign".split())
_OWNERS = frozenset(("president", "government", "international_org", "alliance", "military", "police", "company", "opposition",
                     "politician", "state_media", "news_agency", "foreign_government"))
_OWNED = frozenset(("government", "president", "military", "person", "company", "document", "news_agency"))
# Private persons, whoever they belong to.
CLOSE = KIN | frozenset("friend friends neighbour neighbours neighbor neighbors girlfriend boyfriend fiancé fiancée".split())
_WINGS = frozenset(("wing", "arm"))
_NO_MEDIA = frozenset("party movement union front league alliance coalition".split())
_BODIED = frozenset(("international_org", "alliance", "government", "politician", "opposition", "foreign_government"))
_POLLS = frozenset("poll polls survey surveys".split())
_CHAMBERS = frozenset(
    "parliament senate duma legislature chamber assembly knesset bundestag sejm majlis riksdag storting folketing seimas saeima "
    "riigikogu mazhilis kenesh sabha dáil dail oireachtas diet althing rada khural".split())
_HOUSES = (("federation", "council"), ("upper", "house"), ("lower", "house"), ("house", "of"))
_MEMBERS = frozenset("lawmaker lawmakers mp mps legislator legislators deputies".split())  # politicians wherever they sit
_CROWNED = frozenset("king queen emir sultan".split())
_PREMIERS = frozenset(("premier",))
_PARTS = frozenset("province provincial region regional state territory".split())
_DEMONYMS = ("ian", "ean", "ish", "ese")
_KINDS = BODIES | {"monitor"}
_UNITED = frozenset(("UN", "U.N", "United"))
_INSTALLED = frozenset(("installed", "appointed", "imposed"))
_UNDER = frozenset(("civil_society", "expert"))  # what the United Nations' own offices and experts would be elsewhere
_TRANSCRIPT = 6  # letters from which a word in capitals is rather a speaker's name in a transcript than an acronym
REACH = 6  # words of the body that a role speaks for
CHIEFS = frozenset(("leader", "co-leader", "leaders"))
STATE = frozenset(("government", "president", "military", "police"))  # foreign where they are another country's
MEDIA = frozenset(("news_agency", "state_media"))
PRIVATE = frozenset(("", "person", "unnamed"))  # kinds that yield to whatever else is known of a person
Typed = tuple[str, int]  # type and weight
Words = tuple[int, int]  # a range of words


def choose_match(segment: Segment, low: int, high: int) -> Match | None:
    """Choose the phrase that types some words: the highest weight, then that nearest to the head; a body's name may tell more."""
    return read_body(segment, low, high, _choose(segment, low, high))


def _choose(segment: Segment, low: int, high: int) -> Match | None:
    inside = [m for m in segment.matches if low <= m.start < high]
    if len(inside) > 1:  # "the ruling party": what is no head is no document
        inside = [m for m in inside if m.type != "document" or m.end >= high or segment.norm(m.end).endswith("ed")] or inside
        inside = [m for m in inside if m.spelling != ("rival",) or m.end >= high] or inside  # "the rival company"
        inside = without_creeds(_before_name(segment, inside, high), high)
        if segment.norm(inside[-1].end - 1) in _POLLS and not is_person(segment.norm(high - 1)):
            return inside[-1]  # "a YouGov poll"
    # "the university president": of weak words any body counts before its head.
    best = max(inside, key=lambda m: (m.weight, m.type != "president" or m.weight > 1, m.end), default=None)
    if best is None:
        return None
    if joined := choose_joined(segment, inside, best, high):
        return joined
    if best.type in _OWNED and best.weight < 3 and segment.norm(high - 1) not in CLOSE:  # "the president's chief of staff"
        owners = [m for m in inside if m.end <= best.start and m.type in _OWNERS and segment.tokens.owner(m.end - 1)
                  and not (m.type == "opposition" and segment.place_at(m.start))  # "the Taliban's foreign ministry"
                  and not (best.type == "person" and is_person(segment.norm(m.end - 1)))]  # but "the mayor's driver"
        best = owners[-1]._replace(weight=2) if owners else best
    wing = best.spelling and best.spelling[-1] in _WINGS  # "the church's youth wing" is the church's
    if (best.type in _UNDER or wing) and best.weight < 3 and segment.norm(high - 1) not in CLOSE:
        best = next((m for m in reversed(inside) if m.end <= best.start and (wing or m.type in _BODIED) and segment.tokens.owner(
            m.end - 1)), best)  # "the Council of Europe's rights commissioner"
    if best.type in ("person", "witness") and best.end < high:  # "the residents' committee", "the dockers' federation"
        if (head := inside[-1]).end == high and head.weight and not is_person(segment.norm(high - 1)):
            return head
        if segment.norm(high - 1) in GENERIC:
            return best._replace(type="civil_society", weight=1)
    if best.type == "witness" and (medium := segment.match_at(best.start - 1)) and medium.type in MEDIA:
        return medium  # "a Reuters witness" is its reporter
    if best.type == "military" and best.weight == 1:  # a rank: "President General Roe"
        best = next((m for m in inside if m.type == "president" and m.end <= best.start), best)
    if best.type == "politician" and best.weight < 3:  # "a Green Party lawmaker", where that party is in opposition
        best = next((m._replace(weight=2) for m in inside if m.type == "opposition" and m.end <= best.start and (
            len(m.spelling) > 1 or "".join(m.spelling).isupper() or (
                m.end == best.start and m.spelling[:1] != ("opposition",)))), best)
    if best.type == "international_org" and best.weight == 1 and "".join(best.spelling).casefold().endswith("general"):
        others = [m for m in inside if m.end <= best.start and m.type]  # "Workers' Front secretary general"
        if others:
            return others[-1]
        if best.start > low and segment.tokens.capital(best.start - 1) and segment.place_at(best.start - 1) is None:
            return best._replace(type="", weight=0)
    if best.type in _UNDER and best.weight < 3 and inside[0].type == "international_org" and inside[0].end <= best.start and (
            inside[0].spelling and inside[0].spelling[0].rstrip(".") in _UNITED):
        return inside[0]  # "the U.N. human rights office"
    if best.type == "president" and best.weight == 1 and best.start > low:
        before = best.start - 1
        if segment.tokens.capital(before) and segment.place_at(before) is None and segment.match_at(before) is None:
            return best._replace(type="", weight=0)  # "Acme President": of a body that the lists do not know
    return best


def _before_name(segment: Segment, inside: list[Match], high: int) -> list[Match]:
    """Leave out what stands in a body's name behind its kind ("the party Law and Order"), unless a medium's or a study's."""
    tokens = segment.tokens
    kind = next((k for k in range(inside[0].start, high - 1) if tokens.norms[k] in _KINDS and not tokens.capital(k)
                 and tokens.capital(k + 1)), None)
    media = kind is not None and tokens.norms[kind] not in _NO_MEDIA
    kept = [m for m in inside if kind is None or m.start <= kind or (media and m.type in MEDIA) or not m.spelling
            or m.spelling[-1].isupper()]
    return kept if any(m.weight for m in kept) else inside


def find_place(segment: Segment, low: int, high: int) -> Place | None:
    """Find the country beside a core: in it, or right behind it with "of", "in", "from"."""
    inside = next((p for p in segment.places if low <= p.start < high and is_country(segment, p.start)), None)
    if inside or segment.norm(segment.high) not in ("of", "in", "from", "at", "for", "with"):
        return inside
    return next((p for p in segment.places if segment.high < p.start <= segment.high + REACH), None)


def settle_home(segment: Segment, found: Typed, place: Place | None, gazetteer: Gazetteer, *,
             head_is_place: bool = False) -> Typed:
    """Tell a foreign government from the study's own."""
    kind, weight = found
    if place is not None and head_is_place and not kind:
        kind, weight = ("person", 1) if place.people else ("government", 2)
    elif place is not None and not kind and place.end < segment.high and segment.norm(place.end) == "leader":
        kind, weight = "president", 1  # "Belarusian leader Roe"
    elif place is not None and not kind and not SPEAKING_FOR.isdisjoint(segment.norms(segment.first, segment.high)):
        kind, weight = "government", 1
    if place is not None and kind == "witness" and place.end < segment.high and segment.norm(
            segment.high - 1).startswith("neighb"):
        return "foreign_government", weight  # a country's neighbours are countries
    if place is not None and place.part and kind == "president":
        kind = "government"  # "the premier of Saxony"
    if place is not None and kind == "international_org" and weight < 2 and segment.norm(segment.high - 1) == "envoy":
        kind = "foreign_government" if not place.home and gazetteer.home_known else "government"  # "the US special envoy"
    if not gazetteer.home_known:
        return kind, weight
    if kind in STATE and _installed_abroad(segment, gazetteer):
        return "foreign_government", weight
    if place is None:
        return (_lesser(segment) or kind, weight) if kind == "president" and gazetteer.home_listed else (kind, weight)
    if kind == "politician" and not place.home and _is_chamber(segment):
        return "foreign_government", weight
    if kind in STATE and not place.home:
        return "foreign_government", weight
    posted = place.start >= segment.high and segment.norm(segment.high) == "in"  # "a Western diplomat in Minsk"
    if kind == "foreign_government" and place.home and not posted:
        return "government", weight
    return kind, weight


def _installed_abroad(segment: Segment, gazetteer: Gazetteer) -> bool:
    """Tell whether another country put somebody in office: "the Russian-installed governor"."""
    for norm in segment.norms(segment.low, segment.high):
        by, _, verb = norm.partition("-")
        if verb in _INSTALLED:
            return any(not home for _size, (_words, home, _people, _part) in gazetteer.countries.find_all((by,)).get(0, ()))
    return False


def _lesser(segment: Segment) -> str:
    """Return what a crowned head or a premier of no country is: "the King of Larenga" a chief, "Larenga premier Roe" a part's."""
    tokens = segment.tokens
    title = next((k for k in range(segment.low, segment.high) if segment.norm(k) in _CROWNED | _PREMIERS), None)
    if title is None:
        return ""
    of = title + 1 == segment.high and segment.norm(segment.high) == "of"
    at = segment.high + (segment.norm(segment.high + 1) == "the") + 1
    behind = of and at < segment.last and (tokens.capital(at) or segment.norm(at) in _PARTS)
    if segment.norm(title) in _CROWNED:
        return "civil_society" if behind else ""
    before = title > segment.low and tokens.capital(title - 1) and segment.match_at(title - 1) is None
    return "government" if behind or before or segment.norm(title - 1) in _PARTS else ""


def _is_chamber(segment: Segment) -> bool:
    """Tell whether words name a parliament or speak of one: "the Danish parliament", "the speaker of Oman's lower house"."""
    norms = segment.norms(segment.low, segment.last)
    if not _MEMBERS.isdisjoint(norms) or segment.norm(segment.high - 1) == "deputy":
        return False
    if not _CHAMBERS.isdisjoint(norms) or any(pair in _HOUSES for pair in pairwise(norms)):
        return True
    return any(segment.norm(p.end) == "congress" for p in segment.places)  # no party of that name


def find_land(segment: Segment, match: Match | None) -> str:
    """Return the unknown country beside a body that countries have: "Korvia's prime minister", "the Korvian army"."""
    spelling = {w.lower() for w in match.spelling} if match else set()
    if match is None or match.start == segment.first or _NATIONAL.isdisjoint(spelling) or "regional" in spelling:
        return ""
    tokens, at = segment.tokens, match.start - 1
    unknown = tokens.capital(at) and segment.match_at(at) is None and segment.place_at(at) is None
    return tokens.surface(at) if unknown and (tokens.owner(at) or tokens.norms[at].endswith(_DEMONYMS)) else ""


def is_place(segment: Segment) -> bool:
    """Tell whether a segment is a country and nothing else."""
    return len(segment.places) == 1 and (segment.places[0].start, segment.places[0].end) == (segment.first, segment.last)


def is_proper(segment: Segment, at: int) -> bool:
    """Tell whether the head of a core is a name of its own: an acronym, "the Gleaner", but not "the General"."""
    surface = segment.tokens.surface(at) if segment.first <= at < segment.last else ""
    if segment.match_at(at) is not None or not surface[:1].isupper() or segment.place_at(at) is not None:
        return False
    acronym = 1 < len(surface) < _TRANSCRIPT and surface.isupper()
    return acronym or (at > segment.first and not is_role(segment.tokens.norms[at]))


def leads_party(segment: Segment) -> bool:
    """Tell whether an unknown name in capitals stands before a leader's title: "NPF leader", "New Dawn lawmaker"."""
    at = next((k for k in range(segment.low, segment.high) if segment.tokens.norms[k] in CHIEFS), segment.low)
    return at > segment.low and segment.tokens.capital(at - 1) and (at - 1 > segment.first or segment.tokens.surface(
        at - 1).isupper()) and segment.match_at(at - 1) is None and segment.place_at(at - 1) is None


def is_one_person(segment: Segment, parts: Sequence[Words]) -> bool:
    """Tell whether parts joined by "and" are roles of one person: "the banker and opposition figure Roe"."""
    heads = [segment.norm(high - 1) for _low, high in parts[:-1]]
    apart = any(segment.norm(low) in ARTICLES for low, _high in parts[1:])  # "a miner and a nurse"
    return bool(heads) and not apart and all(is_person(h) and not is_plural(h) for h in heads)
