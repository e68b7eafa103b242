"""What is told of private persons, and what they tell: whether they were there, took part, seek office or hide their names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from framelens.annotate.sources.words import EVENTS, KIN, is_person
from framelens.text.wordclass import AUXILIARIES, is_adverb

__all__ = ["PROTEST", "STUDIES", "TEACHING", "own_verb", "seeks_office", "stays_unnamed", "takes_part", "tells_of"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


class _Deed(NamedTuple):
    """Verbs that tell something of their subject where one of some words follows within a reach (none: always)."""

    kind: str
    verbs: frozenset[str]
    reach: int = 0
    objects: frozenset[str] = frozenset()


PROTEST = _set(
    "protest protests protester protesters protestors demonstration demonstrations demonstrators marchers riot riots "
    "rioters unrest uprising")  # what an article on a protest speaks of
_JOINING = _set(
    "join joins joined joining organise organised organises organising organize organized organizes organizing "
    "led lead leads leading called attend attended attends attending part helped helps helping marched planned "
    "start started")
_NEAR = _set("at in plan call help came among bring brought")
_CALENDAR = _set("in on since last early late until by of from this next mid through")  # before "March" the month
_OWN_KIN = KIN | {"boy", "girl"}
_SIGNS = _set(
    "flag flags banner banners placard placards poster posters sign signs portrait portraits saucepan saucepans pot pots "
    "pan pans drum drums megaphone loudspeaker whistle candle candles effigy armband slogan slogans cardboard lightstick "
    "tricolour tricolor colours colors keffiyeh mask masks bullhorn vuvuzela t-shirt")
_SEATS = _set("ministry parliament hall palace embassy gates gate headquarters assembly congress prefecture residence "
              "consulate legislature capitol pavement tent tents tarmac")
_WAYS = _set(
    "road roads motorway highway street streets gate gates bridge entrance entrances square rails track tracks railway "
    "line port depot roundabout building faculty campus ministry parliament crossing junction tunnel refinery runway")
_CALAMITIES = _set(
    "attack blast crash shooting quake earthquake bombing bomb fire sinking raid massacre flood flooding floods collapse "
    "stampede crush shelling explosion wreck wreckage fighting flames gunfire bullets violence building rubble")
_REFUGES = _set("room window roof cellar basement tree wall foot house home village school bush bushes hillside shelter")
# What a witness sees: "saw" alone is said of films and of chances as well.
_SCENE = _set(
    "shot shots gunfire gunshots shooting firing fire smoke flames explosion explosions blast blasts police officer "
    "officers soldiers troops crowd mob clash clashes fight attack attacker attackers charge stones glass bodies body "
    "blood van truck trucks car bus train boat plane planes jet jets drone drones helicopter missile missiles rocket "
    "rockets bomb bombs shell shells people man men boy woman child flash flashes gun guns gunman gunmen knife running "
    "screaming screams water wave waves flood mud roof wall walls ceiling building tower bridge ladder bang bangs boom "
    "crash accident collision wreck calling crying neighbour neighbor concrete noise")
_HAPPEN = _set(
    "blast blasts explosion explosions shooting shots bomb bombs missile missiles rocket rockets shell shells drone drones "
    "quake earthquake tremor gunfire gunmen gunman attacker shelling wave flood roof ceiling soldiers exploded collapsed "
    "derailed shook")
_BODIES = _set("body bodies corpses dead")
_SEEING = _set("saw seen heard watched witnessed filmed smelled")
_DEEDS = (
    _Deed("protester", _set(
        "marched marching protested protesting demonstrated demonstrating picketed picketing blockaded blockading chanted "
        "chanting rioted rioting")),
    _Deed("protester", _set("threw thrown throwing hurled hurling lobbed lobbing"), 5, _set(
        "stone stones rock rocks bottle bottles egg eggs brick bricks cobblestones paint tomatoes petrol molotov")),
    _Deed("protester", _set("blocked blocking barred barring occupied occupying barricaded barricading stormed storming"),
          5, _WAYS),
    _Deed("protester", _set(
        "carrying holding waving wearing brandishing clutching banging beating wrapped draped carried held waved raised "
        "hoisted unfurled with"), 6, _SIGNS),
    _Deed("protester", _set("camped camping slept sleeping sat sitting stood standing gathered rallied rallying"), 5, _SEATS),
    _Deed("protester", _set("took taken take taking poured been"), 4, _set("streets")),
    _Deed("protester", _set("dumped dumping"), 4, _set("grain manure milk tyres hay dung")),
    _Deed("protester", _set("downed"), 1, _set("tools")),
    _Deed("protester", _set("pulled pulling tore tearing shook shaking scaled scaling toppled toppling climbed"), 5, _set(
        "fence fences barrier barriers barricade barricades statue")),
    _Deed("witness", _set("witnessed")),
    _Deed("witness", _SEEING, 8, _SCENE),
    _Deed("witness", _set("stood standing waded wading"), 3, _set("water mud floodwater rubble ashes")),
    _Deed("witness", _set("lives living lived works working worked sells selling owns runs keeps"), 6, _set(
        "opposite near nearby above next beside across close overlooking")),
    _Deed("witness", _set("lives living lived"), 4, _set("terrace block building tower street square alley")),
    _Deed("witness", _set("sells selling owns runs keeps"), 6, _set("square corner bridge outside roadside highway")),
    _Deed("witness", _set("pulled rescued dug plucked"), 3, _set("from out alive")),
    _Deed("witness", _set("survived escaped"), 6, _CALAMITIES),
    _Deed("witness", _set("ran running jumped climbed crawled clung swam waded dug digging searched searching"), 6,
          _CALAMITIES | _REFUGES | _set("ruins mud hands bodies sea water")),
    _Deed("witness", _set("hid hiding sheltered sheltering stuck trapped stranded")),
    _Deed("witness", _set("stopped"), 3, _set("approach checkpoint bridge")),
    _Deed("witness", _set("slept sleeping"), 5, _set("school mosque church car yard field open park corridor metro")),
    _Deed("witness", _set("queued queuing queueing")),
    _Deed("witness", _set("was were"), 1, _set("there inside aboard nearby present")),
    _Deed("witness", _set("was were"), 5, _set(
        "train bus boat ferry plane carriage platform beach pier deck balcony queue scene")),
)
_BY_VERB: dict[str, list[_Deed]] = {}
for _deed in _DEEDS:
    for _verb in _deed.verbs:
        _BY_VERB.setdefault(_verb, []).append(_deed)
_WATCHED = _set("saw heard watched witnessed filmed")
_FLED = _set("fled fleeing escaped")  # from where they were, unless they left the country
_ABROAD = _set("country abroad exile overseas")
_HOMES = _set(
    "house home houses homes shop store stall car van boat roof field fields farm crops garden flat apartment door window "
    "windows wall kitchen land cattle goats livestock village street school kiosk cafe grocery")
_ELSEWHERE = _set("rallied rallying")  # a candidate's rally is told as often
_HARMED = _set(
    "looted emptied smashed burned burnt torched ransacked damaged destroyed raided lost shattered swept flooded collapsed "
    "buried broken washed submerged shelled hit")
_TELLING = EVENTS | _BY_VERB.keys() | _FLED | {"whose", "column"}  # words without one of which nobody takes part
_DOING = _TELLING | _WATCHED | {"strike", "picket"}  # words at which a rule may fire
# What "we" do in a protest, and what is done to "us".
_WE_ACT = _set(
    "come marched marching sang singing chanted chanting walked walking sat sitting stood standing gathered knelt kneeling "
    "protested protesting demonstrated demand demanded want came carried shouting shouted")
_STAYING = (_set("be come return stay go march fight continue remain keep"), _set("back again until till here streets"))
_AGAINST = _set(
    "came fired shot shoot charged ran threw beat hit pushed dragged sprayed kicked arrested detained gassed chased "
    "clubbed aimed pointed")
_RUNNING = _set("ran run hid fled crawled ducked jumped running screaming")
_FALLING = _set("lifted threw thrown knocked fell landed shook hit buried swept trembled")  # what befalls "me"
# Words at which one of the rules about what somebody says of himself may fire.
_TAKING_PART = _WE_ACT | _STAYING[0] | {"here", "marching", "us"}
_WITNESSING = _SEEING | _RUNNING | _FALLING | {"counted", "at", "me"}
_CAMPAIGN = _set(
    "candidacy nomination caucus caucuses primary primaries delegates re-election reelection campaigned campaigning "
    "runoff run-off")
_OFFICE_PAIRS = frozenset(tuple(p.split()) for p in (
    "ran for", "running for", "run for", "runs for", "stood for", "standing for", "elected to", "elected as", "was elected",
    "voted for", "his campaign", "her campaign", "has endorsed", "endorsed by", "his supporters", "her supporters",
    "took office", "takes office",
    "in polls", "presidential campaign", "presidential bid", "presidential race", "stump speech", "opinion polls"))
TEACHING = _set("teaches taught teaching lectures lectured studies studied researches researched")
STUDIES = _set("university college institute law politics history economics sociology philosophy physics medicine biology "
               "chemistry engineering climate seismology archaeology")
_HIDING = _set("anonymous anonymity unidentified unnamed")
_OWN_VERB = 4  # words behind a name among which its own verb stands


def own_verb(words: Sequence[str]) -> int:
    """Return where the verb of a subject stands in the words behind it, auxiliaries and adverbs aside.

    Examples
    --------
    >>> own_verb("has also been waiting".split())
    3
    """
    at = 0
    while at < min(len(words), _OWN_VERB) and (words[at] in AUXILIARIES or is_adverb(words[at])):
        at += 1
    return at


def tells_of(words: Sequence[str], *, protest: bool) -> str:
    """Return "protester" or "witness" where a private person's own words tell of it, else nothing.

    A witness has seen the scene; a protester (in an article on a ``protest``) was there as one of us.

    Examples
    --------
    >>> tells_of("we were singing when they ran at us".split(), protest=True)
    'protester'
    >>> tells_of("i saw a man run".split(), protest=False)
    'witness'
    >>> tells_of("we want lower taxes".split(), protest=False)
    ''
    """
    for at, word in enumerate(words) if protest else ():
        if word not in _TAKING_PART:
            continue
        before = words[max(0, at - 3):at]
        if word in _WE_ACT and "we" in before:
            return "protester"
        if word in _STAYING[0] and {"we", "i"} & set(before) and _STAYING[1] & set(words[at + 1:at + 6]):
            return "protester"
        if word in ("here", "marching") and "we" in before and "are" in before:
            return "protester"
        if word == "us" and not _AGAINST.isdisjoint(words[max(0, at - 5):at]):
            return "protester"
    for at, word in enumerate(words):
        if word not in _WITNESSING:
            continue
        near = set(words[max(0, at - 2):at])
        if word in _SEEING and _SCENE & set(words[at + 1:at + 12]) and {"i", "we", "he", "she", "they"} & near:
            return "witness"
        if word in _RUNNING and {"everyone", "everybody", "people", "i", "we"} & near and words[at + 1:at + 2] not in (
                ["for"], ["out"]) and _SCENE & set(words[max(0, at - 15):at + 15]) - {"people", "running", "screaming"}:
            return "witness"
        if word == "counted" and not _BODIES.isdisjoint(words[at + 1:at + 5]) and {"i", "we", "he", "she"} & near:
            return "witness"
        if word == "at" and words[at - 2:at] in (["they", "shot"], ["they", "fired"]):
            return "witness"
        if word == "me" and words[max(0, at - 3):at][-2:] == ["next", "to"]:
            return "witness"
        if word in _FALLING and {"me", "us", "my"} & set(words[at + 1:at + 4]) and {
                "it", "they", "roof", "ceiling", "wall", "ground", "blast", "wave", "water"} & near:
            return "witness"
    return ""


def seeks_office(words: Sequence[str]) -> bool:
    """Tell whether what is said of a person is said of politicians: "who is running for mayor", "won the primary"."""
    return not _CAMPAIGN.isdisjoint(words) or any(
        pair in _OFFICE_PAIRS for pair in pairwise(words))


def stays_unnamed(words: Sequence[str]) -> bool:
    """Tell whether a source is said to hide its name: "who asked not to be named", "it did not identify"."""
    if _HIDING & set(words):
        return True
    denied = any(w in ("not", "declined", "refused", "without") or w.endswith("n't") for w in words)
    return denied and bool({"named", "name", "identified", "identify", "names"} & set(words))


def takes_part(words: Sequence[str], *, told: bool = False) -> str:
    """Return "protester" or "witness" where what is said of a private person says that, else nothing.

    ``told`` is for what the person does in the sentence, where a rally is as often a candidate's as a protest and the
    verb must be the person's own.

    Examples
    --------
    >>> takes_part("who helped to call the rally".split()), takes_part("who saw the crowd run".split())
    ('protester', 'witness')
    >>> takes_part("was hanging up washing when the rocket fell".split(), told=True)
    'witness'
    >>> takes_part("who sells bread".split()), takes_part("whose sons blocked the road".split())
    ('', '')
    """
    if _TELLING.isdisjoint(words):
        return ""
    if not told and words and words[0] == "of":
        who = next((k for k, w in enumerate(words) if w in ("who", "that")), 0)
        if not who or is_person(words[who - 1]) or words[who - 1] in _OWN_KIN:  # "the father of a man who threw …"
            return ""
        words = words[who:]  # "students of the college who marched"
    kin = next((k for k, w in enumerate(words) if w == "whose" and _OWN_KIN & set(words[k + 1:k + 4])), len(words))
    words = words[:kin]
    joining = _JOINING if told else _JOINING | _NEAR
    verb = own_verb(words) if told else len(words)
    for at, word in enumerate(words):
        if word not in _DOING:
            continue
        before, after = words[max(0, at - 5):at], words[at + 1:at + 2]
        if word == "march" and ((before and before[-1] in _CALENDAR) or (after and after[0][0].isdigit())):
            continue
        event = word in EVENTS and not (told and word.startswith(("rall", "crowd")))
        if (event and joining & set(before)) or (word == "column" and {"head", "front"} & set(before)):
            return "protester"
        if word in ("strike", "picket") and {"on"} & set(before[-2:]):
            return "protester"
        if word == "whose" and not told and (_HARMED & set(words[at + 1:at + 6]) or _HOMES & set(words[at + 1:at + 4])):
            return "witness"
        if not told and word in _WATCHED and before[-1:] == ["who"]:
            return "witness"
        if word in _FLED and at <= verb and not _ABROAD & set(words[at + 1:at + 6]):
            return "witness"
        for deed in _BY_VERB.get(word, ()):
            own = at <= verb or deed.verbs is _SEEING or word == "with"
            if own and not (told and word in _ELSEWHERE) and (
                    not deed.objects or deed.objects & set(words[at + 1:at + 1 + deed.reach])):
                return deed.kind
    return "witness" if _was_there(words, verb) else ""


def _was_there(words: Sequence[str], verb: int) -> bool:
    """Tell whether a clause says what its subject was doing when something happened: "who was asleep when the bomb fell"."""
    at = next((k for k, w in enumerate(words[:verb + 1]) if w in ("was", "were") or w.endswith("ing")), None)
    if at is None:
        return False
    when = next((k for k in range(at + 1, min(len(words), at + 12)) if words[k] in ("when", "as", "while")), None)
    return when is not None and bool(_HAPPEN & set(words[when + 1:when + 7]))
