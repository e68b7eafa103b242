"""What follows from two parts of a phrase: what an owner passes on to whoever is his."""

from __future__ import annotations

from framelens.annotate.sources.core import CLOSE, REACH, Typed, Words
from framelens.annotate.sources.gazetteer import Match, Place
from framelens.annotate.sources.segment import Segment, find_phrase
from framelens.annotate.sources.words import FORMER, LAWYERS, is_person

__all__ = ["LEGISLATURES", "holds_local_office", "is_former", "names_party", "presides_abroad", "related"]

_PARTIES = frozenset(
    "alliance confederation federation union syndicate coordination front movement collective congress guild league coalition "
    "rally forum bloc".split())
_RIVALS = frozenset("rival rivals challenger challengers opponent opponents".split())
_ALLIES = frozenset(("ally", "allies"))
_CALLINGS = frozenset(("civil_society", "expert", "news_agency"))
_MAKERS = frozenset("author authors architect sponsor drafter".split())  # of a bill or a plan: no calling
_RULING = frozenset(
    "government regime president junta kremlin administration ruler king monarchy emir sultan prime premier ruling "
    "dictator".split())
_RULERS = frozenset(("president", "government", "politician", "opposition", "foreign_government"))
_OFFICERS = frozenset("chairman chairwoman chairperson chair speaker president head spokesman spokeswoman vice-speaker".split())
LEGISLATURES = frozenset("parliament council senate duma assembly congress committee house chamber rada".split())
_HIS = frozenset(("his", "her", "their", "my"))
_STATELY = frozenset("country nation republic state land island kingdom world region territory province".split())
_LOCAL = frozenset("mayor mayors governor governors prefect".split())
_CHAIRS = frozenset("chairman chairwoman chairperson chair president head leader chief".split())
_DEPUTIES = frozenset("deputy vice vice-chairman vice-president former ex".split())
_SOVEREIGN = frozenset("sovereign sovereignty presidential military".split())


def names_party(segment: Segment, high: int) -> bool:
    """Tell whether a core goes on to the word "party": "the Union | for the Republic party"."""
    if segment.norm(high - 1) not in _PARTIES or segment.norm(high) not in ("of", "for"):
        return False
    at, end = find_phrase(segment, high + 1, REACH)
    return segment.norm(end - 1) == "party" and end - at > 1 and segment.tokens.capital(end - 2)


def is_former(segment: Segment, low: int, high: int) -> bool:
    """Tell whether words name what somebody was: "a former tax official"."""
    return not FORMER.isdisjoint(segment.norms(low, high))


def holds_local_office(segment: Segment, match: Match, high: int) -> Match | None:
    """Return the office of a mayor or governor whose party alone is in opposition: "the opposition mayor"."""
    other = segment.match_at(high - 1)
    office = other and segment.norm(high - 1) in _LOCAL and other.type == "government"
    return other if office and match.type == "opposition" and len(match.spelling) == 1 else None


def related(segment: Segment, core: Words, match: Match | None, head: str) -> Typed | None:
    """Type a role that is somebody's by what its owner passes on, None where the role itself decides.

    A rival of who governs or stands is opposition, an ally a politician, a lawyer a person; "the group's president" is no
    head of state, and the author of a bill no expert.
    """
    low, high = core
    pronoun = segment.norm(segment.first) in _HIS
    owner = next((k for k in range(high - 2, low - 1, -1) if segment.tokens.owner(k)), None)
    if head in LAWYERS and pronoun and owner is None:  # not "her party's lawyers"
        return "person", 2
    if head in LAWYERS and owner is not None and match and match.type in _CALLINGS and is_person(segment.norm(owner)):
        return "person", 2  # "the cleric's lawyer"
    if head in _MAKERS and match and match.end == high and (
            pronoun or owner is not None or segment.norm(segment.first) == "its" or segment.norm(high) == "of"):
        return "", 0
    if head in _RIVALS and owner is not None and _rules(segment, owner):  # whose else, the article tells
        return "opposition", 2
    if head in ("critic", "opponent") and (_names_ruler(segment, low, high - 1) or (
            segment.norm(high) == "of" and _names_ruler(segment, high + 1, high + 4))):
        return "opposition", 2
    if head in _ALLIES and segment.norm(high) == "of" and _names_ruler(segment, high + 1, high + 4):
        return "politician", 1
    if _rules_country(segment):
        return "president", 3  # "Chairman of the Transitional Sovereignty Council"
    if head in CLOSE and owner is not None and segment.place_at(owner) is None:
        return "person", 2
    if head == "president" and owner == high - 2 and (match is None or match.start > owner) and not segment.tokens.capital(
            owner) and segment.norm(owner) not in _STATELY and segment.place_at(owner) is None:
        return "civil_society", 1
    return None


def _rules_country(segment: Segment) -> bool:
    """Tell whether words name who chairs a council that rules in place of a head of state: no deputy."""
    norms = segment.norms(segment.first, segment.last)
    if "council" not in norms:
        return False
    at = segment.first + norms.index("council")
    led = segment.norm(at + 1) in _CHAIRS or any(segment.norm(k) in _CHAIRS and segment.norm(k + 1) == "of" for k in range(
        max(segment.first, at - REACH), at))
    named = {segment.norm(at - 1), segment.norm(at - 2) if segment.norm(at - 1) == "leadership" else ""}
    return led and segment.tokens.capital(at) and not _SOVEREIGN.isdisjoint(named) and _DEPUTIES.isdisjoint(norms)


def presides_abroad(segment: Segment, place: Place | None) -> bool:
    """Tell whether an officer is of another country's legislature: "Deputy Chairman of Russia's Federation Council"."""
    if place is None or place.home or not segment.tokens.owner(place.end - 1):
        return False
    before = segment.norms(segment.first, place.start)
    return not _OFFICERS.isdisjoint(before) and not LEGISLATURES.isdisjoint(segment.norms(place.end, segment.last))


def _rules(segment: Segment, at: int) -> bool:
    """Tell whether a word is a ruler or a politician: "the president's main rival"."""
    match = segment.match_at(at)
    return match is not None and match.type in _RULERS


def _names_ruler(segment: Segment, low: int, high: int) -> bool:
    return not _RULING.isdisjoint(segment.norms(low, high))
