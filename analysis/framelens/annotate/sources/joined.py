"""Which of two phrases of one core counts where weight and place alone mislead: the rebels' army, a party's expert."""

from __future__ import annotations

from collections.abc import Sequence

from framelens.annotate.sources.gazetteer import Match
from framelens.annotate.sources.segment import Segment
from framelens.annotate.sources.words import STRIKERS

__all__ = ["COUNCILLORS", "PARTIES", "choose_joined", "without_creeds"]

_STATE = frozenset(("government", "president", "foreign_government"))
PARTIES = frozenset(("politician", "opposition"))
_FORCES = frozenset(("military", "police"))
_ADVISING = frozenset("expert experts".split())
_STAFF = frozenset("researcher researchers campaigner campaigners adviser advisers advisor advisors analyst analysts".split())
COUNCILLORS = frozenset("councillor councillors councilor councilors councilman councilwoman alderman".split())
_HEADS = frozenset("chief director commander head officer".split())
_LEVELS = frozenset("district regional provincial state area county divisional zonal city municipal".split())
_MEDIUM = frozenset(("media", "press"))
_MEDIA = frozenset(("news_agency", "state_media"))
_CIVIC = frozenset("foundation institute council centre center initiative collective network trust studies agenda".split())
_DISSIDENT = ("dissident",)


def without_creeds(inside: list[Match], high: int) -> list[Match]:
    """Leave out the creed of who rules: "the right-wing | president"."""
    ruling = any(m.type in _STATE for m in inside)
    return [m for m in inside if not (ruling and m.type == "politician" and m.weight == 1 and m.end < high and m.spelling
                                      and m.spelling[0][0].islower())] or inside


def choose_joined(segment: Segment, inside: Sequence[Match], best: Match, high: int) -> Match | None:
    """Return the phrase that counts instead of the one chosen, by what it is joined to; None where it stays.

    The army of rebels is theirs ("Houthi military spokesman"), the ministry of a movement that rules a land's, the expert and
    the councillor of a party its own, the researcher of a monitor the monitor's.
    """
    proper = [m for m in inside if m.spelling and m.spelling[0][0].isupper() and m.weight > 1]
    before = [m for m in proper if m.end <= best.start]
    rebels = next((m for m in reversed(before) if m.type == "opposition"), None)
    if best.type in _FORCES and best.weight < 3 and rebels:
        return rebels
    if best.type == "opposition" and best in proper and segment.place_at(best.end - 1):  # "the Taliban government"
        return next((m for m in inside if m.start >= best.end and m.type in _STATE), None)
    if best.spelling == _DISSIDENT and not STRIKERS.isdisjoint(segment.norms(best.end, high)):
        return best._replace(type="protester", weight=2)  # "dissident teachers"
    head = segment.norm(high - 1) if best.end <= high else ""
    last = segment.norm(best.end - 1)
    if best.type == "president" and last == "leader" and before and before[-1].type in PARTIES:
        return before[-1]  # "the Green Party's interim leader"
    if best.type == "expert" and last in _ADVISING:  # not "a FARC expert"
        return next((m for m in reversed(before) if m.type == "politician" or "Party" in m.spelling), None)
    if last in COUNCILLORS:
        return next((m for m in reversed(before) if m.type in PARTIES), None)
    if last == "speaker" and (owners := [m for m in inside if m.end <= best.start and segment.tokens.owner(m.end - 1)]):
        return owners[-1] if owners[-1].type in _STATE | _FORCES else None  # "the army's speaker" of translations
    if best.type == "government" and last in _HEADS and segment.norm(best.start) in _LEVELS:
        return next((m for m in inside if m.end == best.start and m.type in _FORCES), None)  # "Police | District chief"
    if best.spelling == ("campaign",) and best.end < high and segment.tokens.capital(best.end):
        return best._replace(type="civil_society", weight=2)  # "the campaign Clean Rivers"
    if best.type == "expert" and {last, head} & _STAFF:
        return next((m for m in reversed(before) if m.type == "civil_society"), None)
    if best.type in _MEDIA and last in _MEDIUM and best.end < high and (
            segment.norm(high - 1) in _CIVIC or (best.end < high - 1 and segment.norm(high - 1) == "association")):
        return best._replace(type="civil_society", weight=2)  # "the Media Council", but "the Press Association"
    return None
