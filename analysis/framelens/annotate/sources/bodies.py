"""What the name of a body tells of its kind: a federation of workers, a commission on human rights, a union of democrats."""

from __future__ import annotations

from itertools import pairwise

from framelens.annotate.sources.gazetteer import Match
from framelens.annotate.sources.segment import Segment
from framelens.annotate.sources.words import PUBLIC, STRIKERS, WORKERS

__all__ = ["read_body"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PARTIES = _set("union front movement rally alliance league congress convergence convention coalition bloc party")
_UNIONS = _set("federation confederation union congress central association alliance syndicate brotherhood guild")
_COUNCILS = _set("council house assembly conference committee")
_UNITS = _set("unit squad division branch bureau brigade section department")
_OFFICES = _set(
    "commission committee council authority agency unit bureau board institute institution office directorate service tribunal "
    "organ body department administration inspectorate secretariat commissioner")
_BUREAUS = _set("office department directorate bureau administration")
_CHAMBERS = _set("chamber")
_GATHERINGS = _UNIONS - {"central", "association", "brotherhood"} | _set(
    "coordination front movement collective assembly platform")
_CIVIL = _set("alliance coalition network forum collective league federation council platform group")  # of a cause or a people
_PEOPLES = _set("indigenous tribal tribes peoples ethnic nationalities")
_ARMED = _set("army brigade brigades force forces front movement")
_FORUMS = _set("forum platform parishad morcha network council committee front")  # of workers, whatever else they are called
_CENTRES = _set("centre center")
_TRADE_BODIES = _UNIONS | _CHAMBERS | {"council", "forum"}
_IN_COMMITTEES = STRIKERS - {"doctors"}
_CARE = _set(  # for whom or what a centre stands up that studies nothing
    "prisoners victims refugees refugee migrants detainees torture disappeared rights freedom freedoms liberties humanitarian "
    "reconciliation survivors women minorities integrity accountability transparency workers justice ecology ecological prison "
    "prisons")
_HEADS = _PARTIES | _UNIONS | _COUNCILS | _UNITS | _OFFICES | _CHAMBERS | _GATHERINGS | _FORUMS | _CENTRES | _CIVIL | _set(
    "army brigade brigades force forces community organisation organization subcommittee society")
_LINKS = _set("of for on against to and the & de des da do del")  # within the name of a body
_REACH = 9  # words of a name behind its kind

_LABOUR = _set("labour labor")
_SERVANTS = (("public", "service"), ("civil", "service"), ("civil", "servants"), ("trade", "union"), ("trade", "unions"))
_WORKPLACES = _set("transport transportation railway railways lorry taxi post metal mining doctors physicians medics")
_TRADE = _set(
    "chambers industries industry manufacturers employers exporters importers banks supermarkets enterprises retailers hoteliers "
    "hotels producers shippers millers businesses insurers developers contractors commerce companies entrepreneurs businessmen "
    "businesspeople business industrialists forwarders wholesalers brokers mills")
_OWNERS = _set("owners shopkeepers merchants brewers shipowners mines")  # firms where these unite: no "owners' families"
_MEMBERS = WORKERS | _TRADE  # in small letters too: "the Federation of Port workers"
_INDUSTRIES = _set("fisheries industries mining petroleum hydrocarbons exporters manufacturers producers")
_CLERGY = _set(
    "chiefs elders churches bishops scholars ulema ulama ulemas imams muftis rabbis clerics interfaith inter-faith "
    "inter-religious interreligious muslims christians hindus")
_FAITHS = _set("islamic muslim christian hindu sikh buddhist jewish catholic evangelical anglican orthodox pentecostal")
_CIVIC = _set("city municipal shura consultative revolutionary cooperation legislative political military")
_DUTIES = _set(
    "corruption anti-corruption anticorruption electoral elections election antitrust anti-trust telecommunications telecom "
    "broadcasting audit statistics disaster disasters drugs anti-drug meteorological anti-terrorism counter-terrorism")
_CRIMES = _set(
    "homicide narcotics anti-narcotics kidnapping anti-kidnapping anti-gang vice crime crimes triad cybercrime robbery")
_LEGISLATIVE = _set("parliament parliamentary senate house legislative assembly congressional bundestag knesset duma cross-party")
_ANYBODYS = _set("human rights for of on")  # in the names of many bodies
_LEVELS = _set("national federal plurinational state presidential independent")
_BEYOND = _set("inter-american african asian european arab international world global un islamic")
_CREEDS = _set(
    "democratic democrats democracy republic republican republicans liberal liberals socialist socialists social-democratic "
    "communist communists conservative conservatives nationalist nationalists patriotic patriots progressive progressives "
    "progress freedom freedoms change renewal reform reforms independence independents unity green greens centrist "
    "sovereignty renovation restoration homeland")
_CIRCLES = _set("women youth journalists writers lawyers consumers patients families victims parents")
_STUDENTS = _set("students student farmers doctors")
_TOWNS = _set("municipalities cities communes towns mayors regions governors counties")
_STATES = _set("nations states countries")
_OF_SEVERAL = _STATES | {"peoples"}
_SPACES = _set(
    "african caribbean andean asian pacific arab american america europe european africa asia gulf eurasian bolivarian southern "
    "nordic baltic mediterranean")
_UNIONS_OF_STATES = _set("alliance community union association organisation organization bloc")


def read_body(segment: Segment, low: int, high: int, best: Match | None) -> Match | None:
    """Return the phrase that types some words anew, where the words of a body's name tell more than the lists.

    A name that a study gives, or that the lists hold with its kind, stays what they say it is.
    """
    norms, tokens = segment.tokens.norms, segment.tokens
    at = next((k for k in range(high - 1, low - 1, -1) if norms[k] in _HEADS), None)
    if at is None or (best and (not best.spelling or _holds(best, at) or (best.start > at and best.weight > 1))):
        return best
    if best and best.weight > 2 and best.type != "alliance":
        return best
    before, behind = tuple(norms[low:at]), _behind(segment, at)
    kind = _kind(norms[at], before, behind, named=tokens.capital(at))
    if not kind:
        kind = _rights(segment, (low, at, at + 1 + len(behind)))
    return Match(at, at + 1, kind, 2, (tokens.surface(at) if tokens.capital(at) else norms[at],)) if kind else best


def _holds(match: Match, at: int) -> bool:
    """Tell whether a name of the lists holds the word for its kind: "Nigeria Labour Congress", but not "Human Rights Council"."""
    if not match.start <= at < match.end or len(match.spelling) == 1 or match.weight < 2:
        return False
    own = [w for w in match.spelling if w.lower() not in _ANYBODYS]
    return len(own) > 1 and own[0][0].isupper() and own[-1][0].isupper()


def _behind(segment: Segment, at: int) -> tuple[str, ...]:
    """Return the words with which the name goes on behind its kind: "Federation | of Port Workers and Seafarers"."""
    tokens, end = segment.tokens, at + 1
    if segment.norm(end) not in _LINKS and not (end < segment.last and tokens.capital(end)):
        return ()
    last = min(segment.last, end + _REACH)
    while end < last and (tokens.norms[end] in _LINKS or tokens.capital(end) or tokens.norms[end - 1] in _LINKS or (
            tokens.norms[end] in _MEMBERS)):
        end += 1
    return tuple(tokens.norms[at + 1:end])


def _kind(head: str, before: tuple[str, ...], behind: tuple[str, ...], *, named: bool) -> str:
    """Return the kind of a body by its kind of body and the words before and behind it; nothing where they do not tell."""
    around = frozenset((*before, *behind))
    pairs = {*pairwise((*before, *behind))}
    members = {*before[-1:], *(word for word, after in pairwise((*behind, "and")) if after == "and")}  # who unites in it
    if head in _UNIONS:
        if not around.isdisjoint(WORKERS) or not pairs.isdisjoint(_SERVANTS) or (
                head not in ("association", "alliance") and not around.isdisjoint(_LABOUR)):
            return "police" if "police" in around else "protester"
        if head == "union" and "police" in around:
            return "police"
    if head in _TRADE_BODIES and not (around.isdisjoint(_TRADE) and members.isdisjoint(_OWNERS)):
        return "company"
    if named and head == "society" and not members.isdisjoint(_INDUSTRIES):
        return "company"  # "the National Society of Industries", no historical one
    if head in _CHAMBERS and "economic" in before:
        return "company"
    if head in _COUNCILS and (not around.isdisjoint(_CLERGY) or (
            head in ("council", "conference") and not around.isdisjoint(_FAITHS))) and around.isdisjoint(_CIVIC):
        return "civil_society"
    if named and head in _UNIONS_OF_STATES and (not members.isdisjoint(_STATES) or (
            not _OF_SEVERAL.isdisjoint(behind) and not around.isdisjoint(_SPACES))):
        return "international_org"
    if (head in _UNIONS or head == "council") and not members.isdisjoint(_TOWNS):
        return "government"
    if not members.isdisjoint(STRIKERS if head in _GATHERINGS else _IN_COMMITTEES if head == "committee" else ()):
        return "protester"
    if head in ("union", "syndicate") and not around.isdisjoint(_WORKPLACES):  # a transport federation may be of its firms
        return "protester"
    if head in _FORUMS and not around.isdisjoint(WORKERS | {"unions"}) and around.isdisjoint(_LEGISLATIVE):
        return "protester"
    if head == "front" and not {"defence", "defense"}.isdisjoint(around) and ("interests" in behind or before[-1:] in (
            ("defence",), ("defense",))):
        return "protester"  # the "defence fronts" of Andean towns
    if named and head in _ARMED and "armed" not in around and (
            "revolutionary" in before or ("liberation" in around and head not in ("front", "movement"))):
        return "opposition"
    rights = head != "council" and (before[-1:] == ("rights",) or ("human", "rights") in pairs)
    if named and ((rights and head in _CIVIL | {"movement"}) or (head in _CIVIL and not around.isdisjoint(_PEOPLES))):
        return "civil_society"
    if head == "commission" and {"justice", "peace"} <= around:
        return "civil_society"  # of the bishops
    if named and head in _BUREAUS and not PUBLIC.isdisjoint(before):
        return "government"
    if head in _CENTRES and not around.isdisjoint(_CARE):
        return "civil_society"
    if head in ("committee", "commission", "subcommittee") and not _LEGISLATIVE.isdisjoint(before):
        return "politician"
    if head in _UNITS and not around.isdisjoint(_CRIMES) and "war" not in around:
        return "police"
    crimes = head in ("commission", "agency", "tribunal") and not around.isdisjoint(_CRIMES)
    if crimes or (head in _OFFICES and not around.isdisjoint(_DUTIES)):
        return "government"
    return _party(head, before, behind) if named and head in _PARTIES else ""


def _party(head: str, before: tuple[str, ...], behind: tuple[str, ...]) -> str:
    """Tell the name of a party by its creed: "the Movement for Rights and Freedoms", "the Christian Democratic Union"."""
    around = frozenset((*before, *behind))
    if not around.isdisjoint(_CIRCLES):
        return "civil_society" if head in ("alliance", "coalition", "movement", "league") else ""
    if head == "party" or not around.isdisjoint(_STUDENTS):
        return ""
    if head == "union" and "independent" in before:
        return ""  # of workers rather: independent of the state's
    if "liberation" in around:
        return "opposition" if head in ("front", "movement") else ""
    if not around.isdisjoint(_CREEDS) or "party" in behind or (head == "union" and "for" in behind):
        return "politician"
    return ""


def _rights(segment: Segment, words: tuple[int, int, int]) -> str:
    """Tell a state's body for human rights: a commission, or what is national or bears the name of a country."""
    low, at, end = words
    norms = segment.tokens.norms[low:end]
    if "human" not in norms or "rights" not in norms or norms[at - low] not in _OFFICES or not _BEYOND.isdisjoint(norms) or (
            "party" in norms[:at - low]):
        return ""
    land = any(low <= p.start < end for p in segment.places)
    return "government" if norms[at - low] == "commission" or land or not _LEVELS.isdisjoint(norms[:at - low]) else ""
