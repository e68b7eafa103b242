"""What adjectives, and words of its own kind, make of the head of a source phrase."""

from __future__ import annotations

from itertools import pairwise

from framelens.annotate.sources.core import CHIEFS, CLOSE, MEDIA, REACH, Typed, leads_party
from framelens.annotate.sources.segment import Segment
from framelens.annotate.sources.words import EVENTS, GENERIC, MEDIA_HEADS, POSSESSIVE, PUBLIC, STRIKERS, WATCHING, is_person

__all__ = ["ONE_OR_FIRM", "by_adjective", "one_or_firm"]

_DISSENT = frozenset(("banned", "outlawed", "exiled", "pro-democracy"))
_STATE_HEADS = frozenset("agency office board directorate inspectorate".split())
_DRIVEN_OUT = frozenset(("president", "government", "military", "person", ""))
_STATE_RUN = frozenset("state official state-owned state-run state-controlled state-funded state-backed government-owned "
                       "government-run government-controlled semi-official".split())
_CALLINGS = frozenset(
    "cocalero piquetero farmer student worker miner teacher trucker fisherman dockworker docker strike picket squatters "
    "shack-dwellers".split())
_SPEAKING = frozenset("spokesman spokeswoman spokesperson representative representatives delegate delegates".split())
_RALLYING = frozenset(
    "organiser organisers organizer organizers coordinator coordinators convener conveners convenor convenors leader leaders "
    "spokesman spokeswoman spokesperson marshal marshals steward stewards participant participants supporter supporters".split())
_CIVIC_HEADS = frozenset(
    "group groups organisation organization organisations organizations association network platform coalition alliance "
    "initiative collective observatory watchdog monitor movement".split())
_CIVIC = frozenset(
    "rights electoral election elections monitoring election-monitoring humanitarian civic environmental environment aid "
    "pro-democracy anti-corruption transparency advocacy campaign feminist women indigenous charity mediation peace solidarity "
    "welfare legal volunteer relief anti-torture".split())
_OWNED_AS = frozenset("state-owned state-run state-controlled government-owned privately-owned foreign-owned".split())
_LOOSE = frozenset(("", "civil_society", "government", "protester", "expert"))
ONE_OR_FIRM = frozenset("operator miner carrier builder driller refiner grower".split())
_OWNED_BY = ("-owned", "-listed", "-run", "-backed", "-based", "-controlled")
_RUN = frozenset(  # what firms operate, and no one person
    "train rail railway ferry port airport grid network mobile telecom pipeline mine tour plant refinery airline cruise metro "
    "hotel power toll terminal dam tram".split())
_GIANT = frozenset("listed giant major multinational".split())
_OFFICED = PUBLIC - {"security", "intelligence", "food"}
_LEVELS = frozenset("national state federal provincial regional district municipal central royal inter-ministerial".split())


def by_adjective(segment: Segment, found: Typed, head: str) -> Typed:
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
    loose = kind in ("", "alliance", "document") or (kind == "company" and head == "group") or (
        kind == "politician" and found[1] < 2)
    if loose and _is_civic(segment):
        return "civil_society", 2  # "the election monitoring platform"
    if kind in _LOOSE and head in GENERIC and not _LEVELS.isdisjoint(norms) and segment.norm(segment.high) in (
            "for", "of", "on") and not PUBLIC.isdisjoint(segment.norms(segment.high, segment.high + REACH)):
        return "government", 2  # "the National Committee for Disaster Management"
    if kind in ("", "person", "police") and head in ("officer", "officers") and segment.norm(segment.high - 2) in _OFFICED:
        return "government", 2  # "the district health officer"
    if not kind and head == "authority" and segment.tokens.capital(segment.high - 1):
        return "government", 1  # "the River Transport Authority"
    if not kind and head in MEDIA_HEADS and any(n.endswith("-run") for n in norms):
        return "state_media", 2  # of whoever runs the place: "the Houthi-run agency"
    if not kind and head in _STATE_HEADS and segment.high - segment.low > 1 and not segment.tokens.capital(
            segment.high - 1) and not any(segment.tokens.owner(k) for k in range(segment.low, segment.high - 1)):
        return "government", 1  # "the drug agency", "the provincial health office"
    role = kind in ("", "person") and found[1] < 2 and is_person(head) and head not in CLOSE
    if role and head in _RALLYING and not EVENTS.isdisjoint(norms):
        return "protester", 1  # "rally coordinator Roe"
    if role and segment.norm(segment.high) in ("of", "for") and not EVENTS.isdisjoint(
            segment.norms(segment.high, segment.high + 4)):
        return "protester", 1  # "the convener of the march"
    if (head in CHIEFS or head in _SPEAKING) and kind in ("", "person") and (
            not STRIKERS.isdisjoint(norms) or not _CALLINGS.isdisjoint(norms)):
        return "protester", 1  # "miners' leader Roe", "the students' spokesman"
    if head in CHIEFS and kind in ("", "person") and found[1] < 2 and leads_party(segment):
        return "politician", 1
    if head in CHIEFS and kind in MEDIA:
        return "politician", 1  # no medium has a leader: a party of the same letters
    allied = kind == "alliance" and head in ("alliance", "bloc") and segment.high - segment.low > 1
    if allied and segment.tokens.capital(segment.high - 2) and segment.match_at(segment.high - 2) is None and segment.place_at(
            segment.high - 2) is None:
        return "politician", 1  # "the Victory bloc"
    if head in ("mission", "force") and not kind and (led := next((n for n in norms if n.endswith("-led")), "")):
        return ("international_org" if led.startswith(("un-", "u.n.-")) else "alliance"), 2  # "the Kenyan-led mission"
    if not kind and not _OWNED_AS.isdisjoint(norms) and segment.tokens.capital(segment.high - 1):
        return "company", 1  # "the state-owned Northern Spinning"
    deputy = not kind and head in ("deputy", "deputies") and segment.norm(segment.first) not in POSSESSIVE
    return ("politician", 1) if deputy else found


def _is_civic(segment: Segment) -> bool:
    """Tell whether a body is one of citizens by what it is for: "the election monitoring platform Northwind"."""
    norms = segment.norms(segment.low, segment.high)
    at = next((k for k, norm in enumerate(norms) if norm in _CIVIC_HEADS), 0)
    return not _CIVIC.isdisjoint(norms[:at]) and not is_person(norms[-1])


def one_or_firm(segment: Segment, found: Typed, head: str, name: tuple[str, ...]) -> Typed:
    """Tell a man from a firm: "drill operator Ada Roe", "a sewing operator"; "the state-owned miner Northern Ore"."""
    norms = segment.norms(segment.low, segment.high)
    if any(n.endswith(_OWNED_BY) for n in norms) or not _GIANT.isdisjoint(norms):
        return "company", 2
    if any(what in _RUN and who == head == "operator" for what, who in pairwise(norms)):
        return "company", 2
    person = len(name) > 1 or (segment.norm(segment.first) in ("a", "an", "one") and found[1] < 2)
    return ("person", 1) if head == "operator" and person else found
